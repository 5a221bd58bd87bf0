"""A panel's marks, written down as records once the panel is closed."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from etl.engine import Engine
from etl.errors import Fault, UsageError
from etl.intake.beside import read_part
from etl.intake.rulings import write_rows
from etl.intake.stage import stage

KIND: Final = "panel_marks"
_BEHIND: Final = ("departments", "aliases", KIND)
"""What marks refer to, and the marks there are."""


def write_marks(folder: Path, rows: Sequence[Mapping[str, str]]) -> int:
    """Write the marks of one panel; written once more they stay as they are.

    Args:
        folder: received files; `panel_marks.csv` in it is written, and `sources.toml` where it lacks that file.
        rows: the columns of the kind as text, all of one year and indicator.

    Returns:
        how many marks there are.

    Raises:
        UsageError: marks of that year and indicator came from elsewhere, so that two panels would be mixed; or a row
            is no mark.
        UnreadableInput: a file of the folder cannot be read.
    """
    ours = {(row["unit_id"], row["assessor"]) for row in rows}
    pairs = {(row["year"], row["indicator"]) for row in rows}
    others = [found for pair in sorted(pairs) for found in _marks_of(folder, *pair) if found not in ours]
    if others:
        raise UsageError(Fault("panel_marks_elsewhere", KIND, {"marks": len(others)}))
    return len(write_rows(folder, KIND, rows))


def _marks_of(folder: Path, year: str, indicator: str) -> list[tuple[str, str]]:
    """Department and assessor of every mark of one panel that there is already."""
    sources, beside = read_part(folder, _BEHIND)
    with tempfile.TemporaryDirectory(prefix="jipyo-") as job, Engine(Path(job)) as engine:
        stage(folder, sources, Path(job), engine, beside)
        rows = engine.rows(
            "SELECT unit_id, assessor FROM staged_panel_marks WHERE year = ? AND indicator = ?",
            [int(year), indicator],
        )
    return [(unit_id, assessor) for unit_id, assessor in rows]
