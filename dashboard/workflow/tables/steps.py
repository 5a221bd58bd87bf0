"""The evaluation of a year: the step it has reached, its rulebooks, and every move it made."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from dashboard.workflow.tables.base import Base


class Evaluation(Base):
    """One year's evaluation.

    Attributes:
        year: evaluated.
        state: a value of `State`.
        release: name of the release frozen by it; None before the first freeze.
        rulebook: digest of the rulebook that release was made under; None where there is no release.
        briefed_at: when that release was shown to executives before it was final.
        evaluated_at: when records were last evaluated under the approved rulebook; None before the first time.
        records: the folder of its received files; None where nobody has named one.
        waiting: the move that waits for a decision, at most one; None where none does.
        version: grows with each change.
    """

    __tablename__ = "evaluations"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    state: Mapped[str] = mapped_column(String(20))
    release: Mapped[str | None] = mapped_column(String(40), unique=True)
    rulebook: Mapped[str | None] = mapped_column(String(64))
    briefed_at: Mapped[datetime | None]
    evaluated_at: Mapped[datetime | None]
    records: Mapped[str | None] = mapped_column(Text)
    waiting: Mapped[int | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__: Mapping[str, Any] = MappingProxyType({"version_id_col": version})


def named(folder: Path) -> str:
    """A folder as an evaluation keeps it: the same for every way to it."""
    return str(folder.resolve())


class PlannedDate(Base):
    """When a step is planned to begin and end, both days included, in Korean time.

    Attributes:
        year: evaluated.
        state: a value of `State`.
        begins_on: its first day.
        ends_on: its last day; what must arrive within the step arrives before the day after begins in Seoul.
    """

    __tablename__ = "planned_dates"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    state: Mapped[str] = mapped_column(String(20), primary_key=True)
    begins_on: Mapped[date]
    ends_on: Mapped[date]


class Proposal:
    """What a move and a version of the rulebook share: somebody asked, somebody else decided.

    Attributes:
        proposed_by: the account that asked.
        proposed_name: its person's name then.
        proposed_at: when.
        reason: why.
        decided_by: the account that decided; None while it waits.
        decided_name: its person's name then.
        decided_at: when.
        outcome: a value of `Outcome`.
        answer: the reason of the decision; empty where none was needed.
    """

    proposed_by: Mapped[str] = mapped_column(String(32))
    proposed_name: Mapped[str] = mapped_column(String(100))
    proposed_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(Text)
    decided_by: Mapped[str | None] = mapped_column(String(32))
    decided_name: Mapped[str | None] = mapped_column(String(100))
    decided_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(String(10))
    answer: Mapped[str] = mapped_column(Text, default="")


class Move(Proposal, Base):
    """A step forwards or back, asked for and decided. Never deleted: this is the trace.

    Attributes:
        id: 1, 2, 3 …
        year: evaluated.
        from_state: a value of `State`, where the evaluation stood.
        to_state: a value of `State`, where it was to stand.
        release: the release it is about: the one to be frozen or published; None where there is none.
        rulebook: digest of the rulebook that release was made under.
        replaces: the release it takes the place of; None where there is none.
        version: grows with each change.
    """

    __tablename__ = "moves"

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(index=True)
    from_state: Mapped[str] = mapped_column(String(20))
    to_state: Mapped[str] = mapped_column(String(20))
    release: Mapped[str | None] = mapped_column(String(40), index=True)
    rulebook: Mapped[str | None] = mapped_column(String(64))
    replaces: Mapped[str | None] = mapped_column(String(40))
    version: Mapped[int] = mapped_column()

    __mapper_args__: Mapping[str, Any] = MappingProxyType({"version_id_col": version})


class RulebookVersion(Proposal, Base):
    """A version of a year's rulebook, proposed and decided.

    Attributes:
        year: evaluated.
        number: 1, 2, 3 …
        digest: SHA-256 of the text as UTF-8.
        text: the TOML as it was proposed.
        changes: JSON of what it changes for whom (`rulebooks.Changes`); None where nothing had been evaluated yet.
        version: grows with each change.
    """

    __tablename__ = "rulebook_versions"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    digest: Mapped[str] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(Text)
    changes: Mapped[str | None] = mapped_column(Text)
    version: Mapped[int] = mapped_column()

    __mapper_args__: Mapping[str, Any] = MappingProxyType({"version_id_col": version})
