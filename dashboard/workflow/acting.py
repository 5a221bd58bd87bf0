"""How everything is done here: one transaction, permission asked in it, and a refusal that leaves its own trace."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy.orm import Session

from dashboard.access import NOTHING, Action, State, Thing, can
from dashboard.workflow import audit
from dashboard.workflow.audit import Actor, Did, Event
from dashboard.workflow.store import Store
from etl.errors import Fault, NotPermitted

T = TypeVar("T")
Doing = Callable[[Session], object]
"""Something to be done in a transaction."""


@contextmanager
def acting(store: Store, actor: Actor, about: str) -> Iterator[Session]:
    """A transaction that writes; where it is not permitted, nothing is written but that it was refused.

    Args:
        store: of the installation.
        actor: who acts.
        about: what is acted on, for the log.

    Raises:
        Changed: somebody else was faster.
        NotPermitted: as raised within; the refusal is in the log by then.
    """
    try:
        with store.write() as session:
            yield session
    except NotPermitted as refusal:
        with store.write() as session:
            codes = sorted({fault.code for fault in refusal.faults})
            audit.append(session, actor, Event(Did.REFUSED, about, {"codes": " ".join(codes)}, refused=True))
        raise


def do(store: Store, actor: Actor, about: str, what: Callable[[Session], T]) -> T:
    """Do one thing in such a transaction; what is raised is as of `acting`.

    Args:
        store: of the installation.
        actor: who acts.
        about: what is acted on, for the log.
        what: does it.
    """
    with acting(store, actor, about) as session:
        return what(session)


def require(actor: Actor, action: Action, state: State, thing: Thing = NOTHING) -> None:
    """Go on only where the permission table lets the actor.

    Raises:
        NotPermitted: it does not.
    """
    if can(actor.person, action, thing, state):
        return
    is_own = actor.person is not None and thing.author == actor.person.account_id
    raise NotPermitted(Fault("own_proposal" if is_own else "not_permitted", ""))
