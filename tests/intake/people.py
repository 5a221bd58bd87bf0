"""Received files about people, with names and numbers planted that must never be written, and the hunt for them."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import duckdb
import pytest

from etl.intake.key import Key

SECRET: Final = bytes(range(7, 39))
KEY: Final = Key(SECRET)

NAMES: Final = ("갈매빛새벽", "QUILLFEATHER", "넷째줄에숨은이름", "다섯째줄의", "칸이모자란이름", "쓰이지않는직급")
NUMBERS: Final = ("CANARY70001", "CANARY70002", "CANARY70003", "CANARY70004", "CANARY70005")
CANARIES: Final = (*NAMES, *NUMBERS)

DEPARTMENTS: Final = "unit_id,name,peer_group,valid_from\nA1,기획과,line,2020-01-01\nB2,안전과,line,2020-01-01\n"
SESSIONS: Final = (
    "session_id,unit_id,title,kind_of_session,starts_on,ends_on,hours\nS1,A1,교육,course,2021-05-01,2021-05-01,3\n"
)
HEADER: Final = "과정,사번,성명,직급,부서,수료일,시간\n"
PEOPLE: Final = (
    HEADER
    + "S1,CANARY70001,갈매빛새벽,쓰이지않는직급,A1,2021-05-01,3\n"
    + "S1,CANARY70002,QUILLFEATHER,쓰이지않는직급,A1,2021-05-01,3\n"
    + "S1,CANARY70003,넷째줄에숨은이름,쓰이지않는직급,Z9,2021-13-01,세시간\n"
    + "S1,CANARY70004,칸이모자란이름\n"
    + ",,,,,,\n"
    + 'S1,CANARY70005,"다섯째줄의\n이름",쓰이지않는직급,B2,2021-05-01,3\n'
)
"""Two good rows, one with a bad date and a bad number beside the person, one too short, one blank, one of two lines."""

SOURCES: Final = """
[[source]]
file = "departments.csv"
kind = "departments"

[[source]]
file = "training_sessions.csv"
kind = "training_sessions"

[[source]]
file = "명단.csv"
kind = "attendance"
[source.columns]
session_id = "과정"
person = { pseudonym_of = ["사번"] }
unit_id = "부서"
completed_on = "수료일"
hours = "시간"
outcome = { constant = "completed" }
"""


def write_key(folder: Path, secret: bytes = SECRET) -> Path:
    """A key file as it must be kept."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / "pseudonym.key"
    path.write_text(secret.hex())
    path.chmod(0o600)
    return path


@contextmanager
def nothing_is_deleted(monkeypatch: pytest.MonkeyPatch, temporary: Path) -> Iterator[None]:
    """Whatever is written meanwhile stays, temporary files and unfinished releases included.

    Rows that are so few that they would be held in memory are written too, as many would be.
    """
    temporary.mkdir(exist_ok=True)
    with monkeypatch.context() as patch:
        patch.setenv("TMPDIR", str(temporary))
        patch.setattr(tempfile, "tempdir", None)
        patch.setattr(shutil, "rmtree", lambda *_, **__: None)
        patch.setattr(Path, "unlink", lambda *_, **__: None)
        patch.setattr("etl.intake.passing.FEW", 0)
        yield


def found_in(folder: Path, *but: Path) -> set[tuple[str, str]]:
    """(canary, file) of every canary in the bytes, or in the tables, of any file of the folder."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    files = [path for path in files if not any(path.is_relative_to(one) for one in but)]
    with duckdb.connect(config={"threads": 1}) as reader:
        return {
            (canary, path.name) for path in files for canary in canaries_in(path.read_bytes(), *texts_of(path, reader))
        }


def canaries_in(*written: bytes) -> set[str]:
    """The canaries in any of these bytes, in the encodings of text files."""
    return {
        canary
        for canary in CANARIES
        for encoding in ("utf-8", "utf-16-le", "utf-16-be", "cp949")
        for content in written
        if canary.encode(encoding) in content or canary.lower().encode(encoding) in content
    }


def texts_of(path: Path, reader: duckdb.DuckDBPyConnection) -> Iterator[bytes]:
    """What a compressed table holds, as text."""
    if path.suffix == ".parquet" and path.stat().st_size:
        yield repr(reader.execute("SELECT * FROM read_parquet(?)", [str(path)]).fetchall()).encode()
    if path.suffix == ".duckdb":
        reader.execute(f"ATTACH '{path}' AS job (READ_ONLY)")
        tables = reader.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = 'job'").fetchall()
        for (table,) in tables:
            yield repr(reader.execute(f'SELECT * FROM job."{table}"').fetchall()).encode()
        reader.execute("DETACH job")
