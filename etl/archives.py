"""What reading a ZIP raises that is damaged or none at all: each is one fault to whoever hands it over."""

from __future__ import annotations

import zipfile
import zlib
from typing import Final

DAMAGED: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError)
"""In turn: headers or a checksum that do not fit, a stream that does not inflate, an end too early, a method of
compression nobody knows, a number or name that cannot be. An offset before the beginning is an OSError, which may be
the disk's as well: whoever reads from memory, or from a file just opened, adds it.
"""
