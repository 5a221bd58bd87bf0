"""Ways to make one number of several, the arithmetic of indices published elsewhere included."""

from __future__ import annotations

from decimal import Decimal

import pytest

from etl.scoring.score import score
from tests.scoring.build import HEAD, indicator, inputs, read, rules, scores

D = Decimal


@pytest.mark.parametrize(
    ("aggregation", "weights", "values", "result"),
    [
        ("arithmetic", ("0.25", "0.75"), ("4", "8"), "7"),
        ("weighted_sum", ("0.25", "0.75"), ("4", "8"), "7"),
        ("geometric", ("0.5", "0.5"), ("4", "9"), "6"),
        ("geometric", ("0.25", "0.75"), ("16", "1"), "2"),
        ("geometric", ("0.5", "0.5"), ("0", "9"), "0"),
        ("geometric", ("0", "1"), ("0", "9"), "9"),
        ("geometric", ("0.5", "0.5"), ("-4", "9"), None),
        ("harmonic", ("0.5", "0.5"), ("2", "6"), "3"),
        ("harmonic", ("0.5", "0.5"), ("0", "6"), "0"),
        ("harmonic", ("0.5", "0.5"), ("-1", "6"), None),
        ("product", ("1", "0"), ("3", "7"), "3"),
        ("minimum", ("0.5", "0.5"), ("3", "7"), "3"),
        ("maximum", ("0.5", "0.5"), ("3", "7"), "7"),
        ("ratio", ("0.5", "0.5"), ("3", "4"), "0.75"),
        ("ratio", ("0.5", "0.5"), ("3", "0"), None),
    ],
)
def test_parts_become_one_number_as_the_formula_says(
    aggregation: str, weights: tuple[str, str], values: tuple[str, str], result: str | None
) -> None:
    rulebook = rules(
        indicator("a", weight=weights[0]), indicator("b", weight=weights[1]), score=f'aggregation = "{aggregation}"'
    )
    others = {"y": {"a": 1, "b": 1}}
    scored = scores(score(rulebook, inputs({"x": {"a": values[0], "b": values[1]}, **others})))
    assert scored["x"].base == (None if result is None else D(result))
    assert scored["x"].not_ranked_because == (None if result is not None else "not_computable:score")
    assert scored["y"].base == 1  # nobody else is touched


@pytest.mark.parametrize("weights", ["weights_sum = 100", 'weights = "as_given"'])
def test_a_mean_divides_by_its_weights_whatever_they_add_up_to(weights: str) -> None:
    rulebook = rules(
        indicator("a", weight="40"), indicator("b", weight="60"), score=f'aggregation = "arithmetic"\n{weights}'
    )
    assert scores(score(rulebook, inputs({"x": {"a": 1, "b": 2}})))["x"].base == D("1.6")


def test_parts_without_weights_weigh_the_same() -> None:
    rulebook = rules(indicator("a"), indicator("b"), indicator("c"))
    assert scores(score(rulebook, inputs({"x": {"a": 1, "b": 2, "c": 6}})))["x"].base == 3


def test_a_result_is_scaled_shifted_and_transformed_in_this_order() -> None:
    rulebook = rules(indicator("a"), score='aggregation = "arithmetic"\nscale = 9\noffset = 100\ntransform = "sqrt"')
    assert (
        scores(score(rulebook, inputs({"x": {"a": 5}, "y": {"a": -12}})))["x"].base.__str__()
        == "12.04159457879229548012824103037861"
    )
    assert scores(score(rulebook, inputs({"y": {"a": -12}})))["y"].not_ranked_because == "not_computable:score"


DEEP = (
    HEAD
    + """
[score]
aggregation = "arithmetic"
scale = 100
rounding = { places = 1 }

[[areas]]
id = "one"
name = "one"
aggregation = "arithmetic"
weight = 0.75

[[areas]]
id = "one-one"
name = "one-one"
parent = "one"
aggregation = "geometric"
rounding = { places = 1, mode = "floor" }
weight = 0.5
"""
    + indicator("a", area='"one-one"')
    + indicator("b", area='"one-one"')
    + indicator("c", area='"one"', weight="0.5")
    + indicator("d", weight="0.25")
)


def test_areas_nest_to_any_depth_each_with_its_own_rule_and_rounding() -> None:
    scored = score(
        read(DEEP),
        inputs({"x": {"a": "0.5", "b": "0.5", "c": "0.3", "d": "1"}, "y": {"a": "0.9", "b": "0.31", "c": 0, "d": 0}}),
    )
    assert scores(scored)["x"].score == D("55.0")
    by_node = {(row.unit_id, row.node): row for row in scored.contributions}
    assert by_node["y", "one-one"].points == D("0.5")  # the root of 0.279 is 0.528
    assert by_node["x", "one"].contribution == D("30")
    assert by_node["x", "a"].contribution is None
    assert [row.parent for row in scored.contributions if row.unit_id == "x"] == [
        "one-one",
        "one-one",
        "one",
        None,
        None,
        "one",
    ]


def test_contributions_of_a_sum_add_up_to_its_base() -> None:
    scored = score(read(DEEP), inputs({"x": {"a": "0.9", "b": "0.4", "c": "0.3", "d": "0.7"}}))
    top = [row.contribution for row in scored.contributions if row.parent is None and row.contribution is not None]
    base = scores(scored)["x"].base
    assert base is not None
    assert abs(sum(top, D(0)) - base) < D("1e-30")


# --- published indices of uncommon shape, recomputed in a second way ---

GENDER = (
    HEAD
    + """
[score]
aggregation = "ratio"
scale = -1
offset = 1
rounding = { places = 3 }

[[areas]]
id = "equally-distributed"
name = "Harmonic mean of women's and men's indices"
aggregation = "harmonic"

[[areas]]
id = "reference"
name = "Geometric mean of the mean dimensions"
aggregation = "geometric"

[[areas]]
id = "women"
name = "women"
parent = "equally-distributed"
aggregation = "geometric"

[[areas]]
id = "men"
name = "men"
parent = "equally-distributed"
aggregation = "geometric"

[[areas]]
id = "women-health"
name = "women-health"
parent = "women"
aggregation = "geometric"

[[areas]]
id = "women-empowerment"
name = "women-empowerment"
parent = "women"
aggregation = "geometric"

[[areas]]
id = "men-empowerment"
name = "men-empowerment"
parent = "men"
aggregation = "geometric"

[[areas]]
id = "reference-health"
name = "reference-health"
parent = "reference"
aggregation = "arithmetic"

[[areas]]
id = "reference-health-women"
name = "reference-health-women"
parent = "reference-health"
aggregation = "geometric"

[[areas]]
id = "reference-empowerment"
name = "reference-empowerment"
parent = "reference"
aggregation = "arithmetic"

[[areas]]
id = "reference-empowerment-women"
name = "reference-empowerment-women"
parent = "reference-empowerment"
aggregation = "geometric"

[[areas]]
id = "reference-empowerment-men"
name = "reference-empowerment-men"
parent = "reference-empowerment"
aggregation = "geometric"

[[areas]]
id = "reference-labour"
name = "reference-labour"
parent = "reference"
aggregation = "arithmetic"

[ranking]
best = "lowest"
"""
)


def _leaf(name: str, area: str, numerator: str, denominator: str = "") -> str:
    return indicator(name, area=f'"{area}"', numerator=numerator, denominator=denominator)


GENDER_LEAVES = (
    _leaf("w-mmr", "women-health", "10", '"mmr"'),
    _leaf("w-abr", "women-health", "1", '"abr"'),
    _leaf("w-pr", "women-empowerment", '"pr_f"'),
    _leaf("w-se", "women-empowerment", '"se_f"'),
    _leaf("w-lf", "women", '"lfpr_f"'),
    _leaf("m-health", "men", "1"),
    _leaf("m-pr", "men-empowerment", '"pr_m"'),
    _leaf("m-se", "men-empowerment", '"se_m"'),
    _leaf("m-lf", "men", '"lfpr_m"'),
    _leaf("r-mmr", "reference-health-women", "10", '"mmr"'),
    _leaf("r-abr", "reference-health-women", "1", '"abr"'),
    _leaf("r-health-men", "reference-health", "1"),
    _leaf("r-pr-f", "reference-empowerment-women", '"pr_f"'),
    _leaf("r-se-f", "reference-empowerment-women", '"se_f"'),
    _leaf("r-pr-m", "reference-empowerment-men", '"pr_m"'),
    _leaf("r-se-m", "reference-empowerment-men", '"se_m"'),
    _leaf("r-lf-f", "reference-labour", '"lfpr_f"'),
    _leaf("r-lf-m", "reference-labour", '"lfpr_m"'),
)


def _gender_inequality(f: dict[str, float]) -> float:
    """The Gender Inequality Index in floating point (UNDP, technical note 4), as a second way to the same number."""
    women = ((10 / f["mmr"] / f["abr"]) ** 0.5 * (f["pr_f"] * f["se_f"]) ** 0.5 * f["lfpr_f"]) ** (1 / 3)
    men = ((f["pr_m"] * f["se_m"]) ** 0.5 * f["lfpr_m"]) ** (1 / 3)
    health = ((10 / f["mmr"] / f["abr"]) ** 0.5 + 1) / 2
    empowerment = ((f["pr_f"] * f["se_f"]) ** 0.5 + (f["pr_m"] * f["se_m"]) ** 0.5) / 2
    labour = (f["lfpr_f"] + f["lfpr_m"]) / 2
    return float(1 - 2 / (1 / women + 1 / men) / (health * empowerment * labour) ** (1 / 3))


def test_a_gender_inequality_index_can_be_written_as_a_rulebook() -> None:
    figures: dict[str, dict[str, int | str]] = {
        "x": {
            "mmr": 30,
            "abr": 22,
            "pr_f": "0.25",
            "pr_m": "0.75",
            "se_f": "0.8",
            "se_m": "0.85",
            "lfpr_f": "0.5",
            "lfpr_m": "0.7",
        },
        "y": {
            "mmr": 10,
            "abr": 3,
            "pr_f": "0.45",
            "pr_m": "0.55",
            "se_f": "0.97",
            "se_m": "0.97",
            "lfpr_f": "0.62",
            "lfpr_m": "0.68",
        },
    }
    got = score(read(GENDER + "".join(GENDER_LEAVES)), inputs(figures))
    for name, own in figures.items():
        base = scores(got)[name].base
        assert base is not None
        assert float(base) == pytest.approx(
            _gender_inequality({key: float(value) for key, value in own.items()}), abs=1e-12
        )
    assert {row.unit_id: row.rank for row in got.ranks} == {"y": 1, "x": 2}


HUMAN_CAPITAL = (
    HEAD
    + """
[score]
aggregation = "product"

[[areas]]
id = "education"
name = "exp(0.08 x (years of schooling x test scores / 625 - 14))"
aggregation = "product"
scale = 0.08
offset = -1.12
transform = "exp"
"""
    + indicator("survival")
    + indicator("years", area='"education"')
    + indicator("tests", area='"education"', denominator='"best"')
)


def test_a_human_capital_index_multiplies_survival_with_the_exponential_of_schooling() -> None:
    figures: dict[str, dict[str, int | str]] = {"x": {"survival": "0.98", "years": "12.5", "tests": 500, "best": 625}}
    base = scores(score(read(HUMAN_CAPITAL), inputs(figures)))["x"].base
    assert base is not None
    assert float(base) == pytest.approx(0.98 * 2.718281828459045 ** (0.08 * (12.5 * 0.8 - 14)), abs=1e-12)


def test_values_can_be_cut_and_logged_before_they_are_scored() -> None:
    rulebook = rules(indicator("m", clip="{ low = 0, high = 3 }", transform='"log10"', missing='"reweight"'))
    scored = score(rulebook, inputs({"x": {"m": 100}, "y": {"m": 100000}, "z": {"m": 0}}))
    assert {row.unit_id: row.value for row in scored.indicators} == {"x": 2, "y": 3, "z": None}


def test_a_result_too_large_to_write_down_is_not_computable() -> None:
    rulebook = rules(indicator("m", weight="1e9"), score='aggregation = "product"\nweights = "as_given"')
    scored = scores(score(rulebook, inputs({"x": {"m": 500000}, "y": {"m": 1}})))
    assert scored["x"].not_ranked_because == "not_computable:score"
    assert scored["y"].base == 1
