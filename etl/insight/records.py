"""The records sealed in a release, each with where it stood in the received files."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from etl.engine import Engine, Parameters
from etl.insight.reading import Reading
from etl.measures import Measures
from etl.release.seal import ORIGINS, PROVENANCE, RECORDS
from etl.results import open_measures

_PARTS: Final = {"records": RECORDS, "origins": ORIGINS}


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record stood in the received files; both None where nobody knows any more."""

    file: str | None
    row: int | None


class SealedRecords:
    """The staged records of a release that has records, open for questions."""

    def __init__(self, reading: Reading, engine: Engine) -> None:
        self._reading, self._folder, self._engine = reading, reading.folder, engine
        provenance = json.loads((reading.folder / PROVENANCE).read_bytes())
        self._files = {file["source"]: file["file"] for file in provenance["files"]}

    @cached_property
    def measures(self) -> Measures:
        """The metrics over the records."""
        return open_measures(self._reading.rulebook, self._folder / RECORDS, self._engine)

    def know_takeovers(self) -> None:
        """Set up what metrics read: every kind by its name, the views, and the table `attribution`.

        `attribution` says which department takes over which part of whose records.
        """
        _ = self.measures

    def of(self, kind: str, query: str, **facts: object) -> list[tuple[Any, ...]]:
        """What a query finds, with the record's origin as the last column.

        Args:
            kind: of the records.
            query: reads `$records` and `$origins`, and ends its columns with `source, row_no`.
            facts: the query's other parameters.
        """
        places = {name: str(self._folder / part / f"{kind}.parquet") for name, part in _PARTS.items()}
        rows = self._engine.rows(query, {**places, **facts})
        return [(*row[:-2], Origin(self._files.get(row[-2]), row[-1])) for row in rows]

    def prepare(self, statement: str, parameters: Parameters | None = None) -> None:
        """Run a statement that makes a table of one's own from those of `know_takeovers`, for the queries after it."""
        self.know_takeovers()
        self._engine.run(statement, parameters)

    def rows(self, query: str, parameters: Parameters | None = None) -> list[tuple[Any, ...]]:
        """What a query finds in the tables of `know_takeovers`."""
        self.know_takeovers()
        return self._engine.rows(query, parameters)


@contextmanager
def open_records(reading: Reading) -> Iterator[SealedRecords]:
    """The records of a release that has some."""
    with tempfile.TemporaryDirectory(prefix="jipyo-") as folder, Engine(Path(folder)) as engine:
        yield SealedRecords(reading, engine)
