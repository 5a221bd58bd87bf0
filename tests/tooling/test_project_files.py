"""What is committed runs on anybody's machine and keeps to the house's rules."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

MACHINE_PATH = re.compile(r"(?<![\w.$}])/(?:work|root|opt|tmp|home|Users)/")
STAR = re.compile(r"\bSELECT\s+(?:DISTINCT\s+)?(?:\w+\.)?\*", re.IGNORECASE)


@pytest.fixture(scope="session")
def committed(project: Path) -> list[Path]:
    """Every file that is, or is about to be, in the repository."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=project, capture_output=True, check=False,
    )  # fmt: skip
    if listing.returncode:
        pytest.skip("not a git checkout, so nothing says which files are committed")
    paths = [project / name for name in listing.stdout.decode().split("\0") if name]
    return [path for path in paths if path.is_file()]


def text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def test_no_file_names_a_place_on_the_machine_it_was_written_on(committed: list[Path]) -> None:
    found = [f"{path}: {match.group()}" for path in committed for match in MACHINE_PATH.finditer(text_of(path))]
    assert not found


def test_every_text_file_ends_with_a_newline_and_uses_lf(committed: list[Path]) -> None:
    ours = [path for path in committed if path.suffix in {".py", ".sql", ".toml", ".md", ".sh", ".in", ".txt"}]
    assert ours
    for path in ours:
        content = path.read_bytes()
        assert b"\r" not in content, path
        assert not content or content.endswith(b"\n"), path


def test_every_folder_of_code_is_a_package_so_that_the_import_rules_see_it(project: Path) -> None:
    folders = {path.parent for room in ("etl", "dashboard", "terminal") for path in (project / room).rglob("*.py")}
    assert folders
    assert not [folder for folder in folders if not (folder / "__init__.py").exists()]


def test_no_sql_selects_a_star(project: Path) -> None:
    found = [path for path in (project / "etl").rglob("*.sql") if STAR.search(path.read_text(encoding="utf-8"))]
    assert not found


@pytest.mark.parametrize("sql", ["SELECT * FROM a", "select\n    a.*\nFROM a", "SELECT DISTINCT * FROM a"])
def test_a_star_is_recognised(sql: str) -> None:
    assert STAR.search(sql)


def test_the_licence_that_is_declared_is_the_one_that_is_there(project: Path) -> None:
    declared = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]["license"]
    assert declared == "Apache-2.0"
    assert "Apache License\n                           Version 2.0" in (project / "LICENSE").read_text(encoding="utf-8")


def targets(project: Path) -> set[str]:
    makefile = (project / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z]+):.*##", makefile, re.MULTILINE))


def test_help_lists_every_target_with_what_it_does(project: Path) -> None:
    shown = subprocess.run(["make", "help"], cwd=project, capture_output=True, text=True, check=True).stdout
    assert {line.split()[0] for line in shown.splitlines() if line.strip()} == targets(project)
    assert {"run", "test", "check", "lock", "bench", "clean", "help"} <= targets(project)


def test_continuous_integration_runs_what_a_person_runs(project: Path) -> None:
    script = (project / ".ci/run").read_text(encoding="utf-8")
    assert re.findall(r"^make (\w+)", script, re.MULTILINE) == ["check", "test"]


@pytest.mark.parametrize("name", ["README.md", "README.ko.md"])
def test_every_make_command_a_reader_is_told_exists(project: Path, name: str) -> None:
    readme = project / name
    if not readme.exists():
        pytest.skip(f"{name} is not written yet")
    told = set(re.findall(r"(?:^|`)\s*make ([a-z]+)", readme.read_text(encoding="utf-8"), re.MULTILINE))
    assert {"run", "test"} <= told <= targets(project)


def test_every_script_is_readable_by_the_plainest_shell(project: Path) -> None:
    scripts = sorted((project / "tools").glob("*.sh"))
    assert len(scripts) > 7
    for script in scripts:
        checked = subprocess.run(["sh", "-n", script], capture_output=True, text=True, check=False)
        assert checked.returncode == 0, checked.stderr


def settings(project: Path) -> dict[str, Any]:
    return tomllib.loads((project / ".streamlit/config.toml").read_text(encoding="utf-8"))


def test_streamlit_knows_every_setting_that_is_set(project: Path) -> None:
    from streamlit import config

    config.get_config_options()
    known = set(config._config_options_template)

    def is_section(name: str, value: Any) -> bool:
        return isinstance(value, dict) and name not in known

    def keys(table: dict[str, Any], prefix: str = "") -> list[str]:
        return [
            key
            for name, value in table.items()
            for key in (keys(value, f"{prefix}{name}.") if is_section(prefix + name, value) else [prefix + name])
        ]

    assert set(keys(settings(project))) <= known


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("browser.gatherUsageStats", False),
        ("client.disableDataExport", True),
        ("client.showErrorDetails", "none"),
        ("runner.magicEnabled", False),
        ("server.address", "127.0.0.1"),
        ("server.headless", True),
        ("server.enableAgentApi", False),
    ],
)
def test_the_dashboard_is_served_to_this_machine_and_tells_nobody_else(
    project: Path, key: str, value: bool | str
) -> None:
    section, name = key.split(".")
    assert settings(project)[section][name] == value


def luminance(colour: str) -> float:
    """Relative luminance of "#rrggbb", as WCAG 2.2 defines it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_measured_as_wcag_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["backgroundColor", "secondaryBackgroundColor"])
def test_text_links_and_marks_stand_out_from_their_background(project: Path, theme: str, ground: str) -> None:
    colours = settings(project)["theme"][theme]
    for text in ("textColor", "linkColor", "primaryColor"):
        assert contrast(colours[text], colours[ground]) >= 4.5, text
    for mark in colours["chartCategoricalColors"]:
        assert contrast(mark, colours[ground]) >= 3, mark
