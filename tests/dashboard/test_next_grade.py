"""What the screen says of the next grade: by the rule that gives it, and from the number that is looked at."""

from __future__ import annotations

from pathlib import Path

from dashboard.access import Scope
from dashboard.frames.source import Source
from dashboard.frames.unit_ahead import grade_sentences
from dashboard.words import Words
from etl.insight.reading import Reading
from tests.insight.test_prospects import CUTOFFS, LARGE, graded, ranked_lowest_first


def told(reading: Reading, unit_id: str, *, alone: bool = False) -> str:
    """What is said to somebody who sees everybody, or only that department."""
    scope = Scope.only([unit_id]) if alone else Scope.everything()
    (sentence,) = grade_sentences(Source(reading, (), scope, Words("ko")), unit_id)
    return sentence


def test_a_cut_off_without_its_grade_is_told_as_one_to_pass(tmp_path: Path) -> None:
    reading = graded(tmp_path, 'method = "cutoff"\nincludes = "upper"', {"a": "80", "b": "79"})
    assert told(reading, "b") == "다음 등급 A (우수)는 80점을 넘는 점수입니다. 거기까지 1점입니다."
    assert told(reading, "a") == "지금 점수가 바로 80점이며, 80점을 넘으면 다음 등급 A (우수)입니다."


def test_a_cut_off_without_its_grade_is_told_likewise_where_the_lowest_score_is_the_best(tmp_path: Path) -> None:
    reading = ranked_lowest_first(tmp_path, CUTOFFS)
    assert told(reading, "c") == "지금 점수가 바로 60점이며, 60점보다 낮으면 다음 등급 우수입니다."


def test_the_way_to_a_cut_off_of_unrounded_scores_is_told_with_decimals_of_its_own(tmp_path: Path) -> None:
    reading = graded(tmp_path, 'method = "cutoff"\nbasis = "unrounded"', {"a": "79.6", "b": "80"})
    assert told(reading, "a") == "다음 등급 A (우수)는 80점부터입니다. 0.4점이 모자랍니다."


def test_a_small_group_graded_by_cut_offs_is_told_them_where_others_wait_for_publication(tmp_path: Path) -> None:
    rule = 'method = "quota"\nsmallest_group = 4\nsmall_groups = "cutoffs"'
    reading = graded(tmp_path, rule, {**LARGE, "y": "95", "z": "75"}, small="yz")
    assert told(reading, "z", alone=True) == "다음 등급 A (우수)는 80점부터입니다. 5점이 모자랍니다."
    assert told(reading, "d", alone=True) == "다음 등급까지 남은 점수는 결과가 공표된 뒤에 보여 드립니다."
