"""Datasets: collected, planned, opened, used."""

from __future__ import annotations

from typing import Annotated, Literal

from etl.contracts.fields import Code, Count, Day, Line, Refers, Year
from etl.contracts.kinds.units import UnitId
from etl.contracts.rows import InOrder, OneGiven, Record


class Dataset(Record):
    """A dataset, and the day it was collected or opened on the portal: one of the two at least.

    `protection` says that it holds pseudonymised or synthetic data.
    """

    kind = "datasets"
    key = ("dataset_id",)
    rules = (
        OneGiven("collected_on", "opened_on"),
        InOrder("opened_on", "withdrawn_on"),
    )

    dataset_id: Code
    unit_id: UnitId
    title: Line
    opened_on: Day | None = None
    updated_on: Day | None = None
    withdrawn_on: Day | None = None
    format: Line | None = None
    update_cycle: Line | None = None
    collected_on: Day | None = None
    protection: Literal["pseudonymised", "synthetic"] | None = None


class DatasetUsage(Record):
    """Cumulative downloads and views of a dataset at a date; differences of two snapshots are the use between them."""

    kind = "dataset_usage"
    key = ("dataset_id", "as_of")

    dataset_id: Annotated[Code, Refers("datasets")]
    as_of: Day
    downloads: Count
    views: Count | None = None


class PlannedOpening(Record):
    """One dataset that the plan of a year says will be opened; `dataset_id` is what was opened in the end."""

    kind = "planned_openings"
    key = ("year", "plan_id")

    year: Year
    plan_id: Code
    unit_id: UnitId
    title: Line
    dataset_id: Annotated[Code, Refers("datasets")] | None = None
