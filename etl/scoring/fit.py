"""Whether inputs and rulebook belong together: what the records name must exist in the rules."""

from __future__ import annotations

from collections.abc import Iterator

from etl.errors import Fault, RulebookError
from etl.scoring.inputs import Inputs
from etl.scoring.rulebook import Rulebook


def refuse_what_does_not_fit(rulebook: Rulebook, inputs: Inputs) -> None:
    """Nothing, where inputs and rulebook belong together.

    Raises:
        RulebookError: with every unit, approval, mark and ledger entry that the rulebook has no place for.
    """
    faults = [
        *_misplaced_units(rulebook, inputs),
        *_unknown_indicators(rulebook, inputs),
        *_unknown_entry_rules(rulebook, inputs),
        *_entries_under_fed_rules(rulebook, inputs),
    ]
    if faults:
        raise RulebookError(faults)


def _misplaced_units(rulebook: Rulebook, inputs: Inputs) -> Iterator[Fault]:
    groups = [group.id for group in rulebook.peer_groups]
    seen: set[str] = set()
    for unit in sorted(inputs.units, key=lambda unit: unit.unit_id):
        if unit.unit_id in seen:
            yield Fault("score_duplicate_unit", unit.unit_id)
        seen.add(unit.unit_id)
        if groups and unit.peer_group not in groups:
            yield Fault("score_unknown_peer_group", unit.unit_id, {"name": unit.peer_group, "known": ", ".join(groups)})


def _unknown_indicators(rulebook: Rulebook, inputs: Inputs) -> Iterator[Fault]:
    known = {indicator.id for indicator in rulebook.indicators}
    for unit_id, indicator in sorted({*inputs.not_applicable, *inputs.marks}):
        if indicator not in known:
            yield Fault("score_unknown_indicator", unit_id, {"name": indicator, "known": ", ".join(sorted(known))})


def _unknown_entry_rules(rulebook: Rulebook, inputs: Inputs) -> Iterator[Fault]:
    rules = {
        "bonus": {rule.id for rule in rulebook.bonus},
        "penalty": {rule.id for rule in rulebook.penalty},
        "veto": {rule.id for rule in rulebook.vetoes},
    }
    for entry in sorted(inputs.entries, key=lambda entry: entry.entry_id):
        if entry.rule not in rules[entry.kind]:
            known = ", ".join(sorted(rules[entry.kind]))
            facts = {"kind": entry.kind, "name": entry.rule, "known": known}
            yield Fault("score_unknown_entry_rule", entry.entry_id, facts)


def _entries_under_fed_rules(rulebook: Rulebook, inputs: Inputs) -> Iterator[Fault]:
    """A rule is fed by a metric or by entries, never by both: the same achievement would earn twice."""
    rules = (("bonus", rulebook.bonus), ("penalty", rulebook.penalty))
    fed = {(kind, rule.id): rule.metric for kind, listed in rules for rule in listed if rule.metric is not None}
    for entry in sorted(inputs.entries, key=lambda entry: entry.entry_id):
        if (entry.kind, entry.rule) in fed:
            facts = {"name": entry.rule, "metric": fed[entry.kind, entry.rule]}
            yield Fault("score_entry_under_fed_rule", entry.entry_id, facts)
