"""Every text the dashboard shows, in Korean and English; the texts stand in gettext catalogues, one a page."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from dashboard.words.catalogues import read_catalogues
from etl.errors import Language
from etl.insight.amounts import amount_text, unit_word
from etl.insight.definitions import define
from etl.particles import filled
from etl.scoring.rulebook_terms import Text
from etl.shown import NOTHING, day, due, minute

WORDS: Final[dict[str, dict[Language, str]]] = read_catalogues()
"""Key -> language -> text with `{facts}`; in Korean `{fact:은/는}` writes the particle that fits."""


class Words:
    """The dashboard's texts in one language."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language

    def __call__(self, key: str, **facts: object) -> str:
        """A text with its facts filled in."""
        return filled(WORDS[key][self.language], **facts)

    def of(self, text: Text) -> str:
        """Words of the rulebook."""
        return text.ko if self.language == "ko" else text.en

    def day(self, value: date | None) -> str:
        """A date."""
        return day(value, self.language)

    def due(self, value: date) -> str:
        """A last day, with its weekday."""
        return due(value, self.language)

    def minute(self, at: datetime | None) -> str:
        """A day and time in Korea, where a heading or sentence says so."""
        return minute(at, self.language)

    def moment(self, at: datetime | None) -> str:
        """A day and time in Korea, the zone said."""
        return NOTHING if at is None else self("moment.zone", minute=self.minute(at))

    def metric(self, metric: str) -> str:
        """What a metric is called."""
        return define(metric).names[self.language]

    def metric_within(self, metric: str) -> str:
        """What a metric is called within a sentence: English begins it small there."""
        name = self.metric(metric)
        return name if name == metric else name[:1].lower() + name[1:]

    def unit(self, unit: str, metric: str | None = None) -> str:
        """The unit of a value, as the rulebook writes it; in English the metric's own where it means the same."""
        return unit_word(unit, metric, self.language)

    def amount(self, shown: str, unit: str) -> str:
        """A number with its unit: 22건 and 62 % in Korean, 22 analyses in English."""
        return amount_text(shown, unit, self.language)
