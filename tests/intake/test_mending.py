"""Mended rows take the place of the rows they came from: one record of each, whatever is decided later."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.errors import UnreadableInput
from etl.evaluate import evaluate
from etl.intake.arrivals import compare, receive
from etl.intake.mapping import SOURCES as SOURCES_FILE
from etl.intake.mapping import Mends, parse_sources, read_sources
from etl.intake.proposals import propose
from etl.intake.proposing.mends import with_mends
from etl.intake.returned import is_returned, take_back, write_returned
from etl.intake.survey import survey
from etl.release.seal import read_manifest
from etl.verify import verify
from tests.commands.terminal import jipyo
from tests.golden.evaluation import RULEBOOK
from tests.intake.received import DEPARTMENTS, Intake, take_in, write
from tests.intake.workbooks import ods, rows_of, xlsx

HEADINGS = "번호,부서,날\n"
DATASETS = """
[[source]]
file = "list.csv"
kind = "datasets"
[source.columns]
dataset_id = "번호"
title = "번호"
unit_id = { column = "부서", unit_by = "name" }
opened_on = "날"
"""
SOURCES = f"""
[[source]]
file = "departments.csv"
kind = "departments"
{DATASETS}
[[source]]
file = "별칭.csv"
kind = "aliases"
[source.columns]
alias = "이름"
unit_id = "코드"
reason = "사유"
"""
NO_ALIAS = "이름,코드,사유\n"
ALIAS = NO_ALIAS + "기획관,A1,줄여 적음\n"
FINE, HELD, REJECTED = "1,기획과,2021-03-02\n", "2,기획관,2021-03-03\n", "3,기획과,2021-02-30\n"
RECEIVED = HEADINGS + FINE + HELD + REJECTED


def folder(place: Path, listed: str = RECEIVED, aliases: str = NO_ALIAS) -> Path:
    """A folder with a list in which row 2 is fine, row 3 is held and row 4 is rejected."""
    return write(place, {"departments.csv": DEPARTMENTS, "list.csv": listed, "별칭.csv": aliases}, SOURCES)


def mend(place: Path, rows: str, mended: list[int], of: str = "list.csv", file: str = "m.csv", said: str = "") -> Path:
    """Put a mended file beside, whose entry says which rows of the list as it is now it takes the place of."""
    digest = said or sha256((place / of).read_bytes()).hexdigest()
    (place / file).write_text(HEADINGS + rows, encoding="utf-8")
    entry = DATASETS.replace("list.csv", file)
    mends = f'mends = {{ file = "{of}", sha256 = "{digest}", rows = {mended} }}'
    with (place / SOURCES_FILE).open("a", encoding="utf-8") as stream:
        stream.write(entry.replace("kind =", f"{mends}\nkind ="))
    return place


def say_mends(place: Path, file: str, mends: Mends) -> None:
    """Have `sources.toml` say which rows a file takes the place of."""
    described = place / SOURCES_FILE
    described.write_bytes(with_mends(described.read_bytes(), file, mends))


def fates(intake: Intake, file: str) -> tuple[int, int, int, int, int]:
    """Rows staged, rejected, held, set aside, and set aside because they were mended."""
    one = intake.loaded[file]
    assert one.received == one.staged + one.rejected + one.held + one.set_aside
    return one.staged, one.rejected, one.held, one.set_aside, one.mended


def numbers(intake: Intake) -> list[str]:
    return sorted(record[0] for record in intake.records["datasets"])


def notices(intake: Intake) -> list[tuple[str, Mapping[str, object]]]:
    assert all(notice.text(tongue) for notice in intake.staged.notices for tongue in ("ko", "en"))
    return [(notice.code, notice.facts) for notice in intake.staged.notices]


# What becomes of the rows ---------------------------------------------------------------------------------------------


def test_rows_that_were_mended_are_set_aside_and_wait_no_more(tmp_path: Path) -> None:
    place = mend(folder(tmp_path / "in"), "2,안전과,2021-03-03\n3,기획과,2021-02-28\n", [3, 4])
    intake = take_in(place)
    assert fates(intake, "list.csv") == (1, 0, 0, 2, 2)
    assert fates(intake, "m.csv") == (2, 0, 0, 0, 0)
    assert (numbers(intake), intake.rejects, intake.staged.unknown_names) == (["1", "2", "3"], [], ())
    assert notices(intake) == []


def test_a_row_that_was_left_out_of_the_mended_file_waits_as_before(tmp_path: Path) -> None:
    intake = take_in(mend(folder(tmp_path / "in"), "3,기획과,2021-02-28\n", [4]))
    assert fates(intake, "list.csv") == (1, 0, 1, 1, 1)
    assert intake.staged.unknown_names == (("list.csv", "기획관", 1),)


def test_a_name_decided_later_brings_no_mended_row_back_and_that_is_said(tmp_path: Path) -> None:
    place = mend(folder(tmp_path / "in", aliases=ALIAS), "2,안전과,2021-03-03\n3,기획과,2021-02-28\n", [3, 4])
    intake = take_in(place)
    assert fates(intake, "list.csv") == (1, 0, 0, 2, 2)
    assert numbers(intake) == ["1", "2", "3"]
    assert [unit for number, unit, *_ in intake.records["datasets"] if number == "2"] == ["B2"]
    assert notices(intake) == [("mend_of_fine_rows", {"file": "list.csv", "rows": "3"})]


def test_without_the_key_the_same_files_would_lose_the_record(tmp_path: Path) -> None:
    place = mend(folder(tmp_path / "in", aliases=ALIAS), "2,안전과,2021-03-03\n", [3])
    described = (place / SOURCES_FILE).read_text(encoding="utf-8")
    lines = [line for line in described.splitlines() if not line.startswith("mends")]
    (place / SOURCES_FILE).write_text("\n".join(lines), encoding="utf-8")
    assert numbers(take_in(place)) == ["1"]


def test_a_mended_row_that_is_still_wrong_is_listed_under_the_mended_file_alone(tmp_path: Path) -> None:
    intake = take_in(mend(folder(tmp_path / "in"), "2,없는과,2021-03-03\n3,기획과,2021-02-31\n", [3, 4]))
    assert {(file, row) for file, row, *_ in intake.rejects} == {("m.csv", 2), ("m.csv", 3)}
    assert fates(intake, "m.csv") == (0, 1, 1, 0, 0)


def test_a_mended_file_may_be_mended_again(tmp_path: Path) -> None:
    place = mend(folder(tmp_path / "in"), "2,없는과,2021-03-03\n3,기획과,2021-02-28\n", [3, 4])
    mend(place, "2,안전과,2021-03-03\n", [2], of="m.csv", file="m2.csv")
    intake = take_in(place)
    assert fates(intake, "m.csv") == (1, 0, 0, 1, 1)
    assert (numbers(intake), intake.rejects, notices(intake)) == (["1", "2", "3"], [], [])


def test_a_row_with_too_many_cells_is_set_aside_too(tmp_path: Path) -> None:
    place = mend(folder(tmp_path / "in", HEADINGS + FINE + "2,기획과,2021-03-03,넘침\n"), "2,기획과,2021-03-03\n", [3])
    intake = take_in(place)
    assert fates(intake, "list.csv") == (1, 0, 0, 1, 1)
    assert (numbers(intake), intake.rejects, notices(intake)) == (["1", "2"], [], [])


def test_rows_rejected_only_beside_another_row_are_not_told_as_fine(tmp_path: Path) -> None:
    twice = HEADINGS + "1,기획과,2021-03-02\n1,안전과,2021-03-02\n"
    intake = take_in(mend(folder(tmp_path / "in", twice), "1,기획과,2021-03-02\n7,안전과,2021-03-02\n", [2, 3]))
    assert (numbers(intake), intake.rejects, notices(intake)) == (["1", "7"], [], [])


def test_a_row_of_two_kinds_of_record_is_mended_for_both(tmp_path: Path) -> None:
    place = folder(tmp_path / "in")
    policies = DATASETS.replace('"datasets"', '"policies"').replace("dataset_id", "policy_id")
    policies = policies.replace("opened_on", 'stage = { constant = "effect" }\nused_on')
    with (place / SOURCES_FILE).open("a", encoding="utf-8") as stream:
        stream.write(policies)
    mend(place, "2,안전과,2021-03-03\n3,기획과,2021-02-28\n", [3, 4])
    with (place / SOURCES_FILE).open("a", encoding="utf-8") as stream:
        stream.write(policies.replace("list.csv", "m.csv"))
    say_mends(place, "m.csv", Mends(file="list.csv", sha256=sha256(RECEIVED.encode()).hexdigest(), rows=(3, 4)))
    intake = take_in(place)
    assert numbers(intake) == sorted(record[0] for record in intake.records["policies"]) == ["1", "2", "3"]
    assert (intake.rejects, notices(intake)) == ([], [])


# What is said ---------------------------------------------------------------------------------------------------------


def test_row_numbers_are_never_applied_to_another_version(tmp_path: Path) -> None:
    place = mend(folder(tmp_path / "in"), "2,안전과,2021-03-03\n", [3])
    (place / "list.csv").write_text(HEADINGS + HELD + FINE, encoding="utf-8")
    intake = take_in(place)
    assert fates(intake, "list.csv") == (1, 0, 1, 0, 0)
    assert notices(intake) == [("mend_of_another_version", {"file": "list.csv", "kind": "datasets"})]


@pytest.mark.parametrize(
    ("rows", "mended", "said"),
    [
        pytest.param("1,안전과,2021-03-02\n", [2], ("mend_of_fine_rows", {"file": "list.csv", "rows": "2"}), id="fine"),
        pytest.param(
            "2,안전과,2021-03-03\n9,안전과,2021-03-03\n",
            [3, 40],
            ("mend_of_no_rows", {"file": "list.csv", "rows": "40"}),
            id="not there",
        ),
        pytest.param(
            "2,안전과,2021-03-03\n",
            [3, 4],
            ("mend_of_more_rows_than_held", {"file": "list.csv", "held": 1, "asked": 2}),
            id="fewer rows",
        ),
    ],
)
def test_what_is_odd_about_a_mended_file_is_said(
    tmp_path: Path, rows: str, mended: list[int], said: tuple[str, dict[str, object]]
) -> None:
    assert notices(take_in(mend(folder(tmp_path / "in"), rows, mended))) == [said]


def test_a_file_that_nothing_reads_any_more_is_named(tmp_path: Path) -> None:
    place = mend(folder(tmp_path / "in"), "2,안전과,2021-03-03\n", [3])
    described = (place / SOURCES_FILE).read_text(encoding="utf-8").replace(DATASETS, "")
    (place / SOURCES_FILE).write_text(described, encoding="utf-8")
    assert [code for code, _ in notices(take_in(place))] == ["mend_of_no_source"]


@pytest.mark.parametrize("chain", [[("a", "a")], [("a", "b"), ("b", "a")], [("a", "b"), ("b", "c"), ("c", "a")]])
def test_files_that_take_each_others_place_are_refused(chain: list[tuple[str, str]]) -> None:
    mends = f'sha256 = "{"0" * 64}", rows = [2]'
    entries = [
        f'[[source]]\nfile = "{by}"\nkind = "datasets"\nmends = {{ file = "{of}", {mends} }}\n' for by, of in chain
    ]
    with pytest.raises(UnreadableInput) as refused:
        parse_sources(f"version = 1\n{''.join(entries)}".encode(), SOURCES_FILE)
    assert {fault.code for fault in refused.value.faults} == {"source_mends_itself"}
    assert len(refused.value.faults) == len(chain)


@pytest.mark.parametrize("bad", ["sha256 = 'abc', rows = [2]", f"sha256 = '{'0' * 64}', rows = []", "rows = [2]"])
def test_mends_that_cannot_be_meant_are_refused(bad: str) -> None:
    entry = f"file = 'a.csv'\nkind = 'datasets'\nmends = {{ file = 'b.csv', {bad} }}\n"
    with pytest.raises(UnreadableInput):
        parse_sources(f"version = 1\n[[source]]\n{entry}".encode(), SOURCES_FILE)


def test_the_terminal_says_it_and_a_check_still_ends_well(tmp_path: Path) -> None:
    place = mend(folder(tmp_path / "in", aliases=ALIAS), "2,안전과,2021-03-03\n3,기획과,2021-02-28\n", [3, 4])
    run = jipyo("check", str(place), language="ko")
    assert run.code == 0
    assert "이제 그대로도 적재할 수 있지만" in run.err
    told = json.loads(jipyo("check", str(place), "--json").out)
    assert [notice["code"] for notice in told["notices"]] == ["mend_of_fine_rows"]
    assert {one["file"]: one["mended"] for one in told["files"]}["list.csv"] == 2


# The release ----------------------------------------------------------------------------------------------------------


def test_a_release_tells_which_rows_were_mended_and_its_id_depends_on_it(tmp_path: Path) -> None:
    place = mend(folder(tmp_path / "in"), "2,안전과,2021-03-03\n3,기획과,2021-02-28\n", [3, 4])
    made = evaluate(place, RULEBOOK, tmp_path / "releases")
    verify(made.release)
    provenance = json.loads((made.release / "provenance.json").read_text(encoding="utf-8"))
    assert provenance["mended"] == [{"source": 3, "file": "list.csv", "kind": "datasets", "rows": [3, 4]}]
    counted = {one["file"]: one for one in read_manifest(made.release).facts["sources"]}
    assert (counted["list.csv"]["set_aside"], counted["list.csv"]["mended"]) == (2, 2)
    assert "mended" not in counted["m.csv"]
    assert "[m.csv, row 2]" in jipyo("explain", str(made.release), "B2").out
    described = (place / SOURCES_FILE).read_text(encoding="utf-8")
    (place / SOURCES_FILE).write_text(described.replace("rows = [3, 4]", "rows = [4]"), encoding="utf-8")
    assert evaluate(place, RULEBOOK, tmp_path / "releases").release_id != made.release_id


# The trip -------------------------------------------------------------------------------------------------------------


def hand_out(place: Path, file: str = "list.csv") -> list[list[str]]:
    """The rejected and held rows of a file, as the page hands them out."""
    intake = take_in(place)
    reasons: dict[int, list[str]] = {}
    for name, row, column, reason, _ in intake.rejects:
        if name == file:
            reasons.setdefault(row, []).append(f"{column}: {reason}")
    (source,) = [one for one in read_sources(place) if one.file == file]
    with TemporaryDirectory() as work:
        target = place.parent / "out.csv"
        (Path(work) / "copy").mkdir()
        write_returned(place / file, source, reasons, target, Path(work) / "copy")
    with target.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def load_mended(place: Path, rows: list[list[str]], name: str, encoding: str = "utf-8-sig") -> None:
    """Save the rows as a spreadsheet would, and load them under this name."""
    saved = io.StringIO()
    csv.writer(saved).writerows(rows)
    with TemporaryDirectory() as draft, TemporaryDirectory() as work:
        came, plain = Path(draft) / "came.csv", Path(draft) / name
        came.write_bytes(saved.getvalue().encode(encoding))
        taken = take_back(came, plain, Path(work))
        (Path(draft) / SOURCES_FILE).write_bytes((place / SOURCES_FILE).read_bytes())
        assert taken.mends is not None
        known = [one.model_copy(update={"mends": taken.mends}) for one in read_sources(place) if one.file == name]
        entries = known or [one.source for one in propose(Path(draft), name, (), taken.mends).entries]
        receive(place, name, plain, Path(work), by="평가담당", entries=entries)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp949", "utf-16"])
def test_the_whole_trip_ends_with_one_record_though_the_name_is_decided_later(tmp_path: Path, encoding: str) -> None:
    place = folder(tmp_path / "in")
    header, *rows = hand_out(place)
    mended = [[*row[:-2], "안전과", "2021-03-03"] for row in rows]
    load_mended(place, [header, *mended], "list-mend.csv", encoding)
    run = jipyo("alias", str(place), "기획관", "A1", "--why", "줄여 적음", "--by", "평가담당")
    assert run.code == 0
    intake = take_in(place)
    assert numbers(intake) == ["1", "2", "3"]
    assert intake.rejects == []
    assert fates(intake, "list.csv") == (1, 0, 0, 2, 2)


@pytest.mark.parametrize("form", ["xlsx", "ods"])
def test_a_file_saved_as_a_workbook_takes_the_same_rows_place(tmp_path: Path, form: str) -> None:
    place = folder(tmp_path / "in")
    header, *rows = hand_out(place)
    numbered = [[int(row[0]), row[1], int(row[2]), *row[3:]] for row in rows]
    came = tmp_path / f"came.{form}"
    came.write_bytes(xlsx({"표": rows_of(1, header, *numbered)}) if form == "xlsx" else ods([header, *rows]))
    assert is_returned(came)
    (tmp_path / "work").mkdir()
    taken = take_back(came, tmp_path / "plain.csv", tmp_path / "work")
    assert taken.mends == Mends(file="list.csv", sha256=sha256(RECEIVED.encode()).hexdigest(), rows=(3, 4))
    assert (tmp_path / "plain.csv").read_text(encoding="utf-8") == HEADINGS + HELD + REJECTED


def test_a_newer_version_of_a_mended_file_says_its_own_rows(tmp_path: Path) -> None:
    place = folder(tmp_path / "in")
    header, held, rejected = hand_out(place)
    load_mended(place, [header, [*held[:-2], "안전과", "2021-03-03"]], "list-mend.csv")
    assert fates(take_in(place), "list.csv") == (1, 1, 0, 1, 1)
    both = [header, [*held[:-2], "안전과", "2021-03-03"], [*rejected[:-1], "2021-02-28"]]
    load_mended(place, both, "list-mend.csv")
    intake = take_in(place)
    assert fates(intake, "list.csv") == (1, 0, 0, 2, 2)
    assert numbers(intake) == ["1", "2", "3"]


def test_what_loading_a_mended_file_would_set_aside_is_shown_before(tmp_path: Path) -> None:
    place = folder(tmp_path / "in")
    (tmp_path / "m.csv").write_text(HEADINGS + "3,기획과,2021-02-28\n", encoding="utf-8")
    digest = sha256(RECEIVED.encode()).hexdigest()
    entry = parse_sources(f"version = 1\n{DATASETS.replace('list.csv', 'm.csv')}".encode(), SOURCES_FILE)[0]
    entry = entry.model_copy(update={"mends": Mends(file="list.csv", sha256=digest, rows=(4,))})
    (tmp_path / "work").mkdir()
    found = compare(place, "m.csv", tmp_path / "m.csv", tmp_path / "work", [entry])
    assert [(one.file, one.rows) for one in found.mended] == [("list.csv", (4,))]
    assert found.records("added") == 1


def test_rows_that_were_mended_leave_the_state_of_the_folder(tmp_path: Path) -> None:
    place = mend(folder(tmp_path / "in"), "2,안전과,2021-03-03\n3,기획과,2021-02-28\n", [3, 4])
    (tmp_path / "work").mkdir()
    known = survey(place, tmp_path / "work")
    assert (known.rejects, known.waiting, known.notices) == ((), (), ())
    assert [(one.by, one.file, one.rows) for one in known.mended] == [("m.csv", "list.csv", (3, 4))]


ROW = st.tuples(st.sampled_from(["기획과", "기획관", "안전과"]), st.sampled_from(["2021-03-02", "2021-02-30"]))


def test_the_terminal_does_not_put_mended_rows_in_the_place_of_a_whole_file(tmp_path: Path) -> None:
    place = folder(tmp_path / "in")
    hand_out(place)
    run = jipyo("load", str(tmp_path / "out.csv"), "--into", str(place), "--as", "list.csv", "--yes", language="ko")
    assert run.code == 2
    assert "다른 행이 모두 사라집니다" in run.err
    assert (place / "list.csv").read_text(encoding="utf-8") == RECEIVED


def test_rows_that_two_files_take_the_place_of_are_named(tmp_path: Path) -> None:
    place = mend(folder(tmp_path / "in"), "2,안전과,2021-03-03\n3,기획과,2021-02-28\n", [3, 4])
    mend(place, "3,기획과,2021-02-28\n", [4], file="m2.csv")
    intake = take_in(place)
    assert fates(intake, "list.csv") == (1, 0, 0, 2, 2)
    assert notices(intake) == [("mend_of_taken_rows", {"file": "list.csv", "rows": "4", "other": "m.csv"})]
    assert {(file, reason) for file, _, _, reason, _ in intake.rejects} == {("m2.csv", "sent_twice")}


def test_a_file_that_lies_there_unmentioned_can_be_described_by_loading_it(tmp_path: Path) -> None:
    place = folder(tmp_path / "in")
    (place / "m.csv").write_text(HEADINGS + "9,기획과,2021-02-28\n", encoding="utf-8")
    entry = parse_sources(f"version = 1\n{DATASETS.replace('list.csv', 'm.csv')}".encode(), SOURCES_FILE)
    (tmp_path / "work").mkdir()
    found = compare(place, "m.csv", place / "m.csv", tmp_path / "work", entry)
    assert not found.is_loaded
    assert found.records("added") == 1


@settings(max_examples=15)
@given(st.lists(ROW, min_size=1, max_size=6), st.data())
def test_every_row_becomes_one_record_once_what_waits_is_mended(
    rows: list[tuple[str, str]], data: st.DataObject
) -> None:
    with TemporaryDirectory() as temporary:
        lines = [f"{number},{unit},{day}\n" for number, (unit, day) in enumerate(rows)]
        place = folder(Path(temporary) / "in", HEADINGS + "".join(lines))
        header, *waiting = hand_out(place)
        taken = data.draw(st.lists(st.sampled_from(waiting), unique_by=lambda row: row[0])) if waiting else []
        if taken:
            load_mended(place, [header, *([*row[:-2], "안전과", "2021-05-05"] for row in taken)], "list-mend.csv")
        (place / "별칭.csv").write_text(ALIAS, encoding="utf-8")
        intake = take_in(place)
        left = {row[0] for row in waiting} - {row[0] for row in taken}
        still_wrong = [
            number for number, (_, day) in enumerate(rows) if day == "2021-02-30" and str(number + 2) in left
        ]
        assert numbers(intake) == sorted(str(n) for n in range(len(rows)) if n not in still_wrong)
        assert fates(intake, "list.csv")[4] == len(taken)


# As sources.toml says it ----------------------------------------------------------------------------------------------

MENDS = Mends(file="list.csv", sha256="a" * 64, rows=(2, 7))


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_what_a_file_mends_is_written_without_touching_another_line(tmp_path: Path, ending: str) -> None:
    place = mend(folder(tmp_path / "in"), "2,안전과,2021-03-03\n", [3])
    described = place / SOURCES_FILE
    before = described.read_text(encoding="utf-8").replace("\n", ending)
    described.write_text(before + f"# 끝\u2028{ending}", encoding="utf-8", newline="")
    say_mends(place, "m.csv", MENDS)
    after = described.read_bytes().decode().split("\n")
    differing = [
        (old, new) for old, new in zip((before + f"# 끝\u2028{ending}").split("\n"), after, strict=True) if old != new
    ]
    assert len(differing) == 1
    assert [one.mends for one in read_sources(place) if one.file == "m.csv"] == [MENDS]


def test_an_entry_that_says_nothing_yet_gains_a_line(tmp_path: Path) -> None:
    place = folder(tmp_path / "in")
    say_mends(place, "별칭.csv", MENDS)
    assert [one.mends for one in read_sources(place)] == [None, None, MENDS]


def test_an_entry_on_one_line_is_refused_and_stays(tmp_path: Path) -> None:
    place = write(tmp_path / "in", {"a.csv": "x\n"}, 'source = [{ file = "a.csv", kind = "departments" }]\n')
    before = (place / SOURCES_FILE).read_bytes()
    with pytest.raises(UnreadableInput) as refused:
        say_mends(place, "a.csv", MENDS)
    assert [fault.code for fault in refused.value.faults] == ["mends_not_written"]
    assert (place / SOURCES_FILE).read_bytes() == before


def test_a_file_of_the_same_shape_does_not_inherit_what_another_mends(tmp_path: Path) -> None:
    place = mend(folder(tmp_path / "in"), "2,안전과,2021-03-03\n", [3])
    (place / "list.csv").unlink()
    (place / "다른 목록.csv").write_text(RECEIVED, encoding="utf-8")
    (entry,) = propose(place, "다른 목록.csv").entries
    assert entry.source.mends is None
