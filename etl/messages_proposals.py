"""What a proposal for an unknown file tells: what was understood and why, and what somebody has to decide."""

from __future__ import annotations

from typing import Final

PROPOSAL_MESSAGES: Final[dict[str, dict[str, str]]] = {
    "proposal_encoding_bom": {
        "ko": "글자 표는 {encoding}입니다: 파일이 그 표시(BOM)로 시작합니다.",
        "en": "the encoding is {encoding}: the file begins with its byte order mark.",
    },
    "proposal_encoding_strict": {
        "ko": "글자 표는 {encoding}입니다: 본 바이트가 모두 UTF-8의 규칙에 맞습니다.",
        "en": "the encoding is {encoding}: every byte seen keeps the rules of UTF-8.",
    },
    "proposal_encoding_korean": {
        "ko": "글자 표는 {encoding}입니다: UTF-8로는 읽히지 않고 CP949로는 모두 읽힙니다.",
        "en": "the encoding is {encoding}: the file is no UTF-8, and all of it can be read as CP949.",
    },
    "proposal_no_encoding": {
        "ko": "UTF-8도 CP949도 아닙니다. 보낸 곳에 물어 cp1252처럼 encoding을 적으세요.",
        "en": "this is neither UTF-8 nor CP949. Ask the sender, and say the encoding (such as cp1252).",
    },
    "proposal_delimiter": {
        "ko": "칸을 나누는 글자는 {delimiter}입니다: 본 행 {rows}개 가운데 {even}개의 칸 수가 같습니다.",
        "en": "cells are separated by {delimiter}: it gives {even} of the {rows} rows seen the same number of cells.",
    },
    "proposal_sheet": {
        "ko": "'{sheet}' 시트를 읽습니다: 표로 보이는 첫 시트입니다. 보이는 시트: {sheets}.",
        "en": "the sheet '{sheet}' is read: the first that looks like a table. Sheets that can be seen: {sheets}.",
    },
    "proposal_title_rows": {
        "ko": "{rows}행은 열 이름 위의 제목이라 읽지 않습니다.",
        "en": "row {rows} stands above the headings, as a title does, and is not read.",
    },
    "proposal_header_row": {
        "ko": "{row}행이 열 이름입니다: 칸 {cells}개가 채워져 있고 아래 자료와 같은 수나 날짜가 없는 첫 행입니다.",
        "en": "row {row} holds the headings: it is the first with {cells} filled cells and none of the numbers or days"
        " below it.",
    },
    "proposal_header_rows": {
        "ko": "열 이름이 {row}행부터 {last}행까지 {rows}행입니다: 그 행들의 수 열에 아직 글만 있습니다.",
        "en": "the headings span {rows} rows, {row} to {last}: where numbers follow, these rows still hold words.",
    },
    "proposal_code_rows": {
        "ko": "{row}행은 열 이름의 코드나 단위라 건너뜁니다: {codes}.",
        "en": "row {row} repeats the headings as codes or units and is passed over: {codes}.",
    },
    "proposal_no_header": {
        "ko": "본 행 {rows}개에서 열 이름이 있는 행을 찾지 못했습니다. header_row를 적거나 열 이름을 넣어 다시 받으세요.",
        "en": "none of the {rows} rows seen looks like headings. Say header_row, or ask for the file with headings.",
    },
    "proposal_fill_down": {
        "ko": "'{column}' 열의 빈칸은 위 칸과 같습니다: 병합한 칸처럼 묶음의 첫 행만 채워져 있습니다.",
        "en": "a blank in '{column}' means the cell above: only the first row of each group is filled, as merged cells"
        " leave it.",
    },
    "proposal_subtotals": {
        "ko": "'{column}' 열이 {texts}인 {rows}행은 합계라 제외합니다.",
        "en": "rows whose '{column}' is {texts} add up others and are set aside: row {rows}.",
    },
    "proposal_footnotes": {
        "ko": "{rows}행은 각주라 '{column}' 열이 빈 행을 제외합니다.",
        "en": "row {rows} is a note, so rows whose '{column}' is empty are set aside.",
    },
    "proposal_kind": {
        "ko": "{kind}({name}) 기록입니다: 열 {columns}개의 이름이 맞습니다({headings}).",
        "en": "this is {kind} ({name}): {columns} headings are its columns' ({headings}).",
    },
    "proposal_other_kind": {
        "ko": "{kind}({name})일 수도 있습니다({headings}). 그렇다면 --kind {kind}로 다시 제안을 받으세요.",
        "en": "it could also be {kind} ({name}): {headings}. If so, ask again with --kind {kind}.",
    },
    "proposal_no_kind": {
        "ko": "어느 기록인지 열 이름으로 알 수 없습니다. 기록 설명서에서 골라 --kind로 다시 제안을 받으세요. 열은 {headings}입니다.",
        "en": "the headings do not tell which kind of record this is. Choose one from the records reference and ask again"
        " with --kind. The headings are {headings}.",
    },
    "proposal_kind_told": {
        "ko": "말씀하신 대로 {kind}({name}) 기록으로 봅니다.",
        "en": "it is read as {kind} ({name}), as you said.",
    },
    "proposal_column_sure": {
        "ko": "{column} <- '{heading}'{how}: 아는 열 이름이고 본 칸이 모두 맞습니다.",
        "en": "{column} <- '{heading}'{how}: a known heading, and the cells seen fit.",
    },
    "proposal_column_likely": {
        "ko": "{column} <- '{heading}'{how}: 아는 열 이름이고 본 칸의 {percent}%가 맞습니다. 확인하세요.",
        "en": "{column} <- '{heading}'{how}: a known heading, and {percent}% of the cells seen fit. Please check.",
    },
    "proposal_column_possible": {
        "ko": "{column} <- '{heading}'{how}: 본 칸의 {percent}%만 맞습니다. 다른 열일 수 있으니 확인하세요.",
        "en": "{column} <- '{heading}'{how}: only {percent}% of the cells seen fit. It may be another column: please check.",
    },
    "proposal_column_unseen": {
        "ko": "{column} <- '{heading}'{how}: 칸이 모두 비어 있어 열 이름만 보고 정했습니다. 확인하세요.",
        "en": "{column} <- '{heading}'{how}: every cell is empty, so the heading alone was gone by. Please check.",
    },
    "proposal_days_unread": {
        "ko": "{column}: '{heading}' 열의 {filled}칸 가운데 {cells}칸은 아는 날짜 모양이 아니어서 그 행은 반려됩니다.",
        "en": "{column}: {cells} of {filled} cells of '{heading}' are in no form of a day that is known; those rows will be"
        " rejected.",
    },
    "proposal_day_or_month_first": {
        "ko": "{column}: '{heading}' 열의 {text}은(는) 일과 월 가운데 무엇이 먼저인지 알 수 없습니다."
        " %d/%m/%Y와 %m/%d/%Y 가운데 하나를 dates에 적으세요.",
        "en": "{column}: nothing tells whether day or month comes first in {text} of '{heading}'. Say %d/%m/%Y or %m/%d/%Y"
        " in dates.",
    },
    "proposal_months": {
        "ko": "{column}: '{heading}' 열의 {text}은(는) 날이 없는 달입니다. 첫날인지 끝날인지 month_means에 적으세요.",
        "en": "{column}: {text} in '{heading}' is a month without a day. Say in month_means whether its first or last day.",
    },
    "proposal_values_unknown": {
        "ko": "{column}: '{heading}' 열의 {texts}이(가) 무엇인지 values에 적으세요. 쓸 수 있는 값은 {choices}입니다.",
        "en": "{column}: say in values what {texts} in '{heading}' means. It can be {choices}.",
    },
    "proposal_which_heading": {
        "ko": "{column}: 알맞은 열이 여럿입니다({headings}). 하나를 고르세요.",
        "en": "{column}: several headings could be meant ({headings}). Choose one.",
    },
    "proposal_no_number": {
        "ko": "{column}: 번호 열이 없습니다. 기록을 가려낼 열({headings})로 만들지, 다른 열이 있는지 정하세요.",
        "en": "{column}: there is no column of numbers. Decide whether {headings} tell one record from another.",
    },
    "proposal_number_repeats": {
        "ko": "{column}: '{heading}' 열에 같은 번호가 {repeats}번 되풀이됩니다. 기록을 가려낼 열을 정하세요.",
        "en": "{column}: {repeats} numbers of '{heading}' repeat others. Decide which columns tell one record from another.",
    },
    "proposal_lacking": {
        "ko": "{column}: 파일에 없습니다. 모든 행에 같은 값을 적거나(예: {example}) 알맞은 열을 고르세요.",
        "en": "{column}: the file does not say. Give one value for every row (such as {example}), or choose a column.",
    },
    "proposal_pseudonym_of_number": {
        "ko": "{column}: '{headings}' 열로 가명번호를 만듭니다. 원래 글은 저장하지 않습니다.",
        "en": "{column}: pseudonyms are made of '{headings}'; the clear text is never stored.",
    },
    "proposal_pseudonym_of_name": {
        "ko": "{column}: 번호가 없어 '{headings}' 열로 가명번호를 만듭니다."
        " 한 부서에 이름이 같은 두 사람이 있으면 한 사람이 됩니다.",
        "en": "{column}: there is no number, so pseudonyms are made of '{headings}'. Two people of one name in one"
        " department become one.",
    },
    "proposal_same_shape": {
        "ko": "{file}과 열 이름이 같아 그 항목을 파일 이름만 바꾸어 씁니다.",
        "en": "same shape as {file}: its entry is proposed with another file name.",
    },
    "proposal_known_shape": {
        "ko": "알려진 모양입니다: {name}. {about}",
        "en": "this is a known shape: {name}. {about}",
    },
    "proposal_shape_asks": {
        "ko": "{column} 열: {asks}",
        "en": "{column}: {asks}",
    },
    "proposal_template": {
        "ko": "지표의 {kind} 서식입니다: {row}행이 기록의 열 이름입니다.",
        "en": "this is Jipyo's template of {kind}: row {row} holds the record's own column names.",
    },
    "meanings_unknown_group": {
        "ko": "'{group}'이라는 묶음이 없습니다.⟨ 있는 것: {nearest}⟩",
        "en": "there is no group '{group}'.⟨ There is: {nearest}⟩",
    },
    "files_not_mentioned": {
        "ko": "sources.toml에 없는 파일입니다: {files}. jipyo propose {folder}로 항목을 제안받으세요.",
        "en": "no source mentions {files}. `jipyo propose {folder}` proposes entries for them.",
    },
    "file_mentioned_already": {
        "ko": "sources.toml에 이미 있는 파일입니다. 다른 기록으로도 읽으려면 --kind를 함께 적으세요.",
        "en": "sources.toml mentions this file already. To read it as another kind of record too, say --kind.",
    },
    "template_is_there": {
        "ko": "이미 있는 파일이라 덮어쓰지 않습니다. 지우거나 다른 이름을 --out에 적으세요.",
        "en": "the file is there already and is not replaced. Remove it, or give another name in --out.",
    },
    "template_needs_a_kind": {
        "ko": "기록 종류를 적으세요. --list는 종류를 보여 주고 --all은 모든 서식을 폴더에 만듭니다.",
        "en": "name a kind of record. --list shows them, and --all writes every template into a folder.",
    },
    "proposal_unknown_kind": {
        "ko": "'{kind}'라는 기록 종류가 없습니다. 있는 것: {nearest}",
        "en": "there is no kind of record '{kind}'. There is: {nearest}",
    },
}
