"""`jipyo alias`: who decided what a name means, when and why, kept beside the received files."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from etl.errors import JipyoError, UnreadableInput, UsageError
from etl.intake.decisions import ALIASES, REPLACED, Decision, decide, decide_all
from tests.commands.terminal import Done, jipyo
from tests.intake.received import take_in, write

TODAY = date(2021, 7, 1)
DEPARTMENTS = """unit_id,name,peer_group,valid_from,valid_to
A1,일자리경제과,line,2020-01-01,
B2,문화체육과,line,2020-01-01,
C3,운수과,line,2018-01-01,2019-12-31
"""
LIST = "번호,부서\n1,경제환경국 일자리경제과\n2,경제환경국 일자리경제과\n3,몬화체육과\n4,문화체육과\n"
SOURCES = """[[source]]
file = "departments.csv"
kind = "departments"
[[source]]
file = "list.csv"
kind = "datasets"
[source.columns]
dataset_id = "번호"
title = "번호"
unit_id = { column = "부서", unit_by = "name" }
opened_on = { constant = "2021-03-02" }
"""
PARENT = "경제환경국 일자리경제과"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "in", {"departments.csv": DEPARTMENTS, "list.csv": LIST}, SOURCES)


def lines(folder: Path, file: str = ALIASES) -> list[dict[str, str]]:
    with (folder / file).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def told(done: Done) -> str:
    assert done.code == 0, done.err
    return done.out


def test_the_list_shows_every_undecided_name_with_its_rows_and_suggestions(folder: Path) -> None:
    assert told(jipyo("alias", folder)).splitlines() == [
        "1. 경제환경국 일자리경제과 (2 rows; list.csv)",
        "    96 A1 일자리경제과: the same after removing '경제환경국'",
        "2. 몬화체육과 (1 rows; list.csv)",
        "    92 B2 문화체육과: similar 92",
    ]
    assert "앞의 '경제환경국'을 빼면 같음" in told(jipyo("alias", folder, language="ko"))
    assert not (folder / ALIASES).exists()


def test_the_list_for_a_program_has_the_same(folder: Path) -> None:
    first, second = json.loads(told(jipyo("alias", folder, "--json")))["undecided"]
    assert (first["name"], first["rows"], first["files"]) == (PARENT, 2, ["list.csv"])
    assert first["suggestions"] == [
        {
            "unit_id": "A1",
            "name": "일자리경제과",
            "valid_from": "2020-01-01",
            "valid_to": None,
            "score": 96,
            "why": "the same after removing '경제환경국'",
        }
    ]
    assert second["name"] == "몬화체육과"


def test_a_decision_is_kept_with_who_when_and_why_and_lets_the_rows_in(folder: Path) -> None:
    done = jipyo("alias", folder, PARENT, "A1", "--why", "상위 조직, 붙여 적음", "--by", "평가 담당")
    assert told(done) == "경제환경국 일자리경제과 -> A1\n"
    (line,) = lines(folder)
    assert date.fromisoformat(line.pop("decided_on")) >= date(2021, 1, 1)
    assert line == {"alias": PARENT, "unit_id": "A1", "reason": "상위 조직, 붙여 적음", "decided_by": "평가 담당"}
    assert (folder / ALIASES).read_bytes()[:3] != b"\xef\xbb\xbf"
    intake = take_in(folder)
    assert (intake.loaded["list.csv"].staged, intake.loaded["list.csv"].held) == (3, 1)
    assert intake.staged.unknown_names == (("list.csv", "몬화체육과", 1),)


def test_sources_toml_gains_the_aliases_once_and_keeps_what_it_says(folder: Path) -> None:
    before = (folder / "sources.toml").read_text(encoding="utf-8")
    decide(folder, PARENT, "A1", "상위 조직", "평가 담당", TODAY)
    decide(folder, "몬화체육과", "B2", "오타", "평가 담당", TODAY)
    after = (folder / "sources.toml").read_text(encoding="utf-8")
    assert after == f'{before}\n[[source]]\nfile = "aliases.csv"\nkind = "aliases"\n'
    assert [line["alias"] for line in lines(folder)] == [PARENT, "몬화체육과"]


def test_without_sources_toml_none_is_made(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", {"departments.csv": DEPARTMENTS})
    decide(folder, PARENT, "A1", "상위 조직", "평가 담당", TODAY)
    assert {path.name for path in folder.iterdir()} == {"departments.csv", ALIASES}


def test_aliases_decided_before_stay_whatever_columns_they_lack(folder: Path) -> None:
    (folder / ALIASES).write_text("alias,unit_id,reason\n옛이름,B2,예전\n", encoding="utf-8-sig")
    decide(folder, PARENT, "A1", "상위 조직", "평가 담당", TODAY)
    assert [(line["alias"], line["unit_id"], line["decided_on"]) for line in lines(folder)] == [
        ("옛이름", "B2", ""),
        (PARENT, "A1", "2021-07-01"),
    ]


REFUSED = [
    pytest.param(PARENT, "A9", "x", "alias_unknown_unit", id="a code nobody has"),
    pytest.param(PARENT, "C3", "x", "alias_unit_ended", id="a department that ended"),
    pytest.param(PARENT, "A1", " ", "alias_needs_reason", id="no reason"),
    pytest.param("문화 체육과", "A1", "x", "alias_not_needed", id="a name that is certain"),
    pytest.param("몬화 체육과", "A1", "x", "alias_decided_already", id="a name decided on under another spelling"),
    pytest.param(" \u200b", "A1", "x", "alias_line_refused", id="a name of nothing"),
    pytest.param("가\n나", "A1", "x", "alias_line_refused", id="a name of two lines"),
    pytest.param("가" * 501, "A1", "x", "alias_line_refused", id="a name too long to keep"),
]


@pytest.mark.parametrize(("name", "unit", "why", "code"), REFUSED)
def test_a_decision_that_cannot_be_meant_is_refused_and_nothing_changes(
    folder: Path, name: str, unit: str, why: str, code: str
) -> None:
    decide(folder, "몬화체육과", "B2", "오타", "평가 담당", TODAY)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(UsageError) as caught:
        decide(folder, name, unit, why, "평가 담당", TODAY)
    assert [fault.code for fault in caught.value.faults] == [code]
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_refusal_names_the_nearest_code(folder: Path) -> None:
    done = jipyo("alias", folder, PARENT, "A11", "--why", "x")
    assert (done.code, done.out) == (2, "")
    assert "no department with the code 'A11' (nearest: A1)" in done.err


def test_a_department_that_ended_may_be_meant_on_purpose(folder: Path) -> None:
    assert jipyo("alias", folder, "교통운수과", "C3", "--why", "2019년 기록", "--ended").code == 0
    assert lines(folder)[0]["unit_id"] == "C3"


def test_another_decision_for_a_name_needs_saying_and_keeps_the_earlier_one_apart(folder: Path) -> None:
    decide(folder, "체육과", "A1", "잘못 봄", "평가 담당", TODAY)
    assert jipyo("alias", folder, "체육과", "B2", "--why", "다시 확인").code == 2
    assert jipyo("alias", folder, "체육과", "B2", "--why", "다시 확인", "--replace").code == 0
    assert [(line["unit_id"], line["reason"]) for line in lines(folder)] == [("B2", "다시 확인")]
    assert [(line["unit_id"], line["reason"]) for line in lines(folder, REPLACED)] == [("A1", "잘못 봄")]
    assert jipyo("alias", folder, "체육과", "A1", "--why", "세 번째", "--replace").code == 0
    assert [line["reason"] for line in lines(folder, REPLACED)] == ["잘못 봄", "다시 확인"]
    assert [line["reason"] for line in lines(folder)] == ["세 번째"]


def test_an_alias_of_another_file_is_not_decided_on_again(tmp_path: Path) -> None:
    more = (
        SOURCES
        + '[[source]]\nfile = "별칭.csv"\nkind = "aliases"\n[source.columns]\nalias = "이름"\nunit_id = "코드"\n'
    )
    files: dict[str, str | bytes] = {
        "departments.csv": DEPARTMENTS,
        "list.csv": LIST,
        "별칭.csv": "이름,코드\n체육과,B2\n",
    }
    folder = write(tmp_path / "in", files, more)
    for replacing in (False, True):
        with pytest.raises(UsageError, match="correct that file"):
            decide_all(folder, [Decision("체육과", "A1", "x", "평가 담당", TODAY)], replacing=replacing)


def test_many_decisions_are_stored_together_or_not_at_all(folder: Path, tmp_path: Path) -> None:
    decisions = tmp_path / "decisions.csv"
    decisions.write_text(
        f"alias,unit_id,reason,decided_by\n{PARENT},A1,상위 조직,부서장\n몬화체육과,Z9,,\n체육과,C3,x,\n"
    )
    done = jipyo("alias", folder, "--file", decisions)
    assert done.code == 2
    assert len(done.err.strip().splitlines()) == 3
    assert not (folder / ALIASES).exists()
    decisions.write_text(f"alias,unit_id,reason,decided_by\n{PARENT},A1,상위 조직,부서장\n몬화체육과,B2,오타,\n")
    stored = json.loads(told(jipyo("alias", folder, "--file", decisions, "--json")))["decided"]
    assert [(line["alias"], line["decided_by"]) for line in stored] == [(PARENT, "부서장"), ("몬화체육과", "evaluator")]
    assert lines(folder) == stored
    assert "waits for a decision" in told(jipyo("alias", folder))


def test_a_file_that_decides_twice_on_a_name_is_refused(folder: Path) -> None:
    twice = [Decision(name, unit, "x", "평가 담당", TODAY) for name, unit in (("체육과", "A1"), ("체 육과", "B2"))]
    with pytest.raises(UsageError) as caught:
        decide_all(folder, twice, replacing=True)
    assert [fault.code for fault in caught.value.faults] == ["alias_decided_already"]


UNUSABLE = [
    pytest.param({ALIASES: "이름,코드\n가,A1\n"}, "alias_file_has_other_columns", id="aliases with other columns"),
    pytest.param({ALIASES: "alias,unit_id\n가\n"}, "alias_file_has_other_columns", id="aliases that lack a cell"),
    pytest.param({ALIASES: "alias,unit_id\n가,A1\n".encode("cp949")}, "file_not_readable", id="aliases in CP949"),
]


@pytest.mark.parametrize(("files", "code"), UNUSABLE)
def test_a_table_of_aliases_that_cannot_be_added_to_is_left_alone(
    folder: Path, files: dict[str, str | bytes], code: str
) -> None:
    write(folder, files)
    before = (folder / ALIASES).read_bytes()
    with pytest.raises(JipyoError) as caught:
        decide(folder, PARENT, "A1", "상위 조직", "평가 담당", TODAY)
    assert [fault.code for fault in caught.value.faults] == [code]
    assert (folder / ALIASES).read_bytes() == before


def test_a_sources_toml_that_nothing_can_be_added_to_is_said_so(tmp_path: Path) -> None:
    folder = write(
        tmp_path / "in", {"departments.csv": DEPARTMENTS}, 'source = [{file="departments.csv", kind="departments"}]\n'
    )
    with pytest.raises(UnreadableInput, match="Write a \\[\\[source\\]\\]"):
        decide(folder, PARENT, "A1", "상위 조직", "평가 담당", TODAY)
    assert not (folder / ALIASES).exists()


WRONG_ARGUMENTS = [
    pytest.param([PARENT], id="a name without a department"),
    pytest.param([PARENT, "A1", "--why", "x", "--file", "d.csv"], id="a name and a file"),
    pytest.param(["--file", "d.csv", "--roster", "r.csv"], id="a file and a roster"),
]


@pytest.mark.parametrize("arguments", WRONG_ARGUMENTS)
def test_arguments_that_contradict_each_other_are_refused(folder: Path, arguments: list[str]) -> None:
    assert jipyo("alias", folder, *arguments).code == 2


def test_a_roster_is_proposed_into_a_new_file_alone(tmp_path: Path) -> None:
    sources = SOURCES.split("[[source]]\n", 2)[2]
    folder = write(tmp_path / "in", {"list.csv": LIST}, f"[[source]]\n{sources}")
    out = tmp_path / "roster.csv"
    told(jipyo("alias", folder, "--roster", out))
    with out.open(encoding="utf-8", newline="") as stream:
        rows = [(row["name"], row["rows"], row["similar"]) for row in csv.DictReader(stream)]
    assert rows == [("몬화체육과", "1", ""), ("문화체육과", "1", ""), ("일자리경제과", "2", "")]
    assert jipyo("alias", folder, "--roster", out).code == 2
