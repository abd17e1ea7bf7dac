"use strict";

/* Forms as tables, rebuilt from the cells that were read. A cell that stands in a finding is a link to it; pointing at
   it or reaching it with the keyboard shows the sum and marks the other cells of that sum. */
(() => {
  const { h, t, address } = duizhang;

  const tip = h("div", { id: "tip", role: "tooltip", hidden: true });
  let marked = [];

  function hideTip() {
    tip.hidden = true;
    marked.forEach((cell) => cell.classList.remove("peer"));
    marked = [];
  }

  function terms(evidence, side) {
    const own = evidence.filter((each) => each.side === side);
    return own.map((each, index) => {
      const sign = each.sign < 0 ? "−" : index ? "＋" : "";
      return h("div", {}, `${sign} ${each.row || each.form || ""} `, h("b", {}, each.printed || "—"));
    });
  }

  /** The sum of one finding in a few lines. */
  function sum({ detail, rule }) {
    return h("div", { class: "sum" },
      h("div", { class: "sum-title" }, duizhang.ruleTitle(rule)),
      h("div", { class: "sum-sides" },
        h("div", {}, h("div", { class: "faint" }, t("finding.lhs")), terms(detail.evidence || [], "lhs"), h("div", { class: "total" }, duizhang.measured(detail.lhs, detail.unit))),
        h("div", {}, h("div", { class: "faint" }, t("finding.rhs")), terms(detail.evidence || [], "rhs"), h("div", { class: "total" }, duizhang.measured(detail.rhs, detail.unit)))),
      h("div", { class: "bad" }, t("finding.differs", { difference: duizhang.measured(detail.difference, detail.unit) })));
  }

  function showTip(cell, found) {
    hideTip();
    tip.replaceChildren(...found.map(sum));
    tip.hidden = false;
    document.body.append(tip);
    const ids = new Set(found.flatMap(({ detail }) => (detail.evidence || []).map(({ id }) => id)));
    marked = [...document.querySelectorAll("[data-cell]")].filter((each) => ids.has(each.dataset.cell));
    marked.forEach((each) => each.classList.add("peer"));
    const place = cell.getBoundingClientRect();
    const left = Math.max(8, Math.min(place.left, innerWidth - tip.offsetWidth - 8));
    const below = place.bottom + tip.offsetHeight + 8 < innerHeight;
    tip.style.left = `${left + scrollX}px`;
    tip.style.top = `${(below ? place.bottom + 4 : Math.max(0, place.top - tip.offsetHeight - 4)) + scrollY}px`;
  }

  addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      hideTip();
    }
  });

  /** Text that belongs to findings: a link to the first, which shows all their sums. */
  duizhang.marked = (text, id, found) => {
    const link = h("a", { class: "broken-figure", href: address("finding", { id: found[0].id }), "aria-describedby": "tip" },
      text, h("span", { class: "hidden" }, ` ${t("filing.wrong")}`));
    for (const event of ["mouseenter", "focus"]) {
      link.addEventListener(event, () => showTip(link, found));
    }
    for (const event of ["mouseleave", "blur"]) {
      link.addEventListener(event, hideTip);
    }
    return link;
  };

  /** Where labels change within a row, a new group of columns begins: two-sided forms have two. */
  function groups(form) {
    const starts = new Set();
    for (const [, column, , label] of form.cells) {
      if (label !== 0) {
        starts.add(column);
      }
    }
    const columns = form.columns.map(([column]) => column);
    // a first cell that is blank makes its row's label appear one column later: that is no new group
    const counts = new Map(columns.map((column) => [column, 0]));
    const later = new Map(columns.map((column) => [column, 0]));
    let last = null;
    for (const [row, column, , label] of form.cells) {
      if (label !== 0) {
        (row === last ? later : counts).set(column, (row === last ? later : counts).get(column) + 1);
      }
      last = row;
    }
    return columns.filter((column, index) => index === 0 || later.get(column) > 0);
  }

  function rowsOf(form, near) {
    const rows = new Map();
    let label = null, code = null, last = null;
    for (const [row, column, printed, given, ownCode, id] of form.cells) {
      if (given !== 0 || row !== last) {
        label = given === 0 ? label : given;
        code = ownCode;
      }
      last = row;
      if (!rows.has(row)) {
        rows.set(row, new Map());
      }
      rows.get(row).set(column, { printed, label, code, id });
    }
    return near ? new Map([...rows].filter(([row]) => near.some((each) => Math.abs(each - row) <= 3))) : rows;
  }

  /** The table of a form; `findings` tells what is wrong with a cell by its id; `near` limits it to rows near these. */
  duizhang.formTable = (form, findings, near) => {
    if (!form.cells) {
      return h("p", { class: "empty" }, form.note || t(form.present ? "filing.form_empty" : "filing.form_absent"));
    }
    const starts = groups(form);
    const group = (column) => starts.filter((start) => start <= column).pop();
    const hasCodes = form.cells.some(([, , , , code]) => code);
    const head = form.columns.flatMap(([column, label]) => [
      ...(starts.includes(column) ? [h("th", { scope: "col" }, t("filing.row"))] : []),
      h("th", { scope: "col", class: "number" }, (label || "").split("/").flatMap((part, index) => (index ? [h("br"), part] : [part]))),
    ]);
    const body = [...rowsOf(form, near)].map(([, cells]) => h("tr", {}, form.columns.flatMap(([column]) => {
      const cell = cells.get(column);
      const first = [...cells].find(([each]) => group(each) === group(column));
      const labelled = starts.includes(column) ? [h("th", { scope: "row" },
        hasCodes && first && first[1].code ? h("span", { class: "code" }, first[1].code) : "", first ? first[1].label || "" : "")] : [];
      const found = cell && cell.id ? findings(cell.id) : [];
      return [...labelled, h("td", { class: found.length ? "number broken" : "number", "data-cell": cell ? cell.id : null },
        found.length ? duizhang.marked(cell.printed, cell.id, found) : cell ? cell.printed : "")];
    })));
    return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": form.title || form.code || "" },
      h("table", { class: "form" }, h("caption", { class: "hidden" }, form.title || form.code || ""), h("thead", {}, h("tr", {}, head)), h("tbody", {}, body)));
  };
})();
