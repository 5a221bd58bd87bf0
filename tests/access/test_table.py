"""The permission table is whole, and nobody but it decides by role."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.access import (
    RULES,
    Action,
    Person,
    Role,
    Scope,
    State,
    Thing,
    can,
    may_ever,
    scope_of,
)
from dashboard.address import ACTION_OF, PAGES
from etl.insight.spread import FEWEST_OTHERS

DECIDING = ("access.py", "workflow/")
"""Below `dashboard`: the table, and what keeps accounts and writes the log."""
OWN, OTHER = "U03", "CANARY-7"
MEMBER = Person("m", "부서 담당자", Role.DEPARTMENT, OWN)


def somebody(role: Role) -> Person:
    return Person("a", "somebody", role, OWN if role is Role.DEPARTMENT else None)


# The table -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("action", Action)
def test_every_action_is_in_the_table_and_somebody_may_do_it(action: Action) -> None:
    assert RULES[action]
    assert any(may_ever(somebody(role), action) for role in Role)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_says_which_action_opens_it(project: Path, page: str) -> None:
    assert set(ACTION_OF) == set(PAGES)
    assert (project / f"dashboard/pages/{page}.py").is_file()


def test_every_rule_names_states_in_which_it_holds() -> None:
    for action, rules in RULES.items():
        for role, rule in rules.items():
            assert rule.states or rule.briefed, (action, role)
            assert rule.own_unit <= frozenset(State), (action, role)


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("state", State)
def test_a_stranger_may_nothing(action: Action, state: State) -> None:
    assert not can(None, action, Thing(OWN), state)
    assert not may_ever(None, action)
    assert scope_of(None, state, briefed=True) is None


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.EXECUTIVE, Role.AUDITOR])
def test_whoever_administers_looks_or_audits_moves_no_result(role: Role) -> None:
    changing = (
        *(Action.MANAGE_RECORDS, Action.EVALUATE, Action.PROPOSE_RULEBOOK, Action.APPROVE_RULEBOOK),
        *(Action.PROPOSE_MOVE, Action.APPROVE_MOVE, Action.SIGN_RELEASE, Action.ANSWER_REQUEST, Action.DECIDE_REQUEST),
    )
    assert not [action for action in changing if may_ever(somebody(role), action)]


def test_nobody_approves_what_they_proposed() -> None:
    approver = somebody(Role.APPROVER)
    for action in (Action.APPROVE_RULEBOOK, Action.APPROVE_MOVE, Action.DECIDE_REQUEST):
        for state in State:
            assert not can(approver, action, Thing(author=approver.account_id), state)
        assert can(approver, action, Thing(author="somebody else"), State.COLLECTING)


# The scope -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", State)
def test_a_department_sees_itself_first_and_everybodys_figures_once_published(state: State) -> None:
    scope = scope_of(MEMBER, state)
    if state is State.COLLECTING:
        assert scope is None
        return
    assert scope is not None
    assert scope.may_see(OWN)
    assert scope.may_see_records(OWN)
    assert scope.may_see(OTHER) == (state is State.PUBLISHED)
    assert not scope.may_see_records(OTHER)


@pytest.mark.parametrize(
    ("role", "states"),
    [
        (Role.ADMINISTRATOR, {State.PUBLISHED}),
        (Role.EXECUTIVE, {State.FINAL, State.PUBLISHED}),
        (Role.EVALUATOR, set(State)),
        (Role.APPROVER, set(State)),
        (Role.AUDITOR, set(State)),
    ],
)
def test_the_others_see_every_department_or_nothing(role: Role, states: set[State]) -> None:
    for state in State:
        scope = scope_of(somebody(role), state)
        assert (scope is not None) == (state in states)
        assert scope is None or scope.may_see(OTHER)


def test_a_briefed_executive_sees_what_is_not_final_yet() -> None:
    assert scope_of(somebody(Role.EXECUTIVE), State.REVIEW) is None
    assert scope_of(somebody(Role.EXECUTIVE), State.REVIEW, briefed=True) is not None
    assert scope_of(MEMBER, State.COLLECTING, briefed=True) is None


def test_a_member_without_a_department_sees_no_department() -> None:
    lost = Person("m", "부서 담당자", Role.DEPARTMENT, None)
    scope = scope_of(lost, State.APPEALS)
    assert scope is not None
    assert scope.unit_ids == scope.record_unit_ids == frozenset()


@given(own=st.integers(0, 3), others=st.integers(0, 12))
def test_a_figure_of_a_group_needs_five_others_or_none(own: int, others: int) -> None:
    scope = Scope(Role.DEPARTMENT, frozenset(f"own {at}" for at in range(own)), frozenset())
    group = [*(f"own {at}" for at in range(own)), *(f"other {at}" for at in range(others))]
    assert scope.may_see_together(group) == (others == 0 or others >= FEWEST_OTHERS)
    assert Scope.everything().may_see_together(group)


# Nobody else decides -------------------------------------------------------------------------------------------------


def modules(project: Path) -> Iterator[tuple[str, ast.Module]]:
    for path in sorted((project / "dashboard").rglob("*.py")):
        name = path.relative_to(project / "dashboard").as_posix()
        if not name.startswith(DECIDING):
            yield name, ast.parse(path.read_text(encoding="utf-8"))


def decides_by_role(tree: ast.Module) -> list[int]:
    """The lines that name a role, or compare one."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Role":
            found.append(node.lineno)
        if isinstance(node, ast.Compare):
            compared = [node.left, *node.comparators]
            found += [one.lineno for one in compared if isinstance(one, ast.Attribute) and one.attr == "role"]
    return found


@pytest.mark.parametrize(
    "source", ["x = Role.AUDITOR", "if person.role == 'auditor': pass", "y = 'auditor' in (a,) or b is signed.role"]
)
def test_a_decision_by_role_is_noticed(source: str) -> None:
    assert decides_by_role(ast.parse(source))


def test_no_page_frame_or_gate_decides_by_role(project: Path) -> None:
    found = {name: lines for name, tree in modules(project) if (lines := decides_by_role(tree))}
    assert found == {}
