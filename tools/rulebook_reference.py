"""Writes `docs/rulebook-reference.md` from the classes that read a rulebook, so that the page cannot fall behind.

Usage: python -m tools.rulebook_reference

The keys, their values and defaults come from the classes, the formulas from the functions that compute them. What a key
means comes from the class's docstring, or from `tools/words/rulebook.toml`, which also has the Korean. A test holds
that no key goes without words, and that none is told twice.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, get_args, get_type_hints

from pydantic import BaseModel

from etl.scoring import aggregate, points, points_relative
from etl.scoring.rulebook import Rulebook
from etl.scoring.rulebook_parts import Missing, Numerator
from etl.scoring.rulebook_points import Target, TargetByBand, TargetFromMetric
from etl.scoring.rulebook_terms import Amount, Id, Label, MetricName, Text
from tools.reference_pages import (
    arguments_of,
    default_in_words,
    link_to,
    read_words,
    summary_of,
    table,
    value_in_words,
    write_page,
)

PAGE: Final = "rulebook-reference.md"
WORDS: Final = "rulebook.toml"

_MISSING: Final = "[missing rule](#missing)"
_TARGET: Final = f"amount or {link_to(TargetFromMetric.__name__)} or {link_to(TargetByBand.__name__)}"
KNOWN: Final[tuple[tuple[Any, str], ...]] = (
    (Id, "identifier"),
    (Label, "label"),
    (MetricName, "metric"),
    (Text, "words"),
    (Amount, "amount"),
    (Numerator, "metric or number"),
    (Target, _TARGET),
    (Missing, _MISSING),
    (Missing | None, _MISSING),
)
"""Types with a word of their own in the legend."""

_COMPUTES: Final = re.compile(r"; see `(?:points(?:_relative)?\.)(\w+)`(?: and `(\w+)`)?")


@dataclass(frozen=True, slots=True)
class Section:
    """One class of the rulebook.

    Args:
        model: the class.
        paths: where in the file it stands, as a person writes it, such as `[[indicators]]`.
    """

    model: type[BaseModel]
    paths: tuple[str, ...]

    @property
    def name(self) -> str:
        """The class's name; in lower case it is the section's anchor."""
        return self.model.__name__

    @property
    def shown_paths(self) -> str:
        """The paths, ready to stand in the page."""
        return ", ".join(f"`{path}`" for path in self.paths)


def sections() -> list[Section]:
    """Every class a rulebook can hold, each once, in the order in which it is met."""
    found: dict[type[BaseModel], list[str]] = {}
    _collect(Rulebook, "rulebook.toml", found)
    return [Section(model, tuple(paths)) for model, paths in found.items()]


def _collect(model: type[BaseModel], path: str, found: dict[type[BaseModel], list[str]]) -> None:
    paths = found.setdefault(model, [])
    if path not in paths:
        paths.append(path)
    if len(paths) > 1:
        return
    for key, annotation in get_type_hints(model, include_extras=True).items():
        if key not in model.model_fields:
            continue
        for part in _models_in(annotation):
            if part is not Text:
                _collect(part, _path_below(model, path, key, part), found)


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        return
    is_marked = hasattr(annotation, "__metadata__")
    for part in (annotation.__origin__,) if is_marked else get_args(annotation):
        yield from _models_in(part)


def _path_below(model: type[BaseModel], path: str, key: str, part: type[BaseModel]) -> str:
    """Where a part stands: tables of the whole file in brackets, the others as `indicators.points`."""
    if model is Rulebook:
        many = Ellipsis in get_args(Rulebook.model_fields[key].annotation)
        return f"[[{key}]]" if many else f"[{key}]"
    inner = f"{path.strip('[]').partition(',')[0]}.{key}"
    method = part.model_fields.get("method")
    named = len(get_args(method.annotation)) == 1 if method else False
    return f'{inner}, method = "{get_args(method.annotation)[0]}"' if method and named else inner


def english_of(model: type[BaseModel], key: str, words: Mapping[str, Any]) -> str | None:
    """What a key means, in English: the docstring's words, or those beside it; None where nobody says it."""
    beside = words_for(model, key, words)
    return docstring_of(model, key) or (beside.get("en") if isinstance(beside, dict) else None)


def docstring_of(model: type[BaseModel], key: str) -> str | None:
    """What the class's docstring says of a key; one that only points into the code says nothing to a reader."""
    told = arguments_of(model).get(key)
    if told is None or told.startswith("see `"):
        return None
    choices = get_args(model.model_fields[key].annotation)
    starts_with_a_value = told.split()[0] in choices or told.startswith('"')
    return told if starts_with_a_value else told[0].upper() + told[1:]


def korean_of(model: type[BaseModel], key: str, words: Mapping[str, Any]) -> str | None:
    """What a key means, in Korean; None where nobody says it."""
    beside = words_for(model, key, words)
    return beside.get("ko") if isinstance(beside, dict) else beside


def words_for(model: type[BaseModel], key: str, words: Mapping[str, Any]) -> Any:
    """The words of a class for a key, or else those of the nearest class it inherits the key from."""
    tables = [words.get(described.__name__, {}) for described in model.__mro__]
    return next((named[key] for named in tables if key in named), None)


def _rows(model: type[BaseModel], words: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    hints = get_type_hints(model, include_extras=True)
    for key, field in model.model_fields.items():
        beside = words_for(model, key, words)
        stated = beside.get("default") if isinstance(beside, dict) else None
        yield (
            f"`{field.alias or key}`",
            value_in_words(hints[key], KNOWN),
            stated or default_in_words(field),
            korean_of(model, key, words) or "",
            english_of(model, key, words) or "",
        )


def _formulas(model: type[BaseModel]) -> Iterator[str]:
    """What the functions that compute a points method say of formula and source."""
    named = _COMPUTES.search(inspect.cleandoc(model.__doc__ or "").replace("\n", " "))
    functions = [name for name in named.groups() if name] if named else []
    for function in functions:
        home = points if hasattr(points, function) else points_relative
        paragraphs = inspect.cleandoc(getattr(home, function).__doc__).split("\n\n")
        if len(functions) > 1:
            paragraphs[0] = f"Formula of {paragraphs[0][0].lower()}{paragraphs[0][1:]}"
        for paragraph in paragraphs:
            if paragraph.startswith(("Formula", "Source")):
                yield " ".join(paragraph.split())
                yield ""


def _aggregations() -> Iterator[str]:
    """The ways to aggregate, as the function that does it says them."""
    told = inspect.cleandoc(aggregate.combine.__doc__ or "")
    formula = next(part for part in told.split("\n\n") if part.startswith("Formula"))
    first, *lines = formula.splitlines()
    yield f"{first.strip()}"
    yield ""
    for line in lines:
        name, colon, meaning = line.strip().partition(": ")
        if colon:
            yield f"- {', '.join(f'`{one}`' for one in name.split(', '))}: {meaning}"
        else:
            yield ""
            yield line.strip()
    yield ""


def _section_lines(section: Section, words: Mapping[str, Any]) -> Iterator[str]:
    own = words[section.name]
    yield f'<a id="{section.name.lower()}"></a>'
    yield ""
    yield f"## {own['heading']} · {section.name}"
    yield ""
    yield section.shown_paths
    yield ""
    yield own["about"]
    yield ""
    yield _COMPUTES.sub("", summary_of(section.model))
    yield ""
    yield from _formulas(section.model)
    yield from table(("key", "value", "default", "뜻", "meaning"), _rows(section.model, words))
    yield ""
    if section.paths == ("[score]",):
        yield from _aggregations()


def page() -> str:
    """The whole page."""
    words = read_words(WORDS)
    found = sections()
    lines = [words["page"]["start"].strip(), "", "## 차례 · Contents", ""]
    lines += [f"- {link_to(section.name)} {words[section.name]['heading']}: {section.shown_paths}" for section in found]
    lines += ["", words["page"]["values"].strip(), ""]
    for section in found:
        lines += _section_lines(section, words)
    return "\n".join(lines).rstrip("\n") + "\n"


if __name__ == "__main__":
    write_page(PAGE, page())
