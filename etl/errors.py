"""The faults Jipyo tells a person, and the exit code each ends a command with.

    JipyoError                      1   anything of ours
    +-- EngineError                 1   DuckDB refused a statement (in etl.engine)
    +-- NoRoom                      1   a disk that is full
    +-- UsageError                  2   an argument that cannot be meant
    +-- RulebookError              11   a rulebook that cannot be used
    +-- UnreadableInput            12   a file or sources.toml that cannot be understood
    +-- VerificationError          13   a release that is not what it claims to be
    +-- NotPermitted               14   an action the permission table refuses

Rows that break a contract are no exception: the result is still written and the command ends with BAD_ROWS (10).
An error carries all its faults at once; each fault says where, what, why and what next, in Korean or English.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Final, Literal

from etl.messages import MESSAGES, place, sentence

Language = Literal["ko", "en"]

_WORD: Final = re.compile(r"[a-z]+[ ,:']")
"""A word as a sentence may begin with, which neither a file's name nor a fact is."""

DONE = 0
BAD_ROWS = 10


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong.

    Args:
        code: key of the sentence in `etl.messages.MESSAGES`.
        where: file, line or row, and key or column, as a person would look it up.
        facts: the values the sentence names, a table of `ko` and `en` where they differ.
    """

    code: str
    where: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def text(self, language: Language) -> str:
        """The fault as one line: where, then what, why and what next."""
        said = sentence(self.code, language, self.facts)
        return f"{place(self.where, language)}: {said}" if self.where else self._alone(said, language)

    def _alone(self, said: str, language: Language) -> str:
        """What no place stands before, begun as English begins a sentence; a name it begins with stays as it is."""
        begins_with_a_word = language == "en" and _WORD.match(MESSAGES[self.code][language])
        return said[:1].upper() + said[1:] if begins_with_a_word else said


class JipyoError(Exception):
    """A fault a person can act on; never shown to them as a traceback."""

    exit_code: ClassVar[int] = 1

    def __init__(self, faults: Fault | Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = (faults,) if isinstance(faults, Fault) else tuple(faults)
        super().__init__(self.text("en"))

    def text(self, language: Language) -> str:
        """Every fault, one a line."""
        return "\n".join(fault.text(language) for fault in self.faults)


class NoRoom(JipyoError):
    """A disk that is full: nothing is wrong with what was asked for, and the same works once there is room."""


class UsageError(JipyoError):
    """An argument that cannot be meant: no such unit, no such release."""

    exit_code = 2


class RulebookError(JipyoError):
    """A rulebook that cannot be used, with every reason why."""

    exit_code = 11


class UnreadableInput(JipyoError):
    """A file, or the description of one, that cannot be understood."""

    exit_code = 12


class VerificationError(JipyoError):
    """A release that is not what it claims to be."""

    exit_code = 13


class NotPermitted(JipyoError):
    """An action the permission table refuses."""

    exit_code = 14
