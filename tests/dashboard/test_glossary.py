"""The glossary tells every term, and every indicator's rules in the year in which they held."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.access import Person, State, may_ever
from dashboard.address import ACTION_OF, PAGES, Address, PageName
from dashboard.frames.glossary import TERMS, matches, metric_entries, rules_by_year, terms
from dashboard.frames.source import Source
from dashboard.guidance import STEPS, help_panel, term, tour
from dashboard.markup import safe
from dashboard.shelf import RELEASES
from dashboard.words import Words
from dashboard.workflow.demonstration import SHOWN, Shown
from etl.errors import Language
from etl.measures import known_metrics
from etl.shown import number
from tests.dashboard.signing_in import People

LANGUAGES: tuple[Language, ...] = ("ko", "en")


@pytest.mark.parametrize("find", ["", " ", "순위", "소수", "SCORE", "반올림 사사오입", "없는말없는말"])
def test_what_is_found_holds_every_word_looked_for(korean: Source, find: str) -> None:
    for words in map(Words, LANGUAGES):
        found = terms(words, find)
        assert len(found) == len({entry.name for entry in found})
        for entry in found:
            assert all(word in f"{entry.name} {entry.meaning}".casefold() for word in find.casefold().split())
    assert len(terms(korean.words, " ")) == len(TERMS) + len(State) + 1
    assert not terms(korean.words, "없는말없는말")


def test_matching_knows_no_case_and_no_pattern() -> None:
    assert matches("a.c")("A.C")
    assert not matches("a.c")("abc")
    assert matches("둘 하나")("하나", "둘")


def test_the_rules_of_each_year_are_its_own_and_years_of_the_same_rules_stand_together(korean: Source) -> None:
    rows = rules_by_year(korean, korean.earlier, "")
    for year in (korean, replace(korean, reading=korean.earlier[0], earlier=())):
        for indicator in year.indicators.values():
            (row,) = [
                row
                for row in rows
                if row.indicator == indicator.id and (str(year.year) in row.years or row.years == "2020–2021")
            ]
            assert row.name == year.nodes[indicator.id]
            if not isinstance(indicator.weight, dict) and indicator.weight is not None:
                assert row.weight == number(indicator.weight)
    opened = [(row.years, row.weight) for row in rows if row.indicator == "datasets_opened"]
    assert opened == [("2021", "20"), ("2020", "25")]
    assert [row.years for row in rows if row.indicator == "analyses_completed"] == ["2020–2021"]


def test_every_metric_is_listed_with_the_indicators_that_look_at_it(korean: Source) -> None:
    entries = {entry.metric: entry for entry in metric_entries(korean, "")}
    assert set(entries) == set(known_metrics())
    assert entries["training_people"].used_by == "데이터 교육 이수율"
    assert entries["training_people"].unit == "명"
    assert [entry.metric for entry in metric_entries(korean, "datasets_opened")] == ["datasets_opened"]


def test_a_search_in_the_address_is_shown_and_can_be_linked_to(
    project: Path, people: People, releases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(RELEASES, str(releases))

    def looked_for(find: str) -> str:
        app = people.open(project / "dashboard/app/main.py")
        app.query_params["find"] = find
        app.run()
        app.switch_page("../pages/glossary.py")
        app.run()
        assert app.text_input(key="choose-find").value == find
        return "".join(element.proto.body for element in app.main.get("html"))

    found = looked_for("사사오입")
    assert "꼭 절반이면 올립니다" in found
    assert "견주는 부서들의 묶음" not in found
    nothing = looked_for("<img src=x onerror=alert(1)>")
    assert "찾는 용어가 없습니다" in nothing
    assert "<img" not in nothing


@pytest.mark.parametrize("words", [Words("ko"), Words("en")], ids=LANGUAGES)
def test_the_mark_beside_a_step_leads_to_what_it_means(words: Words) -> None:
    for step in (*State, "superseded"):
        name = words(f"badge.{step}")
        assert any(entry.name == name for entry in terms(words, name))
        assert f'aria-label="{words("term.of", term=name)}"' in term(name, Address(lang=words.language), words)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_has_help_in_both_languages(page: PageName) -> None:
    for words in map(Words, LANGUAGES):
        said = help_panel(page, words)
        assert said.startswith('<details class="jp-help"><summary>')
        assert safe(words(f"help.{page}")) in said


@pytest.mark.parametrize("shown", SHOWN, ids=lambda shown: shown.role)
def test_every_role_has_a_tour_of_three_pages_it_may_open(shown: Shown) -> None:
    person = Person(shown.login, shown.name, shown.role, shown.unit_id)
    pages = STEPS[person.role]
    assert len(set(pages)) == 3
    assert all(may_ever(person, ACTION_OF[page]) for page in pages)
    for words in map(Words, LANGUAGES):
        said = tour(person, Address(), words)
        assert said.count("<li>") == 3
        assert f'data-jp-toured="{person.role}"' in said
