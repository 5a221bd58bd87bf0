"""What a body would submit: the release's points, the departments behind them, and the sheets of what counts."""

from __future__ import annotations

import csv
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from etl.errors import Language, UsageError
from etl.evaluate import evaluate
from etl.insight.reading import Reading, open_release
from etl.insight.submission import BonusLine, Submission, SubmissionLine, submission
from terminal.submitting import submission_json, submission_lines, write_sheets
from tests.commands.terminal import jipyo
from tests.golden.evaluation import evaluate_golden

MANUAL_COLUMNS = ("순번", "부서명", "성명", "직급", "교육기관명", "교육명", "수료일")
PEOPLE = [f"p{number:032x}" for number in range(12)]
TABLES = {
    "departments": "unit_id,name,peer_group,valid_from\nA,가과,line,2010-01-01\nB,나과,line,2010-01-01\n",
    "headcount": "unit_id,as_of,part,authorised\nA,2025-06-30,전체,20\n",
    "training_sessions": "session_id,unit_id,title,kind_of_session,mode,institution,starts_on,ends_on,hours\n"
    "S1,A,데이터 기초,course,in_person,=연수원,2025-03-04,2025-03-05,8\n",
    "attendance": "session_id,person,unit_id,staff_group,completed_on,hours,outcome\n"
    + "".join(f"S1,{person},A,6급,2025-03-05,8,completed\n" for person in PEOPLE[:3])
    + "".join(f"S1,{person},B,6급,2025-03-05,8,completed\n" for person in PEOPLE[3:5])
    + f"S1,{PEOPLE[5]},B,6급,,8,not_completed\n",
    "certificates": f"person,certificate,unit_id,issued_on\n{PEOPLE[0]},정보처리기사,B,2020-01-01\n",
    "figures": "unit_id,measure,as_of,part,value,source\nA,specialists_required,2025-06-30,기관,8,구간표\n",
    "planned_openings": "year,plan_id,unit_id,title,dataset_id\n2025,1,A,버스 노선,D1\n2025,2,B,주차장,\n",
    "datasets": "dataset_id,unit_id,title,opened_on,protection\nD1,A,버스 노선,2025-10-31,\n"
    "D2,B,합성 인구,2025-02-01,synthetic\n",
    "ledger": "entry_id,unit_id,entry_kind,rule,points,occurred_on,reason\n"
    "L1,A,penalty,refused_recommendation,9,2025-05-01,개방 권고 미이행\nL2,B,bonus,award,3,2025-05-01,수상\n",
}  # fmt: skip


@pytest.fixture(scope="module")
def reading(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Reading:
    folder = tmp_path_factory.mktemp("submission")
    records = folder / "records"
    records.mkdir()
    for kind, text in TABLES.items():
        (records / f"{kind}.csv").write_text(text, encoding="utf-8")
    outcome = evaluate(records, project / "data/rulebooks/mois-2025-basic.toml", folder / "releases")
    assert outcome.rejected_rows == 0
    return open_release(outcome.release)


@pytest.fixture(scope="module")
def told(reading: Reading) -> Submission:
    return submission(reading)


def line(told: Submission, indicator: str) -> SubmissionLine:
    return next(one for one in told.lines if one.indicator.id == indicator)


def test_the_points_are_those_of_the_release(told: Submission, reading: Reading) -> None:
    assert [one.row for one in told.lines] == [
        reading.indicators["body", indicator.id] for indicator in reading.rulebook.indicators
    ]
    assert line(told, "training").row.value == 25
    assert line(told, "training").row.points == 1
    assert told.rank is None


def test_each_department_s_part_adds_up_to_the_body_s_figure(told: Submission) -> None:
    for one in told.lines:
        if one.row.numerator is not None:
            assert sum((part.amount for part in one.parts), Decimal(0)) == one.row.numerator
    parts = {part.name: (part.amount, part.counted, part.not_counted) for part in line(told, "training").parts}
    assert parts == {"가과": (3, 3, 0), "나과": (2, 2, 1)}


def test_a_person_with_a_certificate_and_a_course_is_one_specialist(told: Submission) -> None:
    specialists = line(told, "specialists")
    assert (specialists.row.value, specialists.row.target) == (5, 8)
    assert {part.name: part.amount for part in specialists.parts} == {"나과": 3, "가과": 2}


def test_a_figure_of_the_body_is_one_record_whichever_department_sent_it(told: Submission, reading: Reading) -> None:
    required, stated = reading.metrics["body", "specialists_required"], reading.metrics["body", "points_stated"]
    assert (required.value, required.records_counted, required.records_undecided) == (8, 1, 0)
    assert (stated.value, stated.records_counted, stated.records_undecided) == (None, 0, 1)
    (nobody,) = line(told, "other_points").parts
    assert (nobody.unit_id, nobody.name, nobody.not_counted) == ("body", reading.units["body"].name, 1)


def test_the_next_step_and_what_nobody_knows_are_told(told: Submission) -> None:
    training = line(told, "training")
    assert [(step.more, step.value, step.points) for step in training.steps] == [(3, 40, 4), (7, 60, 6)]
    assert training.unknown == (("body_headcount", 1),)
    assert line(told, "specialists").unknown == ()


def test_sheets_have_the_columns_of_the_manual_and_the_records_that_count(told: Submission) -> None:
    for indicator in ("training", "specialists"):
        sheet = line(told, indicator).sheet
        assert sheet is not None
        assert sheet.headings == MANUAL_COLUMNS
        assert len(sheet.rows) == line(told, indicator).row.numerator
        assert sheet.names_people
    training, specialists = (line(told, name).sheet for name in ("training", "specialists"))
    assert training is not None
    assert training.texts[0] == ["1", "가과", PEOPLE[0], "6급", "=연수원", "데이터 기초", "2025-03-05"]
    assert specialists is not None
    assert ["나과", PEOPLE[0], "", "자격증", "정보처리기사", "2020-01-01"] in [row[1:] for row in specialists.texts]


def test_every_sheet_has_a_row_for_every_record_that_counts(told: Submission) -> None:
    behind: list[SubmissionLine | BonusLine] = [*told.lines, *told.bonus]
    for one in behind:
        assert one.sheet is not None
        assert len(one.sheet.rows) == sum(part.counted for part in one.parts)
        assert all(len(row) == len(one.sheet.headings) for row in one.sheet.rows)
    openings = line(told, "opening_plan").sheet
    assert openings is not None
    assert openings.rows == ((1, "가과", "1", "버스 노선", "D1", date(2025, 10, 31)),)


def test_bonus_and_penalty_are_those_the_rulebook_knows(told: Submission) -> None:
    assert [(one.fed.points, [part.name for part in one.parts if part.counted]) for one in told.bonus] == [
        (1, ["나과"])
    ]
    assert [(entry.entry_id, entry.points) for entry in told.ledger] == [("L1", 1)]


def test_a_release_about_departments_has_nothing_to_submit(tmp_path: Path) -> None:
    reading = open_release(evaluate_golden(tmp_path).release)
    with pytest.raises(UsageError) as refusal:
        submission(reading)
    assert [fault.code for fault in refusal.value.faults] == ["submission_needs_a_body"]


def test_files_open_in_a_spreadsheet_and_hold_no_formula(told: Submission, tmp_path: Path) -> None:
    written = write_sheets(told, tmp_path / "out")
    assert [path.name for path in written][:4] == [
        "00-summary.csv", "01-openings_carried_out.csv", "02-national_tasks.csv", "03-training_people.csv"
    ]  # fmt: skip
    for path in written:
        assert path.read_bytes().startswith("\ufeff".encode())
    rows = list(csv.reader(written[3].read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0] == list(MANUAL_COLUMNS)
    assert rows[1][4] == "'=연수원"


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_lines_say_points_steps_and_what_is_left_to_fill_in(told: Submission, language: Language) -> None:
    text = "\n".join(submission_lines(told, language))
    for said in {"ko": ("3명 더 있으면 40 %, 4점", "등급 없음", "가과 3", "배점표에서"),
                 "en": ("3 more people for 40 %: 4 points", "no grade", "가과 3", "confirm 10")}[language]:  # fmt: skip
        assert said in text


def test_the_command_prints_the_same_as_json_and_writes_the_sheets(
    reading: Reading, told: Submission, tmp_path: Path
) -> None:
    done = jipyo("submission", reading.folder, "--json", "--out", tmp_path / "out")
    assert done.code == 0
    assert json.loads(done.out) == json.loads(json.dumps(submission_json(told)))
    assert "pseudonym" in done.err
    assert (tmp_path / "out" / "03-training_people.csv").is_file()
    assert "3명 더 있으면" in jipyo("submission", reading.folder, language="ko").out
