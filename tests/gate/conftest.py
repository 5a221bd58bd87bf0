"""Gates to ask, in this process and on a port."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from etl.given import score_table
from etl.release.folder import publish
from tests.dashboard.serving import Served, served
from tests.gate.asking import Front


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
