"""How documents are set: words and figures whole, boxes alike, nothing through a frame, nobody else's exact score."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from etl.evaluate import evaluate
from etl.exports.carried import carry
from etl.exports.pdf.notices import notices_data
from etl.exports.pdf.report import report_data
from etl.exports.pdf.scorecards import card, next_grade_sentences
from etl.exports.pdf.strip import group_strip
from etl.exports.pdf.told import Told
from etl.insight.reading import Reading, open_release
from etl.release.folder import publish
from tests.exports.given import TAKEN, scored
from tests.exports.printed import Printed, flat, printed

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def city(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Reading:
    """A published year of the synthetic city."""
    folder = tmp_path_factory.mktemp("city")
    release = evaluate(project / "data/demo", project / "data/rulebooks/demo-2021.toml", folder).release
    publish(release)
    return open_release(release)


@pytest.fixture(scope="module")
def provisional(city: Reading, tmp_path_factory: pytest.TempPathFactory) -> Reading:
    """The same, unpublished."""
    folder = tmp_path_factory.mktemp("alone") / city.folder.name
    return open_release(Path(shutil.copytree(city.folder, folder)))


@pytest.fixture(scope="module")
def told(city: Reading) -> Told:
    return Told(carry(city, TAKEN), "ko")


@pytest.fixture(scope="module")
def blocks(told: Told) -> list[dict[str, Any]]:
    """Every block of the report, those set together one by one."""
    return list(flattened(block for part in report_data(told)["chapters"] for block in part["blocks"]))


def flattened(blocks: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for block in blocks:
        yield block
        yield from flattened(iter(block.get("blocks", [])))


@pytest.fixture(scope="module")
def cards(city: Reading, tmp_path_factory: pytest.TempPathFactory) -> Printed:
    return printed(city, tmp_path_factory.mktemp("cards"), "scorecards")


@pytest.fixture(scope="module")
def english(city: Reading, tmp_path_factory: pytest.TempPathFactory) -> Printed:
    return printed(city, tmp_path_factory.mktemp("english"), "report", "en")


# Whole words and figures ---------------------------------------------------------------------------------------------


def test_a_score_is_shown_as_its_sum_whatever_its_digits(city: Reading, cards: Printed, told: Told) -> None:
    whole = [row.unit_id for row in city.scores.values() if row.total]
    assert [unit_id for unit_id in whole if not card(told, unit_id)["sum"]] == []
    assert sum("지표점수" in page for page in cards.pages) >= len(whole)


def test_where_a_weight_came_from_is_a_line_of_its_own(told: Told, cards: Printed) -> None:
    moved = 0
    for at, unit_id in enumerate(told.codes()):
        for part in card(told, unit_id)["parts"]:
            if part["moved"]:
                moved += 1
                assert flat(part["moved"]) in map(flat, cards.baselines(at).values())
    assert moved


def test_no_label_of_the_small_print_is_torn(city: Reading, cards: Printed, tmp_path: Path) -> None:
    facts = [fact for fact in carry(city, TAKEN).facts("ko") if len(fact[1].encode()) <= 60]
    for document in (cards, printed(city, tmp_path, "notices")):
        for at in (0, 40):
            assert [fact for fact in facts if not any(" ".join(fact) in line for line in document.lines(at))] == []


def test_a_long_name_of_an_indicator_breaks_between_its_words_alone(tmp_path: Path) -> None:
    name = "데이터기반행정활성화 추진실적점검 결과보고서작성 지표이름"
    reading = scored(tmp_path, {"U0": "가과", "U1": "나과"}, name=name)
    for kind in ("scorecards", "notices", "report"):
        lines = [line for at in range(2) for line in printed(reading, tmp_path, kind).lines(at)]
        assert [word for word in name.split() if kind == "scorecards" and not any(word in one for one in lines)] == []


def test_heads_of_narrow_columns_keep_their_words(english: Printed, city: Reading, tmp_path: Path) -> None:
    lines = [line for at in range(english.count) for line in english.lines(at)]
    for word in ("analysis", "policy", "Opening", "Training", "management", "Sharing"):
        assert sum(word in line for line in lines if line.strip()[:1].isalpha()) > 5, word
    korean = printed(city, tmp_path, "report")
    ranked = [at for at, page in enumerate(korean.pages) if "공유·확산" in page and "전년대비" in page]
    assert len(ranked) > 2
    assert [at for at in ranked if not any("확산" in line for line in korean.lines(at))] == []


def test_korean_words_stay_whole_in_an_english_document(english: Printed) -> None:
    words = ("제5조(분석", "실적)", "데이터기반행정", "매뉴얼(2025.5)", "제8조(교육)")
    lines = [line for at in range(english.count) for line in english.lines(at)]
    assert [word for word in words if not any(word in line for line in lines)] == []


# Frames and boxes ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_frame_of_a_notice_runs_through_no_text(
    language: Any, provisional: Reading, hostile: Reading, tmp_path: Path
) -> None:
    for reading in (provisional, hostile):
        done = printed(reading, tmp_path, "notices", language)
        assert done.count == len(reading.units)
        for at in range(done.count):
            frames = [one for one in done.strokes(at) if one.top - one.bottom > 500 and one.right - one.left > 300]
            assert len(frames) == 2
            edges = [edge for one in frames for edge in (one.top, one.bottom)]
            told_at = done.baselines(at).items()
            assert [text for height, text in told_at if any(-4 < edge - height < 9 for edge in edges)] == []


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_boxes_of_figures_are_all_as_high(
    language: Any, city: Reading, provisional: Reading, tmp_path: Path
) -> None:
    for reading, kind in ((city, "report"), (city, "scorecards"), (provisional, "notices")):
        done, heights = printed(reading, tmp_path, kind, language), []
        for at in range(1 if kind == "report" else done.count):
            sides = [one for one in done.strokes(at) if one.right == one.left and one.top - one.bottom > 45]
            boxes = [one for one in sides if abs(one.top - sides[0].top) < 1]
            assert len({round(one.bottom, 1) for one in boxes}) <= 1, (kind, at)
            heights += [len(boxes)]
        # A page that was set smaller has its lines elsewhere.
        assert sum(count >= 6 for count in heights) >= 0.7 * len(heights), kind


# What a page may say -------------------------------------------------------------------------------------------------


def test_ends_of_a_department_s_strip_that_are_rounded_say_so(told: Told) -> None:
    scores = {told.score(row.score) for row in told.reading.scores.values()}
    for unit_id in told.codes():
        drawn = group_strip(told, told.reading.ranks[unit_id].peer_group, unit_id)
        assert drawn is not None
        own = told.score(told.reading.scores[unit_id].score)
        for end in (drawn["low"], drawn["high"]):
            assert end == own or end.endswith("쯤")
            assert end not in scores - {own}
    whole = group_strip(told, "line")
    assert whole is not None
    assert whole["high"] == told.score(told.standings["line"].highest)


def test_a_provisional_card_says_of_the_next_grade_what_the_screen_says(provisional: Reading) -> None:
    told = Told(carry(provisional, TAKEN), "ko")
    said = {unit_id: list(next_grade_sentences(told, unit_id)) for unit_id in told.codes()}
    assert {len(lines) for lines in said.values()} == {0, 1}
    lines = {line for texts in said.values() for line in texts}
    assert lines == {
        "다음 등급까지 남은 점수는 결과가 공표된 뒤에 표시",
        "등급 제한이 있어 점수로는 등급이 오르지 않음",
    }
    worst = [unit_id for unit_id, row in provisional.ranks.items() if row.grade == "C"]
    assert all(said[unit_id] for unit_id in worst)
    # The report tells every score anyway.
    assert "모자랍니다" not in "".join(next_grade_sentences(told, worst[0], names_all=True))
    assert next(next_grade_sentences(told, worst[0], names_all=True)).startswith("다음 등급 B (보통)까지 ")


def test_a_grade_that_begins_at_a_score_is_told_before_publication_too(tmp_path: Path) -> None:
    kinds = '{ id = "A", name = "A", from = 15 }, { id = "B", name = "B", to = 15 }'
    grades = f'\n[grades]\nmethod = "cutoff"\ngrades = [{kinds}]\n'
    reading = scored(tmp_path, {f"U{at}": f"{at}과" for at in range(3)}, said=grades)
    told = Told(carry(reading, TAKEN), "ko")
    assert not told.carried.is_published
    below = [unit_id for unit_id, row in reading.ranks.items() if row.grade == "B"]
    assert below
    for unit_id in below:
        score = reading.scores[unit_id].score
        assert score is not None
        gap = told.score(Decimal(15) - score)
        assert list(next_grade_sentences(told, unit_id)) == [f"다음 등급 A까지 {gap}점(15.00점부터)"]


def test_a_notice_says_in_a_word_whether_it_can_be_contested(
    city: Reading, provisional: Reading, hostile: Reading
) -> None:
    said = {}
    for name, reading in (("published", city), ("open", provisional), ("later", hostile)):
        said[name] = notices_data(Told(carry(reading, TAKEN), "ko"), list(reading.units)[:1])["contest"]
    assert said["published"].startswith("공표된 결과이므로 이의신청을 더 받지 않습니다.")
    assert "2022. 2. 3.부터 2022. 2. 9.까지 부서 화면에서 이의신청을 할 수 있습니다." in said["open"]
    assert "기간은 평가 총괄부서가 따로 알립니다." in said["later"]
    assert all(text.endswith("부서 화면에서 확인할 수 있습니다.") for text in said.values())


def test_a_grade_that_a_rule_limited_is_marked_and_explained_below_its_table(
    city: Reading, told: Told, blocks: list[dict[str, Any]], english: Printed
) -> None:
    limited = [row.unit_id for row in city.ranks.values() if row.grade != row.grade_before_veto]
    assert limited
    marked = {
        row[1]
        for block in blocks
        if block["kind"] == "table" and "등급" in block["heads"][3:4]
        for row in block["rows"]
        if row[3].endswith("*")
    }
    assert marked == {told.unit_name(unit_id) for unit_id in limited}
    notes = [block["text"] for block in blocks if block["kind"] == "note" and block["text"].startswith("*")]
    for unit_id in limited:
        before = told.grade(city.ranks[unit_id].grade_before_veto)
        [why] = told.limits[unit_id]
        assert any(f"{told.unit_name(unit_id)}(제한 전 {before}, 사유 {why})" in said for said in notes)
    assert english.pages_with("* The grade was limited:")


# Numbers and words ---------------------------------------------------------------------------------------------------


def test_numbers_of_a_list_are_written_alike_and_their_thousands_apart(blocks: list[dict[str, Any]]) -> None:
    indicators = next(block for block in blocks if block["kind"] == "table" and block["heads"][0] == "지표")
    assert all(row[3][-4] == "." for row in indicators["rows"])
    said = [text for block in blocks if block["kind"] == "points" for text in block["texts"]]
    assert any("기록 1,231건을 세고" in text for text in said)
    helped = [block for block in blocks if block["kind"] == "department"]
    steps = [text for block in helped for text in block["steps"] if "종합점수 +" in text]
    assert steps
    assert all(text.partition("종합점수 +")[2].partition("점")[0][-3] == "." for text in steps)
    totals = next(block for block in blocks if block["kind"] == "table" and block["heads"][-1].endswith("합계"))
    assert not [
        row for row in totals["rows"] if len(row[-1].partition(".")[0].replace(",", "")) > 3 and "," not in row[-1]
    ]


def test_the_weights_of_a_card_are_written_alike(told: Told) -> None:
    written = [{part["possible"].count(".") for part in card(told, unit_id)["parts"]} for unit_id in told.codes()]
    assert all(len(counts) == 1 for counts in written)
    assert {0} in written
    assert {1} in written
    assert told.full_marks([Decimal(25), Decimal("26.3157"), None]) == ["25.00", "26.32", ""]


def test_a_rank_correlation_is_one_only_where_the_order_is_the_same(blocks: list[dict[str, Any]]) -> None:
    table = next(block for block in blocks if block["kind"] == "table" and "순위상관" in block["heads"])
    assert any(row[1] != "0" for row in table["rows"])
    assert [row for row in table["rows"] if row[1] != "0" and row[3].startswith("1")] == []


def test_a_shared_place_is_called_shared_wherever_places_are_listed(told: Told, blocks: list[dict[str, Any]]) -> None:
    table = next(block for block in blocks if block["kind"] == "table" and "같은 순위" in block["heads"])
    listed = {row[1]: row[2] for row in table["rows"]}
    for unit_id, row in told.reading.ranks.items():
        assert listed[told.unit_name(unit_id)] == told.group_place(row)


def test_a_median_of_nothing_has_its_track_like_every_other(told: Told, blocks: list[dict[str, Any]]) -> None:
    tables = [block for block in blocks if block["kind"] == "table" and block["heads"][0] == "평가군"]
    rows = [row for block in tables if "점수 중앙값" in block["heads"] for row in block["rows"]]
    assert [row for row in rows if row[2] == "0.00" and row[1] != {"share": 0.0}] == []
    assert any(row[1] == {"share": 0.0} for row in rows)


def test_what_is_listed_in_the_report_ends_as_notes_do_and_not_as_speech(blocks: list[dict[str, Any]]) -> None:
    listed = [text for block in blocks if block["kind"] == "points" for text in block["texts"]]
    listed += [text for block in blocks if block["kind"] == "department" for text in (*block["why"], *block["steps"])]
    assert len(listed) > 60
    assert [text for text in listed if "니다" in text] == []


def test_a_group_that_is_called_like_something_else_is_called_a_group(told: Told, hostile: Reading) -> None:
    assert told.group_in_full("support") == "지원 평가군"
    alone = Told(carry(hostile, TAKEN), "ko")
    [everybody] = alone.standings
    assert alone.group_in_full(everybody) == "전체"


def test_every_digit_of_a_total_is_kept(told: Told) -> None:
    assert told.exactly(Decimal("6507.3440935672514619883040935672514650")) == "6,507.344093567251461988304093567251465"
    assert told.exactly(Decimal(103006)) == "103,006"
    assert flat(told.exactly(Decimal("-0"))) == "0"
