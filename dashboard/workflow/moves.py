"""The moves an evaluation can make, as a table: from where to where, with what, and what must hold before."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from dashboard.access import State

ORDER: Final = tuple(State)
"""The steps, first to last."""


class Need(StrEnum):
    """What must hold before a move; proposing and approving both look."""

    RULEBOOK_APPROVED = "rulebook_approved"
    """A version of the year's rulebook is approved."""
    RELEASE_FITS = "release_fits"
    """The frozen release was made under the version approved last."""
    APPEALS_PLANNED = "appeals_planned"
    """The days of the appeals are planned and not over."""
    APPEALS_OVER = "appeals_over"
    """The last day of the appeals has ended in Seoul."""
    REQUESTS_SETTLED = "requests_settled"
    """Every appeal and request is decided or withdrawn, and what was upheld is carried out."""


@dataclass(frozen=True, slots=True)
class Step:
    """A move there can be. An evaluator proposes it, an approver who did not propose it decides: `dashboard.access`.

    Attributes:
        before: where the evaluation stands.
        after: where it goes.
        names_release: whether the proposal names the release that becomes the evaluation's.
        verifies: whether that release is verified, when it is proposed and again when it is approved.
        needs: what must hold besides.
    """

    before: State
    after: State
    names_release: bool = False
    verifies: bool = False
    needs: tuple[Need, ...] = ()

    @property
    def is_back(self) -> bool:
        """Whether it goes back."""
        return ORDER.index(self.after) < ORDER.index(self.before)

    @property
    def replaces(self) -> bool:
        """Whether the step stays and another release takes the place of the one before."""
        return self.before is self.after

    @property
    def needs_reason(self) -> bool:
        """Whether whoever proposes it must say why."""
        return self.is_back or self.replaces


STEPS: Final = (
    Step(State.COLLECTING, State.PROVISIONAL, True, True, (Need.RULEBOOK_APPROVED,)),
    Step(State.PROVISIONAL, State.APPEALS, needs=(Need.RELEASE_FITS, Need.APPEALS_PLANNED)),
    Step(State.APPEALS, State.REVIEW, needs=(Need.APPEALS_OVER,)),
    Step(State.REVIEW, State.REVIEW, True, True, (Need.RULEBOOK_APPROVED,)),
    Step(State.REVIEW, State.FINAL, False, True, (Need.RELEASE_FITS, Need.REQUESTS_SETTLED)),
    Step(State.FINAL, State.PUBLISHED, False, True, (Need.RELEASE_FITS,)),
    Step(State.PUBLISHED, State.PUBLISHED, True, True, (Need.RULEBOOK_APPROVED,)),
    Step(State.PROVISIONAL, State.COLLECTING),
    Step(State.APPEALS, State.PROVISIONAL),
    Step(State.REVIEW, State.APPEALS),
    Step(State.FINAL, State.REVIEW),
)
"""Every move. What was published is never unpublished: a correction publishes another release."""


def step_between(before: State, after: State) -> Step | None:
    """The move between two states; None where there is none."""
    return next((step for step in STEPS if (step.before, step.after) == (before, after)), None)


def steps_from(state: State) -> tuple[Step, ...]:
    """The moves an evaluation in this state can make, the one forward first."""
    return tuple(step for step in STEPS if step.before is state)


def step_forward(state: State) -> Step | None:
    """The move to the next state; None after the last one."""
    return next((step for step in steps_from(state) if not step.is_back and not step.replaces), None)
