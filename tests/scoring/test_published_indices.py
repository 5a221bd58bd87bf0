"""Indices that somebody else computed and published, recomputed from their inputs."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import permutations
from pathlib import Path

import pytest

from etl.scoring.inputs import Inputs
from etl.scoring.outranking import order_score
from etl.scoring.rulebook import Rulebook, parse_rulebook
from etl.scoring.score import score
from tests.scoring.build import inputs, points, ranks, scores

Table = list[dict[str, str]]
Read = Callable[[str], Table]
Book = Callable[..., Rulebook]


@pytest.fixture(scope="session")
def table(project: Path) -> Read:
    folder = project.parent / "shared" / "validation"
    if not folder.is_dir():
        pytest.skip("the published tables (../shared/validation) are not on this machine")

    def read(name: str) -> Table:
        with (folder / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return read


@pytest.fixture(scope="session")
def book(project: Path) -> Book:
    def read(name: str, replace: dict[str, str] | None = None) -> Rulebook:
        text = (project / "tests" / "rulebooks" / name).read_text(encoding="utf-8")
        for old, new in (replace or {}).items():
            assert old in text
            text = text.replace(old, new)
        return parse_rulebook(text.encode(), name, None)

    return read


def _countries(rows: Table, *key: str) -> Inputs:
    figures: dict[str, dict[str, Decimal]] = {}
    for row in rows:
        name = "/".join(row[column] for column in key)
        figures[name] = {
            column: Decimal(text) for column, text in row.items() if column not in (*key, "country") and text
        }
    return inputs(figures)


def test_the_human_development_index_of_193_countries_with_ranks_and_groups(table: Read, book: Book) -> None:
    expected = {row["iso3"]: row for row in table("hdi_2022/expected.csv")}
    scored = score(book("hdi.toml"), _countries(table("hdi_2022/inputs.csv"), "iso3"))
    unrounded, places = scores(scored), ranks(scored)
    assert len(expected) == 193
    for name, row in expected.items():
        base = unrounded[name].base
        assert base is not None
        assert abs(base - Decimal(row["hdi"])) <= Decimal("0.0005"), name
        assert places[name].rank == Decimal(row["hdi_rank"]), name
        assert places[name].grade == row["hdicode"], name
    assert set(places) == set(expected)


def test_the_human_development_index_of_every_country_and_year_since_1990(table: Read, book: Book) -> None:
    expected = table("hdi_2022/expected_panel_1990_2022.csv")
    scored = scores(score(book("hdi.toml"), _countries(table("hdi_2022/inputs_panel_1990_2022.csv"), "iso3", "year")))
    assert len(expected) == 6171
    for row in expected:
        base = scored[f"{row['iso3']}/{row['year']}"].base
        assert base is not None
        assert abs(base - Decimal(row["hdi"])) <= Decimal("0.0005"), row


NORMALISATIONS = [
    "rank_high_is_top",
    "zscore",
    "minmax",
    "dist_ref_mean",
    "dist_ref_best",
    "dist_ref_worst",
    "diff_ref_mean",
    "diff_ref_worst",
    "above_below_mean_p20",
    "percentile",
    "categorical",
]
TAI = "tai_oecd_handbook_2008"


@pytest.mark.parametrize("method", NORMALISATIONS)
def test_the_handbooks_table_15_normalises_a_column_the_same_way(table: Read, book: Book, method: str) -> None:
    expected = table(f"{TAI}/expected_table15_normalisation.csv")
    got = points(score(book("tai_normalisation.toml"), _countries(table(f"{TAI}/inputs.csv"), "country")), method)
    tolerance = Decimal("0.05") if method == "percentile" else Decimal("0.005")
    assert len(expected) == 23
    for row in expected:
        value = got[row["country"]]
        assert value is not None
        assert abs(value - Decimal(row[method])) <= tolerance, row["country"]


@pytest.mark.parametrize(("weighting", "agreeing"), [("EW", 23), ("BAP", 23), ("AHP", 20), ("FA", 19)])
def test_ranks_follow_the_weighting_as_in_table_23(table: Read, book: Book, weighting: str, agreeing: int) -> None:
    weights = next(row for row in table(f"{TAI}/weights_table22.csv") if row["method"] == weighting)
    replace = {
        f'numerator = "{name}"\nweight = 0.125': f'numerator = "{name}"\nweight = {weight}'
        for name, weight in weights.items()
        if name != "method"
    }
    got = ranks(score(book("tai_linear.toml", replace), _countries(table(f"{TAI}/inputs.csv"), "country")))
    expected = table(f"{TAI}/expected_table23_ranks_by_weighting.csv")
    assert sum(got[row["country"]].rank == int(row[weighting]) for row in expected) >= agreeing


@pytest.mark.parametrize(("column", "rulebook"), [("LIN", "tai_linear.toml"), ("GME", "tai_geometric.toml")])
def test_ranks_follow_the_aggregation_as_in_table_38(table: Read, book: Book, column: str, rulebook: str) -> None:
    got = ranks(score(book(rulebook), _countries(table(f"{TAI}/inputs.csv"), "country")))
    expected = table(f"{TAI}/expected_table38_ranks_by_aggregation.csv")
    assert {row["country"]: got[row["country"]].rank for row in expected} == {
        row["country"]: int(row[column]) for row in expected
    }


def test_the_outranking_matrix_and_the_kemeny_scores_are_those_of_tables_36_and_37(table: Read, book: Book) -> None:
    scored = score(
        book("tai_outranking.toml"), _countries(table(f"{TAI}/inputs_table35_five_countries.csv"), "country")
    )
    outranking = scored.outranking
    assert outranking is not None
    matrix = table(f"{TAI}/expected_table36_outranking.csv")
    pairs = {
        (row["country"], other): Decimal(votes) for row in matrix for other, votes in row.items() if other != "country"
    }
    assert outranking.votes == {pair: votes for pair, votes in pairs.items() if pair[0] != pair[1]}

    printed = {
        tuple(row[f"rank{place}"] for place in range(1, 6)): Decimal(row["score"])
        for row in table(f"{TAI}/expected_table37_kemeny_scores.csv")
    }
    by_score = sorted((order_score(order, outranking.votes) for order in permutations(outranking.units)), reverse=True)
    assert {order: order_score(order, outranking.votes) for order in printed} == printed
    assert by_score[: len(printed)] == sorted(printed.values(), reverse=True)
    assert set(outranking.orders) == {order for order, votes in printed.items() if votes == max(printed.values())}
    assert outranking.best_score == max(printed.values())


TORONTO = "toronto_dqs"
PARTS = ("usability", "metadata", "freshness", "completeness", "accessibility")


def _datasets(rows: Table) -> Iterator[tuple[str, dict[str, str]]]:
    for position, row in enumerate(rows):
        yield f"dataset-{position:03}", row


def test_the_data_quality_scores_and_grades_of_torontos_255_datasets(table: Read, book: Book) -> None:
    raw = dict(_datasets(table(f"{TORONTO}/raw_scores_and_codes.csv")))
    expected = dict(_datasets(table(f"{TORONTO}/final_scores_and_codes.csv")))
    scored = score(
        book("toronto.toml"),
        inputs(
            {name: {part: row[part] for part in PARTS} for name, row in raw.items()},
            groups={name: row["store_type"] for name, row in raw.items()},
            not_applicable={
                (name, part) for name, row in raw.items() for part in PARTS if row[f"{part}_code"] == "Not Applicable"
            },
        ),
    )
    got, places = scores(scored), ranks(scored)
    assert len(expected) == 255
    for name, row in expected.items():
        value = got[name].score
        assert value is not None
        assert abs(value - Decimal(row["score"])) <= Decimal("0.001"), row["resource"]
        assert places[name].grade == row["grade"], row["resource"]
