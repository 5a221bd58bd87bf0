"""A department's score, taken apart: score -> areas -> indicators -> metrics -> the records, counted and not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from etl.contracts.published import ContributionRow, IndicatorRow, MetricRow, RankRow, ScoreRow, UnitRow
from etl.errors import Language
from etl.insight.corrected import Corrected
from etl.insight.double_credit import DoubleCredit, doubles_of
from etl.insight.evidence import EvidenceBook, open_evidence
from etl.insight.explained_decisions import (
    Decisions,
    decision_json,
    decisions_about,
    double_json,
    doubles_text,
    fed_rule_json,
    fed_rule_text,
    ledger_text,
    marks_text,
    waiver_text,
)
from etl.insight.fed_rules import FedRule, fed_rules
from etl.insight.full_marks import in_points
from etl.insight.reading import Reading
from etl.insight.reasons import DECISIONS_WITH_REASON, node_names, not_ranked_because, record_reason
from etl.measures import Evidence
from etl.release.tables import cell_text
from etl.scoring.rulebook import Rulebook
from etl.scoring.rulebook_parts import Indicator

SHOWN_RECORDS: Final = 20


@dataclass(frozen=True, slots=True)
class ExplainedMetric:
    """One metric of an indicator and the records behind it; without records where a table was scored.

    `corrected` says of which records something was read otherwise than it was received, `decided` why a record was
    refused or is to be completed.
    """

    row: MetricRow
    counted: tuple[Evidence, ...]
    not_counted: tuple[Evidence, ...]
    corrected: Mapping[str, tuple[Corrected, ...]]
    decided: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ExplainedNode:
    """An area or an indicator of the score's tree, with what stands below it."""

    contribution: ContributionRow
    indicator: IndicatorRow | None
    metrics: tuple[ExplainedMetric, ...]
    parts: tuple[ExplainedNode, ...]


@dataclass(frozen=True, slots=True)
class ExplainedRule:
    """A bonus or penalty rule that a metric feeds, and the records behind it."""

    fed: FedRule
    metric: ExplainedMetric


@dataclass(frozen=True, slots=True)
class Explained:
    """Everything behind the score of one department."""

    reading: Reading
    unit: UnitRow
    score: ScoreRow
    rank: RankRow | None
    nodes: tuple[ExplainedNode, ...]
    fed: tuple[ExplainedRule, ...]
    doubles: tuple[DoubleCredit, ...]
    decisions: Decisions
    files: dict[int, str]


def explain(reading: Reading, said: str) -> Explained:
    """Take a department's score apart.

    Args:
        reading: the release.
        said: the department's code or name.

    Raises:
        UsageError: the release has no such department.
    """
    unit = reading.unit(said)
    if not reading.has_records:
        return _explained(reading, unit, None)
    with open_evidence(reading) as book:
        return _explained(reading, unit, book)


def _explained(reading: Reading, unit: UnitRow, book: EvidenceBook | None) -> Explained:
    return Explained(
        reading=reading,
        unit=unit,
        score=reading.scores[unit.unit_id],
        rank=reading.ranks.get(unit.unit_id),
        nodes=tuple(_nodes_below(None, reading, unit.unit_id, book)),
        fed=tuple(ExplainedRule(fed, _metric(fed.row, unit.unit_id, book)) for fed in fed_rules(reading, unit.unit_id)),
        doubles=tuple(doubles_of(reading, unit.unit_id)) if book else (),
        decisions=decisions_about(reading, unit.unit_id),
        files=dict(book.files) if book else {},
    )


def _nodes_below(
    parent: str | None, reading: Reading, unit_id: str, book: EvidenceBook | None
) -> Iterator[ExplainedNode]:
    for part in reading.rulebook.parts.get(parent, ()):
        contribution = reading.contributions.get((unit_id, part.id))
        if contribution is None:
            continue
        is_indicator = isinstance(part, Indicator)
        yield ExplainedNode(
            contribution=contribution,
            indicator=reading.indicators[unit_id, part.id] if is_indicator else None,
            metrics=tuple(_metrics_of(part, reading, unit_id, book)) if isinstance(part, Indicator) else (),
            parts=() if is_indicator else tuple(_nodes_below(part.id, reading, unit_id, book)),
        )


def _metrics_of(
    indicator: Indicator, reading: Reading, unit_id: str, book: EvidenceBook | None
) -> Iterator[ExplainedMetric]:
    for metric in dict.fromkeys(metric for _, metric in indicator.metrics()):
        row = reading.metrics.get((unit_id, metric))
        if row is not None:
            yield _metric(row, unit_id, book)


def _metric(row: MetricRow, unit_id: str, book: EvidenceBook | None) -> ExplainedMetric:
    records = book.of(row.metric, unit_id) if book else []
    return ExplainedMetric(
        row=row,
        counted=tuple(record for record in records if record.reason is None),
        not_counted=tuple(record for record in records if record.reason is not None),
        corrected=book.corrected(row.metric, records) if book else {},
        decided=book.decided(row.metric) if book else {},
    )


# As JSON -------------------------------------------------------------------------------------------------------------


def as_json(explained: Explained) -> dict[str, Any]:
    """The explanation for a program: numbers as decimal text, absent values as null."""
    reading = explained.reading
    return {
        "release": reading.manifest.name,
        "release_id": reading.manifest.release_id,
        "example": reading.rulebook.evaluation.example,
        "unit": _fields(explained.unit),
        "score": _fields(explained.score),
        "rank": _fields(explained.rank) if explained.rank else None,
        "ledger": [decision_json(line) for line in explained.decisions.ledger],
        "fed": [{**fed_rule_json(rule.fed), **_metric_json(rule.metric, explained)} for rule in explained.fed],
        "double_credit": [double_json(found) for found in explained.doubles],
        "nodes": [_node_json(node, explained) for node in explained.nodes],
    }


def _node_json(node: ExplainedNode, explained: Explained) -> dict[str, Any]:
    names = {language: node_names(explained.reading.rulebook, language) for language in ("ko", "en")}
    return {
        "name": {language: found[node.contribution.node] for language, found in names.items()},
        **_fields(node.contribution),
        **({"indicator": _fields(node.indicator)} if node.indicator else {}),
        **_decided_json(node, explained.decisions),
        **({"metrics": [_metric_json(metric, explained) for metric in node.metrics]} if node.metrics else {}),
        **({"parts": [_node_json(part, explained) for part in node.parts]} if node.parts else {}),
    }


def _decided_json(node: ExplainedNode, decisions: Decisions) -> dict[str, Any]:
    marks, waiver = decisions.marks_of(node.contribution.node), decisions.waiver_of(node.contribution.node)
    return {
        **({"marks": [decision_json(mark) for mark in marks]} if marks else {}),
        **({"not_applicable": decision_json(waiver)} if waiver else {}),
    }


def _metric_json(metric: ExplainedMetric, explained: Explained) -> dict[str, Any]:
    return {
        **_fields(metric.row),
        "counted": [_record_json(record, metric, explained) for record in metric.counted],
        "not_counted": [_record_json(record, metric, explained) for record in metric.not_counted],
    }


def _record_json(record: Evidence, metric: ExplainedMetric, explained: Explained) -> dict[str, Any]:
    corrected = [_corrected_json(one) for one in metric.corrected.get(record.record_id, ())]
    return {
        "record_id": record.record_id,
        "title": record.title,
        "recorded_unit": record.recorded_unit,
        "share": cell_text(record.share),
        "amount": None if record.amount is None else cell_text(record.amount),
        "reason": record.reason,
        **({"decision_reason": said} if (said := _said(record, metric)) else {}),
        "file": None if record.source is None else explained.files[record.source],
        "row": record.row,
        **({"corrected": corrected} if corrected else {}),
    }


def _said(record: Evidence, metric: ExplainedMetric) -> str:
    """Why the record was refused or sent back, as decided; empty where another reason comes first."""
    return metric.decided.get(record.record_id, "") if record.reason in DECISIONS_WITH_REASON else ""


def _corrected_json(corrected: Corrected) -> dict[str, str]:
    return {field: str(getattr(corrected, field)) for field in Corrected.__slots__}


def _fields(row: Any) -> dict[str, Any]:
    values = {column: getattr(row, column) for column in type(row).model_fields}
    return {
        column: value if value is None or isinstance(value, bool | int) else cell_text(value)
        for column, value in values.items()
    }


# As text -------------------------------------------------------------------------------------------------------------


def as_text(explained: Explained, language: Language) -> str:
    """The explanation for a person, one line a step, indented by depth."""
    return "\n".join([*_head(explained, language), *_tree(explained.nodes, explained, language, 0)])


def _head(explained: Explained, language: Language) -> Iterator[str]:
    korean = language == "ko"
    reading, unit, score, rank = explained.reading, explained.unit, explained.score, explained.rank
    label = ("합성 예시 · " if korean else "synthetic example · ") if reading.rulebook.evaluation.example else ""
    title = reading.rulebook.evaluation.title
    yield f"{label}{title.ko if korean else title.en} · {reading.manifest.name}"
    yield f"{unit.name} ({unit.unit_id}) · {_group_name(reading, unit.peer_group, language)}"
    total = cell_text(score.score) or ("없음" if korean else "none")
    yield (
        f"점수 {total} = 기본 {cell_text(score.base) or '-'} + 가점 {cell_text(score.bonus)}"
        f" - 감점 {cell_text(score.penalty)}"
        if korean
        else f"score {total} = base {cell_text(score.base) or '-'} + bonus {cell_text(score.bonus)}"
        f" - penalty {cell_text(score.penalty)}"
    )
    yield from (f"  {line}" for line in ledger_text(explained.decisions, language))
    for rule in explained.fed:
        yield f"  {fed_rule_text(rule.fed, language)}"
        yield from (f"    {line}" for line in _metric_lines(rule.metric, explained, language))
    yield from (f"  {line}" for line in doubles_text(explained.doubles, language))
    if score.coverage != 1:
        measured = _short(score.coverage * 100)
        yield f"배점 가운데 측정된 몫 {measured} %" if korean else f"{measured} % of the weight was measured"
    if rank is not None:
        yield _rank_line(rank, korean)
    elif score.not_ranked_because:
        why = not_ranked_because(score.not_ranked_because, reading.rulebook, language)
        yield f"순위 없음: {why}" if korean else f"not ranked: {why}"


def _rank_line(rank: RankRow, korean: bool) -> str:
    grade = f" · {'등급' if korean else 'grade'} {rank.grade}" if rank.grade else ""
    if korean:
        tied = f" (동점 {rank.tied_with}개 부서)" if rank.tied_with else ""
        places = f"전체 {rank.ranked_units}개 중 {rank.rank}위 · 평가군 {rank.group_units}개 중 {rank.group_rank}위"
        return f"{places}{tied}{grade}"
    tied = f" (tied with {rank.tied_with})" if rank.tied_with else ""
    return (
        f"rank {rank.rank} of {rank.ranked_units} · {rank.group_rank} of {rank.group_units} in its group{tied}{grade}"
    )


def _group_name(reading: Reading, peer_group: str, language: Language) -> str:
    names = {group.id: group.name.ko if language == "ko" else group.name.en for group in reading.rulebook.peer_groups}
    return names.get(peer_group, peer_group)


def _tree(nodes: Iterable[ExplainedNode], explained: Explained, language: Language, depth: int) -> Iterator[str]:
    names = node_names(explained.reading.rulebook, language)
    for node in nodes:
        yield "  " * depth + _node_line(node, names[node.contribution.node], explained.reading.rulebook, language)
        yield from ("  " * (depth + 1) + line for line in _decided_lines(node, explained.decisions, language))
        for metric in node.metrics:
            yield from ("  " * (depth + 1) + line for line in _metric_lines(metric, explained, language))
        yield from _tree(node.parts, explained, language, depth + 1)


def _decided_lines(node: ExplainedNode, decisions: Decisions, language: Language) -> Iterator[str]:
    waiver = decisions.waiver_of(node.contribution.node)
    if waiver is not None:
        yield waiver_text(waiver, language)
    yield from marks_text(decisions.marks_of(node.contribution.node), language)


def _node_line(node: ExplainedNode, name: str, rulebook: Rulebook, language: Language) -> str:
    row, korean = node.contribution, language == "ko"
    if row.state != "measured" and row.points is None:
        words = {"missing": ("값 없음", "missing"), "not_applicable": ("해당없음", "not applicable")}
        return f"- {name}: {words[row.state][0 if korean else 1]}"
    moved = row.effective_weight is not None and row.effective_weight != row.weight
    weight = _short(row.effective_weight if moved else row.weight)
    was = (f" (원래 {_short(row.weight)})" if korean else f" (from {_short(row.weight)})") if moved else ""
    line = f"- {name}: {_short(row.contribution if row.contribution is not None else row.points)}"
    part = next(one for parts in rulebook.parts.values() for one in parts if one.id == row.node)
    word = " / 배점" if in_points(rulebook, part) else ", 가중치"
    line += f"점{word} {weight}{was}" if korean else f" points, weight {weight}{was}"
    return line + _value_part(node.indicator, korean) if node.indicator else line


def _value_part(indicator: IndicatorRow, korean: bool) -> str:
    if indicator.value is None:
        return " · 값 없음" if korean else " · no value"
    value = f" · {'값' if korean else 'value'} {_short(indicator.value)}"
    if indicator.denominator is not None:
        value += f" ({_short(indicator.numerator)} / {_short(indicator.denominator)})"
    if indicator.target is not None:
        value += f" · {'목표' if korean else 'target'} {_short(indicator.target)}"
    return value


def _metric_lines(metric: ExplainedMetric, explained: Explained, language: Language) -> Iterator[str]:
    row, korean = metric.row, language == "ko"
    value = _short(row.value) if row.value is not None else ("값 없음" if korean else "no value")
    if not explained.reading.has_records:
        yield f"{row.metric} = {value}"
        return
    counted, others = row.records_counted, row.records_not_counted + row.records_undecided
    yield (
        f"{row.metric} = {value} · 센 기록 {counted}, 세지 않은 기록 {others}"
        if korean
        else f"{row.metric} = {value} · {counted} records counted, {others} not"
    )
    for sign, records in (("+", metric.counted), ("x", metric.not_counted)):
        for record in records[:SHOWN_RECORDS]:
            yield f"  {sign} {_record_line(record, metric, explained, language)}"
            yield from (f"      {one.text(language)}" for one in metric.corrected.get(record.record_id, ()))
        if len(records) > SHOWN_RECORDS:
            rest = len(records) - SHOWN_RECORDS
            yield (
                f"  {sign} … 외 {rest}건 (--json으로 모두)"
                if korean
                else f"  {sign} … and {rest} more (all with --json)"
            )


def _record_line(record: Evidence, metric: ExplainedMetric, explained: Explained, language: Language) -> str:
    title = f" {record.title}" if record.title else ""
    amount = f" = {_short(record.amount)}" if record.reason is None else f": {record_reason(record.reason, language)}"
    said = _said(record, metric)
    amount += f" ({said})" if said else ""
    part = f" × {_short(record.share)}" if record.share != 1 else ""
    row = f"{record.row}행" if language == "ko" else f"row {record.row}"
    where = f" [{explained.files[record.source]}, {row}]" if record.source is not None else ""
    return f"{record.record_id}{title}{part}{amount}{where}"


def _short(value: Decimal | None) -> str:
    """A number for reading: at most four decimals, marked with … where the published one has more."""
    if value is None:
        return "-"
    text = cell_text(value)
    whole, _, decimals = text.partition(".")
    return f"{whole}.{decimals[:4]}…" if len(decimals) > 4 else text
