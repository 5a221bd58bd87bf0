"""Hangul documents read back: valid, every number the release's, headings and tables real, no name lost or harmful."""

from __future__ import annotations

import re
import string
import zipfile
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hwpx.layout.pages import estimate_pages
from hwpx.oxml.namespaces import HH, HP
from hwpx.tools.package_validator import validate_editor_open_safety
from hypothesis import given
from hypothesis import strategies as st

from etl.errors import Language, UsageError
from etl.exports.carried import Taken, carry
from etl.exports.hangul import report as report_module
from etl.exports.hangul.flow import REPLACED, Column, Flow
from etl.exports.hangul.looks import TEXT_WIDTH, Looks, looks
from etl.exports.hangul.told import PHRASES, Told
from etl.exports.hwpx import write_hwpx
from etl.insight.opinions import opinion
from etl.insight.reading import Reading, open_release
from etl.insight.reasons import node_names
from etl.insight.standing import score_parts
from etl.release.folder import publish
from etl.scoring.decimals import plain, total
from etl.shown import NOTHING, grouped, number, signed
from tests.exports.given import HOSTILE, TAKEN, scored
from tests.exports.hangul import Document, text_of
from tests.insight.weighing import weighed

RANKING = ("순위", "부서명", "종합점수")
PARTS = ("영역과 지표", "점수", "배점")
PLACES = re.compile(r"가운데 (\d+)위")


def written(
    reading: Reading,
    path: Path,
    *only: str,
    language: Language = "ko",
    units: tuple[str, ...] = (),
    taken: Taken = TAKEN,
) -> Document:
    write_hwpx(carry(reading, taken), path, language, only, units)
    return Document(path)


@pytest.fixture(scope="module")
def golden_report(golden: Reading, tmp_path_factory: pytest.TempPathFactory) -> Document:
    return written(golden, tmp_path_factory.mktemp("hangul") / "report.hwpx")


@pytest.fixture(scope="module")
def golden_cards(golden: Reading, tmp_path_factory: pytest.TempPathFactory) -> Document:
    return written(golden, tmp_path_factory.mktemp("hangul") / "cards.hwpx", "scorecards")


@pytest.fixture(scope="module")
def hostile_report(hostile: Reading, tmp_path_factory: pytest.TempPathFactory) -> Document:
    return written(hostile, tmp_path_factory.mktemp("hangul") / "hostile.hwpx")


@pytest.fixture(scope="module")
def empty() -> Looks:
    return looks("ko", "제목", "1980-01-01T00:00:00Z")


# Validity ------------------------------------------------------------------------------------------------------------


def assert_valid(document: Document) -> None:
    """The library's own checks: the package, the whole schema of the format, what Hangul refuses to open."""
    found = validate_editor_open_safety(document.path)
    assert found.ok
    assert found.validate_package.errors == ()
    assert found.validate_document is not None
    assert found.validate_document.issues == ()


def test_a_report_is_valid_and_safe_to_open(golden_report: Document) -> None:
    assert_valid(golden_report)


def test_a_document_in_english_is_valid_and_safe_to_open(golden: Reading, tmp_path: Path) -> None:
    assert_valid(written(golden, tmp_path / "out.hwpx", language="en", units=tuple(golden.units)[:2]))


def test_names_that_are_markup_leave_it_valid(hostile: Reading, tmp_path: Path) -> None:
    found = validate_editor_open_safety(written(hostile, tmp_path / "out.hwpx", "scorecards").path)
    assert found.ok
    assert found.validate_document is not None
    assert found.validate_document.issues == ()


def test_the_package_begins_with_its_kind_stored_and_says_nothing_of_the_machine(golden_report: Document) -> None:
    with zipfile.ZipFile(golden_report.path) as package:
        first, *others = package.infolist()
        assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
        assert {entry.date_time for entry in (first, *others)} == {(1980, 1, 1, 0, 0, 0)}
        assert all(not entry.extra for entry in others), "ZIP64 marks would keep old readers out"
    properties = golden_report.part("Contents/content.hpf").decode()
    assert "2026-03-02T09:30:00Z" in properties
    assert "fixture" not in properties


def test_the_same_release_and_moment_give_the_same_bytes(golden: Reading, tmp_path: Path) -> None:
    later = replace(TAKEN, at=TAKEN.at + timedelta(days=1))
    for only in ("report", "scorecards"):
        first, again, other = (
            written(golden, tmp_path / f"{only}{at}.hwpx", only, taken=taken).path.read_bytes()
            for at, taken in enumerate((TAKEN, TAKEN, later))
        )
        assert first == again
        assert first != other


def test_fonts_are_named_and_none_is_embedded(golden_report: Document) -> None:
    fonts = list(golden_report.head.iter(f"{HH}font"))
    assert {"맑은 고딕", "함초롬바탕"} <= {font.attrib["face"] for font in fonts}
    assert {font.attrib["isEmbedded"] for font in fonts} == {"0"}
    assert not [name for name in golden_report.names if name.startswith("BinData")]


# Form ----------------------------------------------------------------------------------------------------------------


def test_headings_are_those_the_outline_shows(golden: Reading, golden_report: Document) -> None:
    shapes = {one.attrib["id"]: one.find(f"{HH}heading") for one in golden_report.head.iter(f"{HH}paraPr")}
    for style in golden_report.head.iter(f"{HH}style"):
        if style.attrib["name"] in ("개요 1", "개요 2", "개요 3"):
            heading = shapes[style.attrib["paraPrIDRef"]]
            assert heading is not None
            assert (heading.attrib["type"], heading.attrib["level"]) == (
                "OUTLINE",
                str(int(style.attrib["name"][3]) - 1),
            )
    assert golden_report.texts("개요 1") == ["개요", "평가 결과", "부서별 의견", "붙임"]
    assert {unit.name for unit in golden.units.values()} <= set(golden_report.texts("개요 3"))


def test_every_paragraph_looks_as_its_style_says(golden_report: Document) -> None:
    said = {
        style.attrib["id"]: (style.attrib["paraPrIDRef"], style.attrib["charPrIDRef"])
        for style in golden_report.head.iter(f"{HH}style")
    }
    for paragraph in golden_report.section.iter(f"{HP}p"):
        shape, letters = said[paragraph.attrib["styleIDRef"]]
        assert paragraph.attrib["paraPrIDRef"] == shape
        assert {run.attrib["charPrIDRef"] for run in paragraph.findall(f"{HP}run")} == {letters}


def test_tables_repeat_their_heads_and_are_as_wide_as_the_text(golden_report: Document) -> None:
    for table in golden_report.section.iter(f"{HP}tbl"):
        rows = list(table.iter(f"{HP}tr"))
        heads = [cell.attrib["header"] for cell in rows[0].iter(f"{HP}tc")]
        assert set(heads) == {table.attrib["repeatHeader"]}
        assert len(rows) == int(table.attrib["rowCnt"])
        for row in rows:
            sizes = [cell.attrib["width"] for cell in row.iter(f"{HP}cellSz")]
            assert len(sizes) == int(table.attrib["colCnt"])
            assert sum(map(int, sizes)) == TEXT_WIDTH


def test_pages_are_numbered_and_say_state_and_release(golden: Reading, golden_report: Document) -> None:
    assert len(list(golden_report.section.iter(f"{HP}pageNum"))) == 1
    header, footer = (golden_report.section.find(f".//{HP}{place}//{HP}p") for place in ("header", "footer"))
    assert header is not None
    assert footer is not None
    assert text_of(header).startswith("잠정")
    assert golden.manifest.name in text_of(footer)


@pytest.mark.parametrize("only", ["report", "scorecards"])
def test_what_is_not_published_says_so_in_large_letters(
    only: str, golden: Reading, golden_report: Document, golden_cards: Document
) -> None:
    document, style = (golden_report, "공표 상태") if only == "report" else (golden_cards, "성적표 상태")
    marks = document.texts(style)
    assert set(marks) == {" · ".join(carry(golden, TAKEN).marks("ko"))}
    assert marks[0].startswith("잠정")
    assert len(marks) == (1 if only == "report" else len(golden.units))
    letters = next(one.attrib["charPrIDRef"] for one in document.head.iter(f"{HH}style") if one.attrib["name"] == style)
    size = next(one.attrib["height"] for one in document.head.iter(f"{HH}charPr") if one.attrib["id"] == letters)
    assert int(size) >= 2000


def test_what_is_published_is_not_called_provisional(tmp_path: Path) -> None:
    reading = scored(tmp_path, {"A": "가과", "B": "나과"})
    publish(reading.folder)
    document = written(open_release(reading.folder), tmp_path / "out.hwpx")
    assert "잠정" not in document.text
    assert document.paragraphs[0] == ("문서 제목", "수치표 평가\n결과보고")


# Numbers -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("which", ["golden", "hostile"])
def test_every_rank_score_and_grade_is_in_the_ranking(which: str, request: pytest.FixtureRequest) -> None:
    reading: Reading = request.getfixturevalue(which)
    document: Document = request.getfixturevalue(f"{which}_report")
    rows = {row["부서명"]: row for row in document.records(*RANKING)}
    assert len(document.records(*RANKING)) == len(reading.units)
    for unit_id, unit in reading.units.items():
        row, score, rank = rows[unit.name], reading.scores[unit_id].score, reading.ranks.get(unit_id)
        assert score is None or Decimal(row["종합점수"].replace(",", "")) == score
        assert (row["종합점수"] == NOTHING) == (score is None)
        assert row["순위"] == (NOTHING if rank is None else str(rank.group_rank))
        assert row["전체"] == (NOTHING if rank is None else str(rank.rank))
        assert row.get("등급", NOTHING).partition(" ")[0] == (
            NOTHING if rank is None or rank.grade is None else rank.grade
        )
        assert rank is not None or row["비고"]


def test_every_department_is_remarked_on_with_its_own_numbers(golden: Reading, golden_report: Document) -> None:
    names = {unit.name: unit.unit_id for unit in golden.units.values()}
    told: dict[str, list[str]] = {}
    for style, text in golden_report.paragraphs:
        if style == "개요 3" and text in names:
            told[text] = []
        elif style == "본문 항목" and told:
            told[list(told)[-1]].append(text)
    assert set(told) == set(names)
    for name, said in told.items():
        rank, score = golden.ranks.get(names[name]), golden.scores[names[name]].score
        assert said[0].startswith("○ 결과")
        assert PLACES.findall(said[0]) == ([] if rank is None else [str(rank.group_rank)])
        assert score is None or f"{score:.2f}점" in said[0]
        parts = [part for part in score_parts(golden, names[name]) if not part.is_area]
        missing = [part.node for part in parts if part.state == "missing"]
        assert any(line.startswith("○ 빠진 자료") for line in said) == bool(missing)


def test_a_step_is_worth_what_it_adds_to_the_score_as_on_the_printed_card(golden: Reading, tmp_path: Path) -> None:
    told = Told(carry(golden, TAKEN), "ko")
    said = written(golden, tmp_path / "report.hwpx").texts("본문 항목")
    known = [
        (told.node_name(one.indicator.id), one)
        for unit in told.results.units
        for one in opinion(golden, unit.unit_id, told.medians).next
    ]
    assert known
    for name, one in known:
        gain = signed(one.gain, fixed=True)
        line = re.compile(f"다음 단계: .*{re.escape(name)} [^,]* 더 하면 종합점수 {re.escape(gain)}점")
        assert any(line.search(text) for text in said)


def test_a_step_of_scores_that_are_no_sums_goes_from_points_to_points(tmp_path: Path) -> None:
    rules = {"fine": 'points = { method = "goalposts", worst = 0, best = 10 }'}
    reading = weighed(tmp_path, {"가": (1,), "나": (2,)}, rules, "geometric")
    said = written(reading, tmp_path / "report.hwpx").texts("본문 항목")
    assert any(text.endswith("더 하면 지표 점수 0.100에서 0.200") for text in said)


def test_what_the_rules_rest_on_is_told_with_its_articles(demonstration: Reading, tmp_path: Path) -> None:
    said = written(demonstration, tmp_path / "report.hwpx").text
    for indicator in demonstration.rulebook.indicators:
        assert indicator.source is not None
        assert indicator.source.article is not None
        assert indicator.source.article in said
    assert "- 합성 예시 규칙 제6조(정책 활용), 제9조(데이터 관리), 제10조(공유), 제11조(정성평가)" in said


def test_totals_to_check_by_are_told_with_every_digit_and_separators(demonstration: Reading, tmp_path: Path) -> None:
    added = total(row.score for row in demonstration.scores.values() if row.score is not None)
    assert added > 1000
    assert f"합계 {grouped(added)}" in written(demonstration, tmp_path / "report.hwpx").text


def test_figures_of_the_body_and_indicators_are_the_releases(golden: Reading, golden_report: Document) -> None:
    rows = golden_report.records("항목", "실적", "목표")
    assert len(rows) == len(golden.headlines)
    for row, headline in zip(rows, golden.headlines, strict=True):
        assert row["실적"].startswith(number(headline.value))
        assert row["달성률(%)"] == number(headline.attainment_pct)
    assert len(golden_report.records("지표", "득점률(%)")) == len(golden.rulebook.indicators)


def test_a_scorecard_has_every_part_with_its_points(golden: Reading, golden_cards: Document) -> None:
    tables = [rows for rows in golden_cards.tables if set(PARTS) <= set(rows[0])]
    names = node_names(golden.rulebook, "ko")
    order = [name for name in golden_cards.texts("개요 1") if name != "붙임"]
    units = {unit.name: unit.unit_id for unit in golden.units.values()}
    assert sorted(order) == sorted(units)
    for name, rows in zip(order, tables, strict=True):
        told = {row[0].strip(): row for row in rows[1:]}
        for part in score_parts(golden, units[name]):
            if not part.is_area:
                assert told[names[part.node]][2] == number(part.earned, fixed=True)


def test_a_scorecard_is_a_page(golden: Reading, golden_cards: Document) -> None:
    annex = 2
    pages = estimate_pages(golden_cards.path).pages
    assert pages is not None
    assert pages <= len(golden.units) + annex


def test_scorecards_are_narrowed_to_the_departments_asked_for(golden: Reading, tmp_path: Path) -> None:
    code, other = list(golden.units)[:2]
    document = written(golden, tmp_path / "one.hwpx", units=(code,))
    assert document.texts("개요 1") == [golden.units[code].name, "붙임"]
    assert golden.units[other].name not in document.text


@pytest.mark.parametrize("only", ["report", "scorecards"])
def test_the_annex_says_where_the_document_comes_from(
    only: str, golden: Reading, golden_report: Document, golden_cards: Document
) -> None:
    document = golden_report if only == "report" else golden_cards
    cells = {row[0]: row[1] for rows in document.tables for row in rows if len(row) == 2}
    assert dict(carry(golden, TAKEN).facts("ko")).items() <= cells.items()
    added = sum((row.score for row in golden.scores.values() if row.score is not None), Decimal(0))
    check = cells["검산"]
    assert f"{len(golden.units)}행" in check
    assert plain(added) in check
    files = {row["받은 파일"]: row for row in document.records("받은 파일", "반려")}
    for source in golden.manifest.facts["sources"]:
        assert files[source["file"]]["반려"] == number(source["rejected"])


# Hostile text --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "said"), [("ko", "위에 적은 공개본과 다를 수 있습니다."), ("en", "differ from the release above.")]
)
def test_what_is_edited_may_differ_from_the_release_that_stands_above(
    golden: Reading, language: Language, said: str, tmp_path: Path
) -> None:
    section = written(golden, tmp_path / "report.hwpx", language=language).section
    whole = "\n".join(map(text_of, section.iter(f"{HP}p")))
    assert whole.rindex(golden.manifest.release_id) < whole.index(said)


def test_hostile_names_come_back_as_they_are(hostile: Reading, hostile_report: Document, tmp_path: Path) -> None:
    assert {row["부서명"] for row in hostile_report.records(*RANKING)} == set(HOSTILE)
    assert set(HOSTILE) <= set(hostile_report.texts("개요 3"))
    assert set(HOSTILE) <= set(written(hostile, tmp_path / "cards.hwpx", "scorecards").texts("개요 1"))


def test_departments_of_one_name_are_told_apart(tmp_path: Path) -> None:
    document = written(scored(tmp_path, {"A": "총무과", "B": "총무과", "C": "가과"}), tmp_path / "out.hwpx")
    assert {row["부서명"] for row in document.records(*RANKING)} == {"총무과 (A)", "총무과 (B)", "가과"}


HARMFUL = "\x00\x0b\x1f\x7f\x9f\ud800\udfff\ufffe\uffff\u202e\u2066"


@given(st.text(st.characters(codec=None) | st.sampled_from(HARMFUL + "&<>\"'\t\r\n\u2028]")))
def test_any_text_is_well_formed_and_loses_only_what_no_document_holds(empty: Looks, text: str) -> None:
    flow = Flow(empty)
    pieces = [flow.opening("가", "나", "title", "다"), flow.paragraph("item", text)]
    pieces += [*flow.table([Column(text, 1)], [[text]]), flow.box([("item", text)]), flow.ending]
    section = ET.fromstring("".join(pieces).encode())
    lines = re.sub(r"\r\n|[\r\u2028\u2029]", "\n", text).replace("\t", " ")
    paragraphs = [text_of(one) for one in section.iter(f"{HP}p")]
    assert "".join(paragraphs).count(REPLACED) - 4 * text.count(REPLACED) == flow.replaced
    for told in (paragraphs[3], paragraphs[-1]):
        assert len(told) == len(lines)
        assert all(new in (old, REPLACED) for old, new in zip(lines, told, strict=True))
    assert flow.replaced == 4 * sum(letter in HARMFUL for letter in text) or not set(text) <= set(HARMFUL)


def test_what_was_replaced_is_told(tmp_path: Path) -> None:
    document = written(scored(tmp_path, {"A": "가\u202e과"}), tmp_path / "out.hwpx")
    assert "\u202e" not in document.text
    assert any("�" in note and "개" in note for note in document.texts("본문 항목"))


def test_of_thousands_of_departments_none_is_lost(thousands: Reading, tmp_path: Path) -> None:
    document = written(thousands, tmp_path / "out.hwpx")
    rows = document.records(*RANKING)
    assert [row["부서명"] for row in rows] == [
        name for name in document.texts("개요 3") if name != "전체 (5000개 부서)"
    ]
    assert {row["부서명"] for row in rows} == {unit.name for unit in thousands.units.values()}


# What may be asked for -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("only", "units", "said"),
    [
        (["notices"], (), r"no part 'notices'.*report, scorecards"),
        (["report", "scorecards"], (), "one document"),
        (["report"], ("U0",), "every department.*scorecards"),
    ],
)
def test_what_there_is_not_is_told(
    only: list[str], units: tuple[str, ...], said: str, hostile: Reading, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match=said):
        write_hwpx(carry(hostile, TAKEN), tmp_path / "out.hwpx", "ko", only, units)
    assert not (tmp_path / "out.hwpx").exists()


def test_every_text_is_used_and_says_the_same_in_both_languages() -> None:
    folder = Path(report_module.__file__).parent
    sources = "\n".join(path.read_text(encoding="utf-8") for path in [*folder.glob("*.py"), folder.parent / "hwpx.py"])
    patterns = [
        re.escape(found).replace(r"\{key\}", ".+").replace(r"\{kind\}", ".+")
        for found in re.findall(r'f"([a-z]+\.\{(?:key|kind)\})"', sources)
    ]
    for key, (korean, english) in PHRASES.known.items():
        assert f'"{key}"' in sources or any(re.fullmatch(pattern, key) for pattern in patterns), key
        facts = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in (korean, english)]
        assert facts[0] == facts[1], key
        assert not re.search("[가-힣]", english), key
