"""How a rulebook ranks and grades: ties, cut-offs, quotas, vetoes, and the ledger of bonus and penalty."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from etl.documents.flaws import Flaw
from etl.documents.lines import KeyPath
from etl.scoring.decimals import HUNDRED, ZERO, plain
from etl.scoring.rulebook_terms import (
    Amount,
    Edge,
    Id,
    Label,
    Many,
    MetricName,
    Number,
    Over,
    Rule,
    Text,
    flaws_of_limits,
)


class TieBreaker(Rule):
    """One link of the chain that decides between equal scores: a node, compared by its points or by its value.

    A plain string in the rulebook is a node compared by its points.
    """

    node: Id
    by: Literal["points", "value"] = "points"

    @model_validator(mode="before")
    @classmethod
    def _one_string_is_the_node(cls, value: Any) -> Any:
        return {"node": value} if isinstance(value, str) else value


class Ranking(Rule):
    """Who stands before whom.

    Args:
        method: by the score, or by outranking (Condorcet-Kemeny-Young-Levenglick; see `etl.scoring.outranking`).
        basis: ranks on the rounded or the unrounded score.
        best: whether the highest or the lowest score is the best.
        ties: what decides between equal scores, in this order; those still equal share the place (1, 1, 3).
    """

    method: Literal["score", "outranking"] = "score"
    basis: Literal["rounded", "unrounded"] = "rounded"
    best: Literal["highest", "lowest"] = "highest"
    ties: Many[TieBreaker] = ()


class Grade(Rule):
    """One grade: its cut-off (`from`, `to`, a number or one per peer group), or its quota (`share`, in percent)."""

    id: Label
    name: Text
    share: Annotated[Number, Field(ge=0, le=100)] | None = None
    start: Amount | None = Field(default=None, alias="from")
    end: Amount | None = Field(default=None, alias="to")

    def limits_for(self, peer_group: str) -> tuple[Decimal | None, Decimal | None]:
        """The lower and upper end of the cut-off that holds for a peer group."""
        return (_end_for(self.start, peer_group), _end_for(self.end, peer_group))


def _end_for(end: Decimal | dict[str, Decimal] | None, peer_group: str) -> Decimal | None:
    return end.get(peer_group) if isinstance(end, dict) else end


class Grades(Rule):
    """Grades, best first under a quota and in either order under cut-offs.

    Args:
        method: cutoff (bands of the score) or quota (shares of the ranked units).
        basis: cut-offs look at the rounded or the unrounded score.
        includes: which end of a cut-off's stretch belongs to it.
        over: quotas are filled in each peer group or over all units.
        sizes: how a share becomes a number of places: largest_remainder (a whole distribution; of equal remainders the
            better grade gets the place), floor or half_up (of the cumulated shares).
        edge: equals at the edge of a grade all get the better one (up) or all the lesser one (down).
        smallest_group: the fewest ranked units for which quotas are filled; 0 is any number.
        small_groups: what holds below: cutoffs (the grades' own `from` and `to`), overall (the place among all ranked
            units), no_top_grade (quotas are filled, the best grade is not given).
    """

    method: Literal["cutoff", "quota"]
    grades: Many[Grade]
    basis: Literal["rounded", "unrounded"] = "rounded"
    includes: Edge = "lower"
    over: Over = "peer_group"
    sizes: Literal["largest_remainder", "floor", "half_up"] = "largest_remainder"
    edge: Literal["up", "down"] = "up"
    smallest_group: Annotated[int, Field(ge=0)] = 0
    small_groups: Literal["cutoffs", "overall", "no_top_grade"] = "no_top_grade"

    @property
    def uses_cutoffs(self) -> bool:
        """Whether any unit can be graded by a cut-off."""
        return self.method == "cutoff" or (self.smallest_group > 0 and self.small_groups == "cutoffs")

    def given_by(self, group_units: int, all_units: int) -> Literal["cutoffs"] | Over:
        """By what a grade is given: cut-offs, the place in a peer group of so many units, or that among all of them."""
        is_small = (all_units if self.over == "all" else group_units) < self.smallest_group
        if self.method == "cutoff" or (is_small and self.small_groups == "cutoffs"):
            return "cutoffs"
        return "all" if is_small and self.small_groups == "overall" else self.over

    def flaws_in(self, peer_groups: Sequence[str]) -> Iterator[Flaw]:
        """Grades listed twice, shares that do not add up, cut-offs with holes, in any of the peer groups."""
        seen: set[str] = set()
        for position, grade in enumerate(self.grades):
            if grade.id in seen:
                yield Flaw(("grades", position, "id"), "rulebook_duplicate", {"name": grade.id})
            seen.add(grade.id)
        if self.method == "quota":
            yield from self._flaws_of_shares()
        if self.uses_cutoffs:
            yield from self._flaws_of_cutoffs(peer_groups)

    def _flaws_of_shares(self) -> Iterator[Flaw]:
        for position, grade in enumerate(self.grades):
            if grade.share is None:
                yield Flaw(("grades", position), "document_key_missing", {"key": "share"})
        added = sum((grade.share for grade in self.grades if grade.share is not None), ZERO)
        if added != HUNDRED and all(grade.share is not None for grade in self.grades):
            yield Flaw(("grades",), "rulebook_quotas_do_not_add_up", {"sum": plain(added)})

    def _flaws_of_cutoffs(self, peer_groups: Sequence[str]) -> Iterator[Flaw]:
        told: set[tuple[object, ...]] = set()
        for group in peer_groups:
            for flaw in flaws_of_limits([grade.limits_for(group) for grade in self.grades]):
                fingerprint = (flaw.path, flaw.code, *flaw.facts.values())
                if fingerprint not in told:
                    told.add(fingerprint)
                    yield flaw.under("grades")


class LedgerRule(Rule):
    """What a bonus or penalty may be given for: entries of the ledger, or what a metric measures.

    Args:
        metric: what feeds the rule in place of entries; its records are then the proof.
        points: what one entry is worth, or 1 of the metric; without it every entry counts the points it states.
        cap: the most a unit can get under this rule.
    """

    id: Id
    name: Text
    metric: MetricName | None = None
    points: Annotated[Number, Field(ge=0)] | None = None
    cap: Annotated[Number, Field(ge=0)] | None = None

    def metrics(self) -> Iterator[tuple[KeyPath, str]]:
        """The metric that feeds the rule, and the key that names it."""
        if self.metric is not None:
            yield ("metric",), self.metric

    def flaws(self) -> Iterator[Flaw]:
        """A metric with nothing said about what 1 of it is worth."""
        if self.metric is not None and self.points is None:
            yield Flaw((), "document_key_missing", {"key": "points"})


class Ledger(Rule):
    """The most that all bonus, and all penalty, can come to for one unit."""

    bonus_cap: Annotated[Number, Field(ge=0)] | None = None
    penalty_cap: Annotated[Number, Field(ge=0)] | None = None


class Veto(Rule):
    """A finding after which a unit gets at most a certain grade."""

    id: Id
    name: Text
    highest_grade: Label
