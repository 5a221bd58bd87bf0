"""Rows whose department nobody has decided on are held: shown, counted apart, in no metric until somebody decides."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from etl.evaluate import evaluate
from etl.release.seal import read_manifest
from tests.commands.terminal import jipyo
from tests.golden.evaluation import RULEBOOK
from tests.intake.received import DEPARTMENTS, Intake, take_in, write

SOURCES = """
[[source]]
file = "departments.csv"
kind = "departments"
[[source]]
file = "list.csv"
kind = "datasets"
[source.columns]
dataset_id = "번호"
title = "번호"
unit_id = { column = "부서", unit_by = "name" }
opened_on = "날"
[[source.where]]
column = "상태"
not_in = ["비공개"]
"""

ROWS = [
    pytest.param("1,기획과,2021-03-02,", "staged", id="a department and nothing wrong"),
    pytest.param("2,기획관,2021-03-02,", "held", id="an undecided name alone"),
    pytest.param("3,기획관,2021-02-30,", "rejected", id="an undecided name and another fault"),
    pytest.param("4,기획과,2021-02-30,", "rejected", id="another fault alone"),
    pytest.param("5,,2021-03-02,", "rejected", id="no name at all"),
    pytest.param("6,-,2021-03-02,", "held", id="a dash for a name"),
    pytest.param("7,기획관,2021-03-02,비공개", "set aside", id="an undecided name in a row nobody asked for"),
    pytest.param("8,기획관,2021-03-02", "rejected", id="a row with too few cells"),
    pytest.param(",,,", "set aside", id="a row without any text"),
]


def listed(folder: Path) -> Path:
    """The folder of received files with all of `ROWS`."""
    lines = "".join(f"{case.values[0]}\n" for case in ROWS)
    return write(folder / "in", {"departments.csv": DEPARTMENTS, "list.csv": f"번호,부서,날,상태\n{lines}"}, SOURCES)


@pytest.fixture(scope="module")
def intake(tmp_path_factory: pytest.TempPathFactory) -> Intake:
    return take_in(listed(tmp_path_factory.mktemp("held")))


@pytest.mark.parametrize(("row", "fate"), [(row, case.values[1]) for row, case in enumerate(ROWS, start=2)])
def test_a_row_ends_in_one_place(intake: Intake, row: int, fate: str) -> None:
    reasons = {reason for at, _, reason in intake.reasons("list.csv") if at == row}
    staged = row in {at for at, *_ in intake.origins("datasets")}
    assert staged == (fate == "staged")
    assert (reasons == {"unknown_name"}) == (fate == "held")
    assert bool(reasons - {"unknown_name"}) == (fate == "rejected")


def test_the_four_places_add_up_to_what_was_received(intake: Intake) -> None:
    one = intake.loaded["list.csv"]
    fates = [str(case.values[1]) for case in ROWS]
    assert (one.staged, one.rejected, one.held, one.set_aside) == tuple(
        fates.count(fate) for fate in ("staged", "rejected", "held", "set aside")
    )
    assert one.received == one.staged + one.rejected + one.held + one.set_aside == len(ROWS)


def test_a_rejected_row_shows_its_undecided_name_too(intake: Intake) -> None:
    assert {(column, reason) for row, column, reason in intake.reasons("list.csv") if row == 4} == {
        ("unit_id", "unknown_name"),
        ("opened_on", "not_a_date"),
    }


def test_a_decision_lets_the_held_rows_in_and_changes_nothing_else(tmp_path: Path) -> None:
    folder = listed(tmp_path)
    (folder / "aliases.csv").write_text("alias,unit_id\n기획관,A1\n-,B2\n", encoding="utf-8")
    toml = folder / "sources.toml"
    toml.write_text(f'{toml.read_text(encoding="utf-8")}[[source]]\nfile = "aliases.csv"\nkind = "aliases"\n')
    decided = take_in(folder)
    one = decided.loaded["list.csv"]
    assert (one.staged, one.rejected, one.held, one.set_aside) == (3, 4, 0, 2)
    assert {row: unit for row, _, unit, *_ in decided.origins("datasets")} == {2: "A1", 3: "A1", 7: "B2"}


def test_held_rows_alone_end_a_command_as_bad_rows_do(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "departments.csv": DEPARTMENTS,
        "list.csv": "번호,부서,날,상태\n1,기획관,2021-03-02,\n",
    }
    folder = write(tmp_path / "in", files, SOURCES)
    done = jipyo("check", folder, "--json")
    assert done.code == 10
    assert [(one["rejected"], one["held"]) for one in json.loads(done.out)["files"]] == [(0, 0), (0, 1)]
    assert "held" in done.err
    assert "기획관" in done.err
    assert "보류" in jipyo("check", folder, language="ko").err


def test_a_release_says_how_many_rows_are_held(tmp_path: Path) -> None:
    with TemporaryDirectory(dir=tmp_path) as releases:
        outcome = evaluate(listed(tmp_path), RULEBOOK, Path(releases))
        sources = {one["file"]: one for one in read_manifest(outcome.release).facts["sources"]}
    assert (sources["list.csv"]["rejected"], sources["list.csv"]["held"]) == (4, 2)
    assert (outcome.rejected_rows, outcome.held_rows) == (4, 2)


SHARED = """
[[source]]
file = "departments.csv"
kind = "departments"
[[source]]
file = "analyses.csv"
kind = "analyses"
[[source]]
file = "shares.csv"
kind = "analysis_shares"
[source.columns]
analysis_id = "과제"
share = "지분"
unit_id = { column = "부서", unit_by = "name" }
"""
SHARES = [
    pytest.param("기획과,0.6\nP1,기획관,0.4", (1, 0, 1), id="the parts add up"),
    pytest.param("기획과,0.6\nP1,기획관,0.5", (0, 1, 1), id="the parts add up to more"),
    pytest.param("기획과,0.6\nP1,기획관,x", (0, 2, 0), id="the other part is no number"),
]


@pytest.mark.parametrize(("rows", "fates"), SHARES)
def test_a_part_that_waits_for_a_decision_does_not_put_the_others_in_the_wrong(
    tmp_path: Path, rows: str, fates: tuple[int, int, int]
) -> None:
    files: dict[str, str | bytes] = {
        "departments.csv": DEPARTMENTS,
        "analyses.csv": "analysis_id,unit_id,title\nP1,A1,공동 분석\n",
        "shares.csv": f"과제,부서,지분\nP1,{rows}\n",
    }
    one = take_in(write(tmp_path / "in", files, SHARED)).loaded["shares.csv"]
    assert (one.staged, one.rejected, one.held) == fates
