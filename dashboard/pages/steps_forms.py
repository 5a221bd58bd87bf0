"""Forms of the page of the steps: an evaluation, a move, days, executives. Each asks for permission when it is used."""

from __future__ import annotations

from functools import partial
from typing import Final

import streamlit as st

from dashboard.access import State
from dashboard.address import Address
from dashboard.choices import lasting
from dashboard.desk.jobs import Job
from dashboard.desk.place import RECORDS, records_folder
from dashboard.frames.steps import effect_of, move_name, state_name
from dashboard.markup import bullets, link, paragraph, safe, tag
from dashboard.pages.long_work import finished
from dashboard.pages.steps_acts import Act, actor, ask, typed
from dashboard.pages.steps_changes import between
from dashboard.reader import store
from dashboard.shelf import folder_of_releases
from dashboard.shell import long_text, show
from dashboard.words import Words
from dashboard.workflow.acting import acting
from dashboard.workflow.audit import Actor
from dashboard.workflow.briefing import brief_executives
from dashboard.workflow.moves import ORDER, Step, steps_from
from dashboard.workflow.moving import Wanted, propose_move
from dashboard.workflow.proposals import LONGEST_REASON
from dashboard.workflow.releases import check_release
from dashboard.workflow.rulebooks import begin_evaluation
from dashboard.workflow.windows import Planned, plan_days, window_of
from dashboard.workflow.year import YearStanding
from etl.errors import JipyoError
from etl.shown import NOTHING, number

_EVALUATING: Final = "steps: evaluating"
_REFUSED: Final = "steps: not evaluated because"


# Evaluating ----------------------------------------------------------------------------------------------------------


def evaluate(standing: YearStanding, address: Address, words: Words) -> None:
    """A draft from the folder of records under the rules in force."""
    with st.expander(words("steps.evaluate"), key="steps-evaluate", expanded=_EVALUATING in st.session_state):
        show(paragraph(words("steps.evaluate.what"), "jp-note"))
        job: Job | None = st.session_state.get(_EVALUATING)
        if job is not None:
            _evaluated(job, address, words)
        elif standing.in_force is None:
            show(paragraph(words("steps.evaluate.no_rules"), "jp-caution"))
        elif records_folder() is None:
            show(paragraph(words("steps.evaluate.no_records", variable=RECORDS), "jp-caution"))
        else:
            for fault in st.session_state.pop(_REFUSED, ()):
                show(paragraph(fault.text(words.language), "jp-caution"))
            st.button(words("steps.evaluate.button"), key="evaluate", on_click=_begin, args=(standing.year,))


def _begin(year: int) -> None:
    """Begin an evaluation: that it was begun is written down first."""
    who, records = actor(), records_folder()
    if records is None:
        return
    try:
        with acting(store(), who, f"{year}") as session:
            rulebook = begin_evaluation(session, who, year, records).text
    except JipyoError as error:
        st.session_state[_REFUSED] = error.faults
        return
    places = {"records": str(records.absolute()), "releases": str(folder_of_releases().absolute())}
    st.session_state[_EVALUATING] = Job("evaluate", {**places, "rulebook": rulebook})


def _evaluated(job: Job, address: Address, words: Words) -> None:
    if finished(job, words):
        made = job.result
        counts = {part: number(made[part]) for part in ("rejected", "held")}
        done = words("steps.evaluate.done", release=made["release"], **counts)
        href = Address(lang=address.lang, release=made["release"]).href("overview")
        show(tag("p", safe(done), "jp-working", role="status"), link(words("steps.evaluate.look"), href))
    if job.state != "running":
        st.button(words("job.close"), key="evaluated-close", on_click=_forget)


def _forget() -> None:
    st.session_state.pop(_EVALUATING, None)


# A move --------------------------------------------------------------------------------------------------------------


def propose(standing: YearStanding, fits: list[str], words: Words) -> None:
    """Ask for a move: which, with which release, and why."""
    steps = {f"{step.before}.{step.after}": step for step in steps_from(standing.state)}
    with st.expander(words("steps.propose"), key="steps-propose"):
        names = {key: move_name(step.before, step.after, words) for key, step in steps.items()}
        chosen = st.selectbox(
            words("steps.propose.which"),
            list(steps),
            index=None,
            format_func=names.__getitem__,
            placeholder=words("steps.propose.choice"),
            key=lasting(f"move-{standing.year}-{standing.state}", steps, names.__getitem__),
        )
        if chosen is not None:
            _propose(standing, steps[chosen], fits, words)


def _propose(standing: YearStanding, step: Step, fits: list[str], words: Words) -> None:
    lacking = standing.lacking[step]
    if lacking:
        show(bullets(words(f"steps.need.{need}") for need in lacking))
    release = _which_release(standing, step, fits, words) if step.names_release else standing.evaluation.release
    if lacking or (step.names_release and release is None):
        return
    effect = effect_of(step.before, step.after, standing.year, release, words)
    show(paragraph(words("steps.waiting.effect", effect=effect), "jp-note"))
    reason = f"reason-{standing.year}-{step.before}-{step.after}"
    label = words("steps.reason" if step.needs_reason else "steps.reason.optional")
    long_text(label, LONGEST_REASON, words, key=reason, height=80)
    seen = standing.evaluation.version

    def make() -> Act:
        named = move_name(step.before, step.after, words)
        wanted = Wanted(standing.year, step.after, seen, typed(reason))
        return Act(
            what=words("steps.propose.what", move=named, effect=effect),
            do=partial(_propose_it, wanted, release if step.verifies else None),
            done=words("steps.propose.done"),
            verifies=step.verifies,
        )

    st.button(words("steps.propose.button"), key="propose", type="primary", on_click=ask, args=(make,))


def _which_release(standing: YearStanding, step: Step, fits: list[str], words: Words) -> str | None:
    """The release that becomes the evaluation's; where it replaces one, what that changes."""
    if not fits:
        show(paragraph(words("steps.propose.no_release"), "jp-caution"))
        return None
    key = f"release-{standing.year}-{step.before}-{step.after}"
    placeholder = words("steps.propose.choice")
    release = st.selectbox(words("steps.propose.release"), fits, index=None, placeholder=placeholder, key=key)
    if release is not None and step.replaces and standing.evaluation.release:
        between(folder_of_releases(), standing.evaluation.release, release, words)
    return release


def _propose_it(wanted: Wanted, release: str | None, actor: Actor) -> None:
    checked = check_release(folder_of_releases() / release) if release else None
    with acting(store(), actor, f"{wanted.year}") as session:
        propose_move(session, actor, wanted, checked)


# Days ----------------------------------------------------------------------------------------------------------------


def plan(standing: YearStanding, words: Words) -> None:
    """The days of a step that is not behind."""
    ahead = [state for state in ORDER if ORDER.index(state) >= ORDER.index(standing.state)]
    names = {state: state_name(state, words) for state in ahead}
    with st.expander(words("steps.plan"), key="steps-plan"):
        state = st.selectbox(
            words("steps.plan.which"),
            ahead,
            index=None,
            format_func=names.__getitem__,
            placeholder=words("steps.propose.choice"),
            key=lasting(f"plan-{standing.year}", ahead, names.__getitem__),
        )
        if state is not None:
            _plan(standing, state, words)


def _plan(standing: YearStanding, state: State, words: Words) -> None:
    seen, key = standing.days.get(state), f"plan-{standing.year}-{state}"
    begins, ends, reason = f"{key}-begins", f"{key}-ends", f"{key}-reason"
    st.text_input(words("steps.plan.begins"), value=f"{seen.begins_on}" if seen else "", key=begins, max_chars=14)
    st.text_input(words("steps.plan.ends"), value=f"{seen.ends_on}" if seen else "", key=ends, max_chars=14)
    long_text(words("steps.reason"), LONGEST_REASON, words, key=reason, height=80)

    def make() -> Act:
        said = {"begins": typed(begins), "ends": typed(ends)}
        why = typed(reason)

        def do(who: Actor) -> None:
            planned = Planned(standing.year, state, window_of(said["begins"], said["ends"]), seen, why)
            with acting(store(), who, f"{standing.year}") as session:
                plan_days(session, who, planned)

        return Act(words("steps.plan.what", state=state_name(state, words), **said), do, words("steps.plan.done"))

    st.button(words("steps.plan.button"), key="plan", on_click=ask, args=(make,))


# Executives ----------------------------------------------------------------------------------------------------------


def brief(standing: YearStanding, words: Words) -> None:
    """Show executives the frozen release, or take that back."""
    evaluation = standing.evaluation
    is_shown, seen = evaluation.briefed_at is not None, evaluation.version
    with st.expander(words("steps.brief"), key="steps-brief"):
        at = words.moment(evaluation.briefed_at)
        show(paragraph(words("steps.brief.yes", at=at) if is_shown else words("steps.brief.no"), "jp-note"))

        def do(who: Actor) -> None:
            with acting(store(), who, f"{standing.year}") as session:
                brief_executives(session, who, standing.year, seen, show=not is_shown)

        word = "end" if is_shown else "show"
        what = words(f"steps.brief.{word}_what", release=evaluation.release or NOTHING)
        act = Act(what, do, words("steps.brief.done"))
        st.button(words(f"steps.brief.{word}"), key="brief", on_click=ask, args=(lambda: act,))
