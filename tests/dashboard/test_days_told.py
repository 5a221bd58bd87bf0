"""How far a last day is, as it is told around midnight in Seoul wherever the server's clock stands."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from dashboard.frames.requests import window_sentence
from dashboard.frames.unit_ahead import appeal_sentence
from dashboard.words import Words
from dashboard.workflow.windows import Window

DAYS = Window(date(2022, 2, 7), date(2022, 2, 10))


@pytest.mark.parametrize(
    ("utc", "told"),
    [
        ("2022-02-06T14:59:59", "기간은 2022. 2. 7.에 시작해 2022. 2. 10.(목)에 끝납니다"),
        ("2022-02-06T15:00:00", "3일 남았습니다"),
        ("2022-02-09T14:59:59", "1일 남았습니다"),
        ("2022-02-09T15:00:00", "오늘이 마지막 날입니다"),
        ("2022-02-10T14:59:59", "오늘이 마지막 날입니다"),
        ("2022-02-10T15:00:00", "기간이 끝났습니다"),
    ],
)
def test_a_day_ends_at_midnight_in_seoul(utc: str, told: str) -> None:
    moment = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert told in window_sentence("appeals", DAYS, moment, Words("ko"))
    if DAYS.is_open(moment):
        assert appeal_sentence(2, DAYS, moment, Words("ko")).endswith(f"{told}.")


def test_no_day_is_that_of_the_machines_own_zone(project: Path) -> None:
    of_the_machine = re.compile(r"datetime\.now\(\)|\.astimezone\(\)|date\.today\(\)")
    rooms = [path for room in ("dashboard", "etl", "terminal") for path in (project / room).rglob("*.py")]
    assert [path.name for path in rooms if of_the_machine.search(path.read_text(encoding="utf-8"))] == []
