"""Rules without grades: no document has a place for one."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.errors import Language
from etl.exports.carried import carry
from etl.exports.hwpx import write_hwpx
from etl.exports.pdf.report_ranking import ranking_blocks
from etl.exports.pdf.scorecards import scorecards_data
from etl.exports.pdf.told import Told
from etl.exports.xlsx import write_xlsx
from etl.insight.reading import Reading
from tests.exports.given import TAKEN, scored
from tests.exports.hangul import Document
from tests.exports.printed import printed
from tests.exports.spreadsheets import records


@pytest.fixture
def ungraded(tmp_path: Path) -> Reading:
    return scored(tmp_path, {f"U{at}": f"{at}과" for at in range(5)})


def test_the_printed_ranking_has_no_column_of_grades(ungraded: Reading) -> None:
    tables = [block for block in ranking_blocks(Told(carry(ungraded, TAKEN), "ko")) if block["kind"] == "table"]
    assert len(tables) == 2
    for table in tables:
        assert "등급" not in str(table)
        assert {len(row) for row in table["rows"]} == {len(table["heads"])}


@pytest.mark.parametrize("kind", ["report", "scorecards"])
@pytest.mark.parametrize(("language", "word"), [("ko", "등급"), ("en", "rade")])
def test_a_document_to_edit_says_nothing_of_grades(
    kind: str, language: Language, word: str, ungraded: Reading, tmp_path: Path
) -> None:
    write_hwpx(carry(ungraded, TAKEN), tmp_path / "out.hwpx", language, (kind,))
    assert word not in Document(tmp_path / "out.hwpx").text


def test_the_years_of_a_card_have_grades_only_where_a_year_told_has(golden: Reading, ungraded: Reading) -> None:
    told = Told(carry(ungraded, TAKEN), "ko")
    assert scorecards_data(told, ["U0"])["years_columns"] == ["연도", "종합점수", "평가군 순위"]
    assert [len(row) for row in scorecards_data(told, ["U0"])["cards"][0]["years"]] == [3]
    graded_before = Told(carry(ungraded, TAKEN), "ko")
    graded_before.__dict__["earlier"] = (golden,)
    assert scorecards_data(graded_before, ["U0"])["years_columns"][-1] == "등급"


def test_a_body_has_no_grade_in_its_years_either(tmp_path: Path) -> None:
    alone = scored(tmp_path, {"U0": "가람시"}, said='body = { id = "U0", name = "가람시" }\n')
    assert alone.body == "U0"
    assert all("등급" not in page for page in printed(alone, tmp_path, "scorecards").pages)


def test_the_workbook_has_no_column_of_grades(ungraded: Reading, golden: Reading, tmp_path: Path) -> None:
    for reading, has_grades in ((ungraded, False), (golden, True)):
        write_xlsx(carry(reading, TAKEN), tmp_path / "out.xlsx", "ko", ("ranking",))
        rows = records(tmp_path / "out.xlsx", "평가군별 순위")
        assert all(("등급" in row) == has_grades for row in rows)
        scores = [reading.scores[str(row["부서코드"])].score for row in rows]
        assert [row["종합점수"] or 0 for row in rows] == [float(score or 0) for score in scores]
