"""Small papers for tests that need some file to load, and know what is in it."""

from pathlib import Path

_TEXT = """{department}{year}年部门决算

支出决算表
公开03表
部门：{department}\t\t\t\t金额单位：万元
科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出
合计\t\t{total}\t{total}\t0.00
208\t社会保障和就业支出\t{total}\t{total}\t0.00
20805\t行政事业单位养老支出\t{total}\t{total}\t0.00
2080501\t行政单位离退休\t{total}\t{total}\t0.00
"""


def write_paper(path: Path, department: str = "云溪县档案局", year: int = 2023, total: str = "12.30") -> Path:
    """Write final accounts of one form as a text conversion and return the path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_TEXT.format(department=department, year=year, total=total), encoding="utf-8")
    return path
