"""Proposals that wait: what they do, and the forms to approve, refuse or withdraw them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import streamlit as st

from dashboard.access import Action, Person, State, Thing, can
from dashboard.frames.steps import DIGEST_SHOWN, effect_of, move_name
from dashboard.markup import paragraph
from dashboard.pages.steps_acts import Act, ask, typed
from dashboard.pages.steps_changes import between, kept
from dashboard.reader import store
from dashboard.shelf import folder_of_releases
from dashboard.shell import heading, long_text, show
from dashboard.words import Words
from dashboard.workflow.acting import acting
from dashboard.workflow.audit import Actor
from dashboard.workflow.moves import step_between
from dashboard.workflow.moving import decide_move, withdraw_move
from dashboard.workflow.proposals import LONGEST_REASON, Decision
from dashboard.workflow.releases import check_release
from dashboard.workflow.rulebooks import decide_rulebook, withdraw_rulebook
from dashboard.workflow.tables.steps import Move, RulebookVersion
from dashboard.workflow.year import YearStanding


@dataclass(frozen=True, slots=True)
class Pending:
    """A proposal as its form needs it.

    Attributes:
        key: names its widgets.
        what: the proposal in words.
        effect: what happens once it is approved.
        approves: the action of whoever decides it.
        decide: decides it.
        withdraw: takes it back.
        verifies: whether approving computes a release again first.
    """

    key: str
    what: str
    effect: str
    approves: Action
    decide: Callable[[Decision, Actor], object]
    withdraw: Callable[[Actor], object]
    verifies: bool = False


def waiting(standing: YearStanding, person: Person | None, words: Words) -> None:
    """The rulebook and the move that wait, each with its forms."""
    rulebook, move = standing.waiting_rulebook, standing.waiting_move
    if rulebook is None and move is None:
        return
    heading(words("steps.waiting"))
    if rulebook is not None:
        with st.container(border=True):
            _told(rulebook, pending := _rulebook(rulebook, words), words)
            kept(rulebook.changes, words)
            _forms(rulebook, pending, person, standing.state, words)
    if move is not None:
        with st.container(border=True):
            _told(move, pending := _move(move, words), words)
            if move.replaces and move.release:
                between(folder_of_releases(), move.replaces, move.release, words)
            _forms(move, pending, person, standing.state, words)


def _rulebook(version: RulebookVersion, words: Words) -> Pending:
    return Pending(
        key=f"rulebook-{version.year}-{version.number}",
        what=words("steps.waiting.rulebook", number=version.number, digest=version.digest[:DIGEST_SHOWN]),
        effect=words("steps.effect.rulebook", number=version.number, year=version.year),
        approves=Action.APPROVE_RULEBOOK,
        decide=partial(_decide_rulebook, version.year, version.number),
        withdraw=partial(_withdraw_rulebook, version.year, version.number, version.version),
    )


def _move(move: Move, words: Words) -> Pending:
    before, after = State(move.from_state), State(move.to_state)
    step, name = step_between(before, after), move_name(before, after, words)
    verifies = step is not None and step.verifies
    return Pending(
        key=f"move-{move.id}",
        what=words("steps.waiting.move", move=name, release=move.release) if move.release else name,
        effect=effect_of(before, after, move.year, move.release, words),
        approves=Action.APPROVE_MOVE,
        decide=partial(_decide_move, move.id, move.year, move.release if verifies else None),
        withdraw=partial(_withdraw_move, move.id, move.year, move.version),
        verifies=verifies,
    )


def _told(proposal: Move | RulebookVersion, pending: Pending, words: Words) -> None:
    at = words.moment(proposal.proposed_at)
    show(
        paragraph(pending.what, "jp-subheading"),
        paragraph(words("steps.waiting.by", name=proposal.proposed_name, at=at), "jp-note"),
        *([paragraph(words("steps.waiting.why", reason=proposal.reason), "jp-note")] if proposal.reason else []),
        paragraph(words("steps.waiting.effect", effect=pending.effect), "jp-note"),
    )


def _forms(
    proposal: Move | RulebookVersion, pending: Pending, person: Person | None, state: State, words: Words
) -> None:
    thing = Thing(author=proposal.proposed_by)
    if can(person, pending.approves, thing, state):
        _answer(pending, proposal.version, words)
    elif can(person, Action.WITHDRAW_PROPOSAL, thing, state):
        act = Act(words("steps.withdraw.what", what=pending.what), pending.withdraw, words("steps.withdraw.done"))
        st.button(words("steps.withdraw"), key=f"withdraw-{pending.key}", on_click=ask, args=(lambda: act,))
    else:
        show(paragraph(words("steps.waiting.others"), "jp-note"))


def _answer(pending: Pending, seen: int, words: Words) -> None:
    """A remark, yes and no; `seen` is the version on the screen."""
    reason = f"reason-{pending.key}"
    long_text(words("steps.reason.answer"), LONGEST_REASON, words, key=reason, height=80)

    def decide(word: str) -> Act:
        is_yes = word == "approve"
        decision = Decision(seen, is_yes, typed(reason))
        what = words(f"steps.{word}.what", what=pending.what, effect=pending.effect)
        return Act(what, partial(pending.decide, decision), words(f"steps.{word}.done"), pending.verifies and is_yes)

    with st.container(horizontal=True):
        yes, no = partial(decide, "approve"), partial(decide, "refuse")
        st.button(words("steps.approve"), key=f"approve-{pending.key}", type="primary", on_click=ask, args=(yes,))
        st.button(words("steps.refuse"), key=f"refuse-{pending.key}", on_click=ask, args=(no,))


def _decide_rulebook(year: int, number: int, decision: Decision, actor: Actor) -> None:
    with acting(store(), actor, f"{year}") as session:
        decide_rulebook(session, actor, year, number, decision)


def _withdraw_rulebook(year: int, number: int, seen: int, actor: Actor) -> None:
    with acting(store(), actor, f"{year}") as session:
        withdraw_rulebook(session, actor, year, number, seen)


def _decide_move(move_id: int, year: int, release: str | None, decision: Decision, actor: Actor) -> None:
    checked = check_release(folder_of_releases() / release) if release and decision.approve else None
    with acting(store(), actor, f"{year}") as session:
        decide_move(session, actor, move_id, decision, checked)


def _withdraw_move(move_id: int, year: int, seen: int, actor: Actor) -> None:
    with acting(store(), actor, f"{year}") as session:
        withdraw_move(session, actor, move_id, seen)
