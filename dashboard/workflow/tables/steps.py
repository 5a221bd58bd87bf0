"""The evaluation of a year and the step it has reached."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from dashboard.workflow.tables.base import Base


class Evaluation(Base):
    """One year's evaluation.

    Attributes:
        year: evaluated.
        state: a value of `State`.
        release: name of the release frozen by it; None before the first freeze.
        briefed_at: when that release was shown to executives before it was final.
        version: grows with each change.
    """

    __tablename__ = "evaluations"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    state: Mapped[str] = mapped_column(String(20))
    release: Mapped[str | None] = mapped_column(String(40), unique=True)
    briefed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__: Mapping[str, Any] = MappingProxyType({"version_id_col": version})


class PlannedDate(Base):
    """When a step is planned to begin and end, both days included, in Korean time.

    Attributes:
        year: evaluated.
        state: a value of `State`.
        begins_on: its first day.
        ends_on: its last day; what must arrive within the step arrives before the day after begins in Seoul.
    """

    __tablename__ = "planned_dates"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    state: Mapped[str] = mapped_column(String(20), primary_key=True)
    begins_on: Mapped[date]
    ends_on: Mapped[date]
