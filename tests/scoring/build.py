"""Small rulebooks and inputs for tests, written as a person would write them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from etl.contracts.published import IndicatorRow, RankRow, ScoreRow
from etl.scoring.inputs import Entry, Inputs, Unit
from etl.scoring.rulebook import Rulebook, parse_rulebook
from etl.scoring.score import Scored

HEAD = """
[evaluation]
id = "example"
title = "Example"
year = 2021
"""

Figure = Decimal | int | str


def read(text: str) -> Rulebook:
    """The rulebook of a text, under the name rules.toml."""
    return parse_rulebook(text.encode(), "rules.toml", None)


def indicator(name: str, points: str = '{ method = "raw" }', **keys: str) -> str:
    """One indicator over the metric of its own name; other keys as TOML text."""
    keys = {"numerator": f'"{name}"', **keys}
    lines = "".join(f"{key} = {value}\n" for key, value in keys.items() if value)
    return f'\n[[indicators]]\nid = "{name}"\nname = "{name}"\npoints = {points}\n{lines}'


def rules(*indicators: str, score: str = 'aggregation = "arithmetic"', more: str = "") -> Rulebook:
    """A rulebook of some indicators at the root."""
    return read(f"{HEAD}\n[score]\n{score}\n" + "".join(indicators) + more)


def inputs(
    figures: Mapping[str, Mapping[str, Figure | None]],
    *,
    groups: Mapping[str, str] | None = None,
    not_applicable: Iterable[tuple[str, str]] = (),
    marks: Mapping[tuple[str, str], Iterable[Figure]] | None = None,
    entries: Iterable[Entry] = (),
) -> Inputs:
    """Units by name, each with its metrics."""
    return Inputs(
        units=tuple(Unit(name, name, (groups or {}).get(name, "")) for name in figures),
        values={
            (name, metric): None if value is None else Decimal(value)
            for name, own in figures.items()
            for metric, value in own.items()
        },
        not_applicable=frozenset(not_applicable),
        marks={key: tuple(Decimal(mark) for mark in given) for key, given in (marks or {}).items()},
        entries=tuple(entries),
    )


def column(metric: str, **values: Figure | None) -> Inputs:
    """One metric of several units."""
    return inputs({name: {} if value is None else {metric: value} for name, value in values.items()})


def scores(scored: Scored) -> dict[str, ScoreRow]:
    """Unit -> its row of scores."""
    return {row.unit_id: row for row in scored.scores}


def ranks(scored: Scored) -> dict[str, RankRow]:
    """Unit -> its row of ranks."""
    return {row.unit_id: row for row in scored.ranks}


def leaves(scored: Scored, name: str) -> dict[str, IndicatorRow]:
    """Unit -> its row of one indicator."""
    return {row.unit_id: row for row in scored.indicators if row.indicator == name}


def points(scored: Scored, name: str) -> dict[str, Decimal | None]:
    """Unit -> its points under one indicator."""
    return {unit_id: row.points for unit_id, row in leaves(scored, name).items()}
