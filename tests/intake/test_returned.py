"""Rows handed out to be mended come back as they were received."""

from __future__ import annotations

import csv
import hashlib
import io
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.errors import Language, UnreadableInput
from etl.intake import returned
from etl.intake.mapping import FromColumn, Mends, Source
from etl.intake.returned import harmless, is_about_people, is_returned, take_back, write_returned

CELLS = [
    "=1+1",
    "+82-2",
    "-3",
    "@x",
    "'=quoted",
    "'plain",
    "two\nlines",
    'a "quote"',
    "쉼표, 하나",
    "",
    "blank ",
    "\ttab",
    "＝넓게",
]


def made(tmp_path: Path, rows: list[list[str]], encoding: str = "utf-8", delimiter: str = ",") -> Path:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows(rows)
    path = tmp_path / "받은 것.csv"
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def hand_out(path: Path, reasons: dict[int, list[str]], tmp_path: Path, **said: object) -> list[list[str]]:
    work = tmp_path / "work"
    work.mkdir()
    source = Source.model_validate({"file": path.name, "kind": "datasets", **said})
    write_returned(path, source, reasons, tmp_path / "out.csv", work)
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def come_back(tmp_path: Path) -> list[list[str]]:
    (tmp_path / "copy").mkdir()
    take_back(tmp_path / "out.csv", tmp_path / "back.csv", tmp_path / "copy")
    with (tmp_path / "back.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


@pytest.mark.parametrize(
    ("encoding", "delimiter"), [("utf-8", ","), ("cp949", ";"), ("utf-8-sig", "\t"), ("utf-16", ",")]
)
def test_chosen_rows_go_out_with_reasons_and_come_back_as_received(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    cells = [cell for cell in CELLS if cell != "\ttab"]
    rows = [["번호", "내용"], *([str(at), cell] for at, cell in enumerate(cells))]
    path = made(tmp_path, rows, encoding, delimiter)
    wanted = {at: ["까닭 하나.", "까닭 둘."] for at in range(2, len(rows) + 2)}
    out = hand_out(path, wanted, tmp_path)
    assert out[0][2:] == ["번호", "내용"]
    assert {row[1] for row in out[1:]} == {"까닭 하나. 까닭 둘."}
    assert not [cell for row in out for cell in row if cell.startswith(("=", "+", "-", "@"))]
    assert is_returned(tmp_path / "out.csv")
    assert come_back(tmp_path) == rows


def test_rows_that_were_fine_stay_at_home_and_a_misfit_goes_as_it_came(tmp_path: Path) -> None:
    path = made(tmp_path, [["a", "b"], ["1", "2"], ["3", "4", "5"], ["6", "7"]])
    out = hand_out(path, {3: ["칸이 많음"], 4: ["틀림"]}, tmp_path)
    assert sorted(row[0] for row in out[1:]) == ["3", "4"]
    assert ["3", "칸이 많음", "3", "4", "5"] in out


def test_a_file_that_would_be_too_large_ends_with_a_whole_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(returned, "MOST_BYTES", 500)
    path = made(tmp_path, [["a", "b"], *([str(at), "x" * 40] for at in range(20))])
    work = tmp_path / "work"
    work.mkdir()
    source = Source(file=path.name, kind="datasets")
    told = write_returned(path, source, {at: ["틀림"] for at in range(2, 22)}, tmp_path / "out.csv", work)
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert told.cut
    assert told.rows == len(rows) - 1 < 20
    assert {len(row) for row in rows} == {4}


def test_a_file_with_pseudonyms_is_about_people() -> None:
    clear = Source(file="a.csv", kind="datasets")
    people = Source(file="a.csv", kind="attendance", columns={"person": FromColumn(pseudonym_of=("사번",))})
    assert not is_about_people([clear])
    assert is_about_people([clear, people])


@given(st.text(max_size=20) | st.text(alphabet="'=+-@a", max_size=6))
def test_no_cell_stays_a_formula_and_every_cell_can_be_had_back(cell: str) -> None:
    told = harmless(cell)
    assert not told.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))
    assert returned.as_received(told) == cell


# What a file says of where its rows are from --------------------------------------------------------------------------


def taken_from(tmp_path: Path, content: str | bytes) -> returned.TakenBack:
    came = tmp_path / "came.csv"
    came.write_bytes(content.encode() if isinstance(content, str) else content)
    work = tmp_path / "copy"
    work.mkdir(exist_ok=True)
    assert is_returned(came)
    return take_back(came, tmp_path / "back.csv", work)


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("name", ["받은 것.csv", 'a, "b" (1).csv', "sub/list.csv"])
def test_the_first_heading_says_which_file_and_version_rows_are_from(tmp_path: Path, language: str, name: str) -> None:
    path = made(tmp_path, [["a", "b"], ["1", "2"], ["3", "4"]])
    work = tmp_path / "work"
    work.mkdir()
    source = Source(file=name, kind="datasets")
    write_returned(path, source, {3: ["x"]}, tmp_path / "out.csv", work, cast("Language", language))
    first, second = {"ko": ("지표: 행", "지표: 사유"), "en": ("jipyo: row", "jipyo: reasons")}[language]
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    content = (tmp_path / "out.csv").read_bytes()
    heading, reasons, *_ = next(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert (heading, reasons) == (f"{first} ({name}, sha256 {digest})", second)
    assert taken_from(tmp_path, content).mends == Mends(file=name, sha256=digest, rows=(3,))


HEADING = f"지표: 행 (목록.csv, sha256 {'a' * 64})"


@pytest.mark.parametrize(
    ("content", "rows", "unnumbered"),
    [
        pytest.param(f'"{HEADING}",지표: 사유,a\n3,x,1\n7,x,2\n', (3, 7), 0, id="as handed out"),
        pytest.param(f'"{HEADING}";지표: 사유;a\n7;x;1\n3;x;2\n', (3, 7), 0, id="semicolons, in another order"),
        pytest.param(f"{HEADING}\t지표: 사유\ta\n3\tx\t1\n".encode("utf-16"), (3,), 0, id="unicode text"),
        pytest.param(f'"{HEADING}",지표: 사유,a\n3,x,1\n,,2\n새 행,,3\n', (3,), 2, id="rows that were added"),
        pytest.param(f'"{HEADING}",지표: 사유,a\n3,x,1\n4,x,\n\n', (3,), 0, id="a row that was emptied"),
        pytest.param(f'"{HEADING}",a\n3,1\n', (3,), 0, id="the reasons taken out"),
        pytest.param("jipyo: row,jipyo: reasons,a\n3,x,1\n", None, 0, id="handed out in earlier times"),
        pytest.param(f'"{HEADING}",지표: 사유,a\n,,1\n', None, 1, id="no number left"),
    ],
)
def test_only_rows_that_stand_in_a_mended_file_take_a_place(
    tmp_path: Path, content: str | bytes, rows: tuple[int, ...] | None, unnumbered: int
) -> None:
    taken = taken_from(tmp_path, content)
    assert taken == returned.TakenBack(Mends(file="목록.csv", sha256="a" * 64, rows=rows) if rows else None, unnumbered)
    with (tmp_path / "back.csv").open(encoding="utf-8", newline="") as stream:
        assert next(csv.reader(stream)) == ["a"]


def test_rows_of_another_version_than_was_looked_at_are_not_handed_out(tmp_path: Path) -> None:
    path = made(tmp_path, [["a"], ["1"]])
    with pytest.raises(UnreadableInput) as refused:
        write_returned(
            path, Source(file="a.csv", kind="datasets"), {2: ["x"]}, tmp_path / "out.csv", tmp_path, sha256="b" * 64
        )
    assert [fault.code for fault in refused.value.faults] == ["file_changed_while_read"]


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"PK\x03\x04 no zip", "지표,행\n".encode(), b"\xff\xfe"])
def test_other_files_are_not_taken_for_mended_ones(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.csv").write_bytes(content)
    assert not is_returned(tmp_path / "a.csv")
