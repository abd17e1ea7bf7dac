"use strict";

/* The performance projects of a filing: money, rate, score, and the indicators behind it. */
(() => {
  const { h, t } = duizhang;

  function facts(project) {
    const money = ["initial", "adjusted", "executed"].filter((key) => project[key] !== null && project[key] !== undefined);
    return [
      ...money.map((key) => [t(`project.${key}`), duizhang.measured(project[key], "yuan")]),
      project.rate && [t("project.rate"), project.rate],
      project.score && [t("project.score"), project.score],
      project.grade && [t("project.grade"), project.grade],
    ].filter(Boolean);
  }

  function indicators(rows, findings) {
    const heads = ["level1", "level2", "level3", "target", "actual", "weight", "indicator_score"];
    return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t("project.indicators") },
      h("table", { class: "form" },
        h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, t(`project.${head}`))))),
        h("tbody", {}, rows.map(([level1, level2, level3, target, actual, weight, score, id, kind]) => {
          const found = id ? findings(id) : [];
          return h("tr", { class: kind === "indicator" ? null : "subtotal" }, [level1, level2, level3, target, actual, weight].map((value) => h("td", {}, value || "")),
            h("td", { class: found.length ? "broken" : null, "data-cell": id }, found.length ? duizhang.marked(score || "—", id, found) : score || ""));
        }))));
  }

  /** One project with what is wrong with it. */
  duizhang.project = (project, findings) => {
    const found = project.marked ? findings(project.marked) : [];
    const place = project.page ? t("place.page", { page: project.page }) : project.line ? t("place.line", { line: project.line }) : "";
    return h("details", { class: "project", open: found.length > 0 },
      h("summary", {}, project.name || t("project.whole"), " ", h("span", { class: "faint" }, [project.title, place].filter(Boolean).join(" · ")),
        found.length ? duizhang.badge("critical", t("filing.count_findings", { count: found.length })) : ""),
      h("dl", { class: "facts" }, facts(project).map(([term, value]) => h("div", {}, h("dt", {}, term), h("dd", {}, value)))),
      found.map(({ id, detail, rule }) => h("p", {}, duizhang.severity(detail.severity), " ", duizhang.link("finding", { id }, duizhang.ruleTitle(rule)))),
      project.indicators ? indicators(project.indicators, findings) : "");
  };
})();
