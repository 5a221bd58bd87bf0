"""A table of metrics that somebody already has: scored and released like an evaluation, without records behind it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Final, get_args

from etl.contracts.published import RejectRow, State, UnitRow
from etl.errors import Fault, UnreadableInput
from etl.evaluate import Outcome, read_rulebook, write_release
from etl.release.folder import sha256_of, unfinished_release
from etl.release.seal import GIVEN, RECORDS, REJECTS, RULEBOOK, ManifestFacts
from etl.release.tables import cell_text, table_text
from etl.results import Given, results_from_given

_NUMBER: Final = re.compile(r"[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]{1,3})?")
_COLUMNS: Final = ("unit_id", "metric", "value", "state")
_EVERYBODY: Final = "all"
_STATES: Final[dict[str, State]] = {state: state for state in get_args(State)}
_CONTROL: Final = re.compile("[\\x00-\\x1f\\x7f-\\x9f\u2028\u2029]")


def score_table(metrics_file: Path, rulebook_file: Path, releases: Path, units_file: Path | None = None) -> Outcome:
    """Score a table of metrics.

    Args:
        metrics_file: CSV with unit_id, metric, value and optionally state (measured, missing, not_applicable); an empty
            value is missing.
        rulebook_file: the rulebook.
        releases: where the release is written.
        units_file: CSV with unit_id and optionally name, peer_group; without it the units are those of the metrics.

    Raises:
        RulebookError: the rulebook cannot be used, or does not fit the table.
        UnreadableInput: a table cannot be understood; with every fault found.
    """
    given = parse_given(_text_of(metrics_file), _label(metrics_file))
    units = _units(units_file, given)
    written, rulebook = read_rulebook(rulebook_file, {row.metric for row in given})
    files = [file for file in (metrics_file, units_file) if file is not None]
    provenance = {"files": [{"file": file.name, "sha256": sha256_of(file)} for file in files]}
    with unfinished_release(releases) as job:
        built = job / "release"
        (built / RECORDS).mkdir(parents=True)
        (built / RULEBOOK).write_bytes(written)
        (built / RECORDS / GIVEN).write_bytes(given_text(given))
        (built / REJECTS).write_bytes(table_text(RejectRow, []))
        tables = results_from_given(rulebook, units, given)
        facts = ManifestFacts("metrics", {}, [])
        release, release_id = write_release(built, releases, rulebook, tables, facts, provenance)
    return Outcome(release, release_id)


def parse_given(text: str, label: str) -> list[Given]:
    """The rows of a table of metrics.

    Raises:
        UnreadableInput: with every row that cannot be understood, and every value given twice.
    """
    faults: list[Fault] = []
    rows, seen = [], set()
    for where, cells in _rows(text, label, _COLUMNS[:3], faults):
        found = list(_faults_of(where, cells))
        key = (cells["unit_id"], cells["metric"])
        if key in seen:
            found.append(Fault("given_twice", where, {"unit": key[0], "metric": key[1]}))
        seen.add(key)
        faults += found
        if not found:
            rows.append(_given(cells))
    if faults:
        raise UnreadableInput(faults)
    if not rows:
        raise UnreadableInput(Fault("file_empty", label))
    return sorted(rows, key=lambda row: (row.unit_id, row.metric))


def given_text(given: Iterable[Given]) -> bytes:
    """The rows as canonical CSV, to be sealed with the result."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows([row.unit_id, row.metric, cell_text(row.value), row.state] for row in given)
    return buffer.getvalue().encode("utf-8")


def _given(cells: dict[str, str]) -> Given:
    value = Decimal(cells["value"]) if cells["value"] else None
    state = _STATES[cells.get("state") or ("missing" if value is None else "measured")]
    return Given(cells["unit_id"], cells["metric"], value if state == "measured" else None, state)


def _faults_of(where: str, cells: dict[str, str]) -> Iterator[Fault]:
    yield from _faults_of_names(where, cells, needed=("unit_id", "metric"))
    if cells["value"] and _NUMBER.fullmatch(cells["value"]) is None:
        yield Fault("given_not_a_number", where, {"value": cells["value"]})
    state = cells.get("state", "")
    if state and state not in get_args(State):
        yield Fault("given_unknown_state", where, {"state": state, "known": ", ".join(get_args(State))})
    if state == "measured" and not cells["value"]:
        yield Fault("given_without", where, {"column": "value"})


def _units(units_file: Path | None, given: Sequence[Given]) -> list[UnitRow]:
    if units_file is None:
        return [_unit({"unit_id": unit_id}) for unit_id in sorted({row.unit_id for row in given})]
    faults: list[Fault] = []
    units: dict[str, UnitRow] = {}
    for where, cells in _rows(_text_of(units_file), _label(units_file), ("unit_id",), faults):
        faults += _faults_of_names(where, cells, needed=("unit_id",))
        if cells["unit_id"] in units:
            faults.append(Fault("given_unit_twice", where, {"unit": cells["unit_id"]}))
        units[cells["unit_id"]] = _unit(cells)
    strangers = sorted({row.unit_id for row in given} - units.keys())
    if strangers:
        faults.append(Fault("given_for_unknown_units", _label(units_file), {"units": ", ".join(strangers[:20])}))
    if faults:
        raise UnreadableInput(faults)
    return [units[unit_id] for unit_id in sorted(units)]


def _faults_of_names(where: str, cells: dict[str, str], needed: Sequence[str]) -> Iterator[Fault]:
    """Names that are missing, or that would break the lines of whoever shows them."""
    for column in needed:
        if not cells[column]:
            yield Fault("given_without", where, {"column": column})
    for column in ("unit_id", "metric", "name", "peer_group"):
        if _CONTROL.search(cells.get(column, "")):
            yield Fault("given_control_characters", where, {"column": column})


def _unit(cells: dict[str, str]) -> UnitRow:
    unit_id = cells["unit_id"]
    return UnitRow(
        unit_id=unit_id,
        name=cells.get("name") or unit_id,
        parent=None,
        peer_group=cells.get("peer_group") or _EVERYBODY,
        valid_from=None,
        valid_to=None,
    )


def _rows(text: str, label: str, needed: Sequence[str], faults: list[Fault]) -> Iterator[tuple[str, dict[str, str]]]:
    """Every row: where it stands, and its cells without outer blanks; blank rows are passed over.

    Args:
        text: the whole table.
        label: its name in messages.
        needed: columns it cannot do without.
        faults: rows that cannot be told apart into cells are added here.

    Raises:
        UnreadableInput: the header cannot be used, or a cell has no end.
    """
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        header = [column.strip() for column in next(reader, [])]
        _check_header(header, label, needed)
        for row, cells in enumerate(reader, start=2):
            where = f"{label}, row {row}"
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) == len(header):
                yield where, {column: cell.strip() for column, cell in zip(header, cells, strict=True)}
            else:
                faults.append(Fault("given_wrong_cells", where, {"cells": len(cells)}))
    except csv.Error:
        raise UnreadableInput(Fault("row_too_long", label, {"line": reader.line_num})) from None


def _check_header(header: Sequence[str], label: str, needed: Sequence[str]) -> None:
    faults = [Fault("given_column_missing", label, {"column": column}) for column in needed if column not in header]
    repeated = sorted({column for column in header if column and header.count(column) > 1})
    if repeated:
        faults.append(Fault("columns_repeated", label, {"row": 1, "columns": ", ".join(repeated)}))
    if faults:
        raise UnreadableInput(faults)


def _label(path: Path) -> str:
    return path.name or str(path)


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UnreadableInput(Fault("file_not_readable", _label(path), {"why": error.strerror or "?"})) from None
    except UnicodeDecodeError as error:
        facts = {"encoding": "utf-8", "line": error.object[: error.start].count(b"\n") + 1}
        raise UnreadableInput(Fault("not_in_this_encoding", _label(path), facts)) from None
