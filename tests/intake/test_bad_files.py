"""Files that lie about what they are, cost too much or change while they are read: refused, quickly, by their name."""

from __future__ import annotations

import ctypes
import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

import pytest
import xlsxwriter

from etl.errors import Fault, UnreadableInput
from etl.intake import formats, rows
from etl.intake.copies import MOST_MISFITS
from etl.intake.received import look_at
from etl.intake.recognition import form_of
from etl.intake.sandbox import Limits, run_limited
from etl.intake.tables import LONGEST_ROW
from tests.intake.received import take_in, write

FILE: Final = "departments.csv"
HEADER: Final = "unit_id,name,peer_group,valid_from"
ROW: Final = "A1,기획과,line,2020-01-01"
PLAIN: Final = f"{HEADER}\n{ROW}\n"
SECONDS: Final = 10
MEGABYTES: Final = 512
SHEET: Final = "xl/worksheets/sheet1.xml"
SHEET_START: Final = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
)
SHEET_END: Final = b"</row></sheetData></worksheet>"


def refusal(folder: Path) -> Fault:
    """The only fault of the folder's only file."""
    with pytest.raises(UnreadableInput) as refused:
        take_in(folder)
    (fault,) = refused.value.faults
    assert fault.where.startswith(FILE)
    assert fault.text("ko") != fault.text("en")
    return fault


# By their content ---------------------------------------------------------------------------------------------------

FOUND = [
    (b"%PDF-1.7\n", "file_is_a_document"),
    (b"{\\rtf1\\ansi", "file_is_a_document"),
    (b"HWP Document File V3.00 \x1a", "file_is_a_document"),
    (b"\x89PNG\r\n\x1a\n", "file_is_an_image"),
    (b"\xff\xd8\xff\xe0\x00\x10JFIF", "file_is_an_image"),
    (b"\x1f\x8b\x08\x00", "file_is_compressed"),
    (b"7z\xbc\xaf\x27\x1c", "file_is_compressed"),
    (b"\x7fELF\x02\x01", "file_is_a_program"),
    (b"MZ\x90\x00\x03", "file_is_a_program"),
    (b"SQLite format 3\x00", "file_is_a_database"),
    (bytes(8) + b"DUCK", "file_is_a_database"),
    (b"\xef\xbb\xbf\r\n<html><table>", "file_is_a_web_page"),
    (b'<?xml version="1.0"?><Workbook>', "file_is_a_web_page"),
    ("<!DOCTYPE html>".encode("utf-16"), "file_is_a_web_page"),
]


@pytest.mark.parametrize(("beginning", "code"), FOUND)
def test_what_holds_no_table_is_refused_by_its_name(beginning: bytes, code: str) -> None:
    with pytest.raises(UnreadableInput) as refused:
        form_of(beginning, FILE)
    assert [fault.code for fault in refused.value.faults] == [code]


READ = [
    (b"PAR1", "parquet"),
    (b"PK\x03\x04", "workbook"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "workbook"),
    (b'\xef\xbb\xbf \n{ "result"', "json"),
    (b"[{", "json"),
    ("[붙임1] 교육 현황,,\n".encode(), "text"),
    (b"[2025] training,,\n", "text"),
    ("MZ세대,교육".encode("cp949"), "text"),
    (b"<5,>5\n", "text"),
    (HEADER.encode("utf-16"), "text"),
]


@pytest.mark.parametrize(("beginning", "form"), READ)
def test_what_may_hold_a_table_is_read_as_what_it_is(beginning: bytes, form: str) -> None:
    assert form_of(beginning, FILE) == form


# Workbooks ----------------------------------------------------------------------------------------------------------


def workbook(change: Callable[[str, bytes], bytes | None] = lambda part, content: content) -> bytes:
    """A workbook of one department; `change` gives each part its bytes, or None to leave it out."""
    whole, changed = io.BytesIO(), io.BytesIO()
    with xlsxwriter.Workbook(whole, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER.split(","))
        sheet.write_row(1, 0, ROW.split(","))
    with zipfile.ZipFile(whole) as package, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as out:
        for part in package.namelist():
            content = change(part, package.read(part))
            if content is not None:
                out.writestr(part, content)
    return changed.getvalue()


def with_sheet(content: bytes) -> bytes:
    return workbook(lambda part, whole: content if part == SHEET else whole)


def package(*parts: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as out:
        for part in parts:
            out.writestr(part, "x")
    return written.getvalue()


def entities() -> bytes:
    declared = b'<!DOCTYPE worksheet [<!ENTITY x SYSTEM "file:///etc/hostname">]><worksheet'
    return workbook(lambda part, whole: whole.replace(b"<worksheet", declared, 1))


def lying_about_its_size() -> bytes:
    content = bytearray(with_sheet(SHEET_START + bytes(1 << 20) + SHEET_END))
    at = content.rindex(SHEET.encode()) - 46
    assert content[at : at + 4] == b"PK\x01\x02"
    content[at + 24 : at + 28] = (100).to_bytes(4, "little")
    return bytes(content)


def locked() -> bytes:
    content = bytearray(workbook())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (start := content.find(mark, start)) >= 0:
            content[start + at] |= 1
            start += 4
    return bytes(content)


def compound(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1024) + stream.encode("utf-16-le") + bytes(1024)


WORKBOOKS = [
    pytest.param(entities, "workbook_declares_entities", id="external entities"),
    pytest.param(lambda: workbook()[:-200], "file_damaged", id="cut off"),
    pytest.param(lying_about_its_size, "file_damaged", id="more than it claims"),
    pytest.param(locked, "workbook_has_a_password", id="parts with a password"),
    pytest.param(lambda: compound("EncryptedPackage"), "workbook_has_a_password", id="encrypted"),
    pytest.param(lambda: compound("HwpSummaryInformation"), "file_is_a_document", id="HWP"),
    pytest.param(lambda: compound("WordDocument"), "file_is_a_document", id="DOC"),
    pytest.param(lambda: compound("nothing known"), "file_damaged", id="a compound file of nothing"),
    pytest.param(lambda: package("word/document.xml"), "file_is_a_document", id="DOCX"),
    pytest.param(lambda: package("mimetype", "Contents/content.hpf"), "file_is_a_document", id="HWPX"),
    pytest.param(lambda: package("부서.csv"), "file_is_compressed", id="a ZIP of a CSV"),
    pytest.param(lambda: package(*map(str, range(10_001))), "package_inflates", id="10,001 parts"),
]


@pytest.mark.parametrize(("make", "code"), WORKBOOKS)
def test_a_workbook_that_is_none_or_not_safe_is_refused(tmp_path: Path, make: Callable[[], bytes], code: str) -> None:
    assert refusal(write(tmp_path / "in", {FILE: make()})).code == code


def test_a_workbook_is_read_whatever_its_name(tmp_path: Path) -> None:
    loaded = take_in(write(tmp_path / "in", {FILE: workbook()})).loaded[FILE]
    assert (loaded.staged, loaded.encoding) == (1, "xlsx")


# Text ---------------------------------------------------------------------------------------------------------------


def test_rows_that_do_not_fit_are_kept_until_it_is_the_header_that_is_wrong(tmp_path: Path) -> None:
    loaded = take_in(write(tmp_path / "few", {FILE: PLAIN + "A1,x\n" * 2000})).loaded[FILE]
    assert (loaded.received, loaded.staged, loaded.rejected) == (2001, 1, 2000)
    assert refusal(write(tmp_path / "many", {FILE: PLAIN + "A1,x\n" * (MOST_MISFITS + 1)})).code == "too_many_misfits"


def test_a_header_without_rows_is_a_table_without_rows(tmp_path: Path) -> None:
    loaded = take_in(write(tmp_path / "in", {FILE: HEADER})).loaded[FILE]
    assert (loaded.received, loaded.staged) == (0, 0)


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_line_too_long_is_named_by_its_number(tmp_path: Path, ends: str) -> None:
    long = "x" * (3 * LONGEST_ROW)
    fault = refusal(write(tmp_path / "in", {FILE: PLAIN.replace("\n", ends) + f"A2,{long},line,2020-01-01"}))
    assert (fault.code, fault.facts["line"]) == ("row_too_long", 3)


LIKE_OTHERS = ["a*b.csv", "a?c.csv", "[!x].csv", "[붙임1] 부서.csv", "year=2025.csv"]


@pytest.mark.parametrize("name", LIKE_OTHERS)
def test_a_file_whose_name_is_a_pattern_is_read_alone(tmp_path: Path, name: str) -> None:
    others = {other: PLAIN.replace("A1", "B2") for other in ("axb.csv", "a.c.csv", "y.csv", "붙 부서.csv")}
    folder = write(
        tmp_path / "year=2025", {**others, name: PLAIN}, f'[[source]]\nfile = "{name}"\nkind = "departments"\n'
    )
    intake = take_in(folder)
    assert [record[:2] for record in intake.origins("departments")] == [(2, "A1")]


# Files that change --------------------------------------------------------------------------------------------------


def cut_off(file: Path) -> None:
    os.truncate(file, 10)


def put_in_place(file: Path) -> None:
    other = file.with_suffix(".new")
    other.write_text(PLAIN.replace("A1", "A2"), encoding="utf-8")
    other.replace(file)


CHANGES = [Path.unlink, cut_off, put_in_place]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("when", [(rows, "project"), (formats, "_read_header")], ids=["opened", "surveyed"])
def test_a_file_that_changes_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], None], when: tuple[Any, str]
) -> None:
    folder = write(tmp_path / "in", {FILE: PLAIN})
    module, step = when
    kept = getattr(module, step)

    def changing(*args: Any) -> Any:
        change(folder / FILE)
        monkeypatch.setattr(module, step, kept)
        return kept(*args)

    monkeypatch.setattr(module, step, changing)
    # Cut off after it was surveyed, a file may look like one without a header first.
    assert refusal(folder).code in {"file_changed_while_read", "column_without_origin"}


@contextmanager
def as_anybody() -> Iterator[None]:
    """The superuser may read every file; not so while this lasts (capabilities 1 and 2 of Linux are laid down)."""
    if os.geteuid() != 0:
        yield
        return
    system, which = ctypes.CDLL(None, use_errno=True), (ctypes.c_uint32 * 2)(0x20080522, 0)
    held = (ctypes.c_uint32 * 6)()  # effective, permitted, inheritable: the first 32 of each, then the others
    assert system.capget(which, held) == 0
    effective = held[0]
    try:
        held[0] = effective & ~0b110
        assert system.capset(which, held) == 0
        yield
    finally:
        held[0] = effective
        assert system.capset(which, held) == 0


def test_a_file_nobody_may_read_says_so(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", {FILE: PLAIN})
    (folder / FILE).chmod(0)
    with as_anybody():
        assert refusal(folder).code == "file_not_readable"


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / FILE)
    with pytest.raises(UnreadableInput) as refused:
        look_at(tmp_path / FILE, FILE)
    assert [fault.code for fault in refused.value.faults] == ["not_a_file"]


# The sandbox --------------------------------------------------------------------------------------------------------


@dataclass
class Answer:
    """What the functions below hand back."""

    text: str


def echo(text: str) -> Answer:
    return Answer(text)


def hoard(text: str) -> Answer:
    return Answer(str(len(bytearray(1 << 30))))


def spin(text: str) -> Answer:
    while True:
        pass


def fill_the_disk(text: str) -> Answer:
    with Path(text).open("wb") as stream:
        while True:
            stream.write(bytes(1 << 20))


def die(text: str) -> Answer:
    os.kill(os.getpid(), 11)
    return Answer(text)


def break_down(text: str) -> Answer:
    raise ZeroDivisionError(text)


def refuse(text: str) -> Answer:
    raise UnreadableInput([Fault("columns_nested", text, {"columns": "a"}), Fault("json_no_table", text)])


def answer_something_else(text: str) -> Answer:
    return Answer(cast(Any, ["not", "a", "text"]))


def tell_the_key(text: str) -> Answer:
    return Answer(os.environ.get(text, "unknown"))


SMALL: Final = Limits(megabytes=200, seconds=3, file_megabytes=4)


def test_a_result_comes_back_from_the_sandbox() -> None:
    assert run_limited(SMALL, FILE, echo, "기획과\x00") == Answer("기획과\x00")


def test_the_sandbox_knows_no_variable_that_may_be_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIPYO_SECRET", "1234")
    assert run_limited(SMALL, FILE, tell_the_key, "JIPYO_SECRET") == Answer("unknown")


ENDS = [
    (hoard, ["file_too_costly"]),
    (spin, ["file_too_costly"]),
    (fill_the_disk, ["file_too_costly"]),
    (die, ["reader_failed"]),
    (break_down, ["reader_failed"]),
    (answer_something_else, ["reader_failed"]),
    (refuse, ["columns_nested", "json_no_table"]),
]


@pytest.mark.parametrize(("function", "codes"), ENDS)
def test_whatever_happens_in_the_sandbox_is_a_fault(
    tmp_path: Path, function: Callable[[str], Answer], codes: list[str]
) -> None:
    with pytest.raises(UnreadableInput) as refused:
        run_limited(SMALL, FILE, function, str(tmp_path / "copy"))
    assert [fault.code for fault in refused.value.faults] == codes
    assert "Traceback" not in refused.value.text("ko")


# The promise: under 10 seconds and 512 MB -----------------------------------------------------------------------------


def blocks(*parts: tuple[bytes, int]) -> Callable[[Path], None]:
    """A file of blocks, each so many times."""

    def put(file: Path) -> None:
        with file.open("wb") as stream:
            for part, times in parts:
                for _ in range(times):
                    stream.write(part)

    return put


def bomb(inside: bytes, times: int) -> Callable[[Path], None]:
    def put(file: Path) -> None:
        with (
            zipfile.ZipFile(io.BytesIO(workbook())) as package,
            zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out,
        ):
            for part in package.namelist():
                if part != SHEET:
                    out.writestr(part, package.read(part))
            with out.open(SHEET, "w") as stream:
                for block in (SHEET_START, *[inside] * times, SHEET_END):
                    stream.write(block)

    return put


MEBI: Final = 1 << 20
NASTY = [
    pytest.param(blocks((PLAIN.encode(), 1), (b"x" * MEBI, 200)), "row_too_long", id="a line of 200 MB"),
    pytest.param(blocks((b"\xb1\xe2" * (MEBI // 2), 200)), "row_too_long", id="a heading of 200 MB in CP949"),
    pytest.param(blocks((PLAIN.encode(), 1), (b"," * MEBI, 200)), "row_too_long", id="200 million cells in a row"),
    pytest.param(blocks((f'{HEADER}\nA1,"'.encode(), 1), (b"x,y\n" * (MEBI // 4), 100)), "row_too_long", id="a quote"),
    pytest.param(blocks((b"\n" * MEBI, 2)), "no_header", id="two million empty lines"),
    pytest.param(blocks((b'[{"a":', 1), (b"[" * MEBI, 5)), "json_too_deep", id="JSON five million levels deep"),
    pytest.param(bomb(b"<c><v>1</v></c>" * 70_000, 440), "package_inflates", id="450 MB in a workbook of 460 KB"),
    pytest.param(
        bomb(b'<c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c>', 1),
        "file_too_costly",
        id="a sheet of 17 billion cells",
    ),
]


@pytest.mark.xdist_group("measured")
@pytest.mark.parametrize(("put", "code"), NASTY)
def test_the_nastiest_files_are_refused_in_ten_seconds_and_512_megabytes(
    tmp_path: Path, put: Callable[[Path], None], code: str
) -> None:
    put(tmp_path / FILE)
    measured = subprocess.run(
        [sys.executable, "-c", MEASURE, sys.executable, "-m", "jipyo", "check", str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "JIPYO_LANGUAGE": "en"},
    )
    exit_code, seconds, megabytes = (float(figure) for figure in measured.stdout.split())
    (tmp_path / FILE).unlink()
    assert exit_code == UnreadableInput.exit_code, measured.stderr
    assert measured.stderr.count("\n") == 1
    assert sentence_of(code) in measured.stderr
    # Time of the processor: what the clock says depends on what else the machine does.
    assert (seconds < SECONDS, megabytes < MEGABYTES) == (True, True), (seconds, megabytes)


MEASURE: Final = """
import resource, subprocess, sys
ended = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(ended.returncode, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
"""
"""Runs a command; its exit code, seconds of the processor, and megabytes of its largest process."""


def sentence_of(code: str) -> str:
    """The part of a fault's English sentence that is the same for every file."""
    from etl.messages import MESSAGES

    return max(MESSAGES[code]["en"].replace("{", "}").split("}")[::2], key=len)
