"""Doing something for somebody: wholly or not at all, and what they may not do is kept in the log."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.orm import Session

from dashboard.workflow import audit
from dashboard.workflow.audit import Actor, Did, Event
from dashboard.workflow.store import Store
from etl.errors import NotPermitted

T = TypeVar("T")
Doing = Callable[[Session], object]
"""Something to be done in a transaction."""


def do(store: Store, actor: Actor, about: str, what: Callable[[Session], T]) -> T:
    """Do something in one transaction; a refusal is logged in one of its own, for the first is undone.

    Args:
        store: of the workflow.
        actor: who does it.
        about: what to, as the log names it.
        what: does it.

    Raises:
        NotPermitted: they may not.
        Changed: somebody else was faster.
    """
    try:
        with store.write() as session:
            return what(session)
    except NotPermitted as refused:
        with store.write() as session:
            audit.append(session, actor, Event(Did.REFUSED, about, {"why": refused.faults[0].code}, refused=True))
        raise
