"""`python -m bench.pages`: how long pages take in a browser, and what a rerun of a page costs the server.

A page counts as there once its script has ended, its title and every chart of it are drawn and nothing of the page
before is left. A click is timed by the browser, from the event to the frame after that; loading by the clock here. The
server's CPU is read from the system before and after; a rerun costs what all threads of its process used, the sending
of its messages included.
"""

from __future__ import annotations

import argparse
import csv
import math
import os
import re
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Locator, Page, sync_playwright

from etl.evaluate import evaluate
from etl.given import score_table
from etl.release.folder import publish
from etl.scoring.rulebook import parse_rulebook

CHROMIUM: Final = "/usr/bin/chromium"
RULEBOOK: Final = "data/rulebooks/demo-2021.toml"
SHORT: Final = {
    "overview": "",
    "ranking": "ranking",
    "department": "department?unit={unit}",
    "indicator": "indicator?indicator=training_uptake",
}
PATIENCE_MS: Final = 120_000
_DRAWN: Final = """() => document.querySelector('[data-testid=stApp][data-test-script-state=notRunning] h1.jp-title')
    && !document.querySelector('[data-stale=true], [data-testid=stStatusWidget], [data-testid=stSkeleton]')
    && [...document.querySelectorAll('[data-testid=stPlotlyChart]')].every(chart => chart.querySelector('.main-svg'))
"""
_TIMED: Final = f"""what => {{
    const isDrawn = {_DRAWN}
    const before = document[what]
    window.benchTook = null
    addEventListener('click', event => {{
        const look = () => document[what] !== before && isDrawn()
            ? requestAnimationFrame(() => {{ window.benchTook = performance.now() - event.timeStamp }})
            : requestAnimationFrame(look)
        requestAnimationFrame(look)
    }}, {{capture: true, once: true}})
}}"""


@dataclass(frozen=True, slots=True)
class Body:
    """A folder of releases to look at, with a department and a peer group's filter in it."""

    name: str
    releases: Path
    unit: str


def main() -> int:
    """Measure both bodies and print them as a table."""
    options = _options()
    cache = Path("var/bench/pages")
    print(f"{os.cpu_count()} cores, {options.rounds} rounds; seconds\n")
    print("| body | what | median | p95 | server CPU |")
    print("|---|---|---|---|---|")
    for body in (demonstration(cache), five_thousand(cache)):
        with served(body, cache) as (address, process), browser_page(address) as page:
            for name, path in SHORT.items():
                visit = partial(_visit, page, f"{address}/{path.format(unit=body.unit)}")
                visit()  # the first visit works out what is then remembered
                _print(
                    body,
                    f"{name}, loaded anew",
                    [_cost(process, visit) for _ in range(options.rounds)],
                )
            for name, clicks in CLICKS.items():
                _print(body, name, list(clicks(page, address, process, options.rounds)))
    return 0


# What is clicked -----------------------------------------------------------------------------------------------------

Cost = tuple[float, float]
"""Seconds on the clock, and of the server's CPU."""


def change_order(page: Page, address: str, process: int, rounds: int) -> Iterator[Cost]:
    """Another order of the ranking, to and fro."""
    _visit(page, f"{address}/ranking")
    for at in range(rounds):
        choice = page.get_by_role("radio", name=("이름", "순위")[at % 2], exact=True)
        yield _cost(process, partial(_press, page, choice, "URL"))


def open_department(page: Page, address: str, process: int, rounds: int) -> Iterator[Cost]:
    """One department of the ranking after another by its link, each looked at before one goes back.

    The first is not counted: it is what the browser reads its program for drawing charts for.
    """
    _visit(page, f"{address}/ranking")
    for at in range(rounds + 1):
        link = page.locator('[data-testid="stMain"] tbody').first.locator('a[href^="department?"]').nth(at)
        cost = _cost(process, partial(_press, page, link, "title"))
        if at:
            yield cost
        page.go_back()
        page.wait_for_url(re.compile("/ranking"))
        _wait_until_drawn(page)
        time.sleep(1)


CLICKS: Final[Mapping[str, Callable[..., Iterator[Cost]]]] = {
    "ranking, another order": change_order,
    "ranking, a click on a department": open_department,
}


def _press(page: Page, where: Locator, changes: str) -> float:
    """Press something, and wait for the new picture: the seconds the browser says this took.

    Args:
        page: where it stands.
        where: what is pressed.
        changes: what of the document the server changes after that, `title` or `URL`.
    """
    page.evaluate(_TIMED, changes)
    where.click()
    page.wait_for_function("() => window.benchTook !== null", timeout=PATIENCE_MS)
    return float(page.evaluate("() => window.benchTook")) / 1000


def _visit(page: Page, where: str) -> float:
    begun = time.perf_counter()
    page.goto(where)
    _wait_until_drawn(page)
    return time.perf_counter() - begun


def _wait_until_drawn(page: Page) -> None:
    page.wait_for_function(_DRAWN, timeout=PATIENCE_MS)


def _cost(process: int, act: Callable[[], float]) -> Cost:
    cpu = cpu_seconds(process)
    wall = act()
    time.sleep(0.3)  # what the server still does after the picture is there belongs to it
    return wall, cpu_seconds(process) - cpu


def cpu_seconds(process: int) -> float:
    """What a process has used so far."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


# What is looked at ---------------------------------------------------------------------------------------------------


def demonstration(cache: Path) -> Body:
    """The synthetic city in two years."""
    folder = cache / "demonstration"
    if not folder.is_dir():
        for year in (2020, 2021):
            publish(evaluate(Path("data/demo"), Path(f"data/rulebooks/demo-{year}.toml"), folder).release)
    return Body("demonstration", folder, "0010030")


def five_thousand(cache: Path) -> Body:
    """Five thousand departments in five peer groups, with figures that differ."""
    folder = cache / "large"
    if not folder.is_dir():
        folder.mkdir(parents=True)
        units = [(f"{at:05}", f"부서 {at:05}", GROUPS[at % len(GROUPS)]) for at in range(5_000)]
        rulebook = parse_rulebook(Path(RULEBOOK).read_bytes(), RULEBOOK, None)
        named = {metric for indicator in rulebook.indicators for _, metric in indicator.metrics()}
        named |= {metric for rule in rulebook.bonus for _, metric in rule.metrics()}
        named |= {metric for one in rulebook.headlines for metric in (one.metric, one.ratio_to) if metric is not None}
        metrics = sorted(named)
        rows = [
            (unit, metric, str((at * (7 + place)) % 97))
            for at, (unit, _, _) in enumerate(units)
            for place, metric in enumerate(metrics)
        ]
        _write(cache / "units.csv", [("unit_id", "name", "peer_group"), *units])
        _write(cache / "metrics.csv", [("unit_id", "metric", "value"), *rows])
        publish(score_table(cache / "metrics.csv", Path(RULEBOOK), folder, cache / "units.csv").release)
    return Body("5,000 departments", folder, "00030")


GROUPS: Final = ("support", "line", "office", "town", "agency")


def _write(path: Path, rows: Sequence[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)


@contextmanager
def served(body: Body, cache: Path) -> Iterator[tuple[str, int]]:
    """A dashboard over a body's releases, as (address, process); it ends with the block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "jipyo", "serve", "--demonstration", "--releases", str(body.releases)]
    process = subprocess.Popen(
        [*command, "--state", str(cache / "state"), "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_until_healthy(address)
        yield address, process.pid
    finally:
        process.terminate()
        process.wait()


def _wait_until_healthy(address: str) -> None:
    for _ in range(1_200):
        try:
            with urlopen(f"{address}/health", timeout=1):
                return
        except (URLError, OSError):
            time.sleep(0.05)
    raise SystemExit("the server was not healthy within a minute")


@contextmanager
def browser_page(address: str) -> Iterator[Page]:
    """A browser signed in as the evaluator of the demonstration."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="ko-KR")
        page.set_default_timeout(PATIENCE_MS)
        page.goto(address)
        page.fill('input[name="login"]', "evaluator")
        page.fill('input[name="password"]', "evaluator-2021")
        page.keyboard.press("Enter")
        _wait_until_drawn(page)
        yield page
        browser.close()


def _print(body: Body, what: str, costs: Sequence[Cost]) -> None:
    walls = sorted(wall for wall, _ in costs)
    p95 = walls[math.ceil(0.95 * len(walls)) - 1]
    cpu = statistics.median(cpu for _, cpu in costs)
    print(f"| {body.name} | {what} | {statistics.median(walls):.2f} | {p95:.2f} | {cpu:.3f} |", flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.pages", description=__doc__)
    parser.add_argument("--rounds", type=int, default=20, help="how often each is done (20)")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
