"""The kinds of file a release can leave as: media type, name, and what may be asked of each, in one table."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from etl.errors import Fault, Language, UsageError
from etl.scoring.rulebook_terms import Text

Written = Literal["xlsx", "csv", "parquet", "pdf", "hwpx", "package", "evidence"]
"""The kinds `etl.exports.export.export` writes."""
Format = Literal[Written, "charts"]
"""Every kind; charts are drawn by the dashboard, which knows how they look."""

AS_RECEIVED: Final = frozenset({"rejects", "sources"})
"""Parts in which rows or files stand as they were received."""
REPORT: Final = "report"
"""The document about every department."""
SCORECARDS: Final = "scorecards"
"""The document of a page a department."""
EACH: Final = Text(ko="부서별", en="by-department")
"""What stands in the name of a ZIP with a file a department."""
_ZIP: Final = "application/zip"
_ZIP_SUFFIX: Final = ".zip"
_SHEET: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_RECORDS: Final = "records"
_FORBIDDEN: Final = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*]')
"""What no file of Windows has in its name."""
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])", re.IGNORECASE)
"""Names that are devices of Windows, whatever ending they have."""
_LONGEST: Final = 120
"""Bytes of UTF-8 a part of a name may have: a file's whole name may have 255."""


@dataclass(frozen=True, slots=True)
class Form:
    """One kind of file.

    Attributes:
        media_type: as HTTP names it.
        suffix: of its name.
        word: what it is called in its name.
        documents: of a kind that is one of several documents: part -> what that is called.
        narrows: whether it can hold some departments alone.
    """

    media_type: str
    suffix: str
    word: Text
    documents: Mapping[str, Text]
    narrows: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be in a file.

    Attributes:
        language: of headings and notes.
        only: the tables, sheets or parts wanted; none is all.
        units: the departments, by code or name, whose rows alone go out, without a word of any other; none is
            everything.
        each: a file a department in one ZIP; of PDF documents about departments only.
    """

    language: Language = "ko"
    only: Sequence[str] = ()
    units: Sequence[str] = ()
    each: bool = False


EVERYTHING: Final = Wanted()

FORMS: Final[Mapping[Format, Form]] = {
    "xlsx": Form(_SHEET, ".xlsx", Text(ko="결과표", en="results"), {}, narrows=True),
    "csv": Form(_ZIP, ".zip", Text(ko="표 CSV", en="tables-csv"), {}, narrows=True),
    "parquet": Form(_ZIP, ".zip", Text(ko="표 Parquet", en="tables-parquet"), {}, narrows=True),
    "pdf": Form(
        "application/pdf",
        ".pdf",
        Text(ko="결과보고서", en="report"),
        {
            REPORT: Text(ko="결과보고서", en="report"),
            "scorecards": Text(ko="성적표", en="scorecards"),
            "notices": Text(ko="결과통지서", en="notices"),
        },
        narrows=True,
    ),
    "hwpx": Form(
        "application/hwp+zip",
        ".hwpx",
        Text(ko="결과보고", en="report-hangul"),
        {
            "report": Text(ko="결과보고", en="report-hangul"),
            "scorecards": Text(ko="성적표", en="scorecards-hangul"),
        },
        narrows=True,
    ),
    "package": Form(_ZIP, ".zip", Text(ko="봉인 꾸러미", en="package"), {}, narrows=False),
    "evidence": Form(_ZIP, ".zip", Text(ko="증빙목록", en="evidence"), {}, narrows=True),
    "charts": Form(_ZIP, ".zip", Text(ko="그림", en="charts"), {}, narrows=True),
}


def may_name_people(kind: Format, only: Sequence[str] = ()) -> bool:
    """Whether records about people may stand in a file of this kind.

    Args:
        kind: of file.
        only: the parts that are wanted; none is all.
    """
    match kind:
        case "xlsx":
            return not only or _RECORDS in only
        case "csv" | "parquet":
            return not only or any(part.startswith(_RECORDS) for part in only)
        case "package" | "evidence":
            return True
        case "pdf" | "hwpx" | "charts":
            return False


def document_of(kind: Format, only: Sequence[str], units: Sequence[str]) -> str:
    """Which document of a kind that is one of several is wanted.

    Args:
        kind: of file.
        only: the parts that are wanted; where none is named, the report, or for some departments their scorecards.
        units: codes of the departments it is narrowed to; none is everything.

    Raises:
        UsageError: there is no such document, more than one is wanted, or a report of some departments only.
    """
    known = FORMS[kind].documents
    named = ", ".join(known)
    unknown = [part for part in only if part not in known]
    if unknown:
        raise UsageError(Fault("export_unknown_part", "--only", {"part": part, "known": named}) for part in unknown)
    if len(only) > 1:
        raise UsageError(Fault("export_one_document", "--only", {"known": named}))
    document = only[0] if only else SCORECARDS if units else REPORT
    if document == REPORT and units:
        others = ", ".join(part for part in known if part != REPORT)
        raise UsageError(Fault("export_report_is_whole", "--only", {"known": others}))
    return document


def documents_for(kind: Format, units: Sequence[str]) -> tuple[str, ...]:
    """The documents of a kind that there are of some departments; none named is everybody."""
    return tuple(part for part in FORMS[kind].documents if not units or part != REPORT)


def parts_with_a_file_each(kind: Format) -> frozenset[str]:
    """The documents of a kind that can be had as a file a department, in one ZIP."""
    return frozenset(FORMS[kind].documents) - {REPORT} if kind == "pdf" else frozenset()


def media_type(kind: Format, *, each: bool = False) -> str:
    """How HTTP names a file of this kind, or the ZIP with one a department."""
    return _ZIP if each else FORMS[kind].media_type


def ending_of(kind: Format, *, each: bool = False) -> str:
    """How the name of a file of this kind ends, or that of the ZIP with one a department."""
    return _ZIP_SUFFIX if each else FORMS[kind].suffix


def refuse_each(kind: Format) -> None:
    """Nothing, unless there is no file a department of this kind.

    Raises:
        UsageError: there is none, with the kind there is one of.
    """
    if not parts_with_a_file_each(kind):
        raise UsageError(Fault("export_each_is_pdf", kind))


def refuse_other_ending(kind: Format, target: Path, *, each: bool = False) -> None:
    """Nothing, unless a file would stand under a name that says it is of another kind, or of none, or is a folder's.

    Args:
        kind: of file.
        target: the file to write.
        each: whether it is the ZIP with a file a department.

    Raises:
        UsageError: the name ends otherwise, with the ending it should have; or there is no file a department.
    """
    if each:
        refuse_each(kind)
    ending = ending_of(kind, each=each)
    if target.is_dir():
        raise UsageError(Fault("export_is_a_folder", str(target), {"example": str(target / f"results{ending}")}))
    if target.suffix.lower() == ending:
        return
    facts = {"kind": kind, "ending": ending, "example": str(target.with_suffix(ending))}
    raise UsageError(Fault("export_other_ending", str(target), facts))


def file_name(
    release: str,
    kind: Format,
    language: Language = "ko",
    only: Sequence[str] = (),
    unit: str = "",
    *,
    each: bool = False,
) -> str:
    """What a file is called when it arrives, safe on Windows, such as `2021-0a1b2c3d4e5f 결과표 스마트도시과.xlsx`.

    Args:
        release: its name.
        kind: of file.
        language: of the name.
        only: the parts it is limited to.
        unit: name of the department it is narrowed to.
        each: whether it is the ZIP with a file a department.
    """
    form = FORMS[kind]
    word = form.documents.get(only[0], form.word) if len(only) == 1 else form.word
    texts = (word, EACH) if each else (word,)
    parts = (release, *(text.ko if language == "ko" else text.en for text in texts), safe_name(unit))
    return f"{' '.join(part for part in parts if part)}{ending_of(kind, each=each)}"


def safe_name(text: str) -> str:
    """A text as part of a file's name: without what Windows forbids, unseen signs, or dots and blanks at its ends.

    Args:
        text: any; empty where nothing of it is left.
    """
    composed = unicodedata.normalize("NFC", text)
    seen = "".join(sign for sign in composed if unicodedata.category(sign) not in {"Cf", "Cs", "Zl", "Zp"})
    name = _FORBIDDEN.sub("_", seen)
    name = name.encode()[:_LONGEST].decode(errors="ignore").strip(" .")
    return f"_{name}" if _RESERVED.fullmatch(name.partition(".")[0].strip()) else name
