"""Earlier loads: what arrived when, who loaded it, and what it changed."""

from __future__ import annotations

from pathlib import Path

from dashboard.address import Address
from dashboard.words import Words


def loads(folder: Path, address: Address, words: Words) -> None:
    """The history."""
