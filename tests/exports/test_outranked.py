"""Reports on departments ranked by comparing pairs tell no scores that there are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.exports.carried import carry
from etl.exports.pdf.report_ranking import ranking_blocks
from etl.exports.pdf.report_summary import summary
from etl.exports.pdf.report_support import support_blocks
from etl.exports.pdf.told import Told
from tests.exports.given import TAKEN
from tests.insight.outranked import WITH_SCORES, WITHOUT_SCORES, outranked


@pytest.fixture(params=[WITHOUT_SCORES, WITH_SCORES])
def told(request: pytest.FixtureRequest, tmp_path: Path) -> Told:
    return Told(carry(outranked(tmp_path, request.param), TAKEN), "ko")


def test_the_first_have_a_score_in_the_sentence_only_where_they_have_one(told: Told) -> None:
    (said,) = [sentence for sentence in summary(told)["sentences"] if "1위는" in sentence]
    has_score = told.reading.scores["a"].score is not None
    assert said == f"순위를 매긴 3개 부서 가운데 1위는 a, b{'(5점)' if has_score else ''}."


def test_shared_places_are_those_of_scores_only_where_there_are_scores(told: Told) -> None:
    has_score = told.reading.scores["a"].score is not None
    assert ("점수가 같아" in str(list(ranking_blocks(told)))) == has_score


def test_no_list_of_departments_to_help_is_chosen_by_scores(told: Told) -> None:
    assert str(list(support_blocks(told))).count("이 목록은 만들지 않음") == 1
    assert "이 목록은 만들지 않음" in summary(told)["no_help"]
    assert summary(told)["help"] == []
