"""No package that binds what uses it is shipped with."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.licences import is_refused, main, required_here, stated_licence


@pytest.mark.parametrize(
    "licence",
    [
        "GPL-3.0-only",
        "GPL-2.0-or-later WITH Classpath-exception-2.0",
        "MIT AND AGPL-3.0-or-later",
        "AGPL-3.0-only OR GPL-3.0-only",
        "GNU General Public License v3 (GPLv3)",
        "GNU Affero General Public License v3",
        "GPLv2",
        "GNU Lesser General Public License v3 (LGPLv3)",
        "LGPL-2.1-or-later",
        "SSPL-1.0",
        "EUPL-1.2",
        "CC-BY-NC-4.0",
        "Other/Proprietary License",
        "MIT License, GNU General Public License v3 (GPLv3)",
        None,
    ],
)
def test_a_licence_that_binds_or_is_not_stated_is_refused(licence: str | None) -> None:
    assert is_refused(licence)


@pytest.mark.parametrize(
    "licence",
    [
        "MIT",
        "Apache-2.0 OR GPL-3.0-only",
        "MIT OR AGPL-3.0-only",
        "3-Clause BSD License",
        "ISC License (ISCL)",
        "(MIT AND PSF-2.0) OR GPL-3.0-only",
        "BSD-3-Clause AND 0BSD AND MIT AND Zlib AND CC0-1.0",
        "Mozilla Public License 2.0 (MPL 2.0)",
    ],
)
def test_a_licence_that_leaves_its_users_free_passes(licence: str) -> None:
    assert not is_refused(licence)


def test_every_package_the_product_runs_on_passes(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(project / "requirements.txt") == 0
    listed = [line.split()[0] for line in capsys.readouterr().out.splitlines()]
    assert {"duckdb", "streamlit", "plotly", "pydantic", "typer"} <= set(listed)


def test_a_package_without_a_known_licence_stops_the_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    requirements = tmp_path / "requirements.txt"
    requirements.write_text("no-such-package-is-installed==1 \\\n    --hash=sha256:00\n", encoding="utf-8")
    assert main(requirements) == 1
    assert "no-such-package-is-installed may not be used" in capsys.readouterr().err


def test_packages_for_other_machines_are_left_out() -> None:
    text = "pytest==9 \\\n    --hash=sha256:00\ncolorama==1 ; sys_platform == 'nowhere' \\\n    --hash=sha256:00\n"
    assert list(required_here(text)) == ["pytest"]


def test_an_installed_package_states_its_licence() -> None:
    assert stated_licence("pytest") == "MIT"
    assert stated_licence("no-such-package-is-installed") is None
