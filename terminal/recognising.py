"""Recognition, told: what the machine would refuse and why, and reasons outside the rulebook's list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from etl.contracts.words import heading
from etl.errors import Language
from etl.particles import filled
from etl.recognition import Proposal, Unlisted
from etl.release.tables import cell_text
from etl.scoring.rulebook import Rulebook
from terminal.screen import language, tell

_BECAUSE: Final[dict[str, dict[Language, str]]] = {
    "outside_period": {
        "ko": "{day}의 실적이고 평가 기간은 {start}부터 {end}까지입니다.",
        "en": "done on {day}; the period is {start} to {end}.",
    },
    "last_years_task": {
        "ko": "{other_day}의 {other_id} '{other_title}'이(가) 지난 기간에 인정되었습니다.",
        "en": "{other_id} '{other_title}' of {other_day} was recognised in an earlier period.",
    },
    "same_topic": {
        "ko": "{other_day}의 {other_id} '{other_title}'와(과) 주제가 같습니다.",
        "en": "it has the topic of {other_id} '{other_title}' of {other_day}.",
    },
    "not_an_analysis": {
        "ko": "기록에 조사·연구·시스템 구축이라고 적혀 있습니다.",
        "en": "the record says that it is a survey, research or a system.",
    },
    "no_document": {"ko": "문서번호가 없습니다.", "en": "it has no document number."},
    "same_achievement": {
        "ko": "문서번호 {document_no}이(가) {other_id} '{other_title}'에도 있습니다.",
        "en": "its document {document_no} is also that of {other_id} '{other_title}'.",
    },
}
_TONGUES: Final[tuple[Language, ...]] = ("ko", "en")
_NOTHING: Final[dict[Language, str]] = {
    "ko": "심의를 기다리는 실적에서 목록의 사유에 걸리는 것이 없습니다.",
    "en": "no record that waits for a decision meets a reason of the list.",
}
_DECIDE: Final[dict[Language, str]] = {
    "ko": "제안일 뿐입니다. 정하려면 --decide 종류 번호 결정 --reason 사유 --by 결정자.",
    "en": "these are proposals. To decide: --decide KIND ID DECISION --reason WHY --by WHO.",
}
_UNLISTED: Final[dict[Language, str]] = {
    "ko": "{kind} {record}의 사유 '{reason}'은(는) 규칙의 목록에 없습니다. 결정은 그대로 둡니다."
    " 목록에 더하거나 목록의 사유로 다시 정하세요.",
    "en": "{kind} {record}: the reason '{reason}' is not in the rulebook's list. The decision stands."
    " Add it to the list, or decide again with a reason of the list.",
}


def proposal_lines(proposals: Sequence[Proposal], rulebook: Rulebook, tongue: Language) -> list[str]:
    """The proposals for a person, one a line, and how to decide."""
    if not proposals:
        return [_NOTHING[tongue]]
    return [*(_line(one, rulebook, tongue) for one in proposals), _DECIDE[tongue]]


def _line(one: Proposal, rulebook: Rulebook, tongue: Language) -> str:
    name = one.refusal.name.ko if tongue == "ko" else one.refusal.name.en
    kind = heading(one.record_kind, "heading", tongue)
    return f"{kind} {one.record_id} '{one.title}' ({one.unit_id}): {name} — {_because(one, rulebook, tongue)}"


def _because(one: Proposal, rulebook: Rulebook, tongue: Language) -> str:
    period = rulebook.evaluation.period
    return filled(
        _BECAUSE[str(one.refusal.check)][tongue],
        day=one.day,
        start=period.start,
        end=period.end,
        document_no=one.document_no,
        other_id=one.other_id,
        other_title=one.other_title,
        other_day=one.other_day,
    )


def proposal_json(one: Proposal, rulebook: Rulebook) -> dict[str, Any]:
    """A proposal for a program."""
    facts = {
        column: cell_text(value) if (value := getattr(one, column)) is not None else None
        for column in ("record_kind", "record_id", "unit_id", "title", "day", "document_no")
    }
    other = {part: cell_text(getattr(one, f"other_{part}")) or None for part in ("kind", "id", "title", "day")}
    return {
        **facts,
        "refusal": one.refusal.id,
        "check": one.refusal.check,
        "because": {tongue: _because(one, rulebook, tongue) for tongue in _TONGUES},
        "other": other if one.other_id is not None else None,
    }


def tell_unlisted(found: Iterable[Unlisted]) -> None:
    """The decisions with a reason outside the rulebook's list, on stderr."""
    for one in found:
        facts = {"kind": heading(one.record_kind, "heading", language()), "record": one.record_id}
        tell(filled(_UNLISTED[language()], **facts, reason=one.reason))
