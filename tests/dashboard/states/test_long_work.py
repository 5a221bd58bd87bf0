"""Long work: its answer is never lost, whatever moment it ends at, and every way of beginning it shows its progress."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final, get_args

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.desk.jobs import Task


def _taking() -> None:
    import streamlit as st

    from dashboard.pages.long_work import taken
    from dashboard.words import Words

    if "job" in st.session_state and taken("job", Words("ko")) is not None:
        st.text("done")


class Ending:
    """A job that ends after its state was asked for so many times."""

    def __init__(self, asked: int, end: str) -> None:
        self._left, self._end = asked, end
        self.faults = ()

    @property
    def state(self) -> str:
        self._left -= 1
        return "running" if self._left >= 0 else self._end


@pytest.mark.parametrize("asked", range(4))
@pytest.mark.parametrize(("end", "told"), [("done", "done"), ("crashed", "")])
def test_work_that_ends_while_it_is_looked_at_is_answered_once(
    asked: int, end: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.pages.long_work._watch", lambda *_: None)
    app = AppTest.from_function(_taking)
    app.session_state["job"] = Ending(asked, end)
    answers = []
    for _ in range(4):
        app.run()
        assert not app.exception
        answers += [one.value for one in app.text]
    assert answers == [told] * bool(told)
    assert "job" not in app.session_state


WATCHED: Final = {"finished", "taken", "survey_of", "on_its_way"}
"""What shows the progress of a job."""
SHOWN_WITH: Final = {"survey": "data_work.py", "export": "exports.py"}
"""Work that is begun elsewhere -> the page that shows its progress."""


def _begun(project: Path) -> Iterator[tuple[str, Path]]:
    """(task, file) of every job that is begun."""
    for path in sorted((project / "dashboard").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Job":
                first = node.args[0]
                yield (str(first.value) if isinstance(first, ast.Constant) else ""), path


def test_every_page_that_begins_long_work_shows_how_far_it_is(project: Path) -> None:
    begun = list(_begun(project))
    assert {task for task, _ in begun if task} <= set(get_args(Task))
    pages = {path for _, path in begun if path.parent.name == "pages"}
    pages |= {project / "dashboard/pages" / name for name in SHOWN_WITH.values()}
    assert len(pages) >= 6
    for path in pages:
        called = {
            node.id for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Name)
        }
        assert called & WATCHED, path
