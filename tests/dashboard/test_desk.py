"""Long work in processes of its own, private places, and who may use the data page."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from dashboard.access import Role
from dashboard.desk.jobs import ANSWER, REQUEST, Job, sweep_jobs
from dashboard.desk.place import UPLOADS, fingerprint, private_folder, safe_name, sweep_uploads
from dashboard.desk.surveys import Surveys
from dashboard.desk.uploads import Upload
from tests.dashboard.desk import PATIENCE, OpenData, records, text


def ended(job: Job) -> str:
    begun = time.monotonic()
    while job.state == "running":
        assert time.monotonic() - begun < PATIENCE
        time.sleep(0.05)
    return job.state


def test_a_child_that_dies_is_a_message_and_its_folder_goes(tmp_path: Path) -> None:
    job = Job("survey", {}, tmp_path)  # a request without a folder: a fault of ours
    assert ended(job) == "crashed"
    assert not job.faults
    folder = job.folder
    del job
    assert not folder.exists()


def test_what_a_child_died_of_is_in_the_log_without_a_cell(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    job = Job("write_marks", {"records": str(tmp_path), "rows": "비밀인 칸"}, tmp_path)
    assert ended(job) == "crashed"
    assert job.state == "crashed"
    [line] = [record.getMessage() for record in caplog.records]
    assert line.startswith("Work 'write_marks' ended with 1 and no answer: ")
    assert "_write_marks (child.py:" in line
    assert "비밀" not in line


def test_a_child_that_was_killed_left_no_reason(
    project: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    job = Job("survey", {"records": str(project / "data/demo")}, tmp_path)
    os.killpg(job._process.pid, signal.SIGKILL)
    assert ended(job) == "crashed"
    assert [record.getMessage() for record in caplog.records] == [
        "Work 'survey' ended with -9 and no answer: it left no reason"
    ]


def test_names_that_are_nearly_those_of_departments_are_surveyed(tmp_path: Path) -> None:
    job = Job("survey", {"records": str(records(tmp_path / "records", "1,스마트도싯과,주차장,2021-03-02\n"))}, tmp_path)
    assert ended(job) == "done"
    [waiting] = Surveys().found(job).waiting
    assert [one.name for one in waiting.suggestions] == ["스마트도시과"]


def test_cancelling_ends_the_child_and_changes_nothing(project: Path, tmp_path: Path) -> None:
    job = Job("survey", {"records": str(project / "data/demo")}, tmp_path)
    job.cancel()
    assert job.state == "cancelled"
    assert not job.folder.exists()
    job.cancel()
    assert job.state == "cancelled"


def test_a_load_that_is_cancelled_leaves_a_folder_that_is_read_as_before(tmp_path: Path) -> None:
    folder = records(tmp_path / "records", "1,스마트도시과,주차장,2021-03-02\n")
    draft = tmp_path / "draft"
    draft.mkdir()
    rows = "".join(f"옛도시{number}과,001,x,2020-01-01,평가\n" for number in range(200_000))
    (draft / "별칭.csv").write_text(f"alias,unit_id,reason,decided_on,decided_by\n{rows}", encoding="utf-8")
    entry = '[[source]]\nfile = "별칭.csv"\nkind = "aliases"\n'
    about = {"records": str(folder), "draft": str(draft), "file": "별칭.csv", "by": "평가담당", "entries": entry}
    described = (folder / "sources.toml").read_bytes()
    job = Job("keep", about, tmp_path)
    begun = time.monotonic()
    while not any(folder.glob(".arriving-*/newer")):
        assert time.monotonic() - begun < PATIENCE
        time.sleep(0.01)
    job.cancel()
    assert (folder / "sources.toml").read_bytes() == described
    looking = Job("survey", {"records": str(folder)}, tmp_path)
    assert ended(looking) == "done"


def test_a_crash_is_said_on_the_page_with_a_way_on(
    open_data: OpenData, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.desk.surveys.TASK", "no such task")
    app = open_data(records(tmp_path / "records", ""))
    assert "끝나기 전에 멈췄습니다" in text(app)
    assert not app.button(key="check-again").disabled


def test_a_survey_is_made_once_until_a_file_changes(tmp_path: Path) -> None:
    folder = records(tmp_path / "records", "1,스마트도시과,주차장,2021-03-02\n")
    surveys = Surveys()
    first = surveys.job(folder)
    assert surveys.job(folder) is first
    before = fingerprint(folder)
    with (folder / "데이터셋.csv").open("ab") as stream:
        stream.write("2,문화체육과,공연,2021-03-02\n".encode("cp949"))
    assert fingerprint(folder) != before
    assert surveys.job(folder) is not first
    assert first.state == "cancelled"


def test_a_survey_that_is_done_is_read_although_a_newer_one_has_begun(tmp_path: Path) -> None:
    folder = records(tmp_path / "records", "1,스마트도시과,주차장,2021-03-02\n")
    surveys = Surveys()
    first = surveys.job(folder)
    assert ended(first) == "done"
    found = surveys.found(first)
    with (folder / "데이터셋.csv").open("ab") as stream:
        stream.write("2,문화체육과,공연,2021-03-02\n".encode("cp949"))
    newer = surveys.job(folder)
    assert surveys.found(first) is found
    assert newer.faults == ()  # asked too early, it has no answer yet, and is not taken for one that gave none
    assert ended(newer) == "done"


@pytest.mark.parametrize(
    ("received", "kept"),
    [
        ("교육 이수(3월).csv", "교육 이수(3월).csv"),
        ("\u1100\u1161.csv", "가.csv"),
        ("a/b.csv", None),
        ("..", None),
        ("..\\x.csv", None),
        ("", None),
        (".env", None),
        ("~$x.xlsx", None),
        ("con.csv", None),
        ("x\u202egnp.csv", None),
        ("loads.jsonl", None),
        ("Aliases.csv", None),
        ("가" * 60 + ".csv", None),
    ],
)
def test_only_plain_names_are_kept(received: str, kept: str | None) -> None:
    assert safe_name(received) == kept


def test_what_a_killed_server_left_is_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(UPLOADS, str(tmp_path))
    left = tmp_path / "jipyo-desk-999999999-x"
    left.mkdir()
    (left / "x.csv").write_text("x", encoding="utf-8")
    mine = private_folder()
    assert not left.exists()
    assert private_folder() != mine
    assert mine.exists()


def test_what_servers_before_this_one_left_goes_at_its_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(UPLOADS, str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    servers = [os.getpid(), os.getppid(), 999_999_999]  # in a container every server has the same number
    for name in (f"jipyo-{sort}-{server}-x" for sort in ("desk", "job") for server in servers):
        (tmp_path / name / "work").mkdir(parents=True)
    sweep_uploads()
    sweep_jobs()
    assert {left.name for left in tmp_path.iterdir()} == {f"jipyo-{sort}-{os.getppid()}-x" for sort in ("desk", "job")}


def test_work_says_whose_it_is_in_the_name_of_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    job = Job("survey", {})
    assert job.folder.parent == tmp_path
    assert job.folder.name.startswith(f"jipyo-job-{os.getpid()}-")
    job.cancel()


def test_work_that_a_full_disk_keeps_from_beginning_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.write_text

    def write_text(path: Path, content: str, **said: str) -> int:
        if path.name == REQUEST:
            raise OSError(28, "No space left on device")
        return real(path, content, **said)

    monkeypatch.setattr(Path, "write_text", write_text)
    with pytest.raises(OSError, match="No space"):
        Job("survey", {}, tmp_path)
    assert not list(tmp_path.iterdir())


def test_how_long_ago_work_ended_is_told_by_its_answer(tmp_path: Path) -> None:
    job = Job("survey", {"records": str(records(tmp_path / "records", ""))}, tmp_path)
    assert job.seconds_since_end == 0
    job._begun -= 3600  # however long it took
    assert ended(job) == "done"
    an_hour_ago = time.time() - 3600
    os.utime(job.folder / ANSWER, (an_hour_ago, an_hour_ago))
    assert 3600 <= job.seconds_since_end < 3600 + PATIENCE
    crashed = Job("survey", {}, tmp_path)
    assert ended(crashed) == "crashed"
    assert crashed.seconds_since_end < PATIENCE


def test_an_upload_goes_with_whoever_held_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(UPLOADS, str(tmp_path))
    upload = Upload("x.csv", b"a,b\n", records(tmp_path / "records", ""))
    folder = upload.folder
    assert upload.path.stat().st_mode & 0o077 == 0
    assert not str(folder).startswith(str(tmp_path / "records") + os.sep)
    del upload
    assert not folder.exists()


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.APPROVER, Role.EXECUTIVE, Role.DEPARTMENT])
def test_received_files_are_shown_to_nobody_but_evaluators_and_auditors(
    open_data: OpenData, tmp_path: Path, role: Role
) -> None:
    app = open_data(records(tmp_path / "records", ""), role=role)
    assert "볼 수 없는 화면입니다" in text(app)
    assert str(tmp_path) not in text(app)
    assert "자료" not in [one.proto.label for one in app.get("page_link")]
