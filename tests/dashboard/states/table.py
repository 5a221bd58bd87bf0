"""What every page says in every condition, by the keys of its words; where a condition cannot be, why not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from dashboard.address import PAGES, RELEASE_PAGES, PageName


class Condition(Enum):
    """What can be the matter."""

    NO_FOLDER = auto()
    NOTHING_RELEASED = auto()
    NOTHING_PUBLISHED = auto()
    DAMAGED = auto()
    DAMAGED_LIST = auto()
    NO_RECORDS = auto()
    """A release of a table of figures."""
    FIRST_YEAR = auto()
    """Nothing is published of the year before."""
    SUPERSEDED = auto()
    """The release of the address was corrected, and another published."""
    UNKNOWN_YEAR = auto()
    UNKNOWN_RELEASE = auto()
    UNKNOWN_UNIT = auto()
    UNKNOWN_INDICATOR = auto()
    UNKNOWN_RECORD = auto()
    """A record, a request or a case that is not there."""
    NOT_SHOWN_YET = auto()
    """Records are being collected; the result is for those who run the evaluation."""
    WINDOW_CLOSED = auto()
    """The evaluation is final: nothing is filed, marked or loaded any more."""
    RECORDS_GONE = auto()
    """The folder of received files that is named is not there."""
    DATABASE_AWAY = auto()
    FAULT = auto()
    """Something on the page fails in a way nobody has thought of."""


@dataclass(frozen=True)
class Told:
    """What a page says.

    Attributes:
        staff: keys of the words, to those who run or audit the evaluation; none where nothing is the matter for them.
        others: to everybody else, who can mend nothing themselves.
    """

    staff: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True)
class Cannot:
    """That a page has nothing to say of a condition, and why."""

    why: str


Cell = Told | Cannot
Row = Mapping[PageName, Cell]


def told(*keys: str) -> Told:
    """The same to everybody."""
    return Told(keys, keys)


def box(trouble: str, others: str | None = None) -> Told:
    """A box with what is wrong and what to do."""
    boxes = [(f"state.{one}", f"state.{one}.what") for one in (trouble, others or trouble)]
    return Told(*boxes)


def row(cells: Mapping[PageName, Cell], otherwise: str, pages: Iterable[PageName] = PAGES) -> Row:
    """A row in which the pages that are not named have nothing to say, for one reason."""
    return {page: cells.get(page, Cannot(otherwise)) for page in pages}


def every(pages: Iterable[PageName], cell: Cell) -> dict[PageName, Cell]:
    """The same on several pages."""
    return dict.fromkeys(pages, cell)


OF_A_RELEASE: Final[tuple[PageName, ...]] = (*RELEASE_PAGES, "requests", "panel")
"""Pages that end where there is no release."""
AT_A_DESK: Final = "이 화면은 공개본을 보지 않는다"
ASKS_NOTHING: Final = "이 화면은 주소의 그 말을 쓰지 않는다"

TABLE: Final[Mapping[Condition, Row]] = {
    Condition.NO_FOLDER: row(every(OF_A_RELEASE, box("no_folder", "not_to_be_shown")), AT_A_DESK),
    Condition.NOTHING_RELEASED: row(
        {
            **every(OF_A_RELEASE, box("nothing_released", "not_shown_yet")),
            "steps": told("steps.none"),
            "data": box("no_records"),
        },
        "보는 사람 자신이 그 목록에 있어 비지 않는다",
    ),
    Condition.NOTHING_PUBLISHED: row(
        {
            **every(RELEASE_PAGES, box("nothing_published", "not_shown_yet")),
            "requests": told("requests.none"),
        },
        AT_A_DESK,
    ),
    Condition.DAMAGED: row(every(OF_A_RELEASE, box("broken", "not_to_be_shown")), AT_A_DESK),
    Condition.DAMAGED_LIST: row(every(OF_A_RELEASE, box("broken_current", "not_to_be_shown")), AT_A_DESK),
    Condition.NO_RECORDS: row(
        {
            "chain": told("chain.no_records"),
            "pilots": told("pilots.no_records"),
            "initiatives": told("initiatives.no_records"),
            "practices": told("practices.no_records"),
            "training": told("training.no_records"),
            "indicator": told("indicator.records.no_unit"),
        },
        "점수만 보여 주고 기록은 보여 주지 않는다",
    ),
    Condition.FIRST_YEAR: row(
        {
            "overview": told("overview.movers.none"),
            "compare": told("compare.bump.one_year"),
        },
        "전년과 견주지 않거나, 견줄 것이 없으면 그 칸을 두지 않는다",
    ),
    Condition.SUPERSEDED: row(
        every(RELEASE_PAGES, told(*box("superseded").staff, "state.superseded.go", "badge.superseded")), AT_A_DESK
    ),
    Condition.UNKNOWN_YEAR: row({**every(OF_A_RELEASE, box("no_such_year")), "steps": box("no_evaluation")}, AT_A_DESK),
    Condition.UNKNOWN_RELEASE: row(every(RELEASE_PAGES, box("no_such_release", "not_shown_yet")), AT_A_DESK),
    Condition.UNKNOWN_UNIT: row(
        {
            **every(("department", "indicator", "training", "chain", "initiatives"), box("no_unit")),
            "compare": told("compare.unknown"),
        },
        ASKS_NOTHING,
    ),
    Condition.UNKNOWN_INDICATOR: row({"indicator": box("no_indicator")}, ASKS_NOTHING),
    Condition.UNKNOWN_RECORD: row(
        {
            **every(("chain", "pilots", "practices"), box("no_record")),
            "requests": box("no_request"),
        },
        ASKS_NOTHING,
    ),
    Condition.NOT_SHOWN_YET: row(
        every(RELEASE_PAGES, Told((), box("not_shown_yet").staff)),
        "이 화면은 결과가 아니라 일을 보여 준다",
    ),
    Condition.WINDOW_CLOSED: row(
        {"requests": Told(("requests.none",), ("requests.not_now", "state.not_shown_yet.go"))},
        "기간을 두고 받는 것이 없다. 정성평가는 심사가 열려 있어야 하며 그 시험이 따로 있다",
    ),
    Condition.RECORDS_GONE: row({"data": box("records_not_there")}, "받은 파일이 아니라 공개본을 본다"),
    Condition.DATABASE_AWAY: row(every(PAGES, box("database_away")), ""),
    Condition.FAULT: row(every(PAGES, box("fault")), ""),
}
"""Condition -> page -> what it says."""
