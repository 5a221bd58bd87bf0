"""Names that are written nearly alike, found among many without comparing every name with every other.

Names that share the most trigrams are compared letter by letter; Hangul is taken apart into its jamo first, so that one
slip of the keyboard stays small.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

_COMPARED: Final = 8
"""How many of the names that share the most trigrams are compared letter by letter."""

_CELLS_A_BLOCK: Final = 2_500_000
"""Names of a block times names they are compared with: bounds the memory to about 60 MB."""


class Letters:
    """Names to be found again under another spelling."""

    def __init__(self, names: Sequence[str]) -> None:
        self.letters = [_taken_apart(name) for name in names]
        postings: defaultdict[str, list[int]] = defaultdict(list)
        for position, letters in enumerate(self.letters):
            for gram in _trigrams(letters):
                postings[gram].append(position)
        self.number = {gram: number for number, gram in enumerate(postings)}
        self.sizes = np.array([len(held) for held in postings.values()], dtype=np.int64)
        self.starts = np.cumsum(self.sizes) - self.sizes
        self.held = np.array([position for held in postings.values() for position in held], dtype=np.int64)
        self.lengths = np.array([len(letters) for letters in self.letters], dtype=np.float32)

    def nearest(self, names: Sequence[str], least: int) -> Iterator[list[tuple[int, int]]]:
        """For each name the (position, likeness from `least` to 100) of those written most like it, in no order."""
        block = max(1, _CELLS_A_BLOCK // len(self.letters))
        for start in range(0, len(names), block):
            yield from self._nearest([_taken_apart(name) for name in names[start : start + block]], least)

    def _nearest(self, letters: Sequence[str], least: int) -> list[list[tuple[int, int]]]:
        rows, columns = _highest(self._shared_trigrams(letters))
        likeness = process.cpdist(
            [letters[row] for row in rows],
            [self.letters[column] for column in columns],
            scorer=fuzz.ratio,
            score_cutoff=least,
            dtype=np.uint8,
            workers=-1,
        )
        found: list[list[tuple[int, int]]] = [[] for _ in letters]
        for row, column, alike in zip(rows.tolist(), columns.tolist(), likeness.tolist(), strict=True):
            if alike:
                found[row].append((column, alike))
        return found

    def _shared_trigrams(self, letters: Sequence[str]) -> NDArray[np.float32]:
        """How much of its trigrams every name (row) shares with every known one (column)."""
        numbers = [[self.number[gram] for gram in _trigrams(one) if gram in self.number] for one in letters]
        grams = np.array([gram for one in numbers for gram in one], dtype=np.int64)
        sizes = self.sizes[grams]
        before = np.cumsum(sizes) - sizes
        columns = self.held[np.repeat(self.starts[grams] - before, sizes) + np.arange(sizes.sum())]
        row_starts = np.repeat(np.arange(len(letters)) * len(self.letters), [len(one) for one in numbers])
        cells = len(letters) * len(self.letters)
        shared = np.bincount(np.repeat(row_starts, sizes) + columns, minlength=cells).astype(np.float32)
        own = np.array([len(one) for one in letters], dtype=np.float32)
        return shared.reshape(len(letters), -1) / (own[:, None] + self.lengths[None, :] + 1)


def _taken_apart(name: str) -> str:
    return unicodedata.normalize("NFD", name)


def _trigrams(letters: str) -> set[str]:
    """Every three letters in a row; the beginning and the end count as letters."""
    bounded = f"^{letters}$"
    return {bounded[at : at + 3] for at in range(len(bounded) - 2)}


def _highest(shares: NDArray[np.float32]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Row and column of the highest shares of every row, as far as there are any; `shares` is used up."""
    rows = np.arange(len(shares))
    found_rows, found_columns = [], []
    for _ in range(min(_COMPARED, shares.shape[1])):
        columns = shares.argmax(axis=1)
        any_share = shares[rows, columns] > 0
        found_rows.append(rows[any_share])
        found_columns.append(columns[any_share])
        shares[rows, columns] = 0
    return np.concatenate(found_rows), np.concatenate(found_columns)
