"""Reports on evaluations where the lowest score is the best: the last are those with most."""

from __future__ import annotations

from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from etl.exports.carried import carry
from etl.exports.hwpx import write_hwpx
from etl.exports.pdf.notices import notice
from etl.exports.pdf.report import first_page
from etl.exports.pdf.report_ranking import ranking_blocks
from etl.exports.pdf.report_summary import summary
from etl.exports.pdf.report_support import support_blocks
from etl.exports.pdf.scorecards import next_grade_sentences, next_steps_sentences
from etl.exports.pdf.told import Told
from etl.exports.xlsx import write_xlsx
from tests.exports.given import TAKEN
from tests.exports.hangul import Document
from tests.insight.test_prospects import CUTOFFS, QUOTAS, ranked_lowest_first


@pytest.fixture
def told(tmp_path: Path) -> Told:
    return Told(carry(ranked_lowest_first(tmp_path, CUTOFFS), TAKEN), "ko")


def test_the_departments_to_help_are_above_the_median(told: Told) -> None:
    said = str(list(support_blocks(told)))
    assert "중앙값을 가장 많이 넘은 2개 부서" in said
    assert "중앙값보다 30점 높음" in said
    assert said.index("중앙값보다 30점 높음") < said.index("중앙값보다 10점 높음")
    assert "낮음" not in said


def test_the_first_page_says_nothing_of_points_missed(told: Told) -> None:
    page = summary(told)
    assert not any("득점률" in sentence for sentence in page["sentences"])
    assert [who.partition(" ")[0] for who, _ in page["help"]] == ["e", "d"]


def test_what_holds_departments_back_there_is_no_missed_point(told: Told) -> None:
    assert first_page(told)["labels"]["why"] == "중앙값보다 점수가 높은 곳(괄호는 평가군 중앙값)"


def test_the_ranking_says_that_lower_is_better(told: Told) -> None:
    assert str(list(ranking_blocks(told))).count("점수가 낮을수록 앞섬.") == 1


@pytest.mark.parametrize(("includes", "said"), [("lower", "60점보다 낮은 점수"), ("upper", "60점 이하")])
def test_a_card_says_where_the_next_grade_ends(tmp_path: Path, includes: str, said: str) -> None:
    reading = ranked_lowest_first(tmp_path, CUTOFFS + f'includes = "{includes}"\n')
    told = Told(carry(reading, TAKEN), "ko")
    assert list(next_grade_sentences(told, "d")) == [f"다음 등급 우수보다 10점 높음({said})"]
    assert list(next_steps_sentences(told, "d", 3)) == [told.say("card.no_prospects_lowest")]


def test_a_card_says_the_highest_score_of_the_next_grade_under_quotas(tmp_path: Path) -> None:
    told = Told(carry(ranked_lowest_first(tmp_path, QUOTAS), TAKEN), "ko")
    (said,) = next_grade_sentences(told, "d", names_all=True)
    assert "10점 높음(지금 그 등급의 가장 높은 점수 60점" in said


@pytest.mark.parametrize("grades", [CUTOFFS, QUOTAS], ids=["cutoffs", "quotas"])
def test_remarks_say_how_far_above_the_next_grade_a_score_is(grades: str, tmp_path: Path) -> None:
    carried = carry(ranked_lowest_first(tmp_path, grades), TAKEN)
    write_hwpx(carried, tmp_path / "report.hwpx", "ko")
    said = Document(tmp_path / "report.hwpx").texts("본문 항목")
    (of_cards,) = next_grade_sentences(Told(carried, "ko"), "d", names_all=True)
    assert f"○ {of_cards}" in said
    assert "10점 높음" in of_cards
    assert not any("까지 -" in line or "까지 10점" in line for line in said)


def test_every_document_says_once_that_lower_is_better(told: Told, tmp_path: Path) -> None:
    write_hwpx(told.carried, tmp_path / "report.hwpx", "ko")
    assert Document(tmp_path / "report.hwpx").texts("본문 항목").count("○ 점수가 낮을수록 앞섬") == 1
    assert notice(told, "d")["remarks"].count("점수가 낮을수록 앞서는 평가입니다.") == 1
    write_xlsx(told.carried, tmp_path / "results.xlsx")
    rules = CalamineWorkbook.from_path(tmp_path / "results.xlsx").get_sheet_by_name("규칙").to_python()
    assert [row[0] for row in rules].count("점수가 낮을수록 앞섬.") == 1
