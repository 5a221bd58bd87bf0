"""Every text exists in both languages, says the same facts, and is used."""

from __future__ import annotations

import re
import string
from pathlib import Path
from typing import get_args

import pytest
from babel.messages.pofile import PoFileError

from dashboard.shelf import Trouble
from dashboard.words import WORDS, Words
from dashboard.words.catalogues import CATALOGUES as FOLDER
from dashboard.words.catalogues import read_catalogues
from etl.scoring.decimals import Mode
from etl.scoring.rulebook_parts import MissingWord
from etl.scoring.rulebook_points import PointsMethod
from tests.dashboard.conftest import GIVEN_METRICS

CATALOGUES = sorted({path.name for path in FOLDER.glob("*/*.po")})
HANGUL = re.compile("[가-힣]")
KEY = re.compile(r"""["']((?:[a-z_]+\.)+[a-z_.]+|product)["']""")
PATTERN = re.compile(r"""f["']((?:[a-z_]+\.)+[a-z_.]*\{[^"']*)["']""")


def facts_of(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", sorted(WORDS))
def test_a_text_is_there_in_both_languages_with_the_same_facts(key: str) -> None:
    korean, english = WORDS[key]["ko"], WORDS[key]["en"]
    assert korean.strip() == korean
    assert english.strip() == english
    assert korean
    assert english
    assert facts_of(korean) == facts_of(english)
    if not key.startswith("language."):
        assert not HANGUL.search(english)
        assert HANGUL.search(korean) or not re.search("[A-Za-z]", re.sub(r"\{[^}]*\}", "", korean))


@pytest.mark.parametrize("page", CATALOGUES)
def test_a_page_says_the_same_things_in_both_languages_each_once_and_in_one_order(page: str) -> None:
    korean, english = (
        re.findall('^msgid "(.+)"$', (FOLDER / language / page).read_text(encoding="utf-8"), re.MULTILINE)
        for language in ("ko", "en")
    )
    assert korean == english
    assert len(set(korean)) == len(korean)
    assert set(korean) <= set(WORDS)


def test_no_two_pages_have_a_text_of_the_same_key() -> None:
    keys = [
        key
        for path in (FOLDER / "ko").glob("*.po")
        for key in re.findall('^msgid "(.+)"$', path.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert sorted(keys) == sorted(WORDS)


def test_a_catalogue_that_is_not_well_formed_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ko").mkdir()
    (tmp_path / "ko" / "page.po").write_text('msgid "page.title"\nmsgstr "title"\nno entry\n', encoding="utf-8")
    with pytest.raises(PoFileError):
        read_catalogues(tmp_path)


def used(project: Path) -> tuple[set[str], list[re.Pattern[str]]]:
    """The keys the code names, and the patterns of those it puts together; the workflow has tables and no words."""
    sources = [
        path.read_text(encoding="utf-8")
        for path in (project / "dashboard").rglob("*.py")
        if "workflow" not in path.parts
    ]
    keys = {key for source in sources for key in KEY.findall(source)}
    patterns = [
        re.compile(re.sub(r"\\\{.*?\\\}", "[a-z0-9_.]*", re.escape(text)))
        for source in sources
        for text in PATTERN.findall(source)
    ]
    return keys, patterns


def test_every_text_is_used_and_every_text_that_is_used_exists(project: Path) -> None:
    keys, patterns = used(project)
    unused = [key for key in WORDS if key not in keys and not any(pattern.fullmatch(key) for pattern in patterns)]
    assert not unused
    rooms = {key.partition(".")[0] for key in WORDS}
    assert not [key for key in keys if key.partition(".")[0] in rooms and "." in key and key not in WORDS]


OTHER_WORDS = {"거른 행": "반려한 행", "거절된 행": "반려한 행", "채움률": "측정 비율", "다이제스트": "지문(SHA-256)"}
OTHER_WORDS |= {"이의신청 하기": "이의신청하기", "새로 고치": "새로고침", "한 번 더 확인합니다": "이대로 할까요?"}


@pytest.mark.parametrize(("other", "word"), OTHER_WORDS.items())
def test_korean_pages_have_one_word_for_one_thing(other: str, word: str) -> None:
    assert [key for key, text in WORDS.items() if other in text["ko"]] == [], f"the pages say {word}"
    assert any(word in text["ko"] for text in WORDS.values())


def test_every_page_asks_its_question_in_the_same_style() -> None:
    asked = {key: text["ko"] for key, text in WORDS.items() if re.fullmatch(r"[a-z_]+\.question", key)}
    assert len(asked) > 15
    assert [key for key, text in asked.items() if "니까?" in text or "나요?" in text] == []


@pytest.mark.parametrize("foreign", ["KST", "YYYY", "Streamlit"])
def test_korean_pages_hold_no_format_of_another_language(foreign: str) -> None:
    assert [key for key, text in WORDS.items() if foreign in text["ko"]] == []


def test_no_page_names_the_platform_or_supposes_an_internet() -> None:
    named = [
        key for key, text in WORDS.items() if re.search("streamlit|internet", " ".join(text.values()), re.IGNORECASE)
    ]
    assert named == []


def test_every_trouble_says_what_is_wrong_and_what_to_do() -> None:
    for trouble in (*get_args(Trouble), "no_unit", "no_indicator", "no_group", "not_yours", "nobody"):
        assert WORDS[f"state.{trouble}"]
        assert re.search(
            "(하세요|으세요|드립니다|보세요|여세요|고르세요|문의하세요)", WORDS[f"state.{trouble}.what"]["ko"]
        )


def test_every_rule_a_rulebook_can_state_has_its_words() -> None:
    for word in get_args(MissingWord):
        assert f"rules.missing.{word}" in WORDS
    for mode in set(get_args(Mode)) - {"none"}:
        assert {f"rules.rounding.{mode}", f"rules.rounding.{mode}.whole"} <= set(WORDS)
    methods = {get_args(one.model_fields["method"].annotation)[0] for one in get_args(get_args(PointsMethod)[0])}
    assert len(methods) == 12
    assert {method for method in methods if not any(key.startswith(f"rules.{method}") for key in WORDS)} == set()


def test_english_says_one_of_a_thing_in_the_singular_and_korean_counts_without_a_blank() -> None:
    assert Words("en").amount("1", "analyses") == "1 analysis"
    assert Words("en").amount("2", "analyses") == "2 analyses"
    assert Words("ko").amount("1,515", "명") == "1,515명"
    assert Words("ko").amount("74", "%") == "74 %"
    assert Words("en").amount("22", "") == "22"


def test_an_english_sentence_says_no_verb_of_many_after_a_number_that_may_be_one() -> None:
    counts = "analyses|count|counted|datasets|ended|found|full|open|others|rest|total|unstated|used|whole|zero"
    verbs = "are|were|have|do|earn|hold|lack|wait"
    things = "cases|times|records|groups|datasets|analyses|policies"
    wrong = re.compile(rf"\{{({counts})\}} (({things}) )?({verbs})\b|\{{({counts})\}} times\b")
    assert {key: said["en"] for key, said in WORDS.items() if wrong.search(said["en"])} == {}


def test_units_a_rulebook_gives_in_korean_are_told_in_english() -> None:
    english = Words("en")
    assert english.unit("건", "datasets_opened") == "datasets"
    assert english.unit("개 부서", "policies_using_data") == "departments"
    assert english.unit("점") == "points"
    assert english.unit("years", "le") == "years"
    assert Words("ko").unit("건", "datasets_opened") == "건"


@pytest.mark.parametrize("metric", GIVEN_METRICS)
def test_metrics_have_names_in_both_languages(metric: str) -> None:
    assert HANGUL.search(Words("ko").metric(metric))
    assert not HANGUL.search(Words("en").metric(metric))
    assert Words("en").metric(metric) != metric
