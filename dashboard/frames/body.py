"""What there is to say of a body evaluated as one unit: its score and grade, what moved, where points are lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dashboard.frames.source import Source
from dashboard.frames.unit_ahead import grade_sentences
from etl.insight.losses import losses
from etl.insight.reasons import not_ranked_because
from etl.insight.standing import adds_up, same_rules
from etl.shown import number

LOSSES_NAMED: Final = 3


def body_stands(source: Source, body: str) -> Iterator[str]:
    """Its score and grade, and how far the next grade is."""
    yield from body_result(source, body)
    if source.scope.may_see(body):
        yield from grade_sentences(source, body)


def body_result(source: Source, body: str) -> Iterator[str]:
    """Its score and grade, or why there are none; later, for whoever may not know yet."""
    words, score, rank = source.words, source.reading.scores[body], source.reading.ranks.get(body)
    if not source.scope.may_see(body):
        yield words("body.later")
        return
    facts = {"body": source.units[body], "score": source.score(score.score)}
    if score.score is not None and rank is not None and rank.grade is not None:
        yield words("body.graded", **facts, grade=source.grade_name(rank.grade))
    elif score.score is not None:
        yield words("body.scored", **facts)
    yield from why_not_graded(source, body)


def why_not_graded(source: Source, body: str) -> Iterator[str]:
    """Why it has no grade, where the rules withheld it."""
    why = source.reading.scores[body].not_ranked_because
    if why:
        yield source.words(
            "body.not_graded", why=not_ranked_because(why, source.reading.rulebook, source.words.language)
        )


def body_moved(source: Source, body: str) -> Iterator[str]:
    """Its score against the earlier release, or that there is none to compare with."""
    words, change, before = source.words, source.changes.get(body), source.before
    if not source.scope.may_see(body):
        yield words("body.later")
    elif before is None:
        yield words("overview.movers.none")
    elif change is None:
        yield words("body.moved.unknown", year=source.before_year)
    else:
        way = "risen" if change.score_change > 0 else "fallen" if change.score_change < 0 else "same"
        gap = source.score(abs(change.score_change))
        yield words(f"body.moved.{way}", year=source.before_year, before=source.score(change.score_before), gap=gap)
        if source.skipped:
            yield source.skipped
        if not same_rules(source.reading, before):
            yield words("body.moved.rules")


def body_acts(source: Source, body: str) -> Iterator[str]:
    """The indicators that lost most points, and what was taken off."""
    words, reading = source.words, source.reading
    if not source.scope.may_see(body):
        yield words("body.later")
        return
    lost = losses(reading, body)[:LOSSES_NAMED]
    if lost:
        named = [words("body.lost.one", indicator=source.nodes[one.part.node], lost=number(one.points)) for one in lost]
        yield words("body.lost", indicators=", ".join(named))
    elif reading.scores[body].score is not None and adds_up(reading.rulebook) and not reading.rulebook.lower_leads:
        yield words("body.lost.nothing")
    if reading.scores[body].penalty:
        yield words("body.penalty", points=number(reading.scores[body].penalty))
