"""What is being made for people to take out: one file a person, few at the same time, none kept for long."""

from __future__ import annotations

import os
import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from dashboard.desk.exporting import FILE, answered, asked
from dashboard.desk.jobs import Job
from dashboard.shelf import Shelf
from dashboard.workflow.acting import acting
from dashboard.workflow.audit import Actor
from dashboard.workflow.evidence import attached_to
from dashboard.workflow.settings import Settings
from dashboard.workflow.steps import standing_of
from dashboard.workflow.store import Store
from dashboard.workflow.taking import Order, begin
from etl.errors import Fault, UsageError
from etl.exports.export import Exported
from etl.exports.formats import file_name
from etl.insight.reading import open_release

KEPT_SECONDS: Final = 30 * 60
"""A file that nobody has fetched so long after it was ready is removed."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One file somebody asked for.

    Attributes:
        key: names it in its address; nobody can guess it, and it opens nothing to anybody else.
        account_id: who asked.
        job: makes it.
        name: what it is called when it arrives.
    """

    account_id: str
    order: Order
    job: Job
    name: str
    key: str = field(default_factory=lambda: secrets.token_hex(16))

    @property
    def made(self) -> Exported:
        """What was written; of a job that is done."""
        return answered(self.job.result)

    @property
    def file(self) -> Path:
        """Where it is until it is fetched."""
        return self.job.made / FILE


class Outbox:
    """The files of this server that wait to be fetched."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._by_account: dict[str, Outgoing] = {}

    def begin(self, account_id: str, order: Order, request: Mapping[str, Any], at: Place, name: str) -> Outgoing:
        """Begin to make a file; an earlier one of the same person that is made goes.

        Args:
            account_id: who asks.
            order: what for.
            request: the same for the child.
            at: where files are made.
            name: what the file is called when it arrives.

        Raises:
            UsageError: one of theirs is being made, or too many are.
        """
        with self._lock:
            self._drop_old()
            mine = self._by_account.get(account_id)
            if mine is not None and mine.job.state == "running":
                raise UsageError(Fault("export_under_way", ""))
            running = sum(one.job.state == "running" for one in self._by_account.values())
            if running >= at.at_once:
                raise UsageError(Fault("exports_busy", "", {"most": at.at_once}))
            self._drop(mine)
            folder = at.folder / str(os.getpid())
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            job = Job("export", request, folder)
            begun = self._by_account[account_id] = Outgoing(account_id, order, job, name)
            return begun

    def of(self, account_id: str) -> Outgoing | None:
        """What somebody has asked for and not fetched."""
        with self._lock:
            self._drop_old()
            return self._by_account.get(account_id)

    def find(self, account_id: str, key: str) -> Outgoing | None:
        """What is ready for somebody under this key; None where it is not theirs, not ready or gone."""
        found = self.of(account_id)
        is_it = found is not None and secrets.compare_digest(found.key.encode(), key.encode("utf-8", "replace"))
        return found if is_it and found is not None and found.job.state == "done" else None

    def forget(self, outgoing: Outgoing) -> None:
        """Remove a file, fetched or not wanted any more."""
        with self._lock:
            if self._by_account.get(outgoing.account_id) is outgoing:
                self._drop(outgoing)

    def forget_all(self) -> None:
        """Remove everything, for the server's end."""
        with self._lock:
            for outgoing in list(self._by_account.values()):
                self._drop(outgoing)

    def _drop(self, outgoing: Outgoing | None) -> None:
        if outgoing is not None:
            outgoing.job.cancel()
            self._by_account.pop(outgoing.account_id, None)

    def _drop_old(self) -> None:
        for outgoing in list(self._by_account.values()):
            if outgoing.job.seconds_since_end > KEPT_SECONDS:
                self._drop(outgoing)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file is made.

    Attributes:
        folder: where files wait.
        at_once: how many may be made at the same time.
    """

    folder: Path
    at_once: int


OUTBOX: Final = Outbox()


def ask_for(store: Store, actor: Actor, order: Order, shelf: Shelf, settings: Settings) -> Outgoing:
    """Begin to make a file, with the table's leave.

    Args:
        store: of the installation.
        actor: who asks.
        order: what for.
        shelf: where the release is.
        settings: where files are made, and how many at the same time.

    Raises:
        NotPermitted: it is not theirs to take; the log tells that they tried.
        UsageError: one of theirs is being made, too many are, or there is no such department.
    """
    reading, published = open_release(shelf.folder / order.release), shelf.is_published(order.release)
    with acting(store, actor, order.release) as session:
        taken = begin(session, actor, order, standing_of(session, order.release, published))
        year = reading.rulebook.evaluation.year
        attached = attached_to(session, actor.person, year) if order.kind == "evidence" else None
    names = ", ".join(reading.unit(unit_id).name for unit_id in order.units)
    name = file_name(order.release, order.kind, order.language, order.only, names, each=order.each)
    place = Place(settings.exports, settings.exports_at_once)
    request = asked(order, taken, reading.folder, attached)
    return OUTBOX.begin(actor.person.account_id if actor.person else "", order, request, place, name)
