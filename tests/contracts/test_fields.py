"""Which texts a cell of each kind takes, and what it refuses: worked examples, independent of how they are checked."""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from etl.contracts.fields import Code, Count, Day, Integer, Line, Mark, Note, Number, Pseudonym, Quantity, Share, Year

TAKEN: list[tuple[Any, dict[str, Any]]] = [
    (Integer, {"0": 0, "007": 7, "-5": -5, "-0": 0, "999999999999999": 999_999_999_999_999}),
    (Number, {"0": 0, "0.5": Decimal("0.5"), "-1.000001": Decimal("-1.000001")}),
    (Number, {"123456789012.123456": Decimal("123456789012.123456")}),
    (Day, {"2021-03-02": date(2021, 3, 2), "2020-02-29": date(2020, 2, 29)}),
    (Day, {"0001-01-01": date(1, 1, 1), "9999-12-31": date(9999, 12, 31)}),
    (Code, {text: text for text in ("A1", "007", "부서-1", "=1+1", "🦉", "x" * 200, "가" * 200)}),
    (Line, {text: text for text in ("A", "두 낱말", "a'b\"c", "x" * 500, unicodedata.normalize("NFD", "안전과"))}),
    (Line, {text: text for text in ("A\u00a0B", "A\u2027B", "A\u202fB", "A\u2065B", "👩\u200d💻")}),
    (Note, {text: text for text in ("한 줄", "두\n줄", "두\r\n줄", "칸\t칸", "x" * 4000)}),
    (Pseudonym, {"p" + "0af9" * 8: "p" + "0af9" * 8}),
    (Count, {"0": 0, "12": 12}),
    (Share, {"1": 1, "0.000001": Decimal("0.000001"), "0.333333": Decimal("0.333333")}),
    (Quantity, {"0": 0, "7.5": Decimal("7.5")}),
    (Mark, {"0": 0, "100": 100, "88.5": Decimal("88.5")}),
    (Year, {"1900": 1900, "2021": 2021, "2200": 2200}),
]
REFUSED = [
    (Integer, ["", " 5", "5 ", "+5", "--5", "5\n", "five", "1" * 16]),
    (Integer, ["5.", "5.0", "1e3", "0x1F", "1_000", "1,000", "５", "²"]),
    (Number, ["", " 1", "+5", "5.", ".5", "1e3", "1,5", "½", "１.５", "1.2.3"]),
    (Number, ["0.0000001", "1234567890123", "NaN", "inf"]),
    (Day, ["", "2021-2-3", "2021-02-29", "2021-02-31", "2021-13-01", "2021-00-01", "0000-01-01", "10000-01-01"]),
    (Day, ["20210302", "2021/03/02", "2021. 3. 2.", "2021-03-02T00:00", "2021-03-02 ", "2021-W09-2"]),
    (Day, ["２０２１-03-02", "today", "epoch", "1614643200"]),
    (Code, ["", "A 1", " A1", "A1 ", "A\t1", "A\n1", "A1\n", "A\x00", "A\x7f", "x" * 201]),
    (Code, ["A\u00a01", "A\u20091", "A\u200b1", "A1\ufeff", "A\u202e1", "A\x851", "A\u30001"]),
    (Line, ["", "a\nb", "a\tb", "a\r", "\x1b[31m", "x" * 501]),
    (Line, ["a\x80", "a\x85b", "a\x9f", "a\u2028b", "a\u2029b", "\u202egnp.exe", "a\u202a", "\u2066a\u2069"]),
    (Note, ["", "x" * 4001, "a\x00", "a\x0b", "a\x0c", "\x1b[31m", "a\x7f"]),
    (Note, ["a\x85b", "a\u2028b", "a\u202eb", "a\u2066"]),
    (Pseudonym, ["", "p", "p" + "0" * 31, "p" + "0" * 33, "P" + "0" * 32, "p" + "A" * 32, "20190417"]),
    (Pseudonym, ["p" + "0" * 32 + "\n"]),
    (Count, ["-1", "0.5"]),
    (Share, ["0", "-0.1", "1.000001", "2"]),
    (Quantity, ["-0.000001"]),
    (Mark, ["-1", "100.000001", "101"]),
    (Year, ["1899", "2201", "21"]),
]


@pytest.mark.parametrize(("kind", "text", "value"), [(kind, *case) for kind, cases in TAKEN for case in cases.items()])
def test_a_text_is_taken_for_what_it_says(kind: Any, text: str, value: object) -> None:
    taken = TypeAdapter(kind).validate_python(text)
    assert (taken, type(taken)) == (value, type(value) if not isinstance(taken, Decimal) else Decimal)


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in REFUSED for text in texts])
def test_a_text_that_says_something_else_is_refused(kind: Any, text: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(kind).validate_python(text)
