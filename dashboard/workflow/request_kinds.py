"""What can be asked for, by whom and when, and what each becomes among the records once it is upheld: as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter

from dashboard.access import Action, State
from etl.contracts.fields import DECIMAL, Code, Line
from etl.intake.rulings import Ruling


class RequestKind(StrEnum):
    """What is asked for."""

    APPEAL = "appeal"
    NOT_APPLICABLE = "not_applicable"
    RECOGNITION = "recognition"
    BONUS = "bonus"
    PENALTY = "penalty"


class RequestState(StrEnum):
    """How far a request has come."""

    FILED = "filed"
    WITHDRAWN = "withdrawn"
    ANSWERED = "answered"
    RETURNED = "returned"
    """Those who decide have asked for another answer."""
    DECIDED = "decided"
    CARRIED_OUT = "carried_out"


class Verdict(StrEnum):
    """What an answer or a decision says."""

    UPHELD = "upheld"
    PARTLY = "partly"
    REFUSED = "refused"


class Remarked(StrEnum):
    """What somebody did by what they said on a request."""

    FILED = "filed"
    EDITED = "edited"
    WITHDRAWN = "withdrawn"
    ANSWERED = "answered"
    RETURNED = "returned"
    DECIDED = "decided"


Becomes = Literal["correction", "recognition", "not_applicable", "ledger"]
About = Literal["indicator", "record", "rule"]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of request.

    Attributes:
        filing: the action of whoever files it.
        states: the steps of the evaluation in which it is taken, the filer's role allowing.
        about: what it must name.
        becomes: what it may be written down as once it is upheld.
        named: what the records call it.
    """

    filing: Action
    states: frozenset[State]
    about: About
    becomes: tuple[Becomes, ...]
    named: str


_EARLY: Final = frozenset({State.COLLECTING, State.APPEALS})
_BEFORE_FINAL: Final = frozenset({State.COLLECTING, State.PROVISIONAL, State.APPEALS, State.REVIEW})

KINDS: Final[Mapping[RequestKind, Kind]] = {
    RequestKind.APPEAL: Kind(
        Action.FILE_REQUEST,
        frozenset({State.APPEALS}),
        "indicator",
        ("correction", "recognition", "not_applicable", "ledger"),
        "이의신청",
    ),
    RequestKind.NOT_APPLICABLE: Kind(Action.FILE_REQUEST, _EARLY, "indicator", ("not_applicable",), "해당없음 신청"),
    RequestKind.RECOGNITION: Kind(Action.FILE_REQUEST, _EARLY, "record", ("recognition",), "인정 신청"),
    RequestKind.BONUS: Kind(Action.FILE_REQUEST, _EARLY, "rule", ("ledger",), "가점 신청"),
    RequestKind.PENALTY: Kind(Action.PROPOSE_LEDGER, _BEFORE_FINAL, "rule", ("ledger",), "감점 제안"),
}
"""Every kind of request."""

RULED_BY: Final = "평가위원회"
"""Who decided, as the records say it: a body, never a person."""


@dataclass(frozen=True, slots=True)
class Ruled:
    """What is known of a request once it is ruled on.

    Attributes:
        named: the kind, as the records call it.
        reference: year and number, as `2021-3`.
        year: evaluated.
        unit_id: the department.
        filed_on: the day it was filed, in Seoul.
        met_on: the day the committee met.
    """

    named: str
    reference: str
    year: int
    unit_id: str
    filed_on: date
    met_on: date

    @property
    def document(self) -> str:
        """The ruling as a document to refer to."""
        return f"{self.named} {self.reference}"


class _Change(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    reason: Line


class ToCorrection(_Change):
    """One cell of a record is read otherwise, or the record is left out: named by its key, or by file and row.

    See `etl.intake.corrections.Correction`.
    """

    becomes: Literal["correction"] = "correction"
    record_kind: Code
    file: Line | None = None
    key: dict[str, str] | None = None
    row: Annotated[int, Field(ge=1)] | None = None
    column: Code | None = None
    before: str | None = None
    after: str | None = None
    drop: bool = False

    def ruling(self, ruled: Ruled) -> Ruling:
        """The entry of `corrections.toml`."""
        said: dict[str, Any] = {
            "kind": self.record_kind,
            "file": self.file,
            "key": self.key,
            "row": self.row,
            "column": self.column,
            "before": self.before,
            "after": self.after,
            "drop": self.drop,
            "reason": self.reason,
            "source": ruled.document,
            "decided_by": RULED_BY,
            "decided_on": ruled.met_on.isoformat(),
        }
        return Ruling("correction", {key: value for key, value in said.items() if value is not None})


class ToRecognition(_Change):
    """A decision on a record."""

    becomes: Literal["recognition"] = "recognition"
    record_kind: Code
    record_id: Code
    decision: Literal["recognised", "refused", "to_complete"]

    def ruling(self, ruled: Ruled) -> Ruling:
        """The row of the kind `recognition`."""
        return Ruling(
            "recognition",
            {
                "record_kind": self.record_kind,
                "record_id": self.record_id,
                "decision": self.decision,
                "reason": self.reason,
                "decided_on": ruled.met_on.isoformat(),
                "decided_by": RULED_BY,
            },
        )


class ToNotApplicable(_Change):
    """An indicator that does not apply to the department (해당없음)."""

    becomes: Literal["not_applicable"] = "not_applicable"
    indicator: Code

    def ruling(self, ruled: Ruled) -> Ruling:
        """The row of the kind `not_applicable`."""
        return Ruling(
            "not_applicable",
            {
                "year": str(ruled.year),
                "unit_id": ruled.unit_id,
                "indicator": self.indicator,
                "reason": self.reason,
                "requested_on": ruled.filed_on.isoformat(),
                "decision": "approved",
                "decided_on": ruled.met_on.isoformat(),
                "document_no": ruled.document,
            },
        )


class ToLedger(_Change):
    """A bonus or a penalty of the department; `occurred_on` decides in which period it counts."""

    becomes: Literal["ledger"] = "ledger"
    entry_kind: Literal["bonus", "penalty"]
    rule: Code
    points: Annotated[str, StringConstraints(pattern=DECIMAL)]
    occurred_on: date

    def ruling(self, ruled: Ruled) -> Ruling:
        """The row of the kind `ledger`."""
        return Ruling(
            "ledger",
            {
                "entry_id": f"request-{ruled.reference}",
                "unit_id": ruled.unit_id,
                "entry_kind": self.entry_kind,
                "rule": self.rule,
                "points": self.points,
                "occurred_on": self.occurred_on.isoformat(),
                "reason": self.reason,
                "document_no": ruled.document,
            },
        )


Change = ToCorrection | ToRecognition | ToNotApplicable | ToLedger
"""What an upheld request would change."""

CHANGES: Final[TypeAdapter[Change]] = TypeAdapter(Annotated[Change, Field(discriminator="becomes")])
"""Reads a change from JSON and writes it."""
