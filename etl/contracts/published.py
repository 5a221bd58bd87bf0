"""The tables a release publishes: one class a table, and the only place their columns are declared.

All are text tables: sorted by their key, numbers as decimal text, an absent value as an empty cell.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar, Final, Literal

from pydantic import BaseModel, ConfigDict

State = Literal["measured", "missing", "not_applicable"]


class Published(BaseModel):
    """One row of a published table.

    Class attributes:
        table: name of the file without `.csv`.
        key: the columns the table is sorted by.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    table: ClassVar[str]
    key: ClassVar[tuple[str, ...]]


class UnitRow(Published):
    """A department that is evaluated: those valid on the last day of the period."""

    table = "units"
    key = ("unit_id",)

    unit_id: str
    name: str
    parent: str | None
    peer_group: str
    valid_from: date | None
    valid_to: date | None


class MetricRow(Published):
    """What one metric measured for one department: the sum of the amounts of the records it counts."""

    table = "metrics"
    key = ("unit_id", "metric")

    unit_id: str
    metric: str
    value: Decimal | None
    records_counted: int
    records_not_counted: int
    records_undecided: int


class IndicatorRow(Published):
    """The value of one indicator for one department, and the points it gives."""

    table = "indicators"
    key = ("unit_id", "indicator")

    unit_id: str
    indicator: str
    state: State
    numerator: Decimal | None
    denominator: Decimal | None
    value: Decimal | None
    target: Decimal | None
    points: Decimal | None
    weight: Decimal


class ContributionRow(Published):
    """One node of the score's tree (an indicator or an area) for one department.

    `points` is the node's own result, `effective_weight` its weight after those of absent nodes went to the others, and
    `contribution` what it adds to its parent where the parent is a sum or an arithmetic mean; empty where it is not.
    """

    table = "contributions"
    key = ("unit_id", "node")

    unit_id: str
    node: str
    parent: str | None
    state: State
    points: Decimal | None
    weight: Decimal
    effective_weight: Decimal | None
    contribution: Decimal | None


class ScoreRow(Published):
    """The composite score of one department, with bonus and penalty beside it.

    `base` is the aggregate before bonus and penalty, `total` the two together, both unrounded; `score` is `total`
    rounded as the rulebook says.
    """

    table = "scores"
    key = ("unit_id",)

    unit_id: str
    base: Decimal | None
    bonus: Decimal
    penalty: Decimal
    total: Decimal | None
    score: Decimal | None
    coverage: Decimal
    ranked: bool
    not_ranked_because: str | None


class RankRow(Published):
    """The place of one ranked department: overall and in its peer group, ties as 1, 1, 3."""

    table = "ranks"
    key = ("unit_id",)

    unit_id: str
    peer_group: str
    rank: int
    ranked_units: int
    group_rank: int
    group_units: int
    tied_with: int
    tie_broken_by: str | None
    grade: str | None
    grade_before_veto: str | None


class HeadlineRow(Published):
    """One figure of the whole body against its target."""

    table = "headlines"
    key = ("position",)

    position: int
    headline: str
    value: Decimal | None
    target: Decimal | None
    attainment_pct: Decimal | None
    ratio_pct: Decimal | None


class HistoryRow(Published):
    """The whole body's total of one metric in one year, from the same records."""

    table = "history"
    key = ("metric", "year")

    metric: str
    year: int
    value: Decimal | None
    records_counted: int


class OutrankingRow(Published):
    """How much of the weight says that one unit is better than another; only where the rulebook ranks by outranking."""

    table = "outranking"
    key = ("unit_id", "other")

    unit_id: str
    other: str
    votes: Decimal


class OrderRow(Published):
    """One best order of all units, from the first place to the last; only where the rulebook ranks by outranking."""

    table = "orders"
    key = ("number",)

    number: int
    units: str
    votes: Decimal


class RejectRow(Published):
    """One reason for which one received row was not staged."""

    table = "rejects"
    key = ("file", "row", "kind", "column", "reason")

    file: str
    row: int
    kind: str
    column: str
    reason: str
    text: str | None


PUBLISHED: Final[dict[str, type[Published]]] = {
    contract.table: contract
    for contract in (
        UnitRow,
        MetricRow,
        IndicatorRow,
        ContributionRow,
        ScoreRow,
        RankRow,
        HeadlineRow,
        HistoryRow,
        OutrankingRow,
        OrderRow,
        RejectRow,
    )
}
"""Every published table by its name."""
