"""What somebody asks and somebody else decides: how both are written down, for moves and for rulebooks alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from dashboard.access import Person
from dashboard.workflow.audit import Actor
from dashboard.workflow.store import Changed
from dashboard.workflow.tables.steps import Proposal
from etl.errors import Fault, NotPermitted, UsageError

LONGEST_REASON: Final = 500
"""Characters of a reason at most."""


class Outcome(StrEnum):
    """What became of a proposal."""

    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Decision:
    """An approver's answer to a proposal.

    Attributes:
        seen: version of the proposal the approver was looking at.
        approve: yes or no.
        reason: why; a no needs one.
    """

    seen: int
    approve: bool
    reason: str = ""

    @property
    def outcome(self) -> Outcome:
        """What the proposal becomes."""
        return Outcome.APPROVED if self.approve else Outcome.REFUSED


def person_of(actor: Actor) -> Person:
    """Whoever acts; proposals and decisions have people.

    Raises:
        NotPermitted: nobody is signed in.
    """
    if actor.person is None:
        raise NotPermitted(Fault("not_permitted", ""))
    return actor.person


def sign(proposal: Proposal, actor: Actor, reason: str, now: datetime) -> None:
    """Write down who asks, when and why."""
    person = person_of(actor)
    proposal.proposed_by, proposal.proposed_name, proposal.proposed_at = person.account_id, person.name, now
    proposal.reason, proposal.outcome, proposal.answer = reason, Outcome.WAITING.value, ""


def settle(proposal: Proposal, actor: Actor, outcome: Outcome, answer: str, now: datetime) -> None:
    """Write down who answered, when and how."""
    person = person_of(actor)
    proposal.decided_by, proposal.decided_name, proposal.decided_at = person.account_id, person.name, now
    proposal.outcome, proposal.answer = outcome.value, answer


def still_as_seen(version: int, seen: int) -> None:
    """Go on only where nobody was faster.

    Raises:
        Changed: what was seen has another version by now.
    """
    if version != seen:
        raise Changed


def said(reason: str, *, needed: bool) -> str:
    """A reason as it is kept: without blanks around it and without signs that do not show.

    Raises:
        UsageError: there is none and one is needed, or it is too long.
    """
    kept = "".join(sign for sign in reason if sign.isprintable() or sign == "\n").strip()
    if needed and not kept:
        raise UsageError(Fault("reason_missing", ""))
    if len(kept) > LONGEST_REASON:
        raise UsageError(Fault("reason_too_long", "", {"longest": LONGEST_REASON}))
    return kept
