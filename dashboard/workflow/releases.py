"""A release as the steps need it: computed again and found to be what it claims, with the rules it was made under."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from etl.errors import Fault
from etl.release.seal import read_manifest
from etl.verify import verify


@dataclass(frozen=True, slots=True)
class CheckedRelease:
    """A release that was verified.

    Attributes:
        folder: where it is.
        rulebook: digest of the rulebook it was made under.
        has_records: whether there are records behind its metrics.
    """

    folder: Path
    rulebook: str
    has_records: bool

    @property
    def name(self) -> str:
        """What it is called."""
        return self.folder.name

    @property
    def year(self) -> int:
        """The year evaluated; a verified release's name begins with it."""
        return int(self.name[:4])


def check_release(folder: Path) -> CheckedRelease:
    """Verify a release; takes as long as computing it again.

    Raises:
        VerificationError: it is not what it claims to be.
    """
    verify(folder)
    facts = read_manifest(folder).facts
    return CheckedRelease(folder, facts["rulebook"]["sha256"], facts["basis"] == "records")


def faults_for(release: CheckedRelease, year: int, approved: str | None) -> Iterator[Fault]:
    """Why a release cannot become that of an evaluation.

    Args:
        release: what is proposed.
        year: evaluated.
        approved: digest of the rulebook in force; None where there is none, which is told elsewhere.
    """
    if release.year != year:
        yield Fault("release_of_another_year", release.name, {"year": year})
    if not release.has_records:
        yield Fault("release_without_records", release.name)
    if approved is not None and release.rulebook != approved:
        yield Fault(
            "release_under_other_rules", release.name, {"digest": release.rulebook[:12], "approved": approved[:12]}
        )
