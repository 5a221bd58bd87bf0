"""A release as Hangul documents tell it: what reports to print say too, and the words of these documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Final

from etl.contracts.published import RankRow
from etl.exports.carried import day_text
from etl.exports.pdf import told as printed
from etl.exports.phrases import Phrases
from etl.scoring.rulebook_parts import Headline
from etl.shown import NOTHING

PHRASES: Final = Phrases(Path(__file__).with_name("words.toml"))


@dataclass(frozen=True)
class Told(printed.Told):
    """A release in the language of the document."""

    def __call__(self, key: str, **facts: object) -> str:
        """A text of these documents with its facts."""
        return PHRASES(key, self.language, **facts)

    @property
    def title(self) -> str:
        """What the evaluation is called."""
        return self.carried.title(self.language)

    @property
    def marks(self) -> str:
        """잠정, 합성 예시; empty where neither holds."""
        return " · ".join(self.carried.marks(self.language))

    @property
    def running(self) -> str:
        """What stands at the head of every page: state and title."""
        return " · ".join(part for part in (self.marks, self.title) if part)

    @property
    def about(self) -> str:
        """Release, date of the data and, where it may be said, the day of writing."""
        until = day_text(self.reading.rulebook.evaluation.period.end, self.language)
        about = self("document.about", release=self.reading.manifest.name, until=until)
        taken = self.carried.taken
        return self("document.taken", about=about, day=day_text(taken.at.date(), self.language)) if taken else about

    def unit_name(self, unit_id: str) -> str:
        """What a department is called; of those that share a name, with what it belongs to, or its code."""
        unit = self.reading.units[unit_id]
        if self._bearers[unit.name] == 1:
            return unit.name
        alone = self._bearers[unit.name, unit.parent] == 1
        return self("document.shared", unit=unit.name, apart=unit.parent if unit.parent and alone else unit_id)

    @cached_property
    def _bearers(self) -> Counter[object]:
        """Name, and name with what it belongs to -> how many departments have it."""
        units = self.reading.units.values()
        return Counter([*(unit.name for unit in units), *((unit.name, unit.parent) for unit in units)])

    def units(self, unit_ids: Iterable[str]) -> str:
        """Departments in a row."""
        return ", ".join(map(self.unit_name, unit_ids))

    def names(self, nodes: Iterable[str]) -> str:
        """Areas or indicators in a row."""
        return ", ".join(map(self.node_name, nodes))

    def rank_grade(self, rank: RankRow | None) -> str:
        """The grade of a ranked department with its name."""
        return NOTHING if rank is None or rank.grade is None else self.grade(rank.grade)

    def figure(self, headline: Headline, value: Decimal | None) -> str:
        """A figure of the whole body with its unit."""
        return NOTHING if value is None else self.amount(value, headline.unit, headline.metric)
