"""Data Docs of Great Expectations that open offline: one page a suite and an index, beside the stored results.

Great Expectations renders the pages; then everything that would ask a network is taken out (its scripts, style sheets
and pictures come from other hosts), Bootstrap's style sheet (4.3.1, MIT) is laid beside, and rules and broken checks
become links to the pages of the quality site. What documents say is hostile: a page runs no script, and has a policy
that says so.

Does not belong here: which expectations there are (``suites``), and how they came out.
"""

import re
import shutil
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from data_quality.catalogue import rules

_HERE = Path(__file__).parent
_STYLES = ("bootstrap.min.css", "docs.css")
_ID = re.compile(r"[0-9a-f]{32}")
_RULES, _FINDINGS = "../site/rule.html", "../site/finding.html"
_REFUSED = "script, noscript, link, base, iframe, object, embed, form, img, svg, meta[http-equiv]"
_IDLE = "nav, footer, .col-lg-2, p > a[data-toggle=collapse], [id*=collapse-body]"
"""What only works with scripts, or tells of the program and not of the checks."""
_UNEXPECTED = re.compile(r"\d+ unexpected values? found\.")
"""Great Expectations goes on with a share of rows, which are not checks here: what holds is one row a rule."""
_HEAD = (
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self' 'unsafe-inline'\">"
    + "".join(f'<link rel="stylesheet" href="assets/{name}">' for name in _STYLES)
)
_INDEX = (
    '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>Data Docs</title>{head}</head><body>'
    '<main><h1>断言结果 Data Docs</h1><p><a href="../site/index.html">数据质量网站 Quality site</a></p>'
    '<table class="table"><thead><tr><th scope="col">套件 Suite</th><th scope="col">断言 Expectations</th>'
    '<th scope="col">成立 Met</th><th scope="col">不成立 Unmet</th></tr></thead>'
    "<tbody>{rows}</tbody></table></main></body></html>\n"
)
_ROW = '<tr><td><a href="{kind}.html">{kind}</a></td><td>{all}</td><td>{met}</td><td>{unmet}</td></tr>'


def write_docs(outcomes: Mapping[str, Any], folder: Path) -> Path:
    """Write ``<kind>.html`` of each outcome of a validation, ``index.html`` and ``assets/``; return the index."""
    from great_expectations.render.renderer.page_renderer import ValidationResultsPageRenderer
    from great_expectations.render.view.view import DefaultJinjaPageView

    (folder / "assets").mkdir(parents=True, exist_ok=True)
    for name in _STYLES:
        shutil.copyfile(_HERE / name, folder / "assets" / name)
    renderer: Any = ValidationResultsPageRenderer(run_info_at_end=False)
    view: Any = DefaultJinjaPageView()
    rows = []
    for kind, outcome in outcomes.items():
        page = offline(view.render(renderer.render(outcome)))
        (folder / f"{kind}.html").write_text(page, encoding="utf-8")
        met = sum(bool(result.success) for result in outcome.results)
        rows.append(_ROW.format(kind=kind, all=len(outcome.results), met=met, unmet=len(outcome.results) - met))
    index = folder / "index.html"
    index.write_text(_INDEX.format(head=_HEAD, rows="".join(rows)), encoding="utf-8")
    return index


def offline(page: str) -> str:
    """A rendered page that asks nobody for anything, with links to the quality site."""
    tree = LexborHTMLParser(page)
    for node in tree.css(f"{_REFUSED}, {_IDLE}"):
        node.decompose()
    for node in tree.css("*"):
        for name, value in list(node.attributes.items()):
            if name.startswith("on") or (name in ("href", "src", "action") and not (value or "").startswith("#")):
                del node.attrs[name]
    for icon in tree.css("i.fas"):
        _put(icon, _status("text-success" in (icon.attributes.get("class") or "")))
    _link_rules(tree)
    html = tree.html or ""
    return "<!DOCTYPE html>\n" + html.replace("<head>", f'<head><meta charset="utf-8">{_HEAD}', 1)


def _link_rules(tree: LexborHTMLParser) -> None:
    titles = {rule.rule_id: f"{rule.title_zh} {rule.title_en}" for rule in rules()}
    for badge in tree.css("span.badge"):
        rule_id = badge.text().removeprefix("rule_id == ").strip("\"' ")
        if rule_id in titles:
            _put(badge, f'<a href="{_RULES}#id={rule_id}">{rule_id} {escape(titles[rule_id])}</a>')
    for cell in tree.css("table.table-bordered td"):
        ids = cell.text().strip().split(", ")
        left_off = ids[-1] == "..."  # Great Expectations writes out ten rows
        ids = ids[:-1] if left_off else ids
        if ids and all(_ID.fullmatch(each) for each in ids):
            links = " ".join(f'<a href="{_FINDINGS}#id={each}">{each}</a>' for each in ids)
            _put(cell, f"<td>{links}{' …' if left_off else ''}</td>")
    for told in tree.css("strong"):
        found = _UNEXPECTED.search(told.text())
        if found:
            _put(told, f"<strong>{found[0]}</strong>")


def _status(is_met: bool) -> str:
    return f'<span class="status {"met" if is_met else "unmet"}">{"✓ 成立 Met" if is_met else "✗ 不成立 Unmet"}</span>'


def _put(node: LexborNode, html: str) -> None:
    """Exchange a node for a piece of HTML of ours."""
    piece = LexborHTMLParser(f"<table><tr>{html}</tr></table>" if html.startswith("<td") else html)
    new = piece.css_first("td" if html.startswith("<td") else "body > *")
    if new is not None:
        node.replace_with(new)
