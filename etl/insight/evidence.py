"""The records behind a number: counted and not counted, with the reason and the received row."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

from etl.engine import Engine
from etl.insight.reading import Reading
from etl.measures import Evidence, Measures
from etl.release.seal import ORIGINS, PROVENANCE, RECORDS
from etl.results import open_measures


class EvidenceBook:
    """The evidence of one release, opened for any number of questions."""

    def __init__(self, reading: Reading, measures: Measures) -> None:
        self._reading = reading
        self._measures = measures
        provenance = json.loads((reading.folder / PROVENANCE).read_bytes())
        self.files: Mapping[int, str] = {file["source"]: file["file"] for file in provenance["files"]}

    def of(self, metric: str, unit_id: str) -> list[Evidence]:
        """Every candidate record of a metric for one department, sorted by record."""
        period = self._reading.rulebook.evaluation.period
        return self._measures.evidence(metric, unit_id, period.start, period.end, self._reading.folder / ORIGINS)

    def everywhere(self, metric: str) -> list[tuple[str, str, Decimal | None, str | None]]:
        """Every candidate of a metric in the whole body: department as recorded, record, amount, reason."""
        period = self._reading.rulebook.evaluation.period
        return self._measures.candidates(metric, period.start, period.end)


@contextmanager
def open_evidence(reading: Reading) -> Iterator[EvidenceBook]:
    """The evidence of a release that has records."""
    with tempfile.TemporaryDirectory(prefix="jipyo-") as folder, Engine(Path(folder)) as engine:
        yield EvidenceBook(reading, open_measures(reading.rulebook, reading.folder / RECORDS, engine))
