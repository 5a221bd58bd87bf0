"""How the evaluation works: the rules of the rulebook in words."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from etl.exports.formulas import amount_words, indicator_formula, missing_words, node_words, score_words
from etl.exports.pdf.blocks import Block, Column, heading, note, points, table, together
from etl.exports.pdf.told import Told
from etl.scoring.decimals import HUNDRED, plain
from etl.scoring.rulebook_grades import Grade, Grades, LedgerRule
from etl.scoring.rulebook_parts import Indicator
from etl.shown import NOTHING, percent


def method_blocks(told: Told) -> Iterator[Block]:
    """Score, weights and formulas, absent values, ranks, grades, bonus and penalty, in this order."""
    yield heading(told.say("method.score"))
    yield points(_score_points(told))
    yield heading(told.of_weight("method.weights", "indicators.only_weighs"))
    yield _weights(told)
    yield heading(told.say("method.indicators"))
    yield _formulas(told)
    yield heading(told.say("method.absent" if told.reading.body is None else "whole.absent"))
    if told.reading.body is None:
        yield points([told.say("method.zero"), told.say("method.missing"), told.say("method.not_applicable")])
        yield heading(told.say("method.ranks"))
        yield points(_rank_points(told))
    else:  # what does not apply is approved for departments alone
        yield points([told.say("method.zero"), told.say("method.missing")])
    yield from _grades(told)
    yield from _ledger(told)
    yield note(told.say("method.rulebook"))


def _score_points(told: Told) -> Iterator[str]:
    rulebook = told.reading.rulebook
    yield from score_words(rulebook, told.language).split("\n")
    of_body = told.reading.body is not None
    if rulebook.score.minimum_coverage:
        key = "whole.coverage" if of_body else "method.coverage"
        yield told.say(key, coverage=percent(rulebook.score.minimum_coverage * HUNDRED))
    yield told.say("whole.all_records" if of_body else f"method.{rulebook.reorganisation}")


def _weights(told: Told) -> Block:
    columns = [
        Column(told.say("method.part")),
        Column(told.of_weight("indicators.weight", "indicators.only_weighs"), 40, "right", is_strong=True),
        Column(told.say("method.together"), 70),
    ]
    rulebook, rows = told.reading.rulebook, []
    for part in told.results.nodes:
        weight = amount_words(rulebook, part.weight, told.language)
        is_below = isinstance(part, Indicator) and part.area is not None
        indent = "    " if is_below else ""
        together = "" if isinstance(part, Indicator) else node_words(part, told.language)
        rows.append([indent + told.node_name(part.id), weight, together])
    return table(columns, rows)


def _formulas(told: Told) -> Block:
    rulebook = told.reading.rulebook
    columns = [
        Column(told.say("indicators.indicator"), 34, is_strong=True),
        Column(told.say("method.formula")),
        Column(told.say("method.without"), 33),
        Column(told.say("method.source"), 42),
    ]
    rows = [
        [
            told.node_name(indicator.id),
            indicator_formula(rulebook, indicator, told.language),
            missing_words(rulebook, indicator, told.language),
            _source(indicator),
        ]
        for indicator in rulebook.indicators
    ]
    return table(columns, rows)


def _source(indicator: Indicator) -> str:
    source = indicator.source
    cited = [part for part in (source.document, source.article) if part] if source else []
    return " ".join(cited) or NOTHING


def _rank_points(told: Told) -> Iterator[str]:
    rulebook = told.reading.rulebook
    if rulebook.outranks:
        yield told.say("method.outranking")
        return
    yield told.say(f"method.basis_{rulebook.ranking.basis}")
    if rulebook.ranking.ties:
        ties = " → ".join(told.results.names.get(one.node, one.node) for one in rulebook.ranking.ties)
        yield told.say("method.ties", ties=ties)
    yield told.say("method.shared")
    if len(told.standings) > 1:
        yield told.say("method.groups", groups=", ".join(map(told.group_name, told.standings)))


def _grades(told: Told) -> Iterator[Block]:
    grades = told.reading.rulebook.grades
    if grades is None:
        return
    columns = [Column(told.say("ranking.grade"), 50, is_strong=True), Column(told.say(f"method.{grades.method}"))]
    rows = [[told.grade(grade.id), _grade_rule(told, grades, grade)] for grade in grades.grades]
    yield together([heading(told.say("method.grades")), table(columns, rows)])
    yield points(_grade_points(told, grades))


def _grade_rule(told: Told, grades: Grades, grade: Grade) -> str:
    if grades.method == "quota":
        return NOTHING if grade.share is None else percent(grade.share, 2)
    rulebook = told.reading.rulebook
    start = "" if grade.start is None else amount_words(rulebook, grade.start, told.language)
    end = "" if grade.end is None else amount_words(rulebook, grade.end, told.language)
    return f"{start} ~ {end}".strip()


def _grade_points(told: Told, grades: Grades) -> Iterator[str]:
    if grades.method == "quota":
        yield told.say(f"method.over_{grades.over}")
        yield told.say(f"method.edge_{grades.edge}")
        if grades.smallest_group:
            yield told.say(f"method.small_{grades.small_groups}", units=grades.smallest_group)
    for veto in told.reading.rulebook.vetoes:
        yield told.say("method.veto", rule=told.of(veto.name), grade=told.grade(veto.highest_grade))


def _ledger(told: Told) -> Iterator[Block]:
    rulebook = told.reading.rulebook
    rows = [_ledger_row(told, "bonus", rule) for rule in rulebook.bonus]
    rows += [_ledger_row(told, "penalty", rule) for rule in rulebook.penalty]
    if not rows:
        return
    yield heading(told.say("method.ledger"))
    columns = [
        Column(told.say("method.kind"), 24),
        Column(told.say("method.rule")),
        Column(told.say("method.worth"), 36, "right"),
        Column(told.say("method.cap"), 24, "right"),
    ]
    yield table(columns, rows)
    caps = rulebook.ledger
    if caps.bonus_cap is not None or caps.penalty_cap is not None:
        yield note(told.say("method.caps", bonus=_cap(told, caps.bonus_cap), penalty=_cap(told, caps.penalty_cap)))


def _ledger_row(told: Told, kind: str, rule: LedgerRule) -> list[str]:
    worth = told.say("method.as_entered") if rule.points is None else plain(rule.points)
    return [told.say(f"method.{kind}"), told.of(rule.name), worth, _amount(rule.cap)]


def _cap(told: Told, cap: Decimal | None) -> str:
    return told.say("method.no_cap") if cap is None else told.say("method.cap_points", points=plain(cap))


def _amount(amount: Decimal | None) -> str:
    return NOTHING if amount is None else plain(amount)
