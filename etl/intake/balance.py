"""Where the rows of every source went, counted in what was written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from etl.engine import Engine, one_file, text
from etl.intake.checks import UNKNOWN_NAME


class Placed(NamedTuple):
    """How many rows of a source went where.

    Attributes:
        staged: those that became records.
        rejected: those with a fault.
        held: those in which nothing is wrong but a name that nobody has decided on.
    """

    staged: int = 0
    rejected: int = 0
    held: int = 0


def placed_by_source(engine: Engine, origins: Sequence[Path]) -> Mapping[int, Placed]:
    """Where the rows of every source went that has any.

    Args:
        engine: the job's engine; it holds the table `rejects`.
        origins: the files of (source, row_no).
    """
    files = ", ".join(map(one_file, origins))
    by_row = f"SELECT source, bool_and(reason = {text(UNKNOWN_NAME)}) AS is_held FROM rejects GROUP BY source, row_no"
    rows = engine.rows(
        "SELECT source, SUM(staged), SUM(rejected), SUM(held) FROM ("
        f"SELECT source, COUNT(*) AS staged, 0 AS rejected, 0 AS held FROM read_parquet([{files}]) GROUP BY source"
        " UNION ALL SELECT source, 0, COUNT(*) FILTER (NOT is_held), COUNT(*) FILTER (is_held)"
        f" FROM ({by_row}) GROUP BY source) GROUP BY source"
    )
    return {source: Placed(int(staged), int(rejected), int(held)) for source, staged, rejected, held in rows}
