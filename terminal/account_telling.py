"""What the commands about accounts ask and tell: a password, and the list."""

from __future__ import annotations

import getpass
import stat
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from rich.console import Console
from rich.table import Table

from etl.errors import Fault, Language, UsageError
from etl.shown import SEOUL
from terminal.screen import language, one_line

if TYPE_CHECKING:
    from dashboard.workflow.account_changes import Listed


# The password ---------------------------------------------------------------------------------------------------------


def ask_password(file: Path | None, *, once: bool = False) -> str:
    """The password of a file, or the one typed on a terminal; never an argument, which others could see.

    Args:
        file: with the password alone.
        once: whether it is known already; a new one is typed twice.

    Raises:
        UsageError: the file is open to others or holds none; the two differ; there is no terminal.
    """
    if file is not None:
        return _password_of(file)
    if not sys.stdin.isatty():
        raise UsageError(Fault("account_no_terminal", ""))
    korean = language() == "ko"
    first = getpass.getpass("비밀번호: " if korean else "Password: ")
    if not once and getpass.getpass("다시 한 번: " if korean else "Again: ") != first:
        raise UsageError(Fault("password_not_repeated", ""))
    return first


def _password_of(file: Path) -> str:
    if file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise UsageError(Fault("password_file_open", str(file)))
    try:
        (password,) = file.read_text(encoding="utf-8").splitlines()
    except ValueError:
        # It is no text, or none or several lines.
        raise UsageError(Fault("password_file_unusable", str(file))) from None
    return password


# The list -------------------------------------------------------------------------------------------------------------

_HEADINGS: Final[dict[Language, tuple[str, ...]]] = {
    "ko": ("아이디", "이름", "역할", "부서", "상태", "로그인 방법", "세션", "마지막 접속 (KST)"),
    "en": ("login", "name", "role", "unit", "state", "signs in by", "sessions", "last seen (KST)"),
}
_STATES: Final[dict[str, dict[Language, str]]] = {
    "closed": {"ko": "닫힘", "en": "closed"},
    "locked": {"ko": "잠김", "en": "locked"},
    "must_change": {"ko": "비밀번호 바꿔야 함", "en": "must change password"},
    "open": {"ko": "사용", "en": "open"},
}
_WAYS: Final[dict[str, dict[Language, str]]] = {
    "password": {"ko": "비밀번호", "en": "password"},
    "oidc": {"ko": "통합 인증", "en": "single sign-on"},
}


def print_accounts(listed: Sequence[Listed]) -> None:
    """A table of accounts on stdout."""
    table = Table(box=None, pad_edge=False)
    for heading in _HEADINGS[language()]:
        table.add_column(heading, overflow="fold")
    for one in listed:
        seen = one.seen_at.astimezone(SEOUL).strftime("%Y-%m-%d %H:%M") if one.seen_at else "-"
        cells = [one.login, one.name, one.role.value, one.unit_id or "-", _STATES[one.state][language()]]
        table.add_row(
            *(
                one_line(cell)
                for cell in (
                    *cells,
                    ", ".join(_WAYS[way][language()] for way in one.ways) or "-",
                    str(one.sessions),
                    seen,
                )
            )
        )
    console = Console(soft_wrap=False, highlight=False, markup=False)
    console.width = max(console.width, 120)
    console.print(table)


def account_json(one: Listed) -> dict[str, Any]:
    """An account for a program."""

    def moment(at: datetime | None) -> str | None:
        return at.isoformat(timespec="seconds") if at else None

    return {
        "login": one.login,
        "name": one.name,
        "role": one.role.value,
        "unit": one.unit_id,
        "active": one.active,
        "locked_until": moment(one.locked_until),
        "must_change": one.must_change,
        "ways": list(one.ways),
        "issuer": one.issuer,
        "sessions": one.sessions,
        "seen_at": moment(one.seen_at),
    }
