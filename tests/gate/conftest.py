"""Gates to ask, in this process and on a port."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette

from dashboard.gate import identity, signin
from dashboard.gate.house import House
from dashboard.workflow.identity import IdentityProvider
from dashboard.workflow.settings import Settings
from etl.given import score_table
from etl.release.folder import publish
from tests.dashboard.serving import Served, served
from tests.gate.asking import Front
from tests.gate.single_sign_on import Body, Browser


@pytest.fixture(scope="session")
def front(tmp_path_factory: pytest.TempPathFactory) -> Front:
    """A gate in this process; tests that change accounts make one of their own."""
    return Front(tmp_path_factory.mktemp("front"))


@pytest.fixture(scope="session")
def small_releases(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one small published release."""
    example, folder = project / "docs/examples/own_metrics", tmp_path_factory.mktemp("releases")
    publish(score_table(example / "metrics.csv", example / "rulebook.toml", folder, example / "units.csv").release)
    return folder


@pytest.fixture(scope="session")
def dashboard(project: Path, small_releases: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A dashboard on a port, as `jipyo serve` serves it."""
    log = tmp_path_factory.mktemp("served") / "server.log"
    with served(project, small_releases, log, "jipyo serve") as running:
        yield running


@pytest.fixture
def body(tmp_path: Path) -> Iterator[Callable[..., Body]]:
    """Makes installations that trust a provider."""
    opened: list[Body] = []

    def make(issuer: str, **said: Any) -> Body:
        settings = Settings(state=tmp_path / f"state{len(opened)}")
        provider = IdentityProvider(
            **{"issuer": issuer, "client_id": "jipyo", "client_secret": "s3cret", "name": "통합인증", **said}
        )
        house = House(settings)
        ways = [identity.other_way(provider)]
        app = Starlette(routes=[*signin.routes(house, ways), *identity.routes(house, provider)])
        opened.append(Body(house.store, settings, provider, Browser(app)))
        return opened[-1]

    yield make
    for one in opened:
        one.browser.close()
        one.store.close()
