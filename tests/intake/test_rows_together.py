"""Rows that are fine alone but not beside others: repeats, contradictions, shares, references; and people's cells."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.contracts.records import RECORDS
from tests.intake.received import DEPARTMENTS, Intake, take_in, write

Reason = tuple[int, str, str]


def with_departments(folder: Path, **files: str) -> Intake:
    """Departments and files named after the kind of record they hold."""
    received = {f"{kind}.csv": content for kind, content in files.items()}
    return take_in(write(folder / "in", {"departments.csv": DEPARTMENTS, **received}))


DATASETS = "dataset_id,unit_id,title,opened_on\n"
REPEATS = [
    pytest.param(["D1,A1,가,2021-01-01", "D1,A1,가,2021-01-01"], {3: "sent_twice"}, id="equal: the first stays"),
    pytest.param(["D1,A1,가,2021-01-01"] * 4, {3: "sent_twice", 4: "sent_twice", 5: "sent_twice"}, id="four times"),
    pytest.param(
        ["D1,A1,가,2021-01-01", "D1,A1,나,2021-01-01"],
        {2: "contradicts_another_row", 3: "contradicts_another_row"},
        id="other contents: none stays",
    ),
    pytest.param(
        ["D1,A1,가,2021-01-01", "D1,A1,가,2021-01-01", "D1,B2,가,2021-01-01"],
        dict.fromkeys((2, 3, 4), "contradicts_another_row"),
        id="twice and once otherwise: none stays",
    ),
    pytest.param(["D1,A1,가,2021-01-01", " D1 ,A1, 가,2021-01-01"], {3: "sent_twice"}, id="equal but for blanks"),
    pytest.param(["D1,A1,가,2021-01-01", "d1,A1,가,2021-01-01"], {}, id="a code in another case is another code"),
    pytest.param(["D1,A1,가,2021-01-01", "D1,A1,가,2021-01-0"], {3: "not_a_date"}, id="a bad row contradicts nobody"),
    pytest.param(["01,A1,가,2021-01-01", "1,A1,가,2021-01-01"], {}, id="leading zeros make another code"),
]


@pytest.mark.parametrize(("rows", "rejected"), REPEATS)
def test_rows_sent_twice_count_once_and_rows_that_contradict_each_other_not_at_all(
    tmp_path: Path, rows: list[str], rejected: dict[int, str]
) -> None:
    intake = with_departments(tmp_path, datasets=DATASETS + "\n".join(rows) + "\n")
    assert {row: reason for row, _, reason in intake.reasons("datasets.csv")} == rejected
    assert {row for row, *_ in intake.origins("datasets")} == set(range(2, 2 + len(rows))) - rejected.keys()


def test_a_row_sent_in_two_files_counts_once(tmp_path: Path) -> None:
    sources = '[[source]]\nfile = "departments.csv"\nkind = "departments"\n'
    sources += "".join(f'[[source]]\nfile = "{name}.csv"\nkind = "datasets"\n' for name in ("may", "june"))
    files: dict[str, str | bytes] = {
        "departments.csv": DEPARTMENTS,
        "may.csv": DATASETS + "D1,A1,가,2021-01-01\nD2,A1,나,2021-01-01\n",
        "june.csv": DATASETS + "D2,A1,나,2021-01-01\nD1,A1,다,2021-01-01\n",
    }
    intake = take_in(write(tmp_path / "in", files, sources))
    assert [record[0] for record in intake.records["datasets"]] == ["D2"]
    assert intake.reasons("may.csv") == {(2, "dataset_id", "contradicts_another_row")}
    assert intake.reasons("june.csv") == {
        (2, "dataset_id", "sent_twice"),
        (3, "dataset_id", "contradicts_another_row"),
    }


ANALYSES = "analysis_id,unit_id,title\nP1,A1,가\nP2,A1,나\n"
SHARES = [
    pytest.param(["P1,A1,0.5", "P1,B2,0.5"], {}, id="two halves"),
    pytest.param(["P1,A1,1"], {}, id="one whole"),
    pytest.param(["P1,A1,0.333333", "P1,B2,0.666667"], {}, id="thirds to six decimals"),
    pytest.param(["P1,A1,0.333333", "P1,B2,0.666666"], {2: "sum", 3: "sum"}, id="thirds that leave something over"),
    pytest.param(["P1,A1,0.6", "P1,B2,0.6"], {2: "sum", 3: "sum"}, id="more than a whole"),
    pytest.param(["P1,A1,0.5", "P1,B2,0.5", "P2,A1,0.5"], {4: "sum"}, id="only the analysis that is wrong"),
    pytest.param(["P1,A1,0.5", "P1,A1,0.5"], {2: "sum", 3: "sent_twice"}, id="sent twice is no second half"),
    pytest.param(["P1,A1,1", "P1,B2,0"], {3: "out_of_range"}, id="a share of nothing"),
    pytest.param(["P1,A1,0.5", "P1,X9,0.5"], {2: "sum", 3: "unknown_reference"}, id="a share of nobody"),
    pytest.param(["P9,A1,1"], {2: "unknown_reference"}, id="a share of no analysis"),
]


@pytest.mark.parametrize(("rows", "rejected"), SHARES)
def test_the_shares_of_joint_work_add_up_to_one(tmp_path: Path, rows: list[str], rejected: dict[int, str]) -> None:
    shares = "analysis_id,unit_id,share\n" + "\n".join(rows) + "\n"
    intake = with_departments(tmp_path, analyses=ANALYSES, analysis_shares=shares)
    found = {
        row: reason.replace("shares_do_not_add_up", "sum") for row, _, reason in intake.reasons("analysis_shares.csv")
    }
    assert found == rejected


def test_a_record_that_names_a_rejected_one_is_rejected_too(tmp_path: Path) -> None:
    intake = with_departments(
        tmp_path,
        analyses="analysis_id,unit_id,title\nP1,A1,가\nP2,X9,나\n",
        analysis_shares="analysis_id,unit_id,share\nP1,B2,1\nP2,B2,1\n",
    )
    assert intake.reasons("analyses.csv") == {(3, "unit_id", "unknown_reference")}
    assert intake.reasons("analysis_shares.csv") == {(3, "analysis_id", "unknown_reference")}


@settings(max_examples=10)
@given(rows=st.lists(st.tuples(st.sampled_from("123"), st.sampled_from("가나"), st.sampled_from("AX")), max_size=12))
def test_every_row_is_staged_or_rejected_and_no_key_twice(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str]]
) -> None:
    written = DATASETS + "".join(f"D{code},{unit}1,{title},2021-01-01\n" for code, title, unit in rows)
    intake = with_departments(tmp_path_factory.mktemp("rows"), datasets=written)
    loaded = intake.loaded["datasets.csv"]
    fine = {(code, title) for code, title, unit in rows if unit == "A"}
    clear = {code for code, _ in fine if sum(other == code for other, _ in fine) == 1}
    assert {record[0] for record in intake.records["datasets"]} == {f"D{code}" for code in clear}
    assert (loaded.received, loaded.staged, loaded.rejected) == (len(rows), len(clear), len(rows) - len(clear))


REFERENCES = [
    (kind, column)
    for kind, contract in RECORDS.items()
    for column, field in contract.model_fields.items()
    if any(type(mark).__name__ == "Refers" for mark in field.metadata)
]


@pytest.fixture(scope="module")
def strangers(tmp_path_factory: pytest.TempPathFactory) -> Intake:
    """One row of every kind of record that names a record which does not exist wherever it can."""
    cells = {
        "person": "p" + "0" * 32,
        **dict.fromkeys(("took_effect_on", "as_of", "used_on", "opened_on", "decided_on", "occurred_on"), "2021-01-01"),
        **dict.fromkeys(("starts_on", "ends_on", "requested_on", "completed_on", "given_on"), "2021-01-01"),
        **dict.fromkeys(("authorised", "downloads", "hours", "points", "mark", "value", "share"), "1"),
        "year": "2021",
        "source_kind": "analysis",
        "kind_of_session": "course",
        "outcome": "completed",
        "record_kind": "analyses",
        "decision": "recognised",
        "entry_kind": "bonus",
        "reason": "x",
    }
    files = {}
    for kind, contract in RECORDS.items():
        needed = [column for column, field in contract.model_fields.items() if field.is_required()]
        needed += ["decided_on"] if kind == "not_applicable" else []
        rows = {column: cells.get(column, "X9") for column in needed}
        if kind == "not_applicable":
            rows["decision"] = "approved"
        files[f"{kind}.csv"] = ",".join(rows) + "\n" + ",".join(rows.values()) + "\n"
    files["departments.csv"] = DEPARTMENTS
    return take_in(write(tmp_path_factory.mktemp("strangers") / "in", files))


@pytest.mark.parametrize(("kind", "column"), REFERENCES)
def test_a_reference_to_a_record_that_is_not_there_is_rejected(strangers: Intake, kind: str, column: str) -> None:
    assert (2, column, "unknown_reference") in strangers.reasons(f"{kind}.csv")
    assert strangers.records[kind] == []


# People -------------------------------------------------------------------------------------------------------------

CANARY = "홍길동20190417"
PSEUDONYM = "p" + "7" * 32
ATTENDANCE = "session_id,person,unit_id,completed_on,hours,outcome\n"
SESSIONS = (
    "session_id,unit_id,title,kind_of_session,starts_on,ends_on,hours\nS1,A1,교육,course,2021-05-01,2021-05-01,3\n"
)
ABOUT_PEOPLE = [
    pytest.param(f"S1,{CANARY},A1,2021-05-01,3,completed\n", {(2, "person", "forbidden_characters")}, id="a name"),
    pytest.param(
        f"S1,A1,{CANARY},2021-05-01,3,completed\n",
        {(2, "person", "forbidden_characters"), (2, "unit_id", "unknown_reference")},
        id="columns swapped",
    ),
    pytest.param(f"{CANARY},S1,A1\n", {(2, "*", "wrong_number_of_cells")}, id="too few cells"),
    pytest.param(
        f"S1,{PSEUDONYM},A1,2021-05-01,3,completed\nS1,{PSEUDONYM},B2,2021-05-01,3,completed\n",
        {(2, "session_id", "contradicts_another_row"), (3, "session_id", "contradicts_another_row")},
        id="two rows that contradict each other",
    ),
    pytest.param(
        f"S1,{PSEUDONYM},A1,2021-05-01,3,completed\n" * 2, {(3, "session_id", "sent_twice")}, id="a row sent twice"
    ),
]


@pytest.mark.parametrize(("rows", "reasons"), ABOUT_PEOPLE)
def test_what_a_cell_about_a_person_holds_is_repeated_nowhere(tmp_path: Path, rows: str, reasons: set[Reason]) -> None:
    intake = with_departments(tmp_path, training_sessions=SESSIONS, attendance=ATTENDANCE + rows)
    assert intake.reasons("attendance.csv") == reasons
    told = intake.staged.rejects.read_text(encoding="utf-8") + repr(intake.staged.unknown_names)
    assert CANARY not in told
    assert PSEUDONYM not in told
