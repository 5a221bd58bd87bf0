"""Whoever reads a page: looked up anew at every run, so that what changed about them counts at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

import streamlit as st

from dashboard.access import NOTHING, Action, Person, Scope, State, Thing, can, scope_of
from dashboard.workflow import audit
from dashboard.workflow.audit import Actor, Did, Event
from dashboard.workflow.frozen import frozen_releases
from dashboard.workflow.request_kinds import RequestKind
from dashboard.workflow.requests import why_not_file
from dashboard.workflow.sessions import Signed, look_up
from dashboard.workflow.settings import Settings
from dashboard.workflow.steps import Standing, standing_of
from dashboard.workflow.store import Store, store_of
from dashboard.workflow.viewing import Seen, note_records_seen
from etl.errors import Fault, NotPermitted

_NOTED: Final = "records seen"


def store() -> Store:
    """The workflow's database of this installation."""
    return store_of(Settings.from_environment())


def signed_in() -> Signed | None:
    """Who is signed in, by the session the gate names; None where there is no gate or no session."""
    digest = st.user.to_dict().get("session")
    if not isinstance(digest, str):
        return None
    with store().read() as session:
        return look_up(session, digest, Settings.from_environment())


def person_of_reader() -> Person | None:
    """Who is signed in, to the permission table."""
    found = signed_in()
    return found.person if found else None


def standing_of_release(name: str, published: bool) -> Standing:
    """How far a release has come.

    Args:
        name: of the release.
        published: whether `CURRENT` points at it.
    """
    with store().read() as session:
        return standing_of(session, name, published)


def scope_of_release(person: Person | None, name: str, published: bool) -> Scope | None:
    """What somebody may see of a release; None is nothing at all.

    Args:
        person: who.
        name: of the release.
        published: whether `CURRENT` points at it.
    """
    standing = standing_of_release(name, published)
    return scope_of(person, standing.state, standing.briefed)


def sees_drafts(person: Person | None) -> bool:
    """Whether somebody may see releases that nobody has frozen, and so may be told which there are."""
    return can(person, Action.SEE_BODY)


def frozen_for(person: Person | None) -> dict[int, str]:
    """Year -> the release its evaluation has frozen, of those that somebody may see."""
    with store().read() as session:
        frozen = frozen_releases(session)
    return {year: name for year, name in frozen.items() if scope_of_release(person, name, published=False)}


# What a reader does --------------------------------------------------------------------------------------------------


def act(
    action: Action,
    did: Did,
    about: str,
    detail: Mapping[str, Any] | None = None,
    state: State = State.COLLECTING,
) -> Person:
    """Let the reader do something and keep it in the log; keep it as refused where they may not.

    Called where the thing is done, not where its button is shown: a message can be sent without a button.

    Args:
        action: what they want to do.
        did: what the log calls it.
        about: what it is done to.
        detail: the rest, for the log.
        state: the step its evaluation has reached; for what belongs to none, the first.

    Raises:
        NotPermitted: they may not.
    """
    signed = signed_in()
    allowed = can(signed.person if signed else None, action, state=state)
    if signed is not None:
        event = Event(did if allowed else Did.REFUSED, about, dict(detail or {}), refused=not allowed)
        with store().write() as session:
            audit.append(session, Actor(signed.person, signed.address), event)
    if signed is None or not allowed:
        raise NotPermitted(Fault("not_permitted", ""))
    return signed.person


def demand(action: Action, thing: Thing = NOTHING, state: State = State.COLLECTING) -> Person:
    """The reader, who may do this now.

    Raises:
        NotPermitted: they may not.
    """
    person = person_of_reader()
    if person is None or not can(person, action, thing, state):
        raise NotPermitted(Fault("not_permitted", ""))
    return person


def may_appeal(person: Person | None, year: int, unit_id: str) -> bool:
    """Whether somebody may appeal for a department now.

    Args:
        person: who.
        year: evaluated.
        unit_id: the department.
    """
    with store().read() as session:
        return why_not_file(session, person, RequestKind.APPEAL, year, unit_id, datetime.now(UTC)) is None


def note_people_seen(release: str, what: str, unit_id: str) -> None:
    """Keep in the log that the reader opened records that list people, once for each sign-in, not for each run.

    Args:
        release: its name.
        what: the metric or indicator.
        unit_id: the department.
    """
    signed = signed_in()
    seen = Seen(release, what, unit_id)
    noted: set[tuple[str, Seen]] = st.session_state.setdefault(_NOTED, set())
    if signed is not None and (signed.digest, seen) not in noted:
        note_records_seen(store(), signed, seen)
        noted.add((signed.digest, seen))
