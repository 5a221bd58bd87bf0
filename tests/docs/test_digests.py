"""The names and digests that documents show are those anybody gets: the same records and rules, the same release."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from etl.given import score_table
from etl.release.folder import SUMS, sha256_of
from etl.release.seal import read_manifest
from tests.docs.documents import blocks_of, documents

PROJECT = Path(__file__).parent.parent.parent
NAME = re.compile(r"\b2[0-9]{3}-[0-9a-f]{12}\b")
DIGEST = re.compile(r"\b[0-9a-f]{64}\b")


def answers(path: Path) -> str:
    """What a document shows its commands to print."""
    return "".join(block.body for block in blocks_of(path.read_text(encoding="utf-8")) if block.answers)


SHOWING = [
    path.relative_to(PROJECT).as_posix()
    for path in documents(PROJECT)
    if NAME.search(answers(path)) or DIGEST.search(answers(path))
]


@pytest.fixture(scope="session")
def releases(project: Path, demonstrated: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The releases that documents show: the demonstration's, and that of the table somebody already has."""
    example = project / "docs" / "examples" / "own_metrics"
    own = score_table(
        example / "metrics.csv", example / "rulebook.toml", tmp_path_factory.mktemp("own"), example / "units.csv"
    )
    return [own.release, *sorted((demonstrated / "releases").glob("2*"))]


@pytest.mark.parametrize("document", SHOWING)
def test_the_digests_a_document_shows_are_those_anybody_gets(document: str, releases: list[Path]) -> None:
    shown = answers(PROJECT / document)
    names = {release.name for release in releases}
    digests = {read_manifest(release).release_id for release in releases}
    digests |= {sha256_of(release / SUMS) for release in releases}
    facts = "\n".join(f"{release.name} {read_manifest(release).release_id} {sha256_of(release / SUMS)}"
                      for release in releases)  # fmt: skip
    stale = (set(NAME.findall(shown)) - names) | (set(DIGEST.findall(shown)) - digests)
    assert not stale, f"{document} shows {sorted(stale)}; releases, ids and seals are now\n{facts}"


def test_the_documents_that_show_digests_are_found() -> None:
    assert {"README.md", "README.ko.md", "docs/release.md", "docs/guide-auditor.md"} <= {*SHOWING}
