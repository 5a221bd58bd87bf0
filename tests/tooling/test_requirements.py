"""The two requirements files install the same packages anywhere, and only those."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from packaging.requirements import Requirement

FILES = ("requirements.txt", "requirements-dev.txt")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def entries(path: Path) -> list[str]:
    """One text a package: its pin, then its digests."""
    return path.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()


def pins(path: Path) -> set[str]:
    return {entry.split(" --hash")[0].strip() for entry in entries(path)}


@pytest.mark.parametrize("name", FILES)
def test_every_package_is_pinned_to_one_version_with_digests(project: Path, name: str) -> None:
    for entry in entries(project / name):
        pin, *hashes = entry.split()[0], *HASH.findall(entry)
        assert re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9._+!-]+", pin), entry
        assert hashes, f"{pin} has no digest"


@pytest.mark.parametrize("name", FILES)
def test_no_registry_address_option_or_comment_is_in_it(project: Path, name: str) -> None:
    text = (project / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert "#" not in text
    assert not [line for line in text.splitlines() if line.startswith("-")]


@pytest.mark.parametrize(("source", "locked"), [("requirements.in", FILES[0]), ("requirements-dev.in", FILES[1])])
def test_what_is_asked_for_is_what_is_locked(project: Path, source: str, locked: str) -> None:
    asked = {
        str(Requirement(line))
        for line in (project / source).read_text(encoding="utf-8").splitlines()
        if line and not line.startswith(("#", "-"))
    }
    missing = asked - pins(project / locked)
    assert asked
    assert not missing, f"make lock has not been run since {missing} changed"


def test_the_development_packages_contain_the_runtime_ones_in_the_same_versions(project: Path) -> None:
    def without_marker(pin: str) -> str:
        return pin.partition(" ;")[0]

    runtime, development = (set(map(without_marker, pins(project / name))) for name in FILES)
    assert runtime <= development


def test_every_direct_dependency_has_its_reason_written_down(project: Path) -> None:
    decision = (project / "docs/decisions/0001-dependencies.md").read_text(encoding="utf-8")
    for source in ("requirements.in", "requirements-dev.in"):
        for line in (project / source).read_text(encoding="utf-8").splitlines():
            if "==" in line:
                name, version = line.split("==")
                assert f"| {name} | {version} |" in decision, f"{line} is not in the table of the decision"
