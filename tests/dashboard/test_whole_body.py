"""A release about the body as a whole is told as one: its score, grade and lost points, and nobody's place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.access import Scope
from dashboard.address import PageName
from dashboard.charts.catalogue import charts_of
from dashboard.charts.files import export_charts
from dashboard.frames.body import body_result
from dashboard.frames.compare import years_frame
from dashboard.frames.department import department_facts, department_sentences, part_rows
from dashboard.frames.overview_says import overview_sayings
from dashboard.frames.source import Source
from dashboard.frames.unit_ahead import grade_sentences
from dashboard.frames.unit_bridge import bridge_frame
from dashboard.frames.what_if import body_supposed
from dashboard.words import Words
from etl.errors import UsageError
from etl.evaluate import evaluate
from etl.exports.formats import Wanted
from etl.insight.reading import Reading, open_release
from etl.insight.what_if import compared, inputs_of, moves_from, rule_knobs, what_if
from etl.release.folder import publish
from tests.dashboard.showing import Shown, text
from tests.dashboard.signing_in import People
from tests.exports.given import TAKEN

BODY = "body"
OF_DEPARTMENTS = ("1위", "순위를 매긴", "중앙값", "이 부서", "1개 부서")


def release_of(project: Path, folder: Path, rules: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "rules.toml").write_text(rules, encoding="utf-8")
    return evaluate(project / "data/demo", folder / "rules.toml", folder / "releases").release


@pytest.fixture(scope="module")
def national(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demonstration's release for the body, published."""
    rules = (project / "data/rulebooks/mois-demo-2021.toml").read_text(encoding="utf-8")
    folder = tmp_path_factory.mktemp("national")
    release = release_of(project, folder, rules)
    publish(release)
    return release


@pytest.fixture(scope="module")
def before(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Reading:
    """The body under the same rules a year before."""
    rules = (project / "data/rulebooks/mois-demo-2021.toml").read_text(encoding="utf-8")
    for now, then in (
        ("year = 2021", "year = 2020"),
        ("{ start = 2020-09-01, end = 2021-09-30 }", "{ start = 2019-09-01, end = 2020-08-31 }"),
        ("{ start = 2021-01-01, end = 2021-10-31 }", "{ start = 2020-01-01, end = 2020-08-31 }"),
    ):
        assert now in rules
        rules = rules.replace(now, then)
    return open_release(release_of(project, tmp_path_factory.mktemp("before"), rules))


@pytest.fixture(scope="module")
def source(national: Path) -> Source:
    return Source(open_release(national), (), Scope.everything(), Words("ko"))


def html(app: AppTest) -> str:
    """What a page says, with its links."""
    return " ".join(part.proto.body for part in app.get("html"))


# Sentences -----------------------------------------------------------------------------------------------------------


def test_where_we_stand_is_score_grade_and_the_next_one(source: Source) -> None:
    stand = overview_sayings(source)[0].answer
    assert (
        stand
        == "합성시(예시)는 84.21점으로, 우수 등급입니다. 다음 등급 매우우수는 95.00점부터입니다. 10.79점이 모자랍니다."
    )


def test_what_moved_is_the_score_of_the_earlier_release_or_that_there_is_none(source: Source, before: Reading) -> None:
    assert overview_sayings(source)[1].answer.startswith("전년에 공표된 결과가 없어")
    later = replace(source, earlier=(before,))
    change = later.changes[BODY]
    said = overview_sayings(later)[1].answer
    assert f"2020년 {later.score(change.score_before)}점보다 {later.score(abs(change.score_change))}점" in said
    assert "부서" not in said


def test_an_earlier_release_of_departments_has_no_score_to_compare_with(source: Source, before: Reading) -> None:
    scores = {"0010020": replace_score(before)}
    departments = replace(before)
    object.__setattr__(departments, "scores", scores)
    said = overview_sayings(replace(source, earlier=(departments,)))[1].answer
    assert "견줄 수 있는 기관 점수가 없어" in said


def replace_score(reading: Reading) -> object:
    return reading.scores[BODY].model_copy(update={"unit_id": "0010020"})


def test_where_to_act_names_the_indicators_that_lost_most_with_their_points(source: Source) -> None:
    assert overview_sayings(source)[2].answer == (
        "점수를 가장 많이 놓친 지표는 그 밖의 지표(기관이 적음) 14.5점, 정책 활용 데이터 분석 과제 2점, "
        "데이터 교육 이수율 2점입니다. 감점은 1점입니다."
    )


def test_the_overview_says_the_same_in_english(source: Source) -> None:
    said = " ".join(one.answer for one in overview_sayings(replace(source, words=Words("en"))))
    assert "has 84.21 points" in said
    assert "(14.5)" in said
    assert "department" not in said


def test_a_department_that_may_not_see_the_score_yet_is_told_when(source: Source) -> None:
    own = replace(source, scope=Scope.only(["0010020"]))
    assert [one.answer for one in overview_sayings(own)] == ["기관의 점수는 결과가 공표된 뒤에 보여 드립니다."] * 3
    assert list(body_result(own, BODY)) == ["기관의 점수는 결과가 공표된 뒤에 보여 드립니다."]


def test_a_body_without_a_grade_is_told_why(source: Source) -> None:
    reading = replace(source.reading)
    row = source.reading.scores[BODY].model_copy(update={"ranked": False, "not_ranked_because": "coverage"})
    object.__setattr__(reading, "scores", {BODY: row})
    object.__setattr__(reading, "ranks", {})
    ungraded = replace(source, reading=reading)
    said = list(body_result(ungraded, BODY))
    assert said[0] == "합성시(예시)의 점수는 84.21점입니다."
    assert said[1].startswith("등급을 매기지 않았습니다. 사유: ")
    assert department_sentences(ungraded, BODY)[0] == said[1]
    assert department_facts(ungraded, BODY)[-1].value == "등급 없음"


def test_its_own_page_has_no_median_no_place_and_no_way_from_a_median(source: Source) -> None:
    assert [fact.name for fact in department_facts(source, BODY)] == ["점수", "등급"]
    assert not any("중앙값" in said for said in department_sentences(source, BODY))
    assert bridge_frame(source, BODY) is None
    assert grade_sentences(source, BODY)


def test_its_parts_are_set_against_full_marks(source: Source) -> None:
    rows = {row.node: row for row in part_rows(source, BODY)}
    assert all(row.median is None for row in rows.values())
    assert rows["other_points"].gap_text == "−14.50"
    assert rows["specialists"].gap_text == "±0.00"


def test_its_years_have_no_place_nor_group(source: Source, before: Reading) -> None:
    frame = years_frame(replace(source, earlier=(before,)), BODY)
    assert frame.columns == ("2020", "2021")
    assert [row.name for row in frame.rows][:2] == ["점수(점)", "등급"]
    assert not any("위" in cell for row in frame.rows[:2] for cell in row.cells)


def test_a_supposition_tells_score_and_grade(source: Source) -> None:
    moves = moves_from("w:analysis=30", rule_knobs(source.reading.rulebook))
    (one,) = compared(source.reading, what_if(source.reading, inputs_of(source.reading), moves))
    said = body_supposed(source, one)
    assert said[0].startswith("점수가 84.21점에서 ")
    assert said[1].startswith("등급")
    assert not any("위" in sentence for sentence in said)


def test_the_charts_taken_out_have_no_distribution_of_one(source: Source) -> None:
    assert list(charts_of(source, ["overview"])) == []
    (chart,) = charts_of(source, ["departments"])
    assert "중앙값" not in chart.summary


# Pages ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("overview", "84.21점으로, 우수 등급입니다"),
        ("ranking", "기관 전체를 하나로 평가하므로 순위가 없습니다. 합성시(예시)는 84.21점으로"),
        ("department", "우리 기관의 점수는 어디에서 왔고"),
        ("compare", "나란히 놓을 다른 부서가 없습니다"),
        ("what_if", "점수와 등급은 어떻게 바뀌었을까?"),
        ("indicator", "정원"),
    ],
)
def test_a_page_speaks_of_the_body_and_of_no_place_among_one(
    national: Path,
    project: Path,
    people: People,
    monkeypatch: pytest.MonkeyPatch,
    page: PageName,
    said: str,
) -> None:
    shown = text(Shown(page, project, people, national.parent).by(monkeypatch)(indicator="diagnosis"))
    assert said in shown
    assert [word for word in OF_DEPARTMENTS if word in shown] == []


def test_the_overview_has_the_parts_of_the_score_and_leads_to_the_body(
    national: Path, project: Path, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = Shown("overview", project, people, national.parent).by(monkeypatch)()
    shown = text(app)
    assert "점수를 이루는 지표" in shown
    assert "만점과의 차이" in shown
    assert "핵심 수치" not in shown
    assert "크게 움직인 부서" not in shown
    assert f"unit={BODY}" in html(app)


def test_the_ranking_has_nothing_to_filter_or_sort(
    national: Path, project: Path, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = Shown("ranking", project, people, national.parent).by(monkeypatch)()
    assert not app.text_input
    assert not app.selectbox
    assert "<table" not in html(app)
    assert f"unit={BODY}" in html(app)


def test_an_indicator_shows_the_records_of_the_body_at_once(
    national: Path, project: Path, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = text(Shown("indicator", project, people, national.parent).by(monkeypatch)(indicator="specialists"))
    assert "합성시(예시)의 숫자" in shown
    assert "모든 부서의 값과 점수" not in shown
    assert "목표는 필요한 전문인력입니다." in shown
    assert "넘겨받은 몫" not in shown
    assert "기록한 부서" in shown


# Taken out ------------------------------------------------------------------------------------------------------------


def test_an_export_of_what_cannot_be_drawn_of_one_says_so_and_leaves_no_file(national: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as refused:
        export_charts(open_release(national), tmp_path / "charts.zip", TAKEN, Wanted(only=["indicators"]))
    assert refused.value.text("ko").startswith("이 공개본에는 고른 부분(지표)에 그릴 그림이 없습니다.")
    assert "what was chosen (Indicator)" in refused.value.text("en")
    assert not list(tmp_path.iterdir())
