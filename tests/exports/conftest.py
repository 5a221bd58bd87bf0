"""Releases to take out, made once for every worker: the golden one, and tables of metrics with hostile names."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.evaluate import evaluate
from etl.insight.reading import Reading, open_release
from tests.exports.given import HOSTILE, scored
from tests.golden.evaluation import evaluate_golden


@pytest.fixture(scope="session")
def golden(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    """The golden release, with records, unpublished; only read."""
    return open_release(evaluate_golden(tmp_path_factory.mktemp("releases")).release)


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    """A scored table whose departments have names no spreadsheet should meet; only read."""
    units = {f"U{number}": name for number, name in enumerate(HOSTILE)}
    return scored(tmp_path_factory.mktemp("hostile"), units, name="=SUM(A1)/[x]:*?'" + "가" * 60)


@pytest.fixture(scope="session")
def thousands(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    """5,000 departments; only read."""
    units = {f"U{number:04}": f"제{number}과" for number in range(5000)}
    return scored(tmp_path_factory.mktemp("thousands"), units)


@pytest.fixture(scope="session")
def demonstration(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Reading:
    """The demonstration of 2021, unpublished; only read."""
    folder = tmp_path_factory.mktemp("demonstration")
    return open_release(evaluate(project / "data/demo", project / "data/rulebooks/demo-2021.toml", folder).release)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A place to write."""
    return tmp_path / "out.bin"
