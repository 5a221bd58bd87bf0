"""Mended rows take the place of the rows they came from: those are set aside, whatever becomes of them later.

A row that was rejected or held is handed out, mended and loaded as a file of its own. The received file stays as it is;
`mends` in `sources.toml` says which rows of which version of it the mended file takes the place of. They are set aside
and not listed any more, so that deciding on a name later cannot bring a row back beside its mended twin. Where the
numbers could mean other rows, none is set aside, and that is said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from etl.errors import Fault
from etl.intake.mapping import Source
from etl.intake.rows import Checked, Opened

_SHOWN_ROWS: Final = 10


@dataclass(frozen=True, slots=True)
class MendedRows:
    """Rows of a received file that a mended file takes the place of.

    Attributes:
        source: the number of the source that takes their place.
        by: its file.
        file: the received file.
        kind: of record.
        rows: their numbers in the received file.
    """

    source: int
    by: str
    file: str
    kind: str
    rows: tuple[int, ...]


class Mending:
    """Which rows of the opened sources are set aside because a mended file takes their place.

    Args:
        opened: every source of a folder.

    Attributes:
        opened: the same, each with the rows that are set aside.
    """

    def __init__(self, opened: Sequence[Opened]) -> None:
        self._notices: list[Fault] = []
        self._at_odds: Collection[tuple[int, int]] = ()
        self._targets = {one.number: self._targets_of(one, opened) for one in opened if one.source.mends is not None}
        rows: defaultdict[int, dict[int, str]] = defaultdict(dict)
        for one in opened:
            for target in self._targets.get(one.number, ()):
                self._tell_of_taken(one.source, rows[target])
                rows[target] |= dict.fromkeys(_rows(one.source), one.source.file)
        self.opened = [replace(one, mended=frozenset(rows[one.number])) for one in opened]

    def _targets_of(self, mending: Opened, opened: Sequence[Opened]) -> tuple[int, ...]:
        """The sources of which a mended file sets rows aside: those of the very version it was handed out from."""
        mends = mending.source.mends
        if mends is None:
            return ()
        received = [one for one in opened if one.source.file == mends.file and one.kind == mending.kind]
        same = tuple(one.number for one in received if one.table.sha256 == mends.sha256)
        if not same:
            code = "mend_of_another_version" if received else "mend_of_no_source"
            self._tell(Fault(code, mending.source.file, {"file": mends.file, "kind": mending.kind}))
        return same

    def outcome(
        self, checked: Iterable[Checked], at_odds: Collection[tuple[int, int]]
    ) -> tuple[tuple[MendedRows, ...], tuple[Fault, ...]]:
        """What was set aside, and what somebody has to know of it, once every source is checked.

        Args:
            checked: every source.
            at_odds: (source, row) of rows that were rejected for another row, as they were received.
        """
        self._at_odds = at_odds
        known = {one.opened.number: one for one in checked}
        mended = tuple(found for number in self._targets for found in self._set_aside(known[number].opened, known))
        files = dict.fromkeys(known[number].opened.source.file for number in self._targets)
        for file in files:
            self._tell_of([one.opened for one in known.values() if one.opened.source.file == file], known)
        for one in known.values():
            self._tell_of_fewer(one)
        return mended, tuple(self._notices)

    def _set_aside(self, mending: Opened, known: Mapping[int, Checked]) -> Iterator[MendedRows]:
        asked = _rows(mending.source)
        rows = {row for target in self._targets[mending.number] for row in _found(known[target]) if row in asked}
        if rows and mending.source.mends is not None:
            file = mending.source.mends.file
            yield MendedRows(mending.number, mending.source.file, file, mending.kind, tuple(sorted(rows)))

    def _tell_of(self, sources: Sequence[Opened], known: Mapping[int, Checked]) -> None:
        """What is odd about the rows a mended file asks for: those that are fine by now, and those that are not there.

        A file may feed several kinds of record: a row that is wrong for one of them is handed out for all.
        """
        asked = {row for one in sources for row in _rows(one.source)}
        targets = [known[target] for one in sources for target in self._targets.get(one.number, ())]
        if not targets:
            return
        found = {row for target in targets for row in _found(target)}
        wrong = {row for target in targets for row, is_fine in _found(target).items() if not is_fine}
        wrong |= {row for target in targets for row in found if (target.opened.number, row) in self._at_odds}
        file = targets[0].opened.source.file
        for code, rows in (("mend_of_fine_rows", asked & (found - wrong)), ("mend_of_no_rows", asked - found)):
            if rows:
                self._tell(Fault(code, sources[0].source.file, {"file": file, "rows": _listed(rows)}))

    def _tell_of_taken(self, source: Source, taken: Mapping[int, str]) -> None:
        """Rows of which two files take the place: their records would be two of one."""
        others = {file for row, file in taken.items() if row in _rows(source)} - {source.file}
        for other in sorted(others):
            rows = {row for row in _rows(source) if taken.get(row) == other}
            file = source.mends.file if source.mends is not None else ""
            self._tell(Fault("mend_of_taken_rows", source.file, {"file": file, "rows": _listed(rows), "other": other}))

    def _tell_of_fewer(self, checked: Checked) -> None:
        """A mended file that lost rows on the way: something received would be counted nowhere and listed nowhere."""
        source, table = checked.opened.source, checked.opened.table
        held = (table.rows if table.rows is not None else checked.rows) + len(table.misfits)
        if self._targets.get(checked.opened.number) and held < len(_rows(source)) and source.mends is not None:
            facts = {"file": source.mends.file, "held": held, "asked": len(_rows(source))}
            self._tell(Fault("mend_of_more_rows_than_held", source.file, facts))

    def _tell(self, notice: Fault) -> None:
        """Once, however many kinds of record a file feeds."""
        if notice not in self._notices:
            self._notices.append(notice)


def mended_from(file: str, sources: Iterable[Source]) -> frozenset[str]:
    """The files that a file was mended in, and those they were mended in again."""
    mended = {(one.mends.file, one.file) for one in sources if one.mends is not None}
    found = frozenset({file})
    while more := {by for of, by in mended if of in found} - found:
        found |= more
    return found - {file}


def _rows(source: Source) -> frozenset[int]:
    return frozenset(source.mends.rows) if source.mends is not None else frozenset()


def _found(checked: Checked) -> Mapping[int, bool]:
    """The rows of a source that are set aside for a mended one: number -> whether nothing is wrong with it."""
    opened = checked.opened
    return {**checked.mended, **{one.row: False for one in opened.table.misfits if one.row in opened.mended}}


def _listed(rows: Iterable[int]) -> str:
    """Row numbers for a message; of many the first."""
    every = sorted(rows)
    shown = ", ".join(map(str, every[:_SHOWN_ROWS]))
    return f"{shown} …" if len(every) > _SHOWN_ROWS else shown
