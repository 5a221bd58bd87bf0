"""Requests go from hand to hand as the table of permissions says, in their days, and nothing said on them is lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from dashboard.access import Role, State
from dashboard.shelf import RELEASES
from dashboard.workflow.acting import do
from dashboard.workflow.audit import Actor
from dashboard.workflow.panel import NewPanel, open_panel
from dashboard.workflow.request_kinds import (
    KINDS,
    RequestKind,
    RequestState,
    ToCorrection,
    ToLedger,
    ToNotApplicable,
    ToRecognition,
    Verdict,
)
from dashboard.workflow.request_rulings import (
    Answer,
    Decision,
    answer_request,
    begin_carrying_out,
    decide_request,
    may_be_carried_out,
    note_carried_out,
    return_request,
)
from dashboard.workflow.requests import (
    Seen,
    change_of,
    edit_request,
    file_request,
    request_for,
    requests_for,
    ruled,
    step_of,
    why_not_file,
    withdraw_request,
)
from dashboard.workflow.store import Changed
from dashboard.workflow.tables.audit import AuditEntry
from dashboard.workflow.tables.steps import Evaluation
from etl.errors import NotPermitted, UsageError
from etl.messages import MESSAGES
from etl.release.folder import publish
from etl.shown import SEOUL
from tests.workflow.asking import CHANGE, KNOWN, NOON, OTHER, OWN, RELEASE, YEAR, Town, new_request, seen
from tests.workflow.small import scored


def logged(town: Town) -> list[AuditEntry]:
    with town.store.read() as session:
        return list(session.scalars(select(AuditEntry).where(AuditEntry.action != "account_added")))


def codes(raised: pytest.ExceptionInfo[NotPermitted] | pytest.ExceptionInfo[UsageError]) -> set[str]:
    found = {fault.code for fault in raised.value.faults}
    assert found <= set(MESSAGES)
    return found


# Filing --------------------------------------------------------------------------------------------------------------


def test_an_appeal_goes_from_its_department_to_a_new_release(town: Town) -> None:
    at = town.file()
    at = town.decide(town.look(town.answer(at)))
    with town.store.write() as session:
        done = note_carried_out(session, town.evaluator, at, "not_applicable.csv 1", "2021-ba9876543210")
    assert done.state == RequestState.CARRIED_OUT
    assert (done.ruled_in, done.led_to) == ("not_applicable.csv 1", "2021-ba9876543210")
    told = [(remark.position, remark.did, remark.verdict) for remark in town.request(at).remarks]
    assert told == [(1, "filed", None), (2, "answered", "upheld"), (3, "decided", "upheld")]
    assert change_of(done) == CHANGE


def test_requests_are_numbered_within_their_year(town: Town) -> None:
    numbers = [town.request(town.file()).number for _ in range(3)]
    assert numbers == [1, 2, 3]


FILING = {
    RequestKind.APPEAL: ({State.APPEALS}, {Role.DEPARTMENT}),
    RequestKind.NOT_APPLICABLE: ({State.COLLECTING, State.APPEALS}, {Role.DEPARTMENT}),
    RequestKind.RECOGNITION: ({State.COLLECTING, State.APPEALS}, {Role.DEPARTMENT}),
    RequestKind.BONUS: ({State.COLLECTING, State.APPEALS}, {Role.DEPARTMENT}),
    RequestKind.PENALTY: (
        {State.COLLECTING, State.PROVISIONAL, State.APPEALS, State.REVIEW},
        {Role.EVALUATOR},
    ),
}


@pytest.mark.parametrize("state", State)
def test_who_may_file_what_at_which_step(town: Town, state: State) -> None:
    town.at(state)
    actors = {role: town.actor(role, OWN if role is Role.DEPARTMENT else None) for role in Role}
    with town.store.read() as session:
        found = {
            (kind, role): why_not_file(session, actor.person, kind, YEAR, OWN, NOON)
            for kind in KINDS
            for role, actor in actors.items()
        }
    allowed = {(kind, role) for kind, (states, roles) in FILING.items() for role in roles if state in states}
    assert {pair for pair, fault in found.items() if fault is None} == allowed
    refused = [pair for pair in found if pair not in allowed]
    for kind, role in refused:
        with pytest.raises(NotPermitted), town.store.write() as session:
            file_request(session, actors[role], new_request(kind), KNOWN, NOON)


def test_every_kind_of_request_is_tried(town: Town) -> None:
    assert set(FILING) == set(KINDS) == set(RequestKind)


@pytest.mark.parametrize(
    ("moment", "open_"),
    [
        (datetime(2022, 2, 2, 14, 59, 59, tzinfo=UTC), False),
        (datetime(2022, 2, 2, 15, 0, 0, tzinfo=UTC), True),
        (datetime(2022, 2, 9, 14, 59, 59, tzinfo=UTC), True),
        (datetime(2022, 2, 9, 15, 0, 0, tzinfo=UTC), False),
    ],
)
def test_the_days_for_appeals_begin_and_end_at_midnight_in_seoul(town: Town, moment: datetime, open_: bool) -> None:
    with town.store.read() as session:
        fault = why_not_file(session, town.member.person, RequestKind.APPEAL, YEAR, OWN, moment)
    assert (fault is None) is open_
    if fault is not None:
        assert "2022. 2. 3.부터 2022. 2. 9.까지" in fault.text("ko")
        assert "from 3 February 2022 to 9 February 2022" in fault.text("en")


def test_what_was_filed_in_time_cannot_be_edited_after_the_days_are_over(town: Town) -> None:
    at = town.file()
    with pytest.raises(NotPermitted), town.store.write() as session:
        edit_request(session, town.member, at, "늦은 글", NOON + timedelta(days=3))


def test_nobody_files_for_another_department(town: Town) -> None:
    stranger = town.actor(Role.DEPARTMENT, OTHER)
    with pytest.raises(NotPermitted) as raised:
        do(town.store, stranger, OWN, lambda s: file_request(s, stranger, new_request(), KNOWN, NOON))
    assert codes(raised) == {"request_not_yours"}
    (entry,) = logged(town)
    assert (entry.action, entry.outcome, entry.about) == ("refused", "refused", OWN)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"indicator": None}, "request_names_nothing"),
        ({"indicator": "nowhere"}, "request_names_unknown"),
        ({"text": "   "}, "request_text_missing"),
        ({"text": "가" * 4001}, "request_text_long"),
        ({"text": "돌아\u202e선 글"}, "request_text_signs"),
        ({"record_kind": "datasets"}, "request_record"),
        ({"record_kind": "datasets", "record_id": "빈 칸"}, "request_record"),
        ({"record_kind": "secrets", "record_id": "1"}, "request_names_unknown"),
        ({"record_kind": "analyses", "record_id": "없는기록-99"}, "request_record_unknown"),
        ({"record_kind": "training_sessions", "record_id": "1"}, "request_record_unknown"),
        ({"rule": "no_such_rule"}, "request_names_unknown"),
    ],
)
def test_a_request_that_cannot_be_meant_is_refused_in_words(town: Town, changed: dict[str, str], code: str) -> None:
    new = replace(new_request(), **changed)  # type: ignore[arg-type]
    with pytest.raises(UsageError) as raised, town.store.write() as session:
        file_request(session, town.member, new, KNOWN, NOON)
    assert codes(raised) == {code}


def test_a_record_that_is_not_there_is_refused_with_the_nearest_of_the_departments_own(town: Town) -> None:
    new = replace(new_request(), record_kind="analyses", record_id="2021-031")
    with pytest.raises(UsageError) as raised, town.store.write() as session:
        file_request(session, town.member, new, KNOWN, NOON)
    (fault,) = raised.value.faults
    assert "'2021-031'이 없습니다. 가까운 기록: 2021-0" in fault.text("ko")


HOSTILE = [
    "<script>alert(1)</script>",
    "=HYPERLINK(1)",
    "가" * 300,
    "שלום مرحبا",
    "🐉🧑‍🧑‍🧒‍🧒",
    "'; DROP TABLE requests; --",
    "{facts} %s\n\t둘째 줄",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_is_kept_as_it_is_written_and_none_of_it_is_logged(town: Town, text: str) -> None:
    at = town.file(text=text)
    assert town.request(at).remarks[0].text == text
    (entry,) = logged(town)
    assert text not in entry.detail
    assert set(json.loads(entry.detail)) == {"kind", "request", "text_sha256", "unit", "verdict"}


# Its author ----------------------------------------------------------------------------------------------------------


def test_what_is_edited_is_said_anew_and_the_earlier_words_stay(town: Town) -> None:
    at = town.file(text="처음 글")
    with town.store.write() as session:
        at = seen(edit_request(session, town.member, at, "고친 글", NOON))
    with town.store.write() as session:
        withdraw_request(session, town.member, at, "해결됨", NOON)
    request = town.request(at)
    assert [remark.text for remark in request.remarks] == ["처음 글", "고친 글", "해결됨"]
    assert request.state == RequestState.WITHDRAWN


def after_answer(town: Town, at: Seen) -> Seen:
    return town.answer(at)


def after_withdrawal(town: Town, at: Seen) -> Seen:
    with town.store.write() as session:
        return seen(withdraw_request(session, town.member, at, "해결됨", NOON))


@pytest.mark.parametrize("later", [after_answer, after_withdrawal])
def test_its_author_can_change_it_only_until_it_is_answered(town: Town, later: Callable[[Town, Seen], Seen]) -> None:
    at = later(town, town.file())
    with pytest.raises(NotPermitted), town.store.write() as session:
        edit_request(session, town.member, at, "늦음", NOON)
    with pytest.raises(NotPermitted), town.store.write() as session:
        withdraw_request(session, town.member, at, "늦음", NOON)


def test_a_colleague_of_the_author_reads_it_and_does_not_change_it(town: Town) -> None:
    at, colleague = town.file(), town.actor(Role.DEPARTMENT, OWN, "동료")
    with town.store.read() as session:
        assert request_for(session, colleague.person, at.id) is not None
    with pytest.raises(NotPermitted), town.store.write() as session:
        withdraw_request(session, colleague, at, "대신", NOON)


# Answer and decision -------------------------------------------------------------------------------------------------

LEDGER = ToLedger(entry_kind="bonus", rule="good_practice", points="1", occurred_on=date(2021, 5, 1), reason="우수사례")


@pytest.mark.parametrize(
    ("kind", "answer", "code"),
    [
        (RequestKind.APPEAL, Answer(Verdict.UPHELD, "맞음"), "request_needs_change"),
        (RequestKind.APPEAL, Answer(Verdict.PARTLY, "일부"), "request_needs_change"),
        (RequestKind.APPEAL, Answer(Verdict.REFUSED, "아님", CHANGE), "request_refused_changes"),
        (RequestKind.NOT_APPLICABLE, Answer(Verdict.UPHELD, "맞음", LEDGER), "request_becomes_other"),
        (RequestKind.APPEAL, Answer(Verdict.REFUSED, " "), "request_text_missing"),
    ],
)
def test_an_answer_has_a_reason_and_a_change_that_fits(
    town: Town, kind: RequestKind, answer: Answer, code: str
) -> None:
    at = town.file(kind)
    with pytest.raises(UsageError) as raised:
        town.answer(at, answer)
    assert codes(raised) == {code}
    assert town.request(at).state == RequestState.FILED


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.EVALUATOR])
def test_only_those_who_run_the_evaluation_answer(town: Town, role: Role) -> None:
    at, actor = town.file(), town.actor(role, OWN if role is Role.DEPARTMENT else None)
    with pytest.raises(NotPermitted), town.store.write() as session:
        answer_request(session, actor, at, Answer(Verdict.REFUSED, "아님"), NOON)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.APPROVER])
def test_only_the_approver_decides(town: Town, role: Role) -> None:
    at, actor = town.look(town.answer(town.file())), town.actor(role, OWN if role is Role.DEPARTMENT else None)
    with pytest.raises(NotPermitted), town.store.write() as session:
        decide_request(session, actor, at, Decision(Verdict.UPHELD, "요지", NOON.date()), NOON)


def test_whoever_answered_does_not_decide_even_after_becoming_approver(town: Town) -> None:
    at = town.look(town.answer(town.file()))
    person = town.evaluator.person
    assert person is not None
    promoted = Actor(replace(person, role=Role.APPROVER), "192.0.2.1")
    with pytest.raises(NotPermitted), town.store.write() as session:
        decide_request(session, promoted, at, Decision(Verdict.UPHELD, "요지", NOON.date()), NOON)


def test_whoever_answered_first_does_not_decide_on_what_another_answered_anew(town: Town) -> None:
    at = town.look(town.answer(town.file()))
    with town.store.write() as session:
        at = seen(return_request(session, town.approver, at, "근거 보완", NOON))
    second, again = town.actor(Role.EVALUATOR, name="second"), Answer(Verdict.UPHELD, "근거를 더함", CHANGE)
    with town.store.write() as session:
        at = seen(answer_request(session, second, at, again, NOON))
    at, first = town.look(at), town.evaluator.person
    assert first is not None
    promoted = Actor(replace(first, role=Role.APPROVER), "192.0.2.1")
    with pytest.raises(NotPermitted), town.store.write() as session:
        decide_request(session, promoted, at, Decision(Verdict.UPHELD, "요지", NOON.date()), NOON)


def test_nothing_is_upheld_before_somebody_has_looked_at_what_it_changes(town: Town) -> None:
    at = town.answer(town.file())
    with pytest.raises(UsageError) as raised:
        town.decide(at)
    assert codes(raised) == {"request_not_looked_at"}
    again = town.answer(town.look(at), Answer(Verdict.PARTLY, "고침", CHANGE))
    with pytest.raises(UsageError) as raised:
        town.decide(again)
    assert codes(raised) == {"request_not_looked_at"}
    assert town.request(town.decide(again, Verdict.REFUSED)).state == RequestState.DECIDED


def test_a_refused_answer_is_upheld_only_after_another_answer(town: Town) -> None:
    at = town.answer(town.file(), Answer(Verdict.REFUSED, "아님"))
    with pytest.raises(UsageError) as raised:
        town.decide(at)
    assert codes(raised) == {"request_nothing_to_uphold"}
    with town.store.write() as session:
        at = seen(return_request(session, town.approver, at, "다시 검토", NOON))
    assert town.request(at).state == RequestState.RETURNED
    assert town.request(town.decide(town.look(town.answer(at)))).verdict == Verdict.UPHELD


@pytest.mark.parametrize("day", [date(2022, 2, 6), date(2022, 2, 8)])
def test_the_committee_met_between_the_filing_and_today(town: Town, day: date) -> None:
    at = town.look(town.answer(town.file()))
    with pytest.raises(UsageError) as raised, town.store.write() as session:
        decide_request(session, town.approver, at, Decision(Verdict.UPHELD, "요지", day), NOON)
    assert codes(raised) == {"request_met_on"}
    assert "신청일(2022. 2. 7.)부터" in raised.value.text("ko")


@pytest.mark.parametrize("state", [State.FINAL, State.PUBLISHED])
def test_once_the_evaluation_is_final_nothing_moves_any_more(town: Town, state: State) -> None:
    at = town.look(town.answer(town.file()))
    town.at(state)
    with pytest.raises(NotPermitted):
        town.decide(at)
    with pytest.raises(NotPermitted):
        town.answer(at)


def test_a_refused_request_leads_to_nothing(town: Town) -> None:
    at = town.decide(town.answer(town.file(), Answer(Verdict.REFUSED, "아님")), Verdict.REFUSED)
    with town.store.read() as session:
        assert not may_be_carried_out(session, town.evaluator.person, town.request(at))
    with pytest.raises(NotPermitted), town.store.write() as session:
        begin_carrying_out(session, town.evaluator, at)
    with pytest.raises(NotPermitted), town.store.write() as session:
        note_carried_out(session, town.evaluator, at, "nowhere", "2021-ba9876543210")


def test_that_a_ruling_is_being_carried_out_is_kept_before_a_record_changes(town: Town) -> None:
    at = town.decide(town.look(town.answer(town.file())))
    with town.store.write() as session:
        begin_carrying_out(session, town.evaluator, at)
    assert logged(town)[-1].action == "request_carrying_out"
    town.at(State.FINAL)
    with pytest.raises(NotPermitted), town.store.write() as session:
        begin_carrying_out(session, town.evaluator, at)


def test_a_penalty_is_proposed_and_answered_by_evaluators_and_decided_by_another(town: Town) -> None:
    at = town.file(RequestKind.PENALTY, town.evaluator)
    penalty = replace_kind(LEDGER, "penalty", "late_submission")
    at = town.decide(town.look(town.answer(at, Answer(Verdict.UPHELD, "제출 지연", penalty))))
    assert town.request(at).state == RequestState.DECIDED


def replace_kind(change: ToLedger, kind: str, rule: str) -> ToLedger:
    return ToLedger.model_validate(change.model_dump() | {"entry_kind": kind, "rule": rule})


# Two at once ---------------------------------------------------------------------------------------------------------


def test_of_two_people_who_act_on_the_same_request_the_second_is_told(town: Town) -> None:
    at = town.file()
    with town.store.write() as session:
        edit_request(session, town.member, at, "먼저", NOON)
    with pytest.raises(Changed):
        town.answer(at)
    assert [remark.text for remark in town.request(at).remarks] == ["이의 있음", "먼저"]
    assert [entry.action for entry in logged(town)] == ["request_filed", "request_edited"]


# Reading -------------------------------------------------------------------------------------------------------------


SEEING = [
    (Role.DEPARTMENT, OWN, True),
    (Role.DEPARTMENT, OTHER, False),
    (Role.EVALUATOR, None, True),
    (Role.APPROVER, None, True),
    (Role.AUDITOR, None, True),
    (Role.EXECUTIVE, None, False),
    (Role.ADMINISTRATOR, None, False),
]


def test_who_sees_a_request_at_every_step(town: Town) -> None:
    at = town.file()
    people = {(role, unit): town.actor(role, unit).person for role, unit, _ in SEEING}
    for state in State:
        town.at(state)
        with town.store.read() as session:
            for role, unit, may in SEEING:
                person = people[role, unit]
                assert bool(requests_for(session, person, YEAR)) is may, (role, unit, state)
                assert (request_for(session, person, at.id) is not None) is may, (role, unit, state)
                assert request_for(session, person, "0" * 32) is None
            assert requests_for(session, None, YEAR) == []


# What it becomes -----------------------------------------------------------------------------------------------------


def test_each_change_is_the_record_it_becomes(town: Town) -> None:
    told = ruled(town.request(town.file()), date(2022, 2, 8))
    corrected = ToCorrection(
        record_kind="datasets",
        key={"dataset_id": "1"},
        column="opened_on",
        before="",
        after="2021-05-01",
        reason="오기",
    )
    recognised = ToRecognition(record_kind="analyses", record_id="2021-001", decision="recognised", reason="보완 확인")
    waived = ToNotApplicable(indicator="datasets_opened", reason="업무 없음")
    assert corrected.ruling(told).cells == {
        "kind": "datasets",
        "key": {"dataset_id": "1"},
        "column": "opened_on",
        "before": "",
        "after": "2021-05-01",
        "drop": False,
        "reason": "오기",
        "source": "이의신청 2021-1",
        "decided_by": "평가위원회",
        "decided_on": "2022-02-08",
    }
    assert recognised.ruling(told).cells["decided_on"] == "2022-02-08"
    assert waived.ruling(told).cells["requested_on"] == NOON.astimezone(SEOUL).date().isoformat()
    assert LEDGER.ruling(told).cells["entry_id"] == "request-2021-1"
    for change in (corrected, recognised, waived, LEDGER):
        assert change.ruling(told).kind == change.becomes


def test_a_year_published_without_an_evaluation_takes_nothing_and_one_not_opened_yet_is_collecting(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(RELEASES, str(tmp_path / "r/releases"))
    release = scored(tmp_path / "r")
    with town.store.write() as session:
        session.delete(session.get_one(Evaluation, YEAR))
    early = new_request(RequestKind.NOT_APPLICABLE)
    with town.store.read() as session:
        assert step_of(session, YEAR) is State.COLLECTING
        assert why_not_file(session, town.member.person, early.kind, YEAR, OWN, NOON) is None
    publish(release)
    with town.store.read() as session:
        assert step_of(session, YEAR) is State.PUBLISHED
    for actor, kind in ((town.member, early.kind), (town.evaluator, RequestKind.PENALTY)):
        with pytest.raises(NotPermitted) as raised, town.store.write() as session:
            file_request(session, actor, new_request(kind), KNOWN, NOON)
        (fault,) = raised.value.faults
        assert fault.code == "year_published"
    new = NewPanel(YEAR, "data_leadership", RELEASE, [])
    with pytest.raises(NotPermitted, match="published"), town.store.write() as session:
        open_panel(session, town.evaluator, new, {"data_leadership"})
