"""What if weights, targets or one department's own figures were others: scored by the real rules, never a score.

A *knob* is one number that can be moved. Everything else stays as it was published, and the exact scoring does the
rest: with nothing moved, its tables are the published ones to the last digit.

Weights that stand beside a moved one make room for it, in proportion, so that the sum the rulebook asks for holds; what
stands below a weight that changed changes with it, points stated in tables of bands included.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Final, Literal

from etl.contracts.published import RankRow, ScoreRow
from etl.engine import Engine
from etl.insight.next_step import next_steps
from etl.insight.prospects import as_done
from etl.insight.reading import Reading
from etl.insight.reweighing import reweighed, weights_after, weights_that_move
from etl.insight.standing import full_points
from etl.release.seal import RECORDS
from etl.results import inputs_from_records
from etl.scoring.decimals import ONE, ZERO, rounded
from etl.scoring.inputs import Inputs, Unit
from etl.scoring.measure import Relative
from etl.scoring.rulebook import Rulebook
from etl.scoring.rulebook_parts import Indicator
from etl.scoring.rulebook_points import Attainment, Bands, PointsMethod, TargetByBand
from etl.scoring.score import Scored, score

Kind = Literal["weight", "target", "value"]

MOST_MOVES: Final = 40
_PLACES: Final = 4
"""Decimals an address may ask for."""
_NUMBER: Final = re.compile(rf"[0-9]{{1,9}}([.][0-9]{{1,{_PLACES}}})?")
_ROOM: Final = 2
"""A knob goes from nothing to so many times what it is."""


@dataclass(frozen=True, slots=True)
class Knob:
    """One number that can be moved.

    Attributes:
        key: names it in an address: `w:area`, `t:indicator:group`, `v:metric`.
        kind: a weight, a target, or what a department measured.
        node: the area or indicator it belongs to.
        part: peer group of a target, or the position of its band; empty where there is one for all.
        value: what it is.
        low: the least it can be moved to.
        high: the most.
    """

    key: str
    kind: Kind
    node: str
    part: str
    value: Decimal
    low: Decimal
    high: Decimal

    @property
    def step(self) -> Decimal:
        """By how much it is moved at a time: whole numbers where it is one, hundredths where weights add up to one."""
        if self.kind == "target":
            return Decimal("0.1")
        if all(number == number.to_integral_value() for number in (self.value, self.high)) and self.high > _ROOM:
            return ONE
        return Decimal("0.01") if self.high <= _ROOM else Decimal("0.1")


def rule_knobs(rulebook: Rulebook) -> dict[str, Knob]:
    """Weights and targets that can be moved, by key, in the rulebook's order.

    Weights that differ by peer group, or that stand nowhere, are not among them.
    """
    knobs = [
        Knob(f"w:{part.id}", "weight", part.id, "", weight, ZERO, whole)
        for part, weight, whole in weights_that_move(rulebook)
    ]
    for indicator in rulebook.indicators:
        for part, target in _targets_of(indicator):
            key = f"t:{indicator.id}:{part}" if part else f"t:{indicator.id}"
            knobs.append(Knob(key, "target", indicator.id, part, target, target / 10, target * _ROOM))
    return {knob.key: knob for knob in knobs}


def _targets_of(indicator: Indicator) -> Iterator[tuple[str, Decimal]]:
    target = indicator.points.target if isinstance(indicator.points, Attainment) else None
    if isinstance(target, Decimal):
        yield "", target
    elif isinstance(target, dict):
        yield from target.items()
    elif isinstance(target, TargetByBand):
        yield from ((str(at), band.target) for at, band in enumerate(target.bands))


def own_knobs(reading: Reading, unit_id: str) -> dict[str, Knob]:
    """What a department counts, indicator by indicator.

    Marks of panels and what does not apply to it are left out; so is every metric that any indicator comparing
    departments looks at, even where another holds it against a target: points that compare would tell of the others.
    """
    knobs: dict[str, Knob] = {}
    telling = _metrics_compared(reading.rulebook)
    for indicator in reading.rulebook.indicators:
        row = reading.indicators[unit_id, indicator.id]
        if not isinstance(indicator.numerator, str) or indicator.numerator in telling:
            continue
        value = row.numerator
        if row.state == "not_applicable" or value is None or value < 0:
            continue
        key = f"v:{indicator.numerator}"
        reach = max(value, row.denominator or ZERO, row.target or ZERO, Decimal(5)) * _ROOM
        knobs.setdefault(key, Knob(key, "value", indicator.id, "", value, ZERO, reach))
    return knobs


def _metrics_compared(rulebook: Rulebook) -> set[str]:
    """The metrics of indicators that compare departments, or that take what is missing from the others."""
    comparing = (
        indicator
        for indicator in rulebook.indicators
        if _compares(indicator.points) or rulebook.missing_rule(indicator) in ("worst", "mean")
    )
    return {metric for indicator in comparing for _, metric in indicator.metrics()}


def _compares(method: PointsMethod) -> bool:
    return isinstance(method, Relative) or (isinstance(method, Bands) and method.of == "percentile")


@dataclass(frozen=True, slots=True)
class Moves:
    """What is moved where.

    Attributes:
        to: key of a knob -> what it is moved to; knobs that stay are not among them.
        ignored: how many moves an address asked for that there are no knobs for, or that go too far.
    """

    to: Mapping[str, Decimal]
    ignored: int = 0

    @property
    def text(self) -> str:
        """The moves for an address; empty where nothing is moved."""
        return ",".join(f"{key}={value.normalize():f}" for key, value in sorted(self.to.items()))

    def moved(self, knob: Knob, value: Decimal) -> Moves:
        """The same with one knob moved; back where it was is not moved."""
        others = {key: to for key, to in self.to.items() if key != knob.key}
        return Moves(others if value == knob.value else {**others, knob.key: value})


def moves_from(text: str | None, knobs: Mapping[str, Knob]) -> Moves:
    """The moves an address asks for, as far as there are such knobs and they go so far; it may be anybody's text."""
    said = (text or "").split(",")[: MOST_MOVES + 1] if text else []
    to: dict[str, Decimal] = {}
    for move in said[:MOST_MOVES]:
        key, _, number = move.rpartition("=")
        knob = knobs.get(key)
        value = Decimal(number) if _NUMBER.fullmatch(number) else None
        if knob is not None and value is not None and knob.low <= value <= knob.high:
            to[key] = value
    return Moves({key: value for key, value in to.items() if value != knobs[key].value}, len(said) - len(to))


# Scoring -------------------------------------------------------------------------------------------------------------


def inputs_of(reading: Reading) -> Inputs:
    """Everything the release's scores were made of, read from the release."""
    measured = list(reading.metrics.values())
    if reading.has_records:
        with tempfile.TemporaryDirectory(prefix="jipyo-") as folder, Engine(Path(folder)) as engine:
            return inputs_from_records(reading.rulebook, reading.folder / RECORDS, engine, measured)
    return Inputs(
        units=tuple(Unit(unit.unit_id, unit.name, unit.peer_group) for unit in reading.units.values()),
        values={(row.unit_id, row.metric): row.value for row in measured},
        not_applicable=frozenset(key for key, row in reading.indicators.items() if row.state == "not_applicable"),
        marks={},
        entries=(),
    )


def weights_under(rulebook: Rulebook, moves: Moves) -> dict[str, Decimal]:
    """Node -> the weight it has with these moves; nodes whose weight stays may be missing."""
    asked = _weights_asked(rulebook, moves)
    return weights_after(rulebook, asked) if asked else {}


def _weights_asked(rulebook: Rulebook, moves: Moves) -> dict[str, Decimal]:
    knobs = rule_knobs(rulebook)
    return {knobs[key].node: value for key, value in moves.to.items() if knobs.get(key, _NO_KNOB).kind == "weight"}


def weighs_nothing(rulebook: Rulebook, moves: Moves) -> bool:
    """Whether weights that share a sum would all be nothing, which cannot be: they then stay as they are."""
    asked = _weights_asked(rulebook, moves)
    return any(
        any(part.id in asked for part in parts) and not any(asked.get(part.id, part.weight) for part in parts)
        for parts in rulebook.parts.values()
    )


def moved_rulebook(rulebook: Rulebook, moves: Moves) -> Rulebook:
    """The rulebook with its weights and targets moved."""
    knobs, weights = rule_knobs(rulebook), _weights_asked(rulebook, moves)
    targets = {key: value for key, value in moves.to.items() if knobs.get(key, _NO_KNOB).kind == "target"}
    changed = reweighed(rulebook, weights) if weights else rulebook
    if not targets:
        return changed
    indicators = tuple(_with_targets(one, knobs, targets) for one in changed.indicators)
    return changed.model_copy(update={"indicators": indicators})


_NO_KNOB: Final = Knob("", "value", "", "", ZERO, ZERO, ZERO)


def _with_targets(indicator: Indicator, knobs: Mapping[str, Knob], targets: Mapping[str, Decimal]) -> Indicator:
    own = {knobs[key].part: value for key, value in targets.items() if knobs[key].node == indicator.id}
    method = indicator.points
    if not own or not isinstance(method, Attainment):
        return indicator
    target = method.target
    if isinstance(target, TargetByBand):
        bands = tuple(
            band.model_copy(update={"target": own.get(str(at), band.target)}) for at, band in enumerate(target.bands)
        )
        new: object = target.model_copy(update={"bands": bands})
    else:
        new = {**target, **own} if isinstance(target, dict) else own[""]
    return indicator.model_copy(update={"points": method.model_copy(update={"target": new})})


def what_if(reading: Reading, inputs: Inputs, moves: Moves, unit_id: str | None = None) -> Scored:
    """The tables a release would have with these moves.

    Args:
        reading: the release.
        inputs: of `inputs_of`.
        moves: knobs of `rule_knobs` and, where a department is given, of its `own_knobs`.
        unit_id: the department whose own figures are moved.
    """
    own = {key.removeprefix("v:"): value for key, value in moves.to.items() if key.startswith("v:")}
    if unit_id is not None and own:
        values = {**inputs.values, **{(unit_id, metric): value for metric, value in own.items()}}
        inputs = replace(inputs, values=values)
    return score(moved_rulebook(reading.rulebook, moves), inputs)


@dataclass(frozen=True, slots=True)
class Shift:
    """A place before and after; None where there is none."""

    before: int | None
    after: int | None

    @property
    def places(self) -> int:
        """Places gained; below zero lost."""
        return 0 if self.after is None or self.before is None else self.before - self.after


@dataclass(frozen=True, slots=True)
class Moved:
    """What a department would have; None where it has no score or no grade.

    Attributes:
        overall: its place among all ranked departments.
        in_group: its place in its peer group.
    """

    unit_id: str
    score_before: Decimal | None
    score: Decimal | None
    overall: Shift
    in_group: Shift
    grade_before: str | None
    grade: str | None


def unmoved(reading: Reading) -> list[Moved]:
    """Every department where nothing is moved: what was published, beside itself."""
    return _side_by_side(reading, reading.scores.values(), reading.ranks)


def compared(reading: Reading, scored: Scored) -> list[Moved]:
    """Every department as published beside what it would have, sorted by its code."""
    return _side_by_side(reading, scored.scores, {row.unit_id: row for row in scored.ranks})


def _side_by_side(reading: Reading, scores: Iterable[ScoreRow], ranks: Mapping[str, RankRow]) -> list[Moved]:
    return [
        _moved(row.unit_id, reading.scores[row.unit_id], row, reading.ranks.get(row.unit_id), ranks.get(row.unit_id))
        for row in sorted(scores, key=lambda row: row.unit_id)
    ]


def _moved(unit_id: str, was: ScoreRow, is_: ScoreRow, before: RankRow | None, after: RankRow | None) -> Moved:
    return Moved(
        unit_id=unit_id,
        score_before=was.score,
        score=is_.score,
        overall=Shift(before.rank if before else None, after.rank if after else None),
        in_group=Shift(before.group_rank if before else None, after.group_rank if after else None),
        grade_before=before.grade if before else None,
        grade=after.grade if after else None,
    )


# The cheapest way up -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Way:
    """One thing a department could do more of.

    Attributes:
        knob: what it counts.
        more: how much more of it, as somebody can do it: whole records and people, though joint work counts in parts.
        to: what the knob is moved to, as an address writes it.
        score: its score then.
        gain: points gained.
    """

    knob: Knob
    more: Decimal
    to: Decimal
    score: Decimal
    gain: Decimal


def ways_up(reading: Reading, inputs: Inputs, unit_id: str) -> list[Way]:
    """For each thing a department counts, the smallest step that gives it a better score, the most per step first.

    None where the lowest score is the best: what adds to the score does not help there.
    """
    now = reading.scores[unit_id].score
    if now is None or reading.rulebook.lower_leads:
        return []
    found = []
    for knob, more in _first_steps(reading, unit_id):
        to = rounded(knob.value + more, _PLACES, "ceiling")
        if to > knob.high:
            continue
        scored = what_if(reading, inputs, Moves({knob.key: to}), unit_id)
        then = next(row.score for row in scored.scores if row.unit_id == unit_id)
        if then is not None and then > now:
            found.append(Way(knob, more, to, then, then - now))
    return sorted(found, key=lambda way: (-way.gain / (way.more or ONE), way.knob.key))


def _first_steps(reading: Reading, unit_id: str) -> Iterator[tuple[Knob, Decimal]]:
    indicators = {one.id: one for one in reading.rulebook.indicators}
    for knob in own_knobs(reading, unit_id).values():
        indicator, row = indicators[knob.node], reading.indicators[unit_id, knob.node]
        full = full_points(reading, indicator, row)
        for step in next_steps(indicator, row, full)[:1]:
            yield knob, as_done(indicator, row, full, step).more
