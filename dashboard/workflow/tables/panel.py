"""Panels that mark qualitative indicators: their assessors, marks and recusals."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dashboard.workflow.tables.accounts import Account
from dashboard.workflow.tables.base import Base


class Panel(Base):
    """The panel of one indicator in one year.

    Attributes:
        id: random, for addresses.
        year: evaluated.
        indicator: id of the indicator.
        release: name of the release whose departments it marks.
        opened_by: the account that opened it.
        opened_at: when.
        closed_by: the account that closed it; None while it is open.
        closed_at: when.
        written_at: when its marks were written among the records; None until they were.
        version: grows with each change.
    """

    __tablename__ = "panels"
    __table_args__ = (UniqueConstraint("year", "indicator"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    year: Mapped[int] = mapped_column()
    indicator: Mapped[str] = mapped_column(String(200))
    release: Mapped[str] = mapped_column(String(40))
    opened_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    opened_at: Mapped[datetime]
    closed_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    closed_at: Mapped[datetime | None]
    written_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__: Mapping[str, Any] = MappingProxyType({"version_id_col": version})

    assessors: Mapped[list[Assessor]] = relationship(order_by="Assessor.number", lazy="selectin")
    marks: Mapped[list[Mark]] = relationship(order_by="Mark.unit_id, Mark.account_id", lazy="selectin")


class Assessor(Base):
    """Somebody who marks on a panel; their number, and never their name, stands in the records.

    Attributes:
        panel_id: of the panel.
        account_id: whose.
        number: 1, 2, 3 … within the panel.
        named_at: when they were named.
    """

    __tablename__ = "panel_assessors"

    panel_id: Mapped[str] = mapped_column(ForeignKey("panels.id"), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    number: Mapped[int] = mapped_column()
    named_at: Mapped[datetime]

    account: Mapped[Account] = relationship(lazy="joined", innerjoin=True)


class Mark(Base):
    """An assessor's mark for one department, or that they do not judge it.

    Attributes:
        panel_id, account_id: whose.
        unit_id: the department.
        mark: 0 to 100 as decimal text; None where they recused themselves.
        note: why this mark; where there is none, why they recused themselves.
        given_at: when it was last changed.
        version: grows with each change.
    """

    __tablename__ = "panel_marks"

    panel_id: Mapped[str] = mapped_column(ForeignKey("panels.id"), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    unit_id: Mapped[str] = mapped_column(String(200), primary_key=True)
    mark: Mapped[str | None] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(Text)
    given_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    __mapper_args__: Mapping[str, Any] = MappingProxyType({"version_id_col": version})
