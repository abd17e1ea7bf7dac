"use strict";

/* Findings of all chosen years in columns, and which of them pass the filters. Numbers stand for names, so that a
   hundred thousand findings are filtered and counted in one pass. */
(() => {
  const { load, pick } = duizhang;
  const SEVERITIES = ["critical", "warning", "info"];

  /** What can be filtered, in the order of the form. */
  duizhang.FACETS = ["region", "year", "kind", "family", "severity", "rule", "cause", "age", "review"];

  class Selection {
    constructor(years, loaded, rules, regions) {
      this.rules = rules;
      this.regions = regions;
      this.rows = [];
      loaded.forEach((data, index) => this.take(years[index], data));
      this.order = this.arrangeGravest();
    }

    take(year, { filings, places, findings }) {
      const papers = (filings.id || []).map((id, index) => ({
        id, year, department: filings.department[index], department_id: filings.department_id[index],
        region: filings.region[index], kind: filings.kind[index], scope: filings.scope[index],
      }));
      const count = (findings.id || []).length;
      for (let index = 0; index < count; index += 1) {
        const rule = this.rules[findings.rule[index]];
        this.rows.push({
          id: findings.id[index], filing: papers[findings.filing[index]], rule,
          rank: SEVERITIES.indexOf(rule.severity), cause: findings.cause[index], unit: findings.unit[index],
          place: places[findings.place[index]] || "", lhs: findings.lhs[index], rhs: findings.rhs[index],
          difference: findings.difference[index], suggested: findings.suggested[index], root: findings.root[index],
          age: findings.new[index] ? "new" : "old", review: findings.review[index] || "none",
          size: Math.abs(Number(findings.difference[index] || 0)),
        });
      }
    }

    /** Gravest first; among those, money before other units, the largest difference first. */
    arrangeGravest() {
      const weight = (row) => row.rank * 2 + (row.unit === "yuan" ? 0 : 1);
      return [...this.rows].sort((a, b) => weight(a) - weight(b) || b.size - a.size || (a.id < b.id ? -1 : 1));
    }

    /** The value of a row under a facet. */
    static value(row, facet) {
      switch (facet) {
        case "region": return row.filing.region || "none";
        case "year": return String(row.filing.year ?? "none");
        case "kind": return row.filing.kind;
        case "family": return row.rule.family;
        case "severity": return row.rule.severity;
        case "rule": return row.rule.id;
        default: return row[facet];
      }
    }

    /** The rows that pass `filters`, in order, and how many each choice of each facet would leave. */
    choose(filters) {
      const facets = duizhang.FACETS;
      const wanted = facets.map((facet) => test(facet, filters[facet]));
      const words = (filters.q || "").trim().toLowerCase().split(/\s+/).filter(Boolean);
      const found = new Map();
      const counts = facets.map(() => new Map());
      const chosen = [];
      for (const row of this.order) {
        if (filters.department && row.filing.department_id !== filters.department) {
          continue;
        }
        if (filters.roots && !row.root) {
          continue;
        }
        let failed = -1, failures = 0;
        for (let index = 0; index < wanted.length; index += 1) {
          if (wanted[index] && !wanted[index](Selection.value(row, facets[index]))) {
            failed = index;
            failures += 1;
            if (failures > 1) {
              break;
            }
          }
        }
        if (failures > 1 || (words.length && !this.says(row, words, found))) {
          continue;
        }
        if (failures === 0) {
          chosen.push(row);
          for (let index = 0; index < facets.length; index += 1) {
            add(counts[index], Selection.value(row, facets[index]));
          }
        } else {
          add(counts[failed], Selection.value(row, facets[failed]));
        }
      }
      return { chosen, counts: Object.fromEntries(facets.map((facet, index) => [facet, counts[index]])) };
    }

    /** Whether each word stands in the row's department, rule or place; each text is searched once. */
    says(row, words, found) {
      return words.every((word) => {
        const has = (text) => {
          const key = `${word}\n${text}`;
          if (!found.has(key)) {
            found.set(key, text.toLowerCase().includes(word));
          }
          return found.get(key);
        };
        return has(row.filing.department || "") || has(row.place) || has(`${row.rule.id} ${row.rule.title_zh} ${row.rule.title_en}`) || row.id.startsWith(word);
      });
    }

    /** Rows sorted by a column of the list. */
    sort(rows, column, down) {
      const sign = down ? -1 : 1;
      const collator = new Intl.Collator("zh");
      const ranks = new Map();
      const text = (get) => {
        const names = [...new Set(rows.map(get))].sort(collator.compare);
        names.forEach((each, index) => ranks.set(each, index));
        return (row) => ranks.get(get(row));
      };
      const keys = {
        severity: (row) => row.rank, difference: (row) => row.size,
        department: column === "department" ? text((row) => row.filing.department || "") : null,
        paper: (row) => (row.filing.year || 0) * 10 + ["budget", "final_accounts", "self_evaluation", "evaluation"].indexOf(row.filing.kind),
        rule: column === "rule" ? text((row) => row.rule.id) : null,
        place: column === "place" ? text((row) => row.place) : null,
        cause: (row) => ["source", "reading", "unknown"].indexOf(row.cause),
      };
      const key = keys[column];
      return [...rows].sort((a, b) => sign * (key(a) - key(b)));
    }
  }

  function add(counts, value) {
    counts.set(value, (counts.get(value) || 0) + 1);
  }

  function test(facet, wanted) {
    if (!wanted) {
      return null;
    }
    if (facet === "region") { // a province or city holds what lies in it
      const above = wanted.endsWith("0000") ? wanted.slice(0, 2) : wanted.endsWith("00") ? wanted.slice(0, 4) : wanted;
      return (value) => value.startsWith(above);
    }
    return (value) => value === wanted;
  }

  /** Load the findings of some years. */
  duizhang.selection = async (years, rules, regions) => {
    const loaded = await Promise.all(years.map((year) => load(`years/${year ?? "none"}`)));
    return new Selection(years, loaded, rules, regions);
  };

  duizhang.facetLabel = (facet, value, rules, regions) => {
    if (facet === "region") {
      return value === "none" ? duizhang.t("value.region_unknown") : duizhang.region(value, regions);
    }
    if (facet === "rule") {
      const rule = rules.find(({ id }) => id === value);
      return rule ? `${value} ${pick(rule.title_zh, rule.title_en)}` : value;
    }
    if (facet === "year") {
      return value === "none" ? duizhang.t("value.year_unknown") : value;
    }
    return duizhang.name(facet, value);
  };
})();
