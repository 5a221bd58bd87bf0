"""Proposing a rulebook: looked through for faults, compared with the one in force, and then proposed with a reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import Final

import streamlit as st

from dashboard.access import Action, can
from dashboard.desk.jobs import Job
from dashboard.desk.place import RECORDS, records_folder
from dashboard.frames.steps import DIGEST_SHOWN
from dashboard.markup import bullets, paragraph
from dashboard.pages.drafted import Drafted
from dashboard.pages.long_work import finished
from dashboard.pages.steps_acts import Act, ask, typed
from dashboard.pages.steps_changes import kept
from dashboard.reader import person_of_reader, store
from dashboard.shell import long_text, show
from dashboard.theme import uploader_words
from dashboard.words import Words
from dashboard.workflow.acting import acting
from dashboard.workflow.audit import Actor
from dashboard.workflow.proposals import LONGEST_REASON
from dashboard.workflow.rulebooks import Asked, digest_of, propose_rulebook, read_text, versions
from dashboard.workflow.tables.steps import Evaluation
from dashboard.workflow.year import YearStanding, stand_of
from etl.errors import Fault, JipyoError
from etl.scoring.rulebook import Rulebook

_RULES: Final = "steps: rules"
_TURN: Final = "steps: rules so far"
_TEXT: Final = "rules-text"
"""The text as it is kept for its writer: a reload forgets what was begun with it."""


@dataclass
class Rules:
    """A rulebook on its way to be proposed.

    Attributes:
        text: as it was loaded.
        rulebook: what it says; None where it cannot be used.
        faults: why not.
        seen: number of the newest version when it was loaded.
        in_force: text of the rules it is compared with; None where nothing was evaluated yet.
        comparing: the comparison.
    """

    text: bytes
    rulebook: Rulebook | None
    faults: tuple[Fault, ...] = ()
    seen: int = 0
    in_force: str | None = None
    comparing: Job | None = field(default=None)

    @property
    def needs_comparison(self) -> bool:
        """Whether what it changes must be known first, and is not yet."""
        return self.in_force is not None and (self.comparing is None or self.comparing.state != "done")

    @property
    def changes(self) -> str | None:
        """What it changes for whom."""
        return self.comparing.result if self.comparing is not None and not self.needs_comparison else None


def propose_rules(standing: YearStanding | None, words: Words) -> None:
    """The form, from the file to the proposal; none while a version of the year waits."""
    if standing is not None and standing.waiting_rulebook is not None:
        return
    draft = _draft()
    rules = _begun(draft)
    with st.expander(words("steps.rules"), key="steps-rules", expanded=rules is not None or standing is None):
        show(paragraph(words("steps.rules.what"), "jp-note"))
        if rules is None:
            _ask_for_file(words)
        elif rules.rulebook is None:
            show(paragraph(words("steps.rules.faults"), "jp-caution"))
            show(bullets(fault.text(words.language) for fault in rules.faults))
        else:
            _read(rules, rules.rulebook, draft, words)
        if rules is not None:
            st.button(words("steps.rules.forget"), key="rules-forget", on_click=_forget)
        draft.keep(words)


def _draft() -> Drafted:
    return Drafted(person_of_reader(), "rules")


def _begun(draft: Drafted) -> Rules | None:
    """The rules begun with, after a reload those kept of them; none once the draft was cleared."""
    text: str = st.session_state[draft.field(_TEXT)]
    rules: Rules | None = st.session_state.get(_RULES)
    if rules is None and text:
        take(text.encode())
    elif rules is not None and rules.rulebook is not None and not text:
        _let_go()
    return st.session_state.get(_RULES)


def _ask_for_file(words: Words) -> None:
    show(uploader_words(words("steps.rules.browse"), words("steps.rules.or_drop")))
    turn = st.session_state.setdefault(_TURN, 0)
    received = st.file_uploader(words("steps.rules.file"), key=f"rules-{turn}")
    if received is not None:
        # Another key lets go of the file that was dropped.
        st.session_state[_TURN] = turn + 1
        take(received.getvalue())
        st.rerun()


def take(text: bytes) -> None:
    """Begin with this text of a rulebook, as if it had been loaded; it is proposed only by its own step."""
    rules = _looked_through(text)
    st.session_state[_RULES] = rules
    st.session_state[_TEXT] = text.decode("utf-8") if rules.rulebook is not None else ""


def _looked_through(text: bytes) -> Rules:
    try:
        rulebook = read_text(text)
    except JipyoError as error:
        return Rules(text, None, error.faults)
    year = rulebook.evaluation.year
    with store().read() as session:
        known = versions(session, year)
        standing = stand_of(session, year) if session.get(Evaluation, year) else None
    was_evaluated = standing is not None and standing.evaluation.evaluated_at is not None
    in_force = standing.in_force.text if standing and standing.in_force and was_evaluated else None
    return Rules(text, rulebook, (), known[0].number if known else 0, in_force)


def _read(rules: Rules, rulebook: Rulebook, draft: Drafted, words: Words) -> None:
    evaluation = rulebook.evaluation
    about = {
        "year": evaluation.year,
        "title": words.of(evaluation.title),
        "digest": digest_of(rules.text)[:DIGEST_SHOWN],
    }
    show(paragraph(words("steps.rules.read", **about), "jp-subheading"))
    if rules.in_force is not None and not _compared(rules, words):
        return
    if rules.changes is not None:
        kept(rules.changes, words)
    long_text(words("steps.reason"), LONGEST_REASON, words, key=draft.field("rules-reason"), height=80)

    def make() -> Act:
        asked = Asked(rules.text, typed("rules-reason"), rules.seen, rules.changes, records_folder())
        what = words("steps.rules.propose_what", **about)
        return Act(what, partial(_propose, evaluation.year, asked), words("steps.propose.done"))

    st.button(words("steps.rules.propose"), key="rules-propose", type="primary", on_click=ask, args=(make,))


def _compared(rules: Rules, words: Words) -> bool:
    """Whether it is known what the rules change; otherwise the comparison, or the button that begins it."""
    if rules.comparing is not None:
        return finished(rules.comparing, words)
    if records_folder() is None:
        show(paragraph(words("steps.evaluate.no_records", variable=RECORDS), "jp-caution"))
        return False
    st.button(words("steps.rules.compare"), key="rules-compare", on_click=_compare, args=(rules,))
    return False


def _compare(rules: Rules) -> None:
    records = records_folder()
    may = can(person_of_reader(), Action.PROPOSE_RULEBOOK)
    if may and records is not None and rules.in_force is not None:
        request = {"records": str(records.absolute()), "before": rules.in_force, "after": rules.text.decode("utf-8")}
        rules.comparing = Job("compare_rules", request)


def _propose(year: int, asked: Asked, actor: Actor) -> None:
    with acting(store(), actor, f"{year}") as session:
        propose_rulebook(session, actor, asked)
    _forget()


def _forget() -> None:
    _let_go()
    st.session_state[_TEXT] = ""
    _draft().drop()


def _let_go() -> None:
    rules: Rules | None = st.session_state.pop(_RULES, None)
    if rules is not None and rules.comparing is not None:
        rules.comparing.cancel()
