"""Mutates well-formed received files and stages each: every row must end in one place, or the file be refused.

`python -m tools.mutate_files --count 10000 --seed 1` prints what became of them, and ends with 1 if one ended in any
other way: another exception, a dead process, a row that was received and is nowhere. A failed file is made again by its
number: `--only NUMBER --keep FILE` writes it.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import random
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

import xlsxwriter

from etl.engine import Engine, one_file
from etl.errors import UnreadableInput
from etl.intake import opening
from etl.intake.beside import Beside
from etl.intake.mapping import Source
from etl.intake.rows import open_source
from etl.intake.sandbox import Limits, run_limited
from etl.intake.stage import Loaded, stage
from etl.intake.tables import TextTable

KIND: Final = "departments"
HEADER: Final = ("unit_id", "name", "parent", "peer_group", "valid_from")
ROWS: Final = [
    (f"A{number:03}", f'부서 "{number}"' if number % 7 == 0 else f"기획{number}과", "", "line", "2020-01-01")
    for number in range(40)
]
TOGETHER: Final = 50
"""How many files one process takes; a batch that dies is done again file by file, each in a sandbox of its own."""
ROOM: Final = Limits(megabytes=2048, seconds=300, file_megabytes=1024)
SHEET: Final = "xl/worksheets/sheet1.xml"


@dataclass
class Tally:
    """What became of files.

    Attributes:
        ends: how often each end was met: "staged", or the code of the first fault.
        wrong: number of a file, and what happened to it that never may.
    """

    ends: dict[str, int] = field(default_factory=dict)
    wrong: list[tuple[int, str]] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Count another tally in."""
        self.ends = dict(Counter(self.ends) + Counter(other.ends))
        self.wrong += other.wrong


# Well-formed files ----------------------------------------------------------------------------------------------------


def _delimited(delimiter: str, newline: str) -> str:
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter, lineterminator=newline).writerows([HEADER, *ROWS])
    return written.getvalue()


def _workbook() -> bytes:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as workbook:
        workbook.set_properties({"created": datetime(2021, 1, 1, tzinfo=UTC)})
        sheet = workbook.add_worksheet()
        for row, cells in enumerate([HEADER, *ROWS]):
            sheet.write_row(row, 0, cells)
    return written.getvalue()


def _parquet() -> bytes:
    with tempfile.TemporaryDirectory() as folder, Engine(threads=1) as engine:
        columns = ", ".join(f"{column} VARCHAR" for column in HEADER)
        engine.run(f"CREATE TABLE t ({columns})")
        engine.fill("t", ROWS)
        written = Path(folder) / "t.parquet"
        engine.run(f"COPY t TO {one_file(written)} (FORMAT parquet)")
        return written.read_bytes()


def _objects() -> list[dict[str, Any]]:
    return [dict(zip(HEADER, row, strict=True), tags=["가", "나"], owner={"name": "과"}) for row in ROWS]


@cache
def well_formed() -> tuple[tuple[str, bytes], ...]:
    """Every form of file, whole: (its name, its bytes)."""
    return (
        ("utf-8", _delimited(",", "\n").encode()),
        ("utf-8 with a mark", _delimited(",", "\r\n").encode("utf-8-sig")),
        ("cp949", _delimited(",", "\r\n").encode("cp949")),
        ("tabs", _delimited("\t", "\n").encode()),
        ("utf-16", _delimited(";", "\n").encode("utf-16")),
        ("xlsx", _workbook()),
        ("json", json.dumps(_objects(), ensure_ascii=False).encode()),
        ("ckan", json.dumps({"success": True, "result": {"results": _objects()}}, indent=1).encode()),
        ("parquet", _parquet()),
    )


# Mutations ------------------------------------------------------------------------------------------------------------

Mutation = Callable[[random.Random, bytes], bytes]


def _flip(chance: random.Random, content: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 8, 64))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _cut(chance: random.Random, content: bytes) -> bytes:
    start, end = sorted(chance.randrange(len(content) + 1) for _ in range(2))
    return chance.choice((content[:end], content[:start] + content[end:], content[start:]))


def _double(chance: random.Random, content: bytes) -> bytes:
    start, end = sorted(chance.randrange(len(content) + 1) for _ in range(2))
    return content[:end] + content[start:end] * chance.choice((1, 2, 20)) + content[end:]


def _insert(chance: random.Random, content: bytes) -> bytes:
    for _ in range(chance.choice((1, 1, 3, 20))):
        at = chance.randrange(len(content) + 1)
        content = content[:at] + chance.choice(INSERTED) + content[at:]
    return content


def _swap(chance: random.Random, content: bytes) -> bytes:
    old, new = chance.sample((b",", b"\t", b";", b"|", b"\n", b"\r\n", b'"', b"-", b"{", b"[", b"<", b":"), 2)
    return content.replace(old, new, chance.choice((1, 5, -1)))


def _reencode(chance: random.Random, content: bytes) -> bytes:
    text = content.decode(chance.choice(("utf-8", "cp949", "latin-1")), "replace")
    return text.encode(chance.choice(("utf-16", "utf-16-be", "utf-32", "cp949", "utf-8-sig")), "replace")


def _header(chance: random.Random, content: bytes) -> bytes:
    column = chance.choice(HEADER).encode()
    other = chance.choice((b"", b" ", b"name", b"NAME", column + b"\n", b'"' + column, b"x" * 5000, column + b",z"))
    return content.replace(column, other, chance.choice((1, -1)))


INSERTED: Final = (
    *(b'"', b'""', b'","', b",", b"\n", b"\r", b"\r\n", b" ", b"\x00", b"\x1a", b"\x1e", b"\\"),
    *(b"\xff", b"\xb0", b"\xef\xbb\xbf", b"\xe2\x80\xa8", b"\xc2\xa0"),
    *(b"=1+1", b"&x;", b"<!--", b"NaN", b"1e999", b"\\ud800", b"\\u0000"),
)
MUTATIONS: Final[tuple[Mutation, ...]] = (_flip, _cut, _double, _insert, _insert, _swap, _reencode, _header)


def mutated(number: int, seed: int) -> tuple[str, bytes]:
    """The file of this number: what it was, and its bytes."""
    chance = random.Random(f"{seed}/{number}")
    form, content = chance.choice(well_formed())
    if form == "xlsx" and chance.random() < 0.7:
        return form, _inside_package(chance, content)
    return form, _some(chance, content)


def _some(chance: random.Random, content: bytes) -> bytes:
    for mutate in chance.choices(MUTATIONS, k=chance.choice((1, 1, 2, 3))):
        content = mutate(chance, content) or b"\n"
    return content


def _inside_package(chance: random.Random, content: bytes) -> bytes:
    """A package that is in order, with one part that is not."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as out:
        chosen = chance.choice([SHEET, SHEET, *package.namelist()])
        for part in package.namelist():
            whole = package.read(part)
            out.writestr(zipfile.ZipInfo(part), _some(chance, whole) if part == chosen else whole, zipfile.ZIP_DEFLATED)
    return written.getvalue()


# Staging ------------------------------------------------------------------------------------------------------------


def stage_apart(numbers: Sequence[int], seed: int) -> Tally:
    """Stage files in this process, which is a sandbox already: readers are called without another."""
    with patch.object(opening, "run_limited", _call_here):
        return stage_here(numbers, seed)


def _call_here(_limits: Limits, _label: str, function: Callable[..., TextTable], *args: Any) -> TextTable:
    return function(*args)


def stage_here(numbers: Sequence[int], seed: int) -> Tally:
    """Stage files, those that can be opened together."""
    tally = Tally()
    with tempfile.TemporaryDirectory() as folder:
        received = Path(folder) / "received"
        received.mkdir()
        opened = [number for number in numbers if _opens(number, seed, received, tally)]
        try:
            _stage(opened, seed, received, Path(folder) / "together", tally)
        except UnreadableInput:
            for number in opened:
                _stage_alone(number, seed, received, Path(folder) / f"alone-{number}", tally)
    return tally


def _source(number: int) -> Source:
    return Source(file=f"{number}.csv", kind=KIND)


def _opens(number: int, seed: int, received: Path, tally: Tally) -> bool:
    (received / f"{number}.csv").write_bytes(mutated(number, seed)[1])
    with tempfile.TemporaryDirectory() as job:
        return _ends(number, tally, lambda: open_source(0, _source(number), received, Path(job), Beside()))


def _stage_alone(number: int, seed: int, received: Path, job: Path, tally: Tally) -> None:
    _ends(number, tally, lambda: _stage([number], seed, received, job, tally))


def _ends(number: int, tally: Tally, step: Callable[[], object]) -> bool:
    """Whether a step goes on; one that refuses the file is counted, and any other end noted as wrong."""
    try:
        step()
    except UnreadableInput as error:
        code = error.faults[0].code
        tally.ends[code] = tally.ends.get(code, 0) + 1
        if code == "rows_do_not_balance" or not all(fault.text("ko") and fault.text("en") for fault in error.faults):
            tally.wrong.append((number, code))
        return False
    except BaseException as error:  # noqa: BLE001 -- a reader's panic is no Exception; in its sandbox it ends the process
        if type(error).__name__ == "PanicException":
            tally.ends["reader_failed"] = tally.ends.get("reader_failed", 0) + 1
        else:
            tally.wrong.append((number, f"{type(error).__name__}: {error}"[:300]))
        return False
    return True


def _stage(numbers: Sequence[int], seed: int, received: Path, job: Path, tally: Tally) -> None:
    job.mkdir()
    with Engine(threads=1) as engine:
        staged = stage(received, [_source(number) for number in numbers], job, engine)
    for number, loaded in zip(numbers, staged.loaded, strict=True):
        tally.ends["staged"] = tally.ends.get("staged", 0) + 1
        least = _rows_with_text(mutated(number, seed)[1], loaded)
        if loaded.received != loaded.staged + loaded.rejected + loaded.set_aside or loaded.received < least:
            tally.wrong.append((number, f"{loaded} of at least {least} rows"))


def _rows_with_text(content: bytes, loaded: Loaded) -> int:
    """How many rows under the header Python's reader finds in a text file that hold any text; 0 for other files."""
    if loaded.encoding in {"xlsx", "xls", "ods", "json", "parquet"}:
        return 0
    text = content.decode("utf-8-sig" if loaded.encoding == "utf-8" else loaded.encoding)
    csv.field_size_limit(1 << 20)
    readings = (csv.reader(io.StringIO(text, newline=""), delimiter=mark, skipinitialspace=True) for mark in ",\t;|")
    rows = max((list(reader) for reader in readings), key=lambda rows: len(rows[0]))
    return sum(any(cell.strip() for cell in row) for row in rows[1:])


def run(count: int, seed: int) -> Tally:
    """Mutate and stage so many files."""
    tally = Tally()
    for start in range(0, count, TOGETHER):
        numbers = range(start, min(start + TOGETHER, count))
        try:
            tally.add(run_limited(ROOM, "batch", stage_apart, list(numbers), seed))
        except UnreadableInput:
            for number in numbers:
                tally.add(stage_here([number], seed))
    return tally


def main() -> int:
    """The command."""
    said = argparse.ArgumentParser(description=__doc__)
    said.add_argument("--count", type=int, default=200)
    said.add_argument("--seed", type=int, default=1)
    said.add_argument("--only", type=int, help="make this file alone")
    said.add_argument("--keep", type=Path, help="where to write it")
    asked = said.parse_args()
    if asked.only is not None:
        form, content = mutated(asked.only, asked.seed)
        (asked.keep or Path(f"{asked.only}.csv")).write_bytes(content)
        print(form, stage_here([asked.only], asked.seed))
        return 0
    began = time.monotonic()
    tally = run(asked.count, asked.seed)
    for end, times in sorted(tally.ends.items(), key=lambda item: -item[1]):
        print(f"{times:>7,}  {end}")
    for number, what in tally.wrong:
        print(f"WRONG  {number}: {what}")
    print(f"{asked.count:,} files, seed {asked.seed}: {len(tally.wrong)} wrong, {time.monotonic() - began:.0f} s")
    return 1 if tally.wrong else 0


if __name__ == "__main__":
    # The processes that take the batches know this module by its name.
    from tools.mutate_files import main as command

    sys.exit(command())
