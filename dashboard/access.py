"""Who may do what: one table, asked by every page, route, export and command. Knows no screen and no database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from etl.insight.spread import FEWEST_OTHERS


class Role(StrEnum):
    """What a person is to the evaluation."""

    ADMINISTRATOR = "administrator"
    EVALUATOR = "evaluator"
    APPROVER = "approver"
    EXECUTIVE = "executive"
    DEPARTMENT = "department"
    AUDITOR = "auditor"


class State(StrEnum):
    """The step a release has reached: that of its year's evaluation for the release frozen by it.

    A release nobody froze is a working draft, and counts as collecting.
    """

    COLLECTING = "collecting"
    PROVISIONAL = "provisional"
    APPEALS = "appeals"
    REVIEW = "review"
    FINAL = "final"
    PUBLISHED = "published"


class Action(StrEnum):
    """Everything somebody may want to do. What is not in `RULES` nobody may."""

    SEE_BODY = "see_body"
    """Figures of the whole body and of peer groups as a whole: totals, medians, distributions without names."""
    SEE_UNIT = "see_unit"
    """A department's scores, ranks and points, by its name."""
    SEE_RECORDS = "see_records"
    """The records behind a department's figures."""
    SEE_PEOPLE = "see_people"
    """Names of people in the clear, where the key is at hand."""
    SEE_RECEIVED = "see_received"
    """Received files, rejects and names of the data page."""
    MANAGE_RECORDS = "manage_records"
    """Load files, decide what names mean, correct."""
    EVALUATE = "evaluate"
    """Write a working draft of a release."""
    EXPORT_BODY = "export_body"
    """Take the results of every department away."""
    EXPORT_UNIT = "export_unit"
    """Take one department's results away."""
    PROPOSE_RULEBOOK = "propose_rulebook"
    APPROVE_RULEBOOK = "approve_rulebook"
    SEE_STEPS = "see_steps"
    """The step the evaluation has reached, and its days."""
    SEE_PROCEEDINGS = "see_proceedings"
    """Who proposed and decided what about the evaluation, and why; drafts and what a change of rules does."""
    PLAN_DAYS = "plan_days"
    """Set the days of a step."""
    PROPOSE_MOVE = "propose_move"
    """Ask for the next step of the evaluation, or the one before."""
    APPROVE_MOVE = "approve_move"
    WITHDRAW_PROPOSAL = "withdraw_proposal"
    """Take one's own proposal of a move or a rulebook back."""
    BRIEF_EXECUTIVES = "brief_executives"
    """Show executives a release that is not final yet."""
    SIGN_RELEASE = "sign_release"
    FILE_REQUEST = "file_request"
    """Appeal, ask for 해당없음 or recognition, as a department."""
    PROPOSE_LEDGER = "propose_ledger"
    """Propose a bonus or a penalty for a department, as those who run the evaluation."""
    SEE_REQUEST = "see_request"
    ANSWER_REQUEST = "answer_request"
    DECIDE_REQUEST = "decide_request"
    SEE_PANEL = "see_panel"
    """Which panels there are; their marks are another matter."""
    GIVE_MARKS = "give_marks"
    """Mark qualitative indicators, as an assessor of the panel."""
    MANAGE_PANEL = "manage_panel"
    """Name assessors, open and close a panel."""
    SEE_AUDIT = "see_audit"
    MANAGE_ACCOUNTS = "manage_accounts"
    BACK_UP = "back_up"


@dataclass(frozen=True, slots=True)
class Person:
    """Whoever is signed in.

    Attributes:
        account_id: of the account.
        name: shown beside what they did.
        role: what they are to the evaluation.
        unit_id: their department; None for those of no department.
    """

    account_id: str
    name: str
    role: Role
    unit_id: str | None = None


@dataclass(frozen=True, slots=True)
class Thing:
    """What an action is about.

    Attributes:
        unit_id: the department it belongs to; None is the whole body.
        author: the account that made or proposed it.
        briefed: whether executives have been shown it.
    """

    unit_id: str | None = None
    author: str | None = None
    briefed: bool = False


NOTHING: Final = Thing()


@dataclass(frozen=True, slots=True)
class Rule:
    """When a role may do something; every condition that is set must hold.

    Attributes:
        states: the steps in which it may.
        own_unit: those of the steps in which it may only for the person's own department.
        not_author: never for what the person made or proposed.
        author: only for what the person made or proposed.
        briefed: besides `states`, where the thing has been shown to executives.
    """

    states: frozenset[State]
    own_unit: frozenset[State] = frozenset()
    not_author: bool = False
    author: bool = False
    briefed: bool = False

    def allows(self, person: Person, thing: Thing, state: State) -> bool:
        """Whether the person may, the thing being in this state."""
        if state not in self.states and not (self.briefed and thing.briefed):
            return False
        if state in self.own_unit and (person.unit_id is None or thing.unit_id != person.unit_id):
            return False
        is_own = thing.author == person.account_id
        return not (self.not_author and is_own) and (is_own or not self.author)


def _in(*states: State) -> frozenset[State]:
    return frozenset(states)


_ALWAYS: Final = frozenset(State)
_SHOWN: Final = _ALWAYS - {State.COLLECTING}
_BEFORE_FINAL: Final = _in(State.COLLECTING, State.PROVISIONAL, State.APPEALS, State.REVIEW)
_ENDED: Final = _in(State.FINAL, State.PUBLISHED)
_PUBLISHED: Final = _in(State.PUBLISHED)
_OPEN_TO_CORRECTION: Final = _BEFORE_FINAL | _PUBLISHED
"""What is final goes back to review to be corrected; what is published is corrected by another release."""

_ANY: Final = Rule(_ALWAYS)
_STAFF: Final = {Role.EVALUATOR: _ANY, Role.APPROVER: _ANY, Role.AUDITOR: _ANY}
"""Those who see everything at every step: two run the evaluation, the auditor reads."""

RULES: Final[Mapping[Action, Mapping[Role, Rule]]] = {
    Action.SEE_BODY: {
        **_STAFF,
        Role.ADMINISTRATOR: Rule(_PUBLISHED),
        Role.EXECUTIVE: Rule(_ENDED, briefed=True),
        Role.DEPARTMENT: Rule(_SHOWN),
    },
    Action.SEE_UNIT: {
        **_STAFF,
        Role.ADMINISTRATOR: Rule(_PUBLISHED),
        Role.EXECUTIVE: Rule(_ENDED, briefed=True),
        Role.DEPARTMENT: Rule(_SHOWN, own_unit=_SHOWN - _PUBLISHED),
    },
    Action.SEE_RECORDS: {
        **_STAFF,
        Role.EXECUTIVE: Rule(_ENDED, briefed=True),
        Role.DEPARTMENT: Rule(_SHOWN, own_unit=_ALWAYS),
    },
    Action.SEE_PEOPLE: {Role.EVALUATOR: _ANY},
    Action.SEE_RECEIVED: {Role.EVALUATOR: _ANY, Role.AUDITOR: _ANY},
    Action.MANAGE_RECORDS: {Role.EVALUATOR: Rule(_OPEN_TO_CORRECTION)},
    Action.EVALUATE: {Role.EVALUATOR: Rule(_OPEN_TO_CORRECTION)},
    Action.EXPORT_BODY: {**_STAFF, Role.EXECUTIVE: Rule(_ENDED, briefed=True)},
    Action.EXPORT_UNIT: {
        **_STAFF,
        Role.EXECUTIVE: Rule(_ENDED, briefed=True),
        Role.DEPARTMENT: Rule(_SHOWN, own_unit=_ALWAYS),
    },
    Action.PROPOSE_RULEBOOK: {Role.EVALUATOR: Rule(_BEFORE_FINAL)},
    Action.APPROVE_RULEBOOK: {Role.APPROVER: Rule(_BEFORE_FINAL, not_author=True)},
    Action.SEE_STEPS: dict.fromkeys(Role, _ANY),
    Action.SEE_PROCEEDINGS: _STAFF,
    Action.PLAN_DAYS: {Role.EVALUATOR: _ANY},
    Action.PROPOSE_MOVE: {Role.EVALUATOR: _ANY},
    Action.APPROVE_MOVE: {Role.APPROVER: Rule(_ALWAYS, not_author=True)},
    Action.WITHDRAW_PROPOSAL: {Role.EVALUATOR: Rule(_ALWAYS, author=True)},
    Action.BRIEF_EXECUTIVES: {Role.APPROVER: Rule(_SHOWN)},
    Action.SIGN_RELEASE: {Role.EVALUATOR: Rule(_ENDED), Role.APPROVER: Rule(_ENDED)},
    Action.FILE_REQUEST: {Role.DEPARTMENT: Rule(_in(State.COLLECTING, State.APPEALS), own_unit=_ALWAYS)},
    Action.PROPOSE_LEDGER: {Role.EVALUATOR: Rule(_BEFORE_FINAL)},
    Action.SEE_REQUEST: {**_STAFF, Role.DEPARTMENT: Rule(_ALWAYS, own_unit=_ALWAYS)},
    Action.ANSWER_REQUEST: {Role.EVALUATOR: Rule(_BEFORE_FINAL, not_author=True)},
    Action.DECIDE_REQUEST: {Role.APPROVER: Rule(_BEFORE_FINAL, not_author=True)},
    Action.SEE_PANEL: {role: _ANY for role in Role if role is not Role.ADMINISTRATOR},
    Action.GIVE_MARKS: {
        role: Rule(_in(State.COLLECTING, State.PROVISIONAL, State.REVIEW))
        for role in (Role.EVALUATOR, Role.APPROVER, Role.EXECUTIVE, Role.DEPARTMENT)
    },
    Action.MANAGE_PANEL: {Role.EVALUATOR: Rule(_BEFORE_FINAL)},
    Action.SEE_AUDIT: {Role.AUDITOR: _ANY},
    Action.MANAGE_ACCOUNTS: {Role.ADMINISTRATOR: _ANY},
    Action.BACK_UP: {Role.ADMINISTRATOR: _ANY},
}
"""Action -> role -> when. Who is not named may not."""


def can(person: Person | None, action: Action, thing: Thing = NOTHING, state: State = State.COLLECTING) -> bool:
    """Whether somebody may do something.

    Args:
        person: who; None is a stranger, who may nothing.
        action: what they want to do.
        thing: what it is about.
        state: the step its evaluation has reached; for what belongs to none, the first.
    """
    rule = RULES[action].get(person.role) if person is not None else None
    return rule is not None and person is not None and rule.allows(person, thing, state)


def may_ever(person: Person | None, action: Action) -> bool:
    """Whether there is a step at which somebody may do something, if only for their own department: worth a link."""
    if person is None:
        return False
    things = [Thing(person.unit_id, author, briefed=True) for author in (None, person.account_id)]
    return any(can(person, action, thing, state) for thing in things for state in State)


def may_anybody(action: Action, state: State) -> bool:
    """Whether there is a role that may do something at a step, if only for some department."""
    return any(state in rule.states for rule in RULES[action].values())


@dataclass(frozen=True, slots=True)
class Scope:
    """What one reader may see of a release.

    Attributes:
        role: what the reader is to the evaluation.
        unit_ids: the departments whose figures the reader may see by name; None is every department.
            Figures of the whole body and of a peer group as a whole (totals, medians) are not narrowed.
        record_unit_ids: likewise, those whose records the reader may see.
    """

    role: Role
    unit_ids: frozenset[str] | None
    record_unit_ids: frozenset[str] | None

    @classmethod
    def everything(cls) -> Scope:
        """Every department: what an evaluator sees."""
        return cls(Role.EVALUATOR, None, None)

    @classmethod
    def only(cls, unit_ids: Iterable[str]) -> Scope:
        """Some departments and their records: what one of them sees before results are published."""
        own = frozenset(unit_ids)
        return cls(Role.DEPARTMENT, own, own)

    def may_see(self, unit_id: str) -> bool:
        """Whether the department's figures may be shown by its name."""
        return self.unit_ids is None or unit_id in self.unit_ids

    def may_see_records(self, unit_id: str) -> bool:
        """Whether the records behind the department's figures may be shown."""
        return self.record_unit_ids is None or unit_id in self.record_unit_ids

    def may_see_together(self, unit_ids: Iterable[str]) -> bool:
        """Whether a figure made of these departments together, without their names, tells of none in particular."""
        others = sum(not self.may_see(unit_id) for unit_id in unit_ids)
        return others == 0 or others >= FEWEST_OTHERS

    @property
    def key(self) -> str:
        """Names the scope in a cache: equal for equal scopes, different for different ones."""
        sets = (self.unit_ids, self.record_unit_ids)
        return ":".join([self.role, *("*" if one is None else " ".join(sorted(one)) for one in sets)])


def scope_of(person: Person | None, state: State, briefed: bool = False) -> Scope | None:
    """What somebody may see of a release in this state; None is nothing at all.

    Once a release is published everybody who is signed in may see every department's figures, and a department still
    its own records alone.
    """
    whole = Thing(briefed=briefed)
    if person is None or not can(person, Action.SEE_BODY, whole, state):
        return None
    return Scope(
        person.role,
        _units(person, Action.SEE_UNIT, whole, state),
        _units(person, Action.SEE_RECORDS, whole, state),
    )


def _units(person: Person, action: Action, whole: Thing, state: State) -> frozenset[str] | None:
    """The departments the action may be about; None is all of them."""
    if can(person, action, whole, state):
        return None
    own = Thing(person.unit_id, briefed=whole.briefed)
    return frozenset({person.unit_id} if person.unit_id and can(person, action, own, state) else ())
