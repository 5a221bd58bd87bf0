"""Whatever leaves says where it comes from: release, rules, state, days, taker, totals, head of the log."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta, timezone
from html import unescape
from pathlib import Path
from typing import get_args

import pytest
from pypdf import PdfReader

from dashboard.charts.files import export_charts
from etl.exports.carried import carry
from etl.exports.export import Exported, export
from etl.exports.formats import Format, Wanted
from etl.insight.reading import Reading
from etl.scoring.decimals import plain
from tests.exports.given import TAKEN
from tests.exports.opened import everything_in
from tests.exports.printed import flat

LOGGED = replace(TAKEN, log_head="12:" + "ab" * 32)
DOCUMENTS: list[tuple[Format, tuple[str, ...]]] = [
    *((kind, ()) for kind in get_args(Format) if kind != "charts"),
    ("charts", ("indicators",)),
    ("pdf", ("scorecards",)),
    ("pdf", ("notices",)),
    ("hwpx", ("scorecards",)),
]


def take(reading: Reading, kind: Format, only: tuple[str, ...], target: Path) -> Exported:
    if kind == "charts":
        return export_charts(reading, target, LOGGED, Wanted(only=only))
    return export(reading, kind, target, LOGGED, Wanted(only=only))


def facts_of(reading: Reading, kind: Format, done: Exported) -> Iterator[str]:
    """What a receiver must find: totals where rows or departments can be counted again."""
    manifest = reading.manifest
    yield from (manifest.name, manifest.release_id, manifest.facts["rulebook"]["id"])
    yield from (manifest.facts["rulebook"]["sha256"], "2021. 12. 31.", "잠정", "합성 예시", LOGGED.log_head)
    if kind != "package":
        yield from (LOGGED.by, "2026. 3. 2. 18:30 (KST)", LOGGED.reason)
    yield from (plain(control.total) for control in done.controls.values() if control.total)


@pytest.mark.parametrize("hours", [-5, 0, 9])
def test_the_time_of_taking_is_that_of_korea_whatever_zone_the_machine_keeps(golden: Reading, hours: int) -> None:
    at = TAKEN.at.astimezone(timezone(timedelta(hours=hours)))
    facts = dict(carry(golden, replace(TAKEN, at=at)).facts("ko"))
    assert facts["내보낸 때"] == "2026. 3. 2. 18:30 (KST)"


@pytest.mark.parametrize(
    ("kind", "only"), DOCUMENTS, ids=lambda part: part if isinstance(part, str) else "-".join(part)
)
def test_every_kind_says_where_it_comes_from(
    kind: Format, only: tuple[str, ...], golden: Reading, target: Path, tmp_path: Path
) -> None:
    done = take(golden, kind, only, target)
    (tmp_path / "work").mkdir()
    content = everything_in(target, tmp_path / "work")
    if kind == "pdf":
        content = "".join(page.extract_text() for page in PdfReader(io.BytesIO(target.read_bytes())).pages).encode()
    said = flat(unescape(content.decode("utf-8", "replace"))).replace(",", "")  # totals with separators or without
    assert [fact for fact in facts_of(golden, kind, done) if flat(fact) not in said] == []
