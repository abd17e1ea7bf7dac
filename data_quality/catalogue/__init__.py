"""The rule catalogue: every identity a disclosure must keep, as typed rows read from the YAML files beside.

A rule is a row, its terms are rows. ``write_catalogue(folder)`` writes ``rule.parquet`` and ``rule_term.parquet``; dbt
reads them as source ``catalogue`` (tables ``rule`` and ``rule_term``, see ``sql/models/quality/sources.yml``).

Does not belong here: SQL, and anything that knows one document, one department or one printed value.
"""

from data_quality.catalogue.export import write_catalogue
from data_quality.catalogue.model import FAMILIES, Rule, RuleTerm
from data_quality.catalogue.reader import rule_terms, rules

__all__ = ["FAMILIES", "Rule", "RuleTerm", "rule_terms", "rules", "write_catalogue"]
