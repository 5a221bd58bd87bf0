"""The chain from datasets to policies can be walked both ways, ends where it ends, and agrees with the metrics."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.engine import Engine
from etl.insight.chain import (
    STAGES,
    Chain,
    ChainRecord,
    Flow,
    Graph,
    Key,
    RecordKind,
    chain_figures,
    flows,
    gaps,
    ladder,
    read_graph,
)
from etl.insight.reading import Reading
from etl.insight.records import Origin
from etl.release.seal import RECORDS
from etl.results import open_measures

YEAR, BEFORE = date(2021, 5, 3), date(2020, 5, 4)
PERIOD = date(2021, 1, 1), date(2021, 12, 31)


def record(
    kind: RecordKind, record_id: str, group: str, day: date | None = YEAR, lacks: str | None = None, unit: str = "A"
) -> ChainRecord:
    days = () if day is None else (day,)
    return ChainRecord(
        kind, record_id, record_id, unit, frozenset(unit), group, days, lacks, None, Origin("file.csv", 2)
    )


def graph(records: list[ChainRecord], *uses: tuple[str, str]) -> Graph:
    by_id = {one.record_id: one.key for one in records}
    return Graph({one.key: one for one in records}, tuple((by_id[used], by_id[user]) for used, user in uses))


def ids(records: tuple[ChainRecord, ...] | list[ChainRecord]) -> list[str]:
    return [one.record_id for one in records]


@pytest.fixture
def small() -> Graph:
    """An old dataset and analysis behind a policy of the year, and records that lead nowhere."""
    return graph(
        [
            record("dataset", "d-old", "opened", BEFORE),
            record("dataset", "d-new", "collected", unit="B"),
            record("dataset", "d-idle", "opened"),
            record("dataset", "d-refused", "opened", lacks="refused"),
            record("analysis", "a-old", "own", BEFORE),
            record("analysis", "a-new", "commissioned", unit="B"),
            record("analysis", "a-idle", "own"),
            record("analysis", "a-open", "own", None),
            record("analysis", "a-undecided", "own", lacks="not_yet_recognised"),
            record("policy", "p", "budget"),
            record("policy", "p-effect", "effect", unit="C"),
            record("policy", "p-bare", "plan", lacks="no_document"),
            record("policy", "p-blank", "unstated"),
        ],
        ("d-old", "a-old"),
        ("d-new", "a-new"),
        ("d-new", "p"),
        ("d-refused", "a-new"),
        ("a-old", "p"),
        ("a-new", "p-effect"),
        ("a-undecided", "p-effect"),
        ("a-old", "p-bare"),
    )


def test_one_can_walk_from_a_policy_to_its_datasets_and_back(small: Graph) -> None:
    assert ids(small.rests_on(("policy", "p"))) == ["a-old", "d-new"]
    assert ids(small.rests_on(("analysis", "a-old"))) == ["d-old"]
    assert ids(small.led_to(("dataset", "d-old"))) == ["a-old"]
    assert ids(small.led_to(("dataset", "d-new"))) == ["a-new", "p"]
    assert small.led_to(("policy", "p")) == small.rests_on(("dataset", "d-old")) == ()


def test_the_chain_of_a_year_holds_what_its_records_rest_on_of_whatever_year(small: Graph) -> None:
    chain = small.within(*PERIOD)
    assert ("analysis", "a-old") not in chain.own
    assert (("dataset", "d-old"), ("analysis", "a-old")) in chain.drawn
    assert chain.used("dataset") == {("dataset", "d-old"), ("dataset", "d-new")}


def test_only_uses_between_records_that_count_are_drawn(small: Graph) -> None:
    ends = {key for use in small.over_all_years().drawn for key in use}
    assert all(small.records[key].lacks is None for key in ends)
    assert flows(small.within(*PERIOD)) == [
        Flow(("analysis", "commissioned"), ("policy", "effect"), 1),
        Flow(("analysis", "own"), ("policy", "budget"), 1),
        Flow(("dataset", "collected"), ("analysis", "commissioned"), 1),
        Flow(("dataset", "collected"), ("policy", "budget"), 1),
        Flow(("dataset", "opened"), ("analysis", "own"), 1),
    ]


def test_the_chain_ends_at_unused_datasets_unfollowed_analyses_and_bare_policies(small: Graph) -> None:
    found = gaps(small.within(*PERIOD))
    assert ids(found.unused_datasets) == ["d-idle"]
    assert ids(found.unfollowed_analyses) == ["a-idle"]
    assert sorted(ids(found.unproven_policies)) == ["p-bare", "p-blank"]


def test_figures_say_what_is_of_the_year_and_what_counts_on_no_rung(small: Graph) -> None:
    figures = chain_figures(small.within(*PERIOD))
    assert (figures.datasets, figures.datasets_used, figures.datasets_used_here, figures.datasets_unused) == (
        2,
        2,
        1,
        1,
    )
    assert (figures.analyses, figures.analyses_used, figures.analyses_unfollowed) == (2, 1, 1)
    assert (figures.policies, figures.policies_evidenced, figures.policies_unstated) == (4, 2, 1)


def test_a_use_by_a_policy_without_a_stage_is_drawn_and_is_no_use_by_one_with_evidence() -> None:
    chain = graph([record("analysis", "a", "own"), record("policy", "p", "unstated")], ("a", "p")).over_all_years()
    figures = chain_figures(chain)
    assert (len(chain.drawn), figures.analyses_used, figures.analyses_unfollowed) == (1, 0, 0)


def test_a_policy_stands_on_one_rung_and_has_passed_those_below(small: Graph) -> None:
    assert [(rung.stage, rung.here, rung.reached) for rung in ladder(small.within(*PERIOD))] == [
        ("report", 0, 2),
        ("plan", 0, 2),
        ("budget", 1, 2),
        ("effect", 1, 1),
    ]


def test_a_department_has_its_records_and_every_way_through_them(small: Graph) -> None:
    chain = small.within(*PERIOD).of_unit("B")
    assert chain.own == {("dataset", "d-new"), ("analysis", "a-new")}
    assert set(chain.drawn) == {
        (("dataset", "d-new"), ("analysis", "a-new")),
        (("dataset", "d-new"), ("policy", "p")),
        (("analysis", "a-new"), ("policy", "p-effect")),
    }


KINDS: tuple[RecordKind, ...] = ("dataset", "analysis", "policy")


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """Any records, used as they may be: datasets by analyses and policies, analyses by policies."""
    records = [
        record(
            kind,
            f"{kind}-{at}",
            "report" if kind == "policy" else "own",
            draw(st.sampled_from([YEAR, BEFORE, None])),
            draw(st.sampled_from([None, None, "refused"])),
            draw(st.sampled_from("ABC")),
        )
        for kind in KINDS
        for at in range(draw(st.integers(0, 4)))
    ]
    pairs = [(a, b) for a in records for b in records if KINDS.index(a.kind) < KINDS.index(b.kind)]
    uses = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    return graph(records, *((a.record_id, b.record_id) for a, b in uses))


@given(graphs())
def test_what_a_record_led_to_rests_on_it(any_graph: Graph) -> None:
    up = {(key, user.key) for key in any_graph.records for user in any_graph.led_to(key)}
    down = {(used.key, key) for key in any_graph.records for used in any_graph.rests_on(key)}
    assert up == down == set(any_graph.uses)


@given(graphs())
def test_departments_together_have_every_record_and_every_use_of_the_body(any_graph: Graph) -> None:
    for chain in (any_graph.over_all_years(), any_graph.within(*PERIOD)):
        parts: list[Chain] = [chain.of_unit(unit) for unit in "ABC"]
        assert frozenset[Key]().union(*(part.own for part in parts)) == chain.own
        assert {use for part in parts for use in part.drawn} == set(chain.drawn)
        assert sum(flow.uses for flow in flows(chain)) == len(set(chain.drawn))


@given(graphs())
def test_a_dataset_is_used_or_a_gap_or_refused_and_never_two_of_them(any_graph: Graph) -> None:
    chain = any_graph.over_all_years()
    unused = {one.key for one in gaps(chain).unused_datasets}
    assert not unused & chain.used("dataset")
    for one in chain.records("dataset"):
        nowhere = one.lacks is None and bool(one.days) and not any_graph.led_to(one.key)
        assert (one.key in unused) is nowhere


# The synthetic city --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def whole(city: Reading) -> Graph:
    return read_graph(city)


@pytest.fixture(scope="module")
def measured(city: Reading) -> Callable[[str, int], int]:
    def total(metric: str, year: int) -> int:
        with Engine() as engine:
            measures = open_measures(city.rulebook, city.folder / RECORDS, engine)
            value, _ = measures.total(metric, date(year, 1, 1), date(year, 12, 31))
            return int(value or 0)

    return total


@pytest.mark.parametrize("year", [2019, 2020, 2021])
def test_the_ladder_and_the_datasets_used_are_what_the_metrics_count(
    whole: Graph, measured: Callable[[str, int], int], year: int
) -> None:
    chain = whole.within(date(year, 1, 1), date(year, 12, 31))
    metrics = ("policies_evidenced", "policies_planned", "policies_budgeted", "policies_effective")
    assert [rung.stage for rung in ladder(chain)] == list(STAGES)
    assert [rung.reached for rung in ladder(chain)] == [measured(metric, year) for metric in metrics]
    figures = chain_figures(chain)
    assert figures.datasets_used == measured("datasets_used", year)
    assert figures.collected == measured("datasets_collected", year)
    assert figures.policies_evidenced == measured("policies_evidenced", year)


def test_the_year_has_22_analyses_and_600_datasets_opened_whoever_shares_them(whole: Graph) -> None:
    chain = whole.within(*PERIOD)
    figures = chain_figures(chain)
    assert figures.analyses == 22
    assert figures.datasets - figures.collected == 600
    joint = [one for one in chain.records("analysis") if len(one.units) > 1 and one.lacks is None]
    assert joint
    for one in joint:
        for unit_id in one.units:
            assert one.key in chain.of_unit(unit_id).own


def test_a_record_of_a_department_that_was_split_belongs_to_its_successors_too(whole: Graph) -> None:
    (split,) = {one.units for one in whole.records.values() if one.kind == "dataset" and one.unit_id == "0080010"}
    assert split == {"0080010", "0080050", "0080060"}


def test_a_policy_of_the_year_rests_on_an_analysis_that_rests_on_data_down_to_the_received_rows(
    whole: Graph, project: Path
) -> None:
    chain = whole.within(*PERIOD)
    policy = next(
        one
        for one in chain.records("policy")
        if one.lacks is None
        for analysis in whole.rests_on(one.key)
        if analysis.kind == "analysis" and whole.rests_on(analysis.key)
    )
    analysis = next(one for one in whole.rests_on(policy.key) if one.kind == "analysis")
    dataset = whole.rests_on(analysis.key)[0]
    for one, column in ((policy, "정책명"), (analysis, "과제명")):
        assert row_of(project, one)[column] == one.title
    row = row_of(project, dataset)
    assert dataset.title in (row.get("목록명"), row.get("데이터명"))
    assert policy.key in {user.key for way in whole.led_to(dataset.key) for user in (way, *whole.led_to(way.key))}


def row_of(project: Path, one: ChainRecord) -> dict[str, str]:
    """The received row a record says it came from."""
    assert one.origin.file is not None
    assert one.origin.row is not None
    with (project / "data/demo" / one.origin.file).open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))[one.origin.row - 2]
