"""A folder of releases with the golden one published in it, made through the commands once for every worker."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.terminal import jipyo
from tests.golden.evaluation import RECORDS, RULEBOOK


@pytest.fixture(scope="session")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of releases; only read."""
    folder = tmp_path_factory.mktemp("releases")
    done = jipyo("evaluate", RECORDS, "--rulebook", RULEBOOK, "--out", folder)
    assert jipyo("publish", folder / done.out.strip()).code == 0
    return folder


@pytest.fixture(scope="session")
def national(tmp_path_factory: pytest.TempPathFactory, project: Path) -> Path:
    """The same records, evaluated for the body as a whole; only read."""
    folder = tmp_path_factory.mktemp("national")
    done = jipyo("evaluate", RECORDS, "--rulebook", project / "data/rulebooks/mois-demo-2021.toml", "--out", folder)
    return folder / done.out.strip()


@pytest.fixture(scope="session")
def release(releases: Path) -> Path:
    """The golden release; only read."""
    return next(releases.glob("2021-*"))
