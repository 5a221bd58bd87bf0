"""What can be wrong with a release, with measuring, and with a table of metrics, in Korean and English."""

from __future__ import annotations

from typing import Final

RELEASE_MESSAGES: Final[dict[str, dict[str, str]]] = {
    "nothing_published": {
        "ko": "아직 공표된 공개본이 없습니다. jipyo publish로 하나를 공표하거나 폴더를 바로 적으세요: {releases}.",
        "en": "none of the releases here is published yet. Publish one with jipyo publish, or name its folder: {releases}.",
    },
    "no_such_release": {
        "ko": "공개본이 없습니다. 공개본 폴더(예: releases/2021-0a1b2c3d4e5f)를 적으세요.",
        "en": "there is no release here. Name a release's folder, such as releases/2021-0a1b2c3d4e5f.",
    },
    "submission_needs_a_body": {
        "ko": "이 공개본은 부서를 평가한 것이거나 기록 없이 만든 것입니다. 기관 전체를 평가하는 규칙(예: data/rulebooks/mois-2025-basic.toml)으로 평가한 공개본을 적으세요.",
        "en": "this release is about departments, or has no records behind it. Name one that was evaluated under a rulebook for the body as a whole, such as data/rulebooks/mois-2025-basic.toml.",
    },
    "robustness_outranks": {
        "ko": "이 규칙서는 점수가 아니라 쌍대비교로 순위를 매기므로 가중치를 흔들어 볼 점수가 없습니다. 점수로 순위를 매긴 공개본을 적으세요.",
        "en": "this rulebook ranks by comparing departments in pairs, so there is no score to weigh anew. Name a release"
        " that ranks by score.",
    },
    "robustness_draws": {
        "ko": "추출 횟수는 1회에서 {most}회까지입니다({draws}). --draws를 고치세요.",
        "en": "weights are drawn 1 to {most} times, not {draws}. Correct --draws.",
    },
    "robustness_seed": {
        "ko": "난수 씨앗은 0 이상의 정수입니다({seed}). --seed를 고치세요.",
        "en": "a seed is a whole number of zero or more, not {seed}. Correct --seed.",
    },
    "robustness_spread": {
        "ko": "가중치를 흔드는 폭은 0 이상 1 미만입니다({spread}).",
        "en": "weights vary by a part of themselves of 0 to less than 1, not {spread}.",
    },
    "engine_refused": {
        "ko": "계산을 마치지 못했습니다({why}). 디스크의 빈 공간과 메모리를 확인하고, 되풀이되면 이 문장을 알려 주세요.",
        "en": "the computation could not be finished ({why}). Check free disk space and memory; if it happens again,"
        " please report this sentence.",
    },
    "disk_says_no": {
        "ko": "파일을 읽거나 쓰지 못했습니다({why}). 경로, 권한, 빈 공간을 확인하세요.",
        "en": "a file could not be read or written ({why}). Check the path, the permissions and the free space.",
    },
    "current_malformed": {
        "ko": "공표 목록(CURRENT)이 쓰인 그대로가 아닙니다. 지우고 jipyo publish로 다시 공표하세요.",
        "en": "the list of published releases is not as it was written. Remove it and publish again with jipyo publish.",
    },
    "no_such_unit": {
        "ko": "'{unit}'라는 부서가 이 공개본에 없습니다.⟨ 비슷한 이름: {nearest}.⟩ 부서코드나 부서명을 적으세요.",
        "en": "this release has no department '{unit}'.⟨ Meant is perhaps: {nearest}.⟩ Give a department's code or name.",
    },
    "unit_name_shared": {
        "ko": "'{unit}'라는 부서가 여럿입니다: {codes}. 부서코드를 적으세요.",
        "en": "several departments are called '{unit}': {codes}. Give the department's code.",
    },
    "release_not_written": {
        "ko": "공개본을 쓰지 못했습니다. 디스크의 빈 공간과 권한을 확인하세요.",
        "en": "the release could not be written. Check the disk's free space and the permissions.",
    },
    "rulebook_not_readable": {
        "ko": "규칙서를 읽지 못했습니다({why}). 경로를 확인하세요.",
        "en": "the rulebook could not be read ({why}). Check the path.",
    },
    "metric_has_another_shape": {
        "ko": "지표 SQL은 unit_id, record_id, amount(정수나 소수 6자리까지의 DECIMAL), reason을 내야 하는데 {found}를 냅니다.",
        "en": "a metric yields unit_id, record_id, amount (an integer, or DECIMAL of at most 6 decimals) and reason; this"
        " one yields {found}.",
    },
    "metric_reads_no_metric": {
        "ko": "지표 SQL이 metric_{other}를 읽는데, 그런 지표가 없거나 자기 자신으로 되돌아옵니다. 이름을 고치거나 고리를 끊으세요.",
        "en": "it reads metric_{other}, and there is no such metric, or it comes back to this one. Correct the name, or"
        " break the circle.",
    },
    "metric_without_records": {
        "ko": "지표 SQL 머리말에 '-- Records: 종류.' 줄이 있어야 합니다. 종류: {known}.",
        "en": "a metric's header needs the line '-- Records: kind.'; the kinds are {known}.",
    },
    "verify_no_sums": {
        "ko": "SHA256SUMS를 읽을 수 없습니다. 공개본 폴더가 온전한지 확인하세요.",
        "en": "SHA256SUMS cannot be read. Check that the release is complete.",
    },
    "verify_sums_malformed": {
        "ko": "SHA256SUMS가 쓰인 그대로가 아닙니다.",
        "en": "SHA256SUMS is not as it was written.",
    },
    "verify_file_missing": {
        "ko": "공개본에 있어야 할 파일이 없습니다.",
        "en": "a file of the release is missing.",
    },
    "verify_file_extra": {
        "ko": "공개본에 없던 파일입니다.",
        "en": "this file is not part of the release.",
    },
    "verify_file_changed": {
        "ko": "파일이 봉인된 뒤 바뀌었습니다.",
        "en": "the file was changed after it was sealed.",
    },
    "verify_manifest_unreadable": {
        "ko": "명세(manifest)를 읽을 수 없습니다.",
        "en": "the manifest cannot be read.",
    },
    "verify_manifest_not_canonical": {
        "ko": "명세(manifest)가 표준 형식(RFC 8785)이 아닙니다.",
        "en": "the manifest is not in its canonical form (RFC 8785).",
    },
    "verify_wrong_name": {
        "ko": "내용에 따른 이름은 {name}입니다.",
        "en": "its content gives it the name {name}.",
    },
    "verify_not_in_manifest": {
        "ko": "명세(manifest)에 적힌 것과 다릅니다.",
        "en": "this is not what the manifest says.",
    },
    "verify_cannot_recompute": {
        "ko": "다시 계산하지 못했습니다: {why}",
        "en": "it cannot be computed again: {why}",
    },
    "verify_other_definition": {
        "ko": "공개본을 만든 지표 정의와 다릅니다. Jipyo {version}로 검증하세요.",
        "en": "this is not the definition the release was made with. Verify it with Jipyo {version}.",
    },
    "verify_number_differs": {
        "ko": "공개된 값은 '{published}'인데 다시 계산하면 '{recomputed}'입니다.",
        "en": "published is '{published}', computed again it is '{recomputed}'.",
    },
    "verify_other_seal": {
        "ko": "공표할 때 CURRENT에 적은 봉인값과 다릅니다. 공표 뒤에 바뀐 공개본입니다.",
        "en": "its seal is not the one that CURRENT has held since it was published: it was changed afterwards.",
    },
    "verify_written_otherwise": {
        "ko": "줄바꿈, 따옴표나 글자 부호가 달라 바이트가 같지 않습니다.",
        "en": "its cells may be the same, its bytes are not (line ends, quotes or the encoding).",
    },
    "verify_rows_differ": {
        "ko": "공개된 행은 {published}개인데 다시 계산하면 {recomputed}개입니다.",
        "en": "{published} rows are published, computed again there are {recomputed}.",
    },
    "given_column_missing": {
        "ko": "'{column}' 열이 없습니다. unit_id, metric, value 열이 있어야 합니다.",
        "en": "there is no column '{column}'. A table of metrics has unit_id, metric and value; one of units has unit_id.",
    },
    "given_wrong_cells": {
        "ko": "칸이 {cells}개여서 열 이름의 수와 다릅니다.",
        "en": "it has {cells} cells, another number than the header.",
    },
    "given_without": {
        "ko": "{column} 칸이 비어 있습니다.",
        "en": "{column} is empty.",
    },
    "given_control_characters": {
        "ko": "{column} 칸에 줄바꿈 같은 제어 문자가 있습니다. 지우고 다시 저장하세요.",
        "en": "{column} holds a line break or another control character. Remove it and save the file again.",
    },
    "given_unit_twice": {
        "ko": "'{unit}'이(가) 두 번 나옵니다. 하나만 남기세요.",
        "en": "'{unit}' is listed twice. Keep one.",
    },
    "given_twice": {
        "ko": "{unit}의 {metric} 값이 두 번 나옵니다. 하나만 남기세요.",
        "en": "{metric} of {unit} is given twice. Keep one.",
    },
    "given_not_a_number": {
        "ko": "'{value}'은(는) 수가 아닙니다. 없는 값은 빈칸으로 두세요.",
        "en": "'{value}' is not a number. Leave the cell empty where there is no value.",
    },
    "given_unknown_state": {
        "ko": "state가 '{state}'인데 쓸 수 있는 것은 {known}입니다.",
        "en": "state is '{state}'; it can be {known}.",
    },
    "given_for_unknown_units": {
        "ko": "값은 있는데 단위 목록에 없는 것이 있습니다: {units}",
        "en": "there are values for units that are not in the list: {units}",
    },
}
