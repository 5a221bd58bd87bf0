"""Shapes of files: the headings that tell one, those that ship, and those that an entry written before describes."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from etl.contracts.records import RECORDS
from etl.intake.mapping import FromColumn, Source, Where
from etl.intake.names import normalised
from etl.intake.proposing.entries import Entry, Open, source_of
from etl.intake.proposing.layout import Found
from etl.intake.proposing.sampling import Sample
from etl.intake.proposing.telling import Finding
from etl.intake.proposing.values import days_in, field_type

SHAPES: Final = Path(__file__).parent.parent / "shapes"
"""The folder of the shapes that ship, one file each."""

InWords = dict[Literal["ko", "en"], str]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class AsksFor(_Part):
    """A column of a shape that the file itself never tells: what to ask, and what an answer looks like."""

    column: str
    suggestion: dict[str, Any]
    asks: InWords


def _as_table(origin: Any) -> Any:
    return {"column": origin} if isinstance(origin, str) else origin


class ShapeSource(_Part):
    """One kind of record that files of a shape feed; `only_when_asked` leaves it to `--kind`."""

    kind: str
    columns: dict[str, Annotated[FromColumn, BeforeValidator(_as_table)]]
    only_when_asked: bool = False
    where: Annotated[tuple[Where, ...], Field(strict=False)] = ()
    open: Annotated[tuple[AsksFor, ...], Field(strict=False)] = ()


class Shape(_Part):
    """A known shape of file.

    A file has it when every one of `headings` is there, in any order; `also` are other headings for the same column.
    Columns of a source whose heading a file lacks are left out where the contract can do without them.
    """

    version: Literal[1]
    name: InWords
    about: InWords
    headings: Annotated[tuple[str, ...], Field(strict=False)]
    also: dict[str, Annotated[tuple[str, ...], Field(strict=False)]] = Field(default_factory=dict)
    source: Annotated[tuple[ShapeSource, ...], Field(strict=False)]

    def in_file(self, heading: str, headings: Iterable[str]) -> str | None:
        """The file's own heading for one of the shape's."""
        by_form = {normalised(own): own for own in headings}
        wanted = (heading, *self.also.get(heading, ()))
        return next((by_form[normalised(one)] for one in wanted if normalised(one) in by_form), None)

    def fits(self, headings: Sequence[str]) -> bool:
        """Whether a file with these headings has this shape."""
        return all(self.in_file(heading, headings) is not None for heading in self.headings)

    def entries(self, sample: Sample, found: Found, kinds: Sequence[str]) -> list[Entry]:
        """The entries for a file of this shape; of these kinds where any are asked for."""
        asked = [one for one in self.source if one.kind in kinds or (not kinds and not one.only_when_asked)]
        return [self._entry(one, sample, found) for one in asked]

    def _entry(self, one: ShapeSource, sample: Sample, found: Found) -> Entry:
        columns = {
            column: _with_days(one.kind, column, origin, found)
            for column, wanted in one.columns.items()
            if (origin := self._in_headings(wanted, found.headings)) is not None
        }
        asked = [Open(ask.column, ask.suggestion, _asks(ask)) for ask in one.open]
        source = source_of(sample, found, one.kind, columns)
        where = (*source.where, *(self._where_in(condition, found.headings) for condition in one.where))
        return Entry(source.model_copy(update={"where": where}), tuple(asked))

    def _where_in(self, condition: Where, headings: Sequence[str]) -> Where:
        """A condition under the file's own headings."""
        beside = tuple(self.in_file(heading, headings) or heading for heading in condition.beside)
        column = self.in_file(condition.column, headings) or condition.column
        return condition.model_copy(update={"column": column, "beside": beside})

    def _in_headings(self, origin: FromColumn, headings: Sequence[str]) -> FromColumn | None:
        """The origin under the file's own headings; None where the file lacks one of them."""
        said = origin.model_dump(exclude_defaults=True)
        for key in ("column", "columns", "digest_of", "pseudonym_of", "within"):
            if key in said:
                wanted = [said[key]] if key == "column" else said[key]
                own = [self.in_file(heading, headings) for heading in wanted]
                if None in own:
                    return None
                said[key] = own[0] if key == "column" else own
        return FromColumn.model_validate(said)


def _asks(ask: AsksFor) -> Finding:
    return Finding("proposal_shape_asks", {"column": ask.column, "asks": ask.asks})


def _with_days(kind: str, column: str, origin: FromColumn, found: Found) -> FromColumn:
    """A column of days in the forms this file writes them."""
    if origin.column is None or field_type(kind, column) != "day":
        return origin
    forms = days_in(found.cells(origin.column)).forms
    return origin.model_copy(update={"dates": forms}) if forms else origin


@cache
def known_shapes() -> tuple[Shape, ...]:
    """The shapes that ship."""
    return tuple(parse_shape(path.read_bytes()) for path in sorted(SHAPES.glob("*.toml")))


def parse_shape(document: bytes) -> Shape:
    """A shape; the columns of its sources are those of their contracts.

    Raises:
        ValueError: the document is no shape. A fault of the program: shapes ship with it.
    """
    shape = Shape.model_validate(tomllib.loads(document.decode("utf-8")))
    for one in shape.source:
        unknown = {*one.columns, *(ask.column for ask in one.open)} - RECORDS[one.kind].model_fields.keys()
        if unknown:
            raise ValueError(f"{one.kind} has no columns {sorted(unknown)}")
    return shape


# Shapes of files that have an entry already -------------------------------------------------------------------------


def shape_of(headings: Iterable[str]) -> frozenset[str]:
    """What makes two files alike: their headings, whatever their order, width, case or blanks."""
    return frozenset(normalised(heading) for heading in headings if heading)


def named_headings(source: Source) -> frozenset[str]:
    """The headings an entry names: all that is known of a file that is no longer there."""
    origins = (source.columns or {}).values()
    used = [heading for origin in origins for heading in (*origin.columns, *origin.digest_of, *origin.person)]
    used += [origin.column for origin in origins if origin.column is not None]
    return shape_of(
        heading for heading in (*used, *(heading for one in source.where for heading in one.uses)) if heading != "*"
    )


def renamed(source: Source, sample: Sample, found: Found) -> Entry:
    """An entry for another file of the same shape: only what lies with the file itself is new."""
    own = {normalised(heading): heading for heading in found.headings}
    layout = source_of(sample, found, source.kind, None)
    lies_with_the_file = ("file", "encoding", "delimiter", "sheet", "header_row", "header_rows", "code_rows")
    said = {key: getattr(layout, key) for key in lies_with_the_file}
    return Entry(Source.model_validate({**_under(source, own), **said}))


def _under(source: Source, own: Mapping[str, str]) -> dict[str, Any]:
    """What an entry says, its headings as this file writes them."""
    said = source.model_dump(exclude_defaults=True, by_alias=True, exclude={"mends"})
    for origin in said.get("columns", {}).values():
        for key in origin.keys() & {"columns", "digest_of", "pseudonym_of", "within"}:
            origin[key] = [own.get(normalised(heading), heading) for heading in origin[key]]
        if "column" in origin:
            origin["column"] = own.get(normalised(origin["column"]), origin["column"])
    for condition in said.get("where", ()):
        for key in condition.keys() & {"column", "same_as"}:
            condition[key] = own.get(normalised(condition[key]), condition[key])
        if "with" in condition:
            condition["with"] = [own.get(normalised(heading), heading) for heading in condition["with"]]
    return said
