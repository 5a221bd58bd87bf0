"""Records of different kinds under what they have in common: department, title, document and received row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from etl.contracts.records import RECORDS
from etl.engine import name
from etl.insight.records import Origin, SealedRecords


@dataclass(frozen=True, slots=True)
class NamedRecord:
    """One record of any kind that has a department and a title; `document_no` is None where it has none."""

    kind: str
    record_id: str
    unit_id: str
    title: str
    document_no: str | None
    origin: Origin


_NAMED: Final = """
SELECT r.{key}, r.unit_id, r.title, {document}, o.source, o.row_no
FROM read_parquet($records, file_row_number = true) AS r
LEFT JOIN read_parquet($origins, file_row_number = true) AS o ON r.file_row_number = o.file_row_number
ORDER BY r.{key}
"""


def named_records(records: SealedRecords, kind: str) -> dict[str, NamedRecord]:
    """Every record of a kind by its id.

    Args:
        records: of a release.
        kind: whose contract has one key column, a department and a title.
    """
    contract = RECORDS[kind]
    (key,) = contract.key
    document = "r.document_no" if "document_no" in contract.model_fields else "NULL"
    rows = records.of(kind, _NAMED.format(key=name(key), document=document))
    return {row[0]: NamedRecord(kind, *row) for row in rows}
