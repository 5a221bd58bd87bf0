"""Files that were in order until somebody damaged them: every row ends in one place, or the file is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.intake.received import take_in, write
from tools.mutate_files import KIND, ROWS, Tally, mutated, run, stage_here, well_formed


def test_the_whole_files_are_staged_without_a_rejected_row(tmp_path: Path) -> None:
    for form, content in well_formed():
        folder = write(tmp_path / form, {"d.csv": content}, f'[[source]]\nfile = "d.csv"\nkind = "{KIND}"\n')
        loaded = take_in(folder).loaded["d.csv"]
        assert (form, loaded.received, loaded.staged) == (form, len(ROWS), len(ROWS))


def test_a_mutated_file_is_the_same_each_time() -> None:
    assert [mutated(number, 1) for number in range(30)] == [mutated(number, 1) for number in range(30)]
    assert len({mutated(number, 1) for number in range(30)}) > 25


def test_mutated_files_end_in_full_accounts_or_a_refusal() -> None:
    tally = run(200, seed=2021)
    assert tally.wrong == []
    assert sum(tally.ends.values()) == 200
    assert tally.ends["staged"] > 20


def test_an_exception_nobody_expected_is_noted_as_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(*_: object) -> None:
        raise ValueError("odd")

    monkeypatch.setattr("etl.intake.opening.form_of", break_down)
    assert stage_here([1], seed=1).wrong == [(1, "ValueError: odd")]


def test_a_row_that_is_nowhere_is_noted_as_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tools.mutate_files.mutated", lambda number, seed: well_formed()[0])
    assert stage_here([1], seed=1) == Tally({"staged": 1})
    monkeypatch.setattr("tools.mutate_files._rows_with_text", lambda content, loaded: loaded.received + 1)
    assert len(stage_here([1], seed=1).wrong) == 1
