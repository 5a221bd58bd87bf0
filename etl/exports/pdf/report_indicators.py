"""Areas and indicators: where points are won and lost."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from etl.exports.formulas import amount_words
from etl.exports.pdf.blocks import Block, Cell, Column, heading, note, points, table, together
from etl.exports.pdf.told import Told
from etl.insight.full_marks import full_mark
from etl.insight.quality import RecordCounts, record_counts
from etl.insight.standing import IndicatorStanding, indicator_standings, value_standing
from etl.scoring.rulebook_parts import Indicator
from etl.shown import NOTHING

_GROUPS_THAT_FIT: Final = 6


def indicator_blocks(told: Told) -> Iterator[Block]:
    """All indicators side by side, areas by peer group, then each indicator."""
    standings = indicator_standings(told.reading)
    yield table(
        [
            Column(told.say("indicators.indicator")),
            Column(told.of_weight("indicators.weight", "indicators.only_weighs"), 26, "right"),
            Column(told.say("indicators.earned_bar"), 42),
            Column(told.say("indicators.earned"), 22, "right", is_strong=True),
            Column(told.say("indicators.units"), 20, "right"),
        ],
        [_row(told, one) for one in standings],
    )
    yield note(told.say("indicators.earned_note"))
    yield together([heading(told.say("indicators.areas")), _areas_table(told)])
    counts = {one.metric: one for one in record_counts(told.reading)}
    for one in standings:
        yield together(
            [
                heading(told.node_name(one.indicator.id)),
                *_description(told, one.indicator),
                points(_indicator_points(told, one, counts.get(str(one.indicator.numerator)))),
                _groups_table(told, one.indicator),
            ]
        )


def _row(told: Told, one: IndicatorStanding) -> list[Cell]:
    share: Cell = "" if one.earned_pct is None else {"share": float(one.earned_pct / 100)}
    weight = amount_words(told.reading.rulebook, one.indicator.weight, told.language)
    return [told.node_name(one.indicator.id), weight, share, told.share(one.earned_pct), f"{one.units:,}"]


def _areas_table(told: Told) -> Block:
    """The median of what each area earned, by peer group."""
    top = told.reading.rulebook.parts[None]
    groups = list(told.standings)
    weight = told.of_weight("indicators.weight", "indicators.only_weighs")
    columns = [Column(told.say("indicators.area")), Column(weight, 20, "right")]
    columns += [Column(told.group_name(group), 22, "right") for group in groups[:_GROUPS_THAT_FIT]]
    rows = [
        [
            told.node_name(part.id),
            amount_words(told.reading.rulebook, part.weight, told.language),
            *(_median(told, group, part.id) for group in groups[:_GROUPS_THAT_FIT]),
        ]
        for part in top
    ]
    return table(columns, rows)


def _median(told: Told, group: str, node: str) -> str:
    middle = told.medians.get((group, node))
    return NOTHING if middle is None else told.points(middle)


def _description(told: Told, indicator: Indicator) -> Iterator[Block]:
    """What the rules say it is, in their own words."""
    if indicator.description is not None:
        yield note(told.of(indicator.description))


def _indicator_points(told: Told, one: IndicatorStanding, counts: RecordCounts | None) -> Iterator[str]:
    indicator = one.indicator
    found = value_standing(told.reading, indicator)
    if found.units:
        facts = {"units": found.units, "median": told.value(indicator, found.median)}
        key = "indicators.values_open" if found.full is None else "indicators.values"
        yield told.say(key, **facts, full=found.full, zero=found.zero)
    missing = _without_value(told, indicator)
    if missing:
        yield told.say("indicators.without", units=len(missing), names=told.names_of(missing))
    if counts is not None and told.reading.has_records:
        facts = {name: f"{getattr(counts, name):,}" for name in ("counted", "not_counted", "undecided")}
        yield told.say("indicators.records", **facts)


def _without_value(told: Told, indicator: Indicator) -> list[str]:
    rows = (told.reading.indicators[unit.unit_id, indicator.id] for unit in told.results.units)
    return [row.unit_id for row in rows if row.value is None]


def _groups_table(told: Told, indicator: Indicator) -> Block:
    """The medians of the peer groups; as bars too where points are out of something."""
    marks = {group: full_mark(told.reading.rulebook, indicator, group) for group in told.standings}
    columns = [
        Column(told.say("ranking.group"), 42),
        Column(told.say("indicators.median"), 22, "right", is_strong=True),
        Column(told.say("indicators.target")),
    ]
    rows: list[list[Cell]] = [list(_group_row(told, group, indicator)) for group in told.standings]
    if any(marks.values()):
        bars = Column(told.of_weight("indicators.median_bar", "indicators.median_bar_full"), 52)
        columns.insert(1, bars)
        for row, (group, mark) in zip(rows, marks.items(), strict=True):
            row.insert(1, _bar(told.medians.get((group, indicator.id)), mark))
    return table(columns, rows)


def _bar(median: Decimal | None, mark: Decimal | None) -> Cell:
    return {"share": float(max(Decimal(0), min(median / mark, Decimal(1))))} if median is not None and mark else ""


def _group_row(told: Told, group: str, indicator: Indicator) -> list[str]:
    """A group's name, median and targets."""
    units = [row.unit_id for row in told.reading.ranks.values() if row.peer_group == group]
    rows = [told.reading.indicators[unit_id, indicator.id] for unit_id in units]
    targets = sorted({row.target for row in rows if row.target is not None})
    said = NOTHING
    if targets:
        ends = list(dict.fromkeys([told.value(indicator, targets[0]), told.value(indicator, targets[-1])]))
        said = told.say("indicators.target_of", target=" ~ ".join(ends))
    return [told.group_name(group), _median(told, group, indicator.id), said]
