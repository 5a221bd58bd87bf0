"""What `sources.toml` is to say of a file that arrives, worked out whole before anything is written.

A load changes two files, the arriving one and `sources.toml`, and may be ended between them. So that the folder can be
read at every moment, `sources.toml` says meanwhile only what holds with the older and with the newer version.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from etl.errors import Fault, UnreadableInput
from etl.intake.mapping import SOURCES, Mends, Source, named_sources, parse_sources
from etl.intake.proposing.entries import Entry, as_toml
from etl.intake.proposing.mends import with_mends

_NO_VERSION: Final = "0" * 64
"""The digest of no file: rows that are said of it take the place of none."""


@dataclass(frozen=True, slots=True)
class Documents:
    """The `sources.toml` of a load; None where it stays as it is.

    Attributes:
        meanwhile: before the file is put in its place.
        afterwards: once it is there.
    """

    meanwhile: bytes | None = None
    afterwards: bytes | None = None


def documents_for(folder: Path, file: str, entries: Sequence[Source]) -> Documents:
    """What `sources.toml` says while a file arrives and afterwards. Nothing is written.

    Args:
        folder: received files.
        file: the file that arrives.
        entries: what it is to be read with; none leaves everything as it is.

    Raises:
        UnreadableInput: `sources.toml` says something else of the file already, or is written so that it cannot be
            changed.
    """
    if not entries:
        return Documents()
    document = document_of(folder, but=file)
    if not (folder / SOURCES).is_file():
        # Until the file is described, its name alone must not make it read as something else.
        others = any(one.file != file for one in named_sources(folder))
        return Documents(document if others else None, _with_entries(document, file, entries))
    there = [one for one in parse_sources(document, SOURCES) if one.file == file]
    if there == [*entries]:
        return Documents()
    if not there:
        return Documents(None, _with_entries(document, file, entries))
    return _mended_anew(document, file, there, entries)


def document_of(folder: Path, but: str = "") -> bytes:
    """The folder's `sources.toml`; where it has none, one that says what the names of its files say.

    Args:
        folder: received files.
        but: a file whose name is not to say anything.
    """
    described = folder / SOURCES
    if described.is_file():
        return described.read_bytes()
    named = [Entry(one) for one in named_sources(folder) if one.file != but]
    return "\n".join(["version = 1\n", *map(as_toml, named)]).encode()


def with_added(document: bytes, added: str) -> bytes:
    """The document with more text at its end; no line that is there changes."""
    ended = b"" if document.endswith(b"\n") else b"\n"
    return document + ended + added.encode()


def _with_entries(document: bytes, file: str, entries: Sequence[Source]) -> bytes:
    longer = with_added(document, "".join(f"\n{as_toml(Entry(one))}" for one in entries))
    try:
        parse_sources(longer, SOURCES)
    except UnreadableInput:
        raise UnreadableInput(Fault("alias_source_not_added", SOURCES, {"file": file})) from None
    return longer


def _mended_anew(document: bytes, file: str, there: Sequence[Source], entries: Sequence[Source]) -> Documents:
    """The entries of a mended file with the rows of its newer version; all else they say must be there already."""
    before, after = there[0].mends, entries[0].mends
    if after is None or [one.model_copy(update={"mends": after}) for one in there] != [*entries]:
        raise UnreadableInput(Fault("load_described_otherwise", SOURCES, {"file": file}))
    meanwhile = _in_common(before, after)
    return Documents(
        None if meanwhile is None or meanwhile == before else with_mends(document, file, meanwhile),
        with_mends(document, file, after),
    )


def _in_common(before: Mends | None, after: Mends) -> Mends | None:
    """The rows of which both versions take the place: no other row is set aside for one that is not there."""
    if before is None:
        return None
    same = (before.file, before.sha256) == (after.file, after.sha256)
    rows = tuple(row for row in after.rows if same and row in before.rows)
    changed = {"rows": rows} if rows else {"sha256": _NO_VERSION}
    return before if set(rows) == set(before.rows) else after.model_copy(update=changed)
