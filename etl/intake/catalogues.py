"""JSON to rows of text: catalogues of datasets as portals hand them out (CKAN, DCAT), and plain lists of objects.

An entry becomes a row. What is nested becomes columns with dotted headings (publisher.name), a list of texts one cell,
a list of objects their number and what they are called (resources.count, resources.format).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from etl.errors import Fault, UnreadableInput
from etl.intake.copies import Concealer, write_copy
from etl.intake.layouts import records
from etl.intake.tables import Layout, TextTable, check_header

BETWEEN: Final = "; "
MOST_LEVELS: Final = 8
CALLED: Final = ("name", "title", "format", "mediaType")
"""What is told of the objects in a list, each different text once, besides how many there are."""
_WHERE: Final = (("result", "results"), ("result",), ("dataset",))
"""Where the entries stand in a CKAN `package_search`, in other CKAN answers, and in a DCAT-US `data.json`."""


def open_json(received: Path, label: str, layout: Layout, job: Path, conceal: Concealer | None = None) -> TextTable:
    """Understand a JSON document and copy its entries; a row's number is its position in the list, counted from 1.

    Args:
        received: the file; it is only read.
        label: its name in messages.
        layout: only its `fill_down` means something here.
        job: an empty folder of this file alone.
        conceal: what is done to the headings and every row before any of it is written.

    Raises:
        UnreadableInput: it is no JSON, holds no list of objects, or says the same thing twice.
        MemoryError: it needs more memory than there is.
    """
    content = received.read_bytes()
    sha256 = hashlib.sha256(content).hexdigest()
    entries = _entries(_document(content, label), label)
    del content
    flat = [_flat(entry, label, row) for row, entry in enumerate(entries, start=1)]
    header = tuple(dict.fromkeys(heading for cells in flat for heading in cells))
    if not any(header):
        raise UnreadableInput(Fault("json_no_table", label))
    check_header(header, label, 0)
    table = TextTable(label, received, ",", header, 0, "json", sha256, None)
    rows = records(_rows(flat, header), header, Layout(header_row=0, fill_down=layout.fill_down), label)
    try:
        return write_copy(rows, table, job, conceal)
    except UnicodeEncodeError:
        raise UnreadableInput(Fault("json_half_a_sign", label)) from None


def _rows(flat: list[dict[str, str]], header: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
    for row, cells in enumerate(flat, start=1):
        yield row, [cells.get(heading, "") for heading in header]


class _Number(str):
    """A number, as it was written."""

    __slots__ = ()


def _document(content: bytes, label: str) -> Any:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        keys = [key for key, _ in pairs]
        if len(set(keys)) < len(keys):
            twice = next(key for key in keys if keys.count(key) > 1)
            raise UnreadableInput(Fault("json_key_twice", label, {"key": twice[:100]}))
        return dict(pairs)

    try:
        text = content.decode(json.detect_encoding(content))
        return json.loads(text, object_pairs_hook=once, parse_int=_Number, parse_float=_Number, parse_constant=_Number)
    except json.JSONDecodeError as error:
        facts = {"line": error.lineno, "column": error.colno}
        raise UnreadableInput(Fault("json_broken", label, facts)) from None
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UnreadableInput(
            Fault("not_in_this_encoding", label, {"encoding": error.encoding, "line": line})
        ) from None
    except RecursionError:
        raise UnreadableInput(Fault("json_too_deep", label, {"most": MOST_LEVELS})) from None


def _entries(document: Any, label: str) -> list[dict[str, Any]]:
    """The list of entries, wherever the document has it."""
    found = document
    for path in _WHERE if isinstance(document, dict) else ():
        found = _at(document, path)
        if isinstance(found, list):
            break
    if not isinstance(found, list) or not found or not all(isinstance(entry, dict) for entry in found):
        raise UnreadableInput(Fault("json_no_table", label))
    return found


def _at(document: Any, path: tuple[str, ...]) -> Any:
    for key in path:
        document = document.get(key) if isinstance(document, dict) else None
    return document


def _flat(entry: Mapping[str, Any], label: str, row: int) -> dict[str, str]:
    """The cells of one entry by heading."""
    cells: dict[str, str] = {}
    for heading, cell in _cells((), entry, label):
        if heading in cells:
            raise UnreadableInput(Fault("json_key_twice", f"{label}, {row}", {"key": heading[:100]}))
        cells[heading] = cell
    return cells


def _cells(path: tuple[str, ...], value: Any, label: str) -> Iterator[tuple[str, str]]:
    if len(path) > MOST_LEVELS:
        raise UnreadableInput(Fault("json_too_deep", label, {"most": MOST_LEVELS}))
    match value:
        case dict():
            for key, inner in value.items():
                yield from _cells((*path, " ".join(key.split())), inner, label)
        case list() if any(isinstance(inner, dict) for inner in value):
            yield from _listed(path, value)
        case list():
            yield ".".join(path), BETWEEN.join(_text(inner) for inner in value)
        case _:
            yield ".".join(path), _text(value)


def _listed(path: tuple[str, ...], objects: list[Any]) -> Iterator[tuple[str, str]]:
    """How many objects a list holds, and what they are called."""
    yield ".".join((*path, "count")), str(len(objects))
    for key in CALLED:
        called = [_text(one[key]) for one in objects if isinstance(one, dict) and key in one]
        if any(called):
            yield ".".join((*path, key)), BETWEEN.join(dict.fromkeys(filter(None, called)))


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case str():
            return str(value)
    return json.dumps(value, ensure_ascii=False)
