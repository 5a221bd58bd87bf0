"""Two to six departments side by side, or one department's years: figures, places over the years, indicators."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from dashboard.frames.department import full_text
from dashboard.frames.ranking import place
from dashboard.frames.source import Source, groups_of
from etl.contracts.published import IndicatorRow
from etl.insight.figures import grade_text, score_text
from etl.insight.full_marks import has_full_mark
from etl.insight.reading import Reading
from etl.insight.side_by_side import YearPlace, earned_pct, places_by_year
from etl.insight.standing import ScorePart, counts_by_value, group_of, median, same_rules, score_part, tied_in_group
from etl.scoring.rulebook_parts import Indicator
from etl.shown import NOTHING, number, signed

MOST: Final = 6
"""So many departments are told apart at a glance."""


def chosen_units(source: Source, said: str | None) -> tuple[str, ...]:
    """The departments an address names, as far as the reader may see them: each once, six at most."""
    return _known(source, said)[:MOST]


def address_sentences(source: Source, said: str | None) -> list[str]:
    """What of the departments an address names is not shown, where some of them are.

    Args:
        source: the release as the reader sees it.
        said: their codes, as the address has them.
    """
    words, known = source.words, _known(source, said)
    unknown = len(_named(said)) - len(known)
    sentences = [words("compare.some_unknown", count=unknown)] if known and unknown else []
    if len(known) > MOST:
        left_out = ", ".join(source.units[unit_id] for unit_id in known[MOST:])
        sentences.append(words("compare.too_many", most=MOST, units=left_out))
    return sentences


def _named(said: str | None) -> list[str]:
    return [code for code in dict.fromkeys((said or "").split(",")) if code]


def _known(source: Source, said: str | None) -> tuple[str, ...]:
    return tuple(unit_id for unit_id in _named(said) if unit_id in source.units)


def proposed_units(source: Source, own: str | None) -> tuple[str, ...]:
    """Where nobody is chosen: a department and those before and behind it in its group, else the first of a group.

    Where nobody is ranked, the first departments there are.
    """
    ranks = source.reading.ranks
    ranked = sorted(
        (unit_id for unit_id in source.units if unit_id in ranks), key=lambda one: (ranks[one].group_rank, one)
    )
    if own is None or own not in source.units:
        if not ranked:
            return tuple(source.units)[:3]
        first = ranks[ranked[0]].peer_group
        return tuple(unit_id for unit_id in ranked if ranks[unit_id].peer_group == first)[:3]
    members = [unit_id for unit_id in ranked if ranks[unit_id].peer_group == group_of(source.reading, own)]
    if own not in members:
        return (own, *members[:2])
    at = members.index(own)
    return (own, *(members[near] for near in (at - 1, at + 1) if 0 <= near < len(members)))


# The table -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SideRow:
    """One line of the table: a figure of every column, as text; `term` is what the glossary calls it, as a key."""

    name: str
    cells: tuple[str, ...]
    indicator: str | None = None
    term: str = ""


@dataclass(frozen=True, slots=True)
class SideFrame:
    """Columns side by side; `sentences` say what is to be read in them."""

    columns: tuple[str, ...]
    rows: tuple[SideRow, ...]
    sentences: tuple[str, ...]


def units_frame(source: Source, unit_ids: Sequence[str]) -> SideFrame:
    """Departments in one year."""
    columns = [(source.reading, unit_id) for unit_id in unit_ids]
    names = tuple(source.units[unit_id] for unit_id in unit_ids)
    return SideFrame(names, tuple(_rows(source, columns)), tuple(_unit_sentences(source, unit_ids)))


def years_frame(source: Source, unit_id: str) -> SideFrame:
    """One department in the latest years it has, six at most, the earliest first, as in the picture."""
    known = [reading for reading in (source.reading, *source.earlier) if unit_id in reading.units][:MOST]
    columns = [(reading, unit_id) for reading in reversed(known)]
    names = tuple(str(reading.rulebook.evaluation.year) for reading, _ in columns)
    words, sentences = source.words, []
    if len(columns) == 1:
        sentences.append(words("compare.one_year", unit=source.units[unit_id]))
    elif not all(same_rules(source.reading, reading) for reading, _ in columns):
        sentences.append(words("compare.other_rules"))
    return SideFrame(names, tuple(_rows(source, columns)), tuple(sentences))


def _rows(source: Source, columns: Sequence[tuple[Reading, str]]) -> list[SideRow]:
    words = source.words
    scores = [reading.scores[unit_id] for reading, unit_id in columns]
    told = {
        "peer_group": SideRow(words("compare.group"), tuple(_group(source, *column) for column in columns)),
        "composite_score": SideRow(
            words("compare.score"),
            tuple(score_text(reading.rulebook, reading.scores[unit_id].score) for reading, unit_id in columns),
        ),
        "rank": SideRow(words("compare.place"), tuple(_place_in_group(source, *column) for column in columns)),
        "grade": SideRow(words("compare.grade"), tuple(_grade(source, *column) for column in columns)),
    }
    among_others = () if source.reading.body is None else ("peer_group", "rank")
    rows = [replace(row, term=term) for term, row in told.items() if term not in among_others]
    for indicator in source.indicators:
        cells = tuple(_cells(source, columns, indicator))
        rows.append(SideRow(source.nodes[indicator], cells, indicator))
    if any(row.bonus or row.penalty for row in scores):
        added = tuple(" ".join(signed(part) for part in (row.bonus, -row.penalty) if part) or NOTHING for row in scores)
        rows.append(SideRow(words("ranking.ledger"), added, term="bonus_and_penalty"))
    return rows


def _group(source: Source, reading: Reading, unit_id: str) -> str:
    return groups_of(reading.rulebook, source.words)[group_of(reading, unit_id)]


def _place_in_group(source: Source, reading: Reading, unit_id: str) -> str:
    row = reading.ranks.get(unit_id)
    if row is None:
        return NOTHING
    year, is_shared = reading.rulebook.evaluation.year, tied_in_group(reading)[unit_id] > 0
    return _place_of(source, YearPlace(year, row.group_rank, row.group_units, is_shared))


def _place_of(source: Source, one: YearPlace) -> str:
    return source.words("compare.place_of", place=place(source, one.place, shared=one.shared), units=one.units)


def _grade(source: Source, reading: Reading, unit_id: str) -> str:
    row = reading.ranks.get(unit_id)
    return grade_text(reading.rulebook, row.grade if row else None, source.words.language) or NOTHING


def _cells(source: Source, columns: Sequence[tuple[Reading, str]], indicator: str) -> Iterator[str]:
    """An indicator in every column; with the targets where they differ, for equal values then earn unequal points."""
    rows = [reading.indicators.get((unit_id, indicator)) for reading, unit_id in columns]
    targets = {row.target for row in rows if row is not None and row.value is not None} - {None}
    for (reading, unit_id), row in zip(columns, rows, strict=True):
        if row is None:
            yield source.words("compare.no_indicator")
        else:
            yield _cell(source, score_part(reading, unit_id, indicator), row, says_target=len(targets) > 1)


def _cell(source: Source, part: ScorePart, row: IndicatorRow, *, says_target: bool) -> str:
    """Value and points as a part of the score, such as 12건 · 20점 / 20; the state alone where there are none."""
    words, indicator = source.words, source.indicators[row.indicator]
    value = words(f"department.state.{row.state}")
    if row.value is not None:
        value = source.value(indicator, row.value)
    if says_target and (target := source.target(indicator, row)):
        value = words("compare.cell.target", value=value, target=target)
    if row.points is None:
        return value
    points = number(part.earned, 2)
    if part.full is None:
        return words("compare.cell.open", value=value, points=points)
    return words("compare.cell", value=value, points=points, full=full_text(source, part))


def _unit_sentences(source: Source, unit_ids: Sequence[str]) -> list[str]:
    """Who has most points, and on which indicator the departments are furthest apart."""
    words, reading = source.words, source.reading
    known = [(score, unit_id) for unit_id in unit_ids if (score := reading.scores[unit_id].score) is not None]
    if len(known) < 2:
        return []
    best, last = max(score for score, _ in known), min(score for score, _ in known)
    gap = source.score(best - last)
    ends = {
        end: ", ".join(source.units[unit_id] for score, unit_id in known if score == at)
        for end, at in (("best", best), ("last", last))
    }
    sentences = [words("compare.gap", **ends, gap=gap) if gap != source.score(Decimal(0)) else words("compare.no_gap")]
    apart = {}
    for name, indicator in source.indicators.items():
        shares = earned_pct(reading, indicator)
        own = [shares[unit_id] for unit_id in unit_ids if unit_id in shares]
        if len(own) > 1:
            apart[name] = max(own) - min(own)
    if apart and max(apart.values()) > 0:
        furthest = max(apart, key=lambda name: (apart[name], name))
        sentences.append(words("compare.apart", node=source.nodes[furthest], gap=number(apart[furthest])))
    return sentences


# Places over the years -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BumpFrame:
    """Places year by year.

    Attributes:
        chosen: (department, its places), in the order they were chosen.
        codes: of the chosen departments.
        ends: the last place of each, in words.
        others: the places of the others the reader may see by name, one line each.
        years: the years drawn.
        last: the last place there is.
    """

    chosen: tuple[tuple[str, tuple[YearPlace, ...]], ...]
    codes: tuple[str, ...]
    ends: tuple[str, ...]
    others: tuple[tuple[YearPlace, ...], ...]
    years: tuple[int, ...]
    last: int
    axis: str
    summary: str


def group_in_common(source: Source, unit_ids: Sequence[str]) -> str | None:
    """The peer group all of them are in; None where they are in several."""
    groups = {group_of(source.reading, unit_id) for unit_id in unit_ids}
    return groups.pop() if len(groups) == 1 else None


def bump_frame(source: Source, unit_ids: Sequence[str]) -> BumpFrame:
    """The places of the departments over the years, those of others behind them where they may be seen."""
    words, group = source.words, group_in_common(source, unit_ids)
    places = places_by_year((source.reading, *source.earlier), group, source.units)
    codes = tuple(unit for unit in unit_ids if unit in places)
    chosen = tuple((source.units[unit], tuple(places[unit])) for unit in codes)
    others = tuple(tuple(own) for unit, own in places.items() if unit not in unit_ids)
    everything = [one for own in (*(own for _, own in chosen), *others) for one in own]
    said = "; ".join(
        words("compare.bump.one", unit=name, places=", ".join(_in_year(source, one) for one in own))
        for name, own in chosen
    )
    among = words("group.everybody") if group is None else source.groups[group]
    return BumpFrame(
        chosen=chosen,
        codes=codes,
        ends=tuple(place(source, own[-1].place, shared=own[-1].shared) for _, own in chosen),
        others=others,
        years=tuple(sorted({one.year for _, own in chosen for one in own})),
        last=max((one.place for one in everything), default=1),
        axis=words("compare.bump.axis", group=among),
        summary=words("compare.bump.summary", group=among, places=said) if chosen else words("compare.bump.none"),
    )


def _in_year(source: Source, one: YearPlace) -> str:
    return source.words("compare.bump.year", place=place(source, one.place, shared=one.shared), year=one.year)


def bump_table(source: Source, frame: BumpFrame) -> list[tuple[str, tuple[str, ...]]]:
    """Department -> its place in each year of the frame, as text."""
    rows = []
    for name, own in frame.chosen:
        by_year = {one.year: one for one in own}
        cells = (_place_of(source, by_year[year]) if year in by_year else NOTHING for year in frame.years)
        rows.append((name, tuple(cells)))
    return rows


# Indicator by indicator ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StripRow:
    """One indicator: everybody's share of a full result.

    Attributes:
        others: share -> how many of the other departments have it; `said` is the same in words.
        chosen: the share of every chosen department; None where it has no points, and `cells` say why.
        median: of the departments compared; None where it would tell of one in particular.
        nothing: why the row is empty, where nobody has a share.
    """

    name: str
    indicator: str
    others: Mapping[Decimal, int]
    said: tuple[str, ...]
    chosen: tuple[Decimal | None, ...]
    cells: tuple[str, ...]
    median: Decimal | None
    nothing: str


@dataclass(frozen=True, slots=True)
class StripsFrame:
    """The indicators below each other; `names` are the chosen departments.

    Attributes:
        summary: empty where there is no row.
        left_out: which indicators have no share of a full result; empty where all have.
    """

    names: tuple[str, ...]
    rows: tuple[StripRow, ...]
    axis: str
    median_word: str
    others_word: str
    summary: str
    left_out: str = ""


def strips_frame(source: Source, unit_ids: Sequence[str]) -> StripsFrame:
    """Everybody's share of a full result, indicator by indicator, the chosen departments told apart."""
    words, group = source.words, group_in_common(source, unit_ids)
    rows = []
    marked = {name: one for name, one in source.indicators.items() if has_full_mark(source.reading.rulebook, one)}
    for name, indicator in marked.items():
        shares = {
            unit_id: share
            for unit_id, share in earned_pct(source.reading, indicator).items()
            if group in (None, group_of(source.reading, unit_id))
        }
        seen = {unit: share for unit, share in shares.items() if unit in source.units and unit not in unit_ids}
        others = {share: len(units) for share, units in counts_by_value(seen).items()}
        for share in source.unnamed(shares):
            others[share] = others.get(share, 0) + 1
        middle = median(shares.values()) if source.scope.may_see_together(shares) else None
        chosen = tuple(shares.get(unit) for unit in unit_ids)
        cells = tuple(_share_text(source, unit, name, shares.get(unit)) for unit in unit_ids)
        said = tuple(
            words("compare.strips.hover", share=number(share), count=number(count)) for share, count in others.items()
        )
        nothing = "" if shares else ", ".join(dict.fromkeys(cells))
        rows.append(StripRow(source.nodes[name], name, others, said, chosen, cells, middle, nothing))
    among = words("group.everybody") if group is None else source.groups[group]
    return StripsFrame(
        names=tuple(source.units[unit_id] for unit_id in unit_ids),
        rows=tuple(rows),
        axis=words("compare.strips.axis"),
        median_word=words("compare.strips.median"),
        others_word=words("compare.strips.others"),
        summary=words("compare.strips.summary", group=among, indicators=len(rows)) if rows else "",
        left_out=_left_out(source, marked),
    )


def _left_out(source: Source, marked: Mapping[str, Indicator]) -> str:
    names = [source.nodes[name] for name in source.indicators if name not in marked]
    return source.words("compare.strips.left_out", indicators=source.list_of(names)) if names else ""


def _share_text(source: Source, unit_id: str, indicator: str, share: Decimal | None) -> str:
    """A department's share, or why it has none."""
    if share is not None:
        return number(share)
    row = source.reading.indicators.get((unit_id, indicator))
    if row is None:
        return source.words("compare.no_indicator")
    return source.words(f"department.state.{row.state}") if row.value is None else NOTHING


def strips_table(frame: StripsFrame) -> list[tuple[str, tuple[str, ...]]]:
    """Indicator -> the share of every chosen department and the median, as text."""
    return [(row.name, (*row.cells, number(row.median))) for row in frame.rows]
