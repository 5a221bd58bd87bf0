"""Texts that arrive in cells: good ones of every kind, and near-misses that DuckDB, Python or Rust read differently."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator
from typing import Final, get_args, get_origin

from pydantic import ValidationError

from etl.contracts.rows import Record
from tests.intake.reading import Row, cell_value

NUMBERS: Final = [
    *("0", "1", "5", "42", "007", "-0", "-1", "+5", "--5", " 5", "5 ", "5.", ".5", "-.5", "0.5", "1.0", "1.000000"),
    *("1.0000001", "0.0000001", "100", "100.000001", "1e3", "1E3", "0x1F", "0b1", "0o7", "1_000", "1,000", "５", "٣"),
    *("Ⅴ", "²", "½", "1/2", "NaN", "nan", "inf", "-inf", "Infinity", "true", "null", "None", "1900", "1899", "2200"),
    *("2201", "2021.0", "999999999999", "1000000000000", "999999999999999", "1000000000000000", "9" * 40, "0" * 15),
    *(
        "0" * 16,
        "123456789012.123456",
        "1234567890123.1",
        "-999999999999.999999",
        "1.2.3",
        "1 000",
        "5\n",
        "\n5",
        "5\r",
    ),
]
DAYS: Final = [
    *("2021-02-28", "2020-02-29", "2021-02-29", "2021-2-3", "2021-02-30", "2021-13-01", "2021-00-10", "2021-01-00"),
    *("0000-01-01", "0001-01-01", "9999-12-31", "10000-01-01", "-2021-01-01", "+2021-01-01", "2021-01-01T00:00:00"),
    *(
        "2021-01-01 00:00",
        "20210101",
        "2021/01/01",
        "2021.01.01",
        "01-01-2021",
        "２０２１-01-01",
        "2021-01-01 ",
        "today",
    ),
    *(
        " 2021-01-01",
        "epoch",
        "infinity",
        "1609459200",
        "2021‐01‐01",
        "2021−01−01",
        "2021-W01-1",
        "2021-001",
        "1900-02-29",
    ),
    *("2021-06-15", "2021-06-16", "2021-06-14", "1582-10-10", "2021-01-01Z", "2021-01-01\n"),
]
TEXTS: Final = [
    *(
        "가",
        unicodedata.normalize("NFD", "안전과"),
        "안전과",
        "a",
        "A1",
        "A 1",
        "A\t1",
        "A\n1",
        "A\r1",
        "A\r\n1",
        "\x01",
    ),
    *(
        "A\x1fB",
        "A\x7fB",
        "A\x80B",
        "A\x85B",
        "A\u00a0B",
        "A\u2028B",
        "A\u200bB",
        "\ufeffA",
        "A\u202eB",
        "A\u2027B",
        "A\u2029B",
        "A\u202aB",
        "A\u202fB",
        "A\u2066B",
        "A\u2069B",
        "A\u206aB",
        "A\x9fB",
        "A\x1b[31mB",
        "A\x0bB",
        "\u3000",
        "  ",
    ),
    *(
        "🦉",
        "👩\u200d💻",
        "𝒜",
        "e\u0301",
        "'",
        "''",
        '"',
        "a'b",
        'a"b',
        "a,b",
        "a;b",
        "\\",
        "\\N",
        "%",
        "_",
        "{}",
        "{x}",
        "$1",
    ),
    *(
        "-",
        "=1+1",
        "@x",
        "NULL",
        "x" * 199,
        "x" * 200,
        "x" * 201,
        "가" * 200,
        "가" * 201,
        "🦉" * 200,
        "🦉" * 201,
        "x" * 500,
    ),
    *("x" * 501, "x" * 4000, "x" * 4001, "x y" * 100, "p" + "0" * 32, "p" + "0" * 31, "p" + "0" * 33, "P" + "0" * 32),
    *(
        "p" + "a" * 32,
        "p" + "A" * 32,
        "p" + "g" * 32,
        "p" + "０" * 32,
        "p" + "0" * 31 + "\n",
        "0" * 33,
        "",
        " ",
        "x\ny" * 1000,
    ),
]
POOL: Final = [*NUMBERS, *DAYS, *TEXTS]


def choices(contract: type[Record], column: str) -> list[str]:
    """The values a column with fixed values may have, and near-misses of them."""
    annotation = contract.model_fields[column].annotation
    options = [annotation, *get_args(annotation)]
    fixed = [value for option in options if get_origin(option) is not None for value in get_args(option)]
    words = [value for value in fixed if isinstance(value, str)]
    return [*words, *(near for word in words for near in (word.upper(), f" {word}", f"{word} ", word[:-1], word + "s"))]


def good_cells(contract: type[Record], column: str) -> list[str | None]:
    """The texts of the pool that a column takes, and absence where it may be absent."""
    absent: list[str | None] = [] if contract.model_fields[column].is_required() else ["", None]
    return absent + [cell for cell in (*POOL, *choices(contract, column)) if cell and _is_good(contract, column, cell)]


def _is_good(contract: type[Record], column: str, cell: str) -> bool:
    try:
        return cell_value(contract.kind, column, cell) is not None
    except ValidationError:
        return False


def single_faults(contract: type[Record], seed: int) -> Iterator[Row]:
    """For every column and every text: a row that is otherwise good cell by cell."""
    draw = random.Random(seed)
    good = {column: good_cells(contract, column) for column in contract.model_fields}
    for column in contract.model_fields:
        for cell in (*POOL, *choices(contract, column), None):
            yield {**{other: draw.choice(cells) for other, cells in good.items()}, column: cell}


def mixed_rows(contract: type[Record], seed: int, count: int, bad_in: int = 4) -> Iterator[Row]:
    """Rows of which every cell is any text with a chance of one in `bad_in`, and otherwise a good one."""
    draw = random.Random(seed)
    good = {column: good_cells(contract, column) for column in contract.model_fields}
    for _ in range(count):
        yield {
            column: draw.choice([*POOL, *choices(contract, column)] if draw.randrange(bad_in) == 0 else cells)
            for column, cells in good.items()
        }
