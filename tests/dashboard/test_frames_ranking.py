"""The ranking and the parts of a score are those of the release."""

from __future__ import annotations

from pathlib import Path

from dashboard.access import Scope
from dashboard.frames.department import department_sentences
from dashboard.frames.overview_says import overview_sayings
from dashboard.frames.ranking import Listing, listed_units, ranking_rows, ranking_sentences, unranked_rows
from dashboard.frames.source import Source
from dashboard.words import Words
from etl.insight.reading import open_release
from tests.dashboard.conftest import ScoreUnits, figures_of

LEADER = "0010030"
"""A department with a bonus and records of every kind."""


def test_the_ranking_lists_every_ranked_department_once_in_its_place(korean: Source) -> None:
    rows = ranking_rows(korean, listed_units(korean, Listing()))
    ranks = korean.reading.ranks
    assert len(rows) == len({row.unit_id for row in rows}) == 83
    assert [ranks[row.unit_id].rank for row in rows] == sorted(rank.rank for rank in ranks.values())
    for row in rows:
        rank = ranks[row.unit_id]
        assert row.rank == (f"공동 {rank.rank}위" if rank.tied_with else f"{rank.rank}위")
        assert row.score == korean.reading.scores[row.unit_id].score


def test_a_tie_in_the_whole_ranking_need_not_be_one_in_the_peer_group(korean: Source) -> None:
    ranks = korean.reading.ranks
    tied = [row for row in ranking_rows(korean, listed_units(korean, Listing())) if row.rank.startswith("공동")]
    assert tied, "the demonstration has departments that share a place"
    for row in tied:
        own = ranks[row.unit_id]
        group = [rank for rank in ranks.values() if rank.peer_group == own.peer_group]
        same = [rank for rank in group if rank.group_rank == own.group_rank]
        assert row.group_rank.startswith("공동") == (len(same) > 1)


def test_a_broken_tie_and_a_limited_grade_are_explained(korean: Source) -> None:
    by_unit = {row.unit_id: row for row in ranking_rows(korean, listed_units(korean, Listing()))}
    parted = [row for row in korean.reading.ranks.values() if row.tie_broken_by is not None]
    assert parted
    for rank in parted:
        assert by_unit[rank.unit_id].note == f"동점이라 {korean.nodes[rank.tie_broken_by or '']}에서 갈림"
    (limited,) = [row for row in by_unit.values() if row.grade_note]
    assert (limited.unit_id, limited.grade, limited.grade_note) == ("0050030", "A (우수)", "등급 제한, 원래 S (탁월)")


def test_a_department_without_last_year_is_new_and_bonus_stands_apart(korean: Source) -> None:
    rows = ranking_rows(korean, listed_units(korean, Listing()))
    assert korean.before is not None
    assert {row.unit_id for row in rows if row.is_new} == set(korean.units) - set(korean.before.units)
    assert {row.unit_id: (row.bonus, row.penalty) for row in rows}[LEADER] == (3, 0)


def test_the_filter_keeps_one_peer_group_and_its_order(korean: Source) -> None:
    rows = ranking_rows(korean, listed_units(korean, Listing("agency")))
    assert [row.group_rank for row in rows] == ["1위", "2위", "3위", "4위", "5위"]
    assert {row.group for row in rows} == {"직속기관"}
    assert ranking_sentences(korean, "agency")[0].startswith("직속기관 5개 부서에 순위를 매겼습니다.")


def test_departments_without_a_rank_stand_at_the_end_with_the_reason(score_units: ScoreUnits, tmp_path: Path) -> None:
    nothing = dict.fromkeys(figures_of(), "")
    units = [("1", "교통정책과", "line"), ("2", "무기록과", "line"), ("3", "법무담당관", "support")]
    release = score_units(tmp_path, units, {"1": figures_of(), "2": nothing, "3": figures_of()})
    source = Source(open_release(release), (), Scope.everything(), Words("ko"))
    (row,) = unranked_rows(source, None)
    assert (row.name, row.group) == ("무기록과", "사업")
    assert row.why == "측정된 가중치가 최소 기준에 못 미침"
    assert {ranked.unit_id for ranked in ranking_rows(source, listed_units(source, Listing()))} == {"1", "3"}
    assert unranked_rows(source, "support") == []
    assert "1개 부서는 순위를 매기지 않았습니다" in overview_sayings(source)[0].answer
    assert any("순위를 매기지 않았습니다" in said for said in department_sentences(source, "2"))
