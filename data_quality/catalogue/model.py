"""Rules and terms as rows: the columns that reach the warehouse, and the words they may hold.

A rule id is ``<place>-<letter><number>``: the form on the rule's left side (TX the text, TB any table, PP two papers),
a letter for the family (S sum inside a form, H parent and children, R row total, X the same quantity on two forms, W
words against tables, T words against words, Y between years and papers, O order, P performance papers, C completeness,
D dictionaries of codes and names, L slips of text) and a running number. An id is never reused; a rule that no longer
applies gets status ``retired``.

Identities between cells are written as terms. A rule of another family names its ``relation`` (which the SQL model of
the family evaluates) and the subjects and measures it looks at.
"""

from decimal import Decimal

import msgspec

FAMILIES = {
    "form_sum": "S",
    "hierarchy": "H",
    "row_total": "R",
    "same_quantity": "X",
    "words_tables": "W",
    "words_words": "T",
    "papers": "Y",
    "order": "O",
    "performance": "P",
    "completeness": "C",
    "dictionary": "D",
    "slip": "L",
}
"""Family and its letter in the rule ids. One SQL model evaluates the three linear families, one the hierarchies, one
each of the others."""

ANY_KIND = "any"
"""The kind of rules that hold in every paper."""
SEVERITIES = ("critical", "warning", "info")
TOLERANCES = ("rounded_terms", "printed_twice", "interval")
STATUSES = ("active", "draft", "retired")
SIDES = ("lhs", "rhs")
NEEDS = ("required", "zero", "condition", "absent")
ROWS = ("total", "each", "class", "top", "project", "section", "children")
PLACES = ("above", "below")
EACH = ("row", "measure", "fund")
PERFORMANCE_RELATIONS = ("equal", "at_most", "at_least", "below", "among", "ratio", "product")
"""How the left side of a rule on performance papers stands to the right. ``among``: equal to one of the right figures;
``ratio``: slot ``part`` in percent of slot ``whole``; ``product``: slot ``points`` times slot ``rate`` in percent, at
most all points."""


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """One identity that must hold in every filing whose forms print its terms."""

    rule_id: str
    kind: str
    """Kind of paper: ``final_accounts``, ``budget`` or ``any``."""
    family: str
    severity: str
    """``critical``: cannot be broken honestly · ``warning``: needs an explanation · ``info``: form."""
    title_zh: str
    title_en: str
    formula: str
    """The identity in Chinese words, as an auditor would write it."""
    formula_en: str
    basis: str
    """Why it must hold."""
    basis_en: str
    tolerance: str
    """Policy of the computed allowance: ``rounded_terms``, ``printed_twice`` or ``interval`` (interval
    arithmetic of ratios)."""
    forms: tuple[str, ...]
    """Every form whose cells the rule needs; empty where it needs none in particular."""
    relation: str | None = None
    """What a rule without terms asserts: a relation that the SQL model of its family knows. Rules on performance papers
    have terms besides."""
    unit: str = "yuan"
    """Unit of both sides, where the rule alone decides it: ``yuan``, ``percent``, ``count``, ``score`` or ``text``."""
    subject_pattern: str | None = None
    """Whole-string pattern of the subjects such a rule looks at; None: total rows only (subject = measure)."""
    measures: tuple[str, ...] = ()
    """The measures such a rule looks at; empty: all."""
    for_each: tuple[str, ...] = ()
    """One check for each ``row``, ``measure`` or ``fund``; always one for each stage."""
    across: bool = False
    """The terms stand on different forms."""
    open_sum: bool = False
    """A side adds up lines of which a blank one is zero: an unplaced figure on the form could be the missing part."""
    since: int | None = None
    until: int | None = None
    status: str = "active"
    coverage_floor: Decimal = Decimal("0.5")
    """Least share of evaluated checks among those whose forms are present."""
    how_to_fix_zh: str
    """What the publisher does when it is broken; from ``remedies.yaml``."""
    how_to_fix_en: str
    related: tuple[str, ...] = ()
    """Other rules to look at; more are found by the figures they share."""
    message_zh: str
    message_en: str


class RulePattern(msgspec.Struct, frozen=True, kw_only=True):
    """Words that a rule with relation ``pattern`` looks for in sentences, blanks taken out."""

    rule_id: str
    pattern_no: int
    cues: tuple[str, ...]
    """The sentence has one of these; only then the pattern is tried."""
    pattern: str
    """Regular expression (RE2) that is found in the sentence."""
    unless: str | None = None
    """Regular expression that must not be found in it."""
    over: str = "sentence"
    """``sentence``, or ``paragraph``: pattern and ``unless`` look at the whole paragraph of a sentence with a cue."""
    found: tuple[str, ...]
    """Sentences in which it is found; the tests try them."""
    passed: tuple[str, ...]
    """Sentences in which it is not."""


class RuleTerm(msgspec.Struct, frozen=True, kw_only=True):
    """One term of a rule: which cells it takes and how they enter their side.

    Terms of one ``slot`` stand for one another: only the lowest ``rank`` that has a cell counts, and several terms of
    one rank are added (财政拨款收入, or else its three funds).
    """

    rule_id: str
    term_no: int
    side: str
    sign: int = 1
    factor: Decimal = Decimal(1)
    slot: str
    rank: int = 1
    form: str
    """The form of the cell; in performance papers the code that the rule's id begins with."""
    row: str = "total"
    """``total``: a total or labelled line (subject = measure) · ``each``: any row, paired by ``for_each: row`` ·
    ``class``: 3-digit codes · ``top``: codes without a printed parent · ``project`` · in hierarchies also ``section``
    and ``children``."""
    subject_pattern: str | None = None
    """Whole-string pattern the subject must match besides."""
    measure: str | None
    """None in hierarchies: every column on its own. In performance papers a quantity of ``performance_figure``."""
    fund: str | None = None
    stage: str | None = None
    need: str = "required"
    """``required``: missing makes the check not evaluable · ``zero``: blank counts as zero · ``condition``: missing
    makes the rule not applicable, for lines that only some layouts print · ``absent``: printed makes it not
    applicable."""
    blank_as_zero: bool = False
    place: str | None = None
    """``above`` or ``below`` the anchor's row: which lines a subtotal covers differs by province."""
    anchor: bool = False
    pick: str = "one"
    """``one``: equal cells count once, different ones make the check not evaluable · ``sum``: all cells are added."""
