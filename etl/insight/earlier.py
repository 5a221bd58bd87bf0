"""The published releases of earlier years that stand beside a release."""

from __future__ import annotations

from collections.abc import Iterable

from etl.errors import Fault, VerificationError
from etl.insight.reading import Reading, open_release
from etl.release.folder import SUMS, published, sha256_of, sums_text


def earlier_releases(reading: Reading) -> tuple[Reading, ...]:
    """What was published of earlier years in the same folder, the latest first; folders that are gone are left out.

    Raises:
        UsageError: the folder's `CURRENT` cannot be read.
        VerificationError: one of them is not as it was published.
    """
    folder = reading.folder.resolve().parent
    found = []
    for pointer in published(folder):
        release = folder / pointer.release
        if pointer.year >= reading.rulebook.evaluation.year or not (release / SUMS).is_file():
            continue
        if sha256_of(release / SUMS) != pointer.seal or sums_text(release) != (release / SUMS).read_bytes():
            raise VerificationError(Fault("verify_file_changed", pointer.release))
        found.append(open_release(release))
    return with_earlier_records(reading, found)


def with_earlier_records(reading: Reading, others: Iterable[Reading]) -> tuple[Reading, ...]:
    """Those that evaluate days before the first one a release evaluates, the latest first.

    A release that looks at the same records again is no year before, whatever year its rulebook bears.
    """
    begins = reading.rulebook.evaluation.period.start
    found = (other for other in others if other.rulebook.evaluation.period.end < begins)
    return tuple(sorted(found, key=lambda one: one.rulebook.evaluation.year, reverse=True))


def year_before(reading: Reading, earlier: Iterable[Reading]) -> Reading | None:
    """The release of the year before that of a release, where it is among the earlier ones."""
    year = reading.rulebook.evaluation.records_year - 1
    return next((other for other in earlier if other.rulebook.evaluation.records_year == year), None)
