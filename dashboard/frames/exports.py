"""What can be taken out of a release, and what somebody has taken: as the page of exports shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, get_args

from dashboard.frames.data import size_text
from dashboard.frames.source import Source
from dashboard.words import WORDS, Words
from dashboard.workflow.log import detail_of
from dashboard.workflow.tables.audit import AuditEntry
from dashboard.workflow.taking import Share
from etl.contracts.words import heading
from etl.exports.export import Exported
from etl.exports.formats import FORMS, Format
from etl.exports.words import table_word
from etl.shown import number

_NEED_RECORDS: Final[frozenset[Format]] = frozenset({"evidence"})


@dataclass(frozen=True, slots=True)
class KindRow:
    """One kind of file: what it is called, what is in it, and its ending."""

    kind: Format
    name: str
    what: str
    suffix: str


@dataclass(frozen=True, slots=True)
class TakenRow:
    """One export of the reader's, as the log tells it."""

    at: str
    kind: str
    release: str
    rows: str
    reason: str


def kind_rows(source: Source, share: Share) -> list[KindRow]:
    """The kinds of file somebody may take of a release.

    Args:
        source: the release as they see it.
        share: what of it they may take.
    """
    words, has_records = source.words, source.reading.has_records
    kinds: Sequence[Format] = get_args(Format)
    return [
        KindRow(
            kind,
            words(f"exports.kind.{kind}"),
            words(f"exports.what.{kind}"),
            FORMS[kind].suffix.removeprefix("."),
        )
        for kind in kinds
        if share.has(kind) and (has_records or kind not in _NEED_RECORDS)
    ]


def part_name(kind: Format, part: str, words: Words) -> str:
    """What a part of a file is called."""
    key, documents = f"exports.part.{part}", FORMS[kind].documents
    if part in documents:
        return words.of(documents[part])
    if kind == "xlsx" and key in WORDS:
        return words(key)
    folder, _, record = part.rpartition("/")
    if folder:
        return f"{table_word(folder, words.language)}: {heading(record, 'heading', words.language)} ({part})"
    return f"{table_word(part, words.language)} ({part})"


def made_text(name: str, made: Exported, words: Words) -> str:
    """A file that is ready: its name, size and rows."""
    rows = sum(control.rows for control in made.controls.values())
    return words("exports.ready", name=name, size=size_text(made.size), rows=number(rows))


def taken_rows(entries: Sequence[AuditEntry], words: Words) -> list[TakenRow]:
    """Exports as the log tells them, in its order."""
    return [_taken(entry, words) for entry in entries]


def _taken(entry: AuditEntry, words: Words) -> TakenRow:
    detail = detail_of(entry)
    key = f"exports.kind.{detail.get('format', '')}"
    kind = words(key) if key in WORDS else str(detail.get("format", ""))
    rows = detail.get("rows")
    return TakenRow(
        words.moment(entry.at),
        kind,
        entry.about,
        number(rows) if isinstance(rows, int) else "",
        str(detail.get("reason", "")),
    )
