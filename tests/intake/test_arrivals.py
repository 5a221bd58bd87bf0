"""A newer version of a file: what it changes is shown first, nothing is lost, and the same version changes nothing."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.errors import UnreadableInput, UsageError
from etl.intake.arrivals import EARLIER, Difference, compare, receive
from etl.intake.loads import LOADS, history
from etl.intake.mapping import SOURCES as SOURCES_FILE
from tests.commands.terminal import jipyo
from tests.intake.people import (
    CANARIES,
    DEPARTMENTS,
    HEADER,
    KEY,
    PEOPLE,
    SESSIONS,
    SOURCES,
    canaries_in,
    found_in,
    nothing_is_deleted,
    write_key,
)
from tests.intake.received import take_in, write

HEADINGS = "dataset_id,title,unit_id,opened_on\n"
FIRST = HEADINGS + "D1,가,A1,2021-03-01\nD2,나,A1,2021-04-01\nD3,다,B2,2021-05-01\n"
SECOND = HEADINGS + "D2,나,A1,2021-04-02\nD3,다,B2,2021-05-01\nD4,라,B2,2021-06-01\nD5,마,B2,2021-13-01\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of records without a sources.toml."""
    return write(tmp_path / "in", {"departments.csv": DEPARTMENTS, "datasets.csv": FIRST})


def version(tmp_path: Path, content: str | bytes, name: str = "datasets.csv") -> Path:
    """A newer version of a file, elsewhere."""
    write(tmp_path / "new", {name: content})
    return tmp_path / "new" / name


def work(tmp_path: Path) -> Path:
    """A new empty folder."""
    place = tmp_path / f"work-{len(list(tmp_path.iterdir()))}"
    place.mkdir()
    return place


def load(folder: Path, newer: Path, file: str | None = None) -> Difference:
    return receive(folder, file or newer.name, newer, work(folder.parent), by="평가담당")


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# What is shown --------------------------------------------------------------------------------------------------------


def test_a_newer_version_shows_what_it_adds_changes_and_removes(tmp_path: Path, folder: Path) -> None:
    before = files_in(folder)
    difference = compare(folder, "datasets.csv", version(tmp_path, SECOND), work(tmp_path))
    (kind,) = difference.kinds
    assert (kind.kind, kind.added, kind.changed, kind.removed) == ("datasets", 1, 1, 1)
    assert [one.key for one in kind.added_records] == [("D4",)]
    assert [(one.key, one.cells) for one in kind.changed_records] == [
        (("D2",), {"opened_on": ("2021-04-01", "2021-04-02")})
    ]
    assert [one.key for one in kind.removed_records] == [("D1",)]
    assert [difference.rows_before(count) for count in ("received", "staged", "rejected")] == [3, 3, 0]
    assert [difference.rows_after(count) for count in ("received", "staged", "rejected")] == [4, 3, 1]
    assert files_in(folder) == before


def test_what_a_newer_version_does_to_other_files_is_shown_too(tmp_path: Path, folder: Path) -> None:
    fewer = DEPARTMENTS.replace("B2,안전과,line,2020-01-01\n", "")
    difference = compare(folder, "departments.csv", version(tmp_path, fewer, "departments.csv"), work(tmp_path))
    assert {kind.kind: kind.removed for kind in difference.kinds} == {"departments": 1, "datasets": 1}


def test_rows_in_another_order_change_no_record(tmp_path: Path, folder: Path) -> None:
    head, *rows = FIRST.splitlines(keepends=True)
    difference = compare(folder, "datasets.csv", version(tmp_path, head + "".join(rows[::-1])), work(tmp_path))
    assert difference.kinds == ()
    assert not difference.is_loaded


def test_many_differences_are_counted_and_the_first_are_shown(tmp_path: Path, folder: Path) -> None:
    more = "".join(f"E{number:03d},가,A1,2021-03-01\n" for number in range(50))
    (kind,) = compare(folder, "datasets.csv", version(tmp_path, FIRST + more), work(tmp_path)).kinds
    assert kind.added == 50
    assert [one.key for one in kind.added_records] == [(f"E{number:03d}",) for number in range(20)]


# What is done ---------------------------------------------------------------------------------------------------------


def test_a_load_takes_the_older_versions_place_keeps_it_and_is_on_record(tmp_path: Path, folder: Path) -> None:
    difference = load(folder, version(tmp_path, SECOND))
    assert (folder / "datasets.csv").read_text(encoding="utf-8") == SECOND
    (earlier,) = (folder / EARLIER).iterdir()
    assert difference.older is not None
    assert earlier.name == f"{difference.older.sha256[:12]}-datasets.csv"
    assert earlier.read_text(encoding="utf-8") == FIRST
    (line,) = history(folder)
    assert (line.by, line.file, line.size, line.size_before) == (
        "평가담당", "datasets.csv", len(SECOND.encode()), len(FIRST.encode()),
    )  # fmt: skip
    assert (line.sha256, line.sha256_before) == (difference.newer.sha256, difference.older.sha256)
    assert (line.received, line.staged, line.rejected, line.held) == (4, 3, 1, 0)
    assert (line.added, line.changed, line.removed) == (1, 1, 1)
    assert line.loaded_at.endswith("+00:00")
    assert not list(folder.glob(".*"))


def test_the_version_that_is_there_already_changes_nothing(tmp_path: Path, folder: Path) -> None:
    load(folder, version(tmp_path, SECOND))
    before = files_in(folder)
    again = load(folder, version(tmp_path, SECOND))
    assert again.is_loaded
    assert again.kinds == ()
    assert files_in(folder) == before


def test_an_earlier_version_that_comes_again_is_the_state_it_was(tmp_path: Path, folder: Path) -> None:
    for content in (SECOND, FIRST, SECOND):
        load(folder, version(tmp_path, content))
    assert (folder / "datasets.csv").read_text(encoding="utf-8") == SECOND
    assert len(list((folder / EARLIER).iterdir())) == 2
    assert [one.added for one in history(folder)] == [1, 1, 1]


VERSIONS = [FIRST, SECOND, HEADINGS, HEADINGS + "D9,바,A1,2021-07-01\n"]


@settings(max_examples=4)
@given(sent=st.lists(st.sampled_from(VERSIONS), min_size=1, max_size=3))
def test_only_the_last_version_counts_and_each_is_on_record_once_in_a_row(
    tmp_path_factory: pytest.TempPathFactory, sent: list[str]
) -> None:
    top = tmp_path_factory.mktemp("loads")
    folder = write(top / "in", {"departments.csv": DEPARTMENTS})
    for content in sent:
        load(folder, version(top, content))
    changes = [content for place, content in enumerate(sent) if place == 0 or content != sent[place - 1]]
    alone = write(top / "alone", {"departments.csv": DEPARTMENTS, "datasets.csv": sent[-1]})
    assert take_in(folder).records == take_in(alone).records
    assert len(history(folder)) == len(changes)
    assert {path.read_text(encoding="utf-8") for path in folder.glob(f"{EARLIER}/*")} == set(changes[:-1])


def test_the_first_version_of_a_file_adds_everything(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", {}, SOURCES)
    first = load(folder, version(tmp_path, DEPARTMENTS, "departments.csv"))
    assert first.older is None
    assert {kind.kind: kind.added for kind in first.kinds} == {"departments": 2}
    second = load(folder, version(tmp_path, SESSIONS, "training_sessions.csv"))
    assert {kind.kind: kind.added for kind in second.kinds} == {"training_sessions": 1}
    assert not (folder / EARLIER).exists()
    assert [one.sha256_before for one in history(folder)] == [None, None]


def test_a_file_under_another_name_is_said_to_be_a_version(tmp_path: Path, folder: Path) -> None:
    newer = version(tmp_path, SECOND, "2021-11 목록.csv")
    with pytest.raises(UsageError) as error:
        load(folder, newer)
    assert [fault.code for fault in error.value.faults] == ["load_of_no_source"]
    load(folder, newer, "datasets.csv")
    assert (folder / "datasets.csv").read_text(encoding="utf-8") == SECOND


def test_two_files_of_one_name_in_different_folders_must_be_told_apart(tmp_path: Path) -> None:
    both = "".join(f'[[source]]\nfile = "{year}/datasets.csv"\nkind = "datasets"\n' for year in (2020, 2021))
    folder = write(tmp_path / "in", {"departments.csv": DEPARTMENTS}, both)
    with pytest.raises(UsageError) as error:
        load(folder, version(tmp_path, FIRST))
    assert [fault.code for fault in error.value.faults] == ["load_of_several_files"]
    load(folder, version(tmp_path, HEADINGS), "2021/datasets.csv")
    assert (folder / "2021" / "datasets.csv").read_text(encoding="utf-8") == HEADINGS


def test_a_newer_version_that_cannot_be_understood_changes_nothing(tmp_path: Path, folder: Path) -> None:
    before = files_in(folder)
    for content in ("", "x,y\n1,2\n", HEADINGS + '"D1,가\n'):
        with pytest.raises(UnreadableInput):
            load(folder, version(tmp_path, content))
    with pytest.raises(UnreadableInput):
        load(folder, tmp_path / "nowhere" / "datasets.csv")
    assert files_in(folder) == before


def test_a_version_that_could_not_be_understood_gives_way_to_one_that_can(tmp_path: Path, folder: Path) -> None:
    write(folder, {"datasets.csv": HEADINGS + '"D1,가\n'})
    difference = load(folder, version(tmp_path, FIRST))
    assert {kind.kind: kind.added for kind in difference.kinds} == {"datasets": 3}


def test_a_damaged_record_of_loads_is_told_by_its_line(tmp_path: Path, folder: Path) -> None:
    load(folder, version(tmp_path, SECOND))
    with (folder / LOADS).open("a", encoding="utf-8") as stream:
        stream.write('{"loaded_at": "2021"\n')
    with pytest.raises(UnreadableInput) as error:
        history(folder)
    assert error.value.faults[0].where == f"{LOADS}, line 2"


def test_what_a_killed_load_left_is_swept(tmp_path: Path, folder: Path) -> None:
    (folder / ".arriving-old").mkdir()
    (folder / ".arriving-old" / "newer").write_text("x")
    load(folder, version(tmp_path, SECOND))
    assert not list(folder.glob(".*"))


# People ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def people(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that waits for its list of people."""
    monkeypatch.setenv("JIPYO_KEY_FILE", str(write_key(tmp_path / "settings")))
    return write(tmp_path / "in", {"departments.csv": DEPARTMENTS, "training_sessions.csv": SESSIONS}, SOURCES)


def test_of_a_list_of_people_a_concealed_copy_is_kept(
    tmp_path: Path, people: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = version(tmp_path, PEOPLE.encode("cp949"), "명단.csv")
    newer = PEOPLE.replace("2021-05-01,3\nS1,CANARY70002", "2021-05-01,2\nS1,CANARY70002")
    with nothing_is_deleted(monkeypatch, tmp_path / "tmp"):
        runs = [jipyo("load", listed, "--into", people, *more) for more in (("--json",), ("--yes",), ("--yes",))]
        runs += [jipyo("load", version(tmp_path, newer, "명단.csv"), "--into", people, "--yes")]
    assert [run.code for run in runs] == [10, 10, 0, 10]
    assert found_in(tmp_path, tmp_path / "new") == set()
    assert canaries_in(*((run.out + run.err).encode() for run in runs)) == set()
    assert "  ~ S1 / …: hours 3.000000 → 2.000000" in runs[-1].out
    assert len(list((people / EARLIER).iterdir())) == 1


def test_a_kept_copy_gives_the_records_rejects_and_row_numbers_of_the_file_as_received(
    tmp_path: Path, people: Path
) -> None:
    write(people, {"명단.csv": PEOPLE})
    received = take_in(people)
    (people / "명단.csv").unlink()
    difference = load(people, version(tmp_path, PEOPLE, "명단.csv"))
    kept = take_in(people)
    assert (people / "명단.csv").read_bytes() != PEOPLE.encode()
    assert kept.records == received.records
    assert kept.reasons("명단.csv") == received.reasons("명단.csv")
    assert kept.origins("attendance") == received.origins("attendance")
    counts = ("received", "staged", "rejected", "held", "set_aside")
    assert all(
        getattr(kept.loaded["명단.csv"], count) == getattr(received.loaded["명단.csv"], count) for count in counts
    )
    assert difference.newer.sha256 == received.loaded["명단.csv"].sha256
    assert kept.staged.fingerprint == received.staged.fingerprint == KEY.fingerprint


def test_a_kept_copy_needs_no_key_to_be_read(tmp_path: Path, people: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load(people, version(tmp_path, PEOPLE, "명단.csv"))
    monkeypatch.setenv("JIPYO_KEY_FILE", str(tmp_path / "nowhere"))
    assert len(take_in(people).records["attendance"]) == 3


def test_a_list_that_lay_there_in_clear_is_kept_concealed(tmp_path: Path, people: Path) -> None:
    write(people, {"명단.csv": PEOPLE})
    difference = load(people, version(tmp_path, PEOPLE + "S1,A99,이름,급,B2,2021-05-01,3\n", "명단.csv"))
    assert {kind.kind: (kind.added, kind.changed, kind.removed) for kind in difference.kinds} == {
        "attendance": (1, 0, 0)
    }
    assert len(list((people / EARLIER).iterdir())) == 1
    assert found_in(people) == set()


def test_an_earlier_copy_can_be_put_back(tmp_path: Path, people: Path) -> None:
    first = load(people, version(tmp_path, PEOPLE, "명단.csv"))
    kept = (people / "명단.csv").read_bytes()
    load(people, version(tmp_path, HEADER, "명단.csv"))
    (earlier,) = (people / EARLIER).iterdir()
    load(people, earlier, "명단.csv")
    assert (people / "명단.csv").read_bytes() == kept
    assert history(people)[-1].sha256 == first.newer.sha256


def test_pseudonyms_of_two_keys_are_never_taken_for_the_same_people(
    tmp_path: Path, people: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(people, version(tmp_path, PEOPLE, "명단.csv"))
    more = SOURCES.replace('"명단.csv"', '"둘.csv"').split("[[source]]")[-1]
    (people / SOURCES_FILE).write_text(f"version = 1\n{SOURCES}[[source]]{more}", encoding="utf-8")
    monkeypatch.setenv("JIPYO_KEY_FILE", str(write_key(tmp_path / "other", bytes(range(50, 82)))))
    write(people, {"둘.csv": HEADER + "S1,A99,이름,급,B2,2021-05-01,3\n"})
    with pytest.raises(UnreadableInput) as error:
        take_in(people)
    assert [fault.code for fault in error.value.faults] == ["pseudonyms_of_several_keys"]


def changed(kept: str, line: int, cells: list[str]) -> str:
    """A kept copy with one line replaced."""
    lines = kept.splitlines(keepends=True)
    lines[line] = ",".join(f'"{cell}"' for cell in cells) + "\n"
    return "".join(lines)


def test_a_kept_copy_somebody_changed_tells_nothing_of_people(tmp_path: Path, people: Path) -> None:
    load(people, version(tmp_path, PEOPLE, "명단.csv"))
    kept = (people / "명단.csv").read_text(encoding="utf-8")
    row = next(csv.reader([kept.splitlines()[1]]))
    write(people, {"명단.csv": changed(kept, 1, [row[0], CANARIES[0], *row[2:]])})
    done = jipyo("check", people)
    assert "명단.csv, row 2 (attendance): person is '…'" in done.err
    assert canaries_in(done.err.encode()) == set()


DAMAGES = [
    pytest.param(0, ["row of the received file (0 above passed over)", "과정"], id="no pseudonyms"),
    pytest.param(1, ["2", "S1"], id="too few cells"),
    pytest.param(1, ["second", *["x"] * 5], id="a row without a number"),
    pytest.param(0, ["row of the received file (many above passed over)", "x"], id="another mark"),
]


@pytest.mark.parametrize(("line", "cells"), DAMAGES)
def test_a_kept_copy_that_is_damaged_is_refused(tmp_path: Path, people: Path, line: int, cells: list[str]) -> None:
    load(people, version(tmp_path, PEOPLE, "명단.csv"))
    kept = (people / "명단.csv").read_text(encoding="utf-8")
    write(people, {"명단.csv": changed(kept, line, cells)})
    with pytest.raises(UnreadableInput) as error:
        take_in(people)
    assert [fault.code for fault in error.value.faults] == ["kept_copy_damaged"]


# The command ----------------------------------------------------------------------------------------------------------


def test_without_yes_the_command_shows_and_changes_nothing(tmp_path: Path, folder: Path) -> None:
    before = files_in(folder)
    newer = version(tmp_path, SECOND.replace("D5,마,B2,2021-13-01\n", ""))
    done = jipyo("load", newer, "--into", folder)
    assert done.code == 0
    assert done.out.splitlines() == [
        "datasets.csv: rows received 3 -> 3, staged 3 -> 3, rejected 0 -> 0, held 0 -> 0",
        "datasets: 1 added, 1 changed, 1 removed",
        "  + D4",
        "  ~ D2: opened_on 2021-04-01 → 2021-04-02",
        "  - D1",
    ]
    assert "--yes" in done.err
    assert files_in(folder) == before


def test_the_command_tells_programs_what_it_did(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIPYO_USER", "evaluator-7")
    newer = version(tmp_path, SECOND)
    said = [
        json.loads(jipyo("load", newer, "--into", folder, "--json", *more).out) for more in ((), ("--yes",), ("--yes",))
    ]
    assert [(one["loaded"], one["already_loaded"]) for one in said] == [(False, False), (True, False), (False, True)]
    assert said[1]["kinds"][0]["changed_records"] == [
        {"key": ["D2"], "cells": {"opened_on": ["2021-04-01", "2021-04-02"]}}
    ]
    assert history(folder)[0].by == "evaluator-7"


def test_the_command_makes_a_key_once_and_says_where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "settings" / "pseudonym.key"
    monkeypatch.setenv("JIPYO_KEY_FILE", str(place))
    assert (jipyo("key", "--path").out, place.exists()) == (f"{place}\n", False)
    made = jipyo("key")
    assert (made.code, made.out) == (0, f"{place}\n")
    assert "Keep a copy" in made.err
    assert place.read_text().strip() not in made.out + made.err
    assert jipyo("key").code == 2
