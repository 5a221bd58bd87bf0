"""Whether the server says that it can show what is published."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dashboard.gate import ready
from dashboard.gate.ready import are_intact
from etl.release.folder import published
from tests.gate.asking import Front


@pytest.fixture
def releases(small_releases: Path, tmp_path: Path) -> Path:
    """A copy of a published release, to be damaged."""
    return shutil.copytree(small_releases, tmp_path / "releases")


def damage(folder: Path, release: str, file: str) -> None:
    path = folder / release / file
    path.chmod(0o644)
    path.write_bytes(path.read_bytes().replace(b"1", b"2", 1))


@pytest.mark.parametrize("file", ["scores.csv", "manifest.json", "SHA256SUMS"])
def test_a_published_release_that_was_changed_is_not_ready(releases: Path, file: str) -> None:
    assert are_intact(releases)
    damage(releases, published(releases)[0].release, file)
    assert not are_intact(releases)


def test_a_folder_that_is_not_there_is_not_ready_and_an_empty_one_is(tmp_path: Path) -> None:
    assert not are_intact(tmp_path / "nothing")
    assert are_intact(tmp_path)


def test_ready_says_so_without_detail_and_remembers(
    front: Front, releases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIPYO_RELEASES", str(releases))
    asked: list[Path] = []

    def count(folder: Path) -> bool:
        asked.append(folder)
        return are_intact(folder)

    monkeypatch.setattr(ready, "are_intact", count)
    fresh = Front(tmp_path / "state")
    answers = [fresh.ask("GET", "/ready") for _ in range(5)]
    assert {(answer.status_code, answer.text) for answer in answers} == {(200, "ready")}
    assert len(asked) == 1
    damage(releases, published(releases)[0].release, "scores.csv")
    answer = Front(tmp_path / "state").ask("GET", "/ready")
    assert (answer.status_code, answer.text) == (503, "not ready")


def test_without_its_database_it_is_alive_and_not_ready(
    tmp_path: Path, releases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIPYO_RELEASES", str(releases))
    monkeypatch.setattr(ready, "answers", lambda _: False)
    front = Front(tmp_path / "state")
    assert front.ask("GET", "/ready").status_code == 503
    assert (front.ask("GET", "/health").status_code, front.ask("GET", "/health").text) == (200, "ok")
