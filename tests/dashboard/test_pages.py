"""Every page in both languages, deep links, filters, and what is said where there is nothing to show."""

from __future__ import annotations

import re
import shutil
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.access import Role
from dashboard.address import PAGES, RELEASE_PAGES, PageName
from dashboard.shelf import RELEASES
from etl.insight.reading import open_release
from etl.release.folder import CURRENT, publish, published
from tests.dashboard.conftest import ScoreUnits, figures_of
from tests.dashboard.signing_in import People

pytestmark = pytest.mark.slow

HANGUL = re.compile("[가-힣]")
LEADER = "0010030"
SHOWN_AS_THEY_ARE = (
    "가감점.csv",
    "과정역량.csv",
    "교육과정.csv",
    "교육과정목록.csv",
    "데이터셋.csv",
    "디지털사업.csv",
    "분석과제.csv",
    "수상.csv",
    "수집데이터.csv",
    "시범사업.csv",
    "시범사업_만족도.csv",
    "역량진단.csv",
    "우수사례.csv",
    "우수사례_확산.csv",
    "인정심의.csv",
    "정책활용.csv",
)
"""Received files whose words pages show as they are."""


@pytest.fixture
def open_page(project: Path, people: People, monkeypatch: pytest.MonkeyPatch) -> OpenPage:
    return OpenPage(project, people, monkeypatch)


class OpenPage:
    """Opens a page of the dashboard over a folder of releases at an address, for an evaluator unless it is said."""

    def __init__(self, project: Path, people: People, monkeypatch: pytest.MonkeyPatch) -> None:
        self._project, self._people, self._monkeypatch = project, people, monkeypatch
        self._reader: tuple[Role, str | None] = (Role.EVALUATOR, None)

    def read_by(self, role: Role, unit_id: str | None = None) -> OpenPage:
        """The same for somebody in another role."""
        other = OpenPage(self._project, self._people, self._monkeypatch)
        other._reader = (role, unit_id)
        return other

    def __call__(self, folder: Path, page: PageName, **query: str) -> AppTest:
        self._monkeypatch.setenv(RELEASES, str(folder))
        app = self._people.open(self._project / "dashboard/app/main.py", *self._reader)
        for key, value in query.items():
            app.query_params[key] = value
        if page != PAGES[0]:
            # The pages are known only after a first run.
            app.run()
            app.switch_page(f"../pages/{page}.py")
        app.run()
        assert not app.exception
        return app


def html(app: AppTest) -> str:
    """The HTML of a page, without the style sheet."""
    bodies = [element.proto.body for element in app.get("html")]
    return "\n".join(body for body in bodies if not body.lstrip().startswith("<style"))


def text(app: AppTest) -> str:
    return unescape(re.sub(r"<[^>]*>", " ", html(app)))


def rows_of_first_table(app: AppTest) -> int:
    """How many rows the first table of a page has, its head included."""
    return html(app).partition("</table>")[0].count("<tr")


def links(app: AppTest) -> dict[str, str]:
    """The links of a page but those that stand on every one."""
    found = re.findall(r'<a href="([^"]*)"[^>]*>([^<]*)</a>', html(app))
    return {unescape(label): unescape(href) for href, label in found if href not in ("account/password", "signout")}


# Every page ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", RELEASE_PAGES)
@pytest.mark.parametrize("lang", ["ko", "en"])
def test_every_page_says_state_release_date_and_that_it_is_an_example(
    open_page: OpenPage, releases: Path, page: PageName, lang: str
) -> None:
    said = text(open_page(releases, page, lang=lang))
    pointer = published(releases)[0]
    assert pointer.release in said
    assert ("공표본" if lang == "ko" else "Published") in said
    assert ("합성 예시" if lang == "ko" else "Synthetic example") in said
    assert ("2021. 12. 31." if lang == "ko" else "31 December 2021") in said


@pytest.mark.parametrize("page", RELEASE_PAGES)
def test_an_english_page_has_hangul_only_where_the_records_have_it(
    open_page: OpenPage, releases: Path, project: Path, page: PageName
) -> None:
    app = open_page(releases, page, lang="en", unit=LEADER, indicator="training_uptake")
    release = releases / published(releases)[0].release
    recorded = (release / "units.csv").read_text(encoding="utf-8") + (release / "rulebook.toml").read_text(
        encoding="utf-8"
    )
    recorded += (release / "provenance.json").read_text(encoding="utf-8")
    # Words of the records themselves: reasons and documents of the ledger, ids of attendances and headcount.
    recorded += "".join((project / "data/demo" / file).read_text(encoding="utf-8-sig") for file in SHOWN_AS_THEY_ARE)
    kept = recorded + "성과관리담당관 교육 일반직 한국어"
    strange = [word for word in re.findall("[가-힣]+", text(app)) if word not in kept]
    assert not strange
    labels = [widget.label for widget in (*app.selectbox, *app.segmented_control)]
    assert not [label for label in labels if HANGUL.search(label.replace("교육 이수 실인원", ""))]


@pytest.mark.parametrize("page", RELEASE_PAGES)
def test_a_korean_page_has_no_code_where_a_word_belongs(open_page: OpenPage, releases: Path, page: PageName) -> None:
    said = text(open_page(releases, page, unit=LEADER, indicator="training_uptake"))
    codes = (
        "training_people",
        "headcount",
        "analyses_completed",
        "outside_period",
        "not_applicable",
        "reweight",
        "None",
    )
    assert not [code for code in codes if code in said]


# Deep links ----------------------------------------------------------------------------------------------------------


def test_the_year_of_the_url_is_the_one_shown(open_page: OpenPage, releases: Path) -> None:
    app = open_page(releases, "overview", year="2020")
    assert "2020. 12. 31." in text(app)
    assert app.segmented_control(key="choose-year").value == "2020"


def test_the_department_and_the_indicator_of_the_url_are_those_shown(open_page: OpenPage, releases: Path) -> None:
    app = open_page(releases, "indicator", unit=LEADER, indicator="datasets_opened")
    said = text(app)
    assert "신규 개방 데이터셋" in said
    assert "스마트도시과의 숫자" in said
    assert app.selectbox(key="choose-unit").value == LEADER
    assert app.selectbox(key="choose-indicator").value == "datasets_opened"


def test_links_keep_what_the_url_says(open_page: OpenPage, releases: Path) -> None:
    app = open_page(releases, "ranking", year="2020", group="line", lang="en")
    hrefs = [href for href in links(app).values() if href.startswith("department?")]
    assert len(hrefs) == rows_of_first_table(app) - 1
    assert all({"year=2020", "group=line", "lang=en"} <= set(href.partition("?")[2].split("&")) for href in hrefs)


@pytest.mark.parametrize("page", ["department", "requests"])
def test_beside_every_page_a_department_is_told_by_its_name(
    open_page: OpenPage, releases: Path, page: PageName
) -> None:
    app = open_page.read_by(Role.DEPARTMENT, LEADER)(releases, page)
    said = text(app)
    assert "부서 담당자 · 스마트도시과" in said
    assert f"· {LEADER}" not in said


def test_choosing_changes_the_url(open_page: OpenPage, releases: Path) -> None:
    app = open_page(releases, "ranking", lang="en")
    app.segmented_control(key="choose-group").set_value("town").run()
    assert app.query_params["group"] == "town"
    assert app.query_params["lang"] == "en"
    assert rows_of_first_table(app) == 22
    app.segmented_control(key="choose-year").set_value("2020").run()
    assert app.query_params["year"] == "2020"


def test_choosing_a_department_shows_it(open_page: OpenPage, releases: Path) -> None:
    app = open_page(releases, "department", unit=LEADER)
    app.selectbox(key="choose-unit").set_value("0010020").run()
    assert app.query_params["unit"] == "0010020"
    assert '<h1 class="jp-title">법무담당관</h1>' in html(app)


def test_the_filter_of_the_ranking_keeps_one_peer_group(open_page: OpenPage, releases: Path) -> None:
    app = open_page(releases, "ranking", group="agency")
    assert rows_of_first_table(app) == 6
    assert "직속기관 5개 부서에 순위를 매겼습니다." in text(app)


def test_one_can_follow_a_score_down_to_the_received_row(open_page: OpenPage, releases: Path) -> None:
    leads = links(open_page(releases, "ranking"))["스마트도시과"]
    assert leads == f"department?unit={LEADER}"
    leads = links(open_page(releases, "department", unit=LEADER))["데이터 교육 이수율"]
    assert leads == f"indicator?unit={LEADER}&indicator=training_uptake"
    app = open_page(releases, "indicator", unit=LEADER, indicator="training_uptake")
    said, metrics = text(app), open_release(releases / published(releases)[0].release).metrics
    people, headcount = metrics[LEADER, "training_people"], metrics[LEADER, "headcount_authorised"]
    assert people.records_counted == people.value
    assert f"기록 {people.value}건을 세어 값은 {people.value}입니다." in said
    assert f"세지 않은 기록은 {people.records_not_counted}건입니다." in said
    assert "같은 사람이 이미 집계됨" in said
    assert re.search(r"교육이수\.csv \d+행", said)
    assert f"정원 {headcount.value} (분모)" in said


def test_a_group_of_the_chain_shows_its_records_and_an_unknown_one_nothing(open_page: OpenPage, releases: Path) -> None:
    app = open_page(releases, "chain", part="dataset:opened")
    assert "데이터셋 · 개방: 그림에 든 기록" in text(app)
    assert links(app)["기록 닫기"] == "chain"
    assert "그림에 든 기록" not in text(open_page(releases, "chain", part="dataset:<b>"))


def test_many_records_come_a_page_at_a_time(open_page: OpenPage, releases: Path) -> None:
    app = open_page(releases, "indicator", unit=LEADER, indicator="training_uptake")
    key = f"records-training_people-{LEADER}"
    metrics = open_release(releases / published(releases)[0].release).metrics
    assert f"{metrics[LEADER, 'training_people'].records_counted}건 가운데 1–20번째" in text(app)
    app.segmented_control(key=key).set_value("not_counted").run()
    assert "1–20번째" in text(app)
    assert "평가 기간 밖" in text(app)


def test_a_panel_shows_its_marks(open_page: OpenPage, releases: Path) -> None:
    said = text(open_page(releases, "indicator", unit=LEADER, indicator="data_leadership"))
    assert "위원 5명의 점수입니다. 평균에서 뺀 점수는 2개입니다." in said
    assert "최고·최저라 뺌" in said
    assert re.search(r"위원평가\.csv \d+행", said)


# Nothing to show -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", RELEASE_PAGES)
@pytest.mark.parametrize(
    ("lang", "words"), [("ko", "공개본 폴더가 없습니다"), ("en", "The folder of releases does not exist")]
)
def test_without_a_folder_it_says_what_to_do(
    open_page: OpenPage, tmp_path: Path, page: PageName, lang: str, words: str
) -> None:
    said = text(open_page(tmp_path / "nowhere", page, lang=lang))
    assert words in said
    assert "jipyo serve --releases" in said


@pytest.mark.parametrize("page", RELEASE_PAGES)
def test_an_empty_folder_says_how_to_evaluate(open_page: OpenPage, tmp_path: Path, page: PageName) -> None:
    said = text(open_page(tmp_path, page))
    assert "아직 평가 결과가 없습니다" in said
    assert f"--out {tmp_path}" in said


def test_drafts_are_offered_and_marked_where_nothing_is_published(
    open_page: OpenPage, releases: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(releases, tmp_path / "releases"))
    (folder / CURRENT).unlink()
    app = open_page(folder, "ranking")
    assert "공표된 결과가 없습니다" in text(app)
    release = published(releases)[0].release
    assert links(app)[release] == f"ranking?release={release}"
    said = text(open_page(folder, "ranking", release=release))
    assert "수집 중 초안" in said
    assert "공표본" not in said


@pytest.mark.parametrize(
    ("page", "query", "words"),
    [
        ("overview", {"year": "1999"}, "그 연도의 공표 결과가 없습니다"),
        ("overview", {"year": "abc"}, "연도를 알아볼 수 없습니다"),
        ("requests", {"year": "20211"}, "연도를 알아볼 수 없습니다"),
        ("ranking", {"release": "2021-000000000000"}, "그 공개본이 없습니다"),
        ("ranking", {"group": "nobody"}, "그 평가군은 이 평가에 없습니다"),
        ("department", {"unit": "nobody"}, "그 부서는 이 평가에 없습니다"),
        ("indicator", {"unit": "nobody"}, "그 부서는 이 평가에 없습니다"),
        ("indicator", {"indicator": "nothing"}, "그 지표는 이 평가에 없습니다"),
    ],
)
def test_an_address_that_names_nothing_says_so_and_offers_what_there_is(
    open_page: OpenPage, releases: Path, page: PageName, query: dict[str, str], words: str
) -> None:
    app = open_page(releases, page, **query)
    assert words in text(app)
    assert links(app) or app.selectbox


def test_a_release_that_was_tampered_with_is_not_shown(open_page: OpenPage, releases: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(releases, tmp_path / "releases"))
    release = folder / published(folder)[0].release
    scores = release / "scores.csv"
    scores.write_text(scores.read_text(encoding="utf-8").replace(f"{LEADER},", f"{LEADER},9", 1), encoding="utf-8")
    said = text(open_page(folder, "ranking"))
    assert "공개본이 온전하지 않습니다" in said
    assert f"jipyo verify {release}" in said


# Releases of a table of figures --------------------------------------------------------------------------------------

HOSTILE = ("<img src=x onerror=alert(1)>", "[누르세요](http://example.org)", "**굵게** :red[빨강] $x$", "긴이름" * 100)


@pytest.fixture
def scored(score_units: ScoreUnits, tmp_path: Path) -> Path:
    units = [(str(at), name, "line") for at, name in enumerate(HOSTILE)]
    figures = {str(at): figures_of(datasets_opened=str(at)) for at in range(len(HOSTILE))}
    publish(
        score_units(tmp_path, [*units, ("9", "무기록과", "support")], figures | {"9": dict.fromkeys(figures_of(), "")})
    )
    return tmp_path


@pytest.mark.parametrize("page", RELEASE_PAGES)
@pytest.mark.parametrize("lang", ["ko", "en"])
def test_hostile_names_are_text_on_every_page(open_page: OpenPage, scored: Path, page: PageName, lang: str) -> None:
    for at, name in enumerate(HOSTILE):
        app = open_page(scored, page, unit=str(at), indicator="datasets_opened", lang=lang)
        assert "<img" not in html(app)
        if page in ("department", "ranking"):
            assert name in text(app)
        # Only texts of ours may be read as Markdown.
        assert not app.markdown
        assert not [one for one in app.get("page_link") if name in one.proto.label]


def test_without_records_the_page_says_where_the_figures_are(open_page: OpenPage, scored: Path) -> None:
    said = text(open_page(scored, "indicator", unit="1", indicator="datasets_opened"))
    assert "뒤에 기록이 없습니다" in said
    assert "records/given.csv" in said
    assert "보여 드릴 수 없습니다" not in text(open_page(scored, "department", unit="1"))


def test_an_unranked_department_is_listed_at_the_end_with_the_reason(open_page: OpenPage, scored: Path) -> None:
    page = html(open_page(scored, "ranking"))
    assert page.index("순위를 매기지 않은 부서") > page.index("부서 순위표")
    assert "측정된 가중치가 최소 기준에 못 미침" in page
    said = text(open_page(scored, "department", unit="9"))
    assert "순위 없음" in said
    assert "측정된 가중치가 최소 기준에 못 미침" in said


def test_a_department_without_figures_is_told_so_on_the_indicator(open_page: OpenPage, scored: Path) -> None:
    said = text(open_page(scored, "indicator", unit="9", indicator="training_uptake"))
    assert "값이 없습니다." in said
