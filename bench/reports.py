"""`python -m bench.reports`: CPU seconds to set scorecards of 100 and 1,000 generated departments, compiler warm.

The departments stand in a scored table of twelve indicators in three areas, in five peer groups.
"""

from __future__ import annotations

import csv
import random
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from etl.exports.carried import Taken, carry
from etl.exports.pdf.press import print_pages
from etl.exports.pdf.scorecards import scorecards_data
from etl.exports.pdf.told import Told
from etl.given import score_table
from etl.insight.reading import Reading, open_release

SIZES: Final = (100, 1000)
GROUPS: Final = 5
INDICATORS: Final = 12
AREAS: Final = 3


def main() -> None:
    """Make the releases, set one card to warm the compiler, then measure; prints one row a size."""
    print("| scorecards | made ready, CPU s | set, CPU s | set, wall s | MB |")
    print("|---|---|---|---|---|")
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            print(_row(_release(Path(folder), size)))


def _row(reading: Reading) -> str:
    carried = carry(reading, Taken("bench", datetime(2022, 1, 1, tzinfo=UTC)))
    told = Told(carried, "ko")
    codes = [unit.unit_id for unit in told.results.units]
    print_pages("scorecards", scorecards_data(told, codes[:1]), carried)
    begun = time.process_time()
    data = scorecards_data(told, codes)
    ready, wall = time.process_time(), time.perf_counter()
    made = print_pages("scorecards", data, carried)
    cpu, seconds = time.process_time() - ready, time.perf_counter() - wall
    return f"| {len(codes):,} | {ready - begun:.2f} | {cpu:.2f} | {seconds:.2f} | {len(made) / 1e6:.1f} |"


def _release(folder: Path, units: int) -> Reading:
    drawn = random.Random(2021)
    with (folder / "units.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("unit_id", "name", "peer_group"))
        writer.writerows((f"U{at:04}", f"제{at}과", f"g{at % GROUPS}") for at in range(units))
    with (folder / "metrics.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("unit_id", "metric", "value"))
        for at in range(units):
            writer.writerows((f"U{at:04}", f"m{number}", drawn.randint(0, 40)) for number in range(INDICATORS))
    (folder / "rules.toml").write_text(_rules(), encoding="utf-8")
    done = score_table(folder / "metrics.csv", folder / "rules.toml", folder / "releases", folder / "units.csv")
    return open_release(done.release)


def _rules() -> str:
    parts = [
        '[evaluation]\nid = "bench"\ntitle = "성적표 만들기"\nyear = 2021\nexample = true\n',
        '[score]\naggregation = "sum_of_points"\ntotal = 120\nmissing = "zero"\nrounding = { places = 2 }\n',
    ]
    parts += [f'[[peer_groups]]\nid = "g{at}"\nname = "평가군 {at}"\n' for at in range(GROUPS)]
    weight = 10 * INDICATORS // AREAS
    parts += [
        f'[[areas]]\nid = "a{at}"\nname = "영역 {at}"\naggregation = "sum_of_points"\nweight = {weight}\n'
        for at in range(AREAS)
    ]
    parts += [
        f'[[indicators]]\nid = "m{at}"\narea = "a{at % AREAS}"\nname = "지표 {at}"\nnumerator = "m{at}"\nweight = 10\n'
        'points = { method = "attainment", target = 40 }\n'
        for at in range(INDICATORS)
    ]
    return "\n".join(parts)


if __name__ == "__main__":
    main()
