"""What a metric is called and counted in, as the header of its SQL says it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from etl.errors import Language
from etl.measures import known_metrics

_TITLE: Final = re.compile(r"\A-- (?P<en>[^\n(]+?) \((?P<ko>[^\n)]+)\)\.$", re.MULTILINE)
_UNIT: Final = re.compile(r"^-- Unit: +(?P<en>[^\n(;,]+?) \((?P<ko>[^\n),]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Definition:
    """A metric in words: its name and the unit of its value, in Korean and English."""

    names: dict[Language, str]
    units: dict[Language, str]


def define(metric: str) -> Definition:
    """A metric in words; one that is not ours (a table somebody brought) goes by its own name, without a unit."""
    return _known().get(metric) or Definition({"ko": metric, "en": metric}, {"ko": "", "en": ""})


@cache
def _known() -> dict[str, Definition]:
    return {
        metric: Definition(_both(_TITLE.search(sql), metric), _both(_UNIT.search(sql), ""))
        for metric, sql in known_metrics().items()
    }


def _both(found: re.Match[str] | None, otherwise: str) -> dict[Language, str]:
    return {"ko": found["ko"], "en": found["en"]} if found else {"ko": otherwise, "en": otherwise}
