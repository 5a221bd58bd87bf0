"""CSV and Parquet read back: every cell of every table is the release's, and what could harm does not."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable
from decimal import Decimal, localcontext
from pathlib import Path

import pytest

from etl.contracts.published import PUBLISHED
from etl.engine import Engine
from etl.errors import UsageError
from etl.exports.carried import carry
from etl.exports.csv_files import write_csv
from etl.exports.harmless import harmless, looks_like_formula
from etl.exports.parquet_files import write_parquet
from etl.exports.tables import rows_of, tables_of
from etl.exports.words import column_word, table_word
from etl.insight.reading import Reading
from etl.release.tables import cell_text
from tests.exports.given import TAKEN

RELEASES = ["golden", "hostile"]
THOUSANDS = pytest.param("thousands", marks=pytest.mark.xdist_group("thousands"))


@pytest.fixture
def reading(request: pytest.FixtureRequest) -> Reading:
    found: Reading = request.getfixturevalue(request.param)
    return found


def exact_sum(cells: Iterable[str]) -> Decimal:
    with localcontext(prec=60):
        return sum((Decimal(cell) for cell in cells if cell), Decimal(0))


def csv_back(archive: zipfile.ZipFile, name: str) -> list[list[str]]:
    text = archive.read(f"{name}.csv").decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize("reading", [*RELEASES, THOUSANDS], indirect=True)
def test_every_cell_of_every_csv_is_that_of_the_release(reading: Reading, target: Path) -> None:
    controls = write_csv(carry(reading, TAKEN), target)
    tables = tables_of(reading)
    assert list(controls) == [table.name for table in tables]
    with zipfile.ZipFile(target) as archive, Engine() as engine:
        for table, control in zip(tables, controls.values(), strict=True):
            head, *rows = csv_back(archive, table.name)
            expected = list(rows_of(table, engine))
            assert head == list(table.columns)
            kinds = list(table.columns.values())
            safe = [
                [harmless(cell) if kind is str else cell for cell, kind in zip(row, kinds, strict=True)]
                for row in expected
            ]
            assert rows == safe
            assert control.rows == len(expected)
            if control.column is not None:
                at = head.index(control.column)
                assert control.total == exact_sum(row[at] for row in rows)


@pytest.mark.parametrize("reading", [*RELEASES, THOUSANDS], indirect=True)
def test_every_cell_of_every_parquet_file_is_that_of_the_release(
    reading: Reading, target: Path, tmp_path: Path
) -> None:
    write_parquet(carry(reading, TAKEN), target)
    with zipfile.ZipFile(target) as archive, Engine() as engine:
        archive.extractall(tmp_path / "back")
        for table in tables_of(reading):
            made = tmp_path / "back" / f"{table.name}.parquet"
            rows = engine.rows("SELECT * FROM read_parquet($path)", {"path": str(made)})
            assert [[cell_text(cell) for cell in row] for row in rows] == list(rows_of(table, engine))
            if table.path.suffix == ".parquet":
                assert made.read_bytes() == table.path.read_bytes()


def test_numbers_are_exact_decimals_in_parquet(golden: Reading, target: Path, tmp_path: Path) -> None:
    write_parquet(carry(golden, TAKEN), target, "ko", ["scores"])
    with zipfile.ZipFile(target) as archive, Engine() as engine:
        assert "scores.parquet" in archive.namelist()
        assert "units.parquet" not in archive.namelist()
        made = archive.extract("scores.parquet", tmp_path)
        kinds = engine.columns(f"SELECT * FROM read_parquet('{made}')")
        said = dict(engine.rows("SELECT key, value FROM parquet_kv_metadata($path)", {"path": made}))
    assert kinds["score"].startswith("DECIMAL(38")
    assert kinds["ranked"] == "BOOLEAN"
    assert said[b"release"].decode() == golden.manifest.release_id
    assert said[b"state"] == b"provisional"


@pytest.mark.parametrize("write", [write_csv, write_parquet])
def test_the_same_release_taken_the_same_way_gives_the_same_bytes(
    write: object, golden: Reading, tmp_path: Path
) -> None:
    assert callable(write)
    for name in ("a", "b"):
        write(carry(golden, TAKEN), tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_the_page_beside_the_tables_says_where_they_come_from(golden: Reading, target: Path) -> None:
    write_csv(carry(golden, TAKEN), target)
    with zipfile.ZipFile(target) as archive:
        page = archive.read("README.txt").decode("utf-8-sig")
        columns = archive.read("columns.csv").decode("utf-8-sig")
    facts = golden.manifest
    for said in (
        facts.release_id,
        facts.facts["rulebook"]["sha256"],
        "*** 잠정 ***",
        "PROVISIONAL",
        TAKEN.by,
        "2026. 3. 2.",
    ):
        assert said in page
    assert f"{len(golden.scores)}행" in page
    assert "scores,score,종합점수,Score" in columns


def test_a_table_that_is_not_there_is_refused_with_those_that_are(golden: Reading, target: Path) -> None:
    with pytest.raises(UsageError, match=r"'score'.*scores"):
        write_csv(carry(golden, TAKEN), target, "ko", ["score"])


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"])
def test_what_looks_like_a_formula_gets_an_apostrophe(sign: str) -> None:
    assert looks_like_formula(f"{sign}1")
    assert harmless(f"{sign}1") == f"'{sign}1"
    assert harmless(f"1{sign}") == f"1{sign}"


def test_every_published_table_and_column_has_its_words() -> None:
    for table, contract in PUBLISHED.items():
        assert table_word(table, "ko") != table_word(table, "en")
        for column in contract.model_fields:
            assert column_word(column, "ko")
            assert column_word(column, "en")
