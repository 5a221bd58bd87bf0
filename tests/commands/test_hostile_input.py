"""Input that was made to do harm: names that steer a terminal, tables that are none, and no traceback for any of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from terminal.screen import one_line
from tests.commands.terminal import Done, jipyo
from tests.golden.evaluation import RECORDS, RULEBOOK

RULES = '[evaluation]\nid = "x"\ntitle = "X"\nyear = 2021\n[score]\naggregation = "arithmetic"\n'
RULES += '[[indicators]]\nid = "m"\nname = "M"\nnumerator = "m"\nweight = 1\npoints = { method = "raw" }\n'
STEERING = "\x1b[2J\x1b]0;title\x07\u202egnp.exe\u2028"


def score(folder: Path, table: str | bytes, units: str | None = None) -> Done:
    """Score a table of metrics, with a table of units where one is given."""
    (folder / "rules.toml").write_text(RULES, encoding="utf-8")
    (folder / "m.csv").write_bytes(table.encode() if isinstance(table, str) else table)
    more: list[str | Path] = []
    if units is not None:
        (folder / "u.csv").write_text(units, encoding="utf-8")
        more = ["--units", folder / "u.csv"]
    return jipyo("score", folder / "m.csv", "--rulebook", folder / "rules.toml", "--out", folder / "out", *more)


TABLES = [
    pytest.param("", ["no column 'unit_id'", "no column 'metric'", "no column 'value'"], id="nothing"),
    pytest.param("unit_id,metric\nA,m\n", ["no column 'value'"], id="a column missing"),
    pytest.param("unit_id,metric,value\n", ["is empty"], id="a header alone"),
    pytest.param("unit_id,metric,value,value\nA,m,1,2\n", ["repeats column names: value"], id="a column twice"),
    pytest.param("unit_id;metric;value\nA;m;1\n", ["no column 'unit_id'"], id="semicolons"),
    pytest.param(
        "unit_id,metric,value\nA,m,1,2\nB,m\nC,m,x\n,m,1\nD,,1\n",
        ["row 2: it has 4 cells", "row 3: it has 2 cells", "row 4: 'x' is not a number", "row 5: unit_id", "row 6: "],
        id="all at once",
    ),
    pytest.param("unit_id,metric,value\nA,m,1\nA,m,1\n", ["row 3: m of A is given twice"], id="twice"),
    pytest.param("unit_id,metric,value,state\nA,m,,measured\n", ["row 2: value is empty"], id="measured, no value"),
    pytest.param("unit_id,metric,value,state\nA,m,1,done\n", ["state is 'done'"], id="a state nobody knows"),
    pytest.param("unit_id,metric,value\nA,m,1_0\nB,m,NaN\nC,m,１\nD,m,0x1\nE,m,1e\nF,m,--1\nG,m,1 0\n",
                 [f"row {row}: " for row in range(2, 9)], id="what only looks like numbers"),
    pytest.param('unit_id,metric,value\n"A\nB",m,1\n', ["row 2: unit_id holds a line break"], id="a name of two lines"),
    pytest.param(f"unit_id,metric,value\n{STEERING},m,1\n", ["row 2: unit_id holds"], id="a name that steers"),
    pytest.param(f"unit_id,metric,value\nA,m,{'9' * 2_000_000}\n", ["longer than a million"], id="too long"),
    pytest.param(b"unit_id,metric,value\n\xb1\xe2,m,1\n", ["line 2 cannot be read as utf-8"], id="CP949"),
    pytest.param(b"unit_id,metric,value\nA\x00,m,1\n", ["row 2: unit_id holds"], id="NUL"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "told"), TABLES)
def test_a_table_of_metrics_that_cannot_be_understood_says_why(
    tmp_path: Path, table: str | bytes, told: list[str]
) -> None:
    done = score(tmp_path, table)
    assert done.code == 12
    assert done.out == ""
    assert [sentence for sentence in told if sentence not in done.err] == []
    assert len(done.err.splitlines()) == len(told) or "no column" in done.err
    assert not (tmp_path / "out").exists()


UNITS = [
    pytest.param("unit_id,name\nA,가\nA,나\nB,다\n", ["row 3: 'A' is listed twice"], id="a unit twice"),
    pytest.param("unit_id,name\nA,가\n,나\nB,다\n", ["row 3: unit_id is empty"], id="a unit without a code"),
    pytest.param("unit_id,name\nA,가\n", ["not in the list: B"], id="a unit that is not listed"),
    pytest.param(f"unit_id,name\nA,{STEERING}\nB,나\n", ["row 2: name holds"], id="a name that steers"),
    pytest.param("name\nx\n", ["no column 'unit_id'"], id="no codes"),
]


@pytest.mark.parametrize(("units", "told"), UNITS)
def test_a_table_of_units_that_cannot_be_understood_says_why(tmp_path: Path, units: str, told: list[str]) -> None:
    done = score(tmp_path, "unit_id,metric,value\nA,m,1\nB,m,2\n", units)
    assert done.code == 12
    assert [sentence for sentence in told if sentence not in done.err] == []


def test_units_have_names_and_groups_and_one_without_a_value_is_listed(tmp_path: Path) -> None:
    done = score(
        tmp_path, "unit_id,metric,value\nB,m,2\nA,m,1\n", "unit_id,name,peer_group\nA,가,x\nB,=1+1,y\nC,다,x\n"
    )
    release = tmp_path / "out" / done.out.strip()
    assert (release / "units.csv").read_text(encoding="utf-8").splitlines()[1:] == [
        "A,가,,x,,",
        "B,=1+1,,y,,",
        "C,다,,x,,",
    ]
    scores = (release / "scores.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert [line.split(",")[0] for line in scores] == ["A", "B", "C"]
    assert "false" in scores[2]
    assert json.loads(jipyo("explain", release, "C", "--json").out)["rank"] is None


VALUES = [("1e3", "1000"), ("-0", "0"), ("+5", "5"), (".5", "0.5"), ("5.", "5"), ("1E-7", "0.0000001"), ("007", "7")]


@pytest.mark.parametrize(("written", "value"), VALUES)
def test_a_number_is_taken_for_what_it_says(tmp_path: Path, written: str, value: str) -> None:
    done = score(tmp_path, f"unit_id,metric,value\nA,m,{written}\n")
    metrics = (tmp_path / "out" / done.out.strip() / "metrics.csv").read_text(encoding="utf-8")
    assert metrics.splitlines()[1].split(",")[2] == value


def test_received_texts_cannot_steer_the_terminal(tmp_path: Path) -> None:
    records = tmp_path / "records"
    records.mkdir()
    name = "de\x1b[31mpt.csv"
    (records / "sources.toml").write_text(
        f'version = 1\n[[source]]\nfile = {json.dumps(name)}\nkind = "departments"\n', encoding="utf-8"
    )
    row = f'"A{STEERING}",{STEERING},line,2020-01-01\n"B\nC",나,line,x\n'
    (records / name).write_text(f"unit_id,name,peer_group,valid_from\n{row}", encoding="utf-8")
    done = jipyo("check", records)
    assert done.code == 10
    for sign in ("\x1b", "\x07", "\u202e", "\u2028"):
        assert sign not in done.err
    assert "\\x1b[2J" in done.err
    assert "B\\nC" in done.err
    assert "\x1b" not in jipyo("check", tmp_path / "\x1b[31m").err


def test_one_line_leaves_what_can_be_seen() -> None:
    assert one_line("안전과 🦉 \u200b{x} [bold] \\") == "안전과 🦉 \u200b{x} [bold] \\"
    assert one_line("a\nb\x85c\x9bd") == "a\\nb\\x85c\\x9bd"


BROKEN = [
    pytest.param({"departments.csv": b""}, "file_empty", id="an empty file"),
    pytest.param({"sources.toml": b"\xff"}, "TOML", id="a mapping that is no text"),
    pytest.param({"sources.toml": b"x = [" * 5000}, "TOML", id="a mapping nested without end"),
    pytest.param({"sources.toml": b""}, "TOML", id="an empty mapping"),
    pytest.param({"departments.csv": b"\x00" * 100}, "NUL", id="zeros"),
]


@pytest.mark.parametrize(("files", "_why"), BROKEN)
def test_a_broken_folder_ends_with_the_code_for_unreadable_files(
    tmp_path: Path, files: dict[str, bytes], _why: str
) -> None:
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    for command in (("check", tmp_path), ("evaluate", tmp_path, "--rulebook", RULEBOOK, "--out", tmp_path / "out")):
        done = jipyo(*command)
        assert (done.code, done.out) == (12, "")
        assert done.err.strip()


def test_a_folder_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    done = jipyo("evaluate", RECORDS, "--rulebook", RULEBOOK, "--out", tmp_path / "file" / "releases")
    assert done.code == 2
    assert "could not be read or written" in done.err
