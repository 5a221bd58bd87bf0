"""The table of moves: every state is left and reached, by one step at a time, and nothing unpublishes."""

from __future__ import annotations

import pytest

from dashboard.access import Action, Person, Role, State, Thing, can
from dashboard.workflow.moves import ORDER, STEPS, Need, Step, step_between, step_forward, steps_from
from etl.messages import MESSAGES


@pytest.mark.parametrize("state", State)
def test_every_state_has_moves_and_all_but_the_last_one_forward(state: State) -> None:
    assert steps_from(state)
    forward = step_forward(state)
    assert (forward is None) == (state is State.PUBLISHED)
    assert forward is None or ORDER.index(forward.after) == ORDER.index(state) + 1


def test_every_state_is_reached_from_the_first() -> None:
    reached, state = [State.COLLECTING], step_forward(State.COLLECTING)
    while state is not None:
        reached.append(state.after)
        state = step_forward(state.after)
    assert reached == list(State)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: f"{step.before}-{step.after}")
def test_a_move_goes_one_step_or_stays_and_says_why_unless_it_goes_forward(step: Step) -> None:
    distance = ORDER.index(step.after) - ORDER.index(step.before)
    assert abs(distance) <= 1
    assert step.needs_reason == (distance < 1)
    assert step_between(step.before, step.after) is step


def test_no_move_is_listed_twice_and_what_is_published_is_never_unpublished() -> None:
    assert len({(step.before, step.after) for step in STEPS}) == len(STEPS)
    assert [step.after for step in steps_from(State.PUBLISHED)] == [State.PUBLISHED]


def test_what_becomes_the_release_or_is_shown_to_everybody_is_verified() -> None:
    assert all(step.verifies for step in STEPS if step.names_release or step.after is State.PUBLISHED)
    assert {step.after for step in STEPS if step.verifies} == {
        State.PROVISIONAL, State.REVIEW, State.FINAL, State.PUBLISHED
    }  # fmt: skip


@pytest.mark.parametrize("need", Need)
def test_everything_a_move_needs_is_used_and_told(need: Need) -> None:
    assert any(need in step.needs for step in STEPS)
    assert f"need_{need}" in MESSAGES


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("state", State)
def test_nobody_both_proposes_and_approves(role: Role, state: State) -> None:
    person = Person("me", "나", role, "U01" if role is Role.DEPARTMENT else None)
    own, anothers = Thing(author="me"), Thing(author="somebody else")
    for proposes, approves in (
        (Action.PROPOSE_MOVE, Action.APPROVE_MOVE),
        (Action.PROPOSE_RULEBOOK, Action.APPROVE_RULEBOOK),
    ):
        assert not can(person, approves, own, state)
        assert not (can(person, proposes, anothers, state) and can(person, approves, anothers, state))
    assert not can(person, Action.WITHDRAW_PROPOSAL, anothers, state)
