"""How a folder of records stands: files, freshness, what each department has sent, what waits."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from etl.errors import UnreadableInput
from etl.intake.survey import SENT_BY_DEPARTMENTS, Survey, survey

DEPARTMENTS = (
    "unit_id,name,peer_group,valid_from,valid_to\n"
    "001,옛이름과,line,2015-01-01,2019-12-31\n"
    "001,새이름과,line,2020-01-01,\n"
    "002,폐지과,line,2015-01-01,2020-06-30\n"
)
DATASETS = "dataset_id,unit_id,title,opened_on\n1,001,가,2020-03-02\n2,001,나,2021-03-02\n3,002,다,2020-01-02\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "records"
    made.mkdir()
    (made / "departments.csv").write_text(DEPARTMENTS, encoding="utf-8")
    return made


def look(folder: Path, tmp_path: Path) -> Survey:
    work = tmp_path / "work"
    work.mkdir()
    return survey(folder, work)


def test_files_kinds_departments_and_what_they_sent_are_counted(folder: Path, tmp_path: Path) -> None:
    (folder / "datasets.csv").write_text(DATASETS + "4,001,라,2021-13-01\n", encoding="utf-8")
    (folder / "남은 것.csv").write_text("a\n1\n", encoding="utf-8")
    found = look(folder, tmp_path)
    assert [(one.loaded.file, one.loaded.staged, one.loaded.rejected) for one in found.files] == [
        ("departments.csv", 3, 0),
        ("datasets.csv", 3, 1),
    ]
    assert [one.size for one in found.files] == [(folder / one.loaded.file).stat().st_size for one in found.files]
    assert found.unmentioned == ("남은 것.csv",)
    kinds = {one.kind: one for one in found.kinds}
    assert (kinds["datasets"].records, kinds["datasets"].latest) == (3, date(2021, 3, 2))
    assert (kinds["headcount"].files, kinds["headcount"].records, kinds["headcount"].latest) == (0, 0, None)
    assert [(one.unit_id, one.name, one.until) for one in found.departments] == [
        ("001", "새이름과", None),
        ("002", "폐지과", date(2020, 6, 30)),
    ]
    assert [(one.unit_id, one.kind, one.year, one.records) for one in found.sent] == [
        ("001", "datasets", 2020, 1),
        ("001", "datasets", 2021, 1),
        ("002", "datasets", 2020, 1),
    ]
    ((reject,), reasons) = found.rejects, found.reasons
    assert (reject.row, reject.column, reject.reason, reject.text, reasons) == (
        5,
        "opened_on",
        "not_a_date",
        "2021-13-01",
        1,
    )


def test_an_empty_folder_has_nothing_and_no_fault(tmp_path: Path) -> None:
    (tmp_path / "records").mkdir()
    found = look(tmp_path / "records", tmp_path)
    assert (found.files, found.sent, found.waiting) == ((), (), ())
    assert {one.records for one in found.kinds} == {0}


def test_a_folder_that_cannot_be_read_says_why(folder: Path, tmp_path: Path) -> None:
    (folder / "datasets.csv").write_bytes(b"")
    with pytest.raises(UnreadableInput) as caught:
        look(folder, tmp_path)
    assert [fault.code for fault in caught.value.faults] == ["file_empty"]


def test_what_each_department_sent_adds_up_to_the_records(project: Path, tmp_path: Path) -> None:
    found = look(project / "data/demo", tmp_path)
    records = {one.kind: one.records for one in found.kinds}
    for kind in SENT_BY_DEPARTMENTS:
        assert sum(one.records for one in found.sent if one.kind == kind) == records[kind]
    adapter = TypeAdapter(Survey)
    assert adapter.validate_json(adapter.dump_json(found)) == found
