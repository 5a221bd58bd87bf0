"""A department's score, decisions and waivers are those of the release."""

from __future__ import annotations

import re
from decimal import Decimal

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
from dashboard.frames.overview import group_rows
from dashboard.frames.source import Source
from etl.insight.decisions import ledger_lines, waivers

LEADER = "0010030"
"""A department with a bonus and records of every kind."""
WAIVED = "0010020"
"""A department to which one indicator does not apply, and another has no value."""


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
    assert facts[0].beside == f"2020년 {change.score_before:.2f}점보다 {change.score_change:+.2f}점".replace("-", "−")
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
        figures = [Decimal(figure) for figure in re.findall(r"([0-9.]+)점", said)]
        assert score == middle or figures == [middle, abs(score - middle)], "what is printed adds up"


def test_what_was_not_measured_is_named(korean: Source) -> None:
    said = department_sentences(korean, WAIVED)
    missing = [key for key in korean.indicators if korean.reading.indicators[WAIVED, key].state == "missing"]
    assert missing
    (told,) = [sentence for sentence in said if sentence.startswith("값이 없어 측정하지 못한 지표")]
    assert told.removesuffix(".").partition(": ")[2].split(", ") == [korean.nodes[key] for key in missing]
    assert "신규 개방 데이터셋" not in told, "what does not apply is not missing"


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
        "신규 개방 데이터셋 — 사유: 대외 공개가 제한되는 업무로 개방할 데이터가 없음 (승인 2021. 3. 17."
    )
