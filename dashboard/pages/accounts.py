"""계정: who may sign in and as what, for those who keep the accounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from dashboard.access import Role
from dashboard.choices import lasting
from dashboard.departments import departments_now
from dashboard.frames.accounts import AccountRow, account_rows, change_told, changes_access, rows_with, unit_name
from dashboard.markup import Column, Html, Line, paragraph, safe, small, table, tag
from dashboard.pages.account_work import (
    Said,
    add,
    change,
    end_sessions,
    form_of,
    open_again,
    said_now,
    set_first_password,
    typed_change,
)
from dashboard.pages.certain import certain
from dashboard.pages.data_work import page_of
from dashboard.reader import signed_in, store
from dashboard.shell import desk_head, heading, open_desk_page, search, show
from dashboard.words import Words
from dashboard.workflow.account_changes import Listed, list_accounts
from dashboard.workflow.accounts import USUAL_ROLE
from etl.shown import number


def page() -> None:
    """The page from top to bottom."""
    address, words = open_desk_page("accounts")
    desk_head(words("accounts.title"), words("accounts.question"), "")
    tell(said_now(), words)
    with store().read() as session:
        listed = list_accounts(session)
    departments = departments_now()
    show(paragraph(summary(listed, words), "jp-note"))
    search(words("accounts.search"), "find", address.find or "")
    rows = rows_with(account_rows(listed, departments, words), address.find or "")
    if rows:
        show(accounts_table(page_of(rows, f"accounts-{address.find}", words), words))
    else:
        show(paragraph(words("accounts.none"), "jp-note"))
    heading(words("accounts.change"))
    changing([one for one in listed if one.login in {row.login for row in rows}], departments, words)
    heading(words("accounts.add"))
    adding(departments, words)


def tell(said: Said | None, words: Words) -> None:
    """What became of the last click; a password that was made is shown here, and nowhere again."""
    if said is None:
        return
    for fault in said.faults:
        show(tag("p", safe(fault.text(words.language)), "jp-caution", role="alert"))
    if said.key:
        show(tag("p", safe(words(said.key, **said.facts)), "jp-working", role="status"))
    if said.password:
        show(tag("p", tag("code", safe(said.password))))


def summary(listed: Sequence[Listed], words: Words) -> str:
    """How many there are of each sort."""
    is_open = sum(one.active for one in listed)
    locked = sum(one.active and one.locked_until is not None for one in listed)
    counts = {"open": is_open, "closed": len(listed) - is_open, "locked": locked}
    return words("accounts.summary", **{sort: number(count) for sort, count in counts.items()})


def accounts_table(rows: Sequence[AccountRow], words: Words) -> Html:
    """The accounts, those in use first."""
    columns = [Column(words(f"accounts.{part}")) for part in ("name", "role", "unit", "state", "ways")]
    columns.append(Column(words("accounts.seen"), "tight"))
    lines = []
    for row in rows:
        sessions = words("accounts.sessions", count=number(row.sessions)) if row.sessions else ""
        cells = [
            Html(safe(row.name) + small(row.login)),
            safe(row.role),
            safe(row.unit or words("accounts.no_unit")),
            Html(safe(row.state) + small(row.until)),
            safe(row.ways),
            Html(safe(row.seen) + small(sessions)),
        ]
        lines.append(Line(cells))
    return table(words("accounts.title"), columns, lines, heads=0)


# Forms ---------------------------------------------------------------------------------------------------------------


def changing(listed: Sequence[Listed], departments: Mapping[str, str], words: Words) -> None:
    """The choice of an account, and what can be done with it."""
    by_login = {one.login: one for one in listed}

    def name(login: str) -> str:
        return f"{by_login[login].name} ({login})" if login in by_login else login

    login = st.selectbox(
        words("accounts.choose"),
        list(by_login),
        index=None,
        format_func=name,
        placeholder=words("accounts.choose.nothing"),
        key=lasting("account-chosen", by_login, name),
    )
    if login in by_login:
        change_form(by_login[login], departments, words)
        other_actions(by_login[login], words)


def change_form(one: Listed, departments: Mapping[str, str], words: Words) -> None:
    """Name, role, department and use of an account; what would sign its owner out is asked once more.

    No form of the browser's: the question says what the fields hold, so each of them is told as it changes.
    """
    form = form_of(one.login, one.version)
    signed = signed_in()
    is_own = signed is not None and signed.login == one.login
    with st.container(border=True):
        st.text_input(words("accounts.name"), one.name, key=f"{form}-name", max_chars=100)
        roles(form, one.role, words, is_own)
        units(form, one.unit_id or "", departments, words)
        st.checkbox(words("accounts.active"), one.active, key=f"{form}-active", disabled=is_own)
        show(paragraph(words("accounts.own" if is_own else "accounts.active.help"), "jp-note"))
        told = change_told(one, typed_change(one.login, one.version), departments, words)
        certain(
            f"account-save-{one.login}-{one.version}",
            words("accounts.save"),
            told,
            words,
            partial(change, one.login, one.version),
            lambda: not changes_access(one, typed_change(one.login, one.version)),
        )


def other_actions(one: Listed, words: Words) -> None:
    """A new password, an end to a lock, an end to every session."""
    for key, does in (("password", set_first_password), ("end", end_sessions)):
        what = words(f"accounts.{key}.what", login=one.login)
        certain(f"account-{key}", words(f"accounts.{key}"), what, words, partial(does, one.login))
    if one.locked_until is not None:
        st.button(words("accounts.unlock"), key="account-unlock", on_click=open_again, args=(one.login,))


def adding(departments: Mapping[str, str], words: Words) -> None:
    """A new account; no form of the browser's, which would send a choice by the name it had in another language."""
    with st.container(border=True):
        st.text_input(words("accounts.login"), key="add-login", max_chars=100)
        st.text_input(words("accounts.name"), key="add-name", max_chars=100)
        roles("add", USUAL_ROLE, words)
        units("add", "", departments, words)
        show(paragraph(words("accounts.add.note"), "jp-note"))
        st.button(words("accounts.add.do"), key="account-add", type="primary", on_click=add)


def roles(form: str, now: Role, words: Words, disabled: bool = False) -> None:
    """The choice of a role."""
    every = {str(role): words(f"role.{role}") for role in Role}
    st.selectbox(
        words("accounts.role"),
        list(every),
        format_func=every.__getitem__,
        key=lasting(f"{form}-role", every, every.__getitem__, str(now)),
        disabled=disabled,
    )


def units(form: str, now: str, departments: Mapping[str, str], words: Words) -> None:
    """The choice of a department of the latest release; without one its code is typed."""
    if not departments:
        st.text_input(words("accounts.unit.code"), now, key=f"{form}-unit", max_chars=100)
        return
    offered = ["", *departments, *([now] if now and now not in departments else [])]

    def name(unit: str) -> str:
        return unit_name(unit, departments) or words("accounts.no_unit")

    st.selectbox(
        words("accounts.unit"),
        offered,
        format_func=name,
        key=lasting(f"{form}-unit", offered, name, now),
    )


page()
