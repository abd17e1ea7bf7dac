"use strict";

/* All departments, or one over the years: its papers with their checks, its headline figures, what is missing. */
(() => {
  const { h, t, name, load, where, parameters, section } = duizhang;

  async function all(site) {
    const rows = await load("departments");
    const columns = [
      { key: "name", label: t("column.department"), cell: (row) => duizhang.link("department", { id: row.id }, row.name || t("value.unknown")), value: (row) => row.name },
      { key: "region", label: t("facet.region"), cell: (row) => duizhang.region(row.region, site.regions), value: (row) => row.region },
      { key: "years", label: t("department.years"), cell: (row) => (row.first === row.last ? row.first : `${row.first}–${row.last}`), value: (row) => row.last },
      { key: "filings", label: t("department.filings"), number: true, cell: (row) => duizhang.grouped(row.filings), value: (row) => row.filings },
      { key: "evaluated", label: t("filing.checks"), number: true, cell: (row) => duizhang.grouped(row.evaluated), value: (row) => row.evaluated },
      { key: "broken", label: t("column.findings"), number: true, cell: (row) => (row.broken ? duizhang.link("explore", { department: row.id }, duizhang.grouped(row.broken)) : "0"), value: (row) => row.broken },
    ];
    const list = h("div");
    const draw = (word) => list.replaceChildren(duizhang.table(t("nav.departments"), columns, rows.filter((row) => (row.name || "").includes(word) || duizhang.region(row.region, site.regions).includes(word)), {}));
    draw("");
    duizhang.draw(t("nav.departments"), h("label", { class: "facet search" }, h("span", {}, t("department.search")), h("input", { type: "search", oninput: (event) => draw(event.target.value.trim()) })), list);
  }

  function filings(rows) {
    const columns = [
      { key: "year", label: t("column.paper"), cell: (row) => duizhang.link("filing", { id: row.id }, duizhang.paper(row)), value: (row) => row.year },
      { key: "evaluated", label: t("filing.checks"), number: true, cell: (row) => duizhang.grouped(row.evaluated), value: (row) => row.evaluated },
      { key: "broken", label: t("department.broken"), number: true, cell: (row) => duizhang.grouped(row.broken), value: (row) => row.broken },
      { key: "roots", label: t("column.findings"), number: true, cell: (row) => ["critical", "warning", "info"].map((severity) => (row[severity] ? duizhang.badge(severity, row[severity]) : "")) },
      { key: "score", label: t("filing.score"), number: true, cell: (row) => row.score ?? "—", value: (row) => Number(row.score) },
    ];
    return duizhang.table(t("department.filings"), columns, rows, {});
  }

  function scores(rows) {
    const kinds = [...new Set(rows.map(({ kind }) => kind))];
    return kinds.map((kind) => {
      const points = rows.filter((row) => row.kind === kind && row.score !== null && row.score !== undefined).sort((a, b) => a.year - b.year)
        .map((row) => ({ label: String(row.year), value: Number(row.score) }));
      return points.length > 1 ? h("figure", {}, h("figcaption", {}, t("department.score_over", { kind: name("kind", kind) })), duizhang.line(t("department.score_over", { kind: name("kind", kind) }), points, String)) : "";
    });
  }

  /** Headline figures: one row a quantity, one column a year. */
  function figures(list) {
    const years = [...new Set(list.map(({ year }) => year))].sort();
    const rows = new Map();
    for (const each of list) {
      const key = [each.subject, each.scope, each.fund, each.stage].join("\n");
      if (!rows.has(key)) {
        rows.set(key, { ...each, values: {} });
      }
      rows.get(key).values[each.year] = each;
    }
    const yuan = (each) => (each ? [duizhang.grouped(each.yuan), each.agrees === false ? h("div", { class: "faint bad" }, t("years.disagree")) : ""] : "");
    return duizhang.table(t("department.figures_caption"), [
      { key: "subject", label: t("years.subject"), cell: (row) => [duizhang.pick(row.zh, row.en), h("div", { class: "faint" }, [duizhang.term("fund", row.fund), duizhang.term("stage", row.stage)].filter(Boolean).join(" · "))], value: (row) => row.zh },
      ...years.map((year) => ({ key: String(year), label: String(year), number: true, cell: (row) => yuan(row.values[year]) })),
    ], [...rows.values()], {});
  }

  duizhang.page(async (site) => {
    const id = parameters().get("id");
    if (!id) {
      await all(site);
      return;
    }
    const part = await where(id);
    const department = part ? (await load(`departments/${part}`))[id] : null;
    if (!department) {
      duizhang.draw(t("department.none"), h("p", {}, t("site.no_such", { id })), duizhang.link("department", {}, t("nav.departments")));
      return;
    }
    const aliases = (department.aliases || []).filter((alias) => alias !== department.name);
    duizhang.draw(department.name || t("value.unknown"),
      h("p", { class: "lead" }, duizhang.region(department.region, site.regions)),
      aliases.length ? h("p", { class: "faint" }, t("department.aliases", { names: aliases.join("、") })) : "",
      h("p", {}, duizhang.link("explore", { department: id }, t("department.all_findings"))),
      section(t("department.filings"), filings(department.filings || []), scores(department.filings || [])),
      department.missing ? section(t("department.missing"), h("p", { class: "faint" }, t("coverage.note")), h("ul", {}, department.missing.map((row) => h("li", {}, duizhang.paper(row))))) : "",
      department.figures ? section(t("department.figures"), figures(department.figures)) : "");
  });
})();
