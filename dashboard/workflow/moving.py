"""Moving an evaluation from step to step: one person proposes, another decides, and every try leaves a trace."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from dashboard.access import Action, State, Thing
from dashboard.workflow import audit
from dashboard.workflow.acting import require
from dashboard.workflow.audit import Actor, Did, Event
from dashboard.workflow.moves import Step, step_between
from dashboard.workflow.proposals import Decision, Outcome, said, settle, sign, still_as_seen
from dashboard.workflow.releases import CheckedRelease, faults_for
from dashboard.workflow.rulebooks import approved_rulebook
from dashboard.workflow.steps import missing
from dashboard.workflow.store import Changed
from dashboard.workflow.tables.steps import Evaluation, Move
from etl.errors import Fault, UsageError
from etl.release.folder import publish


@dataclass(frozen=True, slots=True)
class Wanted:
    """A move somebody proposes.

    Attributes:
        year: of the evaluation.
        after: the state it is to reach.
        seen: version of the evaluation they were looking at.
        reason: why; needed to go back and to replace a release.
    """

    year: int
    after: State
    seen: int
    reason: str = ""


def propose_move(
    session: Session, actor: Actor, wanted: Wanted, release: CheckedRelease | None = None, now: datetime | None = None
) -> Move:
    """Ask for a move; it waits until an approver decides. One waits at a time.

    Args:
        session: of `acting`.
        actor: an evaluator.
        wanted: what is asked.
        release: where the move freezes, replaces or publishes one: that release, verified.
        now: when, for tests.

    Raises:
        Changed: the evaluation has moved or something else was proposed meanwhile.
        NotPermitted: not for this person.
        UsageError: there is no such move, something that must hold does not, or no reason is given.
    """
    moment = now or datetime.now(UTC)
    evaluation = _evaluation(session, wanted.year)
    state = State(evaluation.state)
    require(actor, Action.PROPOSE_MOVE, state)
    still_as_seen(evaluation.version, wanted.seen)
    step = step_between(state, wanted.after)
    if step is None:
        raise UsageError(Fault("no_such_move", f"{wanted.year}"))
    reason = said(wanted.reason, needed=step.needs_reason)
    _must_hold(session, evaluation, step, release, moment)
    move = Move(
        year=evaluation.year,
        from_state=state.value,
        to_state=step.after.value,
        release=release.name if step.names_release and release else evaluation.release,
        rulebook=release.rulebook if step.names_release and release else evaluation.rulebook,
        replaces=evaluation.release if step.replaces else None,
    )
    sign(move, actor, reason, moment)
    session.add(move)
    session.flush()
    evaluation.waiting = move.id
    audit.append(session, actor, Event(Did.MOVE_PROPOSED, f"{move.year}", told_of_move(move)), moment)
    return move


def decide_move(
    session: Session,
    actor: Actor,
    move_id: int,
    decision: Decision,
    release: CheckedRelease | None = None,
    now: datetime | None = None,
) -> Move:
    """Approve a move, which happens at once, or refuse it.

    Args:
        session: of `acting`.
        actor: an approver who did not propose it.
        move_id: of the proposal.
        decision: yes or no.
        release: where the move verifies one: that release, verified anew. Publishing makes it the current one.
        now: when, for tests.

    Raises:
        Changed: somebody else has decided or withdrawn it.
        NotPermitted: not for this person, or their own proposal.
        UsageError: something that must hold no longer does, or it is refused without a reason.
    """
    moment = now or datetime.now(UTC)
    move, evaluation = _waiting(session, move_id, decision.seen)
    require(actor, Action.APPROVE_MOVE, State(evaluation.state), Thing(author=move.proposed_by))
    answer = said(decision.reason, needed=not decision.approve)
    if decision.approve:
        step = step_between(State(move.from_state), State(move.to_state))
        if step is None or evaluation.state != move.from_state:
            raise Changed
        _must_hold(session, evaluation, step, release, moment)
        _same_release(move, step, release)
        _go(evaluation, move, step)
    evaluation.waiting = None
    settle(move, actor, decision.outcome, answer, moment)
    did = Did.MOVED if decision.approve else Did.MOVE_REFUSED
    audit.append(session, actor, Event(did, f"{move.year}", told_of_move(move)), moment)
    if decision.approve and move.to_state == State.PUBLISHED and release is not None:
        # Last, so that a folder that refuses undoes all of it; a commit that failed after it is mended by trying again.
        publish(release.folder)
    return move


def withdraw_move(session: Session, actor: Actor, move_id: int, seen: int) -> Move:
    """Take one's own proposal back.

    Raises:
        Changed: somebody has decided it.
        NotPermitted: it is somebody else's.
    """
    moment = datetime.now(UTC)
    move, evaluation = _waiting(session, move_id, seen)
    require(actor, Action.WITHDRAW_PROPOSAL, State(evaluation.state), Thing(author=move.proposed_by))
    evaluation.waiting = None
    settle(move, actor, Outcome.WITHDRAWN, "", moment)
    audit.append(session, actor, Event(Did.MOVE_WITHDRAWN, f"{move.year}", told_of_move(move)), moment)
    return move


def _evaluation(session: Session, year: int) -> Evaluation:
    evaluation = session.get(Evaluation, year)
    if evaluation is None:
        raise UsageError(Fault("no_such_evaluation", f"{year}"))
    return evaluation


def _waiting(session: Session, move_id: int, seen: int) -> tuple[Move, Evaluation]:
    move = session.get(Move, move_id)
    if move is None or move.outcome != Outcome.WAITING.value:
        raise Changed
    still_as_seen(move.version, seen)
    return move, _evaluation(session, move.year)


def _must_hold(
    session: Session, evaluation: Evaluation, step: Step, release: CheckedRelease | None, now: datetime
) -> None:
    """Everything a move needs, told all at once."""
    faults = [Fault(f"need_{need}", f"{evaluation.year}") for need in missing(session, evaluation, step, now)]
    if step.verifies:
        faults += _faults_of_release(session, evaluation, step, release)
    if faults:
        raise UsageError(faults)


def _faults_of_release(
    session: Session, evaluation: Evaluation, step: Step, release: CheckedRelease | None
) -> Iterator[Fault]:
    approved = approved_rulebook(session, evaluation.year)
    if release is None:
        yield Fault("release_not_named", f"{evaluation.year}")
        return
    yield from faults_for(release, evaluation.year, approved.digest if approved else None)
    if step.replaces and release.name == evaluation.release:
        yield Fault("release_is_the_same", release.name)
    if not step.names_release and release.name != evaluation.release:
        yield Fault("release_not_named", f"{evaluation.year}")


def _same_release(move: Move, step: Step, release: CheckedRelease | None) -> None:
    """The release approved is the one proposed."""
    if step.verifies and (release is None or release.name != move.release):
        raise UsageError(Fault("release_not_named", f"{move.year}"))


def _go(evaluation: Evaluation, move: Move, step: Step) -> None:
    """Make the move: the state, and with it the release and who has been shown it."""
    evaluation.state = step.after.value
    if step.after is State.COLLECTING:
        evaluation.release = evaluation.rulebook = evaluation.briefed_at = None
    elif step.names_release:
        evaluation.release, evaluation.rulebook, evaluation.briefed_at = move.release, move.rulebook, None


def told_of_move(move: Move) -> dict[str, object]:
    """A move as the log tells of it."""
    return {
        "move": move.id,
        "from": move.from_state,
        "to": move.to_state,
        "release": move.release or "",
        "rulebook": move.rulebook or "",
    }
