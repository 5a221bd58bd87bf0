"""The versions of a year's rulebook: proposed, decided, and the digest an evaluation must have."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.access import Action, State, Thing
from dashboard.workflow import audit
from dashboard.workflow.acting import require
from dashboard.workflow.audit import Actor, Did, Event
from dashboard.workflow.proposals import Decision, Outcome, said, settle, sign, still_as_seen
from dashboard.workflow.store import Changed
from dashboard.workflow.tables.steps import Evaluation, RulebookVersion, named
from dashboard.workflow.windows import Window, plan, window
from etl.errors import Fault, RulebookError, UsageError
from etl.measures import known_metrics
from etl.scoring.rulebook import Rulebook, parse_rulebook

NAME: Final = "rulebook.toml"
"""What faults call the text of a version."""
_LONGEST: Final = 1 << 20
"""Bytes of a text at most; the rulebooks shipped have fewer than 40,000."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A version of the rulebook somebody proposes.

    Attributes:
        text: the TOML, UTF-8.
        reason: why.
        seen: number of the newest version they were looking at; 0 where there was none.
        changes: JSON of what it changes for whom, compared on the same records; needed once records were evaluated.
        records: the folder its records are received into; None where that is not known.
    """

    text: bytes
    reason: str
    seen: int
    changes: str | None = None
    records: Path | None = None


def digest_of(text: bytes) -> str:
    """What tells a rulebook from every other one."""
    return hashlib.sha256(text).hexdigest()


def read_text(text: bytes) -> Rulebook:
    """What a version says.

    Raises:
        RulebookError: it is too long, or cannot be used, with every fault.
    """
    if len(text) > _LONGEST:
        raise RulebookError(Fault("rulebook_too_long", "", {"most": _LONGEST}))
    return parse_rulebook(text, NAME, known_metrics())


def versions(session: Session, year: int) -> list[RulebookVersion]:
    """Every version of a year's rulebook, the latest first."""
    asked = select(RulebookVersion).where(RulebookVersion.year == year).order_by(RulebookVersion.number.desc())
    return list(session.scalars(asked))


def approved_rulebook(session: Session, year: int) -> RulebookVersion | None:
    """The version in force: the one approved last; None before the first."""
    approved = (one for one in versions(session, year) if one.outcome == Outcome.APPROVED.value)
    return next(approved, None)


def propose_rulebook(session: Session, actor: Actor, asked: Asked, now: datetime | None = None) -> RulebookVersion:
    """Propose a version of a rulebook; the first one of a year opens the year's evaluation.

    Raises:
        Changed: somebody else has proposed one meanwhile.
        NotPermitted: not for this person, or not at this step.
        RulebookError: the rulebook cannot be used.
        UsageError: no reason is given, one waits already, it is the version in force, or what it changes is unknown.
    """
    moment = now or datetime.now(UTC)
    require(actor, Action.PROPOSE_RULEBOOK, State.COLLECTING)
    year = read_text(asked.text).evaluation.year
    evaluation = session.get(Evaluation, year) or _opened(session, year, asked.records)
    require(actor, Action.PROPOSE_RULEBOOK, State(evaluation.state))
    reason, known = said(asked.reason, needed=True), versions(session, year)
    still_as_seen(known[0].number if known else 0, asked.seen)
    faults = list(_faults_of(session, evaluation, asked, known))
    if faults:
        raise UsageError(faults)
    version = RulebookVersion(
        year=year,
        number=len(known) + 1,
        digest=digest_of(asked.text),
        text=asked.text.decode("utf-8"),
        changes=asked.changes,
    )
    sign(version, actor, reason, moment)
    session.add(version)
    session.flush()
    audit.append(session, actor, Event(Did.RULEBOOK_PROPOSED, f"{year}", told_of_version(version)), moment)
    return version


def _opened(session: Session, year: int, records: Path | None) -> Evaluation:
    folder = named(records) if records is not None else None
    evaluation = Evaluation(year=year, state=State.COLLECTING.value, records=folder)
    session.add(evaluation)
    return evaluation


def _faults_of(session: Session, evaluation: Evaluation, asked: Asked, known: list[RulebookVersion]) -> Iterator[Fault]:
    in_force = approved_rulebook(session, evaluation.year)
    if known and known[0].outcome == Outcome.WAITING.value:
        yield Fault("rulebook_waits", "", {"number": known[0].number})
    if in_force is not None and in_force.digest == digest_of(asked.text):
        yield Fault("rulebook_in_force", "", {"number": in_force.number})
    if evaluation.evaluated_at is not None and asked.changes is None:
        yield Fault("rulebook_not_compared", "")


def decide_rulebook(
    session: Session, actor: Actor, year: int, number: int, decision: Decision, now: datetime | None = None
) -> RulebookVersion:
    """Approve a version, whose digest then is the one an evaluation must have, or refuse it.

    Raises:
        Changed: somebody else has decided or withdrawn it.
        NotPermitted: not for this person, not at this step, or their own proposal.
        UsageError: it is refused without a reason.
    """
    moment = now or datetime.now(UTC)
    version, evaluation = _waiting(session, year, number, decision.seen)
    require(actor, Action.APPROVE_RULEBOOK, State(evaluation.state), Thing(author=version.proposed_by))
    settle(version, actor, decision.outcome, said(decision.reason, needed=not decision.approve), moment)
    if decision.approve:
        _plan_stages(session, year, read_text(version.text.encode("utf-8")))
    did = Did.RULEBOOK_APPROVED if decision.approve else Did.RULEBOOK_REFUSED
    audit.append(session, actor, Event(did, f"{year}", told_of_version(version)), moment)
    return version


def withdraw_rulebook(session: Session, actor: Actor, year: int, number: int, seen: int) -> RulebookVersion:
    """Take one's own proposal back.

    Raises:
        Changed: somebody has decided it.
        NotPermitted: it is somebody else's.
    """
    moment = datetime.now(UTC)
    version, evaluation = _waiting(session, year, number, seen)
    require(actor, Action.WITHDRAW_PROPOSAL, State(evaluation.state), Thing(author=version.proposed_by))
    settle(version, actor, Outcome.WITHDRAWN, "", moment)
    audit.append(session, actor, Event(Did.RULEBOOK_WITHDRAWN, f"{year}", told_of_version(version)), moment)
    return version


def _waiting(session: Session, year: int, number: int, seen: int) -> tuple[RulebookVersion, Evaluation]:
    version, evaluation = session.get(RulebookVersion, (year, number)), session.get(Evaluation, year)
    if version is None or evaluation is None or version.outcome != Outcome.WAITING.value:
        raise Changed
    still_as_seen(version.version, seen)
    return version, evaluation


def _plan_stages(session: Session, year: int, rulebook: Rulebook) -> None:
    """Take over the days of the rulebook's calendar for steps nobody has planned; a day without an end is one day."""
    for stage in rulebook.evaluation.stages:
        if window(session, year, State(stage.id)) is None:
            plan(session, year, State(stage.id), Window(stage.start, stage.end or stage.start))


def begin_evaluation(
    session: Session, actor: Actor, year: int, records: Path | None = None, now: datetime | None = None
) -> RulebookVersion:
    """The version to evaluate a year's records under; that they are evaluated is written down, and which folder's.

    Raises:
        NotPermitted: not for this person, or not at this step.
        UsageError: no version is approved: rules are fixed before records are evaluated.
    """
    moment = now or datetime.now(UTC)
    evaluation = session.get(Evaluation, year)
    require(actor, Action.EVALUATE, State(evaluation.state) if evaluation else State.COLLECTING)
    version = approved_rulebook(session, year)
    if version is None or evaluation is None:
        raise UsageError(Fault("need_rulebook_approved", f"{year}"))
    evaluation.evaluated_at = moment
    if records is not None:
        evaluation.records = named(records)
    audit.append(session, actor, Event(Did.EVALUATED, f"{year}", told_of_version(version)), moment)
    return version


def told_of_version(version: RulebookVersion) -> dict[str, object]:
    """A version as the log tells of it."""
    return {"number": version.number, "digest": version.digest}
