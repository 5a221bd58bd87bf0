"""Documents about the body as a whole tell its score, grade and lost points, and rank nobody."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.errors import Language
from etl.evaluate import evaluate
from etl.exports.carried import carry
from etl.exports.hangul.flow import Flow
from etl.exports.hangul.looks import looks
from etl.exports.hangul.score_parts import parts_table
from etl.exports.hangul.told import Told as HangulTold
from etl.exports.hwpx import write_hwpx
from etl.exports.pdf.notices import notice
from etl.exports.pdf.report_body import about_body, measured_points
from etl.exports.pdf.scorecards import card, card_text
from etl.exports.pdf.told import Told
from etl.insight.reading import Reading, open_release
from tests.exports.given import TAKEN
from tests.exports.hangul import Document
from tests.exports.printed import Printed, flat, printed
from tests.exports.test_hangul import assert_valid

BODY = "body"
OF_DEPARTMENTS = (
    "1위",
    "순위를",
    "중앙값",
    "평가군별",
    "지원이 필요한",
    "움직인 부서",
    "순위의",
    "부서별 의견",
    "개 부서",
)
OF_DEPARTMENTS_EN = ("ranked", "median", "peer group", "to help", "who moved")


@pytest.fixture(scope="module")
def national(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Reading:
    """The demonstration's release for the body, unpublished; only read."""
    rules = project / "data/rulebooks/mois-demo-2021.toml"
    return open_release(evaluate(project / "data/demo", rules, tmp_path_factory.mktemp("national")).release)


@pytest.fixture(scope="module")
def report(national: Reading, tmp_path_factory: pytest.TempPathFactory) -> Printed:
    return printed(national, tmp_path_factory.mktemp("report"), "report")


@pytest.fixture
def told(national: Reading) -> Told:
    return Told(carry(national, TAKEN), "ko")


def hangul(reading: Reading, path: Path, language: Language = "ko", document: str = "report") -> Document:
    write_hwpx(carry(reading, TAKEN), path, language, (document,))
    return Document(path)


def test_the_first_page_tells_score_grade_the_next_one_and_where_points_were_lost(report: Printed) -> None:
    first = report.pages[0]
    for said in (
        "기관 평가 결과보고",
        "종합점수 84.21점, 우수 등급.",
        "다음 등급 매우우수까지 10.79점(95.00점부터).",
        "같은 폴더에 공표된 전년 결과가 없어 비교하지 않음.",
        "그 밖의 지표(기관이 적음)72점 가운데 57.5점을 얻고 14.5점을 놓침",
    ):
        assert flat(said) in first


def test_no_page_of_the_report_ranks_one_among_one(report: Printed) -> None:
    assert [word for word in OF_DEPARTMENTS for page in report.pages if flat(word) in page] == []


def test_the_report_in_english_ranks_nobody_either(national: Reading, tmp_path: Path) -> None:
    pages = printed(national, tmp_path, "report", "en").pages
    assert [word for word in OF_DEPARTMENTS_EN for page in pages if flat(word) in page.lower()] == []
    assert flat("Report on the evaluation of the body") in pages[0]


def test_every_part_stands_with_what_it_earned_and_lost(report: Printed) -> None:
    assert report.pages_with("그 밖의 지표(기관이 적음)", "57.5점", "57.50", "72", "14.50")
    assert report.pages_with("데이터 전문인력", "302명 / 목표 300", "5.00", "5", "0.00")


def test_what_was_not_measured_is_named(told: Told) -> None:
    assert list(measured_points(told, BODY)) == ["배점이 모두 측정됨."]
    reading = told.reading
    row = reading.indicators[BODY, "tasks"].model_copy(update={"state": "missing", "value": None, "points": None})
    score = reading.scores[BODY].model_copy(update={"coverage": reading.scores[BODY].coverage * 9 / 10})
    partly = open_release(reading.folder)
    object.__setattr__(partly, "indicators", {**reading.indicators, (BODY, "tasks"): row})
    object.__setattr__(partly, "scores", {BODY: score})
    (said,) = measured_points(Told(carry(partly, TAKEN), "ko"), BODY)
    assert said == "배점의 90 %가 측정됨. 값이 없는 지표: 정책 활용 데이터 분석 과제."


def test_without_a_grade_the_reason_is_told(told: Told) -> None:
    ungraded = open_release(told.reading.folder)
    score = told.reading.scores[BODY].model_copy(update={"ranked": False, "not_ranked_because": "coverage"})
    object.__setattr__(ungraded, "scores", {BODY: score})
    object.__setattr__(ungraded, "ranks", {})
    said = list(about_body(Told(carry(ungraded, TAKEN), "ko"), BODY))
    assert said[0] == "종합점수 84.21점."
    assert said[1].startswith("등급을 매기지 않음. 사유: ")


def test_scorecard_and_notice_have_no_place(told: Told) -> None:
    own = card(told, BODY)
    assert [label for label, *_ in own["figures"]] == ["종합점수", "등급"]
    assert own["strip"] is None
    assert own["years"] == [["2021", "84.21", "우수"]]
    assert [label for label, *_ in notice(told, BODY)["result"]] == ["등급", "종합점수"]


def test_a_printed_scorecard_has_lost_points_where_others_have_the_median(national: Reading, tmp_path: Path) -> None:
    (page,) = printed(national, tmp_path, "scorecards").pages
    assert flat("배점놓친 점수") in page
    assert flat("데이터 교육 이수율45 %4.00 / 62.00 1,103 / 2,090") in page
    assert flat("중앙값") not in page


def test_the_hangul_report_tells_the_same_and_ranks_nobody(national: Reading, tmp_path: Path) -> None:
    document = hangul(national, tmp_path / "report.hwpx")
    assert [word for word in OF_DEPARTMENTS if word in document.text] == []
    assert "○ 종합점수 84.21점, 우수 등급" in document.text
    assert "○ 점수를 가장 많이 놓친 지표: 그 밖의 지표(기관이 적음) 14.5점" in document.text
    (result,) = document.records("기관", "종합점수", "등급")
    assert (result["기관"], result["종합점수"], result["등급"]) == ("합성시(예시)", "84.21", "우수")
    parts = {row["영역과 지표"].strip(): row["놓친 점수"] for row in document.records("영역과 지표", "놓친 점수")}
    assert parts["데이터 교육 이수율"] == "2.00"


def test_the_hangul_documents_are_valid_and_the_scorecard_has_no_group(national: Reading, tmp_path: Path) -> None:
    for document in ("report", "scorecards"):
        assert_valid(hangul(national, tmp_path / f"{document}.hwpx", document=document))
    assert "평가군 전체" not in hangul(national, tmp_path / "cards.hwpx", document="scorecards").text


def test_the_hangul_report_in_english_ranks_nobody_either(national: Reading, tmp_path: Path) -> None:
    said = hangul(national, tmp_path / "report.hwpx", "en").text
    assert [word for word in OF_DEPARTMENTS_EN if word in said.lower()] == []


def test_a_scorecard_for_editing_has_lost_points_where_others_have_the_median(
    national: Reading, tmp_path: Path
) -> None:
    text = hangul(national, tmp_path / "card.hwpx", document="scorecards").text
    assert "놓친 점수" in text
    assert "중앙값" not in text
    assert "평가군 순위" not in text


def test_a_weight_that_others_were_moved_to_is_marked_beside_lost_points_too(told: Told) -> None:
    part = {**card_text(told, BODY)["parts"][0], "possible": "10", "moved": "원래 4"}
    flow = Flow(looks("ko", "제목", "1980-01-01T00:00:00Z"))
    said = "".join(parts_table(HangulTold(told.carried, "ko"), flow, [part], {"part": 1, "possible": 1, "lost": 1}))
    assert ">10 ↑<" in said
    assert f">{part['lost']}<" in said
