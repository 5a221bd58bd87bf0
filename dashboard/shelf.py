"""The releases there are: which are published, and opening one only if it is what its seal says."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, Literal

from etl.errors import JipyoError
from etl.insight.reading import Reading, open_release
from etl.release.folder import CURRENT, MANIFEST, SUMS, published, sha256_of, sums_text

RELEASES: Final = "JIPYO_RELEASES"
"""The environment variable that names the folder of releases."""

DEFAULT: Final = Path("var/releases")
_YEAR: Final = re.compile(r"[0-9]{4}")
_NAME: Final = re.compile(r"[0-9]{4}-[0-9a-f]{12}")

Trouble = Literal[
    "no_folder",
    "nothing_released",
    "nothing_published",
    "no_such_year",
    "not_a_year",
    "no_such_release",
    "broken",
    "broken_current",
    "not_shown_yet",
]


class NoRelease(Exception):
    """There is nothing to show, and why.

    Args:
        trouble: key of the words that say what to do.
        about: the release, year or folder it is about.
    """

    def __init__(self, trouble: Trouble, about: str) -> None:
        super().__init__(f"{trouble}: {about}")
        self.trouble, self.about = trouble, about


@dataclass(frozen=True, slots=True)
class Shelf:
    """What stands in a folder of releases.

    Attributes:
        folder: the folder.
        published: year -> name of its published release, the latest first.
        seals: name of a published release -> the digest `CURRENT` gives its `SHA256SUMS`.
        drafts: names of the releases that are not published, the latest year first.
        frozen: year -> name of the release its evaluation has frozen, where a reader may see it before it is published.
    """

    folder: Path
    published: dict[int, str]
    seals: dict[str, str]
    drafts: tuple[str, ...]
    frozen: Mapping[int, str] = field(default_factory=dict)

    @property
    def years(self) -> dict[int, str]:
        """Year -> its release, the latest first: the published one, else the frozen one."""
        return dict(sorted({**self.frozen, **self.published}.items(), reverse=True))

    def with_frozen(self, frozen: Mapping[int, str]) -> Shelf:
        """The same, with the releases of evaluations under way; those that are not there are left out."""
        return replace(self, frozen={year: name for year, name in frozen.items() if name in self.drafts})

    def choose(self, year: str | None, release: str | None) -> str:
        """The release a reader means: the one named, else the one of the year, else that of the latest year.

        Raises:
            NoRelease: there is none, or the year is none.
        """
        if release is not None:
            if release not in self.seals and release not in self.drafts:
                raise NoRelease("no_such_release", release)
            return release
        years = self.years
        if not years:
            raise NoRelease("nothing_published" if self.drafts else "nothing_released", str(self.folder))
        if year is None:
            return next(iter(years.values()))
        chosen = years.get(year_said(year))
        if chosen is None:
            raise NoRelease("no_such_year", year)
        return chosen

    def in_force(self, year: int, frozen: str | None) -> str | None:
        """The release a year's evaluation stands on: the frozen one, else the published one, else the newest draft.

        Args:
            year: evaluated.
            frozen: name of the release frozen by it.
        """
        if frozen is not None and (frozen in self.seals or frozen in self.drafts):
            return frozen
        if year in self.published:
            return self.published[year]
        return self.made_last(year)

    def made_last(self, year: int | None = None) -> str | None:
        """The draft that was made last, of one year or of all; None where there is none."""
        drafts = [name for name in self.drafts if year is None or name.startswith(f"{year}-")]
        return max(drafts, key=lambda name: (self.folder / name / MANIFEST).stat().st_mtime_ns, default=None)

    @property
    def years_released(self) -> list[int]:
        """The years there is any release of, the latest first."""
        return sorted({*self.published, *(int(name[:4]) for name in self.drafts)}, reverse=True)

    def is_published(self, release: str) -> bool:
        """Whether `CURRENT` points at it."""
        return release in self.seals


def year_said(text: str) -> int:
    """The year an address says.

    Raises:
        NoRelease: it is none, as 21 or abc.
    """
    if _YEAR.fullmatch(text) is None:
        raise NoRelease("not_a_year", text)
    return int(text)


def folder_of_releases() -> Path:
    """Where the releases are: the environment says it, or else where `make run` puts them."""
    return Path(os.environ.get(RELEASES) or DEFAULT)


def look(folder: Path) -> Shelf:
    """The releases of a folder.

    Raises:
        NoRelease: there is no such folder, or its `CURRENT` cannot be read.
    """
    if not folder.is_dir():
        raise NoRelease("no_folder", str(folder))
    try:
        pointers = published(folder)
        years = {pointer.year: pointer.release for pointer in pointers}
    except (OSError, JipyoError):
        raise NoRelease("broken_current", str(folder / CURRENT)) from None
    seals = {pointer.release: pointer.seal for pointer in pointers}
    found = (path.name for path in folder.iterdir() if _NAME.fullmatch(path.name) and (path / MANIFEST).is_file())
    drafts = sorted((name for name in found if name not in seals), reverse=True)
    return Shelf(folder, dict(sorted(years.items(), reverse=True)), seals, tuple(drafts))


def open_sealed(folder: Path, seal: str | None) -> Reading:
    """Read a release after comparing every file with its seal, and the seal with the one that was published.

    Args:
        folder: the release.
        seal: the digest of `SHA256SUMS` when it was published; None where it is not.

    Raises:
        NoRelease: it is not what it was, or cannot be read.
    """
    try:
        intact = sums_text(folder) == (folder / SUMS).read_bytes() and seal in (None, sha256_of(folder / SUMS))
        if not intact:
            raise NoRelease("broken", folder.name)
        reading = open_release(folder)
        # All tables at once: a release is either shown whole or not at all.
        _ = (reading.scores, reading.ranks, reading.indicators, reading.contributions, reading.metrics)
        _ = (reading.headlines, reading.history, reading.has_records)
    except (OSError, ValueError, KeyError, JipyoError):
        raise NoRelease("broken", folder.name) from None
    return reading
