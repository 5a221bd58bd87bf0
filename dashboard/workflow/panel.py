"""Panels that mark qualitative indicators: assessors named, marks given in secret, recusals, and the closing."""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from dashboard.access import Action, Person, State, Thing, can
from dashboard.workflow import audit
from dashboard.workflow.audit import Actor, Did, Event
from dashboard.workflow.requests import Seen, faults_of_signs, published_without_steps, step_of, why_nothing_is_taken
from dashboard.workflow.store import Changed
from dashboard.workflow.tables.accounts import Account
from dashboard.workflow.tables.panel import Assessor, Mark, Panel
from etl.contracts.fields import DECIMAL
from etl.errors import Fault, NotPermitted, UsageError
from etl.shown import SEOUL


@dataclass(frozen=True, slots=True)
class NewPanel:
    """What a panel is opened with.

    Attributes:
        year: evaluated.
        indicator: whose points come from a panel.
        release: name of the release whose departments it marks.
        assessors: accounts, in the order of their numbers.
    """

    year: int
    indicator: str
    release: str
    assessors: Sequence[str]


@dataclass(frozen=True, slots=True)
class Given:
    """An assessor's mark for one department, or that they recuse themselves.

    Attributes:
        unit_id: the department.
        mark: 0 to 100 as decimal text; None to recuse.
        note: why; a recusal needs one.
        version: of the mark they saw before; None where there was none.
    """

    unit_id: str
    mark: str | None
    note: str
    version: int | None = None


def open_panel(
    session: Session, actor: Actor, new: NewPanel, indicators: Collection[str], now: datetime | None = None
) -> Panel:
    """Open the panel of an indicator.

    Args:
        session: of `Store.write`.
        actor: who.
        new: what it is opened with.
        indicators: ids of those whose points come from a panel.
        now: when, for tests.

    Raises:
        NotPermitted: the person may not.
        UsageError: no such indicator, one that has its panel, nobody to mark, or somebody who may not.
    """
    moment = now or datetime.now(UTC)
    _check_managing(session, actor, new.year)
    faults = [] if new.indicator in indicators else [Fault("panel_indicator", new.indicator)]
    if panel_of(session, new.year, new.indicator) is not None:
        faults.append(Fault("panel_exists", new.indicator))
    accounts = _nameable(session, new.assessors)
    if not accounts:
        faults.append(Fault("panel_assessors", new.indicator))
    if faults:
        raise UsageError(faults)
    panel = Panel(
        id=secrets.token_hex(16),
        year=new.year,
        indicator=new.indicator,
        release=new.release,
        opened_by=_person(actor).account_id,
        opened_at=moment,
        assessors=list(_numbered(accounts, 1, moment)),
        marks=[],
    )
    session.add(panel)
    session.flush()
    _log(
        session,
        actor,
        panel,
        Did.PANEL_CHANGED,
        {"opened": True, "assessors": len(panel.assessors)},
    )
    return panel


def add_assessors(
    session: Session, actor: Actor, seen: Seen, accounts: Sequence[str], now: datetime | None = None
) -> Panel:
    """Name more assessors of an open panel; their numbers follow those there are, which stay as they are.

    Args:
        session: of `Store.write`.
        actor: who.
        seen: the panel.
        accounts: to be named, in the order of their numbers.
        now: when, for tests.

    Raises:
        NotPermitted: the person may not, or the panel is closed.
        UsageError: nobody is named, or somebody who may not or marks already.
        Changed: somebody else was faster.
    """
    panel = _known(session, seen.id)
    _check_managing(session, actor, panel.year)
    if panel.closed_at is not None:
        raise NotPermitted(Fault("panel_closed", panel.indicator))
    if panel.version != seen.version:
        raise Changed
    there = {one.account_id for one in panel.assessors}
    found = [] if there & set(accounts) else _nameable(session, accounts)
    if not found:
        raise UsageError(Fault("panel_assessors", panel.indicator))
    first = max(one.number for one in panel.assessors) + 1
    panel.assessors.extend(_numbered(found, first, now or datetime.now(UTC)))
    # The names stand in another table: the version grows all the same.
    flag_modified(panel, "indicator")
    session.flush()
    _log(session, actor, panel, Did.PANEL_CHANGED, {"added": len(found), "assessors": len(panel.assessors)})
    return panel


def give_mark(
    session: Session, actor: Actor, panel_id: str, given: Given, units: Collection[str], now: datetime | None = None
) -> Mark:
    """Give a mark, change one's own, or recuse oneself.

    Args:
        session: of `Store.write`.
        actor: an assessor of the panel.
        panel_id: the panel.
        given: mark or recusal.
        units: codes of the departments it marks.
        now: when, for tests.

    Raises:
        NotPermitted: the person is no assessor, the panel is closed, it is not the time, or it is their own department.
        UsageError: no such department, no mark from 0 to 100, or a recusal without a reason.
        Changed: the mark is another than the one they saw.
    """
    panel = _known(session, panel_id)
    _check_marking(session, actor, panel, given.unit_id)
    faults = _faults_of_mark(given, units)
    if faults:
        raise UsageError(faults)
    account_id = _person(actor).account_id
    mark = next((one for one in panel.marks if (one.account_id, one.unit_id) == (account_id, given.unit_id)), None)
    if (mark.version if mark else None) != given.version:
        raise Changed
    if mark is None:
        mark = Mark(panel_id=panel.id, account_id=account_id, unit_id=given.unit_id)
        panel.marks.append(mark)
    mark.mark, mark.note, mark.given_at = given.mark, given.note.strip(), now or datetime.now(UTC)
    flag_modified(mark, "note")
    session.flush()
    # The mark itself stays out of the log: until the panel is closed nobody but its assessor knows it.
    _log(session, actor, panel, Did.MARK_GIVEN, {"unit": given.unit_id, "recused": given.mark is None})
    return mark


def close_panel(
    session: Session, actor: Actor, seen: Seen, units: Collection[str], now: datetime | None = None
) -> Panel:
    """Close a panel: no mark changes any more, and those who run the evaluation see them.

    Raises:
        NotPermitted: the person may not, or it is closed.
        UsageError: a department has no mark at all.
        Changed: somebody else was faster.
    """
    panel = _known(session, seen.id)
    _check_managing(session, actor, panel.year)
    if panel.closed_at is not None:
        raise NotPermitted(Fault("panel_closed", panel.indicator))
    if panel.version != seen.version:
        raise Changed
    marked = {one.unit_id for one in panel.marks if one.mark is not None}
    lacking = sorted(set(units) - marked)
    if lacking:
        raise UsageError(Fault("panel_incomplete", panel.indicator, {"units": ", ".join(lacking)}))
    panel.closed_by, panel.closed_at = _person(actor).account_id, now or datetime.now(UTC)
    session.flush()
    _log(session, actor, panel, Did.PANEL_CHANGED, {"closed": True, "marks": len(rows_of(panel))})
    return panel


def begin_writing(session: Session, actor: Actor, seen: Seen) -> Panel:
    """Keep that the marks of a closed panel are about to be written among the records, before one changes.

    Raises:
        NotPermitted: the person may not, or the panel is open.
        Changed: somebody else was faster.
    """
    panel = _to_write(session, actor, seen)
    _log(session, actor, panel, Did.PANEL_CHANGED, {"writing": True})
    return panel


def note_written(session: Session, actor: Actor, seen: Seen, now: datetime | None = None) -> Panel:
    """Keep that the marks of a closed panel stand among the records; what is raised is as when it began."""
    panel = _to_write(session, actor, seen)
    panel.written_at = now or datetime.now(UTC)
    session.flush()
    _log(session, actor, panel, Did.PANEL_CHANGED, {"written": True})
    return panel


def _to_write(session: Session, actor: Actor, seen: Seen) -> Panel:
    panel = _known(session, seen.id)
    _check_managing(session, actor, panel.year)
    if panel.closed_at is None:
        raise NotPermitted(Fault("panel_open", panel.indicator))
    if panel.version != seen.version:
        raise Changed
    return panel


# Reading -------------------------------------------------------------------------------------------------------------


def panels_for(session: Session, person: Person | None, year: int) -> list[Panel]:
    """The panels of a year that somebody manages, audits or marks on."""
    panels = session.scalars(select(Panel).where(Panel.year == year).order_by(Panel.indicator))
    step = step_of(session, year)
    return [panel for panel in panels if _oversees(person, step) or is_assessor(person, panel)]


def panel_of(session: Session, year: int, indicator: str) -> Panel | None:
    """The panel of an indicator."""
    return session.scalars(select(Panel).where(Panel.year == year, Panel.indicator == indicator)).first()


def marks_for(person: Person | None, panel: Panel, step: State) -> list[Mark]:
    """The marks somebody may see: their own; once the panel is closed all, for those who manage, audit or marked."""
    if person is None:
        return []
    if panel.closed_at is not None and (_oversees(person, step) or is_assessor(person, panel)):
        return list(panel.marks)
    return [one for one in panel.marks if one.account_id == person.account_id and is_assessor(person, panel)]


def is_assessor(person: Person | None, panel: Panel) -> bool:
    """Whether somebody marks on a panel."""
    return person is not None and any(one.account_id == person.account_id for one in panel.assessors)


def may_mark(session: Session, person: Person | None, panel: Panel, unit_id: str) -> bool:
    """Whether somebody may mark a department now: never their own."""
    return (
        is_assessor(person, panel)
        and panel.closed_at is None
        and can(person, Action.GIVE_MARKS, Thing(unit_id), step_of(session, panel.year))
        and (person is None or person.unit_id != unit_id)
    )


def progress(panel: Panel, units: Collection[str]) -> dict[int, int]:
    """Number of an assessor -> departments they have neither marked nor recused themselves from; their own left out."""
    done = {(one.account_id, one.unit_id) for one in panel.marks}
    return {
        one.number: sum(unit_id != one.account.unit_id and (one.account_id, unit_id) not in done for unit_id in units)
        for one in panel.assessors
    }


def eligible(session: Session) -> list[Account]:
    """The accounts that may be named as assessors, by name."""
    accounts = session.scalars(select(Account).where(Account.active).order_by(Account.name, Account.id))
    return [account for account in accounts if _may_assess(account)]


def code_of(panel: Panel, account_id: str) -> str:
    """What the records call an assessor: a number, never a name."""
    return next(f"위원-{one.number}" for one in panel.assessors if one.account_id == account_id)


def rows_of(panel: Panel) -> list[dict[str, str]]:
    """The marks of a panel as records of the kind `panel_marks`; recusals are none."""
    return [
        {
            "year": str(panel.year),
            "indicator": panel.indicator,
            "unit_id": one.unit_id,
            "assessor": code_of(panel, one.account_id),
            "mark": one.mark,
            "given_on": one.given_at.astimezone(SEOUL).date().isoformat(),
        }
        for one in panel.marks
        if one.mark is not None
    ]


# Checks --------------------------------------------------------------------------------------------------------------


def _known(session: Session, panel_id: str) -> Panel:
    panel = session.get(Panel, panel_id)
    if panel is None:
        raise NotPermitted(Fault("panel_unknown", ""))
    return panel


def _person(actor: Actor) -> Person:
    if actor.person is None:
        raise NotPermitted(Fault("panel_not_yours", ""))
    return actor.person


def _check_managing(session: Session, actor: Actor, year: int) -> None:
    if can(actor.person, Action.MANAGE_PANEL) and published_without_steps(session, year):
        raise NotPermitted(why_nothing_is_taken(year))
    if not can(actor.person, Action.MANAGE_PANEL, state=step_of(session, year)):
        raise NotPermitted(Fault("panel_not_yours", ""))


def _nameable(session: Session, account_ids: Sequence[str]) -> list[Account]:
    """The accounts, each once, where every one of them may be an assessor; else none."""
    found = [session.get(Account, account_id) for account_id in dict.fromkeys(account_ids)]
    accounts = [account for account in found if account is not None and _may_assess(account)]
    return accounts if len(accounts) == len(found) else []


def _numbered(accounts: Sequence[Account], first: int, now: datetime) -> Iterator[Assessor]:
    for number, account in enumerate(accounts, start=first):
        yield Assessor(account_id=account.id, account=account, number=number, named_at=now)


def _check_marking(session: Session, actor: Actor, panel: Panel, unit_id: str) -> None:
    person = _person(actor)
    if not is_assessor(person, panel):
        raise NotPermitted(Fault("panel_not_yours", panel.indicator))
    if panel.closed_at is not None:
        raise NotPermitted(Fault("panel_closed", panel.indicator))
    if person.unit_id == unit_id:
        raise NotPermitted(Fault("panel_own_unit", panel.indicator))
    if not may_mark(session, person, panel, unit_id):
        raise NotPermitted(Fault("panel_not_now", panel.indicator))


def _faults_of_mark(given: Given, units: Collection[str]) -> list[Fault]:
    faults = [] if given.unit_id in units else [Fault("panel_unit", given.unit_id)]
    if given.mark is not None and not (re.fullmatch(DECIMAL, given.mark) and 0 <= Decimal(given.mark) <= 100):
        faults.append(Fault("panel_mark", given.unit_id))
    faults += (signs := faults_of_signs(given.note, given.unit_id))
    if not signs and given.mark is None and not given.note.strip():
        faults.append(Fault("panel_recusal", given.unit_id))
    return faults


def _may_assess(account: Account) -> bool:
    """Whether the table lets an account give marks at some step."""
    return account.active and any(can(account.person, Action.GIVE_MARKS, Thing(None), step) for step in State)


def _oversees(person: Person | None, step: State) -> bool:
    return can(person, Action.SEE_AUDIT, state=step) or (
        person is not None and any(can(person, Action.MANAGE_PANEL, state=one) for one in State)
    )


def _log(session: Session, actor: Actor, panel: Panel, did: Did, told: dict[str, object]) -> None:
    about = f"panel {panel.year} {panel.indicator}"
    audit.append(session, actor, Event(did, about, {"panel": panel.id, **told}))
