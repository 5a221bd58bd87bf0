"""What is written stays written."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Final

FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""What a system answers where no more can be written."""


def sync(path: Path) -> None:
    """Have a file, or a folder's list of files, survive a power cut from here on."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
