"""A file arrives."""

from __future__ import annotations

from pathlib import Path

from dashboard.address import Address
from dashboard.words import Words


def upload(folder: Path, address: Address, words: Words) -> None:
    """The upload."""
