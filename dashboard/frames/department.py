"""The page of a department: its place, the parts of its score against its peer group, bonus and penalty."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dashboard.frames.body import why_not_graded
from dashboard.frames.ranking import grade_note, place
from dashboard.frames.source import Source
from dashboard.markup import Fact
from etl.contracts.published import RankRow, ScoreRow
from etl.insight.decisions import LedgerLine, Waiver
from etl.insight.fed_rules import FedRule, fed_rules
from etl.insight.losses import losses
from etl.insight.reasons import not_ranked_because
from etl.insight.spread import FEWEST_OTHERS
from etl.insight.standing import (
    SMALL_GROUP,
    ScorePart,
    UnitChange,
    adds_up,
    difference,
    group_of,
    median_beside,
    score_parts,
    sum_holds,
)
from etl.scoring.decimals import HUNDRED, rounded
from etl.scoring.rulebook_grades import LedgerRule, Veto
from etl.shown import NOTHING, number, percent, sign, signed


def department_facts(source: Source, unit_id: str) -> list[Fact]:
    """Score, ranks and grade; a body evaluated as one has no place among others."""
    words = source.words
    score, rank, change = _rows(source, unit_id)
    beside = words("department.no_change")
    if change is not None:
        beside = words(
            "department.change",
            year=source.before_year,
            before=source.score(change.score_before),
            change=source.score_change(change.score_change),
        )
    facts = [
        Fact(
            words("department.score"),
            words("department.points", points=source.score(score.score)),
            beside,
            "composite_score",
        )
    ]
    facts += _median_fact(source, unit_id)
    if source.reading.body is None:
        facts += _place_facts(source, unit_id)
    if source.reading.rulebook.grades is not None and (rank is not None or source.reading.body is not None):
        grade = source.grade_name(rank.grade if rank else None) or words("department.no_grade")
        facts.append(Fact(words("department.grade"), grade, grade_note(source, rank) if rank else "", "grade"))
    return facts


def _place_facts(source: Source, unit_id: str) -> Iterator[Fact]:
    """The place among all and, where there are several, in the peer group."""
    words = source.words
    _, rank, change = _rows(source, unit_id)
    if rank is None:
        yield Fact(words("department.rank"), words("department.no_rank"), "", "rank")
        return
    overall = place(source, rank.rank, shared=rank.tied_with > 0)
    yield Fact(words("department.rank"), overall, words("department.of", units=rank.ranked_units), "rank")
    if len(source.groups) > 1:
        own = place(source, rank.group_rank, shared=source.group_ties[unit_id] > 0)
        beside = ", ".join([words("department.of", units=rank.group_units), *_moved(source, change)])
        yield Fact(words("department.group_rank", group=source.group_name(unit_id)), own, beside, "peer_group")


def _median_fact(source: Source, unit_id: str) -> Iterator[Fact]:
    """The middle of the peer group, and how many departments it is of; nothing where they are too few to say."""
    words, standing = source.words, source.standing(group_of(source.reading, unit_id))
    if standing.median is not None:
        key = "department.median.of_few" if standing.units < SMALL_GROUP else "department.median.of"
        yield Fact(
            words("department.group_median", group=source.group_name(unit_id)),
            words("department.points", points=source.score(standing.median)),
            words(key, units=standing.units),
            "median",
        )


def _rows(source: Source, unit_id: str) -> tuple[ScoreRow, RankRow | None, UnitChange | None]:
    reading = source.reading
    return reading.scores[unit_id], reading.ranks.get(unit_id), source.changes.get(unit_id)


def _moved(source: Source, change: UnitChange | None) -> Iterator[str]:
    if change is None or change.places is None:
        return
    if change.places == 0:
        yield source.words("department.places_same", year=source.before_year)
    else:
        key = "department.places_up" if change.places > 0 else "department.places_down"
        yield source.words(key, year=source.before_year, before=change.group_rank_before, places=abs(change.places))


# What there is to say ------------------------------------------------------------------------------------------------


def department_sentences(source: Source, unit_id: str) -> list[str]:
    """Short sentences written from the numbers."""
    return [
        *([source.skipped] if source.skipped and unit_id in source.changes else []),
        *(_about_rank(source, unit_id) if source.reading.body is None else why_not_graded(source, unit_id)),
        *_about_median(source, unit_id),
        *_about_points_left(source, unit_id),
        *_about_coverage(source, unit_id),
    ]


def _about_rank(source: Source, unit_id: str) -> Iterator[str]:
    words = source.words
    score, rank, _ = _rows(source, unit_id)
    if score.not_ranked_because:
        why = not_ranked_because(score.not_ranked_because, source.reading.rulebook, words.language)
        yield words("department.not_ranked", why=why)
    if rank is None:
        return
    tied = [
        source.units[other.unit_id]
        for other in source.reading.ranks.values()
        if other.rank == rank.rank and other.unit_id != unit_id and other.unit_id in source.units
    ]
    if tied:
        yield words("department.tied", units=source.list_of(tied))
    if rank.tie_broken_by is not None:
        yield words("department.tie_broken", node=source.nodes[rank.tie_broken_by])


def _about_median(source: Source, unit_id: str) -> Iterator[str]:
    score = source.reading.scores[unit_id].score
    middle = source.standing(group_of(source.reading, unit_id)).median
    gap = difference(score, middle)
    if gap is None:
        return
    key = "department.above" if gap > 0 else "department.below" if gap < 0 else "department.equal"
    facts = {"group": source.group_name(unit_id), "median": _addable(source, middle), "gap": _addable(source, abs(gap))}
    yield source.words(key, **facts)


def _addable(source: Source, points: Decimal | None) -> str:
    """A figure of a sentence whose figures add up: the middle of two rounded scores has one decimal more than they."""
    rounding = source.reading.rulebook.score.rounding
    if points is None or rounding.mode == "none" or rounded(points, rounding.places) == points:
        return source.score(points)
    return number(points, rounding.places + 1)


def _about_points_left(source: Source, unit_id: str) -> Iterator[str]:
    for most in losses(source.reading, unit_id)[:1]:
        yield source.words(
            "department.most_left",
            indicator=source.nodes[most.part.node],
            possible=number(most.part.possible),
            left=number(most.points),
        )


def _about_coverage(source: Source, unit_id: str) -> Iterator[str]:
    coverage = source.reading.scores[unit_id].coverage
    if coverage == 1:
        return
    minimum = source.reading.rulebook.score.minimum_coverage
    yield source.words(
        "department.coverage", coverage=percent(coverage * HUNDRED, 1), minimum=percent(minimum * HUNDRED)
    )
    rows = ((key, source.reading.indicators[unit_id, key]) for key in source.indicators)
    missing = [source.nodes[key] for key, row in rows if row.state == "missing"]
    if missing:
        yield source.words("department.coverage.missing", indicators=", ".join(missing))


# The parts of the score ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PartRow:
    """An area or indicator of the department.

    Attributes:
        value: the indicator's value with its unit, or the state in words; empty for an area.
        target: what was to be reached, in words; empty where there is none.
        earned, median, gap: in points; None where there is none. The gap is to the median, of a body to full marks.
        possible: where the line of the picture ends; None where it has none.
        possible_text: with the weight it had before others were moved to it.
    """

    node: str
    name: str
    depth: int
    is_area: bool
    value: str
    value_exact: Decimal | None
    target: str
    earned: Decimal | None
    possible: Decimal | None
    possible_text: str
    moved: bool
    median: Decimal | None
    gap: Decimal | None
    gap_text: str


def part_rows(source: Source, unit_id: str) -> list[PartRow]:
    """The tree of the score, areas before their indicators. An area with one indicator is told by the indicator."""
    group = group_of(source.reading, unit_id)
    below = source.reading.rulebook.parts
    rows = []
    for part in score_parts(source.reading, unit_id):
        if part.is_area and len(below[part.node]) == 1:
            continue
        has_area_row = part.parent is not None and len(below[part.parent]) > 1
        middle = median_beside(part, source.medians, group)
        gap = difference(part.earned, middle if source.reading.body is None else part.possible)
        value, exact, target = ("", None, "") if part.is_area else _value(source, unit_id, part.node)
        rows.append(
            PartRow(
                node=part.node,
                name=source.nodes[part.node],
                depth=part.depth if has_area_row else 0,
                is_area=part.is_area,
                value=value,
                value_exact=exact,
                target=target,
                earned=part.earned,
                possible=part.possible if part.earned is None else part.full,
                possible_text=full_text(source, part),
                moved=part.moved,
                median=middle,
                gap=gap,
                gap_text=sign(gap) + source.points(gap),
            )
        )
    return rows


def full_text(source: Source, part: ScorePart) -> str:
    """What a part's points are out of, with what the rules alone make of it where weights of absent parts moved."""
    text = number(part.full)
    if not part.moved:
        return text
    return source.words("department.possible_moved", possible=text, weight=number(part.stated))


def _value(source: Source, unit_id: str, indicator: str) -> tuple[str, Decimal | None, str]:
    """An indicator's value in words, as a number, and its target in words."""
    rules, row = source.indicators[indicator], source.reading.indicators[unit_id, indicator]
    if row.value is None:
        return source.words(f"department.state.{row.state}"), None, ""
    return source.value(rules, row.value), row.value, source.target(rules, row)


@dataclass(frozen=True, slots=True)
class PartsFrame:
    """What the chart of a department's indicators shows."""

    rows: tuple[PartRow, ...]
    axis: str
    this: str
    full: str
    median: str
    summary: str


def parts_frame(source: Source, unit_id: str) -> PartsFrame:
    """The indicators of a department against the median of its peer group."""
    words = source.words
    rows = tuple(row for row in part_rows(source, unit_id) if not row.is_area)
    said = [_part_said(source, row) for row in rows]
    return PartsFrame(
        rows=rows,
        axis=words("department.points_axis"),
        this=words("department.this" if source.reading.body is None else "body.this"),
        full=words("department.full"),
        median=words("department.median") if source.reading.body is None else "",
        summary=", ".join(said),
    )


def _part_said(source: Source, row: PartRow) -> str:
    """What a department earned in a part and the median of its group, or why there is nothing to tell."""
    facts = {"indicator": row.name, "earned": source.points(row.earned), "median": source.points(row.median)}
    if row.earned is None:
        return source.words("department.part.alt.none", indicator=row.name, why=row.value)
    return source.words("department.part.alt" if row.median is not None else "department.part.alt.alone", **facts)


def parts_sentences(source: Source, unit_id: str) -> list[str]:
    """How to read the chart, and what is special about this department's weights."""
    words, parts = source.words, score_parts(source.reading, unit_id)
    sentences = [" ".join(_legend(source, unit_id, parts))]
    if not adds_up(source.reading.rulebook):
        sentences.append(words("department.parts.not_additive"))
    if any(part.moved for part in parts):
        sentences.append(words("department.moved"))
        if source.medians:
            sentences.append(words("department.moved_medians"))
    return sentences


def _legend(source: Source, unit_id: str, parts: Sequence[ScorePart]) -> Iterator[str]:
    """What the marks of the chart are, as far as they are drawn."""
    words, group, name = source.words, group_of(source.reading, unit_id), source.group_name(unit_id)
    yield words("department.parts.dot" if source.reading.body is None else "body.parts.dot")
    if source.keeps_median(group):
        yield words("department.parts.small_group", group=name, fewest=FEWEST_OTHERS)
    elif source.reading.body is None:
        is_scored = source.standing(group).median is not None
        yield words("department.parts.diamond" if is_scored else "department.parts.unscored", group=name)
    if any(part.full is not None for part in parts if not part.is_area):
        yield words("department.parts.line")
    yield words("department.parts.click")


def sum_sentence(source: Source, unit_id: str) -> str:
    """How the score adds up; empty where there is none or the rules cut it."""
    score = source.reading.scores[unit_id]
    if not sum_holds(score):
        return ""
    return source.words(
        "department.sum",
        base=source.score(score.base),
        bonus=number(score.bonus),
        penalty=number(score.penalty),
        score=source.score(score.score),
    )


# Bonus and penalty, what does not apply ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LedgerFrameRow:
    """One entry in words."""

    kind: str
    rule: str
    points: str
    reason: str
    day: str
    document: str
    origin: str


def ledger_rows(source: Source, lines: Sequence[LedgerLine]) -> list[LedgerFrameRow]:
    """The entries in words: rules by their names, a penalty with its minus."""
    rulebook, words = source.reading.rulebook, source.words
    rules: Sequence[LedgerRule | Veto] = [*rulebook.bonus, *rulebook.penalty, *rulebook.vetoes]
    names = {rule.id: words.of(rule.name) for rule in rules}
    return [
        LedgerFrameRow(
            kind=words(f"department.ledger.kind.{line.kind}"),
            rule=names.get(line.rule, line.rule),
            points=NOTHING if line.kind == "veto" else signed(line.points if line.kind == "bonus" else -line.points),
            reason=line.reason,
            day=words.day(line.occurred_on),
            document=line.document_no or NOTHING,
            origin=origin_text(source, line.origin.file, line.origin.row),
        )
        for line in lines
    ]


def ledger_sentences(source: Source, unit_id: str, lines: Sequence[LedgerLine]) -> list[str]:
    """What the entries and the metrics that feed a rule come to, and whether a cap held some back."""
    words, score = source.words, source.reading.scores[unit_id]
    if not lines and not score.bonus and not score.penalty:
        return [words("department.ledger.none")]
    sentences = [words("department.ledger.summary", bonus=number(score.bonus), penalty=number(score.penalty))]
    if not source.reading.has_records:
        return [*sentences, words("department.ledger.no_records")]
    given: list[LedgerLine | FedRule] = [*lines, *fed_rules(source.reading, unit_id)]
    entered = {
        kind: sum((one.points for one in given if one.kind == kind), Decimal(0)) for kind in ("bonus", "penalty")
    }
    if entered["bonus"] > score.bonus or entered["penalty"] > score.penalty:
        sentences.append(words("department.ledger.capped"))
    return sentences


def waiver_sentences(source: Source, found: Sequence[Waiver]) -> list[str]:
    """Each indicator that does not apply, with the reason and who decided."""
    return [f"{source.nodes.get(one.indicator, one.indicator)} — {waiver_text(source, one)}" for one in found]


def waiver_text(source: Source, waiver: Waiver) -> str:
    """Why an indicator does not apply."""
    return source.words(
        "indicator.waiver",
        reason=waiver.reason,
        day=source.words.day(waiver.decided_on),
        document=waiver.document_no or NOTHING,
    )


def origin_text(source: Source, file: str | None, row: int | None) -> str:
    """A received file and the row in it."""
    return NOTHING if file is None or row is None else source.words("indicator.records.place", file=file, row=row)
