"""The same records, however their file is written; and what is wrong with a file that cannot be understood."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from etl.engine import Engine
from etl.errors import UnreadableInput
from etl.intake.tables import MOST_COLUMNS
from tests.intake.received import DEPARTMENTS, take_in, write

FILE = "departments.csv"
HEADER = "unit_id,name,peer_group,valid_from"
PLAIN = f"{HEADER}\nA1,기획과,line,2020-01-01\nB2,안전과,town,2020-01-01\n"
RECORDS = [(2, "A1", "기획과", "line"), (3, "B2", "안전과", "town")]
MAPPED = f'[[source]]\nfile = "{FILE}"\nkind = "departments"\n'


def records(folder: Path) -> list[tuple[object, ...]]:
    """Row, code, name and peer group of every staged department."""
    return [(row, code, name, group) for row, code, name, _, group, *_ in take_in(folder).origins("departments")]


FORMS = [
    pytest.param(PLAIN.encode(), "", 0, id="UTF-8"),
    pytest.param(PLAIN.encode("utf-8-sig"), "", 0, id="UTF-8 with a byte order mark"),
    pytest.param(PLAIN.encode("cp949"), "", 0, id="CP949, found out"),
    pytest.param(PLAIN.encode("cp949"), 'encoding = "cp949"', 0, id="CP949, told"),
    pytest.param(PLAIN.encode("cp949"), 'encoding = "EUC-KR"', 0, id="EUC-KR, told in capitals"),
    pytest.param(PLAIN.encode("utf-16"), "", 0, id="UTF-16 with a byte order mark"),
    pytest.param(b"\xfe\xff" + PLAIN.encode("utf-16-be"), "", 0, id="UTF-16, the other end first"),
    pytest.param(PLAIN.encode("utf-16-le"), 'encoding = "UTF-16-LE"', 0, id="UTF-16 without a mark, told"),
    pytest.param(PLAIN.encode("utf-16-be"), 'encoding = "utf-16-be"', 0, id="the other end first, told"),
    pytest.param(PLAIN.encode("utf-16"), 'encoding = "utf-16-be"', 0, id="a mark that knows better than what is told"),
    pytest.param(PLAIN.replace("\n", "\r\n").encode(), "", 0, id="CRLF"),
    pytest.param(PLAIN.replace("\n", "\r").encode(), "", 0, id="CR alone"),
    pytest.param(PLAIN.replace("\n", "\r\n", 1).encode(), "", 0, id="CRLF in the header, LF below"),
    pytest.param(PLAIN.replace("\n", "\r", 1).encode(), "", 0, id="CR in the header, LF below"),
    pytest.param(PLAIN.rstrip("\n").encode(), "", 0, id="no line end at the end"),
    pytest.param((PLAIN + "\n\n\n").encode(), "", 0, id="blank lines at the end"),
    pytest.param(PLAIN.replace("\nB2", "\n\nB2").encode(), "", 1, id="a blank line between"),
    pytest.param(PLAIN.replace("\nB2", "\n   \nB2").encode(), "", 1, id="a line of blanks between"),
    pytest.param(PLAIN.replace("\nB2", "\n,,,\nB2").encode(), "", 1, id="a row of nothing between"),
    pytest.param(PLAIN.replace(",", "\t").encode(), "", 0, id="tabs"),
    pytest.param(PLAIN.replace(",", ";").encode(), "", 0, id="semicolons"),
    pytest.param(PLAIN.replace(",", "|").encode(), "", 0, id="bars"),
    pytest.param(PLAIN.replace(",", "、").encode(), 'delimiter = "、"', 0, id="a sign of their own"),
    pytest.param(PLAIN.replace(",", ", ").encode(), "", 0, id="blanks after the commas"),
    pytest.param(PLAIN.replace(",", " ,").encode(), "", 0, id="blanks before the commas"),
    pytest.param(PLAIN.replace("기획과", '"기획과"').encode(), "", 0, id="quotes around a cell"),
    pytest.param(PLAIN.replace(",기획과", ', "기획과"').encode(), "", 0, id="a blank before a quote"),
    pytest.param(PLAIN.replace(",", ',"').replace("\n", '"\n').replace(',"', '","').replace("unit", '"unit')
                 .replace("\nA1", '\n"A1').replace("\nB2", '\n"B2').encode(), "", 0, id="quotes around all"),
    pytest.param(PLAIN.replace("\n", ",\n").encode(), "", 0, id="a delimiter too many on every line"),
    pytest.param(PLAIN.replace("01-01\n", "01-01,\n").encode(), "", 0, id="a delimiter too many under the header"),
    pytest.param(PLAIN.replace("01-01\nB2", "01-01,,\n\nB2").encode(), "", 1, id="two too many beside a blank line"),
    pytest.param(PLAIN.replace("기획과", ' "기획과"').replace("\nB2", "\n\nB2").encode(), "", 1, id="both of these"),
    pytest.param(f"부서 목록\n\n{PLAIN}".encode(), "header_row = 3", 2, id="the header in row 3"),
    pytest.param(f'자 7" 장비\n"두 줄\n제목"\n{PLAIN}'.encode(), "header_row = 3", 2, id="odd titles above the header"),
    pytest.param(PLAIN.replace("name", '"name"').replace("group,", 'group,"two\nlines",').replace("line,", "line,x,")
                 .replace("town,", "town,x,").encode(), "", 0, id="a heading of two lines"),
    pytest.param(PLAIN.replace(",name", ",Name,NAME,name").replace("1,기", "1,x,y,기").replace("2,안", "2,x,y,안")
                 .encode(), "", 0, id="headings that differ in case"),
    pytest.param(PLAIN.replace(",name", ",,,name").replace("1,기", "1,x,y,기").replace("2,안", "2,x,y,안").encode(),
                 "", 0, id="headings that are empty"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "said", "rows_above"), FORMS)
def test_the_same_records_are_read_from_every_form(tmp_path: Path, content: bytes, said: str, rows_above: int) -> None:
    (_, *first), (_, *second) = RECORDS
    above_first = rows_above if "header_row" in said else 0
    folder = write(tmp_path / "in", {FILE: content}, MAPPED + said)
    assert records(folder) == [(2 + above_first, *first), (3 + rows_above, *second)]


ROW = "A1,기획과,line,2020-01-01"
LONE_RETURNS = [
    pytest.param(f"\n\n{HEADER}\r{ROW}\n", 3, [4], id="as many line feeds as lines above"),
    pytest.param(f"{HEADER}\r{ROW}\n", 1, [2], id="one line feed in all"),
    pytest.param(
        f"{HEADER}\n{ROW}\r\n\n{ROW.replace('A1', 'B2')}\r", 1, [2, 4], id="a blank line that makes up for it"
    ),
    pytest.param(f"{HEADER}\n{ROW}\r{ROW.replace('A1', 'B2')}\n\n", 1, [2, 3], id="a blank line at the end that does"),
]


@pytest.mark.parametrize(("content", "header_row", "rows"), LONE_RETURNS)
def test_a_lone_return_ends_a_row_and_no_count_of_line_feeds_hides_it(
    tmp_path: Path, content: str, header_row: int, rows: list[int]
) -> None:
    folder = write(tmp_path / "in", {FILE: content}, MAPPED + f"header_row = {header_row}")
    assert [row for row, *_ in records(folder)] == rows


def test_columns_in_another_order_are_found_by_their_headings(tmp_path: Path) -> None:
    swapped = "valid_from,peer_group,unit_id,name\n2020-01-01,line,A1,기획과\n2020-01-01,town,B2,안전과\n"
    assert records(write(tmp_path / "in", {FILE: swapped})) == RECORDS


def test_a_cell_that_is_no_number_or_day_is_rejected_and_never_drops_its_row(tmp_path: Path) -> None:
    rows = "".join(f"A1,2021-01-01,{part},{'x' if part % 3 else part}\n" for part in range(3000))
    headcount = f"unit_id,as_of,part,authorised\n{rows}"
    intake = take_in(write(tmp_path / "in", {FILE: PLAIN, "headcount.csv": headcount}))
    loaded = intake.loaded["headcount.csv"]
    assert (loaded.received, loaded.staged, loaded.rejected) == (3000, 1000, 2000)
    assert intake.reasons("headcount.csv") == {
        (row, "authorised", "not_an_integer") for row in range(2, 3002) if (row - 2) % 3
    }


def test_a_cast_that_may_fail_is_not_pushed_into_the_reader(tmp_path: Path) -> None:
    """DuckDB makes a TRY_CAST that is a column's only use a hard cast of its reader, which raises or drops the row."""
    (tmp_path / "n.csv").write_text("code,count\n1,5\n2,five\n3,\n", encoding="utf-8")
    declared = "columns = {'code': 'VARCHAR', 'count': 'VARCHAR'}"
    reader = f"read_csv('{tmp_path / 'n.csv'}', auto_detect = false, header = false, skip = 1, delim = ',', {declared})"
    with Engine(threads=1) as engine:
        cast = f"SELECT TRY_CAST(count AS BIGINT) AS number FROM {reader}"
        assert engine.rows(cast) == [(5,), (None,), (None,)]
        assert engine.rows(f"SELECT COUNT(*), COUNT(number), SUM(number) FROM ({cast})") == [(3, 1, 5)]


@pytest.mark.parametrize("blank_line_at", [None, 100])
def test_row_numbers_hold_over_many_blocks_threads_and_name_lookups(tmp_path: Path, blank_line_at: int | None) -> None:
    lines = ["dataset_id,부서,title,opened_on"]
    lines += [f"D{number},{'안전과' if number % 2 else '없는과'},제목,2021-01-01" for number in range(30_000)]
    if blank_line_at is not None:
        lines.insert(blank_line_at, "")
    expected = {(int(line[1:].split(",")[0]), row) for row, line in enumerate(lines, start=1) if line.startswith("D")}
    mapped = '[[source]]\nfile = "d.csv"\nkind = "datasets"\ncolumns = { dataset_id = "dataset_id", title = "title",'
    mapped += ' opened_on = "opened_on", unit_id = { column = "부서", unit_by = "name" } }\n'
    intake = take_in(write(tmp_path / "in", {FILE: PLAIN, "d.csv": "\n".join(lines)}, MAPPED + mapped), threads=4)
    staged = {(int(dataset[1:]), row) for row, dataset, *_ in intake.origins("datasets")}
    rejected = {row for row, _, _ in intake.reasons("d.csv")}
    assert staged == {(number, row) for number, row in expected if number % 2}
    assert rejected == {row for number, row in expected if not number % 2}


# Files that cannot be understood ------------------------------------------------------------------------------------

BROKEN = [
    pytest.param(b"", "", "file_empty", id="nothing"),
    pytest.param(b"\n\n", "", "no_header", id="blank lines only"),
    pytest.param("\ufeff".encode(), "", "no_header", id="a byte order mark only"),
    pytest.param(b",,,\nA1,a,b,c\n", "", "no_header", id="headings that are all empty"),
    pytest.param(PLAIN.encode(), "header_row = 9", "no_header", id="a header row below the end"),
    pytest.param(PLAIN.replace("peer_group", "name").encode(), "", "columns_repeated", id="a heading twice"),
    pytest.param(PLAIN.replace(",name", "").encode(), "", "column_without_origin", id="a heading missing"),
    pytest.param(PLAIN.replace("기획과", '"기획과').encode(), "", "quote_not_closed", id="a quote never closed"),
    pytest.param(PLAIN.replace(",name", ',"name').encode(), "", "quote_not_closed", id="a heading unclosed"),
    pytest.param(PLAIN.replace("기획과", "기\0획과").encode(), "", "file_is_not_text", id="NUL in a cell"),
    pytest.param(PLAIN.replace("기획과", "기\0획과").encode("utf-16"), "", "file_is_not_text", id="NUL in UTF-16"),
    pytest.param(PLAIN.encode("utf-16")[2:], "", "file_is_not_text", id="UTF-16 without a mark"),
    pytest.param(PLAIN.encode("utf-32"), "", "file_is_not_text", id="UTF-32"),
    pytest.param(b"PK\x03\x04\x14\x00\x06\x00", "", "file_damaged", id="XLSX cut off"),
    pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(8), "", "file_damaged", id="XLS cut off"),
    pytest.param(b"MZ\x90\x00\x03\x00\x00\x00", "", "file_is_a_program", id="an executable renamed"),
    pytest.param(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "", "file_is_a_document", id="a PDF renamed"),
    pytest.param(PLAIN.encode() + b"C3,\xff\xfe,line,x\n", "", "not_in_this_encoding", id="neither UTF-8 nor CP949"),
    pytest.param(PLAIN.encode("cp949"), 'encoding = "utf-8"', "not_in_this_encoding", id="not the encoding told"),
    pytest.param(PLAIN.encode("utf-8-sig") + b"\xb1\xe2", "", "not_in_this_encoding", id="a mark that lies"),
    pytest.param(PLAIN.encode(), 'encoding = "ebcdic"', "unknown_encoding", id="an encoding nobody knows"),
    pytest.param(PLAIN.encode() * 90_000 + b"\xff", 'encoding = "utf-8"', "not_in_this_encoding", id="a bad byte"),
    pytest.param(f"{HEADER}\nA1,{'x' * (2 << 20)},line,x\n\n".encode(), "", "row_too_long", id="a cell of 2 MiB"),
    pytest.param(f"{HEADER}\n{'가' * 90_000},{'나' * 990_000},a,x\n\n".encode(), "", "row_too_long", id="a long row"),
    pytest.param(f"{'x' * (2 << 20)},{PLAIN}".encode(), "", "row_too_long", id="a heading of 2 MiB"),
    pytest.param(",".join(f"c{at}" for at in range(16_384)).encode(), "", "too_many_columns", id="16,384 columns"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "said", "code"), BROKEN)
def test_a_file_that_cannot_be_understood_says_why(tmp_path: Path, content: bytes, said: str, code: str) -> None:
    folder = write(tmp_path / "in", {FILE: content}, MAPPED + said)
    with pytest.raises(UnreadableInput) as refusal:
        take_in(folder)
    assert {fault.code for fault in refusal.value.faults} == {code}
    assert all(fault.where.startswith(FILE) for fault in refusal.value.faults)
    assert refusal.value.text("ko") != refusal.value.text("en")


LINES = [
    pytest.param(PLAIN.replace("안전과", '"안전과').encode(), "", 3, id="quote"),
    pytest.param(PLAIN.encode() + b"C3,\xff\xfe,line,x\n", "", 4, id="byte that is not UTF-8 where the rest is"),
    pytest.param(PLAIN.encode("cp949") + b"C3,\xff\xfe,line,x\n", "", 4, id="byte that is not CP949 where the rest is"),
    pytest.param(PLAIN.encode("cp949"), 'encoding = "utf-8"', 2, id="byte not in the encoding told"),
    pytest.param(PLAIN.encode() * 90_000 + b"\xff\n", 'encoding = "utf-8"', 270_001, id="byte far below"),
]


@pytest.mark.parametrize(("content", "said", "line"), LINES)
def test_the_line_to_mend_is_named(tmp_path: Path, content: bytes, said: str, line: int) -> None:
    with pytest.raises(UnreadableInput) as refusal:
        take_in(write(tmp_path / "in", {FILE: content}, MAPPED + said))
    assert [fault.facts["line"] for fault in refusal.value.faults] == [line]


def a_link_out(folder: Path) -> None:
    (folder.parent / "outside.csv").write_text(PLAIN, encoding="utf-8")
    (folder / FILE).symlink_to(folder.parent / "outside.csv")


def a_circle_of_links(folder: Path) -> None:
    (folder / FILE).symlink_to(folder / "other.csv")
    (folder / "other.csv").symlink_to(folder / FILE)


def a_link_to_nothing(folder: Path) -> None:
    (folder / FILE).symlink_to(folder / "gone.csv")


def a_pipe(folder: Path) -> None:
    os.mkfifo(folder / FILE)


PLACES = [
    pytest.param(lambda folder: None, {"file_not_found"}, id="no file"),
    pytest.param(lambda folder: (folder / FILE).mkdir(), {"not_a_file"}, id="a folder"),
    pytest.param(a_pipe, {"not_a_file"}, id="a pipe"),
    pytest.param(a_link_out, {"source_outside_folder"}, id="a link out of the folder"),
    pytest.param(a_link_to_nothing, {"file_not_found"}, id="a link to nothing"),
    # Python 3.13 follows a circle to its start and says so when it opens the file.
    pytest.param(a_circle_of_links, {"file_not_found", "file_not_readable"}, id="a circle of links"),
]


@pytest.mark.parametrize(("put", "codes"), PLACES)
def test_what_is_no_file_of_the_folder_is_not_read(
    tmp_path: Path, put: Callable[[Path], None], codes: set[str]
) -> None:
    folder = write(tmp_path / "in", {}, MAPPED)
    put(folder)
    with pytest.raises(UnreadableInput) as refusal:
        take_in(folder)
    assert {fault.code for fault in refusal.value.faults} <= codes


def test_a_link_inside_the_folder_is_read(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", {"received.csv": PLAIN}, MAPPED)
    (folder / FILE).symlink_to(folder / "received.csv")
    assert records(folder) == RECORDS


def test_the_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    kinds = {"departments": b"", "analyses": b"PK\x03\x04", "policies": b"x,y\n", "datasets": b"\n"}
    folder = write(tmp_path / "in", {f"{kind}.csv": content for kind, content in kinds.items()})
    with pytest.raises(UnreadableInput) as refusal:
        take_in(folder)
    assert {fault.where.removesuffix(".csv") for fault in refusal.value.faults} == kinds.keys()


def test_a_file_named_twice_has_its_fault_told_once(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", {FILE: b""}, MAPPED + MAPPED)
    with pytest.raises(UnreadableInput) as refusal:
        take_in(folder)
    assert [fault.code for fault in refusal.value.faults] == ["file_empty"]


def test_as_many_columns_as_can_be_read_are_read(tmp_path: Path) -> None:
    extra = [f"열{at}" for at in range(MOST_COLUMNS - 4)]
    wide = f"{HEADER},{','.join(extra)}\nA1,기획과,line,2020-01-01,{','.join('x' for _ in extra)}\n"
    assert records(write(tmp_path / "in", {FILE: wide})) == RECORDS[:1]


def test_bytes_that_are_not_utf8_beyond_the_sample_are_told_and_not_dropped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("etl.intake.formats.ENCODING_SAMPLE", 0)
    rows = "unit_id,name,peer_group,valid_from\nA1,기획과,line,2020-01-01\n".encode() + b"B2,\xff\xfe,line,2020-01-01\n"
    with pytest.raises(UnreadableInput) as refusal:
        take_in(write(tmp_path / "in", {"departments.csv": rows}))
    assert [fault.code for fault in refusal.value.faults] == ["not_in_this_encoding"]


def test_utf8_beyond_the_sample_is_read_like_any_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.intake.formats.ENCODING_SAMPLE", 0)
    loaded = take_in(write(tmp_path / "in", {"departments.csv": DEPARTMENTS})).loaded["departments.csv"]
    assert (loaded.encoding, loaded.staged, loaded.rejected) == ("utf-8", 2, 0)
