"""The page of the records received: the state of a folder as rows of text and sentences, in the reader's language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from dashboard.markup import Fact
from dashboard.words import Words
from etl.contracts.records import RECORDS
from etl.contracts.words import heading
from etl.intake.checks import UNKNOWN_NAME
from etl.intake.survey import SENT_BY_DEPARTMENTS, Department, FileState, Reject, Survey
from etl.messages_rows import REASONS
from etl.particles import filled
from etl.shown import number

WHOLE_ROW: Final = "*"
DIGEST_SHOWN: Final = 12
_SIZES: Final = ("B", "KB", "MB", "GB", "TB")


def kind_name(kind: str, words: Words) -> str:
    """What a kind of record is called."""
    return heading(kind, "heading", words.language)


def column_name(kind: str, column: str, words: Words) -> str:
    """What a column of a contract is called."""
    return heading(kind, column, words.language) if column in RECORDS[kind].model_fields else column


def size_text(size: int) -> str:
    """Bytes as people read them: 653 B, 1.2 MB."""
    shown, unit = float(size), _SIZES[0]
    for unit in _SIZES:
        if shown < 1024 or unit == _SIZES[-1]:
            break
        shown /= 1024
    return f"{shown:,.0f} {unit}" if unit == "B" or shown >= 100 else f"{shown:,.1f} {unit}"


# How things stand ----------------------------------------------------------------------------------------------------


def state_facts(survey: Survey, words: Words) -> list[Fact]:
    """Where the rows received are."""
    totals = {
        part: sum(getattr(one.loaded, part) for one in survey.files)
        for part in ("received", "staged", "rejected", "held")
    }
    rows = {part: words("data.rows.unit", rows=number(count)) for part, count in totals.items()}
    files = len({one.loaded.file for one in survey.files})
    return [
        Fact(words("data.rows"), rows["received"], words("data.rows.beside", files=number(files))),
        Fact(words("data.staged"), rows["staged"], words("data.staged.beside")),
        Fact(words("data.rejected"), rows["rejected"], words("data.rejected.beside")),
        Fact(words("data.held"), rows["held"], words("data.held.beside")),
    ]


def state_sentences(survey: Survey, about: str, words: Words) -> list[str]:
    """What waits for a hand."""
    if not survey.files:
        return [words("data.no_files")]
    rejected = sum(one.loaded.rejected for one in survey.files)
    held = sum(one.loaded.held for one in survey.files)
    said = []
    if rejected:
        said.append(words("data.some_rejected", rows=number(rejected)))
    if held:
        said.append(words("data.some_held", names=number(len(survey.waiting)), rows=number(held)))
    if not said:
        said.append(words("data.nothing_waits"))
    nobody = sum(not row.records for row in sent_rows(survey, about))
    if nobody:
        shown = about or words("data.about.every")
        said.append(words("data.nobody_sent", departments=number(nobody), about=shown))
    return said


@dataclass(frozen=True, slots=True)
class FileRow:
    """One received file under one kind of record; `mended` says why rows were set aside that waited before."""

    file: str
    kind: str
    counts: tuple[str, ...]
    mended: str
    encoding: str
    size: str
    arrived: str
    digest: str
    digest_whole: str


def file_rows(survey: Survey, words: Words) -> list[FileRow]:
    """The files in the order of `sources.toml`."""
    return [_file_row(one, survey, words) for one in survey.files]


def _file_row(one: FileState, survey: Survey, words: Words) -> FileRow:
    loaded = one.loaded
    counts = (loaded.received, loaded.staged, loaded.rejected, loaded.held, loaded.set_aside)
    return FileRow(
        file=loaded.file,
        kind=kind_name(loaded.kind, words),
        counts=tuple(number(count) for count in counts),
        mended=" ".join(
            words("data.mended", file=mended.by, rows=number(len(mended.rows)))
            for mended in survey.mended
            if (mended.file, mended.kind) == (loaded.file, loaded.kind)
        ),
        encoding=_ENCODINGS.get(loaded.encoding, loaded.encoding.upper()),
        size=size_text(one.size),
        arrived=words.minute(one.arrived_at),
        digest=loaded.sha256[:DIGEST_SHOWN],
        digest_whole=loaded.sha256,
    )


_ENCODINGS: Final = {"utf-8-sig": "UTF-8 (BOM)", "utf-8": "UTF-8", "cp949": "CP949"}


@dataclass(frozen=True, slots=True)
class KindRow:
    """What there is of one kind of record."""

    kind: str
    records: str
    latest: str
    arrived: str
    files: str


def kind_rows(survey: Survey, words: Words) -> list[KindRow]:
    """Every kind of record, those that were not received included."""
    return [
        KindRow(
            kind=kind_name(one.kind, words),
            records=number(one.records) if one.files else words("data.nothing_of"),
            latest=words.day(one.latest),
            arrived=words.minute(one.arrived_at),
            files=number(one.files),
        )
        for one in survey.kinds
    ]


# What each department has sent ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SentRow:
    """What one department has sent: the number of records of each kind, in the order of `sent_kinds`."""

    department: Department
    counts: tuple[int, ...]

    @property
    def records(self) -> int:
        """In all."""
        return sum(self.counts)

    @property
    def kinds(self) -> int:
        """How many kinds it has sent."""
        return sum(count > 0 for count in self.counts)


def years_of(survey: Survey) -> list[str]:
    """The years records are about, the latest first."""
    return [str(year) for year in sorted({one.year for one in survey.sent if one.year is not None}, reverse=True)]


def sent_kinds(survey: Survey) -> tuple[str, ...]:
    """The kinds departments answer for that anybody has sent."""
    received = {one.kind for one in survey.kinds if one.files}
    return tuple(kind for kind in SENT_BY_DEPARTMENTS if kind in received)


def sent_rows(survey: Survey, about: str, listed: str = "every") -> list[SentRow]:
    """The departments, those who sent nothing first, then by how many kinds they sent.

    Args:
        survey: the folder.
        about: a year; empty for all.
        listed: `every` department, those who sent `nothing`, or those whose records are `incomplete`.

    A department that ended is listed only with what it has sent: nobody expects anything of it.
    """
    kinds = sent_kinds(survey)
    if not kinds:
        return []
    counted: defaultdict[tuple[str, str], int] = defaultdict(int)
    for one in survey.sent:
        if not about or str(one.year) == about:
            counted[one.unit_id, one.kind] += one.records
    rows = [
        SentRow(department, tuple(counted[department.unit_id, kind] for kind in kinds))
        for department in survey.departments
    ]
    expected = [row for row in rows if row.records or _is_expected(row.department, about)]
    most = {"nothing": 0, "incomplete": len(kinds) - 1}.get(listed, len(kinds))
    shown = [row for row in expected if row.kinds <= most]
    return sorted(shown, key=lambda row: (row.kinds, row.department.name, row.department.unit_id))


def _is_expected(department: Department, about: str) -> bool:
    return department.until is None or bool(about and department.until.year > int(about))


# Rows not counted ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RejectRow:
    """One reason why one row counts nowhere, in words."""

    file: str
    row: str
    kind: str
    column: str
    state: str
    reason: str


def chosen_rejects(survey: Survey, file: str, kind: str, reason: str, find: str, words: Words) -> list[Reject]:
    """The rejects that fit every choice; an empty choice fits all.

    Args:
        survey: the folder.
        file: name of a received file.
        kind: of record.
        reason: code.
        find: text that the cell, the column or the sentence holds, in any case.
        words: the reader's language.
    """
    sought = find.casefold().strip()
    return [
        one
        for one in survey.rejects
        if file in ("", one.file)
        and kind in ("", one.kind)
        and reason in ("", one.reason)
        and (not sought or sought in f"{one.file}\n{one.row}\n{reason_text(one, words)}".casefold())
    ]


def reject_rows(rejects: Iterable[Reject], words: Words) -> list[RejectRow]:
    """Rejects in words."""
    return [
        RejectRow(
            file=one.file,
            row=number(one.row),
            kind=kind_name(one.kind, words),
            column=words("data.whole_row") if one.column == WHOLE_ROW else column_name(one.kind, one.column, words),
            state=words("data.held" if one.reason == UNKNOWN_NAME else "data.rejected"),
            reason=reason_text(one, words),
        )
        for one in rejects
    ]


def reason_text(reject: Reject, words: Words) -> str:
    """Why a row counts nowhere, as a sentence; a name is decided on this page."""
    column = column_name(reject.kind, reject.column, words)
    if reject.reason == UNKNOWN_NAME:
        return words("data.name_waits", column=column, text=reject.text or "…")
    return filled(REASONS[reject.reason][words.language], column=column, text=reject.text or "…")


def reason_name(reason: str, words: Words) -> str:
    """What a reason is called where rows are chosen by it."""
    return words(f"data.reason.{reason}")


def occurring(rejects: Sequence[Reject], part: str) -> list[str]:
    """The files, kinds or reasons that stand among rejects, in order."""
    return sorted({str(getattr(one, part)) for one in rejects})
