"""The overview says what the release says, in the reader's scope and language."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from dashboard.access import Scope
from dashboard.frames.department import part_rows
from dashboard.frames.overview import (
    MANY,
    ScoreDot,
    behind_rows,
    drawn_dots,
    group_rows,
    groups_summary,
    headline_cards,
    movers_frame,
)
from dashboard.frames.overview_says import overview_sayings, who_is_behind
from dashboard.frames.ranking import Listing, listed_units, ranking_rows
from dashboard.frames.source import Source
from dashboard.words import Words
from etl.insight.reading import Reading
from etl.insight.standing import group_standings
from tests.dashboard.scopes import only

LEADER = "0010030"
"""A department with a bonus and records of every kind."""


def test_the_headlines_are_those_of_the_release_against_target_and_last_year(korean: Source) -> None:
    cards = headline_cards(korean)
    assert [(card.value, card.unit, card.target, card.attainment) for card in cards] == [
        ("22", "건", "목표 20건", "달성률 110 %"),
        ("14", "개 부서", "목표 12개 부서", "달성률 117 %"),
        ("600", "건", "목표 500건", "달성률 120 %"),
        ("1,515", "명", "목표 1,200명", "달성률 126 %"),
    ]
    assert all(card.reached for card in cards)
    assert cards[0].change == "전년 13건보다 +9"
    assert cards[3].ratio == "정원 대비 62 %"
    assert cards[3].ratio_exact == Decimal("61.99")


def test_the_trend_of_a_sum_goes_back_further_than_the_releases(korean: Source) -> None:
    analyses, using, *_ = headline_cards(korean)
    assert [(point.year, point.value) for point in analyses.trend.points] == [
        (2017, 2), (2018, 4), (2019, 9), (2020, 13), (2021, 22),
    ]  # fmt: skip
    assert [(point.year, point.value, point.target) for point in using.trend.points] == [(2020, 8, 8), (2021, 14, 12)]


def test_the_overview_answers_where_we_stand_what_moved_and_where_to_act(korean: Source, english: Source) -> None:
    reading = korean.reading
    (leader,) = [unit_id for unit_id, row in reading.ranks.items() if row.rank == 1]
    changes = sorted(korean.changes.values(), key=lambda change: change.score_change)
    stand, moved, act = overview_sayings(korean)
    assert [one.question for one in (stand, moved, act)] == ["어디에 있나", "무엇이 움직였나", "어디를 손볼까"]
    name, score = korean.units[leader], f"{reading.scores[leader].score:.2f}"
    assert "핵심 수치 4개가 모두 목표에 닿았습니다." in stand.answer
    assert f"순위를 매긴 83개 부서 가운데 1위는 {name}, {score}점입니다." in stand.answer
    gained = sum(change.score_change > 0 for change in changes)
    assert f"{len(changes)}개 부서 가운데 {gained}개가 오르고" in moved.answer
    assert f"{korean.units[changes[-1].unit_id]}으로, +{changes[-1].score_change:.2f}점" in moved.answer
    assert f"−{-changes[0].score_change:.2f}점" in moved.answer
    assert "득점률이 가장 낮은 지표는 데이터 활용 정책으로" in act.answer
    assert behind_rows(korean)[0].name in act.answer
    assert [len(one.answer) > 20 for one in overview_sayings(english)] == [True] * 3


def test_those_who_need_help_are_furthest_below_their_groups_median_and_the_reason_is_the_widest_gap(
    korean: Source,
) -> None:
    rows = behind_rows(korean)
    medians = {standing.peer_group: standing.median for standing in group_standings(korean.reading)}
    gaps = {
        unit: score - median
        for unit, rank in korean.reading.ranks.items()
        if (score := korean.reading.scores[unit].score) is not None and (median := medians[rank.peer_group]) is not None
    }
    assert set(gaps) == set(korean.reading.ranks)
    assert [row.gap for row in rows] == sorted(gaps.values())[:5]
    for row in rows:
        assert row.gap == gaps[row.unit_id]
        parts = [part for part in part_rows(korean, row.unit_id) if not part.is_area and part.gap is not None]
        assert row.indicator_gap == min(part.gap for part in parts if part.gap is not None)
        assert row.indicator in {part.node for part in parts if part.gap == row.indicator_gap}


def test_why_they_need_help_is_said_once_where_it_is_the_same_for_all(korean: Source) -> None:
    names = [row.name for row in behind_rows(korean)[:3]]
    act = overview_sayings(korean)[2].answer
    assert {row.indicator for row in behind_rows(korean)[:3]} == {"datasets_opened"}
    assert act.endswith("모두 신규 개방 데이터셋에서 가장 많이 모자랍니다.")
    mixed = replace(behind_rows(korean)[0], indicator="other", indicator_name="다른 지표")
    (said,) = who_is_behind(korean, [mixed, *behind_rows(korean)[1:3]])
    assert f"{names[0]}({mixed.gap_text}, 주로 다른 지표)" in said
    assert f"{names[1]}(" in said
    assert list(who_is_behind(korean, [])) == []


def test_who_needs_help_is_nobody_elses_business_before_publication(korean: Source) -> None:
    own = replace(korean, scope=only(LEADER))
    assert behind_rows(own) == []
    assert "뒤에 보여 드립니다" in overview_sayings(own)[1].answer
    names = {name for unit, name in korean.units.items() if unit != LEADER}
    said = " ".join(one.answer for one in overview_sayings(own))
    assert not {name for name in names if name in said}


def test_movers_are_the_biggest_changes_and_say_that_the_rules_changed(korean: Source) -> None:
    frame = movers_frame(korean)
    assert frame is not None
    assert frame.caution
    changes = sorted((change.score_change for change in korean.changes.values()), reverse=True)
    assert [row.change for row in frame.rows] == [*changes[:5], *changes[-5:]]
    first = korean.changes[frame.rows[0].unit_id]
    assert frame.rows[0].ranks == f"{first.group_rank_before}위 → {first.group_rank}위"


def test_without_last_year_nothing_is_compared(readings: dict[int, Reading]) -> None:
    alone = Source(readings[2021], (), Scope.everything(), Words("ko"))
    assert movers_frame(alone) is None
    assert {card.change for card in headline_cards(alone)} == {"비교할 전년 결과가 없습니다"}
    assert all(row.change is None and not row.is_new for row in ranking_rows(alone, listed_units(alone, Listing())))


def test_every_peer_group_has_its_departments_and_its_median(korean: Source) -> None:
    rows = group_rows(korean)
    assert [(row.name, row.units, len(row.dots)) for row in rows] == [
        ("지원", 17, 17), ("사업", 30, 30), ("사업소", 10, 10), ("읍면동", 21, 21), ("직속기관", 5, 5),
    ]  # fmt: skip
    for row in rows:
        scores = sorted(dot.score for dot in row.dots)
        assert row.highest == scores[-1]
        assert row.lowest == scores[0]
        assert row.dots[0].name in row.leaders


@given(st.lists(st.decimals(0, 100, places=2), max_size=600))
def test_in_a_large_group_departments_within_half_a_point_share_a_dot_and_none_is_lost(scores: list[Decimal]) -> None:
    dots = [ScoreDot(score, f"부서 {at}", f"U{at}") for at, score in enumerate(sorted(scores, reverse=True))]
    drawn = drawn_dots(dots)
    assert [one for dot in drawn for one in dot.dots] == dots
    for dot in drawn:
        assert dot.score == dot.dots[0].score >= dot.lowest == dot.dots[-1].score
        assert dot.score - dot.lowest < Decimal("0.5")
    if len(dots) < MANY:
        assert len(drawn) == len(dots)
    else:
        assert len(drawn) <= 201


def test_medians_that_are_all_equal_name_no_highest_and_no_lowest(korean: Source) -> None:
    alike = [replace(row, median=Decimal(5)) for row in group_rows(korean)]
    assert len(alike) > 1
    said = groups_summary(korean, alike)
    assert said.startswith("모든 평가군의 중앙값이 5.00점으로 같습니다.")
    assert "가장 높은" not in said
