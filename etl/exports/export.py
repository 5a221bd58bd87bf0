"""The one door through which results leave: the terminal, the dashboard and an audit log call the same code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from etl.errors import Fault, Language, UsageError
from etl.exports.carried import Carried, Taken, carry, refuse_without_reason
from etl.exports.csv_files import write_csv
from etl.exports.formats import Format
from etl.exports.package import write_package
from etl.exports.parquet_files import write_parquet
from etl.exports.tables import Control, Table
from etl.exports.writing import new_file
from etl.exports.xlsx import write_xlsx
from etl.insight.reading import Reading
from etl.release.folder import sha256_of


@dataclass(frozen=True, slots=True)
class Exported:
    """What was taken out, for whoever keeps a log.

    Attributes:
        path: the file.
        sha256: of its bytes.
        size: in bytes.
        is_published: whether the release was the published one of its folder.
        controls: table or sheet -> rows and control total.
    """

    path: Path
    sha256: str
    size: int
    is_published: bool
    controls: Mapping[str, Control]


def export(
    reading: Reading,
    kind: Format,
    target: Path,
    taken: Taken,
    language: Language = "ko",
    only: Sequence[str] = (),
    *,
    replace: bool = False,
) -> Exported:
    """Write a release as a file that leaves the system. A failing export leaves no half file.

    Args:
        reading: the release.
        kind: of file.
        target: the file to write.
        taken: who takes it out, when and why.
        language: of headings and notes.
        only: the tables, or the parts of a workbook, wanted; none is all.
        replace: whether a file of this name may be replaced.

    Raises:
        UsageError: no such table, no reason where one is needed, or the file cannot be written.
        VerificationError: the release is not as it was sealed.
    """
    if kind == "package" and only:
        raise UsageError(Fault("export_package_is_whole", "--only"))
    refuse_without_reason(reading, taken)
    carried = carry(reading, taken)
    with new_file(target, replace=replace) as begun:
        controls = _write(carried, kind, begun, language, only)
        digest, size = sha256_of(begun), begun.stat().st_size
    return Exported(target, digest, size, carried.is_published, controls)


def _write(
    carried: Carried, kind: Format, begun: Path, language: Language, only: Sequence[str]
) -> Mapping[str, Control]:
    match kind:
        case "xlsx":
            return write_xlsx(carried, begun, language, only)
        case "csv":
            return _by_name(write_csv(carried, begun, only))
        case "parquet":
            return _by_name(write_parquet(carried, begun, only))
        case "package":
            return write_package(carried, begun, language)


def _by_name(controls: Mapping[Table, Control]) -> dict[str, Control]:
    return {table.name: control for table, control in controls.items()}
