"""The page of digital initiatives in words."""

from __future__ import annotations

from typing import Final

from etl.errors import Language

INITIATIVES: Final[dict[str, dict[Language, str]]] = {
    "initiatives.title": {"ko": "디지털 사업", "en": "Digital initiatives"},
    "initiatives.question": {
        "ko": "어떤 디지털 서비스와 시설을 어느 부서가 운영하고, 얼마나 늘었고, 얼마나 쓰이는가?",
        "en": "Which digital services and places are run by whom, how have they grown, and how much are they used?",
    },
    "initiatives.no_records": {
        "ko": "이 공개본은 이미 만들어진 수치표를 채점한 것이라 디지털 사업의 기록이 없습니다.",
        "en": "This release scored a table of figures, so it has no records of initiatives.",
    },
    "initiatives.none": {
        "ko": "디지털 사업의 기록이 없습니다. 부서가 사업과 연도별 현황을 내면 여기에 나옵니다.",
        "en": "There are no records of digital initiatives. They show here once departments send them with their figures.",
    },
    "initiatives.unreadable": {
        "ko": "기록을 읽지 못했습니다. 공개본이 온전한지 확인하세요: jipyo verify {release}",
        "en": "The records cannot be read. Check that the release is intact: jipyo verify {release}",
    },
    "initiatives.choose_unit": {"ko": "부서", "en": "Department"},
    "initiatives.whole_body": {"ko": "기관 전체", "en": "The whole body"},
    "initiatives.running": {"ko": "운영 중인 사업(개)", "en": "Initiatives running"},
    "initiatives.of_all": {"ko": "끝난 사업을 더해 {all}개", "en": "of {all}, those ended included"},
    "initiatives.sites": {"ko": "개소 수", "en": "Sites"},
    "initiatives.sites.beside": {"ko": "{year}년 말, 모든 사업", "en": "at the end of {year}, all initiatives"},
    "initiatives.users": {"ko": "이용자 수(명)", "en": "Users"},
    "initiatives.users.beside": {
        "ko": "{year}년, 사업마다 센 수의 합",
        "en": "in {year}, as each initiative counts them",
    },
    "initiatives.users.uncounted": {
        "ko": "이용자를 보고하지 않은 사업 {count}개는 빠짐",
        "en": "without {count} that reported no users",
    },
    "initiatives.each": {"ko": "사업별 연도 추이", "en": "Each initiative year by year"},
    "initiatives.each.legend": {
        "ko": "위는 그해 말의 개소 수, 아래는 그해의 이용자 수입니다. 보고하지 않은 해는 비워 두었습니다.",
        "en": "Above: sites at each year's end. Below: users in the year. Years without a report are left out.",
    },
    "initiatives.of": {"ko": "{title} {what}", "en": "{title}, {what}"},
    "initiatives.trend": {
        "ko": "{name}: {first_year}년 {first}에서 {last_year}년 {last}.",
        "en": "{name}: {first} in {first_year}, {last} in {last_year}.",
    },
    "initiatives.trend.none": {"ko": "{name}: 보고된 수가 없습니다.", "en": "{name}: no figure was reported."},
    "initiatives.list": {"ko": "사업 목록", "en": "List of initiatives"},
    "initiatives.name": {"ko": "사업", "en": "Initiative"},
    "initiatives.unit": {"ko": "부서", "en": "Department"},
    "initiatives.service": {"ko": "서비스 유형", "en": "Service"},
    "initiatives.runs_from": {"ko": "운영 기간", "en": "Runs"},
    "initiatives.span": {"ko": "{start} ~ {end}", "en": "{start} – {end}"},
    "initiatives.year": {"ko": "연도", "en": "Year"},
    "initiatives.document": {"ko": "문서번호", "en": "Document"},
    "initiatives.standing": {"ko": "상태", "en": "State"},
    "initiatives.runs": {"ko": "운영 중", "en": "running"},
    "initiatives.origin": {"ko": "받은 파일과 행", "en": "Received file and row"},
}
