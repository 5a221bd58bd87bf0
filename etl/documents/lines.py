"""The line on which every key of a TOML document stands, which the standard library's reader does not tell.

Only for text that `tomllib` has already accepted: this scanner finds its way, it checks nothing.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Final

KeyPath = tuple[str | int, ...]

_BLANK: Final = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY: Final = re.compile(r'[ \t]*("(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|[A-Za-z0-9_-]+)[ \t]*(\.?)')
_TEXT: Final = re.compile(
    r'"""(?:[^"\\]|\\(?:.|\n)|"{1,2}(?!"))*"{3,5}'
    r"|'''(?:[^']|'{1,2}(?!'))*'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'"
)
_BARE: Final = re.compile(r"[^,\]}#\n]+")


def key_lines(text: str) -> dict[KeyPath, int]:
    """Every key path of the document and the line it starts on.

    Args:
        text: a valid TOML document.

    Returns:
        key path -> line, counted from 1. Items of arrays, and of arrays of tables, are numbers counted from 0.
    """
    return _Scanner(text.replace("\r\n", "\n")).scan()


def line_of(lines: dict[KeyPath, int], path: KeyPath) -> int:
    """The line of a key path, or of the nearest table around it that is written down (1 where nothing is)."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[KeyPath, int] = {}
        self.tables_in: dict[KeyPath, int] = {}
        self.counted_at = 0
        self.counted_line = 1

    def scan(self) -> dict[KeyPath, int]:
        table: KeyPath = ()
        while self._skip_blank():
            if self.text[self.at] == "[":
                table = self._header()
            else:
                self._pair(table)
        return self.lines

    def _skip_blank(self) -> bool:
        blank = _BLANK.match(self.text, self.at)
        self.at = blank.end() if blank else self.at
        return self.at < len(self.text)

    def _line(self) -> int:
        self.counted_line += self.text.count("\n", self.counted_at, self.at)
        self.counted_at = self.at
        return self.counted_line

    def _note(self, path: KeyPath) -> None:
        self.lines.setdefault(path, self._line())

    def _keys(self) -> Iterator[str]:
        dotted = True
        while dotted:
            key = _KEY.match(self.text, self.at)
            if key is None:
                return
            self.at = key.end()
            dotted = bool(key[2])
            yield tomllib.loads(f"key = {key[1]}")["key"] if key[1][0] in "\"'" else key[1]

    def _header(self) -> KeyPath:
        many = self.text.startswith("[[", self.at)
        start = self.at
        self.at += 2 if many else 1
        names = list(self._keys())
        self.at, end = start, self.at + (2 if many else 1)
        path: KeyPath = ()
        for position, name in enumerate(names):
            path = self._latest((*path, name), opens=many and position == len(names) - 1)
        self.at = end
        return path

    def _latest(self, path: KeyPath, *, opens: bool) -> KeyPath:
        self._note(path)
        if opens:
            self.tables_in[path] = self.tables_in.get(path, 0) + 1
        if path not in self.tables_in:
            return path
        path = (*path, self.tables_in[path] - 1)
        self._note(path)
        return path

    def _pair(self, table: KeyPath) -> None:
        start = self.at
        names = list(self._keys())
        self.at, after = start, self.at
        path = table
        for name in names:
            path = (*path, name)
            self._note(path)
        self.at = after + 1  # the equals sign
        self._value(path)

    def _value(self, path: KeyPath) -> None:
        self._skip_blank()
        if self.text[self.at] == "[":
            self._array(path)
        elif self.text[self.at] == "{":
            self._inline_table(path)
        else:
            scalar = _TEXT.match(self.text, self.at) or _BARE.match(self.text, self.at)
            self.at = scalar.end() if scalar else self.at + 1

    def _array(self, path: KeyPath) -> None:
        self.at += 1
        item = 0
        while self._skip_blank() and self.text[self.at] != "]":
            if self.text[self.at] == ",":
                self.at += 1
                continue
            self._note((*path, item))
            self._value((*path, item))
            item += 1
        self.at += 1

    def _inline_table(self, path: KeyPath) -> None:
        self.at += 1
        while self._skip_blank() and self.text[self.at] != "}":
            if self.text[self.at] == ",":
                self.at += 1
                continue
            self._pair(path)
        self.at += 1
