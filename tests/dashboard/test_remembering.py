"""What pages remember is told apart by its name, across all of them."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

REMEMBERED = re.compile(r"""\b(remember|keep|read|read_once)\((?:view\.reading, |reading, )?\s*f?"([^"]*)\"""")


def test_no_two_modules_remember_something_under_one_name(project: Path) -> None:
    places: dict[tuple[str, str], set[str]] = defaultdict(set)
    for path in (project / "dashboard").rglob("*.py"):
        for how, name in REMEMBERED.findall(path.read_text(encoding="utf-8")):
            places[how.removesuffix("_once"), re.sub(r"\{[^}]*\}", "{}", name)].add(path.name)
    assert len(places) > 60
    assert {name: sorted(where) for name, where in places.items() if len(where) > 1} == {}
