"""What the generated references share: a class's own words, values in words, and tables in Markdown."""

from __future__ import annotations

import inspect
import re
import tomllib
import types
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, Literal, Union, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from etl.scoring.decimals import plain

WORDS: Final = Path(__file__).parent / "words"
DOCUMENTS: Final = Path(__file__).parent.parent / "docs"

_ENTRY: Final = re.compile(r"^ {4}(\w+): (.*)$")
_SECTION: Final = re.compile(r"^[A-Z]\w+( \w+)?:$")
_BOUNDS: Final[dict[type, tuple[str, str]]] = {Ge: ("ge", "≥"), Gt: ("gt", ">"), Le: ("le", "≤"), Lt: ("lt", "<")}
_PLAIN: Final[dict[type, str]] = {
    Decimal: "number",
    int: "whole number",
    str: "text",
    date: "day",
    bool: "true or false",
}


def read_words(name: str) -> dict[str, Any]:
    """The words beside the code: what a reference says that no class says, in Korean and English."""
    return tomllib.loads((WORDS / name).read_text(encoding="utf-8"))


def summary_of(described: type) -> str:
    """What a class says of itself before its first section."""
    lines = inspect.cleandoc(described.__doc__ or "").splitlines()
    before = [line for line in lines[: _first_section(lines)] if line]
    return " ".join(before)


def arguments_of(model: type[BaseModel]) -> dict[str, str]:
    """Key -> what the docstring of the class, or of one it inherits from, says of it."""
    told: dict[str, str] = {}
    for described in reversed(model.__mro__):
        if issubclass(described, BaseModel):
            told |= _arguments_in(inspect.cleandoc(described.__doc__ or "").splitlines())
    return {key: text for key, text in told.items() if key in model.model_fields}


def _first_section(lines: Sequence[str]) -> int:
    return next((position for position, line in enumerate(lines) if _SECTION.match(line)), len(lines))


def _arguments_in(lines: Sequence[str]) -> dict[str, str]:
    told: dict[str, str] = {}
    key = None
    for line in lines[_first_section(lines) :]:
        entry = _ENTRY.match(line)
        if entry:
            key = entry[1]
            told[key] = entry[2]
        elif key is not None and line.startswith(" " * 8):
            told[key] += " " + line.strip()
    return told


def value_in_words(annotation: Any, known: Iterable[tuple[Any, str]]) -> str:
    """What may stand for a key, in the words of the reference's legend.

    Args:
        annotation: the field's type, with its marks.
        known: types that have a word of their own; a class is shown as a link to its section.
    """
    named = next((word for kind, word in known if kind == annotation), None)
    if named is not None:
        return named
    base, bounds = _unmarked(annotation)
    if get_origin(base) in (Union, types.UnionType):
        options = [option for option in get_args(base) if option is not type(None)]
        return " or ".join(dict.fromkeys(value_in_words(option, known) for option in options))
    if get_origin(base) is Literal:
        return " or ".join(f"`{_as_toml(choice)}`" for choice in get_args(base))
    if get_origin(base) is tuple:
        return f"list of {value_in_words(get_args(base)[0], known)}"
    if get_origin(base) is dict:
        return f"table of {value_in_words(get_args(base)[1], known)}"
    if issubclass(base, BaseModel):
        return link_to(base.__name__)
    return _PLAIN[base] + bounds


def link_to(name: str) -> str:
    """A link to the section of a class."""
    return f"[{name}](#{name.lower()})"


def _unmarked(annotation: Any) -> tuple[Any, str]:
    """The bare type of an annotation, and its bounds in signs."""
    marks: list[Any] = []
    while hasattr(annotation, "__metadata__"):
        marks = [*annotation.__metadata__, *marks]
        annotation = annotation.__origin__
    flat = [part for mark in marks for part in (mark.metadata if isinstance(mark, FieldInfo) else [mark])]
    bounds = [
        f"{sign} {getattr(mark, key)}" for mark in flat for kind, (key, sign) in _BOUNDS.items() if type(mark) is kind
    ]
    return annotation, " " + ", ".join(bounds) if bounds else ""


def default_in_words(field: FieldInfo) -> str:
    """What holds where the key is left out."""
    if field.is_required():
        return "**필수 · required**"
    default = field.get_default(call_default_factory=True)
    if default is None or default in ((), {}):
        return "–"
    if isinstance(default, BaseModel):
        stated = default.model_dump(exclude_none=True)
        inner = ", ".join(f"{key} = {_as_toml(value)}" for key, value in stated.items() if value not in ((), None))
        return f"`{{ {inner} }}`" if inner else "–"
    return f"`{_as_toml(default)}`"


def _as_toml(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return f'"{value}"'
        case Decimal():
            return plain(value)
        case _:
            return str(value)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A Markdown table, line by line."""
    yield "| " + " | ".join(heads) + " |"
    yield "|" + "---|" * len(heads)
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"


def write_page(name: str, text: str) -> None:
    """Put a page into the documents."""
    path = DOCUMENTS / name
    path.write_text(text, encoding="utf-8")
    print(path.relative_to(DOCUMENTS.parent))
