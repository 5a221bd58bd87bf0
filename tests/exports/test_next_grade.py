"""What documents say of the next grade: by the rule that gives it, and from the number that is looked at."""

from __future__ import annotations

from pathlib import Path

from etl.errors import Language
from etl.exports.carried import carry
from etl.exports.hangul.remarks import _next_grade
from etl.exports.hangul.told import Told
from etl.exports.pdf.scorecards import next_grade_sentences
from etl.insight.reading import Reading
from tests.exports.given import TAKEN
from tests.insight.test_prospects import CUTOFFS, LARGE, graded, ranked_lowest_first


def said(reading: Reading, unit_id: str, language: Language = "ko") -> list[str]:
    """What a card and the remarks of a Hangul report say."""
    told = Told(carry(reading, TAKEN), language)
    return [*next_grade_sentences(told, unit_id), *_next_grade(told, reading.units[unit_id])]


def test_a_cut_off_without_its_grade_is_told_as_one_to_pass(tmp_path: Path) -> None:
    reading = graded(tmp_path, 'method = "cutoff"\nincludes = "upper"', {"a": "80", "b": "79"})
    assert said(reading, "b") == [
        "다음 등급 A (우수)까지 1점(80점을 넘는 점수)",
        "○ 다음 등급 A (우수)까지 1점(80점을 넘는 점수)",
    ]
    assert said(reading, "a") == [
        "점수가 바로 80점이며, 80점을 넘으면 다음 등급 A (우수)",
        "○ 점수가 바로 80점이며, 80점을 넘으면 다음 등급 A (우수)",
    ]
    assert said(reading, "a", "en")[0] == "The score is exactly 80; the next grade, A (우수), takes one above that"


def test_a_cut_off_without_its_grade_is_told_likewise_where_the_lowest_score_is_the_best(tmp_path: Path) -> None:
    reading = ranked_lowest_first(tmp_path, CUTOFFS)
    assert said(reading, "c") == [
        "점수가 바로 60점이며, 60점보다 낮으면 다음 등급 우수",
        "○ 점수가 바로 60점이며, 60점보다 낮으면 다음 등급 우수",
    ]


def test_the_way_to_a_cut_off_of_unrounded_scores_is_told_with_decimals_of_its_own(tmp_path: Path) -> None:
    reading = graded(tmp_path, 'method = "cutoff"\nbasis = "unrounded"', {"a": "79.6", "b": "80"})
    assert said(reading, "a")[0] == "다음 등급 A (우수)까지 0.4점(80점부터)"


def test_a_small_group_is_told_its_cut_offs_before_publication_too(tmp_path: Path) -> None:
    rule = 'method = "quota"\nsmallest_group = 4\nsmall_groups = "cutoffs"'
    reading = graded(tmp_path, rule, {**LARGE, "y": "95", "z": "75"}, small="yz")
    assert said(reading, "z")[0] == "다음 등급 A (우수)까지 5점(80점부터)"
    assert said(reading, "d")[0] == "다음 등급까지 남은 점수는 결과가 공표된 뒤에 표시"
