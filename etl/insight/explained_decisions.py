"""The decisions behind a department's score: bonus, penalty and veto, approved 해당없음, the marks of a panel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, Final

from etl.errors import Language
from etl.insight.decisions import LedgerLine, PanelMarkLine, Waiver, ledger_lines, panel_marks, waivers
from etl.insight.double_credit import DoubleCredit
from etl.insight.fed_rules import FedRule
from etl.insight.reading import Reading
from etl.insight.records import Origin
from etl.release.tables import cell_text
from etl.scoring.rulebook_points import Panel

_KINDS: Final = {
    "bonus": {"ko": "가점", "en": "bonus"},
    "penalty": {"ko": "감점", "en": "penalty"},
    "veto": {"ko": "등급 제한", "en": "limit on the grade"},
}


@dataclass(frozen=True, slots=True)
class Decisions:
    """What people decided about one department.

    Attributes:
        ledger: bonus, penalty and veto entries of the period, by day.
        waivers: approved requests that an indicator does not apply, by indicator.
        marks: indicator of a panel -> its marks, by assessor.
    """

    ledger: tuple[LedgerLine, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    marks: Mapping[str, tuple[PanelMarkLine, ...]] | None = None

    def marks_of(self, indicator: str) -> tuple[PanelMarkLine, ...]:
        """The marks behind an indicator; none where no panel gives its points."""
        return (self.marks or {}).get(indicator, ())

    def waiver_of(self, indicator: str) -> Waiver | None:
        """The approved request that an indicator does not apply, if there is one."""
        return next((waiver for waiver in self.waivers if waiver.indicator == indicator), None)


def decisions_about(reading: Reading, unit_id: str) -> Decisions:
    """What people decided about a department; nothing where a table of metrics was scored."""
    if not reading.has_records:
        return Decisions()
    panels = [indicator.id for indicator in reading.rulebook.indicators if isinstance(indicator.points, Panel)]
    return Decisions(
        tuple(ledger_lines(reading, unit_id)),
        tuple(waivers(reading, unit_id)),
        {indicator: tuple(panel_marks(reading, indicator, unit_id)) for indicator in panels},
    )


def decision_json(line: LedgerLine | Waiver | PanelMarkLine) -> dict[str, Any]:
    """One decision for a program: numbers as decimal text, days as YYYY-MM-DD, where it stood as file and row."""
    values = {field.name: getattr(line, field.name) for field in fields(line) if field.name != "origin"}
    told = {
        name: value if value is None or isinstance(value, bool) else cell_text(value) for name, value in values.items()
    }
    return {**told, "file": line.origin.file, "row": line.origin.row}


def ledger_text(decisions: Decisions, language: Language) -> Iterator[str]:
    """The entries of bonus, penalty and veto, a line each."""
    for line in decisions.ledger:
        kind, points = _KINDS[line.kind][language], "" if line.kind == "veto" else f" {cell_text(line.points)}"
        document = f" ({line.document_no})" if line.document_no else ""
        yield f"{kind}{points} · {line.entry_id} · {line.reason}{document}{_place(line.origin, language)}"


def fed_rule_json(fed: FedRule) -> dict[str, Any]:
    """A rule that a metric feeds, for a program."""
    rule = fed.rule
    return {
        "kind": fed.kind,
        "rule": rule.id,
        "name": {"ko": rule.name.ko, "en": rule.name.en},
        "points": cell_text(fed.points),
        "cap": None if rule.cap is None else cell_text(rule.cap),
    }


def fed_rule_text(fed: FedRule, language: Language) -> str:
    """A rule that a metric feeds: what it measured, what 1 is worth, what that comes to, and the cap."""
    rule, korean = fed.rule, language == "ko"
    measured = ("값 없음" if korean else "no value") if fed.row.value is None else cell_text(fed.row.value)
    cap = "" if rule.cap is None else f" ({'상한' if korean else 'cap'} {cell_text(rule.cap)})"
    name = rule.name.ko if korean else rule.name.en
    line = f"{_KINDS[fed.kind][language]} {cell_text(fed.points)}{cap} · {name}"
    return f"{line} = {fed.row.metric} {measured} × {cell_text(rule.points)}"


def double_json(found: DoubleCredit) -> dict[str, Any]:
    """An achievement that would earn twice, for a program."""
    records = [
        {
            "kind": claim.kind,
            "record_id": claim.record_id,
            "unit_id": claim.unit_id,
            "document_no": claim.document_no,
            "earns": claim.earns,
            "under": list(claim.under),
            "held_back": claim.held_back,
            "file": claim.origin.file,
            "row": claim.origin.row,
        }
        for claim in found.claims
    ]
    return {"open": found.is_open, "links": list(found.links), "records": records}


def doubles_text(doubles: Iterable[DoubleCredit], language: Language) -> Iterator[str]:
    """Achievements that earn twice and wait for a decision, and those of which a metric kept one back."""
    states = {
        True: {"ko": "이중 반영, 정해야 함", "en": "earns twice, to be decided"},
        False: {"ko": "한 실적, 한 번만 반영", "en": "one achievement, earns once"},
    }
    for found in doubles:
        records = ", ".join(f"{claim.record_id}{_place(claim.origin, language)}" for claim in found.claims)
        yield f"{states[found.is_open][language]}: {records}"


def waiver_text(waiver: Waiver, language: Language) -> str:
    """Why an indicator does not apply."""
    approved = "승인" if language == "ko" else "approved"
    day = f" {waiver.decided_on.isoformat()}" if waiver.decided_on else ""
    return f"{approved}{day}: {waiver.reason}{_place(waiver.origin, language)}"


def marks_text(marks: tuple[PanelMarkLine, ...], language: Language) -> Iterator[str]:
    """The marks of a panel, a line each; those left out of the mean say so."""
    left_out = " (평균에서 뺌)" if language == "ko" else " (left out of the mean)"
    for line in marks:
        yield f"{line.assessor} = {cell_text(line.mark)}{left_out * line.trimmed}{_place(line.origin, language)}"


def _place(origin: Origin, language: Language) -> str:
    if origin.file is None or origin.row is None:
        return ""
    row = f"{origin.row}행" if language == "ko" else f"row {origin.row}"
    return f" [{origin.file}, {row}]"
