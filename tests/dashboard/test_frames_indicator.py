"""What is told of an indicator comes from the release: records, marks, values, formula and tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.access import Scope
from dashboard.frames.indicator import (
    Behind,
    body_sentences,
    figure_sentences,
    in_score_text,
    mark_rows,
    marks_sentence,
    metric_parts,
    records_frame,
    spread_frame,
    unit_value_rows,
)
from dashboard.frames.rules import formula, rule_facts, rule_table
from dashboard.frames.source import Source
from dashboard.words import Words
from etl.insight.decisions import department_names, panel_marks, waivers
from etl.insight.evidence import open_evidence
from etl.insight.reading import Reading
from etl.insight.standing import score_part
from etl.release.seal import Manifest
from etl.scoring.rulebook import parse_rulebook

LEADER = "0010030"
"""A department with a bonus and records of every kind."""
WAIVED = "0010020"
"""A department to which one indicator does not apply, and another has no value."""


def test_the_records_behind_a_number_come_to_it(korean: Source) -> None:
    (part,) = metric_parts(korean, korean.indicators["datasets_opened"], LEADER)
    with open_evidence(korean.reading) as book:
        frame = records_frame(korean, part, Behind(book.of(part.metric, LEADER), book.files, {}))
    assert (len(frame.counted), len(frame.not_counted)) == (12, 20)
    assert frame.sentences == (
        "기록 12건을 세어 값은 12입니다. 세지 않은 기록은 20건입니다.",
        "세지 않은 사유: 평가 기간 밖 12건, 아직 개방하지 않음 8건.",
    )
    assert frame.has_titles
    assert all(row.kind for row in (*frame.counted, *frame.not_counted))
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
    assert marks_sentence(korean, []).startswith("위원 점수가 없습니다.")


def test_an_indicator_that_a_headline_counts_says_what_the_body_comes_to(korean: Source) -> None:
    said = body_sentences(korean, korean.indicators["datasets_opened"])
    assert said == ["기관 전체로 보면 신규 개방 데이터셋은 600건입니다(목표 500건 · 목표 달성)."]
    assert body_sentences(korean, korean.indicators["dataset_downloads"]) == []


def test_points_that_count_for_more_as_weights_moved_are_told_as_the_score_has_them(korean: Source) -> None:
    told = set()
    for unit_id in korean.units:
        for indicator in korean.indicators.values():
            part = score_part(korean.reading, unit_id, indicator.id)
            said = figure_sentences(korean, indicator, unit_id, [])
            has_moved = part.moved and part.earned is not None
            assert any("배점이 옮겨 와" in one for one in said) == has_moved
            assert bool(in_score_text(korean, indicator, unit_id)) == has_moved
            told.add(has_moved)
    assert told == {True, False}


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
