"""The first page, and the figures of the whole body."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from etl.exports.carried import day_text
from etl.exports.pdf.blocks import Block, columns_of, note, table, trend
from etl.exports.pdf.report_body import about_body, loss_rows
from etl.exports.pdf.report_ranking import mover_rows
from etl.exports.pdf.report_support import help_list, nobody, short_reason
from etl.exports.pdf.told import Told
from etl.insight.headlines import HeadlineStanding, headline_standings, headline_trend
from etl.insight.losses import earned_least, earned_most
from etl.insight.standing import shared_score
from etl.shown import NOTHING, number, percent, signed

_FIGURES: Final = 4
_MOVERS: Final = 3
_HELPED: Final = 3


def summary(told: Told) -> dict[str, Any]:
    """The first page: three sentences, figures, movers, departments to help; of a body, where it lost points."""
    period, body = told.reading.rulebook.evaluation.period, told.reading.body
    start, end = (day_text(day, told.language) for day in (period.start, period.end))
    standings = headline_standings(told.reading, told.before)
    if body is not None:
        return {
            "period": told.say("whole.period", start=start, end=end),
            "sentences": [*_about_targets(told, standings), *about_body(told, body)],
            "figures": [_figure(told, standing) for standing in standings[:_FIGURES]],
            "movers_title": "",
            "movers": [],
            "no_movers": "",
            "help_title": told.say("whole.losses"),
            "help": loss_rows(told, body),
            "no_help": told.say("whole.no_losses"),
        }
    return {
        "period": told.say("summary.period", start=start, end=end, units=len(told.reading.units)),
        "sentences": [*_about_targets(told, standings), *_about_leaders(told), *_about_indicators(told)],
        "figures": [_figure(told, standing) for standing in standings[:_FIGURES]],
        "movers_title": told.say("summary.movers"),
        "movers": mover_rows(told, _MOVERS),
        "no_movers": told.say("movers.none"),
        "help_title": told.say("summary.help"),
        "help": [[_who(told, one.unit_id), short_reason(told, one)] for one in help_list(told)[:_HELPED]],
        "no_help": nobody(told),
    }


def _who(told: Told, unit_id: str) -> str:
    rank = told.reading.ranks[unit_id]
    return told.say(
        "summary.who",
        unit=told.unit_name(unit_id),
        group=told.group_in_full(rank.peer_group),
        place=told.group_place(rank),
        score=told.score(told.reading.scores[unit_id].score),
    )


def _figure(told: Told, standing: HeadlineStanding) -> list[str]:
    row, headline = standing.row, standing.headline
    beside = []
    if row.target is not None:
        key = "summary.reached" if standing.reached else "summary.missed"
        target = told.amount(row.target, headline.unit, headline.metric)
        beside.append(told.say(key, target=target, attainment=percent(row.attainment_pct)))
    if standing.change is not None:
        before = told.amount(standing.before, headline.unit, headline.metric)
        beside.append(told.say("summary.change", before=before, change=signed(standing.change)))
    value = told.amount(row.value, headline.unit, headline.metric)
    return [told.of(headline.name), value, *beside]


def _about_targets(told: Told, standings: list[HeadlineStanding]) -> Iterator[str]:
    known = [standing for standing in standings if standing.reached is not None]
    missed = [told.of(standing.headline.name) for standing in known if not standing.reached]
    if not known:
        return
    if missed:
        facts = {"count": len(known), "reached": len(known) - len(missed), "missed": ", ".join(missed)}
        yield told.say("summary.some_reached", **facts)
    else:
        yield told.say("summary.all_reached", count=len(known))


def _about_leaders(told: Told) -> Iterator[str]:
    first = [row for row in told.reading.ranks.values() if row.rank == 1]
    if not first:
        yield told.say("summary.no_ranks")
        return
    unranked = len(told.reading.units) - len(told.reading.ranks)
    names = told.names_of([row.unit_id for row in first])
    score = shared_score(told.reading, [row.unit_id for row in first])
    facts = {"units": first[0].ranked_units, "leaders": names, "score": told.score(score), "unranked": unranked}
    if score is None:
        yield told.say("summary.leaders_unscored_and_unranked" if unranked else "summary.leaders_unscored", **facts)
    else:
        yield told.say("summary.leaders_and_unranked" if unranked else "summary.leaders", **facts)


def _about_indicators(told: Told) -> Iterator[str]:
    least, most = earned_least(told.reading), earned_most(told.reading)
    if least is not None and most is not None and least != most:
        facts = {"weakest": told.node_name(least.indicator.id), "strongest": told.node_name(most.indicator.id)}
        yield told.say(
            "summary.indicators", **facts, low=told.share(least.earned_pct), high=told.share(most.earned_pct)
        )


# The whole body ------------------------------------------------------------------------------------------------------


def body_blocks(told: Told) -> Iterator[Block]:
    """The figures of the whole body against target and last year, and year by year."""
    standings = headline_standings(told.reading, told.before)
    if not standings:
        return
    heads = ("headline", "value", "target", "attainment", "reached", "before", "change")
    widths = (0, 26, 26, 20, 20, 26, 20)
    aligns = ("left", "right", "right", "right", "center", "right", "right")
    columns = columns_of([told.say(f"body.{head}") for head in heads], widths, aligns, heads.index("value"))
    yield table(columns, [_body_row(told, standing) for standing in standings])
    yield note(told.say("body.trend_note"))
    for standing in standings:
        yield from _trend(told, standing)


def _body_row(told: Told, standing: HeadlineStanding) -> list[str]:
    row, headline = standing.row, standing.headline
    unit = headline.unit, headline.metric
    reached = NOTHING
    if standing.reached is not None:
        reached = told.say("body.yes" if standing.reached else "body.no")
    return [
        told.of(headline.name),
        told.amount(row.value, *unit) if row.value is not None else NOTHING,
        told.amount(row.target, *unit) if row.target is not None else NOTHING,
        percent(row.attainment_pct),
        reached,
        told.amount(standing.before, *unit) if standing.before is not None else NOTHING,
        signed(standing.change),
    ]


def _trend(told: Told, standing: HeadlineStanding) -> Iterator[Block]:
    known = [one for one in headline_trend(told.reading, told.earlier, standing.headline) if one.value is not None]
    top = max((max(one.value or Decimal(0), one.target or Decimal(0)) for one in known), default=Decimal(0))
    if len(known) < 2 or top <= 0:
        return
    name = told.of(standing.headline.name)
    said = ", ".join(told.say("body.year", year=one.year, value=number(one.value)) for one in known)
    years = [
        {
            "year": str(one.year),
            "text": number(one.value),
            "share": float((one.value or Decimal(0)) / top),
            "target": None if one.target is None else float(one.target / top),
        }
        for one in known
    ]
    yield trend(name, years, told.say("body.trend_alt", name=name, years=said))
