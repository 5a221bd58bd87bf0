"""The demonstration's last year, evaluated once for every worker."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.evaluate import evaluate
from etl.insight.reading import Reading, open_release


@pytest.fixture(scope="session")
def city(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Reading:
    """The release of the synthetic city; nobody changes it."""
    folder = tmp_path_factory.mktemp("city")
    return open_release(evaluate(project / "data/demo", project / "data/rulebooks/demo-2021.toml", folder).release)
