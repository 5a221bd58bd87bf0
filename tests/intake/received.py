"""A folder of received files for one test, staged by the real intake."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from etl.engine import Engine
from etl.intake.mapping import SOURCES, read_sources
from etl.intake.stage import Loaded, Staged, stage

DEPARTMENTS = "unit_id,name,peer_group,valid_from\nA1,기획과,line,2020-01-01\nB2,안전과,line,2020-01-01\n"
"""Two departments to which records of other kinds may refer."""


@dataclass(frozen=True)
class Intake:
    """What staging a folder came to."""

    staged: Staged
    records: Mapping[str, list[tuple[Any, ...]]]

    @property
    def loaded(self) -> dict[str, Loaded]:
        """What became of each file, by its name."""
        return {one.file: one for one in self.staged.loaded}

    @property
    def rejects(self) -> list[tuple[str, int, str, str, str]]:
        """Every reject: file, row, column, reason, text."""
        with self.staged.rejects.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        return [(row["file"], int(row["row"]), row["column"], row["reason"], row["text"]) for row in rows]

    def reasons(self, file: str) -> set[tuple[int, str, str]]:
        """Row, column and reason of the file's rejects."""
        return {(row, column, reason) for name, row, column, reason, _ in self.rejects if name == file}

    def origins(self, kind: str) -> list[tuple[Any, ...]]:
        """Each record of a kind with its row in the received file in front."""
        with Engine(threads=1) as engine:
            rows = engine.rows(f"SELECT row_no FROM read_parquet('{self.staged.origins / kind}.parquet')")
        return [(row, *record) for (row,), record in zip(rows, self.records[kind], strict=True)]


def write(folder: Path, files: Mapping[str, str | bytes], sources: str = "") -> Path:
    """Write received files, and the body of a `sources.toml` where one is given."""
    folder.mkdir(parents=True, exist_ok=True)
    for file, content in files.items():
        (folder / file).write_bytes(content.encode() if isinstance(content, str) else content)
    if sources:
        (folder / SOURCES).write_text(f"version = 1\n{sources}", encoding="utf-8")
    return folder


def take_in(folder: Path, threads: int = 1) -> Intake:
    """Stage a folder of received files."""
    job = Path(mkdtemp(dir=folder.parent))
    sources = read_sources(folder)
    with Engine(threads=threads) as engine:
        staged = stage(folder, sources, job, engine)
        records = {source.kind: engine.rows(f"SELECT * FROM staged_{source.kind}") for source in sources}
    return Intake(staged, records)
