"""The rulebook of a year is proposed, approved by somebody else, and fixed before records are evaluated."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from dashboard.access import Role, State
from dashboard.workflow.acting import acting
from dashboard.workflow.audit import Actor
from dashboard.workflow.proposals import LONGEST_REASON, Decision
from dashboard.workflow.rulebooks import (
    Asked,
    approved_rulebook,
    begin_evaluation,
    decide_rulebook,
    digest_of,
    propose_rulebook,
    versions,
    withdraw_rulebook,
)
from dashboard.workflow.store import Changed
from dashboard.workflow.tables.steps import RulebookVersion
from dashboard.workflow.windows import Planned, Window, plan_days, window
from etl.errors import JipyoError, NotPermitted, RulebookError, UsageError
from tests.workflow import stepping
from tests.workflow.stepping import APPEALS, APPROVER, EVALUATOR, Year, actor, rules

new_year, year = stepping.new_year, stepping.year


def codes(error: pytest.ExceptionInfo[JipyoError]) -> set[str]:
    return {fault.code for fault in error.value.faults}


def in_force(year: Year) -> RulebookVersion | None:
    with year.store.read() as session:
        return approved_rulebook(session, year.year)


def begin(year: Year, who: Actor = EVALUATOR) -> RulebookVersion:
    with acting(year.store, who, f"{year.year}") as session:
        return begin_evaluation(session, who, year.year)


def propose(year: Year, text: bytes, reason: str = "평가계획", seen: int = 0) -> None:
    with acting(year.store, EVALUATOR, f"{year.year}") as session:
        propose_rulebook(session, EVALUATOR, Asked(text, reason, seen))


def test_a_proposed_rulebook_opens_the_year_and_counts_once_it_is_approved(new_year: Callable[[], Year]) -> None:
    year = new_year()
    version = year.propose_rules()
    assert year.state is State.COLLECTING
    assert in_force(year) is None
    year.approve_rules(version)
    found = in_force(year)
    assert found is not None
    assert found.digest == digest_of(rules(year.year))
    assert found.text.encode() == rules(year.year)
    assert (found.proposed_by, found.decided_by) == ("evaluator", "approver")


def test_records_are_evaluated_only_under_an_approved_rulebook(new_year: Callable[[], Year]) -> None:
    year = new_year()
    with pytest.raises(UsageError) as refused:
        begin(year)
    assert codes(refused) == {"need_rulebook_approved"}
    version = year.propose_rules()
    with pytest.raises(UsageError):
        begin(year)
    year.approve_rules(version)
    assert begin(year).digest == digest_of(rules(year.year))
    assert year.evaluation.evaluated_at is not None


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.EVALUATOR])
def test_only_an_evaluator_proposes_rules_and_evaluates(year: Year, role: Role) -> None:
    with pytest.raises(NotPermitted):
        year.propose_rules(2, actor(role))
    with pytest.raises(NotPermitted):
        begin(year, actor(role))


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.APPROVER])
def test_only_an_approver_approves_rules(new_year: Callable[[], Year], role: Role) -> None:
    year = new_year()
    version = year.propose_rules()
    with pytest.raises(NotPermitted):
        year.approve_rules(version, actor(role))


def test_nobody_approves_rules_of_their_own(new_year: Callable[[], Year]) -> None:
    year = new_year()
    version = year.propose_rules(who=actor(Role.EVALUATOR, "one"))
    with pytest.raises(NotPermitted) as refused:
        year.approve_rules(version, actor(Role.APPROVER, "one"))
    assert codes(refused) == {"own_proposal"}
    assert in_force(year) is None


def test_faults_of_a_rulebook_are_told_with_their_lines_and_nothing_is_kept(new_year: Callable[[], Year]) -> None:
    year = new_year()
    with pytest.raises(RulebookError) as refused:
        propose(year, rules(year.year).replace(b"raw", b"row"))
    assert "rulebook.toml, line" in refused.value.text("en")
    with year.store.read() as session:
        assert not versions(session, year.year)


def test_a_later_version_needs_a_comparison_once_records_were_evaluated(year: Year) -> None:
    version = year.propose_rules(2)
    with acting(year.store, EVALUATOR, f"{year.year}") as session:
        withdraw_rulebook(session, EVALUATOR, year.year, version.number, version.version)
    begin(year)
    with pytest.raises(UsageError) as refused:
        year.propose_rules(2)
    assert codes(refused) == {"rulebook_not_compared"}
    later = year.propose_rules(2, changes="[]")
    assert later.number == 3
    before = in_force(year)
    assert before is not None
    assert before.number == 1
    year.approve_rules(later)
    after = in_force(year)
    assert after is not None
    assert after.number == 3


def test_one_version_waits_at_a_time_and_the_one_in_force_is_not_proposed_again(year: Year) -> None:
    with pytest.raises(UsageError) as refused:
        year.propose_rules(1)
    assert codes(refused) == {"rulebook_in_force"}
    year.propose_rules(2)
    with pytest.raises(UsageError) as refused:
        year.propose_rules(3)
    assert codes(refused) == {"rulebook_waits"}


def test_whoever_saw_fewer_versions_is_told(year: Year) -> None:
    with pytest.raises(Changed):
        propose(year, rules(year.year, 2), seen=0)


@pytest.mark.parametrize(("reason", "code"), [("", "reason_missing"), ("가" * (LONGEST_REASON + 1), "reason_too_long")])
def test_a_proposal_says_why_in_so_many_words(new_year: Callable[[], Year], reason: str, code: str) -> None:
    year = new_year()
    with pytest.raises(UsageError) as refused:
        propose(year, rules(year.year), reason)
    assert codes(refused) == {code}


def test_a_refusal_needs_a_reason_and_is_kept(new_year: Callable[[], Year]) -> None:
    year = new_year()
    version = year.propose_rules()

    def refuse(reason: str) -> None:
        with acting(year.store, APPROVER, f"{year.year}") as session:
            decision = Decision(version.version, approve=False, reason=reason)
            decide_rulebook(session, APPROVER, year.year, 1, decision)

    with pytest.raises(UsageError) as refused:
        refuse(" ")
    assert codes(refused) == {"reason_missing"}
    refuse("배점의 근거가 없습니다")
    with year.store.read() as session:
        kept = versions(session, year.year)[0]
    assert (kept.outcome, kept.answer) == ("refused", "배점의 근거가 없습니다")


def test_rules_are_not_changed_once_the_result_is_final(year: Year) -> None:
    year.walk_to(State.FINAL)
    with pytest.raises(NotPermitted):
        year.propose_rules(2, changes="[]")


# Days ----------------------------------------------------------------------------------------------------------------


def plan(year: Year, state: State, days: Window, seen: Window | None, reason: str = "연휴") -> None:
    with acting(year.store, EVALUATOR, f"{year.year}") as session:
        plan_days(session, EVALUATOR, Planned(year.year, state, days, seen, reason))


def days_of(year: Year, state: State) -> Window | None:
    with year.store.read() as session:
        return window(session, year.year, state)


def test_days_of_the_rulebooks_calendar_are_planned_when_it_is_approved(new_year: Callable[[], Year]) -> None:
    year = new_year()
    stages = (
        b'stages = [{ id = "appeals", from = 2026-03-10, to = 2026-03-16 }, { id = "published", from = 2026-04-01 }]'
    )
    propose(year, rules(year.year).replace(b"[score]", stages + b"\n[score]"))
    assert days_of(year, State.APPEALS) is None
    with year.store.read() as session:
        version = versions(session, year.year)[0]
    year.approve_rules(version)
    assert days_of(year, State.APPEALS) == APPEALS
    assert days_of(year, State.PUBLISHED) == Window(date(2026, 4, 1), date(2026, 4, 1))
    assert days_of(year, State.REVIEW) is None


def test_an_evaluator_plans_days_with_a_reason_and_the_second_of_two_is_told(year: Year) -> None:
    longer = Window(APPEALS.begins_on, date(2026, 3, 18))
    plan(year, State.APPEALS, longer, seen=APPEALS)
    assert days_of(year, State.APPEALS) == longer
    with pytest.raises(Changed):
        plan(year, State.APPEALS, APPEALS, seen=APPEALS)
    with pytest.raises(UsageError) as refused:
        plan(year, State.REVIEW, Window(date(2026, 3, 2), date(2026, 3, 1)), seen=None)
    assert codes(refused) == {"days_out_of_order"}
    with pytest.raises(UsageError):
        plan(year, State.REVIEW, longer, seen=None, reason="")


def test_days_of_a_step_that_is_behind_stay(year: Year) -> None:
    year.walk_to(State.REVIEW)
    with pytest.raises(UsageError) as refused:
        plan(year, State.APPEALS, Window(date(2026, 3, 10), date(2026, 3, 31)), seen=APPEALS)
    assert codes(refused) == {"step_is_behind"}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.EVALUATOR])
def test_nobody_else_plans_days(year: Year, role: Role) -> None:
    who = actor(role)
    with pytest.raises(NotPermitted), acting(year.store, who, f"{year.year}") as session:
        plan_days(session, who, Planned(year.year, State.APPEALS, APPEALS, APPEALS, "연휴"))
