"""The documents as tests read them: what a reader would type, the files they would write, the answers they would get.

In a document,

- a block marked `sh` is what a reader types. Blocks run in order, in one copy of the checkout where `make demo` has
  been run. Lines that begin with `make` are left out: they build an environment and serve.
- a block marked `text` right after it is what that prints, both streams together. A line of `…` alone stands for any
  lines, and the digits of a digest for any digits: they change with every release.
- a block right after a line of the form **`path`** is a file the reader writes; with the word append after the path,
  it is added to the file; a `diff` is applied to it.

Blocks marked otherwise are shown and not run.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

SKIPPED_FOLDERS: Final = {".venv", ".git", "var", "node_modules"}
_FENCE: Final = re.compile(r"^```(?P<mark>[^\n`]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_CAPTION: Final = re.compile(r"^\*\*`(?P<path>[^`\n]+)`\*\*(?P<how>[^\n]*)\n\n\Z", re.MULTILINE)
_DIGEST: Final = re.compile(r"\b(?:[0-9a-f]{64}|[0-9]{4}-[0-9a-f]{12}|[0-9a-f]{12})\b")
_HUNK: Final = re.compile(r"^@@.*@@.*\n", re.MULTILINE)
_ANY_LINES: Final = "(?:.*\n)*"


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block of a document.

    Args:
        mark: what follows the fence: sh, text, toml, …
        body: its lines.
        path: the file it is, where a line above says so.
        appended: whether it is added to that file.
        answers: whether it stands right after a block of sh.
        line: where it begins in the document.
    """

    mark: str
    body: str
    path: str | None
    appended: bool
    answers: bool
    line: int


def blocks_of(text: str) -> Iterator[Block]:
    """Every fenced block of a document, in order."""
    end, before = 0, ""
    for found in _FENCE.finditer(text):
        between = text[end : found.start()]
        caption = _CAPTION.search(between)
        yield Block(
            mark=found["mark"].strip(),
            body=found["body"],
            path=caption["path"] if caption else None,
            appended="append" in caption["how"] if caption else False,
            answers=before == "sh" and not between.strip(),
            line=text.count("\n", 0, found.start()) + 1,
        )
        end, before = found.end(), found["mark"].strip()


def documents(project: Path) -> list[Path]:
    """Every document of the project, sorted."""
    found = [path for path in project.rglob("*.md") if not SKIPPED_FOLDERS & set(path.relative_to(project).parts)]
    return sorted(path for path in found if not any(part.startswith(".") for part in path.relative_to(project).parts))


def language_of(document: Path) -> str:
    """The language in which a document's commands answer: that of its reader."""
    return "en" if document.name in ("README.md", "CHANGELOG.md") else "ko"


def carry_out(document: Path, folder: Path) -> None:
    """Do everything a document says, in a copy of the checkout.

    Raises:
        AssertionError: a command fails, or answers otherwise than the document says.
    """
    said, printed = None, ""
    for block in blocks_of(document.read_text(encoding="utf-8")):
        where = f"{document.name}, line {block.line}"
        if block.path is not None:
            write_block(block, folder, where)
        elif block.mark == "sh":
            said, printed = where, run_block(block, folder, language_of(document), where)
        elif block.mark == "text" and block.answers:
            check_answer(block.body, printed, f"{where}, after the commands of {said}")


def write_block(block: Block, folder: Path, where: str) -> None:
    """The file a block is, as its reader would write it."""
    path = folder / str(block.path)
    path.parent.mkdir(parents=True, exist_ok=True)
    if block.mark == "diff":
        path.write_text(patched(path.read_text(encoding="utf-8"), block.body, where), encoding="utf-8")
    elif block.appended:
        path.write_text(path.read_text(encoding="utf-8") + "\n" + block.body, encoding="utf-8")
    else:
        path.write_text(block.body, encoding="utf-8")


def patched(text: str, diff: str, where: str) -> str:
    """A text after a diff without line numbers; every stretch must be there exactly once."""
    for hunk in filter(None, _HUNK.split(diff)):
        lines = hunk.splitlines(keepends=True)
        before = "".join(line[1:] for line in lines if line[0] in " -")
        after = "".join(line[1:] for line in lines if line[0] in " +")
        assert text.count(before) == 1, f"{where}: this stands {text.count(before)} times in the file:\n{before}"
        text = text.replace(before, after)
    return text


def run_block(block: Block, folder: Path, language: str, where: str) -> str:
    """What a block of commands prints."""
    lines = [line for line in block.body.splitlines() if not line.startswith("make ")]
    environment = {
        **os.environ,
        "PATH": f"{folder / '.venv' / 'bin'}:{os.environ['PATH']}",
        "JIPYO_LANGUAGE": language,
        "PYTHONUNBUFFERED": "1",  # what goes to the two streams stays in order
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    ran = subprocess.run(
        ["sh", "-e", "-c", "\n".join(lines)],
        cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, f"{where}: ended with {ran.returncode} and said\n{ran.stdout}"
    return ran.stdout


def check_answer(expected: str, printed: str, where: str) -> None:
    """Whether what was printed is what the document shows."""
    stretches = [re.escape(_settled(stretch)) for stretch in re.split(r"^…\n", expected, flags=re.MULTILINE)]
    fits = re.fullmatch(_ANY_LINES.join(stretches), _settled(printed))
    assert fits, f"{where}: the document shows\n{expected}\nand what is printed is\n{printed}"


def _settled(text: str) -> str:
    """Without blanks at the ends of lines, and with any digest for a digest."""
    return _DIGEST.sub("DIGEST", "".join(f"{line.rstrip()}\n" for line in text.splitlines()))
