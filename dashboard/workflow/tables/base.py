"""What every table begins with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import Dialect, MetaData, String
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator


class Moment(TypeDecorator[datetime]):
    """A moment, kept as text in UTC with microseconds, so that both databases sort, compare and hash it alike."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> str | None:
        """What is written."""
        return None if value is None else moment_text(value)

    def process_result_value(self, value: Any, _dialect: Dialect) -> datetime | None:
        """What is read."""
        return None if value is None else datetime.fromisoformat(value)


def moment_text(moment: datetime) -> str:
    """A moment as the database holds it: `2026-03-02T00:15:30.000000+00:00`."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


class Base(DeclarativeBase):
    """Every table; constraints have names, so that a migration can speak of them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[Mapping[Any, Any]] = {datetime: Moment}
