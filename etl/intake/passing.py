"""Rows on their way from one step of a job to the next."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from etl.engine import Engine, name, text
from etl.intake.tables import FEW

_FORM: Final = "(FORMAT parquet, COMPRESSION lz4, ROW_GROUP_SIZE 122880)"


@dataclass(frozen=True, slots=True)
class Passing:
    """Rows that are made once and read several times by the same job alone, in the order in which they were made.

    Few are held in a table; of many, writing and reading a Parquet file costs less.

    Attributes:
        label: of the rows, within the job.
        folder: where a file of them goes.
        few: whether they are few.
    """

    label: str
    folder: Path
    few: bool

    @classmethod
    def of(cls, label: str, folder: Path, count: int) -> Self:
        """So many rows, not made yet; no row at all passes through a file, from which an empty file is written."""
        return cls(label, folder, 0 < count < FEW)

    @property
    def rows(self) -> str:
        """SQL: the rows, each with its place among them as `file_row_number`, from 0."""
        if self.few:
            return f"(SELECT *, rowid AS file_row_number FROM {name(self.label)})"
        return f"read_parquet({text(str(self._file))}, file_row_number = true)"

    def make(self, rows: str, engine: Engine) -> None:
        """Make them, in place of earlier ones; `rows` is SQL."""
        if self.few:
            engine.run(f"CREATE OR REPLACE TABLE {name(self.label)} AS {rows}")
        else:
            engine.run(f"COPY ({rows}) TO {text(str(self._file))} {_FORM}")

    def forget(self, engine: Engine) -> None:
        """Let go of them."""
        if self.few:
            engine.run(f"DROP TABLE {name(self.label)}")
        else:
            self._file.unlink()

    @property
    def _file(self) -> Path:
        return self.folder / f"{self.label}.parquet"
