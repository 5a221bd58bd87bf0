"""What files are called when they arrive: in Korean, safe on Windows, whatever a department is called."""

from __future__ import annotations

from typing import get_args
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.gate.evidence import disposition
from etl.exports.formats import (
    FORMS,
    Format,
    file_name,
    may_name_people,
    media_type,
    parts_with_a_file_each,
    safe_name,
)

RELEASE = "2021-0a1b2c3d4e5f"
DEVICES = ("con", "PRN", "aux.txt", "Nul", "com1", "LPT9", "com¹")


@pytest.mark.parametrize("kind", get_args(Format))
def test_every_kind_has_a_form_and_a_name_in_both_languages(kind: Format) -> None:
    korean, english = (file_name(RELEASE, kind, language) for language in ("ko", "en"))
    assert korean.endswith(FORMS[kind].suffix)
    assert english.isascii()
    assert korean.startswith(RELEASE)


def test_a_narrowed_file_is_called_by_its_department() -> None:
    assert file_name(RELEASE, "xlsx", unit="스마트도시과") == f"{RELEASE} 결과표 스마트도시과.xlsx"


def test_a_zip_with_a_file_a_department_is_called_so_and_is_one() -> None:
    assert file_name(RELEASE, "pdf", only=["scorecards"], each=True) == f"{RELEASE} 성적표 부서별.zip"
    assert file_name(RELEASE, "pdf", "en", ["notices"], each=True) == f"{RELEASE} notices by-department.zip"
    assert media_type("pdf", each=True) == "application/zip"
    assert media_type("pdf") == "application/pdf"
    assert {kind for kind in FORMS if parts_with_a_file_each(kind)} == {"pdf"}


@given(st.text(max_size=400))
def test_any_text_becomes_a_name_that_windows_takes(text: str) -> None:
    name = safe_name(text)
    assert not set(name) & set('<>:"/\\|?*\x00\r\n\t')
    assert name == name.strip(" .")
    assert len(name.encode()) <= 121
    assert safe_name(name) == name


@pytest.mark.parametrize("name", DEVICES)
def test_a_device_of_windows_is_no_name(name: str) -> None:
    assert safe_name(name) == f"_{name}"


@given(st.text(max_size=80).map(safe_name).filter(bool))
def test_a_header_carries_the_name_and_one_in_ascii(name: str) -> None:
    header = disposition(name, f"{RELEASE} results.xlsx")
    assert header.isascii()
    assert f'filename="{RELEASE} results.xlsx"' in header
    assert unquote(header.partition("filename*=UTF-8''")[2]) == name


PEOPLE: list[tuple[Format, tuple[str, ...], bool]] = [
    ("xlsx", (), True),
    ("xlsx", ("ranking",), False),
    ("xlsx", ("ranking", "records"), True),
    ("csv", ("scores",), False),
    ("csv", ("records/attendance",), True),
    ("parquet", (), True),
    ("package", (), True),
    ("evidence", ("training_people",), True),
    ("charts", (), False),
]


@pytest.mark.parametrize(("kind", "only", "people"), PEOPLE)
def test_people_may_stand_where_records_do(kind: Format, only: tuple[str, ...], people: bool) -> None:
    assert may_name_people(kind, only) == people
