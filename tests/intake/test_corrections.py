"""A correction is data: it finds exactly what it expects, or nothing is read; the received file stays as it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.contracts.records import RECORDS
from etl.errors import Fault, UnreadableInput
from etl.evaluate import evaluate
from etl.intake.corrections import CORRECTIONS
from etl.release.seal import read_manifest
from etl.verify import verify
from tests.commands.terminal import jipyo
from tests.golden.evaluation import RULEBOOK
from tests.intake.people import DEPARTMENTS, HEADER, KEY, SESSIONS, SOURCES, write_key
from tests.intake.received import Intake, take_in, write

HEADINGS = "dataset_id,title,unit_id,opened_on\n"
DATASETS = HEADINGS + "D1,가,A1,2021-03-01\nD2,나,A1,2021-13-01\nD3,다,B2,2021-05-01\nD3,라,B2,2021-05-01\n"
WHY = 'reason = "접수 뒤 확인"\nsource = "기획과-12"\ndecided_by = "평가담당"\ndecided_on = 2021-12-01\n'


def correction(body: str, kind: str = "datasets") -> str:
    """One correction, with the reasons that all of them need."""
    return f'[[correction]]\nkind = "{kind}"\n{body}\n{WHY}'


def corrected(folder: Path, *corrections: str, datasets: str | bytes = DATASETS, sources: str = "") -> Path:
    """A folder of departments and datasets with corrections."""
    write(folder, {"departments.csv": DEPARTMENTS, "datasets.csv": datasets}, sources)
    (folder / CORRECTIONS).write_text("version = 1\n" + "".join(corrections), encoding="utf-8")
    return folder


def titles(intake: Intake) -> dict[str, str]:
    place = list(RECORDS["datasets"].model_fields).index("title")
    return {record[0]: record[place] for record in intake.records["datasets"]}


def days(intake: Intake) -> dict[str, str]:
    place = list(RECORDS["datasets"].model_fields).index("opened_on")
    return {record[0]: str(record[place]) for record in intake.records["datasets"]}


MEND = correction('key = { dataset_id = "D2" }\ncolumn = "opened_on"\nbefore = "2021-13-01"\nafter = "2021-12-01"')
RETITLE = correction('row = 2\ncolumn = "title"\nbefore = "가"\nafter = "새 제목"')
DROP = correction('row = 5\ncolumn = "title"\nbefore = "라"\ndrop = true')


def test_a_rejected_row_is_mended_a_text_replaced_and_a_record_left_out(tmp_path: Path) -> None:
    folder = corrected(tmp_path / "in", MEND, RETITLE, DROP)
    intake = take_in(folder)
    assert titles(intake) == {"D1": "새 제목", "D2": "나", "D3": "다"}
    loaded = intake.loaded["datasets.csv"]
    assert (loaded.received, loaded.staged, loaded.rejected, loaded.set_aside) == (4, 3, 0, 1)
    assert [(made.placed.number, made.row) for made in intake.staged.made] == [(0, 3), (1, 2), (2, 5)]
    assert (folder / "datasets.csv").read_text(encoding="utf-8") == DATASETS


def test_the_same_file_without_corrections_rejects_those_rows(tmp_path: Path) -> None:
    intake = take_in(corrected(tmp_path / "in"))
    assert titles(intake) == {"D1": "가"}
    assert intake.loaded["datasets.csv"].rejected == 3


CHANGES = [
    pytest.param(
        'row = 2\ncolumn = "opened_on"\nbefore = "2021-03-01"\nafter = ""',
        {(2, "opened_on", "one_of_two_needed")},
        id="a cell is emptied",
    ),
    pytest.param(
        'row = 2\ncolumn = "format"\nbefore = ""\nafter = "K-1"',
        set(),
        id="a cell is filled that nothing provides",
    ),
    pytest.param(
        'row = 2\ncolumn = "unit_id"\nbefore = "A1"\nafter = "Z9"',
        {(2, "unit_id", "unknown_reference")},
        id="a correction that is wrong itself",
    ),
    pytest.param(
        'key = { dataset_id = "D1" }\ndrop = true',
        set(),
        id="a record left out by its key alone",
    ),
    pytest.param(
        'row = 2\ncolumn = "title"\nbefore = "가"\nafter = "\'); DROP TABLE rejects; --"',
        set(),
        id="a text that looks like SQL",
    ),
]


@pytest.mark.parametrize(("body", "reasons"), CHANGES)
def test_a_correction_is_checked_as_if_it_had_been_received(
    tmp_path: Path, body: str, reasons: set[tuple[int, str, str]]
) -> None:
    folder = corrected(tmp_path / "in", correction(body), datasets=HEADINGS + "D1,가,A1,2021-03-01\n")
    intake = take_in(folder)
    assert intake.reasons("datasets.csv") == reasons
    assert intake.staged.made


SOURCES_OF_DATASETS = """
[[source]]
file = "departments.csv"
kind = "departments"
[[source]]
file = "datasets.csv"
kind = "datasets"
[source.columns]
dataset_id = "dataset_id"
title = "목록명"
unit_id = { column = "unit_id", unit_by = "name" }
opened_on = "opened_on"
[[source.where]]
column = "목록명"
not_in = ["다"]
"""
RAGGED = DATASETS.replace("2021-03-01\n", "2021-03-01\n\n").replace("2021-13-01\n", "2021-13-01,,\n")
FORMS = [
    pytest.param(DATASETS.encode("cp949"), "", id="CP949"),
    pytest.param(DATASETS.replace("가", '"가"'), "", id="quotes"),
    pytest.param(RAGGED, "", id="ragged"),
    pytest.param(DATASETS.replace("title", "목록명"), SOURCES_OF_DATASETS, id="mapped, with rows not asked for"),
]


@pytest.mark.parametrize(("datasets", "sources"), FORMS)
def test_corrections_find_their_records_however_the_file_is_written(
    tmp_path: Path, datasets: str | bytes, sources: str
) -> None:
    by_key = RETITLE.replace("row = 2", 'key = { dataset_id = "D1" }')
    intake = take_in(corrected(tmp_path / "in", MEND, by_key, datasets=datasets, sources=sources))
    assert titles(intake).items() >= {"D1": "새 제목", "D2": "나"}.items()


# Faults ---------------------------------------------------------------------------------------------------------------


def faults(folder: Path) -> list[Fault]:
    with pytest.raises(UnreadableInput) as error:
        take_in(folder)
    return list(error.value.faults)


def test_every_correction_that_does_not_find_what_it_expects_is_told_with_its_line(tmp_path: Path) -> None:
    folder = corrected(
        tmp_path / "in",
        correction('row = 99\ncolumn = "title"\nbefore = "가"\nafter = "나"'),
        correction('key = { dataset_id = "D3" }\ncolumn = "title"\nbefore = "다"\nafter = "마"'),
        correction('row = 2\ncolumn = "title"\nbefore = "나"\nafter = "마"'),
        correction('key = { unit_id = "A1", valid_from = "2020-01-01" }\ncolumn = "name"\nbefore = "x"\nafter = "y"',
                   "departments"),
        MEND,
    )  # fmt: skip
    told = {fault.where: (fault.code, dict(fault.facts)) for fault in faults(folder)}
    assert told == {
        "corrections.toml, line 2, correction.1": ("correction_not_found", {}),
        "corrections.toml, line 12, correction.2": ("correction_found_often", {"rows": "4, 5"}),
        "corrections.toml, line 22, correction.3": ("correction_found_other", {"column": "title", "found": "가"}),
        "corrections.toml, line 32, correction.4": ("correction_found_other", {"column": "name", "found": "기획과"}),
    }


WRONG = [
    pytest.param(
        'row = 2\nkey = { dataset_id = "D1" }\ncolumn = "title"\nbefore = "가"\nafter = "나"',
        "correction_needs_one_place",
        id="key and row",
    ),
    pytest.param('column = "title"\nbefore = "가"\nafter = "나"', "correction_needs_one_place", id="no place"),
    pytest.param(
        'key = { title = "가" }\ncolumn = "title"\nbefore = "가"\nafter = "나"',
        "correction_needs_whole_key",
        id="a key that is none",
    ),
    pytest.param(
        'row = 2\ncolumn = "titel"\nbefore = "가"\nafter = "나"', "source_unknown_column", id="no such column"
    ),
    pytest.param('row = 2\ncolumn = "title"\nafter = "나"', "correction_expects_nothing", id="nothing expected"),
    pytest.param("row = 2\ndrop = true", "correction_expects_nothing", id="a row left out unseen"),
    pytest.param('row = 2\ncolumn = "title"\nbefore = "가"', "correction_changes_or_drops", id="nothing changed"),
    pytest.param(
        'row = 2\ncolumn = "title"\nbefore = "가"\nafter = ""\ndrop = true',
        "correction_changes_or_drops",
        id="changed and left out",
    ),
    pytest.param(
        'row = 2\ncolumn = "title"\nbefore = "가"\nafter = "가"', "correction_changes_nothing", id="no change"
    ),
    pytest.param(
        'file = "x.csv"\nrow = 2\ncolumn = "title"\nbefore = "가"\nafter = "나"',
        "correction_of_no_file",
        id="no such file",
    ),
    pytest.param('row = 0\ncolumn = "title"\nbefore = "가"\nafter = "나"', "document_value_out_of_range", id="no row"),
    pytest.param(
        'row = 2\ncolumn = "title"\nbefore = "가"\nafter = "나"\nwhy = "x"', "document_unknown_key", id="a key too many"
    ),
]


@pytest.mark.parametrize(("body", "code"), WRONG)
def test_a_correction_that_cannot_be_meant_is_refused_with_its_line(tmp_path: Path, body: str, code: str) -> None:
    (fault,) = faults(corrected(tmp_path / "in", correction(body)))
    assert fault.code == code
    assert fault.where.startswith("corrections.toml, line ")


def test_a_kind_that_two_sources_feed_needs_the_file_said(tmp_path: Path) -> None:
    both = "".join(f'[[source]]\nfile = "{kind}.csv"\nkind = "{kind}"\n' for kind in ("departments", "datasets"))
    both += '[[source]]\nfile = "more.csv"\nkind = "datasets"\n'
    folder = corrected(tmp_path / "in", RETITLE, sources=both)
    write(folder, {"more.csv": HEADINGS + "D9,가,A1,2021-03-01\n"})
    assert [fault.code for fault in faults(folder)] == ["correction_of_several_files"]
    said = RETITLE.replace("row = 2", 'file = "more.csv"\nrow = 2')
    intake = take_in(corrected(folder, said, sources=both))
    assert titles(intake).items() >= {"D1": "가", "D9": "새 제목"}.items()


TWICE = [
    pytest.param(RETITLE, RETITLE, id="the same"),
    pytest.param(RETITLE, RETITLE.replace("새", "헌"), id="two texts for a cell"),
    pytest.param(RETITLE, RETITLE.replace("row = 2", 'key = { dataset_id = "D1" }'), id="once by key, once by row"),
    pytest.param(RETITLE, correction('key = { dataset_id = "D1" }\ndrop = true'), id="changed and left out"),
]


@pytest.mark.parametrize(("first", "second"), TWICE)
def test_two_corrections_of_one_cell_are_refused(tmp_path: Path, first: str, second: str) -> None:
    assert {fault.code for fault in faults(corrected(tmp_path / "in", first, second))} == {"correction_repeated"}


def test_two_cells_of_one_record_may_both_be_corrected(tmp_path: Path) -> None:
    other = correction('key = { dataset_id = "D1" }\ncolumn = "opened_on"\nbefore = "2021-03-01"\nafter = "2021-03-02"')
    intake = take_in(corrected(tmp_path / "in", RETITLE, other))
    assert (titles(intake)["D1"], days(intake)["D1"]) == ("새 제목", "2021-03-02")


@settings(max_examples=15)
@given(cells=st.lists(st.sampled_from("가나다"), min_size=1, max_size=6), data=st.data())
def test_any_one_cell_can_be_corrected_and_no_other_changes(
    tmp_path_factory: pytest.TempPathFactory, cells: list[str], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(cells) - 1))
    rows = "".join(f"D{number},{cell},A1,2021-01-01\n" for number, cell in enumerate(cells))
    body = f'row = {place + 2}\ncolumn = "title"\nbefore = "{cells[place]}"\nafter = "새것"'
    folder = tmp_path_factory.mktemp("corrected") / "in"
    intake = take_in(corrected(folder, correction(body), datasets=HEADINGS + rows))
    expected = {f"D{number}": "새것" if number == place else cell for number, cell in enumerate(cells)}
    assert titles(intake) == expected


# People ---------------------------------------------------------------------------------------------------------------

CLEAR = "CANARY70001"
PSEUDONYM = KEY.pseudonym([CLEAR])


@pytest.fixture
def people(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one person at one course."""
    monkeypatch.setenv("JIPYO_KEY_FILE", str(write_key(tmp_path / "settings")))
    files = {"departments.csv": DEPARTMENTS, "training_sessions.csv": SESSIONS}
    files["명단.csv"] = HEADER + f"S1,{CLEAR},이름,급,A1,2021-05-01,3\n"
    return write(tmp_path / "in", files, SOURCES)


def correct(folder: Path, body: str) -> Path:
    written = "version = 1\n" + correction(body, "attendance")
    (folder / CORRECTIONS).write_text(written, encoding="utf-8")
    return folder


def test_a_person_is_found_by_the_pseudonym(people: Path) -> None:
    key = f'key = {{ session_id = "S1", person = "{PSEUDONYM}" }}'
    intake = take_in(correct(people, f'{key}\ncolumn = "hours"\nbefore = "3"\nafter = "2"'))
    assert [record[6] for record in intake.records["attendance"]] == [2]


IN_CLEAR = [
    pytest.param(
        f'key = {{ session_id = "S1", person = "{CLEAR}" }}\ncolumn = "hours"\nbefore = "3"\nafter = "2"', id="key"
    ),
    pytest.param(f'row = 2\ncolumn = "person"\nbefore = "{PSEUDONYM}"\nafter = "{CLEAR}"', id="after"),
    pytest.param(f'row = 2\ncolumn = "person"\nbefore = "{CLEAR}"\nafter = ""', id="before"),
]


@pytest.mark.parametrize("body", IN_CLEAR)
def test_a_person_in_clear_is_refused_and_not_repeated(people: Path, body: str) -> None:
    (fault,) = faults(correct(people, body))
    assert fault.code == "correction_names_people"
    assert CLEAR not in fault.text("en") + fault.text("ko")


def test_a_number_without_quotes_is_refused_and_not_repeated(people: Path) -> None:
    (fault,) = faults(correct(people, 'row = 2\ncolumn = "person"\nbefore = 70001234\nafter = ""'))
    assert "70001234" not in fault.text("en")


def test_what_is_found_in_a_persons_cell_is_not_told(people: Path) -> None:
    other = "p" + "0" * 32
    (fault,) = faults(correct(people, f'row = 2\ncolumn = "person"\nbefore = "{other}"\nafter = ""'))
    assert fault.facts["found"] == "…"
    (fault,) = faults(correct(people, 'row = 2\ncolumn = "hours"\nbefore = "4"\nafter = "2"'))
    assert fault.facts["found"] == "3"


# Releases -------------------------------------------------------------------------------------------------------------


def test_a_release_holds_the_corrections_and_its_id_depends_on_them(tmp_path: Path) -> None:
    folder = corrected(tmp_path / "in", MEND, RETITLE)
    release = evaluate(folder, RULEBOOK, tmp_path / "out").release
    assert (release / CORRECTIONS).read_bytes() == (folder / CORRECTIONS).read_bytes()
    provenance = json.loads((release / "provenance.json").read_bytes())
    assert provenance["corrections"] == [
        {"correction": 1, "source": 1, "row": 3, "kind": "datasets", "column": "opened_on"},
        {"correction": 2, "source": 1, "row": 2, "kind": "datasets", "column": "title"},
    ]
    assert verify(release).files > 0
    (folder / CORRECTIONS).write_text("version = 1\n" + MEND, encoding="utf-8")
    assert evaluate(folder, RULEBOOK, tmp_path / "out").release != release


def test_without_corrections_a_manifest_does_not_speak_of_them(tmp_path: Path) -> None:
    folder = corrected(tmp_path / "in")
    (folder / CORRECTIONS).unlink()
    release = evaluate(folder, RULEBOOK, tmp_path / "out").release
    assert "corrections" not in read_manifest(release).facts
    assert not (release / CORRECTIONS).exists()
    assert "corrections" not in json.loads((release / "provenance.json").read_bytes())


def test_a_release_whose_corrections_were_taken_away_does_not_verify(tmp_path: Path) -> None:
    release = evaluate(corrected(tmp_path / "in", MEND), RULEBOOK, tmp_path / "out").release
    (release / CORRECTIONS).write_text("version = 1\n", encoding="utf-8")
    assert jipyo("verify", release).code == 13


def test_a_wrong_correction_ends_an_evaluation_and_leaves_no_release(tmp_path: Path) -> None:
    folder = corrected(tmp_path / "in", RETITLE.replace("가", "하"))
    done = jipyo("evaluate", folder, "--rulebook", RULEBOOK, "--out", tmp_path / "out")
    assert done.code == 12
    assert done.err.startswith("corrections.toml, line 2, correction.1: title holds '가'")
    assert not list((tmp_path / "out").glob("2*"))
