"""The commands of every document are run, in order, and answer as the document shows."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.docs.documents import blocks_of, carry_out, check_answer, documents, patched

pytestmark = pytest.mark.slow

PROJECT = Path(__file__).parent.parent.parent
WITH_COMMANDS = [
    path.relative_to(PROJECT).as_posix()
    for path in documents(PROJECT)
    if any(block.mark == "sh" for block in blocks_of(path.read_text(encoding="utf-8")))
]


@pytest.mark.parametrize("document", WITH_COMMANDS)
def test_a_reader_who_types_what_a_document_says_gets_what_it_shows(
    document: str, checkout: Callable[[], Path]
) -> None:
    carry_out(PROJECT / document, checkout())


def test_the_documents_that_have_commands_are_found() -> None:
    assert {"README.md", "README.ko.md", "docs/sources.md", "docs/add-an-indicator.md", "docs/release.md"} <= {
        *WITH_COMMANDS
    }


def test_the_indicator_a_document_adds_is_in_a_release_that_verifies(checkout: Callable[[], Path]) -> None:
    folder = checkout()
    document = PROJECT / "docs" / "add-an-indicator.md"
    added = next(block for block in blocks_of(document.read_text(encoding="utf-8")) if block.mark == "sql")
    metric = Path(str(added.path)).stem
    carry_out(document, folder)
    named = {path.parent for path in (folder / "var" / "releases").glob("*/indicators.csv") if metric in text(path)}
    (release,) = named
    units = len(text(release / "units.csv").splitlines()) - 1
    assert text(release / "indicators.csv").count(f",{metric},") == units
    verified = subprocess.run(
        [sys.executable, "-m", "jipyo", "verify", str(release)], cwd=folder, capture_output=True, text=True, check=False
    )
    assert verified.returncode == 0, verified.stderr


def test_the_indicator_a_document_adds_is_not_there_already() -> None:
    document = PROJECT / "docs" / "add-an-indicator.md"
    added = next(block for block in blocks_of(document.read_text(encoding="utf-8")) if block.mark == "sql")
    assert not (PROJECT / str(added.path)).exists()


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


DOCUMENT = """# A title

```sh
ls
```

```text
a
```

Words in between.

```text
shown, no answer
```

**`folder/file.toml`**

```toml
x = 1
```

**`folder/file.toml`** (append)

```toml
y = 2
```
"""


def test_blocks_are_told_apart() -> None:
    found = list(blocks_of(DOCUMENT))
    assert [block.mark for block in found] == ["sh", "text", "text", "toml", "toml"]
    assert [block.answers for block in found] == [False, True, False, False, False]
    assert [block.path for block in found] == [None, None, None, "folder/file.toml", "folder/file.toml"]
    assert [block.appended for block in found] == [False, False, False, False, True]
    assert found[0].line == 3


ANSWERS = [
    pytest.param("a\nb\n", "a\nb\n", True, id="the same"),
    pytest.param("a\n", "a  \n", True, id="blanks at the end of a line"),
    pytest.param("a\n", "b\n", False, id="another line"),
    pytest.param("a\n", "a\nb\n", False, id="a line too many"),
    pytest.param("a\n…\nc\n", "a\nb\nb\nc\n", True, id="any lines between"),
    pytest.param("a\n…\nc\n", "a\nb\n", False, id="the last line is missing"),
    pytest.param("2021-0123456789ab\n", "2021-ba9876543210\n", True, id="another release"),
    pytest.param("12.5\n", "12.6\n", False, id="another number"),
    pytest.param("a … b\n", "a x b\n", False, id="an ellipsis within a line stands for itself"),
]


@pytest.mark.parametrize(("expected", "printed", "fits"), ANSWERS)
def test_an_answer_is_compared_line_by_line(expected: str, printed: str, fits: bool) -> None:
    if fits:
        check_answer(expected, printed, "here")
    else:
        with pytest.raises(AssertionError, match="here"):
            check_answer(expected, printed, "here")


def test_a_diff_is_applied_where_its_lines_stand_once() -> None:
    assert patched("a\nb\nc\n", "@@ one @@\n a\n-b\n+B\n@@ two @@\n-c\n+C\n", "here") == "a\nB\nC\n"
    with pytest.raises(AssertionError, match="stands 2 times"):
        patched("b\nb\n", "@@ one @@\n-b\n+B\n", "here")
