"""The table of known headings: which column of which record a heading most likely is."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from etl.contracts.records import RECORDS
from etl.contracts.words import choice_in_korean, heading
from etl.documents.flaws import Flaw, flaws_of, nearest
from etl.documents.reading import placed, read_toml
from etl.errors import UnreadableInput
from etl.intake.names import normalised

MEANINGS: Final = "meanings.toml"
"""Name of the table that ships, and of the one a folder of records may add."""

_IN_BRACKETS: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|〔[^〕]*〕|<[^<>]*>")
_BETWEEN: Final = re.compile(r"[\s_\-./·ㆍ・‧:*※'\"]+")
_DEPARTMENT_NAMES: Final = ("department_name", "body_name")

Person = Literal["number", "name", "other"]
Texts = Annotated[tuple[str, ...], Field(strict=False)]


class Table(BaseModel):
    """A `meanings.toml`.

    `groups` are lists of headings that others name as `@group`; `people` are headings that tell who a person is;
    `columns` are the headings of each column of each kind of record; `choices` are words for a column's few values.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    version: Literal[1]
    groups: dict[str, Texts] = Field(default_factory=dict)
    people: dict[Person, Texts] = Field(default_factory=dict)
    columns: dict[str, dict[str, Texts]] = Field(default_factory=dict)
    choices: dict[str, Texts] = Field(default_factory=dict)

    def flaws(self, groups: Iterable[str]) -> Iterator[Flaw]:
        """What is wrong although every key has the right type; `groups` are those there are."""
        known = set(groups)
        for kind, columns in self.columns.items():
            if kind not in RECORDS:
                yield Flaw(("columns", kind), "source_unknown_kind", {"kind": kind, "nearest": nearest(kind, RECORDS)})
                continue
            fields = RECORDS[kind].model_fields
            for column in columns.keys() - fields.keys():
                facts = {"column": column, "kind": kind, "nearest": nearest(column, fields)}
                yield Flaw(("columns", kind, column), "source_unknown_column", facts)
            for column, headings in columns.items():
                for group in (text.removeprefix("~")[1:] for text in headings if text.removeprefix("~")[:1] == "@"):
                    if group not in known:
                        facts = {"group": group, "nearest": nearest(group, known)}
                        yield Flaw(("columns", kind, column), "meanings_unknown_group", facts)


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing a heading can be.

    Attributes:
        kind: the kind of record.
        column: its column.
        strength: 3 the column's own name or heading, 2 a listed heading, 1 one for want of a better.
        by_name: whether the heading is one of departments' names rather than their codes.
    """

    kind: str
    column: str
    strength: int
    by_name: bool = False


@dataclass(frozen=True, slots=True)
class Meanings:
    """Everything known about headings, by their bare form."""

    of: Mapping[str, tuple[Meaning, ...]]
    people: Mapping[str, Person]
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def meanings(self, received: str) -> tuple[Meaning, ...]:
        """What a heading can be, the likeliest first; of a heading in several rows, the lowest that is known."""
        return next((self.of[form] for form in forms(received) if form in self.of), ())

    def person(self, received: str) -> Person | None:
        """How a heading tells who a person is."""
        return next((self.people[form] for form in forms(received) if form in self.people), None)

    def choices_for(self, text: str, among: Iterable[str]) -> list[str]:
        """The values of a limited column that a received text may stand for."""
        return [value for value in among if bare(text) in self.choices.get(value, ())]


def bare(received: str) -> str:
    """A heading without what tells nothing: width, case, blanks, underscores, brackets and the units in them."""
    text = normalised(received)
    without = _IN_BRACKETS.sub("", text)
    return _BETWEEN.sub("", without) or _BETWEEN.sub("", text)


def forms(received: str) -> Iterator[str]:
    """The bare heading, then those of its parts where it spans several rows, the lowest first."""
    yield bare(received)
    parts = received.split(" / ")
    if len(parts) > 1:
        yield from (bare(part) for part in reversed(parts))


def read_meanings(folder: Path | None = None) -> Meanings:
    """The table that ships, with what a folder's own `meanings.toml` adds.

    Raises:
        UnreadableInput: the folder's table cannot be used; with every fault found.
    """
    shipped = _shipped()
    own = folder / MEANINGS if folder is not None else None
    if own is None or not own.is_file():
        return _known(shipped)
    return _known(_together(shipped, parse_meanings(own.read_bytes(), MEANINGS, shipped.groups)))


def parse_meanings(document: bytes, label: str, groups: Iterable[str] = ()) -> Table:
    """A table of meanings.

    Args:
        document: TOML.
        label: what faults call it.
        groups: groups known beside its own.

    Raises:
        UnreadableInput: with every fault found, each with its line.
    """
    raw = read_toml(document, label, UnreadableInput)
    try:
        table = Table.model_validate(raw.tables)
    except ValidationError as error:
        raise UnreadableInput(placed(flaws_of(error, Table, raw.tables), raw)) from None
    flaws = list(table.flaws([*groups, *table.groups]))
    if flaws:
        raise UnreadableInput(placed(flaws, raw))
    return table


@cache
def _shipped() -> Table:
    document = Path(__file__).with_name(MEANINGS).read_bytes()
    return Table.model_validate(tomllib.loads(document.decode("utf-8")))


def _together(shipped: Table, own: Table) -> Table:
    """Both tables, list by list."""
    columns = {
        kind: _lists(shipped.columns.get(kind, {}), own.columns.get(kind, {}))
        for kind in {**shipped.columns, **own.columns}
    }
    return Table(
        version=1,
        groups=_lists(shipped.groups, own.groups),
        people=_lists(shipped.people, own.people),
        columns=columns,
        choices=_lists(shipped.choices, own.choices),
    )


def _lists(first: Mapping[Any, tuple[str, ...]], second: Mapping[Any, tuple[str, ...]]) -> dict[Any, tuple[str, ...]]:
    return {key: (*first.get(key, ()), *second.get(key, ())) for key in {**first, **second}}


def _known(table: Table) -> Meanings:
    found: defaultdict[str, dict[tuple[str, str], Meaning]] = defaultdict(dict)
    for form, meaning in _all_meanings(table):
        before = found[form].get((meaning.kind, meaning.column))
        if before is None or before.strength < meaning.strength:
            found[form][meaning.kind, meaning.column] = meaning
    ordered = {form: tuple(sorted(meant.values(), key=lambda one: -one.strength)) for form, meant in found.items()}
    people = {bare(text): person for person, texts in table.people.items() for text in texts}
    return Meanings(ordered, people, _choice_words(table))


def _all_meanings(table: Table) -> Iterator[tuple[str, Meaning]]:
    names = {bare(text.removeprefix("~")) for group in _DEPARTMENT_NAMES for text in table.groups.get(group, ())}
    for kind, contract in RECORDS.items():
        for column in contract.model_fields:
            for text in (column, heading(kind, column, "ko"), heading(kind, column, "en")):
                by_name = column == "unit_id" and bare(text) in names
                yield bare(text), Meaning(kind, column, 3 if text == column or not by_name else 2, by_name)
            for text, strength in _listed(table, table.columns.get(kind, {}).get(column, ())):
                yield bare(text), Meaning(kind, column, strength, column == "unit_id" and bare(text) in names)


def _listed(table: Table, texts: Iterable[str], strength: int = 2) -> Iterator[tuple[str, int]]:
    for text in texts:
        weaker = 1 if text.startswith("~") else strength
        plain = text.removeprefix("~")
        if plain.startswith("@"):
            yield from _listed(table, table.groups.get(plain[1:], ()), weaker)
        else:
            yield plain, weaker


def _choice_words(table: Table) -> dict[str, tuple[str, ...]]:
    """Each value of a limited column -> the bare words for it: its own, the reference's, those of the table."""
    words: defaultdict[str, list[str]] = defaultdict(list)
    for choice, texts in table.choices.items():
        words[choice] += [choice, choice_in_korean(choice), *texts]
    return {choice: tuple(dict.fromkeys(map(bare, texts))) for choice, texts in words.items()}
