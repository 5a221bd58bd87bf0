"""How sound the result is: how sure each place is, and how whole the data behind it are."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from etl.contracts.published import UnitRow
from etl.errors import UsageError
from etl.exports.pdf.blocks import Block, Cell, Column, heading, note, points, table
from etl.exports.pdf.report_body import measured_points
from etl.exports.pdf.told import Told
from etl.insight.quality import added, partly_measured, received_files, record_counts, valued_nowhere
from etl.insight.robustness import Changed, Robustness, UnitSureness, robustness
from etl.insight.standing import group_of
from etl.scoring.decimals import HUNDRED
from etl.shown import NOTHING, number, percent


def soundness_blocks(told: Told) -> Iterator[Block]:
    """Data first, then ranks: what was rejected or held, what was measured, what other weights would change.

    Of a body evaluated as one unit the data alone: there is no place that other weights could change.
    """
    body = told.reading.body
    if body is not None:
        yield points([*_received_points(told), *measured_points(told, body)])
        return
    yield heading(told.say("soundness.data"))
    yield points(_data_points(told))
    yield from _partly_blocks(told)
    yield heading(told.say("soundness.ranks"))
    found = _robustness(told)
    if found is None:
        yield points([told.say("soundness.no_ranges")])
        return
    yield points(_range_points(told, found))
    yield note(told.say("soundness.simulated"))
    if found.without:
        yield heading(told.say("soundness.without"), 3)
        yield _without_table(told, found)
    yield heading(told.say("soundness.ranges"), 3)
    yield _ranges_table(told, found)


def _robustness(told: Told) -> Robustness | None:
    """The ranges; None where the rules rank by comparisons of pairs, or nobody has a place."""
    if not told.reading.ranks:
        return None
    try:
        return robustness(told.reading)
    except UsageError:
        return None


# Data ----------------------------------------------------------------------------------------------------------------


def _data_points(told: Told) -> Iterator[str]:
    yield from _received_points(told)
    states = [row.state for row in told.reading.indicators.values()]
    absent = {"missing": states.count("missing"), "not_applicable": states.count("not_applicable")}
    yield told.say("soundness.states", values=f"{len(states):,}", **absent)
    if not partly_measured(told.reading):
        yield told.say("soundness.all_measured")


def _received_points(told: Told) -> Iterator[str]:
    files = received_files(told.reading)
    if not files:
        yield told.say("soundness.table_scored")
    else:
        all_ = added(files)
        facts = {name: f"{getattr(all_, name):,}" for name in ("received", "staged", "rejected", "held", "set_aside")}
        yield told.say("soundness.received", files=len(files), **facts)
    counts = record_counts(told.reading)
    undecided = [one for one in counts if one.undecided]
    if undecided:
        yield told.say("soundness.undecided", records=f"{sum(one.undecided for one in undecided):,}")
    elif files:
        yield told.say("soundness.all_decided")


def _partly_blocks(told: Told) -> Iterator[Block]:
    """What nobody has a value of in a sentence each, then the departments that lack something else."""
    partly = partly_measured(told.reading)
    nowhere = valued_nowhere(told.reading)
    common = {indicator for indicator, _ in nowhere}
    lacking = [(unit_id, coverage) for unit_id, coverage in partly if any(_absent(told, unit_id, common))]
    listed = {unit_id for unit_id, _ in lacking}
    rest = [coverage for unit_id, coverage in partly if unit_id not in listed]
    if nowhere:
        units = len(told.reading.units)
        sentences = [
            told.say("soundness.nowhere", indicator=told.node_name(indicator), units=units, state=told.state(state))
            for indicator, state in nowhere
        ]
        if rest:
            ends = dict.fromkeys(percent(end * HUNDRED, 2) for end in (min(rest), max(rest)))
            sentences.append(told.say("soundness.rest", units=len(rest), coverage=" ~ ".join(ends)))
        yield points(sentences)
    if lacking:
        key = "soundness.partly_besides" if nowhere else "soundness.partly"
        yield heading(told.say(key, units=len(lacking)), 3)
        yield _partly_table(told, lacking, common)


def _partly_table(told: Told, partly: list[tuple[str, Decimal]], common: Collection[str]) -> Block:
    columns = [
        Column(told.say("ranking.unit")),
        Column(told.say("ranking.group"), 26),
        Column(told.say("soundness.coverage"), 28, "right", is_strong=True),
        Column(told.say("soundness.absent"), 78),
    ]
    rows = [
        [
            told.unit_name(unit_id),
            told.group_name(group_of(told.reading, unit_id)),
            told.share(coverage * HUNDRED),
            ", ".join(_absent(told, unit_id, common)),
        ]
        for unit_id, coverage in partly
    ]
    return table(columns, rows)


def _absent(told: Told, unit_id: str, common: Collection[str]) -> Iterator[str]:
    """What a department has no value of, beside what nobody has one of."""
    for indicator in told.reading.rulebook.indicators:
        row = told.reading.indicators[unit_id, indicator.id]
        if row.state != "measured" and indicator.id not in common:
            yield told.say("soundness.absent_of", indicator=told.node_name(indicator.id), state=told.state(row.state))


# Ranks ---------------------------------------------------------------------------------------------------------------


def _range_points(told: Told, found: Robustness) -> Iterator[str]:
    facts: dict[str, Any] = {"draws": f"{found.draws:,}", "spread": _decimals(found.spread * 100, 0)}
    yield told.say("soundness.how", **facts, seed=found.seed)
    yield told.say("soundness.shift", shift=_decimals(found.mean_shift, 1))


def _without_table(told: Told, found: Robustness) -> Block:
    columns = [
        Column(told.say("indicators.indicator")),
        Column(told.say("soundness.moved"), 40, "right"),
        Column(told.say("soundness.mean_shift"), 40, "right"),
        Column(told.say("soundness.spearman"), 32, "right"),
    ]
    return table(columns, [_without_row(told, one) for one in found.without])


def _without_row(told: Told, one: Changed) -> list[str]:
    return [told.node_name(one.what), f"{one.moved:,}", _decimals(one.mean_shift, 1), _correlation(one.spearman)]


def _correlation(spearman: float | None) -> str:
    """Four decimals, rounded down: 1 is said of equal orders only."""
    if spearman is None:
        return NOTHING
    return number(Decimal(str(spearman)).quantize(Decimal("0.0001"), ROUND_FLOOR), 4, fixed=True)


def _ranges_table(told: Told, found: Robustness) -> Block:
    columns = [
        Column(told.say("ranking.group"), 24),
        Column(told.say("ranking.unit")),
        Column(told.say("ranking.place"), 20, "right", is_strong=True),
        Column(told.say("soundness.range"), 24, "right"),
        Column(told.say("soundness.range_bar"), 48),
        Column(told.say("soundness.same"), 22, "right"),
    ]
    units = [unit for unit in told.results.units if unit.unit_id in found.units]
    return table(columns, [_range_row(told, unit, found.units[unit.unit_id]) for unit in units])


def _range_row(told: Told, unit: UnitRow, sure: UnitSureness) -> list[Cell]:
    own, last = sure.in_group, told.standings[sure.peer_group].units
    ends = told.say("soundness.from_to", low=own.low, high=own.high)
    return [
        told.group_name(sure.peer_group),
        unit.name,
        told.place(own.published, shared=told.ties[unit.unit_id] > 0),
        told.say("word.place", rank=own.low) if own.low == own.high else ends,
        {"from": _along(own.low, last), "to": _along(own.high, last), "at": _along(own.published, last)},
        _decimals(own.share_at_published * 100, 0) + " %",
    ]


def _along(rank: int, last: int) -> float:
    return (rank - 1) / (last - 1) if last > 1 else 0.0


def _decimals(simulated: float, places: int) -> str:
    """A simulated number, which is never published: for the eye only."""
    return number(Decimal(str(simulated)), places, fixed=True)
