"""A new appeal or request: what it is about, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.frames.data import kind_name
from dashboard.markup import link, paragraph, tag
from dashboard.pages.request_work import Hearing, attempt, caution, said
from dashboard.shell import heading, show
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
        caution(words("requests.not_now"))
        return
    with st.container(border=True):
        kind = st.selectbox(
            words("requests.kind"),
            list(kinds),
            format_func=lambda one: words(f"requests.kind.{one}"),
            key="file-kind",
        )
        show(paragraph(words(f"requests.kind.{kind}.what"), "jp-note"))
        unit_id = _unit(hearing, kind)
        subject = _subject(hearing, kind)
        text = st.text_area(
            words("requests.text"),
            key="file-text",
            max_chars=LONGEST_TEXT,
            height=200,
            placeholder=words("requests.text.how"),
        )
        show(paragraph(words("requests.evidence.later"), "jp-note"))
        if st.button(words("requests.send"), key="file-send", type="primary"):
            _send(hearing, NewRequest(hearing.year, kind, unit_id, hearing.reading.folder.name, text or "", **subject))


def _unit(hearing: Hearing, kind: RequestKind) -> str:
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
        key=f"file-unit-{kind}",
    )
    return chosen or ""


def _subject(hearing: Hearing, kind: RequestKind) -> Mapping[str, str | None]:
    """What the request is about, as its kind asks."""
    match KINDS[kind].about:
        case "indicator":
            indicator = _indicator(hearing, kind)
            record = _record(hearing, kind, optional=True) if kind is RequestKind.APPEAL else {}
            return {"indicator": indicator, **record}
        case "record":
            return _record(hearing, kind, optional=False)
        case "rule":
            return {"rule": _rule(hearing, kind)}


def _indicator(hearing: Hearing, kind: RequestKind) -> str | None:
    ids = [one.id for one in hearing.reading.rulebook.indicators]
    return st.selectbox(
        hearing.words("requests.indicator"),
        ids,
        index=ids.index(hearing.address.indicator) if hearing.address.indicator in ids else None,
        format_func=hearing.indicator_name,
        placeholder=hearing.words("data.upload.choice"),
        key=f"file-indicator-{kind}",
    )


def _record(hearing: Hearing, kind: RequestKind, *, optional: bool) -> Mapping[str, str | None]:
    words = hearing.words
    record_kind = st.selectbox(
        words("requests.record_kind.optional" if optional else "requests.record_kind"),
        list(RECORD_KINDS),
        index=None,
        format_func=lambda one: kind_name(one, words),
        placeholder=words("data.upload.choice"),
        key=f"file-record-kind-{kind}",
    )
    record_id = st.text_input(
        words("requests.record_id.optional" if optional else "requests.record_id"),
        key=f"file-record-{kind}",
        max_chars=200,
    )
    return {"record_kind": record_kind, "record_id": (record_id or "").strip() or None}


def _rule(hearing: Hearing, kind: RequestKind) -> str | None:
    book = hearing.reading.rulebook
    return st.selectbox(
        hearing.words("requests.rule"),
        [one.id for one in (book.bonus if kind is RequestKind.BONUS else book.penalty)],
        index=None,
        format_func=hearing.rule_name,
        placeholder=hearing.words("data.upload.choice"),
        key=f"file-rule-{kind}",
    )


def _send(hearing: Hearing, new: NewRequest) -> None:
    """File it, and go to it, where evidence can be added."""
    known = known_of(hearing.reading)
    filed: list[str] = []
    if attempt(
        hearing,
        f"{new.year} {new.kind}",
        lambda session: filed.append(file_request(session, hearing.actor, new, known).id),
    ):
        said("requests.done.filed")
        st.query_params.from_dict(hearing.address.to(part=None, request=filed[0]).query)
        st.rerun()
