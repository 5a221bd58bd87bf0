"""Rows of a kind in the order of their key; a text that comes again and again is sorted by its place among them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from etl.contracts.records import RECORDS
from etl.engine import Engine, name
from etl.intake.checks import CHECKS

_MANY: Final = 500_000
"""So many rows are sorted sooner with places than with texts, the reading of the distinct texts included."""

_TIMES: Final = 10
"""So often a text stands in a column, on average, before its distinct texts are worth reading."""

_MOST_TEXTS: Final = 500_000
"""Distinct texts of a column that are held in memory beside the rows that are sorted."""


def in_key_order(kind: str, rows: str, count: int, engine: Engine) -> str:
    """SQL: the contract's columns, `_source` and `_row` of the rows, in the order of the contract's key.

    A session, a person or an answer stands in many rows. Its place among the distinct texts of its column is a number
    of at most four bytes: more rows are sorted in memory, and two are compared at once.

    Args:
        kind: the contract.
        rows: SQL of its rows, checked.
        count: how many they are.
        engine: the job's engine; the places stay in it.
    """
    contract = RECORDS[kind]
    placed = frozenset(_place_texts(kind, rows, engine)) if count >= _MANY else frozenset()
    as_places = ", ".join(
        f"CAST({name(column)} AS {_places(column)}) AS {name(column)}" if column in placed else name(column)
        for column in contract.model_fields
    )
    as_texts = ", ".join(
        f"CAST({name(column)} AS VARCHAR) AS {name(column)}" if column in placed else name(column)
        for column in contract.model_fields
    )
    in_order = f"SELECT {as_places}, _source, _row FROM {rows} ORDER BY {', '.join(map(name, contract.key))}"
    return f"SELECT {as_texts}, _source, _row FROM ({in_order})" if placed else in_order


def _place_texts(kind: str, rows: str, engine: Engine) -> Iterator[str]:
    """Give the texts of each column in which they repeat a place in their order; the columns."""
    texts = [check.column for check in CHECKS[kind].columns if check.kind == "VARCHAR"]
    for column in _repeating(texts, rows, engine):
        distinct = f"SELECT DISTINCT {name(column)} AS one FROM {rows} WHERE {name(column)} IS NOT NULL ORDER BY one"
        engine.run(f"CREATE OR REPLACE TYPE {_places(column)} AS ENUM ({distinct})")
        yield column


def _repeating(columns: Sequence[str], rows: str, engine: Engine) -> Iterator[str]:
    counts = ", ".join(f"approx_count_distinct({name(column)})" for column in columns)
    ((count, *distinct),) = engine.rows(f"SELECT COUNT(*), {counts} FROM {rows}")
    return (
        column
        for column, texts in zip(columns, distinct, strict=True)
        if texts * _TIMES <= count and texts <= _MOST_TEXTS
    )


def _places(column: str) -> str:
    return name(f"places of {column}")
