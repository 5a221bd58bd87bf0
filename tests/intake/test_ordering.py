"""Rows are put in the order of their key, and it does not matter how many there are."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.contracts.records import RECORDS
from etl.engine import Engine, name
from etl.intake import ordering
from etl.intake.ordering import in_key_order

KIND = "attendance"
TEXTS = ["", "가", "각", "나", "A", "a", "Z", "é", "é", "漢字", "😀", "S-10", "S-2", "  "]
COLUMNS = tuple(RECORDS[KIND].model_fields)

Row = tuple[str, str, str | None]


def ordered(rows: Sequence[Row], engine: Engine) -> list[tuple[object, ...]]:
    session, person, group = (COLUMNS.index(column) for column in ("session_id", "person", "staff_group"))
    engine.run(
        f"CREATE OR REPLACE TABLE given ({', '.join(f'{name(column)} VARCHAR' for column in COLUMNS)},"
        " _source INTEGER, _row BIGINT)"
    )
    lines: list[list[object]] = []
    for number, row in enumerate(rows):
        line: list[object] = [*("one" for _ in COLUMNS), 0, number]
        line[session], line[person], line[group] = row
        lines.append(line)
    engine.fill("given", lines)
    return engine.rows(f"SELECT * FROM ({in_key_order(KIND, 'given', len(rows), engine)})")


@given(
    rows=st.lists(st.tuples(*[st.sampled_from(TEXTS)] * 2, st.sampled_from([None, *TEXTS])), min_size=1, max_size=40)
)
def test_texts_sorted_by_their_places_stand_as_texts_do(rows: list[Row]) -> None:
    unique = list({row[:2]: row for row in rows}.values())
    with Engine() as engine, pytest.MonkeyPatch.context() as patch:
        as_texts = ordered(unique, engine)
        patch.setattr(ordering, "_MANY", 0)
        patch.setattr(ordering, "_TIMES", 0)
        as_places = ordered(unique, engine)
    assert as_places == as_texts
    keys = [row[:2] for row in as_texts]
    assert keys == sorted(keys, key=lambda key: [str(part).encode() for part in key])


@pytest.mark.parametrize(("distinct", "placed"), [(2, True), (600, False)])
def test_only_texts_that_repeat_get_places(monkeypatch: pytest.MonkeyPatch, distinct: int, placed: bool) -> None:
    monkeypatch.setattr(ordering, "_MANY", 1_000)
    rows: list[Row] = [(f"S{number % distinct}", f"p{number}", None) for number in range(1_000)]
    with Engine() as engine:
        ordered(rows, engine)
        types = {found for (found,) in engine.rows("SELECT type_name FROM duckdb_types() WHERE NOT internal")}
    assert ("places of session_id" in types) is placed
    assert "places of person" not in types
