"""A metric may read what another one counts: the definition stays one, and the release names both."""

from __future__ import annotations

import pytest

from etl.errors import UnreadableInput
from etl.measures import known_metrics, metric_digests, metrics_behind


def test_the_release_names_the_metrics_behind_a_metric() -> None:
    behind = {"analyses_completed", "policies_using_data", "datasets_opened"}
    assert {f"{metric}.sql" for metric in behind} <= metric_digests(["awards_received"]).keys()
    assert not {f"{metric}.sql" for metric in behind} & metric_digests(["datasets_held"]).keys()


def test_what_is_read_comes_before_what_reads_it_and_once() -> None:
    known = {"a": "FROM metric_b, metric_c", "b": "FROM metric_d", "c": "FROM metric_d", "d": "FROM datasets"}
    assert metrics_behind("a", known) == ["d", "b", "c"]


def test_a_comment_reads_nothing() -> None:
    assert metrics_behind("a", {"a": "-- unlike metric_b\n  -- FROM metric_c\nSELECT 1"}) == []


@pytest.mark.parametrize(
    ("known", "where", "other"),
    [
        ({"a": "FROM metric_b"}, "a.sql", "b"),
        ({"a": "FROM metric_a"}, "a.sql", "a"),
        ({"a": "FROM metric_b", "b": "FROM metric_c", "c": "FROM metric_a"}, "c.sql", "a"),
    ],
)
def test_a_metric_that_is_not_there_or_a_circle_is_told(known: dict[str, str], where: str, other: str) -> None:
    with pytest.raises(UnreadableInput) as caught:
        metrics_behind("a", known)
    (fault,) = caught.value.faults
    assert (fault.code, fault.where, fault.facts["other"]) == ("metric_reads_no_metric", where, other)


@pytest.mark.parametrize("metric", sorted(known_metrics()))
def test_every_metric_reads_metrics_that_exist(metric: str) -> None:
    known = known_metrics()
    assert set(metrics_behind(metric, known)) <= set(known)
