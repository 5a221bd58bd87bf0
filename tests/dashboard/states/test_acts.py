"""Every button of every page: what destroys or binds is asked once more and says what will happen first."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.words import WORDS

ASKED: Final[Mapping[str, str]] = {
    "withdraw-save": "requests.withdraw.what",
    "decide-save": "requests.decide.what",
    "panel-close": "panel.close.certain",
    "account-": "accounts.password.what",
    "account-save-": "accounts.change.close",
    "drop-": "draft.drop.what",
    "propose": "steps.propose.what",
    "plan": "steps.plan.what",
    "brief": "steps.brief.show_what",
    "rules-propose": "steps.rules.propose_what",
    "withdraw-": "steps.withdraw.what",
    "approve-": "steps.approve.what",
    "refuse-": "steps.refuse.what",
}
"""Asked twice -> the words that say what will happen."""

ONCE: Final[Mapping[str, str]] = {
    "act-confirm": "두 번째 물음 그 자체다",
    "act-cancel": "아무것도 하지 않는다",
    "confirm-names": "고른 이름의 수를 단추에 적고, 다음 평가까지는 고쳐 정할 수 있다",
    "upload-load": "무엇이 바뀌는지 보인 뒤의 확인 단추다",
    "upload-check": "견주어 볼 뿐 바꾸지 않는다",
    "upload-back": "앞으로 되돌아갈 뿐이다",
    "upload-cancel": "올린 사본만 지운다. 받은 자료와 올린 사람의 파일은 그대로다",
    "upload-another": "불러오기는 이미 끝났다",
    "upload-read-as": "다시 읽을 뿐이다",
    "check-again": "다시 볼 뿐이다",
    "make-mending": "파일을 만든다. 다시 만들 수 있다",
    "cancel-": "계산을 멈춘다. 다시 시작할 수 있다",
    "discard-": "만든 파일을 버린다. 다시 만들 수 있다",
    "exports-make": "파일을 만든다",
    "audit-check": "다시 확인할 뿐이다",
    "audit-take": "파일을 만든다",
    "account-unlock": "잠금을 풀 뿐이다",
    "account-add": "계정을 더한다",
    "mark-save": "심사를 마감할 때까지 고칠 수 있다",
    "panel-open": "심사를 연다. 위원은 더할 수 있다",
    "panel-add": "위원을 더한다. 무엇이 일어나는지 단추 위에 적혀 있다",
    "panel-write": "무엇이 일어나는지 단추 위에 적혀 있고, 다시 평가하기 전에는 결과가 바뀌지 않는다",
    "answer-save": "결정하기 전까지 다시 답할 수 있다",
    "file-send": "결정하기 전까지 고치거나 거둘 수 있다",
    "edit-save": "앞의 글은 기록에 남는다",
    "begin-": "무엇이 일어나는지 단추 위에 적혀 있고, 새 공개본은 앞의 것을 바꾸지 않는다",
    "evaluate": "초안을 만든다. 앞의 것은 그대로다",
    "evaluated-close": "알림을 닫을 뿐이다",
    "rules-forget": "올린 사본만 지운다",
    "rules-compare": "견주어 볼 뿐이다",
    "what-if-take": "제안 화면으로 가져갈 뿐이다",
}
"""Done at once -> why that destroys nothing."""
TWICE: Final = "dashboard/pages/certain.py"


def _calls(project: Path) -> Iterator[tuple[str, str, ast.Call]]:
    """(name of what is called, beginning of its key, the call) of every button of every page."""
    for path in sorted((project / "dashboard/pages").glob("*.py")):
        if path == project / TWICE:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name == "certain":
                yield name, _beginning(node.args[0]), node
            elif name == "button":
                yield name, _beginning(next(one.value for one in node.keywords if one.arg == "key")), node


def _beginning(said: ast.expr) -> str:
    """A text, or what an f-string begins with."""
    first = said.values[0] if isinstance(said, ast.JoinedStr) else said
    assert isinstance(first, ast.Constant), ast.dump(said)
    return str(first.value)


def _asks_again(name: str, call: ast.Call) -> bool:
    if name == "certain":
        return True
    clicked = next((one.value for one in call.keywords if one.arg == "on_click"), None)
    return isinstance(clicked, ast.Name) and clicked.id == "ask"


def test_every_button_is_asked_twice_or_known_to_destroy_nothing(project: Path) -> None:
    found = {key: _asks_again(name, call) for name, key, call in _calls(project)}
    assert {key for key, twice in found.items() if twice} == set(ASKED)
    assert {key for key, twice in found.items() if not twice} == set(ONCE)


@pytest.mark.parametrize("key", sorted({*ASKED.values(), "accounts.end.what", "steps.brief.end_what"}))
def test_what_will_happen_is_said_in_a_sentence(key: str) -> None:
    assert re.search(r"다[.:]", WORDS[key]["ko"])
    assert re.search(r"[.:]", WORDS[key]["en"])


def _asking() -> None:
    import streamlit as st

    from dashboard.pages.certain import certain
    from dashboard.words import Words

    st.text_input("글", key="text")
    if certain("burn", "태우기", "모두 타 없어집니다.", Words("ko")):
        st.text("탔습니다")


def test_no_leaves_everything_and_what_was_typed_stays() -> None:
    app = AppTest.from_function(_asking).run()
    app.text_input(key="text").set_value("쓰던 글")
    app.button(key="burn").click().run()
    assert "모두 타 없어집니다." in app.get("html")[0].proto.body
    assert not app.text
    app.button(key="burn-no").click().run()
    assert [one.key for one in app.button] == ["burn"]
    app.button(key="burn").click().run()
    app.button(key="burn-yes").click().run()
    assert [one.value for one in app.text] == ["탔습니다"]
    assert app.text_input(key="text").value == "쓰던 글"
    assert [one.key for one in app.run().button] == ["burn"]
