"""What stands on every page: navigation, the release's badges, and what to do where there is nothing to show."""

from __future__ import annotations

from typing import Final

from etl.errors import Language

SHELL: Final[dict[str, dict[Language, str]]] = {
    "product": {"ko": "지표 Jipyo", "en": "Jipyo"},
    "product.subtitle": {"ko": "데이터기반행정 부서평가", "en": "Department evaluation on data-driven administration"},
    "page.overview": {"ko": "요약", "en": "Overview"},
    "page.ranking": {"ko": "순위", "en": "Ranking"},
    "page.department": {"ko": "부서", "en": "Department"},
    "page.indicator": {"ko": "지표", "en": "Indicator"},
    "page.training": {"ko": "교육·역량", "en": "Training"},
    "page.pilots": {"ko": "시범사업", "en": "Pilots"},
    "page.practices": {"ko": "우수사례·수상", "en": "Good practice, awards"},
    "page.chain": {"ko": "데이터→정책", "en": "Data to policy"},
    "page.initiatives": {"ko": "디지털 사업", "en": "Digital initiatives"},
    "page.data": {"ko": "자료", "en": "Data"},
    "page.accounts": {"ko": "계정", "en": "Accounts"},
    "unit.other": {"ko": "다른 부서", "en": "another department"},
    "choose.year": {"ko": "평가연도", "en": "Year"},
    "choose.language": {"ko": "언어", "en": "Language"},
    "language.ko": {"ko": "한국어", "en": "한국어"},
    "language.en": {"ko": "English", "en": "English"},
    "badge.collecting": {"ko": "수집 중 초안", "en": "Draft, records still coming in"},
    "badge.provisional": {"ko": "잠정", "en": "Provisional"},
    "badge.appeals": {"ko": "이의신청", "en": "Open to appeals"},
    "badge.review": {"ko": "검토", "en": "Under review"},
    "badge.final": {"ko": "확정", "en": "Final"},
    "badge.published": {"ko": "공표본", "en": "Published"},
    "badge.superseded": {"ko": "새 공표본으로 대체됨", "en": "Superseded by a newer release"},
    "badge.example": {"ko": "합성 예시", "en": "Synthetic example"},
    "badge.release": {"ko": "공개본", "en": "Release"},
    "badge.date": {"ko": "자료 기준일", "en": "Data as of"},
    "table.show": {"ko": "표로 보기", "en": "Show as a table"},
    "state.no_folder": {"ko": "공개본 폴더가 없습니다", "en": "The folder of releases does not exist"},
    "state.no_folder.what": {
        "ko": "'{about}' 폴더를 찾을 수 없습니다. 평가를 실행해 공개본을 만들거나, 공개본이 있는 폴더로 다시 여세요.",
        "en": "There is no folder '{about}'. Evaluate to make a release, or serve the folder that has them.",
    },
    "state.nothing_released": {"ko": "아직 평가 결과가 없습니다", "en": "There is no result yet"},
    "state.nothing_released.what": {
        "ko": "'{about}' 폴더에 공개본이 없습니다. 평가를 실행한 뒤 공표하세요.",
        "en": "The folder '{about}' has no release. Evaluate, then publish.",
    },
    "state.nothing_published": {"ko": "공표된 결과가 없습니다", "en": "Nothing is published"},
    "state.nothing_published.what": {
        "ko": "'{about}' 폴더에 잠정 결과만 있습니다. 아래에서 잠정 결과를 보거나, 확정한 뒤 공표하세요.",
        "en": "The folder '{about}' has provisional results only. Look at one below, or publish it once it is final.",
    },
    "state.no_such_year": {"ko": "그 연도의 공표 결과가 없습니다", "en": "Nothing is published for that year"},
    "state.no_such_year.what": {
        "ko": "'{about}'년으로 공표된 결과가 없습니다. 아래에서 다른 연도를 고르세요.",
        "en": "There is no published result for '{about}'. Choose another year below.",
    },
    "state.no_such_release": {"ko": "그 공개본이 없습니다", "en": "There is no such release"},
    "state.no_such_release.what": {
        "ko": "'{about}' 공개본을 찾을 수 없습니다. 주소를 확인하거나 아래에서 고르세요.",
        "en": "There is no release '{about}'. Check the address, or choose one below.",
    },
    "state.broken": {"ko": "공개본이 온전하지 않습니다", "en": "The release is not intact"},
    "state.broken.what": {
        "ko": "'{about}'의 파일이 없거나 봉인된 뒤 바뀌어 보여 드리지 않습니다. 아래 명령으로 어디가 다른지 확인하고, 같은 자료와 규칙으로 다시 평가하세요.",
        "en": "Files of '{about}' are missing or were changed after it was sealed, so it is not shown. The command below says where; evaluate again with the same records and rules.",
    },
    "state.broken_current": {
        "ko": "공표 목록을 읽을 수 없습니다",
        "en": "The list of published releases is unreadable",
    },
    "state.broken_current.what": {
        "ko": "'{about}' 파일이 쓰인 형식이 아닙니다. 이 파일을 지우고 공표할 공개본을 다시 공표하세요. 공개본은 그대로 있습니다.",
        "en": "The file '{about}' is not in its form. Remove it and publish the releases again; they are untouched.",
    },
    "state.no_unit": {"ko": "그 부서는 이 평가에 없습니다", "en": "This evaluation has no such department"},
    "state.no_unit.what": {
        "ko": "부서코드 {about:을/를} 이 연도에서 찾을 수 없습니다. 통합·분리·폐지되었거나 주소가 잘못되었을 수 있습니다. 아래에서 부서를 고르세요.",
        "en": "There is no department with the code '{about}' in this year. It may have been merged, split or closed, or the address is wrong. Choose a department below.",
    },
    "state.no_indicator": {"ko": "그 지표는 이 평가에 없습니다", "en": "This evaluation has no such indicator"},
    "state.no_indicator.what": {
        "ko": "지표 {about:을/를} 이 연도의 규칙에서 찾을 수 없습니다. 아래에서 지표를 고르세요.",
        "en": "The rules of this year have no indicator '{about}'. Choose one below.",
    },
    "state.no_group": {"ko": "그 평가군은 이 평가에 없습니다", "en": "This evaluation has no such peer group"},
    "state.no_group.what": {
        "ko": "평가군 {about:을/를} 이 연도의 규칙에서 찾을 수 없습니다. 아래에는 모든 평가군을 보여 드립니다.",
        "en": "The rules of this year have no peer group '{about}'. All of them are shown below.",
    },
    "state.no_record": {"ko": "그 기록이 없습니다", "en": "There is no such record"},
    "state.no_record.what": {
        "ko": "'{about}' 기록을 이 공개본에서 찾을 수 없거나 볼 수 없습니다. 주소를 확인하거나 아래에서 고르세요.",
        "en": "This release has no record '{about}', or it is not yours to see. Check the address, or choose one below.",
    },
    "state.not_yours": {"ko": "볼 수 없는 부서입니다", "en": "This department is not yours to see"},
    "state.not_yours.what": {
        "ko": "이 부서의 점수와 기록을 볼 권한이 없습니다. 평가 담당 부서에 문의하세요.",
        "en": "You may not see the score and the records of this department. Ask those who run the evaluation.",
    },
    "state.nobody": {"ko": "보여 드릴 부서가 없습니다", "en": "There is no department to show"},
    "state.nobody.what": {
        "ko": "이 평가에 부서가 없거나 볼 수 있는 부서가 없습니다. 받은 부서 목록과 평가 기간을 확인하세요.",
        "en": "The evaluation has no department, or none you may see. Check the list of departments and the period.",
    },
    "state.no_records": {"ko": "자료 폴더가 정해지지 않았습니다", "en": "No folder of records is named"},
    "state.no_records.what": {
        "ko": "받은 파일이 있는 폴더를 알아야 이 화면을 쓸 수 있습니다. 아래 명령으로 다시 여세요. 환경 변수 {about:으로/로} 정해도 됩니다.",
        "en": "This page needs to know the folder of received files. Serve the dashboard with the command below, or set {about}.",
    },
    "state.records_not_there": {"ko": "자료 폴더가 없습니다", "en": "The folder of records does not exist"},
    "state.records_not_there.what": {
        "ko": "'{about}' 폴더를 찾을 수 없습니다. 경로를 확인하고 있는 폴더로 다시 여세요.",
        "en": "There is no folder '{about}'. Check the path, and serve the dashboard with one that is there.",
    },
    "state.not_shown_yet": {"ko": "보여 드릴 결과가 없습니다", "en": "There is no result to show"},
    "state.not_shown_yet.what": {
        "ko": "아직 공개된 결과가 없거나, 주소가 가리키는 결과가 공개되지 않았습니다. 공개되면 이 화면에서 바로 보여 드립니다.",
        "en": "Nothing has been shown to you yet, or what this address names has not. It will appear here by itself.",
    },
    "state.stranger": {"ko": "로그인이 필요합니다", "en": "Please sign in"},
    "state.stranger.what": {
        "ko": "로그인한 사람에게만 보여 드립니다. 로그인 화면에서 다시 들어오세요.",
        "en": "Only people who have signed in see this. Come in by the sign-in page.",
    },
    "state.not_for_you": {"ko": "볼 수 없는 화면입니다", "en": "This page is not for you"},
    "state.not_for_you.what": {
        "ko": "맡은 역할로는 이 화면을 보거나 이 일을 할 수 없습니다. 필요하면 평가 담당 부서에 문의하세요.",
        "en": "Your role does not open this page or allow what was asked. If you need it, ask those who run the evaluation.",
    },
    "state.commands": {"ko": "명령", "en": "Commands"},
    "state.years": {"ko": "공표된 연도", "en": "Published years"},
    "state.drafts": {"ko": "잠정 결과", "en": "Provisional results"},
    "group.everybody": {"ko": "전체", "en": "All"},
}
