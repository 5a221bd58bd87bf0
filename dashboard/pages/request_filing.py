"""A new appeal or request: what it is about, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.frames.data import kind_name
from dashboard.markup import link, paragraph, tag
from dashboard.pages.drafted import Drafted
from dashboard.pages.request_work import Hearing, attempt, caution, said
from dashboard.shell import heading, long_text, show
from dashboard.workflow.request_kinds import KINDS, RequestKind
from dashboard.workflow.request_subjects import known_of
from dashboard.workflow.requests import LONGEST_TEXT, NewRequest, file_request
from etl.intake.recognitions import KINDS as RECORD_KINDS


def filing(hearing: Hearing, kinds: Sequence[RequestKind]) -> None:
    """The form; what may not be filed now is not offered, and refused if it is sent all the same."""
    words, address = hearing.words, hearing.address
    heading(words("requests.new"))
    show(tag("p", link(words("requests.back"), address.to(part=None, request=None).href("requests"))))
    if not kinds:
        not_now(hearing)
        return
    draft = Drafted(hearing.actor.person, f"file {hearing.year}")
    with st.container(border=True):
        kind = st.selectbox(
            words("requests.kind"),
            list(kinds),
            format_func=lambda one: words(f"requests.kind.{one}"),
            key=draft.field("file-kind", kinds[0], kinds),
        )
        show(paragraph(words(f"requests.kind.{kind}.what"), "jp-note"))
        unit_id = _unit(hearing, draft, kind)
        subject = _subject(hearing, draft, kind)
        text = long_text(
            words("requests.text"),
            LONGEST_TEXT,
            words,
            key=draft.field("file-text"),
            height=200,
            placeholder=words("requests.text.how"),
        )
        show(paragraph(words("requests.evidence.later"), "jp-note"))
        if st.button(words("requests.send"), key="file-send", type="primary"):
            new = NewRequest(hearing.year, kind, unit_id, hearing.reading.folder.name, text or "", **subject)
            _send(hearing, draft, new)
        draft.keep(words)


def not_now(hearing: Hearing) -> None:
    """That nothing may be filed at this step, and where it is said when something may."""
    words, address = hearing.words, hearing.address
    caution(words("requests.not_now"))
    show(tag("p", link(words("state.not_shown_yet.go"), address.to(part=None, request=None).href("steps"))))


def _unit(hearing: Hearing, draft: Drafted, kind: RequestKind) -> str:
    """The department: a member's own, by their session; of a proposal, the one chosen."""
    person = hearing.actor.person
    if person is not None and person.unit_id is not None:
        show(paragraph(hearing.words("requests.for_unit", unit=hearing.unit_name(person.unit_id)), "jp-note"))
        return person.unit_id
    chosen = st.selectbox(
        hearing.words("data.department"),
        list(hearing.reading.units),
        index=None,
        format_func=hearing.unit_name,
        placeholder=hearing.words("data.upload.choice"),
        key=draft.field(f"file-unit-{kind}", options=hearing.reading.units),
    )
    return chosen or ""


def _subject(hearing: Hearing, draft: Drafted, kind: RequestKind) -> Mapping[str, str | None]:
    """What the request is about, as its kind asks."""
    match KINDS[kind].about:
        case "indicator":
            indicator = _indicator(hearing, draft, kind)
            record = _record(hearing, draft, kind, optional=True) if kind is RequestKind.APPEAL else {}
            return {"indicator": indicator, **record}
        case "record":
            return _record(hearing, draft, kind, optional=False)
        case "rule":
            return {"rule": _rule(hearing, draft, kind)}


def _indicator(hearing: Hearing, draft: Drafted, kind: RequestKind) -> str | None:
    ids = [one.id for one in hearing.reading.rulebook.indicators]
    named = hearing.address.indicator if hearing.address.indicator in ids else None
    return st.selectbox(
        hearing.words("requests.indicator"),
        ids,
        index=None,
        format_func=hearing.indicator_name,
        placeholder=hearing.words("data.upload.choice"),
        key=draft.field(f"file-indicator-{kind}", named, ids),
    )


def _record(hearing: Hearing, draft: Drafted, kind: RequestKind, *, optional: bool) -> Mapping[str, str | None]:
    words = hearing.words
    record_kind = st.selectbox(
        words("requests.record_kind.optional" if optional else "requests.record_kind"),
        list(RECORD_KINDS),
        index=None,
        format_func=lambda one: kind_name(one, words),
        placeholder=words("data.upload.choice"),
        key=draft.field(f"file-record-kind-{kind}", options=RECORD_KINDS),
    )
    record_id = st.text_input(
        words("requests.record_id.optional" if optional else "requests.record_id"),
        key=draft.field(f"file-record-{kind}"),
        max_chars=200,
    )
    return {"record_kind": record_kind, "record_id": (record_id or "").strip() or None}


def _rule(hearing: Hearing, draft: Drafted, kind: RequestKind) -> str | None:
    book = hearing.reading.rulebook
    rules = [one.id for one in (book.bonus if kind is RequestKind.BONUS else book.penalty)]
    return st.selectbox(
        hearing.words("requests.rule"),
        rules,
        index=None,
        format_func=hearing.rule_name,
        placeholder=hearing.words("data.upload.choice"),
        key=draft.field(f"file-rule-{kind}", options=rules),
    )


def _send(hearing: Hearing, draft: Drafted, new: NewRequest) -> None:
    """File it, and go to it, where evidence can be added."""
    known = known_of(hearing.reading)
    filed: list[str] = []
    if attempt(
        hearing,
        f"{new.year} {new.kind}",
        lambda session: filed.append(file_request(session, hearing.actor, new, known).id),
    ):
        draft.drop()
        said("requests.done.filed")
        st.query_params.from_dict(hearing.address.to(part=None, request=filed[0]).query)
        st.rerun()
