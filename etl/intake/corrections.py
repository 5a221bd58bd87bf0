"""`corrections.toml`: what a person decided to read otherwise than it was received. The received file stays as it is.

A correction names one record, one column, the text it must find there and the text to put in its place; or a record to
leave out. It is made after the columns are mapped and before the contract is checked, so that a rejected row can be
mended. One that does not find exactly what it expects stops everything: nothing is corrected by half.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from etl.contracts.fields import PSEUDONYM
from etl.contracts.records import RECORDS
from etl.documents.flaws import Flaw, flaws_of, nearest
from etl.documents.lines import KeyPath
from etl.documents.reading import Document, placed, read_toml
from etl.errors import Fault, UnreadableInput
from etl.intake.checks import CHECKS
from etl.intake.mapping import Source

CORRECTIONS: Final = "corrections.toml"
HIDDEN: Final = "…"

Words = Annotated[str, Field(min_length=1, max_length=500)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Correction(_Part):
    """One cell to read otherwise, or with `drop` one record to leave out.

    Attributes:
        kind: of the record.
        file: as `sources.toml` names it; needed where several sources feed the kind.
        key: the record's key, every column of it, as mapped.
        row: instead of a key, the row of the received file.
        column: of the record.
        before: the text that must be there, as mapped; empty for an empty cell.
        after: the text to read instead; empty for an empty cell.
        drop: whether the whole record is set aside instead.
        reason, source, decided_by, decided_on: why, on which document's word, by whom (a role) and when.
    """

    kind: str
    file: str | None = None
    key: dict[str, str] | None = None
    row: Annotated[int, Field(ge=1)] | None = None
    column: str | None = None
    before: str | None = None
    after: str | None = None
    drop: bool = False
    reason: Words
    source: Words
    decided_by: Words
    decided_on: date

    def flaws(self) -> Iterator[Flaw]:
        """What is wrong although every key has the right type."""
        if self.kind not in RECORDS:
            yield Flaw(("kind",), "source_unknown_kind", {"kind": self.kind, "nearest": nearest(self.kind, RECORDS)})
            return
        fields = RECORDS[self.kind].model_fields
        if self.column is not None and self.column not in fields:
            facts = {"column": self.column, "kind": self.kind, "nearest": nearest(self.column, fields)}
            yield Flaw(("column",), "source_unknown_column", facts)
        if (self.key is None) == (self.row is None):
            yield Flaw((), "correction_needs_one_place")
        if self.key is not None and set(self.key) != set(RECORDS[self.kind].key):
            yield Flaw(("key",), "correction_needs_whole_key", {"columns": ", ".join(RECORDS[self.kind].key)})
        yield from self._flaws_of_change()

    def _flaws_of_change(self) -> Iterator[Flaw]:
        if (self.after is not None) == self.drop:
            yield Flaw((), "correction_changes_or_drops")
        expects = (self.column is not None, self.before is not None)
        # A row's number alone says nothing of what stands there in the next version of the file.
        if any(expects) != all(expects) or not (all(expects) or (self.drop and self.row is None)):
            yield Flaw((), "correction_expects_nothing")
        if self.before is not None and self.before == self.after:
            yield Flaw(("after",), "correction_changes_nothing")

    def names_people_in_clear(self, concealed: Collection[str]) -> Iterator[KeyPath]:
        """Where it says of a person more than a pseudonym.

        Args:
            concealed: columns of the contract that hold people.
        """
        said: dict[KeyPath, tuple[str | None, str | None]] = {
            ("before",): (self.column, self.before),
            ("after",): (self.column, self.after),
            **{("key", column): (column, cell) for column, cell in (self.key or {}).items()},
        }
        for path, (column, cell) in said.items():
            if column in concealed and cell and re.fullmatch(PSEUDONYM, cell) is None:
                yield path

    @property
    def cell(self) -> tuple[object, ...]:
        """What it is about, for telling when two are about the same."""
        place = self.row if self.key is None else tuple(sorted(self.key.items()))
        return (self.kind, self.file, place, None if self.drop else self.column)


class _Corrections(_Part):
    """The whole of a `corrections.toml`."""

    version: Literal[1]
    correction: Annotated[tuple[Correction, ...], Field(strict=False)] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """A correction and where it stands.

    Attributes:
        number: its place in `corrections.toml`, from 0.
        source: the number of the source it corrects.
        line: where it begins.
    """

    number: int
    source: int
    line: str
    correction: Correction


@dataclass(frozen=True, slots=True)
class Corrections:
    """What `corrections.toml` says; empty where there is none.

    Attributes:
        written: its bytes, None where there is none.
    """

    written: bytes | None = None
    placed: tuple[Placed, ...] = ()

    def of(self, source: int) -> tuple[Placed, ...]:
        """Those of one source."""
        return tuple(one for one in self.placed if one.source == source)


def people_columns(kind: str, source: Source | None = None) -> frozenset[str]:
    """The columns of a kind that hold people: by contract, or because a source makes pseudonyms for them."""
    by_contract = {column.column for column in CHECKS[kind].columns if column.personal}
    origins = (source.columns or {}) if source is not None else {}
    return frozenset(by_contract | {column for column, origin in origins.items() if origin.pseudonym_of})


def read_corrections(folder: Path, sources: Sequence[Source]) -> Corrections:
    """The corrections of a folder of records.

    Raises:
        UnreadableInput: with every fault found, each with its line.
    """
    try:
        written = (folder / CORRECTIONS).read_bytes()
    except FileNotFoundError:
        return Corrections()
    except OSError as error:
        raise UnreadableInput(Fault("file_not_readable", CORRECTIONS, {"why": error.strerror or "?"})) from None
    return parse_corrections(written, sources)


def parse_corrections(written: bytes, sources: Sequence[Source]) -> Corrections:
    """What the bytes of a `corrections.toml` say.

    Raises:
        UnreadableInput: with every fault found, each with its line.
    """
    document = read_toml(written, CORRECTIONS, UnreadableInput)
    try:
        parsed = _Corrections.model_validate(document.tables).correction
    except ValidationError as error:
        flaws = [_unseen(flaw) for flaw in flaws_of(error, _Corrections, document.tables)]
        raise UnreadableInput(placed(flaws, document)) from None
    flaws = list(_flaws_of_all(parsed, sources))
    if flaws:
        raise UnreadableInput(placed(flaws, document))
    return Corrections(written, tuple(_place(parsed, sources, document)))


def _place(parsed: Sequence[Correction], sources: Sequence[Source], document: Document) -> Iterator[Placed]:
    for number, correction in enumerate(parsed):
        (source,) = _sources_of(correction, sources)
        (line,) = placed([Flaw(("correction", number), "correction_not_found")], document)
        yield Placed(number, source, line.where, correction)


def _unseen(flaw: Flaw) -> Flaw:
    """The flaw without the text that was refused, which may be a person's."""
    return Flaw(flaw.path, flaw.code, {**flaw.facts, "value": HIDDEN}) if "value" in flaw.facts else flaw


def _flaws_of_all(corrections: Sequence[Correction], sources: Sequence[Source]) -> Iterator[Flaw]:
    repeated = Counter(correction.cell for correction in corrections)
    for number, correction in enumerate(corrections):
        found = [*correction.flaws()]
        if not found:
            found += _flaws_among(correction, sources)
        if repeated[correction.cell] > 1:
            found.append(Flaw((), "correction_repeated"))
        yield from (flaw.under("correction", number) for flaw in found)


def _flaws_among(correction: Correction, sources: Sequence[Source]) -> Iterator[Flaw]:
    feeding = _sources_of(correction, sources)
    if len(feeding) != 1:
        known = sorted({source.file for source in sources if source.kind == correction.kind})
        facts = {"kind": correction.kind, "files": ", ".join(known)}
        yield Flaw(("file",), "correction_of_no_file" if not feeding else "correction_of_several_files", facts)
    for number in feeding[:1]:
        people = people_columns(correction.kind, sources[number])
        yield from (Flaw(path, "correction_names_people") for path in correction.names_people_in_clear(people))


def _sources_of(correction: Correction, sources: Sequence[Source]) -> list[int]:
    return [
        number
        for number, source in enumerate(sources)
        if source.kind == correction.kind and correction.file in (None, source.file)
    ]
