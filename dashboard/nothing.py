"""What is said where there is nothing to show: what happened, what to do, and the ways out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from dashboard.access import Person
from dashboard.address import DESK_PAGES, Address, PageName
from dashboard.markup import Html, join, link, paragraph, safe, shortened, tag
from dashboard.reader import frozen_for, scope_of_release, sees_drafts
from dashboard.shelf import NoRelease, Shelf, folder_of_releases, look
from dashboard.words import Words

COMMANDS: Final[Mapping[str, tuple[str, ...]]] = {
    "no_folder": ("make run", "jipyo serve --releases releases"),
    "nothing_released": (
        "jipyo evaluate records --rulebook rulebook.toml --out {releases}",
        "jipyo publish {releases}/<release>",
    ),
    "nothing_published": ("jipyo publish {releases}/<release>",),
    "broken": ("jipyo verify {releases}/{about}",),
    "broken_current": ("jipyo publish {releases}/<release>",),
}
"""What those who run the evaluation type to get out of it."""
FOR_OTHERS: Final[Mapping[str, str]] = {
    "no_folder": "not_to_be_shown",
    "broken": "not_to_be_shown",
    "broken_current": "not_to_be_shown",
    "nothing_released": "not_shown_yet",
    "nothing_published": "not_shown_yet",
}
"""What only those who run the evaluation can mend -> what the others are told: to wait, or whom to tell."""

WIDEST: Final = 40
"""Columns of what an address says; it may be of any length."""
_WHOLE: Final = frozenset({"no_folder", "nothing_released", "nothing_published", "broken_current", "records_not_there"})
"""What is told of a folder: its path is needed whole."""


def trouble_box(trouble: str, about: str, words: Words, more: Iterable[Html] = ()) -> Html:
    """What is wrong and what to do, in a box.

    Args:
        trouble: key of the words, as `no_unit`.
        about: what it is about.
        words: the reader's language.
        more: links and commands below.
    """
    told = about if trouble in _WHOLE else shortened(about, WIDEST)
    title, what = words(f"state.{trouble}"), words(f"state.{trouble}.what", about=told)
    return tag("div", join([tag("h2", safe(title)), paragraph(what), *more]), "jp-state")


def no_release_box(page: PageName, address: Address, words: Words, nothing: NoRelease, person: Person | None) -> Html:
    """Why there is no release to show, with other years and, for those who run the evaluation, what to type.

    Args:
        page: that is open.
        address: where the reader is.
        words: their language.
        nothing: why.
        person: who reads.
    """
    folder, runs_it = folder_of_releases(), sees_drafts(person)
    more: list[Html] = []
    try:
        more += _ways_out(page, address, words, look(folder), person)
    except NoRelease:
        pass  # the folder itself is the trouble, and that is what is said
    commands = COMMANDS.get(nothing.trouble, ()) if runs_it else ()
    if commands:
        said = [command.format(releases=folder, about=nothing.about) for command in commands]
        more += [paragraph(words("state.commands")), *(tag("code", safe(command)) for command in said)]
    trouble = nothing.trouble if runs_it else FOR_OTHERS.get(nothing.trouble, nothing.trouble)
    if trouble == "not_shown_yet":
        steps = Address(lang=address.lang).href("steps")
        more.append(tag("p", link(words("state.not_shown_yet.go"), steps)))
    return trouble_box(trouble, nothing.about, words, more)


def _ways_out(page: PageName, address: Address, words: Words, shelf: Shelf, person: Person | None) -> list[Html]:
    """Links to the years and drafts the reader may open on this page."""
    clean, is_desk = Address(lang=address.lang), page in DESK_PAGES
    known = shelf.years_released if is_desk and sees_drafts(person) else shelf.with_frozen(frozen_for(person)).years
    years = [link(str(year), clean.to(year=str(year)).href(page)) for year in known]
    drafts = [
        link(name, clean.to(release=name).href(page))
        for name in shelf.drafts
        if not is_desk and scope_of_release(person, name, published=False)
    ]
    return [
        Html(paragraph(words(key)) + tag("div", join(links, " "), "jp-links"))
        for key, links in (("state.years", years), ("state.drafts", drafts))
        if links
    ]


def superseded_box(address: Address, page: PageName, year: int, words: Words) -> Html:
    """That another release has taken the place of the one shown, with the same page of it.

    Args:
        address: of what is shown.
        page: that is open.
        year: of both.
        words: the reader's language.
    """
    there = link(words("state.superseded.go", year=year), address.to(release=None, year=str(year)).href(page))
    return trouble_box("superseded", str(year), words, [tag("p", there)])
