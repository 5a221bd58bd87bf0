"""The ranking in words."""

from __future__ import annotations

from typing import Final

from etl.errors import Language

RANKING: Final[dict[str, dict[Language, str]]] = {
    "ranking.title": {"ko": "부서 순위", "en": "Ranking of departments"},
    "ranking.question": {
        "ko": "누가 몇 위이고, 그 점수는 무엇으로 이루어졌는가? 부서 이름을 누르면 점수를 이루는 지표와 기록까지 볼 수 있습니다.",
        "en": "Who stands where, and what is the score made of? A department's name leads to its indicators and records.",
    },
    "ranking.filter": {"ko": "평가군", "en": "Peer group"},
    "ranking.summary": {
        "ko": "{group} {units}개 부서에 순위를 매겼습니다. 점수의 중앙값은 {median}점입니다.",
        "en": "{group}: {units} departments are ranked. The median score is {median}.",
    },
    "ranking.summary.small": {
        "ko": "{group} {units}개 부서에 순위를 매겼습니다. 부서가 적어 중앙값은 공표된 뒤에 보여 드립니다.",
        "en": "{group}: {units} departments are ranked. They are few: the median is shown once the result is published.",
    },
    "ranking.later": {
        "ko": "다른 부서의 점수와 순위는 결과가 공표된 뒤에 보여 드립니다.",
        "en": "Scores and ranks of other departments are shown once the result is published.",
    },
    "ranking.summary.none": {
        "ko": "{group:은/는} 순위를 매긴 부서가 없습니다.",
        "en": "{group}: no department is ranked.",
    },
    "ranking.summary.ties": {
        "ko": "{units}개 부서는 다른 부서와 점수가 같아 자리를 함께 씁니다(공동 순위).",
        "en": "{units} departments share their place with another one.",
    },
    "ranking.rules": {
        "ko": "가점과 감점은 점수에 이미 들어 있으며 따로도 보여 드립니다.",
        "en": "Bonus and penalty are part of the score and shown apart as well.",
    },
    "ranking.caption": {"ko": "부서 순위표", "en": "Table of ranks"},
    "ranking.rank": {"ko": "전체 순위", "en": "Overall"},
    "ranking.group_rank": {"ko": "평가군 순위", "en": "In group"},
    "ranking.unit": {"ko": "부서", "en": "Department"},
    "ranking.group": {"ko": "평가군", "en": "Peer group"},
    "ranking.score": {"ko": "점수(점)", "en": "Score"},
    "ranking.grade": {"ko": "등급", "en": "Grade"},
    "ranking.change": {"ko": "전년 대비(점)", "en": "On last year"},
    "ranking.bonus": {"ko": "가점", "en": "Bonus"},
    "ranking.penalty": {"ko": "감점", "en": "Penalty"},
    "ranking.place": {"ko": "{rank}위", "en": "{rank}"},
    "ranking.place_shared": {"ko": "공동 {rank}위", "en": "{rank} (shared)"},
    "ranking.grade_limited": {"ko": "등급 제한, 원래 {before}", "en": "limited, was {before}"},
    "ranking.tie_broken": {"ko": "동점이라 {node}에서 갈림", "en": "equal score, parted by {node}"},
    "ranking.new": {"ko": "신규", "en": "new"},
    "ranking.unranked": {"ko": "순위를 매기지 않은 부서", "en": "Listed without a rank"},
    "ranking.unranked.summary": {
        "ko": "{units}개 부서는 아래 까닭으로 순위를 매기지 않았습니다.",
        "en": "Departments listed without a rank, and why: {units}.",
    },
    "ranking.why": {"ko": "까닭", "en": "Why"},
    "ranking.by_outranking": {
        "ko": "이 규칙은 점수가 아니라 짝지은 비교(우열)로 순위를 매깁니다.",
        "en": "These rules rank by comparing departments in pairs, not by a score.",
    },
}
