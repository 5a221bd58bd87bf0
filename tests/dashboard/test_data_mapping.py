"""The choices of a mapping and the entries they come to; the state of a folder as rows of text."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from dashboard.desk.arriving import Column, Proposed
from dashboard.desk.mapping import (
    FROM,
    NOTHING,
    PERSON,
    PROPOSED,
    WHOLE_ROW,
    WRITTEN,
    chosen_at_first,
    entry,
    lacking,
    origins,
    read_like,
    unknown_values,
)
from dashboard.frames.data import chosen_rejects, reject_rows, sent_rows, size_text
from dashboard.words import WORDS, Words
from etl.contracts.records import RECORDS
from etl.errors import UnreadableInput
from etl.intake.mapping import parse_sources
from etl.intake.survey import Department, KindState, Reject, Sent, Survey
from etl.messages_rows import REASONS

COLUMNS = (Column("목록번호", False, ("1",)), Column("성명", True, ()), Column("개방일", False, ("2021. 3. 2.",)))


def test_a_column_about_a_person_can_only_become_a_pseudonym() -> None:
    person = origins("attendance", "person", COLUMNS, None)
    assert person[PERSON + "성명"] == {"pseudonym_of": ["성명"]}
    assert FROM + "성명" not in person
    for kind, contract in RECORDS.items():
        for column in contract.model_fields:
            assert FROM + "성명" not in origins(kind, column, COLUMNS, None)


def test_what_is_optional_can_be_left_out_and_a_key_can_be_made_of_the_row() -> None:
    assert NOTHING in origins("datasets", "format", COLUMNS, None)
    assert NOTHING not in origins("datasets", "title", COLUMNS, None)
    assert origins("datasets", "dataset_id", COLUMNS, None)[WHOLE_ROW] == {"digest_of": ["*"]}
    assert WRITTEN in origins("datasets", "title", COLUMNS, None)


@pytest.mark.parametrize(
    ("column", "proposed", "is_open", "first"),
    [
        ("title", None, False, None),
        ("format", None, False, NOTHING),
        ("title", {"column": "목록명"}, False, FROM + "목록명"),
        ("opened_on", {"column": "개방일", "dates": ["korean"]}, False, FROM + "개방일"),
        ("dataset_id", {"columns": ["연도", "번호"], "join": "-"}, False, PROPOSED),
        ("dataset_id", {"digest_of": ["제목"]}, True, None),
        ("title", {"constant": "예시"}, True, None),
        ("title", {"pseudonym_of": ["성명"]}, False, PERSON + "성명"),
    ],
)
def test_a_form_begins_with_what_is_certain_and_leaves_open_what_is_not(
    column: str, proposed: dict[str, object] | None, is_open: bool, first: str | None
) -> None:
    assert chosen_at_first("datasets", column, proposed, is_open) == first


def test_a_chosen_column_is_read_as_its_cells_are_written() -> None:
    assert read_like("datasets", "opened_on", ("2021. 3. 2.", "")) == {"dates": ["korean"]}
    assert read_like("datasets", "opened_on", ("2021-03-02",)) == {}
    assert read_like("dataset_usage", "downloads", ("1,204",)) == {"numbers": "written"}
    assert read_like("datasets", "unit_id", ("문화체육과",)) == {"unit_by": "name"}
    assert read_like("datasets", "unit_id", ("0010010",)) == {}
    assert read_like("datasets", "title", ("둘째\n줄",)) == {"one_line": True}


def test_texts_of_a_column_of_choices_wait_for_their_meaning() -> None:
    assert unknown_values("attendance", "outcome", ("수료", "completed", ""), {"values": {"이수": "completed"}}) == {
        "이수": "completed",
        "수료": None,
    }
    assert unknown_values("attendance", "hours", ("8",), None) == {}


def test_choices_come_to_an_entry_that_sources_toml_takes() -> None:
    proposed = Proposed("datasets", {"file": "가.csv", "kind": "datasets", "encoding": "cp949"}, {}, {})
    chosen: dict[str, dict[str, object]] = {
        "dataset_id": {"column": '번"호\n'},
        "unit_id": {"column": "부서", "unit_by": "name"},
        "title": {"column": "이름"},
        "opened_on": {"column": "날", "dates": ["korean"]},
    }
    assert lacking("datasets", chosen) == []
    assert lacking("datasets", {}) == ["dataset_id", "unit_id", "title", "opened_on"]
    (source,) = parse_sources(f"version = 1\n{entry(proposed, chosen)}".encode(), "x")
    assert source.encoding == "cp949"
    assert source.columns is not None
    assert source.columns["dataset_id"].column == '번"호\n'
    with pytest.raises(UnreadableInput):
        entry(proposed, {**chosen, "title": {"column": "이름", "constant": "둘 다"}})


# Rows of text --------------------------------------------------------------------------------------------------------


def survey_of(*sent: Sent, rejects: tuple[Reject, ...] = ()) -> Survey:
    kinds = tuple(KindState(kind, 1, 1, None, datetime(2021, 1, 1, tzinfo=UTC)) for kind in ("datasets", "analyses"))
    departments = (Department("1", "가", None), Department("2", "나", date(2020, 6, 30)), Department("3", "다", None))
    return Survey((), (), kinds, departments, sent, rejects, len(rejects), ())


def test_a_department_that_ended_is_expected_to_send_nothing_afterwards() -> None:
    survey = survey_of(Sent("1", "datasets", 2021, 2), Sent("2", "datasets", 2019, 1), Sent("1", "analyses", 2021, 1))
    assert [row.department.unit_id for row in sent_rows(survey, "2021")] == ["3", "1"]
    assert [row.department.unit_id for row in sent_rows(survey, "2019")] == ["1", "3", "2"]
    assert [row.department.unit_id for row in sent_rows(survey, "", "incomplete")] == ["3", "2"]
    assert [row.counts for row in sent_rows(survey, "2021")] == [(0, 0), (1, 2)]


def test_rejects_are_chosen_by_every_part_and_by_text() -> None:
    rejects = (
        Reject("가.csv", 2, "datasets", "title", "missing", ""),
        Reject("나.csv", 3, "datasets", "opened_on", "not_a_date", "2021-02-30"),
        Reject("나.csv", 4, "datasets", "*", "wrong_number_of_cells", "a,b"),
    )
    survey, words = survey_of(rejects=rejects), Words("ko")
    assert chosen_rejects(survey, "나.csv", "", "", "", words) == list(rejects[1:])
    assert chosen_rejects(survey, "", "", "missing", "", words) == [rejects[0]]
    assert chosen_rejects(survey, "", "", "", " 02-30 ", words) == [rejects[1]]
    assert [row.column for row in reject_rows(rejects, words)] == ["목록명", "등록일", "행 전체"]


def test_every_reason_has_a_name_to_choose_it_by() -> None:
    assert {key.removeprefix("data.reason.") for key in WORDS if key.startswith("data.reason.")} == set(REASONS)


@pytest.mark.parametrize(
    ("size", "shown"), [(0, "0 B"), (1023, "1,023 B"), (1024, "1.0 KB"), (150 * 1024, "150 KB"), (3 << 30, "3.0 GB")]
)
def test_sizes_are_told_as_people_read_them(size: int, shown: str) -> None:
    assert size_text(size) == shown


def test_no_received_text_reaches_a_page_but_through_the_one_place_that_escapes(project: Path) -> None:
    for path in (project / "dashboard/pages").glob("data*.py"):
        source = path.read_text(encoding="utf-8")
        assert "unsafe_allow_html" not in source
        assert "st.markdown" not in source
        assert "st.html" not in source
