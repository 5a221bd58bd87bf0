"""`jipyo export` with accounts: the table is asked, the log tells who, names need the permission and the key."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest

from dashboard.access import Role, State
from dashboard.workflow.accounts import NewAccount, add_account
from dashboard.workflow.audit import Actor
from dashboard.workflow.log import Wanted, newest
from dashboard.workflow.settings import Settings
from dashboard.workflow.store import Store, store_of
from dashboard.workflow.tables.audit import AuditEntry
from dashboard.workflow.tables.steps import Evaluation
from etl.intake.key import create_key
from tests.commands.terminal import Done, jipyo
from tests.golden.evaluation import RECORDS, evaluate_golden

TERMINAL = Actor(None, "terminal", "tester")
PASSWORD = "correct horse battery"
ROLES = {"ev": Role.EVALUATOR, "ex": Role.EXECUTIVE, "de": Role.DEPARTMENT, "ad": Role.ADMINISTRATOR}


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return evaluate_golden(tmp_path_factory.mktemp("releases")).release


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, release: Path) -> Store:
    """A database with an account a role, in which the release is provisional."""
    monkeypatch.setenv("JIPYO_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("JIPYO_USER", "tester")
    opened = store_of(Settings(state=tmp_path / "state"))
    with opened.write() as session:
        for login, role in ROLES.items():
            unit = "U10" if role is Role.DEPARTMENT else None
            add_account(session, TERMINAL, NewAccount(login, login, role, unit, PASSWORD))
        session.add(Evaluation(year=2021, state=State.PROVISIONAL.value, release=release.name, version=1))
    return opened


@pytest.fixture
def password(tmp_path: Path) -> Path:
    file = tmp_path / "password"
    file.write_text(PASSWORD)
    file.chmod(0o600)
    return file


def take(release: Path, out: Path, password: Path, login: str, *more: str | Path) -> Done:
    said = ("export", release, "--out", out, "--reason", "심의", "--login", login, "--password-file", password)
    return jipyo(*said, *more)


def last(store: Store) -> list[AuditEntry]:
    with store.read() as session:
        return newest(session, Wanted(), 3)


def test_with_accounts_nobody_takes_anything_without_signing_in(store: Store, release: Path, tmp_path: Path) -> None:
    out = tmp_path / "x.zip"
    done = jipyo("export", release, "--format", "csv", "--out", out, "--reason", "심의")
    assert (done.code, out.exists()) == (14, False)
    assert "--login" in done.err


def test_whoever_signs_in_is_named_in_the_file_and_the_log_and_signed_out(
    store: Store, release: Path, tmp_path: Path, password: Path
) -> None:
    out = tmp_path / "x.zip"
    assert take(release, out, password, "ev", "--format", "csv").code == 0
    signed_out, exported, signed_in = last(store)
    assert [one.action for one in (signed_in, exported, signed_out)] == ["signed_in", "exported", "signed_out"]
    assert exported.person == "ev (evaluator)"
    with zipfile.ZipFile(out) as archive:
        page = archive.read("README.txt").decode("utf-8-sig")
    assert "ev (Evaluator)" in page
    assert f"{signed_in.number}:{signed_in.hash}" in page


@pytest.mark.parametrize(
    ("said", "name", "ending"),
    [
        (("--format", "pdf"), "a.xlsx", ".pdf"),
        (("--format", "csv"), "a.csv", ".zip"),
        (("--format", "hwpx"), "a", ".hwpx"),
        (("--format", "pdf", "--only", "scorecards", "--each"), "a.pdf", ".zip"),
    ],
)
def test_a_file_is_not_written_under_a_name_of_another_kind(
    said: tuple[str, ...], name: str, ending: str, release: Path, tmp_path: Path
) -> None:
    out = tmp_path / name
    done = jipyo("export", release, *said, "--out", out, "--reason", "심의")
    assert (done.code, out.exists()) == (2, False)
    assert ending in done.err


@pytest.mark.parametrize("name", ["a.xlsx", "a.zip"])
def test_a_file_a_department_of_what_has_none_is_told_as_that(name: str, release: Path, tmp_path: Path) -> None:
    done = jipyo("export", release, "--format", "xlsx", "--each", "--out", tmp_path / name, "--reason", "심의")
    assert (done.code, list(tmp_path.iterdir())) == (2, [])
    assert "--format pdf" in done.err
    assert "a.zip" not in done.err


@pytest.mark.parametrize(("kind", "ending"), [("csv", ".zip"), ("pdf", ".pdf"), ("xlsx", ".xlsx")])
def test_a_folder_is_answered_with_a_name_of_the_kind(kind: str, ending: str, release: Path, tmp_path: Path) -> None:
    done = jipyo("export", release, "--format", kind, "--out", tmp_path, "--reason", "심의")
    assert done.code == 2
    assert str(tmp_path / f"results{ending}") in done.err


def test_a_wrong_password_takes_nothing(store: Store, release: Path, tmp_path: Path, password: Path) -> None:
    password.write_text("wrong horse battery")
    done = take(release, tmp_path / "x.zip", password, "ev", "--format", "csv")
    assert (done.code, (tmp_path / "x.zip").exists()) == (14, False)
    assert last(store)[0].action == "sign_in_failed"


REFUSED = [("ex", ()), ("ad", ()), ("de", ("--unit", "U02")), ("de", ("--unit", "U10", "--unit", "U02"))]


@pytest.mark.parametrize(("login", "more"), REFUSED)
def test_what_the_table_refuses_is_refused_with_fourteen_and_logged(
    store: Store, release: Path, tmp_path: Path, password: Path, login: str, more: tuple[str, ...]
) -> None:
    out = tmp_path / "x.zip"
    done = take(release, out, password, login, "--format", "csv", *more)
    assert (done.code, out.exists()) == (14, False)
    assert last(store)[1].outcome == "refused"


def test_a_department_takes_its_own_and_no_package(store: Store, release: Path, tmp_path: Path, password: Path) -> None:
    out = tmp_path / "own.zip"
    assert take(release, out, password, "de", "--format", "csv").code == 0
    with zipfile.ZipFile(out) as archive:
        text = archive.read("scores.csv").decode("utf-8-sig")
        assert "rejects.csv" not in archive.namelist()
    assert [row["unit_id"] for row in csv.DictReader(io.StringIO(text))] == ["U10"]
    assert json.loads(last(store)[1].detail)["unit"] == "U10"
    assert take(release, tmp_path / "p.zip", password, "de", "--format", "package").code == 14


@pytest.mark.parametrize("kind", ["charts", "evidence"])
def test_without_a_database_everything_works_and_says_that_no_log_tells_of_it(
    release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setenv("JIPYO_STATE", str(tmp_path / "nothing"))
    out = tmp_path / "x.zip"
    done = jipyo("export", release, "--format", kind, "--out", out, "--reason", "심의", "--unit", "가람읍")
    assert (done.code, out.is_file()) == (0, True)
    assert "nobody is signed in" in done.err
    assert not (tmp_path / "nothing").exists()


# Names of people -----------------------------------------------------------------------------------------------------


@pytest.fixture
def register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A register that names one person of the records, whose pseudonyms are made with a key here."""
    monkeypatch.setenv("JIPYO_KEY_FILE", str(tmp_path / "keys" / "pseudonym.key"))
    key = create_key(tmp_path / "keys" / "pseudonym.key")
    with (RECORDS / "attendance.csv").open(encoding="utf-8", newline="") as stream:
        someone = next(row["person"] for row in csv.DictReader(stream) if row["outcome"] == "completed")
    monkeypatch.setattr(type(key), "pseudonym", lambda _, cells: someone if cells == ["100-7"] else "p" + "0" * 32)
    file = tmp_path / "register.csv"
    file.write_bytes("사번,성명,직급\n100-7,=나래,6급\n100-8,다온,7급\n".encode("cp949"))
    return file


ABOUT_PEOPLE = ("--format", "evidence", "--person", "사번", "--name", "성명", "--only", "training_people")


def test_names_stand_in_evidence_where_the_register_and_the_key_are_given(
    store: Store, release: Path, tmp_path: Path, password: Path, register: Path
) -> None:
    out = tmp_path / "x.zip"
    done = take(release, out, password, "ev", *ABOUT_PEOPLE, "--register", register)
    assert done.code == 0, done.err
    with zipfile.ZipFile(out) as archive:
        (name,) = [name for name in archive.namelist() if name.startswith("01 ")]
        rows = list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"))))
        page = archive.read("README.txt").decode("utf-8-sig")
    named = [row for row in rows if row["성명"] == "'=나래"]
    others = {row["성명"] for row in rows} - {"'=나래"}
    assert named
    assert all(one.startswith("p") for one in others)
    assert f"left as pseudonyms: {len(others)}" in page


def test_names_need_the_permission_the_columns_and_evidence(
    store: Store, release: Path, tmp_path: Path, password: Path, register: Path
) -> None:
    out = tmp_path / "x.zip"
    assert take(release, out, password, "de", *ABOUT_PEOPLE, "--register", register).code == 14
    assert take(release, out, password, "ev", "--format", "csv", "--register", register).code == 2
    assert take(release, out, password, "ev", "--format", "evidence", "--register", register).code == 2
    missing = take(release, out, password, "ev", *ABOUT_PEOPLE[:4], "--name", "이름", "--register", register)
    assert (missing.code, out.exists()) == (12, False)
    assert "다온" not in missing.err
