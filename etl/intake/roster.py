"""A first list of departments out of the names in received files, for a person to look through and correct."""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Final

from rapidfuzz import fuzz, process

from etl.intake.names import normalised
from etl.intake.spellings import REGIONS, is_team

_COLUMNS: Final = ("unit_id", "name", "parent", "peer_group", "valid_from", "valid_to", "rows", "spellings", "similar")
_INSTITUTION: Final = ("구", "군", "시", "청")
_ALIKE: Final = 70
_UNKNOWN_DAY: Final = "1900-01-01"
_UNKNOWN_GROUP: Final = "unassigned"


def proposed_roster(names: Iterable[tuple[str, int]]) -> str:
    """A CSV of departments proposed for names nobody has decided on.

    Args:
        names: (name as received, rows).

    Returns:
        One line for every institution and department named, with the columns of `departments` (codes, peer group and
        days are stand-ins to be replaced) and three for the person who looks through it: rows, the spellings that come
        to this name, and a department of the same institution written nearly so. A name of an institution alone has
        no line.
    """
    rows: Counter[tuple[str, str]] = Counter()
    spellings: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for name, count in names:
        institution, department = institution_and_department(name)
        if department:
            rows[institution, department] += count
            spellings[institution, department].add(name.strip())
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\n")
    table.writerow(_COLUMNS)
    for number, (institution, department) in enumerate(sorted(rows), start=1):
        key = (institution, department)
        title = f"{institution} {department}".strip()
        shown = " | ".join(sorted(spellings[key]))
        stand_ins = (_UNKNOWN_GROUP, _UNKNOWN_DAY, "")
        table.writerow(
            [f"P{number:04}", title, institution, *stand_ins, rows[key], shown, _more_frequent_twin(key, rows)]
        )
    return written.getvalue()


def institution_and_department(name: str) -> tuple[str, str]:
    """A name as typed, in its institution ('' where it names none) and its department ('' where it names none)."""
    words = name.split()
    institution: list[str] = []
    while words and _belongs_to_institution(words[0], institution):
        word = words.pop(0)
        if not _says_again(word, institution):
            institution.append(word)
    if len(words) > 1 and is_team(words[-1]):
        words.pop()
    department = words[-1] if words else ""
    glued = next((one for one in reversed(institution) if department.startswith(one) and department != one), "")
    return " ".join(institution), department.removeprefix(glued)


def _belongs_to_institution(word: str, before: list[str]) -> bool:
    return normalised(word) in REGIONS or word.endswith(_INSTITUTION) or _says_again(word, before)


def _says_again(word: str, before: list[str]) -> bool:
    """Whether a word names again what stands before, as in 부산광역시 북구 북구청 or 부산광역시 … 부산."""
    return any(one.startswith(word) or word == f"{one}청" for one in before)


def _more_frequent_twin(key: tuple[str, str], rows: Counter[tuple[str, str]]) -> str:
    """A department of the same institution that is named more often and written nearly so."""
    institution, department = key
    others = [name for place, name in rows if place == institution and rows[place, name] > rows[key]]
    found = process.extractOne(department, others, scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return found[0] if found else ""
