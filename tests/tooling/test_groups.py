"""Tests that share what is dear to make (a browser, a server, a large release) stay with one worker."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

_SHARING = """
import pytest

pytestmark = pytest.mark.xdist_group("together")


@pytest.mark.parametrize("at", range(12))
def test_shares(at):
    assert at >= 0
"""


def test_tests_of_a_group_stay_with_one_worker(tmp_path: Path) -> None:
    """pytest-xdist tells pytest of groups through the ids of tests; a newer pytest may no longer listen."""
    (tmp_path / "test_sharing.py").write_text(_SHARING, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-v", "-n", "2", "--dist=loadgroup", "-p", "no:cacheprovider", "."]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(set(re.findall(r"\[(gw\d)\].*@together", done.stdout))) == 1, done.stdout
