"""The rule catalogue: every identity a disclosure must keep, as typed rows read from the YAML files beside.

A rule is a row, its terms and patterns are rows. ``write_catalogue(folder)`` writes each kind as a Parquet file, which
the models under ``sql/models/quality`` read.

Does not belong here: SQL, and anything that knows one document, one department or one printed value.
"""

from data_quality.catalogue.export import write_catalogue
from data_quality.catalogue.model import FAMILIES, Rule, RulePattern, RuleTerm
from data_quality.catalogue.reader import rule_patterns, rule_terms, rules

__all__ = ["FAMILIES", "Rule", "RulePattern", "RuleTerm", "rule_patterns", "rule_terms", "rules", "write_catalogue"]
