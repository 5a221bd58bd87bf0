"""Every sentence about a rulebook exists in both languages, names the same facts, and is used."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from etl.errors import Fault
from etl.messages import MESSAGES
from etl.messages_rulebook import RULEBOOK_MESSAGES

CODE = re.compile(r'"((?:rulebook|score)_[a-z_0-9]+)"')


def facts_named(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("code", RULEBOOK_MESSAGES)
def test_a_sentence_has_both_languages_and_both_name_the_same_facts(code: str) -> None:
    sentence = RULEBOOK_MESSAGES[code]
    assert set(sentence) == {"ko", "en"}
    assert facts_named(sentence["ko"]) == facts_named(sentence["en"])
    assert re.search("[가-힣]", sentence["ko"])
    assert "하세요" in sentence["ko"] or "세요." in sentence["ko"] or "세요:" in sentence["ko"]
    assert not re.search("[가-힣]", sentence["en"])


def test_every_code_that_is_raised_has_a_sentence_and_every_sentence_is_raised(project: Path) -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in (project / "etl" / "scoring").glob("*.py"))
    assert set(CODE.findall(sources)) == set(RULEBOOK_MESSAGES)
    assert RULEBOOK_MESSAGES.items() <= MESSAGES.items()


def test_a_fault_reads_as_where_what_and_what_next() -> None:
    fault = Fault("rulebook_unknown_metric", "rules.toml, line 4", {"name": "trainings", "nearest": "training_people"})
    assert fault.text("en").startswith('rules.toml, line 4: There is no metric "trainings". Perhaps: training_people.')
