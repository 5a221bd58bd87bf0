"""What reading a ZIP raises that is damaged or none at all: each is one fault to whoever hands it over."""

from __future__ import annotations

import errno
import zipfile
import zlib
from typing import IO, Final

DAMAGED: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError)
"""In turn: headers or a checksum that do not fit, a stream that does not inflate, an end too early, a method of
compression nobody knows, a number or name that cannot be.
"""


def member(archive: zipfile.ZipFile, name: str) -> IO[bytes]:
    """A file of an archive, opened.

    Raises:
        KeyError: it is not in the list of the archive.
        BadZipFile: it is not where the list says, be that before the beginning; and whatever else is `DAMAGED`.
        OSError: the disk cannot be read.
    """
    try:
        return archive.open(name)
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
        raise zipfile.BadZipFile(name) from None
