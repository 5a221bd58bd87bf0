"""The two examples over real files, each evaluated once by every worker that needs it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.examples.evaluated import Example, evaluate_example


def _received_files(project: Path, folder: str) -> Path:
    """The public files beside the checkout; without them the test is skipped and says so."""
    received = project.parent / "shared" / "inputs" / folder
    if not received.is_dir():
        pytest.skip(f"the public files of {folder} are not beside the checkout (shared/inputs/{folder})")
    return received


def _evaluated(project: Path, folder: str, made: Path) -> Example:
    """What the README tells a person to do: copy the public files beside the example's own, then evaluate."""
    received, shipped = _received_files(project, folder), project / "docs" / "examples" / folder
    records = made / "records"
    records.mkdir()
    for file in (*shipped.glob("*.csv"), shipped / "sources.toml", *received.iterdir()):
        shutil.copyfile(file, records / file.name)
    return evaluate_example(records, shipped / "rulebook.toml", made / "releases")


@pytest.fixture(scope="session")
def federal(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Example:
    return _evaluated(project, "us_federal", tmp_path_factory.mktemp("us_federal"))


@pytest.fixture(scope="session")
def district(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Example:
    return _evaluated(project, "korea_catalogue", tmp_path_factory.mktemp("korea_catalogue"))
