"""The executive report: a page that says it all, then ranking, movers, indicators, whom to help, method, soundness."""

from __future__ import annotations

from typing import Any

from etl.exports.pdf.blocks import chapter
from etl.exports.pdf.report_indicators import indicator_blocks
from etl.exports.pdf.report_method import method_blocks
from etl.exports.pdf.report_ranking import mover_blocks, ranking_blocks
from etl.exports.pdf.report_soundness import soundness_blocks
from etl.exports.pdf.report_sources import source_blocks
from etl.exports.pdf.report_summary import body_blocks, summary
from etl.exports.pdf.report_support import support_blocks
from etl.exports.pdf.told import Told


def report_data(told: Told) -> dict[str, Any]:
    """What the template `report` sets.

    Args:
        told: the release.
    """
    parts = (
        ("body", body_blocks),
        ("ranking", ranking_blocks),
        ("movers", mover_blocks),
        ("indicators", indicator_blocks),
        ("support", support_blocks),
        ("method", method_blocks),
        ("soundness", soundness_blocks),
        ("sources", source_blocks),
    )
    chapters = [chapter(told.say(f"report.{name}"), blocks(told)) for name, blocks in parts]
    return {**first_page(told), "chapters": [one for one in chapters if one["blocks"]]}


def first_page(told: Told) -> dict[str, Any]:
    """The report without its chapters: what every page carries, the summary, and the template's words."""
    return {
        **told.head("report", told.control(list(told.reading.units))),
        "summary": summary(told),
        "labels": {name: told.say(f"report.{name}") for name in ("why", "steps", "target", "summary")},
    }
