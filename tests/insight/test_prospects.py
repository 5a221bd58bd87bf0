"""What lies ahead of a department, whom to help, what a release rests on, and the years before it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from etl.errors import VerificationError
from etl.exports.carried import carry
from etl.exports.pdf.scorecards import next_steps_sentences
from etl.exports.pdf.told import Told
from etl.given import score_table
from etl.insight.earlier import earlier_releases
from etl.insight.evidence import open_evidence
from etl.insight.opinions import opinion
from etl.insight.prospects import Bound, NextGrade, last_scores, next_grade, prospects, to_help
from etl.insight.quality import added, partly_measured, received_files, record_counts
from etl.insight.reading import Reading, open_release
from etl.insight.standing import group_ids, group_standing, part_medians
from etl.release.folder import SUMS, publish
from tests.exports.given import TAKEN, scored
from tests.insight.test_robustness import scored as scored_table
from tests.insight.test_robustness import table_of
from tests.insight.weighing import weighed
from tests.scoring.build import HEAD, indicator


@pytest.fixture
def medians(city: Reading) -> dict[str, Decimal]:
    found = {group: group_standing(city, group).median for group in group_ids(city)}
    return {group: middle for group, middle in found.items() if middle is not None}


def test_the_next_grade_is_the_nearest_better_one_and_takes_its_lowest_score(city: Reading) -> None:
    lowest = last_scores(city)
    better = {"A": "S", "B": "A", "C": "B"}
    for unit_id, rank in city.ranks.items():
        ahead, own = next_grade(city, unit_id, lowest), city.scores[unit_id].score
        if rank.grade != rank.grade_before_veto or rank.grade == "S" or own is None:
            assert ahead is None
            continue
        assert ahead is not None
        assert ahead.grade == better[rank.grade or ""]
        holders = [row.unit_id for row in city.ranks.values() if row.peer_group == rank.peer_group]
        scores = [city.scores[one].score for one in holders if city.ranks[one].grade == ahead.grade]
        assert ahead.score == min(score for score in scores if score is not None)
        assert ahead.gap == ahead.score - own >= 0


def test_a_prospect_adds_no_more_than_is_missing_and_the_best_comes_first(city: Reading) -> None:
    for unit_id in city.units:
        found = prospects(city, unit_id)
        gains = [one.gain for one in found if one.gain is not None]
        assert gains == sorted(gains, reverse=True)
        assert all(gain > 0 for gain in gains)
        for one in found:
            row = city.indicators[unit_id, one.indicator.id]
            assert row.points is not None
            assert row.points < one.step.points <= row.weight


def test_what_a_person_can_do_is_whole_where_records_or_people_are_counted_and_never_less(city: Reading) -> None:
    found = [one for unit_id in city.units for one in prospects(city, unit_id)]
    parted = [one for one in found if one.step.more % 1]
    assert parted, "joint work is shared, so some department must have a part of a record"
    for one in found:
        assert one.step.more <= one.doable < one.step.more + 1
        assert one.doable % 1 == 0 or one.counted in {"training_hours", "points_stated", "pilot_survey_points"}


def test_those_to_help_lie_below_their_groups_median_the_furthest_first(
    city: Reading, medians: dict[str, Decimal]
) -> None:
    found = to_help(city, medians, part_medians(city), 10)
    assert len(found) == 10
    assert [one.gap for one in found] == sorted((one.gap for one in found), reverse=True)
    for one in found:
        score = city.scores[one.unit_id].score
        assert score is not None
        assert one.median - score == one.gap > 0
        assert [part.gap for part in one.shortfalls] == sorted((part.gap for part in one.shortfalls), reverse=True)
    whole = to_help(city, medians, part_medians(city), 1000)
    assert whole[:10] == found


def test_rows_received_are_all_accounted_for(city: Reading) -> None:
    files = received_files(city)
    together = added(files)
    assert together.received == sum(one.received for one in files) > 10_000
    assert together.received == together.staged + together.rejected + together.held + together.set_aside


def test_records_are_counted_over_all_departments(city: Reading) -> None:
    counts = {one.metric: one for one in record_counts(city)}
    rows = [row for row in city.metrics.values() if row.metric == "training_people"]
    assert counts["training_people"].counted == sum(row.value or 0 for row in rows) > 0


def test_a_record_that_departments_share_is_one_record(city: Reading) -> None:
    with open_evidence(city) as book:
        for one in record_counts(city):
            found = [record for _, record in book.of_all(one.metric)]
            assert one.counted + one.not_counted + one.undecided == len({record.record_id for record in found})
            assert one.counted == len({record.record_id for record in found if record.reason is None})
        shared = [
            record for _, record in book.of_all("analyses_completed") if record.share != 1 or record.amount == 0.5
        ]
    assert shared, "the city has joint work and a department that was divided"


def test_the_least_measured_come_first_and_the_wholly_measured_not_at_all(city: Reading) -> None:
    partly = partly_measured(city)
    assert [coverage for _, coverage in partly] == sorted(coverage for _, coverage in partly)
    assert {unit_id for unit_id, _ in partly} == {unit for unit, row in city.scores.items() if row.coverage != 1}


def test_a_scored_table_has_no_received_files(tmp_path: Path) -> None:
    assert received_files(scored(tmp_path, {"U1": "하나", "U2": "둘"})) == []


def test_earlier_years_are_those_published_beside_it_and_intact(tmp_path: Path) -> None:
    before = scored(tmp_path, {"U1": "하나", "U2": "둘"})
    publish(before.folder)
    rules = (tmp_path / "rules.toml").read_text(encoding="utf-8").replace("year = 2021", "year = 2022")
    (tmp_path / "rules.toml").write_text(rules, encoding="utf-8")
    done = score_table(tmp_path / "metrics.csv", tmp_path / "rules.toml", tmp_path / "releases", tmp_path / "units.csv")
    now = open_release(done.release)
    assert [one.folder.name for one in earlier_releases(now)] == [before.folder.name]
    assert earlier_releases(before) == ()
    scores = before.folder / "scores.csv"
    scores.write_bytes(scores.read_bytes() + b"\n")
    with pytest.raises(VerificationError, match=before.folder.name):
        earlier_releases(now)
    assert (before.folder / SUMS).is_file()


CUT_SCORE = f"""{HEAD}[score]
aggregation = "sum_of_points"
rounding = {{ places = 2 }}
floor = 20
cap = 90
""" + "".join(
    indicator(name, '{ method = "attainment", target = 10 }', weight=weight)
    for name, weight in (("a", "60"), ("b", "40"))
)
"""Two indicators, of 60 and 40 points; no score below 20 or above 90."""


def test_a_prospect_tells_what_the_cap_and_the_floor_of_the_score_leave_of_it(tmp_path: Path) -> None:
    figures = {"높음": ("10", "7"), "가득": ("10", "8"), "가운데": ("5", "5"), "낮음": ("1", "2")}
    table = table_of({unit: {"a": first, "b": second} for unit, (first, second) in figures.items()})
    reading = scored_table(tmp_path, CUT_SCORE, table)
    gains = {unit: [(one.indicator.id, one.gain) for one in prospects(reading, unit)] for unit in figures}
    assert gains == {
        "높음": [("b", 2)],
        "가득": [],
        "가운데": [("a", 6), ("b", 4)],
        "낮음": [],
    }


def test_score_and_gain_are_the_score_that_would_be_published(tmp_path: Path) -> None:
    rules = CUT_SCORE.replace("floor = 20\ncap = 90\n", "").replace("target = 10 ", "target = 3000 ")
    table = table_of({"가": {"a": "1000", "b": "1"}, "나": {"a": "1001", "b": "1"}})
    reading = scored_table(tmp_path, rules, table)
    gain = next(one.gain for one in prospects(reading, "가") if one.indicator.id == "a" and one.done.more == 1)
    assert gain == Decimal("0.02")
    assert [reading.scores[unit].score for unit in "가나"] == [Decimal("20.01"), Decimal("20.03")]


def test_a_step_that_changes_no_written_figure_is_no_advice(tmp_path: Path) -> None:
    figures = {"가": (400000, 1), "나": (500000, 2)}
    fine, coarse = (f'points = {{ method = "goalposts", worst = 0, best = {best} }}' for best in (1000000, 10))
    reading = weighed(tmp_path, figures, {"fine": fine, "coarse": coarse}, "geometric")
    assert [one.indicator.id for one in prospects(reading, "가")] == ["coarse"]
    said = list(next_steps_sentences(Told(carry(reading, TAKEN), "ko"), "가", 3))
    assert len(said) == 1
    assert said[0].endswith("지표 점수 0.100에서 0.200")


# The rule and the number a grade was given by ------------------------------------------------------------------------

FOUR = """grades = [
    { id = "S", name = "최우수", share = 20, from = 90 }, { id = "A", name = "우수", share = 30, from = 80, to = 90 },
    { id = "B", name = "보통", share = 30, from = 60, to = 80 }, { id = "C", name = "미흡", share = 20, to = 60 },
]
"""
"""Four grades with cut-offs and quotas, for any rule of the two."""


def graded(folder: Path, said: str, marks: dict[str, str], small: str = "", ranking: str = "") -> Reading:
    """A release of departments whose score is what they are given, rounded to a whole number.

    Args:
        folder: an empty one.
        said: of the grades.
        marks: department -> what it is given.
        small: the departments of a second peer group, one letter each.
        ranking: what is said of the ranking.
    """
    groups = "".join(f'[[peer_groups]]\nid = "{name}"\nname = "{name}"\n' for name in ("large", "small"))
    rules = f'{HEAD}{groups}[score]\naggregation = "sum_of_points"\nrounding = {{ places = 0 }}\n'
    rules += f"[ranking]\n{ranking}\n[grades]\n{said}\n{FOUR}"
    rules += indicator("가지표", '{ method = "attainment", target = 100 }', numerator='"awards_received"', weight="100")
    units = "".join(f"{unit},{unit},{'small' if unit in small else 'large'}\n" for unit in marks)
    figures = table_of({unit: {"awards_received": mark} for unit, mark in marks.items()})
    return scored_table(folder, rules, figures, f"unit_id,name,peer_group\n{units}")


def ahead_of(reading: Reading) -> dict[str, NextGrade | None]:
    return {unit: next_grade(reading, unit, last_scores(reading)) for unit in reading.ranks}


def test_a_cut_off_that_lies_below_its_grade_is_still_ahead_of_who_is_exactly_there(tmp_path: Path) -> None:
    reading = graded(tmp_path, 'method = "cutoff"\nincludes = "upper"', {"a": "80", "b": "79", "c": "81"})
    assert {unit: row.grade for unit, row in reading.ranks.items()} == {"a": "B", "b": "B", "c": "A"}
    assert ahead_of(reading) == {
        "a": NextGrade("A", Decimal(80), Decimal(0), "above"),
        "b": NextGrade("A", Decimal(80), Decimal(1), "above"),
        "c": NextGrade("S", Decimal(90), Decimal(9), "above"),
    }


def test_the_next_grade_is_measured_from_the_unrounded_score_where_cut_offs_look_at_that(tmp_path: Path) -> None:
    reading = graded(tmp_path, 'method = "cutoff"\nbasis = "unrounded"', {"a": "79.6", "b": "80"})
    assert (reading.scores["a"].score, reading.ranks["a"].grade) == (Decimal(80), "B")
    assert ahead_of(reading)["a"] == NextGrade("A", Decimal(80), Decimal("0.4"), "from")


LARGE = {"a": "99", "b": "88", "c": "77", "d": "66", "e": "55", "f": "44"}


def test_a_small_group_graded_by_cut_offs_is_told_where_the_next_one_begins(tmp_path: Path) -> None:
    small = {"y": "95", "z": "75"}
    said = 'method = "quota"\nsmallest_group = 4\nsmall_groups = "cutoffs"'
    ahead = ahead_of(graded(tmp_path, said, {**LARGE, **small}, small="yz"))
    assert ahead["z"] == NextGrade("A", Decimal(80), Decimal(5), "from")
    assert ahead["d"] == NextGrade("A", Decimal(77), Decimal(11), "last")


def test_a_small_group_graded_among_all_is_told_the_last_score_of_the_next_grade_there(tmp_path: Path) -> None:
    small = {"y": "95", "z": "75"}
    said = 'method = "quota"\nsmallest_group = 4\nsmall_groups = "overall"'
    ahead = ahead_of(graded(tmp_path, said, {**LARGE, **small}, small="yz"))
    assert ahead["z"] == NextGrade("A", Decimal(77), Decimal(2), "last")


def test_under_quotas_of_unrounded_scores_no_tie_is_told_where_they_differ(tmp_path: Path) -> None:
    marks = {"a": "90", "b": "80.4", "c": "80.3", "d": "60"}
    ahead = ahead_of(graded(tmp_path, 'method = "quota"', marks, ranking='basis = "unrounded"'))
    assert ahead["c"] == NextGrade("A", Decimal("80.4"), Decimal("0.1"), "last")


# Where the lowest score is the best ----------------------------------------------------------------------------------

MARKS = {"a": "40", "b": "50", "c": "60", "d": "70", "e": "90"}
"""What each department is given; with rules that rank the lowest first, `a` is first."""

CUTOFFS = """
[grades]
method = "cutoff"
grades = [{ id = "미흡", name = "미흡", from = 60 }, { id = "우수", name = "우수", to = 60 }]
"""

QUOTAS = """
[grades]
method = "quota"
grades = [{ id = "S", name = "최우수", share = 20 }, { id = "A", name = "우수", share = 40 }, \
{ id = "B", name = "보통", share = 40 }]
"""


def ranked_lowest_first(folder: Path, grades: str) -> Reading:
    """A release of five departments whose score is what they are given, the lowest the best."""
    points = '{ method = "attainment", target = 100 }'
    rules = "\n".join(
        [
            HEAD,
            '[score]\naggregation = "sum_of_points"\nrounding = { places = 0 }',
            '[ranking]\nbest = "lowest"',
            grades,
        ]
    )
    rules += indicator("가지표", points, numerator='"awards_received"', weight="100")
    return scored_table(folder, rules, table_of({unit: {"awards_received": mark} for unit, mark in MARKS.items()}))


@pytest.mark.parametrize("includes", ["lower", "upper"])
def test_the_next_grade_of_a_lower_score_ends_below(tmp_path: Path, includes: str) -> None:
    reading = ranked_lowest_first(tmp_path, CUTOFFS + f'includes = "{includes}"\n')
    ahead = {unit: next_grade(reading, unit, last_scores(reading)) for unit in MARKS}
    assert {unit for unit, one in ahead.items() if one} == {
        u for u, row in reading.ranks.items() if row.grade == "미흡"
    }
    bound: Bound = "below" if includes == "lower" else "up_to"
    assert ahead["e"] == NextGrade("우수", Decimal(60), Decimal(30), bound)
    assert ahead["c"] == (NextGrade("우수", Decimal(60), Decimal(0), bound) if includes == "lower" else None)


def test_under_quotas_the_next_grade_of_a_lower_score_takes_its_highest_score(tmp_path: Path) -> None:
    reading = ranked_lowest_first(tmp_path, QUOTAS)
    ahead = {unit: next_grade(reading, unit, last_scores(reading)) for unit in MARKS}
    assert ahead == {
        "a": None,
        "b": NextGrade("S", Decimal(40), Decimal(10), "last"),
        "c": NextGrade("S", Decimal(40), Decimal(20), "last"),
        "d": NextGrade("A", Decimal(60), Decimal(10), "last"),
        "e": NextGrade("A", Decimal(60), Decimal(30), "last"),
    }


def test_those_to_help_have_more_than_the_median_where_the_lowest_is_the_best(tmp_path: Path) -> None:
    reading = ranked_lowest_first(tmp_path, CUTOFFS)
    (group,) = group_ids(reading)
    found = to_help(reading, {group: Decimal(60)}, part_medians(reading), 10)
    assert [(one.unit_id, one.gap, [part.gap for part in one.shortfalls]) for one in found] == [
        ("e", 30, [30]),
        ("d", 10, [10]),
    ]
    told = opinion(reading, "a", part_medians(reading))
    assert [one.gap for one in told.strong] == [20]
    assert told.weak == ()


def test_nothing_that_adds_to_the_score_is_ahead_where_the_lowest_is_the_best(tmp_path: Path) -> None:
    assert prospects(ranked_lowest_first(tmp_path, CUTOFFS), "e") == []
