"""Which kinds of record a table most likely holds, and which heading feeds which of their columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from etl.contracts.records import RECORDS
from etl.contracts.rows import needed_columns
from etl.intake.proposing.layout import Found
from etl.intake.proposing.meanings import Meaning, Meanings
from etl.intake.proposing.values import field_type, fit, look_like_codes

_FITS: Final = 0.5
"""From which share of fitting cells on a heading's claim is believed."""
_CLEARLY_BETTER: Final = 0.2
_LIKELY: Final = 0.35
"""A kind is a candidate from this score on: a heading that is nobody else's, beside much that is lacking."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One heading that may feed one column.

    Attributes:
        fits: the share of its cells that the column can take.
    """

    heading: str
    meaning: Meaning
    fits: float

    @property
    def confidence(self) -> str:
        """`sure`, `likely` or `possible`."""
        if self.fits >= 0.95 and self.meaning.strength >= 2:
            return "sure"
        return "likely" if self.fits >= 0.8 else "possible"


@dataclass(frozen=True, slots=True)
class Reading:
    """A table read as one kind of record.

    Attributes:
        fed: contract column -> the heading that feeds it.
        undecided: contract column -> headings that claim it with equal right.
        people: headings that tell who a person is, where the kind wants a person.
        lacking: columns that no row can do without and nothing feeds.
        score: how likely the table holds this kind; above `_LIKELY` it is worth proposing.
    """

    kind: str
    fed: Mapping[str, Claim]
    undecided: Mapping[str, tuple[str, ...]]
    people: tuple[str, ...]
    lacking: tuple[str, ...]
    score: float

    @property
    def is_likely(self) -> bool:
        """Whether the headings speak for this kind at all."""
        return self.score >= _LIKELY


def readings(found: Found, meanings: Meanings) -> list[Reading]:
    """The table read as every kind of record, the likeliest first."""
    read = [reading(kind, found, meanings) for kind in RECORDS]
    return sorted(read, key=lambda one: -one.score)


def reading(kind: str, found: Found, meanings: Meanings) -> Reading:
    """The table read as this kind of record."""
    fed: dict[str, Claim] = {}
    undecided: dict[str, tuple[str, ...]] = {}
    for column in RECORDS[kind].model_fields:
        chosen = _best(_claims(kind, column, found, meanings), found)
        if len(chosen) == 1:
            fed[column] = chosen[0]
        elif chosen:
            undecided[column] = tuple(claim.heading for claim in chosen)
    people = _people(kind, found, meanings) if "person" not in fed else ()
    lacking = tuple(
        column
        for column in needed_columns(RECORDS[kind], fed)
        if column not in fed and not (people and field_type(kind, column) == "person")
    )
    return Reading(kind, fed, undecided, people, lacking, _score(kind, fed, undecided, people, meanings))


def _claims(kind: str, column: str, found: Found, meanings: Meanings) -> list[Claim]:
    claims = [
        Claim(heading, meaning, fit(kind, column, found.cells(heading)))
        for heading in found.headings
        if heading
        for meaning in meanings.meanings(heading)
        if (meaning.kind, meaning.column) == (kind, column)
    ]
    return [claim for claim in claims if claim.fits >= _FITS]


def _best(claims: Sequence[Claim], found: Found) -> list[Claim]:
    """The one claim that is best, or those among which only a person can choose.

    Codes of departments go before their names, a known heading before one for want of a better, and cells that fit
    clearly better before others.
    """
    if len(claims) < 2:
        return list(claims)
    codes = [one for one in claims if not one.meaning.by_name and look_like_codes(found.cells(one.heading))]
    if codes and any(one.meaning.by_name for one in claims):
        claims = codes
    strongest = max(claim.meaning.strength for claim in claims)
    strong = [claim for claim in claims if min(claim.meaning.strength, 2) == min(strongest, 2)]
    most = max(claim.fits for claim in strong)
    fitting = [claim for claim in strong if claim.fits > most - _CLEARLY_BETTER]
    own = [claim for claim in fitting if claim.meaning.strength == 3]
    return own if len(own) == 1 else fitting


def _people(kind: str, found: Found, meanings: Meanings) -> tuple[str, ...]:
    """The headings a pseudonym can be made of: a number alone, or else a name."""
    if not any(field_type(kind, column) == "person" for column in RECORDS[kind].model_fields):
        return ()
    kinds = {heading: meanings.person(heading) for heading in found.headings if heading}
    numbers = [heading for heading, person in kinds.items() if person == "number"]
    names = [heading for heading, person in kinds.items() if person == "name"]
    return tuple(numbers[:1] or names[:1])


def _score(
    kind: str,
    fed: Mapping[str, Claim],
    undecided: Mapping[str, tuple[str, ...]],
    people: Sequence[str],
    meanings: Meanings,
) -> float:
    """How much the headings speak for a kind: rare headings more than common ones, and the less it lacks the more."""
    weights = [_rarity(claim.heading, meanings) * claim.fits * claim.meaning.strength / 3 for claim in fed.values()]
    weights += [_rarity(heading, meanings) / 2 for headings in undecided.values() for heading in headings[:1]]
    required = [column for column, field in RECORDS[kind].model_fields.items() if field.is_required()]
    have = sum(column in fed or column in undecided for column in required) + bool(people)
    return (sum(weights) + bool(people)) * (0.3 + 0.7 * have / len(required))


def _rarity(heading: str, meanings: Meanings) -> float:
    """1 for a heading of one kind of record alone, less for one that many share."""
    return 1 / max(1, len({meaning.kind for meaning in meanings.meanings(heading)}))
