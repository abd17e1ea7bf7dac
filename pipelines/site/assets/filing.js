"use strict";

/* A filing: what it is, what is wrong with it, and what it says, figure by figure. */
(() => {
  const { h, t, name, load, where, parameters } = duizhang;

  function summary(filing, site) {
    const facts = [
      [t("column.department"), duizhang.link("department", { id: filing.department_id }, filing.department || t("value.unknown"))],
      [t("facet.region"), duizhang.region(filing.region, site.regions)],
      [t("filing.checks"), t("filing.checks_of", { evaluated: duizhang.grouped(filing.evaluated), holds: duizhang.grouped(filing.holds + filing.rounding), broken: filing.broken })],
      [t("filing.not_evaluable"), duizhang.grouped(filing.not_evaluable)],
      [t("filing.unplaced"), duizhang.grouped(filing.unplaced)],
      [t("filing.score"), filing.score === null || filing.score === undefined ? "—" : t("filing.score_of", { score: filing.score })],
    ];
    return h("dl", { class: "facts" }, facts.map(([term, value]) => h("div", {}, h("dt", {}, term), h("dd", {}, value))));
  }

  function documents(list) {
    return h("ul", { class: "plain" }, (list || []).map((document) => h("li", {},
      document.source ? h("a", { href: `sources/${document.source}` }, document.path) : document.path,
      h("span", { class: "faint" }, ` ${[document.format, document.pages ? t("filing.pages", { pages: document.pages }) : "", document.source ? "" : t("filing.source_gone")].filter(Boolean).join(" · ")}`),
      document.marked ? [" ", duizhang.markedCopy(document)] : "",
      document.problem ? h("div", { class: "notice" }, document.problem) : "")));
  }

  function form(each, at) {
    const wrong = new Set((each.cells || []).filter((cell) => cell[5] && at(cell[5]).length).map((cell) => cell[5])).size;
    const place = each.page ? t("place.page", { page: each.page }) : "";
    return h("details", { class: "form-box", open: wrong > 0, id: `form-${each.id}` },
      h("summary", {}, each.title || each.code || t("value.unknown"), " ",
        h("span", { class: "faint" }, [each.code, each.no, each.unit && t("filing.unit_of", { unit: each.unit }), place, each.present ? "" : t("filing.form_absent")].filter(Boolean).join(" · ")),
        wrong ? " " : "", wrong ? duizhang.badge("critical", t("filing.broken_cells", { count: wrong })) : ""),
      duizhang.formTable(each, at));
  }

  function years(list) {
    const yuan = (value) => (value === null || value === undefined ? "—" : duizhang.grouped(value));
    const columns = [
      { key: "subject", label: t("years.subject"), cell: (row) => [duizhang.pick(row.subject, row.subject_en), h("div", { class: "faint" }, duizhang.term("fund", row.fund))], value: (row) => row.subject },
      { key: "from", label: t("years.from"), number: true, cell: (row) => [h("div", { class: "faint" }, `${row.from_year} ${duizhang.term("stage", row.from_stage)}`), yuan(row.from)] },
      { key: "to", label: t("years.to"), number: true, cell: (row) => [h("div", { class: "faint" }, `${row.to_year} ${duizhang.term("stage", row.to_stage)}`), yuan(row.to)], value: (row) => Number(row.to) },
      { key: "change", label: t("years.change"), number: true, cell: (row) => yuan(row.change), value: (row) => Number(row.change) },
      { key: "rate", label: t("years.rate"), number: true, cell: (row) => (row.rate === null || row.rate === undefined ? "—" : `${row.rate}%`), value: (row) => Number(row.rate) },
      { key: "basis", label: t("years.basis"), cell: (row) => [name("basis", row.basis), row.agrees === false ? [" ", duizhang.badge("warning", t("years.disagree"))] : ""] },
    ];
    return duizhang.table(t("filing.years"), columns, list, {});
  }

  duizhang.page(async (site) => {
    const id = parameters().get("id");
    const part = await where(id);
    if (!part) {
      duizhang.draw(t("filing.none"), h("p", {}, t("site.no_such", { id: id || "—" })), duizhang.link("explore", {}, t("nav.explore")));
      return;
    }
    const [filings, data, rules] = await Promise.all([load(`filings/${part}`), duizhang.findingsIn(part), load("rules")]);
    const filing = filings[id];
    const { found, at } = duizhang.findingsOf(data, rules, id);
    const forms = filing.forms || [], words = filing.words || [], projects = filing.projects || [];
    const jump = [["findings", found.length], ["forms", forms.length], ["words", words.length], ["projects", projects.length], ["years", (filing.years || []).length]]
      .filter(([, count]) => count);
    const head = (key, count) => h("h2", { id: key, tabindex: "-1" }, t(`filing.${key}`), " ", h("span", { class: "faint" }, count));
    const go = (key) => h("button", { type: "button", onclick: () => {
      document.getElementById(key).scrollIntoView();
      document.getElementById(key).focus();
    } }, t(`filing.${key}`));
    duizhang.draw(`${filing.summary.department || t("value.unknown")} ${duizhang.paper(filing.summary)}`,
      summary(filing.summary, site), documents(filing.documents),
      h("nav", { class: "jump", "aria-label": t("filing.parts") }, jump.map(([key]) => go(key))),
      head("findings", found.length), found.length ? duizhang.rootList(found) : h("p", { class: "good" }, t("filing.no_findings")),
      forms.length ? [head("forms", forms.length), h("p", { class: "faint" }, t("filing.forms_help")), forms.map((each) => form(each, at))] : "",
      words.length ? [head("words", words.length), h("p", { class: "faint legend" }, h("span", { class: "right" }, t("filing.right")), " ", h("span", { class: "broken-figure" }, t("filing.wrong")), " ", h("span", { class: "told" }, t("filing.unchecked"))), duizhang.sentences(words, at)] : "",
      projects.length ? [head("projects", projects.length), projects.map((each) => duizhang.project(each, at))] : "",
      filing.years ? [head("years", filing.years.length), years(filing.years)] : "");
  });
})();
