"""Reports say what the release says: every rank, score and grade, of every department, on whole rows."""

from __future__ import annotations

import shutil
import string
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import cast, get_args

import pytest

from etl.errors import Language, UsageError
from etl.evaluate import evaluate
from etl.exports.carried import carry
from etl.exports.pdf.blocks import chapter
from etl.exports.pdf.documents import write_pdf
from etl.exports.pdf.notices import notice
from etl.exports.pdf.press import print_pages
from etl.exports.pdf.report import first_page
from etl.exports.pdf.report_ranking import ranking_blocks
from etl.exports.pdf.report_soundness import soundness_blocks
from etl.exports.pdf.report_summary import summary
from etl.exports.pdf.told import Told
from etl.exports.pdf.words import say
from etl.insight.losses import earned_least
from etl.insight.reading import Reading, open_release
from etl.insight.standing import score_parts
from etl.release.folder import publish
from etl.shown import percent
from tests.exports.given import TAKEN, scored
from tests.exports.printed import Printed, flat, printed, shown
from tests.insight.test_robustness import scored as scored_table
from tests.insight.test_robustness import table_of
from tests.scoring.build import HEAD, indicator

pytestmark = pytest.mark.slow

LANGUAGES: tuple[Language, ...] = get_args(Language)


@pytest.fixture(scope="module")
def city(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Reading:
    """Two published years of the synthetic city."""
    folder = tmp_path_factory.mktemp("city")
    rules = [project / f"data/rulebooks/demo-{year}.toml" for year in (2020, 2021)]
    releases = [evaluate(project / "data/demo", rulebook, folder).release for rulebook in rules]
    for release in releases:
        publish(release)
    return open_release(releases[-1])


@pytest.fixture(scope="module")
def report(city: Reading, tmp_path_factory: pytest.TempPathFactory) -> Printed:
    return printed(city, tmp_path_factory.mktemp("report"), "report")


@pytest.fixture(scope="module")
def cards(city: Reading, tmp_path_factory: pytest.TempPathFactory) -> Printed:
    return printed(city, tmp_path_factory.mktemp("cards"), "scorecards")


def ranking_row(told: Told, unit_id: str) -> str:
    """Place, name, score, grade where there is one, and overall place, as they stand beside each other."""
    rank = told.reading.ranks[unit_id]
    score = told.score(told.reading.scores[unit_id].score)
    grade = f"{rank.grade or '–'}{'*' if rank.grade != rank.grade_before_veto else ''}"
    grade = grade if told.reading.rulebook.grades else ""
    return flat(told.group_place(rank)) + shown(told.unit_name(unit_id)) + score + f"{grade}{rank.rank:,}"


# The report ----------------------------------------------------------------------------------------------------------


def test_the_report_has_every_rank_score_and_grade_of_the_release_on_one_row(city: Reading, report: Printed) -> None:
    told = Told(carry(city, TAKEN), "ko")
    assert len(city.ranks) > 80
    assert [unit for unit in city.ranks if not report.pages_with(ranking_row(told, unit))] == []


def test_the_report_of_the_demonstration_is_a_page_of_summary_and_fifteen_to_twenty_five_pages(report: Printed) -> None:
    assert 15 <= len(report.pages) <= 25
    assert "지원이필요한부서" in report.pages[0]
    chapters = [title for title in report.bookmarks if title[:1].isdigit()]
    assert [title.partition(". ")[0] for title in chapters] == [str(number) for number in range(1, 9)]


def test_the_figures_of_the_whole_body_stand_on_the_first_page(city: Reading, report: Printed) -> None:
    for row in city.headlines:
        assert f"{row.value:,}" in report.pages[0]


@pytest.mark.parametrize(("language", "said"), [("ko", "득점률이 가장 낮은 지표는"), ("en", "The smallest share")])
def test_the_first_page_names_the_least_share_as_such(city: Reading, language: Language, said: str) -> None:
    told = Told(carry(city, TAKEN), language)
    least = earned_least(city)
    assert least is not None
    (sentence,) = (one for one in summary(told)["sentences"] if told.share(least.earned_pct) in one)
    assert sentence.startswith(said)
    assert told.node_name(least.indicator.id) in sentence


def test_a_percentage_of_the_first_page_stands_alike_on_the_second(city: Reading, report: Printed) -> None:
    known = [row.attainment_pct for row in city.headlines if row.attainment_pct is not None]
    assert any(pct != pct.to_integral_value() for pct in known)
    for pct in known:
        assert all(flat(percent(pct)) in page for page in report.pages[:2])


def test_where_all_are_ranked_that_is_said_in_a_word(city: Reading, report: Printed) -> None:
    assert len(city.ranks) == len(city.units)
    assert report.pages_with(f"{len(city.units)}개 부서 모두의 순위를 5개 평가군에서 매김.")
    part = replace(city, units={**city.units, "new": next(iter(city.units.values()))})
    said = next(iter(ranking_blocks(Told(carry(part, TAKEN), "ko"))))["texts"][0]
    assert said == f"{len(city.units) + 1}개 부서 가운데 {len(city.units)}개 부서의 순위를 5개 평가군에서 매김."


def test_what_nobody_has_a_value_of_is_a_sentence_and_no_row_a_department(project: Path, tmp_path: Path) -> None:
    records = tmp_path / "records"
    shutil.copytree(project / "data/demo", records)
    marks = records / "위원평가.csv"
    marks.write_bytes(marks.read_bytes().splitlines(keepends=True)[0])
    reading = open_release(evaluate(records, project / "data/rulebooks/demo-2021.toml", tmp_path / "releases").release)
    told = Told(carry(reading, TAKEN), "ko")
    blocks = list(soundness_blocks(told))
    sentences = [text for block in blocks if block["kind"] == "points" for text in block["texts"]]
    assert f"데이터 리더십(정성): {len(reading.units)}개 부서 모두 값 없음." in sentences
    table = next(block for block in blocks if block["kind"] == "table")
    listed = {row[0] for row in table["rows"]}
    lacking = {
        told.unit_name(unit_id)
        for (unit_id, indicator), row in reading.indicators.items()
        if row.state != "measured" and told.node_name(indicator) != "데이터 리더십(정성)"
    }
    assert listed == lacking
    assert not [row for row in table["rows"] if "데이터 리더십(정성)" in row[-1]]
    [rest] = [text for text in sentences if text.startswith("다른 지표에는")]
    assert f" {len(reading.units) - len(lacking)}개는 " in rest


def test_every_fact_and_the_control_total_stand_in_each_document(
    city: Reading, report: Printed, cards: Printed
) -> None:
    carried = carry(city, TAKEN)
    everything = "".join(report.pages)
    for label, value in carried.facts("ko"):
        assert flat(label + value) in everything
        assert flat(label + value) in cards.pages[0]
    total = sum((row.score for row in city.scores.values() if row.score is not None), Decimal(0))
    assert f"{len(city.units)}행·종합점수합계{total.normalize():,f}" in cards.pages[0]


def test_every_page_says_release_example_and_its_number(city: Reading, report: Printed, cards: Printed) -> None:
    for document in (report, cards):
        for number, page in enumerate(document.pages, start=1):
            assert city.manifest.release_id in page
            assert "합성예시" in page
            assert f"{number}/{len(document.pages)}" in page
            assert "잠정" not in page


@pytest.mark.parametrize("document", ["report", "scorecards", "notices"])
@pytest.mark.parametrize(("language", "mark"), [("ko", "잠정"), ("en", "PROVISIONAL")])
def test_what_is_not_published_says_so_on_every_page(
    document: str, language: Language, mark: str, golden: Reading, tmp_path: Path
) -> None:
    done = printed(golden, tmp_path, document, language)
    assert all(page.count(mark) >= 2 for page in done.pages)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_release_without_a_year_before_movers_or_records_is_reported_too(
    language: Language, hostile: Reading, tmp_path: Path
) -> None:
    done = printed(hostile, tmp_path, "report", language)
    told = Told(carry(hostile, TAKEN), language)
    assert [unit for unit in hostile.ranks if not done.pages_with(ranking_row(told, unit))] == []


@pytest.mark.slow
def test_a_table_of_thousands_loses_nobody_repeats_its_head_and_cuts_no_row(thousands: Reading) -> None:
    carried = carry(thousands, TAKEN)
    told = Told(carried, "ko")
    ranking = {**first_page(told), "chapters": [chapter("순위", ranking_blocks(told))]}
    done = Printed(print_pages("report", ranking, carried))
    units = [unit.unit_id for unit in told.results.units if unit.unit_id in thousands.ranks]
    assert len(units) > 4000
    pages, at = done.pages, 0
    for unit_id in units:  # in their order, so that each page is looked at once
        row = ranking_row(told, unit_id)
        while row not in pages[at]:  # a row cut in two would be whole on no page
            at += 1
    head = flat("순위 부서 점수 전체")
    assert all(head in page for page in pages[1 : at + 1])


# Scorecards and notices ----------------------------------------------------------------------------------------------


def test_each_department_has_one_page_with_its_own_score_places_grade_and_points(city: Reading, cards: Printed) -> None:
    told = Told(carry(city, TAKEN), "ko")
    assert len(cards.pages) == len(city.units)
    for unit, page in zip(told.results.units, cards.pages, strict=True):
        rank = city.ranks[unit.unit_id]
        assert page.count(shown(unit.name)) >= 1
        assert unit.unit_id in page
        assert flat("종합점수" + told.score(city.scores[unit.unit_id].score)) in page
        assert flat("평가군 순위" + told.group_place(rank)) in page
        assert flat("등급" + told.grade(rank.grade)) in page
        for part in score_parts(city, unit.unit_id):
            assert part.is_area or f"{told.points(part.earned)}/" in page, (unit.unit_id, part)
    assert cards.bookmarks == [unit.name for unit in told.results.units]


def test_a_scorecard_says_not_applicable_missing_and_what_the_next_grade_takes(city: Reading, cards: Printed) -> None:
    told = Told(carry(city, TAKEN), "ko")
    states = {state: {row.unit_id for row in city.indicators.values() if row.state == state} for state in words}
    for unit, page in zip(told.results.units, cards.pages, strict=True):
        for state, word in words.items():
            assert (word in page) >= (unit.unit_id in states[state])
    worse = [unit for unit in told.results.units if city.ranks[unit.unit_id].grade == "C"]
    pages = {unit.unit_id: page for unit, page in zip(told.results.units, cards.pages, strict=True)}
    assert worse
    assert all("다음등급B(보통)까지" in pages[unit.unit_id] for unit in worse)


words = {"not_applicable": "해당없음", "missing": "값없음"}


def test_each_department_has_one_notice_with_its_result(city: Reading, tmp_path: Path) -> None:
    done = printed(city, tmp_path, "notices")
    told = Told(carry(city, TAKEN), "ko")
    assert len(done.pages) == len(city.units)
    for unit, page in zip(told.results.units, done.pages, strict=True):
        rank = city.ranks[unit.unit_id]
        result = ["등급", told.grade(rank.grade), "종합점수", told.score(city.scores[unit.unit_id].score)]
        assert flat("".join(result)) in page
        group = told.group_name(rank.peer_group)
        assert flat(f"평가군 순위 {told.group_place(rank)} {group} {rank.group_units}개 부서 가운데") in page


@pytest.mark.parametrize(("language", "said"), [("ko", "100 ↑ 60에서"), ("en", "100 ↑ from 60")])
def test_a_notice_says_where_weights_moved_to(language: Language, said: str, tmp_path: Path) -> None:
    score = '[score]\naggregation = "sum_of_points"\nrounding = { places = 0 }\nmissing = "reweight"\n'
    points = '{ method = "attainment", target = 10 }'
    parts = [indicator("training_attendances", points, weight="60"), indicator("awards_received", points, weight="40")]
    figures = {"가": {"training_attendances": "5", "awards_received": "5"}, "나": {"training_attendances": "5"}}
    reading = scored_table(tmp_path, f"{HEAD}\n{score}{''.join(parts)}", table_of(figures))
    told = Told(carry(reading, TAKEN), language)
    of_weights = {unit: notice(told, unit)["areas"][0][2] for unit in figures}
    assert of_weights == {"가": "60", "나": said}
    pages = printed(reading, tmp_path, "notices", language).pages
    assert [flat(told.say("notice.moved")) in page for page in pages] == [code == "나" for code in told.codes()]


@pytest.mark.parametrize(
    ("said", "korean", "english"),
    [
        ("", "평가 총괄부서의 장", "Head of evaluation"),
        ('issuer = { ko = "가람시장", en = "Mayor" }\n', "가람시장", "Mayor"),
        ("issuer = '#panic() <b>위원장</b>'\n", "#panic() <b>위원장</b>", "#panic() <b>위원장</b>"),
    ],
)
def test_a_notice_is_signed_by_whom_the_rules_name(said: str, korean: str, english: str, tmp_path: Path) -> None:
    reading = scored(tmp_path, {"U0": "가과", "U1": "나과"}, said=said)
    for language, issuer in (("ko", korean), ("en", english)):
        pages = printed(reading, tmp_path, "notices", cast("Language", language)).pages
        assert all(shown(issuer) in page for page in pages)
        assert all(("평가총괄부서의장" in page) == (issuer == "평가 총괄부서의 장") for page in pages)


@pytest.fixture
def unpublished(city: Reading, tmp_path: Path) -> Callable[[], Reading]:
    def copy() -> Reading:
        return open_release(Path(shutil.copytree(city.folder, tmp_path / "alone" / city.folder.name)))

    return copy


def test_before_publication_a_card_tells_nothing_exact_of_another_department(
    unpublished: Callable[[], Reading], tmp_path: Path
) -> None:
    reading = unpublished()
    done = printed(reading, tmp_path, "scorecards")
    told = Told(carry(reading, TAKEN), "ko")
    for unit, page in zip(told.results.units, done.pages, strict=True):
        assert "그등급의가장낮은점수" not in page
        # Of five departments a median tells too much; of more it may be told.
        assert ("중앙값" + told.score(told.group_medians[unit.peer_group]) in page) == (unit.peer_group != "agency")


@pytest.mark.parametrize("document", ["scorecards", "notices"])
def test_a_page_can_be_had_alone(document: str, city: Reading, tmp_path: Path) -> None:
    code = sorted(city.units)[7]
    done = printed(city, tmp_path, document, units=[code])
    assert len(done.pages) == 1
    assert done.bookmarks == [city.units[code].name]


@pytest.mark.parametrize(
    ("only", "units", "said"),
    [
        (["report"], ["U1"], "about every department"),
        (["report", "notices"], [], "one document"),
        (["ranking"], [], "no part 'ranking'"),
    ],
)
def test_what_is_no_document_is_told(
    only: list[str], units: list[str], said: str, hostile: Reading, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match=said):
        write_pdf(carry(hostile, TAKEN), tmp_path / "out.pdf", "ko", only, units)
    assert not list(tmp_path.iterdir())


def test_a_department_alone_means_its_scorecard(hostile: Reading, tmp_path: Path) -> None:
    assert list(write_pdf(carry(hostile, TAKEN), tmp_path / "out.pdf", "ko", (), ["U1"])) == ["scorecards"]


@pytest.mark.parametrize("aggregation", ["arithmetic", "geometric", "weighted_sum"])
def test_scores_that_are_no_sums_have_their_pages_too(aggregation: str, tmp_path: Path) -> None:
    reading = scored(tmp_path, {f"U{number}": f"{number}과" for number in range(9)}, aggregation, "none")
    for document in ("report", "scorecards", "notices"):
        done = printed(reading, tmp_path, document)
        assert all(done.pages_with(f"{number}과") for number in range(9))


# Words ---------------------------------------------------------------------------------------------------------------


def test_every_text_has_the_same_facts_in_both_languages() -> None:
    def facts(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    assert [key for key, (korean, english) in say.known.items() if facts(korean) != facts(english)] == []


def test_in_english_one_is_no_plural() -> None:
    facts = {"counted": 1, "not_counted": 1, "undecided": 1, "units": 1, "names": "Audit", "median": 1, "full": 1}
    facts |= {"zero": 0}
    assert say("indicators.without", "en", **facts) == "1 department without a value: Audit."
    assert say("indicators.records", "en", **facts) == "1 record counts, 1 does not; 1 undecided."
    assert say("indicators.values", "en", **facts).startswith("1 department has a value, ")


def test_every_text_is_used() -> None:
    folder = Path(__file__).parents[2] / "etl/exports/pdf"
    written = "\n".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    names = {key.partition(".")[2] for key in say.known}
    made_up = ("small_", "over_", "edge_", "basis_", "quota", "cutoff", "successor", "as_recorded")
    unused = [name for name in names if f'"{name}"' not in written and f".{name}" not in written]
    assert [name for name in unused if not name.startswith(made_up)] == []
