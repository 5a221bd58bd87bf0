"""What people have begun to write: kept for each of them until it is sent, dropped, or old."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import delete
from sqlalchemy.orm import Session

from dashboard.workflow.tables.drafts import Draft

Value = str | bool | list[str]
"""What stands in a field: a text or one choice, yes or no, or several choices."""
Fields = Mapping[str, Value]
"""Name of a field -> what stands in it."""

KEPT_FOR: Final = timedelta(days=90)
LONGEST: Final = 40_000
"""Characters of a draft as JSON; the longest form there is holds half of that."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft.

    Attributes:
        fields: what stands in it; empty where there is none.
        at: when it was last written to; None where there is none.
    """

    fields: Fields = field(default_factory=dict)
    at: datetime | None = None


def draft_of(session: Session, account_id: str, place: str) -> Kept:
    """What somebody has begun to write in a form.

    Args:
        session: of the store.
        account_id: whose.
        place: names the form.
    """
    found = session.get(Draft, (account_id, place))
    return Kept(json.loads(found.fields), found.kept_at) if found else Kept()


def keep_draft(session: Session, account_id: str, place: str, fields: Fields, now: datetime | None = None) -> None:
    """Keep what stands in a form; nothing in it is no draft. Drafts that nobody touched for long go.

    What is longer than any form of ours is not kept: it was not typed into one.

    Args:
        session: of the store, that writes.
        account_id: whose.
        place: names the form.
        fields: what stands in it.
        now: the moment.
    """
    moment, text = now or datetime.now(UTC), json.dumps(dict(fields), ensure_ascii=False, sort_keys=True)
    session.execute(delete(Draft).where(Draft.kept_at < moment - KEPT_FOR))
    if not fields:
        drop_draft(session, account_id, place)
    elif len(text) <= LONGEST:
        session.merge(Draft(account_id=account_id, place=place, fields=text, kept_at=moment))


def drop_draft(session: Session, account_id: str, place: str) -> None:
    """Forget what was begun in a form: it was sent, or its writer does not want it any more."""
    session.execute(delete(Draft).where(Draft.account_id == account_id, Draft.place == place))
