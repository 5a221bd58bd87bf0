"""The demonstration of 2021, evaluated once for every worker."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.evaluate import evaluate
from etl.insight.reading import Reading, open_release


@pytest.fixture(scope="session")
def demo_2021(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Reading:
    folder = tmp_path_factory.mktemp("releases")
    return open_release(evaluate(project / "data/demo", project / "data/rulebooks/demo-2021.toml", folder).release)
