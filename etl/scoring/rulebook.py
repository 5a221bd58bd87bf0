"""A rulebook: everything a score depends on besides the records, as a body decided it and anybody can read.

`parse_rulebook` reads the TOML, tells all that is wrong with it at once (file, line, key path), and returns a
`Rulebook` in which every reference resolves, every table of bands covers every number once, and all weights add up.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any, Self

from etl.documents.reading import placed, read_toml
from etl.errors import RulebookError
from etl.scoring.decimals import ONE
from etl.scoring.rulebook_checks import flaws_of_draft
from etl.scoring.rulebook_draft import Attribution, read_draft
from etl.scoring.rulebook_grades import Grades, Ledger, LedgerRule, Ranking, Veto
from etl.scoring.rulebook_parts import Area, Evaluation, Headline, Indicator, Missing, PeerGroup, Score, Span
from etl.scoring.rulebook_refusals import Refusal
from etl.scoring.rulebook_terms import EVERYBODY, Many, Rule, amount_for


class Rulebook(Rule):
    """The whole rulebook. Made by `parse_rulebook`, which alone checks what holds between the parts."""

    evaluation: Evaluation
    score: Score
    indicators: Many[Indicator]
    areas: Many[Area] = ()
    peer_groups: Many[PeerGroup] = ()
    reorganisation: Attribution = "as_recorded"
    bonus: Many[LedgerRule] = ()
    penalty: Many[LedgerRule] = ()
    ledger: Ledger = Ledger()
    ranking: Ranking = Ranking()
    grades: Grades | None = None
    vetoes: Many[Veto] = ()
    headlines: Many[Headline] = ()
    refusals: Many[Refusal] = ()

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy with some fields changed, in which what follows from the fields is worked out anew."""
        copy = super().model_copy(update=update, deep=deep)
        for name in set(vars(copy)) - set(type(self).model_fields):
            del vars(copy)[name]
        return copy

    @property
    def units_attribution(self) -> Attribution:
        """Whether records of a department that was merged or split count for its successor or as they were recorded."""
        return self.reorganisation

    @property
    def history_from(self) -> int | None:
        """The first year for which the whole body's totals are shown."""
        return self.evaluation.history_from

    @property
    def outranks(self) -> bool:
        """Whether units are ranked by outranking, not by their score."""
        return self.ranking.method == "outranking" or self.score.aggregation == "outranking"

    @property
    def lower_leads(self) -> bool:
        """Whether units are ranked by their score, the lowest first."""
        return not self.outranks and self.ranking.best == "lowest"

    @cached_property
    def metrics(self) -> tuple[str, ...]:
        """Every metric the rulebook looks at, sorted."""
        parts: list[Indicator | LedgerRule | Headline] = [*self.indicators, *self.bonus, *self.penalty, *self.headlines]
        return tuple(sorted({name for part in parts for _, name in part.metrics()}))

    def period_of(self, metric: str) -> Span:
        """The days whose records a metric counts: those of the indicator that looks at it, or else the evaluation's."""
        for indicator in self.indicators:
            if indicator.period is not None and metric in {name for _, name in indicator.metrics()}:
                return indicator.period
        return self.evaluation.period

    def refusal_meant_by(self, reason: str) -> Refusal | None:
        """The reason in the rulebook's list that a decision gives; None where the list does not hold it."""
        return next((refusal for refusal in self.refusals if refusal.is_meant_by(reason)), None)

    def has_ledger_rule(self, kind: str, name: str) -> bool:
        """Whether a bonus, a penalty or a veto may be entered under this name."""
        names = {
            "bonus": {rule.id for rule in self.bonus},
            "penalty": {rule.id for rule in self.penalty},
            "veto": {rule.id for rule in self.vetoes},
        }
        return name in names[kind]

    @cached_property
    def parts(self) -> Mapping[str | None, tuple[Area | Indicator, ...]]:
        """Parent -> what stands below it, areas first, in the order they are written; None is the root."""
        below: dict[str | None, list[Area | Indicator]] = {None: []}
        for area in self.areas:
            below.setdefault(area.parent, []).append(area)
        for indicator in self.indicators:
            below.setdefault(indicator.area, []).append(indicator)
        return {parent: tuple(nodes) for parent, nodes in below.items()}

    @cached_property
    def nodes(self) -> Mapping[str | None, Score | Area]:
        """Area by its id; the root by None."""
        return {None: self.score, **{area.id: area for area in self.areas}}

    def group_of(self, peer_group: str) -> str:
        """The peer group a unit counts in."""
        return peer_group if self.peer_groups else EVERYBODY

    def weight_of(self, part: Area | Indicator, peer_group: str) -> Decimal:
        """The weight of a part for units of a peer group; 1 where no part beside it states one."""
        return ONE if part.weight is None else amount_for(part.weight, peer_group)

    def missing_rule(self, indicator: Indicator) -> Missing:
        """What a missing value of the indicator does: its own rule, or else the root's."""
        return self.score.missing if indicator.missing is None else indicator.missing


def parse_rulebook(text: bytes, name: str, known_metrics: Collection[str] | None) -> Rulebook:
    """The rulebook of a TOML file.

    Args:
        text: the file's bytes, UTF-8.
        name: what the faults call the file.
        known_metrics: the metrics that exist; None takes any name.

    Raises:
        RulebookError: with every fault found, each with its line and key path.
    """
    document = read_toml(text, name, RulebookError)
    draft = read_draft(document.tables)
    flaws = [*draft.flaws, *flaws_of_draft(draft, known_metrics)]
    if flaws or draft.evaluation is None or draft.score is None:
        raise RulebookError(placed(flaws, document))
    return Rulebook(
        evaluation=draft.evaluation,
        score=draft.score,
        indicators=tuple(draft.indicators.values()),
        areas=tuple(draft.areas.values()),
        peer_groups=tuple(draft.peer_groups.values()),
        reorganisation=draft.reorganisation,
        bonus=tuple(draft.bonus.values()),
        penalty=tuple(draft.penalty.values()),
        ledger=draft.ledger or Ledger(),
        ranking=draft.ranking or Ranking(),
        grades=draft.grades,
        vetoes=tuple(draft.vetoes.values()),
        headlines=tuple(draft.headlines.values()),
        refusals=tuple(draft.refusals.values()),
    )
