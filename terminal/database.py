"""The workflow's database as commands reach it: looking makes none, and loads nothing where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.errors import Fault, UsageError

if TYPE_CHECKING:
    from dashboard.workflow.audit import Actor
    from dashboard.workflow.store import Store


def database_if_there() -> Store | None:
    """The database the environment names; None where it names none and nobody has made one.

    Raises:
        UsageError: it cannot be reached.
    """
    from dashboard.workflow.settings import Settings

    settings = Settings.from_environment()
    if not settings.has_database:
        return None
    from dashboard.workflow.store import store_of

    return store_of(settings)


def database() -> Store:
    """The database the environment names.

    Raises:
        UsageError: there is none, or it cannot be reached.
    """
    store = database_if_there()
    if store is None:
        raise UsageError(Fault("store_missing", ""))
    return store


def whoever() -> Actor:
    """The terminal's user, as the audit log names them."""
    from dashboard.workflow.audit import Actor
    from etl.intake.loads import who

    return Actor(None, "terminal", who())
