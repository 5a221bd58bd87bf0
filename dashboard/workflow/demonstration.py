"""The accounts of a demonstration: one a role, their passwords shown. Of no use outside of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from dashboard.access import Role
from dashboard.workflow.accounts import NewAccount, add_account, find_account
from dashboard.workflow.audit import Actor
from dashboard.workflow.sessions import DEMONSTRATION
from dashboard.workflow.settings import Settings
from dashboard.workflow.store import Store
from dashboard.workflow.tables.accounts import Account
from etl.errors import Fault, UsageError

EXAMPLE: Final = "합성 예시"
LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True, slots=True)
class Shown:
    """An account that the sign-in page shows.

    Attributes:
        login: what is typed.
        name: what is shown.
        role: what it is to the evaluation.
        unit_id: department of the synthetic city.
    """

    login: str
    name: str
    role: Role
    unit_id: str | None = None

    @property
    def password(self) -> str:
        """The password, shown to everybody."""
        return f"{self.login}-2021"


SHOWN: Final = (
    Shown("evaluator", f"{EXAMPLE} 평가", Role.EVALUATOR),
    Shown("approver", f"{EXAMPLE} 결재", Role.APPROVER),
    Shown("executive", f"{EXAMPLE} 간부", Role.EXECUTIVE),
    Shown("department", f"{EXAMPLE} 스마트도시과", Role.DEPARTMENT, "0010030"),
    Shown("auditor", f"{EXAMPLE} 감사", Role.AUDITOR),
    Shown("admin", f"{EXAMPLE} 관리", Role.ADMINISTRATOR),
)


def prepare(store: Store, settings: Settings, host: str | None = None) -> tuple[Shown, ...]:
    """Make what is missing of the demonstration's accounts; nothing where there is no demonstration.

    Args:
        store: the database.
        settings: say whether there is a demonstration.
        host: the address that is served, where it is known.

    Returns:
        The accounts to show.

    Raises:
        UsageError: the address is not of this machine alone, or the database has accounts of its own.
    """
    if not settings.demonstration:
        return ()
    if host is not None and host not in LOOPBACK:
        raise UsageError(Fault("demonstration_in_public", host))
    with store.write() as session:
        others = session.scalars(select(Account).where(Account.issuer.is_distinct_from(DEMONSTRATION))).first()
        if others is not None:
            raise UsageError(Fault("demonstration_on_real_accounts", store.named))
        for shown in SHOWN:
            if find_account(session, shown.login) is None:
                new = NewAccount(shown.login, shown.name, shown.role, shown.unit_id, shown.password)
                account = add_account(session, Actor(None, "terminal", DEMONSTRATION), new)
                account.issuer, account.subject = DEMONSTRATION, shown.login
    return SHOWN
