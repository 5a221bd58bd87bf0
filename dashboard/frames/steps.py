"""The page of the steps: a year's evaluation as rows of text and sentences, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from dashboard.access import State
from dashboard.markup import Column, Html, Line, link, safe, small, table, tag
from dashboard.shelf import NoRelease, look
from dashboard.words import Words
from dashboard.workflow.moves import ORDER, step_forward
from dashboard.workflow.tables.steps import Move, RulebookVersion
from dashboard.workflow.windows import Window
from dashboard.workflow.year import YearStanding
from etl.errors import JipyoError
from etl.insight.two_releases import Result, UnitDifference
from etl.release.seal import read_manifest
from etl.shown import NOTHING, number

DIGEST_SHOWN: Final = 12


@dataclass(frozen=True, slots=True)
class Draft:
    """A release of the year, whatever became of it.

    Attributes:
        name: of the release.
        rulebook: digest of the rules it was made under.
        has_records: whether there are records behind it.
    """

    name: str
    rulebook: str
    has_records: bool


def releases_of(folder: Path, year: int) -> list[Draft]:
    """The releases of a year that can be read; none where there is no folder."""
    try:
        shelf = look(folder)
    except NoRelease:
        return []
    named = (name for name in (*shelf.seals, *shelf.drafts) if name.startswith(f"{year:04}-"))
    return sorted((one for name in named for one in _read(folder / name)), key=lambda one: one.name)


def _read(folder: Path) -> Iterable[Draft]:
    try:
        facts = read_manifest(folder).facts
        yield Draft(folder.name, facts["rulebook"]["sha256"], facts["basis"] == "records")
    except (OSError, ValueError, KeyError, JipyoError):
        return


def fitting(standing: YearStanding, releases: Sequence[Draft]) -> list[str]:
    """The releases that may become the evaluation's: under the rules in force, from records, and not its own yet."""
    rules = standing.in_force.digest if standing.in_force else ""
    return [
        one.name
        for one in releases
        if one.rulebook == rules and one.has_records and one.name != standing.evaluation.release
    ]


# Words ---------------------------------------------------------------------------------------------------------------


def state_name(state: State, words: Words) -> str:
    """What a step is called."""
    return words(f"steps.state.{state}")


def move_name(before: State, after: State, words: Words) -> str:
    """What a move is called."""
    return words(f"steps.move.{before}.{after}")


def effect_of(before: State, after: State, year: int, release: str | None, words: Words) -> str:
    """What a move does."""
    return words(f"steps.effect.{before}.{after}", year=year, release=release or NOTHING)


def digest_text(whole: str) -> Html:
    """The beginning of a digest, the whole at hand."""
    return tag("span", safe(whole[:DIGEST_SHOWN]), "jp-whole", title=whole)


# The steps -----------------------------------------------------------------------------------------------------------


def steps_table(standing: YearStanding, words: Words) -> Html:
    """The six steps: where the year is, the days planned for each, and what happens in it."""
    columns = [
        Column(words("steps.step")),
        Column(words("steps.mark"), "tight"),
        Column(words("steps.days"), "long"),
        Column(words("steps.meaning"), "wide"),
    ]
    return table(words("steps.steps"), columns, (_step_line(standing, state, words) for state in State))


def _step_line(standing: YearStanding, state: State, words: Words) -> Line:
    days, is_now = standing.days.get(state), state is standing.state
    note = deadline_text(standing, words) if is_now else ""
    cells = [
        safe(state_name(state, words)),
        safe(words(f"steps.mark.{_mark(standing.state, state)}")),
        Html(safe(days_text(days, words)) + small(note)),
        safe(words(f"steps.what.{state}")),
    ]
    return Line(cells, "jp-chosen" if is_now else "")


def _mark(now: State, state: State) -> str:
    behind = ORDER.index(state) - ORDER.index(now)
    if behind == 0:
        return "done" if state is State.PUBLISHED else "now"
    return "done" if behind < 0 else "next" if behind == 1 else "later"


def days_text(days: Window | None, words: Words) -> str:
    """Planned days; one where the first is the last."""
    if days is None:
        return words("steps.days.none")
    if days.begins_on == days.ends_on:
        return words.day(days.begins_on)
    return words("steps.days.from_to", begins=words.day(days.begins_on), ends=words.day(days.ends_on))


def deadline_text(standing: YearStanding, words: Words) -> str:
    """How far the last day of the present step is; nothing where none is planned."""
    days = standing.days.get(standing.state)
    if days is None or standing.state is State.PUBLISHED:
        return ""
    late = days.late_by(standing.now)
    if late > 0:
        return words("steps.days.late", days=number(late))
    return words("steps.days.left", days=number(-late)) if late else words("steps.days.last")


def duties(standing: YearStanding, words: Words) -> list[str]:
    """Who must do what now; a department's days of appeals first, which run whatever is proposed meanwhile."""
    said, move, rulebook = _appeals(standing, words), standing.waiting_move, standing.waiting_rulebook
    if rulebook is not None:
        said.append(words("steps.duty.waiting_rulebook", number=rulebook.number))
    if move is not None:
        named = move_name(State(move.from_state), State(move.to_state), words)
        return [*said, words("steps.duty.waiting_move", move=named)]
    if standing.in_force is None:
        return said or [words("steps.duty.rulebook")]
    return [*said, words(f"steps.duty.{standing.state}")]


def _appeals(standing: YearStanding, words: Words) -> list[str]:
    days = standing.days.get(State.APPEALS)
    if standing.state is not State.APPEALS or days is None or days.is_over(standing.now):
        return []
    if days.is_open(standing.now):
        return [words("steps.duty.appeals_open", day=words.due(days.ends_on))]
    return [words("steps.duty.appeals_ahead", begins=words.day(days.begins_on), day=words.due(days.ends_on))]


def needs_table(standing: YearStanding, has_fitting: bool, words: Words) -> Html | None:
    """What must hold before the next step, each with whether it does; None where nothing must."""
    step = step_forward(standing.state)
    if step is None:
        return None
    held = [(words(f"steps.need.{need}"), need not in standing.lacking[step]) for need in step.needs]
    if step.names_release:
        held.append((words("steps.need.draft"), has_fitting))
    columns = [Column(words("steps.needs.what"), "wide"), Column(words("steps.mark"), "tight")]
    marks = {True: words("steps.needs.held"), False: words("steps.needs.lacking")}
    lines = [Line([safe(what), safe(marks[holds])]) for what, holds in held]
    if not lines:
        return None
    return table(words("steps.needs.move", move=move_name(step.before, step.after, words)), columns, lines)


# Rulebooks, releases, history ----------------------------------------------------------------------------------------


def rulebooks_table(versions: Sequence[RulebookVersion], words: Words) -> Html:
    """Every version, with who proposed and decided it and why."""
    columns = [
        Column(words("steps.number"), "tight"),
        Column(words("steps.outcome"), "tight"),
        Column(words("steps.digest"), "tight"),
        Column(words("steps.proposed"), "wide"),
        Column(words("steps.decided"), "wide"),
    ]
    lines = [
        Line(
            [
                safe(words("steps.rulebook.number", number=one.number)),
                safe(words(f"steps.outcome.{one.outcome}")),
                digest_text(one.digest),
                _said(one.proposed_name, one.proposed_at, one.reason, words),
                _said(one.decided_name, one.decided_at, one.answer, words),
            ]
        )
        for one in versions
    ]
    return table(words("steps.rulebook"), columns, lines)


def history_table(moves: Sequence[Move], words: Words) -> Html:
    """Every proposal, with who asked, who decided, and why."""
    columns = [
        Column(words("steps.history.move"), "long"),
        Column(words("steps.outcome"), "tight"),
        Column(words("steps.release"), "tight"),
        Column(words("steps.proposed"), "wide"),
        Column(words("steps.decided"), "wide"),
    ]
    lines = [
        Line(
            [
                safe(move_name(State(one.from_state), State(one.to_state), words)),
                safe(words(f"steps.outcome.{one.outcome}")),
                safe(one.release or NOTHING),
                _said(one.proposed_name, one.proposed_at, one.reason, words),
                _said(one.decided_name, one.decided_at, one.answer, words),
            ]
        )
        for one in moves
    ]
    return table(words("steps.history"), columns, lines)


def _said(name: str | None, at: datetime | None, reason: str, words: Words) -> Html:
    if name is None:
        return safe(NOTHING)
    return Html(safe(words("steps.by_at", name=name, at=words.minute(at))) + small(reason))


def releases_table(standing: YearStanding, releases: Sequence[Draft], href: Callable[[str], str], words: Words) -> Html:
    """Every release of the year and what became of it; `href` gives the link to a release."""
    columns = [
        Column(words("steps.release"), "tight"),
        Column(words("steps.release.status"), "wide"),
        Column(words("steps.release.rules"), "long"),
        Column(words("steps.digest"), "tight"),
    ]
    numbers = {one.digest: one.number for one in reversed(standing.rulebooks)}
    lines = []
    for one in releases:
        status = status_of(standing, one.name)
        rules = (
            words("steps.rulebook.number", number=numbers[one.rulebook])
            if one.rulebook in numbers
            else words("steps.release.other_rules")
        )
        cells = [
            link(one.name, href(one.name)),
            Html(safe(words(f"steps.status.{status}")) + small(_superseded_text(standing, one.name, words))),
            safe(rules),
            digest_text(one.rulebook),
        ]
        lines.append(Line(cells, "jp-chosen" if one.name == standing.evaluation.release else ""))
    return table(words("steps.releases"), columns, lines)


def status_of(standing: YearStanding, release: str) -> str:
    """What became of a release: draft, frozen, final, published, superseded."""
    if release in standing.superseded:
        return "superseded"
    if release != standing.evaluation.release:
        return "draft"
    return standing.state.value if standing.state in (State.FINAL, State.PUBLISHED) else "frozen"


def _superseded_text(standing: YearStanding, release: str, words: Words) -> str:
    correction = standing.superseded.get(release)
    if correction is None:
        return ""
    return words("steps.status.superseded_by", release=correction.release, reason=correction.reason)


# What differs --------------------------------------------------------------------------------------------------------


def differences_table(differences: Sequence[UnitDifference], words: Words) -> Html:
    """Department by department: score, rank in its group and grade, before and after."""
    columns = [
        Column(words("steps.unit"), "long"),
        Column(words("steps.score"), "number"),
        Column(words("steps.rank"), "number"),
        Column(words("steps.grade"), "tight"),
    ]
    lines = [Line([safe(one.name), *_before_after(one.before, one.after, words)]) for one in differences]
    return table(words("steps.changes"), columns, lines)


def _before_after(before: Result, after: Result, words: Words) -> list[Html]:
    pairs = [
        (number(before.score), number(after.score)),
        (number(before.group_rank), number(after.group_rank)),
        (before.grade or NOTHING, after.grade or NOTHING),
    ]
    return [safe(_pair(old, new, words)) for old, new in pairs]


def _pair(old: str, new: str, words: Words) -> str:
    return old if old == new else words("steps.before_after", before=old, after=new)
