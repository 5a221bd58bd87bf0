"""A copy of the checkout in which the documents are carried out, with the demonstration evaluated and published."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from etl.demo import write_demo
from etl.evaluate import evaluate
from etl.release.folder import publish

COPIED = ("dashboard", "etl", "terminal", "data", "docs", "jipyo.py")


@pytest.fixture(scope="session")
def demonstrated(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that `make demo` makes: records, and a published release a year."""
    folder = tmp_path_factory.mktemp("demonstrated")
    write_demo(folder / "demo")
    for rulebook in sorted((project / "data" / "rulebooks").glob("demo-*.toml")):
        publish(evaluate(folder / "demo", rulebook, folder / "releases").release)
    return folder


@pytest.fixture
def checkout(project: Path, demonstrated: Path, tmp_path: Path) -> Callable[[], Path]:
    """Makes a copy of the checkout after `make demo`, with the interpreter of the tests as its own."""

    def make() -> Path:
        folder = tmp_path / "checkout"
        folder.mkdir()
        for name in COPIED:
            source = project / name
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(source, folder / name, ignore=ignored) if source.is_dir() else shutil.copy(source, folder)
        shutil.copytree(demonstrated, folder / "var")
        for name, run in (("python", sys.executable), ("jipyo", f'{sys.executable}" -m "jipyo')):
            command = folder / ".venv" / "bin" / name
            command.parent.mkdir(parents=True, exist_ok=True)
            command.write_text(f'#!/bin/sh\nexec "{run}" "$@"\n', encoding="utf-8")
            command.chmod(0o755)
        return folder

    return make
