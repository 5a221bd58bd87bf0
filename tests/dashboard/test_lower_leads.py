"""Where a rulebook ranks the lowest score first, nothing says that more is better."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.access import Scope
from dashboard.frames.department import department_sentences
from dashboard.frames.overview import behind_rows, group_rows
from dashboard.frames.overview_says import overview_sayings
from dashboard.frames.ranking import ranking_sentences
from dashboard.frames.source import Source
from dashboard.frames.turning_points import margin_sentence
from dashboard.frames.unit_ahead import grade_sentences, prospect_rows
from dashboard.frames.unit_bridge import bridge_frame
from dashboard.words import Words
from etl.insight.reading import Reading
from etl.insight.turning_points import margins
from etl.release.folder import publish
from tests.dashboard.showing import Shown, text
from tests.dashboard.signing_in import People
from tests.insight.test_prospects import CUTOFFS, MARKS, ranked_lowest_first


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    return ranked_lowest_first(tmp_path_factory.mktemp("lowest"), CUTOFFS)


@pytest.fixture(scope="module")
def source(reading: Reading) -> Source:
    return Source(reading, (), Scope.everything(), Words("ko"))


def test_those_to_help_are_the_last_and_their_gap_is_above_the_median(source: Source) -> None:
    rows = behind_rows(source)
    assert [(row.unit_id, row.gap, row.indicator_gap) for row in rows] == [("e", 30, 30), ("d", 10, 10)]
    assert rows[0].gap_text.startswith("+30")
    said = overview_sayings(source)[-1].answer
    assert "점수가 가장 높은 부서는" in said
    assert "가장 낮은" not in said
    assert "놓친" not in said


def test_the_first_is_the_dot_that_is_named(source: Source) -> None:
    (row,) = group_rows(source)
    assert [dot.unit_id for dot in row.dots] == sorted(MARKS)
    assert row.dots[0].name == row.leaders[0]


def test_the_next_places_are_above_with_less_and_below_with_more(source: Source, reading: Reading) -> None:
    found = margins(reading, "c", overall=True)
    assert found is not None
    said = margin_sentence(source, "c", found, overall=True)
    assert "2위 b보다 10점 높고 4위 d보다 10점 낮습니다" in said
    first, last = (margins(reading, unit, overall=True) for unit in ("a", "e"))
    assert first is not None
    assert last is not None
    assert "2위 b보다 10점 낮습니다" in margin_sentence(source, "a", first, overall=True)
    assert "4위 d보다 20점 높습니다" in margin_sentence(source, "e", last, overall=True)


@pytest.mark.parametrize(("includes", "said"), [("lower", "60점보다 낮은 점수입니다"), ("upper", "60점 이하입니다")])
def test_the_next_grade_is_at_a_lower_score(tmp_path: Path, includes: str, said: str) -> None:
    reading = ranked_lowest_first(tmp_path, CUTOFFS + f'includes = "{includes}"\n')
    source = Source(reading, (), Scope.everything(), Words("ko"))
    (sentence,) = grade_sentences(source, "d")
    assert sentence.startswith("다음 등급 우수는")
    assert said in sentence
    assert "10점 높습니다" in sentence
    assert grade_sentences(source, "a") == ["점수로 더 오를 등급이 없습니다."]


def test_no_step_that_raises_the_score_is_recommended(source: Source) -> None:
    assert all(prospect_rows(source, unit) == [] for unit in MARKS)
    assert not any("놓친" in said for unit in MARKS for said in department_sentences(source, unit))


def test_the_indicator_with_more_is_the_one_that_is_behind(source: Source) -> None:
    frame = bridge_frame(source, "e")
    assert frame is not None
    assert "가장 많이 뒤진 것은 가지표로 +30" in frame.summary


def test_the_ranking_says_once_that_lower_is_better(source: Source, korean: Source) -> None:
    assert ranking_sentences(source, None).count("이 규칙은 점수가 낮을수록 앞섭니다.") == 1
    assert not any("낮을수록" in said for said in ranking_sentences(korean, None))


@pytest.mark.slow
def test_the_pages_say_what_is_lower_and_that_steps_are_not_worked_out(
    project: Path, people: People, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(ranked_lowest_first(tmp_path, CUTOFFS).folder)
    overview = text(Shown("overview", project, people, tmp_path / "out").by(monkeypatch)())
    assert "중앙값을 가장 많이 넘은 지표입니다" in overview
    assert "못 미" not in overview
    own = text(Shown("department", project, people, tmp_path / "out").by(monkeypatch)())
    assert "무엇을 하면 점수가 낮아지는지는 셈하지 않습니다" in own
    assert "2위 b보다 10점 낮습니다" in own
