"""The PDF documents of a release: which there are, and writing them whole, or a file a department."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from etl.errors import Fault, Language, UsageError
from etl.exports.carried import Carried
from etl.exports.formats import FORMS, file_name
from etl.exports.pdf.notices import notices_data
from etl.exports.pdf.press import Template, print_pages
from etl.exports.pdf.report import report_data
from etl.exports.pdf.scorecards import scorecards_data
from etl.exports.pdf.told import Told
from etl.exports.tables import Control
from etl.exports.writing import Archive

_REPORT: Final[Template] = "report"
_OF_UNITS: Final[Mapping[str, Template]] = {"scorecards": "scorecards", "notices": "notices"}


def write_pdf(
    carried: Carried, begun: Path, language: Language = "ko", only: Sequence[str] = (), units: Sequence[str] = ()
) -> Mapping[str, Control]:
    """Write one document. The same release, `Taken`, language and neighbouring releases give the same bytes.

    Args:
        carried: the release and what the export says of itself.
        begun: the file to write.
        language: of the document.
        only: which document: `report` (unless said), `scorecards` or `notices`.
        units: codes of the departments whose scorecards or notices are wanted; none is all.

    Returns:
        document -> departments in it, and what their scores add up to.

    Raises:
        UsageError: no such document, more than one, a report of some departments only, or a font is missing.
        VerificationError: a release it is compared with is not as it was published.
    """
    document = _one_of(only)
    told = Told(carried, language)
    if document == _REPORT:
        if units:
            raise UsageError(Fault("export_report_is_whole", "--only"))
        codes = _codes(told, ())
        begun.write_bytes(print_pages(document, report_data(told), carried))
    else:
        codes = _codes(told, units)
        begun.write_bytes(print_pages(document, _data(document, told, codes), carried))
    return {document: told.control(codes)}


def write_pdf_each(
    carried: Carried, begun: Path, language: Language = "ko", only: Sequence[str] = (), units: Sequence[str] = ()
) -> Mapping[str, Control]:
    """Write scorecards or notices as a ZIP with a file a department, named by its code and name.

    Args, errors: as of `write_pdf`; the document is `scorecards` unless said, and cannot be the report.
    """
    document = _one_of(only or ("scorecards",))
    if document == _REPORT:
        raise UsageError(Fault("export_report_is_whole", "--only"))
    told = Told(carried, language)
    codes = _codes(told, units)
    release = carried.reading.manifest.name
    with Archive(begun) as archive:
        for code in codes:
            # The code first: it tells departments of one name apart.
            name = file_name(release, "pdf", language, (document,), f"{code} {told.unit_name(code)}")
            archive.add(name, print_pages(document, _data(document, told, [code]), carried))
    return {document: told.control(codes)}


def _one_of(only: Sequence[str]) -> Template:
    known = ", ".join(FORMS["pdf"].documents)
    unknown = [part for part in only if part not in FORMS["pdf"].documents]
    if unknown:
        raise UsageError(Fault("export_unknown_part", "--only", {"part": part, "known": known}) for part in unknown)
    if len(only) > 1:
        raise UsageError(Fault("export_one_document", "--only", {"known": known}))
    return _OF_UNITS.get(only[0], _REPORT) if only else _REPORT


def _codes(told: Told, units: Sequence[str]) -> list[str]:
    """The departments in the order of the ranking, all of them or those asked for."""
    ordered = [unit.unit_id for unit in told.results.units]
    return [code for code in ordered if not units or code in units]


def _data(document: Template, told: Told, codes: Sequence[str]) -> dict[str, Any]:
    return scorecards_data(told, codes) if document == "scorecards" else notices_data(told, codes)
