"""The synthetic city as a folder of received files."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from etl.demo.analyses import analysis_tables, decisions_on_analyses, draw_analyses
from etl.demo.collected import collected_tables, draw_collected
from etl.demo.datasets import dataset_tables, decisions_on_datasets, draw_datasets
from etl.demo.diagnosis import diagnosis_tables
from etl.demo.initiatives import initiative_tables
from etl.demo.judgements import draw_ledger, judgement_tables
from etl.demo.layout import LABEL, README, README_FILE, SOURCES, SOURCES_FILE
from etl.demo.national import national_tables
from etl.demo.pilots import pilot_tables
from etl.demo.policies import decisions_on_policies, draw_policies, policy_tables
from etl.demo.practices import practice_tables
from etl.demo.programme import programme_tables
from etl.demo.roster import roster_tables
from etl.demo.tables import Table
from etl.demo.training import training_tables
from etl.errors import Fault, UsageError


def write_demo(folder: Path, seed: int = 2021) -> None:
    """Write the records of the synthetic city and the `sources.toml` that maps them.

    The totals are the same for every seed; who did what is not. The same seed gives the same bytes everywhere.

    Args:
        folder: made if it is not there; an earlier demonstration in it is replaced.
        seed: any whole number.

    Raises:
        UsageError: the folder is a file, holds anything that is not an earlier demonstration, or cannot be written.
    """
    files = demo_files(seed)
    try:
        _refuse_other_contents(folder, set(files))
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        raise UsageError(Fault("demo_not_writable", str(folder), {"why": error.strerror or "?"})) from None


def demo_files(seed: int) -> dict[str, bytes]:
    """Every file of the demonstration by its name."""
    texts = {README_FILE: README.encode(), SOURCES_FILE: SOURCES.encode()}
    return texts | {table.file: _as_bytes(table) for table in _tables(seed)}


def _tables(seed: int) -> tuple[Table, ...]:
    analyses = draw_analyses(seed)
    datasets = draw_datasets(seed)
    policies = draw_policies(seed, analyses, datasets)
    entries = draw_ledger(seed)
    decisions = [
        *decisions_on_analyses(analyses, seed),
        *decisions_on_policies(policies, seed),
        *decisions_on_datasets(datasets, seed),
    ]
    return (
        *roster_tables(seed),
        *analysis_tables(analyses, seed),
        *policy_tables(policies, seed),
        *dataset_tables(datasets, seed),
        *collected_tables(analyses, datasets, draw_collected(seed), seed),
        *initiative_tables(seed),
        *programme_tables(seed),
        *training_tables(seed),
        *diagnosis_tables(seed),
        *judgement_tables(decisions, entries, seed),
        *national_tables(datasets, seed),
        *pilot_tables(seed),
        *practice_tables(seed, analyses, entries),
    )


def _as_bytes(table: Table) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=table.delimiter, lineterminator="\n")
    writer.writerow(table.headings)
    writer.writerows(table.rows)
    return text.getvalue().encode(table.encoding)


def _refuse_other_contents(folder: Path, ours: set[str]) -> None:
    if folder.exists() and not folder.is_dir():
        raise UsageError(Fault("demo_folder_is_a_file", str(folder)))
    present = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    if not present or (present <= ours and _is_labelled(folder / README_FILE)):
        return
    strangers = sorted(present - ours) or sorted(present)
    raise UsageError(Fault("demo_folder_not_empty", str(folder), {"count": len(present), "first": strangers[0]}))


def _is_labelled(readme: Path) -> bool:
    return readme.is_file() and readme.read_bytes().startswith(LABEL.encode())
