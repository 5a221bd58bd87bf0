"""Evidence sheets (증빙목록): what every metric counts, a table a metric, as a workbook and as CSV, in one ZIP.

People stand in them under their pseudonyms. Names are in no release: they come in where whoever may see them gives a
register of people read with the key of the pseudonyms.
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

from etl.errors import Fault, Language, UsageError
from etl.exports.about import ABOUT, BOM, page_text
from etl.exports.carried import Carried, Taken, refuse_without_reason
from etl.exports.export import Exported, take_out
from etl.exports.formats import Wanted, safe_name
from etl.exports.harmless import harmless
from etl.exports.narrowed import OTHER, kept_back_from, names_for
from etl.exports.tables import Control, refuse_unknown_parts
from etl.exports.workbook import Book, Column
from etl.exports.workbook import Sheet as BookSheet
from etl.exports.writing import Archive
from etl.insight.definitions import define
from etl.insight.evidence import EvidenceBook, open_evidence
from etl.insight.evidence_sheets import PERSON, Sheet, sheet_of
from etl.insight.reading import Reading
from etl.measures import Evidence
from etl.scoring.decimals import total
from etl.shown import grouped

BOOK: Final[dict[Language, str]] = {"ko": "증빙목록.xlsx", "en": "evidence.xlsx"}
FILES: Final[dict[Language, str]] = {"ko": "증빙자료 목록.csv", "en": "evidence-files.csv"}
_FILE_HEADINGS: Final = ("순번", "신청번호", "부서명", "파일명", "크기(바이트)", "SHA-256", "제출일")
_PSEUDONYM: Final = "성명(가명)"
"""What is written over pseudonyms, so that nobody takes one for a name."""
_DOCUMENT: Final = "문서번호"
"""How the headings end under which documents are numbered, as a department's name and a number."""
_WORDS: Final[dict[Language, dict[str, str]]] = {
    "ko": {
        "about": "안내",
        "fact": "항목",
        "told": "내용",
        "rows": "{count:,}건",
        "total": "{column} 합계 {total}",
        "numbers": "점수로 센 기록만 있습니다. 세지 않은 기록과 그 사유는 결과표(XLSX)의 '세지 않은 기록'에 있습니다.",
        "formula": "=, +, -, @로 시작하는 글은 CSV에서 작은따옴표(')를 붙여 수식이 되지 않게 했습니다.",
        "pseudonyms": "성명(가명) 칸에는 이름이 아니라 가명이 있습니다. 이름은 공개본에 없습니다.",
        "named": "성명은 인사 명부와 가명 열쇠로 채웠습니다. 명부에서 찾지 못해 가명으로 남은 사람: {count}명",
    },
    "en": {
        "about": "About",
        "fact": "Fact",
        "told": "",
        "rows": "{count:,} records",
        "total": "{column} adds up to {total}",
        "numbers": "Only records that count. Those that do not, and why, are in the workbook of results.",
        "formula": "In the CSV files, text that begins with =, +, - or @ has an apostrophe (') before it.",
        "pseudonyms": "Where a sheet asks for a name stands a pseudonym: no release holds names.",
        "named": "Names come from a register of people and the key. People not in it, left as pseudonyms: {count}",
    },
}


@dataclass(frozen=True, slots=True)
class _Names:
    """The names of people, where they are asked for, and of whom nobody knew one."""

    known: Mapping[str, str] | None
    unknown: set[str]

    def of(self, pseudonym: str) -> str:
        """A person's name; the pseudonym where there is none."""
        name = (self.known or {}).get(pseudonym)
        if name is None:
            self.unknown.add(pseudonym)
        return name or pseudonym


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that was sent as evidence of a request; the file itself stays where it is.

    Attributes:
        request: year and number, as `2021-3`.
        unit_id: the department that sent it.
        size: in bytes.
        added_on: the day, in Seoul.
    """

    request: str
    unit_id: str
    name: str
    size: int
    sha256: str
    added_on: date


@dataclass(frozen=True, slots=True)
class Beside:
    """What goes into evidence that no release holds.

    Attributes:
        people: pseudonym -> name, for whoever may see names; None where they are not asked for.
        attached: files sent as evidence; None where nobody keeps any.
    """

    people: Mapping[str, str] | None = None
    attached: Sequence[Attached] | None = None


NOTHING_BESIDE: Final = Beside()


def export_evidence(
    reading: Reading, target: Path, taken: Taken, wanted: Wanted, beside: Beside, *, replace: bool = False
) -> Exported:
    """Write evidence sheets with what no release holds; never without a reason where people are in them.

    Args:
        reading: the release.
        target: the ZIP to write.
        taken: who takes it out, when and why.
        wanted: language, metrics and departments.
        beside: names of people, files that were sent.
        replace: whether a file of this name may be replaced.

    Raises:
        UsageError: no such metric or department, no reason, or the file cannot be written.
        NoRoom: a disk is full.
        VerificationError: the release is not as it was sealed.
    """
    refuse_without_reason(reading, taken)
    units = [reading.unit(said).unit_id for said in wanted.units]
    write = partial(write_evidence, language=wanted.language, only=wanted.only, units=units, beside=beside)
    return take_out(reading, target, taken, write, replace=replace)


def write_evidence(
    carried: Carried,
    begun: Path,
    language: Language = "ko",
    only: Sequence[str] = (),
    units: Sequence[str] = (),
    beside: Beside = NOTHING_BESIDE,
) -> Mapping[str, Control]:
    """Write the evidence sheets.

    Args:
        carried: the release and what the export says of itself.
        begun: the ZIP to write.
        language: of the sheets' names and the notes; headings are those the national evaluation asks for.
        only: metrics wanted; none is all.
        units: codes of the departments whose records are wanted; none is all.
        beside: names of people, for whoever may see them; files that were sent.

    Returns:
        metric -> rows, and what they come to where not every record counts 1.

    Raises:
        UsageError: there is no such metric, or there are no records behind the release.
    """
    reading = carried.reading
    if not reading.has_records:
        raise UsageError(Fault("export_without_records", reading.manifest.name))
    refuse_unknown_parts(only, reading.rulebook.metrics)
    departments = names_for(reading, units, language)
    names = _Names(beside.people, set())
    told: list[_Told] = []
    with (
        open_evidence(reading) as records,
        tempfile.TemporaryDirectory(prefix="jipyo-") as work,
        Archive(begun) as archive,
    ):
        book = _Workbook(carried, language, Path(work))
        # One sheet after the other: no more than one is held.
        for found in _sheets(reading, records, language, only, units):
            sheet, file = _named(found, names), _file_name(found.metric, len(told) + 1, language)
            archive.add(file, _csv(sheet))
            book.add(sheet)
            told.append(_Told(file, sheet.metric, _control(sheet), sheet.names_people))
        notes = _notes(told, names, language, named=beside.people is not None)
        archive.add(BOOK[language], book.content(notes))
        contents = _contents(told, language)
        if beside.attached is not None:
            archive.add(FILES[language], _files(beside.attached, departments))
            contents.append(f"{FILES[language]}: {_WORDS[language]['rows'].format(count=len(beside.attached))}")
        archive.add(ABOUT, page_text(carried, contents, notes, language))
    return {one.metric: one.control for one in told}


@dataclass(frozen=True, slots=True)
class _Told:
    """What is told of a sheet once it is written: its CSV file, its metric, its totals, whether it is of people."""

    file: str
    metric: str
    control: Control
    names_people: bool


def _sheets(
    reading: Reading, book: EvidenceBook, language: Language, only: Sequence[str], units: Sequence[str]
) -> Iterator[Sheet]:
    """A sheet for every metric that counts something."""
    departments = names_for(reading, units, language)
    wanted = set(units or reading.units)
    kept_back = kept_back_from(reading, units, language)
    for metric in reading.rulebook.metrics:
        if only and metric not in only:
            continue
        found = _counted(one for unit_id, one in book.of_all(metric) if unit_id in wanted and one.reason is None)
        if found:
            sheet = sheet_of(book, metric, found, departments, kept_back)
            yield _without_others(sheet, reading, units, language) if units else sheet


def _counted(evidence: Iterable[Evidence]) -> list[Evidence]:
    """Each record once for each department it was recorded for, with all it counts: of joint work, that one's share.

    Departments that took over parts of a former one share its records.
    """
    found: dict[tuple[str, str], Evidence] = {}
    for one in evidence:
        key = one.record_id, one.recorded_unit
        before = found.get(key)
        amounts = [part.amount for part in (before, one) if part is not None and part.amount is not None]
        found[key] = replace(one, amount=total(amounts) if amounts else None)
    return list(found.values())


def _without_others(sheet: Sheet, reading: Reading, units: Sequence[str], language: Language) -> Sheet:
    """The sheet without the document numbers of other departments, which begin with their names: of joint work."""
    numbered = [at for at, heading in enumerate(sheet.headings) if heading.endswith(_DOCUMENT)]
    others = tuple(f"{unit.name}-" for unit_id, unit in reading.units.items() if unit_id not in units)
    rows = tuple(
        tuple(
            OTHER[language] if at in numbered and isinstance(cell, str) and cell.startswith(others) else cell
            for at, cell in enumerate(row)
        )
        for row in sheet.rows
    )
    return replace(sheet, rows=rows)


def _named(sheet: Sheet, names: _Names) -> Sheet:
    """The sheet with the names that are known; where none is asked for, its heading says what stands there instead."""
    if not sheet.names_people:
        return sheet
    at = sheet.headings.index(PERSON)
    if names.known is None:
        return replace(sheet, headings=(*sheet.headings[:at], _PSEUDONYM, *sheet.headings[at + 1 :]))
    rows = tuple((*row[:at], names.of(str(row[at])), *row[at + 1 :]) for row in sheet.rows)
    return replace(sheet, rows=rows)


def _notes(told: Sequence[_Told], names: _Names, language: Language, *, named: bool) -> list[str]:
    words = _WORDS[language]
    about_people = [words["named"].format(count=len(names.unknown)) if named else words["pseudonyms"]]
    return [words["numbers"], words["formula"], *(about_people if any(one.names_people for one in told) else [])]


def _contents(told: Sequence[_Told], language: Language) -> list[str]:
    return [f"{one.file} ({one.metric}): {_counts(one.control, language)}" for one in told]


def _file_name(metric: str, number: int, language: Language) -> str:
    """What the file of a metric is called; the page beside it says which metric that is."""
    return f"{number:02d} {safe_name(define(metric).names[language])}.csv"


def _control(sheet: Sheet) -> Control:
    return Control(len(sheet.rows), sheet.amount, sheet.total)


def _counts(control: Control, language: Language) -> str:
    """How many records, and what they come to: the same figures a receiver finds by adding up the sheet."""
    words = _WORDS[language]
    rows = words["rows"].format(count=control.rows)
    if control.total is None:
        return rows
    return f"{rows}, {words['total'].format(column=control.column, total=grouped(control.total))}"


class _Workbook:
    """The sheets as a workbook: a first one that says what this is, then one for each metric."""

    def __init__(self, carried: Carried, language: Language, work: Path) -> None:
        self._carried, self._language, self._many = carried, language, 0
        self._book = Book(carried, language, work)
        self._about = self._book.named(_WORDS[language]["about"])
        self._first = self._book.bare_sheet(self._about)

    def add(self, sheet: Sheet) -> None:
        """Write the next sheet."""
        self._many += 1
        name = define(sheet.metric).names[self._language]
        columns = [Column(heading, is_controlled=heading == sheet.amount) for heading in sheet.headings]
        counts = _counts(_control(sheet), self._language)
        self._book.table(
            BookSheet(self._book.named(f"{self._many:02d} {name}"), name, columns, sheet.rows, (counts,), 2)
        )

    def content(self, notes: Sequence[str]) -> bytes:
        """The workbook, once every sheet is in it."""
        words, title = _WORDS[self._language], BOOK[self._language].partition(".")[0]
        facts = [*self._carried.facts(self._language), *(("·", note) for note in notes)]
        heads = (Column(words["fact"]), Column(words["told"]))
        self._book.table(BookSheet(self._about, title, heads, facts, (), 1), self._first)
        return bytes(self._book.content())


def _files(attached: Sequence[Attached], departments: Mapping[str, str]) -> bytes:
    """The list of evidence files (증빙자료 목록); the digest finds each of them again."""
    rows = (
        (number, one.request, departments.get(one.unit_id, one.unit_id), one.name, one.size, one.sha256, one.added_on)
        for number, one in enumerate(attached, start=1)
    )
    return _table(_FILE_HEADINGS, ([str(cell) for cell in row] for row in rows))


def _csv(sheet: Sheet) -> bytes:
    return _table(sheet.headings, sheet.texts)


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(headings)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return (BOM + buffer.getvalue()).encode("utf-8")
