"""What the machine would refuse is proposed with what it rests on; only a person's call writes a decision."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from etl.engine import Engine
from etl.errors import UsageError
from etl.evaluate import check
from etl.intake.recognitions import RECOGNITION, Judgement, judge
from etl.recognition import proposed_refusals, unlisted_reasons
from etl.scoring.rulebook import Rulebook
from tests.commands.terminal import jipyo
from tests.scoring.build import HEAD, indicator, read

REASONS = ("outside_period", "last_years_task", "same_topic", "not_an_analysis", "no_document", "same_achievement")
LIST = "".join(
    f'\n[[refusals]]\nid = "{name}"\nname = {{ ko = "{name} 사유", en = "{name} reason" }}\ncheck = "{name}"\n'
    for name in REASONS
)
RULES = HEAD + '[score]\naggregation = "arithmetic"\n' + indicator("m", numerator='"datasets_opened"')
TODAY = date(2022, 2, 1)
ANALYSES = """analysis_id,unit_id,title,topic,work,status,completed_on,document_no
A-fine,A,버스 노선,,analysis,completed,2021-05-01,문서-1
A-last-day,A,상권 분석,,,completed,2021-12-31,문서-2
A-late,A,가로등,,,completed,2022-01-01,문서-3
A-survey,A,만족도,,survey,completed,2021-05-02,문서-4
A-no-document,A,미세먼지,,,completed,2021-05-03,
A-in-progress,A,침수,,,in_progress,,
A-before,A,주차 수요,,,completed,2020-05-01,문서-5
A-again,A,주차수요,,,completed,2021-06-01,문서-6
A-topic-1,A,제설 1,제설,,completed,2021-06-02,문서-7
A-topic-2,A,제설 2,제 설,,completed,2021-06-03,문서-8
A-decided,A,오래된 것,,,completed,2019-01-01,문서-9
A-shared,A,하천,,,completed,2021-07-01,문서-10
"""
FOLDER = {
    "departments": "unit_id,name,peer_group,valid_from\nA,가과,line,2010-01-01\n",
    "analyses": ANALYSES,
    "policies": "policy_id,unit_id,title,stage,used_on,document_no\nP-1,A,하천 정비,plan,2021-08-01,문서-10\n",
    "datasets": "dataset_id,unit_id,title,opened_on\nD-old,A,목록,2015-01-01\nD-sent,A,목록 2,2015-01-01\n",
    "recognition": "record_kind,record_id,decision,reason,decided_on,decided_by\n"
    "analyses,A-before,recognised,,2020-06-01,위원회\n"
    "analyses,A-decided,refused,그냥,2021-06-01,위원회\n"
    "analyses,A-fine,submitted,,2021-06-01,담당\n"
    "datasets,D-sent,submitted,,2021-06-01,담당\n",
}
EXPECTED = {
    ("A-late", "outside_period", None),
    ("A-survey", "not_an_analysis", None),
    ("A-no-document", "no_document", None),
    ("A-again", "last_years_task", "A-before"),
    ("A-topic-2", "same_topic", "A-topic-1"),
    ("A-shared", "same_achievement", "P-1"),
    ("P-1", "same_achievement", "A-shared"),
    ("D-sent", "outside_period", None),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    for kind, text in FOLDER.items():
        (made / f"{kind}.csv").write_text(text, encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def listed() -> Rulebook:
    return read(RULES + LIST)


@pytest.fixture
def records(folder: Path, tmp_path: Path) -> Path:
    work = tmp_path / "work"
    work.mkdir()
    return check(folder, None, work).records


def lines(folder: Path) -> list[dict[str, str]]:
    with (folder / RECOGNITION).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def judged(
    decision: str, why: str = "", record: str = "A-late", kind: str = "analyses", by: str = "위원회"
) -> Judgement:
    return Judgement(kind, record, decision, why, by, TODAY)


def test_every_check_proposes_what_it_rests_on_for_records_that_wait(records: Path, listed: Rulebook) -> None:
    found = proposed_refusals(listed, records)
    assert {(one.record_id, one.refusal.id, one.other_id) for one in found} == EXPECTED
    again = next(one for one in found if one.record_id == "A-again")
    assert (again.other_title, again.other_day, again.day) == ("주차 수요", date(2020, 5, 1), date(2021, 6, 1))


def test_without_a_list_or_a_check_nothing_is_proposed(records: Path) -> None:
    assert proposed_refusals(read(RULES), records) == []
    unchecked = "\n".join(line for line in LIST.splitlines() if not line.startswith("check"))
    assert proposed_refusals(read(RULES + unchecked), records) == []


def test_a_reason_outside_the_list_is_told_and_the_decision_stays(records: Path, listed: Rulebook) -> None:
    with Engine(threads=1) as engine:
        found = unlisted_reasons(listed, records, engine)
        assert [(one.record_id, one.reason) for one in found] == [("A-decided", "그냥")]
        assert unlisted_reasons(read(RULES), records, engine) == ()


def test_a_decision_is_appended_in_the_words_of_the_list(folder: Path, listed: Rulebook) -> None:
    judge(folder, listed, judged("refused", "outside_period"))
    *before, last = lines(folder)
    assert len(before) == 4
    assert last == {
        "record_kind": "analyses", "record_id": "A-late", "decision": "refused", "reason": "outside_period 사유",
        "decided_on": "2022-02-01", "decided_by": "위원회",
    }  # fmt: skip


def test_sources_toml_gains_the_decisions_once(folder: Path, listed: Rulebook) -> None:
    (folder / RECOGNITION).unlink()
    said = "version = 1\n" + "".join(
        f'[[source]]\nfile = "{kind}.csv"\nkind = "{kind}"\n' for kind in FOLDER if kind != "recognition"
    )
    (folder / "sources.toml").write_text(said, encoding="utf-8")
    judge(folder, listed, judged("recognised"))
    judge(folder, listed, judged("recognised", record="A-fine"))
    added = '\n[[source]]\nfile = "recognition.csv"\nkind = "recognition"\n'
    assert (folder / "sources.toml").read_text(encoding="utf-8") == said + added
    assert [line["record_id"] for line in lines(folder)] == ["A-late", "A-fine"]


FAULTS = [
    (judged("refused"), ["recognition_needs_reason"]),
    (judged("recognised", by=" "), ["recognition_needs_reason"]),
    (judged("to_complete", "기분"), ["recognition_reason_not_listed"]),
    (judged("recognised", record="A-lost"), ["recognition_no_such_record"]),
    (judged("maybe"), ["recognition_unknown_word"]),
    (judged("recognised", kind="cats"), ["recognition_unknown_word"]),
    (judged("refused", "outside_period: " + "길" * 3000), ["recognition_line_refused"]),
    (judged("refused", "기분", "A-lost"), ["recognition_reason_not_listed", "recognition_no_such_record"]),
]


@pytest.mark.parametrize(("judgement", "codes"), FAULTS)
def test_a_decision_that_cannot_be_kept_is_refused_and_nothing_is_written(
    folder: Path, listed: Rulebook, judgement: Judgement, codes: list[str]
) -> None:
    with pytest.raises(UsageError) as refusal:
        judge(folder, listed, judgement)
    assert [fault.code for fault in refusal.value.faults] == codes
    assert (folder / RECOGNITION).read_text(encoding="utf-8") == FOLDER["recognition"]


def test_a_record_decided_on_the_same_day_or_later_cannot_be_decided_again(folder: Path, listed: Rulebook) -> None:
    judge(folder, listed, judged("recognised"))
    with pytest.raises(UsageError) as refusal:
        judge(folder, listed, judged("refused", "outside_period"))
    assert [fault.code for fault in refusal.value.faults] == ["recognition_decided_already"]


def test_the_command_lists_and_writes_only_when_told(folder: Path, tmp_path: Path) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text(RULES + LIST, encoding="utf-8")
    told = json.loads(jipyo("recognise", folder, "--rulebook", rules, "--json").out)["proposals"]
    assert {(one["record_id"], one["check"]) for one in told} == {expected[:2] for expected in EXPECTED}
    korean = jipyo("recognise", folder, "--rulebook", rules, language="ko").out
    assert "A-again '주차수요' (A): last_years_task 사유 — 2020-05-01의 A-before '주차 수요'" in korean
    assert lines(folder) == list(csv.DictReader(FOLDER["recognition"].splitlines()))
    call = ("recognise", folder, "--rulebook", rules, "--decide", "analyses", "A-late", "refused")
    done = jipyo(*call, "--reason", "outside_period", "--by", "위원회")
    assert done.code == 0
    assert lines(folder)[-1]["record_id"] == "A-late"
    after = json.loads(jipyo("recognise", folder, "--rulebook", rules, "--json").out)["proposals"]
    assert "A-late" not in {one["record_id"] for one in after}


@pytest.mark.parametrize("language", ["ko", "en"])
def test_checking_and_evaluating_tell_of_reasons_outside_the_list(folder: Path, tmp_path: Path, language: str) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text(RULES + LIST, encoding="utf-8")
    assert "'그냥'" in jipyo("check", folder, "--rulebook", rules, language=language).err
    done = jipyo("evaluate", folder, "--rulebook", rules, "--out", tmp_path / "out", language=language)
    assert done.code == 0
    assert "'그냥'" in done.err
