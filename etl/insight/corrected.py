"""What was read otherwise than it was received: the corrections a release was made with, record by record."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from etl.contracts.records import RECORDS
from etl.errors import Language
from etl.release.seal import CORRECTIONS


@dataclass(frozen=True, slots=True)
class Corrected:
    """One cell that was read otherwise than it was received.

    Attributes:
        before: the text received, as mapped; empty for an empty cell.
        after: the text read instead.
        source: the document it rests on.
    """

    column: str
    before: str
    after: str
    reason: str
    source: str
    decided_by: str
    decided_on: date

    def text(self, language: Language) -> str:
        """The correction in one line."""
        said = f"{self.column} '{self.before}' → '{self.after}'"
        why = f"{self.reason}; {self.source}; {self.decided_by}, {self.decided_on.isoformat()}"
        return f"정정: {said} ({why})" if language == "ko" else f"corrected: {said} ({why})"


class CorrectionBook:
    """The corrections of a release, looked up by record.

    Records that were left out are none that a metric could count, and are not in it.
    """

    def __init__(self, corrections: Iterable[Mapping[str, Any]]) -> None:
        self._by_key: defaultdict[tuple[str, str], list[Corrected]] = defaultdict(list)
        self._by_row: defaultdict[tuple[str, int], list[tuple[str | None, Corrected]]] = defaultdict(list)
        for correction in corrections:
            if correction.get("drop"):
                continue
            corrected = Corrected(**{column: correction[column] for column in Corrected.__slots__})
            kind, key = correction["kind"], correction.get("key")
            if key is None:
                self._by_row[kind, correction["row"]].append((correction.get("file"), corrected))
            else:
                self._by_key[kind, _record_id(kind, key, corrected)].append(corrected)

    def of(self, kinds: Iterable[str], record_id: str, file: str | None, row: int | None) -> tuple[Corrected, ...]:
        """What was corrected of one record.

        Args:
            kinds: of which it may be.
            record_id: its key; several columns joined by `/`.
            file: the received file it stood in.
            row: its row there.
        """
        found: list[Corrected] = []
        for kind in kinds:
            found += self._by_key.get((kind, record_id), ())
            if row is not None:
                found += [one for said, one in self._by_row.get((kind, row), ()) if said in (None, file)]
        return tuple(found)


def _record_id(kind: str, key: Mapping[str, str], corrected: Corrected) -> str:
    """The key of the staged record: a correction of the key itself names the record as it was received."""
    cells = {**key, **({corrected.column: corrected.after} if corrected.column in key else {})}
    return "/".join(cells[column] for column in RECORDS[kind].key)


def corrections_of(release: Path) -> CorrectionBook:
    """The corrections a release was made with; none where it has no `corrections.toml`."""
    try:
        written = (release / CORRECTIONS).read_text(encoding="utf-8")
    except FileNotFoundError:
        return CorrectionBook(())
    return CorrectionBook(tomllib.loads(written).get("correction", ()))
