"""An evaluation moves only where two people agree and what must hold does; every try leaves a trace."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from dashboard.access import Role, State
from dashboard.workflow.accounts import NewAccount, add_account
from dashboard.workflow.acting import acting
from dashboard.workflow.audit import Did
from dashboard.workflow.briefing import brief_executives
from dashboard.workflow.moves import STEPS, Step, steps_from
from dashboard.workflow.moving import Wanted, propose_move, withdraw_move
from dashboard.workflow.request_kinds import RequestKind, RequestState, Verdict
from dashboard.workflow.steps import correction_of, moves_of, standing_of, superseded_by
from dashboard.workflow.store import Changed
from dashboard.workflow.tables.audit import AuditEntry
from dashboard.workflow.tables.requests import Request
from dashboard.workflow.tables.steps import Evaluation, Move
from etl.errors import JipyoError, NotPermitted, UsageError
from etl.release.folder import published
from tests.workflow import stepping
from tests.workflow.stepping import AFTER, APPROVER, BEFORE, DURING, EVALUATOR, Year, actor

new_year, year = stepping.new_year, stepping.year
OTHERS = [role for role in Role if role is not Role.EVALUATOR]


def log(year: Year) -> list[AuditEntry]:
    """What the log tells of a year or its releases."""
    with year.store.read() as session:
        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.number))
        return [entry for entry in entries if entry.about.startswith(str(year.year))]


def moves(year: Year) -> list[Move]:
    with year.store.read() as session:
        return moves_of(session, year.year)


def codes(error: pytest.ExceptionInfo[JipyoError]) -> set[str]:
    return {fault.code for fault in error.value.faults}


# Forwards and back ---------------------------------------------------------------------------------------------------


def test_a_year_goes_from_collecting_to_published_and_current_follows(year: Year) -> None:
    year.walk_to(State.FINAL)
    assert year.year not in [pointer.year for pointer in published(year.releases)]
    year.move(State.PUBLISHED, year.release())
    assert year.state is State.PUBLISHED
    assert year.release().name in [pointer.release for pointer in published(year.releases)]
    told = [entry.action for entry in log(year)]
    assert told.count(Did.MOVE_PROPOSED) == told.count(Did.MOVED) == 5
    assert [move.to_state for move in reversed(moves(year))] == [state.value for state in list(State)[1:]]


@pytest.mark.parametrize("back", [step for step in STEPS if step.is_back], ids=lambda step: f"from {step.before}")
def test_every_way_back_needs_a_reason_and_leaves_a_trace(year: Year, back: Step) -> None:
    year.walk_to(back.before)
    with pytest.raises(UsageError) as refused:
        year.propose(back.after, reason=" \n\u202e")
    assert codes(refused) == {"reason_missing"}
    year.decide(year.propose(back.after, reason="자료가 빠졌습니다"))
    assert year.state is back.after
    trace = moves(year)[0]
    assert (trace.from_state, trace.to_state, trace.reason) == (back.before, back.after, "자료가 빠졌습니다")
    assert (trace.proposed_by, trace.decided_by, trace.outcome) == ("evaluator", "approver", "approved")
    assert (year.evaluation.release is None) == (back.after is State.COLLECTING)


def test_no_step_is_left_out(year: Year) -> None:
    with pytest.raises(UsageError) as refused:
        year.propose(State.PUBLISHED, year.release())
    assert codes(refused) == {"no_such_move"}


# Who -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", OTHERS)
def test_only_an_evaluator_proposes_and_a_refusal_is_in_the_log(year: Year, role: Role) -> None:
    with pytest.raises(NotPermitted):
        year.propose(State.PROVISIONAL, year.release(), who=actor(role))
    assert not moves(year)
    last = log(year)[-1]
    assert (last.action, last.outcome, last.account_id) == (Did.REFUSED, "refused", role)
    assert json.loads(last.detail) == {"codes": "not_permitted"}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.APPROVER])
def test_only_an_approver_decides(year: Year, role: Role) -> None:
    move = year.propose(State.PROVISIONAL, year.release())
    for approve in (True, False):
        with pytest.raises(NotPermitted):
            year.decide(move, year.release(), who=actor(role), approve=approve)
    assert year.state is State.COLLECTING


def test_whoever_proposed_does_not_approve_it_after_a_change_of_role_either(year: Year) -> None:
    move = year.propose(State.PROVISIONAL, year.release(), who=actor(Role.EVALUATOR, "one"))
    with pytest.raises(NotPermitted) as refused:
        year.decide(move, year.release(), who=actor(Role.APPROVER, "one"))
    assert codes(refused) == {"own_proposal"}
    assert year.state is State.COLLECTING


def test_a_proposal_is_taken_back_by_its_author_alone(year: Year) -> None:
    move = year.propose(State.PROVISIONAL, year.release())
    for stranger in (APPROVER, actor(Role.EVALUATOR, "another")):
        with pytest.raises(NotPermitted), acting(year.store, stranger, f"{year.year}") as session:
            withdraw_move(session, stranger, move.id, move.version)
    with acting(year.store, EVALUATOR, f"{year.year}") as session:
        withdraw_move(session, EVALUATOR, move.id, move.version)
    assert moves(year)[0].outcome == "withdrawn"
    assert year.move(State.PROVISIONAL, year.release()).state is State.PROVISIONAL


def test_a_refused_proposal_changes_nothing_and_keeps_its_reason(year: Year) -> None:
    year.decide(year.propose(State.PROVISIONAL, year.release()), approve=False)
    assert year.state is State.COLLECTING
    assert (moves(year)[0].outcome, moves(year)[0].answer) == ("refused", "사유")
    assert log(year)[-1].action == Did.MOVE_REFUSED


@settings(max_examples=15)
@given(data=st.data())
def test_no_sequence_of_moves_by_one_person_gets_anywhere(new_year: Callable[[], Year], data: st.DataObject) -> None:
    """Whatever role the one person is given from one moment to the next."""
    year = new_year().open()
    for _ in range(data.draw(st.integers(1, 8))):
        person = actor(data.draw(st.sampled_from(Role)), "one person")
        step = data.draw(st.sampled_from(STEPS))
        waiting = [move for move in moves(year) if move.outcome == "waiting"]
        try:
            if data.draw(st.booleans()) and waiting:
                year.decide(waiting[0], year.release(), AFTER, person)
            else:
                year.propose(step.after, year.release(), DURING, person)
        except (JipyoError, Changed):
            pass
        assert year.state is State.COLLECTING
        assert year.evaluation.release is None


@settings(max_examples=10)
@given(data=st.data())
def test_two_people_reach_only_what_the_table_says_and_every_move_is_kept(
    new_year: Callable[[], Year], data: st.DataObject
) -> None:
    year, went = new_year().open(), []
    for digit in data.draw(st.text("ab", min_size=1, max_size=8)):
        step = data.draw(st.sampled_from(steps_from(year.state)))
        held = year.evaluation.release
        if step.replaces and held == year.release(digit).name:
            continue
        named = year.release(digit) if step.names_release or held is None else year.release(held[-1])
        year.move(step.after, named if step.verifies else None)
        went.append((step.before, step.after))
        assert year.state is step.after
    approved = [move for move in reversed(moves(year)) if move.outcome == "approved"]
    assert [(move.from_state, move.to_state) for move in approved] == went


# What must hold ------------------------------------------------------------------------------------------------------


def test_nothing_is_frozen_before_a_rulebook_is_approved(new_year: Callable[[], Year]) -> None:
    year = new_year()
    year.propose_rules()
    with pytest.raises(UsageError) as refused:
        year.propose(State.PROVISIONAL, year.release())
    assert codes(refused) == {"need_rulebook_approved"}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"rulebook": "0" * 64}, "release_under_other_rules"),
        ({"has_records": False}, "release_without_records"),
    ],
)
def test_a_release_that_does_not_fit_is_not_frozen(year: Year, change: dict[str, object], code: str) -> None:
    with pytest.raises(UsageError) as refused:
        year.propose(State.PROVISIONAL, replace(year.release(), **change))  # type: ignore[arg-type]
    assert codes(refused) == {code}


def test_a_release_of_another_year_is_not_frozen_and_one_must_be_named(
    year: Year, new_year: Callable[[], Year]
) -> None:
    other = replace(new_year().release(), rulebook=year.release().rulebook)
    with pytest.raises(UsageError) as refused:
        year.propose(State.PROVISIONAL, other)
    assert codes(refused) == {"release_of_another_year"}
    with pytest.raises(UsageError) as refused:
        year.propose(State.PROVISIONAL)
    assert codes(refused) == {"release_not_named"}


def test_the_release_that_is_approved_is_the_one_proposed(year: Year) -> None:
    move = year.propose(State.PROVISIONAL, year.release("a"))
    for other in (year.release("b"), None):
        with pytest.raises(UsageError) as refused:
            year.decide(move, other)
        assert codes(refused) == {"release_not_named"}
    assert year.state is State.COLLECTING


def test_only_the_frozen_release_becomes_final(year: Year) -> None:
    year.walk_to(State.REVIEW)
    with pytest.raises(UsageError) as refused:
        year.propose(State.FINAL, year.release("b"))
    assert codes(refused) == {"release_not_named"}


def test_appeals_open_on_planned_days_and_end_after_the_last_one_in_seoul(year: Year) -> None:
    year.walk_to(State.PROVISIONAL)
    with pytest.raises(UsageError) as refused:
        year.propose(State.APPEALS, now=AFTER)
    assert codes(refused) == {"need_appeals_planned"}
    year.move(State.APPEALS, now=BEFORE)
    with pytest.raises(UsageError) as refused:
        year.propose(State.REVIEW, now=DURING)
    assert codes(refused) == {"need_appeals_over"}
    year.move(State.REVIEW, now=AFTER)


def test_rules_that_changed_after_the_freeze_stop_the_way_until_the_release_is_made_anew(year: Year) -> None:
    year.walk_to(State.REVIEW)
    year.approve_rules(year.propose_rules(weight=2, changes="[]"))
    with pytest.raises(UsageError) as refused:
        year.propose(State.FINAL, year.release())
    assert "need_release_fits" in codes(refused)
    year.move(State.REVIEW, year.release("b", weight=2))
    year.move(State.FINAL, year.release("b", weight=2))
    assert year.state is State.FINAL


@pytest.mark.parametrize(
    ("state", "verdict", "settled"),
    [
        (RequestState.FILED, None, False),
        (RequestState.ANSWERED, Verdict.REFUSED, False),
        (RequestState.RETURNED, Verdict.UPHELD, False),
        (RequestState.DECIDED, Verdict.UPHELD, False),
        (RequestState.DECIDED, Verdict.PARTLY, False),
        (RequestState.DECIDED, Verdict.REFUSED, True),
        (RequestState.CARRIED_OUT, Verdict.UPHELD, True),
        (RequestState.WITHDRAWN, None, True),
    ],
)
def test_nothing_becomes_final_while_an_appeal_waits_or_is_not_carried_out(
    year: Year, state: RequestState, verdict: Verdict | None, settled: bool
) -> None:
    year.walk_to(State.REVIEW)
    with year.store.write() as session:
        role = Role.DEPARTMENT
        author = add_account(session, EVALUATOR, NewAccount(f"{role} {uuid4().hex}", "부서 담당자", role, "U01"))
        request = Request(id=uuid4().hex, year=year.year, number=1, kind=RequestKind.APPEAL.value, state=state.value)
        request.unit_id, request.release, request.verdict = "U01", year.release().name, verdict
        request.author_id, request.filed_at = author.id, DURING
        session.add(request)
    if settled:
        assert year.move(State.FINAL, year.release()).state is State.FINAL
        return
    with pytest.raises(UsageError) as refused:
        year.propose(State.FINAL, year.release())
    assert codes(refused) == {"need_requests_settled"}


# Two at once ---------------------------------------------------------------------------------------------------------


def test_whoever_saw_an_older_state_is_told(year: Year) -> None:
    with year.store.read() as session:
        seen = session.get_one(Evaluation, year.year).version
    year.propose(State.PROVISIONAL, year.release())
    with pytest.raises(Changed), acting(year.store, EVALUATOR, f"{year.year}") as session:
        propose_move(session, EVALUATOR, Wanted(year.year, State.PROVISIONAL, seen), year.release("b"))
    assert len(moves(year)) == 1


def test_of_two_approvers_who_click_at_once_the_second_is_told_and_it_happens_once(year: Year) -> None:
    move, told = year.propose(State.PROVISIONAL, year.release()), []
    ready = threading.Barrier(2)

    def decide(account: str) -> None:
        ready.wait()
        try:
            year.decide(move, year.release(), who=actor(Role.APPROVER, account))
            told.append("done")
        except Changed:
            told.append("changed")

    both = [threading.Thread(target=decide, args=(account,)) for account in ("first", "second")]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(told) == ["changed", "done"]
    assert [entry.action for entry in log(year)].count(Did.MOVED) == 1


def test_a_decision_on_what_was_withdrawn_is_told(year: Year) -> None:
    move = year.propose(State.PROVISIONAL, year.release())
    with acting(year.store, EVALUATOR, f"{year.year}") as session:
        withdraw_move(session, EVALUATOR, move.id, move.version)
    with pytest.raises(Changed):
        year.decide(move, year.release())


# Executives, publication, correction ---------------------------------------------------------------------------------


def test_executives_are_shown_a_release_by_an_approver_until_that_is_taken_back(year: Year) -> None:
    year.walk_to(State.PROVISIONAL)
    name = year.release().name

    def brief(*, show: bool) -> bool:
        with acting(year.store, APPROVER, f"{year.year}") as session:
            brief_executives(session, APPROVER, year.year, year.evaluation.version, show=show)
        with year.store.read() as session:
            return standing_of(session, name, published=False).briefed

    assert brief(show=True)
    assert not brief(show=False)
    with pytest.raises(NotPermitted), acting(year.store, EVALUATOR, f"{year.year}") as session:
        brief_executives(session, EVALUATOR, year.year, year.evaluation.version, show=True)


def test_another_release_in_review_has_to_be_shown_to_executives_anew(year: Year) -> None:
    year.walk_to(State.REVIEW)
    with acting(year.store, APPROVER, f"{year.year}") as session:
        brief_executives(session, APPROVER, year.year, year.evaluation.version, show=True)
    year.move(State.REVIEW, year.release("b"))
    with year.store.read() as session:
        assert standing_of(session, year.release("b").name, published=False).briefed is False
        assert standing_of(session, year.release("a").name, published=False).state is State.COLLECTING


def test_nothing_is_shown_to_executives_before_a_release_is_frozen(year: Year) -> None:
    with pytest.raises(NotPermitted), acting(year.store, APPROVER, f"{year.year}") as session:
        brief_executives(session, APPROVER, year.year, year.evaluation.version, show=True)


def test_a_correction_is_published_anew_and_the_old_release_is_superseded_with_its_reason(year: Year) -> None:
    year.walk_to(State.PUBLISHED)
    old, new = year.release("a"), year.release("b")
    with pytest.raises(UsageError) as refused:
        year.propose(State.PUBLISHED, new, reason="")
    assert codes(refused) == {"reason_missing"}
    year.decide(year.propose(State.PUBLISHED, new, reason="교육 이수 12건을 잘못 셌습니다"), new)
    assert new.name in [pointer.release for pointer in published(year.releases)]
    with year.store.read() as session:
        assert superseded_by(session, old.name) == new.name
        assert superseded_by(session, new.name) is None
        assert correction_of(session, old.name).reason == "교육 이수 12건을 잘못 셌습니다"  # type: ignore[union-attr]
        assert standing_of(session, old.name, published=False).state is State.PUBLISHED


def test_a_first_release_is_superseded_by_the_newest_and_one_published_again_is_not(year: Year) -> None:
    year.walk_to(State.PUBLISHED)
    for digit in "bc":
        year.move(State.PUBLISHED, year.release(digit))
    with year.store.read() as session:
        assert superseded_by(session, year.release("a").name) == year.release("c").name
    year.move(State.PUBLISHED, year.release("a"))
    with year.store.read() as session:
        assert superseded_by(session, year.release("a").name) is None
        assert superseded_by(session, year.release("b").name) == year.release("a").name


def test_a_folder_that_refuses_leaves_the_evaluation_as_it_was(year: Year) -> None:
    year.walk_to(State.FINAL)
    move = year.propose(State.PUBLISHED, year.release())
    broken = year.release()
    (broken.folder / "SHA256SUMS").unlink()
    with pytest.raises(UsageError):
        year.decide(move, broken)
    assert year.state is State.FINAL
    assert moves(year)[0].outcome == "waiting"
