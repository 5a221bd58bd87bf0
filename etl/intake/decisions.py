"""What somebody decided a name means: kept as aliases beside the received files, with who, when and why."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from etl.contracts.kinds.units import Alias
from etl.documents.flaws import nearest
from etl.engine import Engine
from etl.errors import Fault, UnreadableInput, UsageError
from etl.intake.beside import read_part
from etl.intake.mapping import SOURCES
from etl.intake.names import normalised, resolve_names
from etl.intake.own_tables import alone, described, stored_lines, table_of, write_whole
from etl.intake.stage import stage
from etl.shown import day_told
from etl.units import UnitVersion

ALIASES: Final = "aliases.csv"
REPLACED: Final = "aliases_replaced.csv"
"""Decisions that another one took the place of; nothing reads it."""

_COLUMNS: Final = tuple(Alias.model_fields)
_NEEDED: Final = ("alias", "unit_id")


@dataclass(frozen=True, slots=True)
class Decision:
    """A name, the department it means, and who decided so, when and why."""

    name: str
    unit_id: str
    why: str
    by: str
    on: date

    @property
    def line(self) -> dict[str, str]:
        """The decision as a row of `aliases.csv`."""
        cells = (self.name.strip(), self.unit_id, self.why.strip(), self.on.isoformat(), self.by.strip())
        return dict(zip(_COLUMNS, cells, strict=True))


def decide(folder: Path, name: str, unit_id: str, why: str, by: str, on: date) -> None:
    """Store that a name means a department.

    Args:
        folder: received files; `aliases.csv` in it is written, and `sources.toml` where it lacks that file.
        name: as received.
        unit_id: code of a department that is valid on the day of the decision or later.
        why: the reason.
        by: who decided, by role.
        on: the day of the decision.

    Raises:
        UsageError: no such department, one that ended, no reason, or a name that is decided already.
        UnreadableInput: a file of the folder cannot be read.
    """
    decide_all(folder, [Decision(name, unit_id, why, by, on)])


def decide_all(
    folder: Path, decisions: Sequence[Decision], *, replacing: bool = False, ended_too: bool = False
) -> None:
    """Store several decisions, all or none.

    Args:
        folder: received files.
        decisions: one for each name.
        replacing: whether a name may be decided on again; the earlier line goes to `aliases_replaced.csv`.
        ended_too: whether a department may have ended before the decision, for records from its own time.

    Raises:
        UsageError: with the faults of every decision.
        UnreadableInput: a file of the folder cannot be read.
    """
    with alone(folder):
        versions, aliases = _known(folder)
        lines = stored_lines(folder / ALIASES, _COLUMNS, _NEEDED)
        earlier = {} if replacing else {normalised(line["alias"]): line["unit_id"] for line in lines}
        elsewhere = {normalised(alias): unit_id for alias, unit_id in aliases}
        for line in lines:
            elsewhere.pop(normalised(line["alias"]), None)
        faults = _faults(decisions, versions, elsewhere | earlier, ended_too)
        if faults:
            raise UsageError(faults)
        added = described(folder, ALIASES, "aliases")
        again = {normalised(decision.name) for decision in decisions}
        replaced = [line for line in lines if normalised(line["alias"]) in again]
        kept = [line for line in lines if normalised(line["alias"]) not in again]
        if replaced:
            write_whole(
                folder / REPLACED, table_of(_COLUMNS, [*stored_lines(folder / REPLACED, _COLUMNS, _NEEDED), *replaced])
            )
        write_whole(folder / ALIASES, table_of(_COLUMNS, [*kept, *(decision.line for decision in decisions)]))
        if added is not None:
            write_whole(folder / SOURCES, added)


def read_decisions(path: Path, by: str, on: date) -> list[Decision]:
    """The decisions of a CSV with the columns of `aliases.csv`; who and when may be left out.

    Raises:
        UnreadableInput: it cannot be read, or has other columns.
    """
    return [
        Decision(
            line["alias"], line["unit_id"], line["reason"], line["decided_by"] or by, _day(path, line["decided_on"], on)
        )
        for line in stored_lines(path, _COLUMNS, _NEEDED, must_exist=True)
    ]


def _day(path: Path, written: str, otherwise: date) -> date:
    try:
        return date.fromisoformat(written) if written else otherwise
    except ValueError:
        raise UnreadableInput(Fault("alias_line_refused", path.name, {"column": "decided_on"})) from None


def _known(folder: Path) -> tuple[list[UnitVersion], list[tuple[str, str]]]:
    """The departments of a folder, and every alias decided so far."""
    sources, beside = read_part(folder, ("departments", "aliases"))
    with tempfile.TemporaryDirectory(prefix="jipyo-") as job, Engine(Path(job)) as engine:
        staged = stage(folder, sources, Path(job), engine, beside)
        aliases = engine.rows("SELECT alias, unit_id FROM staged_aliases")
    return list(staged.versions), [(alias, unit_id) for alias, unit_id in aliases]


def _faults(
    decisions: Sequence[Decision], versions: Sequence[UnitVersion], earlier: dict[str, str], ended_too: bool
) -> list[Fault]:
    """Everything that is wrong with decisions; `earlier` is what names that stay decided mean."""
    found: list[Fault] = []
    certain = resolve_names([decision.name for decision in decisions], versions, []).certain
    decided = dict(earlier)
    for decision in decisions:
        key = normalised(decision.name)
        found += _faults_of_line(decision)
        found += _faults_of_unit(decision, versions, ended_too)
        if decision.name in certain:
            found.append(Fault("alias_not_needed", decision.name, {"unit": certain[decision.name]}))
        elif key in decided:
            found.append(Fault("alias_decided_already", decision.name, {"unit": decided[key]}))
        decided[key] = decision.unit_id
    return found


def _faults_of_line(decision: Decision) -> Iterator[Fault]:
    if not decision.why.strip() or not decision.by.strip():
        yield Fault("alias_needs_reason", decision.name)
    if not normalised(decision.name):
        yield Fault("alias_line_refused", decision.name, {"column": "alias"})
        return
    try:
        Alias.model_validate(decision.line | {"unit_id": "U"})
    except ValidationError as error:
        columns = ", ".join(str(part) for flaw in error.errors() for part in flaw["loc"][:1])
        yield Fault("alias_line_refused", decision.name, {"column": columns})


def _faults_of_unit(decision: Decision, versions: Sequence[UnitVersion], ended_too: bool) -> Iterator[Fault]:
    own = [version for version in versions if version.unit_id == decision.unit_id]
    if not own:
        codes = {version.unit_id for version in versions}
        facts = {"unit": decision.unit_id, "nearest": nearest(decision.unit_id, codes)}
        yield Fault("alias_unknown_unit", decision.name, facts)
        return
    last = max(own, key=lambda version: version.valid_to or date.max)
    if not ended_too and last.valid_to is not None and last.valid_to < decision.on:
        going = {version.unit_id for version in versions if version.is_valid_within(decision.on, date.max)}
        ended = {"until": day_told(last.valid_to), "nearest": nearest(decision.unit_id, going)}
        yield Fault("alias_unit_ended", decision.name, {"unit": decision.unit_id, **ended})
