"""What a fault of a rulebook, or of inputs that do not fit it, says in Korean and English."""

from __future__ import annotations

from typing import Final

RULEBOOK_MESSAGES: Final[dict[str, dict[str, str]]] = {
    # --- the file -----------------------------------------------------------------------------------------------
    # --- keys and types -----------------------------------------------------------------------------------------
    # --- references ---------------------------------------------------------------------------------------------
    "rulebook_duplicate": {
        "ko": "'{name}'이(가) 두 번 나옵니다. 어느 쪽을 뜻하는지 알 수 없으니 하나의 이름을 바꾸거나 지우세요.",
        "en": '"{name}" is there twice, so nobody knows which one is meant. Rename or remove one of them.',
    },
    "rulebook_unknown_area": {
        "ko": "'{name}' 영역이 없습니다.⟨ 비슷한 영역: {nearest}.⟩ 이름을 고치거나 [[areas]]에 추가하세요.",
        "en": 'There is no area "{name}".⟨ Perhaps: {nearest}.⟩ Correct the name, or add it under [[areas]].',
    },
    "rulebook_unknown_node": {
        "ko": "'{name}' 지표나 영역이 없습니다.⟨ 비슷한 이름: {nearest}.⟩ 이름을 고치세요.",
        "en": 'There is no indicator or area "{name}".⟨ Perhaps: {nearest}.⟩ Correct the name.',
    },
    "rulebook_unknown_peer_group": {
        "ko": "'{name}' 평가군이 없습니다.⟨ 비슷한 평가군: {nearest}.⟩ 이름을 고치거나 [[peer_groups]]에 추가하세요.",
        "en": 'There is no peer group "{name}".⟨ Perhaps: {nearest}.⟩ Correct the name, or add it under [[peer_groups]].',
    },
    "rulebook_peer_group_forgotten": {
        "ko": "평가군 {names}의 값이 없습니다. 모든 평가군의 값을 쓰세요.",
        "en": "Nothing is said for the peer groups {names}. State a number for every peer group.",
    },
    "rulebook_unknown_metric": {
        "ko": "'{name}' 측정값이 없습니다.⟨ 비슷한 측정값: {nearest}.⟩ 이름을 고치거나 측정값을 추가하세요.",
        "en": 'There is no metric "{name}".⟨ Perhaps: {nearest}.⟩ Correct the name, or add the metric.',
    },
    "rulebook_unknown_grade": {
        "ko": "'{name}' 등급이 없습니다.⟨ 쓸 수 있는 등급: {nearest}.⟩ 이름을 고치거나 [grades]에 추가하세요.",
        "en": 'There is no grade "{name}".⟨ Perhaps: {nearest}.⟩ Correct the name, or add it under [grades].',
    },
    "rulebook_area_has_no_value": {
        "ko": "영역 '{name}'에는 비교할 값이 없습니다. by = \"points\"로 바꾸거나 지표를 쓰세요.",
        "en": 'The area "{name}" has points but no value. Compare by = "points", or name an indicator.',
    },
    "rulebook_area_cycle": {
        "ko": "영역이 자기 자신 아래에 놓였습니다({path}). parent를 고쳐 고리를 끊으세요.",
        "en": "The area stands below itself ({path}), so no score has a top. Correct a parent to break the circle.",
    },
    "rulebook_nothing_below": {
        "ko": "'{name}' 아래에 지표나 영역이 없어 점수를 낼 수 없습니다. 하나 이상 추가하거나 이 영역을 지우세요.",
        "en": 'There is no indicator or area below "{name}", so it can have no score. Add one, or remove the area.',
    },
    # --- weights and points -------------------------------------------------------------------------------------
    "rulebook_weights_do_not_add_up": {
        "ko": "가중치 합이 {sum}인데 규칙은 {stated}(이)라고 합니다(평가군 {group}: {weights}). 가중치나 합을 고치세요.",
        "en": "The weights add up to {sum}, and the rulebook says {stated} (peer group {group}: {weights}). Correct a weight or the sum.",
    },
    "rulebook_full_is_the_weight": {
        "ko": "배점 합산에서는 만점이 곧 weight입니다. full을 지우세요.",
        "en": "Under a sum of points the full points are the weight. Remove this key.",
    },
    "rulebook_points_above_weight": {
        "ko": "구간 점수 {points}점이 배점 {weight}점보다 큽니다. 점수나 배점을 고치세요.",
        "en": "The table gives {points} points, more than the weight of {weight}. Correct the points or the weight.",
    },
    "rulebook_points_or_share": {
        "ko": "모든 행에 points만 쓰거나 모든 행에 share만 쓰세요. 섞거나 비우면 점수를 알 수 없습니다.",
        "en": "State points in every row, or share in every row; mixed or empty rows leave it open what they give.",
    },
    "rulebook_target_not_positive": {
        "ko": "목표 {target}은(는) 0보다 커야 합니다. 나눌 수 있는 목표를 쓰세요.",
        "en": "The target {target} is not above zero, and attainment divides by it. State a target above zero.",
    },
    "rulebook_goalposts_equal": {
        "ko": "worst와 best가 모두 {value}입니다. 두 기준점을 다르게 쓰세요.",
        "en": "Worst and best are both {value}, so nothing lies between them. State two different posts.",
    },
    "rulebook_log_goalpost": {
        "ko": "기준점 {value}의 로그를 구할 수 없습니다. 0보다 큰 기준점을 쓰거나 scale을 linear로 바꾸세요.",
        "en": 'The post {value} has no logarithm. State a post above zero, or scale = "linear".',
    },
    "rulebook_direction_contradicts": {
        "ko": "direction은 {direction}인데 worst와 best는 그 반대입니다. 둘 중 하나를 고치세요.",
        "en": "The direction is {direction}, and worst and best say the opposite. Correct one of the two.",
    },
    "rulebook_trim_leaves_nothing": {
        "ko": "점수 {marks}개에서 위아래로 {trim}개씩 빼면 남는 것이 없습니다. trim_from을 늘리거나 trim을 줄이세요.",
        "en": "Of {marks} marks none is left once {trim} are taken off at either end. Raise trim_from, or lower trim.",
    },
    "rulebook_panel_has_numerator": {
        "ko": "위원 평가는 위원 점수를 쓰므로 numerator가 필요 없습니다. 지우세요.",
        "en": "A panel indicator is scored from the panel's marks; a numerator would be ignored. Remove it.",
    },
    "rulebook_cap_below_floor": {
        "ko": "상한 {cap}이(가) 하한 {floor}보다 작습니다. 둘 중 하나를 고치세요.",
        "en": "The upper end {cap} is below the lower end {floor}. Correct one of the two.",
    },
    "rulebook_ratio_needs_two": {
        "ko": "ratio는 항목 두 개(첫째 ÷ 둘째)가 필요한데 {parts}개입니다. 두 개로 맞추세요.",
        "en": "A ratio divides the first of two parts by the second, and there are {parts}. Leave exactly two.",
    },
    "rulebook_outranking_below_root": {
        "ko": "outranking은 [score]에만 쓸 수 있습니다. 다른 합산 방법을 쓰세요.",
        "en": "Outranking orders units and gives no number, so only [score] can use it. Choose another aggregation.",
    },
    "rulebook_outranking_by_group": {
        "ko": "outranking에서는 모든 부서를 같은 가중치로 비교해야 합니다. 평가군별 가중치를 하나로 바꾸세요.",
        "en": "Outranking compares all units with the same weights. State one weight, not one per peer group.",
    },
    # --- bands --------------------------------------------------------------------------------------------------
    "rulebook_bands_empty": {
        "ko": "구간표에 행이 없습니다. 하나 이상 추가하세요.",
        "en": "The table has no rows. Add at least one.",
    },
    "rulebook_band_empty": {
        "ko": "구간 {start}~{end}에는 값이 들어갈 수 없습니다. from을 to보다 작게 쓰세요.",
        "en": "The band from {start} to {end} holds no value. Make from smaller than to.",
    },
    "rulebook_band_hole": {
        "ko": "{start}와(과) {end} 사이의 값은 어느 구간에도 들지 않습니다. 구간을 이어 쓰세요.",
        "en": "Values between {start} and {end} are in no band. Close the hole.",
    },
    "rulebook_band_hole_below": {
        "ko": "{edge} 아래의 값은 어느 구간에도 들지 않습니다. 가장 낮은 구간에서 from을 지우세요.",
        "en": "Values below {edge} are in no band. Leave out the from of the lowest band.",
    },
    "rulebook_band_hole_above": {
        "ko": "{edge} 위의 값은 어느 구간에도 들지 않습니다. 가장 높은 구간에서 to를 지우세요.",
        "en": "Values above {edge} are in no band. Leave out the to of the highest band.",
    },
    "rulebook_band_overlap": {
        "ko": "{start}와(과) {end} 사이의 값이 두 구간에 겹칩니다. 경계를 맞추세요.",
        "en": "Values between {start} and {end} are in two bands. Let one band end where the next begins.",
    },
    "rulebook_bands_out_of_order": {
        "ko": "구간의 순서가 맞지 않습니다. 낮은 구간부터 또는 높은 구간부터 차례로 쓰세요.",
        "en": "The bands are out of order. List them from the lowest to the highest, or the other way round.",
    },
    # --- dates and grades ---------------------------------------------------------------------------------------
    "rulebook_days_out_of_order": {
        "ko": "끝나는 날 {end}이(가) 시작하는 날 {start}보다 빠릅니다. 날짜를 고치세요.",
        "en": "It ends on {end}, before it starts on {start}. Correct a day.",
    },
    "rulebook_history_after_year": {
        "ko": "history_from이 평가 연도 {year}보다 늦습니다. 연도를 고치세요.",
        "en": "The history would start after the year {year} that is evaluated. Correct the year.",
    },
    "rulebook_stage_order": {
        "ko": "단계 '{stage}'은(는) '{before}'보다 앞서야 합니다. 수집·잠정·이의신청·심의·확정·공표 순서로 쓰세요.",
        "en": 'The stage "{stage}" cannot follow "{before}". Order: collecting, provisional, appeals, review, final, published.',
    },
    "rulebook_stages_overlap": {
        "ko": "단계 '{stage}'이(가) {start}에 시작하는데 '{before}'이(가) 아직 끝나지 않았습니다. 날짜를 고치세요.",
        "en": 'The stage "{stage}" starts on {start}, when "{before}" has not ended. Correct the days.',
    },
    "rulebook_not_in_force": {
        "ko": "지표의 시행 기간({start}~{end})이 평가 기간({from}~{to})과 겹치지 않습니다. 날짜를 고치거나 지표를 지우세요.",
        "en": "The indicator is in force from {start} to {end}, on no day of the period from {from} to {to}. Correct the days, or remove it.",
    },
    "rulebook_metric_in_two_periods": {
        "ko": "측정값 '{metric}'은(는) 다른 지표에서 {first}의 기록을 세는데 여기서는 {own}의 기록을 셉니다. 기간을 맞추거나 다른 이름의 측정값을 쓰세요.",
        "en": 'The metric "{metric}" counts the days {first} for another indicator and {own} here. Use one period, or a metric of another name.',
    },
    "rulebook_body_has_groups": {
        "ko": "기관 전체를 하나로 평가하는 규칙에는 견줄 상대가 없어 평가군을 둘 수 없습니다. [[peer_groups]]나 body를 지우세요.",
        "en": "The body as a whole is one unit and stands in no peer group. Remove [[peer_groups]], or body.",
    },
    "rulebook_quotas_do_not_add_up": {
        "ko": "등급 비율의 합이 {sum}%입니다. 합이 100%가 되게 고치세요.",
        "en": "The shares of the grades add up to {sum} %. Make them add up to 100 %.",
    },
    # --- inputs that do not fit the rulebook --------------------------------------------------------------------
    "score_duplicate_unit": {
        "ko": "같은 부서가 두 번 나옵니다. 한 부서는 한 번만 평가할 수 있으니 하나를 지우세요.",
        "en": "This unit is there twice, and can be scored only once. Remove one of them.",
    },
    "score_unknown_peer_group": {
        "ko": "부서의 평가군 '{name}'이(가) 규칙에 없습니다(규칙의 평가군: {known}). 부서 자료나 규칙을 고치세요.",
        "en": 'The unit\'s peer group "{name}" is not in the rulebook (it has: {known}). Correct the unit, or the rulebook.',
    },
    "score_unknown_indicator": {
        "ko": "해당없음 승인이나 위원 점수에 쓰인 지표 '{name}'이(가) 규칙에 없습니다(규칙의 지표: {known}). 이름을 고치세요.",
        "en": 'An approval or mark names the indicator "{name}", which the rulebook does not have (it has: {known}). Correct the name.',
    },
    "score_unknown_entry_rule": {
        "ko": "가감점 기록의 규칙 '{name}'({kind})이(가) 규칙 파일에 없습니다⟨(있는 규칙: {known})⟩. 기록이나 규칙을 고치세요.",
        "en": 'The ledger entry names the {kind} rule "{name}", which the rulebook does not have⟨ (it has: {known})⟩. Correct one of them.',
    },
    "score_entry_under_fed_rule": {
        "ko": "가감점 규칙 '{name}'은(는) 측정값 {metric}(으)로 계산하므로 가감점 기록을 받지 않습니다. 같은 실적에 두 번 점수를 줄 수 있으니 기록을 지우거나 다른 규칙으로 옮기세요.",
        "en": 'The rule "{name}" is fed by the metric {metric} and takes no ledger entries, so that nothing earns twice. Remove the entry, or move it to another rule.',
    },
    "score_too_many_to_outrank": {
        "ko": "outranking은 {most}개까지만 정확히 계산합니다. 비교할 부서가 {units}개이니 나누거나 다른 방법을 쓰세요.",
        "en": "Outranking is exact for at most {most} units, and there are {units}. Compare fewer, or rank by the score.",
    },
}
