"""What the terminal asks before it loads, evaluates or publishes: whether the year is under way in the dashboard."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import inspect
from sqlalchemy.exc import OperationalError

from dashboard.workflow import audit
from dashboard.workflow.acting import acting
from dashboard.workflow.audit import Actor, Did, Event
from dashboard.workflow.receiving import belonging_of
from dashboard.workflow.rulebooks import approved_rulebook, digest_of
from dashboard.workflow.settings import Settings
from dashboard.workflow.store import Store
from dashboard.workflow.tables.steps import Evaluation
from etl.errors import Fault, NotPermitted, UsageError


def refuse_to_publish(settings: Settings, user: str, release: str) -> None:
    """Go on only where the release's year has no evaluation with steps; otherwise they publish it.

    Raises:
        NotPermitted: the year is under way; the try is in the log.
        UsageError: the database that is named cannot be reached.
    """
    year = int(release[:4]) if release[:4].isdigit() else 0
    with _known(settings) as store:
        if store is None:
            return
        with acting(store, Actor(None, "terminal", user), release) as session:
            if session.get(Evaluation, year) is not None:
                raise NotPermitted(Fault("year_under_workflow", release, {"year": year}))


def refuse_to_load(settings: Settings, user: str, folder: Path, file: str) -> None:
    """Go on only where the folder belongs to no evaluation, or to one that may receive records now.

    Raises:
        NotPermitted: its rulebook is not approved, or it is final; the try is in the log.
        UsageError: the database that is named cannot be reached.
    """
    with _known(settings) as store:
        if store is None:
            return
        actor = Actor(None, "terminal", user)
        with acting(store, actor, file) as session:
            found = belonging_of(session, folder)
            if found.why_not is not None:
                raise NotPermitted(replace(found.why_not, where=file))
            if found.year is not None:
                audit.append(session, actor, Event(Did.RECORDS_LOADED, file, {"records_folder": folder.name}))


def refuse_other_rules(settings: Settings, user: str, year: int, rulebook: bytes) -> None:
    """Go on only where the year has no evaluation with steps, or its approved rulebook is this one.

    Raises:
        NotPermitted: another rulebook is approved for the year, or none yet; the try is in the log.
        UsageError: the database that is named cannot be reached.
    """
    digest = digest_of(rulebook)
    with _known(settings) as store:
        if store is None:
            return
        actor = Actor(None, "terminal", user)
        with acting(store, actor, f"{year}") as session:
            evaluation = session.get(Evaluation, year)
            if evaluation is None:
                return
            approved = approved_rulebook(session, year)
            if approved is None:
                raise NotPermitted(Fault("year_has_no_rules_yet", "", {"year": year}))
            if approved.digest != digest:
                facts = {"year": year, "digest": digest[:12], "approved": approved.digest[:12]}
                raise NotPermitted(Fault("year_has_other_rules", "", facts))
            evaluation.evaluated_at = datetime.now(UTC)
            told = {"number": approved.number, "digest": digest}
            audit.append(session, actor, Event(Did.EVALUATED, f"{year}", told))


@contextmanager
def _known(settings: Settings) -> Iterator[Store | None]:
    """The database, if there is one with evaluations in it; looking makes none."""
    if not settings.may_have_database:
        yield None
        return
    store = Store(settings.url)
    try:
        if not _has_evaluations(store):
            yield None
            return
        store.upgrade()
        yield store
    finally:
        store.close()


def _has_evaluations(store: Store) -> bool:
    try:
        return inspect(store.engine).has_table("evaluations")
    except OperationalError as error:
        raise UsageError(Fault("database_away", store.named, {"why": str(error.orig)})) from None
