"""The one door through which results leave: the terminal, the dashboard and an audit log call the same code."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from etl.errors import Language
from etl.exports.carried import Carried, Taken, carry, refuse_without_reason
from etl.exports.formats import EVERYTHING, Wanted, Written, may_name_people, refuse_each
from etl.exports.tables import Control
from etl.exports.writing import new_file
from etl.insight.reading import Reading
from etl.release.folder import sha256_of

Controls = Mapping[str, Control]
"""Table or sheet -> rows and control total."""


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
    controls: Controls


def export(
    reading: Reading,
    kind: Written,
    target: Path,
    taken: Taken,
    wanted: Wanted = EVERYTHING,
    *,
    replace: bool = False,
) -> Exported:
    """Write a release as a file that leaves the system. A failing export leaves no half file.

    Args:
        reading: the release.
        kind: of file.
        target: the file to write.
        taken: who takes it out, when and why.
        wanted: language, parts and departments.
        replace: whether a file of this name may be replaced.

    Raises:
        UsageError: no such table or department, no reason where one is needed, or the file cannot be written.
        NoRoom: a disk is full.
        VerificationError: the release is not as it was sealed.
    """
    units = [reading.unit(said).unit_id for said in wanted.units]
    if may_name_people(kind, wanted.only):
        refuse_without_reason(reading, taken)
    write = partial(_writer(kind, each=wanted.each), language=wanted.language, only=wanted.only, units=units)
    return take_out(reading, target, taken, write, replace=replace)


def take_out(
    reading: Reading, target: Path, taken: Taken, write: Callable[[Carried, Path], Controls], *, replace: bool = False
) -> Exported:
    """Have a release written by whoever knows how. A failing one leaves no half file.

    Args:
        reading: the release.
        target: the file to write.
        taken: who takes it out, when and why.
        write: writes what the export carries under a path that is given, and answers with rows and control totals.
        replace: whether a file of this name may be replaced.

    Raises:
        UsageError: the file cannot be written.
        NoRoom: a disk is full.
        VerificationError: the release is not as it was sealed.
    """
    carried = carry(reading, taken)
    with new_file(target, replace=replace) as begun:
        controls = write(carried, begun)
        digest, size = sha256_of(begun), begun.stat().st_size
    return Exported(target, digest, size, carried.is_published, controls)


class Writer(Protocol):
    """Writes one kind of file."""

    def __call__(
        self, carried: Carried, begun: Path, language: Language, only: Sequence[str], units: Sequence[str]
    ) -> Controls:
        """Write it under `begun`; what went into each table or sheet."""


def _writer(kind: Written, *, each: bool) -> Writer:
    """Loaded only when it is used: what writes one kind is large, and nobody waits for that of another.

    Raises:
        UsageError: a file a department of a kind that has none.
    """
    if each:
        refuse_each(kind)
    match kind:
        case "xlsx":
            from etl.exports.xlsx import write_xlsx

            return write_xlsx
        case "csv":
            from etl.exports.csv_files import write_csv

            return write_csv
        case "parquet":
            from etl.exports.parquet_files import write_parquet

            return write_parquet
        case "pdf":
            from etl.exports.pdf.documents import write_pdf, write_pdf_each

            return write_pdf_each if each else write_pdf
        case "hwpx":
            from etl.exports.hwpx import write_hwpx

            return write_hwpx
        case "package":
            from etl.exports.package import write_package

            return write_package
        case "evidence":
            from etl.exports.evidence import write_evidence

            return write_evidence
