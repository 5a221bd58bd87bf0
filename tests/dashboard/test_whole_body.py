"""A release about the body as a whole opens on every page: one unit, no peer groups, targets from a share."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.shelf import RELEASES
from etl.evaluate import evaluate
from etl.release.folder import publish
from tests.dashboard.signing_in import People
from tests.golden.evaluation import RECORDS


@pytest.fixture(scope="module")
def national(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the golden records' release for the body, published."""
    folder = tmp_path_factory.mktemp("national")
    publish(evaluate(RECORDS, project / "data/rulebooks/mois-demo-2021.toml", folder).release)
    return folder


@pytest.mark.parametrize(
    ("page", "query", "said"),
    [
        ("overview", {}, "기관 제출용"),
        ("ranking", {}, "기관 제출용"),
        ("department", {"unit": "body"}, "합성시(예시)"),
        ("indicator", {"indicator": "diagnosis", "unit": "body"}, "정원"),
    ],
)
def test_a_page_shows_the_body(
    national: Path,
    project: Path,
    people: People,
    monkeypatch: pytest.MonkeyPatch,
    page: str,
    query: dict[str, str],
    said: str,
) -> None:
    monkeypatch.setenv(RELEASES, str(national))
    app = people.open(project / "dashboard/app/main.py")
    for key, value in query.items():
        app.query_params[key] = value
    app.run()
    app.switch_page(f"../pages/{page}.py").run()
    assert not app.exception
    assert said in " ".join(part.proto.body for part in app.get("html"))
