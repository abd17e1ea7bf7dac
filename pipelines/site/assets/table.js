"use strict";

/* A table in pages that sorts by its heads. Columns: {key, label, cell(row), value(row) to sort by, number}.
   When the page is printed, the table holds all its rows. */
(() => {
  const { h, t } = duizhang;
  const SIZE = 50;
  const shownTables = new Set();

  addEventListener("beforeprint", () => shownTables.forEach((table) => table.print(true)));
  addEventListener("afterprint", () => shownTables.forEach((table) => table.print(false)));

  /** An element; `state` is {sort, down, page} and `changed(state)` is called when somebody turns or sorts. */
  duizhang.table = (caption, columns, rows, state, changed, order) => {
    const current = { sort: null, down: false, page: 1, ...state };
    const box = h("div", { class: "paged" });
    let sorted = rows;

    function arrange() {
      const column = columns.find(({ key }) => key === current.sort);
      if (!column) {
        sorted = rows;
        return;
      }
      sorted = order ? order(current.sort, current.down, rows) : [...rows].sort(by(column, current.down));
    }

    function turn(page) {
      current.page = page;
      draw();
      changed?.(current);
      box.querySelector("table").scrollIntoView({ block: "nearest" });
    }

    function head(column) {
      if (!column.value) {
        return h("th", { scope: "col", class: column.number ? "number" : null }, column.label);
      }
      const isSorted = current.sort === column.key;
      return h("th", { scope: "col", class: column.number ? "number" : null, "aria-sort": isSorted ? (current.down ? "descending" : "ascending") : null },
        h("button", { type: "button", class: "sort", "data-key": column.key, onclick: () => {
          current.down = isSorted ? !current.down : Boolean(column.number);
          current.sort = column.key;
          current.page = 1;
          arrange();
          draw();
          box.querySelector(`[data-key="${column.key}"]`).focus();
          changed?.(current);
        } }, column.label, h("span", { "aria-hidden": "true", class: "arrow" }, isSorted ? (current.down ? "▼" : "▲") : "")));
    }

    function draw(all = false) {
      const pages = Math.max(1, Math.ceil(sorted.length / SIZE));
      current.page = Math.min(Math.max(1, current.page), pages);
      const start = all ? 0 : (current.page - 1) * SIZE;
      const end = all ? sorted.length : Math.min(sorted.length, start + SIZE);
      const body = h("tbody");
      for (let index = start; index < end; index += 1) {
        body.append(h("tr", {}, columns.map((column) => h("td", { class: column.number ? "number" : column.kind, "data-label": column.label }, column.cell(sorted[index])))));
      }
      box.replaceChildren(
        h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
          h("table", { class: "rows" }, h("caption", {}, caption), h("thead", {}, h("tr", {}, columns.map(head))), body)),
        sorted.length ? "" : h("p", { class: "empty" }, t("table.none")),
        pages > 1 && !all ? pager(pages) : "");
    }

    function pager(pages) {
      const button = (word, page, off) => h("button", { type: "button", disabled: off, onclick: () => turn(page) }, t(word));
      return h("nav", { class: "pager", "aria-label": t("table.pages") },
        button("table.first", 1, current.page === 1),
        button("table.previous", current.page - 1, current.page === 1),
        h("span", { "aria-live": "polite" }, t("table.page", { page: current.page, pages, rows: sorted.length })),
        button("table.next", current.page + 1, current.page === pages),
        button("table.last", pages, current.page === pages));
    }

    arrange();
    draw();
    const handle = { print: (all) => (box.isConnected ? draw(all) : shownTables.delete(handle)) };
    shownTables.add(handle);
    box.sorted = () => sorted;
    return box;
  };

  function by(column, down) {
    const sign = down ? -1 : 1;
    return (a, b) => {
      const [one, two] = [column.value(a), column.value(b)];
      if (one === two) {
        return 0;
      }
      if (one === null || one === undefined || two === null || two === undefined) {
        return one === null || one === undefined ? 1 : -1;
      }
      return sign * (typeof one === "number" ? one - two : String(one).localeCompare(String(two), "zh"));
    };
  }
})();
