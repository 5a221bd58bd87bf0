"""What the numbers of the overview say: where we stand, what moved, where to act."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from dashboard.frames.body import body_acts, body_moved, body_stands
from dashboard.frames.overview import BehindRow, behind_rows
from dashboard.frames.source import Source
from etl.insight.headlines import headline_standings
from etl.insight.losses import earned_least
from etl.insight.standing import directions, movers, shared_score, units_with_points
from etl.shown import percent

BEHIND_NAMED = 3


@dataclass(frozen=True, slots=True)
class Saying:
    """An answer to one of the three questions of the overview, in one to three short sentences."""

    question: str
    answer: str


def overview_sayings(source: Source) -> list[Saying]:
    """Where we stand, what moved, where to act, written from the numbers."""
    words, body = source.words, source.reading.body
    told = {"stand": _where_we_stand(source), "moved": _what_moved(source), "act": _where_to_act(source)}
    if body is not None:
        told = {
            "stand": chain(_about_targets(source), body_stands(source, body)),
            "moved": body_moved(source, body),
            "act": body_acts(source, body),
        }
    return [
        Saying(words(f"overview.says.{what}"), " ".join(sentences) or words("overview.says.nothing"))
        for what, sentences in ((what, list(found)) for what, found in told.items())
    ]


def _where_we_stand(source: Source) -> Iterator[str]:
    yield from _about_targets(source)
    yield from _about_leaders(source)


def _about_targets(source: Source) -> Iterator[str]:
    words = source.words
    known = [standing for standing in headline_standings(source.reading, source.before) if standing.reached is not None]
    missed = [words.of(standing.headline.name) for standing in known if not standing.reached]
    if missed:
        yield words(
            "overview.says.some_reached", count=len(known), reached=len(known) - len(missed), missed=", ".join(missed)
        )
    elif known:
        yield words("overview.says.all_reached", count=len(known))


def _about_leaders(source: Source) -> Iterator[str]:
    reading, words = source.reading, source.words
    first = [row for row in reading.ranks.values() if row.rank == 1]
    if first and all(source.scope.may_see(row.unit_id) for row in first):
        names, score = (
            [reading.units[row.unit_id].name for row in first],
            shared_score(reading, [row.unit_id for row in first]),
        )
        facts = {"units": first[0].ranked_units, "score": source.score(score)}
        if len(names) == 1:
            key = "overview.says.leader.unscored" if score is None else "overview.says.leader"
            yield words(key, leader=names[0], **facts)
        else:
            key = "overview.says.leaders.unscored" if score is None else "overview.says.leaders"
            yield words(key, leaders=source.list_of(names), **facts)
    unranked = sum(not row.ranked for row in reading.scores.values())
    if unranked:
        yield words("overview.says.unranked", units=unranked)


def _what_moved(source: Source) -> Iterator[str]:
    words = source.words
    if source.before is None or not source.compares_units:
        yield words("overview.movers.none" if source.before is None else "overview.movers.later")
        return
    if not source.changes:
        yield words("overview.movers.nobody")
        return
    gained, lost = directions(source.changes.values())
    yield words("overview.says.directions", units=len(source.changes), risen=gained, fallen=lost)
    risen, fallen = movers(source.changes.values(), 1)
    for key, found in (("overview.says.risen", risen), ("overview.says.fallen", fallen)):
        for change in found:
            yield words(key, unit=source.units[change.unit_id], change=source.score_change(change.score_change))


def _where_to_act(source: Source) -> Iterator[str]:
    weakest = earned_least(source.reading)
    if weakest is not None and source.scope.may_see_together(units_with_points(source.reading, weakest.indicator)):
        name = source.nodes[weakest.indicator.id]
        yield source.words("overview.says.weakest", indicator=name, earned=percent(weakest.earned_pct, 1))
    yield from who_is_behind(source, behind_rows(source)[:BEHIND_NAMED])
    if source.reading.rulebook.outranks:
        yield source.words("overview.says.outranked")


def who_is_behind(source: Source, behind: Sequence[BehindRow]) -> Iterator[str]:
    """Who needs help, and why: where all lack the same it is said once."""
    words, lacking, lower_leads = source.words, {row.indicator for row in behind}, source.reading.rulebook.lower_leads
    if not behind:
        return
    is_the_same = len(behind) > 1 and len(lacking) == 1 and None not in lacking
    named = [
        words("overview.says.behind_gap", unit=row.name, gap=row.gap_text)
        if is_the_same or row.indicator is None
        else words("overview.says.behind_one", unit=row.name, gap=row.gap_text, indicator=row.indicator_name)
        for row in behind
    ]
    yield words("overview.says.behind.lowest" if lower_leads else "overview.says.behind", units=source.list_of(named))
    if is_the_same:
        key = "overview.says.behind_all.lowest" if lower_leads else "overview.says.behind_all"
        yield words(key, indicator=behind[0].indicator_name)
