"""The overview in words."""

from __future__ import annotations

from typing import Final

from etl.errors import Language

OVERVIEW: Final[dict[str, dict[Language, str]]] = {
    "overview.title": {"ko": "한눈에 보는 평가 결과", "en": "The result at a glance"},
    "overview.question": {
        "ko": "우리 기관은 목표에 닿았는가, 누가 앞서고 무엇이 움직였는가, 어디를 손봐야 하는가?",
        "en": "Did we reach our targets, who leads, what moved, and where should we act?",
    },
    "overview.headlines": {"ko": "핵심 수치", "en": "Headline figures"},
    "overview.no_headlines": {
        "ko": "이 규칙은 기관 전체 수치를 정하지 않았습니다. 규칙의 [[headlines]]에 적으면 여기에 나옵니다.",
        "en": "These rules name no figures of the whole body. Those under [[headlines]] in the rulebook show here.",
    },
    "overview.target": {"ko": "목표 {target}", "en": "Target {target}"},
    "overview.attainment": {"ko": "달성률 {attainment}", "en": "{attainment} of target"},
    "overview.reached": {"ko": "목표 달성", "en": "Target reached"},
    "overview.not_reached": {"ko": "목표 미달", "en": "Target not reached"},
    "overview.change": {"ko": "전년 {before}보다 {change}", "en": "{change} on last year ({before})"},
    "overview.no_change": {"ko": "비교할 전년 결과가 없습니다", "en": "No result of the year before"},
    "overview.ratio": {"ko": "{whole} 대비 {ratio}", "en": "{ratio} of {whole}"},
    "overview.exact": {"ko": "정확히는 {exact}", "en": "exactly {exact}"},
    "overview.trend": {"ko": "연도별 추이", "en": "Year by year"},
    "overview.trend.alt": {
        "ko": "{name}: {first_year}년 {first}에서 {last_year}년 {last}.",
        "en": "{name}: {first} in {first_year}, {last} in {last_year}.",
    },
    "overview.trend.none": {
        "ko": "이전 연도의 기록이 없어 추이를 그리지 않았습니다.",
        "en": "There are no records of earlier years to draw.",
    },
    "overview.trend.legend": {
        "ko": "파란 점은 실적, 주황 선은 그해의 목표입니다.",
        "en": "Blue dots are results, amber marks the target of the year.",
    },
    "overview.year": {"ko": "연도", "en": "Year"},
    "overview.value": {"ko": "실적", "en": "Result"},
    "overview.target_column": {"ko": "목표", "en": "Target"},
    "overview.says": {"ko": "숫자가 말하는 것", "en": "What the numbers say"},
    "overview.says.all_reached": {
        "ko": "핵심 수치 {count}개가 모두 목표에 닿았습니다.",
        "en": "All {count} headline figures reached their target.",
    },
    "overview.says.some_reached": {
        "ko": "핵심 수치 {count}개 가운데 {reached}개가 목표에 닿았습니다. 닿지 못한 것: {missed}.",
        "en": "{reached} of {count} headline figures reached their target. Not yet: {missed}.",
    },
    "overview.says.furthest": {
        "ko": "달성률이 가장 높은 수치는 {name:으로/로}, 목표의 {attainment}입니다.",
        "en": "{name} went furthest, to {attainment} of its target.",
    },
    "overview.says.leader": {
        "ko": "순위를 매긴 {units}개 부서 가운데 1위는 {leader}, {score}점입니다.",
        "en": "Of {units} ranked departments {leader} comes first with {score} points.",
    },
    "overview.says.leaders": {
        "ko": "순위를 매긴 {units}개 부서 가운데 {leaders:이/가} {score}점으로 공동 1위입니다.",
        "en": "Of {units} ranked departments {leaders} share the first place with {score} points.",
    },
    "overview.says.unranked": {
        "ko": "{units}개 부서는 순위를 매기지 않았습니다. 까닭은 순위 화면 끝에 있습니다.",
        "en": "Departments listed without a rank: {units}. The reasons are at the end of the ranking.",
    },
    "overview.says.risen": {
        "ko": "가장 많이 오른 부서는 {unit:으로/로}, {change}점입니다.",
        "en": "{unit} gained most: {change} points.",
    },
    "overview.says.fallen": {
        "ko": "가장 많이 내린 부서는 {unit:으로/로}, {change}점입니다.",
        "en": "{unit} lost most: {change} points.",
    },
    "overview.says.weakest": {
        "ko": "점수를 가장 많이 놓친 지표는 {indicator:으로/로}, 모든 부서가 얻은 점수가 배점의 {earned}입니다. 손볼 곳입니다.",
        "en": "Most points were left at {indicator}: all departments together earned {earned} of what it gives. This is where to act.",
    },
    "overview.says.strongest": {
        "ko": "점수를 가장 많이 얻은 지표는 {indicator:으로/로}, 배점의 {earned}입니다.",
        "en": "{indicator} went best: {earned} of what it gives was earned.",
    },
    "overview.groups": {"ko": "평가군별 점수", "en": "Scores by peer group"},
    "overview.scores": {"ko": "점수 분포", "en": "The spread of scores"},
    "overview.groups.summary": {
        "ko": "중앙값이 가장 높은 평가군은 {highest:으로/로} {highest_median}점, 가장 낮은 평가군은 {lowest:으로/로} {lowest_median}점입니다. 점 하나가 부서 하나, 세로 막대가 중앙값입니다.",
        "en": "The highest median is that of {highest} with {highest_median}, the lowest that of {lowest} with {lowest_median}. Each dot is a department, the bar the median.",
    },
    "overview.groups.one": {
        "ko": "중앙값은 {median}점입니다. 점 하나가 부서 하나, 세로 막대가 중앙값입니다.",
        "en": "The median is {median}. Each dot is a department, the bar the median.",
    },
    "overview.groups.none": {
        "ko": "순위를 매긴 부서가 없어 그리지 않았습니다.",
        "en": "No department is ranked, so nothing is drawn.",
    },
    "overview.group": {"ko": "평가군", "en": "Peer group"},
    "overview.units": {"ko": "부서 수", "en": "Departments"},
    "overview.median": {"ko": "중앙값", "en": "Median"},
    "overview.highest": {"ko": "최고", "en": "Highest"},
    "overview.lowest": {"ko": "최저", "en": "Lowest"},
    "overview.leader": {"ko": "1위 부서", "en": "First"},
    "overview.score_axis": {"ko": "점수(점)", "en": "Score (points)"},
    "overview.movers": {"ko": "전년보다 크게 움직인 부서", "en": "Biggest movers on last year"},
    "overview.movers.summary": {
        "ko": "{year}년과 {before}년 모두 평가받은 {units}개 부서 가운데 오른 부서가 {risen}개, 내린 부서가 {fallen}개입니다. 회색 점이 {before}년, 파란 점이 {year}년입니다.",
        "en": "Of {units} departments evaluated in both {before} and {year}, {risen} gained and {fallen} lost. Grey dots are {before}, blue dots {year}.",
    },
    "overview.movers.rules": {
        "ko": "두 해의 평가 규칙(배점·목표)이 다릅니다. 점수 차이에는 규칙이 바뀐 몫이 섞여 있으니 평가군 순위를 함께 보세요.",
        "en": "The rules (weights, targets) of the two years differ, and part of a change is theirs: look at the place in the peer group as well.",
    },
    "overview.movers.none": {
        "ko": "전년에 공표된 결과가 없어 비교하지 않았습니다.",
        "en": "There is no published result of the year before to compare with.",
    },
    "overview.movers.later": {
        "ko": "부서끼리의 비교는 결과가 공표된 뒤에 보여 드립니다.",
        "en": "Departments are set against each other once the result is published.",
    },
    "overview.movers.nobody": {
        "ko": "두 해 모두 점수가 있는 부서 가운데 움직인 부서가 없습니다.",
        "en": "No department with a score in both years moved.",
    },
    "overview.unit": {"ko": "부서", "en": "Department"},
    "overview.before": {"ko": "전년 점수", "en": "Last year"},
    "overview.now": {"ko": "점수", "en": "Score"},
    "overview.score_change": {"ko": "변동", "en": "Change"},
    "overview.places": {"ko": "평가군 순위", "en": "Place in group"},
}
