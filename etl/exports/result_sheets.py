"""The sheets of results: the ranking by peer group, points by indicator, effective weights, a sheet an indicator."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Final

from etl.contracts.published import ContributionRow, IndicatorRow, RankRow, ScoreRow, UnitRow
from etl.errors import Language
from etl.exports.formulas import amount_words, indicator_formula, missing_words, node_words, score_words
from etl.exports.live import Cells, score_formula
from etl.exports.words import column_word, state_word
from etl.exports.workbook import Book, Cell, Column, Live, Row, Sheet, letter, reference
from etl.insight.figures import grade_text
from etl.insight.full_marks import in_points
from etl.insight.reading import Reading
from etl.insight.reasons import node_names, not_ranked_because
from etl.insight.standing import group_ids, group_of
from etl.scoring.rulebook_parts import Area, Indicator
from etl.scoring.rulebook_terms import EVERYBODY

_WORDS: Final[dict[Language, dict[str, str]]] = {
    "ko": {
        "ranking": "평가군별 순위",
        "points": "지표별 점수",
        "weights": "적용 배점",
        "indicator": "지표 {number} {name}",
        "yes": "일치",
        "no": "다름",
        "not_ranked": "순위 없음",
        "everybody": "전체",
        "area_note": "{words}\n이 영역이 종합점수에 보탠 점수입니다.",
        "points_note": "{words}\n규칙의 배점: {weight}",
        "only_weighs": "가중치",
        "points_note_only_weighs": "{words}\n규칙의 가중치: {weight}",
        "weight_note": "해당없음이나 값 없음으로 빠진 것의 배점이 옮겨온 뒤의 배점입니다.\n규칙의 배점: {weight}",
        "check_note": "왼쪽 점수와 '{weights}' 시트의 배점으로 종합점수를 다시 계산하는 수식입니다.\n{score}",
        "agrees_note": "검산한 값이 공개된 종합점수와 같은지 보는 수식입니다.",
        "weights_lead": "배점이 옮겨간 부서는 규칙의 배점과 다릅니다. 머리글의 메모에 규칙의 배점이 있습니다.",
        "source": "근거: {document}",
        "part_note": "점수 ÷ 배점 × 적용 배점",
    },
    "en": {
        "ranking": "Ranking by peer group",
        "points": "Points by indicator",
        "weights": "Effective weights",
        "indicator": "Indicator {number} {name}",
        "yes": "equal",
        "no": "differs",
        "not_ranked": "not ranked",
        "everybody": "all departments",
        "area_note": "{words}\nWhat this area adds to the score.",
        "points_note": "{words}\nWeight in the rules: {weight}",
        "only_weighs": "Weight",
        "points_note_only_weighs": "{words}\nWeight in the rules: {weight}; it is no full mark",
        "weight_note": "The weight after those of absent parts went to the others.\nWeight in the rules: {weight}",
        "check_note": "A formula that computes the score again from these points and the sheet '{weights}'.\n{score}",
        "agrees_note": "A formula that compares the check with the published score.",
        "weights_lead": "Where weights moved they differ from the rules, which the comments on the headings tell.",
        "source": "Source: {document}",
        "part_note": "points / weight x effective weight",
    },
}


@dataclass(frozen=True)
class Results:
    """A release's results, looked up as the sheets need them.

    Attributes:
        language: of headings and words.
        only_units: codes of the departments that have rows; none is all.
    """

    reading: Reading
    language: Language
    only_units: frozenset[str] = frozenset()

    @cached_property
    def units(self) -> list[UnitRow]:
        """Departments by peer group, place and code, those without a place last in their group."""
        groups = {group: at for at, group in enumerate(group_ids(self.reading))}
        ranks = self.reading.ranks

        def order(unit: UnitRow) -> tuple[int, bool, int, str]:
            rank = ranks.get(unit.unit_id)
            return groups[self.group(unit)], rank is None, rank.group_rank if rank else 0, unit.unit_id

        return sorted((unit for unit in self.reading.units.values() if self.has(unit.unit_id)), key=order)

    def has(self, unit_id: str) -> bool:
        """Whether a department has rows."""
        return unit_id in self.reading.units and (not self.only_units or unit_id in self.only_units)

    @cached_property
    def nodes(self) -> list[Area | Indicator]:
        """Every area followed by what stands below it."""
        return list(self._below(None))

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Area or indicator -> its name."""
        return node_names(self.reading.rulebook, self.language)

    @cached_property
    def group_names(self) -> Mapping[str, str]:
        """Peer group -> its name; one of everybody where the rules have none."""
        groups = self.reading.rulebook.peer_groups
        names = {group.id: group.name.ko if self.language == "ko" else group.name.en for group in groups}
        return names or {EVERYBODY: self.word("everybody")}

    def word(self, key: str) -> str:
        """A word of these sheets."""
        return _WORDS[self.language][key]

    def head(self, column: str) -> str:
        """What a column is called."""
        return column_word(column, self.language)

    def group(self, unit: UnitRow) -> str:
        """The peer group a department is ranked in."""
        return group_of(self.reading, unit.unit_id)

    def who(self, unit: UnitRow) -> tuple[Cell, ...]:
        """Peer group, code and name: how every row of a department begins."""
        return self.group_names.get(self.group(unit), unit.peer_group), unit.unit_id, unit.name

    @property
    def who_columns(self) -> tuple[Column, ...]:
        """The columns of `who`."""
        return Column(self.head("peer_group")), Column(self.head("unit_id")), Column(self.head("name"))

    @property
    def score_places(self) -> int | None:
        """Decimals of a score; None where it is not rounded."""
        rounding = self.reading.rulebook.score.rounding
        return None if rounding.mode == "none" else rounding.places

    def weight_words(self, part: Area | Indicator) -> str:
        """The weight of an area or indicator as the rules state it."""
        return amount_words(self.reading.rulebook, part.weight, self.language)

    def _below(self, parent: str | None) -> Iterator[Area | Indicator]:
        for part in self.reading.rulebook.parts.get(parent, ()):
            yield part
            if isinstance(part, Area):
                yield from self._below(part.id)


# Ranking -------------------------------------------------------------------------------------------------------------


def write_ranking(book: Book, results: Results, name: str) -> None:
    """The ranking by peer group, with what each area adds to the score."""
    head, rulebook = results.head, results.reading.rulebook
    top = [part for part in results.nodes if part in rulebook.parts[None]]
    columns = [
        *results.who_columns,
        Column(head("group_rank")),
        Column(head("rank")),
        *([Column(head("grade"))] if rulebook.grades else []),
        Column(head("score"), score_words(rulebook, results.language), True, True, results.score_places),
        *(Column(results.names[part.id], _part_note(results, part)) for part in top),
        Column(head("base")),
        Column(head("bonus")),
        Column(head("penalty")),
        Column(head("tied_with")),
        Column(head("not_ranked_because")),
    ]
    rows = [_ranking_row(results, unit, top) for unit in results.units]
    book.table(Sheet(name, results.word("ranking"), columns, rows, (), 3))


def _part_note(results: Results, part: Area | Indicator) -> str:
    if isinstance(part, Area):
        return results.word("area_note").format(words=node_words(part, results.language))
    return indicator_formula(results.reading.rulebook, part, results.language)


def _ranking_row(results: Results, unit: UnitRow, top: Sequence[Area | Indicator]) -> Row:
    reading = results.reading
    score, rank = reading.scores[unit.unit_id], reading.ranks.get(unit.unit_id)
    why = score.not_ranked_because
    return (
        *results.who(unit),
        *_place(rank, results),
        score.score,
        *(_added(reading.contributions[unit.unit_id, part.id]) for part in top),
        score.base,
        score.bonus,
        score.penalty,
        rank.tied_with if rank else None,
        not_ranked_because(why, reading.rulebook, results.language) if why else None,
    )


def _place(rank: RankRow | None, results: Results) -> tuple[Cell, ...]:
    """Place in the group and overall, and the grade where the rules give any."""
    rulebook = results.reading.rulebook
    places = (rank.group_rank, rank.rank) if rank else (results.word("not_ranked"), None)
    if rulebook.grades is None:
        return places
    return *places, (grade_text(rulebook, rank.grade, results.language) or None) if rank else None


def _added(row: ContributionRow) -> Decimal | None:
    return row.points if row.contribution is None else row.contribution


# Points and weights --------------------------------------------------------------------------------------------------


def write_points(book: Book, results: Results, name: str, weights_name: str) -> None:
    """Points of every area and indicator, and the formulas that compute each score again from them."""
    head = results.head
    check = results.word("check_note").format(
        weights=weights_name, score=score_words(results.reading.rulebook, results.language)
    )
    columns = [
        *results.who_columns,
        *(_points_column(results, part) for part in results.nodes),
        Column(head("bonus")),
        Column(head("penalty")),
        Column(head("score"), "", True, True, results.score_places),
        Column(head("check"), check, places=4 if results.score_places is None else results.score_places),
        Column(head("agrees"), results.word("agrees_note")),
    ]
    rows = [_points_row(results, unit, weights_name) for unit in results.units]
    book.table(Sheet(name, results.word("points"), columns, rows, (), 3))


def write_weights(book: Book, results: Results, name: str) -> None:
    """The weight of every area and indicator for each department, after those of absent parts moved."""
    note, weights = results.word("weight_note"), results.reading.contributions
    columns = [
        *results.who_columns,
        *(Column(results.names[part.id], note.format(weight=results.weight_words(part))) for part in results.nodes),
    ]
    rows = [
        (*results.who(unit), *(weights[unit.unit_id, part.id].effective_weight for part in results.nodes))
        for unit in results.units
    ]
    book.table(Sheet(name, results.word("weights"), columns, rows, (results.word("weights_lead"),), 3))


def _points_column(results: Results, part: Area | Indicator) -> Column:
    name, rulebook = results.names[part.id], results.reading.rulebook
    if isinstance(part, Area):
        head, words = f"[{name}]", node_words(part, results.language)
    else:
        head, words = name, indicator_formula(rulebook, part, results.language)
    note = "points_note" if in_points(rulebook, part) else "points_note_only_weighs"
    return Column(head, results.word(note).format(words=words, weight=results.weight_words(part)))


def _points_row(results: Results, unit: UnitRow, weights_name: str) -> Row:
    reading = results.reading
    score = reading.scores[unit.unit_id]
    rows = {part.id: reading.contributions[unit.unit_id, part.id] for part in results.nodes}
    return (
        *results.who(unit),
        *(rows[part.id].points for part in results.nodes),
        score.bonus,
        score.penalty,
        score.score,
        *_checks(results, unit, score, rows, weights_name),
    )


def _checks(
    results: Results, unit: UnitRow, score: ScoreRow, rows: Mapping[str, ContributionRow], weights_name: str
) -> tuple[Cell, Cell]:
    """The score computed again, and whether it is the published one."""
    first, places = len(results.who_columns), {part.id: at for at, part in enumerate(results.nodes)}
    after = first + len(places)
    cells = Cells(
        points={node: f"{letter(first + at)}{{row}}" for node, at in places.items()},
        weights={node: f"{reference(weights_name)}!{letter(first + at)}{{row}}" for node, at in places.items()},
        bonus=f"{letter(after)}{{row}}",
        penalty=f"{letter(after + 1)}{{row}}",
    )
    formula = score_formula(results.reading.rulebook, results.group(unit), rows, cells)
    if score.score is None or formula is None:
        return None, None
    said, again = f"{letter(after + 2)}{{row}}", f"{letter(after + 3)}{{row}}"
    yes, no = results.word("yes"), results.word("no")
    agrees = f'IF(ABS({again}-{said})<0.0000000001,"{yes}","{no}")'
    return Live(formula, score.score), Live(agrees, yes)


# One sheet an indicator ----------------------------------------------------------------------------------------------


def indicator_sheet_names(book: Book, results: Results) -> dict[str, str]:
    """Indicator -> the name of its sheet."""
    word = results.word("indicator")
    return {
        indicator.id: book.named(word.format(number=at, name=results.names[indicator.id]))
        for at, indicator in enumerate(results.reading.rulebook.indicators, start=1)
    }


def write_indicator(book: Book, results: Results, indicator: Indicator, name: str) -> None:
    """One indicator: what was measured, held against what, and the points it gives, for every department."""
    reading, head = results.reading, results.head
    formula = indicator_formula(reading.rulebook, indicator, results.language)
    area = reading.rulebook.nodes[indicator.area]
    is_sum = area.aggregation == "sum_of_points" and area.scale == 1
    weight = head("weight") if in_points(reading.rulebook, indicator) else results.word("only_weighs")
    columns = [
        *results.who_columns,
        Column(head("state"), missing_words(reading.rulebook, indicator, results.language)),
        *(Column(head(column)) for column in ("numerator", "denominator")),
        Column(f"{head('value')}{f' ({indicator.unit})' if indicator.unit else ''}", formula),
        Column(head("target")),
        Column(head("points"), formula, True, True),
        Column(weight, results.weight_words(indicator)),
        Column(head("effective_weight")),
        Column(head("contribution"), results.word("part_note") if is_sum else ""),
        *((Column(head("check"), results.word("part_note")),) if is_sum else ()),
        *(Column(head(f"records_{how}")) for how in ("counted", "not_counted", "undecided")),
    ]
    rows = [_indicator_row(results, unit, indicator, is_sum) for unit in results.units]
    source = indicator.source
    cited = [part for part in (source.document, source.article) if part] if source else []
    lead = [formula, *([results.word("source").format(document=" ".join(cited))] if cited else [])]
    book.table(Sheet(name, results.names[indicator.id], columns, rows, lead, 3))


def _indicator_row(results: Results, unit: UnitRow, indicator: Indicator, is_sum: bool) -> Row:
    reading = results.reading
    row: IndicatorRow = reading.indicators[unit.unit_id, indicator.id]
    part = reading.contributions[unit.unit_id, indicator.id]
    cells: tuple[Cell, ...] = (*results.who(unit), state_word(row.state, results.language), row.numerator)
    cells += (row.denominator, row.value, row.target, row.points)
    cells += (part.weight, part.effective_weight, part.contribution)
    if is_sum:
        points, weight, effective = (letter(len(cells) - back) for back in (4, 3, 2))
        live = Live(f"{points}{{row}}/{weight}{{row}}*{effective}{{row}}", part.contribution or Decimal(0))
        cells += (live if part.contribution is not None and part.weight else None,)
    measured = reading.metrics.get((unit.unit_id, str(indicator.numerator)))
    if measured is None:
        return (*cells, None, None, None)
    return (*cells, measured.records_counted, measured.records_not_counted, measured.records_undecided)
