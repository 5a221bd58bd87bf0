"""A scope names its own departments and gives away nothing of the others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from dashboard.access import Role, Scope
from dashboard.frames.department import (
    department_sentences,
    part_rows,
    parts_sentences,
)
from dashboard.frames.indicator import (
    Behind,
    metric_parts,
    records_frame,
    spread_frame,
    spread_summary,
    unit_value_rows,
)
from dashboard.frames.overview import group_rows, movers_frame
from dashboard.frames.overview_says import overview_sayings
from dashboard.frames.ranking import Listing, listed_units, ranking_rows, ranking_sentences
from dashboard.frames.source import Source
from dashboard.words import Words
from etl.insight.evidence import open_evidence
from etl.insight.reading import open_release
from tests.dashboard.scopes import only
from tests.golden.evaluation import evaluate_reuses
from tests.insight.few import SIX, few_earners

LEADER = "0010030"
"""A department with a bonus and records of every kind."""


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


def test_of_an_indicator_that_fewer_than_five_others_have_nothing_is_told_together(tmp_path: Path) -> None:
    whole = Source(few_earners(tmp_path), (), Scope.everything(), Words("ko"))
    few = whole.indicators["few"]
    assert "13.5" in spread_summary(whole, few)
    assert "few 지표" in overview_sayings(whole)[-1].answer
    for unit_id in ("U0", "U5"):
        own = replace(whole, scope=only(unit_id))
        assert spread_summary(own, few) == own.words("indicator.units.too_few", units=2)
        assert "few 지표" not in overview_sayings(own)[-1].answer
        assert "중앙값" in spread_summary(own, own.indicators["all"])


def test_of_an_indicator_that_five_others_have_it_is_told_what_all_come_to(tmp_path: Path) -> None:
    whole = Source(few_earners(tmp_path, SIX), (), Scope.everything(), Words("ko"))
    own = replace(whole, scope=only("U0"))
    assert spread_summary(own, own.indicators["few"]) == spread_summary(whole, whole.indicators["few"])
    assert "few 지표" in overview_sayings(own)[-1].answer


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


def test_a_case_taken_over_tells_its_department_of_no_other_by_name(tmp_path: Path) -> None:
    whole = Source(open_release(evaluate_reuses(tmp_path).release), (), Scope.everything(), Words("ko"))
    with open_evidence(whole.reading) as book:
        behind = Behind(book.of("practices_reused", "U02"), book.files, {}, takers=book.takers())
    for scope, called in ((Scope.everything(), "E-01/민원과"), (only("U02"), "E-01/다른 부서")):
        source = replace(whole, scope=scope)
        (part,) = metric_parts(source, source.indicators["policies"], "U02")
        assert [row.record_id for row in records_frame(source, part, behind).counted] == [called]
