"""What is damaged in an archive is told apart from what is wrong with the disk."""

from __future__ import annotations

import errno
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from etl.archives import DAMAGED, member


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[zipfile.ZipFile]:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as made:
        made.writestr("a.txt", "content")
    with zipfile.ZipFile(tmp_path / "a.zip") as opened:
        yield opened


def test_a_member_is_read(archive: zipfile.ZipFile) -> None:
    assert member(archive, "a.txt").read() == b"content"


def test_a_place_before_the_beginning_is_a_damaged_archive(archive: zipfile.ZipFile) -> None:
    archive.getinfo("a.txt").header_offset = -7
    with pytest.raises(DAMAGED):
        member(archive, "a.txt")


def test_a_disk_that_cannot_be_read_stays_the_fault_of_the_disk(
    archive: zipfile.ZipFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.EIO, "no")

    monkeypatch.setattr(archive, "open", fail)
    with pytest.raises(OSError, match="no"):
        member(archive, "a.txt")
