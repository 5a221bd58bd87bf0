"""Names that are written nearly alike, found among many without comparing every name with every other.

Names that share the most trigrams are compared letter by letter; Hangul is taken apart into its jamo first, so that one
slip of the keyboard stays small.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

_COMPARED: Final = 8
"""How many of the names that share the most trigrams are compared letter by letter."""

_RAREST: Final = 8
"""How many of a name's trigrams decide which names those are: the rarest, because what many names hold tells little."""

_BITS: Final = 21
"""What any sign of Unicode fits into."""

_CELLS_A_BLOCK: Final = 250_000
"""Names of a block times names they are compared with: few enough to stay in the processor's cache."""


class Letters:
    """Names to be found again under another spelling."""

    def __init__(self, names: Sequence[str]) -> None:
        self.letters = [_taken_apart(name) for name in names]
        self.lengths = _lengths(self.letters)
        positions, threes = _trigrams(self.letters)
        self.grams, first, numbers, self.sizes = np.unique(
            threes, return_index=True, return_inverse=True, return_counts=True
        )
        held = positions[np.argsort(numbers, kind="stable")]
        self.postings = np.split(held, np.cumsum(self.sizes)[:-1])
        self.rarity = np.argsort(np.lexsort((first, self.sizes)))

    def nearest(self, names: Sequence[str], least: int) -> Iterator[list[tuple[int, int]]]:
        """For each name the (position, likeness from `least` to 100) of those written most like it, in no order."""
        letters = [_taken_apart(name) for name in names]
        rows, grams = self._rarest(letters)
        block = max(1, _CELLS_A_BLOCK // len(self.letters))
        for start in range(0, len(letters), block):
            part = letters[start : start + block]
            first, last = np.searchsorted(rows, (start, start + block))
            shares = self._shared_trigrams(_lengths(part), rows[first:last] - start, grams[first:last])
            yield from self._compared(part, shares, least)

    def _rarest(self, letters: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The rarest trigrams of each name among those that known ones hold: rows, sorted, and numbers of trigrams."""
        rows, threes = _trigrams(letters)
        numbers = np.searchsorted(self.grams, threes)
        known = numbers < np.searchsorted(self.grams, threes, side="right")
        rows, numbers = rows[known], numbers[known]
        in_order = np.lexsort((self.rarity[numbers], rows))
        rows, numbers = rows[in_order], numbers[in_order]
        counts = np.bincount(rows, minlength=len(letters))
        turn = np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts)
        return rows[turn < _RAREST], numbers[turn < _RAREST]

    def _shared_trigrams(
        self, lengths: NDArray[np.float32], rows: NDArray[np.int64], grams: NDArray[np.int64]
    ) -> NDArray[np.float32]:
        """How much of its trigrams every name (row) shares with every known one (column)."""
        cells = np.repeat(rows * len(self.letters), self.sizes[grams])
        if len(cells):
            cells += np.concatenate([self.postings[gram] for gram in grams.tolist()])
        shared = np.bincount(cells, minlength=len(lengths) * len(self.letters)).astype(np.float32)
        return shared.reshape(len(lengths), -1) / (lengths[:, None] + self.lengths[None, :] + 1)

    def _compared(self, letters: Sequence[str], shares: NDArray[np.float32], least: int) -> list[list[tuple[int, int]]]:
        """The names of the highest shares, compared letter by letter."""
        rows, columns = (found.tolist() for found in _highest(shares))
        likeness = process.cpdist(
            [letters[row] for row in rows],
            [self.letters[column] for column in columns],
            scorer=fuzz.ratio,
            score_cutoff=least,
            dtype=np.uint8,
            workers=1,
        )
        found: list[list[tuple[int, int]]] = [[] for _ in letters]
        for row, column, alike in zip(rows, columns, likeness.tolist(), strict=True):
            if alike:
                found[row].append((column, alike))
        return found


def _taken_apart(name: str) -> str:
    return unicodedata.normalize("NFD", name)


def _lengths(letters: Sequence[str]) -> NDArray[np.float32]:
    return np.array([len(one) for one in letters], dtype=np.float32)


def _trigrams(letters: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Every three letters in a row of every text, each once; the beginning and the end count as letters.

    Returns:
        Positions of the texts, sorted, and the three letters as one number.
    """
    bounded = [f"^{one}$" for one in letters]
    signs = np.frombuffer("".join(bounded).encode("utf-32-le"), dtype=np.uint32).astype(np.int64)
    lengths = np.array([len(one) for one in bounded], dtype=np.int64)
    texts = np.repeat(np.arange(len(bounded)), lengths)
    within = texts[:-2] == texts[2:]
    threes = (signs[:-2] << 2 * _BITS) + (signs[1:-1] << _BITS) + signs[2:]
    positions, threes = texts[:-2][within], threes[within]
    in_order = np.lexsort((threes, positions))
    positions, threes = positions[in_order], threes[in_order]
    repeated = (positions[1:] == positions[:-1]) & (threes[1:] == threes[:-1])
    first = np.concatenate(([True], ~repeated))[: len(positions)]
    return positions[first], threes[first]


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
