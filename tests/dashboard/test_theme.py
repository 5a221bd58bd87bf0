"""Colours that can be told apart, and a sheet that is one."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from dashboard.theme import PALETTES, Theme, stylesheet

THEMES: tuple[Theme, ...] = ("light", "dark")


def luminance(colour: str) -> float:
    """Relative luminance of "#rrggbb", as WCAG 2.2 defines it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", THEMES)
def test_marks_and_text_stand_out_from_the_ground(theme: Theme) -> None:
    palette = PALETTES[theme]
    assert contrast(palette.text, palette.ground) >= 4.5
    assert contrast(palette.link, palette.ground) >= 4.5
    assert contrast(palette.on_primary, palette.primary) >= 4.5
    for mark in (palette.primary, palette.accent, palette.grey):
        assert contrast(mark, palette.ground) >= 3


@pytest.mark.parametrize("theme", THEMES)
def test_the_palette_stands_on_the_ground_streamlit_paints(project: Path, theme: Theme) -> None:
    settings = tomllib.loads((project / ".streamlit/config.toml").read_text(encoding="utf-8"))["theme"][theme]
    palette = PALETTES[theme]
    shown = (palette.ground, palette.text, palette.link, palette.primary)
    said = [settings[key] for key in ("backgroundColor", "textColor", "linkColor", "primaryColor")]
    assert list(shown) == said


def test_the_sheet_is_one_style_element_whose_braces_close() -> None:
    sheet = stylesheet()
    assert sheet.startswith("<style>")
    assert sheet.endswith("</style>")
    assert sheet.count("{") == sheet.count("}")
    assert "http" not in sheet


def test_one_sheet_serves_light_dark_and_those_who_need_more_contrast() -> None:
    sheet = stylesheet()
    light, dark = sheet.split("@media (prefers-color-scheme: dark)", 1)
    assert PALETTES["light"].link in light
    assert PALETTES["dark"].link in dark
    assert '[style*="fill: rgb(11, 80, 208)"] { fill: #4c87f6 !important; }' in dark
    for asked in ("(prefers-contrast: more)", "(forced-colors: active)", "print"):
        assert f"@media {asked} {{" in dark


def test_the_fonts_the_settings_name_are_shipped_with_their_licence(project: Path) -> None:
    settings = tomllib.loads((project / ".streamlit/config.toml").read_text(encoding="utf-8"))
    faces = settings["theme"]["fontFaces"]
    assert {face["weight"] for face in faces} == {400, 700}
    for face in faces:
        assert (project / "dashboard" / face["url"]).read_bytes()[:4] == b"wOF2"
    licence = (project / "dashboard/app/static/PretendardGOV-LICENSE.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert settings["server"]["enableStaticServing"] is True
