"""The page of good practice and awards: the library of cases, one case, and awards with what they feed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from dashboard.frames.department import origin_text
from dashboard.frames.source import Source
from dashboard.markup import Fact
from etl.insight.practices import AwardLine, PracticeCase, PracticeTotals, Reuse, award_rule
from etl.insight.reasons import record_reason
from etl.shown import NOTHING, number

KIND = "practices"
"""What a record of this page is called in an address."""


def practice_facts(source: Source, totals: PracticeTotals) -> list[Fact]:
    """The figures at the head of the page."""
    words, year = source.words, source.records_year
    in_year = words("practices.in_year", year=year)
    beside = words("practices.awards_feed_nothing", year=year)
    if award_rule(source.reading) is not None:
        beside = words("practices.awards_counted", year=year, counted=number(totals.awards_counted))

    def fact(name: str, count: Decimal | int, said: str, term: str) -> Fact:
        return Fact(words(name), words("practices.count", count=number(count)), said, term)

    return [
        fact("practices.registered", totals.registered, in_year, "practices_registered"),
        fact("practices.reused", totals.reused, in_year, "practices_reused"),
        fact("practices.awards", totals.awards, beside, "awards"),
    ]


# Cases. A library is there to be used by others: where results may be seen by name, so may cases. The document, the
# received row and the awards behind a case are records -------------------------------------------------------------


def cases_in_scope(source: Source, cases: Sequence[PracticeCase]) -> list[PracticeCase]:
    """The cases of the departments in scope, and those they took over."""
    return [
        case
        for case in cases
        if any(map(source.scope.may_see, (case.unit_id, *(one.unit_id for one in case.reuses if one.unit_id))))
    ]


def cases_as_seen(source: Source, cases: Sequence[PracticeCase], names: Mapping[str, str]) -> list[PracticeCase]:
    """The cases with no more in them than `case_details` shows, for a search tells what it finds something by.

    Args:
        source: the release.
        cases: those in scope.
        names: code -> name of every department, former ones included.
    """
    return [
        replace(
            case,
            reuses=tuple(replace(reuse, reused_by=_taker_name(source, reuse, names)) for reuse in case.reuses),
            awards=case.awards if source.scope.may_see_records(case.unit_id) else (),
        )
        for case in cases
    ]


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case as text; `record` is what an address calls it."""

    record: str
    title: str
    owner: str
    day: str
    reuses: str


def case_rows(source: Source, cases: Sequence[PracticeCase], names: Mapping[str, str]) -> list[CaseRow]:
    """The cases in words.

    Args:
        source: the release.
        cases: those to list.
        names: code -> name of every department, former ones included.
    """
    words = source.words
    return [
        CaseRow(
            record=record_of(case),
            title=case.title,
            owner=_owner(source, case, names),
            day=words.day(case.registered_on),
            reuses=words("practices.count", count=number(len(case.reuses))) if case.reuses else NOTHING,
        )
        for case in cases
    ]


def record_of(case: PracticeCase) -> str:
    """What an address calls a case."""
    return f"{KIND}:{case.practice_id}"


def _owner(source: Source, case: PracticeCase, names: Mapping[str, str]) -> str:
    unit = source.named(case.unit_id, names)
    return unit if case.body is None else source.words("practices.shared_by", body=case.body, unit=unit)


def library_sentence(source: Source, cases: Sequence[PracticeCase], found: Sequence[PracticeCase], text: str) -> str:
    """How many cases there are, or how many of them a search found."""
    if text:
        return source.words("practices.found", total=len(cases), found=len(found), text=text)
    others = sum(case.body is not None for case in cases)
    return source.words("practices.all", total=len(cases), others=others, year=source.records_year)


def case_details(source: Source, case: PracticeCase, names: Mapping[str, str]) -> list[tuple[str, str]]:
    """What is known of a case, as pairs of a name and words."""
    words = source.words
    takers = "\n".join(_taker(source, reuse, names) for reuse in case.reuses)
    details = [
        (words("practices.problem"), case.problem),
        (words("practices.data_used"), case.data_used),
        (words("practices.method"), case.method),
        (words("practices.result"), case.result),
        (words("practices.takers"), takers or words("practices.no_takers")),
        (words("practices.owner"), _owner(source, case, names)),
    ]
    if source.scope.may_see_records(case.unit_id):
        details += [
            (words("practices.document"), case.document_no or NOTHING),
            (words("practices.origin"), origin_text(source, case.origin.file, case.origin.row)),
        ]
        if case.awards:
            details.insert(5, (words("practices.honours"), ", ".join(case.awards)))
    return details


def _taker(source: Source, reuse: Reuse, names: Mapping[str, str]) -> str:
    facts = {"name": _taker_name(source, reuse, names), "day": source.words.day(reuse.reused_on)}
    if reuse.note is None or not (_is_elsewhere(reuse, names) or source.scope.may_see(reuse.unit_id or "")):
        return source.words("practices.taker", **facts)
    return source.words("practices.taker_note", **facts, note=reuse.note)


def _taker_name(source: Source, reuse: Reuse, names: Mapping[str, str]) -> str:
    return reuse.reused_by if _is_elsewhere(reuse, names) else source.named(reuse.unit_id or "", names)


def _is_elsewhere(reuse: Reuse, names: Mapping[str, str]) -> bool:
    """Whether it is another body that took the case, or nobody who ever was a department."""
    return reuse.unit_id is None or reuse.unit_id not in names


# Awards --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AwardRow:
    """One award as text; `counts` says whether it is part of a bonus."""

    day: str
    unit: str
    title: str
    giver: str
    record: str
    use: str
    counts: bool
    origin: str


def award_sentence(source: Source) -> str:
    """What awards feed under the rules of the release."""
    words, rule = source.words, award_rule(source.reading)
    if rule is None:
        return words("awards.no_rule")
    cap = words("awards.no_cap") if rule.cap is None else words("awards.cap", cap=number(rule.cap))
    return words("awards.rule", rule=words.of(rule.name), points=number(rule.points), cap=cap)


def award_rows(source: Source, awards: Sequence[AwardLine], names: Mapping[str, str]) -> list[AwardRow]:
    """The awards of the departments whose records are in scope, in words."""
    words = source.words
    return [
        AwardRow(
            day=words.day(award.awarded_on),
            unit=names.get(award.unit_id, award.unit_id),
            title=award.title,
            giver=award.awarded_by,
            record=NOTHING if award.record is None else _record(source, *award.record),
            use=_use(source, award),
            counts=award.rule is not None and award.reason is None,
            origin=origin_text(source, award.origin.file, award.origin.row),
        )
        for award in awards
        if source.scope.may_see_records(award.unit_id)
    ]


def _record(source: Source, kind: str, record_id: str, title: str | None) -> str:
    return source.words(f"awards.kind.{kind}", title=record_id if title is None else f"{title} ({record_id})")


def _use(source: Source, award: AwardLine) -> str:
    if award.rule is None:
        return NOTHING
    if award.reason is None:
        return source.words("awards.counts", points=number(award.rule.points))
    return record_reason(award.reason, source.words.language)
