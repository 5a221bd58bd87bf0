"""The newest results are made ready before anybody asks for them."""

from __future__ import annotations

import asyncio
import errno
import os
import shutil
from pathlib import Path

import pytest

from dashboard.desk.place import UPLOADS
from dashboard.frames.robustness import sureness
from dashboard.gate.app import behind_the_gate
from dashboard.once import sureness_of
from dashboard.shelf import look, open_sealed
from dashboard.view import open_reading
from dashboard.warming import keep_warm, warm
from etl.evaluate import evaluate
from etl.insight.diagnosis import Diagnosed, diagnoses
from etl.insight.reading import Reading
from etl.insight.robustness import Robustness
from etl.release.folder import publish


@pytest.fixture
def folder(releases: Path, tmp_path: Path) -> Path:
    """The published demonstration at a place nobody has opened."""
    return Path(shutil.copytree(releases, tmp_path / "releases"))


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is opened or drawn, as it happens."""
    done: list[str] = []

    def opened(folder: Path, seal: str | None) -> Reading:
        done.append(folder.name)
        return open_sealed(folder, seal)

    def drawn(reading: Reading) -> Robustness | None:
        done.append(f"drawn {reading.folder.name}")
        return sureness(reading)

    def diagnosed(reading: Reading) -> list[Diagnosed]:
        done.append(f"read {reading.folder.name}")
        return diagnoses(reading)

    monkeypatch.setattr("dashboard.view.open_sealed", opened)
    monkeypatch.setattr("dashboard.once.diagnoses", diagnosed)
    monkeypatch.setattr("dashboard.once.sureness", drawn)
    return done


def test_what_pages_open_with_and_the_year_before_are_ready_for_the_first_reader(folder: Path, work: list[str]) -> None:
    warm(folder)
    newest, before = look(folder).published.values()
    assert work == [newest, before, f"drawn {newest}", f"read {newest}"]
    work.clear()
    sureness_of(open_reading(look(folder), newest))
    assert work == []


def test_a_second_look_makes_nothing_again(folder: Path, work: list[str]) -> None:
    warm(folder)
    work.clear()
    warm(folder)
    assert work == []


def test_a_release_made_later_is_made_ready_at_the_next_look(folder: Path, work: list[str], project: Path) -> None:
    warm(folder)
    work.clear()
    made = evaluate(project / "data/demo", project / "data/rulebooks/demo-2019.toml", folder).release
    warm(folder)
    assert work == [made.name, f"drawn {made.name}", f"read {made.name}"]
    work.clear()
    publish(made)
    warm(folder)
    # It is sealed now, so it is opened again, as a year before the one pages open with; its draws stay.
    assert work == [made.name]


def test_nothing_there_and_a_damaged_release_stop_nobody(folder: Path, work: list[str], tmp_path: Path) -> None:
    warm(tmp_path / "nowhere")
    newest = next(iter(look(folder).published.values()))
    (folder / newest / "scores.csv").write_bytes(b"unit_id\n")
    warm(folder)
    assert work == [newest]


def test_a_look_that_fails_is_told_to_the_log_and_the_next_one_follows(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    looks: list[Path] = []

    def look_in_vain(folder: Path) -> None:
        looks.append(folder)
        raise OSError(errno.ENOSPC, "No space left on device")

    async def watch() -> None:
        task = asyncio.create_task(keep_warm())
        async with asyncio.timeout(30):
            while len(looks) < 2:
                await asyncio.sleep(0.01)
        task.cancel()

    monkeypatch.setattr("dashboard.warming.SECONDS", 0.0)
    monkeypatch.setattr("dashboard.warming.warm", look_in_vain)
    asyncio.run(watch())
    assert "could not be made ready" in caplog.text


def test_the_server_begins_as_soon_as_it_stands_and_ends_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened: list[str] = []

    async def looking() -> None:
        happened.append("began")
        try:
            await asyncio.Event().wait()
        finally:
            happened.append("ended")

    async def serve() -> None:
        async with behind_the_gate()["lifespan"](None):
            await asyncio.sleep(0)
            assert happened == ["began"]
        await asyncio.sleep(0)

    monkeypatch.setenv("JIPYO_STATE", str(tmp_path / "state"))
    monkeypatch.setenv(UPLOADS, str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("dashboard.gate.app.keep_warm", looking)
    of_one_before = [tmp_path / name / "x" for name in (f"jipyo-job-{os.getpid()}-x", f"jipyo-desk-{os.getpid()}-x")]
    of_one_before.append(tmp_path / "state" / "exports" / str(os.getpid()))
    for left in of_one_before:
        left.mkdir(parents=True)
    asyncio.run(serve())
    assert happened == ["began", "ended"]
    assert not any(left.exists() for left in of_one_before)
