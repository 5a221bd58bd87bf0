"""An indicator's rules in words: formula, points method, targets and bands as tables, missing rule, source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dashboard.frames.source import Source
from etl.scoring.decimals import HUNDRED
from etl.scoring.rulebook_parts import Effective, Indicator, StatedPoints, StatedValue
from etl.scoring.rulebook_parts import Source as Written
from etl.scoring.rulebook_points import (
    AboveBelowMean,
    Attainment,
    Bands,
    Categorical,
    Distance,
    Goalposts,
    Panel,
    TargetByBand,
    TargetFromMetric,
)
from etl.scoring.rulebook_terms import Edge
from etl.shown import NOTHING, number, percent


@dataclass(frozen=True, slots=True)
class RuleTable:
    """A table of the rulebook: bands or categories and what they give."""

    columns: tuple[str, str]
    rows: tuple[tuple[str, str], ...]


def rule_facts(source: Source, indicator: Indicator) -> list[tuple[str, str]]:
    """(what, in words) of everything the rulebook says about an indicator."""
    words = source.words
    facts = [
        (words("indicator.what"), words.of(indicator.description) if indicator.description else ""),
        (words("indicator.area"), source.nodes[indicator.area] if indicator.area else ""),
        (words("indicator.formula"), formula(source, indicator)),
        (words("indicator.weight"), weight(source, indicator)),
        (words("indicator.method"), " ".join(method_sentences(source, indicator))),
        (words("indicator.missing"), missing_sentence(source, indicator)),
        (words("indicator.source"), written_in(source, indicator.source)),
        (words("indicator.effective"), in_force(source, indicator.effective)),
    ]
    return [(what, said) for what, said in facts if said]


def formula(source: Source, indicator: Indicator) -> str:
    """Numerator, denominator and what the quotient is multiplied with."""
    words = source.words
    if indicator.numerator is None:
        return words("rules.formula.panel")
    over = indicator.numerator
    numerator = words.metric(over) if isinstance(over, str) else number(over)
    said = words("rules.formula.value", numerator=numerator)
    if indicator.denominator is not None:
        said = words("rules.formula.ratio", numerator=numerator, denominator=words.metric(indicator.denominator))
    if indicator.multiply != 1:
        said = words("rules.formula.multiply", formula=said, multiply=number(indicator.multiply))
    if indicator.transform != "none":
        said = words("rules.formula.transform", transform=indicator.transform, formula=said)
    return said


def weight(source: Source, indicator: Indicator) -> str:
    """What the indicator is worth, for everybody or by peer group."""
    words = source.words
    if indicator.weight is None:
        return ""
    if isinstance(indicator.weight, Decimal):
        return number(indicator.weight)
    by_group = [
        words("rules.weight.of_group", group=source.groups.get(group, group), weight=number(amount))
        for group, amount in indicator.weight.items()
    ]
    return words("rules.weight.by_group", weights=", ".join(by_group))


def method_sentences(source: Source, indicator: Indicator) -> Iterator[str]:
    """How a value becomes points."""
    words, method = source.words, indicator.points
    match method:
        case Attainment():
            yield from _attainment(source, indicator, method)
        case Bands():
            yield words("rules.bands" if method.of == "value" else "rules.bands.percentile")
        case Goalposts():
            key = "rules.goalposts" if method.scale == "linear" else "rules.goalposts.log"
            posts = {post: source.value(indicator, getattr(method, post)) for post in ("worst", "best")}
            yield words(key, **posts)
        case Panel():
            yield words("rules.panel", out_of=number(method.out_of))
            if method.trim:
                yield words("rules.panel.trim", trim_from=method.trims_from, trim=method.trim)
        case Distance():
            yield words(f"rules.distance.{method.to}")
        case AboveBelowMean():
            yield words("rules.above_below_mean", threshold=number(method.threshold))
        case _:
            yield words(f"rules.{method.method}")
    over = getattr(method, "over", None)
    if over is not None and not (isinstance(method, Bands) and method.of == "value"):
        yield words(f"rules.over.{over}")
    if not isinstance(method, Panel):
        yield words(f"rules.{indicator.better}")
    yield from _roundings(source, indicator)


def _roundings(source: Source, indicator: Indicator) -> Iterator[str]:
    for what, rounding in (("value", indicator.value_rounding), ("points", indicator.rounding)):
        if rounding.mode != "none":
            whole = "" if rounding.places else ".whole"
            key = f"rules.rounding.{rounding.mode}{whole}"
            yield source.words(key, what=source.words(f"rules.rounded.{what}"), places=rounding.places)


def _attainment(source: Source, indicator: Indicator, method: Attainment) -> Iterator[str]:
    words, target = source.words, method.target
    if method.most == "none":
        yield words("rules.attainment.open")
    else:
        yield words("rules.attainment", most=percent(method.most * HUNDRED))
    if method.least:
        yield words("rules.attainment.least", least=percent(method.least * HUNDRED))
    match target:
        case TargetByBand():
            metric = words.metric_within(target.metric)
            yield words("rules.target.by_band", metric=metric)
            yield words(f"rules.target.unknown.{target.unknown}", metric=metric)
        case TargetFromMetric():
            yield from _from_metric(source, target)
        case Decimal():
            yield words("rules.target.one", target=source.value(indicator, target))
        case _:
            yield words("rules.target.by_group")


def _from_metric(source: Source, target: TargetFromMetric) -> Iterator[str]:
    words, metric = source.words, source.words.metric_within(target.metric)
    of_body = source.reading.body is not None
    if target.share == 1:
        yield words("body.target.from_metric" if of_body else "rules.target.from_metric", metric=metric)
    else:
        key = "body.target.share" if of_body else "rules.target.share"
        yield words(key, metric=metric, share=percent(target.share * HUNDRED))
    if target.most is not None:
        yield words("rules.target.most", metric=metric, most=number(target.most))


def rule_table(source: Source, indicator: Indicator) -> RuleTable | None:
    """The rulebook's table behind the points, where there is one."""
    words, method = source.words, indicator.points
    match method:
        case Bands():
            rows = [
                (
                    band_text(source, (band.start, band.end), method.includes, indicator.unit),
                    _points(source, band.points, band.share),
                )
                for band in method.bands
            ]
            return RuleTable((words("rules.band"), words("rules.points")), tuple(rows))
        case Categorical():
            rows = [
                (source.value(indicator, category.value), _points(source, category.points, category.share))
                for category in method.categories
            ]
            return RuleTable((words("rules.category"), words("rules.points")), tuple(rows))
        case Attainment(target=TargetByBand() as target):
            rows = [
                (
                    band_text(source, (band.start, band.end), target.includes, ""),
                    source.value(indicator, band.target),
                )
                for band in target.bands
            ]
            return RuleTable((words.metric(target.metric), words("rules.target")), tuple(rows))
        case Attainment(target=dict() as by_group):
            rows = [
                (source.groups.get(group, group), source.value(indicator, target)) for group, target in by_group.items()
            ]
            return RuleTable((words("indicator.group"), words("rules.target")), tuple(rows))
    return None


def _points(source: Source, points: Decimal | None, share: Decimal | None) -> str:
    if points is not None:
        return number(points)
    return source.words("rules.points_full", share=percent(None if share is None else share * HUNDRED))


def band_text(source: Source, limits: tuple[Decimal | None, Decimal | None], includes: Edge, unit: str) -> str:
    """A stretch in words: 20 이상 40 미만."""
    start, end = limits
    if start is None and end is None:
        return source.words("rules.band.everything")
    form = "between" if start is not None and end is not None else "to" if start is None else "from"
    facts = {
        key: source.words.amount(number(edge), source.words.unit(unit))
        for key, edge in (("start", start), ("end", end))
        if edge is not None
    }
    return source.words(f"rules.band.{includes}.{form}", **facts)


def missing_sentence(source: Source, indicator: Indicator) -> str:
    """What a missing value does."""
    rule = source.reading.rulebook.missing_rule(indicator)
    match rule:
        case StatedValue():
            return source.words("rules.missing.value", value=source.value(indicator, rule.value))
        case StatedPoints():
            return source.words("rules.missing.points", points=number(rule.points))
        case _:
            return source.words(f"rules.missing.{rule}")


def written_in(source: Source, written: Written | None) -> str:
    """Document, article, page."""
    if written is None:
        return source.words("indicator.source.none")
    page = None if written.page is None else source.words("indicator.source.page", page=written.page)
    return ", ".join(part for part in (written.document, written.article, page) if part)


def in_force(source: Source, effective: Effective | None) -> str:
    """The days on which the rule holds."""
    if effective is None:
        return ""
    words = source.words
    ends = [words("indicator.from", start=words.day(effective.start))] if effective.start else []
    ends += [words("indicator.until", end=words.day(effective.end))] if effective.end else []
    return " ".join(ends) or NOTHING


def marks(source: Source, indicator: Indicator) -> Sequence[tuple[Decimal, str]]:
    """(value, label) of everything the rules draw on the axis of values: edges of bands, goalposts, common targets."""
    words, method = source.words, indicator.points
    match method:
        case Bands(of="value"):
            return [
                (band.start, words("indicator.at_edge", points=_points(source, band.points, band.share)))
                for band in method.bands
                if band.start is not None
            ]
        case Goalposts():
            return [(method.worst, words("indicator.at_worst")), (method.best, words("indicator.at_best"))]
        case Attainment(target=Decimal() as target):
            return [(target, _target_label(source, target))]
        case Attainment(target=TargetByBand() as by_band):
            targets = sorted({band.target for band in by_band.bands})
            return [(target, _target_label(source, target)) for target in targets]
    return []


def _target_label(source: Source, target: Decimal) -> str:
    return source.words("indicator.at_target", target=number(target))


def group_targets(source: Source, indicator: Indicator) -> dict[str, Decimal]:
    """Peer group -> its target, where each group has its own."""
    method = indicator.points
    if isinstance(method, Attainment) and isinstance(method.target, dict):
        return {source.groups.get(group, group): target for group, target in method.target.items()}
    return {}
