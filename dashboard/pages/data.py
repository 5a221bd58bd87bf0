"""자료: what has arrived and how it stands, new files, rows that count nowhere, names to decide on, earlier loads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import streamlit as st

from dashboard.access import Action, may_ever
from dashboard.desk.place import RECORDS, records_folder
from dashboard.markup import paragraph, safe, tag
from dashboard.pages.data_loads import loads
from dashboard.pages.data_names import names
from dashboard.pages.data_rejects import rejects
from dashboard.pages.data_state import how_it_stands
from dashboard.pages.data_upload import upload
from dashboard.pages.data_work import Desk, belonging, manages_records
from dashboard.reader import person_of_reader
from dashboard.shell import choose, desk_head, open_desk_page, show, state
from dashboard.words import Words

Part = Callable[[Desk], None]

PARTS: Final[Mapping[str, Part]] = {
    "state": how_it_stands,
    "upload": upload,
    "rejects": rejects,
    "names": names,
    "loads": loads,
}
FORMS: Final = frozenset({"upload"})
"""Parts that are nothing but a form: for those who may load files, while files may be loaded."""
COMMAND: Final = "jipyo serve --releases releases --records records"


def folder_for(words: Words) -> Path:
    """The folder of records; where there is none to show, that is said instead."""
    trouble, folder = "", records_folder()
    if folder is None:
        trouble = "no_records"
    elif not folder.is_dir():
        trouble = "records_not_there"
    if trouble or folder is None:
        about = RECORDS if folder is None else str(folder)
        state(trouble, about, words, [paragraph(words("state.commands")), tag("code", safe(COMMAND))])
        st.stop()
    return folder


def page() -> None:
    """The page from top to bottom."""
    address, words = open_desk_page("data")
    named = records_folder()
    about = words("data.folder", folder=named) if named else ""
    desk_head(words("data.title"), words("data.question"), about)
    folder = folder_for(words)
    why_not = belonging().why_not
    if why_not is not None and may_ever(person_of_reader(), Action.MANAGE_RECORDS):
        show(paragraph(why_not.text(words.language), "jp-caution"))
    receives = why_not is None and manages_records()
    offered = [part for part in PARTS if part not in FORMS or receives]
    part = address.part if address.part is not None and address.part in offered else offered[0]
    choose(words("data.part"), "part", {one: words(f"data.part.{one}") for one in offered}, part)
    PARTS[part](Desk(folder, address, words))


page()
