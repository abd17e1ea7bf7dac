"""A typesetter of known facts: disclosures whose every number we know, as PDF and as text.

``facts`` and ``invented`` say what is true; ``final_forms``, ``budget_forms``, ``shanghai`` and ``jiangsu`` put it into
statutory forms; ``words`` tells it in sentences; ``pdf`` and ``text`` set the paper. ``model.expected_amounts`` is the
truth a reader has to give back. Nothing here reads a document, and nothing here knows what the pipelines do.
"""
