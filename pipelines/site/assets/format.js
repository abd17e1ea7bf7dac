"use strict";

/* How numbers, places and marks look. Money stays the text it came as: it is grouped, never calculated with. */
(() => {
  const { h, t, name, address, pick } = duizhang;

  /** An exact decimal with its digits in groups of three. */
  duizhang.grouped = (text) => {
    if (text === null || text === undefined) {
      return "";
    }
    const [whole, places] = String(text).split(".");
    return whole.replace(/\B(?=(\d{3})+$)/g, ",") + (places === undefined ? "" : `.${places}`);
  };

  const UNITS = { yuan: "unit.yuan", percent: "unit.percent", score: "unit.score", count: "unit.count" };

  /** A quotient has ten places; four of them are for eyes. Money has its own and is never rounded. */
  const seen = (text, unit) =>
    unit !== "yuan" && /\.\d{5,}$/.test(text) ? String(Number(Number(text).toFixed(4))) : text;

  /** A number with its unit. */
  duizhang.measured = (text, unit) =>
    text === null || text === undefined ? "—" : duizhang.grouped(seen(text, unit)) + (UNITS[unit] ? t(UNITS[unit]) : "");

  /** A number without its sign. */
  duizhang.size = (text) => (text === null || text === undefined ? text : String(text).replace(/^-/, ""));

  /** A share of a whole in percent, for eyes. */
  duizhang.share = (part, whole) => (whole ? `${((100 * part) / whole).toFixed(part === whole ? 0 : 2)}%` : "—");

  duizhang.badge = (kind, text) => h("span", { class: `badge ${kind}` }, text);

  duizhang.severity = (severity) => duizhang.badge(severity, name("severity", severity));

  /** The paper of a filing in words: 2023 年决算. */
  duizhang.paper = (filing) =>
    [
      filing.year ? t("value.year", { year: filing.year }) : t("value.year_unknown"),
      name("kind", filing.kind),
      filing.scope === "unit" ? t("value.unit_scope") : "",
    ].filter(Boolean).join(" ");

  duizhang.ruleTitle = (rule) => (rule ? pick(rule.title_zh, rule.title_en) : "");

  duizhang.link = (page, values, ...content) => h("a", { href: address(page, values) }, ...content);

  /** The source with its findings marked, to send to whoever must mend it; of a picture only the list of them. */
  duizhang.markedCopy = ({ marked, format }) => {
    const word = marked.endsWith(".html") ? t("finding.marked_text") : format === "pdf" ? t("finding.marked_copy") : t("finding.legend");
    return h("a", { class: "button", href: `marked/${marked}`, download: "" }, word);
  };

  duizhang.section = (title, ...content) => h("section", {}, h("h2", {}, title), ...content);

  /** A word of the field (fund, stage) in the chosen language, as the warehouse names it. */
  duizhang.term = (group, key) => {
    const words = (duizhang.terms || {})[`${group}.${key}`];
    return words ? pick(words[0], words[1]) : key || "";
  };

  /** A region with those above it: 山东省 济宁市 兖州区. */
  duizhang.region = (code, regions) => {
    if (!code) {
      return t("value.region_unknown");
    }
    const levels = [`${code.slice(0, 2)}0000`, `${code.slice(0, 4)}00`, code];
    return [...new Set(levels)].map((each) => regions[each]).filter(Boolean).join(" ") || code;
  };
})();
