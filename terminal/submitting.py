"""What a body would submit, told: lines for a person, JSON for a program, evidence sheets as CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from etl.errors import Language
from etl.insight.definitions import define
from etl.insight.explained_decisions import decision_json, fed_rule_json, fed_rule_text
from etl.insight.next_step import Step
from etl.insight.reasons import not_ranked_because
from etl.insight.submission import DepartmentPart, Submission, SubmissionLine
from etl.intake.returned import harmless
from etl.release.tables import cell_text
from etl.scoring.rulebook_parts import Indicator
from etl.scoring.rulebook_terms import Text

ABOUT_NAMES: Final[dict[Language, str]] = {
    "ko": "성명 칸에는 이름이 아니라 가명이 있습니다. 이름은 기록에 없으며,"
    " 가명의 열쇠와 인사 자료가 있는 곳에서만 채울 수 있습니다.",
    "en": "Where a sheet asks for a name stands a pseudonym: names are in no record,"
    " and can be filled in only where the key of the pseudonyms and the personnel data are.",
}
_SHOWN_DEPARTMENTS: Final = 5
_SUMMARY: Final = ("지표", "값", "단위", "목표", "점수", "배점", "상태", "기관이 채울 것")


def submission_lines(told: Submission, language: Language) -> Iterator[str]:
    """The submission for a person."""
    evaluation, korean = told.reading.rulebook.evaluation, language == "ko"
    label = ("합성 예시 · " if korean else "synthetic example · ") if evaluation.example else ""
    body = evaluation.body
    name = _said(body.name, language) if body else told.body.name
    yield f"{label}{_said(evaluation.title, language)} · {told.reading.manifest.name}"
    yield f"{name}: {_score(told, language)}"
    for line in told.lines:
        yield from _line(line, language)
    for bonus in told.bonus:
        yield f"- {fed_rule_text(bonus.fed, language)}"
        yield from _departments(bonus.parts, language)
    for entry in told.ledger:
        kind = {"bonus": ("가점", "bonus"), "penalty": ("감점", "penalty"), "veto": ("등급 제한", "veto")}[entry.kind]
        yield f"- {kind[0 if korean else 1]} {cell_text(entry.points)} · {entry.occurred_on} · {entry.reason}"


def _score(told: Submission, language: Language) -> str:
    score, korean = told.score, language == "ko"
    parts = [cell_text(part) or "-" for part in (score.score, score.base, score.bonus, score.penalty)]
    line = "{}점 = 기본 {} + 가점 {} - 감점 {}" if korean else "{} points = base {} + bonus {} - penalty {}"
    if told.rank is not None and told.rank.grade:
        return line.format(*parts) + (" · 등급 " if korean else " · grade ") + _grade(told, told.rank.grade, language)
    why = not_ranked_because(score.not_ranked_because or "", told.reading.rulebook, language)
    return line.format(*parts) + (f" · 등급 없음: {why}" if korean else f" · no grade: {why}")


def _grade(told: Submission, grade: str, language: Language) -> str:
    grades = told.reading.rulebook.grades
    named = next((one.name for one in grades.grades if one.id == grade), None) if grades else None
    return grade if named is None else _said(named, language)


def _unit(indicator: Indicator, language: Language) -> str:
    """The unit of an indicator's value: that of the records it counts, unless it is a ratio."""
    is_count = indicator.denominator is None and indicator.multiply == 1
    return define(str(indicator.numerator)).units[language] if is_count else indicator.unit


def _line(line: SubmissionLine, language: Language) -> Iterator[str]:
    row, indicator, korean = line.row, line.indicator, language == "ko"
    unit = _unit(indicator, language)
    value = ("값 없음" if korean else "no value") if row.value is None else f"{cell_text(row.value)} {unit}"
    counted = f" ({cell_text(row.numerator)} / {cell_text(row.denominator)})" if row.denominator is not None else ""
    target = "" if row.target is None else f" · {'목표' if korean else 'target'} {cell_text(row.target)}"
    points = f"{cell_text(row.points) or '-'} / {cell_text(row.weight)}"
    name = _said(indicator.name, language)
    yield f"- {name}: {points}{'점' if korean else ' points'} · {value.strip()}{counted}{target}"
    yield from (f"    {_step(step, line, language)}" for step in line.steps)
    for metric, count in line.unknown:
        known = define(metric).names[language]
        yield f"    ? {known}: 알 수 없는 기록 {count}건" if korean else f"    ? {known}: {count} records unknown"
    yield from _departments(line.parts, language)
    if indicator.to_fill_in is not None:
        yield f"    ! {_said(indicator.to_fill_in, language)}"


def _step(step: Step, line: SubmissionLine, language: Language) -> str:
    """Such as: 71명 더 있으면 40 %, 4점."""
    korean, unit = language == "ko", _unit(line.indicator, language)
    counted = define(str(line.indicator.numerator)).units[language]
    more, points = cell_text(step.more), cell_text(step.points)
    reached = f"{cell_text(step.value)} {unit}".strip()
    if korean:
        return f"> {more}{counted} 더 있으면 {reached}, {points}점"
    return f"> {more} more {counted} for {reached}: {points} points"


def _departments(parts: Sequence[DepartmentPart], language: Language) -> Iterator[str]:
    """The departments with the largest parts, and how many more have one."""
    having = [part for part in parts if part.counted]
    if not having:
        return
    shown = ", ".join(f"{part.name} {cell_text(part.amount)}" for part in having[:_SHOWN_DEPARTMENTS])
    rest = len(having) - _SHOWN_DEPARTMENTS
    more = "" if rest <= 0 else f" 외 {rest}개 부서" if language == "ko" else f" and {rest} more departments"
    yield f"    {'부서' if language == 'ko' else 'departments'}: {shown}{more}"


def _said(text: Text, language: Language) -> str:
    return text.ko if language == "ko" else text.en


def submission_json(told: Submission) -> dict[str, Any]:
    """The submission for a program: numbers as decimal text, absent values as null."""
    score = told.score
    return {
        "release": told.reading.manifest.name,
        "release_id": told.reading.manifest.release_id,
        "example": told.reading.rulebook.evaluation.example,
        "body": {"id": told.body.unit_id, "name": told.body.name},
        "score": {
            **{part: _number(getattr(score, part)) for part in ("score", "base", "bonus", "penalty", "coverage")},
            "grade": told.rank.grade if told.rank else None,
        },
        "indicators": [_line_json(line) for line in told.lines],
        "bonus": [{**fed_rule_json(line.fed), "departments": _parts_json(line.parts)} for line in told.bonus],
        "ledger": [decision_json(entry) for entry in told.ledger],
    }


def _line_json(line: SubmissionLine) -> dict[str, Any]:
    row, indicator = line.row, line.indicator
    numbers = ("numerator", "denominator", "value", "target", "points", "weight")
    fill_in = indicator.to_fill_in
    return {
        "indicator": indicator.id,
        "name": {"ko": indicator.name.ko, "en": indicator.name.en},
        "unit": indicator.unit,
        "state": row.state,
        **{name: _number(getattr(row, name)) for name in numbers},
        "steps": [
            {"more": cell_text(step.more), "value": cell_text(step.value), "points": cell_text(step.points)}
            for step in line.steps
        ],
        "unknown": dict(line.unknown),
        "departments": _parts_json(line.parts),
        "to_fill_in": None if fill_in is None else {"ko": fill_in.ko, "en": fill_in.en},
    }


def _parts_json(parts: Sequence[DepartmentPart]) -> list[dict[str, Any]]:
    return [
        {
            "unit_id": part.unit_id,
            "name": part.name,
            "amount": cell_text(part.amount),
            "counted": part.counted,
            "not_counted": part.not_counted,
        }
        for part in parts
    ]


def _number(value: object) -> str | None:
    return None if value is None else cell_text(value)


def write_sheets(told: Submission, folder: Path) -> list[Path]:
    """A summary and one evidence sheet for each indicator and fed bonus, as CSV that spreadsheets open (UTF-8 BOM).

    Args:
        told: the submission.
        folder: made if it is not there; files of the same names are replaced.

    Returns:
        the files, in the rulebook's order.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = [folder / "00-summary.csv"]
    _write(written[0], [_SUMMARY, *(_summary_row(line) for line in told.lines)])
    sheets = [line.sheet for line in told.lines] + [line.sheet for line in told.bonus]
    for number, sheet in enumerate(sheets, start=1):
        if sheet is not None:
            written.append(folder / f"{number:02d}-{sheet.metric}.csv")
            _write(written[-1], [sheet.headings, *sheet.texts])
    return written


def _summary_row(line: SubmissionLine) -> tuple[str, ...]:
    row, indicator = line.row, line.indicator
    fill_in = "" if indicator.to_fill_in is None else indicator.to_fill_in.ko
    numbers = [cell_text(number) for number in (row.value, row.target, row.points, row.weight)]
    return (indicator.name.ko, numbers[0], indicator.unit, *numbers[1:], row.state, fill_in)


def _write(path: Path, rows: Sequence[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream, lineterminator="\r\n").writerows([harmless(cell) for cell in row] for row in rows)
