"""The page of an indicator: all departments' values and points, one department's figure and the records behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from dashboard.frames.department import origin_text, waiver_text
from dashboard.frames.overview import group_label, headline_cards
from dashboard.frames.rules import group_targets, marks, missing_sentence
from dashboard.frames.source import Source
from dashboard.markup import shortened
from etl.contracts.published import IndicatorRow, MetricRow
from etl.insight.corrected import Corrected
from etl.insight.decisions import PanelMarkLine, Waiver
from etl.insight.evidence import Taker
from etl.insight.full_marks import in_points
from etl.insight.reasons import DECISIONS_WITH_REASON, record_reason
from etl.insight.standing import (
    ValueStanding,
    counts_by_value,
    group_of,
    mark_of,
    recounted,
    score_part,
    units_with_value,
    value_standing,
)
from etl.measures import Evidence
from etl.scoring.rulebook_parts import Indicator
from etl.scoring.rulebook_points import Goalposts
from etl.shown import NOTHING, number

NAMES_IN_A_HOVER = 8
_AXIS_NAME: Final = 22
"""Columns of a name that leave room for the unit below a drawing as narrow as a telephone."""


@dataclass(frozen=True, slots=True)
class UnitValueRow:
    """One department's value and points under the indicator, as text."""

    unit_id: str
    name: str
    group: str
    value: str
    value_exact: Decimal | None
    target: str
    points: str
    points_exact: Decimal | None


def unit_value_rows(source: Source, indicator: Indicator) -> list[UnitValueRow]:
    """The departments in scope, most points first."""
    rows = [(source.reading.indicators[unit_id, indicator.id], name) for unit_id, name in source.units.items()]
    ordered = sorted(rows, key=lambda pair: (pair[0].points is None, -(pair[0].points or 0), pair[1]))
    return [
        UnitValueRow(
            unit_id=row.unit_id,
            name=name,
            group=source.group_name(row.unit_id),
            value=source.words(f"department.state.{row.state}")
            if row.value is None
            else source.value(indicator, row.value),
            value_exact=row.value,
            target=NOTHING if row.target is None else source.value(indicator, row.target),
            points=number(row.points),
            points_exact=row.points,
        )
        for row, name in ordered
    ]


def in_score_text(source: Source, indicator: Indicator, unit_id: str) -> str:
    """What the indicator adds to a department's score, where it counts for another weight there than its points do."""
    part = score_part(source.reading, unit_id, indicator.id)
    if part.possible in (None, 0, part.weight) or part.earned is None:
        return ""
    return source.words("indicator.in_score", points=number(part.earned, 2), weight=number(part.possible))


# The spread of values ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ValueDot:
    """The departments of one peer group that have the same value.

    Attributes:
        unit_ids: those in scope.
    """

    value: Decimal
    units: int
    hover: str
    unit_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SpreadFrame:
    """What the chart of an indicator shows.

    Attributes:
        groups: peer group -> its dots, in the rulebook's order.
        labels: what the groups are called on the axis, in the same order, with how many departments have a value.
        marks: (value, label) of targets and edges that hold for everybody.
        group_targets: peer group -> its own target.
        chosen: (peer group, value, department) of the chosen department, where it has a value.
    """

    axis: str
    logarithmic: bool
    groups: Mapping[str, tuple[ValueDot, ...]]
    labels: tuple[str, ...]
    marks: tuple[tuple[Decimal, str], ...]
    group_targets: Mapping[str, Decimal]
    target_word: str
    chosen: tuple[str, Decimal, str] | None
    summary: str


def spread_frame(source: Source, indicator: Indicator, unit_id: str | None) -> SpreadFrame:
    """The values by peer group, those of other departments than the reader's without names, with the rules' marks."""
    unit = source.words.unit(indicator.unit, indicator.numerator if isinstance(indicator.numerator, str) else None)
    name = shortened(source.nodes[indicator.id], _AXIS_NAME)
    row = None if unit_id is None else source.reading.indicators[unit_id, indicator.id]
    chosen = None
    if unit_id is not None and row is not None and row.value is not None:
        chosen = (source.group_name(unit_id), row.value, source.units[unit_id])
    values = {key: _values(source, indicator, key) for key in source.groups}
    return SpreadFrame(
        axis=f"{name} ({unit})" if unit else name,
        logarithmic=isinstance(indicator.points, Goalposts) and indicator.points.scale == "log",
        groups={group: tuple(_dots(source, indicator, values[key])) for key, group in source.groups.items()},
        labels=tuple(group_label(source, group, len(values[key])) for key, group in source.groups.items()),
        marks=tuple(marks(source, indicator)),
        group_targets=group_targets(source, indicator),
        target_word=source.words("indicator.target"),
        chosen=chosen,
        summary=spread_summary(source, indicator),
    )


def _values(source: Source, indicator: Indicator, group: str) -> dict[str, Decimal]:
    """Department of a peer group -> its value, of all that have one."""
    return {
        unit_id: value
        for unit_id in source.reading.units
        if group_of(source.reading, unit_id) == group
        and (value := source.reading.indicators[unit_id, indicator.id].value) is not None
    }


def _dots(source: Source, indicator: Indicator, values: Mapping[str, Decimal]) -> Iterator[ValueDot]:
    seen = {unit_id: value for unit_id, value in values.items() if unit_id in source.units}
    for value, unit_ids in counts_by_value(seen).items():
        names = source.list_of([source.units[unit_id] for unit_id in unit_ids], NAMES_IN_A_HOVER)
        said = names
        if len(unit_ids) > 1:
            said = source.words("indicator.many_units", count=len(unit_ids), names=names)
        yield ValueDot(value, len(unit_ids), f"{source.value(indicator, value)} — {said}", unit_ids)
    for value, units in sorted(Counter(source.unnamed(values)).items()):
        said = source.words("indicator.unnamed_units", count=units, value=source.value(indicator, value))
        yield ValueDot(value, units, said)


def body_sentences(source: Source, indicator: Indicator) -> list[str]:
    """What the whole body comes to, where a headline counts what the indicator does."""
    words, said = source.words, []
    for card in headline_cards(source):
        if card.indicator == indicator.id:
            facts = {"name": card.name, "value": words.amount(card.value, card.unit)}
            reached = words("overview.reached" if card.reached else "overview.not_reached")
            key = "indicator.body_target" if card.target else "indicator.body"
            said.append(words(key, **facts, target=card.target, reached=reached))
    return said


def spread_summary(source: Source, indicator: Indicator) -> str:
    """One sentence beside the chart."""
    standing: ValueStanding = value_standing(source.reading, indicator)
    if not standing.units:
        return source.words("indicator.units.none")
    if not source.scope.may_see_together(units_with_value(source.reading, indicator)):
        return source.words("indicator.units.too_few", units=standing.units)
    return source.words(
        "indicator.units.summary.open" if standing.full is None else "indicator.units.summary",
        units=standing.units,
        median=source.value(indicator, standing.median),
        full=standing.full,
        zero=standing.zero,
    )


# One department's figure ---------------------------------------------------------------------------------------------


def figure_sentences(source: Source, indicator: Indicator, unit_id: str, found: Sequence[Waiver]) -> list[str]:
    """How this department's value came about and what it gives."""
    words = source.words
    row = source.reading.indicators[unit_id, indicator.id]
    if row.state == "not_applicable":
        reasons = [waiver_text(source, waiver) for waiver in found if waiver.indicator == indicator.id]
        return [words("indicator.number.not_applicable"), *reasons]
    if row.value is None:
        return [words("indicator.number.missing", rule=missing_sentence(source, indicator))]
    sentences = [_measured_sentence(source, indicator, row)]
    part = score_part(source.reading, unit_id, indicator.id)
    if part.moved:
        facts = {"points": number(part.earned, 2), "weight": number(part.possible)}
        sentences.append(words("indicator.number.moved", **facts))
    if row.numerator is not None and row.denominator is not None:
        sentences.append(words("indicator.number.calculation", calculation=_calculation(source, indicator, unit_id)))
    if row.target is not None:
        sentences.append(words("indicator.number.target", target=source.value(indicator, row.target)))
    return sentences


def _measured_sentence(source: Source, indicator: Indicator, row: IndicatorRow) -> str:
    """The value and its points, of the weight where points are added up; elsewhere of their own full mark, if any."""
    full, key = mark_of(source.reading, indicator, row.unit_id), "indicator.number.measured"
    if not in_points(source.reading.rulebook, indicator):
        key = "indicator.number.measured.open" if full is None else "indicator.number.measured.of_full"
    return source.words(
        key,
        value=source.value(indicator, row.value),
        points=number(row.points),
        full=number(full),
        weight=number(row.weight),
    )


def _calculation(source: Source, indicator: Indicator, unit_id: str) -> str:
    row = source.reading.indicators[unit_id, indicator.id]
    parts = [f"{number(row.numerator)} ÷ {number(row.denominator)}"]
    if indicator.multiply != 1:
        parts.append(number(indicator.multiply))
    return f"{' × '.join(parts)} → {source.value(indicator, row.value)}"


@dataclass(frozen=True, slots=True)
class MetricPart:
    """A metric an indicator looks at: its name, its role in words and what was measured of the department."""

    metric: str
    name: str
    role: str
    value: str
    row: MetricRow


def metric_parts(source: Source, indicator: Indicator, unit_id: str) -> list[MetricPart]:
    """The metrics behind an indicator, each once, numerator first."""
    roles: dict[str, list[str]] = {}
    for path, metric in indicator.metrics():
        role = path[0] if path[0] in ("numerator", "denominator") else "target"
        roles.setdefault(metric, []).append(source.words(f"indicator.records.{role}"))
    parts = []
    for metric, played in roles.items():
        row = source.reading.metrics.get((unit_id, metric))
        if row is not None:
            parts.append(MetricPart(metric, source.words.metric(metric), ", ".join(played), number(row.value, 6), row))
    return parts


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One record behind a metric, as text; `corrected` says what of it was read otherwise than received.

    Attributes:
        kind: of the record; empty where it is not known.
        day: by which people know it; empty where there is none.
    """

    kind: str
    record_id: str
    title: str
    day: str
    amount: str
    amount_exact: Decimal | None
    share: str
    reason: str
    origin: str
    corrected: str


@dataclass(frozen=True, slots=True)
class RecordsFrame:
    """The records behind one metric of one department.

    Attributes:
        sentences: what they come to and why some do not count.
    """

    counted: tuple[RecordRow, ...]
    not_counted: tuple[RecordRow, ...]
    sentences: tuple[str, ...]

    @property
    def has_titles(self) -> bool:
        """Whether any record has a title."""
        return any(row.title for row in (*self.counted, *self.not_counted))

    @property
    def has_days(self) -> bool:
        """Whether any record has a day people know it by."""
        return any(row.day for row in (*self.counted, *self.not_counted))

    @property
    def has_shares(self) -> bool:
        """Whether any record was taken over from another department."""
        return any(row.share for row in (*self.counted, *self.not_counted))


@dataclass(frozen=True, slots=True)
class Behind:
    """What was read from a release's records about one metric of one department.

    Attributes:
        evidence: the candidates.
        files: number of a received file -> its name.
        names: code -> name of every department, former ones included.
        corrected: record -> what of it was read otherwise than received.
        decided: record -> why it was refused or is to be completed.
        takers: record of a case taken over -> the department that took it.
    """

    evidence: Sequence[Evidence]
    files: Mapping[int, str]
    names: Mapping[str, str]
    corrected: Mapping[str, Sequence[Corrected]] = field(default_factory=dict)
    decided: Mapping[str, str] = field(default_factory=dict)
    takers: Mapping[str, Taker] = field(default_factory=dict)


def records_frame(source: Source, part: MetricPart, behind: Behind) -> RecordsFrame:
    """The candidates of a metric for one department, counted and not.

    Args:
        source: the release.
        part: the metric.
        behind: what was read of it.
    """
    words, evidence = source.words, behind.evidence
    counted = tuple(_record(source, one, behind) for one in evidence if one.reason is None)
    not_counted = tuple(_record(source, one, behind) for one in evidence if one.reason is not None)
    sentences = [
        words("indicator.records.summary", counted=len(counted), not_counted=len(not_counted), value=part.value)
    ]
    again = recounted(evidence)
    if again != part.row.value and evidence:
        facts = {"recounted": number(again, 6), "value": part.value, "release": source.reading.folder.name}
        sentences.append(words("indicator.records.differs", **facts))
    reasons = Counter(row.reason for row in not_counted)
    if reasons:
        said = [
            words("indicator.records.why_count", reason=reason, count=number(count))
            for reason, count in reasons.most_common()
        ]
        sentences.append(words("indicator.records.why_not", reasons=", ".join(said)))
    return RecordsFrame(counted, not_counted, tuple(sentences))


def _record(source: Source, one: Evidence, behind: Behind) -> RecordRow:
    share = ""
    if one.share != 1 or one.recorded_unit not in source.reading.units:
        unit = source.named(one.recorded_unit, behind.names)
        # Of a body evaluated as one every record is whole: what is to be told is whose it is.
        is_whole = source.reading.body is not None and one.share == 1
        share = unit if is_whole else source.words("indicator.records.from_unit", unit=unit, share=number(one.share, 6))
    return RecordRow(
        kind=one.kind or "",
        record_id=_called(source, one.record_id, behind.takers),
        title=one.title or "",
        day=source.words.day(one.day) if one.day else "",
        amount=number(one.amount, 6),
        amount_exact=one.amount,
        share=share,
        reason=_reason(source, one, behind),
        origin=origin_text(source, None if one.source is None else behind.files.get(one.source), one.row),
        corrected="; ".join(made.text(source.words.language) for made in behind.corrected.get(one.record_id, ())),
    )


def _called(source: Source, record_id: str, takers: Mapping[str, Taker]) -> str:
    """What a record is called: of a case taken over, with the department that took it as far as it may be named."""
    taker = takers.get(record_id)
    if taker is None or taker.unit_id not in source.reading.units or source.scope.may_see(taker.unit_id):
        return record_id
    return taker.told(source.words("unit.other"))


def _reason(source: Source, one: Evidence, behind: Behind) -> str:
    """Why a record does not count, with the reason of whoever decided."""
    if one.reason is None:
        return ""
    said = behind.decided.get(one.record_id, "") if one.reason in DECISIONS_WITH_REASON else ""
    reason = record_reason(one.reason, source.words.language)
    return f"{reason}: {said}" if said else reason


# A panel's marks -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MarkRow:
    """One assessor's mark as text."""

    assessor: str
    mark: str
    use: str
    day: str
    origin: str


def mark_rows(source: Source, lines: Sequence[PanelMarkLine]) -> list[MarkRow]:
    """The marks in words, by assessor."""
    words = source.words
    return [
        MarkRow(
            assessor=line.assessor,
            mark=number(line.mark),
            use=words("indicator.panel.out" if line.trimmed else "indicator.panel.in"),
            day=words.day(line.given_on),
            origin=origin_text(source, line.origin.file, line.origin.row),
        )
        for line in lines
    ]


def marks_sentence(source: Source, lines: Sequence[PanelMarkLine]) -> str:
    """How many marks there are and how many the mean leaves out."""
    if not lines:
        return source.words("indicator.panel.none")
    trimmed = [line for line in lines if line.trimmed]
    return source.words("indicator.panel.summary", marks=len(lines), trimmed=len(trimmed))
