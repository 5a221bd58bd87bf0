"""Nobody sees half a release: writers that are killed, that meet each other, and the pointer to what is published."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from etl.errors import UsageError
from etl.evaluate import evaluate
from etl.release.folder import (
    CURRENT,
    MANIFEST,
    SUMS,
    find_release,
    publish,
    published,
    sha256_of,
    sums_text,
    unfinished_release,
)
from etl.verify import verify
from tests.golden.evaluation import RECORDS, RULEBOOK, evaluate_golden

POINTS = [
    *("at etl.evaluate:stage", "at etl.evaluate:seal", "at etl.evaluate:finish", "at etl.release.folder:_sync_tree"),
    *("at etl.release.folder:os.fsync", "at pathlib:Path.rename", "at etl.release.folder:shutil.rmtree"),
    *("at etl.release.folder:Pointer", "at pathlib:Path.replace"),
]


@pytest.fixture
def kill_a_writer(project: Path, tmp_path: Path) -> Iterator[Callable[[str], None]]:
    """Let a writer of releases start, and die as told."""
    command = [
        sys.executable,
        "-m",
        "tests.release.doomed_writer",
        str(RECORDS),
        str(RULEBOOK),
        str(tmp_path / "releases"),
    ]
    with subprocess.Popen(
        command, cwd=project, env=dict(os.environ), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as doomed:
        assert doomed.stdin
        assert doomed.stdout
        pipe, answers = doomed.stdin, doomed.stdout

        def kill(how: str) -> None:
            pipe.write(f"{how}\n")
            pipe.flush()
            assert answers.readline() == "killed\n"

        yield kill
        pipe.close()


def assert_everything_that_can_be_seen_is_whole(releases: Path) -> None:
    for release in releases.glob("2021-*"):
        assert (release / SUMS).read_bytes() == sums_text(release)
    for pointer in published(releases):
        assert pointer.seal == sha256_of(releases / pointer.release / SUMS)


def test_a_writer_killed_anywhere_leaves_the_published_release_whole(
    tmp_path: Path, kill_a_writer: Callable[[str], None]
) -> None:
    releases = tmp_path / "releases"
    first = publish(evaluate_golden(releases).release)
    moments = [f"after {random.uniform(0, 1.2)}" for _ in range(4)]
    for how in random.sample([*POINTS, *moments], len(POINTS) + len(moments)):
        kill_a_writer(how)
        assert_everything_that_can_be_seen_is_whole(releases)
        assert published(releases)
    verify(find_release(releases))
    verify(releases / first.release)
    kill_a_writer("at etl.evaluate:seal")
    assert list(releases.glob(".unfinished-*"))
    evaluate_golden(releases)
    assert not list(releases.glob(".unfinished-*"))


def test_writers_that_meet_write_the_same_release_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor(3) as pool:
        written = {one.release for one in pool.map(lambda _: evaluate_golden(tmp_path), range(3))}
    assert len(written) == 1
    verify(written.pop())
    assert len(list(tmp_path.glob("[0-9]*"))) == 1
    assert not list(tmp_path.glob(".unfinished-*"))


def test_writers_of_different_releases_do_not_disturb_each_other(tmp_path: Path) -> None:
    books = [tmp_path / f"{number}.toml" for number in range(3)]
    for number, book in enumerate(books):
        book.write_text(f"# {number}\n{RULEBOOK.read_text(encoding='utf-8')}", encoding="utf-8")
    with ThreadPoolExecutor(3) as pool:
        written = {one.release for one in pool.map(lambda book: evaluate(RECORDS, book, tmp_path / "releases"), books)}
    assert len(written) == 3
    assert_everything_that_can_be_seen_is_whole(tmp_path / "releases")


def test_a_writer_at_work_is_not_swept_away(tmp_path: Path) -> None:
    with unfinished_release(tmp_path) as job:
        (job / "work").write_text("under way")
        evaluate_golden(tmp_path)
        assert (job / "work").read_text() == "under way"
    assert not job.exists()


def test_a_writer_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="no space left"), unfinished_release(tmp_path):
        raise OSError("no space left")
    assert not [path for path in tmp_path.iterdir() if path.is_dir()]


# The pointer --------------------------------------------------------------------------------------------------------


def looks_like_a_release(releases: Path, name: str) -> Path:
    (releases / name).mkdir(parents=True)
    (releases / name / MANIFEST).write_text("{}")
    (releases / name / SUMS).write_text(name)
    return releases / name


def test_publishing_one_year_keeps_the_others(tmp_path: Path) -> None:
    names = ["2020-aaaaaaaaaaaa", "2021-bbbbbbbbbbbb", "2019-cccccccccccc", "2021-dddddddddddd"]
    for name in names:
        publish(looks_like_a_release(tmp_path, name))
    assert [pointer.release for pointer in published(tmp_path)] == [
        "2021-dddddddddddd",
        "2020-aaaaaaaaaaaa",
        "2019-cccccccccccc",
    ]
    assert find_release(tmp_path).name == "2021-dddddddddddd"
    publish(tmp_path / "2021-bbbbbbbbbbbb")
    assert [pointer.year for pointer in published(tmp_path)] == [2021, 2020, 2019]
    assert find_release(tmp_path).name == "2021-bbbbbbbbbbbb"


def test_years_published_at_once_are_all_there(tmp_path: Path) -> None:
    releases = [looks_like_a_release(tmp_path, f"{year}-aaaaaaaaaaaa") for year in range(2000, 2030)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(publish, releases))
    assert [pointer.year for pointer in published(tmp_path)] == list(range(2029, 1999, -1))


@pytest.mark.parametrize("name", ["2021", "2021-AAAAAAAAAAAA", "2021-aaaaaaaaaaaaa", "x2021-aaaaaaaaaaaa", "CURRENT"])
def test_only_a_release_can_be_published(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError) as refusal:
        publish(looks_like_a_release(tmp_path, name))
    assert [fault.code for fault in refusal.value.faults] == ["no_such_release"]


def test_an_empty_folder_is_no_release(tmp_path: Path) -> None:
    (tmp_path / "2021-aaaaaaaaaaaa").mkdir()
    with pytest.raises(UsageError):
        publish(tmp_path / "2021-aaaaaaaaaaaa")
    assert published(tmp_path) == []


@pytest.mark.parametrize("text", [b"\n", b"2021\n", b"\xff\xfe", b"2021-aaaaaaaaaaaa\n", b"2021-aaaaaaaaaaaa x\n"])
def test_a_damaged_pointer_is_told(tmp_path: Path, text: bytes) -> None:
    (tmp_path / CURRENT).write_bytes(text)
    with pytest.raises(UsageError) as refusal:
        find_release(tmp_path)
    assert [fault.code for fault in refusal.value.faults] == ["current_malformed"]


NOT_PUBLISHED = [
    ("gone", "no_such_release"),
    ("file", "no_such_release"),
    ("empty", "no_such_release"),
    ("unpublished", "nothing_published"),
]


@pytest.mark.parametrize(("said", "code"), NOT_PUBLISHED)
def test_a_folder_without_a_published_release_is_told(tmp_path: Path, said: str, code: str) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "empty").mkdir()
    looks_like_a_release(tmp_path / "unpublished", "2021-aaaaaaaaaaaa")
    with pytest.raises(UsageError) as refusal:
        find_release(tmp_path / said)
    assert [fault.code for fault in refusal.value.faults] == [code]
