"""Two releases of one year side by side: which departments' scores, ranks and grades differ, and by how much."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from pydantic import TypeAdapter

from etl.insight.reading import Reading
from etl.insight.standing import difference
from etl.scoring.decimals import ZERO


@dataclass(frozen=True, slots=True)
class Result:
    """What a release says of a department; None where it has no score, rank or grade."""

    score: Decimal | None = None
    group_rank: int | None = None
    grade: str | None = None


@dataclass(frozen=True, slots=True)
class UnitDifference:
    """A department of which two releases say something else.

    Attributes:
        unit_id: its code.
        name: what the later release calls it, or else the earlier.
        before: what the earlier release says.
        after: what the later release says.
    """

    unit_id: str
    name: str
    before: Result
    after: Result

    @property
    def score_change(self) -> Decimal | None:
        """Points gained; None where either has no score."""
        return difference(self.after.score, self.before.score)


def what_differs(before: Reading, after: Reading) -> list[UnitDifference]:
    """Every department whose score, rank or grade differs, those whose score moved most first."""
    named = {unit.unit_id: unit.name for reading in (before, after) for unit in reading.units.values()}
    pairs = (UnitDifference(unit, name, _result(before, unit), _result(after, unit)) for unit, name in named.items())
    different = [pair for pair in pairs if pair.before != pair.after]
    return sorted(different, key=lambda pair: (-abs(pair.score_change or ZERO), pair.unit_id))


def _result(reading: Reading, unit_id: str) -> Result:
    score, rank = reading.scores.get(unit_id), reading.ranks.get(unit_id)
    return Result(
        score=score.score if score else None,
        group_rank=rank.group_rank if rank else None,
        grade=(rank.grade or None) if rank else None,
    )


def as_text(differences: list[UnitDifference]) -> str:
    """The differences as JSON, to be kept; numbers as decimal text."""
    return _WRITTEN.dump_json(differences).decode()


def from_text(text: str) -> list[UnitDifference]:
    """The differences that were kept."""
    return _WRITTEN.validate_json(text)


_WRITTEN: Final = TypeAdapter(list[UnitDifference])
