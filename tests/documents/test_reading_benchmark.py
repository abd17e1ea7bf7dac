from benchmarks.reading import compare, draw, result
from tests.documents.drawing import Drawing

ROWS = [["科目", "合计"], ["教育支出", "12.50"]]


def drawing():
    sheet = Drawing()
    sheet.table(50, 100, [120, 80], ROWS)
    return sheet


def test_equal_tables_agree():
    found = compare(drawing().bytes())
    assert (found.pages, found.tables, found.cells, found.differences) == (1, 1, 4, [])


def test_a_cell_between_white_lines_differs_and_is_not_seen():
    sheet = drawing()
    sheet.text(55, 84, "单位：万元")
    for box in ((50, 79, 51, 100), (50, 79, 250, 80), (249, 79, 250, 100), (130, 79, 131, 100)):
        sheet.area(*box, "white")
    found = compare(sheet.bytes())
    assert [(each.theirs.text, each.ours, each.is_seen) for each in found.differences] == [
        ("单位：万元", None, False),
        ("", None, False),
    ]
    told = result([found], 1.0)
    assert (told["cell_agreement"], told["agreement_with_unseen"]) == (1.0, round(4 / 6, 5))
    assert draw([found]).startswith("<svg")
