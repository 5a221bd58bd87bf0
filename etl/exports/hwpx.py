"""The results of a release as a Hangul document (HWPX): a report, or a page a department."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC
from pathlib import Path
from typing import Final

from etl.errors import Language
from etl.exports.carried import Carried
from etl.exports.formats import document_of
from etl.exports.hangul.container import write_package
from etl.exports.hangul.flow import Flow
from etl.exports.hangul.looks import looks
from etl.exports.hangul.report import report
from etl.exports.hangul.scorecards import scorecards
from etl.exports.hangul.told import Told
from etl.exports.tables import Control

_UNTOLD: Final = "1980-01-01T00:00:00Z"
"""When a document was made that must not say so, so that the same release gives the same bytes."""


def write_hwpx(
    carried: Carried, begun: Path, language: Language, only: Sequence[str] = (), units: Sequence[str] = ()
) -> Mapping[str, Control]:
    """Write a document. The same release, `Taken` and language give the same bytes.

    Args:
        carried: the release and what the export says of itself.
        begun: the file to write.
        language: of the document.
        only: which one, `report` or `scorecards`; where none is said the report, or of some departments the scorecards.
        units: codes of the departments that get a scorecard; none is all.

    Returns:
        document -> departments in it, and what their scores add up to.

    Raises:
        UsageError: there is no such document, more than one is wanted, or a report of some departments only.
        VerificationError: a release it is compared with is not as it was published.
        OSError: the file cannot be written.
    """
    kind = document_of("hwpx", only, units)
    told = Told(carried, language)
    codes = told.codes(units)
    taken = carried.taken
    made = taken.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if taken else _UNTOLD
    document = looks(language, told.title, made)
    flow = Flow(document)
    section = report(told, flow) if kind == "report" else scorecards(told, flow, codes)
    preview = [told.marks, told.title, told(f"document.{kind}"), told.about]
    write_package(begun, document, section, "\r\n".join(line for line in preview if line))
    return {kind: told.control(codes)}
