"""A register of people (인사 명부) read with the key: who stands behind a pseudonym, for whoever may see names.

It is read once, in memory; nothing of it is written anywhere.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from etl.errors import Fault, UnreadableInput
from etl.intake.key import Key

_ENCODINGS: Final = ("utf-8-sig", "cp949")
_LARGEST: Final = 256 << 20


def names_of(register: Path, numbers: Sequence[str], name: str, key: Key) -> dict[str, str]:
    """Pseudonym -> name of everybody in a register.

    Args:
        register: a CSV file with a line of headings, in UTF-8 or CP949.
        numbers: the columns that together name a person, as `pseudonyms` in `sources.toml` says them.
        name: the column of names.
        key: of the pseudonyms.

    Raises:
        UnreadableInput: it cannot be read, or a column is missing; no cell of it is told.
    """
    rows = csv.reader(io.StringIO(_text_of(register), newline=""))
    header = [cell.strip() for cell in next(rows, [])]
    missing = [column for column in (*numbers, name) if column not in header]
    if missing:
        raise UnreadableInput(
            Fault("pseudonym_column_missing", str(register), {"column": column}) for column in missing
        )
    places, at = [header.index(column) for column in numbers], header.index(name)
    # A row that is too short names nobody.
    whole = (row for row in rows if len(row) == len(header))
    known = {key.pseudonym([row[place] for place in places]): row[at].strip() for row in whole}
    return {pseudonym: said for pseudonym, said in known.items() if pseudonym and said}


def _text_of(register: Path) -> str:
    try:
        with register.open("rb") as stream:
            content = stream.read(_LARGEST + 1)
    except OSError as error:
        raise UnreadableInput(Fault("register_unreadable", str(register), {"why": error.strerror or "?"})) from None
    if len(content) > _LARGEST:
        raise UnreadableInput(Fault("register_unreadable", str(register), {"why": f"> {_LARGEST >> 20} MiB"}))
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableInput(Fault("register_unreadable", str(register), {"why": "UTF-8, CP949"}))
