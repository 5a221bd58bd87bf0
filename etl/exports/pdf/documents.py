"""The PDF documents of a release: which there are, and writing them whole, or a file a department."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from etl.errors import Language
from etl.exports.carried import Carried
from etl.exports.formats import document_of, file_name
from etl.exports.pdf.notices import notices_data
from etl.exports.pdf.press import Template, print_pages
from etl.exports.pdf.report import report_data
from etl.exports.pdf.scorecards import scorecards_data
from etl.exports.pdf.told import Told
from etl.exports.tables import Control
from etl.exports.writing import Archive

_TEMPLATES: Final[dict[str, Template]] = {"report": "report", "scorecards": "scorecards", "notices": "notices"}


def write_pdf(
    carried: Carried, begun: Path, language: Language = "ko", only: Sequence[str] = (), units: Sequence[str] = ()
) -> Mapping[str, Control]:
    """Write one document. The same release, `Taken`, language and neighbouring releases give the same bytes.

    Args:
        carried: the release and what the export says of itself.
        begun: the file to write.
        language: of the document.
        only: which document: `report`, `scorecards` or `notices`; unless said the report, or with `units` scorecards.
        units: codes of the departments whose scorecards or notices are wanted; none is all.

    Returns:
        document -> departments in it, and what their scores add up to.

    Raises:
        UsageError: no such document, more than one, a report of some departments only, or a font is missing.
        VerificationError: a release it is compared with is not as it was published.
    """
    document = _one_of(only, units)
    told = Told(carried, language)
    codes = told.codes(units)
    begun.write_bytes(print_pages(document, _data(document, told, codes), carried))
    return {document: told.control(codes)}


def write_pdf_each(
    carried: Carried, begun: Path, language: Language = "ko", only: Sequence[str] = (), units: Sequence[str] = ()
) -> Mapping[str, Control]:
    """Write scorecards or notices as a ZIP with a file a department, named by its code and name.

    Args, errors: as of `write_pdf`; the document is `scorecards` unless said, and cannot be the report.
    """
    told = Told(carried, language)
    codes = told.codes(units)
    document = _one_of(only, codes)
    release = carried.reading.manifest.name
    with Archive(begun) as archive:
        for code in codes:
            # The code first: it tells departments of one name apart.
            name = file_name(release, "pdf", language, (document,), f"{code} {told.unit_name(code)}")
            archive.add(name, print_pages(document, _data(document, told, [code]), carried))
    return {document: told.control(codes)}


def _one_of(only: Sequence[str], units: Sequence[str]) -> Template:
    return _TEMPLATES[document_of("pdf", only, units)]


def _data(document: Template, told: Told, codes: Sequence[str]) -> dict[str, Any]:
    match document:
        case "report":
            return report_data(told)
        case "scorecards":
            return scorecards_data(told, codes)
        case "notices":
            return notices_data(told, codes)
