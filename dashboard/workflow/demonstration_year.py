"""The demonstration's evaluation under way (합성 예시): the year after the published ones, in its days of appeals.

Everything is done by the functions the pages use, as the people of the demonstration, so that it holds what they hold.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.access import State
from dashboard.workflow.accounts import find_account
from dashboard.workflow.audit import Actor
from dashboard.workflow.briefing import brief_executives
from dashboard.workflow.demonstration import EXAMPLE, SHOWN
from dashboard.workflow.moving import Wanted, decide_move, propose_move
from dashboard.workflow.panel import Given, NewPanel, give_mark, open_panel
from dashboard.workflow.proposals import Decision
from dashboard.workflow.releases import CheckedRelease, check_release
from dashboard.workflow.request_kinds import RequestKind, ToLedger, Verdict
from dashboard.workflow.request_rulings import Answer, answer_request, decide_request
from dashboard.workflow.request_rulings import Decision as Ruling
from dashboard.workflow.request_subjects import known_of
from dashboard.workflow.requests import NewRequest, Seen, file_request, withdraw_request
from dashboard.workflow.rulebooks import Asked, begin_evaluation, decide_rulebook, propose_rulebook
from dashboard.workflow.store import Store
from dashboard.workflow.tables.requests import Request
from dashboard.workflow.tables.steps import Evaluation, Move
from dashboard.workflow.windows import Planned, Window, plan_days
from etl.demo.layout import README, README_FILE
from etl.evaluate import evaluate
from etl.insight.own_records import records_of
from etl.insight.reading import Reading, open_release
from etl.intake.recognitions import KINDS
from etl.scoring.rulebook_points import Panel as PanelPoints
from etl.shown import SEOUL

YEAR: Final = 2022
_RULES: Final = Path(__file__).parents[2] / "data" / "rulebooks" / "demo-2021.toml"
_STAGES: Final = re.compile(r"^stages = \[.*?^\]\n", re.DOTALL | re.MULTILINE)
_HOME: Final = "127.0.0.1"


def evaluation_under_way(store: Store, records: Path, releases: Path) -> bool:
    """Bring an evaluation into its days of appeals, where there is none yet and the records are the synthetic city's.

    Args:
        store: of a demonstration whose accounts are made.
        records: folder of received files.
        releases: where the release goes that the evaluation freezes.

    Returns:
        Whether it was done; the second time it is there already.
    """
    readme = records / README_FILE
    if not readme.is_file() or readme.read_bytes() != README.encode() or _has_begun(store):
        return False
    text = rules_of_the_year()
    with TemporaryDirectory(prefix="jipyo-") as work:
        rulebook = Path(work) / "rulebook.toml"
        rulebook.write_bytes(text)
        release = check_release(evaluate(records, rulebook, releases).release)
    with store.write() as session:
        _Play(session, release, open_release(release.folder), datetime.now(UTC)).perform(text, records)
    return True


def rules_of_the_year() -> bytes:
    """The rules of the year before, carried on: the same year of records, other days, which people plan."""
    text = _RULES.read_text(encoding="utf-8")
    said = {
        'id = "demo-2021"': f'id = "demo-{YEAR}"',
        "\nyear = 2021\n": f"\nyear = {YEAR}\n",
        # A year's total is that of the year of records before it: the first year shown moves on with it, or the
        # trend would begin with a year that nobody kept records of.
        "\nhistory_from = 2017\n": "\nhistory_from = 2018\n",
        "2021년 데이터기반행정 부서평가 (합성 예시)": f"{YEAR}년 데이터기반행정 부서평가: 2021년 실적 (합성 예시)",
        "administration 2021 (synthetic example)": f"administration {YEAR}: records of 2021 (synthetic example)",
    }
    for before, after in said.items():
        text = text.replace(before, after)
    return _STAGES.sub("", text).encode("utf-8")


def _has_begun(store: Store) -> bool:
    with store.read() as session:
        return session.scalars(select(Evaluation)).first() is not None


@dataclass
class _Play:
    """What the people of the demonstration do, in its order, in one transaction.

    Attributes:
        session: of `Store.write`.
        release: what the evaluation freezes.
        reading: the same, open.
        now: today's moment; days are planned around it.
    """

    session: Session
    release: CheckedRelease
    reading: Reading
    now: datetime

    def __post_init__(self) -> None:
        found = {shown.login: find_account(self.session, shown.login) for shown in SHOWN}
        actors = {login: Actor(account.person, _HOME) for login, account in found.items() if account is not None}
        self.evaluator, self.approver, self.member = (actors[one] for one in ("evaluator", "approver", "department"))
        self.executive = actors["executive"]
        self.unit = next(shown.unit_id for shown in SHOWN if shown.unit_id is not None)
        self.known = known_of(self.reading, records_of(self.reading, KINDS, self.unit))

    def perform(self, rules: bytes, records: Path) -> None:
        """From the rulebook to the appeals, and what is asked for in them."""
        self._approve_rules(rules, records)
        self._move(State.PROVISIONAL, f"{EXAMPLE}: 잠정 결과를 동결합니다.", self.release)
        self._show_executives()
        self._mark()
        self._plan()
        self._move(State.APPEALS, f"{EXAMPLE}: 부서의 이의신청을 받습니다.")
        self._ask()
        self._propose(State.PROVISIONAL, f"{EXAMPLE}: 안내문의 기간이 잘못되어 다시 알린 뒤 열려고 합니다.")

    # The steps --------------------------------------------------------------------------------------------------------

    def _approve_rules(self, rules: bytes, records: Path) -> None:
        asked = Asked(rules, f"{EXAMPLE}: {YEAR}년 평가계획에 따라 제안합니다.", 0, records=records)
        version = propose_rulebook(self.session, self.evaluator, asked)
        decision = Decision(version.version, approve=True, reason=f"{EXAMPLE}: 계획과 같음을 확인했습니다.")
        decide_rulebook(self.session, self.approver, YEAR, version.number, decision)
        begin_evaluation(self.session, self.evaluator, YEAR, records)

    def _propose(self, after: State, reason: str, release: CheckedRelease | None = None) -> Move:
        wanted = Wanted(YEAR, after, self._evaluation.version, reason)
        move = propose_move(self.session, self.evaluator, wanted, release)
        self.session.flush()
        return move

    def _move(self, after: State, reason: str, release: CheckedRelease | None = None) -> None:
        move = self._propose(after, reason, release)
        decide_move(self.session, self.approver, move.id, Decision(move.version, approve=True), release)
        self.session.flush()

    def _show_executives(self) -> None:
        brief_executives(self.session, self.approver, YEAR, self._evaluation.version, show=True)
        self.session.flush()

    def _plan(self) -> None:
        today = self.now.astimezone(SEOUL).date()
        for state, first, last in ((State.APPEALS, -2, 5), (State.REVIEW, 6, 12), (State.FINAL, 13, 15)):
            days = Window(today + timedelta(days=first), today + timedelta(days=last))
            reason = f"{EXAMPLE}: {YEAR}년 평가 일정"
            plan_days(self.session, self.evaluator, Planned(YEAR, state, days, None, reason))

    @property
    def _evaluation(self) -> Evaluation:
        return self.session.get_one(Evaluation, YEAR)

    # The panel --------------------------------------------------------------------------------------------------------

    def _mark(self) -> None:
        """An open panel: an executive has marked the first departments, a member recused themselves from one."""
        by_panel = {one.id for one in self.reading.rulebook.indicators if isinstance(one.points, PanelPoints)}
        assessors = [one.person.account_id for one in (self.executive, self.member) if one.person is not None]
        new = NewPanel(YEAR, min(by_panel), self.release.name, assessors)
        panel = open_panel(self.session, self.evaluator, new, by_panel)
        for place, unit_id in enumerate(sorted(self.known.units)[:12]):
            given = Given(unit_id, f"{70 + place * 7 % 25}", f"{EXAMPLE}: 확산 노력을 발표로 들음")
            give_mark(self.session, self.executive, panel.id, given, self.known.units)
        other = next(one for one in sorted(self.known.units) if one != self.unit)
        recused = Given(other, None, f"{EXAMPLE}: 지난해 그 부서에서 일함")
        give_mark(self.session, self.member, panel.id, recused, self.known.units)

    # Requests ---------------------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        """Requests of every kind, each as far as another."""
        missing = "분석과제 한 건이 2021년 12월에 끝났는데 빠졌습니다. 결과보고서를 붙입니다."
        self._file(RequestKind.APPEAL, missing, indicator="analyses_completed")
        training = self._file(
            RequestKind.APPEAL, "휴직자 두 명을 교육 대상에서 빼 주십시오.", indicator="training_uptake"
        )
        self._answer(training, Verdict.REFUSED, "정원은 평가계획의 기준일 인원으로 정해 휴직자를 빼지 않습니다.")
        inapplicable = self._file(
            RequestKind.NOT_APPLICABLE, "새로 개방할 자료가 없어 해당없음을 신청합니다.", indicator="datasets_opened"
        )
        answered = self._answer(
            inapplicable, Verdict.REFUSED, "2021년에 자료를 개방한 기록이 있어 해당없음이 아닙니다."
        )
        decision = Ruling(Verdict.REFUSED, f"{EXAMPLE}: 답변과 같이 기각함", self.now.astimezone(SEOUL).date())
        decide_request(self.session, self.approver, _seen(answered), decision, self.now)
        self._file(
            RequestKind.RECOGNITION,
            "가점을 받은 문서와 다른 수상입니다. 상장을 붙이니 다시 심의해 인정해 주십시오.",
            record_kind="awards",
            record_id="수상-2021-06",
        )
        bonus = self._file(RequestKind.BONUS, "전국 경진대회에 나가 장려상을 받았습니다.", rule="good_practice")
        points = ToLedger(
            reason=f"{EXAMPLE}: 우수사례 선정",
            entry_kind="bonus",
            rule="good_practice",
            points="1",
            occurred_on=datetime(2021, 11, 30, tzinfo=SEOUL).date(),
        )
        self._answer(bonus, Verdict.UPHELD, "상장을 확인했습니다. 1점을 받아들입니다.", points)
        withdrawn = self._file(RequestKind.APPEAL, "데이터셋 건수가 다릅니다.", indicator="datasets_opened")
        withdraw_request(self.session, self.member, _seen(withdrawn), f"{EXAMPLE}: 다시 세어 보니 맞습니다.", self.now)
        late = f"{EXAMPLE}: 실적 자료를 사흘 늦게 냈습니다."
        penalty = NewRequest(YEAR, RequestKind.PENALTY, self.unit, self.release.name, late, rule="late_submission")
        file_request(self.session, self.evaluator, penalty, self.known, self.now)

    def _file(self, kind: RequestKind, text: str, **about: str) -> Request:
        new = NewRequest(YEAR, kind, self.unit, self.release.name, f"{EXAMPLE}: {text}", **about)
        return file_request(self.session, self.member, new, self.known, self.now)

    def _answer(self, request: Request, verdict: Verdict, text: str, change: ToLedger | None = None) -> Request:
        answer = Answer(verdict, f"{EXAMPLE}: {text}", change)
        return answer_request(self.session, self.evaluator, _seen(request), answer, self.now)


def _seen(request: Request) -> Seen:
    return Seen(request.id, request.version)
