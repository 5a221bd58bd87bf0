"""진행: how far the year's evaluation has come, what must hold before the next step, and who does what now."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.access import Action, Person, State, can
from dashboard.address import Address
from dashboard.frames.steps import (
    DIGEST_SHOWN,
    Draft,
    duties,
    fitting,
    history_table,
    needs_table,
    releases_of,
    releases_table,
    rulebooks_table,
    state_name,
    steps_table,
)
from dashboard.markup import bullets, paragraph
from dashboard.pages.steps_acts import settle_acts
from dashboard.pages.steps_changes import kept
from dashboard.pages.steps_forms import brief, evaluate, plan, propose
from dashboard.pages.steps_rules import propose_rules
from dashboard.pages.steps_waiting import waiting
from dashboard.reader import person_of_reader, store
from dashboard.shelf import NoRelease, folder_of_releases, look, year_said
from dashboard.shell import choose, desk_head, heading, open_desk_page, show, state
from dashboard.words import Words
from dashboard.workflow.steps import evaluations
from dashboard.workflow.year import YearStanding, stand_of


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads the page, where, and in which language."""

    person: Person | None
    address: Address
    words: Words


def page() -> None:
    """The page from top to bottom."""
    address, words = open_desk_page("steps")
    reader = Reader(person_of_reader(), address, words)
    years = _years()
    year = next((one for one in years if str(one) == address.year), years[0] if years else None)
    standing = _standing(year) if year is not None else None
    about = words("steps.about", year=year, state=state_name(standing.state, words)) if standing else ""
    desk_head(words("steps.title"), words("steps.question"), about)
    settle_acts(words)
    if years and address.year is not None and str(year) != address.year:
        state(_trouble_with(address.year), address.year, words)
    if len(years) > 1:
        choose(words("choose.year"), "year", {str(one): str(one) for one in years}, str(year))
    if standing is None:
        show(paragraph(words("steps.none"), "jp-note"))
        if can(reader.person, Action.PROPOSE_RULEBOOK):
            propose_rules(None, words)
        return
    _year(standing, reader)


def _trouble_with(year: str) -> str:
    """Why there is no evaluation of a year that the address says."""
    try:
        said = year_said(year)
        return "no_steps" if said in look(folder_of_releases()).published else "no_evaluation"
    except NoRelease as nothing:
        return "not_a_year" if nothing.trouble == "not_a_year" else "no_evaluation"


def _years() -> list[int]:
    with store().read() as session:
        return [one.year for one in evaluations(session)]


def _standing(year: int) -> YearStanding:
    with store().read() as session:
        return stand_of(session, year)


def _year(standing: YearStanding, reader: Reader) -> None:
    """One year: what everybody sees, then what is for those who run the evaluation."""
    words = reader.words
    releases = releases_of(folder_of_releases(), standing.year)
    fits = fitting(standing, releases)
    heading(words("steps.steps"))
    show(steps_table(standing, words))
    heading(words("steps.now"))
    show(bullets(duties(standing, words)))
    needs = needs_table(standing, bool(fits), words)
    if needs is not None:
        heading(words("steps.needs"))
        show(needs, paragraph(words("steps.need.two"), "jp-note"))
    if can(reader.person, Action.SEE_PROCEEDINGS, state=standing.state):
        waiting(standing, reader.person, words)
        _act(standing, fits, reader)
    heading(words("steps.rulebook"))
    show(paragraph(_in_force(standing, words), "jp-note"))
    if can(reader.person, Action.SEE_PROCEEDINGS, state=standing.state):
        _proceedings(standing, releases, reader)


def _act(standing: YearStanding, fits: list[str], reader: Reader) -> None:
    """The forms of whoever may use them; each asks again when it is used."""
    person, words, now = reader.person, reader.words, standing.state
    if can(person, Action.EVALUATE, state=now):
        evaluate(standing, reader.address, words)
    if can(person, Action.PROPOSE_MOVE, state=now) and standing.waiting_move is None:
        propose(standing, fits, words)
    if can(person, Action.PROPOSE_RULEBOOK):  # of this year or of another, which it opens
        propose_rules(standing, words)
    if can(person, Action.PLAN_DAYS, state=now):
        plan(standing, words)
    if can(person, Action.BRIEF_EXECUTIVES, state=now) and now not in (State.FINAL, State.PUBLISHED):
        brief(standing, words)


def _in_force(standing: YearStanding, words: Words) -> str:
    version = standing.in_force
    if version is None:
        return words("steps.rulebook.none")
    at = words.moment(version.decided_at)
    return words("steps.rulebook.in_force", number=version.number, digest=version.digest[:DIGEST_SHOWN], at=at)


def _proceedings(standing: YearStanding, releases: list[Draft], reader: Reader) -> None:
    """Versions, releases and history, with people and reasons."""
    words = reader.words
    show(rulebooks_table(standing.rulebooks, words))
    for version in standing.rulebooks:
        if version.changes is not None:
            show(paragraph(words("steps.rulebook.number", number=version.number), "jp-subheading"))
            kept(version.changes, words)
    heading(words("steps.releases"))
    if releases:
        clean = Address(lang=reader.address.lang)
        show(releases_table(standing, releases, lambda name: clean.to(release=name).href("overview"), words))
    else:
        show(paragraph(words("steps.releases.none", year=standing.year), "jp-note"))
    heading(words("steps.history"))
    if standing.moves:
        show(history_table(standing.moves, words))
    else:
        show(paragraph(words("steps.history.none"), "jp-note"))


page()
