"""The ranking: filters and order in the URL, long tables a page at a time, small pictures that say what they show."""

from __future__ import annotations

import re
from decimal import Decimal
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from dashboard.frames.ranking import (
    ORDERS,
    Listing,
    Order,
    area_names,
    areas_text,
    listed_units,
    ranking_rows,
    years_text,
)
from dashboard.frames.source import Source
from dashboard.marks import columns, legend, stacked
from dashboard.shelf import RELEASES
from dashboard.tables import ROWS_A_PAGE, sheet_of
from dashboard.words import Words
from etl.insight.reading import Reading
from etl.insight.years import unit_years
from etl.release.folder import publish
from etl.scoring.decimals import total
from tests.dashboard.conftest import ScoreUnits, figures_of
from tests.dashboard.scopes import only
from tests.dashboard.signing_in import People

shares = st.lists(st.decimals(min_value=-20, max_value=140, places=2), max_size=9)


# Which departments, in which order -----------------------------------------------------------------------------------


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("group", [None, "town"])
def test_every_order_lists_the_same_departments_once(korean: Source, order: Order, group: str | None) -> None:
    listed = listed_units(korean, Listing(group, order=order))
    expected = {unit for unit, row in korean.reading.ranks.items() if group in (None, row.peer_group)}
    assert set(listed) == expected
    assert len(listed) == len(expected)


def test_the_order_of_change_begins_with_who_gained_most_and_ends_with_who_is_new(korean: Source) -> None:
    listed = listed_units(korean, Listing(order="change"))
    gains = [korean.changes[unit].score_change for unit in listed if unit in korean.changes]
    assert gains == sorted(gains, reverse=True)
    assert all(unit not in korean.changes for unit in listed[len(gains) :])


def test_a_name_is_found_by_any_part_of_it(korean: Source) -> None:
    listed = listed_units(korean, Listing(find="스마트"))
    assert [korean.units[unit] for unit in listed] == ["스마트도시과"]
    assert listed_units(korean, Listing(find="없는이름")) == []


def test_before_publication_a_department_finds_nobody_but_itself(readings: dict[int, Reading]) -> None:
    source = Source(readings[2021], (), only("0010030"), Words("ko"))
    for order in ORDERS:
        assert listed_units(source, Listing(order=order)) == ["0010030"]
    assert listed_units(source, Listing(find="교통")) == []


# What a row says -----------------------------------------------------------------------------------------------------


def test_the_stretches_of_a_bar_and_the_ledger_come_to_the_score(korean: Source) -> None:
    names = area_names(korean)
    assert names == ["데이터 분석", "정책 활용", "데이터 개방", "교육", "데이터 관리", "공유·확산"]
    for row in ranking_rows(korean, listed_units(korean, Listing())):
        base = korean.reading.scores[row.unit_id].base
        assert base is not None
        # Both are kept to 34 digits, each rounded at its own place.
        assert abs(total(area.earned for area in row.areas if area.earned is not None) - base) < Decimal("1e-30")
        assert len(row.areas) == len(names)


def test_a_row_says_its_bar_its_years_and_what_was_not_measured(korean: Source, readings: dict[int, Reading]) -> None:
    (row,) = ranking_rows(korean, ["0010030"])
    assert areas_text(korean, row).startswith("데이터 분석 13.75, 정책 활용 25.00,")
    scores = [readings[year].scores["0010030"].score for year in (2020, 2021)]
    assert years_text(korean, row) == f"2020년 {scores[0]}점, 2021년 {scores[1]}점"
    (waived,) = ranking_rows(korean, ["0010020"])
    states = {row.state for (unit, _), row in korean.reading.indicators.items() if unit == "0010020"}
    assert states == {"measured", "missing", "not_applicable"}
    assert [flag.partition(":")[0] for flag in waived.flags] == ["값 없음", "해당없음"]


def test_a_department_is_followed_through_the_years_under_its_code(readings: dict[int, Reading]) -> None:
    years = unit_years(readings[2021], [readings[2020]], "0010030")
    assert [(one.year, one.score) for one in years] == [
        (year, readings[year].scores["0010030"].score) for year in (2020, 2021)
    ]
    assert [one.year for one in unit_years(readings[2020], [readings[2021]], "0010030")] == [2020]
    (new,) = [one for one in readings[2021].units if one not in readings[2020].units][:1]
    assert [one.year for one in unit_years(readings[2021], [readings[2020]], new)] == [2021]


# Small pictures ------------------------------------------------------------------------------------------------------


@given(shares)
def test_a_stacked_bar_never_leaves_its_frame_and_numbers_what_has_room(values: list[Decimal]) -> None:
    made = stacked(values, "말로")
    widths = [Decimal(text) for text in re.findall(r"width:([\d.]+)%", made)]
    assert all(width > 0 for width in widths)
    assert sum(widths) <= 100
    assert 'aria-label="말로"' in made
    assert len(widths) <= sum(value > 0 for value in values)


@given(shares)
def test_columns_of_years_have_one_for_each_and_stay_within(values: list[Decimal]) -> None:
    heights = [int(text) for text in re.findall(r"height:(\d+)%", columns(values, ""))]
    assert len(heights) == len(values)
    assert all(0 <= height <= 100 for height in heights)


def test_a_name_in_a_legend_is_no_markup() -> None:
    assert "<img" not in legend(["<img src=x onerror=alert(1)>"])
    assert '"' not in stacked([Decimal(50)], '" onmouseover="x').partition("aria-label=")[2].split('"')[1]


# Pages ---------------------------------------------------------------------------------------------------------------


@given(st.integers(0, 10_000), st.none() | st.integers(-5, 200).map(str) | st.text(max_size=40))
def test_whatever_the_address_says_a_page_is_one_there_is(rows: int, said: str | None) -> None:
    sheet = sheet_of(rows, said)
    assert 1 <= sheet.page <= sheet.pages
    assert 0 <= sheet.begin <= sheet.end <= rows
    assert (sheet.begin < sheet.end) == (rows > 0)


def test_the_pages_hold_every_row_once() -> None:
    rows = 3 * ROWS_A_PAGE + 1
    sheets = [sheet_of(rows, str(page)) for page in range(1, 5)]
    assert [row for sheet in sheets for row in range(sheet.begin, sheet.end)] == list(range(rows))


@pytest.fixture(scope="module")
def many(score_units: ScoreUnits, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many")
    codes = [f"{at:03}" for at in range(ROWS_A_PAGE + 20)]
    units = [(code, f"부서{code}", "line") for code in codes]
    publish(score_units(folder, units, {code: figures_of(training_people=code) for code in codes}))
    return folder


def opened(
    project: Path, people: People, monkeypatch: pytest.MonkeyPatch, folder: Path, **query: str
) -> tuple[AppTest, str]:
    monkeypatch.setenv(RELEASES, str(folder))
    app = people.open(project / "dashboard/app/main.py")
    for key, value in query.items():
        app.query_params[key] = value
    app.run()
    app.switch_page("../pages/ranking.py").run()
    assert not app.exception
    return app, body(app)


def body(app: AppTest) -> str:
    return unescape("\n".join(element.proto.body for element in app.get("html")))


def test_a_long_ranking_comes_a_page_at_a_time_and_the_url_says_which(
    project: Path, people: People, monkeypatch: pytest.MonkeyPatch, many: Path
) -> None:
    app, first = opened(project, people, monkeypatch, many)
    assert f"{ROWS_A_PAGE + 20}건 가운데 1–{ROWS_A_PAGE}번째" in first
    (pages,) = list(app.get("pagination"))
    assert pages.proto.num_pages == 2
    _, second = opened(project, people, monkeypatch, many, page="2")
    assert f"{ROWS_A_PAGE + 1}–{ROWS_A_PAGE + 20}번째" in second
    assert not set(re.findall('department[?][^"]*unit=[0-9]{3}', first)) & set(
        re.findall('department[?][^"]*unit=[0-9]{3}', second)
    )
    assert "page=2" not in second.partition("부서 순위표")[2]


def test_the_column_of_changes_stands_only_where_there_is_a_release_to_change_from(
    project: Path, people: People, monkeypatch: pytest.MonkeyPatch, many: Path, releases: Path
) -> None:
    _, alone = opened(project, people, monkeypatch, many)
    assert "<table" in alone
    assert "년 대비" not in alone
    _, compared = opened(project, people, monkeypatch, releases, year="2021")
    assert "2020년 대비" in compared


def test_filters_of_the_url_hold_and_an_empty_answer_says_what_to_do(
    project: Path, people: People, monkeypatch: pytest.MonkeyPatch, many: Path
) -> None:
    app, found = opened(project, people, monkeypatch, many, find="부서007", sort="unit")
    assert app.text_input(key="choose-find").value == "부서007"
    assert app.segmented_control(key="choose-sort").value == "unit"
    assert len(re.findall('department[?][^"]*unit=', found)) == 1
    app.text_input(key="choose-find").set_value("아무도").run()
    assert app.query_params["find"] == "아무도"
    assert "조건에 맞는 부서가 없습니다" in body(app)
