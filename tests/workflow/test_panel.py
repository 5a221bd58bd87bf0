"""A panel's marks are its assessors' own until it is closed, and then records; nobody marks their own department."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from dashboard.access import Role, State
from dashboard.workflow.audit import Actor
from dashboard.workflow.panel import (
    Given,
    NewPanel,
    add_assessors,
    begin_writing,
    close_panel,
    eligible,
    give_mark,
    marks_for,
    may_mark,
    note_written,
    open_panel,
    panels_for,
    progress,
    rows_of,
)
from dashboard.workflow.requests import Seen
from dashboard.workflow.store import Changed
from dashboard.workflow.tables.audit import AuditEntry
from dashboard.workflow.tables.panel import Panel
from etl.contracts.records import RECORDS
from etl.errors import NotPermitted, UsageError
from etl.messages import MESSAGES
from tests.workflow.asking import NOON, OTHER, OWN, RELEASE, YEAR, Town

UNITS = {OWN, OTHER}
INDICATORS = {"data_leadership"}


@pytest.fixture
def town(town: Town) -> Town:
    """The same, in the step in which panels mark."""
    town.at(State.REVIEW, None)
    return town


def account(actor: Actor) -> str:
    assert actor.person is not None
    return actor.person.account_id


def opened(town: Town, *assessors: Actor) -> str:
    named = [account(one) for one in assessors or (town.member, town.actor(Role.EXECUTIVE))]
    with town.store.write() as session:
        return open_panel(session, town.evaluator, NewPanel(YEAR, "data_leadership", RELEASE, named), INDICATORS).id


def mark(town: Town, panel_id: str, actor: Actor, given: Given) -> int:
    with town.store.write() as session:
        return give_mark(session, actor, panel_id, given, UNITS, NOON).version


def panel(town: Town, panel_id: str) -> Panel:
    with town.store.read() as session:
        found = session.get(Panel, panel_id)
        assert found is not None
        return found


def full(town: Town) -> str:
    """A panel with every mark given."""
    panel_id = opened(town)
    executive = town.actor(Role.EXECUTIVE)
    mark(town, panel_id, town.member, Given(OTHER, "70", "보통"))
    mark(town, panel_id, executive, Given(OWN, "88.5", "좋음"))
    mark(town, panel_id, executive, Given(OTHER, None, "지난해 그 부서에서 일함"))
    return panel_id


def code(raised: pytest.ExceptionInfo[NotPermitted] | pytest.ExceptionInfo[UsageError]) -> str:
    (fault,) = raised.value.faults
    assert fault.code in MESSAGES
    return fault.code


def test_closing_makes_records_of_the_marks_without_names_or_recusals(town: Town) -> None:
    panel_id = full(town)
    with town.store.write() as session:
        closed = close_panel(session, town.evaluator, seen_now(session, panel_id), UNITS, NOON)
        rows = rows_of(closed)
    assert sorted((row["unit_id"], row["assessor"], row["mark"], row["given_on"]) for row in rows) == [
        (OWN, "위원-2", "88.5", "2022-02-07"),
        (OTHER, "위원-1", "70", "2022-02-07"),
    ]
    for row in rows:
        RECORDS["panel_marks"].model_validate(row)


def seen_now(session: object, panel_id: str) -> Seen:
    found = session.get(Panel, panel_id)  # type: ignore[attr-defined]
    return Seen(panel_id, found.version)


def test_nobody_marks_their_own_department(town: Town) -> None:
    panel_id = opened(town)
    with pytest.raises(NotPermitted) as raised:
        mark(town, panel_id, town.member, Given(OWN, "100", "훌륭함"))
    assert code(raised) == "panel_own_unit"
    with town.store.read() as session:
        found = panel(town, panel_id)
        assert not may_mark(session, town.member.person, found, OWN)
        assert may_mark(session, town.member.person, found, OTHER)


def test_each_sees_only_their_own_marks_until_the_panel_is_closed(town: Town) -> None:
    panel_id, auditor = full(town), town.actor(Role.AUDITOR)
    executive, stranger = town.actor(Role.EXECUTIVE), town.actor(Role.DEPARTMENT, OTHER)

    def visible(actor: Actor) -> int:
        return len(marks_for(actor.person, panel(town, panel_id), State.REVIEW))

    everybody = (town.member, executive, town.evaluator, auditor, town.approver, stranger)
    assert [visible(actor) for actor in everybody] == [1, 2, 0, 0, 0, 0]
    with town.store.write() as session:
        close_panel(session, town.evaluator, seen_now(session, panel_id), UNITS, NOON)
    assert [visible(actor) for actor in everybody] == [3, 3, 3, 3, 0, 0]


def test_a_panel_is_listed_for_those_who_manage_audit_or_mark_it(town: Town) -> None:
    opened(town)
    listed = {
        Role.EVALUATOR: True,
        Role.AUDITOR: True,
        Role.EXECUTIVE: True,
        Role.APPROVER: False,
        Role.ADMINISTRATOR: False,
    }
    people = {role: town.actor(role).person for role in listed}
    with town.store.read() as session:
        assert {role: bool(panels_for(session, people[role], YEAR)) for role in listed} == listed
        assert {one.role for one in eligible(session)} == {"department", "evaluator", "approver", "executive"}


def test_no_mark_is_in_the_log_and_every_act_is(town: Town) -> None:
    panel_id = full(town)
    with town.store.write() as session:
        close_panel(session, town.evaluator, seen_now(session, panel_id), UNITS, NOON)
    with town.store.write() as session:
        begin_writing(session, town.evaluator, seen_now(session, panel_id))
    with town.store.write() as session:
        note_written(session, town.evaluator, seen_now(session, panel_id), NOON)
    with town.store.read() as session:
        entries = list(session.scalars(select(AuditEntry).where(AuditEntry.about.startswith("panel"))))
    told = [(one.action, sorted(set(json.loads(one.detail)) - {"panel"})) for one in entries]
    assert told == [
        ("panel_changed", ["assessors", "opened"]),
        *[("mark_given", ["recused", "unit"])] * 3,
        ("panel_changed", ["closed", "marks"]),
        ("panel_changed", ["writing"]),
        ("panel_changed", ["written"]),
    ]
    assert not [one for one in entries if "88.5" in one.detail or "일함" in one.detail]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (Given(OTHER, "100.1", ""), "panel_mark"),
        (Given(OTHER, "-1", ""), "panel_mark"),
        (Given(OTHER, "1e1", ""), "panel_mark"),
        (Given(OTHER, "", ""), "panel_mark"),
        (Given(OTHER, None, " "), "panel_recusal"),
        (Given("9999999", "50", ""), "panel_unit"),
        (Given(OTHER, "50", "\u202e"), "request_text_signs"),
    ],
)
def test_a_mark_that_cannot_be_meant_is_refused_in_words(town: Town, given: Given, expected: str) -> None:
    panel_id = opened(town)
    with pytest.raises(UsageError) as raised:
        mark(town, panel_id, town.member, given)
    assert code(raised) == expected


def test_only_named_assessors_mark_and_only_at_their_steps(town: Town) -> None:
    panel_id = opened(town, town.member)
    with pytest.raises(NotPermitted) as raised:
        mark(town, panel_id, town.evaluator, Given(OTHER, "50", ""))
    assert code(raised) == "panel_not_yours"
    for state in State:
        town.at(state, None)
        with town.store.read() as session:
            allowed = may_mark(session, town.member.person, panel(town, panel_id), OTHER)
        assert allowed is (state in (State.COLLECTING, State.PROVISIONAL, State.REVIEW))


def test_a_closed_panel_stays_as_it_is(town: Town) -> None:
    panel_id = full(town)
    with town.store.write() as session:
        close_panel(session, town.evaluator, seen_now(session, panel_id), UNITS, NOON)
    with pytest.raises(NotPermitted) as raised:
        mark(town, panel_id, town.member, Given(OTHER, "99", "", 1))
    assert code(raised) == "panel_closed"
    with pytest.raises(NotPermitted), town.store.write() as session:
        close_panel(session, town.evaluator, seen_now(session, panel_id), UNITS, NOON)


def test_a_panel_with_an_unmarked_department_is_not_closed(town: Town) -> None:
    panel_id = opened(town)
    mark(town, panel_id, town.member, Given(OTHER, "70", ""))
    assert progress(panel(town, panel_id), UNITS) == {1: 0, 2: 2}
    with pytest.raises(UsageError, match=OWN), town.store.write() as session:
        close_panel(session, town.evaluator, seen_now(session, panel_id), UNITS, NOON + timedelta(hours=1))


def test_of_two_changes_of_one_mark_the_second_is_told(town: Town) -> None:
    panel_id = opened(town)
    first = mark(town, panel_id, town.member, Given(OTHER, "70", ""))
    mark(town, panel_id, town.member, Given(OTHER, "75", "", first))
    with pytest.raises(Changed):
        mark(town, panel_id, town.member, Given(OTHER, "60", "", first))
    with pytest.raises(Changed):
        mark(town, panel_id, town.member, Given(OTHER, "60", ""))
    (kept,) = panel(town, panel_id).marks
    assert kept.mark == "75"


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.EVALUATOR, Role.DEPARTMENT)])
def test_only_those_who_run_the_evaluation_open_and_close(town: Town, role: Role) -> None:
    panel_id, actor = full(town), town.actor(role)
    with pytest.raises(NotPermitted), town.store.write() as session:
        close_panel(session, actor, seen_now(session, panel_id), UNITS, NOON)
    with pytest.raises(NotPermitted), town.store.write() as session:
        open_panel(session, actor, NewPanel(YEAR, "data_leadership", RELEASE, [account(town.member)]), INDICATORS)


@pytest.mark.parametrize(
    ("indicator", "named", "expected"),
    [
        ("datasets_opened", ["member"], "panel_indicator"),
        ("data_leadership", [], "panel_assessors"),
        ("data_leadership", ["nobody"], "panel_assessors"),
    ],
)
def test_a_panel_has_a_qualitative_indicator_and_assessors(
    town: Town, indicator: str, named: list[str], expected: str
) -> None:
    accounts = [account(town.member) if one == "member" else one for one in named]
    with pytest.raises(UsageError) as raised, town.store.write() as session:
        open_panel(session, town.evaluator, NewPanel(YEAR, indicator, RELEASE, accounts), INDICATORS)
    assert code(raised) == expected


# More assessors ------------------------------------------------------------------------------------------------------


def add(town: Town, panel_id: str, *actors: Actor, by: Actor | None = None) -> Panel:
    with town.store.write() as session:
        seen = seen_now(session, panel_id)
        return add_assessors(session, by or town.evaluator, seen, [account(one) for one in actors], NOON)


def test_assessors_added_to_an_open_panel_get_the_numbers_that_follow_and_marks_stay(town: Town) -> None:
    panel_id = opened(town, town.member)
    mark(town, panel_id, town.member, Given(OTHER, "70", "보통"))
    executive, approver = town.actor(Role.EXECUTIVE), town.approver
    add(town, panel_id, approver, executive)
    found = panel(town, panel_id)
    numbers = {one.account_id: one.number for one in found.assessors}
    assert numbers == {account(town.member): 1, account(approver): 2, account(executive): 3}
    assert [(one.mark, one.account_id) for one in found.marks] == [("70", account(town.member))]
    mark(town, panel_id, executive, Given(OWN, "88", "좋음"))
    with town.store.read() as session:
        newest = session.scalars(select(AuditEntry).order_by(AuditEntry.number.desc()).limit(2)).all()[1]
    assert json.loads(newest.detail) == {"panel": panel_id, "added": 2, "assessors": 3}


def test_whoever_marks_already_or_may_not_mark_is_not_added(town: Town) -> None:
    panel_id = opened(town, town.member)
    for named in ([town.member], [town.actor(Role.AUDITOR)], [town.approver, town.member], []):
        with pytest.raises(UsageError) as raised:
            add(town, panel_id, *named)
        assert code(raised) == "panel_assessors"
    assert len(panel(town, panel_id).assessors) == 1


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.EVALUATOR, Role.DEPARTMENT)])
def test_only_those_who_run_the_evaluation_add_assessors(town: Town, role: Role) -> None:
    panel_id = opened(town, town.member)
    with pytest.raises(NotPermitted):
        add(town, panel_id, town.approver, by=town.actor(role))


def test_nobody_is_added_to_a_closed_panel_or_by_somebody_who_saw_an_older_one(town: Town) -> None:
    panel_id = full(town)
    with town.store.read() as session:
        before = seen_now(session, panel_id)
    add(town, panel_id, town.approver)
    with pytest.raises(Changed), town.store.write() as session:
        add_assessors(session, town.evaluator, before, [account(town.evaluator)], NOON)
    with town.store.write() as session:
        close_panel(session, town.evaluator, seen_now(session, panel_id), UNITS, NOON)
    with pytest.raises(NotPermitted) as raised:
        add(town, panel_id, town.evaluator)
    assert code(raised) == "panel_closed"
