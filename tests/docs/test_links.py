"""Every link in a document leads to something, and every document is led to."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.docs.documents import documents

PROJECT = Path(__file__).parent.parent.parent
DOCUMENTS = [path.relative_to(PROJECT).as_posix() for path in documents(PROJECT)]
FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`[^`\n]*`")
LINK = re.compile(r'(?:\]\(|(?:src|srcset)=")([^)"\s]+)')
HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)
ANCHOR = re.compile(r'<a id="([^"]+)"></a>')


def prose(document: Path) -> str:
    """A document without what it quotes."""
    return CODE.sub("", FENCED.sub("", document.read_text(encoding="utf-8")))


def anchors(document: Path) -> set[str]:
    """What a link can point at within a document: its anchors, and its headings as GitHub names them."""
    text = FENCED.sub("", document.read_text(encoding="utf-8"))
    headings = [re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in HEADING.findall(text)]
    return {*ANCHOR.findall(text), *headings}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_link_leads_to_a_file_and_a_heading_that_exist(document: str) -> None:
    path = PROJECT / document
    for link in LINK.findall(prose(path)):
        if "://" in link:
            continue
        file, _, anchor = unquote(link).partition("#")
        target = (path.parent / file).resolve() if file else path
        assert target.exists(), f"{document}: {link}"
        assert PROJECT in [target, *target.parents], f"{document}: {link} leads out of the project"
        if anchor:
            assert anchor in anchors(target), f"{document}: {link}"


def test_every_document_is_listed_in_the_index() -> None:
    index = PROJECT / "docs" / "index.md"
    listed = {(index.parent / link.partition("#")[0]).resolve() for link in LINK.findall(prose(index))}
    there = {path for path in documents(PROJECT) if (PROJECT / "docs") in path.parents and path != index}
    assert there
    assert not there - listed


def test_every_picture_is_shown_somewhere() -> None:
    shown = {
        (PROJECT / document).parent / link for document in DOCUMENTS for link in LINK.findall(prose(PROJECT / document))
    }
    pictures = set((PROJECT / "docs" / "pictures").iterdir())
    assert not pictures - {path.resolve() for path in shown}


def test_decisions_are_numbered_and_tell_context_decision_and_consequence() -> None:
    decisions = sorted((PROJECT / "docs" / "decisions").glob("*.md"))
    assert [path.name[:4] for path in decisions] == [f"{number:04}" for number in range(1, len(decisions) + 1)]
    for path in decisions[1:]:  # the first one is a list
        headings = HEADING.findall(path.read_text(encoding="utf-8"))
        assert headings[0].startswith(f"{path.name[:4]} ")
        assert headings[1:] == ["Context", "Decision", "Consequence"]
