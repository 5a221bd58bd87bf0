"""A dashboard served on a free port of this machine, for as long as a test needs it, and browsers signed in to it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Page

from dashboard.access import Role
from dashboard.gate.house import COOKIE
from tests.dashboard.signing_in import People

PATIENCE = 120.0
By = Literal["jipyo serve", "streamlit run"]


@dataclass(frozen=True, slots=True)
class Served:
    """A dashboard that is served.

    Attributes:
        address: of it.
        people: those who can sign in.
    """

    address: str
    people: People

    def enter(self, page: Page, role: Role = Role.EVALUATOR, unit_id: str | None = None) -> None:
        """Sign a browser in, without the sign-in page: with the cookie of a session that is in the database."""
        token = self.people.token(role, unit_id)
        page.context.add_cookies([{"name": COOKIE, "value": token, "url": self.address, "httpOnly": True}])


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(
    project: Path,
    releases: Path,
    log: Path,
    by: By = "streamlit run",
    *,
    demonstration: bool = False,
    records: Path | None = None,
) -> Iterator[Served]:
    """A dashboard over a folder of releases; its accounts are kept beside the log; it ends with the block."""
    port, state = free_port(), log.parent / "state"
    people = People(state)
    environment = {
        **os.environ,
        "JIPYO_RELEASES": str(releases),
        "JIPYO_STATE": str(state),
        "JIPYO_SESSION_IDLE_MINUTES": str(people.settings.session_idle_minutes),
        **({"JIPYO_DEMONSTRATION": "1"} if demonstration else {}),
        **({"JIPYO_RECORDS": str(records)} if records else {}),
    }
    commands = {
        "jipyo serve": ["-m", "jipyo", "serve", f"--releases={releases}", f"--port={port}"],
        "streamlit run": ["-m", "streamlit", "run", "streamlit_app.py", f"--server.port={port}"],
    }
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, *commands[by]], cwd=project, env=environment, stdout=output, stderr=output
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_until_healthy(address, process)
            yield Served(address, people)
        finally:
            process.terminate()
            process.wait(timeout=PATIENCE)


def _wait_until_healthy(address: str, process: subprocess.Popen[bytes]) -> None:
    begun = time.monotonic()
    while time.monotonic() - begun < PATIENCE:
        if process.poll() is not None:
            raise AssertionError(f"the server ended with {process.returncode} before it served anything")
        try:
            with urlopen(f"{address}/health", timeout=1) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.05)
    raise AssertionError(f"the server was not healthy within {PATIENCE} s")
