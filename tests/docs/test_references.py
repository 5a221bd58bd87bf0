"""The generated references are what the code says today, and say every key and column in both languages."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_type_hints

import pytest
from pydantic import BaseModel

from dashboard.access import RULES, Action, Role, State
from etl.contracts.records import RECORDS
from etl.contracts.words import choices_of, kinds_of_cell, record_words
from tools import permissions_reference, records_reference, rulebook_reference
from tools.reference_pages import arguments_of, read_words, summary_of

SECTIONS = rulebook_reference.sections()
RULEBOOK_WORDS = read_words(rulebook_reference.WORDS)
RECORD_WORDS = record_words()
ABOUT_SECTIONS = {"heading", "about"}


@pytest.mark.parametrize("reference", [rulebook_reference, records_reference, permissions_reference])
def test_the_committed_page_is_what_the_tool_writes(project: Path, reference: Any) -> None:
    committed = (project / "docs" / reference.PAGE).read_text(encoding="utf-8")
    assert committed == reference.page(), f"make it anew: python -m {reference.__name__}"


def keys() -> list[Any]:
    found = [(section.model, key) for section in SECTIONS for key in section.model.model_fields]
    return [pytest.param(model, key, id=f"{model.__name__}.{key}") for model, key in found]


@pytest.mark.parametrize(("model", "key"), keys())
def test_every_key_of_a_rulebook_is_told_in_both_languages(model: type[BaseModel], key: str) -> None:
    assert rulebook_reference.korean_of(model, key, RULEBOOK_WORDS)
    assert rulebook_reference.english_of(model, key, RULEBOOK_WORDS)


@pytest.mark.parametrize(("model", "key"), keys())
def test_what_a_docstring_says_of_a_key_is_not_told_a_second_time(model: type[BaseModel], key: str) -> None:
    beside = rulebook_reference.words_for(model, key, RULEBOOK_WORDS)
    told_beside = isinstance(beside, dict) and "en" in beside
    assert told_beside == (rulebook_reference.docstring_of(model, key) is None)


def test_no_words_are_left_over_from_a_rulebook_of_earlier_days() -> None:
    models = {
        described for section in SECTIONS for described in section.model.__mro__ if issubclass(described, BaseModel)
    }
    known = {(model.__name__, key) for model in models for key in (*model.model_fields, *ABOUT_SECTIONS)}
    told = {(name, key) for name, words in RULEBOOK_WORDS.items() if name != "page" for key in words}
    assert not told - known


def test_a_page_shows_every_key_in_the_section_of_its_class() -> None:
    page = rulebook_reference.page()
    for section in SECTIONS:
        part = page.split(f'<a id="{section.name.lower()}"></a>')[1].split("<a id=")[0]
        for key, field in section.model.model_fields.items():
            assert f"| `{field.alias or key}` |" in part, f"{section.name}.{key}"


@pytest.mark.parametrize("kind", RECORDS)
def test_every_column_has_a_heading_in_both_languages(kind: str) -> None:
    words = RECORD_WORDS[kind]
    assert set(words) == set(RECORDS[kind].model_fields) | ABOUT_SECTIONS
    assert words["about"]
    for column in (*RECORDS[kind].model_fields, "heading"):
        korean, english = words[column]
        assert korean
        assert english


def test_every_choice_of_a_column_has_a_korean_word_and_no_other_has() -> None:
    columns = [hint for contract in RECORDS.values() for hint in get_type_hints(contract, include_extras=True).values()]
    choices = {choice for hint in columns for choice in choices_of(hint)}
    assert choices == set(RECORD_WORDS["choices"])


def test_every_kind_of_cell_is_told_in_both_languages() -> None:
    cells = kinds_of_cell()
    assert set(cells) == set(RECORD_WORDS["cells"])
    assert all(english for _, english in cells.values())


@pytest.mark.parametrize("kind", RECORDS)
def test_every_rule_between_columns_or_rows_is_told_in_words(kind: str) -> None:
    contract = RECORDS[kind]
    part = records_reference.page().split(f'<a id="{kind}"></a>')[1].split("<a id=")[0]
    told = [line for line in part.splitlines() if line.startswith("- ")]
    assert len(told) == len(contract.rules) + len(contract.sums)
    for rule in contract.rules:
        assert any(all(f"`{column}`" in line for column in rule.columns) for line in told)


def test_every_role_state_and_action_is_told_in_both_languages_and_no_other_is() -> None:
    words = read_words(permissions_reference.WORDS)
    for part, known in (("role", Role), ("state", State), ("action", Action)):
        assert set(words[part]) == set(known)
        assert all(korean and english for korean, english in words[part].values())


@pytest.mark.parametrize("action", Action)
def test_the_page_of_permissions_says_who_may_and_when(action: Action) -> None:
    part = permissions_reference.page().split(f'<a id="{action}"></a>')[1].split("<a id=")[0]
    rows = [line for line in part.splitlines() if line.startswith("|")][2:]
    assert len(rows) == len(RULES[action])
    for row, rule in zip(rows, RULES[action].values(), strict=True):
        cells = [cell.strip() for cell in row.strip("|").split("|")][1:]
        assert [cell == "○" for cell in cells] == [state in rule.states & rule.own_unit for state in State]
        assert [cell in ("●", "○") for cell in cells] == [state in rule.states for state in State]


class Described(BaseModel):
    """What it is.

    And more of it.

    Args:
        first: said on one line.
        second: said on two lines, because
            there is much to say.
        third: not a key.

    Raises:
        ValueError: never.
    """

    first: int
    second: int
    silent: int


class Inheriting(Described):
    """Another one.

    Args:
        first: said anew.
    """


def test_a_docstring_is_read_up_to_its_sections_and_key_by_key() -> None:
    assert summary_of(Described) == "What it is. And more of it."
    assert arguments_of(Described) == {
        "first": "said on one line.",
        "second": "said on two lines, because there is much to say.",
    }
    assert arguments_of(Inheriting)["first"] == "said anew."
    assert arguments_of(Inheriting)["second"] == arguments_of(Described)["second"]
