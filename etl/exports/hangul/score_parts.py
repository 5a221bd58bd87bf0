"""The parts of a score as a table, in reports and on scorecards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from etl.exports.hangul.flow import Column, Flow
from etl.exports.hangul.told import Told
from etl.exports.pdf.scorecards import moved_note
from etl.shown import NOTHING


def parts_table(told: Told, flow: Flow, parts: Sequence[Mapping[str, Any]], shares: Mapping[str, int]) -> Iterator[str]:
    """One line a part; a weight that others were moved to is marked.

    Args:
        told: the release.
        flow: the document.
        parts: those of `card_text`.
        shares: what of them stands in the columns, the name first -> how much of the width that takes.
    """
    known = {
        "part": (told.say("card.part"), "cell"),
        "value": (told.say("card.value"), "middle"),
        "earned": (told.results.head("points"), "number"),
        "possible": (told.of_weight("card.possible", "card.possible_full"), "number"),
        "lost": (told.say("whole.lost"), "number"),
        "median": (told.say("card.median"), "number"),
        "records": (told.say("card.records"), "middle"),
    }
    columns = [Column(known[key][0], share, known[key][1]) for key, share in shares.items()]
    rows, styles = [], []
    for part in parts:
        name = told("card.below", part=part["name"]) if part["depth"] else part["name"]
        possible = f"{part['possible']} ↑" if part["moved"] else part["possible"] or NOTHING
        row = {**part, "part": name, "possible": possible}
        rows.append([row[key] for key in shares])
        styles.append(["area" if part["is_area"] else "cell", *(column.style for column in columns[1:])])
    yield from flow.table(columns, rows, styles)


def parts_note(told: Told, card: Mapping[str, Any]) -> str:
    """How the score adds up, and that weights were moved; empty where there is neither to say."""
    moved = moved_note(told) if any(part["moved"] for part in card["parts"]) else ""
    return " ".join(said for said in (card["sum"], moved) if said)
