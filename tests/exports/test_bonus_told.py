"""What documents say of bonus and penalty: what was counted, what a cap left of it, and where there is no cap."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.errors import Language
from etl.exports.carried import carry
from etl.exports.pdf.report_method import method_blocks
from etl.exports.pdf.scorecards import card_text
from etl.exports.pdf.told import Told
from etl.insight.reading import Reading
from tests.exports.given import TAKEN
from tests.insight.test_robustness import scored, table_of
from tests.scoring.build import HEAD, indicator

FIGURES = {
    "가": {"awards_received": "50", "datasets_protected": "15"},
    "나": {"awards_received": "50", "datasets_protected": "4"},
}


def with_bonus(folder: Path, caps: str = "") -> Reading:
    """A release in which a metric feeds a bonus of at most five points."""
    rules = f'{HEAD}\n[score]\naggregation = "sum_of_points"\nrounding = {{ places = 0 }}\n{caps}'
    rules += indicator("가지표", '{ method = "attainment", target = 100 }', numerator='"awards_received"', weight="100")
    rules += '\n[[bonus]]\nid = "protected"\nname = { ko = "가명 자료", en = "Pseudonyms" }\n'
    rules += 'metric = "datasets_protected"\npoints = 1\ncap = 5\n'
    return scored(folder, rules, table_of(FIGURES))


@pytest.mark.parametrize(
    ("language", "capped", "whole"),
    [
        ("ko", "(기록에서 센 가감점: 가명 자료 15점, 상한 5점)", "(기록에서 센 가감점: 가명 자료 4점)"),
        ("en", "(counted from records: Pseudonyms 15, cap 5)", "(counted from records: Pseudonyms 4)"),
    ],
)
def test_a_card_says_the_cap_where_it_holds_back(language: Language, capped: str, whole: str, tmp_path: Path) -> None:
    told = Told(carry(with_bonus(tmp_path), TAKEN), language)
    assert card_text(told, "가")["sum"].endswith(capped)
    assert card_text(told, "나")["sum"].endswith(whole)


@pytest.mark.parametrize(
    ("caps", "korean", "english"),
    [
        ("bonus_cap = 5", "가점 5점, 감점 상한 없음.", "bonus 5, penalty no cap."),
        ("bonus_cap = 5\npenalty_cap = 2", "가점 5점, 감점 2점.", "bonus 5, penalty 2."),
    ],
)
def test_the_method_says_where_there_is_no_cap(caps: str, korean: str, english: str, tmp_path: Path) -> None:
    carried = carry(with_bonus(tmp_path, f"\n[ledger]\n{caps}\n"), TAKEN)
    said: list[tuple[Language, str]] = [("ko", f"모두 합한 상한: {korean}"), ("en", f"Cap of all together: {english}")]
    for language, sentence in said:
        assert any(block.get("text") == sentence for block in method_blocks(Told(carried, language)))
