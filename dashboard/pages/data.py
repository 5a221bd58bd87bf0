"""자료: what has arrived and how it stands, new files, rows that count nowhere, names to decide on, earlier loads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import streamlit as st

from dashboard.access import Action, can
from dashboard.desk.place import RECORDS, records_folder
from dashboard.markup import paragraph, safe, tag
from dashboard.pages.data_loads import loads
from dashboard.pages.data_names import names
from dashboard.pages.data_rejects import rejects
from dashboard.pages.data_state import how_it_stands
from dashboard.pages.data_upload import upload
from dashboard.pages.data_work import Desk
from dashboard.reader import person_of_reader
from dashboard.shell import choose, desk_head, open_desk_page, state
from dashboard.words import Words

Part = Callable[[Desk], None]

PARTS: Final[Mapping[str, Part]] = {
    "state": how_it_stands,
    "upload": upload,
    "rejects": rejects,
    "names": names,
    "loads": loads,
}
COMMAND: Final = "jipyo serve --releases releases --records records"


def folder_for(words: Words) -> Path:
    """The folder of records; where there is none to show, that is said instead."""
    trouble, folder = "", records_folder()
    if not can(person_of_reader(), Action.SEE_RECEIVED):
        trouble, folder = "not_for_you", None
    elif folder is None:
        trouble = "no_records"
    elif not folder.is_dir():
        trouble = "records_not_there"
    if trouble or folder is None:
        about = RECORDS if folder is None else str(folder)
        more = [] if trouble == "not_for_you" else [paragraph(words("state.commands")), tag("code", safe(COMMAND))]
        state(trouble, about, words, more)
        st.stop()
    return folder


def page() -> None:
    """The page from top to bottom."""
    address, words = open_desk_page()
    named = records_folder()
    about = words("data.folder", folder=named) if named and can(person_of_reader(), Action.SEE_RECEIVED) else ""
    desk_head(words("data.title"), words("data.question"), about)
    folder = folder_for(words)
    part = address.part if address.part is not None and address.part in PARTS else "state"
    choose(words("data.part"), "part", {one: words(f"data.part.{one}") for one in PARTS}, part)
    PARTS[part](Desk(folder, address, words))


page()
