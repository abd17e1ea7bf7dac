"""Official code lists as data, with loaders: functional and economic classification, and their changes over the years.

Belongs here: lists that hold for every department, each row with what it rests on (``evidence``, ``years_seen`` or
``source``). No list is complete: a code that is not here is not wrong, it has only not been seen yet.
Does not belong here: what a document's own tables call a code (that is a fact of the document).
"""

from pipelines.classification.codes import (
    Code,
    economic_codes,
    economic_name_to_code,
    function_classes,
    function_codes,
    function_name_to_code,
    general_function_codes,
    gov_economic_name_to_code,
    plain_name,
)

__all__ = [
    "Code",
    "economic_codes",
    "economic_name_to_code",
    "function_classes",
    "function_codes",
    "function_name_to_code",
    "general_function_codes",
    "gov_economic_name_to_code",
    "plain_name",
]
