"""One page of the dashboard as somebody sees it, and the text on it."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.access import Role
from dashboard.address import PageName
from dashboard.shelf import RELEASES
from tests.dashboard.signing_in import People


class Shown:
    """Opens one page over a folder of releases at an address, for an evaluator unless it is said."""

    def __init__(self, page: PageName, project: Path, people: People, releases: Path) -> None:
        self._page, self._main, self._people = page, project / "dashboard/app/main.py", people
        self._releases = releases

    def by(self, monkeypatch: pytest.MonkeyPatch) -> Shown:
        """The same, where pages look for releases."""
        monkeypatch.setenv(RELEASES, str(self._releases))
        return self

    def __call__(self, role: Role = Role.EVALUATOR, unit: str | None = None, **query: str) -> AppTest:
        app = self._people.open(self._main, role, unit)
        for key, value in query.items():
            app.query_params[key] = value
        app.run()
        app.switch_page(f"../pages/{self._page}.py")
        app.run()
        assert not app.exception
        return app


def text(app: AppTest) -> str:
    """What a page says, without its markup."""
    bodies = [element.proto.body for element in app.get("html")]
    return unescape(re.sub(r"<[^>]*>", " ", " ".join(body for body in bodies if "<style" not in body)))
