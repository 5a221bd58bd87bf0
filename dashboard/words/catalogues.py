"""The gettext catalogues of the dashboard's words: a folder a language, a file a page, told apart by keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final, get_args

from babel.messages.pofile import read_po

from etl.errors import Language

CATALOGUES: Final = Path(__file__).parent


def read_catalogues(folder: Path = CATALOGUES) -> dict[str, dict[Language, str]]:
    """Every text of every page, as key -> language -> text.

    Args:
        folder: with a folder a language, in which each page has its `.po` file. The message id is the text's key, so
            that Korean and English stand side by side as translations of the same thing and neither leads.

    Raises:
        PoFileError: a catalogue is not well formed. It ships with the program, so no fault of a user.
    """
    words: dict[str, dict[Language, str]] = {}
    for language in get_args(Language):
        for key, text in _texts(folder / language):
            words.setdefault(key, {})[language] = text
    return words


def _texts(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.glob("*.po")):
        with path.open("rb") as file:
            catalogue = read_po(file, abort_invalid=True)
        yield from ((str(message.id), str(message.string)) for message in catalogue if message.id)
