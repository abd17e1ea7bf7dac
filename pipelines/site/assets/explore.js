"use strict";

/* The list of findings: filters, search, pages, and the view as a file. The address keeps all of it. */
(() => {
  const { h, t, name, load, address, parameters, FACETS } = duizhang;
  const KEPT = [...FACETS, "department", "roots", "q", "sort", "down", "page"];

  let state = {};
  let selection = null;
  let view = { chosen: [], counts: {} };

  function readAddress() {
    const given = parameters();
    return Object.fromEntries(KEPT.map((key) => [key, given.get(key) || ""]).filter(([, value]) => value));
  }

  function writeAddress() {
    history.replaceState(null, "", address("explore", state).replace(/^[^#]*/, location.pathname.split("/").pop() || "explore.html"));
  }

  function columns() {
    const text = (get) => ({ cell: get, text: get });
    return [
      { key: "severity", label: t("column.severity"), value: true, cell: (row) => duizhang.severity(row.rule.severity), text: (row) => name("severity", row.rule.severity) },
      { key: "department", label: t("column.department"), value: true, kind: "name", cell: (row) => duizhang.link("filing", { id: row.filing.id }, row.filing.department || t("value.unknown")), text: (row) => row.filing.department },
      { key: "paper", label: t("column.paper"), value: true, kind: "title", ...text((row) => duizhang.paper(row.filing)) },
      { key: "place", label: t("column.finding"), value: true, kind: "wide", cell: (row) => [duizhang.link("finding", { id: row.id }, row.place || row.id), h("div", { class: "faint" }, `${row.rule.id} ${duizhang.ruleTitle(row.rule)}`)], text: (row) => row.place },
      { key: "lhs", label: t("column.lhs"), number: true, cell: (row) => duizhang.measured(row.lhs, row.unit), text: (row) => row.lhs },
      { key: "rhs", label: t("column.rhs"), number: true, cell: (row) => duizhang.measured(row.rhs, row.unit), text: (row) => row.rhs },
      { key: "difference", label: t("column.difference"), number: true, value: true, cell: (row) => duizhang.measured(row.difference, row.unit), text: (row) => row.difference },
      { key: "cause", label: t("column.cause"), value: true, ...text((row) => name("cause", row.cause)) },
      { key: "state", label: t("column.state"), cell: (row) => [row.age === "new" ? duizhang.badge("new", t("age.new")) : "", row.review === "none" ? "" : duizhang.badge("review", name("review", row.review))], text: (row) => [row.age === "new" ? t("age.new") : "", row.review === "none" ? "" : name("review", row.review)].filter(Boolean).join("; ") },
    ];
  }

  /** What a file of the view holds beside the columns on the page. */
  function fileColumns() {
    return [
      ...columns(),
      { label: t("facet.rule"), text: (row) => row.rule.id },
      { label: t("column.rule"), text: (row) => duizhang.ruleTitle(row.rule) },
      { label: t("column.unit"), text: (row) => name("unit_name", row.unit) },
      { label: t("column.suggested"), text: (row) => row.suggested },
      { label: t("column.address"), text: (row) => new URL(address("finding", { id: row.id }), location.href).href },
    ];
  }

  function rowsInOrder() {
    return state.sort ? selection.sort(view.chosen, state.sort, Boolean(state.down)) : view.chosen;
  }

  function exportAs(style) {
    const wanted = fileColumns();
    const heads = wanted.map(({ label }) => label);
    const rows = rowsInOrder().map((row) => wanted.map(({ text }) => text(row)));
    if (style === "csv") {
      duizhang.save("findings.csv", "text/csv", [duizhang.csv(heads, rows)]);
    } else {
      duizhang.save("findings.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", duizhang.xlsx(t("nav.explore"), heads, rows));
    }
  }

  function label(facet, value) {
    return duizhang.facetLabel(facet, value, selection.rules, site.regions);
  }

  function choices(facet) {
    const counts = view.counts[facet] || new Map();
    const known = new Set(counts.keys());
    if (facet === "region") {
      for (const code of [...known].filter((each) => each !== "none")) {
        const province = `${code.slice(0, 2)}0000`, city = `${code.slice(0, 4)}00`;
        known.add(province);
        if (label("region", city) !== label("region", province)) { // a city under the nation is named once
          known.add(city);
        }
      }
    }
    if (state[facet]) {
      known.add(state[facet]);
    }
    const count = (value) => {
      if (facet !== "region" || !value.endsWith("00")) {
        return counts.get(value) || 0;
      }
      const above = value.endsWith("0000") ? value.slice(0, 2) : value.slice(0, 4);
      return [...counts].reduce((sum, [code, each]) => sum + (code.startsWith(above) ? each : 0), 0);
    };
    const order = { severity: ["critical", "warning", "info"], age: ["new", "old"] }[facet];
    const sorted = [...known].sort((a, b) => (order ? order.indexOf(a) - order.indexOf(b) : facet === "year" ? b.localeCompare(a) : a.localeCompare(b)));
    return sorted.map((value) => ({ value, count: count(value) }));
  }

  function drawFilters() {
    parts.selects = FACETS.map((facet) => h("select", { "data-facet": facet, onchange: (event) => set(facet, event.target.value) }));
    return FACETS.map((facet, index) => h("label", { class: "facet" }, h("span", {}, t(`facet.${facet}`)), parts.selects[index]));
  }

  /** Renew the choices and their numbers; the elements stay, so that the keyboard's place does too. */
  function refreshFilters() {
    for (const select of parts.selects) {
      const { facet } = select.dataset;
      select.replaceChildren(h("option", { value: "" }, t("filter.all")), ...choices(facet).map(({ value, count }) => h("option",
        { value, selected: state[facet] === value }, `${label(facet, value)} (${count})`)));
      select.classList.toggle("set", Boolean(state[facet]));
    }
  }

  let site = null;
  const parts = {};

  function set(key, value) {
    state = { ...state, [key]: value, page: "" };
    update();
  }

  /** Filter and show; the time it takes is measured by the benchmark. */
  function update() {
    view = selection.choose(state);
    refreshFilters();
    parts.count.textContent = t("filter.count", { shown: duizhang.grouped(view.chosen.length), all: duizhang.grouped(selection.rows.length) });
    parts.list.replaceChildren(duizhang.table(t("explore.caption"), columns(), view.chosen,
      { sort: state.sort || null, down: Boolean(state.down), page: Number(state.page) || 1 },
      ({ sort, down, page }) => {
        state = { ...state, sort: sort || "", down: down ? "1" : "", page: page > 1 ? String(page) : "" };
        writeAddress();
      },
      (column, down, rows) => selection.sort(rows, column, down)));
    parts.chips.replaceChildren(...chips());
    writeAddress();
  }

  function chips() {
    const department = state.department && selection.rows.find((row) => row.filing.department_id === state.department);
    return [
      state.department && h("button", { type: "button", class: "chip", onclick: () => set("department", "") },
        `${t("column.department")}: ${department ? department.filing.department : state.department} ×`),
    ].filter(Boolean);
  }

  function search() {
    const input = h("input", { type: "search", id: "search", value: state.q || "", autocomplete: "off" });
    let waiting = 0;
    input.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => set("q", input.value.trim()), 120);
    });
    return h("label", { class: "facet search" }, h("span", {}, t("filter.search")), input);
  }

  duizhang.page(async (loaded) => {
    site = loaded;
    state = readAddress();
    const rules = await load("rules");
    selection = await duizhang.selection(site.years, rules, site.regions);
    parts.facets = h("div", { class: "facets" }, drawFilters());
    parts.count = h("p", { class: "count", role: "status" });
    parts.chips = h("div", { class: "chips" });
    parts.list = h("div", { id: "list" });
    const roots = h("label", { class: "check" }, h("input", { type: "checkbox", checked: Boolean(state.roots), onchange: (event) => set("roots", event.target.checked ? "1" : "") }), t("filter.roots"));
    const reset = h("button", { type: "button", onclick: () => {
      state = {};
      document.getElementById("search").value = "";
      roots.querySelector("input").checked = false;
      update();
    } }, t("filter.reset"));
    duizhang.draw(t("nav.explore"),
      h("form", { class: "filters", role: "search", onsubmit: (event) => event.preventDefault() }, search(), parts.facets, h("div", { class: "actions" }, roots, reset)),
      parts.chips,
      h("div", { class: "toolbar" }, parts.count, h("div", { class: "actions" },
        h("button", { type: "button", id: "csv", onclick: () => exportAs("csv") }, t("export.csv")),
        h("button", { type: "button", id: "xlsx", onclick: () => exportAs("xlsx") }, t("export.xlsx")),
        h("button", { type: "button", onclick: () => print() }, t("export.print")))),
      parts.list);
    update();
  });
})();
