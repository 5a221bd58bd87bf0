"""Appeals and other requests, what was said on each, and the files that prove them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dashboard.workflow.tables.accounts import Account
from dashboard.workflow.tables.base import Base


class Request(Base):
    """An appeal or request of one department; what was said on it stands in its remarks, which are never changed.

    Attributes:
        id: random, for addresses.
        year: evaluated.
        number: 1, 2, 3 … within the year.
        kind: a value of `RequestKind`.
        state: a value of `RequestState`.
        unit_id: code of the department it is about.
        release: name of the release it looks at.
        indicator: id of the indicator it is about; None where it is about none.
        record_kind, record_id: of the record it is about, likewise.
        rule: id of the rule of bonus or penalty, likewise.
        author_id: the account that filed it.
        filed_at: when.
        verdict: a value of `Verdict`: the answer's, and from the decision on the decision's.
        answered_by: the account that answered last.
        change: JSON of what would be written down if it is upheld; None where nothing would be.
        consequences: JSON of what that change does to everybody; None while nobody has looked.
        met_on: the day the committee met.
        ruled_in: where the ruling stands among the records.
        led_to: name of the release made with it.
        version: grows with each change.
    """

    __tablename__ = "requests"
    __table_args__ = (UniqueConstraint("year", "number"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    year: Mapped[int] = mapped_column(index=True)
    number: Mapped[int] = mapped_column()
    kind: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20))
    unit_id: Mapped[str] = mapped_column(String(200), index=True)
    release: Mapped[str] = mapped_column(String(40))
    indicator: Mapped[str | None] = mapped_column(String(200))
    record_kind: Mapped[str | None] = mapped_column(String(40))
    record_id: Mapped[str | None] = mapped_column(String(200))
    rule: Mapped[str | None] = mapped_column(String(200))
    author_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    filed_at: Mapped[datetime]
    verdict: Mapped[str | None] = mapped_column(String(10))
    answered_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    change: Mapped[str | None] = mapped_column(Text)
    consequences: Mapped[str | None] = mapped_column(Text)
    met_on: Mapped[date | None]
    ruled_in: Mapped[str | None] = mapped_column(String(700))
    led_to: Mapped[str | None] = mapped_column(String(40))
    version: Mapped[int] = mapped_column()

    __mapper_args__: Mapping[str, Any] = MappingProxyType({"version_id_col": version})

    remarks: Mapped[list[Remark]] = relationship(order_by="Remark.position", lazy="selectin")
    evidence: Mapped[list[EvidenceFile]] = relationship(order_by="EvidenceFile.added_at", lazy="selectin")


class Remark(Base):
    """One thing that was said on a request: what is edited is said anew, and the earlier words stay.

    Attributes:
        request_id: on which.
        position: 1, 2, 3 … within the request.
        at: when.
        account_id: whose.
        did: a value of `Remarked`.
        verdict: a value of `Verdict`, where it gives one.
        text: the words.
    """

    __tablename__ = "request_remarks"

    request_id: Mapped[str] = mapped_column(ForeignKey("requests.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    did: Mapped[str] = mapped_column(String(20))
    verdict: Mapped[str | None] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(Text)

    account: Mapped[Account] = relationship(lazy="joined", innerjoin=True)


class EvidenceFile(Base):
    """A file that proves a request; its bytes lie in the folder of evidence under its id.

    Attributes:
        id: random.
        request_id: which request it proves.
        name: as received, without a path.
        media_type: by its contents.
        size: bytes.
        sha256: of the bytes, in hexadecimal.
        added_by: the account that sent it.
        added_at: when.
    """

    __tablename__ = "evidence_files"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    request_id: Mapped[str] = mapped_column(ForeignKey("requests.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int] = mapped_column()
    sha256: Mapped[str] = mapped_column(String(64))
    added_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    added_at: Mapped[datetime]
