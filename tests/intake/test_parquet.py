"""Parquet files: values as a person would write them, and what is refused."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from etl.engine import Engine, one_file
from etl.errors import UnreadableInput
from etl.intake.columnar import open_parquet
from etl.intake.tables import Layout, TextTable
from tests.intake.received import DEPARTMENTS, take_in, write


def parquet(folder: Path, query: str) -> Path:
    """A Parquet file of what a query finds."""
    folder.mkdir(exist_ok=True, parents=True)
    file = folder / "received.parquet"
    with Engine(threads=1) as engine:
        engine.run(f"COPY ({query}) TO {one_file(file)} (FORMAT parquet)")
    return file


def opened(file: Path) -> TextTable:
    job = file.parent / "job"
    job.mkdir()
    return open_parquet(file, "received.parquet", Layout(), job)


VALUES = [
    ("CAST('2025-03-02' AS DATE)", "2025-03-02"),
    ("CAST('2025-03-02' AS TIMESTAMP)", "2025-03-02"),
    ("CAST('2025-03-02 09:30:00' AS TIMESTAMP)", "2025-03-02 09:30:00"),
    ("CAST('2025-03-02 00:00:00+00' AS TIMESTAMPTZ)", "2025-03-02"),
    ("CAST(1.50 AS DECIMAL(9, 2))", "1.50"),
    ("CAST('12345678901234567890.123456' AS DECIMAL(38, 6))", "12345678901234567890.123456"),
    ("CAST(0.1 AS DOUBLE)", "0.1"),
    ("CAST(0.1 AS FLOAT)", "0.1"),
    ("CAST(5 AS DOUBLE)", "5"),
    ("CAST(-0.0 AS DOUBLE)", "0"),
    ("CAST(1e20 AS DOUBLE)", "100000000000000000000"),
    ("CAST('nan' AS DOUBLE)", "nan"),
    ("CAST('-inf' AS DOUBLE)", "-inf"),
    ("TRUE", "TRUE"),
    ("CAST(NULL AS BOOLEAN)", ""),
    ("CAST(18446744073709551615 AS UBIGINT)", "18446744073709551615"),
    ("'기획\"과,\n둘'", '기획""과,\n둘'),
]


def test_a_value_is_written_as_a_person_would(tmp_path: Path) -> None:
    file = parquet(tmp_path, f"SELECT {', '.join(f'{sql} AS c{at}' for at, (sql, _) in enumerate(VALUES))}")
    table = opened(file)
    assert (
        table.path.read_text(encoding="utf-8") == ",".join(f'"{cell}"' for cell in ("1", *dict(VALUES).values())) + "\n"
    )
    assert (table.rows, table.encoding, table.numbered) == (1, "parquet", True)


def test_a_parquet_file_is_staged_like_any_other_under_its_positions(tmp_path: Path) -> None:
    rows = (
        "SELECT * FROM (VALUES ('A1', DATE '2021-01-01', 'x', 3.0), ('A1', DATE '2022-01-01', 'y', 2.5)) t(u, d, p, n)"
    )
    parquet(tmp_path / "in", f"SELECT u AS unit_id, d AS as_of, p AS part, n::DOUBLE AS authorised FROM ({rows})")
    sources = '[[source]]\nfile = "departments.csv"\nkind = "departments"\n'
    sources += '[[source]]\nfile = "received.parquet"\nkind = "headcount"\n'
    intake = take_in(write(tmp_path / "in", {"departments.csv": DEPARTMENTS}, sources))
    assert [row for row, *_ in intake.origins("headcount")] == [1]
    assert intake.reasons("received.parquet") == {(2, "authorised", "not_an_integer")}


def test_columns_that_differ_in_case_alone_keep_their_names(tmp_path: Path) -> None:
    rows = "SELECT 1 AS name, 2 AS other"
    file = parquet(tmp_path, rows)
    file.write_bytes(file.read_bytes().replace(b"other", b"naME "))
    assert opened(file).header == ("name", "naME")


REFUSED = [
    pytest.param("SELECT [1, 2] AS tags, {'a': 1} AS owner, 1 AS n", "columns_nested", id="nested columns"),
    pytest.param("SELECT CAST('x' AS BLOB) AS photo", "columns_nested", id="bytes"),
]


@pytest.mark.parametrize(("query", "code"), REFUSED)
def test_columns_of_more_than_one_value_are_named(tmp_path: Path, query: str, code: str) -> None:
    with pytest.raises(UnreadableInput) as refusal:
        opened(parquet(tmp_path, query))
    (fault,) = refusal.value.faults
    assert fault.code == code
    assert str(fault.facts["columns"]).split(", ")[0] in query


def cut(content: bytes) -> bytes:
    return content[:-100]


def longer_footer(content: bytes) -> bytes:
    length = struct.unpack("<I", content[-8:-4])[0]
    return content[:-8] + struct.pack("<I", length + 100_000) + content[-4:]


def zeros(content: bytes) -> bytes:
    return content[:4] + bytes(len(content) - 12) + content[-8:]


def only_marks(content: bytes) -> bytes:
    return b"PAR1PAR1"


@pytest.mark.parametrize("damage", [cut, longer_footer, zeros, only_marks])
def test_a_damaged_file_is_refused_without_a_word_of_its_contents(tmp_path: Path, damage: object) -> None:
    file = parquet(tmp_path, "SELECT 'secret' || range AS name FROM range(1000)")
    assert callable(damage)
    file.write_bytes(damage(file.read_bytes()))
    with pytest.raises(UnreadableInput) as refusal:
        opened(file)
    assert [fault.code for fault in refusal.value.faults] == ["file_damaged"]
    assert "secret" not in refusal.value.text("en")
