"""What a release rests on, counted: rows received and what became of them, records that count, weight measured."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from etl.contracts.published import State
from etl.insight.evidence import open_evidence
from etl.insight.reading import Reading
from etl.release.seal import PROVENANCE


@dataclass(frozen=True, slots=True)
class Received:
    """One kind of record of one received file, or several together. All are numbers of rows."""

    file: str
    kind: str
    received: int
    staged: int
    rejected: int
    held: int
    set_aside: int


def received_files(reading: Reading) -> list[Received]:
    """Every received file with where its rows went, in the order of the provenance; none where a table was scored."""
    path = reading.folder / PROVENANCE
    if not reading.has_records or not path.is_file():
        return []
    counts = {(one["file"], one["kind"]): one for one in reading.manifest.facts["sources"]}
    found = []
    for file in json.loads(path.read_bytes())["files"]:
        kind = file.get("kind", "")
        counted = counts.get((file["file"], kind), {})
        numbers = {name: int(counted.get(name, 0)) for name in ("received", "staged", "rejected", "held", "set_aside")}
        found.append(Received(file["file"], kind, **numbers))
    return found


def added(files: Iterable[Received]) -> Received:
    """All of them together, without a name."""
    listed = list(files)
    return Received(
        file="",
        kind="",
        received=sum(one.received for one in listed),
        staged=sum(one.staged for one in listed),
        rejected=sum(one.rejected for one in listed),
        held=sum(one.held for one in listed),
        set_aside=sum(one.set_aside for one in listed),
    )


@dataclass(frozen=True, slots=True)
class RecordCounts:
    """The candidate records of one metric over all departments, each once, however many departments share it."""

    metric: str
    counted: int
    not_counted: int
    undecided: int


def record_counts(reading: Reading) -> list[RecordCounts]:
    """Every metric's records, by metric; none where a table was scored."""
    if not reading.has_records:
        return []
    with open_evidence(reading) as book:
        return [RecordCounts(metric, *book.records(metric)) for metric in sorted(reading.rulebook.metrics)]


def valued_nowhere(reading: Reading) -> list[tuple[str, State]]:
    """(indicator, state) of those that every department has no value of, all in one state, as the rules list them."""
    found = []
    for indicator in reading.rulebook.indicators:
        states = {reading.indicators[unit_id, indicator.id].state for unit_id in reading.units}
        if len(states) == 1 and "measured" not in states:
            found.append((indicator.id, states.pop()))
    return found


def partly_measured(reading: Reading) -> list[tuple[str, Decimal]]:
    """(department, share of the weight that was measured) where that is less than all, the least first."""
    found = [(row.coverage, unit_id) for unit_id, row in reading.scores.items() if row.coverage < 1]
    return [(unit_id, coverage) for coverage, unit_id in sorted(found)]
