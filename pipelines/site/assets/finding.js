"use strict";

/* A finding: the rule in plain words, both sides with their terms, the place in the source, and what to do. */
(() => {
  const { h, t, name, load, where, parameters, section } = duizhang;

  const SIDES = ["lhs", "rhs"];

  /** Figures of one document and page (or line) belong together; each gets the number its box has. */
  function numbered(detail) {
    let number = 0;
    const seen = new Map();
    const inOrder = [...detail.evidence].sort((a, b) => SIDES.indexOf(a.side) - SIDES.indexOf(b.side));
    detail.evidence = inOrder.map((fact) => {
      const key = `${fact.id}\n${fact.printed}\n${fact.side}`;
      if (!seen.has(key)) {
        seen.set(key, (number += 1));
      }
      return { ...fact, number: seen.get(key) };
    });
  }

  function grouped(facts, key) {
    const groups = new Map();
    for (const fact of facts) {
      const value = key(fact);
      groups.set(value, [...(groups.get(value) || []), fact]);
    }
    return groups;
  }

  async function excerpt(facts, data, at) {
    const filings = new Map();
    const parts = [];
    for (const [formId, own] of grouped(facts.filter((fact) => fact.form_id), (fact) => fact.form_id)) {
      const filingId = data.documents[own[0].document]?.filing;
      if (filingId && !filings.has(filingId)) {
        const part = await where(filingId);
        filings.set(filingId, part ? (await load(`filings/${part}`))[filingId] : null);
      }
      const form = filings.get(filingId)?.forms?.find(({ id }) => id === formId);
      const rows = form?.cells?.filter((cell) => own.some(({ id }) => id === cell[5])).map(([row]) => row) || [];
      parts.push(form && rows.length ? [h("h4", {}, form.title || form.code), duizhang.formTable(form, at, rows)] : "");
    }
    return parts;
  }

  /** What the source shows: pictures of pages, lines of text, or the form around the cells. */
  async function source(detail, data, at) {
    const shown = [];
    for (const [key, facts] of grouped(detail.evidence, (fact) => fact.document)) {
      const document = data.documents[key] || {};
      const head = h("h3", {}, document.source ? h("a", { href: `sources/${document.source}` }, document.path) : document.path || key,
        document.marked ? [" ", duizhang.markedCopy(document)] : "");
      const parts = [];
      for (const [page, own] of grouped(facts.filter((fact) => fact.page), (fact) => fact.page)) {
        const size = document.pages?.[page];
        parts.push(size ? duizhang.pagePicture(key, page, size, own) : h("p", { class: "notice" }, t("picture.none", { page })));
      }
      const told = facts.filter((fact) => fact.line);
      if (told.length && document.lines) {
        parts.push(duizhang.textLines(document.lines, told));
      }
      if (!document.pages) {
        parts.push(await excerpt(facts, data, at));
        parts.push(facts.filter((fact) => fact.sentence && !fact.line).map((fact) => h("blockquote", {}, h("span", { class: "tag" }, fact.number), fact.sentence)));
      }
      shown.push(head, parts);
    }
    return shown;
  }

  function remedy(detail) {
    const suspect = detail.evidence.find((fact) => fact.id === detail.suspect);
    return [
      detail.suggested !== null && detail.suggested !== undefined && suspect
        ? h("p", { class: "suggestion" }, t("finding.suggestion", { place: [suspect.form, suspect.row, suspect.column].filter(Boolean).join(" / "), printed: suspect.printed, value: duizhang.measured(detail.suggested, "yuan") }))
        : "",
      h("p", {}, t(`remedy.${["source", "reading"].includes(detail.cause) ? detail.cause : "unknown"}`)),
    ];
  }

  function permanent() {
    const field = h("input", { type: "text", readonly: true, value: location.href, id: "address", onfocus: (event) => event.target.select() });
    const copy = h("button", { type: "button", onclick: async () => {
      field.select();
      try {
        await navigator.clipboard.writeText(location.href);
      } catch {
        document.execCommand("copy");
      }
      copy.textContent = t("finding.copied");
    } }, t("finding.copy"));
    return h("p", { class: "permanent" }, h("label", {}, t("finding.address"), " ", field), " ", copy);
  }

  duizhang.page(async (site) => {
    const id = parameters().get("id");
    const part = await where(id);
    const [data, rules] = await Promise.all([part ? duizhang.findingsIn(part) : null, load("rules")]);
    const detail = data?.findings[id];
    if (!detail) {
      duizhang.draw(t("finding.none"), h("p", {}, t("site.no_such", { id: id || "—" }), " ", t("finding.gone")), duizhang.link("explore", {}, t("nav.explore")));
      return;
    }
    numbered(detail);
    const rule = rules.find((each) => each.id === detail.rule);
    const filing = data.filings[detail.filing] || {};
    const { found, at } = duizhang.findingsOf(data, rules, detail.filing);
    const same = found.filter((each) => each.id !== id && detail.root && each.detail.root === detail.root);
    const readings = duizhang.readings(detail);
    duizhang.draw(duizhang.ruleTitle(rule),
      h("p", { class: "crumbs" }, duizhang.link("department", { id: filing.department_id }, filing.department || t("value.unknown")), " › ",
        duizhang.link("filing", { id: detail.filing }, duizhang.paper(filing)), detail.other_filing ? [" · ", t("finding.other_filing"), " ", duizhang.link("filing", { id: detail.other_filing }, detail.other_filing)] : ""),
      h("p", { class: "badges" }, duizhang.severity(detail.severity), duizhang.badge("plain", `${t("column.cause")}: ${name("cause", detail.cause)}`),
        detail.new ? duizhang.badge("new", t("age.new")) : "", detail.review ? duizhang.badge("review", name("review", detail.review.verdict)) : ""),
      h("p", { class: "lead" }, detail.scope),
      section(t("finding.sides"), duizhang.sides(detail), h("details", {}, h("summary", {}, t("finding.message")), h("p", {}, duizhang.pick(detail.zh, detail.en)))),
      section(t("finding.source"), await source(detail, data, at)),
      readings ? section(t("finding.readings"), readings) : "",
      section(t("finding.remedy"), remedy(detail)),
      section(t("finding.rule"), h("p", {}, duizhang.link("rule", { id: detail.rule }, `${detail.rule} ${duizhang.ruleTitle(rule)}`)),
        h("p", { class: "formula" }, duizhang.pick(rule?.formula, rule?.formula_en)), h("p", {}, duizhang.pick(rule?.basis, rule?.basis_en))),
      same.length ? section(t("finding.same_root"), duizhang.rootList(same)) : "",
      await duizhang.reviewSection(id, detail),
      section(t("finding.permanent"), permanent(), h("p", { class: "faint" }, t("finding.id", { id }))));
  });
})();
