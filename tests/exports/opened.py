"""Every byte of a file that left, archives within archives unpacked."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from etl.engine import Engine


def everything_in(path: Path, work: Path) -> bytes:
    """The text of everything in a file: its own bytes, those of every member of every archive, cells of Parquet.

    Args:
        path: of the file.
        work: an empty folder.
    """
    return b"\n".join(_unpacked(path.name, path.read_bytes(), work))


def _unpacked(name: str, content: bytes, work: Path) -> Iterator[bytes]:
    yield name.encode()
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.namelist():
                yield from _unpacked(member, archive.read(member), work)
    elif content.startswith(b"PAR1"):
        made = work / "one.parquet"
        made.write_bytes(content)
        with Engine() as engine:
            yield repr(engine.rows("SELECT * FROM read_parquet($path)", {"path": str(made)})).encode()
    else:
        yield content
