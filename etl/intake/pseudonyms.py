"""What of a received file about people may be written anywhere: pseudonyms, and the columns that its sources use.

The clear cells live in memory for the moment in which their row is read. Names, grades and birthdays that nothing needs
are left out with them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Final

from etl.errors import Fault, UnreadableInput
from etl.intake.key import Key
from etl.intake.mapping import Source, pseudonym_heading

_PEOPLE_REMEMBERED: Final = 1 << 17
"""Pseudonyms kept at hand: a person comes again soon, and ten million of them must not fill the memory."""


class Concealment:
    """Takes the clear columns out of a file's rows and puts the pseudonyms in front, before anything is written.

    Args:
        label: the file, for messages.
        sources: what reads the file; columns that none of them uses are left out.
        key: of the pseudonyms; None where these sources make none.
    """

    def __init__(self, label: str, sources: Sequence[Source], key: Key | None) -> None:
        self._label = label
        self._groups = tuple(dict.fromkeys(group for source in sources for group in source.pseudonyms))
        self._used = frozenset(column for source in sources for _, column in source.clear_readings())
        self._places: tuple[tuple[int, ...], ...] = ()
        self._kept: tuple[int, ...] = ()
        self._key = key
        self._pseudonym: Callable[[tuple[str, ...]], str] | None = None

    def header(self, received: tuple[str, ...]) -> tuple[str, ...]:
        """The headings that may be written: of the pseudonyms, then of the columns in use, as they stand in the file.

        Raises:
            UnreadableInput: a column to be concealed is not there. What is there is not told: where the wrong row was
                taken for the header, it is people.
        """
        wanted = dict.fromkeys(column for group in self._groups for column in group)
        faults = [
            Fault("pseudonym_column_missing", self._label, {"column": column})
            for column in wanted
            if column not in received
        ]
        if faults:
            raise UnreadableInput(faults)
        self._places = tuple(tuple(received.index(column) for column in group) for group in self._groups)
        self._pseudonym = lru_cache(_PEOPLE_REMEMBERED)(self._key.pseudonym) if self._key is not None else None
        self._kept = tuple(place for place, column in enumerate(received) if column in self._used)
        return (*map(pseudonym_heading, self._groups), *(received[place] for place in self._kept))

    def row(self, cells: list[str]) -> list[str]:
        """The cells that may be written, in the order of the header."""
        kept = [cells[place] for place in self._kept]
        if self._pseudonym is None:
            return kept
        return [*(self._pseudonym(tuple(cells[place] for place in places)) for places in self._places), *kept]
