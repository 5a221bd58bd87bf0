"""Under which names departments arrive, and which of them are certain."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from etl.units import UnitVersion

_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_BLANKS: Final = re.compile(r"\s+")


def normalised(name: str) -> str:
    """A name without what a reader cannot see: composed, one width, one case, single blanks, no invisible signs."""
    composed = unicodedata.normalize("NFKC", _INVISIBLE.sub("", name))
    return _BLANKS.sub(" ", composed).strip().casefold()


def resolve_names(
    names: Iterable[str], versions: Iterable[UnitVersion], aliases: Iterable[tuple[str, str]]
) -> dict[str, str]:
    """The department of each name that is certain: its code, its name, or an alias somebody decided.

    Args:
        names: as received.
        versions: every department under every name it had.
        aliases: (name, unit_id).

    Returns:
        name -> unit_id. A name that is unknown, or that two departments share, is left out: nothing is guessed.
    """
    bearers: defaultdict[str, set[str]] = defaultdict(set)
    codes = set()
    for version in versions:
        codes.add(version.unit_id)
        bearers[normalised(version.name)].add(version.unit_id)
    decided = {normalised(alias): unit_id for alias, unit_id in aliases}
    found = {name: _one_unit(name, codes, bearers, decided) for name in names}
    return {name: unit_id for name, unit_id in found.items() if unit_id is not None}


def _one_unit(name: str, codes: set[str], bearers: Mapping[str, set[str]], decided: Mapping[str, str]) -> str | None:
    if name in codes:
        return name
    key = normalised(name)
    if key in decided:
        return decided[key]
    units = bearers.get(key, set())
    return next(iter(units)) if len(units) == 1 else None
