"""The worked examples in tests/cases/records, taken through the real intake and the real SQL."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from etl.engine import Engine
from tests.measures.cases import Measured, read_case

CASES = sorted((Path(__file__).parent.parent / "cases" / "records").glob("*.toml"))


def test_there_are_worked_examples() -> None:
    assert CASES


HIDDEN = "fewer_than_five"


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_record_counts_what_the_example_says(path: Path, tmp_path: Path) -> None:
    case = read_case(path)
    with Engine() as engine:
        measured = Measured(case.records, tmp_path, engine)
        assert [(one.file, one.rejected) for one in measured.staged.loaded if one.rejected] == []
        for unit, metric in sorted({(said["unit"], said["metric"]) for said in case.expected}):
            said = [one for one in case.expected if (one["unit"], one["metric"]) == (unit, metric)]
            found = measured.evidence(metric, unit, case.starts_on, case.ends_on)
            # What is hidden leads to no row; whoever reported nothing may have none; everything else has one.
            assert all(one.row is None for one in found if one.reason == HIDDEN)
            assert all(one.row is not None for one in found if one.reason not in (HIDDEN, "not_reported"))
            counts = {one.record_id: (one.amount, one.reason) for one in found}
            assert counts == {one["record"]: (_amount(one), one.get("reason")) for one in said if "record" in one}, (
                unit,
                metric,
                [one["why"] for one in said],
            )


def _amount(said: Mapping[str, Any]) -> Decimal | None:
    """What an example expects a record to count: nothing unless it says so, None where it says unknown."""
    amount = said.get("amount", 0)
    return None if amount == "unknown" else Decimal(amount)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_example_has_records_that_count_and_records_that_do_not(path: Path) -> None:
    case = read_case(path)
    for metric in {said["metric"] for said in case.expected}:
        reasons = {said.get("reason") for said in case.expected if said["metric"] == metric}
        assert None in reasons
        assert len(reasons) > 1
    assert all(said["why"] for said in case.expected)
