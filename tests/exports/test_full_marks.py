"""Documents and spreadsheets tell points of their full mark, never of a weight that only weighs."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from etl.exports.carried import carry
from etl.exports.hwpx import write_hwpx
from etl.exports.pdf.notices import notices_data
from etl.exports.pdf.report import report_data
from etl.exports.pdf.report_indicators import indicator_blocks
from etl.exports.pdf.scorecards import scorecards_data
from etl.exports.pdf.told import Told
from etl.exports.xlsx import write_xlsx
from etl.insight.reading import Reading
from tests.exports.given import TAKEN
from tests.exports.hangul import Document
from tests.exports.printed import printed
from tests.insight.weighing import mixed


@pytest.fixture
def reading(tmp_path: Path) -> Reading:
    return mixed(tmp_path)


@pytest.fixture
def told(reading: Reading) -> Told:
    return Told(carry(reading, TAKEN), "ko")


def test_a_scorecard_prints_points_of_their_own_full_mark(told: Told) -> None:
    data = scorecards_data(told, ["가"])
    assert "점수 / 만점" in data["columns"]
    assert "배점" not in data["labels"]["parts_note"]
    parts = data["cards"][0]["parts"]
    assert [(part["earned"], part["possible"]) for part in parts] == [("91.000", ""), ("40.000", "100"), ("0.000", "1")]
    assert [part["bar"] for part in parts] == [None, 0.4, 0.0]


def test_a_printed_scorecard_has_no_stroke_where_there_is_no_full_mark(reading: Reading, tmp_path: Path) -> None:
    page = printed(reading, tmp_path, "scorecards").pages[0]
    assert "91.000" in page
    assert not re.search(r"91\.000\s*/", page)
    assert re.search(r"40\.000\s*/\s*100", page)


def test_a_notice_names_the_full_mark(told: Told) -> None:
    data = notices_data(told, ["가"])
    assert data["columns"][-1] == "만점"
    assert [row[-1] for row in data["notices"][0]["areas"]] == ["–", "100", "1"]


def test_a_report_says_no_points_out_of_a_weight(told: Told) -> None:
    said = str(report_data(told)["chapters"])
    assert "0.200점" not in said
    assert "'가중치'" in said
    assert "'배점'" not in said
    assert "만점은 정해져 있지 않음" in said
    assert "open 지표: 0.000점(" in said


def test_a_report_has_bars_of_medians_where_there_is_a_full_mark_and_nowhere_else(told: Told) -> None:
    said = str(list(indicator_blocks(told)))
    assert len(told.reading.rulebook.indicators) == 3
    assert said.count("중앙값(만점 가운데)") == 2, "the first indicator's points are out of nothing"


def test_a_hangul_scorecard_names_the_full_mark(reading: Reading, tmp_path: Path) -> None:
    path = tmp_path / "cards.hwpx"
    write_hwpx(carry(reading, TAKEN), path, "ko", ("scorecards",))
    text = Document(path).text
    assert "만점" in text
    assert "배점" not in text


def test_the_sheet_of_points_calls_a_weight_that_only_weighs_a_weight(reading: Reading, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    write_xlsx(carry(reading, TAKEN), path)
    with zipfile.ZipFile(path) as book:
        notes = [book.read(name).decode() for name in book.namelist() if "comments" in name]
    of_points = next(note for note in notes if "규칙의 가중치" in note)
    assert of_points.count("규칙의 가중치: 0.2") == 3
    assert "규칙의 배점" not in of_points
