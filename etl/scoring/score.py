"""The trip from inputs to ranks under a rulebook, on one page.

How results become points, the one convention everything follows:

- A points method gives a *fraction* f (1 is a full result; z-scores and open scales go beyond 0..1), or *points* as
  stated (raw values, and tables that state points).
- An indicator's points are f x full, or the points as stated. `full` is its weight (배점) under a sum of points, and
  otherwise the rulebook's `full`, 1 where nothing is said. They are rounded as the indicator says.
- Under a sum of points a part contributes points / full x effective weight; the `full` of an area is stated, or else
  the sum of the weights below it under a sum of points and 1 otherwise. Under a mean a part enters with its points.
- The root's result is the base. Total = base + bonus - penalty, cut to the root's floor and cap. Score = total, rounded
  as the root says.

A unit is not ranked, and `not_ranked_because` says why, several reasons joined by `;`:
`missing:<indicator>` (its rule is not_ranked), `not_applicable:<indicator>` (outranking cannot compare it),
`not_computable:<node>` (a negative value under a geometric mean, a division by zero), `nothing_measured`,
`nothing_applies`, `coverage` (less of the weight was measured than the rulebook asks for; the score stands).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from etl.contracts.published import ContributionRow, HeadlineRow, IndicatorRow, RankRow, ScoreRow
from etl.scoring.aggregate import cut
from etl.scoring.decimals import kept, precise, rounded
from etl.scoring.fit import refuse_what_does_not_fit
from etl.scoring.headlines import headline_row
from etl.scoring.inputs import Inputs, Unit
from etl.scoring.ledger import Balance, balances
from etl.scoring.measure import Measured, measure
from etl.scoring.outranking import Outranking, outranking_of, why_not_compared
from etl.scoring.placing import rank_rows
from etl.scoring.rulebook import Rulebook
from etl.scoring.rulebook_parts import Indicator
from etl.scoring.tree import Climb, climb


@dataclass(frozen=True, slots=True)
class Scored:
    """Everything a release publishes about scores, each table sorted by its key.

    Args:
        outranking: the pairwise votes and best orders, where the rulebook ranks by them.
    """

    indicators: list[IndicatorRow]
    contributions: list[ContributionRow]
    scores: list[ScoreRow]
    ranks: list[RankRow]
    headlines: list[HeadlineRow]
    outranking: Outranking | None = None


@precise
def score(rulebook: Rulebook, inputs: Inputs) -> Scored:
    """Points, scores, ranks and grades of all units.

    Args:
        rulebook: the rules.
        inputs: the units and what was measured of them; no order in it changes anything.

    Raises:
        RulebookError: the inputs name a peer group, indicator or ledger rule that the rulebook does not have, or more
            units than outranking can order.
    """
    refuse_what_does_not_fit(rulebook, inputs)
    units = tuple(sorted(inputs.units, key=lambda unit: unit.unit_id))
    indicators = sorted(rulebook.indicators, key=lambda indicator: indicator.id)
    measured = {indicator.id: measure(rulebook, indicator, units, inputs) for indicator in rulebook.indicators}
    climbs = {unit.unit_id: _climb_of(rulebook, unit, measured) for unit in units}
    ledger = balances(rulebook, climbs, inputs)
    outranking = outranking_of(rulebook, [unit.unit_id for unit in units], measured) if rulebook.outranks else None
    scores = [_score_row(rulebook, unit.unit_id, climbs[unit.unit_id], ledger, measured) for unit in units]
    contributions = [row for result in climbs.values() for row in result.rows]
    return Scored(
        indicators=[
            _indicator_row(rulebook, unit, indicator, measured[indicator.id][unit.unit_id])
            for unit in units
            for indicator in indicators
        ],
        contributions=sorted(contributions, key=lambda row: (row.unit_id, row.node)),
        scores=scores,
        ranks=rank_rows(rulebook, units, scores, climbs, measured, ledger, outranking),
        headlines=[headline_row(at, headline, inputs) for at, headline in enumerate(rulebook.headlines, start=1)],
        outranking=outranking,
    )


def _climb_of(rulebook: Rulebook, unit: Unit, measured: Mapping[str, Mapping[str, Measured]]) -> Climb:
    own = {indicator: rows[unit.unit_id] for indicator, rows in measured.items()}
    return climb(rulebook, unit.unit_id, rulebook.group_of(unit.peer_group), own)


def _indicator_row(rulebook: Rulebook, unit: Unit, indicator: Indicator, row: Measured) -> IndicatorRow:
    return IndicatorRow(
        unit_id=unit.unit_id,
        indicator=indicator.id,
        state=row.state,
        numerator=row.numerator,
        denominator=row.denominator,
        value=None if row.value is None else kept(row.value),
        target=row.target,
        points=None if row.points is None else kept(row.points),
        weight=rulebook.weight_of(indicator, rulebook.group_of(unit.peer_group)),
    )


def _score_row(
    rulebook: Rulebook,
    unit_id: str,
    result: Climb,
    ledger: Mapping[str, Balance],
    measured: Mapping[str, Mapping[str, Measured]],
) -> ScoreRow:
    base, balance = result.root.points, ledger.get(unit_id, Balance())
    rounding = rulebook.score.rounding
    whole = None if base is None else kept(cut(rulebook.score, base + balance.bonus - balance.penalty))
    reasons = _why_not_ranked(rulebook, unit_id, result, measured)
    return ScoreRow(
        unit_id=unit_id,
        base=None if base is None else kept(base),
        bonus=kept(balance.bonus),
        penalty=kept(balance.penalty),
        total=whole,
        score=None if whole is None else rounded(whole, rounding.places, rounding.mode),
        coverage=kept(result.root.coverage),
        ranked=not reasons,
        not_ranked_because=";".join(reasons) or None,
    )


def _why_not_ranked(
    rulebook: Rulebook, unit_id: str, result: Climb, measured: Mapping[str, Mapping[str, Measured]]
) -> list[str]:
    """Every reason, in the words the module's docstring lists; none for a unit that is ranked."""
    root = result.root
    reasons = list(root.blocked_by)
    if rulebook.outranks:
        reasons += [reason for reason in why_not_compared(unit_id, measured) if reason not in reasons]
    elif root.points is None and not reasons:
        reasons.append("nothing_applies" if root.state == "not_applicable" else "nothing_measured")
    if kept(root.coverage) < rulebook.score.minimum_coverage:
        reasons.append("coverage")
    return reasons
