"""Write the expected tables anew: `python -m tests.golden.renew`."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.golden.evaluation import EXPECTED, evaluate_golden, tables


def renew() -> None:
    """Replace every expected table by what the evaluation gives now."""
    with TemporaryDirectory() as releases:
        found = tables(evaluate_golden(Path(releases)).release)
    for old in EXPECTED.glob("*.csv"):
        old.unlink()
    EXPECTED.mkdir(exist_ok=True)
    for name, content in found.items():
        (EXPECTED / name).write_bytes(content)


if __name__ == "__main__":
    renew()
