"""The sealed records of a release, opened for questions of any kind: every kind of record under its name."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from etl.engine import Engine, Parameters
from etl.insight.reading import Reading
from etl.measures import Measures
from etl.release.seal import RECORDS
from etl.results import open_measures


@dataclass(frozen=True, slots=True)
class OpenedRecords:
    """Staged records as tables (`attendance`, `courses` …), and the metrics over them."""

    engine: Engine
    measures: Measures

    def rows(self, query: str, parameters: Parameters | None = None) -> list[tuple[Any, ...]]:
        """What a query finds."""
        return self.engine.rows(query, parameters)


@contextmanager
def opened_records(reading: Reading) -> Iterator[OpenedRecords]:
    """The records of a release that has records."""
    with tempfile.TemporaryDirectory(prefix="jipyo-") as folder, Engine(Path(folder)) as engine:
        yield OpenedRecords(engine, open_measures(reading.rulebook, reading.folder / RECORDS, engine))
