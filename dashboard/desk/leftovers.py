"""Folders that bear the number of their server and go with it; those of servers that were killed are swept."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path


def own_folder(place: Path, prefix: str) -> Path:
    """A new folder of this server that nobody else may look into.

    Args:
        place: where folders of this sort are.
        prefix: what the names of this sort begin with.
    """
    return Path(tempfile.mkdtemp(prefix=f"{prefix}{os.getpid()}-", dir=place))


def sweep(place: Path, prefix: str = "", *, at_start: bool = False) -> None:
    """Remove the folders of servers that are gone.

    Args:
        place: where folders of this sort are.
        prefix: what their names begin with, before the server's number.
        at_start: whether this server has made none yet; what bears its number is then of one that had the same, as
            in a container, where every server does.
    """
    for left in place.glob(f"{prefix}[0-9]*"):
        server = left.name.removeprefix(prefix).partition("-")[0]
        if server.isdigit() and _is_gone(int(server), at_start):
            shutil.rmtree(left, ignore_errors=True)


def _is_gone(server: int, at_start: bool) -> bool:
    return at_start if server == os.getpid() else not Path(f"/proc/{server}").exists()
