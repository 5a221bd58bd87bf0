"""What pages show is what the release says, in the reader's scope and language."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from dashboard.access import Role, Scope
from dashboard.formats import number
from dashboard.frames.department import (
    department_facts,
    department_sentences,
    ledger_rows,
    ledger_sentences,
    part_rows,
    parts_sentences,
    sum_sentence,
    waiver_sentences,
)
from dashboard.frames.indicator import (
    Behind,
    figure_sentences,
    mark_rows,
    marks_sentence,
    metric_parts,
    records_frame,
    spread_frame,
    unit_value_rows,
)
from dashboard.frames.overview import behind_rows, group_rows, headline_cards, movers_frame, overview_sayings
from dashboard.frames.ranking import Listing, listed_units, ranking_rows, ranking_sentences, unranked_rows
from dashboard.frames.rules import formula, rule_facts, rule_table
from dashboard.frames.source import Source
from dashboard.words import Words
from etl.insight.decisions import department_names, ledger_lines, panel_marks, waivers
from etl.insight.evidence import open_evidence
from etl.insight.reading import Reading, open_release
from etl.insight.standing import group_standings
from etl.release.folder import published
from etl.release.seal import Manifest
from etl.scoring.rulebook import parse_rulebook
from tests.dashboard.conftest import ScoreUnits, figures_of
from tests.dashboard.scopes import only

LEADER = "0010030"
"""A department with a bonus and records of every kind."""
WAIVED = "0010020"
"""A department to which one indicator does not apply, and another has no value."""


@pytest.fixture(scope="module")
def readings(releases: Path) -> dict[int, Reading]:
    return {pointer.year: open_release(releases / pointer.release) for pointer in published(releases)}


@pytest.fixture(scope="module")
def korean(readings: dict[int, Reading]) -> Source:
    return Source(readings[2021], (readings[2020],), Scope.everything(), Words("ko"))


@pytest.fixture(scope="module")
def english(korean: Source) -> Source:
    return replace(korean, words=Words("en"))


# The overview --------------------------------------------------------------------------------------------------------


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
    assert "점수를 가장 많이 놓친 지표는 데이터 활용 정책으로" in act.answer
    assert behind_rows(korean)[0].name in act.answer
    assert [len(one.answer) > 20 for one in overview_sayings(english)] == [True] * 3


def test_those_who_need_help_are_furthest_below_their_groups_median_and_the_reason_is_the_widest_gap(
    korean: Source,
) -> None:
    rows = behind_rows(korean)
    medians = {standing.peer_group: standing.median for standing in group_standings(korean.reading)}
    gaps = {
        unit: korean.reading.scores[unit].score - medians[rank.peer_group]  # type: ignore[operator]  # all have scores
        for unit, rank in korean.reading.ranks.items()
    }
    assert [row.gap for row in rows] == sorted(gaps.values())[:5]
    for row in rows:
        assert row.gap == gaps[row.unit_id]
        parts = [part for part in part_rows(korean, row.unit_id) if not part.is_area and part.gap is not None]
        assert row.indicator_gap == min(part.gap for part in parts if part.gap is not None)
        assert row.indicator in {part.node for part in parts if part.gap == row.indicator_gap}


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


# The ranking ---------------------------------------------------------------------------------------------------------


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
    assert (limited.unit_id, limited.grade, limited.grade_note) == ("0050030", "A 우수", "등급 제한, 원래 S 탁월")


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


# A department --------------------------------------------------------------------------------------------------------


def test_the_parts_of_every_score_add_up_to_it(korean: Source) -> None:
    for unit_id, row in korean.reading.scores.items():
        earned = sum((part.earned or 0 for part in part_rows(korean, unit_id) if not part.is_area), Decimal(0))
        assert row.base is not None
        assert abs(earned - row.base) < Decimal("1e-25"), unit_id


def test_weight_that_moved_is_marked_and_what_does_not_apply_says_so(korean: Source) -> None:
    rows = {row.node: row for row in part_rows(korean, WAIVED)}
    assert rows["analyses_completed"].possible_text == "33.33 ↑ (원래 25)"
    assert (rows["datasets_opened"].value, rows["datasets_opened"].earned) == ("해당없음", None)
    assert rows["datasets_maintained"].value == "값 없음"
    assert any("↑" in said for said in parts_sentences(korean, WAIVED))
    assert not any("↑" in said for said in parts_sentences(korean, LEADER))


def test_an_area_of_one_indicator_is_told_by_the_indicator(korean: Source) -> None:
    rows = part_rows(korean, LEADER)
    assert [(row.node, row.depth) for row in rows if row.is_area] == [("training", 0), ("sharing", 0)]
    assert {row.node: row.depth for row in rows}["dataset_downloads"] == 1
    assert {row.node: row.depth for row in rows}["analyses_completed"] == 0


def test_the_head_of_a_department_says_score_ranks_and_grade(korean: Source) -> None:
    score, rank, change = korean.reading.scores[LEADER], korean.reading.ranks[LEADER], korean.changes[LEADER]
    facts = department_facts(korean, LEADER)
    median = korean.standing(rank.peer_group).median
    shown = [
        f"{score.score:.2f}점",
        f"{median:.2f}점",
        f"{rank.rank}위",
        f"{rank.group_rank}위",
        korean.grade_name(rank.grade),
    ]
    assert [fact.value for fact in facts] == shown
    assert facts[0].beside == f"전년 {change.score_before:.2f}점보다 {change.score_change:+.2f}점".replace("-", "−")
    assert facts[1].beside == "17개 부서의 가운데 점수"
    assert facts[3].beside.startswith("17개 부서 가운데, ")
    assert sum_sentence(korean, LEADER) == f"지표 점수 {score.base:.2f} + 가점 3 − 감점 0 = {score.score:.2f}점"


def test_a_department_is_told_how_far_it_is_from_the_median_of_its_group(korean: Source) -> None:
    for unit_id in korean.units:
        middle = next(row.median for row in group_rows(korean) if row.name == korean.group_name(unit_id))
        score = korean.reading.scores[unit_id].score
        assert middle is not None
        assert score is not None
        word = "높습니다" if score > middle else "낮습니다" if score < middle else "같습니다"
        (said,) = [sentence for sentence in department_sentences(korean, unit_id) if "중앙값" in sentence]
        assert said.endswith(f"{word}.")
        assert score == middle or f"{number(abs(score - middle), fixed=True)}점" in said


def test_bonus_and_penalty_come_with_rule_reason_and_received_row(korean: Source) -> None:
    lines = ledger_lines(korean.reading, LEADER)
    rows = ledger_rows(korean, lines)
    assert [(row.rule, row.points, row.reason) for row in rows] == [
        ("우수사례 선정", "+1", "데이터 활용 우수사례 선정"),
        ("우수사례 선정", "+2", "전국 데이터 분석 경진대회 최우수상"),
    ]
    assert all(row.origin.startswith("가감점.csv ") for row in rows)
    assert ledger_sentences(korean, LEADER, lines) == ["가점 3점과 감점 0점이 점수에 반영되었습니다."]
    assert ledger_sentences(korean, "0010010", []) == ["가점과 감점이 없습니다."]


def test_a_veto_is_an_entry_without_points(korean: Source) -> None:
    (row,) = [row for row in ledger_rows(korean, ledger_lines(korean.reading, "0050030")) if row.kind == "등급 제한"]
    assert (row.rule, row.points) == ("청렴·괴롭힘 징계", "–")


def test_a_waiver_names_the_indicator_the_reason_and_the_document(korean: Source) -> None:
    (said,) = waiver_sentences(korean, waivers(korean.reading, WAIVED))
    assert said.startswith(
        "신규 개방 데이터세트 — 사유: 대외 공개가 제한되는 업무로 개방할 데이터가 없음 (승인 2021. 3. 17."
    )


# An indicator --------------------------------------------------------------------------------------------------------


def test_the_records_behind_a_number_come_to_it(korean: Source) -> None:
    (part,) = metric_parts(korean, korean.indicators["datasets_opened"], LEADER)
    with open_evidence(korean.reading) as book:
        frame = records_frame(korean, part, Behind(book.of(part.metric, LEADER), book.files, {}))
    assert (len(frame.counted), len(frame.not_counted)) == (12, 20)
    assert frame.sentences == (
        "기록 12건을 세어 12입니다. 세지 않은 기록은 20건입니다.",
        "세지 않은 까닭: 평가 기간 밖 12건, 아직 개방하지 않음 8건.",
    )
    assert frame.has_titles
    assert not frame.has_shares
    assert all(row.origin.startswith("데이터셋.csv ") and row.origin.endswith("행") for row in frame.counted)


def test_records_that_do_not_come_to_the_published_number_are_said_to_differ(korean: Source) -> None:
    (part,) = metric_parts(korean, korean.indicators["datasets_opened"], LEADER)
    with open_evidence(korean.reading) as book:
        evidence, files = book.of(part.metric, LEADER), book.files
    without_one = [record for record in evidence if record.reason is None][1:]
    said = records_frame(korean, part, Behind(without_one, files, {})).sentences
    assert any("다시 세면 11로, 공개본의 12와 다릅니다" in sentence for sentence in said)


def test_records_of_a_department_that_was_merged_say_where_they_come_from(korean: Source) -> None:
    names = department_names(korean.reading)
    with open_evidence(korean.reading) as book:
        candidates = ((unit_id, book.of("datasets_opened", unit_id)) for unit_id in korean.units)
        found = next(
            [record for record in records if record.recorded_unit != unit_id]
            for unit_id, records in candidates
            if any(record.recorded_unit != unit_id for record in records)
        )
        part = metric_parts(korean, korean.indicators["datasets_opened"], LEADER)[0]
        frame = records_frame(korean, part, Behind(found, book.files, names))
    assert frame.has_shares
    assert found[0].recorded_unit not in korean.reading.units
    assert names[found[0].recorded_unit] in next(row.share for row in (*frame.counted, *frame.not_counted))


def test_a_panel_says_which_marks_the_mean_leaves_out(korean: Source) -> None:
    lines = panel_marks(korean.reading, "data_leadership", LEADER)
    assert marks_sentence(korean, lines) == "위원 5명의 점수입니다. 평균에서 뺀 점수는 2개입니다."
    out = {row.mark for row in mark_rows(korean, lines) if row.use != "넣음"}
    assert out == {"81", "92"}
    assert marks_sentence(korean, []) == "위원 점수가 없습니다."


def test_the_figure_of_a_department_is_told_with_its_calculation(korean: Source, english: Source) -> None:
    uptake = korean.indicators["training_uptake"]
    assert figure_sentences(korean, uptake, LEADER, []) == [
        "값 74 % → 12점(배점 12점).",
        "계산: 23 ÷ 31 × 100 → 74 %",
    ]
    opened = korean.indicators["datasets_opened"]
    said = figure_sentences(korean, opened, WAIVED, waivers(korean.reading, WAIVED))
    assert said[0] == "해당없음으로 승인되어 재지 않았습니다."
    assert "사유: 대외 공개가 제한되는" in said[1]
    maintained = korean.indicators["datasets_maintained"]
    assert figure_sentences(korean, maintained, WAIVED, [])[0].startswith("값이 없습니다. 배점을 같은 영역의")
    assert figure_sentences(english, opened, LEADER, [])[1] == "The target is 4 datasets."


def test_everybody_with_a_value_is_a_dot_in_its_group(korean: Source) -> None:
    for indicator in korean.indicators.values():
        frame = spread_frame(korean, indicator, LEADER)
        shown = sum(dot.units for dots in frame.groups.values() for dot in dots)
        rows = [row for row in korean.reading.indicators.values() if row.indicator == indicator.id]
        assert shown == sum(row.value is not None for row in rows)
        assert frame.chosen is not None
        assert frame.chosen[0] == "지원"


def test_the_table_of_values_has_every_department_most_points_first(korean: Source) -> None:
    rows = unit_value_rows(korean, korean.indicators["datasets_opened"])
    points = [row.points_exact for row in rows if row.points_exact is not None]
    assert len(rows) == 83
    assert points == sorted(points, reverse=True)
    assert {row.value for row in rows if row.value_exact is None} == {"해당없음"}


def test_the_formula_and_the_tables_are_those_of_the_rulebook(korean: Source, english: Source) -> None:
    uptake = korean.indicators["training_uptake"]
    assert formula(korean, uptake) == "교육 이수 실인원 ÷ 정원 × 100"
    assert formula(english, uptake) == "People trained ÷ Authorised headcount × 100"
    bands = rule_table(korean, uptake)
    assert bands is not None
    assert bands.rows == (
        ("60 % 이상", "12"),
        ("40 % 이상 60 % 미만", "7"),
        ("20 % 이상 40 % 미만", "2"),
        ("20 % 미만", "0"),
    )
    targets = rule_table(korean, korean.indicators["analyses_completed"])
    assert targets is not None
    assert targets.rows == (("30 이하", "1건"), ("30 초과 60 이하", "2건"), ("60 초과", "3건"))
    groups = rule_table(korean, korean.indicators["datasets_opened"])
    assert groups is not None
    assert groups.rows[0] == ("지원", "4건")
    facts = dict(rule_facts(korean, uptake))
    assert facts["근거"].endswith("제8조(교육), 6쪽")
    assert "소수점 아래를 버립니다" in facts["점수 방법"]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_rulebook_there_is_can_be_put_into_words(project: Path, language: str) -> None:
    rulebooks = [*(project / "data/rulebooks").glob("*.toml"), *(project / "tests/rulebooks").glob("*.toml")]
    assert len(rulebooks) >= 9
    for path in rulebooks:
        rulebook = parse_rulebook(path.read_bytes(), path.name, None)
        reading = Reading(path.parent, Manifest({}), rulebook, {})
        source = Source(reading, (), Scope.everything(), Words("en" if language == "en" else "ko"))
        for indicator in rulebook.indicators:
            facts = rule_facts(source, indicator)
            assert len(facts) >= 3
            assert all(said.strip() and "None" not in said for _, said in facts)
            rule_table(source, indicator)


# Scope ---------------------------------------------------------------------------------------------------------------


def test_a_scope_names_its_departments_and_no_other(korean: Source) -> None:
    own = replace(korean, scope=only(LEADER, "0100010"))
    assert set(own.units) == set(own.record_units) == {LEADER, "0100010"}
    assert {row.unit_id for row in ranking_rows(own, listed_units(own, Listing()))} == {LEADER, "0100010"}
    assert {dot.name for row in group_rows(own) for dot in row.dots if dot.name} == set(own.units.values())
    indicator = own.indicators["datasets_opened"]
    assert {row.unit_id for row in unit_value_rows(own, indicator)} == {LEADER, "0100010"}
    others = {unit.name for unit_id, unit in korean.reading.units.items() if unit_id not in own.units}
    said = [
        *(one.answer for one in overview_sayings(own)),
        *ranking_sentences(own, None),
        *department_sentences(own, LEADER),
        *(str(row) for row in group_rows(own)),
        str(spread_frame(own, indicator, LEADER)),
        str(movers_frame(own)),
    ]
    assert not [name for name in others for sentence in said if f"'{name}'" in sentence or f" {name}" in sentence]


def test_departments_are_set_against_each_other_by_name_or_not_at_all(korean: Source) -> None:
    own = replace(korean, scope=only(LEADER))
    movers = movers_frame(own)
    assert movers is not None
    assert (movers.rows, movers.summary) == ((), "부서끼리의 비교는 결과가 공표된 뒤에 보여 드립니다.")
    assert not [one for one in overview_sayings(own) if "가장 많이" in one.answer and "부서는" in one.answer]
    assert "다른 부서의 점수와 순위는 결과가 공표된 뒤에 보여 드립니다." in ranking_sentences(own, None)


def test_a_group_without_names_keeps_its_median_and_gives_no_single_score_away(korean: Source) -> None:
    own = replace(korean, scope=only(LEADER))
    exact = {row.score for unit_id, row in korean.reading.scores.items() if unit_id != LEADER}
    for row, whole in zip(group_rows(own), group_rows(korean), strict=True):
        assert (row.median, row.units, len(row.dots)) == (whole.median, whole.units, len(whole.dots))
        assert not [dot for dot in row.dots if not dot.name and dot.score in exact and dot.score % 1]
        assert all(bool(dot.unit_id) == bool(dot.name) for dot in row.dots)
        assert not {row.highest, row.lowest} & {score for score in exact if score and score % 1}


def test_of_a_group_of_fewer_than_five_others_nothing_is_told(korean: Source) -> None:
    member = next(unit_id for unit_id, row in korean.reading.ranks.items() if row.peer_group == "agency")
    own = replace(korean, scope=only(member))
    (row,) = [row for row in group_rows(own) if row.name == "직속기관"]
    assert (row.units, row.median, row.highest, row.lowest) == (5, None, None, None)
    assert [dot.name for dot in row.dots] == [korean.reading.units[member].name]
    assert {part.median for part in part_rows(own, member)} == {None}
    assert "다른 부서가 5개보다 적어" in parts_sentences(own, member)[0]
    assert not [said for said in department_sentences(own, member) if "중앙값" in said]
    assert "부서가 적어" in ranking_sentences(own, "agency")[0]
    indicator = own.indicators["datasets_opened"]
    spread = spread_frame(own, indicator, member)
    assert sum(dot.units for dot in spread.groups["직속기관"]) == 1
    # Whoever stands outside sees five others, and none of them in particular.
    outside = replace(korean, scope=only(LEADER))
    assert sum(dot.units for dot in spread_frame(outside, indicator, LEADER).groups["직속기관"]) == 5


def test_the_values_of_others_have_no_names_and_no_decimals_to_know_them_by(korean: Source) -> None:
    own = replace(korean, scope=only(LEADER))
    uptake = own.indicators["training_uptake"]
    dots = [dot for dots in spread_frame(own, uptake, LEADER).groups.values() for dot in dots]
    whole = [dot for dots in spread_frame(korean, uptake, LEADER).groups.values() for dot in dots]
    assert sum(dot.units for dot in dots) == sum(dot.units for dot in whole)
    unnamed = [dot for dot in dots if own.units[LEADER] not in dot.hover]
    assert all(dot.hover.startswith("약 ") and dot.value % 5 == 0 for dot in unnamed)


def test_scopes_that_differ_have_different_keys() -> None:
    scopes = [
        Scope.everything(),
        Scope(Role.EXECUTIVE, None, None),
        Scope(Role.DEPARTMENT, frozenset(), frozenset()),
        Scope(Role.DEPARTMENT, None, frozenset({"1"})),
        only("1"),
    ]
    assert len({scope.key for scope in scopes}) == len(scopes)
    assert only("2", "1").key == only("1", "2").key
    assert Scope.everything().may_see("anything")
    assert not only("1").may_see("2")
