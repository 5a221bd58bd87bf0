"""Writes `docs/permissions.md` from the permission table, so that the page cannot fall behind.

Usage: python -m tools.permissions_reference

Who may and when comes from `dashboard.access.RULES`, what opens a page from `dashboard.address.ACTION_OF`; the words
for both stand in `tools/words/permissions.toml`, and a test holds that none is missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from dashboard.access import RULES, Action, Rule, State
from dashboard.address import ACTION_OF
from dashboard.words import WORDS as SHOWN
from tools.reference_pages import read_words, table, write_page

PAGE: Final = "permissions.md"
WORDS: Final = "permissions.toml"


def mark(rule: Rule, state: State) -> str:
    """When a rule holds in a state."""
    if state in rule.states:
        return "○" if state in rule.own_unit else "●"
    return "◇" if rule.briefed else "–"


def _action(action: Action, words: Mapping[str, Any]) -> Iterator[str]:
    korean, english = words["action"][action]
    yield f'<a id="{action}"></a>'
    yield ""
    yield f"### {korean} · {english}"
    yield ""
    rows = [
        (" · ".join(words["role"][role]), *(mark(rule, state) for state in State))
        for role, rule in RULES[action].items()
    ]
    yield from table(("", *(" · ".join(words["state"][state]) for state in State)), rows)
    yield ""
    if any(rule.not_author for rule in RULES[action].values()):
        yield "자기가 올리거나 만든 것에는 할 수 없습니다. Never for what one has proposed or made oneself."
        yield ""
    if any(rule.author for rule in RULES[action].values()):
        yield "자기가 올린 것에만 할 수 있습니다. Only for what one has proposed oneself."
        yield ""


def _pages(words: Mapping[str, Any]) -> Iterator[str]:
    yield "## 화면 · Pages"
    yield ""
    yield "화면은 그 일을 할 수 있는 사람에게만 열립니다. A page opens for those who may do what it is for."
    yield ""
    rows = [
        (SHOWN[f"page.{page}"]["ko"], SHOWN[f"page.{page}"]["en"], f"[{words['action'][action][0]}](#{action})")
        for page, action in ACTION_OF.items()
    ]
    yield from table(("화면", "page", "일 · action"), rows)
    yield ""


def page() -> str:
    """The whole page."""
    words = read_words(WORDS)
    lines = [words["page"]["start"].strip(), "", *_pages(words), "## 일 · Actions", ""]
    for action in Action:
        lines += _action(action, words)
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    write_page(PAGE, page())
