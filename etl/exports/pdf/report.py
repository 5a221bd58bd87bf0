"""The executive report: a page that says it all, then ranking, movers, indicators, whom to help, method, soundness.

Of a body evaluated as one unit: score and grade with their parts stand for ranking, movers and whom to help.
"""

from __future__ import annotations

from typing import Any, Final

from etl.exports.pdf.blocks import chapter
from etl.exports.pdf.report_body import body_indicator_blocks, result_blocks
from etl.exports.pdf.report_indicators import indicator_blocks
from etl.exports.pdf.report_method import method_blocks
from etl.exports.pdf.report_ranking import mover_blocks, ranking_blocks
from etl.exports.pdf.report_soundness import soundness_blocks
from etl.exports.pdf.report_sources import source_blocks
from etl.exports.pdf.report_summary import body_blocks, summary
from etl.exports.pdf.report_support import support_blocks
from etl.exports.pdf.told import Told

_OF_DEPARTMENTS: Final = (
    ("report.body", body_blocks),
    ("report.ranking", ranking_blocks),
    ("report.movers", mover_blocks),
    ("report.indicators", indicator_blocks),
    ("report.support", support_blocks),
    ("report.method", method_blocks),
    ("report.soundness", soundness_blocks),
    ("report.sources", source_blocks),
)
_OF_A_BODY: Final = (
    ("report.body", body_blocks),
    ("whole.result", result_blocks),
    ("whole.indicators", body_indicator_blocks),
    ("report.method", method_blocks),
    ("soundness.data", soundness_blocks),
    ("report.sources", source_blocks),
)
"""What the chapters are called, and what is in them."""


def report_data(told: Told) -> dict[str, Any]:
    """What the template `report` sets.

    Args:
        told: the release.
    """
    parts = _OF_DEPARTMENTS if told.reading.body is None else _OF_A_BODY
    chapters = [chapter(told.say(name), blocks(told)) for name, blocks in parts]
    return {**first_page(told), "chapters": [one for one in chapters if one["blocks"]]}


def first_page(told: Told) -> dict[str, Any]:
    """The report without its chapters: what every page carries, the summary, and the template's words."""
    why = "report.why_lowest" if told.reading.rulebook.lower_leads else "report.why"
    return {
        **told.head("report", told.control(list(told.reading.units))),
        "summary": summary(told),
        "labels": {
            "why": told.say(why),
            **{name: told.say(f"report.{name}") for name in ("steps", "target", "summary")},
        },
    }
