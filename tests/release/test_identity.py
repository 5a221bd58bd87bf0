"""The same records under the same rulebook are the same release: on any machine, in any order, with any threads."""

from __future__ import annotations

import csv
import io
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from etl.evaluate import Outcome, evaluate
from etl.release.folder import MANIFEST, SUMS
from tests.golden.evaluation import RECORDS, RULEBOOK, evaluate_golden


def shuffled(folder: Path, seed: int) -> Path:
    """A copy of the records with the rows of every file in another order."""
    folder.mkdir()
    draw = random.Random(seed)
    for path in RECORDS.iterdir():
        header, *rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline=""))
        draw.shuffle(rows)
        with (folder / path.name).open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, lineterminator="\n").writerows([header, *rows])
    return folder


def identity(outcome: Outcome) -> tuple[str, bytes]:
    """The id of a release and the manifest that gives it."""
    return outcome.release_id, (outcome.release / MANIFEST).read_bytes()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_order_of_rows_changes_nothing(outcome: Outcome, tmp_path: Path, seed: int) -> None:
    again = evaluate_golden(tmp_path / "releases", shuffled(tmp_path / "records", seed))
    assert identity(again) == identity(outcome)


@pytest.mark.parametrize("threads", ["1", "2", "4"])
def test_the_number_of_threads_changes_nothing(
    outcome: Outcome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, threads: str
) -> None:
    monkeypatch.setenv("JIPYO_THREADS", threads)
    assert identity(evaluate_golden(tmp_path)) == identity(outcome)


@pytest.mark.parametrize("emptied", [None, "panel_marks.csv"])
def test_rows_that_pass_through_files_are_those_that_pass_through_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, emptied: str | None
) -> None:
    records = Path(shutil.copytree(RECORDS, tmp_path / "records"))
    if emptied is not None:
        header, *_ = (records / emptied).read_text(encoding="utf-8").splitlines()
        (records / emptied).write_text(f"{header}\n", encoding="utf-8")
    in_memory = evaluate_golden(tmp_path / "memory", records)
    monkeypatch.setattr("etl.intake.passing.FEW", 0)
    in_files = evaluate_golden(tmp_path / "files", records)
    assert (in_files.release / SUMS).read_bytes() == (in_memory.release / SUMS).read_bytes()


WRITTEN = [
    pytest.param(lambda text: text.replace(b"\n", b"\r\n"), id="CRLF"),
    pytest.param(lambda text: b"\xef\xbb\xbf" + text, id="a byte order mark"),
    pytest.param(lambda text: text.decode().encode("cp949"), id="CP949"),
]


@pytest.mark.parametrize("rewritten", WRITTEN)
def test_the_way_files_are_written_changes_only_their_provenance(
    outcome: Outcome, tmp_path: Path, rewritten: Callable[[bytes], bytes]
) -> None:
    shutil.copytree(RECORDS, tmp_path / "records")
    for path in (tmp_path / "records").iterdir():
        if path.stem != "analyses":  # it has a cell of two lines, whose line end is content
            path.write_bytes(rewritten(path.read_bytes()))
    again = evaluate_golden(tmp_path / "releases", tmp_path / "records")
    assert identity(again) == identity(outcome)
    provenance = [(one.release / "provenance.json").read_bytes() for one in (outcome, again)]
    assert provenance[0] != provenance[1]


ENVIRONMENTS = [
    {"TZ": "Asia/Seoul", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "1", "JIPYO_THREADS": "1"},
    {"TZ": "America/St_Johns", "LANG": "ko_KR.UTF-8", "LC_ALL": "", "PYTHONHASHSEED": "2", "JIPYO_THREADS": "3"},
]


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_another_process_zone_language_and_folder_change_nothing(
    outcome: Outcome, project: Path, tmp_path: Path, environment: dict[str, str]
) -> None:
    records = Path(shutil.copytree(RECORDS, tmp_path / "다른 폴더" / "records"))
    command = [
        sys.executable,
        "-m",
        "jipyo",
        "evaluate",
        str(records),
        "--rulebook",
        str(RULEBOOK),
        "--out",
        "releases",
    ]
    done = subprocess.run(
        command,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(project), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip() == outcome.release.name, done.stderr
    manifest = tmp_path / "releases" / outcome.release.name / MANIFEST
    assert manifest.read_bytes() == (outcome.release / MANIFEST).read_bytes()


CHANGES = [
    pytest.param("ledger.csv", "U02,bonus,good_practice,2", "U02,bonus,good_practice,1", id="a record"),
    pytest.param("figures.csv", "1e3", "1e4", id="a row that is rejected"),
    pytest.param("rulebook.toml", "# 합성 예시", "#  합성 예시", id="a comment in the rulebook"),
]


@pytest.mark.parametrize(("file", "before", "after"), CHANGES)
def test_another_input_is_another_release(outcome: Outcome, tmp_path: Path, file: str, before: str, after: str) -> None:
    records = Path(shutil.copytree(RECORDS, tmp_path / "records"))
    rulebook = Path(shutil.copy(RULEBOOK, tmp_path))
    changed = rulebook if file == rulebook.name else records / file
    text = changed.read_text(encoding="utf-8")
    assert text.count(before) == 1
    changed.write_text(text.replace(before, after), encoding="utf-8")
    assert evaluate(records, rulebook, tmp_path / "releases").release_id != outcome.release_id


def test_evaluating_twice_leaves_the_first_release_as_it_is(tmp_path: Path) -> None:
    first = evaluate_golden(tmp_path)
    before = {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in first.release.rglob("*")}
    assert evaluate_golden(tmp_path).release == first.release
    assert {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in first.release.rglob("*")} == before
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == [first.release.name]
