"""Which releases there are, and that only intact ones are opened."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dashboard.shelf import NoRelease, look, open_sealed
from etl.release.folder import CURRENT, SUMS, published, sums_text


@pytest.fixture
def copied(releases: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(releases, tmp_path / "releases"))


def test_the_latest_published_release_is_shown_unless_a_year_is_named(releases: Path) -> None:
    shelf = look(releases)
    assert list(shelf.published) == [2021, 2020]
    assert shelf.choose(None, None).startswith("2021-")
    assert shelf.choose("2020", None).startswith("2020-")
    assert shelf.is_published(shelf.choose(None, None))


@pytest.mark.parametrize(
    ("year", "trouble"),
    [
        ("1999", "no_such_year"),
        *((year, "not_a_year") for year in ("", "21", "２０２１", "2021 ", "-1", "two thousand")),
    ],
)
def test_a_year_that_is_none_is_told_from_one_without_a_published_release(
    releases: Path, year: str, trouble: str
) -> None:
    with pytest.raises(NoRelease) as raised:
        look(releases).choose(year, None)
    assert (raised.value.trouble, raised.value.about) == (trouble, year)


@pytest.mark.parametrize("name", ["2021-000000000000", "../releases", "", "CURRENT"])
def test_a_release_that_is_not_there_is_never_opened(releases: Path, name: str) -> None:
    with pytest.raises(NoRelease) as raised:
        look(releases).choose(None, name)
    assert raised.value.trouble == "no_such_release"


def test_an_unpublished_release_can_be_named_and_is_a_draft(copied: Path) -> None:
    (copied / CURRENT).unlink()
    shelf = look(copied)
    assert [name[:4] for name in shelf.drafts] == ["2021", "2020"]
    assert shelf.choose(None, shelf.drafts[0]) == shelf.drafts[0]
    assert not shelf.is_published(shelf.drafts[0])
    with pytest.raises(NoRelease) as raised:
        shelf.choose(None, None)
    assert raised.value.trouble == "nothing_published"


def test_the_release_of_an_evaluation_under_way_is_that_of_its_year_for_whoever_may_see_it(copied: Path) -> None:
    newest = published(copied)[0].release
    (copied / CURRENT).unlink()
    shelf = look(copied)
    assert shelf.years == {}
    shown = shelf.with_frozen({2021: newest, 2019: "2019-000000000000"})
    assert shown.years == {2021: newest}
    assert shown.choose(None, None) == shown.choose("2021", None) == newest
    assert not shown.is_published(newest)


def test_what_is_published_stands_before_what_is_frozen(releases: Path) -> None:
    shelf = look(releases)
    assert shelf.with_frozen({2021: shelf.published[2021]}).years == shelf.published


def test_a_folder_that_is_missing_empty_or_has_a_broken_pointer_says_so(tmp_path: Path) -> None:
    with pytest.raises(NoRelease) as raised:
        look(tmp_path / "nowhere")
    assert raised.value.trouble == "no_folder"
    with pytest.raises(NoRelease) as raised:
        look(tmp_path).choose(None, None)
    assert raised.value.trouble == "nothing_released"
    (tmp_path / CURRENT).write_text("this is no pointer at all\n", encoding="ascii")
    with pytest.raises(NoRelease) as raised:
        look(tmp_path)
    assert raised.value.trouble == "broken_current"


def test_a_published_release_opens_with_all_its_tables(releases: Path) -> None:
    pointer = published(releases)[0]
    reading = open_sealed(releases / pointer.release, pointer.seal)
    assert len(reading.scores) == len(reading.units) == 83


@pytest.mark.parametrize(
    "file", ["scores.csv", "rulebook.toml", "manifest.json", "records/ledger.parquet", "SHA256SUMS"]
)
def test_a_release_with_one_changed_byte_is_not_shown(copied: Path, file: str) -> None:
    pointer = published(copied)[0]
    changed = copied / pointer.release / file
    content = bytearray(changed.read_bytes())
    content[len(content) // 2] ^= 1
    changed.write_bytes(content)
    with pytest.raises(NoRelease) as raised:
        open_sealed(copied / pointer.release, pointer.seal)
    assert (raised.value.trouble, raised.value.about) == ("broken", pointer.release)


def test_a_release_sealed_anew_after_a_change_is_not_the_published_one(copied: Path) -> None:
    pointer = published(copied)[0]
    release = copied / pointer.release
    (release / "extra.txt").write_text("added later\n", encoding="utf-8")
    (release / SUMS).write_bytes(sums_text(release))
    with pytest.raises(NoRelease):
        open_sealed(release, pointer.seal)


def test_a_release_without_one_of_its_files_is_not_shown(copied: Path) -> None:
    pointer = published(copied)[0]
    (copied / pointer.release / "ranks.csv").unlink()
    with pytest.raises(NoRelease):
        open_sealed(copied / pointer.release, pointer.seal)
