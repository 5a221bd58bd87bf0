"""The points methods as a rulebook writes them: `points = { method = "...", ... }`.

Each class is the declaration; the arithmetic stands in `etl.scoring.points` and `etl.scoring.points_relative`. A method
gives either a *fraction* (1 is a full result: attainment, goalposts, min-max, ...) or *points* as stated (raw, and
bands or categories with `points`). How either becomes points is told in `etl.scoring.score`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from etl.documents.flaws import Flaw
from etl.scoring.decimals import plain
from etl.scoring.rulebook_terms import Amount, Band, Edge, Many, MetricName, Number, Over, Rule, flaws_of_limits

# --- targets -----------------------------------------------------------------------------------------------------


class TargetFromMetric(Rule):
    """Every unit has its own target: the value of a metric, or a share of it.

    Args:
        share: what is taken of the metric, such as half of the headcount.
        most: where the target ends; it also holds for a unit of which the metric is not known.
    """

    metric: MetricName
    share: Annotated[Number, Field(gt=0)] = Decimal(1)
    most: Annotated[Number, Field(gt=0)] | None = None


class TargetBand(Band):
    """One row of a table of targets by size."""

    target: Number


class TargetByBand(Rule):
    """The target depends on the size of the unit, most often its authorised headcount.

    `unknown` says what holds for a unit whose size is not known: the highest band (as the 2025 manual of the Ministry
    of the Interior and Safety, indicator 3-1-1) or no points because the target is missing.
    """

    metric: MetricName
    bands: Many[TargetBand]
    includes: Edge = "upper"
    unknown: Literal["highest", "missing"]

    def flaws(self) -> Iterator[Flaw]:
        """Holes and overlaps of the table, targets that cannot be divided by."""
        for flaw in flaws_of_limits([(band.start, band.end) for band in self.bands]):
            yield flaw.under("bands")
        for position, band in enumerate(self.bands):
            if band.target <= 0:
                yield Flaw(
                    ("bands", position, "target"), "rulebook_target_not_positive", {"target": plain(band.target)}
                )


def _shape_of_target(value: object) -> str:
    if isinstance(value, TargetByBand | TargetFromMetric):
        return "by_band" if isinstance(value, TargetByBand) else "from_metric"
    if isinstance(value, dict) and ("bands" in value or "unknown" in value):
        return "by_band"
    return "from_metric" if isinstance(value, dict) and "metric" in value else "amount"


Target = Annotated[
    Annotated[Amount, Tag("amount")]
    | Annotated[TargetFromMetric, Tag("from_metric")]
    | Annotated[TargetByBand, Tag("by_band")],
    Discriminator(_shape_of_target),
]

# --- methods of one value ----------------------------------------------------------------------------------------


class Attainment(Rule):
    """How much of a target is reached; see `points.attainment`. `most = "none"` leaves the result open above.

    Args:
        least: whoever reaches less than this share of the target gets nothing; 1 is all or nothing.
    """

    method: Literal["attainment"]
    target: Target
    most: Annotated[Number, Field(gt=0)] | Literal["none"] = Decimal(1)
    least: Annotated[Number, Field(ge=0)] = Decimal(0)

    def flaws(self) -> Iterator[Flaw]:
        """Targets that cannot be divided by."""
        if isinstance(self.target, TargetByBand):
            for flaw in self.target.flaws():
                yield flaw.under("target")
        elif isinstance(self.target, dict):
            for group, target in self.target.items():
                if target <= 0:
                    yield Flaw(("target", group), "rulebook_target_not_positive", {"target": plain(target)})
        elif isinstance(self.target, Decimal) and self.target <= 0:
            yield Flaw(("target",), "rulebook_target_not_positive", {"target": plain(self.target)})


class PointsBand(Band):
    """One row of a table of bands: `points` as they are, or a `share` of the full points."""

    points: Number | None = None
    share: Number | None = None


class Bands(Rule):
    """Points by stretches of the value, or of its percentile rank; see `points.band_of`."""

    method: Literal["bands"]
    bands: Many[PointsBand]
    includes: Edge = "lower"
    of: Literal["value", "percentile"] = "value"
    over: Over = "all"

    def flaws(self) -> Iterator[Flaw]:
        """Holes, overlaps and rows without points."""
        for flaw in flaws_of_limits([(band.start, band.end) for band in self.bands]):
            yield flaw.under("bands")
        for flaw in _flaws_of_results(self.bands):
            yield flaw.under("bands")


class Category(Rule):
    """One value of a categorical scale and what it gives."""

    value: Number
    points: Number | None = None
    share: Number | None = None


class Categorical(Rule):
    """Points by exact value (1 planned, 2 in force, ...); a value not listed is missing; see `points.category_of`."""

    method: Literal["categorical"]
    categories: Many[Category]

    def flaws(self) -> Iterator[Flaw]:
        """Values listed twice, rows without points."""
        for flaw in _flaws_of_results(self.categories):
            yield flaw.under("categories")
        seen: set[Decimal] = set()
        for position, category in enumerate(self.categories):
            if category.value in seen:
                yield Flaw(("categories", position), "rulebook_duplicate", {"name": plain(category.value)})
            seen.add(category.value)


def _flaws_of_results(rows: Sequence[PointsBand | Category]) -> Iterator[Flaw]:
    """Rows that state neither or both of points and share, and a table that mixes the two."""
    if not rows:
        yield Flaw((), "rulebook_bands_empty")
        return
    in_points = rows[0].points is not None
    for position, row in enumerate(rows):
        if (row.points is None) == (row.share is None) or (row.points is not None) != in_points:
            yield Flaw((position,), "rulebook_points_or_share")


class Goalposts(Rule):
    """Where the value stands between two fixed posts; see `points.goalposts`. Descending where worst is above best."""

    method: Literal["goalposts"]
    worst: Number
    best: Number
    scale: Literal["linear", "log"] = "linear"
    clip: Literal["both", "worst", "best", "none"] = "both"

    def flaws(self) -> Iterator[Flaw]:
        """Posts that are one, and logarithms of zero."""
        if self.worst == self.best:
            yield Flaw(("best",), "rulebook_goalposts_equal", {"value": plain(self.best)})
        for key, post in (("worst", self.worst), ("best", self.best)):
            if self.scale == "log" and post <= 0:
                yield Flaw((key,), "rulebook_log_goalpost", {"value": plain(post)})


class Panel(Rule):
    """The mean of a panel's marks as a share of `out_of`; see `points.panel_mean`.

    `trim` marks are left out at either end where there are at least `trim_from` marks.
    """

    method: Literal["panel"]
    out_of: Annotated[Number, Field(gt=0)] = Decimal(100)
    trim: Annotated[int, Field(ge=0)] = 0
    trim_from: Annotated[int, Field(ge=1)] | None = None

    @property
    def trims_from(self) -> int:
        """The number of marks from which the ends are left out: one must always remain."""
        return self.trim_from if self.trim_from is not None else 2 * self.trim + 1

    def flaws(self) -> Iterator[Flaw]:
        """A trim that leaves nothing."""
        if self.trim_from is not None and self.trim_from <= 2 * self.trim:
            yield Flaw(("trim_from",), "rulebook_trim_leaves_nothing", {"marks": self.trim_from, "trim": self.trim})


class Raw(Rule):
    """The value itself is the points."""

    method: Literal["raw"]


# --- methods that compare units ----------------------------------------------------------------------------------


class MinMax(Rule):
    """Where the value stands between the worst and the best unit; see `points_relative.min_max`."""

    method: Literal["min_max"]
    over: Over = "all"
    when_constant: Number = Decimal("0.5")


class ZScore(Rule):
    """Distance from the mean in standard deviations; see `points_relative.z_scores`."""

    method: Literal["z_score"]
    over: Over = "all"
    deviation: Literal["population", "sample"] = "population"
    when_constant: Number = Decimal(0)


class PercentileRank(Rule):
    """The share of units that are not better; see `points_relative.percentile_ranks`."""

    method: Literal["percentile_rank"]
    over: Over = "all"
    counting: Literal["lower_and_self", "lower", "lower_and_half_equal", "lower_and_equal", "lower_of_others"] = (
        "lower_and_self"
    )


class RankPoints(Rule):
    """The place among the units; see `points_relative.rank_numbers` and `rank_shares`."""

    method: Literal["rank"]
    over: Over = "all"
    form: Literal["number", "share"] = "share"
    when_constant: Number | None = None


class Distance(Rule):
    """Distance to the best or worst unit or to the mean; see `points_relative.distances`."""

    method: Literal["distance"]
    to: Literal["best", "worst", "mean"]
    form: Literal["ratio", "difference"] = "ratio"
    over: Over = "all"


class AboveBelowMean(Rule):
    """1 above the mean by more than the threshold, -1 below it, else 0; see `points_relative.above_below_mean`."""

    method: Literal["above_below_mean"]
    threshold: Annotated[Number, Field(ge=0)]
    over: Over = "all"


PointsMethod = Annotated[
    Attainment
    | Bands
    | Categorical
    | Goalposts
    | Panel
    | Raw
    | MinMax
    | ZScore
    | PercentileRank
    | RankPoints
    | Distance
    | AboveBelowMean,
    Field(discriminator="method"),
]


def states_points(method: PointsMethod) -> bool:
    """Whether the method gives points as stated, not a fraction of the full points."""
    if isinstance(method, Bands):
        return any(band.points is not None for band in method.bands)
    if isinstance(method, Categorical):
        return any(category.points is not None for category in method.categories)
    return isinstance(method, Raw)


def most_stated(method: PointsMethod) -> tuple[tuple[str | int, ...], Decimal] | None:
    """The highest points a table of the method states, and where; None where it states none."""
    if isinstance(method, Bands):
        rows = [(("bands", at, "points"), band.points) for at, band in enumerate(method.bands)]
    elif isinstance(method, Categorical):
        rows = [(("categories", at, "points"), category.points) for at, category in enumerate(method.categories)]
    else:
        return None
    stated = [(points, path) for path, points in rows if points is not None]
    if not stated:
        return None
    points, path = max(stated)
    return path, points


def compares_over(method: PointsMethod) -> Over:
    """Over whom the method compares, or whose points a missing value may borrow."""
    return "all" if isinstance(method, Attainment | Categorical | Goalposts | Panel | Raw) else method.over
