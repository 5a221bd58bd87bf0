"""The policies in which data were used: those that count, and those that lack something."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from etl.demo.analyses import Analysis
from etl.demo.datasets import Dataset
from etl.demo.decisions import RECOGNISED, UNDECIDED, Decision, decide
from etl.demo.departments import ENVIRONMENT, SMART_CITY, SUCCESSIONS, TOURISM, Department, existing_on, name_on
from etl.demo.draws import Draws
from etl.demo.tables import Table, plain
from etl.demo.titles import TitleBook
from etl.demo.topics import POLICY_PATTERNS

USING_DEPARTMENTS: Final = {2018: 3, 2019: 5, 2020: 8, 2021: 14}
"""How many departments evaluated at the year's end use data in a policy that counts."""

_BEFORE_REORGANISATION: Final = {2021: (ENVIRONMENT, TOURISM)}
"""Departments whose policy of spring goes to their successors: three of the fourteen of 2021."""

_STAGES: Final = ("보고", "계획", "예산·제도", "효과")
_STAGE_WEIGHTS: Final = (25, 35, 25, 15)
_STEPS_COUNTED: Final = (RECOGNISED, RECOGNISED, ("제출", "인정"), ("보완", "인정"))

Source = tuple[str, str]
Cited = Literal["sound sources", "an unrecognised analysis", "a refused dataset", "nothing"]


@dataclass(frozen=True, slots=True)
class Flaw:
    """What keeps a policy from counting: its stage, what it cites, the decisions, or its day."""

    cites: Cited = "sound sources"
    steps: tuple[str, ...] = RECOGNISED
    reason: str = ""
    without_stage: bool = False
    after_the_year: bool = False


_FLAWED: Final[dict[int, tuple[Flaw, ...]]] = {
    2019: (Flaw(cites="nothing"), Flaw(steps=UNDECIDED)),
    2020: (
        Flaw(cites="an unrecognised analysis"),
        Flaw(steps=("불인정",), reason="데이터를 쓴 근거를 확인할 수 없음"),
        Flaw(steps=UNDECIDED),
        Flaw(without_stage=True),
    ),
    2021: (
        Flaw(without_stage=True),
        Flaw(without_stage=True),
        Flaw(cites="an unrecognised analysis"),
        Flaw(cites="an unrecognised analysis"),
        Flaw(cites="a refused dataset"),
        Flaw(cites="nothing"),
        Flaw(steps=("불인정",), reason="데이터를 쓴 근거를 확인할 수 없음"),
        Flaw(steps=("보완", "불인정"), reason="단순 현황 보고로 정책 반영이 아님"),
        Flaw(steps=UNDECIDED),
        Flaw(steps=("제출",)),
        Flaw(steps=("보완",), reason="정책 결재문서 누락"),
        Flaw(after_the_year=True),
    ),
}


@dataclass(frozen=True, slots=True)
class Policy:
    """One policy and the analyses and datasets it cites."""

    year: int
    number: int
    code: str
    title: str
    stage: str
    used_on: date
    sources: tuple[Source, ...]
    steps: tuple[str, ...]
    reason: str

    @property
    def policy_id(self) -> str:
        """The year and the number in it."""
        return f"정책-{self.year}-{self.number:03d}"


@dataclass(slots=True)
class _Evidence:
    """What policies of a year may cite."""

    analyses: list[Analysis]
    datasets: list[Dataset]
    titles: TitleBook
    draws: Draws

    def sources(self, cites: Cited, code: str, day: date) -> tuple[Source, ...]:
        """The sources of one policy: the department's own work first, where it has any."""
        if cites == "nothing":
            return ()
        if cites == "an unrecognised analysis":
            return (("분석", self._pick_analysis(code, day, recognised=False).analysis_id),)
        if cites == "a refused dataset":
            refused = [dataset for dataset in self.datasets if dataset.refused_because and dataset.opened_on < day]
            return (("데이터셋", self.draws.pick(refused).dataset_id),)
        return self._sound_sources(code, day)

    def title(self, code: str, sources: tuple[Source, ...]) -> str:
        """A title on the topic of the department's own analysis, where it cites one."""
        for analysis in self.analyses:
            if analysis.lead == code and ("분석", analysis.analysis_id) in sources:
                topic = analysis.title.topic
                return self.draws.pick(POLICY_PATTERNS.suiting(topic)).format(topic=topic.words)
        return self.titles.next_of(code).text

    def _sound_sources(self, code: str, day: date) -> tuple[Source, ...]:
        analysis = ("분석", self._pick_analysis(code, day, recognised=True).analysis_id)
        own = [d for d in self.datasets if d.code == code and not d.refused_because and d.opened_on < day]
        if not own or (self._own_analyses(code, day, recognised=True) and self.draws.chance(50)):
            return (analysis,)
        dataset = ("데이터셋", self.draws.pick(own).dataset_id)
        return (dataset,) if self.draws.chance(40) else (analysis, dataset)

    def _pick_analysis(self, code: str, day: date, *, recognised: bool) -> Analysis:
        """The department's own, else one of the smart city department, which works for all, else anybody's."""
        return self.draws.pick(
            self._own_analyses(code, day, recognised=recognised)
            or self._own_analyses(SMART_CITY, day, recognised=recognised)
            or self._analyses_done(day, recognised=recognised)
        )

    def _own_analyses(self, code: str, day: date, *, recognised: bool) -> list[Analysis]:
        done = self._analyses_done(day, recognised=recognised)
        return [a for a in done if code in (a.lead, *(partner for partner, _ in a.shares))]

    def _analyses_done(self, day: date, *, recognised: bool) -> list[Analysis]:
        return [a for a in self.analyses if a.completed_on and a.completed_on < day and a.recognised is recognised]


def draw_policies(seed: int, analyses: list[Analysis], datasets: list[Dataset]) -> list[Policy]:
    """All policies, by year and number."""
    titles = TitleBook(Draws(seed, "policy titles"), POLICY_PATTERNS)
    policies: list[Policy] = []
    for year in USING_DEPARTMENTS:
        evidence = _Evidence(analyses, datasets, titles, Draws(seed, f"policies {year}"))
        policies += _policies_of(year, evidence)
    return policies


def _policies_of(year: int, evidence: _Evidence) -> list[Policy]:
    draws = evidence.draws
    early = [(code, date(year, 3, 2), date(year, 6, 25)) for code in _BEFORE_REORGANISATION.get(year, ())]
    usual = [
        (department.code, max(department.start, date(year, 2, 1)), date(year, 12, 20))
        for department in _using_departments(year, draws)
        for _ in range(1 + draws.chance(12 * department.level))
    ]
    sound = [_sound(code, draws.working_day(first, last), evidence) for code, first, last in early + usual]
    flawed = [_flawed(flaw, year, evidence) for flaw in _FLAWED.get(year, ())]
    in_order = sorted(sound + flawed, key=lambda policy: policy.used_on)
    return [replace(policy, year=year, number=number) for number, policy in enumerate(in_order, start=1)]


def _using_departments(year: int, draws: Draws) -> list[Department]:
    """Those whose own policies count, besides the successors of departments closed in the year."""
    closed = _BEFORE_REORGANISATION.get(year, ())
    inheriting = {step.successor for step in SUCCESSIONS if step.closed in closed}
    candidates = [d for d in existing_on(date(year, 12, 31)) if d.code not in inheriting]
    weights = [(0, 0, 1, 6, 16, 40)[department.level] for department in candidates]
    return draws.several_weighted(candidates, weights, USING_DEPARTMENTS[year] - len(inheriting))


def _sound(code: str, day: date, evidence: _Evidence) -> Policy:
    steps = evidence.draws.pick(_STEPS_COUNTED)
    return _policy(code, day, Flaw(steps=steps, reason="활용 시점 기재 필요" if "보완" in steps else ""), evidence)


def _flawed(flaw: Flaw, year: int, evidence: _Evidence) -> Policy:
    draws = evidence.draws
    settled = [d for d in existing_on(date(year, 12, 31)) if d.start < date(2017, 1, 1) and d.level > 1]
    first, last = (date(year, 7, 1), date(year, 12, 20))
    if flaw.after_the_year:
        first, last = date(year + 1, 1, 4), date(year + 1, 1, 14)
    return _policy(draws.pick(settled).code, draws.working_day(first, last), flaw, evidence)


def _policy(code: str, day: date, flaw: Flaw, evidence: _Evidence) -> Policy:
    draws = evidence.draws
    sources = evidence.sources(flaw.cites, code, day)
    stage = "" if flaw.without_stage else draws.pick_weighted(_STAGES, _STAGE_WEIGHTS)
    return Policy(0, 0, code, evidence.title(code, sources), stage, day, sources, flaw.steps, flaw.reason)


def decisions_on_policies(policies: list[Policy], seed: int) -> list[Decision]:
    """What was decided on each policy."""
    draws = Draws(seed, "policy decisions")
    return [
        decision
        for policy in policies
        for decision in decide("정책", policy.policy_id, policy.used_on, policy.steps, policy.reason, draws)
    ]


def policy_tables(policies: list[Policy], seed: int) -> tuple[Table, ...]:
    """정책활용 and 정책활용_근거."""
    draws = Draws(seed, "policy documents")
    rows = tuple(_row(policy, draws) for policy in policies)
    uses = tuple((policy.policy_id, kind, source) for policy in policies for kind, source in policy.sources)
    return (
        Table("정책활용.csv", ("정책번호", "부서코드", "부서명", "정책명", "활용단계", "활용일", "문서번호"), rows),
        Table("정책활용_근거.csv", ("정책번호", "근거구분", "근거번호"), uses),
    )


def _row(policy: Policy, draws: Draws) -> tuple[str, ...]:
    name = name_on(policy.code, policy.used_on)
    document_no = f"{name}-{draws.between(1000, 9999)}"
    return (policy.policy_id, policy.code, name, policy.title, policy.stage, plain(policy.used_on), document_no)
