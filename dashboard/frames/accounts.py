"""The accounts as the page lists them."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.words import Words
from dashboard.workflow.account_changes import Change, Listed


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One account in words.

    Attributes:
        login: what is typed.
        name: what is shown.
        role: what they are to the evaluation.
        unit: their department's name with its code; empty without one.
        state: whether it can be used now.
        until: until when it is locked; empty where it is not.
        ways: how they sign in.
        sessions: in how many browsers they are signed in.
        seen: when they were last heard of, in Korean time.
        is_open: whether it is in use.
    """

    login: str
    name: str
    role: str
    unit: str
    state: str
    until: str
    ways: str
    sessions: int
    seen: str
    is_open: bool


def account_rows(listed: Sequence[Listed], departments: Mapping[str, str], words: Words) -> list[AccountRow]:
    """The accounts in words, in their order."""
    return [
        AccountRow(
            login=one.login,
            name=one.name,
            role=words(f"role.{one.role}"),
            unit=unit_name(one.unit_id, departments),
            state=words(f"accounts.state.{one.state}"),
            until=words("accounts.until", moment=words.moment(one.locked_until)) if one.locked_until else "",
            ways=", ".join(words(f"accounts.way.{way}") for way in one.ways) or words("accounts.way.none"),
            sessions=one.sessions,
            seen=words.moment(one.seen_at) if one.seen_at else words("accounts.never"),
            is_open=one.active,
        )
        for one in listed
    ]


def changes_access(one: Listed, wanted: Change) -> bool:
    """Whether a change reaches further than the name: to role, department or use."""
    return (wanted.role, wanted.unit_id or None, wanted.active) != (one.role, one.unit_id, one.active)


def change_told(one: Listed, wanted: Change, departments: Mapping[str, str], words: Words) -> str:
    """What will happen to an account, sentence by sentence: use, role, department, and that its owner is signed out.

    Args:
        one: as it is.
        wanted: as it shall be; every part is given.
        departments: code -> name.
        words: the reader's language.
    """
    nowhere = words("accounts.no_unit")
    old, new = (words(f"role.{role}") for role in (one.role, wanted.role))
    units = [unit_name(unit, departments) or nowhere for unit in (one.unit_id, wanted.unit_id)]
    facts = {"login": one.login, "name": one.name, "count": one.sessions}
    said = [
        (one.active and not wanted.active, "close", {}),
        (wanted.active and not one.active, "open", {}),
        (old != new, "role", {"old": old, "new": new}),
        ((wanted.unit_id or None) != one.unit_id, "unit", dict(zip(("old", "new"), units, strict=True))),
        (one.sessions > 0, "sessions", {}),
        (one.active and not one.sessions, "no_sessions", {}),
    ]
    return " ".join(words(f"accounts.change.{key}", **facts, **more) for is_so, key, more in said if is_so)


def rows_with(rows: Sequence[AccountRow], text: str) -> list[AccountRow]:
    """The rows that hold a text in login, name, role or department, however it is written."""
    wanted = _folded(text)
    return [row for row in rows if wanted in _folded(" ".join((row.login, row.name, row.role, row.unit)))]


def unit_name(unit_id: str | None, departments: Mapping[str, str]) -> str:
    """A department's name with its code; one that the latest release does not know, by its code alone."""
    if not unit_id:
        return ""
    return f"{departments[unit_id]} ({unit_id})" if unit_id in departments else unit_id


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()
