"""The parts of a rulebook: the evaluation, its peer groups, the tree of areas and indicators, the headlines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Final, Literal

from pydantic import Discriminator, Field, StringConstraints, Tag, model_validator

from etl.documents.flaws import Flaw
from etl.documents.lines import KeyPath
from etl.scoring.decimals import plain
from etl.scoring.rulebook_points import PointsMethod, TargetByBand, TargetFromMetric
from etl.scoring.rulebook_terms import Amount, Direction, Id, Many, MetricName, Number, Rounding, Rule, Text

StageName = Literal["collecting", "provisional", "appeals", "review", "final", "published"]
STAGES: Final[tuple[StageName, ...]] = ("collecting", "provisional", "appeals", "review", "final", "published")

Aggregation = Literal[
    "sum_of_points",
    "weighted_sum",
    "arithmetic",
    "geometric",
    "harmonic",
    "product",
    "ratio",
    "minimum",
    "maximum",
    "outranking",
]
Transform = Literal["none", "ln", "log10", "sqrt", "exp"]


class Span(Rule):
    """Days from `start` to `end`, both included."""

    start: date
    end: date

    def flaws(self) -> Iterator[Flaw]:
        """An end before the start."""
        if self.end < self.start:
            yield Flaw(("end",), "rulebook_days_out_of_order", {"start": self.start, "end": self.end})


class Stage(Rule):
    """One step of the evaluation's calendar, both days included; the last may stay open."""

    id: StageName
    start: date = Field(alias="from")
    end: date | None = Field(default=None, alias="to")

    def flaws(self) -> Iterator[Flaw]:
        """An end before the start."""
        if self.end is not None and self.end < self.start:
            yield Flaw(("to",), "rulebook_days_out_of_order", {"start": self.start, "end": self.end})


class Body(Rule):
    """The body as a whole, evaluated as one unit: the records of all its departments count for it.

    Departments that were merged or closed are among them. Requests of departments that an indicator does not apply and
    marks of panels are about departments, and change nothing for the body; of the ledger, entries under a rule that
    this rulebook has do.
    """

    id: Id
    name: Text


class Evaluation(Rule):
    """What is evaluated, for which year, and when.

    Args:
        period: the days whose records count; without it the calendar year.
        body: the body itself is evaluated, not its departments; such a rulebook has no peer groups.
        example: whether this is an example (합성 예시) and says so wherever it shows.
        history_from: the first year for which the whole body's totals are shown.
        issuer: who signs the notices of the result (결과 통지서); without it the head of evaluation.
    """

    id: Id
    title: Text
    year: Annotated[int, Field(ge=1, le=9999)]
    period: Span
    example: bool = False
    stages: Many[Stage] = ()
    history_from: Annotated[int, Field(ge=1, le=9999)] | None = None
    body: Body | None = None
    issuer: Text | None = None
    notes: Text | None = None

    @property
    def records_year(self) -> int:
        """The year whose records are evaluated: an evaluation of 2022 may look at 2021."""
        return self.period.end.year

    @model_validator(mode="before")
    @classmethod
    def _the_period_is_the_year(cls, value: Any) -> Any:
        year = value.get("year") if isinstance(value, dict) else None
        if isinstance(year, int) and 1 <= year <= date.max.year and "period" not in value:
            return {**value, "period": {"start": date(year, 1, 1), "end": date(year, 12, 31)}}
        return value

    def flaws(self) -> Iterator[Flaw]:
        """Days and years out of order, stages out of order or overlapping."""
        for flaw in self.period.flaws():
            yield flaw.under("period")
        if self.history_from is not None and self.history_from > self.year:
            yield Flaw(("history_from",), "rulebook_history_after_year", {"year": self.year})
        for position, stage in enumerate(self.stages):
            for flaw in stage.flaws():
                yield flaw.under("stages", position)
            if position:
                yield from _flaws_of_neighbours(self.stages[position - 1], stage, position)


def _flaws_of_neighbours(before: Stage, stage: Stage, position: int) -> Iterator[Flaw]:
    if STAGES.index(stage.id) <= STAGES.index(before.id):
        yield Flaw(("stages", position, "id"), "rulebook_stage_order", {"stage": stage.id, "before": before.id})
    elif before.end is None or stage.start <= before.end:
        facts = {"stage": stage.id, "before": before.id, "start": stage.start}
        yield Flaw(("stages", position, "from"), "rulebook_stages_overlap", facts)


class PeerGroup(Rule):
    """Units that are compared with each other (평가군)."""

    id: Id
    name: Text


class Node(Rule):
    """What the root and the areas share: how the parts below become one number.

    The number is `transform(scale x aggregate + offset)`, then cut to `floor` and `cap`, then rounded.

    Args:
        aggregation: see `etl.scoring.aggregate`.
        total: under sum_of_points, what the weights of the parts add up to.
        weights_sum: under the others, what the weights of the parts add up to; 1 where nothing is said.
        weights: "as_given" where printed weights need not add up to anything.
        full: under a sum of points, the result of an area that earns all its points (its total, or else 1).
        minimum_coverage: the share of weight that must be measured, 0 to 1.
    """

    aggregation: Aggregation
    total: Annotated[Number, Field(gt=0)] | None = None
    weights_sum: Annotated[Number, Field(gt=0)] = Decimal(1)
    weights: Literal["add_up", "as_given"] = "add_up"
    full: Annotated[Number, Field(gt=0)] | None = None
    scale: Number = Decimal(1)
    offset: Number = Decimal(0)
    transform: Transform = "none"
    floor: Number | None = None
    cap: Number | None = None
    rounding: Rounding = Rounding(mode="none")
    minimum_coverage: Annotated[Number, Field(ge=0, le=1)] = Decimal(0)

    def flaws(self) -> Iterator[Flaw]:
        """A cap below the floor."""
        if self.floor is not None and self.cap is not None and self.cap < self.floor:
            yield Flaw(("cap",), "rulebook_cap_below_floor", {"cap": plain(self.cap), "floor": plain(self.floor)})


class Area(Node):
    """A node of the score's tree; without a parent it stands at the root."""

    id: Id
    name: Text
    parent: Id | None = None
    weight: Amount | None = None


class StatedValue(Rule):
    """A missing value counts as this value."""

    value: Number


class StatedPoints(Rule):
    """A missing value gets these points."""

    points: Number


def _shape_of_missing(value: object) -> str:
    if isinstance(value, StatedPoints) or (isinstance(value, dict) and "points" in value):
        return "points"
    return "value" if isinstance(value, dict | StatedValue) else "word"


MissingWord = Literal["not_ranked", "reweight", "zero", "worst", "mean"]
Missing = Annotated[
    Annotated[MissingWord, Tag("word")] | Annotated[StatedValue, Tag("value")] | Annotated[StatedPoints, Tag("points")],
    Discriminator(_shape_of_missing),
]
"""What a missing value does: the unit is not ranked; the weight moves to the other parts of the area; the points are
zero; the lowest, or the mean, of the points that measured units got; a stated value; stated points."""


class Score(Node):
    """The root of the tree. `floor` and `cap` hold for the total, after bonus and penalty.

    `missing` is the rule of every indicator that has none of its own.
    """

    missing: Missing = "not_ranked"


class Source(Rule):
    """Where a rule is written down."""

    document: Annotated[str, StringConstraints(min_length=1)]
    article: str | None = None
    page: str | int | None = None


class Effective(Rule):
    """The days on which a rule holds, both included; an end left out is open."""

    start: date | None = Field(default=None, alias="from")
    end: date | None = Field(default=None, alias="to")


class Clip(Rule):
    """The value is cut to these ends before it becomes points."""

    low: Number | None = None
    high: Number | None = None

    def flaws(self) -> Iterator[Flaw]:
        """A high end below the low one."""
        if self.low is not None and self.high is not None and self.high < self.low:
            yield Flaw(("high",), "rulebook_cap_below_floor", {"cap": plain(self.high), "floor": plain(self.low)})


def _shape_of_numerator(value: object) -> str:
    return "metric" if isinstance(value, str) else "number"


Numerator = Annotated[
    Annotated[MetricName, Tag("metric")] | Annotated[Number, Tag("number")],
    Discriminator(_shape_of_numerator),
]
"""A metric, or a constant number (10 in ten per thousand)."""


class Indicator(Rule):
    """One leaf of the tree: a value and what it is worth.

    The value is `transform(numerator / denominator x multiply)`, cut to `clip`, then rounded by `value_rounding`.

    Args:
        area: the area it belongs to; without one it stands at the root.
        numerator: a metric, or a constant number; none for a panel's marks.
        denominator: a metric; zero or missing makes the value missing.
        direction: whether a higher or a lower value is better; not said: what the goalposts say, or else higher.
        full: points of a full result under a mean (1 where nothing is said); under a sum of points that is the weight.
        rounding: of the points.
        period: the days whose records its metrics count, where they are not those of the evaluation.
        to_fill_in: what a body has still to fill in before the points hold.
    """

    id: Id
    name: Text
    points: PointsMethod
    area: Id | None = None
    numerator: Numerator | None = None
    denominator: MetricName | None = None
    multiply: Number = Decimal(1)
    transform: Transform = "none"
    clip: Clip = Clip()
    value_rounding: Rounding = Rounding(mode="none")
    unit: str = ""
    direction: Direction | None = None
    weight: Amount | None = None
    full: Annotated[Number, Field(gt=0)] | None = None
    rounding: Rounding = Rounding(mode="none")
    missing: Missing | None = None
    source: Source | None = None
    effective: Effective | None = None
    description: Text | None = None
    period: Span | None = None
    to_fill_in: Text | None = None

    @property
    def better(self) -> Direction:
        """Which direction is better."""
        if self.direction is not None:
            return self.direction
        descends = self.points.method == "goalposts" and self.points.worst > self.points.best
        return "lower" if descends else "higher"

    def metrics(self) -> Iterator[tuple[KeyPath, str]]:
        """Every metric the indicator looks at, and the key that names it."""
        if isinstance(self.numerator, str):
            yield ("numerator",), self.numerator
        if self.denominator is not None:
            yield ("denominator",), self.denominator
        if self.points.method == "attainment" and isinstance(self.points.target, TargetFromMetric | TargetByBand):
            yield ("points", "target", "metric"), self.points.target.metric

    def flaws(self) -> Iterator[Flaw]:
        """What is wrong with the points method, the direction, the source of the value."""
        for flaw in self.points.flaws():
            yield flaw.under("points")
        for flaw in self.clip.flaws():
            yield flaw.under("clip")
        for flaw in self.period.flaws() if self.period is not None else ():
            yield flaw.under("period")
        if self.points.method == "goalposts" and self.direction is not None:
            descends = self.points.worst > self.points.best
            if descends != (self.direction == "lower"):
                yield Flaw(("direction",), "rulebook_direction_contradicts", {"direction": self.direction})
        is_panel = self.points.method == "panel"
        if is_panel and self.numerator is not None:
            yield Flaw(("numerator",), "rulebook_panel_has_numerator")
        if not is_panel and self.numerator is None:
            yield Flaw((), "document_key_missing", {"key": "numerator"})


class Headline(Rule):
    """One figure of the whole body.

    Args:
        metric: what is added up over all departments.
        count: sum adds the values, units counts the departments whose value is above zero.
        target: what the body set out to reach.
        ratio_to: a metric; the value is also shown in percent of its sum.
        places: decimal places of the percentages.
    """

    id: Id
    name: Text
    metric: MetricName
    count: Literal["sum", "units"] = "sum"
    unit: str = ""
    target: Annotated[Number, Field(gt=0)] | None = None
    ratio_to: MetricName | None = None
    places: Annotated[int, Field(ge=0, le=12)] = 2

    def metrics(self) -> Iterator[tuple[KeyPath, str]]:
        """Every metric the headline looks at, and the key that names it."""
        yield ("metric",), self.metric
        if self.ratio_to is not None:
            yield ("ratio_to",), self.ratio_to
