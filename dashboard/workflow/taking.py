"""Taking results out: who may take what of a release, and the log that tells of it before a byte leaves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from dashboard.access import Action, Person, Role, Thing, can
from dashboard.workflow import audit
from dashboard.workflow.audit import LONGEST_DETAIL, Actor, Did, Event
from dashboard.workflow.steps import Standing
from etl.errors import Fault, Language, NotPermitted
from etl.exports.carried import Taken
from etl.exports.export import Exported
from etl.exports.formats import AS_RECEIVED, FORMS, Format, Wanted
from etl.shown import SEOUL

_IN_PARTS: Final[frozenset[Format]] = frozenset({"xlsx", "csv", "parquet"})
"""The kinds in which rows as received would stand."""
ROLES: Final[Mapping[Role, Mapping[Language, str]]] = {
    Role.ADMINISTRATOR: {"ko": "시스템 관리자", "en": "Administrator"},
    Role.EVALUATOR: {"ko": "평가 담당자", "en": "Evaluator"},
    Role.APPROVER: {"ko": "결재자", "en": "Approver"},
    Role.EXECUTIVE: {"ko": "간부", "en": "Executive"},
    Role.DEPARTMENT: {"ko": "부서 담당자", "en": "Department member"},
    Role.AUDITOR: {"ko": "감사 담당자", "en": "Auditor"},
}
"""Roles as a document says them: the words of the dashboard, which this part of it does not know."""


@dataclass(frozen=True, slots=True)
class Share:
    """What of a release somebody may take.

    Attributes:
        units: the departments whose rows alone they may; none is everybody's.
        as_received: whether they may take rows and files as they were received.
    """

    units: tuple[str, ...]
    as_received: bool

    def has(self, kind: Format) -> bool:
        """Whether a kind of file is to be had; a package is always whole, with everything as received."""
        if self.units:
            return FORMS[kind].narrows
        return self.as_received or kind != "package"

    def parts(self, parts: Sequence[str]) -> tuple[str, ...]:
        """Those of a file's parts that they may take."""
        return tuple(part for part in parts if self.as_received or part not in AS_RECEIVED)

    def covers(self, order: Order) -> bool:
        """Whether an order asks for nothing else."""
        if order.units != self.units or not self.has(order.kind):
            return False
        # No part named is every part there is.
        in_parts = order.kind in _IN_PARTS and not (self.as_received or self.units)
        return bool(order.only) and self.parts(order.only) == order.only if in_parts else True


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody wants to take out.

    Attributes:
        release: its name.
        only: the parts that are wanted; none is all.
        units: the departments it is narrowed to, as their share said when they asked.
        reason: why.
        each: a file a department, in one ZIP.
    """

    release: str
    kind: Format
    language: Language
    only: tuple[str, ...]
    units: tuple[str, ...]
    reason: str
    each: bool = False

    @property
    def wanted(self) -> Wanted:
        """The same for whoever writes it."""
        return Wanted(self.language, self.only, self.units, self.each)


def share_of(person: Person | None, standing: Standing) -> Share | None:
    """What of a release somebody may take; None is nothing.

    Args:
        person: who.
        standing: how far the release has come.
    """
    if person is None:
        return None
    whole = Thing(briefed=standing.briefed)
    if can(person, Action.EXPORT_BODY, whole, standing.state):
        return Share((), can(person, Action.SEE_RECEIVED))
    own = Thing(person.unit_id, briefed=standing.briefed)
    if person.unit_id and can(person, Action.EXPORT_UNIT, own, standing.state):
        return Share((person.unit_id,), as_received=False)
    return None


def begin(session: Session, actor: Actor, order: Order, standing: Standing) -> Taken:
    """Let somebody take something out.

    Args:
        session: of `acting`.
        actor: who.
        order: what they want.
        standing: how far the release has come.

    Returns:
        What is printed into the file; the head of the log is that of this moment.

    Raises:
        NotPermitted: it is not theirs to take.
    """
    _require(actor, order, standing)
    return Taken(_named(actor, order.language), datetime.now(SEOUL), order.reason, audit.head(session).text)


def _named(actor: Actor, language: Language) -> str:
    """Name and role in the words of a document; the log keeps the role's code."""
    person = actor.person
    return f"{person.name} ({ROLES[person.role][language]})" if person else actor.user


def hand_over(session: Session, actor: Actor, order: Order, standing: Standing, made: Exported) -> None:
    """Keep in the log that a file leaves; it must not before this has been committed.

    Args:
        session: of `acting`.
        actor: who takes it.
        order: what they asked for.
        standing: how far the release has come by now.
        made: what was written.

    Raises:
        NotPermitted: it is not theirs to take any more.
    """
    _require(actor, order, standing)
    log_exported(session, actor, order, made)


def log_exported(session: Session, actor: Actor, order: Order, made: Exported) -> None:
    """Keep in the log what leaves, who takes it and why.

    Args:
        session: of `Store.write`.
        actor: who takes it.
        order: what they asked for.
        made: what was written.
    """
    said = {
        "format": order.kind,
        "reason": order.reason[:LONGEST_DETAIL],
        "parts": ", ".join(made.controls)[:LONGEST_DETAIL],
        "rows": sum(control.rows for control in made.controls.values()),
        "digest": made.sha256,
        "published": made.is_published,
        **({"unit": ", ".join(order.units)[:LONGEST_DETAIL]} if order.units else {}),
    }
    audit.append(session, actor, Event(Did.EXPORTED, order.release, said))


def _require(actor: Actor, order: Order, standing: Standing) -> None:
    share = share_of(actor.person, standing)
    if share is None or not share.covers(order):
        raise NotPermitted(Fault("not_permitted", ""))
