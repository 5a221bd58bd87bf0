"""순위: every department in its place, with a filter by peer group; a name leads to the department."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.formats import NOTHING, number, signed
from dashboard.frames.ranking import RankingRow, UnrankedRow, ranking_rows, ranking_sentences, unranked_rows
from dashboard.markup import Column, Html, Line, bar, bullets, exact, link, paragraph, safe, small, table
from dashboard.shell import choose, head, heading, open_page, show, state
from dashboard.view import View

EVERY_GROUP = ""


def filter_by_group(view: View, group: str | None) -> None:
    """The choice of a peer group, where there are several."""
    if len(view.source.groups) > 1:
        options = {EVERY_GROUP: view.words("group.everybody"), **view.source.groups}
        choose(view.words("ranking.filter"), "group", options, group or EVERY_GROUP)


def ranking_table(view: View, rows: Sequence[RankingRow]) -> Html:
    """The table of ranks."""
    words = view.words
    columns = [
        Column(words("ranking.rank"), "number"),
        Column(words("ranking.unit")),
        Column(words("ranking.score"), "number"),
        Column(words("ranking.grade"), "tight"),
        Column(words("ranking.group"), "tight"),
        Column(words("ranking.group_rank"), "number"),
        Column(words("ranking.change"), "number"),
        Column(words("ranking.bonus"), "number"),
        Column(words("ranking.penalty"), "number"),
    ]
    return table(words("ranking.caption"), columns, (Line(cells(view, row)) for row in rows), heads=1)


def cells(view: View, row: RankingRow) -> list[Html]:
    """One department."""
    score = exact(row.score_text, row.score)
    change = view.source.score_change(row.change) if row.change is not None else new_or_nothing(view, row)
    return [
        safe(row.rank),
        Html(link(row.name, view.address.to(unit=row.unit_id).href("department")) + small(row.note)),
        score if row.share_pct is None else bar(row.share_pct, score),
        Html(safe(row.grade) + small(row.grade_note)),
        safe(row.group),
        safe(row.group_rank),
        exact(change, row.change),
        safe(signed(row.bonus) if row.bonus else NOTHING),
        safe(signed(-row.penalty) if row.penalty else NOTHING),
    ]


def new_or_nothing(view: View, row: RankingRow) -> str:
    """What stands where there is no score of last year."""
    return view.words("ranking.new") if row.is_new else NOTHING


def unranked_table(view: View, rows: Sequence[UnrankedRow]) -> Html:
    """The departments without a rank, with the reason."""
    words = view.words
    columns = [
        Column(words("ranking.unit")),
        Column(words("ranking.group")),
        Column(words("ranking.score"), "number"),
        Column(words("ranking.why")),
    ]
    lines = [
        Line(
            [
                link(row.name, view.address.to(unit=row.unit_id).href("department")),
                safe(row.group),
                safe(row.score_text),
                safe(row.why),
            ]
        )
        for row in rows
    ]
    return table(words("ranking.unranked"), columns, lines)


def page() -> None:
    """The page from top to bottom."""
    view = open_page("ranking")
    words = view.words
    head(view, words("ranking.title"), words("ranking.question"))
    group = view.known("group", view.source.groups)
    if view.address.group is not None and group is None:
        state("no_group", view.address.group, words)
    filter_by_group(view, group)
    show(bullets(ranking_sentences(view.source, group)))
    rows = view.remember(f"ranking {group}", lambda: ranking_rows(view.source, group))
    if rows:
        show(ranking_table(view, rows))
    unranked = unranked_rows(view.source, group)
    if unranked:
        heading(words("ranking.unranked"))
        show(paragraph(words("ranking.unranked.summary", units=number(len(unranked))), "jp-note"))
        show(unranked_table(view, unranked))


page()
