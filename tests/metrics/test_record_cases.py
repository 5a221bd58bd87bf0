"""Worked examples that an auditor can read, in tests/cases/records: records in, and what every metric makes of each."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from etl.engine import Engine
from etl.intake.mapping import read_sources
from etl.intake.stage import stage
from etl.measures import Measures
from etl.units import Attribution
from tests.intake.received import write

CASES = sorted((Path(__file__).parent.parent / "cases" / "records").glob("*.toml"))
COUNTED = [
    pytest.param(path, metric, id=f"{path.stem}: {metric}")
    for path in CASES
    for metric in tomllib.loads(path.read_text(encoding="utf-8"))["expected"]
]


def received(case: dict[str, Any], folder: Path) -> Path:
    """The records of a case as a folder of received files."""
    sources = "\n".join(f'[[source]]\nfile = "{kind}.csv"\nkind = "{kind}"' for kind in case["records"])
    return write(folder, {f"{kind}.csv": rows.lstrip() for kind, rows in case["records"].items()}, sources)


@pytest.mark.parametrize(("path", "metric"), COUNTED)
def test_every_record_counts_what_is_written_for_the_reason_that_is_written(
    path: Path, metric: str, tmp_path: Path
) -> None:
    case = tomllib.loads(path.read_text(encoding="utf-8"))
    folder, job = received(case, tmp_path / "received"), tmp_path / "job"
    job.mkdir()
    with Engine(threads=1) as engine:
        staged = stage(folder, read_sources(folder), job, engine)
        assert not sum(loaded.rejected for loaded in staged.loaded)
        units = [unit_id for (unit_id,) in engine.rows("SELECT unit_id FROM staged_departments")]
        measures = Measures(engine, staged.records, [Attribution(unit, unit, Decimal(1)) for unit in units])
        period = case["period"]["start"], case["period"]["end"]
        found = {
            record.record_id: (unit, record.amount, record.reason)
            for unit in units
            for record in measures.evidence(metric, unit, *period, staged.origins)
        }
    expected = case["expected"][metric]
    assert found == {key: (row["unit"], row.get("amount"), row.get("reason")) for key, row in expected.items()}
