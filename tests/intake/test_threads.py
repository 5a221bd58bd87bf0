"""How many threads a job takes, and that nothing depends on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.engine import Engine
from tests.intake.received import DEPARTMENTS, take_in, write

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


def test_rows_of_a_large_file_keep_their_numbers_however_many_read_them(tmp_path: Path) -> None:
    rows, each = 150_000, 50
    lines = [
        f"D{row},A1,{'긴 제목 ' * 8},{f'bad {row}' if row % each == 0 else '2021-03-02'}\n"
        for row in range(2, rows + 2)
    ]
    files = {"units.csv": DEPARTMENTS, "datasets.csv": "dataset_id,unit_id,title,opened_on\n" + "".join(lines)}
    sources = "".join(
        f'[[source]]\nfile = "{file}.csv"\nkind = "{kind}"\n'
        for file, kind in (("units", "departments"), ("datasets", "datasets"))
    )
    rejects = take_in(write(tmp_path / "received", files, sources), threads=3).rejects
    assert len(rejects) == rows // each
    assert [(row, text) for _, row, _, _, text in rejects if text != f"bad {row}"] == []
