"""The files of the demonstration: the same bytes everywhere, labelled, and never written over somebody's records."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from etl.demo import write_demo
from etl.demo.layout import LABEL, README_FILE, SOURCES_FILE
from etl.demo.write import demo_files
from etl.errors import UsageError
from etl.messages_demo import DEMO_MESSAGES

REFUSED = [
    pytest.param(
        {"교육이수.csv": b"received"}, "demo_folder_not_empty", id="a file of the same name without the label"
    ),
    pytest.param({"received.xlsx": b"received"}, "demo_folder_not_empty", id="another file"),
    pytest.param(
        {README_FILE: LABEL.encode(), "received.xlsx": b""}, "demo_folder_not_empty", id="a demo and another file"
    ),
]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_committed_demonstration_is_what_the_command_writes(project: Path, demo: Path) -> None:
    assert contents(project / "data" / "demo") == contents(demo)


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others() -> None:
    first, again, other = demo_files(5), demo_files(5), demo_files(6)
    assert first == again
    assert {name for name in first if first[name] != other[name]} >= {"분석과제.csv", "데이터셋.csv", "교육이수.csv"}


def test_an_earlier_demonstration_is_replaced(tmp_path: Path) -> None:
    write_demo(tmp_path, 1)
    write_demo(tmp_path, 2)
    assert contents(tmp_path) == demo_files(2)


@pytest.mark.parametrize(("present", "code"), REFUSED)
def test_a_folder_with_anything_else_is_refused_and_left_alone(
    tmp_path: Path, present: dict[str, bytes], code: str
) -> None:
    for name, content in present.items():
        (tmp_path / name).write_bytes(content)
    with pytest.raises(UsageError) as refusal:
        write_demo(tmp_path)
    assert [fault.code for fault in refusal.value.faults] == [code]
    assert contents(tmp_path) == present


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "demo").write_bytes(b"received")
    with pytest.raises(UsageError) as refusal:
        write_demo(tmp_path / "demo")
    assert [fault.code for fault in refusal.value.faults] == ["demo_folder_is_a_file"]
    assert (tmp_path / "demo").read_bytes() == b"received"


def test_a_folder_that_cannot_be_made_is_said_without_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "received.csv").write_bytes(b"received")
    with pytest.raises(UsageError) as refusal:
        write_demo(tmp_path / "received.csv" / "demo")
    assert [fault.code for fault in refusal.value.faults] == ["demo_not_writable"]


def test_refusals_speak_korean_and_english(tmp_path: Path) -> None:
    (tmp_path / "received.xlsx").write_bytes(b"")
    with pytest.raises(UsageError) as refusal:
        write_demo(tmp_path)
    assert "received.xlsx" in refusal.value.text("ko")
    assert "received.xlsx" in refusal.value.text("en")
    assert {tuple(sorted(sentences)) for sentences in DEMO_MESSAGES.values()} == {("en", "ko")}


def test_sources_toml_names_every_file_and_no_other(demo: Path) -> None:
    sources = tomllib.loads((demo / SOURCES_FILE).read_text(encoding="utf-8"))
    named = {source["file"] for source in sources["source"]}
    assert named == contents(demo).keys() - {README_FILE, SOURCES_FILE}


def test_files_differ_in_encoding_and_delimiter_as_received_files_do(demo: Path) -> None:
    files = {name: content for name, content in contents(demo).items() if name not in (README_FILE, SOURCES_FILE)}
    without_bom = {name for name, content in files.items() if not content.startswith("\ufeff".encode())}
    assert without_bom == {"교육이수.csv"}
    assert files["교육이수.csv"].decode("cp949").startswith("교육번호,")
    tabbed = {name for name, content in files.items() if b"\t" in content.splitlines()[0]}
    assert tabbed == {"데이터셋_이용.tsv"}


def test_every_file_ends_its_lines_with_a_line_feed_alone(demo: Path) -> None:
    for name, content in contents(demo).items():
        assert content.endswith(b"\n"), name
        assert b"\r" not in content, name


def test_the_label_stands_in_the_readme_the_mapping_and_the_citys_name(demo: Path) -> None:
    assert (demo / README_FILE).read_text(encoding="utf-8").startswith(LABEL)
    assert LABEL in (demo / SOURCES_FILE).read_text(encoding="utf-8").splitlines()[0]
    departments = (demo / "부서.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    assert all("합성시(예시)" in line for line in departments)


def test_the_demonstration_stays_small(demo: Path) -> None:
    assert sum(len(content) for content in contents(demo).values()) < 1_500_000
