"""The parts a file can be limited to, as somebody chooses among them."""

from __future__ import annotations

from collections.abc import Iterable

from etl.exports.formats import Format, documents_for
from etl.exports.narrowed import tables_for
from etl.exports.xlsx import parts_for
from etl.insight.reading import Reading


def parts_of(reading: Reading, kind: Format, units: Iterable[str] = ()) -> tuple[str, ...]:
    """The parts of a kind of file; none where it is always whole.

    Args:
        reading: the release.
        kind: of file.
        units: codes of the departments it is narrowed to; none is everybody.
    """
    narrowed_to = tuple(units)
    match kind:
        case "xlsx":
            parts = parts_for(narrowed_to)
            return parts if reading.has_records else tuple(part for part in parts if part != "records")
        case "csv" | "parquet":
            with tables_for(reading, (), narrowed_to) as tables:
                return tuple(table.name for table in tables)
        case _:
            return documents_for(kind, narrowed_to)
