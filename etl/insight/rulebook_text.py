"""A rulebook's text with some of its numbers changed and everything else, comments included, as somebody wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from etl.documents.lines import KeyPath, key_lines
from etl.errors import RulebookError
from etl.scoring.decimals import plain
from etl.scoring.rulebook import Rulebook, parse_rulebook


def changed_numbers(before: Rulebook, after: Rulebook) -> list[tuple[KeyPath, Decimal, Decimal]]:
    """Every number that differs between two rulebooks of the same shape: where it stands, what it was, what it is."""
    return list(_differences((), before.model_dump(), after.model_dump()))


def _differences(path: KeyPath, before: Any, after: Any) -> Iterator[tuple[KeyPath, Decimal, Decimal]]:
    if isinstance(before, dict) and isinstance(after, dict):
        for key in before:
            yield from _differences((*path, key), before[key], after[key])
    elif isinstance(before, list | tuple) and isinstance(after, list | tuple):
        for at, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from _differences((*path, at), one, other)
    elif isinstance(before, Decimal) and isinstance(after, Decimal) and before != after:
        yield path, before, after


def text_of_changed(text: str, before: Rulebook, after: Rulebook) -> str | None:
    """The text of a rulebook with the numbers of another one of the same shape.

    Args:
        text: of `before`.
        before: what the text says.
        after: what it is to say.

    Returns:
        None where the numbers do not stand in the text one by one: what is returned says exactly what `after` says.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    places = key_lines(text)
    for path, _, number in changed_numbers(before, after):
        line = places.get(path)
        if line is None or not _put(lines, line - 1, _nth_on_line(places, path, line), str(path[-1]), number):
            return None
    changed = "\n".join(lines)
    try:
        says = parse_rulebook(changed.encode(), "rulebook.toml", None)
    except RulebookError:
        return None
    return changed if says == after else None


def _nth_on_line(places: dict[KeyPath, int], path: KeyPath, line: int) -> int:
    """Which of the keys of that name on its line a path is, counted from 0."""
    beside = [other for other, at in places.items() if at == line and other[-1] == path[-1]]
    return beside.index(path)


def _put(lines: list[str], at: int, nth: int, key: str, number: Decimal) -> bool:
    """Write a number behind the nth key of that name on a line; whether there is one."""
    found = list(re.finditer(rf'(?<![\w-])"?{re.escape(key)}"?\s*=\s*([0-9][0-9_.eE+-]*)', lines[at]))
    if nth >= len(found):
        return False
    start, end = found[nth].span(1)
    lines[at] = lines[at][:start] + plain(number) + lines[at][end:]
    return True
