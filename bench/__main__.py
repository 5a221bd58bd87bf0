"""`python -m bench`: the figures of this version, as ratios taken in one run on one machine.

Each step runs in a process of its own, the steps of a comparison in turn, several rounds; the fastest round of each
counts, because noise only ever adds. Peers must end with the same ranks, or the run fails.
"""

from __future__ import annotations

import argparse
import csv
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench.data import records_of
from bench.forms import as_workbook, in_cp949

STEPS: Final = {
    "decode": ["bench.ours", "decode"],
    "contract": ["bench.ours", "contract"],
    "jipyo": ["bench.ours", "jipyo"],
    "polars": ["bench.peers.polars_trip"],
    "pandas": ["bench.peers.pandas_trip"],
    "pydantic": ["bench.peers.pydantic_rows"],
}
WORKBOOK_ROWS: Final = 200_000


@dataclass(frozen=True, slots=True)
class Run:
    """One process: seconds on the clock, seconds of CPU, and the most memory it held in MiB."""

    wall: float
    cpu: float
    memory: int


def main() -> int:
    """Run every comparison and print it as a table."""
    options = _options()
    cache = Path("var/bench")
    if options.section == "intake":
        _print_heads(options)
        _intake(options.rows // 10, options.rounds, cache)
        return 0
    large = records_of(options.rows, cache)
    small = records_of(options.rows // 10, cache)
    _print_heads(options)
    _compare(large, options.rows, ["decode", "contract"], options.rounds, {"contract": "at most 3 x decode"})
    goals = {"polars": "Jipyo at most 1.3 x, in less memory, under 2,048 MiB", "pandas": "at least 3.5 x Jipyo"}
    _compare(large, options.rows, ["jipyo", "polars", "pandas"], options.rounds, goals)
    _compare(small, options.rows // 10, ["jipyo", "pydantic"], options.rounds, {"pydantic": "at least 8 x Jipyo"})
    _intake(options.rows // 10, options.rounds, cache)
    _demonstration(options.rounds)
    return 0


def _compare(records: Path, rows: int, steps: Sequence[str], rounds: int, goals: dict[str, str]) -> None:
    """Run the steps in turn; ratios are to the first step."""
    best: dict[str, Run] = {}
    ranks: dict[str, list[tuple[str, str]]] = {}
    for _ in range(rounds):
        for step in steps:
            with tempfile.TemporaryDirectory(dir=records.parent) as out:
                run = _measured([sys.executable, "-m", *STEPS[step], str(records), out])
                ranks[step] = _ranks(Path(out))
            best[step] = min(best.get(step, run), run, key=lambda run: run.wall)
    if any(found and found != ranks[steps[0]] for found in ranks.values()):
        raise SystemExit(f"the steps {', '.join(steps)} do not end with the same ranks")
    for step in steps:
        _print_row(step, rows, best[step], best[steps[0]], goals.get(step, ""))


def _intake(rows: int, rounds: int, cache: Path) -> None:
    """The same attendance staged from other files; ratios are to plain UTF-8 of as many rows."""
    forms = {
        "staging, UTF-8": (rows, records_of(rows, cache), ""),
        "staging, CP949": (rows, in_cp949(rows, cache), "at most 1.3 x UTF-8"),
        "staging, CSV": (WORKBOOK_ROWS, records_of(WORKBOOK_ROWS, cache), ""),
        "staging, XLSX": (WORKBOOK_ROWS, as_workbook(WORKBOOK_ROWS, cache), "under 6 s"),
    }
    best: dict[str, Run] = {}
    for _ in range(rounds):
        for form, (_, records, _) in forms.items():
            with tempfile.TemporaryDirectory(dir=cache) as out:
                run = _measured([sys.executable, "-m", "bench.ours", "staging", str(records), out])
            best[form] = min(best.get(form, run), run, key=lambda run: run.wall)
    for form, (count, _, goal) in forms.items():
        base = "staging, UTF-8" if form.endswith(("UTF-8", "CP949")) else "staging, CSV"
        _print_row(form, count, best[form], best[base], goal)


def _demonstration(rounds: int) -> None:
    """CPU of the demonstration from records to sealed release."""
    with tempfile.TemporaryDirectory() as out:
        command = [
            sys.executable,
            "-m",
            "jipyo",
            "evaluate",
            "data/demo",
            "--rulebook",
            "data/rulebooks/demo-2021.toml",
        ]
        runs = []
        for number in range(rounds):
            runs.append(_measured([*command, "--out", f"{out}/{number}"]))
            shutil.rmtree(f"{out}/{number}")
    best = min(runs, key=lambda run: run.cpu)
    _print_row("demonstration", 0, best, best, "under 3 s of CPU")


def _measured(command: Sequence[str]) -> Run:
    """Run a command to its end."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    if status:
        raise SystemExit(f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024)


def _ranks(out: Path) -> list[tuple[str, str]]:
    """(unit, rank), from a release or from a peer."""
    for file in ("ranks.csv", "peer_ranks.csv"):
        if (out / file).exists():
            with (out / file).open(encoding="utf-8", newline="") as stream:
                return [(row["unit_id"], row["rank"]) for row in csv.DictReader(stream)]
    return []


def _print_heads(options: argparse.Namespace) -> None:
    print(f"{os.cpu_count()} cores, {options.rows:,} rows of attendance, fastest of {options.rounds} rounds\n")
    print("| step | rows | wall s | CPU s | memory MiB | wall ratio | CPU ratio | goal |")
    print("|---|---|---|---|---|---|---|---|")


def _print_row(step: str, rows: int, run: Run, base: Run, goal: str) -> None:
    ratios = f"{run.wall / base.wall:.2f} | {run.cpu / base.cpu:.2f}"
    print(f"| {step} | {rows:,} | {run.wall:.1f} | {run.cpu:.1f} | {run.memory:,} | {ratios} | {goal} |", flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("section", nargs="?", choices=["all", "intake"], default="all", help="all, or reading alone")
    parser.add_argument("--rows", type=int, default=10_000_000, help="rows of attendance (10,000,000)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of each comparison (3)")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
