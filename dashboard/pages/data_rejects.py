"""Rows that count nowhere: which, why, and a file of them to mend and load again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from dashboard.address import Address
from dashboard.desk.jobs import MENDED, Job
from dashboard.desk.place import free_name
from dashboard.frames.data import chosen_rejects, kind_name, occurring, reason_name, reject_rows
from dashboard.markup import Column, Html, Line, paragraph, safe, small, table
from dashboard.pages.data_work import RECORD_KEEPERS, Desk, keep_deed, manages_records, page_of, survey_of
from dashboard.pages.long_work import finished
from dashboard.shell import heading, pick, search, show
from dashboard.words import Words
from dashboard.workflow.audit import Did
from etl.intake.survey import Reject, Survey
from etl.shown import number

EVERY = ""


def rejects(desk: Desk) -> None:
    """The rejects with their filters, and the download."""
    folder, address, words = desk.folder, desk.address, desk.words
    survey = survey_of(folder, words)
    if survey is None:
        return
    if not survey.rejects:
        show(paragraph(words("data.rejects.none"), "jp-note"))
        return
    show(paragraph(words("data.rejects.note"), "jp-note"))
    if survey.reasons > len(survey.rejects):
        facts = {"reasons": number(survey.reasons), "listed": number(len(survey.rejects))}
        show(paragraph(words("data.rejects.capped", **facts), "jp-caution"))
    chosen = choices(survey, address, words)
    if not chosen:
        show(paragraph(words("data.rejects.nothing_fits"), "jp-note"))
    else:
        show(rejects_table(page_of(chosen, f"rejects-{hash(tuple(address.query.items()))}", words), words))
    if manages_records():
        mend(folder, survey, address, words)


def choices(survey: Survey, address: Address, words: Words) -> list[Reject]:
    """The filters, and what is left."""
    names = {
        "file": {one: one for one in occurring(survey.rejects, "file")},
        "kind": {one: kind_name(one, words) for one in occurring(survey.rejects, "kind")},
        "reason": {one: reason_name(one, words) for one in occurring(survey.rejects, "reason")},
    }
    said = {part: value if (value := getattr(address, part)) in options else EVERY for part, options in names.items()}
    find = address.find or ""
    columns = st.columns(4)
    for column, (part, options) in zip(columns, names.items(), strict=False):
        with column:
            pick(words(f"data.{part}"), part, options, said[part] or None, words("data.every"))
    with columns[-1]:
        search(words("data.find"), "find", find)
    return chosen_rejects(survey, said["file"], said["kind"], said["reason"], find, words)


def rejects_table(rejects: Sequence[Reject], words: Words) -> Html:
    """One line a reason."""
    columns = [
        Column(words("data.file")),
        Column(words("data.column")),
        Column(words("data.reason"), "wide"),
    ]
    lines = [
        Line(
            [
                Html(safe(row.file) + small(words("data.row_and_state", row=row.row, state=row.state))),
                Html(safe(row.column) + small(row.kind)),
                safe(row.reason),
            ]
        )
        for row in reject_rows(rejects, words)
    ]
    return table(words("data.part.rejects"), columns, lines)


def mend(folder: Path, survey: Survey, address: Address, words: Words) -> None:
    """The rows of one file as they were received, to be mended and loaded again."""
    heading(words("data.mend"))
    files = occurring(survey.rejects, "file")
    file = address.file if address.file in files else files[0] if len(files) == 1 else None
    show(paragraph(words("data.mend.what"), "jp-note"))
    if file is None:
        show(paragraph(words("data.mend.choose"), "jp-note"))
        return
    jobs: dict[str, Job] = st.session_state.setdefault("mending", {})
    sha256 = next(one.loaded.sha256 for one in survey.files if one.loaded.file == file)
    key = f"{file}\n{sha256}\n{survey.reasons}\n{words.language}"
    if key not in jobs:
        if st.button(words("data.mend.make"), key="make-mending"):
            keep_deed(Did.EXPORTED, file, {"what": "rejected_rows", "form": "csv"})
            wanted = sorted(
                {(one.row, one.kind, one.column, one.reason, one.text) for one in survey.rejects if one.file == file}
            )
            jobs.clear()
            about = {"records": str(folder.absolute()), "file": file, "sha256": sha256}
            jobs[key] = Job("mend", {**about, "rows": wanted, "language": words.language})
            st.rerun()
        return
    if finished(jobs[key], words, RECORD_KEEPERS):
        hand_out(jobs[key], free_name(folder, file), words)


def hand_out(job: Job, name: str, words: Words) -> None:
    """The file to download."""
    answer = job.result
    if answer["people"]:
        show(paragraph(words("data.mend.people"), "jp-caution"))
        return
    rows = number(answer["rows"])
    if answer["cut"]:
        show(paragraph(words("data.mend.too_large", rows=rows), "jp-caution"))
    show(paragraph(words("data.mend.formulas"), "jp-note"))
    st.download_button(
        words("data.mend.download", rows=rows),
        (job.made / MENDED).read_bytes(),
        file_name=name,
        mime="text/csv",
        key="download-mending",
        on_click="ignore",
    )
