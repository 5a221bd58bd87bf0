"""The texts that go with the tables: what the folder is, and how its files map to the contracts."""

from __future__ import annotations

from typing import Final

from etl.demo import collected, diagnosis, initiatives, national, pilots, practices, programme

LABEL: Final = "합성 예시"
README_FILE: Final = "README.txt"
SOURCES_FILE: Final = "sources.toml"

README: Final = """\
합성 예시 — 실제 기관·사람과 무관합니다.

"합성시(예시)"라는 가상의 시가 받은 실적 자료입니다. 부서, 정원, 과제, 정책, 데이터셋, 교육 이수자는 모두 지어낸
것이며, 가명번호 뒤에 실제 사람이 없습니다. 시 전체의 합계만 공개된 사례의 숫자에 맞추었습니다.
열 이름과 파일 형식은 부서에서 받는 그대로이고, 이를 읽는 방법은 sources.toml에 적혀 있습니다.

Synthetic example: no real body and no real person. The records an invented city received, as they came in;
sources.toml says how they are read. Only the city's totals follow a published case.
"""

_CORE: Final = r"""# 합성 예시 — 실제 기관·사람과 무관합니다. Synthetic example: no real body and no real person.
# 받은 파일의 열이 어느 기록의 어느 항목인지 적습니다. 쓰지 않는 열은 적지 않습니다.
# Which column of a received file is which column of a record. Columns that are not named are not used.
version = 1

[[source]]
file = "부서.csv"
kind = "departments"
[source.columns]
unit_id = "부서코드"
name = "부서명"
parent = "상위부서"
valid_from = "시작일"
valid_to = "종료일"
[source.columns.peer_group]
column = "평가군"
values = { "지원" = "support", "사업" = "line", "사업소" = "office", "읍면동" = "town", "직속기관" = "agency" }

[[source]]
file = "조직개편.csv"
kind = "successions"
[source.columns]
from_unit = "폐지부서코드"
to_unit = "승계부서코드"
took_effect_on = "시행일"
share = "승계비율"

[[source]]
file = "부서별칭.csv"
kind = "aliases"
[source.columns]
alias = "별칭"
unit_id = "부서코드"
reason = "사유"
decided_on = "결정일"
decided_by = "결정자"

[[source]]
file = "정원.csv"
kind = "headcount"
[source.columns]
unit_id = "부서코드"
as_of = "기준일"
part = "구분"
authorised = "정원"
actual = "현원"

[[source]]
file = "분석과제.csv"
kind = "analyses"
[source.columns]
analysis_id = { columns = ["연도", "번호"], join = "-" }
unit_id = "주관부서코드"
title = "과제명"
purpose = "목적"
method = { column = "수행방식", values = { "자체" = "own", "위탁" = "commissioned", "표준모델" = "standard_model" } }
started_on = { column = "시작일", dates = ["%Y. %m. %d."] }
completed_on = { column = "완료일", dates = ["%Y. %m. %d."] }
# 결재일을 따로 적지 않는 대장입니다: 완료일이 결과보고 결재일입니다. The register has no day of approval of its own.
approved_on = { column = "완료일", dates = ["%Y. %m. %d."] }
document_no = "문서번호"
[source.columns.status]
column = "상태"
[source.columns.status.values]
"계획" = "planned"
"진행중" = "in_progress"
"운영중" = "in_operation"
"완료" = "completed"
"중단" = "stopped"

[[source]]
file = "분석과제_지분.csv"
kind = "analysis_shares"
[source.columns]
analysis_id = "과제번호"
unit_id = "부서코드"
share = "지분"

[[source]]
file = "정책활용.csv"
kind = "policies"
[source.columns]
policy_id = "정책번호"
unit_id = "부서코드"
title = "정책명"
used_on = "활용일"
document_no = "문서번호"
[source.columns.stage]
column = "활용단계"
values = { "보고" = "report", "계획" = "plan", "예산·제도" = "budget", "효과" = "effect" }

[[source]]
file = "정책활용_근거.csv"
kind = "policy_uses"
[source.columns]
policy_id = "정책번호"
source_kind = { column = "근거구분", values = { "분석" = "analysis", "데이터셋" = "dataset" } }
source_id = "근거번호"

[[source]]
file = "데이터셋.csv"
kind = "datasets"
[source.columns]
dataset_id = "목록키"
# 포털 목록에는 부서코드가 없어 부서명과 별칭으로 찾습니다. The portal's list names departments; it has no codes.
unit_id = { column = "관리부서명", unit_by = "name" }
title = "목록명"
opened_on = "등록일"
updated_on = "수정일"
withdrawn_on = "개방중지일"
format = "확장자"
update_cycle = "업데이트 주기"

[[source]]
file = "데이터셋_이용.tsv"
kind = "dataset_usage"
delimiter = "\t"
[source.columns]
dataset_id = "목록키"
as_of = "기준일"
downloads = "누적다운로드"
views = "누적조회"

[[source]]
file = "교육과정.csv"
kind = "training_sessions"
[source.columns]
session_id = "교육번호"
unit_id = "주관부서코드"
title = "교육명"
field = "분야"
institution = "교육기관"
starts_on = "시작일"
ends_on = "종료일"
hours = "시간"
seats = "정원"
course_id = "과정번호"
round = "회차"
[source.columns.kind_of_session]
column = "구분"
values = { "교육" = "course", "설명회" = "briefing", "학술행사" = "conference" }
[source.columns.mode]
column = "방식"
values = { "집합" = "in_person", "실시간 비대면" = "live_online", "이러닝" = "e_learning", "외부위탁" = "external" }

[[source]]
file = "교육이수.csv"
kind = "attendance"
encoding = "cp949"
[source.columns]
session_id = "교육번호"
person = "가명번호"
unit_id = "부서코드"
staff_group = "직급구분"
started_on = "시작일"
completed_on = "수료일"
hours = "이수시간"
outcome = { column = "이수구분", values = { "수료" = "completed", "미수료" = "not_completed" } }
# 신청을 취소한 사람은 교육을 받은 사람이 아닙니다. Somebody who cancelled did not attend.
[[source.where]]
column = "이수구분"
not_in = ["취소"]

[[source]]
file = "인정심의.csv"
kind = "recognition"
[source.columns]
record_kind = { column = "대상구분", values = { "분석" = "analyses", "정책" = "policies", "데이터셋" = "datasets" } }
record_id = "대상번호"
reason = "사유"
decided_on = "결정일"
decided_by = "결정자"
[source.columns.decision]
column = "결정"
values = { "제출" = "submitted", "보완" = "to_complete", "인정" = "recognised", "불인정" = "refused" }

[[source]]
file = "해당없음.csv"
kind = "not_applicable"
[source.columns]
year = "평가연도"
unit_id = "부서코드"
indicator = "지표"
reason = "사유"
requested_on = "신청일"
decision = { column = "결정", values = { "신청" = "requested", "승인" = "approved", "반려" = "refused" } }
decided_on = "결정일"
document_no = "문서번호"

[[source]]
file = "가감점.csv"
kind = "ledger"
[source.columns]
entry_id = "번호"
unit_id = "부서코드"
entry_kind = { column = "구분", values = { "가점" = "bonus", "감점" = "penalty", "등급 제한" = "veto" } }
rule = "적용규칙"
points = "점수"
occurred_on = "발생일"
reason = "사유"
document_no = "문서번호"

[[source]]
file = "위원평가.csv"
kind = "panel_marks"
[source.columns]
year = "평가연도"
indicator = "지표"
unit_id = "부서코드"
assessor = "평가위원"
mark = "점수"
given_on = "평가일"
"""

SOURCES: Final = "".join(
    (
        _CORE,
        collected.SOURCES,
        initiatives.SOURCES,
        programme.SOURCES,
        diagnosis.SOURCES,
        national.SOURCES,
        pilots.SOURCES,
        practices.SOURCES,
    )
)
"""The whole `sources.toml`."""
