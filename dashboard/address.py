"""Where a reader is: the page and what it shows, as the URL says it, so that every view can be linked to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Final, Literal, Self, get_args
from urllib.parse import urlencode

from dashboard.access import Action
from etl.errors import Language

PageName = Literal[
    "overview",
    "ranking",
    "department",
    "indicator",
    "compare",
    "what_if",
    "training",
    "chain",
    "pilots",
    "initiatives",
    "practices",
    "exports",
    "steps",
    "data",
    "requests",
    "panel",
    "audit",
    "accounts",
    "glossary",
]
PAGES: Final[tuple[PageName, ...]] = get_args(PageName)
"""Every page, in the order of the navigation; the first is the one without a path of its own."""

ACTION_OF: Final[Mapping[PageName, Action]] = {
    "overview": Action.SEE_BODY,
    "ranking": Action.SEE_UNIT,
    "department": Action.SEE_UNIT,
    "indicator": Action.SEE_BODY,
    "compare": Action.SEE_UNIT,
    "what_if": Action.SEE_UNIT,
    "training": Action.SEE_BODY,
    "chain": Action.SEE_RECORDS,
    "pilots": Action.SEE_RECORDS,
    "initiatives": Action.SEE_RECORDS,
    "practices": Action.SEE_RECORDS,
    "exports": Action.EXPORT_UNIT,
    "steps": Action.SEE_STEPS,
    "data": Action.SEE_RECEIVED,
    "requests": Action.SEE_REQUEST,
    "panel": Action.SEE_PANEL,
    "audit": Action.SEE_AUDIT,
    "accounts": Action.MANAGE_ACCOUNTS,
    "glossary": Action.SEE_BODY,
}
"""What somebody must be allowed to do, if only for their own department, to open a page."""

DESK_PAGES: Final[frozenset[PageName]] = frozenset({"steps", "data", "requests", "panel", "audit", "accounts"})
"""The pages about no release: steps, records received, requests, panels, what everybody did, who may sign in."""

RELEASE_PAGES: Final[tuple[PageName, ...]] = tuple(page for page in PAGES if page not in DESK_PAGES)
"""The pages about a release."""


@dataclass(frozen=True, slots=True)
class Address:
    """The query of the URL; None is not said, and the page then takes what is most likely meant.

    Attributes:
        year: of the published release, or of the evaluation.
        release: name of a release that need not be published; says more than the year.
        unit: code of a department.
        indicator: id of an indicator.
        group: id of a peer group.
        lang: language of the page.
        part: of the data page: how things stand, a new file, rejects, names, loads; of the chain: a group of records.
        file: name of a received file.
        kind: of record.
        reason: why rows count nowhere.
        find: text that rows or terms must hold.
        about: the year that records are about.
        sent: which departments are listed, by what they have sent.
        by: what the training programme is told by.
        campaign: id of a diagnosis of competency.
        record: kind and number of one record, as `policy:정책-2021-001`.
        request: id of an appeal or another request.
        state: how far the requests listed have come.
        span: `all` for the records of every year, not of the year evaluated alone.
        moves: numbers that are moved in a supposition, as `w:training=30,t:datasets_opened:line=12`.
        beside: codes of departments to compare, with commas.
        sort: what a table is in the order of.
        page: of a long table, from 1.
    """

    year: str | None = None
    release: str | None = None
    unit: str | None = None
    indicator: str | None = None
    group: str | None = None
    lang: str | None = None
    part: str | None = None
    file: str | None = None
    kind: str | None = None
    reason: str | None = None
    find: str | None = None
    about: str | None = None
    sent: str | None = None
    by: str | None = None
    campaign: str | None = None
    record: str | None = None
    span: str | None = None
    request: str | None = None
    state: str | None = None
    sort: str | None = None
    page: str | None = None
    moves: str | None = None
    beside: str | None = None

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Self:
        """The address a query says; keys that mean nothing here are left out."""
        known = [field.name for field in fields(cls)]
        return cls(**{key: value for key in known if (value := query.get(key))})

    @property
    def language(self) -> Language:
        """The language of the page: Korean unless English is asked for."""
        return "en" if self.lang == "en" else "ko"

    def to(self, **changed: Any) -> Self:
        """The same address with some parts changed; None takes a part away."""
        return replace(self, **changed)

    @property
    def query(self) -> dict[str, str]:
        """The parts that are said, for a link."""
        return {field.name: value for field in fields(self) if (value := getattr(self, field.name)) is not None}

    def href(self, page: PageName) -> str:
        """A link to a page at this address, relative, so that it holds wherever the dashboard is mounted."""
        path = "./" if page == PAGES[0] else page
        return f"{path}?{urlencode(self.query)}" if self.query else path
