"use strict";

/* The first page: how many papers, how many checks, what breaks, what is new, who is missing, who got better. */
(() => {
  const { h, t, name, load, address, section } = duizhang;
  const SEVERITIES = ["critical", "warning", "info"];

  function number(value, label, href, kind) {
    const text = h("b", {}, value);
    return h("div", { class: `tile ${kind || ""}` }, href ? h("a", { href }, text) : text, h("span", {}, label));
  }

  function tiles({ counts }) {
    const evaluated = counts.holds + counts.rounding + counts.broken;
    return h("div", { class: "tiles" },
      number(duizhang.grouped(counts.filings), t("overview.filings", { departments: duizhang.grouped(counts.departments) }), address("department")),
      number(duizhang.grouped(evaluated), t("overview.checks", { amounts: duizhang.grouped(counts.amounts), claims: duizhang.grouped(counts.claims) })),
      number(duizhang.share(counts.holds + counts.rounding, evaluated), t("overview.pass"), null, "good"),
      number(duizhang.grouped(counts.findings), t("overview.findings", { roots: duizhang.grouped(counts.roots) }), address("explore"), counts.findings ? "bad" : ""),
      number(duizhang.grouped(counts.new), t("overview.new"), address("explore", { age: "new" })));
  }

  function families({ families: rows }) {
    const groups = [...new Set(rows.map(({ family }) => family))].map((family) => {
      const own = rows.filter((row) => row.family === family);
      const of = (severity) => own.find((row) => row.severity === severity)?.findings || 0;
      return { family, parts: SEVERITIES.map((severity) => ({ kind: severity, value: of(severity) })) };
    });
    const total = ({ parts }) => parts.reduce((sum, { value }) => sum + value, 0);
    groups.sort((a, b) => total(b) - total(a));
    const bySeverity = SEVERITIES.map((severity) => ({
      label: name("severity", severity), href: address("explore", { severity }),
      parts: [{ kind: severity, value: rows.filter((row) => row.severity === severity).reduce((sum, row) => sum + row.findings, 0) }],
    }));
    const texted = (row) => ({ ...row, text: duizhang.grouped(total(row)) });
    return h("div", { class: "pair" },
      duizhang.bars(t("overview.by_severity"), [t("facet.severity"), t("value.bar"), t("column.findings")], bySeverity.map(texted)),
      duizhang.bars(t("overview.by_family"), [t("facet.family"), t("value.bar"), t("column.findings")],
        groups.map((row) => texted({ ...row, label: name("family", row.family), href: address("explore", { family: row.family }) }))));
  }

  function trend({ runs }) {
    if (runs.length < 2) {
      return h("p", { class: "faint" }, t("overview.no_trend"));
    }
    const days = new Set(runs.map((run) => run.started_at.slice(0, 10)));
    const day = (run) => run.started_at.slice(0, days.size < runs.length ? 16 : 10);
    const columns = [
      { key: "run", label: t("overview.run"), cell: (run) => String(run.started_at).slice(0, 16), value: (run) => run.started_at },
      ...["filings", "findings", "findings_new", "findings_gone"].map((key) => ({ key, label: t(`overview.run_${key}`), number: true, cell: (run) => duizhang.grouped(run[key] ?? "—"), value: (run) => run[key] })),
    ];
    return [
      duizhang.line(t("overview.trend"), runs.map((run) => ({ label: day(run), value: run.findings })), duizhang.grouped),
      h("details", {}, h("summary", {}, t("overview.trend_table")), duizhang.table(t("overview.trend"), columns, [...runs].reverse(), {})),
    ];
  }

  function gravest(rows, caption) {
    const columns = [
      { key: "severity", label: t("column.severity"), cell: (row) => duizhang.severity(row.severity) },
      { key: "paper", label: t("column.department"), cell: (row) => [row.department, h("div", { class: "faint" }, duizhang.paper(row))] },
      { key: "place", label: t("column.finding"), kind: "wide", cell: (row) => [duizhang.link("finding", { id: row.id }, row.place || row.rule), h("div", { class: "faint" }, row.rule)] },
      ...(rows[0] && "difference" in rows[0] ? [{ key: "difference", label: t("column.difference"), number: true, cell: (row) => duizhang.measured(row.difference, row.unit) }] : []),
    ];
    return duizhang.table(caption, columns, rows, {});
  }

  function coverage({ coverage: rows }, missing) {
    const expected = rows.filter((row) => row.expected || row.published);
    const columns = [
      { key: "year", label: t("facet.year"), cell: (row) => row.year, value: (row) => row.year },
      { key: "kind", label: t("facet.kind"), cell: (row) => name("kind", row.kind), value: (row) => row.kind },
      ...["expected", "published", "partial", "missing"].map((key) => ({ key, label: t(`coverage.${key}`), number: true, cell: (row) => duizhang.grouped(row[key]), value: (row) => row[key] })),
    ];
    const names = [
      { key: "status", label: t("coverage.status"), cell: (row) => duizhang.badge(row.status === "missing" ? "warning" : "info", name("coverage", row.status)), value: (row) => row.status },
      { key: "department", label: t("column.department"), cell: (row) => duizhang.link("department", { id: row.department_id }, row.department || t("value.unknown")), value: (row) => row.department },
      { key: "year", label: t("facet.year"), cell: (row) => row.year, value: (row) => row.year },
      { key: "kind", label: t("facet.kind"), cell: (row) => name("kind", row.kind), value: (row) => row.kind },
    ];
    return [
      h("p", { class: "faint" }, t("coverage.note")),
      duizhang.table(t("overview.coverage"), columns, expected, {}),
      missing.length ? h("details", {}, h("summary", {}, t("coverage.who", { count: duizhang.grouped(missing.length) })), duizhang.table(t("coverage.who_caption"), names, missing, {})) : "",
    ];
  }

  function filings(rows, caption, last) {
    const columns = [
      { key: "department", label: t("column.department"), cell: (row) => [duizhang.link("filing", { id: row.filing }, row.department || t("value.unknown")), h("div", { class: "faint" }, duizhang.paper(row))] },
      { key: "score", label: t("filing.score"), number: true, cell: (row) => row.score },
      last,
    ];
    return duizhang.table(caption, columns, rows, {});
  }

  duizhang.page(async (site) => {
    const missing = await load("missing");
    const worst = filings(site.worst, t("overview.worst"), { key: "broken", label: t("column.findings"), number: true, cell: (row) => SEVERITIES.map((severity) => (row[severity] ? duizhang.badge(severity, row[severity]) : "")) });
    const improved = filings(site.improved, t("overview.improved"), { key: "change", label: t("overview.change"), number: true, cell: (row) => `+${row.change}` });
    duizhang.draw(t("nav.overview"),
      h("p", { class: "lead" }, t("overview.lead")), tiles(site),
      site.gravest.length ? section(t("overview.gravest"), gravest(site.gravest, t("overview.gravest_caption")), h("p", {}, duizhang.link("explore", {}, t("overview.all")))) : "",
      site.families.length ? section(t("overview.breaks"), families(site)) : "",
      section(t("overview.fresh"), site.fresh.length ? gravest(site.fresh, t("overview.fresh")) : h("p", { class: "faint" }, t("overview.nothing_new"))),
      section(t("overview.trend"), trend(site)),
      section(t("overview.coverage"), coverage(site, missing)),
      section(t("overview.ranking"), h("div", { class: "pair" }, site.worst.length ? worst : "", site.improved.length ? improved : h("p", { class: "faint" }, t("overview.no_improved")))),
      site.unread.length ? section(t("overview.unread"), h("ul", {}, site.unread.map((row) => h("li", {}, row.path, h("div", { class: "faint" }, `${name("status", row.status)}: ${row.problem || ""}`))))) : "");
  });
})();
