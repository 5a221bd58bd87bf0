"""A file arrives: uploaded, understood, mapped, compared with what there is, and only then loaded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import streamlit as st
from pydantic import TypeAdapter

from dashboard.choices import lasting
from dashboard.desk.arriving import Change, Looked, TakesPlace
from dashboard.desk.jobs import Job
from dashboard.desk.place import NoPlace, safe_name
from dashboard.desk.uploads import NoRoom, Upload
from dashboard.frames.data import column_name, kind_name, size_text
from dashboard.markup import bullets, paragraph, safe, tag
from dashboard.pages.data_change import what_changes
from dashboard.pages.data_mapping import as_read, as_received, choose_mapping
from dashboard.pages.data_work import RECORD_KEEPERS, Desk, by_managers, keep_deed
from dashboard.pages.long_work import finished
from dashboard.shell import heading, show
from dashboard.theme import uploader_words
from dashboard.words import Words
from dashboard.workflow.audit import Did
from etl.contracts.records import RECORDS
from etl.errors import JipyoError
from etl.intake.mapping import Source
from etl.intake.proposals import sources_of
from etl.intake.proposing.telling import Finding
from etl.shown import number

ARRIVING: Final = "arriving"
_TURN: Final = "uploads so far"
_TROUBLE: Final = "trouble with the upload"


@dataclass
class Arriving:
    """A file on its way: the upload, and the work on it so far."""

    upload: Upload
    looking: Job
    looked: Looked | None = None
    kinds: tuple[str, ...] = ()
    entries: str = ""
    comparing: Job | None = None
    keeping: Job | None = None

    def look_again(self, kinds: tuple[str, ...] = ()) -> None:
        """Understand it anew."""
        self.looking.cancel()
        self.kinds, self.looked, self.entries, self.comparing = kinds, None, "", None
        self.looking = self.upload.propose(kinds)

    def compare(self, entries: str) -> None:
        """Begin to work out what loading it would change."""
        self.entries, self.comparing = entries, self.upload.compare(entries)

    def keep(self, by: str) -> None:
        """Begin to load it."""
        self.keeping = self.upload.keep(self.entries, by)

    def back(self) -> None:
        """Back to the mapping."""
        for job in (self.comparing, self.keeping):
            if job is not None:
                job.cancel()
        self.comparing = self.keeping = None


def upload(desk: Desk) -> None:
    """The step the reader's file is at."""
    folder, words = desk.folder, desk.words
    arriving: Arriving | None = st.session_state.get(ARRIVING)
    if arriving is None:
        ask_for_file(folder, words)
        return
    named = words("data.upload.file", file=arriving.upload.name, size=size_text(arriving.upload.size))
    show(tag("h2", safe(named), "jp-heading"))
    step = keeping if arriving.keeping else comparing if arriving.comparing else understanding
    step(arriving, desk)


# The file ------------------------------------------------------------------------------------------------------------


def ask_for_file(folder: Path, words: Words) -> None:
    """The place to drop a file."""
    show(paragraph(words("data.upload.what"), "jp-note"))
    trouble = st.session_state.pop(_TROUBLE, None)
    if trouble:
        show(tag("p", safe(words(f"data.upload.{trouble}")), "jp-caution", role="alert"))
    show(uploader_words(words("data.upload.browse"), words("data.upload.or_drop")))
    turn = st.session_state.setdefault(_TURN, 0)
    megabytes = st.get_option("server.maxUploadSize")
    received = st.file_uploader(words("data.upload.choose", megabytes=megabytes), key=f"upload-{turn}")
    if received is None:
        return
    # Another key lets go of the bytes: from here on there is one copy, in the private place.
    st.session_state[_TURN] = turn + 1
    name = safe_name(received.name)
    if name is None:
        st.session_state[_TROUBLE] = "bad_name"
        st.rerun()
    try:
        taken = Upload(name, received.getbuffer(), folder)
        st.session_state[ARRIVING] = Arriving(taken, taken.propose())
    except NoPlace:
        st.session_state[_TROUBLE] = "no_place"
    except (NoRoom, OSError):
        st.session_state[_TROUBLE] = "no_room"
    st.rerun()


@by_managers
def let_go() -> None:
    """Forget the file and everything made of it."""
    arriving: Arriving | None = st.session_state.pop(ARRIVING, None)
    if arriving is not None:
        arriving.looking.cancel()
        arriving.back()
        arriving.upload.forget()


def buttons(words: Words, back: Callable[[], None] | None = None) -> None:
    """The ways out of a step."""
    with st.container(horizontal=True):
        if back is not None:
            st.button(words("data.upload.back"), key="upload-back", on_click=by_managers(back))
        st.button(words("data.upload.cancel"), key="upload-cancel", on_click=let_go)


# What was understood -------------------------------------------------------------------------------------------------


def understanding(arriving: Arriving, desk: Desk) -> None:
    """How the file was understood, and the choices."""
    words = desk.words
    if arriving.looked is None:
        if not finished(arriving.looking, words, RECORD_KEEPERS):
            buttons(words, arriving.look_again if arriving.kinds and arriving.looking.state != "running" else None)
            return
        arriving.looked = TypeAdapter(Looked).validate_python(arriving.looking.result)
    looked = arriving.looked
    place = looked.takes_place
    if place is not None and place.call_it:
        # Under the name of another file it would take that file's place, with nothing but its mended rows.
        arriving.upload.call_it(place.call_it)
        arriving.look_again(arriving.kinds)
        st.rerun()
    if looked.mended:
        show(paragraph(words("data.upload.mended"), "jp-note"))
    if place is not None:
        takes_place(place, words)
    else:
        version_of(arriving, desk.folder, words)
    as_received(looked, words)
    if looked.known:
        show(paragraph(words("data.upload.known"), "jp-note"))
        as_read(looked, words)
        entries: str | None = ""
    else:
        told(looked, words)
        ask_for_kinds(arriving, words)
        as_read(looked, words)
        entries = choose_mapping(looked, arriving.upload.folder.name, words)
    with st.container(horizontal=True):
        if st.button(words("data.upload.check"), key="upload-check", type="primary", disabled=entries is None):
            arriving.compare(entries or "")
            st.rerun()
        st.button(words("data.upload.cancel"), key="upload-cancel", on_click=let_go)


def takes_place(place: TakesPlace, words: Words) -> None:
    """Of which rows the mended ones take the place, or why of none."""
    facts = {"file": place.file, "rows": number(place.rows)}
    said = {True: "takes_place", False: "takes_no_place", None: "takes_no_place_gone"}[place.applies]
    show(paragraph(words(f"data.upload.{said}", **facts), "jp-note" if place.applies else "jp-caution"))
    if place.unnumbered:
        show(paragraph(words("data.upload.unnumbered", rows=number(place.unnumbered)), "jp-caution"))


def told(looked: Looked, words: Words) -> None:
    """The findings with their reasons, and the questions left."""
    heading(words("data.upload.understood"))
    show(bullets(finding_text(finding, looked, words) for finding in looked.findings))
    if looked.questions:
        heading(words("data.upload.questions"))
        show(bullets(finding_text(question, looked, words) for question in looked.questions))


def finding_text(finding: Finding, looked: Looked, words: Words) -> str:
    """A finding in the words of the page: columns by name, its own fields instead of the terminal's options."""
    if finding.code == "proposal_other_kind":
        kind_meant = kind_name(str(finding.facts["kind"]), words)
        return words("data.upload.other_kind", kind=kind_meant, headings=finding.facts["headings"])
    if finding.code == "proposal_no_kind":
        return words("data.upload.which_kind", headings=finding.facts["headings"])
    column = str(finding.facts.get("column", ""))
    kind = next((one.kind for one in looked.proposed if column in RECORDS[one.kind].model_fields), None)
    if kind is None:
        return finding.text(words.language)
    return replace(finding, facts={**finding.facts, "column": column_name(kind, column, words)}).text(words.language)


def version_of(arriving: Arriving, folder: Path, words: Words) -> None:
    """The choice of the file this one is a newer version of."""
    files = list(dict.fromkeys(source.file for source in mentioned(folder) if "/" not in source.file))
    if not files:
        return
    options = ["", *(file for file in files if file != arriving.upload.name)]
    names = {"": words("data.upload.new_file")}
    if arriving.upload.name in files:
        options[0] = arriving.upload.name

    def name(file: str) -> str:
        return names.get(file, file)

    @by_managers
    def take() -> None:
        chosen = st.session_state["upload-version-of"]
        if chosen and chosen != arriving.upload.name:
            arriving.upload.call_it(chosen)
            arriving.look_again()

    st.selectbox(
        words("data.upload.version_of"),
        options,
        format_func=name,
        key=lasting("upload-version-of", options, name),
        on_change=take,
    )


def mentioned(folder: Path) -> tuple[Source, ...]:
    """The folder's sources; none where they cannot be read: that is said elsewhere."""
    try:
        return sources_of(folder)
    except JipyoError:
        return ()


def ask_for_kinds(arriving: Arriving, words: Words) -> None:
    """The kinds of record the file feeds; choosing others has it understood anew."""
    looked = arriving.looked
    proposed = [one.kind for one in looked.proposed] if looked else []
    if not proposed:
        show(paragraph(words("data.upload.no_kind"), "jp-caution"))
    names = {kind: kind_name(kind, words) for kind in RECORDS}
    chosen = st.multiselect(
        words("data.upload.kinds"),
        list(names),
        format_func=names.__getitem__,
        placeholder=words("data.upload.choice"),
        select_all=False,
        key=lasting(f"kinds-{arriving.upload.folder.name}-{'-'.join(proposed)}", names, names.__getitem__, proposed),
    )
    if chosen and chosen != proposed:
        st.button(
            words("data.upload.read_as"),
            key="upload-read-as",
            on_click=by_managers(arriving.look_again),
            args=(tuple(chosen),),
        )


# What it changes -----------------------------------------------------------------------------------------------------


def comparing(arriving: Arriving, desk: Desk) -> None:
    """What loading it would change; nothing has changed yet."""
    words = desk.words
    job = arriving.comparing
    if job is None or not finished(job, words, RECORD_KEEPERS):
        buttons(words, arriving.back)
        return
    change = TypeAdapter(Change).validate_python(job.result)
    what_changes(change, words)
    with st.container(horizontal=True):
        if not change.is_loaded and st.button(words("data.upload.load"), key="upload-load", type="primary"):
            # Kept before it is done: no file is loaded without an entry, even where the browser is closed on the way.
            detail = {"records_folder": desk.folder.name, "bytes": arriving.upload.size, **mended_by(change)}
            person = keep_deed(Did.RECORDS_LOADED, arriving.upload.name, detail)
            arriving.keep(person.name)
            st.rerun()
        st.button(words("data.upload.back"), key="upload-back", on_click=by_managers(arriving.back))
        st.button(words("data.upload.cancel"), key="upload-cancel", on_click=let_go)


def mended_by(change: Change) -> dict[str, object]:
    """What the log says of a load whose rows take the place of others: of which file, and how many."""
    if not change.mended:
        return {}
    return {
        "mended_file": ", ".join(file for file, _ in change.mended),
        "mended_rows": sum(rows for _, rows in change.mended),
    }


def keeping(arriving: Arriving, desk: Desk) -> None:
    """The load itself, and that it is done."""
    words = desk.words
    job = arriving.keeping
    if job is None or not finished(job, words, RECORD_KEEPERS):
        if job is not None and job.state != "running":
            show(paragraph(words("data.upload.refused"), "jp-caution"))
            buttons(words, arriving.back)
        return
    change = TypeAdapter(Change).validate_python(job.result)
    show(tag("p", safe(words("data.upload.loaded", file=arriving.upload.name)), "jp-working", role="status"))
    what_changes(change, words)
    arriving.upload.path.unlink(missing_ok=True)
    st.button(words("data.upload.another"), key="upload-another", type="primary", on_click=let_go)
