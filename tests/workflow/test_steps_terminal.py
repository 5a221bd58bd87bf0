"""Commands leave a year that is under way in the dashboard to its steps; elsewhere they do what they always did."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import select

from dashboard.access import State
from dashboard.workflow.acting import acting
from dashboard.workflow.proposals import Decision
from dashboard.workflow.rulebooks import Asked, decide_rulebook, propose_rulebook
from dashboard.workflow.settings import Settings
from dashboard.workflow.store import Store
from dashboard.workflow.tables.audit import AuditEntry
from dashboard.workflow.tables.steps import Evaluation
from etl.given import score_table
from etl.release.folder import published
from tests.commands.terminal import Done, jipyo
from tests.golden.evaluation import RULEBOOK
from tests.workflow.stepping import APPROVER, EVALUATOR, rules


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a draft of 2021."""
    folder, tables = tmp_path_factory.mktemp("releases"), tmp_path_factory.mktemp("tables")
    (tables / "metrics.csv").write_text("unit_id,metric,value\nA,analyses_completed,1\n")
    (tables / "rules.toml").write_bytes(rules(2021))
    score_table(tables / "metrics.csv", tables / "rules.toml", folder)
    return folder


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one department."""
    folder = tmp_path_factory.mktemp("records")
    (folder / "departments.csv").write_text("unit_id,name,peer_group,valid_from\nA1,기획과,line,2020-01-01\n")
    return folder


def propose(state: Path, text: bytes, *, approve: bool, records: Path | None = None) -> Store:
    """A database in which the golden year is under way."""
    store = Store.open(Settings(state=state))
    with acting(store, EVALUATOR, "2021") as session:
        version = propose_rulebook(session, EVALUATOR, Asked(text, "평가계획", 0, records=records))
    if approve:
        with acting(store, APPROVER, "2021") as session:
            decide_rulebook(session, APPROVER, 2021, 1, Decision(version.version, approve=True))
    return store


def told(store: Store) -> list[tuple[str, str, str]]:
    with store.read() as session:
        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.number.desc()).limit(1))
        return [(entry.action, entry.outcome, entry.address) for entry in entries]


def test_without_a_database_nothing_is_asked_and_none_is_made(releases: Path, records: Path, tmp_path: Path) -> None:
    state = tmp_path / "state"
    assert jipyo("publish", next(releases.glob("2021-*")), JIPYO_STATE=str(state)).code == 0
    assert jipyo("evaluate", records, "--rulebook", RULEBOOK, "--out", releases, JIPYO_STATE=str(state)).code == 0
    assert not state.exists()


def test_a_database_without_this_year_changes_nothing(releases: Path, tmp_path: Path) -> None:
    Store.open(Settings(state=tmp_path)).close()
    assert jipyo("publish", next(releases.glob("2021-*")), JIPYO_STATE=str(tmp_path)).code == 0


def test_an_empty_database_is_left_empty(releases: Path, tmp_path: Path) -> None:
    file = tmp_path / "other.db"
    file.touch()
    done = jipyo("publish", next(releases.glob("2021-*")), JIPYO_DATABASE_URL=f"sqlite:///{file}")
    assert done.code == 0
    with Store(f"sqlite:///{file}").engine.connect() as connection:
        assert not connection.exec_driver_sql("SELECT name FROM sqlite_master").all()


@pytest.mark.parametrize(("language", "said"), [("ko", "진행 화면"), ("en", "on the page Progress")])
def test_a_year_under_way_is_not_published_by_a_command(tmp_path: Path, language: str, said: str) -> None:
    release = tmp_path / "releases" / "2021-0123456789ab"
    release.mkdir(parents=True)
    (release / "SHA256SUMS").touch()
    store = propose(tmp_path, RULEBOOK.read_bytes(), approve=True)
    done = jipyo("publish", release, language=language, JIPYO_STATE=str(tmp_path))
    assert (done.code, said in done.err, done.out) == (14, True, "")
    assert not published(release.parent)
    assert told(store) == [("refused", "refused", "terminal")]


def test_a_year_under_way_is_evaluated_under_its_approved_rulebook_alone(tmp_path: Path, records: Path) -> None:
    other = tmp_path / "other.toml"
    other.write_bytes(RULEBOOK.read_bytes() + b"\n# changed\n")
    store = propose(tmp_path, RULEBOOK.read_bytes(), approve=True)
    out = tmp_path / "out"
    done = jipyo("evaluate", records, "--rulebook", other, "--out", out, JIPYO_STATE=str(tmp_path))
    assert done.code == 14
    assert "not the rulebook approved for 2021" in done.err
    assert told(store) == [("refused", "refused", "terminal")]
    assert not out.exists()
    assert jipyo("evaluate", records, "--rulebook", RULEBOOK, "--out", out, JIPYO_STATE=str(tmp_path)).code == 0
    assert told(store) == [("evaluated", "done", "terminal")]


def test_a_year_whose_rulebook_waits_is_not_evaluated(tmp_path: Path, records: Path) -> None:
    propose(tmp_path, RULEBOOK.read_bytes(), approve=False)
    done = jipyo("evaluate", records, "--rulebook", RULEBOOK, "--out", tmp_path / "out", JIPYO_STATE=str(tmp_path))
    assert done.code == 14
    assert "No rulebook is approved for 2021 yet" in done.err


# Loading -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    """A newer version of the list of departments."""
    file = tmp_path / "departments.csv"
    file.write_text("unit_id,name,peer_group,valid_from\nA1,기획과,line,2020-01-01\nA2,예산과,line,2020-01-01\n")
    return file


@pytest.fixture
def own_records(records: Path, tmp_path: Path) -> Path:
    """A folder that the test may change."""
    return Path(shutil.copytree(records, tmp_path / "records"))


def load(newer: Path, into: Path, state: Path, *more: str, language: str = "en") -> Done:
    return jipyo("load", newer, "--into", into, *more, language=language, JIPYO_STATE=str(state))


@pytest.mark.parametrize(("language", "said"), [("ko", "규칙을 승인받은 뒤에"), ("en", "fixed before records")])
def test_records_are_not_loaded_before_the_rulebook_of_their_evaluation_is_approved(
    tmp_path: Path, own_records: Path, newer: Path, language: str, said: str
) -> None:
    store = propose(tmp_path, RULEBOOK.read_bytes(), approve=False, records=own_records)
    before = (own_records / "departments.csv").read_bytes()
    done = load(newer, own_records, tmp_path, "--yes", language=language)
    assert (done.code, said in done.err, done.out) == (14, True, "")
    assert (own_records / "departments.csv").read_bytes() == before
    assert told(store) == [("refused", "refused", "terminal")]
    assert load(newer, own_records, tmp_path).code == 0, "to look at what would change needs no rules"


def test_another_way_to_the_folder_is_the_same_folder(tmp_path: Path, own_records: Path, newer: Path) -> None:
    propose(tmp_path, RULEBOOK.read_bytes(), approve=False, records=own_records)
    (tmp_path / "way").symlink_to(own_records, target_is_directory=True)
    assert load(newer, tmp_path / "way", tmp_path, "--yes").code == 14


def test_records_are_loaded_once_the_rulebook_is_approved_and_the_log_says_so(
    tmp_path: Path, own_records: Path, newer: Path
) -> None:
    store = propose(tmp_path, RULEBOOK.read_bytes(), approve=True, records=own_records)
    assert load(newer, own_records, tmp_path, "--yes").code == 0
    assert (own_records / "departments.csv").read_bytes() == newer.read_bytes()
    assert told(store) == [("records_loaded", "done", "terminal")]


def test_a_folder_of_no_evaluation_is_loaded_as_ever(tmp_path: Path, own_records: Path, newer: Path) -> None:
    store = propose(tmp_path, RULEBOOK.read_bytes(), approve=False, records=tmp_path / "another")
    assert load(newer, own_records, tmp_path, "--yes").code == 0
    assert told(store) == [("rulebook_proposed", "done", "127.0.0.1")]


def test_records_of_an_evaluation_that_is_final_stay_as_they_are(
    tmp_path: Path, own_records: Path, newer: Path
) -> None:
    store = propose(tmp_path, RULEBOOK.read_bytes(), approve=True, records=own_records)
    with store.write() as session:
        session.get_one(Evaluation, 2021).state = State.FINAL.value
    done = load(newer, own_records, tmp_path, "--yes")
    assert (done.code, "take the evaluation back" in done.err) == (14, True)
