"""Bonus, penalty and veto (가점·감점·등급 제한): beside the score, capped, never inside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from etl.scoring.decimals import ZERO, precise, total
from etl.scoring.inputs import Entry
from etl.scoring.rulebook import Rulebook
from etl.scoring.rulebook_grades import LedgerRule


@dataclass(frozen=True, slots=True)
class Balance:
    """What the ledger comes to for one unit: both amounts zero or more; the penalty is taken off.

    Args:
        highest_grades: the highest grade each veto leaves.
    """

    bonus: Decimal = ZERO
    penalty: Decimal = ZERO
    highest_grades: tuple[str, ...] = ()


@precise
def balances(rulebook: Rulebook, entries: Iterable[Entry]) -> dict[str, Balance]:
    """Unit -> what its entries come to. A unit without an entry is not in it.

    Formula: for each rule the entries' points (the rule's own `points` where it states them), each times its share,
    added up, at most the rule's cap; the rules added up, at most the ledger's cap.
    """
    by_unit: dict[str, list[Entry]] = {}
    for entry in entries:
        by_unit.setdefault(entry.unit_id, []).append(entry)
    highest = {veto.id: veto.highest_grade for veto in rulebook.vetoes}
    return {
        unit_id: Balance(
            bonus=_capped(_added(rulebook.bonus, own, "bonus"), rulebook.ledger.bonus_cap),
            penalty=_capped(_added(rulebook.penalty, own, "penalty"), rulebook.ledger.penalty_cap),
            highest_grades=tuple(sorted({highest[entry.rule] for entry in own if entry.kind == "veto"})),
        )
        for unit_id, own in by_unit.items()
    }


def _added(rules: Sequence[LedgerRule], entries: Sequence[Entry], kind: str) -> Decimal:
    points: Mapping[str, list[Decimal]] = {rule.id: [] for rule in rules}
    stated = {rule.id: rule.points for rule in rules}
    for entry in entries:
        if entry.kind == kind:
            own = stated[entry.rule]
            points[entry.rule].append((entry.points if own is None else own) * entry.share)
    return total(_capped(total(points[rule.id]), rule.cap) for rule in rules)


def _capped(amount: Decimal, cap: Decimal | None) -> Decimal:
    return amount if cap is None else min(amount, cap)
