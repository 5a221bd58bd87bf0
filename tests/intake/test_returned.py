"""Rows handed out to be mended come back as they were received."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.intake import returned
from etl.intake.mapping import FromColumn, Source
from etl.intake.returned import harmless, is_about_people, is_returned, without_reasons, write_returned

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
    without_reasons(tmp_path / "out.csv", tmp_path / "back.csv")
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
    monkeypatch.setattr(returned, "MOST_BYTES", 400)
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


@given(st.text(max_size=20))
def test_no_cell_stays_a_formula_and_every_cell_can_be_had_back(cell: str) -> None:
    told = harmless(cell)
    assert not told.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))
    assert returned.as_received(told) == cell
