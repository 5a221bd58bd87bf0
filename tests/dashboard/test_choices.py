"""What is chosen stays chosen while its names change: with the language, by list, by several, side by side."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import shell
from dashboard.access import Role
from dashboard.shelf import RELEASES
from tests.dashboard.signing_in import People


def choices_told_by_name() -> None:
    """Run by itself: it sees nothing of this file."""
    import streamlit as st

    from dashboard.choices import lasting

    names = {"ko": {"a": "가", "b": "나"}, "en": {"a": "One", "b": "Two"}}[st.query_params.get("lang", "ko")]
    name = names.__getitem__
    one = st.selectbox("one", list(names), format_func=name, key=lasting("one", names, name, "b"))
    many = st.multiselect("many", list(names), format_func=name, key=lasting("many", names, name))
    beside = st.segmented_control("beside", list(names), format_func=name, key=lasting("beside", names, name))
    st.text(f"{one} {many} {beside}")


@pytest.fixture
def chosen() -> AppTest:
    app = AppTest.from_function(choices_told_by_name).run()
    app.multiselect(key="many").set_value(["b"])
    app.button_group(key="beside").set_value("b")
    return app.run()


def test_a_browser_is_told_the_new_name_of_what_is_chosen_and_only_then(chosen: AppTest) -> None:
    assert chosen.text[0].value == "b ['b'] b"
    chosen.run()
    assert not any(one.proto.set_value for one in (*chosen.selectbox, *chosen.multiselect, *chosen.button_group))
    chosen.query_params["lang"] = "en"
    chosen.run()
    assert chosen.text[0].value == "b ['b'] b"
    assert (chosen.selectbox[0].proto.set_value, chosen.selectbox[0].proto.raw_value) == (True, "Two")
    assert (chosen.multiselect[0].proto.set_value, list(chosen.multiselect[0].proto.raw_values)) == (True, ["Two"])
    assert (chosen.button_group[0].proto.set_value, list(chosen.button_group[0].proto.raw_values)) == (True, ["Two"])


def told(app: AppTest, key: str) -> tuple[Any, str]:
    """The id that a list holds, and the name of it that the browser was told in this very run."""
    widget = app.selectbox(key=key)
    assert widget.proto.set_value
    return widget.value, widget.proto.raw_value


def in_english(app: AppTest) -> AppTest:
    app.query_params["lang"] = "en"
    app.run()
    assert not app.exception
    return app


@pytest.fixture
def opened(project: Path, people: People, releases: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    monkeypatch.setenv(RELEASES, str(releases))

    def start(page: str, role: Role = Role.EVALUATOR, **query: str) -> AppTest:
        app = people.open(project / "dashboard/app/main.py", role)
        for key, value in query.items():
            app.query_params[key] = value
        app.run()
        app.switch_page(f"../pages/{page}.py")
        return app.run()

    return start


def test_the_indicator_of_the_address_is_called_in_the_language_chosen(opened: Callable[..., AppTest]) -> None:
    app = in_english(opened("indicator", indicator="datasets_opened"))
    assert told(app, "choose-indicator") == ("datasets_opened", "Datasets newly opened")


@pytest.mark.parametrize(("said", "turned"), [("datasets_opened", True), ("신규 개방 데이터셋", False), (None, True)])
def test_an_old_name_that_comes_late_is_not_taken_for_an_id(
    monkeypatch: pytest.MonkeyPatch, said: str | None, turned: bool
) -> None:
    changed: list[dict[str, str | None]] = []
    monkeypatch.setattr("dashboard.shell.st.session_state", {"choose-indicator": said})
    monkeypatch.setattr(shell, "turn_to", lambda **parts: changed.append(parts))
    shell._go("indicator", "choose-indicator", {}, ("datasets_opened", "training_uptake"))
    assert changed == ([{"indicator": said}] if turned else [])


def test_the_kind_of_a_file_stays_chosen(opened: Callable[..., AppTest]) -> None:
    app = opened("exports")
    app.selectbox(key="exports-kind").set_value("csv").run()
    assert told(in_english(app), "exports-kind")[0] == "csv"


# Every choice of every page ------------------------------------------------------------------------------------------


def test_every_choice_whose_options_have_names_keeps_what_is_chosen(project: Path) -> None:
    calls = [
        (path.name, node)
        for path in sorted((project / "dashboard").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and any(one.arg == "format_func" for one in node.keywords)
    ]
    assert len(calls) > 25
    for name, call in calls:
        key = next(one.value for one in call.keywords if one.arg == "key")
        lasts = isinstance(key, ast.Call) and isinstance(key.func, ast.Name) and key.func.id == "lasting"
        assert lasts, f"{name}:{call.lineno}"
