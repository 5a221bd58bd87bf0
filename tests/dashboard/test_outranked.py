"""Where departments are ranked by comparing pairs, nothing is told of scores that there are not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.access import Scope
from dashboard.frames.overview import behind_rows, group_rows, groups_summary
from dashboard.frames.overview_says import overview_sayings
from dashboard.frames.ranking import ranking_sentences
from dashboard.frames.source import Source
from dashboard.frames.unit_ahead import grade_sentences
from dashboard.words import Words
from etl.release.folder import publish
from etl.shown import NOTHING
from tests.dashboard.scopes import only
from tests.dashboard.showing import Shown, text
from tests.dashboard.signing_in import People
from tests.insight.outranked import FIGURES, QUOTAS, WITH_SCORES, WITHOUT_SCORES, outranked


@pytest.fixture
def unscored(tmp_path: Path) -> Source:
    return Source(outranked(tmp_path, WITHOUT_SCORES, QUOTAS), (), Scope.everything(), Words("ko"))


@pytest.fixture
def with_scores(tmp_path: Path) -> Source:
    """All but their places differ: the score of `a` is 6, that of `b` is 5."""
    figures = {**FIGURES, "a": {"awards_received": "11", "analyses_completed": "1"}}
    return Source(outranked(tmp_path, WITH_SCORES, figures=figures), (), Scope.everything(), Words("ko"))


def test_the_first_have_no_score_in_the_sentence_where_they_have_none(unscored: Source) -> None:
    said = overview_sayings(unscored)[0].answer
    assert "a, b가 공동 1위입니다." in said
    assert NOTHING not in said
    assert "점으로" not in said


def test_one_first_without_a_score_is_named_alone(tmp_path: Path) -> None:
    figures = {**FIGURES, "a": {"awards_received": "9", "analyses_completed": "10"}}
    source = Source(outranked(tmp_path, WITHOUT_SCORES, figures=figures), (), Scope.everything(), Words("ko"))
    assert "1위는 a입니다." in overview_sayings(source)[0].answer


def test_the_first_have_no_score_in_the_sentence_where_theirs_differ(with_scores: Source) -> None:
    scores = {unit_id: row.score for unit_id, row in with_scores.reading.scores.items()}
    assert scores == {"a": 6, "b": 5, "c": 0}
    assert "a, b가 공동 1위입니다." in overview_sayings(with_scores)[0].answer


def test_there_is_nothing_to_draw_without_scores_though_departments_are_ranked(unscored: Source) -> None:
    rows = group_rows(unscored)
    assert [(row.units, row.dots) for row in rows] == [(3, ())]
    assert groups_summary(unscored, rows).endswith("그릴 점수가 없습니다.")


def test_a_group_too_small_to_be_told_of_is_not_said_to_be_unranked(with_scores: Source) -> None:
    own = replace(with_scores, scope=only("a"))
    assert "순위를 매긴 부서가 없어" not in groups_summary(own, group_rows(own))


def test_a_department_sees_a_result_without_scores(unscored: Source) -> None:
    alone = replace(unscored, scope=only("a"))
    assert alone.standing(None).highest is None
    assert ranking_sentences(alone, None)


def test_those_who_share_a_place_are_said_to_share_scores_only_where_they_do(
    unscored: Source, with_scores: Source
) -> None:
    for source in (unscored, with_scores):
        (said,) = [one for one in ranking_sentences(source, None) if "공동 순위" in one]
        assert said == "2개 부서는 다른 부서와 자리를 함께 씁니다(공동 순위)."
    assert not any("공표된 뒤" in one for one in ranking_sentences(unscored, None))


def test_no_list_is_made_by_scores_where_places_do_not_follow_from_them(with_scores: Source) -> None:
    assert behind_rows(with_scores) == []
    said = overview_sayings(with_scores)[-1].answer
    assert "평가군 중앙값보다" not in said
    assert "점수로 고르지 않습니다" in said


def test_the_next_grade_is_no_matter_of_scores(unscored: Source) -> None:
    assert [one for one in grade_sentences(unscored, "c") if "견준 순위로" in one]


@pytest.mark.slow
def test_the_page_draws_no_empty_chart_and_says_why_no_list_is_made(
    project: Path, people: People, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(outranked(tmp_path, WITHOUT_SCORES).folder)
    app = Shown("overview", project, people, tmp_path / "out").by(monkeypatch)()
    said = text(app)
    assert "그릴 점수가 없습니다" in said
    assert "점을 누르면" not in said
    assert not app.get("plotly_chart")
    assert "점수로 고르는 이 목록은 만들지 않습니다" in said
