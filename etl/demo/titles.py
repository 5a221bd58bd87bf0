"""Titles put together from topics and patterns, each used once by a department."""

from __future__ import annotations

from dataclasses import dataclass, field

from etl.demo.draws import Draws
from etl.demo.topics import Patterns, Topic, topics_of


@dataclass(frozen=True, slots=True)
class Title:
    """A title and the topic in it."""

    topic: Topic
    text: str


@dataclass(slots=True)
class TitleBook:
    """The titles still free, by department.

    Args:
        draws: decides the order.
        patterns: the phrases.
    """

    draws: Draws
    patterns: Patterns
    _free: dict[str, list[Title]] = field(default_factory=dict)

    def next_of(self, code: str) -> Title:
        """A title this department has not used yet; once all are used, they come again."""
        if not self._free.get(code):
            self._free[code] = self._all_of(code)
        return self._free[code].pop()

    def _all_of(self, code: str) -> list[Title]:
        titles = [
            Title(topic, pattern.format(topic=topic.words))
            for topic in topics_of(code)
            for pattern in self.patterns.suiting(topic)
        ]
        return self.draws.shuffled(titles)
