"""Charts as files: every mark of a figure at its place, every name as text, the release under every picture."""

from __future__ import annotations

import importlib
import io
import pkgutil
import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from functools import partial
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PIL import Image, ImageFont

from dashboard import charts
from dashboard.access import Scope
from dashboard.charts import catalogue
from dashboard.charts.catalogue import PARTS, charts_of
from dashboard.charts.drawing import blank_figure
from dashboard.charts.files import export_charts
from dashboard.charts.svg import as_svg
from dashboard.frames.diagnosis import LevelMarks, LevelsFrame
from dashboard.frames.source import Source
from dashboard.theme import PALETTES
from dashboard.words import Words
from etl.errors import UsageError
from etl.exports.carried import Taken
from etl.exports.formats import Wanted
from etl.insight.reading import Reading, open_release
from etl.scoring.decimals import total
from etl.shown import grouped
from tests.dashboard.test_charts import FIGURES, HOSTILE
from tests.exports.given import HOSTILE as NAMES
from tests.exports.given import TAKEN, scored
from tests.golden.evaluation import evaluate_golden

SVG = "{http://www.w3.org/2000/svg}"
LIGHT = PALETTES["light"]
BOLD = Path(__file__).parents[2] / "etl/exports/fonts/PretendardGOV-Bold.otf"


@pytest.fixture(scope="module")
def golden(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    return open_release(evaluate_golden(tmp_path_factory.mktemp("releases")).release)


def drawing(name: str, title: str = "제목") -> ET.Element:
    return ET.fromstring(as_svg(FIGURES[name], LIGHT, title, ["출처"], "요약"))


def words_of(svg: ET.Element) -> list[str]:
    return [str(text.text) for text in svg.iter(f"{SVG}text")]


@pytest.mark.parametrize("name", sorted(FIGURES))
def test_every_mark_with_a_place_is_drawn_within_the_picture(name: str) -> None:
    svg = drawing(name)
    width, height = float(svg.attrib["width"]), float(svg.attrib["height"])
    marks = [
        (float(mark.attrib["cx"]), float(mark.attrib["cy"]), float(mark.attrib["r"]))
        for mark in svg.iter(f"{SVG}circle")
    ]
    symbols = [trace for trace in FIGURES[name].data if "markers" in (trace.mode or "")]
    dots = [trace for trace in symbols if trace.marker.symbol in (None, "circle")]
    named = sum(bool(trace.name) and bool(FIGURES[name].layout.showlegend) for trace in dots)
    assert len(marks) == sum(len(trace.x) for trace in dots) + named
    assert all(r <= x <= width - r and r <= y <= height - r for x, y, r in marks)


def test_a_dot_stands_where_its_value_is_on_the_axis() -> None:
    svg = drawing("movers")
    ticks = {str(text.text): float(text.attrib["x"]) for text in svg.iter(f"{SVG}text")}
    before, now = (float(dot.attrib["cx"]) for dot in svg.iter(f"{SVG}circle"))
    assert before == pytest.approx(ticks["20"], abs=0.1)
    assert now == pytest.approx(ticks["60"], abs=0.1)


@pytest.mark.parametrize("name", ["groups", "movers", "parts", "spread"])
def test_a_hostile_name_is_text_and_nothing_else(name: str) -> None:
    svg = drawing(name, HOSTILE + "\x00\ud800")
    tags = {element.tag.removeprefix(SVG) for element in svg.iter()}
    assert tags <= {"svg", "title", "desc", "rect", "line", "circle", "polygon", "polyline", "text", "path"}
    assert any("onerror" in text for text in words_of(svg))
    assert all(key != "href" and not key.startswith("on") for element in svg.iter() for key in element.attrib)


def test_a_name_that_is_long_breaks_into_lines_that_fit() -> None:
    svg = ET.fromstring(as_svg(FIGURES["trend"], LIGHT, "제목", ["긴 설명입니다 " * 60]))
    lines = [text for text in words_of(svg) if "설명입니다" in text]
    assert len(lines) > 3
    assert " ".join(lines).split() == ["긴", "설명입니다"] * 60


@pytest.mark.parametrize("title", ["가" * 300, "W" * 100, "A" * 100, "긴 이름 " * 40 + "· 점수를 이루는 지표"])
def test_a_title_is_never_cut(title: str) -> None:
    svg = drawing("trend", title)
    lines = [text for text in svg.iter(f"{SVG}text") if text.attrib["font-size"] == "20"]
    assert "".join(str(line.text) for line in lines).replace(" ", "") == title.replace(" ", "")
    assert len({line.attrib["y"] for line in lines}) == len(lines) > 1
    widest = ImageFont.truetype(BOLD, 20)
    assert all(16 + widest.getlength(str(line.text)) <= float(svg.attrib["width"]) for line in lines)


def files(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_every_chart_comes_as_svg_and_png_with_source_release_and_state(golden: Reading, tmp_path: Path) -> None:
    done = export_charts(golden, tmp_path / "charts.zip", TAKEN, Wanted())
    found = files(done.path)
    drawn = {name.rpartition(".")[0] for name in found if name != "README.txt"}
    assert drawn == set(done.controls)
    for name in drawn:
        said = " ".join(words_of(ET.fromstring(found[f"{name}.svg"])))
        assert golden.manifest.name in said
        assert "잠정" in said
        picture = Image.open(io.BytesIO(found[f"{name}.png"]))
        assert picture.width > 1200
        assert len(picture.convert("L").getcolors(65536) or ()) > 8
    assert TAKEN.by in found["README.txt"].decode()
    named = {golden.units[unit].name for unit in golden.units}
    assert all(any(name in title for title in drawn) for name in named)


def test_what_is_not_final_or_not_real_stands_in_large_letters_beside_the_title(
    tmp_path: Path, golden: Reading
) -> None:
    done = export_charts(golden, tmp_path / "charts.zip", TAKEN, Wanted(only=["indicators"]))
    drawn = [ET.fromstring(data) for name, data in files(done.path).items() if name.endswith(".svg")]
    assert drawn
    for svg in drawn:
        sizes = {str(text.text): float(text.attrib["font-size"]) for text in svg.iter(f"{SVG}text")}
        assert sizes["잠정"] == sizes["합성 예시"] == max(sizes.values())


@pytest.mark.parametrize("part", ["overview", "indicators"])
def test_rounded_marks_of_others_are_said_to_be_rounded(golden: Reading, part: str) -> None:
    coarse = "다른 부서의 점은 어림한 값에"
    whole, own = (Source(golden, (), scope, Words("ko")) for scope in (Scope.everything(), Scope.only(["U02"])))
    assert any(coarse in chart.key for chart in charts_of(own, [part], ["U02"]))
    assert not any(coarse in chart.key for chart in charts_of(whole, [part]))


def test_names_of_first_departments_are_explained_where_there_are_any(golden: Reading) -> None:
    nobody = next(unit for unit, row in golden.ranks.items() if row.group_rank > 1)
    whole, own = (Source(golden, (), scope, Words("ko")) for scope in (Scope.everything(), Scope.only([nobody])))
    assert any("1위 부서입니다" in chart.key for chart in charts_of(whole, ["overview"]))
    assert not any("1위 부서입니다" in chart.key for chart in charts_of(own, ["overview"]))


def test_a_competency_without_a_mark_is_named_with_the_reason(golden: Reading) -> None:
    frame = LevelsFrame(
        "수준",
        ("분석", "활용", "윤리"),
        (
            LevelMarks("기관", "grey", (Decimal(50), Decimal(60), Decimal(70))),
            LevelMarks("가과", "primary", (Decimal(50), None, None)),
        ),
        "요약",
    )
    source = Source(golden, (), Scope.everything(), Words("ko"))
    assert catalogue._no_mark_key(source, frame).startswith("빠진 점(활용, 윤리)은 답한 사람이 없거나")
    whole = replace(frame, marks=frame.marks[:1])
    assert catalogue._no_mark_key(source, whole) == ""


def test_a_title_beside_marks_keeps_clear_of_them() -> None:
    svg = ET.fromstring(as_svg(FIGURES["trend"], LIGHT, "긴 이름 " * 30, ["출처"], "요약", ("잠정", "합성 예시")))
    left = min(float(box.attrib["x"]) for box in svg.iter(f"{SVG}rect") if box.attrib.get("stroke"))
    widest = ImageFont.truetype(BOLD, 20)
    titles = [text for text in svg.iter(f"{SVG}text") if text.attrib["x"] == "16" and text.attrib["font-size"] == "20"]
    assert len(titles) > 1
    assert all(16 + widest.getlength(str(line.text)) < left for line in titles)


def test_the_page_beside_charts_counts_their_marks_and_adds_up_the_scores_behind_them(
    golden: Reading, tmp_path: Path
) -> None:
    done = export_charts(golden, tmp_path / "charts.zip", TAKEN, Wanted(only=["indicators"]))
    found = files(done.path)
    page = found["README.txt"].decode("utf-8-sig")
    for name, control in done.controls.items():
        assert f"{name}.svg, .png: 표시 {control.rows}개" in page
        svg = ET.fromstring(found[f"{name}.svg"])
        assert control.rows >= len(list(svg.iter(f"{SVG}circle")))
    added = total(row.score for row in golden.scores.values() if row.score is not None)
    assert f"종합점수: {len(golden.scores)}행, 종합점수 합계 {grouped(added)}" in page


def test_the_page_beside_a_departments_charts_adds_up_nothing_of_another(golden: Reading, tmp_path: Path) -> None:
    done = export_charts(golden, tmp_path / "own.zip", TAKEN, Wanted(only=["indicators"], units=["U10"]))
    assert "종합점수: 1행" in files(done.path)["README.txt"].decode("utf-8-sig")


def test_charts_stand_in_folders_under_names_that_say_release_and_what_they_show(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    reading = scored(tmp_path / "work", {"U0": "가" * 100, "U1": "나" * 100})
    done = export_charts(reading, tmp_path / "c.zip", TAKEN, Wanted(only=["departments"]))
    for name in done.controls:
        folder, file = name.split("/")
        assert folder == "03 부서"
        assert file.startswith(reading.manifest.name)
        assert "점수를 이루는 지표" in file or "평가군 중앙값에서 이 점수까지" in file
        assert len(f"{file}.svg".encode()) < 255


def test_a_label_is_not_struck_through_by_a_line_behind_it() -> None:
    labels = [text for text in drawing("parts").iter(f"{SVG}text") if text.attrib.get("paint-order") == "stroke"]
    assert labels
    assert all(label.attrib["stroke"] == LIGHT.ground for label in labels)


def test_the_points_of_a_step_down_to_zero_keep_clear_of_the_names_of_rows(releases: Path) -> None:
    reading = open_release(next(releases.glob("2021-*")))
    source = Source(reading, (), Scope.everything(), Words("ko"))
    steps = [chart for chart in charts_of(source, ["departments"]) if chart.kind == source.words("bridge.title")]
    for chart in steps:
        svg = ET.fromstring(as_svg(chart.draw(LIGHT), LIGHT, chart.title, ()))
        texts = list(svg.iter(f"{SVG}text"))
        names = [
            float(text.attrib["x"])
            for text in texts
            if text.attrib["text-anchor"] == "end" and "stroke" not in text.attrib
        ]
        points = [text for text in texts if text.attrib["text-anchor"] == "end" and str(text.text).startswith("−")]
        regular = ImageFont.truetype(BOLD, 12)
        assert all(float(text.attrib["x"]) - regular.getlength(str(text.text)) > max(names) for text in points), (
            chart.title
        )


def test_marks_that_only_the_page_explains_are_explained_under_the_chart(releases: Path) -> None:
    before, now = (open_release(next(releases.glob(f"{year}-*"))) for year in (2020, 2021))
    source = Source(now, (before,), Scope.everything(), Words("ko"))
    overview = list(charts_of(source, ["overview"]))
    *rest, movers = overview
    assert all(chart.key for chart in rest)
    assert rest[-1].key.startswith("이름은 ")
    assert f"{movers.summary} {movers.key}".count("회색 점이 2020년") == 1
    assert f"{movers.summary} {movers.key}".count("회색 점") == 1


def test_names_are_explained_only_where_there_are_some(golden: Reading, tmp_path: Path) -> None:
    for place, is_named in ((1, True), (2, False)):
        unit = next(unit_id for unit_id, row in golden.ranks.items() if row.group_rank == place)
        done = export_charts(golden, tmp_path / f"{place}.zip", TAKEN, Wanted(only=["overview"], units=[unit]))
        drawn = "".join(text.decode() for name, text in files(done.path).items() if name.endswith(".svg"))
        assert ("1위 부서입니다" in drawn) == is_named


def test_no_title_says_a_word_twice(releases: Path) -> None:
    source = Source(open_release(next(releases.glob("2021-*"))), (), Scope.everything(), Words("ko"))
    for chart in charts_of(source):
        subject, _, kind = chart.title.rpartition(" · ")
        assert not subject.endswith(kind), chart.title
        assert "–점" not in chart.summary


def test_the_same_charts_taken_the_same_way_are_the_same_bytes(golden: Reading, tmp_path: Path) -> None:
    made = [
        export_charts(golden, tmp_path / name, TAKEN, Wanted(only=["overview", "chain"])).sha256 for name in ("a", "b")
    ]
    assert made[0] == made[1]


def test_charts_for_a_department_name_no_other(golden: Reading, tmp_path: Path) -> None:
    done = export_charts(golden, tmp_path / "own.zip", TAKEN, Wanted(units=["U10"]))
    everything = "".join([*done.controls, *(text.decode() for name, text in files(done.path).items() if "svg" in name)])
    others = {unit.name for unit_id, unit in golden.units.items() if unit_id != "U10"}
    assert "가람읍" in everything
    assert not [name for name in others if name in everything]


OF_A_CHOICE = {"bump_figure", "strips_figure"}
"""Charts of departments that somebody chose to compare: of the choice, not of the release."""


def test_every_chart_of_the_screen_is_among_the_files(releases: Path) -> None:
    there = {
        name
        for module in pkgutil.iter_modules(charts.__path__)
        for name, made in vars(importlib.import_module(f"{charts.__name__}.{module.name}")).items()
        if name.endswith("_figure") and made is not blank_figure and made.__annotations__.get("palette")
    }
    before, now = (open_release(next(releases.glob(f"{year}-*"))) for year in (2020, 2021))
    drawn = list(charts_of(Source(now, (before,), Scope.everything(), Words("ko"))))
    assert {chart.draw.func.__name__ for chart in drawn if isinstance(chart.draw, partial)} == there - OF_A_CHOICE
    assert {chart.part for chart in drawn} == set(PARTS)


def test_every_kind_of_chart_becomes_a_file(releases: Path, tmp_path: Path) -> None:
    reading = open_release(next(releases.glob("2021-*")))
    done = export_charts(reading, tmp_path / "c.zip", TAKEN, Wanted(only=PARTS[3:], units=[next(iter(reading.units))]))
    assert len(done.controls) > 5
    for name, data in files(done.path).items():
        if name.endswith(".svg"):
            assert "nan" not in re.sub(r">[^<]*<", "", data.decode()), name


@pytest.mark.parametrize("part", ["overview", "indicators", "departments", "chain"])
def test_a_part_can_be_taken_alone(part: str, golden: Reading, tmp_path: Path) -> None:
    assert export_charts(golden, tmp_path / "part.zip", TAKEN, Wanted(only=[part])).controls


def test_a_part_that_is_not_there_is_told(golden: Reading, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="'maps'"):
        export_charts(golden, tmp_path / "x.zip", TAKEN, Wanted(only=["maps"]))
    assert not list(tmp_path.iterdir())


def test_names_no_file_could_have_become_names_that_it_can(tmp_path: Path) -> None:
    work = tmp_path / "work"
    work.mkdir()
    reading = scored(work, {f"U{at}": name for at, name in enumerate(NAMES)}, name="=SUM(A1)/[x]:*?'")
    done = export_charts(reading, tmp_path / "hostile.zip", Taken("가", TAKEN.at), Wanted(only=["departments"]))
    assert len(done.controls) == 2 * len(NAMES)  # its indicators, and the way from the median of its peer group
    assert not [name for name in files(done.path) if set(name.partition("/")[2]) & set('<>:"/\\|?*')]


HALF = Decimal("0.5")


def test_of_five_thousand_departments_those_of_about_a_score_share_a_dot(tmp_path: Path) -> None:
    reading = scored(tmp_path, {f"U{number:04}": f"제{number}과" for number in range(5000)})
    done = export_charts(reading, tmp_path / "c.zip", TAKEN, Wanted(only=["overview"]))
    (drawn,) = [data.decode() for name, data in files(done.path).items() if name.endswith(".svg")]
    scores = {unit_id: row.score for unit_id, row in reading.scores.items() if row.score is not None}
    half_points = {(row.peer_group, scores[unit_id] // HALF) for unit_id, row in reading.ranks.items()}
    assert drawn.count("<circle") == len(half_points) < 5000


def test_what_the_font_lacks_or_turns_round_stands_in_a_chart_by_its_number(tmp_path: Path) -> None:
    reading = scored(tmp_path, {"U0": "\u202e거꾸로 부서", "U1": "😀 부서"})
    done = export_charts(reading, tmp_path / "c.zip", TAKEN, Wanted(only=["departments"]))
    found = {name: data.decode() for name, data in files(done.path).items() if name.endswith(".svg")}
    said = " ".join(text for data in found.values() for text in words_of(ET.fromstring(data)))
    assert "[U+202E]거꾸로 부서" in said
    assert "[U+1F600] 부서" in said
    assert not [data for data in found.values() if "\u202e" in data]


def test_a_missing_font_is_told(golden: Reading, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.charts.files._FONTS", tmp_path)
    (tmp_path / "out").mkdir()
    with pytest.raises(UsageError, match="fonts"):
        export_charts(golden, tmp_path / "out" / "x.zip", TAKEN, Wanted())
    assert not list((tmp_path / "out").iterdir())
