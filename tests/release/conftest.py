"""The small evaluation under `tests/golden`, released once for every worker."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from etl.evaluate import Outcome
from tests.golden.evaluation import evaluate_golden


@pytest.fixture(scope="session")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """The golden evaluation; its release is only read."""
    return evaluate_golden(tmp_path_factory.mktemp("releases"))


@pytest.fixture
def release(outcome: Outcome, tmp_path: Path) -> Path:
    """A copy of the release under another folder, to be changed at will."""
    return Path(shutil.copytree(outcome.release, tmp_path / "copy" / outcome.release.name))
