"""A ruling is written down once, as the record its kind is, and never over what was received."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from etl.errors import JipyoError
from etl.evaluate import evaluate, read_rulebook
from etl.insight.reading import open_release
from etl.intake.marks import write_marks
from etl.intake.rulings import Ruling, write_rows, write_ruling
from tests.golden.evaluation import RECORDS, RULEBOOK

DECIDED = {"decided_on": "2022-02-08", "decided_by": "평가위원회"}
DROPPED = Ruling(
    "correction",
    {
        "kind": "datasets",
        "key": {"dataset_id": "D-01"},
        "column": "withdrawn_on",
        "before": "",
        "after": "2021-03-01",
        "reason": '따옴표 "와" 역슬래시 \\, =수식, <b>표시</b>',
        "source": "이의신청 2021-1",
        **DECIDED,
    },
)
RECOGNISED = Ruling(
    "recognition",
    {"record_kind": "analyses", "record_id": "P-05", "decision": "recognised", "reason": "재심의", **DECIDED},
)
WAIVED = Ruling(
    "not_applicable",
    {
        "year": "2021",
        "unit_id": "U08",
        "indicator": "datasets",
        "reason": "개방할 데이터가 없음",
        "requested_on": "2022-02-07",
        "decision": "approved",
        "decided_on": "2022-02-08",
        "document_no": "이의신청 2021-2",
    },
)
ENTERED = Ruling(
    "ledger",
    {
        "entry_id": "request-2021-3",
        "unit_id": "U09",
        "entry_kind": "bonus",
        "rule": "good_practice",
        "points": "1.5",
        "occurred_on": "2021-09-01",
        "reason": "우수사례",
    },
)
RULINGS = {
    "corrections.toml 1": DROPPED,
    "recognition.csv analyses / P-05 / 2022-02-08": RECOGNISED,
    "not_applicable.csv 2021 / U08 / datasets / 2022-02-07": WAIVED,
    "ledger.csv request-2021-3": ENTERED,
}


@pytest.fixture
def records(tmp_path: Path) -> Path:
    return Path(shutil.copytree(RECORDS, tmp_path / "records"))


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("place", RULINGS)
def test_a_ruling_is_written_once_and_what_was_there_stays(records: Path, place: str) -> None:
    _, rules = read_rulebook(RULEBOOK, None)
    before = files(records)
    assert write_ruling(records, RULINGS[place], rules) == place
    once = files(records)
    file = place.partition(" ")[0]
    assert {name for name in once if once[name] != before.get(name)} == {file}
    assert set(before.get(file, b"").splitlines()) <= set(once[file].splitlines())
    assert write_ruling(records, RULINGS[place], rules) == place
    assert files(records) == once


def test_every_ruling_together_gives_a_release_that_shows_them(records: Path, tmp_path: Path) -> None:
    _, rules = read_rulebook(RULEBOOK, None)
    for ruling in RULINGS.values():
        write_ruling(records, ruling, rules)
    before = open_release(evaluate(RECORDS, RULEBOOK, tmp_path / "releases").release)
    after = open_release(evaluate(records, RULEBOOK, tmp_path / "releases").release)
    assert after.indicators["U08", "datasets"].state == "not_applicable"
    assert after.scores["U09"].bonus == before.scores["U09"].bonus + Decimal("1.5")
    counted = [one.metrics["U02", "datasets_opened"].records_counted for one in (before, after)]
    assert counted == [counted[1] + 1, counted[0] - 1]
    assert (after.folder / "corrections.toml").read_bytes() == (records / "corrections.toml").read_bytes()


def test_a_folder_that_describes_its_files_learns_of_the_new_one(records: Path) -> None:
    (records / "ledger.csv").unlink()
    (records / "sources.toml").write_text(
        'version = 1\n[[source]]\nfile = "departments.csv"\nkind = "departments"\n', encoding="utf-8"
    )
    write_rows(records, "ledger", [ENTERED.cells])
    described = (records / "sources.toml").read_text(encoding="utf-8")
    assert described.count('file = "ledger.csv"') == 1
    write_rows(records, "ledger", [{**ENTERED.cells, "entry_id": "request-2021-4"}])
    assert (records / "sources.toml").read_text(encoding="utf-8") == described


BAD: list[tuple[Ruling, dict[str, Any], str]] = [
    (ENTERED, {"points": "many"}, "ruling_refused"),
    (ENTERED, {"entry_kind": "veto-ish"}, "ruling_refused"),
    (WAIVED, {"decided_on": "2022-02-01"}, "ruling_refused"),
    (WAIVED, {"reason": ""}, "ruling_refused"),
    (ENTERED, {"entry_id": "L-01"}, "ruling_stands_otherwise"),
    (DROPPED, {"key": {"unit_id": "D-01"}}, "correction_needs_whole_key"),
    (DROPPED, {"column": "nowhere"}, "source_unknown_column"),
    (DROPPED, {"after": ""}, "correction_changes_nothing"),
    (DROPPED, {"reason": ""}, "ruling_refused"),
    (RECOGNISED, {"record_id": "P-99"}, "recognition_no_such_record"),
    (RECOGNISED, {"decided_on": "2021-12-10"}, "recognition_decided_already"),
]


@pytest.mark.parametrize(("ruling", "changed", "code"), BAD)
def test_a_ruling_that_cannot_be_a_record_changes_nothing(
    records: Path, ruling: Ruling, changed: dict[str, Any], code: str
) -> None:
    _, rules = read_rulebook(RULEBOOK, None)
    before = files(records)
    with pytest.raises(JipyoError) as raised:
        write_ruling(records, Ruling(ruling.kind, {**ruling.cells, **changed}), rules)
    assert code in {fault.code for fault in raised.value.faults}
    assert files(records) == before


def mark(unit_id: str, assessor: str, points: str) -> dict[str, str]:
    return {
        "year": "2021",
        "indicator": "vision",
        "unit_id": unit_id,
        "assessor": assessor,
        "mark": points,
        "given_on": "2022-02-08",
    }


def test_marks_of_a_panel_are_written_once_and_never_mixed_with_those_of_another(records: Path) -> None:
    rows = [mark("U01", "위원-1", "80"), mark("U02", "위원-1", "75.5")]
    assert write_marks(records, rows) == 2
    once = files(records)
    assert write_marks(records, rows) == 2
    assert files(records) == once
    with pytest.raises(JipyoError, match="2 marks of this indicator"):
        write_marks(records, [mark("U03", "다른-1", "10")])
    with pytest.raises(JipyoError, match="21 marks"):
        write_marks(records, [{**mark("U01", "위원-1", "80"), "indicator": "leadership"}])
    assert files(records) == once
