"""The shipped demonstration, written and staged once for every worker."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from etl.demo import write_demo
from etl.engine import Engine
from tests.demo.measured_city import City, staged_city


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    write_demo(folder)
    return folder


@pytest.fixture(scope="session")
def city(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    with Engine() as engine:
        yield staged_city(demo, tmp_path_factory.mktemp("staging") / "job", engine)
