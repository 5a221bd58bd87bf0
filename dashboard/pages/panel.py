"""정성평가: panels opened, marks given by each assessor for themselves, closed, and written among the records."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from dashboard.access import Action, Person, can
from dashboard.choices import lasting
from dashboard.desk.jobs import Job
from dashboard.desk.place import RECORDS, records_folder
from dashboard.markup import Column, Html, Line, paragraph, safe, table
from dashboard.pages.certain import certain
from dashboard.pages.drafted import Drafted
from dashboard.pages.long_work import taken
from dashboard.pages.request_work import Hearing, attempt, caution, hearing_of, notice, said, say_the_step
from dashboard.reader import store
from dashboard.shell import choose, desk_head, heading, long_text, open_desk_page, show, state
from dashboard.words import Words
from dashboard.workflow.acting import Doing
from dashboard.workflow.panel import (
    Given,
    NewPanel,
    add_assessors,
    begin_writing,
    close_panel,
    code_of,
    eligible,
    give_mark,
    is_assessor,
    marks_for,
    may_mark,
    note_written,
    open_panel,
    panels_for,
    progress,
    rows_of,
)
from dashboard.workflow.requests import LONGEST_TEXT, Seen
from dashboard.workflow.tables.accounts import Account
from dashboard.workflow.tables.panel import Mark, Panel
from etl.scoring.rulebook_points import Panel as PanelPoints
from etl.shown import NOTHING, number

NEEDED = (Action.GIVE_MARKS, Action.MANAGE_PANEL, Action.SEE_AUDIT)


def may_see(person: Person) -> bool:
    """Whether somebody may have to do with panels at all."""
    return any(can(person, action) for action in NEEDED)


# Those who mark ------------------------------------------------------------------------------------------------------


def marking(hearing: Hearing, panel: Panel) -> None:
    """The reader's own marks, and the form for another."""
    words, person = hearing.words, hearing.actor.person
    own = {
        one.unit_id: one
        for one in marks_for(person, panel, hearing.step)
        if person and one.account_id == person.account_id
    }
    with store().read() as session:
        open_units = [unit_id for unit_id in hearing.reading.units if may_mark(session, person, panel, unit_id)]
    heading(words("panel.give"))
    if not open_units and panel.closed_at is None:
        caution(words("panel.not_now"))
    show(paragraph(words("panel.secret"), "jp-note"), own_table(hearing, own))
    if not open_units:
        return
    turn = st.session_state.setdefault(f"panel turn {panel.id}", 0)
    with st.container(border=True):
        unit_id = st.selectbox(
            words("data.department"),
            open_units,
            index=None,
            format_func=hearing.unit_name,
            placeholder=words("data.upload.choice"),
            key=lasting(f"mark-unit-{turn}", open_units, hearing.unit_name),
        )
        if unit_id is None:
            return
        draft = Drafted(person, f"panel {panel.id} {unit_id}")
        given = _asked(words, draft, unit_id, own.get(unit_id), f"{unit_id}-{turn}")
        draft.keep(words)
        if not st.button(words("panel.save"), key="mark-save", type="primary"):
            return
    units = set(hearing.reading.units)
    if attempt(hearing, f"panel {panel.id}", lambda session: give_mark(session, hearing.actor, panel.id, given, units)):
        draft.drop()
        st.session_state[f"panel turn {panel.id}"] = turn + 1
        said("panel.done.given")
        st.rerun()


def _asked(words: Words, draft: Drafted, unit_id: str, before: Mark | None, key: str) -> Given:
    """What the form says; the version is that of the mark it first showed."""
    version = st.session_state.setdefault(f"mark seen {key}", before.version if before else None)
    was_recused = before is not None and before.mark is None
    recused = st.checkbox(words("panel.recuse"), key=draft.field(f"mark-recuse-{key}", was_recused, name="recused"))
    mark = None
    if not recused:
        first = (before.mark if before else None) or ""
        field = draft.field(f"mark-{key}", first, name="mark")
        mark = (st.text_input(words("panel.mark"), key=field, max_chars=20) or "").strip()
    field = draft.field(f"mark-note-{key}", before.note if before else "", name="note")
    note = long_text(words("panel.note"), LONGEST_TEXT, words, key=field, height=120)
    return Given(unit_id, mark, note or "", version)


def own_table(hearing: Hearing, own: dict[str, Mark]) -> Html:
    """Every department with the reader's own mark."""
    words, person = hearing.words, hearing.actor.person
    columns = [
        Column(words("data.department")),
        Column(words("panel.mark"), "tight"),
        Column(words("panel.note"), "wide"),
    ]
    lines = []
    for unit_id in hearing.reading.units:
        mark = own.get(unit_id)
        is_own = person is not None and person.unit_id == unit_id
        shown = words("panel.own") if is_own else mark_text(mark, words) if mark else words("panel.not_yet")
        lines.append(Line([safe(hearing.unit_name(unit_id)), safe(shown), safe(mark.note if mark else NOTHING)]))
    return table(words("panel.marks"), columns, lines)


def mark_text(mark: Mark, words: Words) -> str:
    """A mark, or that it is a recusal."""
    return words("panel.recused") if mark.mark is None else mark.mark


# Those who run it ----------------------------------------------------------------------------------------------------


def opening(hearing: Hearing, panels: Sequence[Panel]) -> None:
    """The form that opens a panel."""
    words = hearing.words
    qualitative = [one.id for one in hearing.reading.rulebook.indicators if isinstance(one.points, PanelPoints)]
    free = [one for one in qualitative if one not in {panel.indicator for panel in panels}]
    heading(words("panel.open"))
    if not free:
        show(paragraph(words("panel.open.none"), "jp-note"))
        return
    with store().read() as session:
        names = {one.id: _named(hearing, one) for one in eligible(session)}
    with st.container(border=True):
        indicator = st.selectbox(
            words("panel.indicator"),
            free,
            format_func=hearing.indicator_name,
            key=lasting("panel-indicator", free, hearing.indicator_name),
        )
        named = st.multiselect(
            words("panel.assessors"),
            list(names),
            format_func=names.__getitem__,
            placeholder=words("data.upload.choice"),
            select_all=False,
            key=lasting("panel-assessors", names, names.__getitem__),
        )
        if not st.button(words("panel.open.save"), key="panel-open", type="primary"):
            return
    new = NewPanel(hearing.year, indicator, hearing.reading.folder.name, named)
    _act(hearing, indicator, lambda session: open_panel(session, hearing.actor, new, qualitative), "panel.done.opened")


def _named(hearing: Hearing, account: Account) -> str:
    role = hearing.words(f"requests.role.{account.role}")
    unit = f", {hearing.unit_name(account.unit_id)}" if account.unit_id else ""
    return f"{account.name} ({role}{unit})"


def overseeing(hearing: Hearing, panel: Panel) -> None:
    """How far each assessor is; once it is closed, every mark."""
    words, units = hearing.words, hearing.reading.units
    left = progress(panel, list(units))
    columns = [Column(words("panel.assessor")), Column(words("panel.left"), "number")]
    lines = [
        Line(
            [safe(f"{code_of(panel, one.account_id)} · {_named(hearing, one.account)}"), safe(number(left[one.number]))]
        )
        for one in panel.assessors
    ]
    show(table(words("panel.assessors"), columns, lines))
    if panel.closed_at is None:
        show(paragraph(words("panel.secret"), "jp-note"))
    else:
        show(marks_table(hearing, panel, marks_for(hearing.actor.person, panel, hearing.step)))


def marks_table(hearing: Hearing, panel: Panel, marks: Sequence[Mark]) -> Html:
    """The marks of a closed panel, by department and assessor."""
    words = hearing.words
    columns = [
        Column(words("data.department")),
        Column(words("panel.assessor"), "tight"),
        Column(words("panel.mark"), "tight"),
        Column(words("panel.note"), "wide"),
    ]
    lines = [
        Line(
            [
                safe(hearing.unit_name(one.unit_id)),
                safe(code_of(panel, one.account_id)),
                safe(mark_text(one, words)),
                safe(one.note or NOTHING),
            ]
        )
        for one in marks
    ]
    return table(words("panel.marks"), columns, lines)


def adding(hearing: Hearing, panel: Panel) -> None:
    """The form that names more assessors."""
    words, seen = hearing.words, Seen(panel.id, panel.version)
    there = {one.account_id for one in panel.assessors}
    with store().read() as session:
        names = {one.id: _named(hearing, one) for one in eligible(session) if one.id not in there}
    with st.expander(words("panel.add"), key=f"panel-adding-{panel.id}"):
        show(paragraph(words("panel.add.what"), "jp-note"))
        named = st.multiselect(
            words("panel.assessors"),
            list(names),
            format_func=names.__getitem__,
            placeholder=words("data.upload.choice"),
            select_all=False,
            key=lasting(f"panel-more-{panel.id}-{panel.version}", names, names.__getitem__),
        )
        if st.button(words("panel.add.save"), key="panel-add", disabled=not named):
            _act(
                hearing,
                panel.indicator,
                lambda session: add_assessors(session, hearing.actor, seen, named),
                "panel.done.added",
            )


def ending(hearing: Hearing, panel: Panel) -> None:
    """Closing a panel, and writing its marks among the records."""
    words, seen = hearing.words, Seen(panel.id, panel.version)
    if panel.closed_at is None:
        show(paragraph(words("panel.close.what"), "jp-note"))
        if certain("panel-close", words("panel.close"), words("panel.close.certain"), words):
            units = list(hearing.reading.units)
            _act(
                hearing,
                panel.indicator,
                lambda session: close_panel(session, hearing.actor, seen, units),
                "panel.done.closed",
            )
    elif panel.written_at is None:
        show(paragraph(words("panel.write.what"), "jp-note"))
        if _written(hearing, panel):
            _act(
                hearing,
                panel.indicator,
                lambda session: note_written(session, hearing.actor, seen),
                "panel.done.written",
            )


def _written(hearing: Hearing, panel: Panel) -> bool:
    """Whether the marks have just been written; until then the button, or the progress."""
    words, kept = hearing.words, f"writing {panel.id}"
    folder = records_folder()
    if folder is None or not folder.is_dir():
        caution(words("requests.no_records", variable=RECORDS))
        return False
    if kept not in st.session_state:
        about, seen = _about(hearing, panel.indicator), Seen(panel.id, panel.version)
        begin = partial(begin_writing, actor=hearing.actor, seen=seen)
        if st.button(words("panel.write"), key="panel-write") and attempt(hearing, about, begin):
            request = {"records": str(folder.absolute()), "rows": rows_of(panel)}
            st.session_state[kept] = Job("write_marks", request)
            st.rerun()
        return False
    return taken(kept, words) is not None


def _act(hearing: Hearing, indicator: str, what: Doing, done: str) -> None:
    if attempt(hearing, _about(hearing, indicator), what):
        said(done)
        st.rerun()


def _about(hearing: Hearing, indicator: str) -> str:
    return f"panel {hearing.year} {indicator}"


# The page ------------------------------------------------------------------------------------------------------------


def state_of(panel: Panel) -> str:
    """How far a panel is."""
    return "written" if panel.written_at else "closed" if panel.closed_at else "open"


def one_panel(hearing: Hearing, panels: Sequence[Panel]) -> None:
    """The panel chosen, as far as it is the reader's."""
    words, person = hearing.words, hearing.actor.person
    names = {
        one.indicator: f"{hearing.indicator_name(one.indicator)} · {words(f'panel.state.{state_of(one)}')}"
        for one in panels
    }
    indicator = hearing.address.indicator if hearing.address.indicator in names else panels[0].indicator
    choose(words("panel.indicator"), "indicator", names, indicator)
    panel = next(one for one in panels if one.indicator == indicator)
    manages = can(person, Action.MANAGE_PANEL, state=hearing.step)
    if manages or can(person, Action.SEE_AUDIT):
        overseeing(hearing, panel)
    if is_assessor(person, panel):
        marking(hearing, panel)
    if manages and panel.closed_at is None:
        adding(hearing, panel)
    if manages:
        ending(hearing, panel)


def page() -> None:
    """The page from top to bottom."""
    address, words = open_desk_page("panel")
    desk_head(words("panel.title"), words("panel.question"), "")
    hearing = hearing_of("panel", address, words, may_see, "no_panel_for_you")
    person = hearing.actor.person
    with store().read() as session:
        panels = panels_for(session, person, hearing.year)
    manages = can(person, Action.MANAGE_PANEL, state=hearing.step)
    if not panels and not manages and hearing.closed is None:
        state("no_panel_for_you", "", words)
        return
    say_the_step(hearing)
    notice(words)
    if panels:
        one_panel(hearing, panels)
    if manages:
        opening(hearing, panels)


page()
