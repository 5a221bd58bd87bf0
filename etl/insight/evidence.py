"""The records behind a number: counted and not counted, with the reason and the received row."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from etl.engine import Engine
from etl.insight.corrected import Corrected, corrections_of
from etl.insight.reading import Reading
from etl.measures import Evidence, Measures, known_metrics, record_kind
from etl.release.seal import ORIGINS, PROVENANCE, RECORDS
from etl.results import open_measures


class EvidenceBook:
    """The evidence of one release, opened for any number of questions."""

    def __init__(self, reading: Reading, measures: Measures) -> None:
        self._reading = reading
        self._measures = measures
        provenance = json.loads((reading.folder / PROVENANCE).read_bytes())
        self.files: Mapping[int, str] = {file["source"]: file["file"] for file in provenance["files"]}
        self._corrections = corrections_of(reading.folder)

    def of(self, metric: str, unit_id: str) -> list[Evidence]:
        """Every candidate record of a metric for one department, sorted by record."""
        period = self._reading.rulebook.evaluation.period
        return self._measures.evidence(metric, unit_id, period.start, period.end, self._reading.folder / ORIGINS)

    def of_all(self, metric: str) -> list[tuple[str, Evidence]]:
        """Every candidate record of a metric as (department, record), sorted by both."""
        period = self._reading.rulebook.evaluation.period
        return self._measures.evidence_of_all(metric, period.start, period.end, self._reading.folder / ORIGINS)

    def corrected(self, metric: str, evidence: Iterable[Evidence]) -> Mapping[str, tuple[Corrected, ...]]:
        """Record -> what of it was read otherwise than received; records without a correction are not in it."""
        kind = record_kind(known_metrics()[metric])
        made = {
            one.record_id: self._corrections.of(kind, one.record_id, self.files.get(one.source or 0), one.row)
            for one in evidence
        }
        return {record_id: corrections for record_id, corrections in made.items() if corrections}


@contextmanager
def open_evidence(reading: Reading) -> Iterator[EvidenceBook]:
    """The evidence of a release that has records."""
    with tempfile.TemporaryDirectory(prefix="jipyo-") as folder, Engine(Path(folder)) as engine:
        yield EvidenceBook(reading, open_measures(reading.rulebook, reading.folder / RECORDS, engine))
