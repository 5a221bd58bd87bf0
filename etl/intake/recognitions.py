"""What somebody decided about a record (인정·불인정·보완), kept beside the received files with who, when and why."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, get_args

from pydantic import ValidationError

from etl.contracts.kinds.decisions import Recognition
from etl.contracts.records import RECORDS
from etl.documents.flaws import nearest
from etl.engine import Engine, name
from etl.errors import Fault, UsageError
from etl.intake.beside import read_part
from etl.intake.mapping import SOURCES
from etl.intake.own_tables import alone, described, stored_lines, table_of, write_whole
from etl.intake.stage import stage
from etl.scoring.rulebook import Rulebook
from etl.shown import day_told

RECOGNITION: Final = "recognition.csv"
KINDS: Final[tuple[str, ...]] = get_args(Recognition.model_fields["record_kind"].annotation)
DECISIONS: Final[tuple[str, ...]] = get_args(Recognition.model_fields["decision"].annotation)
NEED_A_REASON: Final = ("refused", "to_complete")

_COLUMNS: Final = tuple(Recognition.model_fields)
_NEEDED: Final = ("record_kind", "record_id", "decision", "decided_on", "decided_by")
_BEHIND: Final = ("departments", "aliases", "courses", "recognition")
"""What records refer to, and the decisions there are."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A decision on one record, and who decided so, when and why."""

    record_kind: str
    record_id: str
    decision: str
    why: str
    by: str
    on: date

    def line(self, rulebook: Rulebook) -> dict[str, str]:
        """The decision as a row of `recognition.csv`; a reason of the rulebook's list in the words of the list."""
        listed = rulebook.refusal_meant_by(self.why)
        why = listed.name.ko if listed is not None and self.why.strip() in (listed.id, listed.name.en) else self.why
        cells = (self.record_kind, self.record_id, self.decision, why.strip(), self.on.isoformat(), self.by.strip())
        return dict(zip(_COLUMNS, cells, strict=True))


def judge(folder: Path, rulebook: Rulebook, judgement: Judgement) -> dict[str, str]:
    """Store a decision; the latest one on a record stands.

    Args:
        folder: received files; `recognition.csv` in it is written, and `sources.toml` where it lacks that file.
        rulebook: whose list of reasons holds, where it has one.
        judgement: what was decided.

    Returns:
        the row that was appended.

    Raises:
        UsageError: no such record, no reason or one outside the list, nobody who decided, or a decision of the same
            day; with all that is wrong.
        UnreadableInput: a file of the folder cannot be read, or its `recognition.csv` has other columns.
    """
    with alone(folder):
        faults = [*_faults_of_words(rulebook, judgement)]
        if judgement.record_kind in KINDS:
            faults += _faults_of_record(folder, judgement)
        if faults:
            raise UsageError(faults)
        line = judgement.line(rulebook)
        lines = stored_lines(folder / RECOGNITION, _COLUMNS, _NEEDED)
        added = described(folder, RECOGNITION, "recognition")
        write_whole(folder / RECOGNITION, table_of(_COLUMNS, [*lines, line]))
        if added is not None:
            write_whole(folder / SOURCES, added)
    return line


def _faults_of_words(rulebook: Rulebook, judgement: Judgement) -> Iterator[Fault]:
    where = f"{judgement.record_kind} {judgement.record_id}"
    for said, words in ((judgement.record_kind, KINDS), (judgement.decision, DECISIONS)):
        if said not in words:
            yield Fault("recognition_unknown_word", where, {"said": said, "known": ", ".join(words)})
    if not judgement.by.strip() or (judgement.decision in NEED_A_REASON and not judgement.why.strip()):
        yield Fault("recognition_needs_reason", where)
    elif _is_unlisted(rulebook, judgement):
        known = ", ".join(refusal.id for refusal in rulebook.refusals)
        yield Fault("recognition_reason_not_listed", where, {"reason": judgement.why, "known": known})
    # What is told of already stands in with something that can be kept.
    told = {"record_kind": KINDS[0], "decision": DECISIONS[0], "decided_by": judgement.by.strip() or "-"}
    try:
        Recognition.model_validate({**judgement.line(rulebook), **told})
    except ValidationError as error:
        columns = ", ".join(str(part) for flaw in error.errors() for part in flaw["loc"][:1])
        yield Fault("recognition_line_refused", where, {"column": columns})


def _is_unlisted(rulebook: Rulebook, judgement: Judgement) -> bool:
    """Whether a reason is needed, there is a list of them, and this one is not in it."""
    if judgement.decision not in NEED_A_REASON or not rulebook.refusals:
        return False
    return rulebook.refusal_meant_by(judgement.why) is None


def _faults_of_record(folder: Path, judgement: Judgement) -> Iterator[Fault]:
    where = f"{judgement.record_kind} {judgement.record_id}"
    ids, days = _known(folder, judgement.record_kind, judgement.record_id)
    if judgement.record_id not in ids:
        yield Fault("recognition_no_such_record", where, {"nearest": nearest(judgement.record_id, ids)})
    if days and max(days) >= judgement.on:
        yield Fault("recognition_decided_already", where, {"day": day_told(max(days))})


def _known(folder: Path, kind: str, record_id: str) -> tuple[set[str], list[date]]:
    """The records of a kind, and the days on which one of them was decided on."""
    sources, beside = read_part(folder, (*_BEHIND, kind))
    (key,) = RECORDS[kind].key
    with tempfile.TemporaryDirectory(prefix="jipyo-") as job, Engine(Path(job)) as engine:
        stage(folder, sources, Path(job), engine, beside)
        ids = {found for (found,) in engine.rows(f"SELECT {name(key)} FROM {name(f'staged_{kind}')}")}
        days = engine.rows(
            "SELECT decided_on FROM staged_recognition WHERE record_kind = ? AND record_id = ?", [kind, record_id]
        )
    return ids, [day for (day,) in days]
