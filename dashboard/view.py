"""What a page begins with: the address, the release it means, and everything made from it, remembered."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, cast

import streamlit as st
from plotly.graph_objects import Figure

from dashboard.access import Scope, scope_of
from dashboard.address import Address
from dashboard.frames.source import Source
from dashboard.reader import person_of_reader, standing_of_release
from dashboard.shelf import DEFAULT, RELEASES, NoRelease, Shelf, look, open_sealed
from dashboard.theme import PALETTES, Palette, Theme
from dashboard.words import Words
from etl.insight.reading import Reading

T = TypeVar("T")


@dataclass(frozen=True)
class View:
    """One reader's view of one release.

    Attributes:
        address: where the reader is.
        shelf: the releases there are.
        source: what frames are made from.
    """

    address: Address
    shelf: Shelf
    source: Source

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

    def trouble_with_unit(self) -> str | None:
        """Why the department of the address cannot be shown; None where it can, or where none is named."""
        unit = self.address.unit
        if unit is None or unit in self.source.units:
            return None
        return "not_yours" if unit in self.reading.units else "no_unit"

    def remember(self, what: str, make: Callable[[], T]) -> T:
        """What `make` makes, made once for this release, the years before it, this scope and language.

        Args:
            what: tells it from everything else made of the release: its name and what it depends on besides.
            make: makes it.
        """
        source = self.source
        ids = [str(reading.folder) + reading.manifest.release_id for reading in (source.reading, *source.earlier)]
        return _remembered("\n".join([what, *ids, source.scope.key, source.words.language]), make)

    def draw(self, what: str, make: Callable[[Palette], Figure]) -> Figure:
        """A figure in the colours of the reader's theme, drawn once."""
        theme = theme_of_reader()
        return self.remember(f"figure {theme} {what}", lambda: make(PALETTES[theme]))


def open_view(address: Address) -> View:
    """The release an address means, with the published ones of earlier years to compare it with.

    Raises:
        NoRelease: there is nothing to show, with the reason.
    """
    shelf = look(folder_of_releases())
    chosen = shelf.choose(address.year, address.release)
    standing = standing_of_release(chosen, shelf.is_published(chosen))
    scope, words = scope_of(person_of_reader(), standing.state, standing.briefed), Words(address.language)
    if scope is None:
        raise NoRelease("not_shown_yet", chosen)
    reading = open_reading(shelf, chosen)
    year = reading.rulebook.evaluation.year
    earlier = tuple(open_reading(shelf, name) for known, name in shelf.published.items() if known < year)
    return View(address, shelf, _source(reading, earlier, scope, words))


def folder_of_releases() -> Path:
    """Where the releases are: the environment says it, or else where `make run` puts them."""
    return Path(os.environ.get(RELEASES) or DEFAULT)


def theme_of_reader() -> Theme:
    """Light or dark, as the reader's browser says."""
    return "dark" if st.context.theme.type == "dark" else "light"


def open_reading(shelf: Shelf, name: str) -> Reading:
    """One release, whole and as it was sealed, whoever may see what of it.

    Raises:
        NoRelease: it is not what it was.
    """
    folder, seal = shelf.folder / name, shelf.seals.get(name)
    return _remembered(f"reading\n{folder.absolute()}\n{seal}", lambda: open_sealed(folder, seal))


def _source(reading: Reading, earlier: tuple[Reading, ...], scope: Scope, words: Words) -> Source:
    """One source for everybody who sees the same, so that what it works out once stays worked out."""
    ids = [str(one.folder) + one.manifest.release_id for one in (reading, *earlier)]
    key = "\n".join(["source", *ids, scope.key, words.language])
    return _remembered(key, lambda: Source(reading, earlier, scope, words))


def _remembered(key: str, make: Callable[[], T]) -> T:
    return cast(T, _cache(key, make))


@st.cache_resource(show_spinner=False, max_entries=2048)
def _cache(key: str, _make: Callable[[], Any]) -> Any:  # noqa: ARG001, the key is what is remembered by
    return _make()
