"""Decisions on records (제출·보완·인정·불인정): how a record fares, told as the steps it goes through."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from etl.demo.draws import Draws, working_day_from

RECOGNISED: Final = ("인정",)
UNDECIDED: Final[tuple[str, ...]] = ()
_NEEDS_A_REASON: Final = ("보완", "불인정")
_COMMITTEE: Final = "데이터분석 심의위원회"
_CLERK: Final = "평가 담당자"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision on one record."""

    record_kind: str
    record_id: str
    decision: str
    reason: str
    decided_on: date

    @property
    def decided_by(self) -> str:
        """The committee decides; the clerk only takes in and sends back."""
        return _COMMITTEE if self.decision in ("인정", "불인정") else _CLERK


def decide(
    record_kind: str, record_id: str, done_on: date, steps: tuple[str, ...], reason: str, draws: Draws
) -> list[Decision]:
    """The decisions on a record, two to five weeks apart; the last one stands.

    Args:
        record_kind: 분석, 정책 or 데이터셋.
        record_id: the record.
        done_on: the day the work was done; decisions follow it.
        steps: the decisions in order, none for a record nobody has decided on.
        reason: why it was sent back or refused.
        draws: where the days come from.
    """
    decisions: list[Decision] = []
    day = done_on
    for step in steps:
        day = working_day_from(day + timedelta(days=draws.between(10, 25)))
        decisions.append(Decision(record_kind, record_id, step, reason if step in _NEEDS_A_REASON else "", day))
    return decisions
