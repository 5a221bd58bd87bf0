"""What every frame is made from, and the names of things in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from dashboard.access import Scope
from dashboard.words import Words
from etl.contracts.published import IndicatorRow
from etl.insight.earlier import year_before
from etl.insight.figures import bound_text, gap_text, grade_text, points_text, score_text, value_text
from etl.insight.reading import Reading
from etl.insight.reasons import node_names
from etl.insight.spread import coarse
from etl.insight.standing import (
    GroupStanding,
    UnitChange,
    group_of,
    group_standing,
    medians_of,
    part_earners,
    tied_in_group,
    unit_changes,
)
from etl.scoring.rulebook import Rulebook
from etl.scoring.rulebook_parts import Indicator
from etl.scoring.rulebook_terms import EVERYBODY
from etl.shown import sign


@dataclass(frozen=True)
class Source:
    """A release as one reader sees it.

    Attributes:
        reading: the release shown.
        earlier: the published releases of earlier years, the latest first.
        scope: what the reader may see.
        words: the reader's language.
    """

    reading: Reading
    earlier: tuple[Reading, ...]
    scope: Scope
    words: Words

    @cached_property
    def key(self) -> str:
        """Names in a cache what depends on nothing else: equal for readers who see the same of the same releases."""
        ids = [f"{one.folder}{one.manifest.release_id}" for one in (self.reading, *self.earlier)]
        return "\n".join([*ids, self.scope.key, self.words.language])

    @property
    def year(self) -> int:
        """The year of the evaluation."""
        return self.reading.rulebook.evaluation.year

    @property
    def records_year(self) -> int:
        """The year whose records are evaluated."""
        return self.reading.rulebook.evaluation.records_year

    @cached_property
    def before(self) -> Reading | None:
        """The published release of the year before."""
        return year_before(self.reading, self.earlier)

    @property
    def before_year(self) -> int:
        """The year of that release; the last one where there is none."""
        return self.year - 1 if self.before is None else self.before.rulebook.evaluation.year

    @property
    def skipped(self) -> str:
        """Why it is not last year's that is compared with; empty where it is."""
        return "" if self.before_year == self.year - 1 else self.words("overview.skipped", before=self.before_year)

    @cached_property
    def changes(self) -> Mapping[str, UnitChange]:
        """Unit -> its change since last year, of the departments in scope."""
        found = unit_changes(self.reading, self.before)
        return {unit_id: change for unit_id, change in found.items() if self.scope.may_see(unit_id)}

    @cached_property
    def medians(self) -> Mapping[tuple[str, str], Decimal]:
        """(peer group, node) -> median of what was earned, where it tells of no other department in particular.

        None where the body is evaluated as one: the middle of one is that one.
        """
        earners = {} if self.reading.body else part_earners(self.reading)
        return {key: middle for key, middle in medians_of(earners).items() if self.scope.may_see_together(earners[key])}

    def standing(self, group: str | None) -> GroupStanding:
        """The scores of a peer group, or of all departments, as far as they tell of no other one in particular.

        Without names the ends are rounded to a coarse step, and there are none where too few stand behind them.
        A body evaluated as one has no median: it would be its own score.
        """
        found = group_standing(self.reading, group)
        if self.reading.body:
            return replace(found, median=None)
        ranked = [row.unit_id for row in self.reading.ranks.values() if group in (None, row.peer_group)]
        if all(map(self.scope.may_see, ranked)):
            return found
        leaders = tuple(filter(self.scope.may_see, found.leaders))
        if not self.scope.may_see_together(ranked):
            return replace(found, median=None, highest=None, lowest=None, leaders=leaders)
        scores = [score for unit_id in ranked if (score := self.reading.scores[unit_id].score) is not None]
        ends = coarse(scores)
        return replace(found, highest=max(ends, default=None), lowest=min(ends, default=None), leaders=leaders)

    def keeps_median(self, group: str | None) -> bool:
        """Whether there is a median that this reader may not know yet, for too few stand behind it."""
        if self.reading.body:
            return False
        return self.standing(group).median is None and group_standing(self.reading, group).median is not None

    def unnamed(self, values: Mapping[str, Decimal]) -> list[Decimal]:
        """The values of the departments that are not in scope, rounded to a coarse step and in order.

        None where too few stand behind them.

        Args:
            values: department -> value, of one peer group.
        """
        if not self.scope.may_see_together(values):
            return []
        return coarse(value for unit_id, value in values.items() if not self.scope.may_see(unit_id))

    @property
    def compares_units(self) -> bool:
        """Whether every department may be set against every other by name."""
        return all(map(self.scope.may_see, self.reading.units))

    @cached_property
    def group_ties(self) -> Mapping[str, int]:
        """Unit -> how many others share its place in the group."""
        return tied_in_group(self.reading)

    @cached_property
    def nodes(self) -> Mapping[str, str]:
        """The names of areas and indicators."""
        return node_names(self.reading.rulebook, self.words.language)

    @cached_property
    def units(self) -> Mapping[str, str]:
        """Unit -> name, of the departments in scope, by peer group and name."""
        order = {group.id: at for at, group in enumerate(self.reading.rulebook.peer_groups)}
        seen = [unit for unit in self.reading.units.values() if self.scope.may_see(unit.unit_id)]
        ordered = sorted(seen, key=lambda unit: (order.get(unit.peer_group, len(order)), unit.name, unit.unit_id))
        return {unit.unit_id: unit.name for unit in ordered}

    @cached_property
    def record_units(self) -> Mapping[str, str]:
        """Unit -> name, of the departments whose records are in scope, in the same order."""
        return {unit_id: name for unit_id, name in self.units.items() if self.scope.may_see_records(unit_id)}

    def named(self, unit_id: str, names: Mapping[str, str]) -> str:
        """What a department is called in records: its name where the reader may see it, else that it is another.

        Args:
            unit_id: its code.
            names: code -> name of every department, former ones included; those are nobody's now, and are named.
        """
        hidden = unit_id in self.reading.units and not self.scope.may_see(unit_id)
        return self.words("unit.other") if hidden else names.get(unit_id, unit_id)

    @cached_property
    def groups(self) -> Mapping[str, str]:
        """Peer group -> name; one group of everybody where the rulebook has none."""
        return groups_of(self.reading.rulebook, self.words)

    @cached_property
    def indicators(self) -> Mapping[str, Indicator]:
        """Every indicator by its id, in the rulebook's order."""
        return {indicator.id: indicator for indicator in self.reading.rulebook.indicators}

    def group_name(self, unit_id: str) -> str:
        """The name of a department's peer group."""
        return self.groups.get(group_of(self.reading, unit_id), group_of(self.reading, unit_id))

    def grade_name(self, grade: str | None) -> str:
        """A grade with its name: S (탁월)."""
        return grade_text(self.reading.rulebook, grade, self.words.language)

    def score(self, score: Decimal | None) -> str:
        """A score with the decimals the rulebook rounds to, so that a column of them lines up."""
        return score_text(self.reading.rulebook, score)

    def bound(self, score: Decimal) -> str:
        """The score that bounds a grade, with decimals of its own where it has more than scores have."""
        return bound_text(self.reading.rulebook, score)

    def gap(self, gap: Decimal) -> str:
        """The points up to a bound, likewise."""
        return gap_text(self.reading.rulebook, gap)

    def score_change(self, change: Decimal | None) -> str:
        """A difference of scores, likewise, with its sign."""
        return sign(change) + self.score(change)

    def points(self, points: Decimal | None) -> str:
        """What a part earned: two decimals, three where a full result is one point."""
        return points_text(self.reading.rulebook, points)

    def value(self, indicator: Indicator, value: Decimal | None, places: int = 2) -> str:
        """An indicator's value with its unit."""
        return value_text(indicator, value, self.words.language, places)

    def target(self, indicator: Indicator, row: IndicatorRow) -> str:
        """What a department was to reach on an indicator, in words; empty where it had no target, or no value."""
        if row.value is None or row.target is None:
            return ""
        return self.words("indicator.target_of", target=self.value(indicator, row.target))

    def list_of(self, names: Iterable[str], most: int = 5) -> str:
        """Names in a row; the rest counted as others where there are too many."""
        listed = list(names)
        shown = ", ".join(listed[:most])
        return shown if len(listed) <= most else self.words("indicator.and_others", names=shown)


def groups_of(rulebook: Rulebook, words: Words) -> Mapping[str, str]:
    """Peer group -> name, as a rulebook calls it; one group of everybody where it has none."""
    names = {group.id: words.of(group.name) for group in rulebook.peer_groups}
    return names or {EVERYBODY: words("group.everybody")}
