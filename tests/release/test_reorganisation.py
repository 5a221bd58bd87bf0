"""After a reorganisation every record counts once: for the department itself, its successors, or nowhere."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.evaluate import evaluate
from etl.units import Attribution, Reorganisation, UnitVersion, attributions, evaluated_units
from tests.golden.evaluation import RULEBOOK

FIRST, LAST = date(2021, 1, 1), date(2021, 12, 31)
Shares = dict[str, dict[str, str]]


def attributed(evaluated: str, successions: Shares) -> Shares:
    """Recorded department -> evaluated department -> share, every department one letter."""
    moves = [(before, after, Decimal(share)) for before, heirs in successions.items() for after, share in heirs.items()]
    recorded = {*evaluated, *successions, *(after for heirs in successions.values() for after in heirs)}
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for way in attributions(evaluated, recorded, moves):
        found[way.recorded_unit][way.unit_id] = f"{way.share.normalize():f}"
    return dict(found)


CASES = [
    pytest.param("AB", {}, {"A": {"A": "1"}, "B": {"B": "1"}}, id="nothing happened"),
    pytest.param("C", {"A": {"C": "1"}, "B": {"C": "1"}}, {unit: {"C": "1"} for unit in "ABC"}, id="merger"),
    pytest.param("BC", {"A": {"B": "0.6", "C": "0.4"}},
                 {"A": {"B": "0.6", "C": "0.4"}, "B": {"B": "1"}, "C": {"C": "1"}}, id="split"),
    pytest.param("C", {"A": {"B": "1"}, "B": {"C": "1"}}, {unit: {"C": "1"} for unit in "ABC"}, id="chain"),
    pytest.param("DE", {"A": {"B": "0.5", "C": "0.5"}, "B": {"D": "0.2", "E": "0.8"}, "C": {"E": "1"}},
                 {"A": {"D": "0.1", "E": "0.9"}, "B": {"D": "0.2", "E": "0.8"}, "C": {"E": "1"},
                  "D": {"D": "1"}, "E": {"E": "1"}}, id="a chain of splits that meet again"),
    pytest.param("AB", {"A": {"B": "1"}}, {"A": {"A": "1"}, "B": {"B": "1"}}, id="who is still there keeps its own"),
    pytest.param("", {"A": {"B": "1"}}, {}, id="an heir that is not evaluated"),
    pytest.param("C", {"A": {"B": "0.5", "C": "0.5"}}, {"A": {"C": "0.5"}, "C": {"C": "1"}}, id="one heir that is not"),
    pytest.param("", {"A": {"B": "1"}, "B": {"A": "1"}}, {}, id="circle"),
    pytest.param("", {"A": {"A": "1"}}, {}, id="a department that succeeds itself"),
    pytest.param("C", {"A": {"B": "0.5", "C": "0.5"}, "B": {"A": "1"}},
                 {"A": {"C": "0.5"}, "B": {"C": "0.5"}, "C": {"C": "1"}}, id="a circle with a way out"),
]  # fmt: skip


@pytest.mark.parametrize(("evaluated", "successions", "expected"), CASES)
def test_records_go_where_the_department_went(evaluated: str, successions: Shares, expected: Shares) -> None:
    assert attributed(evaluated, successions) == expected


def test_thirds_of_thirds_of_thirds_still_add_up() -> None:
    thirds = dict(zip("abc", map(Decimal, ("0.333333", "0.333333", "0.333334")), strict=True))
    moves = [("0", f"1{heir}", share) for heir, share in thirds.items()]
    for level in range(1, 5):
        moves += [(f"{level}{one}", f"{level + 1}{heir}", share) for one in "abc" for heir, share in thirds.items()]
    shares = [way.share for way in attributions(["5a", "5b", "5c"], ["0"], moves)]
    assert len(shares) == 3
    assert sum(shares) == 1
    assert all(share == share.quantize(Decimal("1e-12")) for share in shares)


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[str], list[tuple[str, str, Decimal]]]:
    """Departments, each of which ends in later ones or stays; shares to six decimals that add up to one."""
    units = [f"U{number}" for number in range(draw(st.integers(2, 7)))]
    moves = []
    for position, unit in enumerate(units[:-1]):
        heirs = draw(st.lists(st.sampled_from(units[position + 1 :]), unique=True, max_size=3))
        between = max(len(heirs) - 1, 0)
        cuts = draw(st.lists(st.integers(1, 999_999), unique=True, min_size=between, max_size=between))
        edges = [0, *sorted(cuts), 1_000_000]
        moves += [
            (unit, heir, Decimal(upper - lower) / 1_000_000)
            for heir, lower, upper in zip(heirs, edges, edges[1:], strict=False)
        ]
    return units, moves


@given(history=histories())
def test_nothing_is_lost_and_nothing_counted_twice(
    history: tuple[list[str], list[tuple[str, str, Decimal]]],
) -> None:
    units, moves = history
    stay = set(units) - {before for before, _, _ in moves}
    added: defaultdict[str, Decimal] = defaultdict(Decimal)
    for way in attributions(stay, units, moves):
        assert way.unit_id in stay
        assert 0 < way.share <= 1
        added[way.recorded_unit] += way.share
    assert dict(added) == dict.fromkeys(units, Decimal(1))


def version(code: str, valid_from: date, valid_to: date | None = None, name: str = "") -> UnitVersion:
    return UnitVersion(code, name or code, None, "line", valid_from, valid_to)


JULY = date(2021, 7, 1)
VERSIONS = [
    version("A", date(2018, 1, 1), date(2021, 6, 30)),
    version("B", JULY),
    version("C", date(2018, 1, 1), date(2021, 3, 31), "옛 이름"),
    version("C", date(2021, 4, 1), None, "새 이름"),
    version("D", date(2018, 1, 1), date(2020, 12, 31)),
    version("E", date(2022, 1, 1)),
    version("F", date(2018, 1, 1), LAST),
    version("G", date(2018, 1, 1), FIRST),
    version("H", LAST),
]
EVALUATED: list[tuple[Reorganisation, str]] = [("successor", "BCFH"), ("as_recorded", "ABCFGH")]


@pytest.mark.parametrize(("reorganisation", "codes"), EVALUATED)
def test_who_is_evaluated_depends_on_the_days_it_exists(reorganisation: Reorganisation, codes: str) -> None:
    for versions in (VERSIONS, VERSIONS[::-1]):
        found = evaluated_units(versions, FIRST, LAST, reorganisation)
        assert sorted(found) == list(codes)
        assert found["C"].name == "새 이름"


# Through the whole trip ---------------------------------------------------------------------------------------------

DEPARTMENTS = """unit_id,name,peer_group,valid_from,valid_to
A,가과,line,2018-01-01,2021-06-30
B,나과,line,2018-01-01,2021-06-30
C,다과,line,2021-07-01,
D,라과,line,2018-01-01,2021-06-30
E,마과,line,2021-07-01,
F,바과,line,2021-07-01,
G,사과,line,2018-01-01,
"""
SUCCESSIONS = """from_unit,to_unit,took_effect_on,share
A,C,2021-07-01,1
B,C,2021-07-01,1
D,E,2021-07-01,0.7
D,F,2021-07-01,0.3
"""
MODES = {
    "successor": {"C": "6", "E": "0.7", "F": "2.3", "G": "4"},
    "as_recorded": {"A": "1", "B": "2", "C": "3", "D": "1", "E": "0", "F": "2", "G": "4"},
}


@pytest.mark.parametrize("reorganisation", MODES)
def test_datasets_of_a_reorganised_body_count_once(tmp_path: Path, reorganisation: str) -> None:
    opened = {"A": 1, "B": 2, "C": 3, "D": 1, "F": 2, "G": 4}
    datasets = "dataset_id,unit_id,title,opened_on\n" + "".join(
        f"{unit}-{number},{unit},목록,2021-05-01\n" for unit, count in opened.items() for number in range(count)
    )
    records = tmp_path / "records"
    records.mkdir()
    for kind, text in (("departments", DEPARTMENTS), ("successions", SUCCESSIONS), ("datasets", datasets)):
        (records / f"{kind}.csv").write_text(text, encoding="utf-8")
    rules = RULEBOOK.read_text(encoding="utf-8").replace(
        'reorganisation = "successor"', f'reorganisation = "{reorganisation}"'
    )
    (tmp_path / "rules.toml").write_text(rules, encoding="utf-8")
    release = evaluate(records, tmp_path / "rules.toml", tmp_path / "releases").release
    with (release / "metrics.csv").open(encoding="utf-8", newline="") as stream:
        found = {row["unit_id"]: row["value"] for row in csv.DictReader(stream) if row["metric"] == "datasets_opened"}
    assert found == MODES[reorganisation]
    assert sum(map(Decimal, found.values())) == sum(opened.values())


def test_an_attribution_is_a_part_of_a_department() -> None:
    assert attributions(["A"], ["A"], []) == [Attribution("A", "A", Decimal(1))]


def test_a_chain_of_five_thousand_successions_is_followed_to_its_end() -> None:
    names = [f"U{number}" for number in range(5001)]
    moves = [(before, after, Decimal(1)) for before, after in zip(names, names[1:], strict=False)]
    assert attributions([names[-1]], [names[0]], moves) == [Attribution(names[0], names[-1], Decimal(1))]
