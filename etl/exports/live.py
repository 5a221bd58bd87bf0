"""The formula by which a spreadsheet computes a department's score again from the points in its cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from etl.contracts.published import ContributionRow
from etl.scoring.decimals import plain
from etl.scoring.rulebook import Rulebook
from etl.scoring.rulebook_parts import Area, Indicator, Node
from etl.scoring.rulebook_terms import Rounding
from etl.scoring.tree import full_of

MOST_SIGNS: Final = 8000
"""A formula may have 8,192 characters."""
_STEADY_PLACES: Final = 10
"""Before a number is rounded as the rules say, what computing in binary fractions put in its last digits is cut."""


@dataclass(frozen=True, slots=True)
class Cells:
    """Where the numbers of one department stand.

    Attributes:
        points: indicator -> cell of its points.
        weights: node -> cell of its effective weight.
        bonus: cell of the bonus.
        penalty: cell of the penalty.
    """

    points: Mapping[str, str]
    weights: Mapping[str, str]
    bonus: str
    penalty: str


@dataclass(frozen=True, slots=True)
class _Unit:
    rulebook: Rulebook
    group: str
    rows: Mapping[str, ContributionRow]
    cells: Cells


def score_formula(rulebook: Rulebook, group: str, rows: Mapping[str, ContributionRow], cells: Cells) -> str | None:
    """The formula of the score; None where no formula says it (outranking, or one too long for a cell).

    Formula: the aggregate of every area from the points below it, then base + bonus - penalty, cut to the root's floor
    and cap, then rounded; what is absent is left out, its weight standing at the others already.

    Args:
        rulebook: the rules.
        group: the department's peer group.
        rows: node -> its row in the contributions.
        cells: where the department's numbers stand.
    """
    if rulebook.outranks:
        return None
    root = rulebook.score
    base = _node(_Unit(rulebook, group, rows, cells), None)
    whole = _rounded(_cut(root, f"{base}+{cells.bonus}-{cells.penalty}"), root.rounding)
    return whole if len(whole) <= MOST_SIGNS else None


def _node(unit: _Unit, parent: str | None) -> str:
    """What the parts of a node come to."""
    node = unit.rulebook.nodes[parent]
    present = [part for part in unit.rulebook.parts[parent] if unit.rows[part.id].points is not None]
    combined = _combined(node, [_part(unit, part) for part in present])
    scaled = combined if node.scale == 1 else f"{plain(node.scale)}*({combined})"
    shifted = scaled if node.offset == 0 else f"{scaled}+({plain(node.offset)})"
    name = {"ln": "LN", "log10": "LOG10", "sqrt": "SQRT", "exp": "EXP"}.get(node.transform)
    return f"{name}({shifted})" if name else shifted


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a node in a formula: its points, its weight, and the points of a full result."""

    points: str
    weight: str
    full: Decimal
    counts: bool


def _part(unit: _Unit, part: Area | Indicator) -> _Part:
    weight, row = unit.cells.weights[part.id], unit.rows[part.id]
    counts = bool(row.effective_weight)
    if isinstance(part, Indicator):
        full = unit.rulebook.weight_of(part, unit.group)
        return _Part(unit.cells.points[part.id], weight, full, counts)
    points = _rounded(_cut(part, _node(unit, part.id)), part.rounding)
    return _Part(f"({points})", weight, full_of(unit.rulebook, part, unit.group), counts)


def _combined(node: Node, present: list[_Part]) -> str:
    """The parts as one number; see `etl.scoring.aggregate.combine`, whose formulas these are."""
    if node.aggregation == "ratio":
        return "/".join(part.points for part in present)
    parts = [part for part in present if part.counts]
    if not parts:
        return "0"
    points = ",".join(part.points for part in parts)
    weights = "+".join(part.weight for part in parts)
    match node.aggregation:
        case "sum_of_points":
            earned = (f"{part.points}/{plain(part.full)}*{part.weight}" if part.full else "0" for part in parts)
            combined = "+".join(earned)
        case "weighted_sum":
            combined = _weighted(parts)
        case "arithmetic":
            combined = f"({_weighted(parts)})/({weights})"
        case "geometric":
            logarithms = "+".join(f"LN({part.points})*{part.weight}" for part in parts)
            combined = f"IF(MIN({points})=0,0,EXP(({logarithms})/({weights})))"
        case "harmonic":
            shares = "+".join(f"{part.weight}/{part.points}" for part in parts)
            combined = f"IF(MIN({points})=0,0,({weights})/({shares}))"
        case "product":
            combined = "*".join(f"{part.points}^{part.weight}" for part in parts)
        case _:
            combined = f"{'MIN' if node.aggregation == 'minimum' else 'MAX'}({points})"
    return combined


def _weighted(parts: list[_Part]) -> str:
    return "+".join(f"{part.points}*{part.weight}" for part in parts)


def _cut(node: Node, formula: str) -> str:
    if node.floor is not None:
        formula = f"MAX({plain(node.floor)},{formula})"
    return formula if node.cap is None else f"MIN({plain(node.cap)},{formula})"


def _rounded(formula: str, rounding: Rounding) -> str:
    """A formula rounded as the rules say."""
    if rounding.mode == "none":
        return formula
    steady, places = f"ROUND({formula},{_STEADY_PLACES})", rounding.places
    tenfold = plain(Decimal(10) ** places)
    match rounding.mode:
        case "floor":
            return f"INT(ROUND({steady}*{tenfold},6))/{tenfold}"
        case "ceiling":
            return f"-INT(-ROUND({steady}*{tenfold},6))/{tenfold}"
        case "half_even":
            half = f"ROUND({steady}*{tenfold},6)"
            return f"IF(MOD({half},1)=0.5,2*ROUND({half}/2,0),ROUND({half},0))/{tenfold}"
        case _:
            return f"ROUND({steady},{places})"
