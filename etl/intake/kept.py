"""The copy that is kept in place of a received file about people: pseudonyms, and only the columns that are used.

It is UTF-8 CSV with one row of headings. The first column is the row's number in the file as it was received; the
headings of the pseudonyms bear the fingerprint of their key, so that those of two keys are never taken for the same
people. A row that did not fit the header is kept as its number alone.
"""

from __future__ import annotations

import csv
import hashlib
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Final

from etl.errors import Fault, UnreadableInput
from etl.intake.copies import write_copy
from etl.intake.mapping import Source, pseudonym_heading
from etl.intake.tables import LONGEST_ROW, Misfit, TextTable

_MARK: Final = "row of the received file"
_FIRST_HEADING: Final = re.compile(rf"{_MARK} \((?P<above>[0-9]+) above passed over\)")
_UNDER_KEY: Final = re.compile(r"(?P<heading>pseudonym of .+) \[key (?P<key>[0-9a-f]{16})\]", re.DOTALL)


def is_kept(path: Path) -> bool:
    """Whether a file is a kept copy, by its first bytes."""
    mark = f'"{_MARK} ('.encode()
    try:
        with path.open("rb") as stream:
            return path.is_file() and stream.read(len(mark)) == mark
    except OSError:
        return False


def keep(table: TextTable, sources: Sequence[Source], fingerprint: str, target: Path) -> None:
    """Write the copy to keep.

    Args:
        table: the received file, concealed: a numbered copy of this job.
        sources: what reads the file.
        fingerprint: of the key its pseudonyms are made with.
        target: where to.
    """
    made = {pseudonym_heading(group) for source in sources for group in source.pseudonyms}
    headings = [f"{heading} [key {fingerprint}]" if heading in made else heading for heading in table.header]
    with target.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerow([f"{_MARK} ({table.passed_over} above passed over)", *headings])
        with table.path.open(encoding="utf-8", newline="") as rows:
            shutil.copyfileobj(rows, stream)
        writer.writerows([misfit.row] for misfit in table.misfits)


def open_kept(path: Path, label: str, job: Path) -> tuple[TextTable, str]:
    """A kept copy as a table, with its rows' numbers in the file as received; and the fingerprint of its key.

    Raises:
        UnreadableInput: it is not as it was kept.
    """
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    rows = _rows(path, label)
    above, header = next(rows)
    named = [_UNDER_KEY.fullmatch(heading) for heading in header]
    keys = {found["key"] for found in named if found}
    if len(keys) != 1:
        raise UnreadableInput(Fault("kept_copy_damaged", label, {"row": 1}))
    plain = tuple(found["heading"] if found else heading for found, heading in zip(named, header, strict=True))
    table = TextTable(label, path, ",", plain, 1, "utf-8", digest, None, numbered=True, passed_over=above)
    numbers, misfits = 0, []
    for row, cells in rows:
        numbers += bool(cells)
        if not cells:
            misfits.append(Misfit(row, 0, None))
    if misfits:
        fitting = (row for row in islice(_rows(path, label), 1, None) if row[1])
        table = write_copy(fitting, table, job)
    return replace(table, rows=numbers, misfits=tuple(misfits)), keys.pop()


def _rows(path: Path, label: str) -> Iterator[tuple[int, list[str]]]:
    """The headings under the count of rows passed over, then every row under its number; a misfit has no cells."""
    csv.field_size_limit(LONGEST_ROW)
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.reader(stream, strict=True)
        try:
            first, *header = next(reader)
            above = _FIRST_HEADING.fullmatch(first)
            yield int(above["above"] if above else ""), header
            for number, *cells in reader:
                if cells and len(cells) != len(header):
                    raise ValueError(number)
                yield int(number), cells
        except (csv.Error, ValueError):
            raise UnreadableInput(Fault("kept_copy_damaged", label, {"row": reader.line_num})) from None
