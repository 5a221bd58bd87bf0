"""Pages tell points of their own full mark, a weight that only weighs as a weight, and compare no share of nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.access import Scope
from dashboard.frames.compare import strips_frame, units_frame
from dashboard.frames.department import part_rows, parts_sentences
from dashboard.frames.indicator import figure_sentences, spread_summary
from dashboard.frames.source import Source
from dashboard.words import Words
from etl.release.folder import publish
from tests.dashboard.showing import Shown, text
from tests.dashboard.signing_in import People
from tests.insight.weighing import RAW, mixed, weighed


@pytest.fixture
def source(tmp_path: Path) -> Source:
    return Source(mixed(tmp_path), (), Scope.everything(), Words("ko"))


def test_an_indicator_tells_its_weight_as_a_weight(source: Source) -> None:
    said = [figure_sentences(source, one, "가", [])[0] for one in source.indicators.values()]
    assert said == [
        "값 91 → 91점(가중치 0.2).",
        "값 40 → 40점(만점 100점, 가중치 0.2).",
        "값 2 → 0점(만점 1점, 가중치 0.2).",
    ]


def test_nobody_has_full_points_where_none_are_stated(source: Source) -> None:
    assert "만점은 정해져 있지 않습니다" in spread_summary(source, source.indicators["open"])
    assert "만점을 받은 부서는 1개" in spread_summary(source, source.indicators["stated"])


def test_columns_side_by_side_have_points_of_their_full_mark(source: Source) -> None:
    rows = {row.indicator: row.cells[0] for row in units_frame(source, ["가", "나"]).rows if row.indicator}
    assert rows == {"open": "91 · 91점", "stated": "40 · 40점 / 100", "placed": "2 · 0점 / 1"}


def test_the_indicator_furthest_apart_is_one_of_which_there_are_shares(source: Source) -> None:
    assert any("stated 지표입니다(만점 대비 60 %p" in said for said in units_frame(source, ["가", "나"]).sentences)


def test_points_without_a_full_mark_are_left_out_of_the_picture_and_named(source: Source) -> None:
    frame = strips_frame(source, ["가", "나"])
    assert [row.indicator for row in frame.rows] == ["stated", "placed"]
    assert frame.left_out.endswith("뺐습니다: open 지표. 값과 점수는 위 표에 있습니다.")
    assert max(share for row in frame.rows for share in row.chosen if share is not None) <= 100


def test_the_parts_of_a_department_are_out_of_their_full_mark(source: Source) -> None:
    assert "주황 마름모가 전체 중앙값입니다. 회색 줄의 끝이 만점입니다." in parts_sentences(source, "가")[0]
    rows = part_rows(source, "가")
    assert [row.possible_text for row in rows] == ["–", "100", "1"]
    assert [row.possible for row in rows] == [None, 100, 1]


def test_pages_say_so_where_nothing_has_a_full_mark(
    project: Path, people: People, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    reading = weighed(tmp_path, {"가": (91, 2), "나": (13, 5), "다": (7, 8)}, {"one": RAW, "two": RAW}, "ratio")
    publish(reading.folder)
    said = text(Shown("compare", project, people, tmp_path / "releases").by(monkeypatch)(beside="가,나"))
    assert "견줄 수 없는 지표는 뺐습니다: one 지표, two 지표." in said
    assert "만점 대비" not in said
    said = text(Shown("department", project, people, tmp_path / "releases").by(monkeypatch)(unit="가"))
    assert "파란 점이 이 부서입니다. 주황 마름모가 전체 중앙값입니다. 지표 이름을 누르면" in said
