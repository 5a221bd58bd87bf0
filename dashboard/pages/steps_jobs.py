"""An evaluation under way in a process of its own: its progress, or why it came to nothing."""

from __future__ import annotations

import streamlit as st

from dashboard.desk.jobs import Job
from dashboard.markup import bullets, paragraph, safe, tag
from dashboard.pages.data_work import EVERY_SECOND
from dashboard.shell import show
from dashboard.words import Words


def finished(job: Job, words: Words) -> bool:
    """Whether a job has its answer; otherwise its progress, or why it has none."""
    match job.state:
        case "done":
            return True
        case "running":
            _watch(job, words)
        case "refused":
            show(paragraph(words("steps.job.refused"), "jp-caution"))
            show(bullets(fault.text(words.language) for fault in job.faults))
        case "cancelled" | "crashed" as ended:
            show(paragraph(words(f"steps.job.{ended}"), "jp-caution"))
    return False


@st.fragment(run_every=EVERY_SECOND)
def _watch(job: Job, words: Words) -> None:
    """The time it has taken, renewed by itself; the page runs again once there is an answer."""
    if job.state != "running":
        st.rerun()
    said = words("steps.job.running", seconds=job.progress.seconds)
    show(tag("p", safe(said), "jp-working", role="status"))
    st.button(words("steps.job.cancel"), key=f"cancel-{job.folder.name}", on_click=job.cancel)
