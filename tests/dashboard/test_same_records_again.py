"""An evaluation that looks at the records of the year before again is not set against what it repeats."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.access import Scope
from dashboard.frames.department import department_sentences
from dashboard.frames.overview import headline_cards, movers_frame
from dashboard.frames.source import Source
from dashboard.once import programme_of
from dashboard.words import Words
from dashboard.workflow.demonstration_year import rules_of_the_year
from etl.evaluate import evaluate
from etl.insight.earlier import with_earlier_records, year_before
from etl.insight.headlines import headline_trend
from etl.insight.reading import Reading, open_release


@pytest.fixture(scope="module")
def again(project: Path, readings: dict[int, Reading], tmp_path_factory: pytest.TempPathFactory) -> Source:
    """The evaluation of 2022, over the records of 2021 that were evaluated in 2021 already."""
    folder = tmp_path_factory.mktemp("again")
    (folder / "rules.toml").write_bytes(rules_of_the_year())
    reading = open_release(evaluate(project / "data/demo", folder / "rules.toml", folder / "releases").release)
    earlier = with_earlier_records(reading, readings.values())
    return Source(reading, earlier, Scope.everything(), Words("ko"))


def test_the_year_before_is_the_year_before_its_records(again: Source, readings: dict[int, Reading]) -> None:
    assert (again.year, again.records_year) == (2022, 2021)
    assert again.earlier == (readings[2020],)
    assert again.before is readings[2020]
    assert year_before(readings[2021], again.earlier) is readings[2020]


def test_a_trend_and_the_change_beside_it_say_the_same(again: Source, readings: dict[int, Reading]) -> None:
    was = {row.headline: row.value for row in readings[2020].headlines}
    now = {row.headline: row.value for row in again.reading.headlines}
    for headline in again.reading.rulebook.headlines:
        trend = headline_trend(again.reading, again.earlier, headline)
        assert [point.year for point in trend][-2:] == [2020, 2021]
        assert [point.value for point in trend][-2:] == [was[headline.id], now[headline.id]]
    assert not any("전년" in card.change and "±0" in card.change for card in headline_cards(again))


def test_people_are_told_of_in_the_year_of_the_records(again: Source) -> None:
    assert programme_of(again.reading, again.records_year).total.completed


def test_a_department_is_told_why_the_year_between_is_not_compared_in_the_words_of_the_overview(again: Source) -> None:
    why = "2020년 뒤로는 다른 해의 실적을 다룬 평가가 없어 2020년과 견줍니다."
    movers = movers_frame(again)
    assert movers is not None
    assert why in movers.summary
    told = {unit_id: department_sentences(again, unit_id) for unit_id in again.units}
    assert {unit_id for unit_id, said in told.items() if why in said} == set(again.changes)
