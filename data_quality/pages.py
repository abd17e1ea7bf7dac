"""Rule pages: ``docs/rules/<id>.md`` and their index, in Chinese and English, generated from the catalogue.

``make docs`` writes them; a test fails while one is missing or stale. The examples are checks of invented papers in
``docs/rules/examples.json`` (``make examples``). Does not belong here: what a rule asserts (``catalogue``), and the
quality site (``pipelines.site``), whose pages show how a rule came out in one warehouse.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import TypeVar

import msgspec

from data_quality.catalogue import FAMILIES, Rule, RulePattern, RuleTerm, rule_patterns, rule_terms, rules
from pipelines.disclosures.catalogue import forms as declared_forms

Row = TypeVar("Row", RuleTerm, RulePattern)
FOLDER = Path(__file__).resolve().parent.parent / "docs" / "rules"
EXAMPLES = FOLDER / "examples.json"
INDEX = "README.md"
_FAMILY = {
    "form_sum": "表内合计 | sums inside a form",
    "hierarchy": "上下级科目 | parents and children",
    "row_total": "行合计与各栏 | row totals and columns",
    "same_quantity": "同一数在不同的表 | one quantity on several forms",
    "words_tables": "文字与表格 | words against tables",
    "words_words": "文字与文字 | words against words",
    "papers": "报告与报告、年度与年度 | papers and years",
    "order": "部分与整体、正负 | parts and wholes, signs",
    "performance": "绩效 | performance papers",
    "completeness": "完整 | completeness",
    "dictionary": "科目编码与名称 | codes and names",
    "slip": "文字差错 | slips of text",
}
_SEVERITY = {
    "critical": "critical：不可能如实违反 | cannot be broken honestly",
    "warning": "warning：需要解释 | needs an explanation",
    "info": "info：形式 | a matter of form",
}
_TOLERANCE = {
    "rounded_terms": "每个印出的数各舍入半个末位，相加 | half the last place of every printed figure, added up",
    "printed_twice": "同一数印两次：较粗一个的半个末位 | one quantity printed twice: half the coarser last place",
    "interval": "由各数末位作区间运算 | interval arithmetic from the last places",
}
_KIND = {
    "final_accounts": "决算 | final accounts",
    "budget": "预算 | budgets",
    "any": "各种报告 | papers of every kind",
}
_OUTCOME = {"broken": "不符 broken", "rounding": "舍入之内 rounding", "holds": "相符 holds"}


class Example(msgspec.Struct, frozen=True):
    """One check of an invented paper."""

    rule_id: str
    outcome: str
    paper: str
    scope: str | None
    lhs_text: str | None
    rhs_text: str | None
    lhs: str | None
    rhs: str | None
    difference: str | None
    allowance: str | None
    unit: str | None


def examples() -> dict[str, Example]:
    """The example of each rule that has one. Raises FileNotFoundError before ``make examples`` ran once."""
    found = msgspec.json.decode(EXAMPLES.read_bytes(), type=list[Example])
    return {example.rule_id: example for example in found}


def pages() -> dict[str, str]:
    """All pages and their index: file name → Markdown."""
    shown = examples()
    titles = {rule.rule_id: rule.title_zh for rule in rules()}
    terms, patterns = _grouped(rule_terms()), _grouped(rule_patterns())
    written = {
        f"{rule.rule_id}.md": page(rule, terms.get(rule.rule_id, ()), patterns.get(rule.rule_id, ()), shown, titles)
        for rule in rules()
    }
    return {INDEX: index(rules()), **written}


def _grouped(rows: Sequence[Row]) -> dict[str, tuple[Row, ...]]:
    return {rule_id: tuple(group) for rule_id, group in groupby(rows, key=lambda row: row.rule_id)}


def index(listed: Sequence[Rule]) -> str:
    """The list of all rules by family."""
    active = [rule for rule in listed if rule.status == "active"]
    lines = [
        "# 规则目录 | The rules",
        "",
        f"{len(active)} 条有效规则，由 `data_quality/catalogue/` 生成（`make docs`），请勿手改。 | "
        f"{len(active)} active rules, generated from `data_quality/catalogue/` by `make docs`; do not edit.",
    ]
    for family in dict.fromkeys((*FAMILIES, *(rule.family for rule in listed))):
        lines += ["", f"## {_FAMILY.get(family, family)}", "", "| 规则 Rule | | | |", "| --- | --- | --- | --- |"]
        lines += [
            f"| [{rule.rule_id}]({rule.rule_id}.md) | {rule.severity} | {rule.title_zh} | {rule.title_en} |"
            for rule in listed
            if rule.family == family
        ]
    return "\n".join(lines) + "\n"


def page(
    rule: Rule,
    terms: Sequence[RuleTerm],
    patterns: Sequence[RulePattern],
    shown: Mapping[str, Example],
    titles: Mapping[str, str],
) -> str:
    """The page of one rule."""
    sections = [
        [f"# {rule.rule_id} {rule.title_zh}", "", f"**{rule.title_en}**", "", *_facts(rule)],
        ["## 必须成立 | What must hold", "", f"> {rule.formula}", "", f"> {rule.formula_en}"],
        ["## 依据 | Why", "", rule.basis, "", rule.basis_en],
        _terms(terms),
        _patterns(patterns),
        ["## 例 | Example", "", *_example(shown.get(rule.rule_id))],
        ["## 如何改正 | How to fix it", "", rule.how_to_fix_zh, "", rule.how_to_fix_en],
        ["## 相关规则 | Related rules", "", *_related(rule, titles)],
    ]
    return "\n\n".join("\n".join(section) for section in sections if section) + "\n"


def _facts(rule: Rule) -> list[str]:
    names = {form.code: f"{form.code} {form.zh}" for form in declared_forms()}
    years = f"{rule.since or '…'}–{rule.until or '…'}" if rule.since or rule.until else "所有年度 | all years"
    rows = {
        "报告 Paper": _KIND.get(rule.kind, rule.kind),
        "所需各表 Forms": "、".join(names.get(form, form) for form in rule.forms) or "不限 | any",
        "规则族 Family": _FAMILY.get(rule.family, rule.family),
        "严重程度 Severity": _SEVERITY[rule.severity],
        "适用年度 Years": years,
        "允许差 Tolerance": "无 | none" if rule.unit == "text" else _TOLERANCE[rule.tolerance],
        "状态 Status": rule.status,
    }
    return ["| | |", "| --- | --- |", *(f"| {name} | {text.replace(' | ', ' · ')} |" for name, text in rows.items())]


def _terms(terms: Sequence[RuleTerm]) -> list[str]:
    if not terms:
        return []
    head = [
        "## 各项 | Terms",
        "",
        "| 边 side | 符号 sign | 表 form | 行 row | 栏 measure | 资金 fund | 缺时 if absent |",
    ]
    return [*head, "| --- | --- | --- | --- | --- | --- | --- |", *map(_term, terms)]


def _term(term: RuleTerm) -> str:
    sign = ("-" if term.sign < 0 else "+") + ("" if term.factor == 1 else f"{term.factor} ×")
    row = f"`{term.subject_pattern}`" if term.subject_pattern else term.row
    cells = (term.side, sign, term.form, _plain(row), term.measure or "各栏 each", term.fund or "", term.need)
    return f"| {' | '.join(cells)} |"


def _patterns(patterns: Sequence[RulePattern]) -> list[str]:
    if not patterns:
        return []
    rows = (f"* `{pattern.pattern}`" for pattern in patterns)
    return ["## 所找的字样 | What is looked for", "", *rows]


def _example(shown: Example | None) -> Iterator[str]:
    if shown is None:
        yield "样例文件里还没有。 | None in the samples yet."
        return
    yield f"{_OUTCOME[shown.outcome]}：{_plain(shown.scope or '')}（{_plain(shown.paper)}）"
    yield ""
    yield "| | 印出的、说到的 as printed or told | 合 value |"
    yield "| --- | --- | --- |"
    yield f"| 左 left | {_plain(shown.lhs_text or '')} | {_number(shown.lhs)} |"
    yield f"| 右 right | {_plain(shown.rhs_text or '')} | {_number(shown.rhs)} |"
    if shown.difference is not None:
        unit = "" if shown.unit in (None, "text") else f" {shown.unit}"
        yield f"| 相差 difference | 允许 allowed {_number(shown.allowance)} | {_number(shown.difference)}{unit} |"


def _related(rule: Rule, titles: Mapping[str, str]) -> list[str]:
    listed = [f"* [{other}]({other}.md) {titles[other]}" for other in rule.related]
    return listed or ["无 | none"]


def _number(text: str | None) -> str:
    return "" if text is None else text.rstrip("0").rstrip(".") if "." in text else text


def _plain(text: str) -> str:
    """Text as a cell of a Markdown table."""
    return " ".join(text.split()).replace("|", "·")


def write(folder: Path = FOLDER) -> None:
    """Write all pages; remove those of rules that are no more."""
    made = pages()
    for stale in {path.name for path in folder.glob("*.md")} - made.keys():
        (folder / stale).unlink()
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
