"""The records behind a number: counted and not counted, with the reason and the received row."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from etl.contracts.fields import Personal
from etl.contracts.records import RECORDS as RECORD_CONTRACTS
from etl.engine import Engine, name
from etl.insight.corrected import Corrected, corrections_of
from etl.insight.reading import Reading
from etl.measures import Evidence, Measures, known_metrics, record_kinds
from etl.release.seal import ORIGINS, PROVENANCE, RECORDS
from etl.results import open_measures

_DECIDED: Final = """
SELECT record_id, reason FROM latest_decisions
WHERE record_kind IN (SELECT unnest($kinds)) AND decision IN ('refused', 'to_complete') AND reason IS NOT NULL
"""

_RECORDED: Final = """
SELECT {key}, title FROM {kind} WHERE unit_id IN (SELECT recorded_unit FROM attribution WHERE unit_id = ?)
"""

_TAKERS: Final = """
SELECT practice_id || '/' || reused_by, practice_id, unit_id FROM practice_reuses WHERE unit_id IS NOT NULL
"""


def lists_people(metric: str) -> bool:
    """Whether the records a metric counts are about people, as their contracts say."""
    return any(map(is_about_people, record_kinds(known_metrics()[metric])))


def is_about_people(kind: str) -> bool:
    """Whether the records of a kind are about people, as its contract says."""
    fields = RECORD_CONTRACTS[kind].model_fields.values()
    return any(isinstance(mark, Personal) for field in fields for mark in field.metadata)


@dataclass(frozen=True, slots=True)
class KeptBack:
    """What stands beside a department's records and is another one's.

    Attributes:
        keys: (`analysis`, `dataset` or `policy`, its number) and (`unit`, its code).
        told: what stands instead of it.
    """

    keys: frozenset[tuple[str, str]] = frozenset()
    told: str = ""


NOTHING_KEPT_BACK: Final = KeptBack()


@dataclass(frozen=True, slots=True)
class Taker:
    """A department that took a case of good practice over, whose name is part of what the record is called."""

    practice_id: str
    unit_id: str

    def told(self, name: str) -> str:
        """What the record is called where the department is called otherwise."""
        return f"{self.practice_id}/{name}"


class EvidenceBook:
    """The evidence of one release, opened for any number of questions."""

    def __init__(self, reading: Reading, measures: Measures, engine: Engine) -> None:
        self._reading = reading
        self._measures = measures
        self._engine = engine
        provenance = json.loads((reading.folder / PROVENANCE).read_bytes())
        self.files: Mapping[int, str] = {file["source"]: file["file"] for file in provenance["files"]}
        self._corrections = corrections_of(reading.folder)

    def of(self, metric: str, unit_id: str) -> list[Evidence]:
        """Every candidate record of a metric for one department, sorted by record."""
        period = self._reading.rulebook.period_of(metric)
        return self._measures.evidence(metric, unit_id, period.start, period.end, self._reading.folder / ORIGINS)

    def of_all(self, metric: str) -> list[tuple[str, Evidence]]:
        """Every candidate record of a metric as (department, record), sorted by both."""
        period = self._reading.rulebook.period_of(metric)
        return self._measures.evidence_of_all(metric, period.start, period.end, self._reading.folder / ORIGINS)

    def records(self, metric: str) -> tuple[int, int, int]:
        """How many records of a metric count, do not, and are undecided; each once, whoever shares it."""
        period = self._reading.rulebook.period_of(metric)
        return self._measures.records(metric, period.start, period.end)

    def reasons(self, metric: str) -> list[tuple[str, str, int]]:
        """Why records of a metric do not count, as (department, reason, records), the commonest reason first."""
        period = self._reading.rulebook.period_of(metric)
        return self._measures.reasons(metric, period.start, period.end)

    def corrected(self, metric: str, evidence: Iterable[Evidence]) -> Mapping[str, tuple[Corrected, ...]]:
        """Record -> what of it was read otherwise than received; records without a correction are not in it."""
        kinds = record_kinds(known_metrics()[metric])
        made = {
            one.record_id: self._corrections.of(kinds, one.record_id, self.files.get(one.source or 0), one.row)
            for one in evidence
        }
        return {record_id: corrections for record_id, corrections in made.items() if corrections}

    def decided(self, metric: str) -> Mapping[str, str]:
        """Record -> why it was refused or is to be completed, as whoever decided said."""
        kinds = record_kinds(known_metrics()[metric])
        return dict(self._engine.rows(_DECIDED, {"kinds": list(kinds)}))

    def recorded(self, kind: str, unit_id: str) -> list[tuple[str, str]]:
        """The records of a kind that were recorded for a department, or came to it, as (record, title).

        Args:
            kind: whose contract has one key column, a department and a title.
            unit_id: the department.
        """
        (key,) = RECORD_CONTRACTS[kind].key
        return self._engine.rows(_RECORDED.format(kind=kind, key=name(key)), [unit_id])

    def details(
        self, query: str, records: Iterable[Evidence], kept_back: KeptBack = NOTHING_KEPT_BACK
    ) -> list[tuple[Any, ...]]:
        """What a query says of some records.

        Args:
            query: reads the staged tables by their contract's name, and the tables `counted` (record_id) and
                `kept_back` (kind, id, told).
            records: which ones.
            kept_back: what the query may not name.
        """
        self._engine.run("CREATE OR REPLACE TABLE counted (record_id VARCHAR)")
        self._engine.fill("counted", [(record_id,) for record_id in sorted({one.record_id for one in records})])
        self._engine.run("CREATE OR REPLACE TABLE kept_back (kind VARCHAR, id VARCHAR, told VARCHAR)")
        self._engine.fill("kept_back", [(kind, key, kept_back.told) for kind, key in sorted(kept_back.keys)])
        return self._engine.rows(query)

    def takers(self) -> Mapping[str, Taker]:
        """Record of a case taken over -> the department that took it; other bodies are told by their names alone."""
        return {record_id: Taker(*told) for record_id, *told in self._engine.rows(_TAKERS)}

    def everywhere(self, metric: str) -> list[tuple[str, str, Decimal | None, str | None]]:
        """Every candidate of a metric in the whole body: department as recorded, record, amount, reason."""
        period = self._reading.rulebook.period_of(metric)
        return self._measures.candidates(metric, period.start, period.end)


@contextmanager
def open_evidence(reading: Reading) -> Iterator[EvidenceBook]:
    """The evidence of a release that has records."""
    with tempfile.TemporaryDirectory(prefix="jipyo-") as folder, Engine(Path(folder)) as engine:
        yield EvidenceBook(reading, open_measures(reading.rulebook, reading.folder / RECORDS, engine), engine)
