"""How many threads a job takes."""

from __future__ import annotations

import pytest

from etl.engine import Engine

LITTLE, MUCH = 1_000_000, 10_000_000


@pytest.mark.parametrize(
    ("told", "size", "taken"), [("0", LITTLE, 1), ("0", MUCH, 3), ("2", LITTLE, 2), ("2", MUCH, 2)]
)
def test_little_is_read_by_one_thread_unless_the_number_is_told(
    monkeypatch: pytest.MonkeyPatch, told: str, size: int, taken: int
) -> None:
    monkeypatch.setenv("JIPYO_THREADS", told)
    monkeypatch.setattr("os.cpu_count", lambda: 3)
    with Engine() as engine:
        engine.expect(size)
        assert engine.value("SELECT current_setting('threads')") == taken
