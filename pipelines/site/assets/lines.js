"use strict";

/* The lines of a text file that figures stand in, with the figures marked. */
(() => {
  const { h, t } = duizhang;

  function marks(text, facts) {
    const found = facts.map((fact) => ({ fact, at: fact.printed ? text.indexOf(fact.printed) : -1 })).filter(({ at }) => at >= 0).sort((a, b) => a.at - b.at);
    const parts = [];
    let from = 0;
    for (const { fact, at } of found) {
      if (at >= from) {
        parts.push(text.slice(from, at), h("mark", {}, h("span", { class: "tag" }, fact.number), fact.printed));
        from = at + fact.printed.length;
      }
    }
    return [...parts, text.slice(from)];
  }

  /** `lines` maps line numbers to text; gaps between them are shown. */
  duizhang.textLines = (lines, facts) => {
    const isNear = (number) => facts.some(({ line, until }) => number >= line - 2 && number <= Math.max(line, until || 0) + 2);
    const numbers = Object.keys(lines).map(Number).filter(isNear).sort((a, b) => a - b);
    return h("div", { class: "text-lines", tabindex: "0", role: "region", "aria-label": t("finding.lines") }, numbers.map((number, index) => {
      const own = facts.filter(({ line }) => line === number);
      return h("div", { class: `text-line${own.length ? " hit" : ""}${index && numbers[index - 1] !== number - 1 ? " gap" : ""}` },
        h("span", { class: "line-no" }, number), h("span", {}, own.length ? marks(lines[number], own) : lines[number],
          own.filter((fact) => !fact.printed || !lines[number].includes(fact.printed)).map((fact) => h("span", { class: "tag" }, fact.number))));
    }));
  };
})();
