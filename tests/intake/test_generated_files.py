"""Files written in every way that spreadsheets and people do: each row ends in one place, under its own number."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.intake.received import DEPARTMENTS, take_in, write

HEADER: Final = ("analysis_id", "unit_id", "title", "purpose", "started_on")
NEWLINES: Final = ("\n", "\r\n", "\r")


@dataclass(frozen=True)
class Line:
    """One row of a spreadsheet: what is written, and what must become of it."""

    cells: tuple[str, ...]
    fate: str


def good(number: int, title: str, purpose: str) -> Line:
    return Line((f"P{number}", "A1", title, purpose, "2021-03-02"), "staged")


ODD_LINES: Final = (
    Line((), "passed over"),
    Line(("   ",), "passed over"),
    Line(("", "", "", "", ""), "set aside"),
    Line((" ", "", "  ", "", ""), "set aside"),
    Line(("P", "A1"), "rejected"),
    Line(("P", "A1", "title", "", "", "more"), "rejected"),
    Line(("P", "A1", "title", "", "2021-02-30"), "rejected"),
    Line(("P", "nobody", "two\nlines", "", "2021-03-02"), "rejected"),
    Line(("", "A1", "title", "", "2021-03-02"), "rejected"),
)
WORDS: Final = st.text("가나다 ab'\",;|\\#=", max_size=8).map(lambda text: f"제{text}목")
NOTES: Final = st.text("가나 a\"',;|\t\n", max_size=8).map(lambda text: f"목{text}적")


@st.composite
def lines(draw: st.DrawFn) -> list[Line]:
    """Rows of a file under its header, each with its fate; every good row has a code of its own."""
    chosen = draw(st.lists(st.one_of(st.none(), st.sampled_from(ODD_LINES)), max_size=12))
    return [line or good(number, draw(WORDS), draw(NOTES)) for number, line in enumerate(chosen)]


@st.composite
def files(draw: st.DrawFn, rows: list[Line]) -> tuple[bytes, int, str]:
    """The bytes of a file of these rows, the row its header stands in, and its delimiter."""
    delimiter = draw(st.sampled_from(",\t;|"))
    quote_all = draw(st.booleans())
    titles = draw(st.lists(st.sampled_from(["", "제목", 'a 7" disk']), max_size=2))
    newlines = draw(st.sampled_from(NEWLINES) | st.none())
    written = [*titles, *(_written(cells, delimiter, quote_all) for cells in (HEADER, *(row.cells for row in rows)))]
    # A blank line between CR and LF would be one CRLF: where endings are mixed, none is a CR before a blank line.
    ends = [newlines or draw(st.sampled_from(NEWLINES if after else NEWLINES[:2])) for after in (*written[1:], "x")]
    ends[-1] = draw(st.sampled_from([ends[-1], ""])) if written[-1] else ends[-1]
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "cp949", "utf-16"]))
    text = "".join(line + end for line, end in zip(written, ends, strict=True))
    return text.encode(encoding), len(titles) + 1, delimiter


def _written(cells: tuple[str, ...], delimiter: str, quote_all: bool) -> str:
    if len(cells) < 2:
        return "".join(cells)
    needs_quotes = {'"', "\n", "\r", delimiter}
    return delimiter.join(
        '"' + cell.replace('"', '""') + '"' if quote_all or needs_quotes & set(cell) else cell for cell in cells
    )


def sources(header_row: int, delimiter: str) -> str:
    """A mapping that says only where the header is and what separates cells."""
    said = {"\t": "\\t"}.get(delimiter, delimiter)
    return (
        '[[source]]\nfile = "departments.csv"\nkind = "departments"\n\n'
        f'[[source]]\nfile = "analyses.csv"\nkind = "analyses"\nheader_row = {header_row}\ndelimiter = "{said}"\n'
    )


@settings(max_examples=25)
@given(data=st.data())
def test_every_row_of_a_file_ends_in_one_place_under_its_own_number(data: st.DataObject) -> None:
    rows = data.draw(lines())
    content, header_row, delimiter = data.draw(files(rows))
    with TemporaryDirectory() as folder:
        received: dict[str, str | bytes] = {"departments.csv": DEPARTMENTS, "analyses.csv": content}
        intake = take_in(write(Path(folder) / "in", received, sources(header_row, delimiter)))
        numbered = list(enumerate(rows, start=header_row + 1))
        assert {(row, *record[:1], *record[2:4]) for row, *record in intake.origins("analyses")} == {
            (row, line.cells[0], line.cells[2].strip(), line.cells[3])
            for row, line in numbered
            if line.fate == "staged"
        }
        assert {row for row, _, _ in intake.reasons("analyses.csv")} == {
            row for row, line in numbered if line.fate == "rejected"
        }
        loaded = intake.loaded["analyses.csv"]
        fates = [line.fate for line in rows]
        assert (loaded.staged, loaded.rejected, loaded.set_aside) == tuple(
            fates.count(fate) for fate in ("staged", "rejected", "set aside")
        )
        assert loaded.received == len(fates) - fates.count("passed over")
