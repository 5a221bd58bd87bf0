"""Help, and what is wrong with a command line: in the reader's language, whole, under the program's name."""

from __future__ import annotations

import inspect
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer import rich_utils
from typer.core import TyperArgument

from jipyo import app
from terminal.helping import LIBRARY_TEXTS, in_korean, korean_texts
from tests.commands.english import english_in
from tests.commands.terminal import PROJECT, jipyo
from tests.golden.evaluation import RECORDS

HANGUL = re.compile("[가-힣]")


def commands(of: Any, typed: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command and family with the words that are typed for it."""
    yield typed, of
    for name, within in getattr(of, "commands", {}).items():
        yield from commands(within, (*typed, name))


def context(command: Any) -> typer.Context:
    return typer.Context(command, info_name="jipyo")


def texts(command: Any) -> Iterator[str]:
    """Every text of a command's help that somebody wrote, or that the library puts in it."""
    yield from (text for text in (command.help, command.epilog, command.options_metavar) if text)
    yield from (text for text in [getattr(command, "subcommand_metavar", None)] if text)
    for parameter in command.get_params(context(command)):
        yield parameter.help
        yield from (text for text in [parameter.metavar] if text)
        # An argument is told by its word and its type, an option by either; choices are shown as they are typed.
        kind = parameter.display_type(context(command))
        if (parameter.metavar is None or isinstance(parameter, TyperArgument)) and "|" not in kind:
            yield kind


ALL = list(commands(typer.main.get_command(app)))
HELP = {" ".join(typed): str(command.help) for typed, command in ALL}
WRITTEN = sorted({text for _, command in ALL for text in texts(command)})
OF_THE_LIBRARY = {*(getattr(rich_utils, name) for name in LIBRARY_TEXTS), "Usage: "}


def template_of(text: str) -> str | None:
    """The text of the catalogue that the Korean of this one was taken from."""
    if text in korean_texts():
        return text
    for template in sorted(korean_texts(), key=len, reverse=True):
        pattern = re.sub(r"\\{[a-z]+\\}", "(.*)", re.escape(template))
        if pattern != re.escape(template) and re.fullmatch(pattern, text, re.DOTALL):
            return template
    return None


@pytest.mark.parametrize("text", [*WRITTEN, *sorted(OF_THE_LIBRARY)])
def test_every_text_of_help_has_a_korean_one(text: str) -> None:
    assert template_of(text), "not in terminal/words/ko.po"
    korean = in_korean(text)
    assert HANGUL.search(korean) or not english_in(korean)
    assert facts(korean_texts()[str(template_of(text))]) == facts(str(template_of(text)))


def facts(text: str) -> list[str]:
    return sorted(re.findall(r"\{[a-z_]*\}", text))


@pytest.mark.parametrize("command", HELP)
@pytest.mark.parametrize("columns", [60, 100])
def test_korean_help_is_korean_and_loses_no_sign(command: str, columns: int) -> None:
    done = jipyo(*command.split(), "--help", language="ko", COLUMNS=str(columns))
    assert done.code == 0
    assert "…" not in done.out
    shown = " ".join(re.sub("[│╭╮╰╯─]", " ", done.out).split())
    assert f"사용법: jipyo {command}".strip() in shown
    assert not english_in(re.sub("예: jipyo .*$", " / ", shown))


@pytest.mark.parametrize("command", HELP)
def test_english_help_is_the_text_that_stands_in_the_code(command: str) -> None:
    done = jipyo(*command.split(), "--help", language="en")
    shown = " ".join(re.sub("[│╭╮╰╯─]", " ", done.out).split())
    assert f"Usage: jipyo {command}".strip() in shown
    assert inspect.cleandoc(HELP[command]) in shown


COMPLAINTS = [
    (
        "chekc RECORDS",
        "No such command 'chekc'. Did you mean 'check'?",
        "'chekc' 명령은 없습니다. 비슷한 명령: 'check'.",
    ),
    ("zzzz", "No such command 'zzzz'.", "'zzzz' 명령은 없습니다."),
    ("account zzzz", "No such command 'zzzz'.", "'zzzz' 명령은 없습니다."),
    ("check", "Missing argument 'DIR'.", "'폴더' 인자가 없습니다. 꼭 적어야 합니다."),
    ("check RECORDS --foo", "No such option: --foo", "--foo 옵션은 없습니다."),
    (
        "check RECORDS --rulebok R",
        "No such option: --rulebok (Possible options: --rulebook)",
        "--rulebok 옵션은 없습니다. 비슷한 옵션: --rulebook.",
    ),
    ("--foo", "No such option: --foo", "--foo 옵션은 없습니다."),
    (
        "check RECORDS more",
        "Got unexpected extra argument(s) (more)",
        "남는 인자가 있습니다: more. 빼거나, 빈칸이 든 이름이면 따옴표로 묶으세요.",
    ),
    (
        "check RECORDS --rulebook",
        "Option '--rulebook' requires an argument.",
        "'--rulebook' 옵션 뒤에 값을 적어야 합니다.",
    ),
    (
        "account change a --sso x",
        "Option '--sso' requires 2 arguments.",
        "'--sso' 옵션 뒤에 값 2개를 적어야 합니다.",
    ),
    ("check RECORDS --json=1", "Option '--json' does not take a value.", "'--json' 옵션에는 값을 적지 않습니다."),
    ("evaluate RECORDS --out x", "Missing option '--rulebook'.", "'--rulebook' 옵션이 없습니다. 꼭 적어야 합니다."),
    (
        "sign RELEASE --key x",
        "Missing option '--role'. Choose from:\n\tevaluator,\n\tapprover",
        "'--role' 옵션이 없습니다. 다음 가운데 하나를 꼭 적어야 합니다.\n\tevaluator,\n\tapprover",
    ),
    (
        "robustness RELEASE --draws many",
        "Invalid value for '--draws': Input should be a valid integer, unable to parse string as an integer",
        "'--draws'에 쓸 수 없는 값입니다. 정수를 적으세요.",
    ),
    (
        "serve --port 0",
        "Invalid value for '--port': Input should be greater than or equal to 1",
        "'--port'에 쓸 수 없는 값입니다. 1 이상의 수를 적으세요.",
    ),
    (
        "serve --port 99999",
        "Invalid value for '--port': Input should be less than or equal to 65535",
        "'--port'에 쓸 수 없는 값입니다. 65535 이하의 수를 적으세요.",
    ),
    (
        "audit list --since yesterday",
        "Invalid value for '--since': Value error, 'yesterday' does not match the formats '%Y-%m-%d'.",
        "'--since'에 쓸 수 없는 값입니다. 날짜를 2021-03-02처럼 적으세요.",
    ),
]
"""What cannot be meant, what the library says of it, and that in Korean."""


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize(("line", "english", "korean"), COMPLAINTS)
def test_what_is_wrong_with_a_command_line_is_said_in_the_language_of_the_reader(
    line: str, english: str, korean: str, language: str
) -> None:
    done = jipyo(*shlex.split(line), language=language)
    assert (done.code, done.out) == (2, "")
    said, head = (english, "Error") if language == "en" else (korean, "오류")
    unsaid = ["사용법", "오류", "도움말", korean] if language == "en" else ["Usage", "Error", "Try", english]
    shown = " ".join(re.sub("[│╭╮╰╯─]", " ", done.err).split())
    assert f"{head} {' '.join(said.split())}" in shown
    assert not [words for words in unsaid if words in shown]


@pytest.mark.parametrize(("language", "said"), [("ko", "그만두었습니다.\n"), ("en", "Aborted.\n")])
def test_a_question_that_nobody_answers_ends_the_command(tmp_path: Path, language: str, said: str) -> None:
    done = jipyo("key-pair", tmp_path / "key.pem", language=language)
    assert done.code == 1
    assert done.err.endswith(said)
    assert not list(tmp_path.iterdir())


def test_what_somebody_typed_is_said_as_typed_though_it_is_a_word_of_help() -> None:
    assert "'CODE' 명령은 없습니다." in jipyo("CODE", language="ko").err


def test_what_the_library_says_that_nobody_translated_is_said_in_its_words() -> None:
    assert in_korean("Something new went wrong.") == "Something new went wrong."
    assert in_korean("Invalid value for '--x': Something new.") == "'--x'에 쓸 수 없는 값입니다. Something new."


def test_the_catalogue_has_no_text_that_nobody_reads() -> None:
    inner = {str(template_of(english.split(": ", 1)[1])) for _, english, _ in COMPLAINTS if "Invalid value" in english}
    told = {str(template_of(english)) for _, english, _ in COMPLAINTS}
    assert set(korean_texts()) == {str(template_of(text)) for text in WRITTEN} | OF_THE_LIBRARY | told | inner


def test_help_in_one_language_leaves_no_word_of_it_in_the_other() -> None:
    before = jipyo("check", "--help", language="en").out
    jipyo("check", "--help", language="ko")
    jipyo("check", language="ko")
    assert jipyo("check", "--help", language="en").out == before


HOW_STARTED = [["jipyo.py"], ["-m", "jipyo"], ["-c", "import sys; from jipyo import app; sys.exit(app())"]]


@pytest.mark.parametrize("words", HOW_STARTED, ids=["the file", "the module", "an installed script"])
def test_help_calls_the_program_by_its_name_however_it_was_started(words: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, *words, "check", "--help"],
        cwd=PROJECT,
        env={**os.environ, "JIPYO_LANGUAGE": "en", "TERM": "dumb"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Usage: jipyo check [OPTIONS] {DIR}" in done.stdout


def test_a_korean_command_that_shows_no_help_waits_for_no_catalogue(tmp_path: Path) -> None:
    told = "import sys; from jipyo import app\ntry: app(sys.argv[1:])\nfinally: print('babel' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", told, "check", RECORDS],
        cwd=PROJECT,
        env={**os.environ, "JIPYO_LANGUAGE": "ko", "JIPYO_STATE": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert HANGUL.search(done.stderr)
    assert done.stdout.strip() == "False"
