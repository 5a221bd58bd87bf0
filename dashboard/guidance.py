"""What helps a reader along on every page: help, the address to pass on, the first steps of a role, what a term means.

Copying and closing are done by the script of the document (`dashboard.gate.in_browser`); without it nothing is lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from dashboard.access import Person
from dashboard.address import PAGES, Address, PageName
from dashboard.markup import Html, join, link, paragraph, safe, tag
from dashboard.words import Words

STEPS: Final[Mapping[str, tuple[PageName, PageName, PageName]]] = {
    "executive": ("overview", "ranking", "department"),
    "evaluator": ("data", "steps", "ranking"),
    "approver": ("steps", "requests", "ranking"),
    "department": ("department", "indicator", "requests"),
    "auditor": ("audit", "steps", "ranking"),
    "administrator": ("accounts", "steps", "glossary"),
}
"""The three pages that show each role (its name) what it came for, in order; `tour.<role>.<page>` says why."""


def help_panel(page: PageName, words: Words) -> Html:
    """What a page is for, what its marks mean and where to look further, folded away."""
    said = [
        paragraph(words(f"help.{page}")),
        paragraph(words("help.marks")),
        paragraph(words("help.more")),
    ]
    return tag("details", Html(tag("summary", safe(words("help.title"))) + join(said)), "jp-help")


def copy_link(words: Words) -> Html:
    """A button that copies the address of what is shown, and says so."""
    told = {"data-jp-copy": "address", "data-done": words("copy.done"), "data-failed": words("copy.failed")}
    button = tag("button", safe(words("copy.do")), "jp-button", type="button", **told)
    return tag("div", Html(button + tag("span", Html(""), "jp-small", role="status")), "jp-links")


def tour(person: Person, address: Address, words: Words) -> Html:
    """The first three steps of a role, until its reader closes them in this browser for good."""
    clean = Address(lang=address.lang, unit=person.unit_id)
    steps = [
        Html(link(words(f"page.{page}"), clean.href(page)) + safe(f" — {words(f'tour.{person.role}.{page}')}"))
        for page in STEPS[person.role]
    ]
    close = tag("button", safe(words("tour.close")), "jp-button", type="button", **{"data-jp-toured": person.role})
    inside = [
        paragraph(words("tour.title"), "jp-subheading"),
        tag("ol", join(tag("li", step) for step in steps)),
        close,
    ]
    return tag(
        "section", join(inside), f"jp-state jp-tour jp-tour-{person.role}", **{"aria-label": words("tour.title")}
    )


def landing(person: Person) -> PageName:
    """Where a role comes in, and where its tour is offered."""
    return "department" if person.unit_id else PAGES[0]


def term(name: str, address: Address, words: Words) -> Html:
    """A small link beside a figure that leads to what its term means.

    Args:
        name: of the term, as the glossary lists it.
        address: where the reader is.
        words: the reader's language.
    """
    there = Address(year=address.year, release=address.release, lang=address.lang, find=name).href("glossary")
    return tag("a", safe("ⓘ"), "jp-term", href=there, target="_self", **{"aria-label": words("term.of", term=name)})
