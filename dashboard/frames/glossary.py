"""The glossary: terms of the evaluation, every indicator's rules by year, and what every metric counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter
from typing import Final

from dashboard.access import State
from dashboard.frames.rules import formula, method_sentences, weight
from dashboard.frames.source import Source
from dashboard.words import Words
from etl.insight.definitions import define
from etl.insight.reading import Reading
from etl.measures import known_metrics
from etl.shown import NOTHING

TERMS: Final = (
    *("composite_score", "points", "bonus_and_penalty", "weight", "target", "rounding"),
    *("rank", "rank_range", "turning_point", "tie", "peer_group", "median", "grade", "next_grade"),
    *("counted", "not_counted", "missing", "not_applicable", "zero", "coverage"),
    *("rejected", "held", "evidence", "release", "rulebook", "pseudonym", "small_group"),
    *("seats_planned", "seats_offered", "filled", "completed", "people", "hours", "headcount", "level", "supposed"),
    *("datasets", "datasets_used", "recognised", "policies_evidenced"),
    *("pilots_run", "pilots_adopted", "satisfaction", "initiatives_running", "sites", "users"),
    *("practices_registered", "practices_reused", "awards"),
)
"""What the pages speak of: texts `glossary.term.<name>` and `glossary.meaning.<name>`."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term and what it means."""

    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class RuleInYears:
    """An indicator's rules in the years in which they were the same, as text."""

    indicator: str
    name: str
    years: str
    weight: str
    formula: str
    method: str


@dataclass(frozen=True, slots=True)
class MetricEntry:
    """What a metric counts: its name, unit and the indicators of the year shown that look at it."""

    metric: str
    name: str
    unit: str
    used_by: str


def matches(find: str) -> Callable[..., bool]:
    """Whether all words looked for stand in some texts, whatever their case."""
    wanted = find.casefold().split()

    def within(*texts: str) -> bool:
        said = " ".join(texts).casefold()
        return all(word in said for word in wanted)

    return within


def terms(words: Words, find: str) -> list[Term]:
    """The terms that hold what is looked for; everything where nothing is."""
    said = [Term(words(f"glossary.term.{name}"), words(f"glossary.meaning.{name}")) for name in TERMS]
    said += [Term(words(f"badge.{step}"), words(f"glossary.step.{step}")) for step in (*State, "superseded")]
    fits = matches(find)
    return [term for term in said if fits(term.name, term.meaning)]


def rules_by_year(source: Source, others: Iterable[Reading], find: str) -> list[RuleInYears]:
    """Every indicator of the years the reader sees, newest rules first, years of the same rules together.

    Args:
        source: the release shown.
        others: those of other years.
        find: what is looked for.
    """
    years = [source, *(replace(source, reading=reading, earlier=()) for reading in others)]
    years.sort(key=lambda one: -one.year)
    known = dict.fromkeys(indicator for year in years for indicator in year.indicators)
    fits = matches(find)
    rows = (row for indicator in known for row in _rows(indicator, years))
    return [row for row in rows if fits(row.name, row.indicator, row.formula, row.method, row.years)]


def _rows(indicator: str, years: Iterable[Source]) -> Iterator[RuleInYears]:
    said = [(year.year, _rules_of(year, indicator)) for year in years if indicator in year.indicators]
    for (name, weighs, how, method), same in groupby(said, key=itemgetter(1)):
        yield RuleInYears(indicator, name, _span([year for year, _ in same]), weighs, how, method)


def _rules_of(source: Source, indicator: str) -> tuple[str, str, str, str]:
    rule = source.indicators[indicator]
    how = " ".join(method_sentences(source, rule))
    return source.nodes[indicator], weight(source, rule), formula(source, rule), how


def _span(years: list[int]) -> str:
    """Years, newest first, as text: 2019–2021, or each where some lie between."""
    if len(years) == 1:
        return str(years[0])
    in_a_row = years[0] - years[-1] == len(years) - 1
    return f"{years[-1]}–{years[0]}" if in_a_row else ", ".join(map(str, reversed(years)))


def metric_entries(source: Source, find: str) -> list[MetricEntry]:
    """The metrics the program has, those of the year's rules first."""
    used: dict[str, list[str]] = {}
    for indicator in source.indicators.values():
        for _, metric in indicator.metrics():
            used.setdefault(metric, []).append(source.nodes[indicator.id])
    fits, words = matches(find), source.words
    entries = [
        MetricEntry(
            metric,
            words.metric(metric),
            define(metric).units[words.language],
            ", ".join(dict.fromkeys(used.get(metric, ()))) or NOTHING,
        )
        for metric in dict.fromkeys([*used, *known_metrics()])
    ]
    return [entry for entry in entries if fits(entry.metric, entry.name, entry.used_by)]
