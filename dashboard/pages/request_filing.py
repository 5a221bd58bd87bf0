"""A new appeal or request: what it is about, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.access import Action, Thing, can
from dashboard.choices import lasting
from dashboard.frames.requests import record_label
from dashboard.markup import link, paragraph, tag
from dashboard.pages.drafted import Drafted
from dashboard.pages.request_work import Hearing, attempt, caution, said
from dashboard.reader import note_people_seen
from dashboard.shell import heading, long_text, show
from dashboard.view import read_once
from dashboard.workflow.request_kinds import KINDS, RequestKind
from dashboard.workflow.request_subjects import known_of
from dashboard.workflow.requests import LONGEST_TEXT, NewRequest, file_request
from etl.insight.evidence import is_about_people
from etl.insight.own_records import OwnRecord, kinds_behind, records_behind, records_of
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

    def kind_name(one: RequestKind) -> str:
        return words(f"requests.kind.{one}")

    with st.container(border=True):
        kind = st.selectbox(
            words("requests.kind"),
            list(kinds),
            format_func=kind_name,
            key=lasting(draft.field("file-kind", kinds[0], kinds), kinds, kind_name),
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
    units = list(hearing.reading.units)
    chosen = st.selectbox(
        hearing.words("data.department"),
        units,
        index=None,
        format_func=hearing.unit_name,
        placeholder=hearing.words("data.upload.choice"),
        key=lasting(draft.field(f"file-unit-{kind}", options=units), units, hearing.unit_name),
    )
    return chosen or ""


def _subject(hearing: Hearing, draft: Drafted, kind: RequestKind) -> Mapping[str, str | None]:
    """What the request is about, as its kind asks."""
    match KINDS[kind].about:
        case "indicator":
            indicator = _indicator(hearing, draft, kind)
            record = _record_behind(hearing, draft, kind, indicator) if kind is RequestKind.APPEAL else {}
            return {"indicator": indicator, **record}
        case "record":
            return _record(hearing, draft, own_records(hearing, kind, None), f"file-which-{kind}", "requests.record")
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
        key=lasting(draft.field(f"file-indicator-{kind}", None, ids, suggested=named), ids, hearing.indicator_name),
    )


def _record_behind(
    hearing: Hearing, draft: Drafted, kind: RequestKind, indicator: str | None
) -> Mapping[str, str | None]:
    """One of the records behind the indicator, where it is about one; a record that is missing is told in the text."""
    records = own_records(hearing, kind, indicator)
    if not records:
        return {}
    # Which records there are depends on the indicator: each has a field of its own.
    return _record(hearing, draft, records, f"file-which-{kind}-{indicator}", "requests.record.optional")


def _record(
    hearing: Hearing, draft: Drafted, records: Sequence[OwnRecord], field: str, label: str
) -> Mapping[str, str | None]:
    words = hearing.words
    every = {f"{one.kind}:{one.record_id}": one for one in records}

    def name(one: str) -> str:
        return record_label(every[one], words) if one in every else str(one)

    chosen = st.selectbox(
        words(label),
        list(every),
        index=None,
        format_func=name,
        placeholder=words("data.upload.choice"),
        key=lasting(draft.field(field, None, every, suggested=hearing.address.record), every, name),
    )
    show(paragraph(words("requests.record.missing" if records else "requests.record.none"), "jp-note"))
    found = every.get(chosen or "")
    return {} if found is None else {"record_kind": found.kind, "record_id": found.record_id}


def own_records(hearing: Hearing, kind: RequestKind, indicator: str | None) -> tuple[OwnRecord, ...]:
    """The records of the reader's department that a request may be about; none for those of no department.

    Where they list people, the log keeps that they were seen.
    """
    person, reading = hearing.actor.person, hearing.reading
    unit_id = person.unit_id if person else None
    if unit_id is None or not can(person, Action.SEE_RECORDS, Thing(unit_id), hearing.step):
        return ()
    if KINDS[kind].about == "record":
        what = f"records to recognise {unit_id}"
        return read_once(reading, what, lambda release: records_of(release, RECORD_KINDS, unit_id))
    found = next((one for one in reading.rulebook.indicators if one.id == indicator), None)
    if kind is not RequestKind.APPEAL or found is None:
        return ()
    records = read_once(
        reading, f"records behind {found.id} {unit_id}", lambda release: records_behind(release, found, unit_id)
    )
    if records and any(map(is_about_people, kinds_behind(found))):
        note_people_seen(reading.folder.name, found.id, unit_id)
    return records


def _rule(hearing: Hearing, draft: Drafted, kind: RequestKind) -> str | None:
    book = hearing.reading.rulebook
    rules = [one.id for one in (book.bonus if kind is RequestKind.BONUS else book.penalty)]
    return st.selectbox(
        hearing.words("requests.rule"),
        rules,
        index=None,
        format_func=hearing.rule_name,
        placeholder=hearing.words("data.upload.choice"),
        key=lasting(draft.field(f"file-rule-{kind}", options=rules), rules, hearing.rule_name),
    )


def _send(hearing: Hearing, draft: Drafted, new: NewRequest) -> None:
    """File it, and go to it, where evidence can be added."""
    known = known_of(hearing.reading, own_records(hearing, new.kind, new.indicator))
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
