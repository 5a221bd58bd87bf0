"""What every test may rely on: a network that ends at this machine, patient generated cases, and a browser."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
LOOPBACK = ("127.", "::1", "localhost")

# On a shared machine a single example can be slow for reasons of its own: no deadline for it.
settings.register_profile("jipyo", deadline=None, print_blob=True)
settings.load_profile("jipyo")


def pytest_xdist_auto_num_workers() -> int:
    """Up to four workers more than processors: tests of pages wait for a browser and a server, others use the time."""
    processors = os.cpu_count() or 1
    return processors + min(processors, 4)


def pytest_itemcollected(item: pytest.Item) -> None:
    """The tests of a module stay with one worker, so that what they share is made once; some modules stay together."""
    if item.get_closest_marker("xdist_group") is None:
        item.add_marker(pytest.mark.xdist_group(item.path.relative_to(Path(__file__).parent).as_posix()))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests in a browser come first, then slow ones: nobody is to wait for a worker at the end."""
    items.sort(key=lambda item: [item.get_closest_marker(name) is None for name in ("browser", "slow")])


@pytest.fixture(scope="session")
def project() -> Path:
    """The top folder of the project."""
    return Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def _the_network_ends_at_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def connect_to_loopback_only(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if host and not str(host).startswith(LOOPBACK):
            raise AssertionError(f"A test reaches for {host}; tests stay on this machine.")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect_to_loopback_only)


@pytest.fixture(scope="session", autouse=True)
def _installed_packages_are_searched_once() -> None:
    """Streamlit looks through every installed package for each page a test opens, and finds the same each time."""
    if "streamlit" in sys.modules:
        from streamlit.components.v2 import manifest_scanner

        manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


@pytest.fixture
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hash takes as long as it must when somebody signs in; hundreds of them need not."""
    from argon2 import PasswordHasher

    from dashboard.workflow import accounts

    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(accounts, "_HASHER", cheap)
    nobodys = cheap.hash("nobody's")
    monkeypatch.setattr(accounts, "_nobodys", lambda: nobodys)


def _starts(browser: str) -> bool:
    # Ubuntu's chromium-browser is on the path but only says to install a snap.
    return subprocess.run([browser, "--version"], capture_output=True, check=False).returncode == 0


def _browsers() -> Iterator[str]:
    for name in (os.environ["JIPYO_CHROMIUM"],) if os.environ.get("JIPYO_CHROMIUM") else BROWSERS:
        path = shutil.which(name)
        if path and _starts(path):
            yield path


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a browser for playwright's `executable_path`; without one, tests are skipped, in CI they fail."""
    path = next(_browsers(), None)
    if path is None:
        message = "no browser: install chromium, or name one with JIPYO_CHROMIUM"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return path


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """A browser of a module's own: playwright's loop would stand in the way of other modules' loops."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield started
        started.close()
