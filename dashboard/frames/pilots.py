"""The page of pilots: the body's totals, a row for every pilot, and one pilot with its survey."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dashboard.frames.department import origin_text
from dashboard.frames.source import Source
from dashboard.markup import Fact
from etl.insight.amounts import unit_word
from etl.insight.pilots import FEWEST_SHOWN, SCORES, Effect, PilotStanding, PilotTotals, Question
from etl.shown import NOTHING, number, percent, signed

KIND = "pilots"
"""What a record of this page is called in an address."""


def pilots_in_scope(source: Source, known: Sequence[PilotStanding]) -> list[PilotStanding]:
    """The pilots of which the reader may see the records of the lead or of a department that takes part."""
    return [one for one in known if any(map(source.scope.may_see_records, (one.unit_id, *one.units)))]


def pilot_facts(source: Source, totals: PilotTotals) -> list[Fact]:
    """The figures at the head of the page."""
    words = source.words
    year = words("pilots.in_year", year=source.records_year)
    facts = [
        Fact(words("pilots.run"), words("pilots.count", count=number(totals.run)), year, "pilots_run"),
        Fact(words("pilots.adopted"), words("pilots.count", count=number(totals.adopted)), year, "pilots_adopted"),
    ]
    if totals.mean is not None:
        mean = words("pilots.out_of_five", mean=number(totals.mean, 2, fixed=True))
        beside = words("pilots.of_answers", answers=number(totals.answers))
        facts.append(Fact(words("pilots.satisfaction"), mean, beside, "satisfaction"))
    return facts


@dataclass(frozen=True, slots=True)
class PilotRow:
    """One pilot as text; `record` is what an address calls it."""

    record: str
    title: str
    lead: str
    term: str
    users: str
    mean: str
    mean_exact: Decimal | None
    effect: str
    decision: str


def pilot_rows(source: Source, known: Sequence[PilotStanding], names: Mapping[str, str]) -> list[PilotRow]:
    """The pilots in words.

    Args:
        source: the release.
        known: the pilots in scope.
        names: code -> name of every department, former ones included.
    """
    words = source.words
    return [
        PilotRow(
            record=record_of(one),
            title=one.title,
            lead=source.named(one.unit_id, names),
            term=_term(source, one),
            users=NOTHING if one.users is None else words("pilots.people", count=number(one.users)),
            mean=number(one.mean, 2, fixed=True),
            mean_exact=one.mean,
            effect=_short_effect(source, one.effect),
            decision=decision_text(source, one),
        )
        for one in known
    ]


def record_of(pilot: PilotStanding) -> str:
    """What an address calls a pilot."""
    return f"{KIND}:{pilot.pilot_id}"


def _term(source: Source, pilot: PilotStanding) -> str:
    words = source.words
    if pilot.ends_on is None:
        return words("pilots.from", start=words.day(pilot.starts_on))
    return words("pilots.from_to", start=words.day(pilot.starts_on), end=words.day(pilot.ends_on))


def _short_effect(source: Source, effect: Effect | None) -> str:
    if effect is None or effect.change is None:
        return NOTHING
    return _amount(source, signed(effect.change), effect.unit)


def _amount(source: Source, shown: str, unit: str) -> str:
    """A number with its unit: departments write units in Korean, and English has words for those everybody knows."""
    return source.words.amount(shown, unit_word(unit, None, source.words.language))


def decision_text(source: Source, pilot: PilotStanding) -> str:
    """What was decided, and when."""
    words = source.words
    decision = pilot.decision or "open"
    said = words(f"pilots.decision.{decision}")
    if pilot.decided_on is None:
        return said
    return words("pilots.decided", decision=said, day=words.day(pilot.decided_on))


# One pilot -----------------------------------------------------------------------------------------------------------


def pilot_details(source: Source, pilot: PilotStanding, names: Mapping[str, str]) -> list[tuple[str, str]]:
    """What is known of a pilot, as pairs of a name and words."""
    words = source.words
    return [
        (words("pilots.aim"), pilot.aim),
        (words("pilots.lead"), source.named(pilot.unit_id, names)),
        (words("pilots.term"), _term(source, pilot)),
        (words("pilots.effect"), effect_text(source, pilot.effect)),
        (words("pilots.decision"), decision_text(source, pilot)),
        *_papers(source, pilot),
    ]


def _papers(source: Source, pilot: PilotStanding) -> Iterator[tuple[str, str]]:
    """Document and received row, which are records of the department that leads, not of those that take part."""
    if source.scope.may_see_records(pilot.unit_id):
        yield source.words("pilots.document"), pilot.document_no or NOTHING
        yield source.words("pilots.origin"), origin_text(source, pilot.origin.file, pilot.origin.row)


def effect_text(source: Source, effect: Effect | None) -> str:
    """What was measured before and after, and the difference."""
    words = source.words
    if effect is None or effect.before is None:
        return words("pilots.not_measured")
    before = _amount(source, number(effect.before), effect.unit)
    if effect.after is None or effect.change is None:
        return words("pilots.before_only", what=effect.what, before=before)
    change = _amount(source, signed(effect.change), effect.unit)
    if effect.change_pct is not None and effect.unit != "%":
        change = words("pilots.change_pct", change=change, percent=percent(effect.change_pct, 1))
    after = _amount(source, number(effect.after), effect.unit)
    return words("pilots.before_after", what=effect.what, before=before, after=after, change=change)


@dataclass(frozen=True, slots=True)
class UsersFrame:
    """The departments of a pilot that the reader may see, and a sentence about the others; empty without any."""

    rows: tuple[tuple[str, str, str], ...]
    others: str


def users_frame(source: Source, pilot: PilotStanding, names: Mapping[str, str]) -> UsersFrame:
    """Department, name and users, the most users first."""
    words = source.words
    seen = [(unit, users) for unit, users in pilot.units.items() if source.scope.may_see_records(unit)]
    ordered = sorted(seen, key=lambda pair: (-(pair[1] or 0), pair[0]))
    hidden = len(pilot.units) - len(seen)
    return UsersFrame(
        tuple(
            (unit, names.get(unit, unit), NOTHING if users is None else words("pilots.people", count=number(users)))
            for unit, users in ordered
        ),
        words("pilots.units.others", count=hidden) if hidden else "",
    )


# The survey ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SurveyRow:
    """One question: how many gave each score, as a number and in words; empty where too few answered."""

    text: str
    counts: tuple[int, ...]
    hovers: tuple[str, ...]
    respondents: str
    mean: Decimal | None
    mean_text: str


@dataclass(frozen=True, slots=True)
class SurveyFrame:
    """What the chart and the table of a survey show.

    Attributes:
        sentences: the summary, how to read the chart, what is hidden.
        scores: the scores in words, from 1 to 5.
    """

    rows: tuple[SurveyRow, ...]
    axis: str
    scores: tuple[str, ...]
    summary: str
    sentences: tuple[str, ...]

    @property
    def shown(self) -> tuple[SurveyRow, ...]:
        """The questions enough people answered."""
        return tuple(row for row in self.rows if row.counts)


def survey_frame(source: Source, pilot: PilotStanding) -> SurveyFrame:
    """The survey of a pilot."""
    words = source.words
    sentences = list(_survey_sentences(source, pilot))
    return SurveyFrame(
        rows=tuple(_survey_row(source, one) for one in pilot.questions),
        axis=words("pilots.survey.axis"),
        scores=tuple(words("pilots.survey.score", score=score) for score in SCORES),
        summary=sentences[0],
        sentences=tuple(sentences),
    )


def _survey_sentences(source: Source, pilot: PilotStanding) -> Iterator[str]:
    words = source.words
    known = [(one.mean, one.text) for one in pilot.questions if one.mean is not None]
    if not known or pilot.mean is None:
        yield words("pilots.survey.none")
    else:
        best, worst = max(known, key=lambda pair: pair[0]), min(known, key=lambda pair: pair[0])
        facts = {"mean": _two(pilot.mean), "best": best[1]}
        if len(known) == 1:
            yield words("pilots.survey.one", **facts)
        else:
            ends = {"best_mean": _two(best[0]), "worst": worst[1], "worst_mean": _two(worst[0])}
            yield words("pilots.survey.summary", questions=len(known), **facts, **ends)
        yield words("pilots.survey.legend")
    hidden = sum(one.is_hidden for one in pilot.questions)
    if hidden:
        yield words("pilots.survey.hidden", count=hidden, fewest=FEWEST_SHOWN)


def _survey_row(source: Source, one: Question) -> SurveyRow:
    words = source.words
    hovers = (
        words("pilots.survey.hover", score=score, count=count) for score, count in zip(SCORES, one.counts, strict=False)
    )
    return SurveyRow(
        text=one.text,
        counts=one.counts,
        hovers=tuple(hovers),
        respondents=words("pilots.survey.hidden_row") if one.respondents is None else number(one.respondents),
        mean=one.mean,
        mean_text=_two(one.mean),
    )


def _two(mean: Decimal | None) -> str:
    return number(mean, 2, fixed=True)
