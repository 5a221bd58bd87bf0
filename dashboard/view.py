"""What a page begins with: the address, the release it means, and everything made from it, remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final, TypeVar, cast

import streamlit as st
from plotly.graph_objects import Figure

from dashboard.access import Person, Scope, State, scope_of
from dashboard.address import Address
from dashboard.frames.source import Source
from dashboard.guidance import term
from dashboard.markup import Html
from dashboard.reader import frozen_for, scope_of_release, sees_drafts, standing_of_release
from dashboard.shelf import NoRelease, Shelf, folder_of_releases, look, open_sealed
from dashboard.theme import PALETTES, Palette
from dashboard.words import Words
from dashboard.workflow.steps import Standing
from etl.insight.earlier import with_earlier_records
from etl.insight.reading import Reading

T = TypeVar("T")
DRAWN_IN: Final = PALETTES["light"]
"""The colours every figure is drawn in; on a dark screen the stylesheet turns them."""


@dataclass(frozen=True)
class View:
    """One reader's view of one release.

    Attributes:
        address: where the reader is.
        shelf: the releases there are.
        source: what frames are made from.
        person: who reads.
        standing: how far the release has come.
    """

    address: Address
    shelf: Shelf
    source: Source
    person: Person
    standing: Standing

    @property
    def words(self) -> Words:
        """The reader's language."""
        return self.source.words

    @property
    def reading(self) -> Reading:
        """The release."""
        return self.source.reading

    def known(self, part: str, options: Iterable[str]) -> str | None:
        """A part of the address, if it names one of the options."""
        said: str | None = getattr(self.address, part)
        return said if said in set(options) else None

    def means(self, key: str) -> Html:
        """A small link to what a term means; `key` is that of the glossary, as `rank_range`."""
        return term(self.words(f"glossary.term.{key}"), self.address, self.words)

    @property
    def own_unit(self) -> str | None:
        """The reader's own department, where this release has it."""
        return self.person.unit_id if self.person.unit_id in self.source.units else None

    @property
    def is_superseded(self) -> bool:
        """Whether what is shown was published once, and another release has taken its place."""
        return self.standing.state is State.PUBLISHED and not self.shelf.is_published(self.reading.folder.name)

    def trouble_with_unit(self, *, records: bool = False) -> str | None:
        """Why the department of the address cannot be shown; None where it can, or where none is named.

        Args:
            records: whether the page shows the records behind its figures, not the figures alone.
        """
        unit = self.address.unit
        if unit is None or unit in (self.source.record_units if records else self.source.units):
            return None
        return "not_yours" if unit in self.reading.units else "no_unit"

    def remember(self, what: str, make: Callable[[], T]) -> T:
        """What `make` makes, made once for this release, the years before it, this scope and language.

        Args:
            what: tells it from everything else made of the release: its name and what it depends on besides.
            make: makes it.
        """
        return _remembered(f"{what}\n{self.source.key}", make)

    def keep(self, what: str, make: Callable[[], T]) -> T:
        """What `make` makes of this view, made once for as long as its reader stays at this address.

        For what holds links, which say the whole address, and for what a reader chooses freely, as a supposition or a
        handful of departments: remembering it for everybody would have no end.

        Args:
            what: tells it from everything else made of the view.
            make: makes it.
        """
        made_of, key = (self.source.key, self.address), f"kept {what}"
        if key not in st.session_state or st.session_state[key][0] != made_of:
            st.session_state[key] = (made_of, make())
        return cast(T, st.session_state[key][1])

    def read(self, what: str, make: Callable[[Reading], T]) -> T:
        """What `make` reads from the release, read once for everybody: it knows no scope and no language.

        Args:
            what: tells it from everything else read of the release.
            make: reads it; it is given the release and must depend on nothing else but what `what` names.
        """
        return read_once(self.source.reading, what, make)

    def draw(self, what: str, make: Callable[[Palette], Figure]) -> Figure:
        """A figure, drawn once."""
        return self.remember(f"figure {what}", lambda: make(DRAWN_IN))


def open_view(address: Address, person: Person) -> View:
    """The release an address means to a reader, with the published ones of earlier years to compare it with.

    Raises:
        NoRelease: there is nothing to show, with the reason.
    """
    words = Words(address.language)
    shelf = look(folder_of_releases()).with_frozen(frozen_for(person))
    chosen = _choose(shelf, address, person)
    standing = standing_of_release(chosen, shelf.is_published(chosen))
    scope = scope_of(person, standing.state, standing.briefed)
    if scope is None:
        raise NoRelease("not_shown_yet", chosen)
    reading = open_reading(shelf, chosen)
    earlier = earlier_of(reading, shelf, lambda name: scope_of_release(person, name, published=True) is not None)
    return View(address, shelf, source_once(reading, earlier, scope, words), person, standing)


def other_years(view: View) -> list[Reading]:
    """The published releases of other years than the one shown, as far as the reader may see them."""
    names = [name for year, name in view.shelf.published.items() if year != view.source.year]
    seen = (name for name in names if scope_of_release(view.person, name, published=True) is not None)
    return [open_reading(view.shelf, name) for name in seen]


def earlier_of(reading: Reading, shelf: Shelf, may_see: Callable[[str], bool]) -> tuple[Reading, ...]:
    """The published releases of earlier years, of those somebody may see, the latest first.

    Raises:
        NoRelease: one of them is not what it was.
    """
    year = reading.rulebook.evaluation.year
    names = [name for known, name in shelf.published.items() if known < year and may_see(name)]
    return with_earlier_records(reading, (open_reading(shelf, name) for name in names))


def _choose(shelf: Shelf, address: Address, person: Person) -> str:
    """The release an address means; whoever may not see drafts is not told whether there are any."""
    try:
        return shelf.choose(address.year, address.release)
    except NoRelease as nothing:
        if nothing.trouble in {"no_such_year", "not_a_year"} or sees_drafts(person):
            raise
        raise NoRelease("not_shown_yet", address.release or "") from None


def open_reading(shelf: Shelf, name: str) -> Reading:
    """One release, whole and as it was sealed, whoever may see what of it.

    Raises:
        NoRelease: it is not what it was.
    """
    folder, seal = shelf.folder / name, shelf.seals.get(name)
    return _remembered(f"reading\n{folder.absolute()}\n{seal}", lambda: open_sealed(folder, seal))


def source_once(reading: Reading, earlier: tuple[Reading, ...], scope: Scope, words: Words) -> Source:
    """One source for everybody who sees the same, so that what it works out once stays worked out."""
    source = Source(reading, earlier, scope, words)
    return _remembered(f"source\n{source.key}", lambda: source)


def read_once(reading: Reading, what: str, make: Callable[[Reading], T]) -> T:
    """What `make` reads from a release, read once for everybody; `what` tells it from everything else read of it."""
    key = "\n".join(["read", what, str(reading.folder) + reading.manifest.release_id])
    return _remembered(key, lambda: make(reading))


def _remembered(key: str, make: Callable[[], T]) -> T:
    return cast(T, _cache(key, make))


@st.cache_resource(show_spinner=False, max_entries=2048)
def _cache(key: str, _make: Callable[[], Any]) -> Any:  # noqa: ARG001, the key is what is remembered by
    return _make()
