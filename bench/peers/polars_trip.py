"""Attendance to ranks in streaming polars, by hand: the same checks, rejects with all reasons, records and ranks.

It does what Jipyo does on these files, and nothing that Jipyo does besides: no mapping, no rulebook, no evidence
of what does not count, no manifest.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import polars as pl

from bench.peers.reference import digest, write_ranks

ABSENT: Final = ("session_id", "person", "unit_id", "hours", "outcome")
CODE: Final = r"^[^\x00-\x20\x7f]+$"


def run(records: Path, out: Path) -> None:
    """Stage the attendance, measure, score and rank; writes records.parquet, rejects.csv and peer_ranks.csv."""
    rows = pl.scan_csv(records / "attendance.csv", infer_schema=False, empty_string_is_null=False).with_row_index(
        "row_no", offset=2
    )
    sessions = pl.read_csv(records / "training_sessions.csv", infer_schema=False)
    units = pl.read_csv(records / "departments.csv", infer_schema=False)
    checked = rows.with_columns(**_reasons(sessions, units))
    names = [name for name in checked.collect_schema().names() if name.startswith("why_")]
    is_fine = pl.all_horizontal(pl.col(name).is_null() for name in names)
    typed = checked.filter(is_fine).select(
        "session_id",
        "person",
        "unit_id",
        pl.col("staff_group").replace("", None),
        pl.col("started_on").str.to_date("%Y-%m-%d", strict=False),
        pl.col("completed_on").str.to_date("%Y-%m-%d", strict=False),
        pl.col("hours").cast(pl.Decimal(18, 6)),
        "outcome",
        "row_no",
    )
    staged = out / "records.parquet"
    typed.sort("session_id", "person").sink_parquet(staged, compression="zstd")
    rejected = checked.filter(~is_fine).with_columns(
        pl.concat_str(names, separator=",", ignore_nulls=True).alias("reasons")
    )
    rejected.select("row_no", "reasons", *names).sink_csv(out / "rejects.csv")
    records_again = pl.scan_parquet(staged)
    repeats = records_again.group_by("session_id", "person").len().filter(pl.col("len") > 1).collect(engine="streaming")
    if repeats.height:
        raise SystemExit("repeated keys: take them out")
    _rank(records_again, sessions, units, records, out)
    for file in (records / "attendance.csv", staged):
        digest(file)


def _reasons(sessions: pl.DataFrame, units: pl.DataFrame) -> dict[str, pl.Expr]:
    day = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"

    def why(*cases: tuple[pl.Expr, str]) -> pl.Expr:
        told: pl.Expr = pl.lit(None, dtype=pl.String)
        for broken, reason in reversed(cases):
            told = pl.when(broken).then(pl.lit(reason)).otherwise(told)
        return told

    def code(name: str, known: pl.Series) -> pl.Expr:
        column = pl.col(name)
        return why(
            (column == "", "missing"),
            (column.str.len_chars() > 200, "too_long"),
            (~column.str.contains(CODE), "forbidden_characters"),
            (~column.is_in(known.implode()), "unknown_reference"),
        )

    def date(name: str) -> pl.Expr:
        column = pl.col(name)
        return why(
            (column == "", ""),
            (~column.str.contains(day), "not_a_date"),
            (column.str.to_date("%Y-%m-%d", strict=False).is_null(), "not_a_date"),
        ).replace("", None)

    hours, outcome, group = pl.col("hours"), pl.col("outcome"), pl.col("staff_group")
    started = pl.col("started_on").str.to_date("%Y-%m-%d", strict=False)
    completed = pl.col("completed_on").str.to_date("%Y-%m-%d", strict=False)
    return {
        "why_session_id": code("session_id", sessions["session_id"]),
        "why_person": why(
            (pl.col("person") == "", "missing"),
            (~pl.col("person").str.contains(r"^p[0-9a-f]{32}$"), "forbidden_characters"),
        ),
        "why_unit_id": code("unit_id", units["unit_id"]),
        "why_staff_group": why(
            (group.str.len_chars() > 500, "too_long"),
            (~group.str.contains(r"^[^\x00-\x1f\x7f]*$"), "forbidden_characters"),
        ),
        "why_started_on": date("started_on"),
        "why_completed_on": date("completed_on"),
        "why_hours": why(
            (hours == "", "missing"),
            (~hours.str.contains(r"^-?[0-9]{1,12}([.][0-9]{1,6})?$"), "not_a_number"),
            (hours.str.starts_with("-") & (hours.cast(pl.Decimal(18, 6), strict=False) < 0), "out_of_range"),
        ),
        "why_outcome": why((outcome == "", "missing"), (~outcome.is_in(["completed", "not_completed"]), "not_one_of")),
        "why_order": why(((started > completed).fill_null(value=False), "days_out_of_order")),
        "why_needed": why(((outcome == "completed") & (pl.col("completed_on") == ""), "needed_here")),
    }


def _rank(staged: pl.LazyFrame, sessions: pl.DataFrame, units: pl.DataFrame, records: Path, out: Path) -> None:
    """Count people, each once at the first completion, and attendances."""
    courses = sessions.filter(pl.col("kind_of_session") == "course").select("session_id").lazy()
    counted = (
        staged.filter(pl.col("outcome") == "completed")
        .filter(pl.col("completed_on").is_between(pl.date(2021, 1, 1), pl.date(2021, 12, 31)))
        .join(courses, on="session_id", how="semi")
        .select("unit_id", "person", "completed_on", "session_id")
    )
    attendances = counted.group_by("unit_id").len().collect(engine="streaming")
    first = counted.group_by("person").agg(
        pl.col("unit_id").sort_by("completed_on", "session_id").first().alias("unit_id")
    )
    people = first.group_by("unit_id").len().collect(engine="streaming")
    headcount = pl.read_csv(records / "headcount.csv", infer_schema=False).select(
        "unit_id", pl.col("authorised").cast(pl.Int64)
    )
    joined = (
        units.select("unit_id")
        .join(people.rename({"len": "people"}), on="unit_id", how="left")
        .join(attendances.rename({"len": "attendances"}), on="unit_id", how="left")
        .join(headcount, on="unit_id", how="left")
        .fill_null(0)
    )
    write_ranks(joined.iter_rows(), out)


if __name__ == "__main__":
    run(Path(sys.argv[1]), Path(sys.argv[2]))
