"""An evaluated example, its release read with nothing but the csv module."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from etl.evaluate import Outcome, evaluate


@dataclass(frozen=True)
class Example:
    """The folder of records, what came out of it, and the release's tables."""

    records: Path
    outcome: Outcome

    def table(self, name: str) -> list[dict[str, str]]:
        """The rows of a published table."""
        return rows_of(self.outcome.release / f"{name}.csv")

    def received(self, file: str, delimiter: str = ",") -> list[dict[str, str]]:
        """The rows of a received file."""
        return rows_of(self.records / file, delimiter)

    def values(self, metric: str) -> dict[str, Decimal | None]:
        """What a metric measured for every department; None is missing."""
        return {
            row["unit_id"]: Decimal(row["value"]) if row["value"] else None
            for row in self.table("metrics")
            if row["metric"] == metric
        }

    def ranked(self) -> set[str]:
        """The departments that have a rank."""
        return {row["unit_id"] for row in self.table("ranks")}


def evaluate_example(records: Path, rulebook: Path, releases: Path) -> Example:
    """Evaluate a folder of records under a rulebook."""
    return Example(records, evaluate(records, rulebook, releases))


def rows_of(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    """Every row of a delimited file."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=delimiter))


def misplaced(example: Example, file: str, column: str, delimiter: str = ",") -> Sequence[dict[str, str]]:
    """Rejects of a file whose text does not stand in the received row they name, under that column."""
    received = example.received(file, delimiter)
    return [
        reject
        for reject in example.table("rejects")
        if reject["file"] == file
        and reject["reason"] == "unknown_name"
        and received[int(reject["row"]) - 2][column].strip() != reject["text"]
    ]
