"""The public datasets of five years and how often they were downloaded, with two signs of gaming among them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from etl.demo.decisions import Decision, decide
from etl.demo.departments import (
    ARTS,
    ARTS_AND_TOURISM,
    BY_CODE,
    CLIMATE,
    ENVIRONMENT,
    NOTHING_TO_OPEN,
    PARKS,
    REORGANISED,
    SPORTS_GROUNDS,
    TOURISM,
    WASTE,
    Department,
    existing_on,
    name_on,
)
from etl.demo.draws import Draws, apportion
from etl.demo.roster import ALIASES
from etl.demo.tables import Table, plain
from etl.demo.titles import TitleBook
from etl.demo.topics import DATASET_PATTERNS

OPENED: Final = {2017: 96, 2018: 148, 2019: 231, 2020: 362, 2021: 600}
"""How many datasets are newly opened in each year and not refused."""

_REFUSED: Final = {2019: 2, 2020: 4, 2021: 8}
_REFUSAL_REASONS: Final = ("파일 열람 불가", "기존 데이터셋과 내용이 같음", "개인정보가 들어 있어 개방 중지", "빈 파일")
_DUMPED: Final = 26
_SPLIT_ON: Final = date(2021, 5, 12)
_DUMP: Final = (date(2021, 12, 27), date(2021, 12, 30))
_SNAPSHOTS: Final = tuple(date(year, 12, 31) for year in range(2018, 2022))
_GROUP_WEIGHTS: Final = {"support": 3, "line": 6, "office": 6, "agency": 6, "town": 2}
_FORMATS: Final = ("CSV", "XLSX", "JSON", "SHP", "HWP", "PDF")
_FORMAT_WEIGHTS: Final = (72, 13, 4, 3, 5, 3)
_UNHANDY_FORMATS: Final = ("HWP", "PDF", "XLSX")
_SLIPS: Final = {code: alias for code, alias, _, _ in ALIASES}
_CYCLES: Final = ("연간", "반기", "분기", "월간", "수시")
_CYCLE_WEIGHTS: Final = (50, 20, 15, 5, 10)
_PREDECESSORS: Final = {ARTS_AND_TOURISM: (ARTS, TOURISM), CLIMATE: (ENVIRONMENT,), WASTE: (ENVIRONMENT,)}


@dataclass(frozen=True, slots=True)
class Dataset:
    """One dataset on the portal; `refused_because` is filled where the opening was not recognised."""

    dataset_id: str
    code: str
    title: str
    opened_on: date
    updated_on: date | None
    withdrawn_on: date | None
    format: str
    cycle: str
    refused_because: str = ""


@dataclass(frozen=True, slots=True)
class _Opening:
    """A dataset about to be opened: by whom, when, under which title and in which format."""

    code: str
    opened_on: date
    title: str
    format: str
    kept_up: bool = True
    refused_because: str = ""


def draw_datasets(seed: int) -> list[Dataset]:
    """All datasets, by the day they were opened."""
    titles = TitleBook(Draws(seed, "dataset titles"), DATASET_PATTERNS)
    return [dataset for year in OPENED for dataset in _datasets_of(year, titles, Draws(seed, f"datasets {year}"))]


def _datasets_of(year: int, titles: TitleBook, draws: Draws) -> list[Dataset]:
    special = [*_dumped(titles, draws), *_split()] if year == 2021 else []
    openings = special + _usual(year, OPENED[year] - len(special), titles, draws) + _refused(year, titles, draws)
    in_order = sorted(openings, key=lambda opening: opening.opened_on)
    return [_dataset(f"15{year % 100}{number:04d}", opening, draws) for number, opening in enumerate(in_order, start=1)]


def _dumped(titles: TitleBook, draws: Draws) -> list[_Opening]:
    """One field office opens a year's worth in the last days of December, half of it in formats nobody can use."""
    return [
        _Opening(
            SPORTS_GROUNDS,
            draws.working_day(*_DUMP),
            titles.next_of(SPORTS_GROUNDS).text,
            draws.pick(_UNHANDY_FORMATS) if draws.chance(50) else "CSV",
            kept_up=False,
        )
        for _ in range(_DUMPED)
    ]


def _split() -> list[_Opening]:
    """One department opens a single table of street trees as one dataset for every town."""
    towns = [department for department in existing_on(_SPLIT_ON) if department.peer_group == "town"]
    return [_Opening(PARKS, _SPLIT_ON, f"가로수 현황({town.name})", "CSV", kept_up=False) for town in towns]


def _usual(year: int, number: int, titles: TitleBook, draws: Draws) -> list[_Opening]:
    departments = [d for d in existing_on(date(year, 12, 31)) if d.code != SPORTS_GROUNDS or year != 2021]
    weights = [_productivity(department, draws) for department in departments]
    parts = apportion(number, weights)
    return [
        _opening(department, year, titles, draws)
        for department, part in zip(departments, parts, strict=True)
        for _ in range(part)
    ]


def _productivity(department: Department, draws: Draws) -> int:
    """Grows with the level, not with the size; some of the weakest open nothing at all."""
    if department.level == 0 or department.code in NOTHING_TO_OPEN or (department.level == 1 and draws.chance(50)):
        return 0
    return (1 + department.level**2) * _GROUP_WEIGHTS[department.peer_group] * draws.between(50, 150)


def _opening(department: Department, year: int, titles: TitleBook, draws: Draws, refused: str = "") -> _Opening:
    predecessors = _PREDECESSORS.get(department.code)
    first = date(year, 1, 18) if predecessors else max(date(year, 1, 18), department.start)
    opened_on = draws.working_day(first, date(year, 12, 21))
    code = draws.pick(predecessors) if predecessors and opened_on < REORGANISED else department.code
    kind = draws.pick(_UNHANDY_FORMATS) if refused else draws.pick_weighted(_FORMATS, _FORMAT_WEIGHTS)
    return _Opening(code, opened_on, titles.next_of(code).text, kind, refused_because=refused)


def _refused(year: int, titles: TitleBook, draws: Draws) -> list[_Opening]:
    departments = [d for d in existing_on(date(year, 12, 31)) if d.level > 1]
    return [
        _opening(draws.pick(departments), year, titles, draws, _REFUSAL_REASONS[place % len(_REFUSAL_REASONS)])
        for place in range(_REFUSED.get(year, 0))
    ]


def _dataset(dataset_id: str, opening: _Opening, draws: Draws) -> Dataset:
    withdrawn_on = _withdrawn_on(opening, draws)
    return Dataset(
        dataset_id,
        opening.code,
        opening.title,
        opening.opened_on,
        _updated_on(opening, draws) if withdrawn_on is None else None,
        withdrawn_on,
        opening.format,
        draws.pick_weighted(_CYCLES, _CYCLE_WEIGHTS),
        opening.refused_because,
    )


def _withdrawn_on(opening: _Opening, draws: Draws) -> date | None:
    """One in forty of the older datasets is withdrawn in 2020 or 2021."""
    if opening.opened_on.year > 2019 or draws.below(40) > 0:
        return None
    return draws.working_day(date(2020, 2, 3), date(2021, 11, 26))


def _updated_on(opening: _Opening, draws: Draws) -> date | None:
    """The last update: the higher the department's level, the likelier in 2021; some were never updated."""
    if not opening.kept_up:
        return None
    if draws.chance(22 + 13 * BY_CODE[opening.code].level):
        return _later_in(2021, opening, draws)
    return _later_in(draws.between(min(opening.opened_on.year, 2020), 2020), opening, draws)


def _later_in(year: int, opening: _Opening, draws: Draws) -> date | None:
    """A day in the year at least a month after the opening, if there is one."""
    first = max(date(year, 1, 11), opening.opened_on + timedelta(days=30))
    last = date(year, 12, 24)
    return draws.working_day(first, last) if first <= last - timedelta(days=7) else None


def decisions_on_datasets(datasets: list[Dataset], seed: int) -> list[Decision]:
    """Datasets count unless refused, so only refusals are decided."""
    draws = Draws(seed, "dataset decisions")
    return [
        decision
        for dataset in datasets
        if dataset.refused_because
        for decision in decide(
            "데이터셋", dataset.dataset_id, dataset.opened_on, ("불인정",), dataset.refused_because, draws
        )
    ]


def dataset_tables(datasets: list[Dataset], seed: int) -> tuple[Table, ...]:
    """데이터셋 and 데이터셋_이용."""
    names = Draws(seed, "dataset managers")
    headings = ("목록키", "관리부서명", "목록명", "등록일", "수정일", "개방중지일", "확장자", "업데이트 주기")
    rows = tuple(
        (
            dataset.dataset_id,
            _managed_by(dataset, names),
            dataset.title,
            plain(dataset.opened_on),
            plain(dataset.updated_on),
            plain(dataset.withdrawn_on),
            dataset.format,
            dataset.cycle,
        )
        for dataset in datasets
    )
    draws = Draws(seed, "usage")
    usage = tuple(row for dataset in datasets for row in _usage_of(dataset, draws))
    return (
        Table("데이터셋.csv", headings, rows),
        Table("데이터셋_이용.tsv", ("목록키", "기준일", "누적다운로드", "누적조회"), usage, delimiter="\t"),
    )


def _managed_by(dataset: Dataset, draws: Draws) -> str:
    """The department as the portal names it: by name, not by code, and now and then by a slip of it."""
    slip = _SLIPS.get(dataset.code)
    return slip if slip is not None and draws.chance(15) else name_on(dataset.code, dataset.opened_on)


def _usage_of(dataset: Dataset, draws: Draws) -> list[tuple[str, ...]]:
    """Cumulative downloads and views at each year's end; a few datasets are much sought after."""
    yearly = (2 + draws.below(9) ** 2) * (8 if draws.chance(5) else 1)
    downloads = views = 0
    rows: list[tuple[str, ...]] = []
    for day in _SNAPSHOTS:
        if day < dataset.opened_on or (dataset.withdrawn_on is not None and dataset.withdrawn_on <= day):
            continue
        days_open = min(365, (day - dataset.opened_on).days + 1)
        more = yearly * days_open * draws.between(60, 160) // 36500
        downloads += more
        views += more * draws.between(3, 7) + draws.below(10)
        rows.append((dataset.dataset_id, plain(day), str(downloads), str(views)))
    return rows
