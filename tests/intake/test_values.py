"""Numbers and days as people write them: read exactly, against Python's own reading, and otherwise left as they are."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.engine import Engine
from etl.intake.values import MonthMeans, day, on_one_line, written_number
from tests.intake.received import DEPARTMENTS, take_in, write


def read(sql: str, cells: Sequence[str]) -> list[str | None]:
    """What SQL over the column `cell` makes of each text."""
    with Engine(threads=1) as engine:
        engine.run("CREATE TABLE cells (position INTEGER, cell VARCHAR)")
        engine.fill("cells", list(enumerate(cells)))
        return [value for (value,) in engine.rows(f"SELECT {sql} FROM cells ORDER BY position")]


NUMBERS = [
    ("5", "5"),
    ("-5", "-5"),
    ("12.50", "12.50"),
    ("1,234", "1234"),
    ("1,234,567.8", "1234567.8"),
    ("１，２３４", "1234"),
    ("１２．５％", "12.5"),
    (" 5 ", "5"),
    ("\u30005\u00a0", "5"),
    ("12.5%", "12.5"),
    ("12.5 %", "12.5"),
    ("1,515명", "1515"),
    ("22 건", "22"),
    ("600개", "600"),
    ("3회", "3"),
    ("7.5시간", "7.5"),
    ("1,000원", "1000"),
    ("₩1,000", "1000"),
    ("￦1,000", "1000"),
    ("△1,234", "-1234"),
    ("▲ 5", "-5"),
    ("(1,234)", "-1234"),
    ("（5）", "-5"),
    ("－5", "-5"),
    ("−5", "-5"),
    ("+5", "5"),
    ("3천원", "3000"),
    ("2.5천명", "2500"),
    ("1.2345만", "12345"),
    ("3백만 원", "3000000"),
    ("1.5억원", "150000000"),
    ("0.000001억", "100"),
    ("12조", "12000000000000"),
    ("△1.25억", "-125000000"),
    ("0.123456천", "123.456"),
    ("999,999,999,999,999,999조", "999999999999999999000000000000"),
    ("-", ""),
    ("－", ""),
    ("–", ""),
    ("", ""),
]
NO_NUMBERS = [
    *("1,23", "1,2345", ",123", "12,345,67", "1.2.3", ".5", "5.", "1e3", "0x1F", "약 300명", "300명 이상", "1억 2천만"),
    *(
        "(-5)",
        "(5",
        "5)",
        "--5",
        "△",
        "△-5",
        "5%p",
        "5명건",
        "5분",
        "3일",
        "Ⅴ",
        "²",
        "½",
        "٣",
        "NaN",
        "없음",
        "5 5",
        "%",
    ),
    *("명", "천", "1234567890123456789천", "0.1234567천", "1_000", "5\n", "1 234"),
]


@pytest.mark.parametrize("wanted", ["numbers", "others"])
def test_numbers_as_written_are_read_and_anything_else_stays(wanted: str) -> None:
    cases = NUMBERS if wanted == "numbers" else [(cell, cell) for cell in NO_NUMBERS]
    found = read(written_number("cell"), [cell for cell, _ in cases])
    assert list(zip([cell for cell, _ in cases], found, strict=True)) == cases


SCALES = {
    "": 0,
    "천": 3,
    "만": 4,
    "십만": 5,
    "백만": 6,
    "천만": 7,
    "억": 8,
    "십억": 9,
    "백억": 10,
    "천억": 11,
    "조": 12,
}


@st.composite
def written_numbers(draw: st.DrawFn) -> tuple[str, Decimal]:
    """A number as somebody may write it, and its value by Python's decimals."""
    digits, places = draw(st.integers(0, 10**12)), draw(st.integers(0, 6))
    value = Decimal(digits).scaleb(-places)
    scale = draw(st.sampled_from(list(SCALES)))
    text = f"{value:,f}" if draw(st.booleans()) else f"{value:f}"
    text += scale + draw(st.sampled_from(["", "명", " 건", "원"])) if scale or draw(st.booleans()) else "%"
    negative = draw(st.sampled_from(["{}", "△{}", "-{}", "({})"]))
    text = negative.format(text)
    if draw(st.booleans()):
        text = text.translate({ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789,.%()-"})
    return text, value.scaleb(SCALES[scale]) * (1 if negative == "{}" else -1)


@settings(max_examples=15)
@given(numbers=st.lists(written_numbers(), min_size=1, max_size=30))
def test_every_number_that_is_written_has_the_value_python_gives_it(numbers: list[tuple[str, Decimal]]) -> None:
    found = read(written_number("cell"), [text for text, _ in numbers])
    assert [Decimal(str(cell)) for cell in found] == [value for _, value in numbers]
    assert all(re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", str(cell)) for cell in found)


DAYS = [
    ("korean", "2025. 3. 2.", "2025-03-02"),
    ("korean", "2025.3.2", "2025-03-02"),
    ("korean", "2025.03.02.", "2025-03-02"),
    ("korean", "2025년 3월 2일", "2025-03-02"),
    ("korean", "2025년3월2일", "2025-03-02"),
    ("korean", "25.03.02", "2025-03-02"),
    ("korean", "'25. 3. 2.", "2025-03-02"),
    ("korean", "’25. 3. 2.", "2025-03-02"),
    ("korean", "25년 3월 2일", "2025-03-02"),
    ("korean", "２０２５．３．２", "2025-03-02"),
    ("korean", "2025. 3. 2.(일)", "2025-03-02"),
    ("korean", "2025. 3. 3. (월)", "2025-03-03"),
    ("korean", "2025년 3월 8일(토요일)", "2025-03-08"),
    ("korean", "２０２５．３．２（일）", "2025-03-02"),
    ("korean", "2025. 3. 2.(월)", None),
    ("korean", "2025. 3. 2.(달)", None),
    ("korean", "2025. 2. 29.(토)", None),
    ("korean", "2025. 2. 29.", None),
    ("korean", "2024. 2. 29.", "2024-02-29"),
    ("korean", "2025. 13. 1.", None),
    ("korean", "0000. 1. 1.", None),
    ("korean", "2025-03-02", None),
    ("korean", "2025. 3.", None),
    ("korean", "2025년 3월", None),
    ("korean", "125. 3. 2.", None),
    ("iso", "2025-03-02", "2025-03-02"),
    ("iso", "２０２５－０３－０２", "2025-03-02"),
    ("iso", "2025−03−02", "2025-03-02"),
    ("iso", "2025-09-08 00:00:00", "2025-09-08"),
    ("iso", "2025-09-08T23:59:59.5Z", "2025-09-08"),
    ("iso", "2025-09-08T09:00+09:00", "2025-09-08"),
    ("iso", "2025-3-2", None),
    ("iso", "2025-02-30", None),
    ("iso", "2025-03", None),
    ("iso", "20250302", None),
    ("serial", "45718", "2025-03-02"),
    ("serial", "45718.75", "2025-03-02"),
    ("serial", "４５７１８", "2025-03-02"),
    ("serial", "1", "1900-01-01"),
    ("serial", "59", "1900-02-28"),
    ("serial", "60", None),
    ("serial", "61", "1900-03-01"),
    ("serial", "2958465", "9999-12-31"),
    ("serial", "2958466", None),
    ("serial", "0", None),
    ("serial", "-1", None),
    ("serial", "20250302", None),
    ("serial", "9" * 30, None),
    ("%m/%d/%Y", "03/02/2025", "2025-03-02"),
    ("%d/%m/%Y", "03/02/2025", "2025-02-03"),
    ("iso", "03/02/2025", None),
    ("korean", "03/02/2025", None),
    ("%Y-%m-%d", "２０２５-03-02", None),
]


def test_days_are_read_in_the_named_form_and_otherwise_stay() -> None:
    for form in sorted({form for form, _, _ in DAYS}):
        cases = [(cell, expected) for named, cell, expected in DAYS if named == form]
        found = read(day("cell", [form], None), [cell for cell, _ in cases])
        assert list(zip(cases, found, strict=True)) == [((cell, wanted), wanted or cell) for cell, wanted in cases]


MONTHS = [
    ("korean", "2025년 2월", "2025-02-01", "2025-02-28"),
    ("korean", "2024. 2.", "2024-02-01", "2024-02-29"),
    ("korean", "2025.12", "2025-12-01", "2025-12-31"),
    ("korean", "'25년 3월", "2025-03-01", "2025-03-31"),
    ("iso", "2025-04", "2025-04-01", "2025-04-30"),
    ("%m/%Y", "01/2024", "2024-01-01", "2024-01-31"),
    ("%b-%y", "Jul-25", "2025-07-01", "2025-07-31"),
    ("korean", "2025. 3. 2.", "2025-03-02", "2025-03-02"),
    ("%m/%d/%Y", "10/1/2023", "2023-10-01", "2023-10-01"),
    ("korean", "2025. 13.", "2025. 13.", "2025. 13."),
    ("korean", "25.03", "25.03", "25.03"),
]


@pytest.mark.parametrize(("form", "cell", "first", "last"), MONTHS)
def test_a_month_is_the_day_that_is_said_and_a_day_stays_a_day(form: str, cell: str, first: str, last: str) -> None:
    means: tuple[MonthMeans, ...] = ("first_day", "last_day")
    assert [read(day("cell", [form], meant), [cell]) for meant in means] == [[first], [last]]


@settings(max_examples=12)
@given(days=st.lists(st.dates(date(1900, 3, 1)), min_size=1, max_size=50))
def test_every_day_is_read_from_each_of_its_forms(days: list[date]) -> None:
    written = {
        "korean": [f"{one.year:04}. {one.month}. {one.day}." for one in days],
        "iso": [one.isoformat() for one in days],
        "serial": [str((one - date(1899, 12, 30)) // timedelta(days=1)) for one in days],
    }
    every = read(day("cell", list(written), None), [cell for cells in written.values() for cell in cells])
    assert every == [one.isoformat() for one in days] * len(written)
    months = read(day("cell", ["korean"], "last_day"), [f"{one.year:04}년 {one.month}월" for one in days])
    assert months == [one.replace(day=calendar.monthrange(one.year, one.month)[1]).isoformat() for one in days]


@settings(max_examples=12)
@given(cells=st.lists(st.text("0123456789년월일. -/△,()천만%명\u3000０\n'", max_size=14), min_size=1, max_size=50))
def test_no_text_makes_the_reading_fail_and_what_it_reads_is_a_number_or_a_day(cells: list[str]) -> None:
    # A text of digits may be a number already; what changes must be in the contracts' form.
    for cell, number in zip(cells, read(written_number("cell"), cells), strict=True):
        assert number == cell or re.fullmatch(r"(-?[0-9]+(\.[0-9]+)?)?", str(number))
    for cell, found in zip(cells, read(day("cell", ["korean", "serial"], "first_day"), cells), strict=True):
        assert found == cell or str(date.fromisoformat(str(found))) == found


LINES = [
    ("한 줄", "한 줄"),
    ("두\n줄", "두 줄"),
    ("두 \r\n\r\n 줄", "두 줄"),
    ("탭\t하나", "탭 하나"),
    ("두  칸", "두  칸"),
    ("\n앞뒤\n", "앞뒤"),
    ("줄\u2028바꿈\x85둘", "줄 바꿈 둘"),
    ("\n", ""),
]


def test_line_breaks_and_tabs_become_one_blank() -> None:
    assert read(on_one_line("cell"), [cell for cell, _ in LINES]) == [wanted for _, wanted in LINES]


def test_a_source_reads_numbers_days_and_broken_lines_as_it_is_told(tmp_path: Path) -> None:
    sources = """
[[source]]
file = "departments.csv"
kind = "departments"

[[source]]
file = "h.csv"
kind = "headcount"
[source.columns]
unit_id = "과"
as_of = { column = "기준", dates = ["korean"], month_means = "last_day" }
part = { constant = "1" }
authorised = { column = "정원", numbers = "written" }

[[source]]
file = "d.csv"
kind = "datasets"
[source.columns]
dataset_id = "번호"
title = { column = "이름", one_line = true }
unit_id = { constant = "A1" }
opened_on = { column = "날", dates = ["korean", "serial"] }
"""
    files: dict[str, str | bytes] = {
        "departments.csv": DEPARTMENTS,
        "h.csv": '과,기준,정원\nA1,2025년 2월,"1,234명"\nB2,2025년 2월,약 30명\n',
        "d.csv": '번호,이름,날\n1,"두\n줄",45718\n2,한 줄,25.03.03\n',
    }
    intake = take_in(write(tmp_path / "in", files, sources))
    assert [(record[0], str(record[1]), record[3]) for record in intake.records["headcount"]] == [
        ("A1", "2025-02-28", 1234)
    ]
    assert [reject[2:] for reject in intake.rejects] == [("authorised", "not_an_integer", "약 30명")]
    assert [(record[2], str(record[3])) for record in intake.records["datasets"]] == [
        ("두 줄", "2025-03-02"),
        ("한 줄", "2025-03-03"),
    ]
