"""The report on the results (결과보고) in the form in which officials circulate one: overview, results, annex."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from etl.contracts.published import RankRow, UnitRow
from etl.exports.carried import day_text
from etl.exports.formulas import indicator_formula, missing_words, score_words
from etl.exports.hangul.annex import annex
from etl.exports.hangul.flow import Column, Flow
from etl.exports.hangul.remarks import remarks
from etl.exports.hangul.report_body import body_next, body_results, body_summary, result_title
from etl.exports.hangul.told import Told
from etl.insight.headlines import HeadlineStanding, headline_standings
from etl.insight.losses import earned_least
from etl.insight.reasons import not_ranked_because
from etl.insight.standing import (
    GroupStanding,
    directions,
    group_standings,
    indicator_standings,
    same_rules,
    shared_score,
)
from etl.scoring.rulebook_terms import EVERYBODY
from etl.shown import NOTHING, number, signed


def report(told: Told, flow: Flow) -> Iterator[str]:
    """The document from its marks to its annex, a piece at a time."""
    body = told.reading.body
    yield from opening(told, flow, told("document.report"))
    summary = list(_summary(told))
    if summary:
        yield flow.box([("item", said) for said in summary])
    yield from _overview(told, flow)
    yield from _results(told, flow)
    yield from remarks(told, flow) if body is None else body_next(told, flow, body)
    table = _ranking_title(told) if body is None else result_title(told)
    yield from annex(told, flow, table, told.control(told.codes()))
    yield flow.ending


def opening(told: Told, flow: Flow, kind: str) -> Iterator[str]:
    """How every document begins: its state in large letters, its title, the release.

    Args:
        told: the release.
        flow: the document.
        kind: what sort of document it is.
    """
    title = f"{told.title}\n{kind}"
    foot = told("document.foot", release=told.reading.manifest.name)
    yield flow.opening(told.running, foot, "mark" if told.marks else "title", told.marks or title)
    if told.marks:
        yield flow.paragraph("title", title)
    yield flow.paragraph("subtitle", told.about)


# Summary -------------------------------------------------------------------------------------------------------------


def _summary(told: Told) -> Iterator[str]:
    yield from _about_targets(told)
    if told.reading.body is not None:
        yield from body_summary(told, told.reading.body)
        return
    yield from _about_leaders(told)
    yield from _about_changes(told)
    yield from _about_indicators(told)
    unranked = len(told.reading.units) - len(told.reading.ranks)
    if unranked:
        yield told("summary.unranked", count=unranked)


def _about_targets(told: Told) -> Iterator[str]:
    known = [one for one in headline_standings(told.reading, told.before) if one.reached is not None]
    missed = ", ".join(told.of(one.headline.name) for one in known if not one.reached)
    if missed:
        reached = sum(one.reached is True for one in known)
        yield told("summary.some_reached", count=len(known), reached=reached, missed=missed)
    elif known:
        yield told("summary.all_reached", count=len(known))


def _about_leaders(told: Told) -> Iterator[str]:
    leaders = [_leader(told, one) for one in group_standings(told.reading) if one.leaders]
    if leaders:
        yield told("summary.leaders", leaders=", ".join(leaders))


def _leader(told: Told, one: GroupStanding) -> str:
    """Who is first in a peer group, with the score where there is one."""
    score = shared_score(told.reading, one.leaders)
    return told(
        "summary.leader_unscored" if score is None else "summary.leader",
        group=told.group_name(one.peer_group or EVERYBODY),
        units=told.units(one.leaders),
        score=told.score(score),
    )


def _about_changes(told: Told) -> Iterator[str]:
    if told.before is None or not told.changes:
        return
    risen, fallen = directions(told.changes.values())
    said = told("summary.changes", before=told.before.rulebook.evaluation.year, risen=risen, fallen=fallen)
    yield said if same_rules(told.reading, told.before) else told("summary.rules", changes=said)


def _about_indicators(told: Told) -> Iterator[str]:
    lowest = earned_least(told.reading)
    if lowest is not None:
        yield told("summary.weakest", indicator=told.node_name(lowest.indicator.id), pct=number(lowest.earned_pct))


# Overview ------------------------------------------------------------------------------------------------------------


def _overview(told: Told, flow: Flow) -> Iterator[str]:
    rulebook, language = told.reading.rulebook, told.language
    cited = _cited(told)
    start, end = (day_text(day, language) for day in (rulebook.evaluation.period.start, rulebook.evaluation.period.end))
    yield flow.paragraph("heading", told("overview.heading"))
    if cited:
        yield flow.paragraph("item", told("overview.basis"))
    for document, articles in cited.items():
        key = "overview.articles" if articles else "overview.document"
        yield flow.paragraph("detail", told(key, document=document, articles=", ".join(articles)))
    yield flow.paragraph("item", told("overview.rulebook", rulebook=told.reading.manifest.facts["rulebook"]["id"]))
    yield flow.paragraph("item", told("overview.period", start=start, end=end))
    yield flow.paragraph("item", _units(told))
    score = score_words(rulebook, language).replace("\n", ", ")
    yield flow.paragraph("item", told("overview.method", indicators=len(rulebook.indicators), score=score))
    if rulebook.lower_leads:
        said = told.say("ranking.lower_leads").removesuffix(".")
        yield flow.paragraph("item", told("whole.item", said=said))
    yield flow.paragraph("subheading", told("overview.indicators"))
    yield from _indicators(told, flow)


def _cited(told: Told) -> dict[str, list[str]]:
    """Document -> its articles on which indicators rest, each once, in the rulebook's order."""
    cited: dict[str, list[str]] = {}
    for indicator in told.reading.rulebook.indicators:
        if indicator.source:
            articles = cited.setdefault(indicator.source.document, [])
            if indicator.source.article and indicator.source.article not in articles:
                articles.append(indicator.source.article)
    return cited


def _units(told: Told) -> str:
    reading = told.reading
    if reading.body is not None:
        return told("whole.units", body=told.unit_name(reading.body))
    counted: dict[str, int] = {}
    for unit in told.results.units:
        group = told.results.group(unit)
        counted[group] = counted.get(group, 0) + 1
    groups = ", ".join(
        told("overview.group", group=told.group_name(group), units=units) for group, units in counted.items()
    )
    return told("overview.units", units=f"{len(reading.units):,}", groups=groups, ranked=f"{len(reading.ranks):,}")


def _indicators(told: Told, flow: Flow) -> Iterator[str]:
    rulebook, head = told.reading.rulebook, told.results.head
    columns = [
        Column(head("area"), 13),
        Column(head("indicator"), 18),
        Column(told.of_weight("indicators.weight", "indicators.only_weighs"), 12, "middle"),
        Column(head("formula"), 37),
        Column(head("missing"), 20),
    ]
    rows = [
        [
            told.results.names.get(one.area or "", ""),
            told.node_name(one.id),
            told.results.weight_words(one),
            indicator_formula(rulebook, one, told.language),
            missing_words(rulebook, one, told.language),
        ]
        for one in rulebook.indicators
    ]
    yield from flow.table(columns, rows)
    yield flow.paragraph("note", told("overview.weights" if told.reading.body is None else "whole.missing"))


# Results -------------------------------------------------------------------------------------------------------------


def _results(told: Told, flow: Flow) -> Iterator[str]:
    yield flow.paragraph("heading", told("results.heading"))
    headlines = headline_standings(told.reading, told.before)
    if headlines:
        yield flow.paragraph("subheading", told("results.headlines"))
        yield from _headlines(told, flow, headlines)
    if told.reading.body is not None:
        yield from body_results(told, flow, told.reading.body)
        return
    yield flow.paragraph("subheading", told("results.groups"))
    yield from _groups(told, flow)
    yield flow.paragraph("subheading", _ranking_title(told))
    yield from _ranking(told, flow)
    yield flow.paragraph("note", told("results.shown"))
    yield flow.paragraph("subheading", told("results.indicators"))
    yield from _earned(told, flow)


def _headlines(told: Told, flow: Flow, standings: Sequence[HeadlineStanding]) -> Iterator[str]:
    figures = (("value", 14), ("target", 14), ("attainment", 14), ("before", 14), ("change", 12))
    columns = [
        Column(told("results.headline"), 32),
        *(Column(told(f"results.{key}"), share, "number") for key, share in figures),
    ]
    rows = [
        [
            told.of(one.headline.name),
            told.figure(one.headline, one.row.value),
            told.figure(one.headline, one.row.target),
            number(one.row.attainment_pct),
            told.figure(one.headline, one.before),
            NOTHING if one.change is None else signed(one.change),
        ]
        for one in standings
    ]
    yield from flow.table(columns, rows)


def _groups(told: Told, flow: Flow) -> Iterator[str]:
    columns = [
        Column(told.results.head("peer_group"), 18),
        Column(told("results.group_units"), 14, "number"),
        Column(told("results.median"), 12, "number"),
        Column(told("results.highest"), 12, "number"),
        Column(told("results.lowest"), 12, "number"),
        Column(told("results.leaders"), 32),
    ]
    rows = [
        [
            told.group_name(one.peer_group or EVERYBODY),
            number(one.units),
            told.score(one.median),
            told.score(one.highest),
            told.score(one.lowest),
            told.units(one.leaders) or NOTHING,
        ]
        for one in group_standings(told.reading)
    ]
    yield from flow.table(columns, rows)


def _ranking_title(told: Told) -> str:
    return told("results.ranking" if told.reading.rulebook.grades else "results.only_places")


def _ranking(told: Told, flow: Flow) -> Iterator[str]:
    """The ranking by peer group: every department stands in it once, those without a rank at the end of their group."""
    by_group: dict[str, list[UnitRow]] = {}
    for unit in told.results.units:
        by_group.setdefault(told.results.group(unit), []).append(unit)
    head = told.results.head
    columns = [
        Column(told("results.place"), 8, "middle"),
        Column(head("name"), 24),
        Column(head("score"), 10, "number"),
        *([Column(head("grade"), 17, "middle")] if told.reading.rulebook.grades else []),
        Column(told("results.overall"), 11, "middle"),
        Column(told("results.change"), 10, "number"),
        Column(told("results.remark"), 20),
    ]
    for group, units in by_group.items():
        yield flow.paragraph("point", told("results.group", group=told.group_name(group), units=len(units)))
        yield from flow.table(columns, [_ranked(told, unit) for unit in units])


def _ranked(told: Told, unit: UnitRow) -> list[str]:
    rank, change = told.reading.ranks.get(unit.unit_id), told.changes.get(unit.unit_id)
    return [
        number(rank.group_rank if rank else None),
        told.unit_name(unit.unit_id),
        told.score(told.reading.scores[unit.unit_id].score),
        *([told.rank_grade(rank)] if told.reading.rulebook.grades else []),
        number(rank.rank if rank else None),
        NOTHING if change is None else told.score_change(change.score_change),
        ", ".join(_remark(told, unit, rank)),
    ]


def _remark(told: Told, unit: UnitRow, rank: RankRow | None) -> Iterator[str]:
    score = told.reading.scores[unit.unit_id]
    if score.not_ranked_because:
        yield not_ranked_because(score.not_ranked_because, told.reading.rulebook, told.language)
    if rank is not None and told.ties[unit.unit_id]:
        yield told("results.tied", others=told.ties[unit.unit_id])
    if rank is not None and rank.tie_broken_by:
        yield told("results.tie_broken", node=told.results.names.get(rank.tie_broken_by, rank.tie_broken_by))
    if rank is not None and rank.grade_before_veto != rank.grade:
        yield told("results.veto", grade=rank.grade_before_veto)
    if score.bonus:
        yield told("results.bonus", points=number(score.bonus))
    if score.penalty:
        yield told("results.penalty", points=number(score.penalty))


def _earned(told: Told, flow: Flow) -> Iterator[str]:
    head = told.results.head
    columns = [
        Column(head("indicator"), 42),
        Column(told.of_weight("indicators.weight", "indicators.only_weighs"), 24, "middle"),
        Column(told("results.scored"), 20, "number"),
        Column(told("results.earned"), 14, "number"),
    ]
    rows = [
        [
            told.node_name(one.indicator.id),
            told.results.weight_words(one.indicator),
            number(one.units),
            number(one.earned_pct),
        ]
        for one in indicator_standings(told.reading)
    ]
    yield from flow.table(columns, rows)
