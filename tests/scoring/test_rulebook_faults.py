"""What is wrong with a rulebook is told all at once, each with its line, its key path and what to do."""

# ruff: noqa: E501 -- the table of broken rulebooks has one case a line

from __future__ import annotations

import pytest

from etl.errors import Fault, RulebookError
from etl.scoring.rulebook import parse_rulebook

GOOD = """\
reorganisation = "successor"
[evaluation]
id = "example"
title = { ko = "예시", en = "Example" }
year = 2021
period = { start = 2021-01-01, end = 2021-12-31 }
history_from = 2019
stages = [
    { id = "collecting", from = 2022-01-01, to = 2022-01-10 },
    { id = "appeals", from = 2022-01-11, to = 2022-01-20 },
]
[[peer_groups]]
id = "line"
name = "line"
[[peer_groups]]
id = "town"
name = "town"
[score]
aggregation = "sum_of_points"
total = 100
[[areas]]
id = "use"
name = "use"
aggregation = "sum_of_points"
weight = 60
[[areas]]
id = "open"
name = "open"
aggregation = "sum_of_points"
weight = 40
[[indicators]]
id = "policies"
name = "policies"
area = "use"
numerator = "policies_using_data"
weight = 60
points = { method = "attainment", target = { line = 4, town = 2 } }
effective = { from = 2020-01-01 }
[[indicators]]
id = "uptake"
name = "uptake"
area = "open"
numerator = "training_people"
denominator = "headcount"
weight = { line = 30, town = 20 }
[indicators.points]
method = "bands"
bands = [
    { from = 60, points = 5 },
    { from = 20, to = 60, points = 3 },
    { to = 20, points = 0 },
]
[[indicators]]
id = "datasets"
name = "datasets"
area = "open"
numerator = "datasets_opened"
weight = { line = 10, town = 20 }
points = { method = "goalposts", worst = 1, best = 10, scale = "log" }
[ranking]
ties = ["policies", "open"]
[grades]
method = "quota"
grades = [
    { id = "S", name = "S", share = 20 },
    { id = "A", name = "A", share = 80 },
]
[[vetoes]]
id = "case"
name = "case"
highest_grade = "A"
[[headlines]]
id = "datasets"
name = "datasets"
metric = "datasets_opened"
"""
METRICS = {"policies_using_data", "training_people", "headcount", "datasets_opened"}


def faults_of(text: str | bytes) -> list[Fault]:
    with pytest.raises(RulebookError) as caught:
        parse_rulebook(text.encode() if isinstance(text, str) else text, "rules.toml", METRICS)
    for fault in caught.value.faults:
        assert "{" not in fault.text("ko") + fault.text("en")
    return list(caught.value.faults)


def test_the_rulebook_these_tests_break_is_whole() -> None:
    rulebook = parse_rulebook(GOOD.encode(), "rules.toml", METRICS)
    assert rulebook.metrics == tuple(sorted(METRICS))
    assert rulebook.units_attribution == "successor"


BROKEN = [
    # what is replaced, by what, code, where
    ("year = 2021", "yeer = 2021", "document_unknown_key", "line 5, evaluation.yeer"),
    ("year = 2021\n", "", "document_key_missing", "line 2, evaluation"),
    ('year = 2021', 'year = "2021"', "document_integer_needed", "line 5, evaluation.year"),
    ("year = 2021", "year = 12345", "document_value_out_of_range", "line 5, evaluation.year"),
    ("end = 2021-12-31", "end = 2020-12-31", "rulebook_days_out_of_order", "line 6, evaluation.period.end"),
    ("start = 2021-01-01", 'start = "2021"', "document_date_needed", "line 6, evaluation.period.start"),
    ('"예시", en = "Example"', '"예시"', "document_key_missing", "line 4, evaluation.title"),
    ("history_from = 2019", "history_from = 2022", "rulebook_history_after_year", "line 7, evaluation.history_from"),
    ("from = 2022-01-11", "from = 2022-01-10", "rulebook_stages_overlap", "line 10, evaluation.stages.2.from"),
    ("to = 2022-01-20", "to = 2022-01-02", "rulebook_days_out_of_order", "line 10, evaluation.stages.2.to"),
    ('id = "appeals"', 'id = "collecting"', "rulebook_stage_order", "line 10, evaluation.stages.2.id"),
    ('"successor"', '"heir"', "document_value_not_allowed", "line 1, reorganisation"),
    ('id = "town"', 'id = "to wn"', "document_value_refused", "line 16, peer_groups.2.id"),
    ('id = "town"', 'id = "line"', "rulebook_duplicate", "line 16, peer_groups.2.id"),
    ("total = 100", "total = 90", "rulebook_weights_do_not_add_up", "line 18, score"),
    ("total = 100", "totl = 100", "document_unknown_key", "line 20, score.totl"),
    ('aggregation = "sum_of_points"\ntotal', 'aggregation = "sum"\ntotal', "document_value_not_allowed", "line 19, score.aggregation"),
    ("weight = 40", "weight = -40", "document_value_out_of_range", "line 30, areas.2.weight"),
    ("weight = 40\n", 'weight = 40\nparent = "opn"\n', "rulebook_unknown_area", "line 31, areas.2.parent"),
    ("weight = 40\n", 'weight = 40\nparent = "open"\n', "rulebook_area_cycle", "line 31, areas.2.parent"),
    ("weight = 40\n", "weight = 40\nfloor = 3\ncap = 2\n", "rulebook_cap_below_floor", "line 32, areas.2.cap"),
    ('area = "use"', 'area = "us"', "rulebook_unknown_area", "line 34, indicators.1.area"),
    ('area = "use"', 'area = "us"', "rulebook_nothing_below", "line 21, areas.1"),
    ('"policies_using_data"', '"policies_used"', "rulebook_unknown_metric", "line 35, indicators.1.numerator"),
    ('denominator = "headcount"', 'denominator = "headcont"', "rulebook_unknown_metric", "line 44, indicators.2.denominator"),
    ("weight = 60\npoints", 'weight = "60"\npoints', "document_number_needed", "line 36, indicators.1.weight"),
    ("weight = 60\npoints", "weight = inf\npoints", "document_number_needed", "line 36, indicators.1.weight"),
    ("weight = 60\npoints", "weight = 1e30\npoints", "document_value_out_of_range", "line 36, indicators.1.weight"),
    ("weight = 60\npoints", "weight = true\npoints", "document_number_needed", "line 36, indicators.1.weight"),
    ("weight = 60\npoints", "points", "document_key_missing", "line 31, indicators.1"),
    ("weight = 60\npoints", "weight = 60\nfull = 3\npoints", "rulebook_full_is_the_weight", "line 37, indicators.1.full"),
    ('"attainment"', '"atainment"', "document_value_not_allowed", "line 37, indicators.1.points.method"),
    ('method = "attainment", ', "", "document_key_missing", "line 37, indicators.1.points"),
    ("{ line = 4, town = 2 }", "{ line = 4 }", "rulebook_peer_group_forgotten", "line 37, indicators.1.points.target"),
    ("{ line = 4, town = 2 }", "{ line = 4, twn = 2, town = 1 }", "rulebook_unknown_peer_group", "line 37, indicators.1.points.target.twn"),
    ("{ line = 4, town = 2 }", "0", "rulebook_target_not_positive", "line 37, indicators.1.points.target"),
    ("{ line = 4, town = 2 }", "{ line = 4, town = -2 }", "rulebook_target_not_positive", "line 37, indicators.1.points.target.town"),
    ("{ line = 4, town = 2 }", '{ metric = "headcunt" }', "rulebook_unknown_metric", "line 37, indicators.1.points.target.metric"),
    ("{ line = 4, town = 2 }", '{ metric = "headcount", unknown = "highest", bands = [{ to = 4, target = 1 }, { from = 5, target = 0 }] }', "rulebook_band_hole", "line 37, indicators.1.points.target.bands.2"),
    ("{ line = 4, town = 2 }", '{ metric = "headcount", unknown = "highest", bands = [{ target = 0 }] }', "rulebook_target_not_positive", "line 37, indicators.1.points.target.bands.1.target"),
    ("{ line = 4, town = 2 }", '{ metric = "headcount", bands = [{ target = 1 }] }', "document_key_missing", "line 37, indicators.1.points.target"),
    ("{ from = 2020-01-01 }", "{ from = 2022-01-01 }", "rulebook_not_in_force", "line 38, indicators.1.effective"),
    ("{ from = 2020-01-01 }", "{ to = 2020-12-31 }", "rulebook_not_in_force", "line 38, indicators.1.effective"),
    ("{ from = 2020-01-01 }", "{ from = 2021-02-01, to = 2021-01-01 }", "rulebook_days_out_of_order", "line 38, indicators.1.effective.to"),
    ("{ line = 30, town = 20 }", "{ line = 30, town = 21 }", "rulebook_weights_do_not_add_up", "line 26, areas.2"),
    ("from = 60, points", "from = 61, points", "rulebook_band_hole", "line 49, indicators.2.points.bands.1"),
    ("from = 60, points", "from = 59, points", "rulebook_band_overlap", "line 49, indicators.2.points.bands.1"),
    ("to = 20, points", "from = 0, to = 20, points", "rulebook_band_hole_below", "line 51, indicators.2.points.bands.3"),
    ("from = 60, points", "from = 60, to = 100, points", "rulebook_band_hole_above", "line 49, indicators.2.points.bands.1"),
    ("from = 20, to = 60", "from = 60, to = 20", "rulebook_band_empty", "line 50, indicators.2.points.bands.2"),
    ("from = 20, to = 60, points = 3", "from = 20, to = 60", "rulebook_points_or_share", "line 50, indicators.2.points.bands.2"),
    ("from = 20, to = 60, points = 3", "from = 20, to = 60, share = 0.5", "rulebook_points_or_share", "line 50, indicators.2.points.bands.2"),
    ("from = 60, points = 5", "from = 60, points = 21", "rulebook_points_above_weight", "line 49, indicators.2.points.bands.1.points"),
    ("from = 60, points = 5", "form = 60, points = 5", "document_unknown_key", "line 49, indicators.2.points.bands.1.form"),
    ("worst = 1, best = 10", "worst = 0, best = 10", "rulebook_log_goalpost", "line 59, indicators.3.points.worst"),
    ("worst = 1, best = 10", "worst = 5, best = 5", "rulebook_goalposts_equal", "line 59, indicators.3.points.best"),
    ('scale = "log" }', 'scale = "log" }\ndirection = "lower"', "rulebook_direction_contradicts", "line 60, indicators.3.direction"),
    ('numerator = "datasets_opened"\n', "", "document_key_missing", "line 53, indicators.3"),
    ('{ method = "goalposts", worst = 1, best = 10, scale = "log" }', '{ method = "panel" }', "rulebook_panel_has_numerator", "line 57, indicators.3.numerator"),
    ('{ method = "goalposts", worst = 1, best = 10, scale = "log" }', '{ method = "min_max", ovr = "all" }', "document_unknown_key", "line 59, indicators.3.points.ovr"),
    ('{ method = "goalposts", worst = 1, best = 10, scale = "log" }', '{ method = "panel", trim = 1, trim_from = 2 }', "rulebook_trim_leaves_nothing", "line 59, indicators.3.points.trim_from"),
    ('{ method = "goalposts", worst = 1, best = 10, scale = "log" }', '{ method = "categorical", categories = [{ value = 1, points = 1 }, { value = 1.0, points = 2 }] }', "rulebook_duplicate", "line 59, indicators.3.points.categories.2"),
    ('ties = ["policies", "open"]', 'ties = ["policies", "opening"]', "rulebook_unknown_node", "line 61, ranking.ties.2"),
    ('ties = ["policies", "open"]', 'ties = [{ node = "open", by = "value" }]', "rulebook_area_has_no_value", "line 61, ranking.ties.1"),
    ("share = 80", "share = 70", "rulebook_quotas_do_not_add_up", "line 64, grades.grades"),
    ("share = 80", "shar = 80", "document_unknown_key", "line 66, grades.grades.2.shar"),
    (", share = 80", "", "document_key_missing", "line 66, grades.grades.2"),
    ('method = "quota"', 'method = "cutoff"', "rulebook_bands_out_of_order", "line 66, grades.grades.2"),
    ('highest_grade = "A"', 'highest_grade = "AA"', "rulebook_unknown_grade", "line 71, vetoes.1.highest_grade"),
    ('metric = "datasets_opened"\n', 'metric = "datasets"\n', "rulebook_unknown_metric", "line 75, headlines.1.metric"),
    ('metric = "datasets_opened"\n', 'metric = "datasets_opened"\ntarget = 0\n', "document_value_out_of_range", "line 76, headlines.1.target"),
    ("[[vetoes]]", "[[vetos]]", "document_unknown_key", "line 68, vetos"),
    ("[[headlines]]", "[headlines]", "document_array_needed", "line 72, headlines"),
    ("[score]", "[scoer]", "document_key_missing", "line 1"),
    ("total = 100\n", "total = 100\n\n[[areas]]\n", "document_key_missing", "line 22, areas.1"),
    ('aggregation = "sum_of_points"\nweight = 60', 'aggregation = "outranking"\nweight = 60', "rulebook_outranking_below_root", "line 24, areas.1.aggregation"),
    ('aggregation = "sum_of_points"\nweight = 60', 'aggregation = "ratio"\nweight = 60', "rulebook_ratio_needs_two", "line 24, areas.1.aggregation"),
    ("ties = [", 'method = "outranking"\nties = [', "rulebook_outranking_by_group", "line 45, indicators.2.weight"),
    ("[[headlines]]", "[[headlines", "toml_heading_not_closed", "line 72, column 12"),
    ("year = 2021", "year = 2021\nyear = 2021", "toml_key_twice", "line 6, column 12"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "code", "where"), BROKEN, ids=[f"{row[2]}-{n}" for n, row in enumerate(BROKEN)])
def test_a_fault_is_told_with_its_line_and_key(old: str, new: str, code: str, where: str) -> None:
    assert old in GOOD
    faults = faults_of(GOOD.replace(old, new, 1))
    assert (code, f"rules.toml, {where}") in [(fault.code, fault.where) for fault in faults]


def test_all_faults_are_told_at_once_in_the_order_of_the_file() -> None:
    text = GOOD
    for old, new in [
        ("year = 2021", "yeer = 2021"),
        ("total = 100", "total = 90"),
        ('"policies_using_data"', '"policies_used"'),
        ("worst = 1, best = 10", "worst = 5, best = 5"),
        ("share = 80", "share = 70"),
    ]:
        text = text.replace(old, new, 1)
    codes = [fault.code for fault in faults_of(text)]
    assert codes == [
        "document_key_missing",
        "document_unknown_key",
        "rulebook_weights_do_not_add_up",
        "rulebook_unknown_metric",
        "rulebook_goalposts_equal",
        "rulebook_quotas_do_not_add_up",
    ]


def test_an_unreadable_indicator_hides_no_fault_and_makes_up_none() -> None:
    codes = [fault.code for fault in faults_of(GOOD.replace("weight = 60\npoints", 'weight = "60"\npoints', 1))]
    assert codes == ["document_number_needed"]


@pytest.mark.parametrize(
    ("old", "new", "suggestion"),
    [
        ("year = 2021", "yeer = 2021", "year"),
        ('"policies_using_data"', '"policies_used_data"', "policies_using_data"),
        ("from = 60, points = 5", "form = 60, points = 5", "from"),
        ('area = "use"', 'area = "usee"', "use"),
        ("{ line = 4, town = 2 }", '{ metric = "headcount", unknwn = "highest", bands = [] }', "unknown"),
    ],
)
def test_a_misspelt_name_comes_with_the_nearest_one_that_exists(old: str, new: str, suggestion: str) -> None:
    faults = faults_of(GOOD.replace(old, new, 1))
    assert suggestion in [fault.facts.get("nearest") for fault in faults]


def test_weights_that_do_not_add_up_are_listed_with_their_sum() -> None:
    (fault,) = faults_of(GOOD.replace("total = 100", "total = 90"))
    assert fault.text("en").startswith(
        "rules.toml, line 18, score: The weights add up to 100, and the rulebook says 90"
    )
    assert "use 60 + open 40" in fault.text("ko")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"\xff\xfe", "document_not_utf8"),
        (b'year = 1\nname = "\xb0"', "document_not_utf8"),
        (b"a = ", "toml_value_refused"),
        (b"a = " + b"[" * 5000, "document_too_deep"),
        (b"a = 1e99999999999999999999", "document_too_deep"),
        (b"", "document_key_missing"),
        (b"score = 3\nevaluation = []\nindicators = {}", "document_table_needed"),
        (b"indicators = [1, 'x', []]", "document_table_needed"),
    ],
)
def test_any_bytes_at_all_end_in_a_fault_never_in_a_traceback(text: bytes, code: str) -> None:
    assert code in [fault.code for fault in faults_of(text)]


def test_a_byte_order_mark_and_windows_line_ends_are_no_fault() -> None:
    text = b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()
    assert parse_rulebook(text, "rules.toml", METRICS).evaluation.year == 2021


def test_any_metric_is_taken_where_nobody_knows_which_exist() -> None:
    text = GOOD.replace("datasets_opened", "anything at all")
    assert "anything at all" in parse_rulebook(text.encode(), "rules.toml", None).metrics


@pytest.mark.parametrize("aggregation", ["arithmetic", "outranking"])
def test_weights_that_come_to_nothing_are_a_fault(aggregation: str) -> None:
    text = GOOD.partition("[[peer_groups]]")[0] + (
        f'[score]\naggregation = "{aggregation}"\nweights = "as_given"\n'
        '[[indicators]]\nid = "m"\nname = "m"\nnumerator = "headcount"\nweight = 0\npoints = { method = "raw" }\n'
    )
    assert [fault.code for fault in faults_of(text)] == ["rulebook_weights_do_not_add_up"]
