"""One request: what was said on it, its evidence, and what its reader may do now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import streamlit as st

from dashboard.access import Action, Person, Thing, can
from dashboard.address import Address
from dashboard.choices import lasting
from dashboard.frames.data import DIGEST_SHOWN, size_text
from dashboard.frames.requests import change_sentences, subject_text
from dashboard.markup import Fact, Html, bullets, facts_row, join, link, paragraph, safe, tag
from dashboard.pages.certain import certain
from dashboard.pages.drafted import Drafted
from dashboard.pages.request_answer import answering
from dashboard.pages.request_looking import carrying_out, looking
from dashboard.pages.request_work import Hearing, act, anew, caution, form_key, refusal_of, seen_in_form
from dashboard.reader import store
from dashboard.shell import heading, long_text, show, state
from dashboard.theme import uploader_words
from dashboard.words import Words
from dashboard.workflow.evidence import FORMS, add_evidence
from dashboard.workflow.request_kinds import Verdict
from dashboard.workflow.request_rulings import (
    Decision,
    decide_request,
    faults_of_deciding,
    may_be_answered,
    may_be_carried_out,
    may_be_decided,
    return_request,
)
from dashboard.workflow.requests import (
    LONGEST_TEXT,
    change_of,
    edit_request,
    faults_of_text,
    may_be_edited,
    reference,
    request_for,
    withdraw_request,
)
from dashboard.workflow.settings import Settings
from dashboard.workflow.tables.requests import EvidenceFile, Remark, Request
from etl.shown import SEOUL, day_typed

_RETURN: Final = "returned"
_TURN: Final = "evidence so far"
_REFUSED: Final = "evidence refused"
"""Why the last file was not taken, until it is said."""


@dataclass(frozen=True, slots=True)
class Rights:
    """What the reader may do to a request now."""

    edit: bool
    answer: bool
    decide: bool
    carry_out: bool


def one_request(hearing: Hearing, request_id: str) -> None:
    """The request from top to bottom; that there is none, where it is not the reader's to see."""
    words, person = hearing.words, hearing.actor.person
    show(tag("p", link(words("requests.back"), hearing.address.to(request=None, part=None).href("requests"))))
    found = _found(person, request_id)
    if found is None:
        state("no_request", "", words)
        return
    request, may = found
    head(hearing, request)
    thread(hearing, request)
    evidence(hearing, request, may.edit)
    if may.edit:
        own_words(hearing, request)
    if may.answer:
        answering(hearing, request)
    # Who may not see a draft of every department's score is not shown what a draft would say of them.
    if request.change is not None and can(person, Action.SEE_UNIT):
        looking(hearing, request, may_look=may.answer or may.decide)
    if may.decide:
        deciding(hearing, request)
    if may.carry_out:
        carrying_out(hearing, request)


def _found(person: Person | None, request_id: str) -> tuple[Request, Rights] | None:
    with store().read() as session:
        request = request_for(session, person, request_id)
        if request is None:
            return None
        return request, Rights(
            may_be_edited(session, person, request, datetime.now(UTC)),
            may_be_answered(session, person, request),
            may_be_decided(session, person, request),
            may_be_carried_out(session, person, request),
        )


# What is known -------------------------------------------------------------------------------------------------------


def head(hearing: Hearing, request: Request) -> None:
    """Number, department, subject and state; department and subject lead to their pages."""
    words, about = hearing.words, subject_text(request, hearing.reading.rulebook, hearing.words)
    verdict = words(f"requests.verdict.{request.verdict}") if request.verdict else ""
    kind = words(f"requests.kind.{request.kind}")
    heading(words("requests.heading", kind=kind, reference=reference(request)))
    show(
        facts_row(
            [
                Fact(words("data.department"), hearing.unit_name(request.unit_id), "", href=_to_unit(hearing, request)),
                Fact(words("requests.about"), about, "", href=_to_indicator(hearing, request)),
                Fact(words("requests.state"), words(f"requests.state.{request.state}"), verdict),
            ]
        )
    )
    said = [words("requests.filed_at", moment=words.moment(request.filed_at), release=request.release)]
    if request.met_on:
        said.append(words("requests.met", day=words.day(request.met_on)))
    change = change_of(request)
    if change is not None:
        said += change_sentences(change, hearing.reading.rulebook, words)
    if request.led_to:
        said.append(words("requests.led_to", place=request.ruled_in or "", release=request.led_to))
    show(bullets(said))


def _to_unit(hearing: Hearing, request: Request) -> str:
    """The department's page, where the reader may see its result; else nothing."""
    seen = can(hearing.actor.person, Action.SEE_UNIT, Thing(request.unit_id), hearing.step)
    return _result(hearing, request).href("department") if seen else ""


def _to_indicator(hearing: Hearing, request: Request) -> str:
    """The indicator's page at the department's records, likewise, where the request is about an indicator."""
    if request.indicator is None or not _to_unit(hearing, request):
        return ""
    return _result(hearing, request).to(indicator=request.indicator).href("indicator")


def _result(hearing: Hearing, request: Request) -> Address:
    return Address(lang=hearing.address.lang, year=str(request.year), unit=request.unit_id)


def thread(hearing: Hearing, request: Request) -> None:
    """Everything that was said, the first first."""
    heading(hearing.words("requests.thread"))
    show(*(_remark(hearing, remark) for remark in request.remarks))


def _remark(hearing: Hearing, remark: Remark) -> Html:
    words = hearing.words
    role = words(f"requests.role.{remark.account.role}")
    # Names are for those who run or audit the evaluation; a department speaks with an office.
    who = f"{remark.account.name} ({role})" if can(hearing.actor.person, Action.SEE_REQUEST) else role
    verdict = words(f"requests.verdict.{remark.verdict}") if remark.verdict else ""
    title = " · ".join(
        part for part in (words(f"requests.did.{remark.did}"), verdict, who, words.moment(remark.at)) if part
    )
    return join([tag("h3", safe(title), "jp-subheading"), tag("p", safe(remark.text), "jp-said", dir="auto")])


# Evidence ------------------------------------------------------------------------------------------------------------


def evidence(hearing: Hearing, request: Request, edits: bool) -> None:
    """The files that prove it, and, while it may be edited, room for another."""
    words, settings = hearing.words, Settings.from_environment()
    heading(words("requests.evidence"))
    if not request.evidence:
        show(paragraph(words("requests.evidence.none"), "jp-note"))
    rows = [
        tag("li", Html(link(file.name, f"evidence/{file.id}") + safe(f" · {_facts(file, words)}")))
        for file in request.evidence
    ]
    if rows:
        show(tag("ul", join(rows), "jp-sentences"))
    if not edits or len(request.evidence) >= settings.evidence_files:
        return
    refused = st.session_state.pop(_REFUSED, None)
    if refused is not None:
        show(refused)
    show(uploader_words(words("data.upload.browse"), words("data.upload.or_drop")))
    turn = st.session_state.setdefault(_TURN, 0)
    endings = ", ".join(ending[1:] for ending in FORMS)
    facts = {"megabytes": settings.evidence_megabytes, "most": settings.evidence_files, "endings": endings}
    received = st.file_uploader(
        words("requests.evidence.add", **facts), key=f"evidence-{turn}", max_upload_size=settings.evidence_megabytes
    )
    if received is not None:
        file, seen = (received.name, received.getvalue()), seen_in_form(request)
        refusal = refusal_of(
            hearing,
            reference(request),
            lambda session: add_evidence(session, hearing.actor, seen, file, settings),
            request.id,
        )
        # Another key lets go of the bytes, whether they were taken or not; drawn anew, the picker takes the next file.
        st.session_state[_TURN] = turn + 1
        if refusal is None:
            anew(request, "requests.done.evidence")
        st.session_state[_REFUSED] = refusal
        st.rerun()


def _facts(file: EvidenceFile, words: Words) -> str:
    return f"{size_text(file.size)} · {words('requests.evidence.digest', digest=file.sha256[:DIGEST_SHOWN])}"


# What its author may do ----------------------------------------------------------------------------------------------


def own_words(hearing: Hearing, request: Request) -> None:
    """Another wording, or taking it back."""
    words, seen, key = hearing.words, seen_in_form(request), form_key(request)
    heading(words("requests.edit"))
    draft = Drafted(hearing.actor.person, f"request {request.id} edit")
    with st.container(border=True):
        latest = next(one.text for one in reversed(request.remarks) if one.did in ("filed", "edited"))
        field = draft.field(f"edit-{key}", latest, name="edit")
        text = long_text(words("requests.text"), LONGEST_TEXT, words, key=field, height=160)
        if st.button(words("requests.edit.save"), key="edit-save"):
            act(
                hearing,
                request,
                lambda session: edit_request(session, hearing.actor, seen, text or ""),
                "requests.done.edited",
                draft,
            )
        field = draft.field(f"withdraw-{key}", name="withdraw")
        why = st.text_input(words("requests.withdraw.why"), key=field, max_chars=500)
        lacks = [fault.text(words.language) for fault in faults_of_text(why or "")]
        if certain("withdraw-save", words("requests.withdraw"), words("requests.withdraw.what"), words, lacks=lacks):
            act(
                hearing,
                request,
                lambda session: withdraw_request(session, hearing.actor, seen, why or ""),
                "requests.done.withdrawn",
                draft,
            )
        draft.keep(words)


# What the approver may do --------------------------------------------------------------------------------------------


def deciding(hearing: Hearing, request: Request) -> None:
    """The committee's record: verdict, gist and day."""
    words, seen, key = hearing.words, seen_in_form(request), form_key(request)
    heading(words("requests.decide"))
    draft = Drafted(hearing.actor.person, f"request {request.id} decide")
    options = [Verdict.REFUSED.value, _RETURN]
    if request.change is not None and request.consequences is not None:
        options = [Verdict.UPHELD.value, Verdict.PARTLY.value, *options]
    elif request.change is not None:
        caution(words("requests.decide.look_first"))
    with st.container(border=True):
        names = {one: words(f"requests.verdict.{one}") for one in options}
        verdict = st.selectbox(
            words("requests.verdict"),
            options,
            index=None,
            format_func=names.__getitem__,
            placeholder=words("data.upload.choice"),
            key=lasting(draft.field(f"decide-{key}", options=options, name="verdict"), options, names.__getitem__),
        )
        field = draft.field(f"met-{key}", name="met_on")
        example = words.day(datetime.now(SEOUL).date())
        met_on = st.text_input(words("requests.met_on", example=example), key=field, max_chars=20)
        field = draft.field(f"gist-{key}", name="gist")
        text = long_text(words("requests.gist"), LONGEST_TEXT, words, key=field, height=120)
        draft.keep(words)
        decision = _typed_decision(verdict, met_on or "", text or "")
        lacks = _why_not_decide(request, verdict, decision, text or "", words)
        if not certain("decide-save", words("requests.decide.save"), words("requests.decide.what"), words, lacks=lacks):
            return
    if decision is None:
        act(
            hearing,
            request,
            lambda session: return_request(session, hearing.actor, seen, text or ""),
            "requests.done.returned",
            draft,
        )
        return
    act(
        hearing,
        request,
        lambda session: decide_request(session, hearing.actor, seen, decision),
        "requests.done.decided",
        draft,
    )


def _typed_decision(verdict: str | None, met_on: str, text: str) -> Decision | None:
    """What stands in the form as a decision; None while it lacks a verdict or a day, or asks for another answer."""
    day = day_typed(met_on)
    return None if verdict in (None, _RETURN) or day is None else Decision(Verdict(verdict), text, day)


def _why_not_decide(
    request: Request, verdict: str | None, decision: Decision | None, text: str, words: Words
) -> list[str]:
    """What would be refused of what stands in the form, before anybody is asked whether they are sure."""
    if decision is not None:
        faults = faults_of_deciding(request, decision, datetime.now(UTC))
    elif verdict == _RETURN:
        faults = faults_of_text(text)
    else:
        return [words("requests.decide.needs")]
    return [fault.text(words.language) for fault in faults]
