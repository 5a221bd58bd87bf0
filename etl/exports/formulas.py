"""How points and scores come about, in words."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from etl.errors import Language
from etl.insight.definitions import define
from etl.insight.full_marks import in_points
from etl.scoring.decimals import plain
from etl.scoring.rulebook import Rulebook
from etl.scoring.rulebook_parts import Indicator, Node, StatedPoints, StatedValue
from etl.scoring.rulebook_points import (
    Attainment,
    Bands,
    Categorical,
    Category,
    Goalposts,
    Panel,
    PointsBand,
    PointsMethod,
    Target,
    TargetByBand,
    TargetFromMetric,
)
from etl.scoring.rulebook_terms import Amount, Edge, Rounding

Words = Mapping[Language, str]

_METHODS: Final[dict[str, Words]] = {
    "attainment": {"ko": "값 ÷ 목표 × 배점", "en": "value / target x weight"},
    "bands": {"ko": "값이 든 구간의 점수", "en": "points of the band the value is in"},
    "categorical": {"ko": "값마다 정한 점수", "en": "points stated for each value"},
    "goalposts": {"ko": "최저 기준과 최고 기준 사이의 위치 × 배점", "en": "place between the posts x weight"},
    "panel": {"ko": "위원 점수의 평균 ÷ 만점 × 배점", "en": "mean of the marks / highest mark x weight"},
    "raw": {"ko": "값 그대로", "en": "the value itself"},
    "min_max": {"ko": "최저 부서와 최고 부서 사이의 위치 × 배점", "en": "place between worst and best unit x weight"},
    "z_score": {"ko": "평균에서 떨어진 표준편차 × 배점", "en": "standard deviations from the mean x weight"},
    "percentile_rank": {"ko": "더 낫지 않은 부서의 비율 × 배점", "en": "share of units that are not better x weight"},
    "rank": {"ko": "부서 사이의 순위로 정한 점수", "en": "points by place among the units"},
    "distance": {"ko": "기준 부서까지의 거리로 정한 점수", "en": "points by distance to the unit it is held against"},
    "above_below_mean": {"ko": "평균보다 높으면 1, 낮으면 −1", "en": "1 above the mean, −1 below it"},
}
_AGGREGATIONS: Final[dict[str, Words]] = {
    "sum_of_points": {"ko": "점수 ÷ 배점 × 적용 배점의 합", "en": "sum of points / weight x effective weight"},
    "weighted_sum": {"ko": "점수 × 가중치의 합", "en": "sum of points x weight"},
    "arithmetic": {"ko": "점수의 가중 산술평균", "en": "weighted arithmetic mean of points"},
    "geometric": {"ko": "점수의 가중 기하평균", "en": "weighted geometric mean of points"},
    "harmonic": {"ko": "점수의 가중 조화평균", "en": "weighted harmonic mean of points"},
    "product": {"ko": "점수를 가중치만큼 거듭제곱한 곱", "en": "product of points to the power of their weights"},
    "ratio": {"ko": "첫째 ÷ 둘째", "en": "the first / the second"},
    "minimum": {"ko": "가장 낮은 점수", "en": "the lowest of the points"},
    "maximum": {"ko": "가장 높은 점수", "en": "the highest of the points"},
    "outranking": {"ko": "두 부서씩 견주어 정한 순위(점수 없음)", "en": "an order by pairs (no score)"},
}
_ROUNDINGS: Final[dict[str, Words]] = {
    "half_up": {"ko": "{to} 반올림(사사오입)", "en": "rounded half up to {places} decimals"},
    "half_even": {"ko": "{to} 반올림(짝수로)", "en": "rounded half to even, {places} decimals"},
    "floor": {"ko": "{below} 아래를 버림(절사)", "en": "cut off after {places} decimals"},
    "ceiling": {"ko": "{to} 올림", "en": "rounded up to {places} decimals"},
    "none": {"ko": "반올림하지 않음", "en": "not rounded"},
}
_MISSING: Final[dict[str, Words]] = {
    "not_ranked": {"ko": "순위를 매기지 않음", "en": "not ranked"},
    "reweight": {"ko": "배점을 같은 영역의 다른 지표로", "en": "its weight goes to the others of its area"},
    "zero": {"ko": "0점", "en": "no points"},
    "worst": {"ko": "다른 부서의 최저 점수", "en": "the lowest points of the others"},
    "mean": {"ko": "다른 부서의 평균 점수", "en": "the mean of the others' points"},
}

_SPANS: Final[dict[tuple[Edge, str], Words]] = {
    ("lower", "between"): {"ko": "{start} 이상 {end} 미만", "en": "{start} or more and below {end}"},
    ("lower", "from"): {"ko": "{start} 이상", "en": "{start} or more"},
    ("lower", "to"): {"ko": "{end} 미만", "en": "below {end}"},
    ("upper", "between"): {"ko": "{start} 초과 {end} 이하", "en": "above {start} and up to {end}"},
    ("upper", "from"): {"ko": "{start} 초과", "en": "above {start}"},
    ("upper", "to"): {"ko": "{end} 이하", "en": "up to {end}"},
}


def indicator_formula(rulebook: Rulebook, indicator: Indicator, language: Language) -> str:
    """How an indicator's value and points come about."""
    korean = language == "ko"
    steps = [_value(indicator, language), _METHODS[indicator.points.method][language]]
    detail = _detail(rulebook, indicator.points, language)
    if not in_points(rulebook, indicator):
        steps[1], detail = _without_weight(indicator, steps[1]), _without_weight(indicator, detail)
    if detail:
        steps[1] += f" ({detail})"
    if indicator.rounding.mode != "none":
        steps.append(_rounding(indicator.rounding, language))
    labels = ("값 = ", "점수 = ") if korean else ("value = ", "points = ")
    return "; ".join([labels[0] + steps[0], labels[1] + ", ".join(steps[1:])])


def _without_weight(indicator: Indicator, said: str) -> str:
    """A formula of points where the weight only weighs: shares are multiplied with the full mark, or with nothing."""
    full = "" if indicator.full is None else plain(indicator.full)
    for sign, weight in ((" × ", "배점"), (" x ", "weight")):
        said = said.replace(f"{sign}{weight}", f"{sign}{full}" if full else "")
        said = said.replace(f"{weight}{sign}", f"{full}{sign}" if full else "")
    return said


def score_words(rulebook: Rulebook, language: Language) -> str:
    """How the score comes about."""
    root, korean = rulebook.score, language == "ko"
    base = ("기본 점수 = 영역의 " if korean else "base = ") + node_words(root, language)
    whole = "종합점수 = 기본 점수 + 가점 − 감점" if korean else "score = base + bonus − penalty"
    ends = _ends(root, language)
    return f"{base}\n{whole}{ends}, {_rounding(root.rounding, language)}"


def node_words(node: Node, language: Language) -> str:
    """How the parts of an area become one number."""
    return _AGGREGATIONS[node.aggregation][language]


def missing_words(rulebook: Rulebook, indicator: Indicator, language: Language) -> str:
    """What a missing value does."""
    rule = rulebook.missing_rule(indicator)
    match rule:
        case StatedValue():
            return f"값 {plain(rule.value)}" if language == "ko" else f"counts as {plain(rule.value)}"
        case StatedPoints():
            return f"{plain(rule.points)}점" if language == "ko" else f"{plain(rule.points)} points"
        case _:
            return _MISSING[rule][language]


def amount_words(rulebook: Rulebook, amount: Amount | None, language: Language) -> str:
    """A number, or one for each peer group."""
    if isinstance(amount, dict):
        names = {group.id: group.name.ko if language == "ko" else group.name.en for group in rulebook.peer_groups}
        return ", ".join(f"{names.get(group, group)} {plain(number)}" for group, number in amount.items())
    return "1" if amount is None else plain(amount)


def _value(indicator: Indicator, language: Language) -> str:
    if isinstance(indicator.points, Panel):
        return "위원 점수의 평균" if language == "ko" else "mean of the panel's marks"
    above = indicator.numerator
    text = define(above).names[language] if isinstance(above, str) else plain(above or Decimal(0))
    if indicator.denominator is not None:
        text += f" ÷ {define(indicator.denominator).names[language]}"
    if indicator.multiply != 1:
        text += f" × {plain(indicator.multiply)}"
    if indicator.value_rounding.mode != "none":
        text += f", {_rounding(indicator.value_rounding, language)}"
    return text


def _detail(rulebook: Rulebook, method: PointsMethod, language: Language) -> str:
    match method:
        case Attainment():
            return _target(rulebook, method.target, language)
        case Bands():
            between = " " if language == "ko" else ": "
            spans = (span_words(band.start, band.end, method.includes, language) for band in method.bands)
            results = (_result(band, language) for band in method.bands)
            return ", ".join(f"{span}{between}{result}" for span, result in zip(spans, results, strict=True))
        case Categorical():
            return ", ".join(f"{plain(row.value)}: {_result(row, language)}" for row in method.categories)
        case Goalposts():
            scale = (", 로그" if language == "ko" else ", logarithms") if method.scale == "log" else ""
            return f"{plain(method.worst)} → 0, {plain(method.best)} → 1{scale}"
        case Panel() if method.trim:
            return (
                f"{method.trims_from}명 이상이면 최고·최저 {method.trim}개씩 뺌"
                if language == "ko"
                else f"from {method.trims_from} marks on without the {method.trim} highest and lowest"
            )
        case _:
            return ""


def _target(rulebook: Rulebook, target: Target, language: Language) -> str:
    word = "목표" if language == "ko" else "target"
    match target:
        case TargetFromMetric():
            return f"{word} {define(target.metric).names[language]}"
        case TargetByBand():
            rows = ", ".join(
                f"{span_words(band.start, band.end, target.includes, language)}: {plain(band.target)}"
                for band in target.bands
            )
            return f"{word} {define(target.metric).names[language]} {rows}"
        case _:
            return f"{word} {amount_words(rulebook, target, language)}"


def span_words(start: Decimal | None, end: Decimal | None, includes: Edge, language: Language) -> str:
    """A stretch of numbers, with which of its two ends belongs to it: 40 이상 60 미만.

    Args:
        start: its lower end; None where it has none.
        end: its upper end; None where it has none.
        includes: which end belongs to it.
        language: of the words.
    """
    if start is None and end is None:
        return "모든 값" if language == "ko" else "any value"
    form = "between" if start is not None and end is not None else "to" if start is None else "from"
    ends = {"start": plain(start or Decimal(0)), "end": plain(end or Decimal(0))}
    return _SPANS[includes, form][language].format(**ends)


def _result(row: PointsBand | Category, language: Language) -> str:
    """What a band or a category earns."""
    if row.points is None:
        share = plain(row.share or Decimal(0))
        return f"배점 × {share}" if language == "ko" else f"weight x {share}"
    return f"{plain(row.points)}점" if language == "ko" else f"{plain(row.points)} points"


def _rounding(rounding: Rounding, language: Language) -> str:
    places = rounding.places
    to, below = (f"소수 {places}자리로", f"소수 {places}자리") if places else ("정수로", "소수점")
    return _ROUNDINGS[rounding.mode][language].format(places=places, to=to, below=below)


def _ends(node: Node, language: Language) -> str:
    low, high = ("최저", "최고") if language == "ko" else ("at least", "at most")
    ends = [(low, node.floor), (high, node.cap)]
    told = [f"{word} {plain(end)}" for word, end in ends if end is not None]
    return f" ({', '.join(told)})" if told else ""
