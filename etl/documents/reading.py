"""A TOML document a person wrote, read so that every fault in it can be told with its line."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from etl.documents.flaws import Flaw
from etl.documents.lines import KeyPath, key_lines, line_of
from etl.documents.syntax import syntax_fault
from etl.errors import Fault, JipyoError


@dataclass(frozen=True, slots=True)
class Document:
    """A TOML document: what it says, and the text it says it in."""

    label: str
    text: str
    tables: dict[str, Any]


def read_toml(data: bytes, label: str, error: type[JipyoError]) -> Document:
    """Read a TOML document; its numbers with decimals come as `Decimal`.

    Args:
        data: UTF-8, with or without a byte order mark.
        label: what faults call the document.
        error: the class of error to raise.

    Raises:
        JipyoError: of that class; the document is not UTF-8 or not TOML.
    """
    try:
        written = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise error(Fault("document_not_utf8", f"{label}, line {line}")) from None
    try:
        return Document(label, written, tomllib.loads(written, parse_float=Decimal))
    except tomllib.TOMLDecodeError as problem:
        raise error(syntax_fault(problem, label, written)) from None
    except (RecursionError, ArithmeticError, ValueError):
        raise error(Fault("document_too_deep", label)) from None


def placed(flaws: Iterable[Flaw], document: Document) -> list[Fault]:
    """The flaws as faults, each with the document's name, line and key path, in the order of the lines."""
    lines = key_lines(document.text)
    found = sorted(enumerate(flaws), key=lambda item: (line_of(lines, item[1].path), item[0]))
    return [
        Fault(flaw.code, f"{document.label}, line {line_of(lines, flaw.path)}{_shown(flaw.path)}", flaw.facts)
        for _, flaw in found
    ]


def _shown(path: KeyPath) -> str:
    """The key path as a person counts: the third indicator is `indicators.3`."""
    steps = [str(step + 1) if isinstance(step, int) else step for step in path]
    return ", " + ".".join(steps) if steps else ""
