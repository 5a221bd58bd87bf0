"""What tells an empty picture from one that shows something, and which pages are photographed by whom."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from dashboard.address import PAGES
from tools.shots import PARTS, every_page, is_empty, viewer


def picture(path: Path, ground: str, lines: int) -> Path:
    """A page of so many lines as thick as text."""
    image = Image.new("RGB", (400, 300), ground)
    pen = ImageDraw.Draw(image)
    for at in range(lines):
        pen.line([(20, 10 + 8 * at), (220, 10 + 8 * at)], fill="#6d7882", width=2)
    image.save(path)
    return path


@pytest.mark.parametrize("ground", ["#ffffff", "#131416"])
@pytest.mark.parametrize(("lines", "empty"), [(0, True), (1, True), (10, False)])
def test_a_picture_of_next_to_nothing_is_empty_on_any_ground(
    tmp_path: Path, ground: str, lines: int, empty: bool
) -> None:
    assert is_empty(picture(tmp_path / "page.png", ground, lines)) is empty


def test_every_page_and_every_part_is_photographed_once_by_somebody_who_may_open_it() -> None:
    shots = list(every_page())
    assert {shot.page for shot in shots} == set(PAGES)
    assert len({shot.name for shot in shots}) == len(shots)
    for page, parts in PARTS.items():
        assert sum(shot.page == page for shot in shots) == len(parts)
    assert all(viewer(page).login for page in PAGES)
