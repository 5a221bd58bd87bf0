"""A release as the reports tell it: names, numbers and words in one language, and what stands beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from etl.contracts.published import RankRow
from etl.errors import Language
from etl.exports.carried import PROVISIONAL, Carried
from etl.exports.pdf.words import say
from etl.exports.result_sheets import Results
from etl.exports.tables import Control
from etl.exports.words import column_word, state_word
from etl.insight.amounts import amount_text, unit_word
from etl.insight.decisions import ledgers
from etl.insight.definitions import define
from etl.insight.earlier import earlier_releases, year_before
from etl.insight.figures import bound_text, gap_text, grade_text, points_text, score_text, value_text
from etl.insight.prospects import last_scores
from etl.insight.reading import Reading
from etl.insight.spread import FEWEST_OTHERS
from etl.insight.standing import (
    GroupStanding,
    ScorePart,
    UnitChange,
    adds_up,
    group_ids,
    group_of,
    group_standing,
    median_beside,
    medians_of,
    part_earners,
    tied_in_group,
    unit_changes,
)
from etl.scoring.decimals import plain, total
from etl.scoring.rulebook_parts import Indicator
from etl.scoring.rulebook_terms import Text
from etl.shown import NOTHING, number, sign


@dataclass(frozen=True)
class Told:
    """A release in words.

    Attributes:
        carried: the release and what the export says of itself.
        language: of everything said.
    """

    carried: Carried
    language: Language

    def say(self, key: str, **facts: object) -> str:
        """A text with its facts."""
        return say(key, self.language, **facts)

    def of(self, text: Text) -> str:
        """Words of the rulebook."""
        return text.ko if self.language == "ko" else text.en

    @property
    def reading(self) -> Reading:
        """The release."""
        return self.carried.reading

    @cached_property
    def results(self) -> Results:
        """Its results in the order of the ranking, and what things are called."""
        return Results(self.reading, self.language)

    @cached_property
    def earlier(self) -> tuple[Reading, ...]:
        """The published releases of earlier years, the latest first."""
        return earlier_releases(self.reading)

    def codes(self, units: Sequence[str] = ()) -> list[str]:
        """The departments in the order of the ranking: those named by their codes, or all."""
        return [unit.unit_id for unit in self.results.units if not units or unit.unit_id in units]

    @property
    def year(self) -> int:
        """The year evaluated."""
        return self.reading.rulebook.evaluation.year

    @cached_property
    def before(self) -> Reading | None:
        """The published release of the year before."""
        return year_before(self.reading, self.earlier)

    @cached_property
    def changes(self) -> Mapping[str, UnitChange]:
        """Unit -> its change since the year before."""
        return unit_changes(self.reading, self.before)

    @cached_property
    def earners(self) -> Mapping[tuple[str, str], Mapping[str, Decimal]]:
        """(peer group, node) -> unit -> what it earned; none of a body evaluated as one: its median is its own."""
        return {} if self.reading.body else part_earners(self.reading)

    @cached_property
    def medians(self) -> Mapping[tuple[str, str], Decimal]:
        """(peer group, node) -> median of what was earned there."""
        return medians_of(self.earners)

    def median_beside(self, unit_id: str, part: ScorePart) -> Decimal | None:
        """The median of what a department's peer group earned at a part, where it may stand on the department's page.

        A whole group may be told of while few of it have points here: it is those who stand behind this median.
        """
        group = group_of(self.reading, unit_id)
        others = self.earners.get((group, part.node), {}).keys() - {unit_id}
        return median_beside(part, self.medians, group) if self._tells_of_none(len(others)) else None

    @cached_property
    def standings(self) -> Mapping[str, GroupStanding]:
        """Peer group -> how its scores are spread, in the rulebook's order."""
        return {group: group_standing(self.reading, group) for group in group_ids(self.reading)}

    @cached_property
    def group_medians(self) -> Mapping[str, Decimal]:
        """Peer group -> its median score; none of a body evaluated as one."""
        return (
            {}
            if self.reading.body
            else {group: one.median for group, one in self.standings.items() if one.median is not None}
        )

    def may_tell(self, group: str) -> bool:
        """Whether a figure of a peer group may stand on a department's own page: none tells of another in particular.

        Once published everybody knows the ranking anyway.
        """
        return self._tells_of_none(self.standings[group].units - 1)

    def _tells_of_none(self, others: int) -> bool:
        """Whether a figure that so many others stand behind tells of none of them, or may, being published."""
        return self.carried.is_published or others >= FEWEST_OTHERS

    @cached_property
    def last_scores(self) -> Mapping[tuple[str | None, str], Decimal]:
        """(peer group, grade) -> the last score that has it: the lowest, or the highest where that is the worst."""
        return last_scores(self.reading)

    @cached_property
    def ties(self) -> Mapping[str, int]:
        """Unit -> how many others share its place in the group."""
        return tied_in_group(self.reading)

    @cached_property
    def ties_overall(self) -> Mapping[int, int]:
        """Overall place -> how many departments stand there."""
        return Counter(row.rank for row in self.reading.ranks.values())

    # Names -----------------------------------------------------------------------------------------------------------

    def group_name(self, group: str) -> str:
        """The name of a peer group; all departments where the rules have none."""
        return self.results.group_names.get(group, group)

    def group_in_full(self, group: str) -> str:
        """The name of a peer group where it might be taken for something else: 지원 평가군."""
        name = self.group_name(group)
        return name if len(self.standings) == 1 else self.say("word.group", group=name)

    def unit_name(self, unit_id: str) -> str:
        """The name of a department."""
        return self.reading.units[unit_id].name

    def node_name(self, node: str) -> str:
        """The name of an area or indicator."""
        return self.results.names[node]

    def names_of(self, unit_ids: tuple[str, ...] | list[str], most: int = 5) -> str:
        """Names in a row, the rest counted as others."""
        shown = ", ".join(self.unit_name(unit_id) for unit_id in unit_ids[:most])
        return shown if len(unit_ids) <= most else self.say("word.and_others", names=shown, more=len(unit_ids) - most)

    def grade(self, grade: str | None) -> str:
        """A grade with its name: S (탁월)."""
        return grade_text(self.reading.rulebook, grade, self.language)

    def place(self, rank: int, *, shared: bool) -> str:
        """A place in words."""
        return self.say("word.place_shared" if shared else "word.place", rank=rank)

    @cached_property
    def limits(self) -> Mapping[str, tuple[str, ...]]:
        """Unit whose grade was limited -> the rules that did it; none where there are no records to tell."""
        limited = {row.unit_id: row.grade for row in self.reading.ranks.values() if row.grade != row.grade_before_veto}
        found = ledgers(self.reading) if limited and self.reading.has_records else {}
        rules = {rule.id: rule for rule in self.reading.rulebook.vetoes}
        return {
            unit_id: tuple(
                dict.fromkeys(
                    self.of(rules[line.rule].name)
                    for line in found.get(unit_id, ())
                    if line.kind == "veto" and rules[line.rule].highest_grade == grade
                )
            )
            for unit_id, grade in limited.items()
        }

    def group_place(self, rank: RankRow) -> str:
        """The place in the peer group in words."""
        return self.place(rank.group_rank, shared=self.ties[rank.unit_id] > 0)

    # Numbers ---------------------------------------------------------------------------------------------------------

    def score(self, score: Decimal | None) -> str:
        """A score with the decimals the rulebook rounds to."""
        return score_text(self.reading.rulebook, score)

    def bound(self, score: Decimal) -> str:
        """The score that bounds a grade, with decimals of its own where it has more than scores have."""
        return bound_text(self.reading.rulebook, score)

    def gap(self, gap: Decimal) -> str:
        """The points up to a bound, likewise."""
        return gap_text(self.reading.rulebook, gap)

    def score_change(self, change: Decimal | None) -> str:
        """A difference of scores, with its sign."""
        return sign(change) + self.score(change)

    def points(self, points: Decimal | None) -> str:
        """What a part earned: two decimals, three where a full result is one point."""
        return points_text(self.reading.rulebook, points)

    def value(self, indicator: Indicator, value: Decimal | None) -> str:
        """An indicator's value with its unit."""
        return value_text(indicator, value, self.language)

    def amount(self, value: Decimal | None, unit: str, metric: str | None = None) -> str:
        """A number with its unit."""
        return amount_text(number(value), unit_word(unit, metric, self.language), self.language)

    def share(self, share_pct: Decimal | None) -> str:
        """A percentage with one decimal always, so that a column or a list of them is written alike."""
        return NOTHING if share_pct is None else f"{number(share_pct, 1, fixed=True)} %"

    def full_marks(self, marks: Sequence[Decimal | None]) -> list[str]:
        """What parts could have earned: whole numbers, or all of them as points are written where one is none.

        Empty where there is no full mark.
        """
        whole = all(mark == mark.to_integral_value() for mark in marks if mark is not None)
        texts = (number(mark) if whole else self.points(mark) for mark in marks)
        return ["" if mark is None else text for mark, text in zip(marks, texts, strict=True)]

    def of_weight(self, key: str, otherwise: str) -> str:
        """A text that says points are out of a weight, or the other where weights only weigh."""
        return self.say(key if adds_up(self.reading.rulebook) else otherwise)

    def exactly(self, value: Decimal) -> str:
        """Every digit of a number, its thousands apart."""
        return f"{Decimal(plain(value)):,f}"

    def state(self, state: str) -> str:
        """Measured, missing or not applicable."""
        return state_word(state, self.language)

    def metric_amount(self, metric: str | None, value: Decimal) -> str:
        """So much of a metric, in its own unit."""
        return amount_text(number(value), define(metric).units[self.language] if metric else "", self.language)

    # What every page carries -----------------------------------------------------------------------------------------

    def head(self, document: str, control: Control) -> dict[str, Any]:
        """What every document says of itself: title, state, release, language, and the words its template needs.

        Args:
            document: `report`, `scorecards` or `notices`.
            control: what a receiver can count again.
        """
        manifest = self.reading.manifest
        return {
            "language": self.language,
            "title": self.carried.title(self.language),
            "document": self.say(f"document.{document}" if self.reading.body is None else f"whole.{document}"),
            "marks": list(self.carried.marks(self.language)),
            "provisional": "" if self.carried.is_published else PROVISIONAL[self.language],
            "release": self.say("page.release", release=manifest.name),
            "release_id": manifest.release_id,
            "facts": [[label, value] for label, value in (*self.carried.facts(self.language), self._check(control))],
            "words": {name: self.say(f"page.{name}") for name in ("facts", "control", "numbers", "contents")},
        }

    def control(self, unit_ids: Sequence[str]) -> Control:
        """How many departments a document tells of, and what their scores add up to."""
        scores = (self.reading.scores[unit_id].score for unit_id in unit_ids)
        return Control(len(unit_ids), "score", total(score for score in scores if score is not None))

    def _check(self, control: Control) -> tuple[str, str]:
        column = column_word(control.column or "score", self.language)
        facts = {"rows": f"{control.rows:,}", "total": self.exactly(control.total or Decimal(0))}
        return self.say("page.control"), self.say("word.control", column=column, **facts)
