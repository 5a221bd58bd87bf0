"""Appeals and other requests: filed, edited, withdrawn, answered, decided, carried out; each with its trace."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from dashboard.access import Action, Person, State, Thing, can
from dashboard.shelf import folder_of_releases
from dashboard.workflow import audit
from dashboard.workflow.audit import Actor, Did, Event
from dashboard.workflow.request_kinds import (
    CHANGES,
    KINDS,
    Change,
    Remarked,
    RequestKind,
    RequestState,
    Ruled,
    Verdict,
)
from dashboard.workflow.store import Changed
from dashboard.workflow.tables.requests import Remark, Request
from dashboard.workflow.tables.steps import Evaluation
from dashboard.workflow.windows import window
from etl.contracts.fields import CODE, LINES
from etl.contracts.records import RECORDS
from etl.documents.flaws import nearest
from etl.errors import Fault, NotPermitted, UsageError
from etl.release.folder import published
from etl.shown import SEOUL, day_told

LONGEST_TEXT: Final = 4000
"""Characters of what is said on a request."""


@dataclass(frozen=True, slots=True)
class NewRequest:
    """What a request is filed with.

    Attributes:
        year: evaluated.
        kind: what is asked for.
        unit_id: the department; of a department's member, their own by their session.
        release: name of the release it looks at.
        text: what is asked for and why.
        indicator, record_kind, record_id, rule: what it is about; see `Kind.about`.
    """

    year: int
    kind: RequestKind
    unit_id: str
    release: str
    text: str
    indicator: str | None = None
    record_kind: str | None = None
    record_id: str | None = None
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What a request may name: of the release it looks at.

    Attributes:
        units: codes of departments.
        indicators: ids of indicators.
        rules: kind of request (`bonus`, `penalty`) -> ids of the rulebook's rules.
        records: kind of record -> ids of the department's own that the request may be about.
    """

    units: Collection[str]
    indicators: Collection[str]
    rules: Mapping[str, Collection[str]]
    records: Mapping[str, Collection[str]]


@dataclass(frozen=True, slots=True)
class Seen:
    """A request as somebody saw it when they decided to do something to it."""

    id: str
    version: int


def step_of(session: Session, year: int) -> State:
    """The step a year's evaluation has reached; where none was opened, published if its result is, else collecting."""
    evaluation = session.get(Evaluation, year)
    if evaluation is not None:
        return State(evaluation.state)
    return State.PUBLISHED if published_without_steps(session, year) else State.COLLECTING


def published_without_steps(session: Session, year: int) -> bool:
    """Whether a year's result is published though its evaluation was never opened: then nothing is taken for it.

    What is filed for it would have no step in which it is answered, and a year that is published is over.
    """
    if session.get(Evaluation, year) is not None:
        return False
    return any(pointer.year == year for pointer in published(folder_of_releases()))


def frozen_by(session: Session, year: int) -> str | None:
    """Name of the release a year's evaluation has frozen."""
    evaluation = session.get(Evaluation, year)
    return evaluation.release if evaluation else None


def why_not_file(
    session: Session, person: Person | None, kind: RequestKind, year: int, unit_id: str | None, now: datetime
) -> Fault | None:
    """Why somebody may not file a request now; None where they may.

    Args:
        session: of the store.
        person: who.
        kind: what is asked for.
        year: evaluated.
        unit_id: for which department.
        now: the moment it arrives.
    """
    state, rule = step_of(session, year), KINDS[kind]
    if person is None or not any(can(person, rule.filing, Thing(unit_id), one) for one in rule.states):
        return Fault("request_not_yours", "")
    if published_without_steps(session, year):
        return why_nothing_is_taken(year)
    if state not in rule.states or not can(person, rule.filing, Thing(unit_id), state):
        return Fault("request_not_now", "")
    days = window(session, year, state)
    if days is not None and rule.filing is Action.FILE_REQUEST and not days.is_open(now):
        return Fault("request_window", "", {"begins": day_told(days.begins_on), "ends": day_told(days.ends_on)})
    return None


def why_nothing_is_taken(year: int) -> Fault:
    """Why neither requests nor panels are taken for a year that was published without steps."""
    return Fault("year_published", "", {"year": year})


# By those who ask ----------------------------------------------------------------------------------------------------


def file_request(session: Session, actor: Actor, new: NewRequest, known: Known, now: datetime | None = None) -> Request:
    """File a request.

    Args:
        session: of `Store.write`.
        actor: who.
        new: what is asked for.
        known: what it may name.
        now: when, for tests.

    Raises:
        NotPermitted: the person may not, or not now.
        UsageError: it names what is not there, or says nothing; with all faults.
    """
    moment = now or datetime.now(UTC)
    _check_filing(session, actor, new.kind, new.year, new.unit_id, moment)
    faults = [*faults_of_text(new.text), *_faults_of_subject(new, known)]
    if faults:
        raise UsageError(faults)
    last = session.scalar(select(func.max(Request.number)).where(Request.year == new.year))
    request = Request(
        id=secrets.token_hex(16),
        year=new.year,
        number=(last or 0) + 1,
        kind=new.kind.value,
        state=RequestState.FILED.value,
        unit_id=new.unit_id,
        release=new.release,
        indicator=new.indicator,
        record_kind=new.record_kind,
        record_id=new.record_id,
        rule=new.rule,
        author_id=person_of(actor).account_id,
        filed_at=moment,
        remarks=[],
        evidence=[],
    )
    session.add(request)
    session.flush()
    remark(session, actor, request, Said(Remarked.FILED, Did.REQUEST_FILED, new.text, moment))
    return request


def edit_request(session: Session, actor: Actor, seen: Seen, text: str, now: datetime | None = None) -> Request:
    """Say anew what a request asks for; the earlier words stay in its trace.

    Raises:
        NotPermitted: the person is not its author, it is answered, or the days for it are over.
        UsageError: it says nothing.
        Changed: somebody else was faster.
    """
    moment = now or datetime.now(UTC)
    request = _own(session, actor, seen, moment)
    remark(session, actor, request, Said(Remarked.EDITED, Did.REQUEST_EDITED, text, moment))
    return request


def withdraw_request(session: Session, actor: Actor, seen: Seen, why: str, now: datetime | None = None) -> Request:
    """Take a request back; it stays in the trace with everything said and sent.

    Raises:
        as `edit_request`.
    """
    moment = now or datetime.now(UTC)
    request = _own(session, actor, seen, moment)
    request.state = RequestState.WITHDRAWN.value
    remark(session, actor, request, Said(Remarked.WITHDRAWN, Did.REQUEST_WITHDRAWN, why, moment))
    return request


def may_be_edited(session: Session, person: Person | None, request: Request, now: datetime) -> bool:
    """Whether somebody may still edit a request, withdraw it or add evidence to it."""
    if person is None or request.author_id != person.account_id or request.state != RequestState.FILED:
        return False
    return why_not_file(session, person, RequestKind(request.kind), request.year, request.unit_id, now) is None


def is_under_way(request: Request) -> bool:
    """Whether something is still to come of a request: an answer, a decision, or what was decided carried out."""
    if request.state == RequestState.DECIDED:
        return request.verdict != Verdict.REFUSED
    return request.state not in (RequestState.WITHDRAWN, RequestState.CARRIED_OUT)


# Reading -------------------------------------------------------------------------------------------------------------


def requests_for(session: Session, person: Person | None, year: int) -> list[Request]:
    """The requests of a year that somebody may see, the latest first."""
    step = step_of(session, year)
    wanted = select(Request).where(Request.year == year).order_by(Request.number.desc())
    if not can(person, Action.SEE_REQUEST, state=step):
        if person is None or not can(person, Action.SEE_REQUEST, Thing(person.unit_id), step):
            return []
        wanted = wanted.where(Request.unit_id == person.unit_id)
    return list(session.scalars(wanted))


def request_for(session: Session, person: Person | None, request_id: str) -> Request | None:
    """One request, if there is one of that id and somebody may see it; else None, whichever it is."""
    request = session.get(Request, request_id)
    if request is None:
        return None
    return request if can(person, Action.SEE_REQUEST, Thing(request.unit_id), step_of(session, request.year)) else None


def change_of(request: Request) -> Change | None:
    """What a request would change."""
    return None if request.change is None else CHANGES.validate_json(request.change)


def ruled(request: Request, met_on: date) -> Ruled:
    """A request as its ruling names it, the committee having met on a day."""
    named = KINDS[RequestKind(request.kind)].named
    return Ruled(named, reference(request), request.year, request.unit_id, filed_on(request), met_on)


def reference(request: Request) -> str:
    """Year and number, as `2021-3`."""
    return f"{request.year}-{request.number}"


def filed_on(request: Request) -> date:
    """The day it was filed, in Seoul."""
    return request.filed_at.astimezone(SEOUL).date()


# Checks --------------------------------------------------------------------------------------------------------------


def _check_filing(session: Session, actor: Actor, kind: RequestKind, year: int, unit_id: str, now: datetime) -> None:
    fault = why_not_file(session, actor.person, kind, year, unit_id, now)
    if fault is not None:
        raise NotPermitted(fault)


def known_request(session: Session, request_id: str) -> Request:
    """A request somebody means to act on.

    Raises:
        NotPermitted: there is none.
    """
    request = session.get(Request, request_id)
    if request is None:
        raise NotPermitted(Fault("request_unknown", ""))
    return request


def _own(session: Session, actor: Actor, seen: Seen, now: datetime) -> Request:
    """A request that its author may still change."""
    request = known_request(session, seen.id)
    if not may_be_edited(session, actor.person, request, now):
        raise NotPermitted(Fault("request_not_editable", reference(request)))
    check_version(request, seen)
    return request


def check_version(request: Request, seen: Seen) -> None:
    """Hold a request to what somebody saw.

    Raises:
        Changed: it is another by now.
    """
    if request.version != seen.version:
        raise Changed


def person_of(actor: Actor) -> Person:
    """Who acts.

    Raises:
        NotPermitted: nobody is signed in.
    """
    if actor.person is None:
        raise NotPermitted(Fault("request_not_yours", ""))
    return actor.person


def faults_of_text(text: str) -> list[Fault]:
    """Why words cannot be kept: none, too many, or signs that a text does not have."""
    if not text.strip():
        return [Fault("request_text_missing", "")]
    return faults_of_signs(text)


def faults_of_signs(text: str, where: str = "") -> list[Fault]:
    """Why a text that may be empty cannot be kept: it is too long, or has signs that a text does not have."""
    if len(text) > LONGEST_TEXT:
        return [Fault("request_text_long", where, {"count": f"{len(text):,}", "longest": f"{LONGEST_TEXT:,}"})]
    return [] if not text or re.fullmatch(LINES, text) else [Fault("request_text_signs", where)]


def _faults_of_subject(new: NewRequest, known: Known) -> list[Fault]:
    """Whatever it names that is not there, or does not name although it must."""
    about = KINDS[new.kind].about
    named = {"indicator": new.indicator, "record": new.record_id, "rule": new.rule}
    faults = [] if named[about] else [Fault("request_names_nothing", "")]
    options: list[tuple[str | None, Collection[str]]] = [
        (new.unit_id, known.units),
        (new.indicator, known.indicators),
        (new.record_kind, RECORDS),
        (new.rule, known.rules.get(new.kind, ())),
    ]
    faults += [
        Fault("request_names_unknown", "", {"said": said}) for said, among in options if said and said not in among
    ]
    record_id = new.record_id
    if (record_id is None) != (new.record_kind is None) or (
        record_id is not None and not (len(record_id) <= 200 and re.fullmatch(CODE, record_id))
    ):
        return [*faults, Fault("request_record", "")]
    own = known.records.get(new.record_kind or "", ())
    if record_id is not None and new.record_kind in RECORDS and record_id not in own:
        facts = {"said": record_id, "nearest": nearest(record_id, own) or "-"}
        faults.append(Fault("request_record_unknown", "", facts))
    return faults


@dataclass(frozen=True, slots=True)
class Said:
    """Words on a request, what is done by them, and how the log calls that."""

    did: Remarked
    logged: Did
    text: str
    at: datetime
    verdict: Verdict | None = None


def remark(session: Session, actor: Actor, request: Request, said: Said) -> None:
    """Add to what was said; the log is told that, and the digest of the words."""
    faults = faults_of_text(said.text)
    if faults:
        raise UsageError(faults)
    verdict = said.verdict.value if said.verdict else None
    request.remarks.append(
        Remark(
            position=len(request.remarks) + 1,
            at=said.at,
            account_id=person_of(actor).account_id,
            did=said.did.value,
            verdict=verdict,
            text=said.text,
        )
    )
    # The words stand in another table: the version grows all the same.
    flag_modified(request, "state")
    session.flush()
    told = {
        "request": request.id,
        "kind": request.kind,
        "unit": request.unit_id,
        "verdict": verdict or "",
        "text_sha256": hashlib.sha256(said.text.encode()).hexdigest(),
    }
    audit.append(session, actor, Event(said.logged, reference(request), told))
