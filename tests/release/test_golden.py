"""The golden evaluation gives the same tables to the last byte, and its sums come out."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from etl.contracts.published import PUBLISHED
from etl.contracts.records import RECORDS as KINDS
from etl.evaluate import Outcome
from etl.release.folder import MANIFEST, SUMS
from tests.golden.evaluation import EXPECTED, RECORDS, tables


def rows(release: Path, table: str) -> list[dict[str, str]]:
    with (release / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_table_is_the_expected_one(outcome: Outcome) -> None:
    expected = {path.name: path.read_bytes() for path in EXPECTED.glob("*.csv")}
    assert tables(outcome.release) == expected


def test_the_records_are_of_every_kind() -> None:
    assert {path.stem for path in RECORDS.glob("*.csv")} == KINDS.keys()


def test_a_release_holds_what_is_documented_and_nothing_else(outcome: Outcome) -> None:
    folders = {f"{folder}/{kind}.parquet" for folder in ("records", "origins") for kind in KINDS}
    texts = {path.name for path in EXPECTED.glob("*.csv")}
    found = {path.relative_to(outcome.release).as_posix() for path in outcome.release.rglob("*") if path.is_file()}
    assert found == folders | texts | {MANIFEST, SUMS, "provenance.json", "rulebook.toml"}
    assert {name.removesuffix(".csv") for name in texts} <= PUBLISHED.keys()


@pytest.mark.parametrize("table", sorted(path.stem for path in EXPECTED.glob("*.csv")))
def test_a_table_has_its_contracts_columns_its_order_and_plain_line_ends(outcome: Outcome, table: str) -> None:
    content = (outcome.release / f"{table}.csv").read_bytes()
    contract = PUBLISHED[table]
    assert content.decode("utf-8").splitlines()[0].split(",") == list(contract.model_fields)
    assert b"\r" not in content
    assert content.endswith(b"\n")
    found = [contract.model_validate({k: v or None for k, v in row.items()}) for row in rows(outcome.release, table)]
    keys = [tuple(getattr(row, column) for column in contract.key) for row in found]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)


def test_every_received_row_is_counted_once(outcome: Outcome) -> None:
    received = {
        path.name: len(list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))) - 1
        for path in RECORDS.iterdir()
    }
    assert {one.file: one.received for one in outcome.loaded} == received
    assert all(one.received == one.staged + one.rejected + one.held + one.set_aside for one in outcome.loaded)
    assert (
        outcome.rejected_rows + outcome.held_rows
        == len({(row["file"], row["row"]) for row in rows(outcome.release, "rejects")})
        > 0
    )


def test_the_departments_add_up_to_the_whole_body(outcome: Outcome) -> None:
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for row in rows(outcome.release, "metrics"):
        sums[row["metric"]] += Decimal(row["value"] or 0)
    whole = {row["metric"]: Decimal(row["value"]) for row in rows(outcome.release, "history") if row["year"] == "2021"}
    assert dict(sums) == whole


def test_a_merger_a_split_and_a_chain_leave_nothing_behind_and_nothing_double(outcome: Outcome) -> None:
    values = {(row["unit_id"], row["metric"]): row["value"] for row in rows(outcome.release, "metrics")}
    assert [values[unit, "datasets_opened"] for unit in ("U06", "U08", "U09")] == ["1", "0.6", "0.4"]
    assert [values[unit, "training_people"] for unit in ("U06", "U08", "U09")] == ["2", "1.2", "0.8"]
    assert {row["unit_id"] for row in rows(outcome.release, "units")}.isdisjoint({"U04", "U05", "U07", "U12"})
    bonus = {row["unit_id"]: row["bonus"] for row in rows(outcome.release, "scores") if row["bonus"] != "0"}
    assert bonus == {"U02": "2", "U08": "0.6", "U09": "0.4"}


def test_the_manifest_tells_no_clock_no_place_and_no_person(outcome: Outcome) -> None:
    manifest = (outcome.release / MANIFEST).read_text(encoding="utf-8")
    assert str(outcome.release.parent) not in manifest
    assert "p0000" not in manifest
    facts = json.loads(manifest)
    assert Counter(one["kind"] for one in facts["sources"]) == Counter(KINDS.keys())
    assert outcome.release.name == f"2021-{outcome.release_id[:12]}"
