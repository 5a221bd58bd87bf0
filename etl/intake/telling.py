"""A difference in words, for a person to decide on: what comes, what goes, what changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from etl.errors import Language
from etl.intake.arrivals import Difference
from etl.intake.differences import SHOWN_RECORDS, KindDifference, RecordDifference

Words = dict[Language, str]

_SAME: Final[Words] = {
    "ko": "{file}: 이미 적재한 판입니다. 바뀌는 것이 없습니다.",
    "en": "{file}: this version is loaded already; nothing changes.",
}
_ROWS: Final[Words] = {
    "ko": "{file}: 받음 {received_before:,} → {received:,}, 적재 {staged_before:,} → {staged:,},"
    " 반려 {rejected_before:,} → {rejected:,}, 보류 {held_before:,} → {held:,}행",
    "en": "{file}: rows received {received_before:,} -> {received:,}, staged {staged_before:,} -> {staged:,},"
    " rejected {rejected_before:,} -> {rejected:,}, held {held_before:,} -> {held:,}",
}
_MENDS: Final[Words] = {
    "ko": "{file}({kind})의 행 {rows:,}개를 대신합니다. 그 행은 제외로 셉니다.",
    "en": "takes the place of rows of {file} ({kind}), which are set aside: {rows:,}",
}
_NO_RECORD: Final[Words] = {"ko": "기록은 달라지지 않습니다.", "en": "no record differs."}
_KIND: Final[Words] = {
    "ko": "{kind}: 추가 {added:,}, 변경 {changed:,}, 삭제 {removed:,}건",
    "en": "{kind}: {added:,} added, {changed:,} changed, {removed:,} removed",
}
_REST: Final[Words] = {"ko": "  … 외 {rest:,}건", "en": "  … and {rest:,} more"}
_EMPTY: Final = "''"
_COUNTS: Final = ("received", "staged", "rejected", "held")


def difference_lines(difference: Difference, language: Language) -> Iterator[str]:
    """The difference line by line: rows of the file, then record by record the first of every sort."""
    if difference.is_loaded:
        yield _SAME[language].format(file=difference.file)
        return
    before = {f"{count}_before": difference.rows_before(count) for count in _COUNTS}
    after = {count: difference.rows_after(count) for count in _COUNTS}
    yield _ROWS[language].format(file=difference.file, **before, **after)
    for one in difference.mended:
        yield _MENDS[language].format(file=one.file, kind=one.kind, rows=len(one.rows))
    yield from (notice.text(language) for notice in difference.notices)
    if not difference.kinds:
        yield _NO_RECORD[language]
    for kind in difference.kinds:
        yield from _kind_lines(kind, language)


def _kind_lines(kind: KindDifference, language: Language) -> Iterator[str]:
    yield _KIND[language].format(kind=kind.kind, added=kind.added, changed=kind.changed, removed=kind.removed)
    for sign, records, count in (
        ("+", kind.added_records, kind.added),
        ("~", kind.changed_records, kind.changed),
        ("-", kind.removed_records, kind.removed),
    ):
        yield from (_record_line(sign, one) for one in records)
        if count > SHOWN_RECORDS:
            yield _REST[language].format(rest=count - SHOWN_RECORDS)


def _record_line(sign: str, one: RecordDifference) -> str:
    cells = ", ".join(f"{column} {old or _EMPTY} → {new or _EMPTY}" for column, (old, new) in one.cells.items())
    return f"  {sign} {' / '.join(one.key)}{f': {cells}' if cells else ''}"
