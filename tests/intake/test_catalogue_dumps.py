"""Catalogues in JSON: what becomes of each entry, and what is refused."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from etl.errors import UnreadableInput
from etl.intake.catalogues import open_json
from etl.intake.tables import Layout, TextTable
from tests.intake.received import DEPARTMENTS, take_in, write


def opened(folder: Path, content: str | bytes) -> TextTable:
    """The table of a JSON document."""
    file = folder / "dump.json"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    job = folder / "job"
    job.mkdir()
    return open_json(file, "dump.json", Layout(), job)


def rows(table: TextTable) -> list[dict[str, str]]:
    """Every row by heading, its number under "row"."""
    with table.path.open(encoding="utf-8", newline="") as stream:
        return [dict(zip(("row", *table.header), cells, strict=True)) for cells in csv.reader(stream)]


PACKAGE = {
    "name": "bus-stops",
    "organization": {"title": "교통과"},
    "tags": [{"name": "버스"}, {"name": "정류장"}],
    "resources": [{"format": "CSV", "url": "a"}, {"format": "CSV"}, {"format": "HWP"}],
    "private": False,
}
DATASET = {
    "title": "Bus stops",
    "publisher": {"name": "Transport", "subOrganizationOf": {"name": "City"}},
    "keyword": ["bus", "stop"],
    "distribution": [{"mediaType": "text/csv"}],
    "theme": None,
}
FLAT_PACKAGE = {"row": "1", "name": "bus-stops", "organization.title": "교통과", "tags.count": "2",
                "tags.name": "버스; 정류장", "resources.count": "3", "resources.format": "CSV; HWP",
                "private": "FALSE"}  # fmt: skip
FLAT_DATASET = {"row": "1", "title": "Bus stops", "publisher.name": "Transport",
                "publisher.subOrganizationOf.name": "City", "keyword": "bus; stop", "distribution.count": "1",
                "distribution.mediaType": "text/csv", "theme": ""}  # fmt: skip
DUMPS: list[Any] = [
    pytest.param({"success": True, "result": {"count": 1, "results": [PACKAGE]}}, FLAT_PACKAGE, id="package_search"),
    pytest.param({"success": True, "result": [PACKAGE]}, FLAT_PACKAGE, id="a list of packages"),
    pytest.param({"@type": "dcat:Catalog", "dataset": [DATASET]}, FLAT_DATASET, id="data.json"),
    pytest.param([DATASET], FLAT_DATASET, id="a plain list"),
]


@pytest.mark.parametrize(("document", "flat"), DUMPS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_an_entry_becomes_a_row(tmp_path: Path, document: Any, flat: dict[str, str], encoding: str) -> None:
    assert rows(opened(tmp_path, json.dumps(document, ensure_ascii=False).encode(encoding))) == [flat]


def test_headings_come_in_the_order_they_are_met_and_an_absent_key_is_an_empty_cell(tmp_path: Path) -> None:
    table = opened(tmp_path, '[{"b": 1}, {"a": 2, "b": {"c": 3}}]')
    assert table.header == ("b", "a", "b.c")
    assert [list(row.values()) for row in rows(table)] == [["1", "1", "", ""], ["2", "", "2", "3"]]


@pytest.mark.parametrize("number", ["1.50", "1e3", "123456789012345678901234567890", "0.1000000000000000055", "NaN"])
def test_a_number_stays_as_it_was_written(tmp_path: Path, number: str) -> None:
    assert rows(opened(tmp_path, f'[{{"n": {number}}}]'))[0]["n"] == number


def test_a_dump_is_staged_like_any_other_file_whatever_its_name(tmp_path: Path) -> None:
    entries = [{"id": "D1", "title": "가", "owner": {"code": "A1"}, "on": "2021-03-02"},
               {"id": "D2", "title": "나", "owner": {"code": "Z9"}, "on": "2021-03-02"}]  # fmt: skip
    mapped = '[[source]]\nfile = "departments.csv"\nkind = "departments"\n[[source]]\nfile = "dump.csv"\n'
    mapped += (
        'kind = "datasets"\ncolumns = { dataset_id = "id", title = "title", unit_id = "owner.code", opened_on = "on" }'
    )
    intake = take_in(write(tmp_path / "in", {"departments.csv": DEPARTMENTS, "dump.csv": json.dumps(entries)}, mapped))
    assert [(row, code) for row, code, *_ in intake.origins("datasets")] == [(1, "D1")]
    assert intake.reasons("dump.csv") == {(2, "unit_id", "unknown_reference")}


REFUSED = [
    pytest.param('[{"a": 1', "json_broken", id="cut off"),
    pytest.param('[{"a": 1}] and more', "json_broken", id="something after it"),
    pytest.param('{"a": 1}', "json_no_table", id="one object"),
    pytest.param('["bus", "stops"]', "json_no_table", id="a list of names"),
    pytest.param("[]", "json_no_table", id="an empty list"),
    pytest.param("[{}, {}]", "json_no_table", id="entries of nothing"),
    pytest.param('{"result": {"results": []}}', "json_no_table", id="a search that found nothing"),
    pytest.param('[{"a": 1, "a": 2}]', "json_key_twice", id="a key twice"),
    pytest.param('[{"a.b": 1, "a": {"b": 2}}]', "json_key_twice", id="two ways to one heading"),
    pytest.param('[{"a":' + "[" * 100_000, "json_too_deep", id="lists without end"),
    pytest.param('[{"a":' + '{"a":' * 20 + "1" + "}" * 22 + "]", "json_broken", id="a bracket too many"),
    pytest.param('[{"a":' + '{"a":' * 20 + "1" + "}" * 21 + "]", "json_too_deep", id="objects in objects"),
    pytest.param('[{"a": "\\ud800"}]', "json_half_a_sign", id="half a surrogate pair"),
    pytest.param(b'[{"a": "\xff"}]', "not_in_this_encoding", id="bytes that are no UTF-8"),
    pytest.param('[{"n": ' + "9" * 1_100_000 + "}]", "row_too_long", id="a number of a million digits"),
    pytest.param("[{" + ",".join(f'"k{at}": 1' for at in range(1001)) + "}]", "too_many_columns", id="1,001 keys"),
]


@pytest.mark.parametrize(("content", "code"), REFUSED)
def test_what_is_no_list_of_entries_is_refused(tmp_path: Path, content: str | bytes, code: str) -> None:
    with pytest.raises(UnreadableInput) as refusal:
        opened(tmp_path, content)
    assert [fault.code for fault in refusal.value.faults] == [code]
