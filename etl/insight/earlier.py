"""The published releases of earlier years that stand beside a release."""

from __future__ import annotations

from etl.errors import Fault, VerificationError
from etl.insight.reading import Reading, open_release
from etl.release.folder import SUMS, published, sha256_of, sums_text


def earlier_releases(reading: Reading) -> tuple[Reading, ...]:
    """What was published of earlier years in the same folder, the latest first; folders that are gone are left out.

    Raises:
        UsageError: the folder's `CURRENT` cannot be read.
        VerificationError: one of them is not as it was published.
    """
    folder, year = reading.folder.resolve().parent, reading.rulebook.evaluation.year
    found = []
    for pointer in published(folder):
        release = folder / pointer.release
        if pointer.year >= year or not (release / SUMS).is_file():
            continue
        if sha256_of(release / SUMS) != pointer.seal or sums_text(release) != (release / SUMS).read_bytes():
            raise VerificationError(Fault("verify_file_changed", pointer.release))
        found.append(open_release(release))
    return tuple(sorted(found, key=lambda one: one.rulebook.evaluation.year, reverse=True))
