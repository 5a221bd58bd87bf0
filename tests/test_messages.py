"""Every fault and every reason has its sentence, in Korean and in English, and both name the same facts."""

from __future__ import annotations

import ast
import errno
import os
import re
import string
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from etl.contracts.fields import Grammar
from etl.contracts.records import RECORDS
from etl.contracts.rows import AddsUpToOne
from etl.errors import Fault
from etl.insight.reasons import RECORD_REASONS
from etl.intake.checks import CHECKS
from etl.messages import MESSAGES, sentence
from etl.messages_rows import REASONS
from etl.particles import filled

PROJECT: Final = Path(__file__).parent.parent
SOURCES: Final = [
    PROJECT / "jipyo.py",
    *sorted(path for room in ("etl", "terminal", "dashboard") for path in (PROJECT / room).rglob("*.py")),
]
CODE_AT: Final = {"Fault": 0, "Flaw": 1, "Finding": 0}
"""Which argument of each class is the code of the sentence."""
FACTS_AT: Final = {"Fault": 2, "Flaw": 2, "Finding": 1}
"""Which argument holds the facts it names."""

HANGUL: Final = re.compile("[가-힣]")


TREES: Final = {path: ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES}
WRITTEN: Final = {
    node.value
    for path, tree in TREES.items()
    if not path.name.startswith("messages")
    for node in ast.walk(tree)
    if isinstance(node, ast.Constant) and isinstance(node.value, str)
}
"""Every text that stands in a module other than the tables of sentences."""


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Every fault a module makes: the class and the call."""
    for node in ast.walk(TREES[path]):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CODE_AT:
            yield node.func.id, node


def code_of(kind: str, call: ast.Call) -> ast.expr | None:
    """The expression that names the sentence, given by place or by name."""
    named = [keyword.value for keyword in call.keywords if keyword.arg == "code"]
    placed = call.args[CODE_AT[kind] : CODE_AT[kind] + 1]
    return next(iter([*named, *placed]), None)


def pattern_of(expression: ast.expr) -> str | None:
    """A regular expression of the codes an expression can come to; None where only running it would tell."""
    match expression:
        case ast.Constant(value=str(code)):
            return re.escape(code)
        case ast.JoinedStr(values=parts):
            texts = [str(part.value) if isinstance(part, ast.Constant) else None for part in parts]
            return "".join("[a-z_]+" if text is None else re.escape(text) for text in texts)
        case ast.IfExp(body=body, orelse=orelse):
            return f"{pattern_of(body)}|{pattern_of(orelse)}"
    return None


RAISED: Final = sorted(
    {
        pattern
        for path in SOURCES
        for kind, call in calls(path)
        if (expression := code_of(kind, call)) is not None and (pattern := pattern_of(expression)) is not None
    }
)


def fields(sentence: str) -> set[str]:
    """The facts a sentence names."""
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def without_marks(sentence: str) -> str:
    """A sentence with all its parts."""
    return sentence.translate({ord("⟨"): None, ord("⟩"): None})


def test_the_modules_raise_what_this_test_looks_for() -> None:
    assert len(RAISED) > 60


@pytest.mark.parametrize("code", RAISED)
def test_a_fault_that_is_raised_has_its_sentence(code: str) -> None:
    assert [known for known in MESSAGES if re.fullmatch(code, known)], f"no sentence for {code}"


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_a_sentence_is_told_in_both_languages_with_the_same_facts(code: str) -> None:
    assert MESSAGES[code].keys() == {"ko", "en"}
    korean, english = MESSAGES[code]["ko"], MESSAGES[code]["en"]
    assert fields(korean) == fields(english)
    assert HANGUL.search(korean)
    assert not HANGUL.search(english)


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_a_sentence_ends_as_officials_write(code: str) -> None:
    """In Korean politely and short, in English as a sentence; a list or a cell may stand at the end of either."""
    korean, english = (without_marks(MESSAGES[code][language]) for language in ("ko", "en"))
    assert re.search(r"(니다|세요|까)\.$|[:,(]? ?\{[a-z]+\}\)?\.?$", korean), korean
    assert re.search(r"[.?]$|\{[a-z]+\}$", english), english


WITH_A_PART: Final = sorted(code for code in MESSAGES if "⟨" in MESSAGES[code]["ko"] + MESSAGES[code]["en"])


@pytest.mark.parametrize("code", WITH_A_PART)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_where_nothing_is_near_nothing_is_said_of_it(code: str, language: str) -> None:
    whole = MESSAGES[code][language]
    [part] = re.findall("⟨(.*)⟩", whole)
    facts = dict.fromkeys(fields(whole), "가람읍")
    assert sentence(code, language, facts) == filled(without_marks(whole), **facts)
    short = sentence(code, language, {**facts, **dict.fromkeys(fields(part), "")})
    assert short == filled(whole.replace(f"⟨{part}⟩", ""), **facts)
    assert re.search(r"[.?]$", short)
    assert not re.search(r"  | \.|\.\.", short)


def test_what_a_fact_says_is_no_mark_of_a_part() -> None:
    said = sentence("no_such_unit", "ko", {"unit": "⟨{nearest}⟩", "nearest": ""})
    assert said == "'⟨{nearest}⟩'라는 부서가 이 공개본에 없습니다. 부서코드나 부서명을 적으세요."


@pytest.mark.parametrize(
    ("fault", "english"),
    [
        (Fault("request_text_missing", ""), "Write what it is about."),
        (Fault("request_text_missing", "request.txt"), "request.txt: write what it is about."),
        (Fault("evidence_again", "", {"attached": "a.pdf"}), "a.pdf has the same contents"),
        (Fault("file_mentioned_already", ""), "sources.toml mentions"),
    ],
)
def test_english_begins_a_sentence_that_stands_alone_with_a_capital_and_leaves_names(
    fault: Fault, english: str
) -> None:
    assert fault.text("en").startswith(english)


@pytest.mark.parametrize("number", [errno.ENOENT, errno.EACCES, errno.ENOSPC, errno.EEXIST, errno.EISDIR])
def test_what_the_operating_system_says_is_told_in_korean_too(number: int) -> None:
    facts = {"why": os.strerror(number)}
    assert not re.search("[A-Za-z]", sentence("disk_says_no", "ko", facts))
    assert os.strerror(number) in sentence("disk_says_no", "en", facts)


def test_what_nobody_translated_is_quoted() -> None:
    assert "(Something new)" in sentence("disk_says_no", "ko", {"why": "Something new"})


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_no_sentence_is_left_over(code: str) -> None:
    assert code in WRITTEN or any(re.fullmatch(pattern, code) for pattern in RAISED)


def facts_of(kind: str, call: ast.Call) -> set[str] | None:
    """The facts a call gives where it writes them out; None where they are made elsewhere."""
    given = [keyword.value for keyword in call.keywords if keyword.arg == "facts"] or call.args[
        FACTS_AT[kind] : FACTS_AT[kind] + 1
    ]
    if not given:
        return set()
    keys = given[0].keys if isinstance(given[0], ast.Dict) else [None]
    return {str(key.value) for key in keys if isinstance(key, ast.Constant)} if None not in keys else None


def test_a_fault_gives_the_facts_its_sentence_names() -> None:
    for path in SOURCES:
        for kind, call in calls(path):
            code, facts = code_of(kind, call), facts_of(kind, call)
            if isinstance(code, ast.Constant) and isinstance(code.value, str) and facts is not None:
                assert fields(MESSAGES[code.value]["en"]) <= facts, f"{path.name}, line {call.lineno}: {code.value}"


# Rows and records ---------------------------------------------------------------------------------------------------

REJECTED_FOR: Final = sorted(
    {
        *(step.reason for check in CHECKS.values() for column in check.columns for step in column.steps),
        *(step.reason for check in CHECKS.values() for _, step in check.rules),
        *(mark.fault for check in CHECKS.values() for field in check.contract.model_fields.values()
          for mark in field.metadata if isinstance(mark, Grammar)),
        *(rule.fault for contract in RECORDS.values() for rule in contract.rules),
        *("missing", "too_short", "unknown_reference", "unknown_name", AddsUpToOne.fault),
        *("sent_twice", "contradicts_another_row", "wrong_number_of_cells"),
    }
)  # fmt: skip


@pytest.mark.parametrize("reason", REJECTED_FOR)
def test_a_reason_a_row_is_rejected_for_has_its_sentence(reason: str) -> None:
    sentences = [REASONS[reason][language].format(column="열", text="글") for language in ("ko", "en")]
    assert all(sentences)


def test_rows_are_rejected_for_nothing_else() -> None:
    assert set(REJECTED_FOR) == REASONS.keys()
    assert REASONS.keys() - WRITTEN == set()


def literals(sql: str) -> set[str]:
    """The words in quotes after THEN, and the decisions a metric passes on as reasons."""
    found = set(re.findall(r"THEN\s+'([a-z_]+)'", sql))
    return found | ({"submitted", "to_complete", "refused"} if "THEN d.decision" in sql else set())


METRICS: Final = sorted((PROJECT / "etl" / "metrics").rglob("*.sql"))


@pytest.mark.parametrize("metric", METRICS, ids=lambda path: path.stem)
def test_a_reason_a_metric_gives_is_told_in_words(metric: Path) -> None:
    assert literals(metric.read_text(encoding="utf-8")) <= RECORD_REASONS.keys()


def test_no_reason_of_a_record_is_left_over_and_each_has_both_languages() -> None:
    given = set().union(*(literals(path.read_text(encoding="utf-8")) for path in METRICS))
    assert given == RECORD_REASONS.keys()
    assert all(words.keys() == {"ko", "en"} and all(words.values()) for words in RECORD_REASONS.values())
