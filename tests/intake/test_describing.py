"""A file arrives together with what `sources.toml` says of it, and a load that is ended midway spoils nothing."""

from __future__ import annotations

import threading
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from etl.errors import UnreadableInput
from etl.intake import arrivals
from etl.intake.arrivals import EARLIER, Difference, receive
from etl.intake.loads import history
from etl.intake.mapping import SOURCES, Source, parse_sources, read_sources
from etl.intake.own_tables import alone
from etl.intake.proposals import Proposal, add_to_sources
from etl.intake.proposing.entries import Entry
from tests.intake.received import DEPARTMENTS, take_in, write
from tests.intake.workbooks import rows_of, xlsx

pytestmark = pytest.mark.slow

NAMED = '\n[[source]]\nfile = "departments.csv"\nkind = "departments"\n'
DATASETS = """
[[source]]
file = "list.csv"
kind = "datasets"
[source.columns]
dataset_id = "번호"
title = "번호"
unit_id = "부서"
opened_on = "날"
"""
HEADINGS = "번호,부서,날\n"
LIST = HEADINGS + "1,A1,2021-03-02\n2,없음,2021-03-03\n3,A1,2021-02-30\n"
MENDED = {3: "2,B2,2021-03-03\n", 4: "3,A1,2021-02-28\n"}
"""Rows of the list as they come back mended, by their numbers."""


class Killed(BaseException):
    """The load is ended here."""


def entries(file: str, mended: list[int] | None = None) -> tuple[Source, ...]:
    """What is to be said of a file with the list's headings."""
    said = DATASETS.replace("list.csv", file)
    if mended is not None:
        mends = f'mends = {{ file = "list.csv", sha256 = "{sha256(LIST.encode()).hexdigest()}", rows = {mended} }}'
        said = said.replace("kind =", f"{mends}\nkind =")
    return parse_sources(f"version = 1\n{said}".encode(), SOURCES)


def load(place: Path, file: str, content: str | bytes, said: tuple[Source, ...]) -> Difference:
    with TemporaryDirectory() as new, TemporaryDirectory() as work:
        write(Path(new), {file: content})
        return receive(place, file, Path(new) / file, Path(work), by="평가담당", entries=said)


def load_mended(place: Path, mended: list[int]) -> Difference:
    rows = "".join(MENDED[number] for number in mended)
    return load(place, "m.csv", HEADINGS + rows, entries("m.csv", mended))


def with_list(place: Path) -> Path:
    return write(place, {"departments.csv": DEPARTMENTS, "list.csv": LIST}, NAMED + DATASETS)


def killed_after(steps: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """End the next load after so many files of it are in their places."""
    real, done = arrivals._put_in_place, list[Path]()

    def put_in_place(path: Path, place: Path) -> None:
        if len(done) == steps:
            raise Killed
        real(path, place)
        done.append(place)

    monkeypatch.setattr(arrivals, "_put_in_place", put_in_place)


def datasets(place: Path) -> list[str]:
    return sorted(record[0] for record in take_in(place).records["datasets"])


# A new file ----------------------------------------------------------------------------------------------------------

ONE = HEADINGS + "9,A1,2021-03-02\n"
WORKBOOK = xlsx({"표": rows_of(1, *[line.split(",") for line in ONE.splitlines()])})


def test_a_file_and_its_entry_arrive_together(tmp_path: Path) -> None:
    place = with_list(tmp_path / "in")
    before = (place / SOURCES).read_bytes()
    (place / SOURCES).chmod(0o640)
    load(place, "새 목록.csv", ONE, entries("새 목록.csv"))
    assert (place / SOURCES).read_bytes().startswith(before)
    assert (place / SOURCES).stat().st_mode & 0o777 == 0o640
    assert datasets(place) == ["1", "9"]
    assert [one.file for one in history(place)] == ["새 목록.csv"]


def test_files_read_by_their_names_alone_are_compared_and_described_with_it(tmp_path: Path) -> None:
    units = [line.split(",") for line in DEPARTMENTS.splitlines()]
    place = write(tmp_path / "in", {"departments.xlsx": xlsx({"표": rows_of(1, *units)})})
    difference = load(place, "list.csv", ONE, entries("list.csv"))
    assert (difference.rows_after("staged"), difference.rows_after("rejected")) == (1, 0)
    assert [one.file for one in read_sources(place)] == ["departments.xlsx", "list.csv"]
    assert datasets(place) == ["9"]


@pytest.mark.parametrize(("described", "steps"), [(True, 0), (True, 1), (False, 0), (False, 1), (False, 2)])
@pytest.mark.parametrize("file", ["새 목록.csv", "datasets.xlsx"])
def test_a_load_ended_midway_leaves_a_folder_that_can_be_read_and_loads_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, described: bool, steps: int
) -> None:
    place = write(tmp_path / "in", {"departments.csv": DEPARTMENTS}, NAMED if described else "")
    content = WORKBOOK if file.endswith("xlsx") else ONE
    with monkeypatch.context() as patched:
        killed_after(steps, patched)
        with pytest.raises(Killed):
            load(place, file, content, entries(file))
    assert [one.file for one in read_sources(place)] == ["departments.csv"]
    assert len(take_in(place).records["departments"]) == 2
    load(place, file, content, entries(file))
    assert datasets(place) == ["9"]
    assert [one.file for one in read_sources(place)] == ["departments.csv", file]


def test_a_refused_load_takes_nothing_back_of_what_others_described(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = with_list(tmp_path / "in")
    other = threading.Thread(target=load, args=(place, "b.csv", ONE, entries("b.csv")))
    real = arrivals._Arrival.difference

    def difference(arrival: arrivals._Arrival, keep_in: Path) -> Difference:
        if arrival.file == "broken.csv":
            other.start()
            other.join(0.5)
            assert other.is_alive()
        return real(arrival, keep_in)

    monkeypatch.setattr(arrivals._Arrival, "difference", difference)
    with pytest.raises(UnreadableInput):
        load(place, "broken.csv", "가,나\n1,2\n", entries("broken.csv"))
    other.join()
    assert [one.file for one in read_sources(place)] == ["departments.csv", "list.csv", "b.csv"]
    assert datasets(place) == ["1", "9"]


def test_what_is_proposed_is_written_when_nobody_else_writes(tmp_path: Path) -> None:
    place = with_list(tmp_path / "in")
    proposal = Proposal("b.csv", (), (), tuple(Entry(one) for one in entries("b.csv")), ())
    adding = threading.Thread(target=add_to_sources, args=(place, [proposal]))
    with alone(place):
        adding.start()
        adding.join(0.5)
        assert adding.is_alive()
        load_of_another = (place / SOURCES).read_text(encoding="utf-8") + DATASETS.replace("list.csv", "a.csv")
        (place / SOURCES).write_text(load_of_another, encoding="utf-8")
    adding.join()
    assert [one.file for one in read_sources(place)] == ["departments.csv", "list.csv", "a.csv", "b.csv"]
    assert not list(place.glob(".sources*"))


@pytest.mark.parametrize(
    ("sources", "code"),
    [
        ('source = [{ file = "departments.csv", kind = "departments" }]\n', "alias_source_not_added"),
        (NAMED + DATASETS.replace("list.csv", "b.csv").replace("번호", "부서"), "load_described_otherwise"),
    ],
)
def test_what_sources_toml_cannot_say_is_refused_and_nothing_is_changed(
    tmp_path: Path, sources: str, code: str
) -> None:
    place = write(tmp_path / "in", {"departments.csv": DEPARTMENTS}, sources)
    before = {path: path.read_bytes() for path in place.iterdir()}
    with pytest.raises(UnreadableInput) as refused:
        load(place, "b.csv", ONE, entries("b.csv"))
    assert [fault.code for fault in refused.value.faults] == [code]
    assert {path: path.read_bytes() for path in place.iterdir()} == before


# A mended file -------------------------------------------------------------------------------------------------------


def test_the_same_mended_rows_for_other_numbers_are_a_load_of_their_own(tmp_path: Path) -> None:
    place = with_list(tmp_path / "in")
    load(place, "m.csv", HEADINGS + MENDED[3], entries("m.csv", [3]))
    again = load(place, "m.csv", HEADINGS + MENDED[3], entries("m.csv", [3, 4]))
    assert (again.is_loaded, again.is_redescribed) == (False, True)
    assert [one.rows for one in again.mended] == [(3, 4)]
    assert [one.rows for one in take_in(place).staged.mended] == [(3, 4)]
    assert [one.file for one in history(place)] == ["m.csv", "m.csv"]
    assert not (place / EARLIER).exists()  # no version gave way
    assert load(place, "m.csv", HEADINGS + MENDED[3], entries("m.csv", [3, 4])).is_loaded
    assert len(history(place)) == 2


@pytest.mark.parametrize("steps", [1, 2, 3])
@pytest.mark.parametrize(("before", "after"), [([3], [3, 4]), ([3, 4], [4]), ([3], [4])])
def test_no_row_is_set_aside_for_one_that_has_not_come_when_a_load_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: list[int], after: list[int], steps: int
) -> None:
    place = with_list(tmp_path / "in")
    load_mended(place, before)
    with monkeypatch.context() as patched:
        killed_after(steps, patched)
        try:
            load_mended(place, after)
        except Killed:
            mended = {row for one in take_in(place).staged.mended for row in one.rows}
            there = (place / "m.csv").read_text(encoding="utf-8")
            assert all(MENDED[row] in there for row in mended)
    load_mended(place, after)
    assert [one.rows for one in take_in(place).staged.mended] == [tuple(after)]
    assert datasets(place) == ["1", *(str(row - 1) for row in after)]
