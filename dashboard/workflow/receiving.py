"""Whose records a folder holds, and whether more may be received into it: rules are approved before records come."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.access import Action, State, may_anybody
from dashboard.workflow.rulebooks import approved_rulebook
from dashboard.workflow.tables.steps import Evaluation, named
from etl.errors import Fault


@dataclass(frozen=True, slots=True)
class Belonging:
    """What a folder of records is to the evaluations.

    Attributes:
        year: of the evaluation it belongs to, the latest where there are several; None where it belongs to none.
        state: the step that evaluation has reached; where there is none, the first.
        has_rules: whether a rulebook is approved for it; where there is none, nobody asks.
    """

    year: int | None = None
    state: State = State.COLLECTING
    has_rules: bool = True

    @property
    def why_not(self) -> Fault | None:
        """Why no records may be received; None where they may, as far as the evaluation is concerned."""
        if not self.has_rules:
            return Fault("records_before_rules", "", {"year": self.year})
        if not may_anybody(Action.MANAGE_RECORDS, self.state):
            return Fault("records_are_final", "", {"year": self.year})
        return None


NOBODYS: Final = Belonging()


def belonging_of(session: Session, folder: Path | None) -> Belonging:
    """What a folder is to the evaluations.

    Args:
        session: of the store.
        folder: of received files; None is no folder at all.
    """
    if folder is None:
        return NOBODYS
    asked = select(Evaluation).where(Evaluation.records == named(folder)).order_by(Evaluation.year.desc())
    found = session.scalars(asked).first()
    if found is None:
        return NOBODYS
    return Belonging(found.year, State(found.state), approved_rulebook(session, found.year) is not None)
