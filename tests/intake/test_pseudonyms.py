"""People become pseudonyms while their file is read: no clear value is written, told, or kept, whatever goes wrong."""

from __future__ import annotations

import csv
import io
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

from etl.errors import UnreadableInput
from etl.intake.key import Key
from etl.intake.mapping import parse_sources
from etl.intake.pseudonyms import Concealment
from tests.commands.terminal import Done, jipyo
from tests.golden.evaluation import RULEBOOK
from tests.intake.people import (
    CANARIES,
    DEPARTMENTS,
    HEADER,
    KEY,
    NUMBERS,
    PEOPLE,
    SESSIONS,
    SOURCES,
    canaries_in,
    found_in,
    nothing_is_deleted,
    write_key,
)  # fmt: skip
from tests.intake.received import Intake, take_in, write
from tests.intake.workbooks import xlsx

Forms = Callable[[str], bytes]


@pytest.fixture(autouse=True)
def key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The key, kept as it must be."""
    path = write_key(tmp_path / "settings")
    monkeypatch.setenv("JIPYO_KEY_FILE", str(path))
    return path


def folder_of(tmp_path: Path, people: str | bytes, sources: str = SOURCES) -> Path:
    """A folder of records with a list of people."""
    files = {"departments.csv": DEPARTMENTS, "training_sessions.csv": SESSIONS, "명단.csv": people}
    return write(tmp_path / "in", files, sources)


def people_of(intake: Intake) -> list[object]:
    return [record[1] for record in intake.records["attendance"]]


# What becomes of the rows -------------------------------------------------------------------------------------------


def test_every_row_about_people_finds_its_place_and_keeps_its_number(tmp_path: Path) -> None:
    intake = take_in(folder_of(tmp_path, PEOPLE))
    loaded = intake.loaded["명단.csv"]
    assert people_of(intake) == sorted(
        KEY.pseudonym([number]) for number in ("CANARY70001", "CANARY70002", "CANARY70005")
    )
    assert (loaded.received, loaded.staged, loaded.rejected, loaded.set_aside) == (6, 3, 2, 1)
    assert intake.reasons("명단.csv") == {
        (4, "unit_id", "unknown_reference"),
        (4, "completed_on", "not_a_date"),
        (4, "hours", "not_a_number"),
        (5, "*", "wrong_number_of_cells"),
    }
    assert {row for row, *_ in intake.origins("attendance")} == {2, 3, 7}
    assert intake.staged.fingerprint == KEY.fingerprint


def test_a_row_without_a_person_lacks_one(tmp_path: Path) -> None:
    intake = take_in(folder_of(tmp_path, HEADER + "S1, ,이름,급,A1,2021-05-01,3\n"))
    assert intake.reasons("명단.csv") == {(2, "person", "missing")}


def test_one_person_is_one_in_every_file_and_however_the_number_is_typed(tmp_path: Path) -> None:
    sources = SOURCES.replace('file = "명단.csv"', 'file = "둘.tsv"').split("[[source]]")[-1]
    folder = folder_of(tmp_path, HEADER + "S1,a70,이름,급,A1,2021-05-01,3\n", f"{SOURCES}[[source]]{sources}")
    write(folder, {"둘.tsv": "시간\t부서\t수료일\t과정\t사번\n3\tA1\t2021-05-01\tS1\tＡ70\u200b\n"})
    intake = take_in(folder)
    assert people_of(intake) == [KEY.pseudonym(["A70"])]
    assert [reason for *_, reason, _ in intake.rejects] == ["sent_twice"]


def test_a_name_and_a_birthday_are_one_person_together(tmp_path: Path) -> None:
    sources = SOURCES.replace('["사번"]', '["성명", "수료일"]').replace('completed_on = "수료일"\n', "").replace(
        '{ constant = "completed" }', '{ constant = "not_completed" }'
    )  # fmt: skip
    rows = "S1,1,이름,급,A1,2021-05-01,3\nS1,2,이름,급,A1,2021-05-02,3\nS1,3,이름,급,A1,,3\n"
    intake = take_in(folder_of(tmp_path, HEADER + rows, sources))
    assert set(people_of(intake)) == {KEY.pseudonym(["이름", f"2021-05-0{day}"]) for day in (1, 2)}
    assert intake.reasons("명단.csv") == {(4, "person", "missing")}


def test_another_source_of_the_same_file_conceals_it_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The courses are read from the list of people: the people must not be written on that way either."""
    more = (
        '[[source]]\nfile = "명단.csv"\nkind = "figures"\n[source.columns]\nunit_id = "부서"\nas_of = "수료일"\n'
        'measure = { constant = "x" }\npart = "과정"\nvalue = "시간"\n'
    )
    folder = folder_of(
        tmp_path, (HEADER + "S1,CANARY70001,갈매빛새벽,급,A1,2021-05-01,3\n").encode("cp949"), SOURCES + more
    )
    with nothing_is_deleted(monkeypatch, tmp_path / "tmp"):
        intake = take_in(folder)
    assert len(intake.records["figures"]) == 1
    assert found_in(tmp_path, folder) == set()


# Concealment alone ----------------------------------------------------------------------------------------------------


def test_only_columns_in_use_are_kept_and_pseudonyms_stand_in_front() -> None:
    source = parse_sources(f"version = 1\n{SOURCES}".encode(), "sources.toml")[2]
    conceal = Concealment("명단.csv", [source], KEY)
    header = conceal.header(tuple(HEADER.strip().split(",")))
    assert header == ("pseudonym of 사번", "과정", "부서", "수료일", "시간")
    row = conceal.row(["S1", "A70", "이름", "급", "A1", "2021-05-01", "3"])
    assert row == [KEY.pseudonym(["A70"]), "S1", "A1", "2021-05-01", "3"]


def test_a_header_without_the_people_is_refused_without_being_told() -> None:
    source = parse_sources(f"version = 1\n{SOURCES}".encode(), "sources.toml")[2]
    with pytest.raises(UnreadableInput) as error:
        Concealment("명단.csv", [source], KEY).header(("S1", *NUMBERS))
    assert [(fault.code, fault.facts) for fault in error.value.faults] == [
        ("pseudonym_column_missing", {"column": "사번"})
    ]


# What sources.toml may not say ----------------------------------------------------------------------------------------

IN_CLEAR = [
    pytest.param('staff_group = "사번"', 'columns.staff_group', id="another column of the same source"),
    pytest.param('staff_group = { columns = ["부서", "사번"] }', "columns.staff_group", id="joined with others"),
    pytest.param('staff_group = { digest_of = ["사번"] }', "columns.staff_group", id="a digest, which can be reversed"),
    pytest.param('staff_group = { digest_of = ["*"] }', "columns.staff_group", id="a digest of everything"),
    pytest.param('[[source.where]]\ncolumn = "사번"\nblank = false', "where.1.column", id="a condition"),
    pytest.param('[[source.where]]\ncolumn = "과정"\nsame_as = "사번"', "where.1.same_as", id="a comparison"),
    pytest.param('[[source]]\nfile = "./명단.csv"\nkind = "figures"\n[source.columns]\npart = "사번"',
                 "columns.part", id="another source of the file"),
]  # fmt: skip


@pytest.mark.parametrize(("more", "where"), IN_CLEAR)
def test_a_column_of_people_is_read_in_clear_by_nothing(more: str, where: str) -> None:
    with pytest.raises(UnreadableInput) as error:
        parse_sources(f"version = 1\n{SOURCES}{more}\n".encode(), "sources.toml")
    assert [fault.code for fault in error.value.faults] == ["source_reads_people_in_clear"]
    assert error.value.faults[0].where.endswith(where)


@pytest.mark.parametrize(
    "more", ['values = { "a" = "b" }', 'dates = ["%Y%m%d"]', 'unit_by = "name"', "one_line = true"]
)
def test_a_pseudonym_is_taken_as_it_is(more: str) -> None:
    written = SOURCES.replace('["사번"] }', f'["사번"], {more} }}')
    with pytest.raises(UnreadableInput) as error:
        parse_sources(f"version = 1\n{written}".encode(), "sources.toml")
    assert [fault.code for fault in error.value.faults] == ["source_pseudonym_treated"]


# The key --------------------------------------------------------------------------------------------------------------


def test_without_a_key_nothing_is_read(tmp_path: Path, key: Path) -> None:
    key.unlink()
    done = jipyo("check", folder_of(tmp_path, PEOPLE))
    assert done.code == 12
    assert "jipyo key" in done.err
    assert canaries_in(done.err.encode()) == set()


def test_a_key_beside_the_records_or_the_releases_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = folder_of(tmp_path, PEOPLE)
    for place in (folder / "keys", tmp_path / "out"):
        monkeypatch.setenv("JIPYO_KEY_FILE", str(write_key(place)))
        done = jipyo("evaluate", folder, "--rulebook", RULEBOOK, "--out", tmp_path / "out")
        assert done.code == 12
        assert f"the key is with the data in {place.parent if place.parent == folder else place}" in done.err


def test_records_without_people_need_no_key(tmp_path: Path, key: Path) -> None:
    key.unlink()
    folder = write(tmp_path / "in", {"departments.csv": DEPARTMENTS})
    assert jipyo("check", folder).code == 0


# The hunt -------------------------------------------------------------------------------------------------------------


def workbook(text: str) -> bytes:
    """The same list as a spreadsheet, under a title."""
    rows = enumerate(csv.reader(io.StringIO(text)), start=3)
    return xlsx(
        {"명단": {"A1": CANARIES[1], **{f"{'ABCDEFG'[c]}{r}": cell for r, row in rows for c, cell in enumerate(row)}}}
    )


FORMS = [
    pytest.param(str.encode, id="UTF-8"),
    pytest.param(workbook, id="a workbook, its header not found"),
    pytest.param(lambda text: b"\xef\xbb\xbf" + text.encode(), id="UTF-8 with a mark"),
    pytest.param(lambda text: text.encode("cp949"), id="CP949"),
    pytest.param(lambda text: text.encode("utf-16"), id="UTF-16"),
    pytest.param(lambda text: text.replace(",", "\t").encode(), id="tabs"),
    pytest.param(
        lambda text: text.encode() + 'S1,CANARY70004,"다섯째줄의이름,급,A1\n'.encode(), id="a quote never closed"
    ),
    pytest.param(lambda text: ("\n목록\n" + text).encode(), id="the header is further down"),
    pytest.param(lambda text: text.split("\n", 1)[1].encode(), id="no header"),
    pytest.param(lambda text: (f"{NUMBERS[0]},{NUMBERS[0]},{CANARIES[0]}\n" + text).encode(), id="people for headings"),
    pytest.param(
        lambda text: text.encode() + b"S1,CANARY70004,\xff\xfe,x,A1,2021-05-01,3\n", id="bytes of no encoding"
    ),
    pytest.param(
        lambda text: text.encode() + "S1,CANARY70004,다섯째줄의이름\x00,급,A1,2021-05-01,3\n".encode(), id="NUL"
    ),
    pytest.param(
        lambda text: text.encode() + f"S1,CANARY70004,{'다섯째줄의이름' * 200000},급,A1,x,3\n".encode(), id="long"
    ),
    pytest.param(lambda text: text.replace("A1", "갈매빛새벽").encode(), id="a name where the department belongs"),
]


@pytest.mark.parametrize("form", FORMS)
def test_no_clear_value_is_written_or_told_whatever_is_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: Forms
) -> None:
    folder = folder_of(tmp_path, form(PEOPLE))
    with nothing_is_deleted(monkeypatch, tmp_path / "tmp"):
        runs = [
            jipyo("check", folder, language="ko"),
            jipyo("evaluate", folder, "--rulebook", RULEBOOK, "--out", tmp_path / "out", "--json"),
        ]
    assert {run.code for run in runs} <= {0, 10, 12}
    assert found_in(tmp_path, folder) - misplaced(form) == set()
    assert told(runs) - {canary for canary, _ in misplaced(form)} == set()


def test_a_workbook_with_its_layout_told_is_concealed_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sources = SOURCES.replace('kind = "attendance"', 'kind = "attendance"\nheader_row = 3')
    folder = folder_of(tmp_path, workbook(PEOPLE), sources)
    with nothing_is_deleted(monkeypatch, tmp_path / "tmp"):
        done = jipyo("check", folder)
    assert found_in(tmp_path, folder) == set()
    assert told([done]) == set()
    assert len(take_in(folder).records["attendance"]) == 3


def misplaced(form: Forms) -> set[tuple[str, str]]:
    """A name in a column that is read in clear is a department nobody knows, and is told as one."""
    in_clear = form(PEOPLE).count("갈매빛새벽".encode()) > 2
    files = ("rejects.csv", "provenance.json", "checked_2.parquet", "copy.csv")
    return {("갈매빛새벽", file) for file in files} if in_clear else set()


def told(runs: list[Done]) -> set[str]:
    return canaries_in(*((run.out + run.err).encode() for run in runs))


def test_the_hunt_finds_what_is_not_concealed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same files read in clear: the hunt would see a canary in every place where one could be."""
    sources = SOURCES.replace('{ pseudonym_of = ["사번"] }', '"사번"').replace('"시간"', '"시간"\nstaff_group = "성명"')
    folder = folder_of(tmp_path, PEOPLE.encode("cp949"), sources)
    with nothing_is_deleted(monkeypatch, tmp_path / "tmp"):
        jipyo("evaluate", folder, "--rulebook", RULEBOOK, "--out", tmp_path / "out")
    found = found_in(tmp_path, folder)
    assert {file for _, file in found} >= {"utf8.csv", "checked_2.parquet"}
    assert {canary for canary, _ in found} == set(CANARIES)


def test_a_key_gives_other_pseudonyms_than_another_key() -> None:
    assert Key(bytes(range(40, 72))).pseudonym(["A70"]) != KEY.pseudonym(["A70"])


def test_a_concealment_can_be_sent_to_another_process_before_it_is_used() -> None:
    source = parse_sources(f"version = 1\n{SOURCES}".encode(), "sources.toml")[2]
    sent = pickle.loads(pickle.dumps(Concealment("명단.csv", [source], KEY)))  # noqa: S301, what this line wrote itself
    sent.header(tuple(HEADER.strip().split(",")))
    assert sent.row(["S1", "A70", "이름", "급", "A1", "2021-05-01", "3"])[0] == KEY.pseudonym(["A70"])
