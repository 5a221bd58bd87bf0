"""Bonus, penalty and veto (가점·감점·등급 제한): beside the score, capped, never inside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from etl.scoring.decimals import ZERO, precise, total
from etl.scoring.inputs import Entry, Inputs
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


def balances(rulebook: Rulebook, unit_ids: Iterable[str], inputs: Inputs) -> dict[str, Balance]:
    """Unit -> what its entries, and the metrics that feed a rule, come to.

    Formula: for each rule the entries' points (the rule's own `points` where it states them), each times its share,
    added up, or what its metric gives (see `fed_points`); at most the rule's cap; the rules added up, at most the
    ledger's cap.
    """
    by_unit: dict[str, list[Entry]] = {unit_id: [] for unit_id in unit_ids}
    for entry in inputs.entries:
        if entry.unit_id in by_unit:
            by_unit[entry.unit_id].append(entry)
    return {unit_id: _balance(rulebook, unit_id, own, inputs.values) for unit_id, own in by_unit.items()}


@precise
def fed_points(rule: LedgerRule, value: Decimal | None) -> Decimal:
    """What a rule gives for the value of the metric that feeds it, before any cap.

    Formula: value x points. A missing value gives nothing, and so does one below zero: a bonus is never taken off.

    Args:
        rule: names a metric, and what 1 of it is worth.
        value: the metric; None is missing.
    """
    if value is None or rule.points is None:
        return ZERO
    return max(value, ZERO) * rule.points


@precise
def _balance(
    rulebook: Rulebook, unit_id: str, entries: Sequence[Entry], values: Mapping[tuple[str, str], Decimal | None]
) -> Balance:
    highest = {veto.id: veto.highest_grade for veto in rulebook.vetoes}

    def added(rules: Sequence[LedgerRule], kind: str) -> Decimal:
        own = [entry for entry in entries if entry.kind == kind]
        return total(_capped(_points_under(rule, unit_id, own, values), rule.cap) for rule in rules)

    return Balance(
        bonus=_capped(added(rulebook.bonus, "bonus"), rulebook.ledger.bonus_cap),
        penalty=_capped(added(rulebook.penalty, "penalty"), rulebook.ledger.penalty_cap),
        highest_grades=tuple(sorted({highest[entry.rule] for entry in entries if entry.kind == "veto"})),
    )


def _points_under(
    rule: LedgerRule, unit_id: str, entries: Sequence[Entry], values: Mapping[tuple[str, str], Decimal | None]
) -> Decimal:
    if rule.metric is not None:
        return fed_points(rule, values.get((unit_id, rule.metric)))
    stated = rule.points
    return total(
        (entry.points if stated is None else stated) * entry.share for entry in entries if entry.rule == rule.id
    )


def _capped(amount: Decimal, cap: Decimal | None) -> Decimal:
    return amount if cap is None else min(amount, cap)
