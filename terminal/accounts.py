"""The commands about accounts: who may sign in, as what, and whether they still may.

The user of the terminal may do all of it, for whoever can write the database's file can do it anyway. The log names
them. The first administrator is made here; nobody has a password that is the same everywhere.

The database is imported by what uses it: an evaluation does not wait for it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from dashboard.access import Role
from etl.errors import Fault, Language, UsageError
from terminal.account_telling import account_json, ask_password, print_accounts
from terminal.database import whoever
from terminal.door import AsJson, command, family
from terminal.screen import language, one_line, tell

if TYPE_CHECKING:
    from dashboard.workflow.audit import Actor
    from dashboard.workflow.store import Store

account = family("account", "Accounts: who may sign in, and as what. They are closed, never deleted.")

Login = Annotated[str, typer.Argument(metavar="LOGIN", help="What the person types to sign in.")]
RoleOf = Annotated[Role | None, typer.Option("--role", help="What they are to the evaluation.")]
UnitOf = Annotated[str | None, typer.Option("--unit", metavar="CODE", help="Code of their department.")]
NameOf = Annotated[str | None, typer.Option("--name", metavar="N", help="What is shown beside what they did.")]
PasswordFile = Annotated[
    Path | None,
    typer.Option("--password-file", metavar="F", help="A file with the password alone, readable by you alone."),
]
Identity = Annotated[
    tuple[str, str] | None,
    typer.Option("--sso", metavar="ISSUER SUBJECT", help="The identity provider that vouches for them, and its name."),
]
_DONE: Final[dict[str, dict[Language, str]]] = {
    "unlocked": {"ko": "'{login}'의 잠금을 풀었습니다.", "en": "'{login}' is unlocked."},
    "password": {
        "ko": "'{login}'의 비밀번호를 정했습니다. 다음에 로그인할 때 바꾸어야 합니다.",
        "en": "'{login}' has a new password, which must be changed at the next sign-in.",
    },
    "ended": {"ko": "'{login}'의 세션 {count}개를 끝냈습니다.", "en": "ended {count} sessions of '{login}'."},
    "open": {
        "ko": "'{login}'의 세션이 {count}개 있습니다. 끝내려면 --end를 붙이세요.",
        "en": "'{login}' has {count} sessions. Add --end to end them.",
    },
}


@command("add", "admin01 --role administrator", account)
def add(
    login: Login,
    role: Annotated[Role, typer.Option("--role", help="What they are to the evaluation.")],
    *,
    name: NameOf = None,
    unit: UnitOf = None,
    password_file: PasswordFile = None,
    sso: Identity = None,
) -> None:
    """Make an account; asks twice for a password, which must be changed at the first sign-in."""
    from dashboard.workflow.accounts import NewAccount, add_account

    if password_file is not None and sso is not None:
        raise UsageError(Fault("account_arguments", "account add"))
    password = None if sso is not None else ask_password(password_file)
    new = NewAccount(login, name or login, role, unit, password, must_change=password is not None, identity=sso)
    with _managing() as (session, user):
        made = add_account(session, user, new)
    print(one_line(made.login))


@command("list", "--json", account)
def list_command(as_json_: AsJson = False) -> None:
    """List every account with its role, its department and when its owner was last seen."""
    from dashboard.workflow.account_changes import list_accounts

    with _store().read() as session:
        listed = list_accounts(session)
    if as_json_:
        print(json.dumps({"accounts": [account_json(one) for one in listed]}, ensure_ascii=False))
    else:
        print_accounts(listed)


@command("change", "member01 --role department --unit 0010010", account)
def change(
    login: Login,
    *,
    role: RoleOf = None,
    unit: UnitOf = None,
    name: NameOf = None,
    active: Annotated[bool | None, typer.Option("--active/--inactive", help="Open it again, or close it.")] = None,
    sso: Identity = None,
) -> None:
    """Change an account; a new role, department or closing it signs its owner out everywhere."""
    from dashboard.workflow.account_changes import Change, change_account

    with _managing() as (session, user):
        changed = change_account(session, user, login, Change(name, role, unit, active, sso))
    print(one_line(changed.login))


@command("password", "evaluator01", account)
def password_command(login: Login, password_file: PasswordFile = None) -> None:
    """Set a new password, which must be changed at the next sign-in; signs its owner out everywhere."""
    from dashboard.workflow.account_changes import set_password

    password = ask_password(password_file)
    with _managing() as (session, user):
        set_password(session, user, login, password)
    _tell("password", login=login)
    print(one_line(login))


@command("unlock", "evaluator01", account)
def unlock_command(login: Login) -> None:
    """Take passwords again after too many wrong ones, before the lock runs out."""
    from dashboard.workflow.account_changes import unlock

    with _managing() as (session, user):
        unlock(session, user, login)
    _tell("unlocked", login=login)
    print(one_line(login))


@command("sessions", "evaluator01 --end", account)
def sessions(
    login: Login, end: Annotated[bool, typer.Option("--end", help="Sign the person out everywhere.")] = False
) -> None:
    """Say in how many browsers somebody is signed in, and with --end sign them out everywhere; prints the number."""
    from dashboard.workflow.account_changes import count_sessions, sign_out_everywhere

    with _managing() as (session, user):
        count = sign_out_everywhere(session, user, login) if end else count_sessions(session, login)
    _tell("ended" if end else "open", login=login, count=count)
    print(count)


def _store() -> Store:
    from dashboard.workflow.settings import Settings
    from dashboard.workflow.store import store_of

    return store_of(Settings.from_environment())


@contextmanager
def _managing() -> Iterator[tuple[Any, Actor]]:
    """A transaction on the installation's accounts, with SQLAlchemy's session, and who it is that changes them."""
    from dashboard.workflow.account_changes import managing

    user = whoever()
    with managing(_store(), user) as session:
        yield session, user


def _tell(what: str, **facts: object) -> None:
    tell(_DONE[what][language()].format(**facts))
