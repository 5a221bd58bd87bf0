"""The small evaluation under `tests/golden`: its records, its rulebook and the tables expected of it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from etl.evaluate import Outcome, evaluate

GOLDEN: Final = Path(__file__).parent
RECORDS: Final = GOLDEN / "records"
RULEBOOK: Final = GOLDEN / "rulebook.toml"
EXPECTED: Final = GOLDEN / "expected"


def evaluate_golden(releases: Path, records: Path = RECORDS) -> Outcome:
    """Evaluate the records, or a copy of them, under the golden rulebook."""
    return evaluate(records, RULEBOOK, releases)


def evaluate_reuses(folder: Path) -> Outcome:
    """Evaluate the records where reuses of a case count for its department: U03 (민원과) took over one of U02.

    Args:
        folder: an empty one, for the rulebook and the release.
    """
    rulebook = folder / "reuses.toml"
    said = RULEBOOK.read_text(encoding="utf-8").replace('"policies_using_data"', '"practices_reused"')
    rulebook.write_text(said, encoding="utf-8")
    return evaluate(RECORDS, rulebook, folder / "releases")


def tables(release: Path) -> dict[str, bytes]:
    """The text tables of a release, by file name."""
    return {path.name: path.read_bytes() for path in release.glob("*.csv")}
