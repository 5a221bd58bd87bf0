"""`python -m bench.reruns`: what a rerun of each page costs, its script run again and again in one process.

Nothing is sent to a browser; Streamlit's test of an app runs the script as its server does, and reading what came out
of it counts as well. The least of the rounds is what the work takes; the others were disturbed.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from streamlit.testing.v1 import AppTest

from bench.pages import Body, demonstration, five_thousand
from dashboard.access import Role
from dashboard.address import PAGES, RELEASE_PAGES
from dashboard.shelf import RELEASES
from dashboard.workflow.accounts import NewAccount, add_account
from dashboard.workflow.audit import Actor
from dashboard.workflow.sessions import digest_of, open_session
from dashboard.workflow.settings import Settings
from dashboard.workflow.store import Store

GOAL: Final = 0.04
"""Seconds of CPU, for the demonstration."""
INDICATOR: Final = "datasets_opened"
_SCRIPT: Final = Path("dashboard/app/main.py").resolve()


def main() -> int:
    """Measure every page that shows results, of both bodies, and print them as a table."""
    parser = argparse.ArgumentParser(prog="python -m bench.reruns", description=__doc__)
    parser.add_argument("--rounds", type=int, default=7, help="how often each page is run again (7)")
    rounds: int = parser.parse_args().rounds
    logging.disable(logging.WARNING)  # there is no server, which Streamlit remarks at every run
    cache = Path("var/bench/pages")
    cache.mkdir(parents=True, exist_ok=True)
    print(f"{os.cpu_count()} cores, the least of {rounds} rounds; CPU seconds, goal {GOAL} for the demonstration\n")
    print("| page | demonstration | 5,000 departments |")
    print("|---|---|---|")
    with tempfile.TemporaryDirectory() as state:
        session = _signed_in(Path(state))
        bodies = (demonstration(cache), five_thousand(cache))
        for page in PAGES:
            if page in RELEASE_PAGES:
                costs = [f"{least(session, page, body, rounds):.3f}" for body in bodies]
                print(f"| {page} | {costs[0]} | {costs[1]} |", flush=True)
    return 0


def least(session: str, page: str, body: Body, rounds: int) -> float:
    """The CPU seconds of the cheapest rerun of a page.

    Raises:
        SystemExit: the page ends in an error.
    """
    os.environ[RELEASES] = str(body.releases)
    app = AppTest.from_file(str(_SCRIPT), default_timeout=120)
    app.user = {"session": session}
    app.query_params["unit"] = body.unit
    app.query_params["indicator"] = INDICATOR
    app.run()
    if page != PAGES[0]:
        app.switch_page(f"../pages/{page}.py").run()
    costs = []
    for _ in range(rounds):
        begun = time.process_time()
        app.run()
        costs.append(time.process_time() - begun)
    if app.exception:
        raise SystemExit(f"{page}: {app.exception[0].message}")
    return min(costs)


def _signed_in(state: Path) -> str:
    """The session of an evaluator in a store of its own."""
    os.environ["JIPYO_STATE"] = str(state)
    store = Store.open(Settings(state=state))
    with store.write() as session:
        new = NewAccount("evaluator", "evaluator", Role.EVALUATOR, None)
        account = add_account(session, Actor(None, "terminal", "bench"), new)
        return digest_of(open_session(session, account, "127.0.0.1", "password"))


if __name__ == "__main__":
    sys.exit(main())
