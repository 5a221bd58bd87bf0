"""Names in real public files: every office finds its department, first among the suggestions, however it is written."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from etl.intake.names import resolve_names
from etl.intake.roster import proposed_roster
from etl.intake.suggestions import suggest
from etl.units import UnitVersion

SINCE = date(2000, 1, 1)


@pytest.fixture(scope="session")
def shared(project: Path) -> Callable[[str], Path]:
    """A public file beside the checkout; without it the test is skipped and says so."""

    def find(pattern: str) -> Path:
        found = sorted((project.parent / "shared" / "inputs").glob(pattern))
        if not found:
            pytest.skip(f"the public files are not beside the checkout (shared/inputs/{pattern})")
        return found[0]

    return find


# Police stations, spelt three ways ------------------------------------------------------------------------------------


def in_cp949(path: Path, column: str) -> list[str]:
    with path.open(encoding="cp949", newline="") as stream:
        return [row[column] for row in csv.DictReader(stream)]


@pytest.fixture(scope="session")
def stations(shared: Callable[[str], Path]) -> dict[str, dict[str, str]]:
    """For each file its spelling of every station -> the station, known by its place in the files' common order."""
    workbook = CalamineWorkbook.from_path(str(shared("messy/xlsx_*.xlsx")))
    spellings = {
        "서울중부": in_cp949(shared("messy/cp949_경찰청_*.csv"), "경찰서"),
        "중부": in_cp949(shared("messy/cp949_서울특별시경찰청_*.csv"), "경찰서"),
        "서울중부서": [str(row[0]) for row in workbook.get_sheet_by_index(0).to_python()[2:]],
    }
    return {spelling: dict(zip(names, spellings["중부"], strict=True)) for spelling, names in spellings.items()}


SPELLINGS = ["서울중부", "중부", "서울중부서"]


@pytest.mark.parametrize("roster", SPELLINGS)
@pytest.mark.parametrize("typed", SPELLINGS)
def test_each_of_31_stations_comes_first_under_every_spelling(
    stations: dict[str, dict[str, str]], roster: str, typed: str
) -> None:
    versions = [
        UnitVersion(f"P-{station}", name, None, "line", SINCE, None) for name, station in stations[roster].items()
    ]
    found = suggest(list(stations[typed]), versions)
    assert {name: found[name][0].unit_id.removeprefix("P-") for name in found} == stations[typed]
    assert len(found) == 31
    if roster != typed:
        assert resolve_names(stations[typed], versions, []).certain == {}


# A metropolitan city's departments ------------------------------------------------------------------------------------

SLIP = "부산광역시 사상구 몬화체육과"
OFFICES = {"부산진구", "부산광역시 북구", "부산광역시 사상구", "부산 서구청", "부산광역시 서구"}
"""Where the institution itself stands in the place of a department."""


@pytest.fixture(scope="session")
def typed_in_busan(shared: Callable[[str], Path]) -> Counter[tuple[str, str]]:
    """(institution, department as typed) -> rows of the portal's list."""
    with shared("korea_catalogue/*.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["제공기관"].startswith("부산광역시")]
    return Counter((row["제공기관"], row["관리 부서명"].strip()) for row in rows)


def proposed(names: Counter[tuple[str, str]]) -> list[UnitVersion]:
    """The departments of a proposed roster but for the slip that it says is like another department."""
    listed = proposed_roster((f"{institution} {name}", rows) for (institution, name), rows in names.items())
    return [
        UnitVersion(row["unit_id"], row["name"], row["parent"] or None, row["peer_group"], SINCE, None)
        for row in csv.DictReader(io.StringIO(listed))
        if row["name"] != SLIP or row["similar"] != "문화체육과"
    ]


def test_every_department_of_a_city_joins_a_roster_proposed_from_the_list_itself(
    typed_in_busan: Counter[tuple[str, str]],
) -> None:
    versions = proposed(typed_in_busan)
    typed = {f"{institution} {name}": (institution, name) for institution, name in typed_in_busan}
    certain = resolve_names(typed, versions, []).certain
    suggested = suggest([name for name in typed if name not in certain], versions)
    units = {version.unit_id: version for version in versions}
    meant = {name: units[unit_id] for name, unit_id in certain.items()}
    meant |= {name: units[found[0].unit_id] for name, found in suggested.items() if found}
    wrong = [
        (name, meant[name].name)
        for name, (institution, department) in typed.items()
        if department not in OFFICES and not belongs(department, institution, meant[name])
    ]
    assert wrong == []
    assert typed_in_busan.total() == 450
    rows_certain = sum(rows for (place, name), rows in typed_in_busan.items() if f"{place} {name}" in certain)
    assert rows_certain == 380


def belongs(typed: str, institution: str, version: UnitVersion) -> bool:
    """Whether a department is the one typed: of this institution, and its own name stands in what was typed."""
    own = version.name.removeprefix(institution).strip()
    return version.parent == institution and own in typed.replace("몬화체육과", "문화체육과")


# Agencies cut at 40 characters ----------------------------------------------------------------------------------------

MEANT = {
    "DEPARTMENT OF HOUSING AND URBAN DEVELOPM": "HUD",
    "DEPARTMENT OF INTERIOR": "DOI",
    "DEPARTMENT OF TREASURY": "TREAS",
    "FEDERAL RESERVE SYSTEM": "FRB",
    "NAT AERONAUTICS AND SPACE ADMINISTRATION": "NASA",
    "NAT ARCHIVES AND RECORDS ADMINISTRATION": "NARA",
    "OCCUPATIONAL SAFETY & HEALTH REVIEW CMSN": "OSHRC",
}


def test_agencies_in_capitals_and_cut_off_come_first(shared: Callable[[str], Path]) -> None:
    with shared("us_federal/ai_use_cases_2025.csv").open(encoding="utf-8-sig", newline="") as stream:
        agencies = {row["agency"]: row["agency_name"] for row in csv.DictReader(stream)}
    with shared("us_federal/fedscope_*.txt").open(encoding="ascii", newline="") as stream:
        received = {row["AGYT"] for row in csv.DictReader(stream, delimiter="\t")}
    versions = [UnitVersion(code, name, None, "line", SINCE, None) for code, name in agencies.items()]
    certain = resolve_names(received, versions, []).certain
    assert received >= MEANT.keys()
    assert certain.keys().isdisjoint(MEANT)
    assert len(certain) == 30
    found = suggest(list(MEANT), versions)
    assert {name: found[name][0].unit_id for name in found} == MEANT
