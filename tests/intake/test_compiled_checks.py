"""The contract compiled to SQL says of every row what its pydantic class says, cell by cell and reason by reason."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.contracts.records import RECORDS
from etl.contracts.rows import OneGiven, Record
from etl.engine import Engine, name
from etl.intake.checks import CHECKS, SHOWN_CHARACTERS
from tests.intake.cells import POOL, choices, mixed_rows, single_faults
from tests.intake.reading import Row, faults, verdict

Judged = tuple[tuple[Any, ...] | None, set[tuple[str, str]], dict[str, str | None]]
"""Staged values of a good row, or the reasons of a bad one and the text shown for each column."""

KINDS = list(RECORDS)


def judged(contract: type[Record], rows: Iterable[Row]) -> list[Judged]:
    """What the compiled check says of each row, all rows in one query."""
    check = CHECKS[contract.kind]
    table = [{"line": line, **row} for line, row in enumerate(rows)]
    cells = ", ".join(f"CAST(r.{name(column)} AS VARCHAR) AS {name(column)}" for column in contract.model_fields)
    with Engine(threads=1) as engine:
        found = engine.rows(
            f"SELECT {check.fine} AS fine, {check.reasons} AS reasons, {check.staged}"
            f" FROM {check.read(f'(SELECT {cells}, r.line AS line FROM (SELECT unnest(?) AS r))')} ORDER BY line",
            [table],
        )
    return [
        (
            tuple(staged) if fine else None,
            {(reason["column"], reason["reason"]) for reason in reasons},
            {reason["column"]: reason["text"] for reason in reasons},
        )
        for fine, reasons, *staged in found
    ]


def assert_both_say_the_same(contract: type[Record], rows: list[Row]) -> None:
    """Every row: the same verdict, the same values when it is good, the same reasons when it is not."""
    for row, (staged, reasons, _) in zip(rows, judged(contract, rows), strict=True):
        assert staged == verdict(contract, row), row
        assert reasons == faults(contract, row), row


@pytest.mark.parametrize("kind", KINDS)
def test_one_odd_cell_in_a_row_gets_the_verdict_of_the_class(kind: str) -> None:
    assert_both_say_the_same(RECORDS[kind], list(single_faults(RECORDS[kind], seed=1)))


@pytest.mark.parametrize("kind", KINDS)
def test_rows_with_several_odd_cells_get_every_reason(kind: str) -> None:
    rows = list(mixed_rows(RECORDS[kind], seed=2, count=400))
    assert_both_say_the_same(RECORDS[kind], rows)
    assert max(len(faults(RECORDS[kind], row)) for row in rows) >= 2
    assert any(verdict(RECORDS[kind], row) for row in rows)


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_of_nothing_lacks_every_required_column(kind: str) -> None:
    contract = RECORDS[kind]
    nothing: Row = dict.fromkeys(contract.model_fields, "")
    ((staged, reasons, _),) = judged(contract, [nothing])
    required = {column for column, field in contract.model_fields.items() if field.is_required()}
    either = {(rule.second, rule.fault) for rule in contract.rules if isinstance(rule, OneGiven)}
    assert staged is None
    assert reasons == {(column, "missing") for column in required} | either


@settings(max_examples=60)
@given(data=st.data())
def test_whatever_a_cell_holds_both_say_the_same(data: st.DataObject) -> None:
    contract = RECORDS[data.draw(st.sampled_from(KINDS))]
    digits = st.text("0123456789０-+. eE_x,/:TZ", max_size=20)
    anything = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12)
    row = st.fixed_dictionaries(
        {
            column: st.one_of(st.sampled_from([*POOL, *choices(contract, column)]), digits, anything, st.none())
            for column in contract.model_fields
        }
    )
    assert_both_say_the_same(contract, data.draw(st.lists(row, min_size=1, max_size=20)))


RULES = [
    pytest.param(
        "departments", {"valid_from": "2021-03-02", "valid_to": "2021-03-01"}, "days_out_of_order", id="order"
    ),
    pytest.param("departments", {"valid_from": "2021-03-02", "valid_to": "2021-03-02"}, None, id="the same day"),
    pytest.param("departments", {"valid_from": "2021-03-02", "valid_to": ""}, None, id="no last day"),
    pytest.param("analyses", {"status": "completed", "completed_on": ""}, "needed_here", id="completed without a day"),
    pytest.param("analyses", {"status": "planned", "completed_on": ""}, None, id="planned without a day"),
    pytest.param("analyses", {"status": "", "completed_on": ""}, None, id="nothing said"),
    pytest.param(
        "datasets", {"opened_on": "", "collected_on": ""}, "one_of_two_needed", id="neither collected nor opened"
    ),
    pytest.param("recognition", {"decision": "refused", "reason": ""}, "needed_here", id="refused without a reason"),
    pytest.param("recognition", {"decision": "recognised", "reason": ""}, None, id="recognised without a reason"),
]
FINE = {
    "departments": {"unit_id": "A1", "name": "기획과", "peer_group": "line", "valid_from": "2021-01-01"},
    "analyses": {"analysis_id": "P1", "unit_id": "A1", "title": "분석"},
    "datasets": {"dataset_id": "D1", "unit_id": "A1", "title": "목록", "collected_on": "2021-01-01"},
    "recognition": {
        "record_kind": "analyses",
        "record_id": "P1",
        "decision": "recognised",
        "decided_on": "2021-01-01",
        "decided_by": "위원회",
    },
}


@pytest.mark.parametrize(("kind", "cells", "reason"), RULES)
def test_a_rule_between_columns_is_kept(kind: str, cells: Row, reason: str | None) -> None:
    contract = RECORDS[kind]
    row = {**dict.fromkeys(contract.model_fields, ""), **FINE[kind], **cells}
    ((staged, reasons, _),) = judged(contract, [row])
    assert (staged is None) == (reason is not None)
    assert {found for _, found in reasons} == ({reason} if reason else set())


def test_a_long_cell_is_shown_by_its_beginning() -> None:
    row: Row = {
        **dict.fromkeys(RECORDS["departments"].model_fields, ""),
        **FINE["departments"],
        "unit_id": "x" * 3_000_000,
    }
    ((_, reasons, shown),) = judged(RECORDS["departments"], [row])
    assert reasons == {("unit_id", "too_long")}
    assert shown["unit_id"] == "x" * SHOWN_CHARACTERS


ATTENDANCE: Row = {
    "session_id": "S1",
    "person": "p" + "0" * 32,
    "unit_id": "A1",
    "staff_group": "",
    "started_on": "",
    "completed_on": "2021-05-01",
    "hours": "3",
    "outcome": "completed",
}
SHOWN = [
    pytest.param({"hours": "three"}, {"hours": "three"}, id="another cell is shown"),
    pytest.param({"person": "20190417"}, {"person": None}, id="a personal cell is not"),
    pytest.param(
        {"person": "A1", "unit_id": "홍 길동", "hours": "x"},
        {"person": None, "unit_id": None, "hours": None},
        id="nothing of a row whose columns may be swapped",
    ),
]


@pytest.mark.parametrize(("cells", "shown"), SHOWN)
def test_what_a_reject_repeats_of_a_row_about_a_person(cells: Row, shown: Row) -> None:
    ((_, _, texts),) = judged(RECORDS["attendance"], [{**ATTENDANCE, **cells}])
    assert texts == shown
