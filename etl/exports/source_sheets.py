"""The sheets of what results rest on: records counted and not counted, the rulebook, received files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from etl.contracts.records import RECORDS
from etl.contracts.words import heading
from etl.errors import Language
from etl.exports.formulas import amount_words, indicator_formula, missing_words, node_words
from etl.exports.narrowed import names_for, record_for
from etl.exports.result_sheets import Results
from etl.exports.workbook import Book, Column, Row, Sheet
from etl.insight.definitions import define
from etl.insight.evidence import EvidenceBook, open_evidence
from etl.insight.reasons import record_reason
from etl.measures import Evidence
from etl.release.seal import PROVENANCE, RULEBOOK

_WORDS: Final[dict[Language, dict[str, str]]] = {
    "ko": {
        "counted": "센 기록",
        "not_counted": "세지 않은 기록",
        "rulebook": "규칙",
        "rulebook_text": "규칙 원문",
        "sources": "받은 파일",
        "no_records": "수치표를 채점한 결과라 기록이 없습니다.",
        "title": "지표 이름",
        "document": "{document} {article}",
        "pseudonyms": "사람은 가명번호로만 적혀 있습니다.",
        "shared": "여러 부서가 나눈 기록은 부서마다 한 줄씩 있습니다. 줄의 수는 기록의 수보다 많을 수 있습니다.",
        "score": "종합점수",
        "lower_leads": "점수가 낮을수록 앞섬.",
    },
    "en": {
        "counted": "Records counted",
        "not_counted": "Records not counted",
        "rulebook": "Rulebook",
        "rulebook_text": "Rulebook as written",
        "sources": "Received files",
        "no_records": "A table of metrics was scored: there are no records.",
        "title": "Indicator",
        "document": "{document} {article}",
        "pseudonyms": "People stand as pseudonyms only.",
        "shared": "A record that departments share stands once for each of them: there may be more rows than records.",
        "score": "Score",
        "lower_leads": "A lower score is better.",
    },
}
_COUNTS: Final = ("received", "staged", "rejected", "held", "set_aside")


def source_word(key: str, language: Language) -> str:
    """What one of these sheets is called."""
    return _WORDS[language][key]


# Records -------------------------------------------------------------------------------------------------------------


def write_records(book: Book, results: Results, counted: str, not_counted: str) -> None:
    """Every candidate record of every metric, on two sheets: those that count, and those that do not, with why.

    Args:
        book: the workbook.
        results: the release; one that has records.
        counted: name of the first sheet.
        not_counted: name of the second.
    """
    language = results.language
    with open_evidence(results.reading) as evidence:
        found = list(_records(results, evidence))
    columns = _record_columns(results)
    taken = [row for row, record in found if record.reason is None]
    left = [(*row, _why(record, language)) for row, record in found if record.reason is not None]
    lead = (source_word("pseudonyms", language), source_word("shared", language))
    book.table(Sheet(counted, source_word("counted", language), columns, taken, lead, 3))
    reasons = [*columns, Column(results.head("reason"))]
    book.table(Sheet(not_counted, source_word("not_counted", language), reasons, left, lead, 3))


def _record_columns(results: Results) -> list[Column]:
    head = results.head
    plain = ("metric", "unit_id", "name", "recorded_unit", "record_id", "title", "share")
    return [
        *(Column(head(column)) for column in plain),
        Column(head("amount"), is_controlled=True),
        *(Column(head(column)) for column in ("file", "row")),
    ]


def _records(results: Results, evidence: EvidenceBook) -> Iterator[tuple[Row, Evidence]]:
    reading = results.reading
    units, takers = sorted(results.only_units), evidence.takers()
    known = names_for(reading, units, results.language)
    for metric in reading.rulebook.metrics:
        word = define(metric).names[results.language]
        for unit_id, record in evidence.of_all(metric):
            if not results.has(unit_id):
                continue
            file = None if record.source is None else evidence.files[record.source]
            recorded = known.get(record.recorded_unit, record.recorded_unit)
            called = record_for(reading, units, record.record_id, takers, results.language)
            named = (word, unit_id, reading.units[unit_id].name, recorded, called, record.title)
            yield (*named, record.share, record.amount, file, record.row), record


def _why(record: Evidence, language: Language) -> str:
    return record_reason(record.reason or "", language)


# Rules ---------------------------------------------------------------------------------------------------------------


def write_rulebook(book: Book, results: Results, name: str, text_name: str) -> None:
    """The rules as a table, and then word for word."""
    language, rulebook, head = results.language, results.reading.rulebook, results.head
    columns = [Column(head(column)) for column in ("area", "indicator", "weight", "formula", "missing", "source")]
    rows: list[Row] = [(source_word("score", language), None, None, node_words(rulebook.score, language), None, None)]
    for part in results.nodes:
        if part in rulebook.indicators:
            continue
        weight = amount_words(rulebook, part.weight, language)
        rows.append((results.names[part.id], None, weight, node_words(rulebook.nodes[part.id], language), None, None))
    for indicator in rulebook.indicators:
        source = indicator.source
        cited = (source.document, source.article or "") if source else ()
        rows.append(
            (
                results.names.get(indicator.area or ""),
                results.names[indicator.id],
                amount_words(rulebook, indicator.weight, language),
                indicator_formula(rulebook, indicator, language),
                missing_words(rulebook, indicator, language),
                " ".join(cited).strip() or None,
            )
        )
    lead = (source_word("lower_leads", language),) if rulebook.lower_leads else ()
    book.table(Sheet(name, source_word("rulebook", language), columns, rows, lead, 2))
    lines = (results.reading.folder / RULEBOOK).read_text(encoding="utf-8").splitlines()
    written: list[Row] = [(at, line) for at, line in enumerate(lines, start=1)]
    book.table(
        Sheet(
            text_name,
            f"{source_word('rulebook_text', language)} ({RULEBOOK})",
            [Column(head("line")), Column(head("text"))],
            written,
            (results.reading.manifest.facts["rulebook"]["sha256"],),
            1,
        )
    )


# Received files ------------------------------------------------------------------------------------------------------


def write_sources(book: Book, results: Results, name: str) -> None:
    """Every received file with its digest and where its rows went."""
    language = results.language
    told = ("file", "kind", "encoding", "sha256")
    columns = [
        *(Column(results.head(column)) for column in told),
        *(Column(results.head(column), is_controlled=column == "received") for column in _COUNTS),
    ]
    book.table(Sheet(name, source_word("sources", language), columns, list(_sources(results)), (), 1))


def _sources(results: Results) -> Iterator[Row]:
    reading = results.reading
    provenance = json.loads((reading.folder / PROVENANCE).read_bytes())
    counts = {(one["file"], one["kind"]): one for one in reading.manifest.facts["sources"]}
    for file in provenance["files"]:
        kind = file.get("kind", "")
        counted = counts.get((file["file"], kind), {})
        word = f"{heading(kind, 'heading', results.language)} ({kind})" if kind in RECORDS else kind
        numbers = tuple(None if column not in counted else Decimal(counted[column]) for column in _COUNTS)
        yield (file["file"], word, file.get("encoding", ""), file["sha256"], *numbers)
