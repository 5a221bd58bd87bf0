"""What holds of every contract: its key, its order among the others, and that an empty cell is absent."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from etl.contracts.fields import Refers
from etl.contracts.kinds.units import Department
from etl.contracts.published import PUBLISHED, Published
from etl.contracts.records import RECORDS
from etl.contracts.rows import Record
from etl.intake.checks import CHECKS

KINDS = list(RECORDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_of_record_comes_after_those_it_refers_to(kind: str) -> None:
    fields = RECORDS[kind].model_fields.values()
    named = {mark.kind for field in fields for mark in field.metadata if isinstance(mark, Refers)}
    assert named <= set(KINDS[: KINDS.index(kind)])


@pytest.mark.parametrize("contract", [*RECORDS.values(), *PUBLISHED.values()], ids=lambda contract: contract.__name__)
def test_a_contract_has_a_key_of_its_own_columns_and_says_what_it_is(contract: type[Record] | type[Published]) -> None:
    key = contract.key
    assert key
    assert len(set(key)) == len(key)
    assert set(key) <= contract.model_fields.keys()
    assert contract.__doc__
    assert not any(column.startswith("_") for column in contract.model_fields)


def test_a_published_table_is_known_by_its_name() -> None:
    assert {table: contract.table for table, contract in PUBLISHED.items()} == {table: table for table in PUBLISHED}
    assert {kind: contract.kind for kind, contract in RECORDS.items()} == {kind: kind for kind in RECORDS}


def test_an_empty_cell_is_absent() -> None:
    cells = {"unit_id": "A1", "name": "기획과", "peer_group": "line", "valid_from": "2021-01-01", "valid_to": ""}
    assert Department.model_validate(cells).valid_to is None
    with pytest.raises(ValidationError, match="Field required"):
        Department.model_validate({**cells, "name": ""})


def test_a_cell_nobody_declared_is_refused() -> None:
    cells = {"unit_id": "A1", "name": "기획과", "peer_group": "line", "valid_from": "2021-01-01", "chief": "x"}
    with pytest.raises(ValidationError, match="Extra inputs"):
        Department.model_validate(cells)


def test_people_arrive_as_pseudonyms_alone() -> None:
    personal = {
        (kind, name)
        for kind, contract in RECORDS.items()
        for name, field in contract.model_fields.items()
        if any(type(mark).__name__ == "Personal" for mark in field.metadata)
    }
    assert personal == {(kind, "person") for kind in ("attendance", "certificates", "diagnosis_answers")}


def test_a_column_that_names_a_record_has_the_grammar_of_that_records_key() -> None:
    """The compiled check relies on it: what is found among the keys needs no second look."""
    for check in CHECKS.values():
        for column in check.columns:
            if column.refers is not None:
                key = CHECKS[column.refers].column(RECORDS[column.refers].key[0])
                renamed = [step.broken.replace(f'"{key.column}"', f'"{column.column}"') for step in key.steps]
                assert [step.broken for step in column.steps] == renamed
