"""The page of the records received: how they stand, new files, rejects, names, loads."""

from __future__ import annotations

from typing import Final

from etl.errors import Language

DATA: Final[dict[str, dict[Language, str]]] = {
    "data.title": {"ko": "자료", "en": "Data"},
    "data.question": {
        "ko": "어떤 자료를 받았고, 무엇이 빠졌고, 무엇을 정해야 하는가?",
        "en": "What has arrived, what is lacking, and what waits for a decision?",
    },
    "data.folder": {"ko": "자료 폴더: {folder}", "en": "Folder of records: {folder}"},
    "data.part": {"ko": "할 일", "en": "What to do"},
    "data.part.state": {"ko": "현황", "en": "How things stand"},
    "data.part.upload": {"ko": "파일 올리기", "en": "Load a file"},
    "data.part.rejects": {"ko": "반려·보류한 행", "en": "Rows not counted"},
    "data.part.names": {"ko": "부서 이름", "en": "Names"},
    "data.part.loads": {"ko": "적재 이력", "en": "Loads"},
    "data.every": {"ko": "전체", "en": "All"},
    # While a folder or a file is read.
    "data.working": {
        "ko": "자료를 읽고 점검하는 중입니다. {seconds}초 지났습니다.",
        "en": "Reading and checking: {seconds} s so far.",
    },
    "data.working.files": {
        "ko": "파일 {files}개 가운데 {opened}개를 열었습니다.",
        "en": "{opened} of {files} files are open.",
    },
    "data.working.reading": {"ko": "지금 읽는 파일: {file}", "en": "Now: {file}"},
    "data.cancel": {"ko": "취소", "en": "Cancel"},
    "data.again": {"ko": "다시 점검", "en": "Check again"},
    "data.cancelled": {
        "ko": "점검을 취소했습니다. 바뀐 것은 없습니다.",
        "en": "The check was cancelled. Nothing has changed.",
    },
    "data.crashed": {
        "ko": "점검이 끝나기 전에 멈췄습니다. 다시 해 보고, 되풀이되면 메모리와 디스크를 확인하세요. 화면과 자료는 그대로입니다.",
        "en": "The check stopped before its end. Try again; if that happens again, look at memory and disk. The dashboard and the records are as they were.",
    },
    "data.unreadable": {
        "ko": "읽을 수 없는 것이 있어 점검을 마치지 못했습니다. 아래를 고치면 다시 점검합니다.",
        "en": "The check could not be finished. Mend what is listed, and it runs again.",
    },
    # How things stand.
    "data.rows": {"ko": "받은 행", "en": "Rows received"},
    "data.staged": {"ko": "적재", "en": "Staged"},
    "data.rejected": {"ko": "반려", "en": "Rejected"},
    "data.held": {"ko": "보류", "en": "Held"},
    "data.set_aside": {"ko": "제외", "en": "Set aside"},
    "data.rows.unit": {"ko": "{rows}행", "en": "{rows}"},
    "data.rows.beside": {"ko": "파일 {files}개", "en": "in {files} files"},
    "data.staged.beside": {"ko": "평가에 쓰는 행", "en": "used by the evaluation"},
    "data.rejected.beside": {"ko": "고쳐야 세는 행", "en": "count once they are mended"},
    "data.held.beside": {"ko": "부서를 정해야 세는 행", "en": "count once the department is decided"},
    "data.nothing_waits": {
        "ko": "반려하거나 보류한 행이 없습니다. 받은 행을 모두 읽었습니다.",
        "en": "No row is rejected or held: everything that arrived could be read.",
    },
    "data.some_rejected": {
        "ko": "반려한 행이 {rows}개 있습니다. '반려·보류한 행'에서 까닭을 보고 고치세요.",
        "en": "Rows rejected: {rows}. See why under 'Rows not counted', and mend them.",
    },
    "data.some_held": {
        "ko": "부서를 정하지 못한 이름이 {names}개 있어 {rows}개 행을 보류했습니다. '부서 이름'에서 정하세요.",
        "en": "Names without a decision: {names}; rows held for them: {rows}. Decide under 'Names'.",
    },
    "data.nobody_sent": {
        "ko": "아무것도 내지 않은 부서가 {departments}개입니다({about}).",
        "en": "Departments that have sent nothing ({about}): {departments}.",
    },
    "data.files": {"ko": "받은 파일", "en": "Files received"},
    "data.file": {"ko": "파일", "en": "File"},
    "data.kind": {"ko": "종류", "en": "Kind"},
    "data.encoding": {"ko": "글자 부호", "en": "Encoding"},
    "data.size": {"ko": "크기", "en": "Size"},
    "data.arrived": {"ko": "받은 때", "en": "Put there"},
    "data.digest": {"ko": "지문(SHA-256)", "en": "Digest (SHA-256)"},
    "data.unmentioned": {
        "ko": "무엇인지 정해지지 않은 파일입니다. 읽지 않으며 어디에도 세지 않습니다. '파일 올리기'에 올리거나 jipyo propose로 정하세요: {files}",
        "en": "Files that no source mentions; nobody reads them and they count nowhere. Load them under 'Load a file', or use jipyo propose: {files}",
    },
    "data.no_files": {
        "ko": "이 폴더에는 아직 받은 파일이 없습니다. '파일 올리기'에서 첫 파일을 올리세요.",
        "en": "No file has arrived in this folder yet. Load the first one under 'Load a file'.",
    },
    "data.kinds": {"ko": "기록 종류별 최신성", "en": "How recent each kind of record is"},
    "data.kinds.note": {
        "ko": "기록에 적힌 가장 늦은 날과, 그 파일을 마지막으로 받은 때입니다.",
        "en": "The latest day among the records, and when their file last arrived.",
    },
    "data.records": {"ko": "기록 수", "en": "Records"},
    "data.latest": {"ko": "가장 늦은 날", "en": "Latest day"},
    "data.fed_by": {"ko": "파일 수", "en": "Files"},
    "data.nothing_of": {"ko": "받지 않음", "en": "none received"},
    "data.sent": {"ko": "부서별 제출 현황", "en": "What each department has sent"},
    "data.sent.note": {
        "ko": "적재한 기록의 수입니다. 한 건도 없으면 '없음'이며, 가장 적게 낸 부서부터 보여 드립니다.",
        "en": "Numbers of staged records; 'none' where there is not one. Those who sent least come first.",
    },
    "data.sent.none": {"ko": "없음", "en": "none"},
    "data.sent.kinds": {"ko": "낸 종류", "en": "Kinds sent"},
    "data.sent.filter": {"ko": "보여 줄 부서", "en": "Departments listed"},
    "data.sent.every": {"ko": "모두", "en": "All"},
    "data.sent.nothing": {"ko": "아무것도 내지 않은 부서", "en": "Those who sent nothing"},
    "data.sent.incomplete": {"ko": "빠진 종류가 있는 부서", "en": "Those who lack a kind"},
    "data.sent.nobody": {"ko": "해당하는 부서가 없습니다.", "en": "No department fits."},
    "data.about": {"ko": "기록의 연도", "en": "Year of the records"},
    "data.about.every": {"ko": "모든 연도", "en": "all years"},
    "data.department": {"ko": "부서", "en": "Department"},
    "data.until": {"ko": "{day}까지 있던 부서", "en": "until {day}"},
    # Rejects.
    "data.rejects.none": {
        "ko": "반려하거나 보류한 행이 없습니다.",
        "en": "No row is rejected or held.",
    },
    "data.rejects.note": {
        "ko": "아래 행은 어디에도 세지 않습니다. 받은 파일은 그대로 두며, 한 행에 까닭이 여럿이면 모두 보여 드립니다.",
        "en": "These rows count nowhere. The received files stay as they are; a row with several faults is listed with each.",
    },
    "data.rejects.capped": {
        "ko": "까닭 {reasons}개 가운데 앞의 {listed}개만 여기에 보여 드립니다. 전부는 jipyo check와 공개본의 rejects.csv에 있습니다.",
        "en": "The first {listed} of {reasons} reasons are listed here; jipyo check and a release's rejects.csv have them all.",
    },
    "data.find": {"ko": "글로 찾기", "en": "Find text"},
    "data.row": {"ko": "행", "en": "Row"},
    "data.column": {"ko": "항목", "en": "Column"},
    "data.reason": {"ko": "까닭", "en": "Reason"},
    "data.whole_row": {"ko": "행 전체", "en": "whole row"},
    "data.state_of_row": {"ko": "상태", "en": "State"},
    "data.rejects.page": {
        "ko": "{total}개 가운데 {first}–{last}번째입니다.",
        "en": "{first} to {last} of {total}.",
    },
    "data.rejects.nothing_fits": {"ko": "고른 조건에 맞는 행이 없습니다.", "en": "No row fits these choices."},
    "data.mend": {"ko": "고쳐서 다시 올리기", "en": "Mend and load again"},
    "data.mend.what": {
        "ko": "고른 파일의 반려·보류한 행만 담은 CSV입니다. 앞의 두 열은 행 번호와 까닭이고 나머지는 받은 파일과 같습니다. 칸을 고쳐 '파일 올리기'에 그대로 올리면 두 열은 읽지 않습니다.",
        "en": "A CSV of the rejected and held rows of the chosen file: row number and reasons come first, the rest is as received. Mend the cells and load it under 'Load a file'; the first two columns are not read.",
    },
    "data.mend.formulas": {
        "ko": "=, +, -, @로 시작하는 칸은 엑셀이 수식으로 읽지 않도록 앞에 작은따옴표(')를 붙였습니다. 다시 올리면 뗍니다.",
        "en": "Cells that begin with =, +, - or @ have an apostrophe (') in front, so that no spreadsheet takes them for formulas; it is taken off when the file is loaded.",
    },
    "data.mend.people": {
        "ko": "이 파일에는 개인을 알아볼 수 있는 열이 있어 행을 내려받게 해 드리지 않습니다. 위 표의 행 번호로 원본에서 고쳐 다시 올리세요.",
        "en": "This file has columns that tell who people are, so its rows are not handed out. Mend them in the original by their row numbers, and load it again.",
    },
    "data.mend.choose": {
        "ko": "위에서 파일 하나를 고르면 내려받을 수 있습니다.",
        "en": "Choose one file above to download its rows.",
    },
    "data.mend.make": {"ko": "내려받을 파일 만들기", "en": "Make the file"},
    "data.mend.download": {"ko": "{rows}행 내려받기(CSV)", "en": "Download {rows} rows (CSV)"},
    "data.mend.too_large": {
        "ko": "내려받기는 1 MiB까지입니다. 앞의 {rows}행만 담았습니다. 고쳐 올린 뒤 나머지를 내려받으세요.",
        "en": "Downloads end at 1 MiB: these are the first {rows} rows. Load them mended, then download the rest.",
    },
    # Names.
    "data.names.none": {
        "ko": "정해야 할 이름이 없습니다. 받은 부서 이름을 모두 알아보았습니다.",
        "en": "No name waits: every department that arrived is known.",
    },
    "data.names.note": {
        "ko": "어느 부서인지 확실하지 않은 이름입니다. 추천은 참고일 뿐 저절로 쓰이지 않습니다. 정한 이름만 골라 까닭을 적고 확인하세요. 결정은 날짜와 함께 별칭 기록(aliases.csv)에 남습니다.",
        "en": "Names that are not certain. A suggestion is never applied by itself: choose the department, say why, and confirm. Decisions are kept in aliases.csv with the day.",
    },
    "data.names.by": {
        "ko": "로그인이 없는 동안에는 결정자를 '평가 담당자'로 적습니다.",
        "en": "Without sign-in, 'evaluator' is noted as the one who decided.",
    },
    "data.names.name": {"ko": "받은 이름", "en": "Name received"},
    "data.names.rows": {"ko": "보류한 행", "en": "Rows held"},
    "data.names.where": {"ko": "파일", "en": "Files"},
    "data.names.suggested": {"ko": "추천(점수, 까닭)", "en": "Suggestions (score, why)"},
    "data.names.suggestion": {"ko": "{name} ({score}점, {why})", "en": "{name} ({score}, {why})"},
    "data.names.no_suggestion": {"ko": "추천 없음", "en": "no suggestion"},
    "data.names.choose": {"ko": "'{name}'의 부서", "en": "Department of '{name}'"},
    "data.names.undecided": {"ko": "아직 정하지 않음", "en": "not decided yet"},
    "data.names.why": {"ko": "그렇게 정한 까닭", "en": "Why"},
    "data.names.confirm": {"ko": "{names}개 이름 확인", "en": "Confirm {names}"},
    "data.names.confirm_none": {"ko": "이름 확인", "en": "Confirm"},
    "data.names.needs": {
        "ko": "부서를 하나 이상 고르고 까닭을 적어야 확인할 수 있습니다.",
        "en": "Choose at least one department and say why, then confirm.",
    },
    "data.names.decided": {
        "ko": "이름 {names}개를 정했습니다. 자료를 다시 점검합니다.",
        "en": "Names decided: {names}. The records are checked again.",
    },
    "data.names.more": {
        "ko": "행이 많은 순서로 {shown}개를 먼저 보여 드립니다. 모두 {names}개입니다.",
        "en": "The {shown} names with most rows come first, of {names} in all.",
    },
    "data.reason.missing": {"ko": "빈칸", "en": "empty"},
    "data.reason.too_short": {"ko": "너무 짧음", "en": "too short"},
    "data.reason.too_long": {"ko": "너무 긺", "en": "too long"},
    "data.reason.forbidden_characters": {"ko": "쓸 수 없는 글자", "en": "forbidden characters"},
    "data.reason.not_an_integer": {"ko": "정수가 아님", "en": "not a whole number"},
    "data.reason.not_a_number": {"ko": "수가 아님", "en": "not a number"},
    "data.reason.not_a_date": {"ko": "날짜가 아님", "en": "not a date"},
    "data.reason.not_one_of": {"ko": "정해진 값이 아님", "en": "not one of the values"},
    "data.reason.out_of_range": {"ko": "범위를 벗어남", "en": "out of range"},
    "data.reason.days_out_of_order": {"ko": "날짜 순서가 맞지 않음", "en": "days out of order"},
    "data.reason.needed_here": {"ko": "이 행에 꼭 필요한 칸", "en": "needed in this row"},
    "data.reason.unknown_reference": {"ko": "가리키는 기록이 없음", "en": "no such record"},
    "data.reason.unknown_name": {"ko": "정하지 않은 부서 이름", "en": "department not decided"},
    "data.reason.sent_twice": {"ko": "같은 행이 또 있음", "en": "sent twice"},
    "data.reason.contradicts_another_row": {"ko": "다른 행과 어긋남", "en": "contradicts another row"},
    "data.reason.shares_do_not_add_up": {"ko": "지분의 합이 1이 아님", "en": "shares do not add up"},
    "data.reason.wrong_number_of_cells": {"ko": "칸 수가 다름", "en": "wrong number of cells"},
    "data.role": {"ko": "평가 담당자", "en": "evaluator"},
}
