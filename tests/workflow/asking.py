"""People who file, answer and decide, and an evaluation at the step a test needs."""

from __future__ import annotations

import shutil
from datetime import date, datetime
from pathlib import Path

from dashboard.access import Role, State
from dashboard.workflow.accounts import NewAccount, add_account, find_account
from dashboard.workflow.audit import Actor
from dashboard.workflow.request_kinds import RequestKind, ToNotApplicable, Verdict
from dashboard.workflow.request_rulings import Answer, Decision, answer_request, decide_request, keep_consequences
from dashboard.workflow.requests import Known, NewRequest, Seen, file_request
from dashboard.workflow.settings import Settings
from dashboard.workflow.store import Store
from dashboard.workflow.tables.requests import Request
from dashboard.workflow.tables.steps import Evaluation
from dashboard.workflow.windows import Window, plan
from etl.shown import SEOUL

YEAR = 2021
RELEASE = "2021-0123456789ab"
OWN, OTHER = "0010010", "0010030"
DAYS = Window(date(2022, 2, 3), date(2022, 2, 9))
NOON = datetime(2022, 2, 7, 12, tzinfo=SEOUL)
KNOWN = Known(
    units={OWN, OTHER},
    indicators={"datasets_opened", "training_uptake"},
    rules={"bonus": {"good_practice"}, "penalty": {"late_submission"}},
    records={"datasets": {"1", "2"}, "analyses": {"2021-001", "2021-013"}},
)
CHANGE = ToNotApplicable(indicator="datasets_opened", reason="개방할 데이터가 없는 부서")
TERMINAL = Actor(None, "terminal", "tester")


def copied(template: Path, state: Path) -> Town:
    """A town of its own made from one that nobody changes: tables are not made anew for every test."""
    shutil.copytree(template, state, dirs_exist_ok=True)
    return Town(state)


class Town:
    """A store with people in it and one evaluation.

    Args:
        state: folder of the database.

    Attributes:
        member: of the department the tests are about.
        evaluator: somebody who runs the evaluation.
        approver: somebody who decides.
    """

    def __init__(self, state: Path) -> None:
        self.settings = Settings(state=state)
        self.store = Store.open(self.settings)
        self._actors: dict[str, Actor] = {}
        # Made beforehand: an account is a transaction of its own, and there is one writer at a time.
        self.member = self.actor(Role.DEPARTMENT, OWN)
        self.evaluator = self.actor(Role.EVALUATOR)
        self.approver = self.actor(Role.APPROVER)

    def actor(self, role: Role, unit_id: str | None = None, name: str = "") -> Actor:
        """Somebody in a role, made when first asked for."""
        login = f"{role}{unit_id or ''}{name}"
        if login not in self._actors:
            with self.store.write() as session:
                account = find_account(session, login) or add_account(
                    session, TERMINAL, NewAccount(login, login, role, unit_id)
                )
                self._actors[login] = Actor(account.person, "192.0.2.1")
        return self._actors[login]

    def at(self, state: State, days: Window | None = DAYS) -> None:
        """Bring the evaluation to a step, planned for these days."""
        with self.store.write() as session:
            found = session.get(Evaluation, YEAR)
            if found is None:
                session.add(Evaluation(year=YEAR, state=state.value, release=RELEASE))
            else:
                found.state = state.value
            if days is not None:
                plan(session, YEAR, state, days)

    def file(self, kind: RequestKind = RequestKind.APPEAL, actor: Actor | None = None, text: str = "이의 있음") -> Seen:
        """A request of the department, filed within its days."""
        with self.store.write() as session:
            return seen(file_request(session, actor or self.member, new_request(kind, text), KNOWN, NOON))

    def answer(self, at: Seen, answer: Answer | None = None) -> Seen:
        """The same, upheld by an evaluator unless said otherwise."""
        said = answer or Answer(Verdict.UPHELD, "기록을 확인하였음", CHANGE)
        with self.store.write() as session:
            return seen(answer_request(session, self.evaluator, at, said, NOON))

    def look(self, at: Seen) -> Seen:
        """The same, its consequences known."""
        with self.store.write() as session:
            return seen(keep_consequences(session, self.approver.person, at, {"rows": []}))

    def decide(self, at: Seen, verdict: Verdict = Verdict.UPHELD) -> Seen:
        """The same, decided."""
        decision = Decision(verdict, "원안대로 받아들임", NOON.date())
        with self.store.write() as session:
            return seen(decide_request(session, self.approver, at, decision, NOON))

    def request(self, at: Seen) -> Request:
        """The request as it is now."""
        with self.store.read() as session:
            found = session.get(Request, at.id)
            assert found is not None
            return found


def seen(request: Request) -> Seen:
    """A request as somebody sees it now."""
    return Seen(request.id, request.version)


def new_request(kind: RequestKind = RequestKind.APPEAL, text: str = "이의 있음") -> NewRequest:
    """A request of the department about what its kind is about."""
    match kind:
        case RequestKind.RECOGNITION:
            return NewRequest(YEAR, kind, OWN, RELEASE, text, record_kind="analyses", record_id="2021-001")
        case RequestKind.BONUS:
            return NewRequest(YEAR, kind, OWN, RELEASE, text, rule="good_practice")
        case RequestKind.PENALTY:
            return NewRequest(YEAR, kind, OWN, RELEASE, text, rule="late_submission")
        case _:
            return NewRequest(YEAR, kind, OWN, RELEASE, text, indicator="datasets_opened")
