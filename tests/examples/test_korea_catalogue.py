"""The public data portal's list, as it is: datasets one district opened in a year, by department."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from etl.verify import verify
from tests.examples.evaluated import Example, evaluate_example, misplaced

pytestmark = pytest.mark.xdist_group("korea_catalogue")

LIST = "data_go_kr_file_catalogue.csv"
DISTRICT = "부산광역시 사상구"
DECIDED = {
    "몬화체육과": "문화체육과",
    "경제환경국 일자리경제과": "일자리경제과",
    "사상구청 자치행정과": "자치행정과",
    "부산광역시 사상구 노인장애인복지과": "노인장애인복지과",
}


def of_the_district(example: Example) -> list[dict[str, str]]:
    return [row for row in example.received(LIST) if row["제공기관"] == DISTRICT]


def opened_in_2020(example: Example) -> Counter[str]:
    """Datasets by department as typed, slips mended by hand."""
    return Counter(
        DECIDED.get(row["관리 부서명"], row["관리 부서명"])
        for row in of_the_district(example)
        if row["등록일"].startswith("2020-")
    )


def test_every_department_opened_what_the_list_says(district: Example) -> None:
    names = {row["unit_id"]: row["name"] for row in district.table("units")}
    measured = {names[unit_id]: int(value or 0) for unit_id, value in district.values("datasets_opened").items()}

    counted = opened_in_2020(district)
    del counted[DISTRICT]
    assert measured == dict(counted)
    assert sum(measured.values()) == 47


def test_a_row_that_names_the_whole_district_is_held_back_and_listed(district: Example) -> None:
    typed_so = sum(row["관리 부서명"] == DISTRICT for row in of_the_district(district))

    assert district.outcome.unknown_names == ((LIST, DISTRICT, typed_so),)
    rejects = [(row["file"], row["column"], row["reason"], row["text"]) for row in district.table("rejects")]
    assert rejects == [(LIST, "unit_id", "unknown_name", DISTRICT)] * typed_so


def test_a_reject_names_the_row_it_stood_in(district: Example) -> None:
    assert district.table("rejects")
    assert misplaced(district, LIST, "관리 부서명") == []


def test_every_row_of_the_list_is_staged_held_or_set_aside(district: Example) -> None:
    (loaded,) = (loaded for loaded in district.outcome.loaded if loaded.kind == "datasets")

    assert loaded.received == len(district.received(LIST))
    assert (loaded.rejected, loaded.held) == (0, 1)
    assert loaded.staged + loaded.held == len(of_the_district(district))
    assert loaded.staged + loaded.held + loaded.set_aside == loaded.received


def test_the_roster_holds_every_name_that_is_typed_cleanly_and_the_aliases_every_slip(district: Example) -> None:
    typed = {row["관리 부서명"] for row in of_the_district(district)} - {DISTRICT}
    roster = {row["name"] for row in district.table("units")}
    aliases = {row["alias"]: row["unit_id"] for row in district.received("aliases.csv")}
    names = {row["unit_id"]: row["name"] for row in district.table("units")}

    assert typed - roster == set(aliases)
    assert {alias: names[unit_id] for alias, unit_id in aliases.items()} == DECIDED
    assert all(row["reason"] for row in district.received("aliases.csv"))


def test_the_result_in_the_readme_is_the_result(district: Example, project: Path) -> None:
    readme = (project / "docs" / "examples" / "korea_catalogue" / "README.md").read_text(encoding="utf-8")
    shown = [[cell.strip() for cell in line.strip("|").split("|")] for line in readme.splitlines() if "| ex" in line]

    names = {row["unit_id"]: row["name"] for row in district.table("units")}
    opened = district.values("datasets_opened")
    ranks = {row["unit_id"]: row["rank"] for row in district.table("ranks")}
    order = sorted(names, key=lambda unit_id: (int(ranks[unit_id]), unit_id))
    assert shown == [[ranks[unit_id], unit_id, names[unit_id], str(opened[unit_id])] for unit_id in order]


def test_the_release_can_be_recomputed(district: Example) -> None:
    verify(district.outcome.release)


def test_the_order_of_the_rows_changes_nothing(district: Example, project: Path, tmp_path: Path) -> None:
    records = tmp_path / "records"
    records.mkdir()
    for file in district.records.iterdir():
        (records / file.name).write_bytes(file.read_bytes())
    with (district.records / LIST).open(encoding="utf-8-sig", newline="") as stream:
        heading, *rows = csv.reader(stream)
    with (records / LIST).open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([heading, *reversed(rows)])

    rulebook = project / "docs" / "examples" / "korea_catalogue" / "rulebook.toml"
    turned = evaluate_example(records, rulebook, tmp_path / "releases")
    assert turned.outcome.release_id == district.outcome.release_id
