"""The list of reasons for refusing: how a decision may say one, and what a list may not be."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from etl.errors import RulebookError
from etl.scoring.rulebook import parse_rulebook
from tests.scoring.build import indicator, read, rules

LIST = """
[[refusals]]
id = "no_document"
name = { ko = "결재문서 누락", en = "No document" }
words = ["정책 결재문서 누락"]
check = "no_document"
[[refusals]]
id = "other"
name = "기타"
"""
MEANT = [
    ("no_document", "no_document"),
    ("결재문서 누락", "no_document"),
    ("No document", "no_document"),
    ("정책  결재문서 누락", "no_document"),
    ("결재문서 누락: 3월 계획", "no_document"),
    ("기타: 위원회 판단", "other"),
    ("결재문서 누락함", None),
    ("결재문서", None),
    ("", None),
]


@pytest.mark.parametrize(("reason", "expected"), MEANT)
def test_a_reason_is_meant_by_its_name_its_id_another_wording_and_with_details(
    reason: str, expected: str | None
) -> None:
    found = rules(indicator("m"), more=LIST).refusal_meant_by(reason)
    assert (found.id if found else None) == expected


def test_without_a_list_nothing_is_meant_and_nothing_is_asked_for() -> None:
    rulebook = rules(indicator("m"))
    assert rulebook.refusals == ()
    assert rulebook.refusal_meant_by("결재문서 누락") is None


FAULTS = [
    (LIST + LIST, ["rulebook_duplicate", "rulebook_duplicate"]),
    (LIST.replace('check = "no_document"', 'check = "bad_mood"'), ["document_value_not_allowed"]),
    (LIST.replace("words", "wordings"), ["document_unknown_key"]),
]


@pytest.mark.parametrize(("more", "codes"), FAULTS)
def test_a_list_that_cannot_be_used_is_refused(more: str, codes: list[str]) -> None:
    text = '[evaluation]\nid = "x"\ntitle = "X"\nyear = 2021\n[score]\naggregation = "arithmetic"\n' + indicator("m")
    with pytest.raises(RulebookError) as refusal:
        read(text + more)
    assert [fault.code for fault in refusal.value.faults] == codes


def test_the_shipped_list_holds_every_reason_of_the_synthetic_city(project: Path) -> None:
    path = project / "data" / "rulebooks" / "demo-2021.toml"
    rulebook = parse_rulebook(path.read_bytes(), path.name, None)
    with (project / "data" / "demo" / "인정심의.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    reasons = {row["사유"] for row in rows if row["사유"] and row["대상구분"] in ("분석", "정책", "데이터셋")}
    assert len(reasons) > 10
    assert {reason for reason in reasons if rulebook.refusal_meant_by(reason) is None} == set()
