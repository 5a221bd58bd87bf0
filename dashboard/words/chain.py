"""The page from data to policy in words."""

from __future__ import annotations

from typing import Final

from etl.errors import Language

CHAIN: Final[dict[str, dict[Language, str]]] = {
    "chain.title": {"ko": "데이터에서 정책까지", "en": "From data to policy"},
    "chain.question": {
        "ko": "모으고 연 데이터가 어떤 분석이 되고 어떤 정책이 되었는가, 그리고 어디에서 끊겼는가?",
        "en": "Which analyses and policies came of the data collected and opened, and where does the chain end?",
    },
    "chain.no_records": {
        "ko": "이 공개본은 이미 만들어진 수치표를 채점한 것이라 데이터셋·분석·정책 기록이 없습니다.",
        "en": "This release scored a table of figures, so it has no records of datasets, analyses and policies.",
    },
    "chain.nothing": {
        "ko": "여기에 해당하는 데이터셋·분석·정책 기록이 없습니다. 기간을 모든 해로 넓히거나 다른 부서를 고르세요.",
        "en": "There are no records of datasets, analyses or policies here. Look at all years, or at another department.",
    },
    "chain.unreadable": {
        "ko": "기록을 읽지 못했습니다. 공개본이 온전한지 확인하세요: jipyo verify {release}",
        "en": "The records cannot be read. Check that the release is intact: jipyo verify {release}",
    },
    "chain.choose_unit": {"ko": "부서", "en": "Department"},
    "chain.whole_body": {"ko": "기관 전체", "en": "The whole body"},
    "chain.span": {"ko": "기간", "en": "Span"},
    "chain.span.year": {"ko": "{year}년", "en": "{year}"},
    "chain.span.all": {"ko": "모든 해", "en": "All years"},
    "chain.datasets": {"ko": "모으거나 연 데이터셋(건)", "en": "Datasets collected or opened"},
    "chain.datasets.beside": {"ko": "열지 않고 모은 것 {collected}건", "en": "not open: {collected}"},
    "chain.datasets_used": {"ko": "쓰인 데이터셋(건)", "en": "Datasets used"},
    "chain.datasets_used.beside": {
        "ko": "인정된 분석·정책으로 이어진 것, 이전 해의 데이터 포함",
        "en": "led to something recognised; data of earlier years included",
    },
    "chain.analyses": {"ko": "인정된 분석(건)", "en": "Recognised analyses"},
    "chain.analyses.beside": {"ko": "증빙된 정책에 쓰인 것 {used}건", "en": "used by an evidenced policy: {used}"},
    "chain.policies": {"ko": "증빙된 정책(건)", "en": "Policies with evidence"},
    "chain.policies.beside": {"ko": "정책 {policies}건 가운데", "en": "of {policies} policies"},
    "chain.kind": {"ko": "기록", "en": "Record"},
    "chain.kind.with_id": {"ko": "{kind} {record_id}", "en": "{kind} {record_id}"},
    "chain.kind.dataset": {"ko": "데이터셋", "en": "Dataset"},
    "chain.kind.analysis": {"ko": "분석", "en": "Analysis"},
    "chain.kind.policy": {"ko": "정책", "en": "Policy"},
    "chain.column.dataset": {"ko": "데이터셋", "en": "Datasets"},
    "chain.column.analysis": {"ko": "분석", "en": "Analyses"},
    "chain.column.policy": {"ko": "정책", "en": "Policies"},
    "chain.node": {"ko": "{kind} · {group}", "en": "{kind}: {group}"},
    "chain.group.dataset": {"ko": "개방 여부", "en": "Held as"},
    "chain.group.dataset.opened": {"ko": "개방", "en": "open"},
    "chain.group.dataset.collected": {"ko": "수집(개방 전)", "en": "collected, not open"},
    "chain.group.analysis": {"ko": "수행 방식", "en": "Done"},
    "chain.group.analysis.own": {"ko": "자체", "en": "in-house"},
    "chain.group.analysis.commissioned": {"ko": "위탁", "en": "commissioned"},
    "chain.group.analysis.standard_model": {"ko": "표준모델", "en": "standard model"},
    "chain.group.analysis.unstated": {"ko": "방식 미기재", "en": "way not stated"},
    "chain.group.policy": {"ko": "활용 단계", "en": "Stage of use"},
    "chain.group.policy.report": {"ko": "보고", "en": "report"},
    "chain.group.policy.plan": {"ko": "계획", "en": "plan"},
    "chain.group.policy.budget": {"ko": "예산·제도", "en": "budget or rules"},
    "chain.group.policy.effect": {"ko": "효과", "en": "effect"},
    "chain.group.policy.unstated": {"ko": "단계 미기재", "en": "stage not stated"},
    "chain.flow": {"ko": "데이터가 흘러간 길", "en": "Where the data went"},
    "chain.flow.summary": {
        "ko": "데이터셋 {datasets}건이 분석에 {into_analyses}번, 정책에 바로 {into_policies}번 쓰였고, 분석 {analyses}건이 정책에 {from_analyses}번 쓰였습니다.",
        "en": "Datasets used: {datasets}, {into_analyses} times by analyses and {into_policies} times by policies directly. Analyses used by policies: {analyses}, {from_analyses} times.",
    },
    "chain.flow.none": {
        "ko": "인정된 기록 사이에 쓰임이 없어 그리지 않았습니다.",
        "en": "No recognised record used another one, so nothing is drawn.",
    },
    "chain.flow.legend": {
        "ko": "띠의 굵기와 이름 옆의 수가 쓰인 횟수입니다. 인정된 기록만 그렸고, 공동 분석도 한 건입니다.",
        "en": "The width of a ribbon and the number beside a name are uses. Only recognised records are drawn; a joint analysis is one.",
    },
    "chain.flow.narrow": {
        "ko": "화면이 좁아 그림 대신 표로 보여 드립니다.",
        "en": "The screen is narrow: a table stands in for the picture.",
    },
    "chain.flow.from": {"ko": "쓰인 것", "en": "What was used"},
    "chain.flow.to": {"ko": "쓴 것", "en": "What used it"},
    "chain.flow.uses": {"ko": "횟수", "en": "Uses"},
    "chain.ladder": {"ko": "활용 단계", "en": "The ladder of use"},
    "chain.ladder.what": {
        "ko": "증빙된 정책만 셉니다. 인정된 근거와 문서번호가 모두 있어야 하고, 효과에 이른 정책은 앞 단계도 지난 것으로 봅니다.",
        "en": "Only policies with evidence count: recognised themselves, on a recognised source, with a document. What came to an effect has passed the stages before.",
    },
    "chain.ladder.none": {"ko": "증빙된 정책이 없습니다.", "en": "No policy has evidence."},
    "chain.ladder.stage": {"ko": "단계", "en": "Stage"},
    "chain.ladder.here": {"ko": "이 단계(건)", "en": "At this stage"},
    "chain.ladder.reached": {"ko": "여기까지 온 정책(건)", "en": "Came at least this far"},
    "chain.gaps": {"ko": "끊긴 곳", "en": "Where the chain ends"},
    "chain.gap.datasets": {
        "ko": "분석도 정책도 쓰지 않은 데이터셋 {count}건",
        "en": "Datasets no analysis or policy used: {count}",
    },
    "chain.gap.analyses": {
        "ko": "인정되었지만 정책이 쓰지 않은 분석 {count}건",
        "en": "Recognised analyses no policy used: {count}",
    },
    "chain.gap.policies": {
        "ko": "증빙이 모자란 정책 {count}건",
        "en": "Policies that lack evidence: {count}",
    },
    "chain.hidden": {
        "ko": "다른 부서의 기록 {count}건은 수만 셉니다.",
        "en": "Records of other departments, counted only: {count}.",
    },
    "chain.page": {
        "ko": "{total}건 가운데 {first}–{last}번째",
        "en": "{first} to {last} of {total}",
    },
    "chain.walk": {"ko": "기록을 따라가기", "en": "Follow a record"},
    "chain.walk.what": {
        "ko": "정책이나 분석, 데이터셋 하나를 고르면 무엇에 근거했고 무엇으로 이어졌는지, 받은 파일과 행까지 보여 드립니다.",
        "en": "Choose a policy, an analysis or a dataset to see what it rests on and what it led to, down to the received file and row.",
    },
    "chain.walk.choose_kind": {"ko": "기록의 종류", "en": "Kind of record"},
    "chain.walk.choose": {"ko": "기록 고르기", "en": "Choose a record"},
    "chain.walk.none": {
        "ko": "이어진 기록이 없습니다.",
        "en": "There is no record that is linked to another one.",
    },
    "chain.walk.back": {"ko": "전체 그림으로 돌아가기", "en": "Back to the whole picture"},
    "chain.walk.summary": {
        "ko": "이 기록이 근거로 삼은 기록은 {below}건, 이 기록에서 나온 기록은 {above}건입니다.",
        "en": "Records it rests on: {below}. Records it led to: {above}.",
    },
    "chain.rests_on": {"ko": "무엇에 근거했나", "en": "What it rests on"},
    "chain.rests_on.none": {
        "ko": "근거로 적힌 기록이 없습니다.",
        "en": "No record is named as its source.",
    },
    "chain.rests_on.end": {
        "ko": "데이터셋은 맨 처음이라 근거로 삼은 기록이 없습니다.",
        "en": "A dataset is where it begins: it rests on no other record.",
    },
    "chain.led_to": {"ko": "무엇으로 이어졌나", "en": "What it led to"},
    "chain.led_to.none": {
        "ko": "아직 이 기록을 쓴 분석이나 정책이 없습니다.",
        "en": "No analysis or policy has used it yet.",
    },
    "chain.led_to.end": {
        "ko": "정책은 맨 끝이라 더 이어지는 기록이 없습니다.",
        "en": "A policy is where it ends: no record follows it.",
    },
    "chain.unit": {"ko": "부서", "en": "Department"},
    "chain.day": {"ko": "날", "en": "Day"},
    "chain.day.dataset": {"ko": "수집일·개방일", "en": "Collected or opened on"},
    "chain.day.analysis": {"ko": "완료일", "en": "Completed on"},
    "chain.day.policy": {"ko": "활용일", "en": "Used on"},
    "chain.document": {"ko": "문서번호", "en": "Document"},
    "chain.standing": {"ko": "근거로 인정", "en": "As evidence"},
    "chain.counts": {"ko": "인정", "en": "counts"},
    "chain.origin": {"ko": "받은 파일과 행", "en": "Received file and row"},
}
