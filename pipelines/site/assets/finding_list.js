"use strict";

/* Findings of one filing as a list, those of one root together: the root stands for all. */
(() => {
  const { h, t, name } = duizhang;

  /** Findings by their root, gravest root first. */
  duizhang.byRoot = (found) => {
    const roots = new Map();
    for (const each of found) {
      const root = each.detail.root || each.id;
      roots.set(root, [...(roots.get(root) || []), each]);
    }
    const rank = ({ detail }) => ["critical", "warning", "info"].indexOf(detail.severity);
    return [...roots].map(([root, members]) => members.sort((a, b) => (b.id === root) - (a.id === root) || rank(a) - rank(b)))
      .sort((a, b) => rank(a[0]) - rank(b[0]));
  };

  function entry({ id, detail, rule }) {
    return [
      duizhang.severity(detail.severity), " ",
      duizhang.link("finding", { id }, detail.scope || duizhang.ruleTitle(rule)),
      h("div", { class: "faint" }, `${detail.rule} ${duizhang.ruleTitle(rule)} · ${duizhang.measured(detail.lhs, detail.unit)} ≠ ${duizhang.measured(detail.rhs, detail.unit)} · ${t("column.difference")} ${duizhang.measured(detail.difference, detail.unit)}`,
        detail.new ? [" ", duizhang.badge("new", t("age.new"))] : "", detail.review ? [" ", duizhang.badge("review", name("review", detail.review.verdict))] : ""),
    ];
  }

  /** A list of roots, each with what follows from it. */
  duizhang.rootList = (found) => h("ol", { class: "roots" }, duizhang.byRoot(found).map(([first, ...rest]) => h("li", {},
    entry(first),
    rest.length ? h("details", {}, h("summary", {}, t("filing.same_root", { count: rest.length })), h("ul", {}, rest.map((each) => h("li", {}, entry(each))))) : "")));

  /** The findings of a data file; its evidence is told in the order that the file names. */
  duizhang.findingsIn = async (part) => {
    const data = await duizhang.load(`findings/${part}`);
    for (const detail of data.named ? [] : Object.values(data.findings)) {
      detail.evidence = (detail.evidence || []).map((values) => Object.fromEntries(data.fact.map((key, index) => [key, values[index]])));
    }
    data.named = true;
    return data;
  };

  /** The findings of a part with their rules, and which of them a figure stands in. */
  duizhang.findingsOf = (data, rules, filing) => {
    const byRule = new Map(rules.map((rule) => [rule.id, rule]));
    const found = Object.entries(data.findings).filter(([, detail]) => !filing || detail.filing === filing)
      .map(([id, detail]) => ({ id, detail, rule: byRule.get(detail.rule) }));
    const byFigure = new Map();
    for (const each of found) {
      for (const id of new Set(each.detail.evidence.map((fact) => fact.id))) {
        byFigure.set(id, [...(byFigure.get(id) || []), each]);
      }
    }
    return { found, at: (id) => byFigure.get(id) || [] };
  };
})();
