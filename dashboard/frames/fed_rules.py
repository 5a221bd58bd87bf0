"""Bonus and penalty rules that a metric feeds, in words: what they give a department, and of which records."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.frames.indicator import MetricPart
from dashboard.frames.source import Source
from etl.insight.definitions import define
from etl.insight.fed_rules import FedRule, fed_rules
from etl.shown import number


@dataclass(frozen=True, slots=True)
class FedPart:
    """One rule that a metric feeds.

    Attributes:
        name: bonus or penalty, and the rule.
        sentences: how the points come about, and the cap.
        part: the metric, whose records are the proof.
    """

    name: str
    sentences: tuple[str, ...]
    part: MetricPart


def fed_parts(source: Source, unit_id: str) -> list[FedPart]:
    """The rules with something to tell of a department: a value that is not zero, or a record that was looked at."""
    return [
        FedPart(_name(source, fed), tuple(_sentences(source, fed)), _part(source, fed))
        for fed in fed_rules(source.reading, unit_id)
        if fed.row.value != 0 or fed.row.records_counted or fed.row.records_not_counted
    ]


def _name(source: Source, fed: FedRule) -> str:
    kind = source.words(f"department.ledger.kind.{fed.kind}")
    return source.words("department.fed.name", kind=kind, rule=source.words.of(fed.rule.name))


def _sentences(source: Source, fed: FedRule) -> list[str]:
    words, rule = source.words, fed.rule
    metric = words.metric(fed.row.metric)
    if fed.row.value is None:
        return [words("department.fed.missing", metric=metric)]
    unit = define(fed.row.metric).units[words.language]
    facts = {
        "value": words.amount(number(fed.row.value, 6), unit),
        "worth": number(rule.points),
        "points": number(fed.points),
    }
    sentences = [words("department.fed.sum", metric=metric, **facts)]
    if rule.cap is not None:
        sentences.append(words("department.fed.cap", cap=number(rule.cap)))
    return sentences


def _part(source: Source, fed: FedRule) -> MetricPart:
    name = source.words.metric(fed.row.metric)
    return MetricPart(fed.row.metric, name, source.words.of(fed.rule.name), number(fed.row.value, 6), fed.row)
