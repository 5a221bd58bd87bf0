"""What every peer ends with: points, scores and ranks from counts, as the benchmark's rulebook has them."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path


def write_ranks(counts: Iterable[tuple[str, int, int, int]], out: Path) -> None:
    """Write `peer_ranks.csv` of (unit_id, score, rank) from (unit_id, people, attendances, headcount)."""
    scores = [(unit_id, _score(people, attended, staff)) for unit_id, people, attended, staff in sorted(counts)]
    with (out / "peer_ranks.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["unit_id", "score", "rank"])
        for unit_id, score in scores:
            writer.writerow([unit_id, score, 1 + sum(other > score for _, other in scores)])


def digest(path: Path) -> str:
    """SHA-256 of a file: what is received and what is staged is sealed on every side."""
    found = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(1 << 20):
            found.update(block)
    return found.hexdigest()


def _score(people: int, attended: int, staff: int) -> Decimal:
    uptake = min(Decimal(people) / Decimal(staff), Decimal(1)) * 60
    volume = min(Decimal(attended) / Decimal(20000), Decimal(1)) * 40
    return (uptake + volume).quantize(Decimal("0.01"), ROUND_HALF_UP)
