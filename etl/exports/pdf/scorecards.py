"""A page a department: its place, what its score is made of, what the next grade takes, its years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from etl.contracts.published import RankRow
from etl.exports.pdf.room import has_even_rows, room_for
from etl.exports.pdf.strip import group_strip
from etl.exports.pdf.told import Told
from etl.insight.fed_rules import FedRule, fed_rules
from etl.insight.figures import score_text
from etl.insight.prospects import Bound, Prospect, next_grade, prospects
from etl.insight.reading import Reading
from etl.insight.reasons import not_ranked_because
from etl.insight.standing import (
    ScorePart,
    UnitChange,
    difference,
    group_of,
    score_parts,
    sum_holds,
    tied_in_group,
)
from etl.scoring.decimals import HUNDRED
from etl.shown import NOTHING, number, percent, signed

_PROSPECTS: Final = 3
_YEARS: Final = 5


def scorecards_data(told: Told, unit_ids: Sequence[str]) -> dict[str, Any]:
    """What the template `scorecards` sets.

    Args:
        told: the release.
        unit_ids: whose cards, in this order.
    """
    columns = [
        told.say("card.part"),
        told.say("card.value"),
        told.of_weight("card.bar", "card.bar_full"),
        told.of_weight("card.earned", "card.earned_full"),
        told.say("card.median" if told.reading.body is None else "whole.lost"),
        told.say("card.records"),
    ]
    labels = {name: told.say(f"card.{name}") for name in _LABELS}
    return {
        **told.head("scorecards", told.control(unit_ids)),
        "labels": {**labels, "parts_note": _parts_note(told), "moved": moved_note(told)},
        "columns": columns,
        "years_columns": [told.say(f"card.{column}") for column in year_columns(told)],
        "cards": [card(told, unit_id) for unit_id in unit_ids],
    }


def moved_note(told: Told) -> str:
    """What the mark of a moved weight means."""
    return told.say("card.moved_medians" if told.reading.body is None else "card.moved")


def _parts_note(told: Told) -> str:
    if told.reading.body is not None:
        return told.say("whole.parts_note")
    return told.of_weight("card.parts_note", "card.parts_note_full")


_LABELS: Final = ("place", "parts", "next", "years", "own", "others", "median_mark", "no_next")


def card(told: Told, unit_id: str) -> dict[str, Any]:
    """One department, with its place in the group to be drawn; a body has none, and lost points for the median."""
    group = group_of(told.reading, unit_id)
    told_of = card_text(told, unit_id)
    beside = "median" if told.reading.body is None else "lost"
    told_of["parts"] = [{**part, "beside": part[beside]} for part in told_of["parts"]]
    strip = group_strip(told, group, unit_id) if _has_strip(told, unit_id, group) else None
    return {**told_of, "strip": strip, "room": room_for(told_of), "is_even": has_even_rows(told_of)}


def card_text(told: Told, unit_id: str) -> dict[str, Any]:
    """What there is to say of one department: figures, sentences, parts of its score, what comes next, its years."""
    return {
        "code": unit_id,
        "name": told.unit_name(unit_id),
        "group": told.group_name(group_of(told.reading, unit_id)),
        "figures": list(_figures(told, unit_id)),
        "sentences": list(_sentences(told, unit_id)),
        "parts": list(_parts(told, unit_id)),
        "sum": _sum(told, unit_id),
        "next": [*next_grade_sentences(told, unit_id), *next_steps_sentences(told, unit_id, _PROSPECTS)],
        "years": list(_years(told, unit_id)),
    }


def _has_strip(told: Told, unit_id: str, group: str) -> bool:
    return unit_id in told.reading.ranks and told.may_tell(group) and told.reading.body is None


# Place and score -----------------------------------------------------------------------------------------------------


def _figures(told: Told, unit_id: str) -> Iterator[list[str]]:
    """Label, figure, what stands beside it: score, place in the group, place overall, grade.

    A body evaluated as one unit has no place.
    """
    score, rank = told.reading.scores[unit_id].score, told.reading.ranks.get(unit_id)
    change = told.changes.get(unit_id)
    beside = told.say("card.no_year_before")
    if change is not None:
        before, gained = told.score(change.score_before), told.score_change(change.score_change)
        beside = told.say("card.change", before=before, change=gained)
    yield [told.say("card.score"), told.score(score), beside]
    if told.reading.body is None:
        yield from _places(told, rank, change)
    if rank is not None and told.reading.rulebook.grades is not None:
        note = ""
        if rank.grade != rank.grade_before_veto:
            note = told.say("card.limited", before=told.grade(rank.grade_before_veto))
        yield [told.say("card.grade"), told.grade(rank.grade) or NOTHING, note]


def _places(told: Told, rank: RankRow | None, change: UnitChange | None) -> Iterator[list[str]]:
    """The place in the group, where there are several, and overall."""
    if rank is None:
        yield [told.say("card.group_rank"), told.say("word.not_ranked"), ""]
        return
    places = told.say("card.of", units=rank.group_units)
    if change is not None and change.places is not None and change.places != 0:
        key = "card.places_up" if change.places > 0 else "card.places_down"
        places = f"{places}, {told.say(key, places=abs(change.places))}"
    if len(told.standings) > 1:
        yield [told.say("card.group_rank"), told.group_place(rank), places]
    overall = told.place(rank.rank, shared=told.ties_overall[rank.rank] > 1)
    yield [told.say("card.rank"), overall, told.say("card.of", units=rank.ranked_units)]


def _sentences(told: Told, unit_id: str) -> Iterator[str]:
    score, rank = told.reading.scores[unit_id], told.reading.ranks.get(unit_id)
    if score.not_ranked_because:
        why = not_ranked_because(score.not_ranked_because, told.reading.rulebook, told.language)
        yield told.say("card.not_ranked" if told.reading.body is None else "whole.not_graded", why=why)
    group = group_of(told.reading, unit_id)
    middle = told.group_medians.get(group) if told.may_tell(group) else None
    gap = difference(score.score, middle)
    if rank is not None and gap is not None:
        key = "card.above" if gap > 0 else "card.below" if gap < 0 else "card.equal"
        facts = {"group": told.group_name(group), "median": told.score(middle), "gap": told.score(abs(gap))}
        yield told.say(key, **facts)
    if rank is not None and rank.tie_broken_by is not None:
        yield told.say("card.tie_broken", node=told.node_name(rank.tie_broken_by))
    if score.coverage < 1:
        yield told.say("card.coverage", coverage=percent(score.coverage * HUNDRED, 1))


# What the score is made of -------------------------------------------------------------------------------------------


def _parts(told: Told, unit_id: str) -> Iterator[dict[str, Any]]:
    """Areas before their indicators; an area with one indicator is told by the indicator."""
    below, parts = told.reading.rulebook.parts, score_parts(told.reading, unit_id)
    marks = told.full_marks([part.full for part in parts])
    for part, mark in zip(parts, marks, strict=True):
        if part.is_area and len(below[part.node]) == 1:
            continue
        has_area_row = part.parent is not None and len(below[part.parent]) > 1
        yield {**_part(told, unit_id, part, has_area_row=has_area_row), "possible": mark}


def _part(told: Told, unit_id: str, part: ScorePart, *, has_area_row: bool) -> dict[str, Any]:
    middle = told.median_beside(unit_id, part)
    return {
        "name": told.node_name(part.node),
        "depth": part.depth if has_area_row else 0,
        "is_area": part.is_area,
        "value": "" if part.is_area else _value(told, unit_id, part.node),
        "earned": told.points(part.earned),
        "lost": told.points(difference(part.possible, part.earned)),
        "moved": told.say("card.moved_from", weight=number(part.stated)) if part.moved else "",
        "median": told.points(middle),
        "records": "" if part.is_area else _records(told, unit_id, part.node),
        "bar": _share(part.earned, part.full),
        "mark": _share(middle, part.full),
    }


def _value(told: Told, unit_id: str, node: str) -> str:
    row = told.reading.indicators[unit_id, node]
    if row.value is None or row.state != "measured":
        return told.state(row.state)
    indicator = next(one for one in told.reading.rulebook.indicators if one.id == node)
    value = told.value(indicator, row.value)
    return value if row.target is None else told.say("card.value_of", value=value, target=number(row.target))


def _records(told: Told, unit_id: str, node: str) -> str:
    """How many records of the indicator's numerator count, and how many do not or are undecided."""
    indicator = next(one for one in told.reading.rulebook.indicators if one.id == node)
    row = told.reading.metrics.get((unit_id, str(indicator.numerator)))
    if row is None or not told.reading.has_records:
        return NOTHING
    others = row.records_not_counted + row.records_undecided
    return told.say("card.counted", counted=f"{row.records_counted:,}", others=f"{others:,}")


def _share(amount: Decimal | None, whole: Decimal | None) -> float | None:
    if amount is None or whole is None or whole <= 0:
        return None
    return float(min(max(amount / whole, Decimal(0)), Decimal(1)))


def _sum(told: Told, unit_id: str) -> str:
    """How the score adds up; empty where it does not, or where there is none."""
    score = told.reading.scores[unit_id]
    if not sum_holds(score):
        return ""
    facts = {"base": told.score(score.base), "bonus": number(score.bonus), "penalty": number(score.penalty)}
    text = told.say("card.sum", **facts, score=told.score(score.score))
    fed = [one for one in fed_rules(told.reading, unit_id) if one.points]
    if not fed:
        return text
    return f"{text} {told.say('card.fed_by', rules='; '.join(_fed(told, one) for one in fed))}"


def _fed(told: Told, one: FedRule) -> str:
    """What a rule gives, with the cap that holds it back."""
    key = "card.fed" if one.rule.cap is None or one.points <= one.rule.cap else "card.fed_capped"
    return told.say(key, rule=told.of(one.rule.name), points=number(one.points), cap=number(one.rule.cap))


# What lies ahead, and the years --------------------------------------------------------------------------------------


_CUTOFFS: Final[Mapping[Bound, tuple[str, str]]] = {
    "from": ("card.next_grade_cutoff", "card.next_grade_cutoff"),
    "above": ("card.next_grade_above", "card.next_grade_above_here"),
    "up_to": ("card.next_grade_cutoff_lowest_upper", "card.next_grade_cutoff_lowest_upper"),
    "below": ("card.next_grade_cutoff_lowest_lower", "card.next_grade_below_here"),
}
"""What is said of a grade that a cut-off bounds: from elsewhere, and from a score exactly at it."""

_LAST: Final[Mapping[bool, tuple[str, str]]] = {
    False: ("card.next_grade", "card.next_grade_tie"),
    True: ("card.next_grade_lowest", "card.next_grade_tie_lowest"),
}
"""What is said of a grade that its last score bounds, and of a tie there, by whether the lowest score is the best."""


def next_grade_sentences(told: Told, unit_id: str, *, names_all: bool = False) -> Iterator[str]:
    """What the next better grade takes, where the page may say it; the screen tells a department the same.

    Args:
        told: the release.
        unit_id: the department.
        names_all: whether the document tells every department's score anyway.
    """
    ahead = next_grade(told.reading, unit_id, told.last_scores)
    rank = told.reading.ranks.get(unit_id)
    if rank is not None and rank.grade != rank.grade_before_veto:
        yield told.say("card.next_grade_limited")
    if ahead is None:
        return
    facts = {"grade": told.grade(ahead.grade), "score": told.bound(ahead.score), "gap": told.gap(ahead.gap)}
    from_afar, from_here = _CUTOFFS.get(ahead.bound) or _LAST[told.reading.rulebook.lower_leads]
    if ahead.bound != "last" or told.carried.is_published or names_all:
        yield told.say(from_afar if ahead.gap else from_here, **facts)
    else:  # under quotas the score that has the grade now is another department's own
        yield told.say("card.next_grade_later")


def next_steps_sentences(told: Told, unit_id: str, most: int) -> Iterator[str]:
    """The steps that add most; that none are worked out where the lowest score is the best.

    Args:
        told: the release.
        unit_id: the department.
        most: so many steps at most.
    """
    if told.reading.rulebook.lower_leads:
        yield told.say("card.no_prospects_lowest")
    for one in prospects(told.reading, unit_id)[:most]:
        key = "card.prospect" if one.gain is not None else "card.prospect_points"
        yield told.say(key, **step_facts(told, unit_id, one))


def step_facts(told: Told, unit_id: str, one: Prospect) -> dict[str, str]:
    """What a step is told by: how much more of what, what it adds to the score, its points now and then.

    Args:
        told: the release.
        unit_id: the department.
        one: the step.
    """
    metric = one.indicator.numerator if isinstance(one.indicator.numerator, str) else None
    return {
        "indicator": told.node_name(one.indicator.id),
        "more": told.metric_amount(metric, one.doable),
        "gain": signed(one.gain, fixed=True),
        "now": told.points(told.reading.indicators[unit_id, one.indicator.id].points),
        "then": told.points(one.done.points),
    }


def year_columns(told: Told) -> list[str]:
    """What the years of a card tell, in this order; a body has no place, and where no year's rules grade no grade."""
    places = ["group_rank"] if told.reading.body is None else []
    has_grades = any(reading.rulebook.grades is not None for reading in _years_told(told))
    return ["year", "score", *places, *(["grade"] if has_grades else [])]


def _years_told(told: Told) -> list[Reading]:
    return [told.reading, *told.earlier][:_YEARS]


def _years(told: Told, unit_id: str) -> Iterator[list[str]]:
    """This year and earlier published ones that know the department's code, in the order of `year_columns`."""
    for reading in _years_told(told):
        score = reading.scores.get(unit_id)
        if score is None:
            continue
        rank = reading.ranks.get(unit_id)
        place = told.say("word.not_ranked")
        if rank is not None:
            is_shared = tied_in_group(reading)[unit_id] > 0
            place = told.say(
                "card.place_of", place=told.place(rank.group_rank, shared=is_shared), units=rank.group_units
            )
        known = {
            "year": str(reading.rulebook.evaluation.year),
            "score": score_text(reading.rulebook, score.score),
            "group_rank": place,
            "grade": (rank.grade if rank else None) or NOTHING,
        }
        yield [known[column] for column in year_columns(told)]
