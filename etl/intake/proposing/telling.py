"""What a proposal tells a person: findings with their reasons, and questions left open, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from etl.errors import Language
from etl.messages import sentence

LANGUAGES: Final[tuple[Language, ...]] = ("ko", "en")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a proposal says: what was understood and why, or what somebody has to decide.

    Args:
        code: key of the sentence in `etl.messages.MESSAGES`.
        facts: the values the sentence names, a table of `ko` and `en` where they differ; never a cell of a column
            about a person.
    """

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def text(self, language: Language) -> str:
        """The finding as one line."""
        return sentence(self.code, language, self.facts)
