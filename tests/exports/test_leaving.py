"""The door: whole files or none, nothing overwritten unasked, nothing that was changed, no people without a reason."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple, get_args

import pytest

from dashboard.charts.files import export_charts
from etl.errors import JipyoError, NoRoom, UsageError, VerificationError
from etl.exports.carried import carry
from etl.exports.export import Exported, export
from etl.exports.formats import Format, Wanted, Written, ending_of
from etl.exports.writing import new_file
from etl.insight.reading import Reading, open_release
from etl.release.folder import publish, sha256_of
from tests.commands.terminal import PROJECT
from tests.exports.given import TAKEN

EVERY_FORMAT = get_args(Format)
FORMATS = [kind for kind in get_args(Written) if kind != "evidence"]
"""Those that need no records and no drawing."""
SHORT: Mapping[Format, tuple[str, ...]] = {"charts": ("overview",)}
"""A part is enough, and quicker."""


def take(reading: Reading, kind: Format, target: Path, **more: Any) -> Exported:
    taken, replaced = more.pop("taken", TAKEN), more.pop("replace", False)
    if kind == "charts":
        return export_charts(reading, target, taken, Wanted(**more), replace=replaced)
    return export(reading, kind, target, taken, Wanted(**more), replace=replaced)


@pytest.fixture
def complete(hostile: Reading, golden: Reading) -> Callable[[Format], Reading]:
    """A release that has all a kind of file needs."""
    return lambda kind: golden if kind == "evidence" else hostile


@pytest.mark.parametrize("kind", FORMATS)
def test_what_was_taken_is_answered_with_its_digest_and_totals(kind: Written, hostile: Reading, target: Path) -> None:
    done = take(hostile, kind, target)
    assert (done.path, done.sha256, done.size) == (target, sha256_of(target), target.stat().st_size)
    assert done.controls
    assert not done.is_published
    assert [path.name for path in target.parent.iterdir()] == [target.name]


def test_a_file_that_is_there_is_replaced_only_when_asked(hostile: Reading, target: Path) -> None:
    target.write_text("mine")
    with pytest.raises(UsageError, match="there is a file of this name"):
        take(hostile, "csv", target)
    assert target.read_text() == "mine"
    take(hostile, "csv", target, replace=True)
    assert target.read_bytes().startswith(b"PK")


@pytest.mark.parametrize(("place", "said"), [("nowhere/out.zip", "is not there"), (".", "this is a folder")])
def test_a_place_that_cannot_be_meant_is_told(hostile: Reading, tmp_path: Path, place: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        take(hostile, "csv", tmp_path / place)
    assert not list(tmp_path.iterdir())


def test_where_nothing_can_be_begun_the_file_asked_for_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **named: str) -> None:
        raise FileNotFoundError(errno.ENOENT, "no", f"{tmp_path}/{named['prefix']}1")

    monkeypatch.setattr("etl.exports.writing.tempfile.mkstemp", refuse)
    with pytest.raises(FileNotFoundError) as told, new_file(tmp_path / "x.zip", replace=False):
        pass
    assert told.value.filename == str(tmp_path / "x.zip")


REFUSALS = [(errno.ENOSPC, "disk is full"), (errno.EACCES, "nothing may be written"), (errno.EROFS, "nothing may be")]


@pytest.mark.parametrize(("number", "said"), REFUSALS)
@pytest.mark.parametrize("kind", EVERY_FORMAT)
def test_a_failing_export_leaves_no_half_file(
    kind: Format,
    number: int,
    said: str,
    complete: Callable[[Format], Reading],
    target: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(number, "no")

    monkeypatch.setattr("etl.exports.writing.sync", refuse)
    target.write_text("earlier")
    with pytest.raises(JipyoError, match=said) as told:
        take(complete(kind), kind, target, replace=True, only=SHORT.get(kind, ()))
    monkeypatch.undo()
    assert told.value.exit_code == (1 if number == errno.ENOSPC else 2)
    assert target.read_text() == "earlier"
    assert [path.name for path in target.parent.iterdir()] == [target.name]


@pytest.mark.parametrize("kind", EVERY_FORMAT)
@pytest.mark.parametrize("room", [1_000, 3_000])
def test_a_disk_that_fills_up_on_the_way_is_told_without_a_traceback(
    kind: Format, room: int, complete: Callable[[Format], Reading], tmp_path: Path
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "work").mkdir()
    target = tmp_path / "out" / f"result{ending_of(kind)}"
    folder = complete(kind).folder
    arguments = ["export", folder, "--format", kind, "--out", target, "--reason", "disk"]
    arguments += [word for part in SHORT.get(kind, ()) for word in ("--only", part)]
    done = subprocess.run(
        [sys.executable, str(PROJECT / "jipyo.py"), *map(str, arguments)],
        env={**os.environ, "JIPYO_LANGUAGE": "en", "PYTHONDONTWRITEBYTECODE": "1", "TMPDIR": str(tmp_path / "work")},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert done.stdout == ""
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr
    assert not [*target.parent.iterdir(), *(tmp_path / "work").iterdir()]


@pytest.mark.parametrize("full", ["out", "work"])
def test_the_folder_that_is_full_is_named_that_of_the_target_or_of_what_is_made_on_the_way(
    full: str, hostile: Reading, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = [tmp_path / name for name in ("out", "work")]
    for folder in folders:
        folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folders[1]))
    monkeypatch.setattr("shutil.disk_usage", lambda path: Usage(0 if Path(path).name == full else 10**9))

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no")

    monkeypatch.setattr("etl.exports.writing.sync", refuse)
    with pytest.raises(NoRoom) as told:
        take(hostile, "csv", folders[0] / "x.zip")
    assert told.value.faults[0].where == str(tmp_path / full)


class Usage(NamedTuple):
    """What a disk has left."""

    free: int


def test_a_fault_of_ours_leaves_no_half_file_either(target: Path) -> None:
    def fail(begun: Path) -> None:
        begun.write_text("half")
        raise RuntimeError

    with pytest.raises(RuntimeError), new_file(target, replace=False) as begun:
        fail(begun)
    assert not list(target.parent.iterdir())


def test_people_are_not_taken_out_without_a_reason(golden: Reading, hostile: Reading, target: Path) -> None:
    silent = replace(TAKEN, reason=" ")
    with pytest.raises(UsageError, match=r"attendance.*--reason"):
        take(golden, "xlsx", target, taken=silent)
    assert not target.exists()
    take(hostile, "csv", target, taken=silent)


@pytest.fixture
def copied(golden: Reading, tmp_path: Path) -> Callable[[], Path]:
    def copy() -> Path:
        return Path(shutil.copytree(golden.folder, tmp_path / "releases" / golden.folder.name))

    return copy


def test_a_published_release_is_not_provisional(copied: Callable[[], Path]) -> None:
    release = copied()
    assert carry(open_release(release), TAKEN).marks("ko")[0] == "잠정"
    publish(release)
    carried = carry(open_release(release), TAKEN)
    assert carried.is_published
    assert "잠정" not in carried.marks("ko")


@pytest.mark.parametrize("file", ["scores.csv", "rulebook.toml", "records/attendance.parquet"])
def test_a_release_that_was_changed_is_not_taken_out(copied: Callable[[], Path], target: Path, file: str) -> None:
    release = copied()
    (release / file).write_bytes((release / file).read_bytes() + b"\n")
    with pytest.raises(VerificationError, match=file):
        carry(open_release(release), TAKEN)


def test_a_package_is_always_whole(hostile: Reading, target: Path) -> None:
    with pytest.raises(UsageError, match="always whole"):
        take(hostile, "package", target, only=["scores"])
