"""Before a request is decided it is known whom it moves; afterwards the records and a new release say so."""

from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from dashboard.desk.consequences import Consequences, carry_out, consequences, copied
from dashboard.desk.jobs import Job
from dashboard.workflow.request_kinds import Ruled, ToCorrection
from etl.errors import JipyoError
from etl.insight.reading import open_release
from etl.intake.rulings import Ruling
from etl.verify import verify
from tests.golden.evaluation import RECORDS, evaluate_golden

BONUS = Ruling(
    "ledger",
    {
        "entry_id": "request-2021-1",
        "unit_id": "U10",
        "entry_kind": "bonus",
        "rule": "good_practice",
        "points": "2",
        "occurred_on": date(2021, 9, 1).isoformat(),
        "reason": "우수사례",
    },
)
LOST = Ruling(
    "correction",
    {
        "kind": "datasets",
        "key": {"dataset_id": "D-01"},
        "column": "withdrawn_on",
        "before": "2020-01-01",
        "after": "2021-03-01",
        "reason": "철회",
        "source": "이의신청",
        "decided_by": "평가위원회",
        "decided_on": "2022-02-08",
    },
)


@pytest.fixture(scope="module")
def frozen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return evaluate_golden(tmp_path_factory.mktemp("releases")).release


@pytest.fixture
def records(tmp_path: Path) -> Path:
    return Path(shutil.copytree(RECORDS, tmp_path / "records"))


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_everybody_whose_score_rank_or_grade_changes_is_told_and_nothing_is_kept(
    records: Path, frozen: Path, tmp_path: Path
) -> None:
    before, releases = files(records), sorted(path.name for path in frozen.parent.iterdir())
    work = tmp_path / "work"
    work.mkdir()
    found = consequences(records, frozen, BONUS, "U10", work)
    assert found.is_as_frozen
    assert found.units == 8
    own, other = found.moved
    assert (own.unit_id, own.before.score, own.after.score) == ("U10", Decimal("36.75"), Decimal("38.75"))
    assert (own.before.rank, own.after.rank) == (6, 5)
    assert (other.unit_id, other.before.rank, other.after.rank) == ("U08", 5, 6)
    assert other.before.score == other.after.score
    assert files(records) == before
    assert sorted(path.name for path in frozen.parent.iterdir()) == releases


def test_records_that_have_changed_since_the_freeze_are_said_to(records: Path, frozen: Path, tmp_path: Path) -> None:
    ledger = records / "ledger.csv"
    ledger.write_text(
        ledger.read_text("utf-8").replace("L-03,U03,penalty,late_submission,0.5", "L-03,U03,penalty,late_submission,1"),
        "utf-8",
    )
    work = tmp_path / "work"
    work.mkdir()
    found = consequences(records, frozen, BONUS, "U10", work)
    assert not found.is_as_frozen
    assert {one.unit_id for one in found.moved} == {"U10", "U08"}


def test_what_is_carried_out_is_what_was_foreseen(records: Path, frozen: Path, tmp_path: Path) -> None:
    works = [tmp_path / name for name in ("foreseen", "done", "again")]
    for work in works:
        work.mkdir()
    foreseen = consequences(records, frozen, BONUS, "U10", works[0])
    place, made = carry_out(records, frozen, BONUS, works[1])
    assert (place, made) == ("ledger.csv request-2021-1", foreseen.after)
    assert "request-2021-1" in (records / "ledger.csv").read_text(encoding="utf-8")
    assert open_release(frozen.parent / made).scores["U10"].score == Decimal("38.75")
    verify(frozen.parent / made)
    assert carry_out(records, frozen, BONUS, works[2]) == (place, made)


def test_a_ruling_that_does_not_find_what_it_expects_changes_nothing(
    records: Path, frozen: Path, tmp_path: Path
) -> None:
    before, releases = files(records), sorted(path.name for path in frozen.parent.iterdir())
    work = tmp_path / "work"
    work.mkdir()
    with pytest.raises(JipyoError, match="withdrawn_on"):
        carry_out(records, frozen, LOST, work)
    assert files(records) == before
    assert sorted(path.name for path in frozen.parent.iterdir()) == releases


def test_a_record_whose_key_is_no_help_is_corrected_by_its_row(records: Path, frozen: Path, tmp_path: Path) -> None:
    change = ToCorrection(
        record_kind="datasets", row=2, column="opened_on", before="2021-02-01", after="2020-02-01", reason="개방일 오기"
    )
    met_on = date(2022, 2, 8)
    ruled = Ruled("이의신청", "2021-1", 2021, "U02", date(2022, 2, 7), met_on)
    work = tmp_path / "work"
    work.mkdir()
    place, made = carry_out(records, frozen, change.ruling(ruled), work)
    written = (records / "corrections.toml").read_text(encoding="utf-8")
    assert place == "corrections.toml 1"
    assert "row = 2" in written
    assert "key" not in written
    counts = [open_release(folder).contributions for folder in (frozen, frozen.parent / made)]
    assert counts[0] != counts[1]


def test_a_copy_has_what_is_read_and_leaves_earlier_versions_behind(records: Path, tmp_path: Path) -> None:
    before = files(records)
    for name in ("earlier", "부서별"):
        (records / name).mkdir()
        (records / name / "old.csv").write_text("a\n", encoding="utf-8")
    assert files(copied(records, tmp_path / "copy")) == before | {"부서별/old.csv": b"a\n"}


def test_a_child_process_works_it_out(records: Path, frozen: Path) -> None:
    request = {
        "records": str(records),
        "release": str(frozen),
        "kind": BONUS.kind,
        "cells": dict(BONUS.cells),
        "unit": "U10",
    }
    job = Job("try", request)
    job._process.wait(60)
    assert job.state == "done", job.faults
    found = TypeAdapter(Consequences).validate_python(job.result)
    assert [one.unit_id for one in found.moved] == ["U10", "U08"]
    job.cancel()
