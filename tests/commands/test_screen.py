"""What a command is busy with is told on a terminal, in the reader's language."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from rich.console import Console

from terminal.screen import WORK, working
from tests.commands.english import english_in

HANGUL = re.compile("[가-힣]")


def test_every_work_is_told_in_both_languages_and_none_is_left_over(project: Path) -> None:
    sources = [*(project / "terminal").glob("*.py"), project / "jipyo.py"]
    named = {work for path in sources for work in re.findall(r'working\("(.*?)"\)', path.read_text(encoding="utf-8"))}
    assert named == set(WORK)
    for said in WORK.values():
        assert HANGUL.search(said["ko"])
        assert not english_in(said["ko"])
        assert not HANGUL.search(said["en"])


@pytest.mark.parametrize(("language", "said"), [("ko", "평가하는 중 …"), ("en", "Evaluating …")])
@pytest.mark.parametrize("is_terminal", [True, False])
def test_a_terminal_alone_shows_what_a_command_is_busy_with(
    language: str, said: str, is_terminal: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = io.StringIO()
    monkeypatch.setenv("JIPYO_LANGUAGE", language)
    console = Console(file=written, force_terminal=is_terminal, _environ={"TERM": "xterm"})
    monkeypatch.setattr("terminal.screen.messages", console)
    with working("evaluating"):
        pass
    assert (said in written.getvalue()) is is_terminal
