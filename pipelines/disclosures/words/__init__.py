"""Figures told in words: from paragraphs to claims in the vocabulary that tables share.

Belongs here: paragraphs with the headings they stand under, and the small grammar that reads their sentences. The words
themselves stand in ``catalogue/sentences.yaml``. Does not belong here: tables, file formats, and whether a figure is
right.
"""

from pipelines.disclosures.words.figures import claims_of
from pipelines.disclosures.words.paragraphs import paragraphs_of

__all__ = ["claims_of", "paragraphs_of"]
