"""Long tables a page at a time: which rows a page of the address means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

ROWS_A_PAGE: Final = 100


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a long table.

    Attributes:
        page: from 1.
        total: rows of the whole table.
    """

    page: int
    total: int

    @property
    def pages(self) -> int:
        """How many there are: at least one."""
        return max(-(-self.total // ROWS_A_PAGE), 1)

    @property
    def begin(self) -> int:
        """The place of its first row, from 0."""
        return (self.page - 1) * ROWS_A_PAGE

    @property
    def end(self) -> int:
        """The place after its last row."""
        return min(self.page * ROWS_A_PAGE, self.total)


def sheet_of(total: int, said: str | None) -> Sheet:
    """The page an address names; the first where it names none there is.

    Args:
        total: rows of the whole table.
        said: the page, as text that anybody may have written.
    """
    first = Sheet(1, total)
    if said is None or not said.isascii() or not said.isdigit() or len(said) > len(str(first.pages)):
        return first
    return Sheet(int(said), total) if 1 <= int(said) <= first.pages else first
