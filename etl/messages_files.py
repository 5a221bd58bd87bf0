"""What can be wrong with received files, in Korean and English."""

from __future__ import annotations

from typing import Final

FILE_MESSAGES: Final[dict[str, dict[str, str]]] = {
    "folder_not_found": {
        "ko": "이런 폴더가 없습니다. 기록이 들어 있는 폴더의 경로를 확인하세요.",
        "en": "there is no such folder. Check the path of the folder that holds the records.",
    },
    "folder_is_a_file": {
        "ko": "폴더가 아니라 파일입니다. 이 파일이 들어 있는 폴더의 경로를 적으세요.",
        "en": "this is a file, not a folder. Name the folder that holds it.",
    },
    "nothing_to_read": {
        "ko": "sources.toml도, 기록 종류 이름의 파일(예: departments.csv, departments.xlsx)도 없습니다. 둘 중 하나를 두세요.",
        "en": "the folder holds neither a sources.toml nor a file named after a kind of record (such as departments.csv or departments.xlsx)."
        " Put one there.",
    },
    "file_not_found": {
        "ko": "파일이 없습니다. 파일을 폴더에 두거나 sources.toml의 file을 고치세요.",
        "en": "the file is not there. Put it into the folder, or correct `file` in sources.toml.",
    },
    "file_not_readable": {
        "ko": "파일을 읽지 못했습니다({why}). 파일과 권한을 확인하세요.",
        "en": "the file could not be read ({why}). Check the file and its permissions.",
    },
    "file_empty": {
        "ko": "파일이 비어 있습니다. 내려받기가 끝났는지 확인하고 다시 보내세요.",
        "en": "the file is empty. Check that it was saved or downloaded completely and send it again.",
    },
    "file_is_not_text": {
        "ko": "글자 파일이 아닙니다(NUL 바이트가 있습니다). CSV(UTF-8)로 저장해 다시 보내세요.",
        "en": "this is not a text file (it holds NUL bytes). Save it as CSV (UTF-8) and send it again.",
    },
    "workbook_has_a_password": {
        "ko": "암호가 걸린 통합 문서입니다. 암호를 풀고 저장해 다시 보내세요.",
        "en": "this workbook is protected by a password. Take the password off, save it and send it again.",
    },
    "workbook_declares_entities": {
        "ko": "통합 문서에 문서 형식 선언(DOCTYPE)이 있습니다. 다른 파일을 불러올 수 있어 읽지 않습니다. 열어서 XLSX로 다시 저장해 보내세요.",
        "en": "a part of this workbook declares a document type (DOCTYPE), which could fetch other files, so it is not read."
        " Open it, save it again as XLSX and send that.",
    },
    "package_inflates": {
        "ko": "{kilobytes}KB인 파일이 풀면 {megabytes}MB가 됩니다. 읽지 않습니다. 빈 행과 열을 지우거나 CSV(UTF-8)로 저장해 보내세요.",
        "en": "this file of {kilobytes} KB unpacks to {megabytes} MB, so it is not read. Delete empty rows and columns, or save"
        " the sheet as CSV (UTF-8).",
    },
    "file_damaged": {
        "ko": "{form} 파일이 잘렸거나 손상되었습니다. 다시 내려받거나 원래 프로그램에서 다시 저장해 보내세요.",
        "en": "this {form} file is cut off or damaged. Download it again, or save it again in the program it comes from.",
    },
    "file_too_costly": {
        "ko": "읽는 데 메모리 {megabytes}MB나 시간 {seconds}초로 모자라 멈췄습니다. 파일을 나누거나 CSV(UTF-8)로 저장해 보내세요.",
        "en": "reading it needs more than {megabytes} MB of memory or {seconds} seconds, so it was stopped. Divide the file, or"
        " save it as CSV (UTF-8).",
    },
    "reader_failed": {
        "ko": "파일을 읽던 프로그램이 멈췄습니다. 파일이 손상되었을 수 있으니 다시 저장하거나 CSV(UTF-8)로 보내세요.",
        "en": "the program that read it broke down, most likely because the file is damaged. Save it again, or send it as CSV"
        " (UTF-8).",
    },
    "file_changed_while_read": {
        "ko": "읽는 동안 파일이 바뀌거나 없어졌습니다. 복사나 내려받기가 끝난 뒤에 다시 하세요.",
        "en": "the file was changed or removed while it was read. Try again once nothing writes to it any more.",
    },
    "file_is_a_document": {
        "ko": "{form} 문서라서 표를 읽을 수 없습니다. 표를 XLSX나 CSV(UTF-8)로 저장해 보내세요.",
        "en": "this is a {form} document, out of which no table can be read. Save the table as XLSX or CSV (UTF-8).",
    },
    "file_is_an_image": {
        "ko": "{form} 그림입니다. 그림의 글은 읽지 않습니다. 표를 XLSX나 CSV(UTF-8)로 보내세요.",
        "en": "this is an image ({form}), out of which nothing is read. Send the table as XLSX or CSV (UTF-8).",
    },
    "file_is_compressed": {
        "ko": "압축 파일({form})입니다. 압축을 풀고 안에 있는 파일을 보내세요.",
        "en": "this is a compressed file ({form}). Unpack it and send the file inside.",
    },
    "file_is_a_program": {
        "ko": "표가 아니라 프로그램({form})입니다. 열지 말고 보낸 사람에게 확인하세요.",
        "en": "this is a program ({form}), not a table. Do not open it; ask whoever sent it.",
    },
    "file_is_a_database": {
        "ko": "{form} 자료 파일입니다. 표를 CSV(UTF-8)나 Parquet으로 내보내 보내세요.",
        "en": "this is a {form} data file. Export the table as CSV (UTF-8) or Parquet.",
    },
    "file_is_a_web_page": {
        "ko": "웹 페이지(HTML)나 XML입니다. .xls로 내려받은 것이면 엑셀에서 열어 XLSX로 저장해 보내세요.",
        "en": "this is a web page (HTML) or XML. If it was downloaded as .xls, open it in a spreadsheet program and save it as"
        " XLSX.",
    },
    "columns_nested": {
        "ko": "한 칸에 여러 값이 든 열이 있습니다: {columns}. 펴서 저장하거나 빼고 다시 보내세요.",
        "en": "columns hold more than one value a cell, or bytes: {columns}. Flatten them or leave them out, and send it again.",
    },
    "json_broken": {
        "ko": "{line}번째 줄 {column}번째 글자부터 JSON이 아닙니다. 내려받기가 끝났는지 확인하고 다시 받으세요.",
        "en": "from line {line}, sign {column} on, this is no JSON. Check that it was downloaded completely and get it again.",
    },
    "json_key_twice": {
        "ko": "한 항목에 '{key}'가 두 번 있어 어느 것이 맞는지 알 수 없습니다. 하나만 남기세요.",
        "en": "one entry has '{key}' twice, and nobody can tell which is right. Keep one.",
    },
    "json_too_deep": {
        "ko": "JSON이 {most}단계보다 깊게 겹쳐 있습니다. 목록만 따로 저장해 보내세요.",
        "en": "this JSON is nested more than {most} levels deep. Save the list alone and send that.",
    },
    "json_no_table": {
        "ko": "JSON에 항목의 목록이 없습니다. CKAN의 package_search, DCAT의 data.json이나 항목의 목록을 보내세요.",
        "en": "this JSON holds no list of entries. Send a CKAN package_search, a DCAT data.json or a list of objects.",
    },
    "json_half_a_sign": {
        "ko": "글자의 반쪽만 있는 칸이 있어 적을 수 없습니다. 내보낸 프로그램에서 UTF-8로 다시 저장하세요.",
        "en": "a text holds half of a sign, which cannot be written. Save it again as UTF-8 in the program it comes from.",
    },
    "too_many_misfits": {
        "ko": "{rows}개가 넘는 행의 칸 수가 열 이름의 수({columns})와 다릅니다. header_row와 delimiter를 확인하세요.",
        "en": "more than {rows} rows have another number of cells than there are headings ({columns}). Check header_row and"
        " delimiter.",
    },
    "workbook_not_readable": {
        "ko": "스프레드시트로 읽지 못했습니다({why}). 열어서 XLSX나 CSV(UTF-8)로 다시 저장해 보내세요.",
        "en": "it could not be read as a spreadsheet ({why}). Open it, save it again as XLSX or CSV (UTF-8) and send that.",
    },
    "sheet_not_found": {
        "ko": "'{sheet}' 시트가 없습니다. 있는 시트는 {sheets}입니다. sources.toml의 sheet를 고치세요.",
        "en": "there is no sheet '{sheet}'; the sheets are {sheets}. Correct `sheet` in sources.toml.",
    },
    "sheets_empty": {
        "ko": "보이는 시트가 모두 비어 있습니다(시트: {sheets}). 읽을 시트를 sheet에 적거나 파일을 다시 받으세요.",
        "en": "every sheet that is shown is empty (sheets: {sheets}). Name the one to read in `sheet`, or ask for the file"
        " again.",
    },
    "unknown_encoding": {
        "ko": "encoding이 '{encoding}'인데 쓸 수 있는 것은 {known}입니다.",
        "en": "encoding is '{encoding}'; what can be read is {known}.",
    },
    "not_in_this_encoding": {
        "ko": "{line}번째 줄이 {encoding}로 읽히지 않습니다. sources.toml에 encoding을 적거나 UTF-8로 저장하세요.",
        "en": "line {line} cannot be read as {encoding}. Say the encoding in sources.toml, or save the file as UTF-8.",
    },
    "no_header": {
        "ko": "{row}번째 행에 열 이름이 없습니다. 열 이름이 있는 행을 header_row에 적으세요.",
        "en": "row {row} holds no column names. Say in header_row which row does.",
    },
    "columns_repeated": {
        "ko": "{row}번째 행의 열 이름이 겹칩니다: {columns}. 하나만 남기거나 이름을 바꾸세요.",
        "en": "row {row} repeats column names: {columns}. Keep one of each, or rename them.",
    },
    "quote_not_closed": {
        "ko": "{line}번째 줄에서 열린 따옴표가 끝까지 닫히지 않아 뒤의 행을 가릴 수 없습니다. 그 줄을 고치세요.",
        "en": "a quote opened on line {line} is never closed, so the rows after it cannot be told apart. Mend that line.",
    },
    "row_too_long": {
        "ko": "{line}번째 줄부터 한 행이 백만 글자를 넘습니다. 따옴표가 빠졌는지 확인하세요.",
        "en": "from line {line} on, one row is longer than a million characters. Look for a missing quote.",
    },
    "too_many_columns": {
        "ko": "열이 {columns}개인데 {most}개까지 읽습니다. 오른쪽의 빈 열을 지우고 다시 저장하세요.",
        "en": "it has {columns} columns; at most {most} are read. Delete the empty columns at the right and save it again.",
    },
    "not_a_file": {
        "ko": "파일이 아니라 폴더나 장치입니다. sources.toml의 file에 파일 이름을 적으세요.",
        "en": "this is a folder or a device, not a file. Name a file in sources.toml.",
    },
    "rows_do_not_balance": {
        "ko": "받은 행 {received}개 가운데 {placed}개만 자리를 찾았습니다. 프로그램 오류이니 파일과 함께 알려 주세요.",
        "en": "of {received} rows received only {placed} found a place. This is a fault of the program: please report it"
        " with the file.",
    },
    "column_not_in_file": {
        "ko": "'{column}' 열이 파일에 없습니다⟨(가까운 것: {nearest})⟩. sources.toml이나 파일의 열 이름을 고치세요.",
        "en": "the file has no column '{column}'⟨ (nearest: {nearest})⟩. Correct sources.toml or the file's heading.",
    },
    "column_without_origin": {
        "ko": "{kind}에 꼭 필요한 '{column}' 열이 없습니다. 파일의 열은 {header}입니다. sources.toml에 대응을 적으세요.",
        "en": "{kind} needs '{column}', which nothing provides. The file's columns are {header}. Say in sources.toml which"
        " one it is.",
    },
    "source_needs_one_origin": {
        "ko": "column, columns, constant, digest_of, pseudonym_of 가운데 하나만 적어야 합니다.",
        "en": "say exactly one of column, columns, constant, digest_of and pseudonym_of.",
    },
    "source_needs_one_condition": {
        "ko": "in, not_in, blank, same_as, first_per 가운데 하나만 적어야 합니다.",
        "en": "say exactly one of in, not_in, blank, same_as and first_per.",
    },
    "source_mends_itself": {
        "ko": "이 파일은 '{file}'을(를) 대신하고, '{file}'은(는) 다시 이 파일을 대신합니다. 그러면 양쪽의 행이 모두 빠집니다."
        " 원본에 적힌 mends를 지우세요.",
        "en": "this file takes the place of rows of '{file}', and that leads back to this file, so the rows of both would be gone."
        " Take `mends` out of the entry of the original.",
    },
    "mends_not_written": {
        "ko": "'{file}' 항목이 한 줄에 하나씩 적혀 있지 않아 고칠 수 없습니다. 아무것도 바꾸지 않았습니다."
        " 그 항목에 이 줄을 적고 다시 불러오세요: {line}",
        "en": "the entry of '{file}' is not written one key a line, so it could not be changed; nothing was."
        " Put this line into it and load again: {line}",
    },
    "mend_of_no_source": {
        "ko": "'{file}'의 행을 대신한다고 적혀 있지만 그 파일을 {kind} 기록으로 읽는 항목이 없어 어느 행도 대신하지 않았습니다."
        " sources.toml에서 mends의 file을 고치거나 mends를 지우세요.",
        "en": "it is said to take the place of rows of '{file}', but no entry reads that file as {kind}, so it took no row's place."
        " Correct `file` in `mends` in sources.toml, or take `mends` out.",
    },
    "mend_of_another_version": {
        "ko": "'{file}'의 다른 판에서 내려받아 고친 파일입니다. 행 번호가 지금 판의 행과 다를 수 있어 어느 행도 대신하지 않고,"
        " 고친 행은 따로 셉니다. 지금 판의 반려·보류한 행을 다시 내려받아 고친 뒤 이 이름으로 올리거나,"
        " 지금 판에 이미 고쳐져 있으면 이 파일의 항목을 sources.toml에서 지우세요.",
        "en": "it was mended from another version of '{file}'. Row numbers may mean other rows of the present version, so it took"
        " no row's place, and its own rows count beside. Download the rejected and held rows of the present version,"
        " mend them and load them under this name; or, if that version holds them mended, take the entry of this file out of sources.toml.",
    },
    "mend_of_fine_rows": {
        "ko": "'{file}'의 {rows}행은 이제 그대로도 적재할 수 있지만, 이 파일의 고친 행이 대신하므로 제외했습니다."
        " 원본의 행을 쓰려면 sources.toml의 mends에서 그 번호를 빼고 이 파일에서도 그 행을 지우세요.",
        "en": "nothing is wrong any more with these rows of '{file}': {rows}. They were set aside all the same, because the mended rows"
        " of this file take their place. To use the received ones, take their numbers out of `mends` in sources.toml and"
        " the rows out of this file.",
    },
    "mend_of_no_rows": {
        "ko": "'{file}'에서 읽는 행 가운데 대신할 {rows}행이 없습니다. 이 파일의 행은 셉니다."
        " sources.toml의 mends에 적힌 행 번호를 확인하세요.",
        "en": "these rows are not among those read from '{file}': {rows}. The rows of this file count."
        " Check the row numbers in `mends` in sources.toml.",
    },
    "mend_of_taken_rows": {
        "ko": "'{file}'의 {rows}행은 '{other}'도 대신합니다. 두 파일에 같은 기록이 있으면 하나만 세고, 내용이 다르면 모두 반려합니다."
        " 이 파일의 고친 내용을 '{other}'의 이름으로 올리거나 한 파일의 항목을 sources.toml에서 지우세요.",
        "en": "'{other}' takes the place of these rows of '{file}' too: {rows}. Where both hold the same record one counts; where they"
        " differ both are rejected. Load this file under the name '{other}', or take the entry of one of them out of sources.toml.",
    },
    "load_of_mended_rows": {
        "ko": "고쳐서 되돌아온 반려·보류 행의 파일이라 새 판으로 바꾸면 다른 행이 모두 사라집니다. 자료 화면의 '파일 올리기'에 올리세요."
        " 고친 행이 원본의 행을 대신합니다.",
        "en": "these are rejected and held rows that came back mended; as a newer version they would take all other rows away."
        " Load the file on the page Data under 'Load a file': there its rows take the place of those they came from.",
    },
    "mend_of_more_rows_than_held": {
        "ko": "'{file}'의 행 {asked}개를 대신한다고 적혀 있지만 이 파일에는 {held}개뿐입니다. 남은 행은 어디에도 세지 않습니다."
        " 내려받은 CSV를 앞의 두 열과 함께 다시 올리거나, 이 파일에 없는 행 번호를 sources.toml의 mends에서 빼세요.",
        "en": "it is said to take the place of {asked} rows of '{file}' and holds only {held}, so the others count nowhere."
        " Load the downloaded CSV again with its first two columns, or take the numbers of the rows it lacks out of `mends`"
        " in sources.toml.",
    },
    "source_with_without_first_per": {
        "ko": "with는 first_per와 함께만 씁니다. first_per = true를 적거나 with를 지우세요.",
        "en": "`with` goes with first_per alone. Say first_per = true, or take `with` away.",
    },
    "source_unknown_kind": {
        "ko": "'{kind}'라는 기록 종류가 없습니다(가까운 것: {nearest}).",
        "en": "there is no kind of record '{kind}' (nearest: {nearest}).",
    },
    "source_unknown_column": {
        "ko": "{kind}에는 '{column}' 열이 없습니다(가까운 것: {nearest}).",
        "en": "{kind} has no column '{column}' (nearest: {nearest}).",
    },
    "source_unknown_date_form": {
        "ko": "'{form}'은(는) 날짜 형식이 아닙니다. iso, korean, serial이나 %Y. %m. %d.처럼 적으세요. 일이 없으면 month_means도 적으세요.",
        "en": "'{form}' is no form of a date. Name iso, korean or serial, or write one such as %Y. %m. %d.; a form without a"
        " day also needs month_means.",
    },
    "source_no_form_of_months": {
        "ko": "month_means는 일이 없는 날짜에만 씁니다. dates에 iso, korean이나 %Y-%m처럼 월까지만 있는 형식을 적으세요.",
        "en": "month_means is about dates without a day. Name iso, korean or a form such as %Y-%m in dates, or leave it out.",
    },
    "source_bad_delimiter": {
        "ko": "따옴표나 줄바꿈은 구분 기호로 쓸 수 없습니다. 쉼표, 탭(\\t), 세미콜론처럼 한 글자를 적으세요.",
        "en": "a quote or a line break cannot separate cells. Give one sign such as a comma, a tab (\\t) or a semicolon.",
    },
    "source_outside_folder": {
        "ko": "'{file}'은 기록 폴더 밖을 가리킵니다. 폴더 안의 파일만 읽습니다.",
        "en": "'{file}' leads out of the folder of records. Only files inside it are read.",
    },
    "source_pseudonym_treated": {
        "ko": "가명번호는 그대로 씁니다. pseudonym_of 옆의 one_line, numbers, values, dates, unit_by를 지우세요.",
        "en": "a pseudonym is taken as it is made. Delete one_line, numbers, values, dates and unit_by beside pseudonym_of.",
    },
    "source_within_nothing": {
        "ko": "within은 pseudonym_of와 함께 씁니다. pseudonym_of를 적거나 within을 지우세요.",
        "en": "within stands beside pseudonym_of. Say pseudonym_of, or delete within.",
    },
    "source_reads_people_in_clear": {
        "ko": "'{column}' 열은 가명번호로 바꾸는 열이라 그대로 읽을 수 없습니다. 여기서 빼거나, 사람을 드러내지 않는 열이면 within으로 옮기세요.",
        "en": "the column '{column}' becomes a pseudonym and cannot be read as it is too. Leave it out here, or, if it"
        " tells nobody who somebody is, move it to within.",
    },
    "pseudonym_column_missing": {
        "ko": "가명번호로 바꿀 '{column}' 열이 파일에 없습니다. sources.toml의 pseudonym_of나 header_row를 고치세요.",
        "en": "the file has no column '{column}' to make pseudonyms of. Correct pseudonym_of or header_row in sources.toml.",
    },
    "pseudonyms_of_several_keys": {
        "ko": "파일마다 다른 열쇠로 가명번호를 만들어 같은 사람을 알아볼 수 없습니다. 한 열쇠로 원본을 다시 받으세요.",
        "en": "their pseudonyms were made with different keys, so the same people cannot be recognised. Load the originals"
        " again under one key.",
    },
    "kept_copy_damaged": {
        "ko": "보관한 가명 파일의 {row}번째 줄이 보관할 때와 다릅니다. jipyo load로 원본을 다시 받으세요.",
        "en": "line {row} of this pseudonymised copy is not as it was kept. Load the original again (jipyo load).",
    },
    "register_unreadable": {
        "ko": "인사 명부를 읽을 수 없습니다({why}). UTF-8이나 CP949로 저장한 CSV 파일을 쓰세요.",
        "en": "the register of people cannot be read ({why}). Give a CSV file saved as UTF-8 or CP949.",
    },
    "key_missing": {
        "ko": "가명번호의 열쇠가 없습니다. 받은 열쇠를 여기에 두거나 JIPYO_KEY_FILE로 알려 주고, 처음이라면 jipyo key로 만드세요.",
        "en": "there is no key for pseudonyms. Put the key you were given here, or name it in JIPYO_KEY_FILE; the first time,"
        " make one with jipyo key.",
    },
    "key_not_readable": {
        "ko": "열쇠를 읽지 못했습니다({why}). 파일과 권한을 확인하세요.",
        "en": "the key could not be read ({why}). Check the file and its permissions.",
    },
    "key_open_to_others": {
        "ko": "다른 사람도 열쇠를 읽을 수 있습니다(권한 {mode}). chmod 600으로 본인만 읽게 하세요.",
        "en": "others can read the key (mode {mode}). Make it yours alone with chmod 600.",
    },
    "key_folder_open_to_others": {
        "ko": "다른 사람이 이 폴더의 열쇠를 바꿔 놓을 수 있습니다. chmod 700으로 본인만 쓰게 하세요.",
        "en": "others can put another key into this folder. Make it yours alone with chmod 700.",
    },
    "key_beside_the_data": {
        "ko": "열쇠가 자료와 함께 {folder}에 있습니다. 자료를 받는 사람이 열쇠까지 받지 않도록 밖으로 옮기세요.",
        "en": "the key is with the data in {folder}. Move it out, so that nobody is given the key with the data.",
    },
    "key_under_version_control": {
        "ko": "열쇠가 Git 저장소 {folder} 안에 있어 저장소와 함께 퍼질 수 있습니다. 저장소 밖으로 옮기세요.",
        "en": "the key is inside the Git work tree {folder} and could leave with it. Move it out.",
    },
    "key_malformed": {
        "ko": "열쇠가 아닙니다. 16진수나 base64로 적은 무작위 {bytes}바이트 이상이어야 합니다. 보관한 사본으로 되돌리세요.",
        "en": "this is no key: at least {bytes} random bytes in hexadecimal digits or base64. Put the copy you kept in its"
        " place.",
    },
    "key_there_already": {
        "ko": "열쇠가 이미 있습니다. 덮어쓰면 예전 가명번호와 이어지지 않으므로 그대로 두었습니다.",
        "en": "there is a key already. It stays as it is: another one would part people from their earlier pseudonyms.",
    },
    "correction_needs_one_place": {
        "ko": "key(기록의 키)와 row(받은 파일의 행) 가운데 하나만 적어야 합니다.",
        "en": "say either key (of the record) or row (of the received file).",
    },
    "correction_needs_whole_key": {
        "ko": "key에는 키의 모든 열을 적어야 합니다: {columns}.",
        "en": "key needs every column of the record's key: {columns}.",
    },
    "correction_changes_or_drops": {
        "ko": "after(고칠 글)와 drop = true(기록을 뺌) 가운데 하나만 적어야 합니다.",
        "en": "say either after (the text to read instead) or drop = true (to leave the record out).",
    },
    "correction_expects_nothing": {
        "ko": "column과 before(지금 있어야 할 글)를 함께 적어야 합니다. key로 기록을 빼는 때만 생략할 수 있습니다.",
        "en": "say column and before (the text that must be there) together; only to drop a record by its key they may be left"
        " out.",
    },
    "correction_changes_nothing": {
        "ko": "before와 after가 같습니다. 고칠 것이 없으면 이 정정을 지우세요.",
        "en": "before and after are the same. Delete this correction if nothing is to change.",
    },
    "correction_repeated": {
        "ko": "같은 칸이나 기록을 다른 정정도 고칩니다. 하나만 남기세요.",
        "en": "another correction has the same cell or record. Keep one of them.",
    },
    "correction_of_no_file": {
        "ko": "{kind} 기록을 주는 이런 파일이 sources.toml에 없습니다.⟨ 있는 것은 {files}입니다.⟩",
        "en": "no such file feeds {kind}.⟨ In sources.toml there is: {files}.⟩",
    },
    "correction_of_several_files": {
        "ko": "{kind} 기록을 주는 것이 여럿입니다({files}). file에 하나를 적으세요.",
        "en": "several sources feed {kind} ({files}). Say in file which one is meant.",
    },
    "correction_names_people": {
        "ko": "사람을 적는 칸에는 가명번호(p와 16진수 32자리)만 적을 수 있습니다. 이름이나 사번을 지우세요.",
        "en": "of a person only the pseudonym (p and 32 hexadecimal digits) may stand here. Delete the name or number.",
    },
    "correction_not_found": {
        "ko": "고칠 기록이 받은 파일에 없습니다. key나 row를 확인하고, 이미 고쳐 왔으면 이 정정을 지우세요.",
        "en": "the received file has no such record. Check key or row; if the record is gone, delete this correction.",
    },
    "correction_found_often": {
        "ko": "고칠 기록이 하나가 아니라 여럿입니다({rows}행). key 대신 row를 적으세요.",
        "en": "it fits several records (rows {rows}). Say row instead of key.",
    },
    "correction_found_other": {
        "ko": "{column} 칸에 before와 다른 글 '{found}'이(가) 있습니다. 파일이 바뀌었는지 확인하고 정정을 고치거나 지우세요.",
        "en": "{column} holds '{found}', not what before says. See whether the file has changed; mend or delete this"
        " correction.",
    },
    "load_of_no_source": {
        "ko": "이 이름의 파일을 읽는 곳이 sources.toml에 없습니다⟨({nearest})⟩. 어느 파일의 새 판인지 --as로 알려 주세요.",
        "en": "nothing in sources.toml reads a file of this name⟨ ({nearest})⟩. Say with --as which file it is a version of.",
    },
    "load_described_otherwise": {
        "ko": "그사이 '{file}'을(를) 읽는 법이 다르게 정해졌습니다. 아무것도 바꾸지 않았습니다. 파일을 처음부터 다시 올리세요.",
        "en": "in the meantime it was settled otherwise how '{file}' is read; nothing was changed. Upload the file anew.",
    },
    "load_of_several_files": {
        "ko": "이 이름의 파일이 여럿입니다({files}). 어느 것인지 --as로 알려 주세요.",
        "en": "several files have this name ({files}). Say with --as which one is meant.",
    },
    "load_of_several_layouts": {
        "ko": "사람에 관한 이 파일을 여러 모양(시트, 열 이름 행)으로 읽고 있어 가명 사본 하나로 둘 수 없습니다. 파일을 나누세요.",
        "en": "this file about people is read in several layouts (sheets, header rows), which one pseudonymised copy cannot"
        " hold. Split the file.",
    },
    "loads_damaged": {
        "ko": "적재 기록의 이 줄이 적힌 그대로가 아닙니다. 백업에서 되돌리세요.",
        "en": "this line of the record of loads is not as it was written. Bring it back from the backup.",
    },
    "alias_unknown_unit": {
        "ko": "부서코드 '{unit}'이(가) 부서 명단에 없습니다⟨(가까운 것: {nearest})⟩. jipyo alias로 후보를 보세요.",
        "en": "there is no department with the code '{unit}'⟨ (nearest: {nearest})⟩. See the suggestions of jipyo alias.",
    },
    "alias_unit_ended": {
        "ko": "부서 '{unit}'은(는) {until}까지였습니다⟨(지금 있는 것: {nearest})⟩. 그때의 기록 때문이면 --ended를 붙이세요.",
        "en": "the department '{unit}' ended on {until}⟨ (nearest that lasts: {nearest})⟩. If records of that time are meant, add --ended.",
    },
    "alias_not_needed": {
        "ko": "이 이름은 이미 부서 '{unit}'입니다. 정할 것이 없습니다.",
        "en": "this name is the department '{unit}' already. There is nothing to decide.",
    },
    "alias_decided_already": {
        "ko": "이 이름은 이미 '{unit}'(으)로 정해졌습니다. 바꾸려면 --replace를 붙이세요. 다른 별칭 파일에 있으면 그 파일을 고치세요.",
        "en": "this name is decided already: '{unit}'. Add --replace to decide again; if another file of aliases says so,"
        " correct that file.",
    },
    "recognition_unknown_word": {
        "ko": "'{said}'은(는) 쓸 수 없는 말입니다. 쓸 수 있는 말: {known}.",
        "en": "'{said}' cannot be said here. What can be: {known}.",
    },
    "recognition_needs_reason": {
        "ko": "누가 정했는지 --by에, 불인정과 보완은 왜 그런지 --reason에 적으세요.",
        "en": "say who decided with --by, and why with --reason where a record is refused or sent back.",
    },
    "recognition_reason_not_listed": {
        "ko": "'{reason}'은(는) 규칙의 사유 목록에 없습니다. 목록의 사유({known})를 쓰거나 목록에 더하세요.",
        "en": "'{reason}' is not among the rulebook's reasons. Use one of them ({known}), or add it to the list.",
    },
    "recognition_line_refused": {
        "ko": "{column}에 쓸 수 없는 글자가 있거나 너무 깁니다. 한 줄로 짧게 적으세요.",
        "en": "{column} holds signs that cannot be kept, or is too long. Write one short line.",
    },
    "recognition_no_such_record": {
        "ko": "이런 기록이 없습니다.⟨ 비슷한 번호: {nearest}.⟩ 번호를 확인하세요.",
        "en": "there is no such record.⟨ Meant is perhaps: {nearest}.⟩ Check the identifier.",
    },
    "recognition_decided_already": {
        "ko": "{day}에 이미 정한 기록입니다. 마지막 결정이 유효하므로 그 뒤의 날에 다시 정하거나 그날의 결정을 고치세요.",
        "en": "it was decided on {day}. The latest decision stands: decide on a later day, or correct that decision.",
    },
    "alias_needs_reason": {
        "ko": "누가 왜 그렇게 정했는지 --why와 --by에 적으세요.",
        "en": "say why with --why and who decided with --by.",
    },
    "alias_line_refused": {
        "ko": "{column} 칸에 비었거나 너무 길거나 쓸 수 없는 글이 있습니다. 한 줄로 짧게 적으세요.",
        "en": "{column} is empty, too long or holds characters that cannot be kept. Write one short line.",
    },
    "alias_file_has_other_columns": {
        "ko": "열이 {columns} 가운데에 있지 않거나 행의 칸이 모자랍니다. 이 열로 된 파일만 덧붙여 쓸 수 있습니다.",
        "en": "its columns are not among {columns}, or a row lacks cells. Only a file with these columns can be added to.",
    },
    "alias_source_not_added": {
        "ko": "끝에 덧붙일 수 없는 모양입니다. {file}을 읽는 [[source]]를 직접 적은 뒤 다시 하세요.",
        "en": "nothing can be added at its end. Write a [[source]] for {file} yourself and try again.",
    },
    "alias_arguments": {
        "ko": "이름과 부서코드를 함께 쓰거나 --file 하나만 쓰세요. 아무것도 쓰지 않으면 목록이 나옵니다.",
        "en": "give NAME and UNIT together, or --file alone, or neither for the list.",
    },
}
