"""What is read beside the received files of a folder: the key of the pseudonyms, and the corrections."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from etl.errors import Fault, UnreadableInput
from etl.intake.corrections import Corrections, read_corrections
from etl.intake.kept import is_kept
from etl.intake.key import Key, key_path, read_key
from etl.intake.mapping import Source, read_sources


@dataclass(frozen=True, slots=True)
class Beside:
    """What the received files are read with.

    Attributes:
        key: of the pseudonyms, where a file needs them made.
        corrections: what a person decided to read otherwise.
        newer: file -> another file to read in its place.
        people: the files of which a source makes pseudonyms: whatever reads one of them conceals it.
    """

    key: Key | None = None
    corrections: Corrections = field(default_factory=Corrections)
    newer: Mapping[str, Path] = field(default_factory=dict)
    people: frozenset[Path] = frozenset()

    def path(self, folder: Path, file: str) -> Path:
        """Where the bytes of a received file are."""
        return self.newer.get(file, folder / file)


def read_beside(
    folder: Path, sources: Sequence[Source], away_from: Iterable[Path], newer: Mapping[str, Path] | None = None
) -> Beside:
    """The key and the corrections for a folder of records.

    Args:
        folder: the folder.
        sources: its sources.
        away_from: folders in which the key must not be, besides this one.
        newer: file -> another file to read in its place.

    Raises:
        UnreadableInput: with the faults of both.
    """
    faults: list[Fault] = []
    corrections, key = Corrections(), None
    try:
        corrections = read_corrections(folder, sources)
    except UnreadableInput as error:
        faults += error.faults
    files = Beside(newer=newer or {})
    clear = [one for one in sources if one.pseudonyms and not is_kept(files.path(folder, one.file))]
    try:
        key = read_key(key_path(), (folder, *away_from)) if clear else None
    except UnreadableInput as error:
        faults += error.faults
    if faults:
        raise UnreadableInput(faults)
    people = frozenset(Path(source.file) for source in sources if source.pseudonyms)
    return Beside(key, corrections, newer or {}, people)


def read_part(folder: Path, kinds: Collection[str]) -> tuple[tuple[Source, ...], Beside]:
    """The sources of some kinds of record and what they are read with; corrections of other kinds stay out.

    Args:
        folder: received files.
        kinds: of record.

    Raises:
        UnreadableInput: what is said of the files, or a correction, cannot be meant.
    """
    sources = read_sources(folder)
    numbers = [number for number, source in enumerate(sources) if source.kind in kinds]
    corrections = read_corrections(folder, sources)
    placed = tuple(
        replace(one, source=numbers.index(one.source)) for one in corrections.placed if one.source in numbers
    )
    part = tuple(sources[number] for number in numbers)
    clear = [one for one in part if one.pseudonyms and not is_kept(folder / one.file)]
    key = read_key(key_path(), (folder,)) if clear else None
    people = frozenset(Path(source.file) for source in sources if source.pseudonyms)
    return part, Beside(key, Corrections(corrections.written, placed), {}, people)
