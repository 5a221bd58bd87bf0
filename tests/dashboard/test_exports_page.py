"""The page of exports: what is to be had for whom, a reason where people are in it, one file a person."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.access import Person, Role
from dashboard.desk.jobs import Job, Progress, State, Task
from dashboard.desk.leftovers import sweep
from dashboard.desk.outgoing import KEPT_SECONDS, OUTBOX, Outbox, Outgoing, Place
from dashboard.shelf import RELEASES
from dashboard.workflow.audit import Actor, Did, Event, append
from dashboard.workflow.sessions import look_up
from dashboard.workflow.taking import Order
from etl.errors import Fault, UsageError
from etl.exports.export import Exported
from etl.exports.formats import FORMS
from etl.release.folder import publish
from tests.dashboard.signing_in import People
from tests.golden.evaluation import evaluate_golden

ORDER = Order("2021-000000000000", "csv", "ko", (), (), "심의")


class Slow(Job):
    """A job without a process: it is as far as it is told to be."""

    def __init__(self, _task: Task, _request: object, place: Path) -> None:
        self.folder = place
        self.now: State = "running"
        self.ended_seconds = 0.0

    @property
    def seconds_since_end(self) -> float:
        return self.ended_seconds

    @property
    def state(self) -> State:
        return self.now

    @property
    def made(self) -> Path:
        return self.folder

    @property
    def progress(self) -> Progress:
        return Progress(3, 0, 0, "")

    @property
    def faults(self) -> tuple[Fault, ...]:
        return ()

    @property
    def result(self) -> object:
        return {"path": "x", "sha256": "ab" * 32, "size": 2048, "is_published": True, "controls": {}}

    def cancel(self) -> None:
        self.now = "cancelled"


def wait(file: Outgoing, seconds: float) -> None:
    """So long ago the file was ready."""
    assert isinstance(file.job, Slow)
    file.job.ended_seconds = seconds


def bring(file: Outgoing, state: State) -> None:
    """Bring the job of a file so far."""
    assert isinstance(file.job, Slow)
    file.job.now = state


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    release = evaluate_golden(tmp_path_factory.mktemp("releases")).release
    publish(release)
    return release.parent


@pytest.fixture
def people(tmp_path: Path, releases: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[People]:
    made = People(tmp_path / "state")
    made.use(monkeypatch)
    monkeypatch.setenv(RELEASES, str(releases))
    monkeypatch.setattr("dashboard.desk.outgoing.Job", Slow)
    yield made
    OUTBOX.forget_all()


@pytest.fixture
def opened(project: Path, people: People) -> Callable[..., AppTest]:
    def start(role: Role = Role.EVALUATOR, unit_id: str = "U10") -> AppTest:
        app = people.open(project / "dashboard/app/main.py", role, unit_id)
        app.query_params["lang"] = "ko"
        app.run()
        app.switch_page("../pages/exports.py")
        return app.run()

    return start


def said(app: AppTest) -> str:
    assert not app.exception
    return " ".join(element.proto.body for element in app.get("html"))


def person(people: People, role: Role) -> Person:
    with people.store.read() as session:
        signed = look_up(session, people.digest(role), people.settings)
    assert signed is not None
    return signed.person


def waiting(people: People, role: Role = Role.EVALUATOR) -> Outgoing | None:
    return OUTBOX.of(person(people, role).account_id)


def press(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


def test_an_evaluator_may_choose_every_kind_and_a_department_no_package(opened: Callable[..., AppTest]) -> None:
    everything, own = opened(), opened(Role.DEPARTMENT)
    assert "봉인 꾸러미" in said(everything)
    assert len(everything.selectbox(key="exports-kind").options) == len(FORMS)
    assert "봉인 꾸러미" not in said(own)
    assert "가람읍의 결과" in said(own)


def test_a_department_that_the_release_does_not_have_is_told(opened: Callable[..., AppTest]) -> None:
    assert "내보낼 것이 없습니다" in said(opened(Role.DEPARTMENT, "U99"))


def test_parts_as_received_are_not_offered_to_those_who_may_not_see_them(opened: Callable[..., AppTest]) -> None:
    assert len(opened().multiselect(key="exports-parts-xlsx").options) == 6
    app = opened(Role.EXECUTIVE)
    assert len(app.multiselect(key="exports-parts-xlsx").options) == 5
    app.text_input(key="exports-reason").input("심의")
    press(app, "exports-make")
    assert "sources" not in str(OUTBOX._by_account)


def test_people_are_not_taken_out_without_a_reason(opened: Callable[..., AppTest], people: People) -> None:
    app = press(opened(), "exports-make")
    assert "사유를 적은 뒤에" in said(app)
    assert waiting(people) is None
    app.text_input(key="exports-reason").input("평가위원회 심의")
    press(app, "exports-make")
    begun = waiting(people)
    assert begun is not None
    assert begun.order.reason == "평가위원회 심의"


def test_charts_need_no_reason(opened: Callable[..., AppTest], people: People) -> None:
    app = opened()
    app.selectbox(key="exports-kind").select("charts").run()
    press(app, "exports-make")
    assert waiting(people) is not None


def test_a_file_a_department_can_be_asked_for_where_a_document_is_about_departments(
    opened: Callable[..., AppTest], people: People
) -> None:
    app = opened()
    app.selectbox(key="exports-kind").select("pdf").run()
    assert not app.checkbox
    app.multiselect(key="exports-parts-pdf").select("report").run()
    assert not app.checkbox
    app.multiselect(key="exports-parts-pdf").unselect("report").select("notices").run()
    app.checkbox(key="exports-each").check().run()
    press(app, "exports-make")
    found = waiting(people)
    assert found is not None
    assert (found.order.each, found.order.only) == (True, ("notices",))
    assert found.name.endswith(" 결과통지서 부서별.zip")


def test_a_department_has_one_scorecard_and_is_not_asked_whether_it_wants_each(opened: Callable[..., AppTest]) -> None:
    app = opened(Role.DEPARTMENT)
    app.selectbox(key="exports-kind").select("pdf").run()
    app.multiselect(key="exports-parts-pdf").select("scorecards").run()
    assert not app.checkbox


def test_what_was_chosen_stands_there_again_until_the_file_is_asked_for(
    opened: Callable[..., AppTest], people: People
) -> None:
    app = opened()
    app.selectbox(key="exports-kind").select("pdf").run()
    app.selectbox(key="exports-language").select("en").run()
    app.multiselect(key="exports-parts-pdf").select("notices").run()
    app.checkbox(key="exports-each").check().run()
    app.text_input(key="exports-reason").input("심의").run()
    app = opened()
    assert (app.selectbox(key="exports-kind").value, app.selectbox(key="exports-language").value) == ("pdf", "en")
    assert app.multiselect(key="exports-parts-pdf").value == ["notices"]
    assert app.checkbox(key="exports-each").value
    assert app.text_input(key="exports-reason").value == "심의"
    press(app, "exports-make")
    found = waiting(people)
    assert found is not None
    assert (found.order.kind, found.order.language, found.order.only, found.order.each) == (
        "pdf",
        "en",
        ("notices",),
        True,
    )
    OUTBOX.forget_all()
    assert not opened().text_input(key="exports-reason").value


def begun(app: AppTest, people: People) -> tuple[AppTest, Outgoing]:
    app.text_input(key="exports-reason").input("심의")
    press(app, "exports-make")
    found = waiting(people)
    assert found is not None
    return app, found


def test_while_a_file_is_made_its_time_is_told_and_it_can_be_stopped(
    opened: Callable[..., AppTest], people: People
) -> None:
    app, file = begun(opened(), people)
    assert "만들고 있습니다. 3초" in said(app)
    assert not [button for button in app.button if button.key == "exports-make"]
    app.button(key=f"cancel-{file.key}").click().run()
    assert "그만두었습니다" in said(app.run())


def test_a_file_that_is_ready_is_fetched_by_a_form(opened: Callable[..., AppTest], people: People) -> None:
    app, file = begun(opened(), people)
    bring(file, "done")
    text = said(app.run())
    assert f'action="exports/{file.key}"' in text
    assert 'method="post"' in text
    assert "2.0 KB" in text
    app.button(key=f"discard-{file.key}").click().run()
    assert waiting(people) is None


@pytest.mark.parametrize("state", ["refused", "crashed"])
def test_a_file_that_could_not_be_made_is_told_and_can_be_asked_for_again(
    opened: Callable[..., AppTest], people: People, state: State
) -> None:
    app, file = begun(opened(), people)
    bring(file, state)
    text = said(app.run())
    assert "만들지 못했습니다" in text or "도중에 끝났습니다" in text
    assert "exports-make" in [button.key for button in app.button]


def test_what_was_taken_out_is_listed_from_the_log(opened: Callable[..., AppTest], people: People) -> None:
    app = opened()
    assert "아직 내보낸 것이 없습니다" in said(app)
    file = begun(app, people)[1]
    told = {"format": "xlsx", "reason": "<b>심의</b>", "rows": 1234}
    with people.store.write() as session:
        actor = Actor(person(people, Role.EVALUATOR), "127.0.0.1")
        append(session, actor, Event(Did.EXPORTED, file.order.release, told))
    text = said(app.run())
    assert "1,234" in text
    assert "&lt;b&gt;심의" in text


# The outbox ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def outbox(monkeypatch: pytest.MonkeyPatch) -> Outbox:
    monkeypatch.setattr("dashboard.desk.outgoing.Job", Slow)
    return Outbox()


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path / "exports", 2)


def ask(outbox: Outbox, place: Place, account: str) -> Outgoing:
    return outbox.begin(account, ORDER, {}, place, "파일.zip")


def test_a_person_has_one_file_at_a_time_and_the_house_a_few(outbox: Outbox, place: Place) -> None:
    first = ask(outbox, place, "a")
    with pytest.raises(UsageError, match="earlier export"):
        ask(outbox, place, "a")
    ask(outbox, place, "b")
    with pytest.raises(UsageError, match="2 files"):
        ask(outbox, place, "c")
    bring(first, "done")
    second = ask(outbox, place, "a")
    assert outbox.of("a") is second
    assert first.job.state == "cancelled"


def test_a_file_that_nobody_fetches_goes(outbox: Outbox, place: Place) -> None:
    file = ask(outbox, place, "a")
    bring(file, "done")
    assert outbox.find("a", file.key) is file
    assert outbox.find("b", file.key) is None
    assert outbox.find("a", "0" * 32) is None
    wait(file, KEPT_SECONDS - 60)
    assert outbox.find("a", file.key) is file
    wait(file, KEPT_SECONDS + 60)
    assert outbox.find("a", file.key) is None


def test_what_a_dead_server_left_is_swept_and_what_a_living_one_makes_is_not(tmp_path: Path) -> None:
    own = str(os.getpid())
    for server in (str(os.getppid()), own, "4194305"):
        (tmp_path / server / "job").mkdir(parents=True)
    sweep(tmp_path)
    assert {left.name for left in tmp_path.iterdir()} == {str(os.getppid()), own}


def test_what_bears_the_number_of_a_server_that_starts_is_of_one_before_it(tmp_path: Path) -> None:
    for server in (os.getppid(), os.getpid()):
        (tmp_path / str(server) / "job").mkdir(parents=True)
    sweep(tmp_path, at_start=True)
    assert [left.name for left in tmp_path.iterdir()] == [str(os.getppid())]


def test_what_was_written_comes_back_from_the_child_as_it_was() -> None:
    made = Exported(Path("x"), "ab" * 32, 2048, is_published=True, controls={})
    assert Outgoing("a", ORDER, Slow("export", None, Path("x")), "파일").made == made
