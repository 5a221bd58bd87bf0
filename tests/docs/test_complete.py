"""What can be said, set, typed or read is documented: keys, columns, variables, codes, commands, targets."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from dashboard.workflow.settings import Settings
from etl import errors
from etl.contracts.published import PUBLISHED
from etl.engine import DEFAULT_MEMORY
from etl.errors import JipyoError
from etl.intake.corrections import Correction
from etl.intake.formats import DELIMITERS, ENCODINGS
from etl.intake.mapping import FromColumn, Source, Sources, Where
from etl.version import VERSION
from jipyo import app

READMES = ("README.md", "README.ko.md")
VARIABLE = re.compile(r"\bJIPYO_[A-Z_]*[A-Z]\b")
FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^(#+) +(.+)$", re.MULTILINE)


def text(project: Path, name: str) -> str:
    return (project / name).read_text(encoding="utf-8")


def first_cells(text: str) -> set[str]:
    """Everything in code in the first cell of a row of a table."""
    rows = [line.split(" | ")[0] for line in text.splitlines() if line.startswith("| ")]
    return {name for row in rows for name in re.findall(r"`([^`]+)`", row)}


def section(text: str, heading: str) -> str:
    """The part of a document below a heading, up to the next one of any level."""
    found = re.search(rf"^#+ {re.escape(heading)}.*?\n(.*?)(?=^#|\Z)", text, re.MULTILINE | re.DOTALL)
    assert found is not None, heading
    return found[1]


def test_every_key_of_corrections_toml_is_documented_and_no_other_is(project: Path) -> None:
    told = first_cells(section(text(project, "docs/sources.md"), "정정"))
    assert told == set(Correction.model_fields)


SOURCES_SECTIONS = {
    Sources: "파일 전체",
    Source: "`[[source]]`",
    FromColumn: "`[source.columns]`",
    Where: "`[[source.where]]`",
}


@pytest.mark.parametrize("model", SOURCES_SECTIONS)
def test_every_key_of_sources_toml_is_documented_and_no_other_is(
    project: Path, model: type[Sources | Source | FromColumn | Where]
) -> None:
    told = first_cells(section(text(project, "docs/sources.md"), SOURCES_SECTIONS[model]))
    assert told == {field.alias or key for key, field in model.model_fields.items()}


def test_every_encoding_and_delimiter_is_documented(project: Path) -> None:
    told = section(text(project, "docs/sources.md"), "`[[source]]`")
    row = next(line for line in told.splitlines() if line.startswith("| `encoding`"))
    assert {name for name in re.findall(r"`([^`]+)`", row) if name != "encoding"} == ENCODINGS
    assert set(DELIMITERS) == {",", "\t", ";", "|"}, "the row `delimiter` names these four"


def columns_of(table: str) -> set[str]:
    return set(PUBLISHED[table].model_fields)


@pytest.mark.parametrize("table", sorted(set(PUBLISHED) - {"outranking", "orders"}))
def test_every_column_of_a_published_table_is_documented_and_no_other_is(project: Path, table: str) -> None:
    assert first_cells(section(text(project, "docs/release.md"), f"`{table}.csv`")) == columns_of(table)


def test_the_tables_of_outranking_are_documented_together(project: Path) -> None:
    told = first_cells(section(text(project, "docs/release.md"), "`outranking.csv`"))
    assert told == columns_of("outranking") | columns_of("orders")


def test_every_file_of_a_release_is_documented(project: Path, demonstrated: Path) -> None:
    told = first_cells(section(text(project, "docs/release.md"), "파일"))
    releases = demonstrated / "releases"
    files = {path.relative_to(release) for release in releases.glob("20*") for path in release.rglob("*.*")}
    files |= {path.relative_to(release) for release in releases.glob("20*") for path in release.glob("SHA*")}
    assert files
    assert not [file for file in files if not any(file.match(pattern) for pattern in told)]
    assert {f"{table}.csv" for table in PUBLISHED} <= told


def test_every_key_of_a_manifest_is_documented_and_no_other_is(project: Path, demonstrated: Path) -> None:
    manifest = next((demonstrated / "releases").glob("2021-*/manifest.json"))
    told = first_cells(section(text(project, "docs/release.md"), "`manifest.json`"))
    assert told == set(json.loads(manifest.read_bytes()))


def sources_of(project: Path) -> Iterator[Path]:
    """The code that reads the environment."""
    yield from (project / room for room in ("jipyo.py", "streamlit_app.py", "Makefile", "tests/conftest.py"))
    for room in ("etl", "dashboard", "terminal", "tools"):
        yield from (path for path in (project / room).rglob("*") if path.suffix in (".py", ".sh"))


def test_every_environment_variable_is_documented_with_its_default(project: Path) -> None:
    read = {name for path in sources_of(project) for name in VARIABLE.findall(path.read_text(encoding="utf-8"))}
    read |= {f"JIPYO_{name.upper()}" for name in Settings.model_fields}
    told = section(text(project, "docs/operations.md"), "환경 변수")
    assert first_cells(told) == {*read, "PYTHON", "PORT"}
    assert f"`{DEFAULT_MEMORY}`" in told
    makefile = text(project, "Makefile")
    assert f"PORT ?= {re.findall(r'8[0-9]{3}', told)[0]}" in makefile


def kinds_of_error(kind: type[JipyoError]) -> Iterator[type[JipyoError]]:
    for narrower in kind.__subclasses__():
        yield narrower
        yield from kinds_of_error(narrower)


def test_every_exit_code_is_documented_and_no_other_is(project: Path) -> None:
    codes = {errors.DONE, errors.BAD_ROWS, *(kind.exit_code for kind in kinds_of_error(JipyoError))}
    told = first_cells(section(text(project, "docs/operations.md"), "종료 코드"))
    assert told == {str(code) for code in codes}


def targets(project: Path) -> set[str]:
    return set(re.findall(r"^([a-z]+):.*##", text(project, "Makefile"), re.MULTILINE))


@pytest.mark.parametrize("name", [*READMES, "docs/operations.md"])
def test_every_target_of_make_is_mentioned_and_no_other_is(project: Path, name: str) -> None:
    told = set(re.findall(r"(?:^|`|=packages )make ([a-z]+)", text(project, name), re.MULTILINE))
    assert told == targets(project)


@pytest.mark.parametrize("name", READMES)
def test_every_command_is_mentioned_and_no_other_is(project: Path, name: str) -> None:
    group: Any = get_command(app)
    commands = set(group.commands)
    assert commands
    assert set(re.findall(r"(?:^|`)jipyo ([a-z]+)", text(project, name), re.MULTILINE)) == commands


def test_every_command_of_a_family_is_in_the_operations_guide_and_no_other_is(project: Path) -> None:
    group: Any = get_command(app)
    families = {name: family.commands for name, family in group.commands.items() if hasattr(family, "commands")}
    assert "account" in families
    told = text(project, "docs/operations.md")
    for name, commands in families.items():
        assert set(re.findall(rf"jipyo {name} ([a-z]+)", told)) == set(commands)


@pytest.mark.parametrize("name", READMES)
def test_every_room_of_etl_is_in_the_layout(project: Path, name: str) -> None:
    rooms = {path.name for path in (project / "etl").iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert rooms
    layout = text(project, name).split("```")
    assert not [room for room in rooms if not any(f"{room}/" in part for part in layout)]


def outline(text: str) -> list[int]:
    return [len(level) for level, _ in HEADING.findall(FENCED.sub("", text))]


def links(text: str) -> list[str]:
    found = re.findall(r'(?:\]\(|(?:src|srcset)=")([^)"\s]+)', text)
    return [link for link in found if not link.startswith("README")]


def commands_shown(text: str) -> list[str]:
    return re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def test_both_readmes_have_the_same_sections_commands_and_links(project: Path) -> None:
    english, korean = (text(project, name) for name in READMES)
    assert outline(english) == outline(korean)
    assert commands_shown(english) == commands_shown(korean)
    assert links(english) == links(korean)
    assert "README.ko.md" in english
    assert "README.md" in korean


def glossary(text: str) -> list[frozenset[str]]:
    rows = [line.split(" | ") for line in text.splitlines() if line.startswith("| ") and line.count(" | ") == 2]
    return [frozenset((row[0].removeprefix("| "), row[1])) for row in rows]


def test_both_glossaries_have_the_same_terms_in_the_same_order(project: Path) -> None:
    english, korean = (glossary(text(project, name)) for name in READMES)
    assert len(english) > 20
    assert english[1:] == korean[1:]


def test_the_changelog_begins_with_the_version_there_is(project: Path) -> None:
    versions = [heading for level, heading in HEADING.findall(text(project, "CHANGELOG.md")) if level == "##"]
    assert versions[0].split()[0] == VERSION
