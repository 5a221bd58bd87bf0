"""The results of a release as a Hangul document (HWPX): a report, or a page a department."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC
from pathlib import Path
from typing import Final

from etl.errors import Fault, Language, UsageError
from etl.exports.carried import Carried
from etl.exports.hangul.container import write_package
from etl.exports.hangul.flow import Flow
from etl.exports.hangul.looks import looks
from etl.exports.hangul.report import report
from etl.exports.hangul.scorecards import scorecards
from etl.exports.hangul.told import Told
from etl.exports.tables import Control

DOCUMENTS: Final = ("report", "scorecards")
_UNTOLD: Final = "1980-01-01T00:00:00Z"
"""When a document was made that must not say so, so that the same release gives the same bytes."""


def write_hwpx(
    carried: Carried, begun: Path, language: Language, only: Sequence[str] = (), units: Sequence[str] = ()
) -> Mapping[str, Control]:
    """Write a document. The same release, `Taken` and language give the same bytes.

    Args:
        carried: the release and what the export says of itself.
        begun: the file to write.
        language: of the document.
        only: which one: `report`, which it is where nothing is said, or `scorecards`.
        units: codes of the departments that get a scorecard; none is all.

    Returns:
        part of the document -> rows and control total.

    Raises:
        UsageError: there is no such document or department, or a report is to be narrowed to departments.
        OSError: the file cannot be written.
    """
    kind = _document(only)
    if kind == "report" and units:
        raise UsageError(Fault("export_report_is_whole", "--only"))
    told = Told(carried, language)
    unit_ids = [carried.reading.unit(said).unit_id for said in units] or [one.unit_id for one in told.results.units]
    taken = carried.taken
    made = taken.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if taken else _UNTOLD
    document = looks(language, told.title, made)
    flow = Flow(document)
    write_package(begun, document, _section(told, flow, kind, unit_ids), _preview(told, kind))
    word = told("results.ranking") if kind == "report" else told("document.scorecards")
    return {word: told.scores_control(unit_ids)}


def _document(only: Sequence[str]) -> str:
    unknown = [Fault("export_unknown_part", "--only", {"part": part, "known": ", ".join(DOCUMENTS)}) for part in only]
    faults = [fault for fault in unknown if fault.facts["part"] not in DOCUMENTS]
    if len(set(only)) > 1 and not faults:
        raise UsageError(Fault("export_one_document", "--only", {"known": ", ".join(DOCUMENTS)}))
    if faults:
        raise UsageError(faults)
    return only[0] if only else DOCUMENTS[0]


def _section(told: Told, flow: Flow, kind: str, unit_ids: Sequence[str]) -> Iterator[str]:
    return report(told, flow) if kind == "report" else scorecards(told, flow, unit_ids)


def _preview(told: Told, kind: str) -> str:
    """What file managers show of it."""
    lines = (told.marks, told.title, told(f"document.{'report' if kind == 'report' else 'scorecards'}"), told.about)
    return "\r\n".join(line for line in lines if line)
