"""Which rows a mended file takes the place of, in a `sources.toml` that mentions it already."""

from __future__ import annotations

from collections.abc import Sequence

from etl.documents.lines import key_lines
from etl.errors import Fault, UnreadableInput
from etl.intake.mapping import SOURCES, Mends, Source, parse_sources
from etl.intake.proposing.entries import toml_value


def with_mends(document: bytes, file: str, mends: Mends) -> bytes:
    """The document once the entries of a mended file say which rows it takes the place of; no other line differs.

    Raises:
        UnreadableInput: they are written in a way that cannot be changed line by line.
    """
    sources = parse_sources(document, SOURCES)
    wanted = tuple(one.model_copy(update={"mends": mends}) if one.file == file else one for one in sources)
    after = _with_mends(document.decode("utf-8-sig"), [at for at, one in enumerate(sources) if one.file == file], mends)
    if _sources_in(after) != wanted:
        line = f"mends = {toml_value(mends.model_dump())}"
        raise UnreadableInput(Fault("mends_not_written", SOURCES, {"file": file, "line": line[:300]}))
    return after.encode()


def _with_mends(document: str, positions: Sequence[int], mends: Mends) -> str:
    lines, places = document.split("\n"), key_lines(document)
    said = f"mends = {toml_value(mends.model_dump())}"
    for position in reversed(positions):
        there = places.get(("source", position, "mends"))
        if there is not None:
            lines[there - 1] = said
        else:
            lines.insert(places[("source", position, "file")], said)
    return "\n".join(lines)


def _sources_in(document: str) -> tuple[Source, ...]:
    try:
        return parse_sources(document.encode(), SOURCES)
    except UnreadableInput:
        return ()
