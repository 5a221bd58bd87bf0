"""An evaluation of a year of its own, moved by people in roles, over one database for all tests of a worker."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final
from uuid import uuid4

import pytest

from dashboard.access import Person, Role, State
from dashboard.workflow.acting import acting
from dashboard.workflow.audit import Actor
from dashboard.workflow.moves import Need, step_between
from dashboard.workflow.moving import Wanted, decide_move, propose_move
from dashboard.workflow.proposals import Decision
from dashboard.workflow.releases import CheckedRelease
from dashboard.workflow.rulebooks import Asked, decide_rulebook, digest_of, propose_rulebook, versions
from dashboard.workflow.settings import Settings
from dashboard.workflow.store import Store
from dashboard.workflow.tables.steps import Evaluation, Move, RulebookVersion
from dashboard.workflow.windows import Window, plan
from tests.workflow.postgres import Server

BEFORE: Final = datetime(2026, 3, 1, tzinfo=UTC)
DURING: Final = datetime(2026, 3, 12, tzinfo=UTC)
AFTER: Final = datetime(2026, 3, 20, tzinfo=UTC)
APPEALS: Final = Window(date(2026, 3, 10), date(2026, 3, 16))
"""Days of the appeals in these tests, and moments around them."""
_YEARS: Final = itertools.count(2000)


def actor(role: Role, account: str = "") -> Actor:
    """Somebody in a role; the same account unless another is named."""
    return Actor(
        Person(account or role.value, f"{role}", role, "U01" if role is Role.DEPARTMENT else None), "127.0.0.1"
    )


EVALUATOR: Final = actor(Role.EVALUATOR)
APPROVER: Final = actor(Role.APPROVER)


def rules(year: int, weight: int = 1) -> bytes:
    """A small rulebook; another weight makes another one."""
    return (
        f'[evaluation]\nid = "small"\ntitle = "시험 규칙"\nyear = {year}\n'
        '[score]\naggregation = "weighted_sum"\nweights = "as_given"\n'
        '[[indicators]]\nid = "analysis"\nname = "분석"\nnumerator = "analyses_completed"\n'
        f'weight = {weight}\npoints = {{ method = "raw" }}\n'
    ).encode()


@dataclass
class Year:
    """The evaluation of one year.

    Attributes:
        store: where it is kept.
        releases: the folder of releases.
        year: evaluated.
    """

    store: Store
    releases: Path
    year: int = field(default_factory=lambda: next(_YEARS))

    @property
    def evaluation(self) -> Evaluation:
        """As it stands."""
        with self.store.read() as session:
            return session.get_one(Evaluation, self.year)

    @property
    def state(self) -> State:
        """The step it has reached."""
        return State(self.evaluation.state)

    def propose_rules(self, weight: int = 1, who: Actor = EVALUATOR, changes: str | None = None) -> RulebookVersion:
        """Propose a version of the rulebook."""
        with acting(self.store, who, str(self.year)) as session:
            known = versions(session, self.year)
            asked = Asked(rules(self.year, weight), "평가계획", known[0].number if known else 0, changes)
            return propose_rulebook(session, who, asked)

    def approve_rules(self, version: RulebookVersion, who: Actor = APPROVER) -> None:
        """Approve a version."""
        with acting(self.store, who, str(self.year)) as session:
            decide_rulebook(session, who, self.year, version.number, Decision(version.version, approve=True))

    def open(self, weight: int = 1) -> Year:
        """An approved rulebook and days for the appeals."""
        self.approve_rules(self.propose_rules(weight))
        with self.store.write() as session:
            plan(session, self.year, State.APPEALS, APPEALS)
        return self

    def release(self, digit: str = "a", weight: int = 1) -> CheckedRelease:
        """A release as it looks after it was verified; its folder holds what publishing reads."""
        folder = self.releases / f"{self.year}-{digit * 12}"
        folder.mkdir(exist_ok=True)
        (folder / "SHA256SUMS").write_text(digit)
        return CheckedRelease(folder, digest_of(rules(self.year, weight)), has_records=True)

    def propose(
        self,
        after: State,
        release: CheckedRelease | None = None,
        now: datetime = DURING,
        who: Actor = EVALUATOR,
        reason: str = "사유",
    ) -> Move:
        """Propose a move, having seen the evaluation as it is."""
        with acting(self.store, who, str(self.year)) as session:
            seen = session.get_one(Evaluation, self.year).version
            return propose_move(session, who, Wanted(self.year, after, seen, reason), release, now)

    def decide(
        self,
        move: Move,
        release: CheckedRelease | None = None,
        now: datetime = DURING,
        who: Actor = APPROVER,
        *,
        approve: bool = True,
    ) -> Move:
        """Approve or refuse a move."""
        with acting(self.store, who, str(self.year)) as session:
            return decide_move(session, who, move.id, Decision(move.version, approve, "사유"), release, now)

    def move(self, after: State, release: CheckedRelease | None = None, now: datetime | None = None) -> Year:
        """Make a move, proposed and approved, at a moment at which it may be."""
        step = step_between(self.state, after)
        moment = now or (AFTER if step and Need.APPEALS_OVER in step.needs else DURING)
        self.decide(self.propose(after, release, moment), release, moment)
        return self

    def walk_to(self, state: State) -> Year:
        """Move forward until a state, with the release `a`."""
        release = self.release()
        for after in tuple(State)[1 : tuple(State).index(state) + 1]:
            self.move(after, None if after in (State.APPEALS, State.REVIEW) else release)
        return self


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def new_year(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Year]]:
    """Makes the evaluation of another year, in each kind of database; nothing is proposed for it yet."""
    settings = Settings(state=tmp_path_factory.mktemp("state"))
    if request.param == "postgresql":
        server: Server = request.getfixturevalue("postgres")
        settings = Settings(database_url=server.make(f"steps_{uuid4().hex}"))
    store, releases = Store.open(settings), tmp_path_factory.mktemp("releases")
    yield lambda: Year(store, releases)
    store.close()


@pytest.fixture
def year(new_year: Callable[[], Year]) -> Year:
    """An evaluation with its rulebook approved and its appeals planned."""
    return new_year().open()
