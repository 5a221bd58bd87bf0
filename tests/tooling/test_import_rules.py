"""Each import rule of the design is broken once, in a small copy of the tree, and must notice."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

MODULES = (
    "etl/__init__.py etl/errors.py etl/messages.py etl/contracts/__init__.py etl/engine.py etl/evaluate.py etl/demo.py "
    "etl/intake/__init__.py etl/intake/checks.py etl/scoring/__init__.py etl/scoring/points.py etl/release/__init__.py "
    "etl/insight/__init__.py etl/insight/explain.py etl/exports/__init__.py "
    "dashboard/__init__.py dashboard/charts.py dashboard/frames.py dashboard/pages/__init__.py "
    "dashboard/pages/ranking.py dashboard/workflow/__init__.py dashboard/workflow/steps.py "
    "dashboard/access.py dashboard/view.py terminal/__init__.py terminal/telling.py"
).split()

BROKEN = {
    "etl/evaluate.py": ["dashboard", "streamlit", "plotly.graph_objects", "sqlalchemy", "typer", "jipyo", "duckdb"],
    "etl/scoring/points.py": [
        "etl.intake.checks", "etl.engine", "etl.evaluate", "etl.release", "etl.demo", "numpy", "duckdb", "os",
    ],
    "etl/insight/explain.py": ["etl.intake", "etl.evaluate", "pyspark.sql"],
    "etl/exports/__init__.py": ["etl.intake.checks"],
    "etl/release/__init__.py": ["etl.evaluate", "etl.insight"],
    "dashboard/charts.py": ["streamlit", "duckdb", "dashboard.pages.ranking"],
    "dashboard/frames.py": ["streamlit", "sqlalchemy"],
    "dashboard/access.py": ["streamlit", "sqlalchemy", "dashboard.view"],
    "dashboard/workflow/steps.py": ["streamlit", "streamlit_app", "dashboard.view"],
    "dashboard/pages/ranking.py": ["duckdb", "sqlalchemy.orm", "jipyo"],
    "terminal/telling.py": ["dashboard.charts", "dashboard.view", "duckdb", "sqlalchemy", "jipyo"],
}  # fmt: skip

ALLOWED = {
    "etl/engine.py": ["duckdb", "pyspark.sql"],
    "etl/evaluate.py": ["etl.intake", "etl.scoring", "etl.release"],
    "etl/scoring/points.py": ["etl.contracts", "etl.errors", "etl.messages", "etl.scoring", "decimal", "pydantic"],
    "etl/insight/explain.py": ["etl.release", "etl.engine", "numpy"],
    "dashboard/charts.py": ["plotly.graph_objects", "etl.insight"],
    "dashboard/pages/ranking.py": ["dashboard.charts", "dashboard.frames"],
    "dashboard/workflow/steps.py": ["sqlalchemy.orm", "etl.errors", "dashboard.access"],
    "terminal/telling.py": ["etl.intake", "etl.errors", "dashboard.access", "dashboard.workflow.steps"],
}

LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def lint(tree: Path, imports: dict[str, list[str]], modules: list[str] = MODULES) -> subprocess.CompletedProcess[str]:
    """Writes the modules with their imports below `tree` and checks the project's contracts on them."""
    for module in modules:
        path = tree / module
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(f"import {name}\n" for name in imports.get(module, [])), encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-c", LINT_IMPORTS, "--no-cache", "--no-logo"],
        cwd=tree, env={**os.environ, "PYTHONPATH": str(tree)}, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture
def tree(project: Path, tmp_path: Path) -> Path:
    shutil.copy(project / "pyproject.toml", tmp_path)
    (tmp_path / "tools").mkdir()
    shutil.copy(project / "tools/import_contracts.py", tmp_path / "tools")
    return tmp_path


@pytest.mark.parametrize(("module", "imported"), [(module, name) for module, names in BROKEN.items() for name in names])
def test_an_import_the_design_forbids_is_noticed(tree: Path, module: str, imported: str) -> None:
    a_way_around = {"dashboard/pages/ranking.py": ["streamlit"]}  # what charts may not reach through a page either
    imports = a_way_around | {module: [imported]}
    outcome = lint(tree, imports)
    assert outcome.returncode == 1, outcome.stdout + outcome.stderr
    assert re.search(r"[1-9] broken", outcome.stdout), outcome.stdout
    assert f"-> {imported.partition('.')[0]}" in outcome.stdout


def test_the_imports_the_design_draws_are_allowed(tree: Path) -> None:
    outcome = lint(tree, ALLOWED)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


def test_a_module_that_is_not_written_yet_breaks_nothing(tree: Path) -> None:
    outcome = lint(
        tree, {}, modules=["etl/__init__.py", "etl/errors.py", "dashboard/__init__.py", "terminal/__init__.py"]
    )
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
