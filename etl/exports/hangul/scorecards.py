"""A page a department: what its printed scorecard says, as text and tables that can be edited."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from etl.exports.hangul.annex import annex
from etl.exports.hangul.flow import Column, Flow
from etl.exports.hangul.score_parts import parts_note, parts_table
from etl.exports.hangul.told import Told
from etl.exports.pdf.scorecards import card_text, year_columns

_PARTS: Final = {"part": 33, "value": 21, "earned": 10, "possible": 11, "median": 10, "records": 15}
_PARTS_OF_BODY: Final = {"part": 33, "value": 21, "earned": 10, "possible": 11, "lost": 10, "records": 15}
_YEAR_SHARES: Final = {"year": 20, "score": 25, "group_rank": 30, "grade": 25}


def scorecards(told: Told, flow: Flow, unit_ids: Sequence[str]) -> Iterator[str]:
    """The cards and then the annex, a piece at a time.

    Args:
        told: the release.
        flow: the document.
        unit_ids: the departments, in this order; at least one.
    """
    running, foot = told.running, told("document.foot", release=told.reading.manifest.name)
    for at, unit_id in enumerate(unit_ids):
        top = [("card_mark", told.marks)] if told.marks else []
        (style, text), *rest = [*top, ("heading", told.unit_name(unit_id))]
        yield flow.opening(running, foot, style, text) if at == 0 else flow.paragraph(style, text, on_new_page=True)
        for style, text in rest:
            yield flow.paragraph(style, text)
        yield from _card(told, flow, card_text(told, unit_id))
    yield from annex(told, flow, told("document.scorecards"), told.control(unit_ids))
    yield flow.ending


def _card(told: Told, flow: Flow, card: Mapping[str, Any]) -> Iterator[str]:
    of_body = told.reading.body is not None
    about = told("card.about", group=card["group"], code=card["code"], about=told.about)
    yield flow.paragraph("note", told.about if of_body else about)
    yield from _figures(flow, card["figures"])
    for sentence in card["sentences"]:
        yield flow.paragraph("card_item", f"○ {sentence}")
    yield flow.paragraph("caption", told.say("card.parts"))
    yield from parts_table(told, flow, card["parts"], _PARTS_OF_BODY if of_body else _PARTS)
    note = parts_note(told, card)
    if note:
        yield flow.paragraph("note", note)
    yield flow.paragraph("caption", told.say("card.next"))
    for sentence in card["next"] or [told.say("card.no_next")]:
        yield flow.paragraph("card_item", f"○ {sentence}")
    yield flow.paragraph("caption", told.say("card.years"))
    columns = [Column(told.say(f"card.{key}"), _YEAR_SHARES[key], "middle") for key in year_columns(told)]
    yield from flow.table(columns, card["years"])


def _figures(flow: Flow, figures: Sequence[Sequence[str]]) -> Iterator[str]:
    """Label, figure and what stands beside it, one below the other."""
    rows = list(zip(*figures, strict=True))
    yield from flow.sheet(rows, [1] * len(figures), [[style] * len(figures) for style in ("head", "figure", "middle")])
