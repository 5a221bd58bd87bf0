"""The results of a release as a workbook (결과표): ranking, points, indicators, records, rules, sources, notes."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from etl.errors import Language
from etl.exports.carried import Carried
from etl.exports.result_sheets import (
    Results,
    indicator_sheet_names,
    write_indicator,
    write_points,
    write_ranking,
    write_weights,
)
from etl.exports.source_sheets import source_word, write_records, write_rulebook, write_sources
from etl.exports.tables import Control, refuse_unknown_parts
from etl.exports.workbook import HEAD_ROW, Book, letter, reference
from etl.scoring.decimals import plain

PARTS: Final = ("ranking", "points", "indicators", "records", "rulebook", "sources")
"""What a workbook can be limited to; its cover is always there."""

_WORDS: Final[dict[Language, dict[str, str]]] = {
    "ko": {
        "cover": "안내",
        "title": "평가 결과표",
        "sheets": "차례",
        "rows": "행",
        "control": "합계를 낸 열",
        "total": "합계",
        "checked": "검산",
        "otherwise": "다시 계산해서 다른 부서 수 (수식, 0이어야 합니다)",
        "computed": "다시 계산한 부서 수 (수식)",
        "notes": "알아 둘 것",
        "exact": "수는 공개된 값 그대로입니다. 스프레드시트는 15자리까지만 담으므로 그보다 긴 수는"
        " 15자리로 적고 오른쪽 끝 '정확한 값' 열(인쇄되지 않음)에 모든 자리를 글로 적었습니다. 그런 칸: {long}개",
        "formula": "수식처럼 =, +, -, @로 시작하는 글은 글로만 다루도록 표시했습니다. 그런 칸: {formula}개",
        "live": "파란 글씨는 수식입니다. '{points}' 시트의 검산 열이 종합점수를 다시 계산합니다.",
        "unranked": "순위가 없는 부서는 평가군의 끝에 사유와 함께 있습니다.",
        "no_records": "수치표를 채점한 결과라 그 뒤의 기록이 없습니다.",
        "people": "사람에 관한 기록은 가명번호로 들어 있습니다. 밖으로 내보낼 때 다시 살피세요.",
        "verify": "이 표는 공개본에서 나왔습니다. 공개본 폴더가 있으면 jipyo verify로 누구나 다시 계산할 수 있습니다.",
    },
    "en": {
        "cover": "About",
        "title": "Results of the evaluation",
        "sheets": "Contents",
        "rows": "rows",
        "control": "control column",
        "total": "control total",
        "checked": "Check",
        "otherwise": "departments whose score computes otherwise (a formula; it must be 0)",
        "computed": "departments computed again (a formula)",
        "notes": "Notes",
        "exact": "Numbers are the published ones. A spreadsheet holds 15 digits: a longer number stands"
        " in 15, with all its digits as text in a column '(exact)' at the right end (not printed). Such cells: {long}",
        "formula": "Text that begins like a formula (=, +, -, @) is marked as text. Such cells: {formula}",
        "live": "Blue figures are formulas. The check column of the sheet '{points}' computes every score again.",
        "unranked": "Departments without a place stand at the end of their group, with the reason.",
        "no_records": "A table of metrics was scored: there are no records behind it.",
        "people": "Records about people are in it as pseudonyms. Look again before this leaves the body.",
        "verify": "These tables come from a release. Whoever has its folder can compute it again with jipyo verify.",
    },
}
_OF_EVERYBODY: Final = ("sources",)
"""Parts in which rows of every department are counted."""


def write_xlsx(
    carried: Carried, begun: Path, language: Language = "ko", only: Sequence[str] = (), units: Sequence[str] = ()
) -> Mapping[str, Control]:
    """Write the workbook. The same release, `Taken` and language give the same bytes.

    Args:
        carried: the release and what the export says of itself.
        begun: the file to write.
        language: of headings and notes.
        only: parts wanted; none is all.
        units: codes of the departments whose rows are wanted; none is all, and received files with them.

    Returns:
        sheet -> rows and control total.

    Raises:
        UsageError: there is no such part.
        OSError: the file cannot be written.
    """
    parts = parts_for(units)
    refuse_unknown_parts(only, parts)
    with tempfile.TemporaryDirectory(prefix="jipyo-") as work:
        book = Book(carried, language, Path(work))
        _write_sheets(book, Results(carried.reading, language, frozenset(units)), only or parts)
        begun.write_bytes(book.content())
    return book.told.controls


def parts_for(units: Sequence[str]) -> tuple[str, ...]:
    """What a workbook can be limited to.

    Args:
        units: codes of the departments it is narrowed to; none is everybody.
    """
    return tuple(part for part in PARTS if part not in _OF_EVERYBODY) if units else PARTS


def _write_sheets(book: Book, results: Results, parts: Sequence[str]) -> None:
    reading, language = results.reading, results.language
    cover = _Cover(book, results, book.bare_sheet(book.named(_WORDS[language]["cover"])))
    points, weights = "", ""
    if "ranking" in parts:
        write_ranking(book, results, book.named(results.word("ranking")))
    if "points" in parts:
        points, weights = (book.named(results.word(word)) for word in ("points", "weights"))
        write_points(book, results, points, weights)
        write_weights(book, results, weights)
    if "indicators" in parts:
        names = indicator_sheet_names(book, results)
        for indicator in reading.rulebook.indicators:
            write_indicator(book, results, indicator, names[indicator.id])
    if "records" in parts and reading.has_records:
        counted, not_counted = (book.named(source_word(word, language)) for word in ("counted", "not_counted"))
        write_records(book, results, counted, not_counted)
    if "rulebook" in parts:
        rules, text = (book.named(source_word(word, language)) for word in ("rulebook", "rulebook_text"))
        write_rulebook(book, results, rules, text)
    if "sources" in parts:
        write_sources(book, results, book.named(source_word("sources", language)))
    cover.write(points, has_records="records" in parts)


class _Cover:
    """The first sheet: what this is, in which state, what is in it, what a reader must know."""

    def __init__(self, book: Book, results: Results, sheet: Any) -> None:
        self._book, self._results, self._sheet, self._row = book, results, sheet, 0
        self._words = _WORDS[results.language]

    def write(self, points: str, *, has_records: bool) -> None:
        """Write it, when all other sheets are there.

        Args:
            points: the sheet with the check column; empty where there is none.
            has_records: whether records were asked for.
        """
        sheet, book = self._sheet, self._book
        sheet.fit_to_pages(1, 1)
        for at, width in enumerate((30, 44, 12, 22, 34)):
            sheet.set_column(at, at, width)
        for mark in book.carried.marks(self._results.language):
            sheet.set_row(self._row, 46)
            self._line(mark, bold=True, font_size=34, font_color="#C00000")
        sheet.set_row(self._row, 34)
        self._line(book.carried.title(self._results.language), bold=True, font_size=20)
        self._line(self._words["title"], font_size=14, font_color="#555555")
        self._row += 1
        for label, value in book.carried.facts(self._results.language):
            self._pair(label, value)
        self._write_contents()
        if points:
            self._write_check(points)
        self._heading(self._words["notes"])
        for note in self._notes(points, has_records=has_records):
            sheet.merge_range(self._row, 0, self._row, 4, "", book.format(text_wrap=True, valign="top"))
            sheet.set_row(self._row, 32 if len(note) > 90 else 17)
            self._line(f"· {note}", text_wrap=True, valign="top")

    def _write_contents(self) -> None:
        words, book = self._words, self._book
        self._heading(words["sheets"])
        head = {"bold": True, "bg_color": "#DCE6F2", "bottom": 1}
        for at, word in enumerate(("", "", words["rows"], words["control"], words["total"])):
            book.text(self._sheet, self._row, at, word, **head)
        self._row += 1
        link = book.format(font_color="#1F5FA8", underline=1)
        for name, control in book.told.controls.items():
            self._sheet.write_url(self._row, 0, f"internal:{reference(name)}!A1", link, name)
            book.text(self._sheet, self._row, 1, book.told.titles[name])
            self._sheet.write_number(self._row, 2, control.rows, book.format(num_format="#,##0"))
            if control.column is not None:
                book.text(self._sheet, self._row, 3, control.column)
                book.text(self._sheet, self._row, 4, plain(control.total or Decimal(0)), num_format="@")
            self._row += 1

    def _write_check(self, points: str) -> None:
        """Two live formulas over the check column: how many scores it computes, and how many come out otherwise."""
        results = self._results
        at = letter(len(results.who_columns) + len(results.nodes) + 4)
        place = f"{reference(points)}!{at}{HEAD_ROW + 2}:{at}{HEAD_ROW + 1 + len(results.units)}"
        computed = sum(results.reading.scores[unit.unit_id].score is not None for unit in results.units)
        self._heading(self._words["checked"])
        for word, formula, shown in (
            ("computed", f'COUNTIF({place},"?*")', 0 if results.reading.rulebook.outranks else computed),
            ("otherwise", f'COUNTIF({place},"{results.word("no")}")', 0),
        ):
            self._book.text(self._sheet, self._row, 0, self._words[word])
            form = self._book.format(font_color="#1F5FA8", align="left", num_format="#,##0")
            self._sheet.write_formula(self._row, 2, f"={formula}", form, shown)
            self._row += 1

    def _notes(self, points: str, *, has_records: bool) -> Iterator[str]:
        words, told = self._words, self._book.told
        yield words["exact"].format(long=told.long_numbers)
        yield words["formula"].format(formula=told.formula_like)
        if points and not self._results.reading.rulebook.outranks:
            yield words["live"].format(points=points)
        yield words["unranked"]
        if has_records:
            yield words["people" if self._results.reading.has_records else "no_records"]
        yield words["verify"]

    def _heading(self, text: str) -> None:
        self._row += 1
        self._line(text, bold=True, font_size=12, font_color="#1F3A5F")

    def _pair(self, label: str, value: str) -> None:
        self._book.text(self._sheet, self._row, 0, label, bold=True, font_color="#555555")
        self._book.text(self._sheet, self._row, 1, value)
        self._row += 1

    def _line(self, text: str, **properties: object) -> None:
        self._book.text(self._sheet, self._row, 0, text, **properties)
        self._row += 1
