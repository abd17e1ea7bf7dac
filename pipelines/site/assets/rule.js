"use strict";

/* All rules, or one: what must hold and why, how its checks came out, and where it breaks most. */
(() => {
  const { h, t, name, load, parameters, section } = duizhang;

  function all(rules) {
    const evaluated = (rule) => rule.holds + rule.rounding + rule.broken;
    const columns = [
      { key: "id", label: t("facet.rule"), cell: (rule) => duizhang.link("rule", { id: rule.id }, rule.id), value: (rule) => rule.id },
      { key: "title", label: t("column.rule"), kind: "wide", cell: (rule) => [duizhang.ruleTitle(rule), rule.silent ? [" ", duizhang.badge("warning", t("rule.silent"))] : ""], value: (rule) => duizhang.ruleTitle(rule) },
      { key: "family", label: t("facet.family"), cell: (rule) => name("family", rule.family), value: (rule) => rule.family },
      { key: "severity", label: t("column.severity"), cell: (rule) => duizhang.severity(rule.severity), value: (rule) => ["critical", "warning", "info"].indexOf(rule.severity) },
      { key: "evaluated", label: t("filing.checks"), number: true, cell: (rule) => duizhang.grouped(evaluated(rule)), value: evaluated },
      { key: "broken", label: t("department.broken"), number: true, cell: (rule) => (rule.broken ? duizhang.link("explore", { rule: rule.id }, duizhang.grouped(rule.broken)) : "0"), value: (rule) => rule.broken },
    ];
    const list = h("div");
    const draw = (word) => list.replaceChildren(duizhang.table(t("nav.rules"), columns, rules.filter((rule) => `${rule.id} ${rule.title_zh} ${rule.title_en}`.toLowerCase().includes(word)), { sort: "broken", down: true }));
    draw("");
    duizhang.draw(t("nav.rules"), h("p", { class: "lead" }, t("rule.lead", { count: rules.length })),
      h("label", { class: "facet search" }, h("span", {}, t("rule.search")), h("input", { type: "search", oninput: (event) => draw(event.target.value.trim().toLowerCase()) })), list);
  }

  function outcomes(rule) {
    const kinds = [["holds", "good"], ["rounding", "good"], ["broken", "critical"], ["not_applicable", "plain"], ["not_evaluable", "warning"]];
    return duizhang.bars(t("rule.outcomes"), [t("rule.outcome"), t("value.bar"), t("filing.checks")], kinds.map(([key, kind]) => ({ label: t(`outcome.${key}`), parts: [{ kind, value: rule[key] }], text: duizhang.grouped(rule[key]) })));
  }

  function places(rule, site) {
    return duizhang.table(t("rule.places"), [
      { key: "department", label: t("column.department"), cell: (row) => duizhang.link("explore", { rule: rule.id, department: row.department_id }, row.department || t("value.unknown")), value: (row) => row.department },
      { key: "region", label: t("facet.region"), cell: (row) => duizhang.region(row.region, site.regions), value: (row) => row.region },
      { key: "broken", label: t("department.broken"), number: true, cell: (row) => duizhang.grouped(row.broken), value: (row) => row.broken },
      { key: "evaluated", label: t("filing.checks"), number: true, cell: (row) => duizhang.grouped(row.evaluated), value: (row) => row.evaluated },
    ], rule.places, {});
  }

  function years(rule) {
    return duizhang.bars(t("rule.years"), [t("facet.year"), t("value.bar"), t("rule.share_broken")], rule.years.map(({ year, broken, evaluated }) => ({
      label: String(year), parts: [{ kind: "critical", value: (100 * broken) / evaluated }], text: `${duizhang.share(broken, evaluated)} (${broken}/${evaluated})` })));
  }

  function beside(rule, rules) {
    const known = new Map(rules.map((each) => [each.id, each]));
    return h("ul", {}, rule.related.filter((id) => known.has(id)).map((id) => h("li", {}, duizhang.link("rule", { id }, id), " ", duizhang.ruleTitle(known.get(id)))));
  }

  duizhang.page(async (site) => {
    const rules = await load("rules");
    const id = parameters().get("id");
    const rule = rules.find((each) => each.id === id);
    if (!id) {
      all(rules);
      return;
    }
    if (!rule) {
      duizhang.draw(t("rule.none"), h("p", {}, t("site.no_such", { id })), duizhang.link("rule", {}, t("nav.rules")));
      return;
    }
    const span = [rule.since && t("rule.since", { year: rule.since }), rule.until && t("rule.until", { year: rule.until })].filter(Boolean).join(" ");
    duizhang.draw(duizhang.ruleTitle(rule),
      h("p", { class: "badges" }, duizhang.badge("plain", rule.id), duizhang.severity(rule.severity), duizhang.badge("plain", name("family", rule.family)), duizhang.badge("plain", name("kind", rule.kind))),
      rule.silent ? h("p", { class: "notice" }, t("rule.silent_help")) : "",
      section(t("rule.formula"), h("p", { class: "formula" }, duizhang.pick(rule.formula, rule.formula_en)), h("p", { class: "faint" }, span)),
      section(t("rule.basis"), h("p", {}, duizhang.pick(rule.basis, rule.basis_en))),
      section(t("rule.tolerance"), h("p", {}, name("tolerance", rule.tolerance))),
      section(t("rule.fix"), h("p", {}, duizhang.pick(rule.how_to_fix_zh, rule.how_to_fix_en))),
      section(t("rule.outcomes"), outcomes(rule)),
      rule.broken ? section(t("rule.places"), h("p", {}, duizhang.link("explore", { rule: id }, t("rule.all"))), places(rule, site)) : "",
      rule.years.length ? section(t("rule.years"), years(rule)) : "",
      rule.related.length ? section(t("rule.related"), beside(rule, rules)) : "");
  });
})();
