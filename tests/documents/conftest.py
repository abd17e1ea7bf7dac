"""Fixtures of the readers' tests."""

import pytest

from pipelines.documents import pdf


@pytest.fixture(params=[pdf.FIRST_READER, pdf.SECOND_READER])
def each_engine(request, monkeypatch):
    """Let one engine after the other say what is on the pages of a PDF."""
    monkeypatch.setitem(pdf.OPENERS, pdf.FIRST_READER, pdf.OPENERS[request.param])
    return request.param
