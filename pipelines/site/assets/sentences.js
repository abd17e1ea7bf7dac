"use strict";

/* The sentences of a filing with the figures they tell: marked right, wrong, or not checked. */
(() => {
  const { h, t } = duizhang;

  /** The figures of a paragraph without overlaps: of those at one place, the one that is worst counts. */
  function apart(figures) {
    const kept = [];
    for (const [start, end, state, id] of figures) {
      const last = kept[kept.length - 1];
      if (!last || start >= last[1]) {
        kept.push([start, end, state, id]);
      } else if (state > last[2]) {
        kept[kept.length - 1] = [last[0], Math.max(last[1], end), state, id];
      }
    }
    return kept;
  }

  function figure(text, state, id, findings) {
    const found = id ? findings(id) : [];
    if (state === 2 && found.length) {
      return h("span", { "data-cell": id }, duizhang.marked(text, id, found));
    }
    return state === 1 ? h("span", { class: "right", title: t("filing.right") }, text) : h("span", { class: "told" }, text);
  }

  /** A paragraph as printed, with its figures marked. */
  duizhang.sentence = (paragraph, findings) => {
    const letters = [...paragraph.text]; // places count characters, not units of UTF-16
    const parts = [];
    let at = 0;
    for (const [start, end, state, id] of apart(paragraph.figures)) {
      parts.push(letters.slice(at, start).join(""), figure(letters.slice(start, end).join(""), state, id, findings));
      at = end;
    }
    parts.push(letters.slice(at).join(""));
    const place = paragraph.page ? t("place.page", { page: paragraph.page }) : paragraph.line ? t("place.line", { line: paragraph.line }) : "";
    return h("p", { class: "sentence" }, h("span", { class: "where" }, place), parts);
  };

  /** All sentences, under the headings they stand under. */
  duizhang.sentences = (words, findings) => {
    const parts = [];
    let section = null;
    for (const paragraph of words) {
      if (paragraph.section !== section) {
        section = paragraph.section;
        parts.push(h("h3", {}, section || t("filing.no_section")));
      }
      parts.push(duizhang.sentence(paragraph, findings));
    }
    return parts;
  };
})();
