"""Requests ruled on: answered by those who run the evaluation, decided by the committee's record, carried out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

import rfc8785
from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.access import Action, Person, Thing, can
from dashboard.workflow import audit
from dashboard.workflow.audit import Actor, Did, Event
from dashboard.workflow.request_kinds import CHANGES, KINDS, Change, Remarked, RequestKind, RequestState, Verdict
from dashboard.workflow.requests import (
    Said,
    Seen,
    check_version,
    faults_of_text,
    filed_on,
    known_request,
    person_of,
    reference,
    remark,
    step_of,
)
from dashboard.workflow.tables.requests import Remark, Request
from etl.errors import Fault, NotPermitted, UsageError
from etl.shown import SEOUL, day_told

_ANSWERABLE: Final = (RequestState.FILED, RequestState.RETURNED, RequestState.ANSWERED)


@dataclass(frozen=True, slots=True)
class Answer:
    """What those who run the evaluation answer; an upheld request says what it would change."""

    verdict: Verdict
    text: str
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What the committee decided, for its record: the verdict, its gist, and the day it met."""

    verdict: Verdict
    text: str
    met_on: date


def may_be_answered(session: Session, person: Person | None, request: Request) -> bool:
    """Whether somebody may answer a request: never a department's own; what evaluators propose they answer for."""
    asked_by = request.author_id if KINDS[RequestKind(request.kind)].filing is Action.FILE_REQUEST else None
    step = step_of(session, request.year)
    is_theirs = can(person, Action.ANSWER_REQUEST, Thing(request.unit_id, asked_by), step)
    return is_theirs and request.state in _ANSWERABLE


def answer_request(session: Session, actor: Actor, seen: Seen, answer: Answer, now: datetime | None = None) -> Request:
    """Answer a request, for the committee to decide.

    Raises:
        NotPermitted: the person may not, or it is decided or withdrawn.
        UsageError: an upheld one does not say what it changes, or a refused one does; the change is not one its kind
            becomes; no reason is given.
        Changed: somebody else was faster.
    """
    request = known_request(session, seen.id)
    if not may_be_answered(session, actor.person, request):
        raise NotPermitted(Fault("request_not_answerable", reference(request)))
    check_version(request, seen)
    faults = [*faults_of_text(answer.text), *_faults_of_change(request, answer)]
    if faults:
        raise UsageError(faults)
    request.state, request.verdict = RequestState.ANSWERED.value, answer.verdict.value
    request.answered_by = person_of(actor).account_id
    request.change = None if answer.change is None else CHANGES.dump_json(answer.change).decode()
    request.consequences = None
    said = Said(Remarked.ANSWERED, Did.REQUEST_ANSWERED, answer.text, now or datetime.now(UTC), answer.verdict)
    remark(session, actor, request, said)
    return request


def keep_consequences(session: Session, person: Person | None, seen: Seen, told: Mapping[str, Any]) -> Request:
    """Keep what the change of a request does to everybody, for those who decide.

    Raises:
        NotPermitted: the person may neither answer nor decide.
        Changed: the request, and so perhaps its change, is another by now.
    """
    request = known_request(session, seen.id)
    if not (may_be_answered(session, person, request) or may_be_decided(session, person, request)):
        raise NotPermitted(Fault("request_not_answerable", reference(request)))
    check_version(request, seen)
    request.consequences = rfc8785.dumps(dict(told)).decode()
    session.flush()
    return request


# By those who decide -------------------------------------------------------------------------------------------------


def may_be_decided(session: Session, person: Person | None, request: Request) -> bool:
    """Whether somebody may decide on a request; never on one they filed or answered themselves."""
    step = step_of(session, request.year)
    others = all(
        can(person, Action.DECIDE_REQUEST, Thing(request.unit_id, author), step)
        for author in (request.author_id, *_who_answered(session, request))
    )
    return others and request.state == RequestState.ANSWERED


def _who_answered(session: Session, request: Request) -> Sequence[str]:
    """The accounts of all who answered, also before the request was returned."""
    answers = select(Remark.account_id).where(Remark.request_id == request.id, Remark.did == Remarked.ANSWERED.value)
    return session.scalars(answers.distinct()).all()


def decide_request(
    session: Session, actor: Actor, seen: Seen, decision: Decision, now: datetime | None = None
) -> Request:
    """Decide on a request, by the committee's record.

    Raises:
        NotPermitted: the person may not, or it is not answered.
        UsageError: nobody has looked at what it changes, there is no change to uphold, no gist, or the committee met
            before it was filed or after today.
        Changed: somebody else was faster.
    """
    moment = now or datetime.now(UTC)
    request = _to_decide(session, actor, seen)
    faults = faults_of_deciding(request, decision, moment)
    if faults:
        raise UsageError(faults)
    request.state, request.verdict = RequestState.DECIDED.value, decision.verdict.value
    request.met_on = decision.met_on
    said = Said(Remarked.DECIDED, Did.REQUEST_DECIDED, decision.text, moment, decision.verdict)
    remark(session, actor, request, said)
    return request


def faults_of_deciding(request: Request, decision: Decision, now: datetime) -> list[Fault]:
    """Why a decision cannot be kept: its text, its day, or that there is nothing to uphold."""
    faults = faults_of_text(decision.text)
    if not filed_on(request) <= decision.met_on <= now.astimezone(SEOUL).date():
        faults.append(Fault("request_met_on", reference(request), {"filed": day_told(filed_on(request))}))
    return faults if decision.verdict is Verdict.REFUSED else [*faults, *_faults_of_upholding(request)]


def return_request(session: Session, actor: Actor, seen: Seen, why: str, now: datetime | None = None) -> Request:
    """Ask for another answer.

    Raises:
        as `decide_request`.
    """
    request = _to_decide(session, actor, seen)
    request.state = RequestState.RETURNED.value
    remark(session, actor, request, Said(Remarked.RETURNED, Did.REQUEST_RETURNED, why, now or datetime.now(UTC)))
    return request


def may_be_carried_out(session: Session, person: Person | None, request: Request) -> bool:
    """Whether somebody may write an upheld request down among the records and evaluate them anew."""
    step = step_of(session, request.year)
    is_theirs = can(person, Action.MANAGE_RECORDS, state=step) and can(person, Action.EVALUATE, state=step)
    return is_theirs and request.state == RequestState.DECIDED and request.verdict != Verdict.REFUSED


def begin_carrying_out(session: Session, actor: Actor, seen: Seen) -> Request:
    """Keep that a ruling is about to be written down, before a record changes.

    Raises:
        NotPermitted: the person may not, or there is nothing to carry out.
        Changed: somebody else was faster.
    """
    request = _to_carry_out(session, actor, seen)
    audit.append(session, actor, Event(Did.REQUEST_CARRYING_OUT, reference(request), {"request": request.id}))
    return request


def note_carried_out(session: Session, actor: Actor, seen: Seen, ruled_in: str, led_to: str) -> Request:
    """Keep where a ruling was written down and which release it led to; what is raised is as when it began."""
    request = _to_carry_out(session, actor, seen)
    request.state = RequestState.CARRIED_OUT.value
    request.ruled_in, request.led_to = ruled_in, led_to
    told = {"request": request.id, "ruled_in": ruled_in, "release": led_to}
    audit.append(session, actor, Event(Did.REQUEST_CARRIED_OUT, reference(request), told))
    return request


# Checks ------------------------------------------------------------------------------------------------------------


def _to_decide(session: Session, actor: Actor, seen: Seen) -> Request:
    request = known_request(session, seen.id)
    if not may_be_decided(session, actor.person, request):
        raise NotPermitted(Fault("request_not_decidable", reference(request)))
    check_version(request, seen)
    return request


def _to_carry_out(session: Session, actor: Actor, seen: Seen) -> Request:
    request = known_request(session, seen.id)
    if not may_be_carried_out(session, actor.person, request):
        raise NotPermitted(Fault("request_not_to_carry_out", reference(request)))
    check_version(request, seen)
    return request


def _faults_of_change(request: Request, answer: Answer) -> list[Fault]:
    if (answer.verdict is Verdict.REFUSED) != (answer.change is None):
        return [Fault("request_needs_change" if answer.change is None else "request_refused_changes", "")]
    if answer.change is not None and answer.change.becomes not in KINDS[RequestKind(request.kind)].becomes:
        return [Fault("request_becomes_other", "")]
    return []


def _faults_of_upholding(request: Request) -> list[Fault]:
    if request.change is None:
        return [Fault("request_nothing_to_uphold", reference(request))]
    return [] if request.consequences else [Fault("request_not_looked_at", reference(request))]
