"""The public files of US federal agencies, end to end.

What is expected is counted here from the received files with the csv module, and in other ways than the example does:
headcount by the file's agency codes instead of names, the portal's totals by their place in the list.
"""

from __future__ import annotations

from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from etl.verify import verify
from tests.examples.evaluated import Example, misplaced

pytestmark = pytest.mark.xdist_group("us_federal")

INVENTORY = "ai_use_cases_2025.csv"
HEADCOUNT = "fedscope_employment_by_agency_subagency_202503_and_202409.txt"
PORTAL = "datagov_counts_by_agency_2017-2019.csv"

BLANK = {"DOC", "ED", "TVA"}
NOT_ON_THE_PORTAL = {"FCA", "FERC", "FTC", "NCUA", "NEA", "NIGC", "STB", "TVA"}
NOT_IN_THE_HEADCOUNT = {"NIGC", "TVA"}
AGENCY_OF_CODE = dict(
    pair.split("=")
    for pair in (
        "CT=CFTC HS=DHS CM=DOC DN=DOE IN=DOI DJ=DOJ DL=DOL TD=DOT GQ=EAC ED=ED EP=EPA FL=FCA FC=FCC FD=FDIC HF=FHFA"
        " FR=FRB FT=FTC GS=GSA HE=HHS HU=HUD NQ=NARA NN=NASA CU=NCUA NU=NRC NF=NSF TB=NTSB FW=OSC OS=OSHRC BG=PBGC"
        " SB=SBA SE=SEC SZ=SSA ST=STATE TW=STB TR=TREAS AG=USDA VA=VA"
    ).split()
)
"""The headcount's own code of an agency -> the roster's."""
AGENCY_OF_PART = {"DNFE": "FERC", "AH01": "NEA"}
"""Agencies of the roster that the headcount lists as a part of another one."""


def use_cases(example: Example) -> list[dict[str, str]]:
    """Every use case once: rows equal in every cell are one."""
    return list({tuple(row.values()): row for row in example.received(INVENTORY)}.values())


def headcount(example: Example) -> Counter[str]:
    """People employed in March 2025 by agency."""
    people: Counter[str] = Counter()
    for row in example.received(HEADCOUNT, "\t"):
        agency = AGENCY_OF_PART.get(row["AGYSUB"]) or AGENCY_OF_CODE.get(row["AGY"])
        if agency is not None and row["DATECODE"] == "202503":
            people[agency] += int(row["EMPCOUNT"])
    return people


def portal_totals(example: Example) -> dict[str, int]:
    """The first row of every agency on the portal: its total."""
    totals: dict[str, int] = {}
    for row in example.received(PORTAL):
        totals.setdefault(row["parent_agency"], int(row["record_count"]))
    return totals


def roster(example: Example) -> dict[str, str]:
    """Code -> name as the inventory has them."""
    return {row["agency"]: row["agency_name"] for row in example.received(INVENTORY)}


def missing(example: Example, metric: str) -> set[str]:
    return {unit_id for unit_id, value in example.values(metric).items() if value is None}


def half_up(value: Decimal, places: str) -> Decimal:
    return value.quantize(Decimal(places), ROUND_HALF_UP)


def test_the_roster_is_the_inventory(federal: Example) -> None:
    assert {row["unit_id"]: row["name"] for row in federal.table("units")} == roster(federal)
    assert len(roster(federal)) == 41


def test_use_cases_in_operation_are_those_deployed_and_a_blank_stage_is_missing(federal: Example) -> None:
    deployed = Counter(row["agency"] for row in use_cases(federal) if row["development_stage"] == "Deployed")
    stated = {row["agency"] for row in use_cases(federal) if row["development_stage"]}

    assert missing(federal, "analyses_in_operation") == roster(federal).keys() - stated == BLANK
    measured = {
        unit_id: value for unit_id, value in federal.values("analyses_in_operation").items() if value is not None
    }
    assert measured == {agency: deployed[agency] for agency in stated}
    assert (deployed["DOE"], deployed["EPA"], deployed["SBA"]) == (119, 7, 0)


def test_high_impact_in_use_needs_both_answers_and_a_blank_one_is_missing(federal: Example) -> None:
    both = [row for row in use_cases(federal) if row["is_high_impact"] and row["development_stage"]]
    in_use = Counter(
        row["agency"]
        for row in both
        if (row["is_high_impact"], row["development_stage"]) == ("High-impact", "Deployed")
    )
    stated = {row["agency"] for row in both}

    assert missing(federal, "policies_using_data") == roster(federal).keys() - stated
    assert missing(federal, "policies_using_data") == BLANK | {"CFTC", "GSA", "NSF", "OSC", "PBGC"}
    measured = {unit_id: value for unit_id, value in federal.values("policies_using_data").items() if value is not None}
    assert measured == {agency: in_use[agency] for agency in stated}
    assert (in_use["VA"], in_use["DOJ"], in_use["DOI"]) == (94, 73, 0)


def test_headcount_is_the_sum_of_an_agency_s_parts_and_an_agency_not_listed_is_missing(federal: Example) -> None:
    people = headcount(federal)

    assert missing(federal, "headcount_actual") == roster(federal).keys() - people.keys() == NOT_IN_THE_HEADCOUNT
    measured = {unit_id: value for unit_id, value in federal.values("headcount_actual").items() if value is not None}
    assert measured == people
    assert (people["DOE"], people["FERC"], people["NEA"]) == (15_891, 1_581, 160)


def test_datasets_are_the_portal_s_totals_and_not_totals_and_parts_together(federal: Example) -> None:
    totals = portal_totals(federal)
    totals["Office of Special Counsel"] = totals["US Office of the Special Counsel"]
    names = roster(federal)

    reported = federal.values("datasets_reported")
    assert {unit_id for unit_id, value in reported.items() if value is None} == NOT_ON_THE_PORTAL
    for unit_id in names.keys() - NOT_ON_THE_PORTAL:
        assert (unit_id, reported[unit_id]) == (unit_id, totals[names[unit_id]])
    assert not any(names[unit_id] in totals for unit_id in NOT_ON_THE_PORTAL)


def test_training_established_is_counted_and_scored_among_those_who_answered(federal: Example) -> None:
    established, answered = Counter[str](), Counter[str]()
    for row in use_cases(federal):
        answered[row["agency"]] += row["hi_training_established"] in ("Training Established", "Training In-progress")
        established[row["agency"]] += row["hi_training_established"] == "Training Established"

    assert {unit_id: value or 0 for unit_id, value in federal.values("training_sessions").items()} == established
    shares = {
        row["unit_id"]: Decimal(row["value"]) if row["value"] else None
        for row in federal.table("indicators")
        if row["indicator"] == "training_established"
    }
    for unit_id, share in shares.items():
        asked = answered[unit_id]
        assert share == (half_up(Decimal(100 * established[unit_id]) / asked, "0.01") if asked else None)
    assert shares["DOJ"] == 0
    assert shares["VA"] is None


@pytest.mark.parametrize("unit_id", ["DOE", "EPA", "NASA", "OSHRC", "FDIC"])
def test_values_and_points_of_known_agencies_follow_from_the_files(federal: Example, unit_id: str) -> None:
    people = headcount(federal)[unit_id]
    datasets = portal_totals(federal)[roster(federal)[unit_id]]
    deployed = sum((row["agency"], row["development_stage"]) == (unit_id, "Deployed") for row in use_cases(federal))
    per_thousand = {
        "ai_in_operation": half_up(Decimal(1000 * deployed) / people, "0.0001"),
        "datasets_per_thousand": half_up(Decimal(1000 * datasets) / people, "0.0001"),
    }
    points = {
        "ai_in_operation": 35 * min(per_thousand["ai_in_operation"] / 5, Decimal(1)),
        "datasets_listed": 20 * min(Decimal(datasets).log10() / 4, Decimal(1)),
        "datasets_per_thousand": 20
        * min(max(per_thousand["datasets_per_thousand"].log10() / 3, Decimal(0)), Decimal(1)),
    }

    published = {row["indicator"]: row for row in federal.table("indicators") if row["unit_id"] == unit_id}
    for indicator, value in per_thousand.items():
        assert (indicator, Decimal(published[indicator]["value"])) == (indicator, value)
    for indicator, earned in points.items():
        assert (indicator, Decimal(published[indicator]["points"])) == (indicator, half_up(earned, "0.01"))


def test_at_least_33_agencies_are_ranked_with_headcount_and_datasets_joined(federal: Example) -> None:
    joined = roster(federal).keys() - missing(federal, "headcount_actual") - missing(federal, "datasets_reported")

    assert len(federal.ranked() & joined) >= 33
    assert len(federal.ranked()) == 39


def test_the_agencies_not_ranked_are_listed_with_the_reason(federal: Example) -> None:
    left_out = {
        row["unit_id"]: row["not_ranked_because"] for row in federal.table("scores") if row["ranked"] == "false"
    }

    assert left_out == {"NIGC": "coverage", "TVA": "coverage"}


@pytest.mark.parametrize("unit_id", sorted(BLANK))
def test_an_agency_that_left_the_stage_blank_has_a_missing_value_and_no_zero(federal: Example, unit_id: str) -> None:
    rows = {row["indicator"]: row for row in federal.table("indicators") if row["unit_id"] == unit_id}

    for indicator in ("ai_in_operation", "high_impact_in_use", "training_established"):
        assert (rows[indicator]["state"], rows[indicator]["value"]) == ("missing", "")
    (measured,) = (
        row for row in federal.table("metrics") if (row["unit_id"], row["metric"]) == (unit_id, "analyses_in_operation")
    )
    received = sum(row["agency"] == unit_id for row in federal.received(INVENTORY))
    assert (measured["records_counted"], measured["records_undecided"]) == ("0", str(received))


def test_a_blank_never_earns_more_than_the_lowest_answer(federal: Example) -> None:
    for indicator in ("ai_in_operation", "high_impact_in_use", "datasets_listed", "datasets_per_thousand"):
        rows = [row for row in federal.table("indicators") if row["indicator"] == indicator]
        lowest = min(Decimal(row["points"]) for row in rows if row["state"] == "measured")
        assert {Decimal(row["points"]) for row in rows if row["state"] == "missing"} == {lowest}


def test_only_commerce_and_education_are_ranked_on_less_than_half_of_the_weight(federal: Example) -> None:
    coverage = {row["unit_id"]: Decimal(row["coverage"]) for row in federal.table("scores")}

    assert {unit_id for unit_id in federal.ranked() if coverage[unit_id] < Decimal("0.5")} == {"DOC", "ED"}


def test_names_that_belong_to_no_agency_of_the_roster_are_listed_and_not_guessed(federal: Example) -> None:
    parents = Counter(row["parent_agency"] for row in federal.received(PORTAL))
    names = set(roster(federal).values()) | {"US Office of the Special Counsel"}
    strangers = {(PORTAL, parent, rows) for parent, rows in parents.items() if parent not in names}

    headed = Counter(
        row["AGYT"]
        for row in federal.received(HEADCOUNT, "\t")
        if row["DATECODE"] == "202503" and row["AGY"] not in AGENCY_OF_CODE and row["AGYSUB"] not in AGENCY_OF_PART
    )
    strangers |= {(HEADCOUNT, name, rows) for name, rows in headed.items()}

    assert set(federal.outcome.unknown_names) == strangers
    assert len(federal.outcome.unknown_names) == len(strangers) == 194


def test_every_alias_is_needed_and_says_why(federal: Example) -> None:
    received = {row["AGYT"] for row in federal.received(HEADCOUNT, "\t")}
    received |= {row["parent_agency"] for row in federal.received(PORTAL)}

    for row in federal.received("aliases.csv"):
        assert row["alias"] in received
        assert row["reason"]
    assert not {row["alias"].casefold() for row in federal.received("aliases.csv")} & {
        name.casefold() for name in roster(federal).values()
    }


def test_a_reject_names_the_row_it_stood_in(federal: Example) -> None:
    assert misplaced(federal, HEADCOUNT, "AGYT", "\t") == []
    assert misplaced(federal, PORTAL, "parent_agency") == []
    assert sum(row["reason"] == "unknown_name" for row in federal.table("rejects")) == 562


def test_a_row_sent_twice_counts_once_and_the_later_one_is_named(federal: Example) -> None:
    seen: set[tuple[str, ...]] = set()
    repeated = []
    for number, row in enumerate(federal.received(INVENTORY), start=2):
        if tuple(row.values()) in seen:
            repeated.append(str(number))
        seen.add(tuple(row.values()))

    twice = [
        row["row"] for row in federal.table("rejects") if (row["kind"], row["reason"]) == ("analyses", "sent_twice")
    ]
    assert twice == repeated
    assert len(twice) == 2


def test_no_use_case_is_rejected_but_those_sent_twice_and_answers_to_another_question(federal: Example) -> None:
    found = Counter((row["kind"], row["reason"]) for row in federal.table("rejects") if row["file"] == INVENTORY)
    other_answers = [
        row
        for row in federal.received(INVENTORY)
        if row["hi_training_established"] and not row["hi_training_established"].startswith("Training")
    ]

    assert found.pop(("panel_marks", "not_a_number")) == len(other_answers)
    assert found == {
        ("analyses", "sent_twice"): 2,
        ("policies", "sent_twice"): 2,
        ("policy_uses", "sent_twice"): 2,
        ("recognition", "sent_twice"): 4,
    }


def test_every_row_of_every_source_is_staged_rejected_or_set_aside(federal: Example) -> None:
    rows = {
        INVENTORY: len(federal.received(INVENTORY)),
        HEADCOUNT: len(federal.received(HEADCOUNT, "\t")),
        PORTAL: len(federal.received(PORTAL)),
    }
    assert rows == {INVENTORY: 3_611, HEADCOUNT: 1_016, PORTAL: 942}

    for loaded in federal.outcome.loaded:
        assert loaded.staged + loaded.rejected + loaded.held + loaded.set_aside == loaded.received
        assert loaded.received == rows.get(loaded.file, loaded.received)


def test_the_ranking_in_the_readme_is_the_ranking(federal: Example, project: Path) -> None:
    readme = (project / "docs" / "examples" / "us_federal" / "README.md").read_text(encoding="utf-8")
    scores = {row["unit_id"]: row for row in federal.table("scores")}
    metrics = [
        federal.values(metric)
        for metric in ("analyses_in_operation", "policies_using_data", "datasets_reported", "headcount_actual")
    ]
    ranks = sorted(federal.table("ranks"), key=lambda row: (row["peer_group"], int(row["group_rank"]), row["unit_id"]))

    expected = [
        [row["group_rank"], row["unit_id"], scores[row["unit_id"]]["score"], scores[row["unit_id"]]["coverage"]]
        + ["missing" if (value := metric[row["unit_id"]]) is None else f"{value:,}" for metric in metrics]
        for row in ranks
    ]
    shown = [[cell.strip() for cell in line.strip("| ").split("|")] for line in readme.splitlines()]
    assert [row for row in shown if len(row) == 8 and row[0].isdigit()] == expected


def test_the_release_can_be_recomputed(federal: Example) -> None:
    verify(federal.outcome.release)
