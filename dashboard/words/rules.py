"""The rules of a rulebook in words: points methods, missing values, aggregation."""

from __future__ import annotations

from typing import Final

from etl.errors import Language

RULES: Final[dict[str, dict[Language, str]]] = {
    "rules.formula.value": {"ko": "{numerator}", "en": "{numerator}"},
    "rules.formula.ratio": {"ko": "{numerator} ÷ {denominator}", "en": "{numerator} ÷ {denominator}"},
    "rules.formula.multiply": {"ko": "{formula} × {multiply}", "en": "{formula} × {multiply}"},
    "rules.formula.panel": {"ko": "위원 점수의 평균", "en": "Mean of the panel's marks"},
    "rules.formula.transform": {"ko": "{transform}({formula})", "en": "{transform}({formula})"},
    "rules.rounded.value": {"ko": "값", "en": "The value"},
    "rules.rounded.points": {"ko": "점수", "en": "The points"},
    "rules.rounding.half_up": {
        "ko": "{what:은/는} 소수 {places}자리까지 반올림합니다.",
        "en": "{what}: rounded half up to {places} decimals.",
    },
    "rules.rounding.half_up.whole": {
        "ko": "{what:은/는} 정수로 반올림합니다.",
        "en": "{what}: rounded half up to a whole number.",
    },
    "rules.rounding.floor": {
        "ko": "{what:은/는} 소수 {places}자리까지만 남기고 나머지를 버립니다.",
        "en": "{what}: cut off after {places} decimals.",
    },
    "rules.rounding.floor.whole": {
        "ko": "{what:은/는} 소수점 아래를 버립니다.",
        "en": "{what}: decimals are cut off.",
    },
    "rules.rounding.half_even": {
        "ko": "{what:은/는} 소수 {places}자리까지 반올림하되, 꼭 절반이면 짝수 쪽으로 합니다.",
        "en": "{what}: rounded to {places} decimals, halves to even.",
    },
    "rules.rounding.half_even.whole": {
        "ko": "{what:은/는} 정수로 반올림하되, 꼭 절반이면 짝수 쪽으로 합니다.",
        "en": "{what}: rounded to a whole number, halves to even.",
    },
    "rules.rounding.ceiling": {
        "ko": "{what:은/는} 소수 {places}자리까지 올립니다.",
        "en": "{what}: rounded up to {places} decimals.",
    },
    "rules.rounding.ceiling.whole": {
        "ko": "{what:은/는} 소수점 아래를 올립니다.",
        "en": "{what}: rounded up to a whole number.",
    },
    "rules.higher": {"ko": "높을수록 좋습니다.", "en": "Higher is better."},
    "rules.lower": {"ko": "낮을수록 좋습니다.", "en": "Lower is better."},
    "rules.attainment": {
        "ko": "실적 ÷ 목표 × 배점이며, 배점의 {most}까지 인정합니다.",
        "en": "Result ÷ target × weight, up to {most} of the weight.",
    },
    "rules.attainment.open": {
        "ko": "실적 ÷ 목표 × 배점이며, 위로 끝이 없습니다.",
        "en": "Result ÷ target × weight, without an upper end.",
    },
    "rules.attainment.least": {
        "ko": "목표의 {least}에 이르지 못하면 점수가 없습니다.",
        "en": "Below {least} of the target there are no points.",
    },
    "rules.target.share": {
        "ko": "목표는 부서마다 {metric}의 {share}입니다.",
        "en": "The target is {share} of {metric}.",
    },
    "rules.target.most": {
        "ko": "목표는 {most}까지이고, {metric} 값을 모르면 {most}을(를) 목표로 봅니다.",
        "en": "The target is at most {most}, also where {metric} is unknown.",
    },
    "rules.target.one": {"ko": "목표는 모두 {target}입니다.", "en": "The target is {target} for all."},
    "rules.target.by_group": {"ko": "목표는 평가군마다 다릅니다.", "en": "The target depends on the peer group."},
    "rules.target.by_band": {
        "ko": "목표는 {metric} 구간으로 정합니다.",
        "en": "The target depends on {metric}.",
    },
    "rules.target.unknown.highest": {
        "ko": "{metric:을/를} 모르면 가장 높은 구간을 씁니다.",
        "en": "Where {metric} is unknown, the highest band holds.",
    },
    "rules.target.unknown.missing": {
        "ko": "{metric:을/를} 모르면 값이 없는 것으로 봅니다.",
        "en": "Where {metric} is unknown, there is no value.",
    },
    "rules.target.from_metric": {
        "ko": "목표는 부서마다 {metric}입니다.",
        "en": "Each department's target is its {metric}.",
    },
    "rules.bands": {"ko": "값이 든 구간의 점수를 줍니다.", "en": "The band the value falls into gives the points."},
    "rules.bands.percentile": {
        "ko": "백분위가 든 구간의 점수를 줍니다.",
        "en": "The band the percentile rank falls into gives the points.",
    },
    "rules.categorical": {"ko": "정해진 값마다 점수를 줍니다.", "en": "Each listed value gives its points."},
    "rules.goalposts": {
        "ko": "{worst}이면 0점, {best}이면 만점이고 그 사이는 고르게 나눕니다.",
        "en": "Nothing at {worst}, full points at {best}, evenly in between.",
    },
    "rules.goalposts.log": {
        "ko": "{worst}이면 0점, {best}이면 만점이고 그 사이는 로그 눈금으로 나눕니다.",
        "en": "Nothing at {worst}, full points at {best}, on a log scale in between.",
    },
    "rules.panel": {
        "ko": "위원 점수의 평균 ÷ {out_of} × 배점입니다.",
        "en": "The mean of the panel's marks ÷ {out_of} × weight.",
    },
    "rules.panel.trim": {
        "ko": "위원이 {trim_from}명 이상이면 가장 높은 점수와 가장 낮은 점수를 {trim}개씩 뺍니다.",
        "en": "From {trim_from} marks on, the highest {trim} and the lowest {trim} are left out.",
    },
    "rules.raw": {"ko": "값이 그대로 점수입니다.", "en": "The value itself is the points."},
    "rules.min_max": {
        "ko": "비교 대상 가운데 가장 낮은 값이 0, 가장 높은 값이 만점입니다.",
        "en": "Nothing for the worst, full points for the best of those compared.",
    },
    "rules.z_score": {
        "ko": "비교 대상의 평균에서 떨어진 정도(표준편차 단위)입니다.",
        "en": "Distance from the mean of those compared, in standard deviations.",
    },
    "rules.percentile_rank": {
        "ko": "비교 대상 가운데 낫지 않은 비율입니다.",
        "en": "The share of those compared that are not better.",
    },
    "rules.rank": {"ko": "비교 대상 가운데 차지한 자리입니다.", "en": "The place among those compared."},
    "rules.distance.best": {"ko": "가장 나은 값과의 거리입니다.", "en": "Distance to the best value."},
    "rules.distance.worst": {"ko": "가장 낮은 값과의 거리입니다.", "en": "Distance to the worst value."},
    "rules.distance.mean": {"ko": "평균과의 거리입니다.", "en": "Distance to the mean."},
    "rules.above_below_mean": {
        "ko": "평균보다 {threshold} 넘게 높으면 1, 낮으면 −1, 아니면 0입니다.",
        "en": "1 above the mean by more than {threshold}, −1 below it, else 0.",
    },
    "rules.over.all": {"ko": "모든 부서와 비교합니다.", "en": "Compared over all departments."},
    "rules.over.peer_group": {"ko": "같은 평가군끼리 비교합니다.", "en": "Compared within the peer group."},
    "rules.missing.not_ranked": {"ko": "부서의 순위를 매기지 않습니다.", "en": "The department is not ranked."},
    "rules.missing.reweight": {
        "ko": "배점을 같은 영역의 다른 지표로 옮깁니다.",
        "en": "The weight goes to the other indicators of the area.",
    },
    "rules.missing.zero": {"ko": "0점으로 봅니다.", "en": "No points are given."},
    "rules.missing.worst": {
        "ko": "측정된 부서의 가장 낮은 점수를 줍니다.",
        "en": "The lowest points of any department hold.",
    },
    "rules.missing.mean": {"ko": "측정된 부서의 평균 점수를 줍니다.", "en": "The mean points of the others hold."},
    "rules.missing.value": {"ko": "값을 {value:으로/로} 봅니다.", "en": "The value is taken to be {value}."},
    "rules.missing.points": {"ko": "{points}점을 줍니다.", "en": "{points} points are given."},
    "rules.band": {"ko": "구간", "en": "Band"},
    "rules.points": {"ko": "점수", "en": "Points"},
    "rules.target": {"ko": "목표", "en": "Target"},
    "rules.category": {"ko": "값", "en": "Value"},
    "rules.points_full": {"ko": "배점의 {share}", "en": "{share} of the weight"},
    "rules.band.lower.between": {"ko": "{start} 이상 {end} 미만", "en": "{start} or more, below {end}"},
    "rules.band.lower.from": {"ko": "{start} 이상", "en": "{start} or more"},
    "rules.band.lower.to": {"ko": "{end} 미만", "en": "below {end}"},
    "rules.band.upper.between": {"ko": "{start} 초과 {end} 이하", "en": "above {start}, up to {end}"},
    "rules.band.upper.from": {"ko": "{start} 초과", "en": "above {start}"},
    "rules.band.upper.to": {"ko": "{end} 이하", "en": "up to {end}"},
    "rules.band.everything": {"ko": "모든 값", "en": "any value"},
    "rules.weight.by_group": {"ko": "평가군마다 다름: {weights}", "en": "by peer group: {weights}"},
    "rules.weight.of_group": {"ko": "{group} {weight}", "en": "{group} {weight}"},
}
