"""PDFs made to exhaust a reader end in a document or in one failure, within the limits of the sandbox."""

import io
import time
import zlib

import pytest
from reportlab.pdfgen.canvas import Canvas

from pipelines.documents.reading import read_data
from pipelines.documents.sandbox import Limits, run_in_workers

MEBIBYTE = 1 << 20
ENDS = ("memory", "cpu", "wall", "crash")
LIMITS = Limits(memory=1024 * MEBIBYTE, cpu_seconds=60, wall_seconds=90)


def counts(data):
    """Pages, tables and cells of a PDF, read in a worker."""
    document = read_data(data, "hostile.pdf")
    return document.page_count, [len(grid.cells) for grid in document.grids()]


def pdf_of(objects):
    """A PDF of numbered objects; the first is the catalogue."""
    buffer = io.BytesIO(b"")
    buffer.write(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(buffer.tell())
        buffer.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = buffer.tell()
    buffer.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1))
    buffer.writelines(b"%010d 00000 n \n" % place for place in places)
    buffer.write(b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(places) + 1, start))
    return buffer.getvalue()


def stream(content, extra=b""):
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (extra, len(content), content)


def one_page(content, resources=b"<<>>", more=()):
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources %s>>" % resources
    return pdf_of([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, content, *more])


def blank_pages(count):
    kids = b" ".join(b"%d 0 R" % number for number in range(3, count + 3))
    pages = [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"] * count
    return pdf_of([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count), *pages])


def form_loop(times):
    """A form that draws itself so many times, which draw themselves, and so on."""
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</F 5 0 R>>>>"
    return one_page(
        stream(b"/F Do"), b"<</XObject<</F 5 0 R>>>>", [stream(b"/F Do " * times + b"0 0 99 99 re S", form)]
    )


def flate_bomb():
    """A page whose content is half a gibibyte of blanks."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * MEBIBYTE) for _ in range(512)) + packer.flush()
    return one_page(stream(packed, b"/Filter/FlateDecode"))


def fine_grid(rules):
    """A page of so many rules in each direction, as large as a PDF may be."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(14400, 14400))
    step = 14000 / rules
    for number in range(rules):
        canvas.line(100, 100 + number * step, 100 + (rules - 1) * step, 100 + number * step)
        canvas.line(100 + number * step, 100, 100 + number * step, 100 + (rules - 1) * step)
    canvas.save()
    return buffer.getvalue()


@pytest.fixture
def outcome():
    """Read a PDF in a worker, and see that it ended in time."""

    def read(data):
        start = time.monotonic()
        (done,) = run_in_workers([data], counts, LIMITS)
        assert time.monotonic() - start < LIMITS.wall_seconds + LIMITS.start_seconds
        return done

    return read


def test_20_000_blank_pages_are_a_document(outcome):
    assert outcome(blank_pages(20_000)).result == (20_000, [])


def test_a_form_that_draws_itself_is_followed_only_so_far(outcome):
    assert outcome(form_loop(1)).result == (1, [])


def test_a_form_that_multiplies_ends_at_the_limits(outcome):
    done = outcome(form_loop(3))
    assert done.succeeded or done.failure.kind in ENDS


def test_a_page_that_unpacks_to_half_a_gibibyte_ends_in_time(outcome):
    done = outcome(flate_bomb())
    assert done.succeeded or done.failure.kind in ENDS


@pytest.mark.slow
def test_a_grid_of_750_rules_each_way_is_read_cell_by_cell(outcome):
    assert outcome(fine_grid(750)).result == (1, [749 * 749])
