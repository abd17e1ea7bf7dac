"""Exchanging a few papers in the published tables gives what a full build gives, table by table."""

import re
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import duckdb
import msgspec
import polars as pl
import pytest

from benchmarks.filings import Filings, generate
from data_quality.reviews import Reviews
from pipelines.disclosures.facts import SecondReadingFact
from pipelines.lake.files import SourceFile
from pipelines.lake.store import Lake
from pipelines.stages import Workspace
from pipelines.stages import tables as stages
from pipelines.stages.documents import read_new, scan_files, understand_new, understood
from pipelines.stages.runs import end_run, present_run
from pipelines.stages.workspace import LoadError
from pipelines.warehouse import build as building
from pipelines.warehouse.build import BuildError, compile_models, write_inputs
from pipelines.warehouse.compiled import CompiledModels, keep_models, kept_models, make
from pipelines.warehouse.declared import DECLARED, KEYS, WHOLE, declared_tables
from pipelines.warehouse.difference import difference
from pipelines.warehouse.fingerprint import rules_version
from pipelines.warehouse.incremental import NotIncrementalError, build_incrementally
from pipelines.warehouse.touched import kept_touched
from pipelines.warehouse.verify import problems
from pipelines.warehouse.versions import publication, write_note

VERSION = "1"
COUNT = 41
"""Four departments of ten papers, and one paper of a fifth."""
NEW = "f" * 64
Change = Callable[["Base"], list[SourceFile]]


class Base:
    """A published file of forty papers, the lake it was built from, and one paper more."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.lake = Lake(folder / "lake")
        self.filings: Filings = generate(COUNT)
        self.filings.write_lake(self.lake, VERSION)
        self.added = self.filings.tables["document"]["document_id"][-1]
        self.files = [file for file in self.filings.files if file.document_id != self.added]
        self.published = folder / "published" / "duizhang.duckdb"
        self.published.parent.mkdir()
        write_inputs(self.lake, self.files, folder / "first", version=VERSION)
        self.models: CompiledModels = compile_models(folder / "first", folder / "first" / self.published.name)
        _make(self.published, self.models)

    def full(self, files: list[SourceFile], folder: Path) -> Path:
        """All tables of some files, made from nothing."""
        write_inputs(self.lake, files, folder, version=VERSION)
        database = folder / self.published.name
        _make(database, self.models.for_inputs(folder / "inputs"))
        return database

    def exchanged(self, files: list[SourceFile], most_share: float = 1.0) -> Path:
        """The tables of some files, made out of the published ones."""
        built = build_incrementally(
            self.lake, files, self.published, self.models, version=VERSION, reviews=Reviews(), most_share=most_share
        )
        assert (built.models > 60, built.tests > 40) == (True, True)
        return built.database

    def revised(self, document: str, new: str = NEW) -> None:
        """Store the facts of a paper again as those of other bytes, with one amount that is another."""
        for table, frame in self.filings.tables.items():
            rows = frame.filter(document_id=document)
            ids = [name for name in rows.columns if name.endswith("_id")]
            rows = rows.with_columns(
                (pl.lit(new[:16]) + pl.col(name).str.slice(16)).alias(name) for name in ids
            ).with_columns(document_id=pl.lit(new))
            if table == "amount":
                first = pl.int_range(pl.len()) == rows["amount_yuan"].arg_max()
                more = (pl.col("amount_yuan") + Decimal("70000.00")).cast(rows.schema["amount_yuan"])
                rows = rows.with_columns(amount_yuan=pl.when(first).then(more).otherwise("amount_yuan"))
            folder = self.lake.facts_folder(new, VERSION)
            folder.mkdir(parents=True, exist_ok=True)
            rows.write_parquet(folder / f"{table}.parquet")


def _make(database: Path, models: CompiledModels) -> None:
    with duckdb.connect(str(database)) as connection:
        for _ in make(connection, models.models):
            pass


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Base:
    return Base(tmp_path_factory.mktemp("base"))


def differences(one: Path, other: Path) -> list[str]:
    """Names of the tables that do not hold the same rows."""
    found = []
    with duckdb.connect(":memory:") as connection:
        for name, path in (("one", one), ("other", other)):
            connection.execute(f"attach '{path}' as {name} (read_only)")
        for table in declared_tables():
            if table.exchange:
                name = f'"{table.schema}"."{table.name}"'
                columns = ", ".join(f'"{column}"' for column in table.columns)
                for here, there in (("one", "other"), ("other", "one")):
                    query = f"select {columns} from {here}.{name} except all select {columns} from {there}.{name}"
                    if connection.execute(f"{query} limit 1").fetchall():
                        found.append(table.full_name)
    return found


def a_paper(base: Base) -> SourceFile:
    return next(file for file in base.files if file.source_path.endswith("final_accounts.txt"))


def add(base: Base) -> list[SourceFile]:
    return base.filings.files


def remove(base: Base) -> list[SourceFile]:
    return [file for file in base.files if file != a_paper(base)]


def remove_a_department(base: Base) -> list[SourceFile]:
    folder = a_paper(base).source_path.rsplit("/", 2)[0]
    return [file for file in base.files if not file.source_path.startswith(folder)]


def revise(base: Base) -> list[SourceFile]:
    base.revised(a_paper(base).document_id)
    return [*remove(base), SourceFile(a_paper(base).source_path, 2, 2, NEW)]


def supersede(base: Base) -> list[SourceFile]:
    base.revised(a_paper(base).document_id)
    return [*base.files, SourceFile(a_paper(base).source_path.replace(".txt", "_2.txt"), 2, 2, NEW)]


def rename(base: Base) -> list[SourceFile]:
    path = a_paper(base).source_path.replace(".txt", "_renamed.txt")
    return [*remove(base), SourceFile(path, 1, 1, a_paper(base).document_id)]


def read_twice(base: Base) -> list[SourceFile]:
    document = a_paper(base).document_id
    amounts = base.filings.tables["amount"].filter(document_id=document)["amount_id"]
    readings = [
        SecondReadingFact(amount_id=amount, document_id=document, reader="other", value=None, printed="1",
                          page_no=None, row_no=None, column_no=None)
        for amount in amounts
    ]  # fmt: skip
    base.lake.write_second_readings(document, readings, VERSION)
    return base.files


@pytest.mark.slow
@pytest.mark.parametrize("change", [add, remove, remove_a_department, revise, supersede, rename, read_twice])
def test_an_exchange_gives_what_a_full_build_gives(base: Base, tmp_path: Path, change: Change) -> None:
    files = change(base)
    exchanged = base.exchanged(files)
    assert differences(exchanged, base.full(files, tmp_path / "full")) == []
    assert differences(exchanged, base.published) != []
    touched = kept_touched(exchanged.parent)
    assert touched is not None
    assert difference(exchanged, base.published, touched) == difference(exchanged, base.published)
    assert not list(exchanged.parent.glob("*.wal"))


@pytest.mark.slow
def test_a_key_of_an_exchanged_row_that_another_has_too_is_a_problem(base: Base) -> None:
    exchanged = base.exchanged(add(base))
    touched = kept_touched(exchanged.parent)
    assert [problem for problem in problems(exchanged, touched) if "more than once" in problem] == []
    with duckdb.connect(str(exchanged)) as connection:
        connection.execute(f"""
            insert into core.amount
            select * replace ('{base.files[0].document_id}' as document_id) from core.amount
            where document_id = '{base.added}' limit 1
        """)
    found = [problem for problem in problems(exchanged, touched) if "more than once" in problem]
    assert [problem.split()[0] for problem in found] == ["core.amount", "provenance.source"]
    assert set(found) <= set(problems(exchanged))


@pytest.mark.slow
def test_too_much_at_once_is_built_in_full(base: Base) -> None:
    before = set(base.published.parent.iterdir())
    with pytest.raises(NotIncrementalError, match="10 of 40 documents are touched"):
        base.exchanged(remove(base), most_share=0.2)
    assert set(base.published.parent.iterdir()) == before


@pytest.mark.slow
def test_another_name_for_a_code_is_built_in_full_for_others_print_it_too(base: Base, tmp_path: Path) -> None:
    published = Path(shutil.copy(base.published, tmp_path / base.published.name))
    with duckdb.connect(str(published)) as connection:
        connection.execute("update reference.subject set title_zh = 'another' where subject = 'function:2070101'")
    with pytest.raises(NotIncrementalError, match=r"reference\.subject tells something else"):
        build_incrementally(
            base.lake, add(base), published, base.models, version=VERSION, reviews=Reviews(), most_share=1
        )


@pytest.mark.slow
def test_a_failing_test_stops_an_exchange_and_is_named(base: Base) -> None:
    tests = tuple(
        test if "amount_amount_id" not in test.name else type(test)(**{
            **{name: getattr(test, name) for name in test.__struct_fields__}, "sql": f"{test.sql} or true"
        })
        for test in base.models.tests
        if test.name == "not_null_amount_amount_id"
    )  # fmt: skip
    broken = CompiledModels(base.models.inputs, base.models.models, tests)
    with pytest.raises(BuildError, match="test not_null_amount_amount_id failed"):
        build_incrementally(
            base.lake, add(base), base.published, broken, version=VERSION, reviews=Reviews(), most_share=1
        )


def test_every_table_says_by_what_its_rows_are_exchanged() -> None:
    for table in declared_tables():
        if table.schema in ("analysis", "provenance"):
            assert table.exchange is None, f"{table.full_name} is a view"
        else:
            assert table.exchange in (*KEYS, WHOLE, DECLARED), table.full_name
            assert table.exchange in (*table.columns, WHOLE, DECLARED), table.full_name


def test_models_are_kept_for_one_basis(tmp_path: Path) -> None:
    models = CompiledModels("/inputs", (), ())
    assert kept_models(tmp_path / "models.json", "a") is None
    keep_models(tmp_path / "models.json", "a", models)
    assert kept_models(tmp_path / "models.json", "a") == models
    assert kept_models(tmp_path / "models.json", "b") is None
    (tmp_path / "models.json").write_text("{}")
    assert kept_models(tmp_path / "models.json", "a") is None


@pytest.fixture
def grown(warehouse: Path, samples: Path, tmp_path: Path) -> Workspace:
    """The warehouse of the samples, and one paper more in its folder of files."""
    copy = Path(shutil.copytree(warehouse, tmp_path / "warehouse"))
    raw = Path(shutil.copytree(samples, tmp_path / "raw"))
    text = next(samples.glob("高新区人社局/**/*.txt")).read_text(encoding="utf-8")
    (raw / "另一个局").mkdir()
    (raw / "另一个局" / "2020自评.txt").write_text(text.replace("高新区人社局", "青禾市样板区交通局"), encoding="utf-8")
    return Workspace(raw, copy)


def test_a_load_exchanges_the_papers_of_one_department_without_dbt(
    grown: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready = _read(grown)
    with monkeypatch.context() as patch:
        patch.setattr(building, "run_dbt", _refuse)
        renewed = shutil.copytree(grown.warehouse, grown.warehouse.with_name("full"))
        assert stages.build_tables(grown, ready)
        with pytest.raises(LoadError, match="dbt was asked"):
            stages.build_tables(Workspace(grown.raw, renewed, full=True), ready)
    folder = stages.new_build(grown)
    assert folder is not None
    stages.mark_checked(folder)
    assert stages.publish_tables(grown)
    with duckdb.connect(str(grown.database), read_only=True) as tables:
        assert tables.execute(
            "select count(*) from core.filing where department = '青禾市样板区交通局'"
        ).fetchall() == [(1,)]
        [(comment,)] = tables.execute(
            "select comment from duckdb_tables() where table_name = 'amount' and schema_name = 'core'"
        ).fetchall()
    assert re.search("number", comment)
    note = publication(grown.database)
    assert note is not None
    assert note.basis
    assert not stages.build_tables(grown, ready)


def test_more_checks_are_published_if_the_rules_are_others_and_the_report_says_so(grown: Workspace) -> None:
    assert stages.build_tables(grown, _read(grown))
    folder = stages.new_build(grown)
    assert folder is not None
    stages.mark_checked(folder)
    with duckdb.connect(str(grown.database)) as published:
        published.execute("delete from quality.check where hash(check_id) % 10 != 0")
    with pytest.raises(LoadError, match=r"quality\.check has"):
        stages.publish_tables(grown)
    note = publication(grown.database)
    assert note is not None
    write_note(grown.database, msgspec.structs.replace(note, rules="of another release"))
    assert stages.publish_tables(grown)
    run = present_run(grown)
    report = end_run(grown, run).read_text(encoding="utf-8")
    assert "The rules are others" in report
    note = publication(grown.database)
    assert note is not None
    assert note.rules == rules_version()


def _read(workspace: Workspace):  # type: ignore[no-untyped-def]
    found = scan_files(workspace)
    read_new(workspace, found)
    understand_new(workspace, found)
    return understood(workspace, found)


def _refuse(*arguments: object, **named: object) -> tuple[int, int]:
    raise BuildError("dbt was asked")
