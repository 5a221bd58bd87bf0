"""What somebody has begun to write and has not sent yet."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from dashboard.workflow.tables.base import Base


class Draft(Base):
    """The fields of one form as one person left them. It is nobody else's to read, and goes once the form is sent.

    Attributes:
        account_id: whose it is.
        place: names the form, as `request 0a1b… decide`.
        fields: JSON of name -> text, yes and no, or a list of texts.
        kept_at: when it was last written to.
    """

    __tablename__ = "drafts"

    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    place: Mapped[str] = mapped_column(String(300), primary_key=True)
    fields: Mapped[str] = mapped_column(Text)
    kept_at: Mapped[datetime] = mapped_column(index=True)
