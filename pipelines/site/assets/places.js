"use strict";

/* The two sides of a finding, term by term, each with its number on the picture and where it stands. */
(() => {
  const { h, t } = duizhang;

  function place(fact) {
    return [
      fact.form, [fact.row, fact.kind === "amount" ? fact.column : ""].filter(Boolean).join(" / "),
      fact.page ? t("place.page", { page: fact.page }) : "", fact.line ? t("place.line", { line: fact.line }) : "",
    ].filter(Boolean).join(" · ");
  }

  function term(fact, index) {
    const sign = fact.sign < 0 ? "−" : fact.sign === 0 ? "＝" : index ? "＋" : "";
    return h("tr", {},
      h("td", { class: "mark-cell" }, h("span", { class: "tag" }, fact.number)),
      h("td", {}, sign ? h("span", { class: "sign" }, sign) : "", h("b", {}, fact.printed || t("value.blank"))),
      h("td", { class: "faint" }, place(fact), fact.sentence && fact.kind !== "paragraph" ? h("q", {}, fact.sentence) : ""));
  }

  /** What stands where a side has no figure: in both languages with a bar between them, or as it is printed. */
  function told(text) {
    const both = /^(.*) \| ([ -~][^|]*)$/s.exec(text || "");
    return both ? duizhang.pick(both[1], both[2]) : text || "—";
  }

  function side(detail, key) {
    const facts = detail.evidence.filter((fact) => fact.side === key);
    return h("table", { class: "side" },
      h("caption", {}, t(`finding.${key}`), " ", h("b", {}, duizhang.measured(detail[key], detail.unit))),
      h("thead", { class: "hidden" }, h("tr", {}, [t("finding.number"), t("finding.term"), t("finding.place")].map((head) => h("th", { scope: "col" }, head)))),
      h("tbody", {}, facts.length ? facts.map(term) : h("tr", {}, h("td", { colspan: 3 }, told(detail[`${key}_text`])))));
  }

  /** Both sides, the difference, and what rounding alone could cause. */
  duizhang.sides = (detail) => [
    h("div", { class: "sides" }, side(detail, "lhs"), side(detail, "rhs")),
    h("dl", { class: "facts" },
      h("div", { class: "bad" }, h("dt", {}, t("column.difference")), h("dd", {}, duizhang.measured(detail.difference, detail.unit))),
      h("div", {}, h("dt", {}, t("finding.allowance")), h("dd", {}, duizhang.measured(detail.allowance, detail.unit)))),
  ];

  /** What the two readers saw, where the other one looked too. */
  duizhang.readings = (detail) => {
    const twice = detail.evidence.filter((fact) => fact.read_twice);
    if (!twice.length) {
      return null;
    }
    const plain = (text) => (text || "").replace(/[\s,，]/g, "");
    return h("table", { class: "rows" },
      h("caption", {}, t("finding.readings_caption")),
      h("thead", {}, h("tr", {}, ["finding.number", "finding.first_reading", "finding.second_reading", "finding.readings_agree"].map((key) => h("th", { scope: "col" }, t(key))))),
      h("tbody", {}, twice.map((fact) => {
        const agrees = plain(fact.printed) === plain(fact.second);
        return h("tr", {}, h("td", {}, h("span", { class: "tag" }, fact.number)), h("td", { class: "figure" }, fact.printed), h("td", { class: "figure" }, fact.second === null ? t("finding.not_seen") : fact.second, h("span", { class: "faint" }, ` ${fact.reader || ""}`)),
          h("td", { class: agrees ? "good" : "bad" }, t(agrees ? "finding.same" : "finding.different")));
      })));
  };
})();
