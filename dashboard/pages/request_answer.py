"""An answer to a request: the verdict, the reason, and what would be written down if it is upheld."""

from __future__ import annotations

import streamlit as st

from dashboard.choices import lasting
from dashboard.markup import safe, tag
from dashboard.pages.drafted import Drafted
from dashboard.pages.request_change import change_form, read_change
from dashboard.pages.request_work import Hearing, act, form_key, seen_in_form
from dashboard.shell import heading, long_text, show
from dashboard.workflow.request_kinds import Verdict
from dashboard.workflow.request_rulings import Answer, answer_request
from dashboard.workflow.requests import LONGEST_TEXT
from dashboard.workflow.tables.requests import Request


def answering(hearing: Hearing, request: Request) -> None:
    """The form; an earlier answer that is not decided yet is replaced, and stays in the trace."""
    words, seen, key = hearing.words, seen_in_form(request), form_key(request)
    heading(words("requests.answer"))
    draft = Drafted(hearing.actor.person, f"request {request.id} answer")
    with st.container(border=True):
        verdicts = {one.value: words(f"requests.verdict.{one}") for one in Verdict}
        verdict = st.selectbox(
            words("requests.verdict"),
            list(verdicts),
            index=None,
            format_func=verdicts.__getitem__,
            placeholder=words("data.upload.choice"),
            key=lasting(draft.field(f"answer-{key}", options=verdicts, name="verdict"), verdicts, verdicts.__getitem__),
        )
        field = draft.field(f"answer-text-{key}", name="text")
        text = long_text(words("requests.answer.text"), LONGEST_TEXT, words, key=field, height=120)
        cells = change_form(hearing, request, draft) if verdict in (Verdict.UPHELD, Verdict.PARTLY) else None
        draft.keep(words)
        if not st.button(words("requests.answer.save"), key="answer-save", type="primary"):
            return
        if verdict is None:
            show(tag("p", safe(words("requests.answer.needs")), "jp-caution", role="alert"))
            return
        change = None
        if cells is not None:
            change = read_change(cells, hearing)
            if change is None:
                return
    answer = Answer(Verdict(verdict), text or "", change)
    act(
        hearing,
        request,
        lambda session: answer_request(session, hearing.actor, seen, answer),
        "requests.done.answered",
        draft,
    )
