"""Whoever edits the tables by hand is found out by the log, which tells what was done."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from dashboard.access import State
from dashboard.workflow.agreement import disagreements
from dashboard.workflow.chain import verify
from dashboard.workflow.store import Store
from tests.commands.terminal import jipyo
from tests.workflow.asking import Town
from tests.workflow.stepping import Year


@pytest.fixture
def year(store: Store, tmp_path: Path) -> Year:
    """An evaluation that came as far as its review, each step by two people."""
    (tmp_path / "releases").mkdir()
    return Year(store, tmp_path / "releases", 2021).open().walk_to(State.REVIEW)


def found(store: Store) -> list[str]:
    with store.read() as session:
        return [fault.code for fault in disagreements(session)]


def edit(store: Store, *statements: str) -> None:
    with store.engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def test_what_people_did_agrees_with_the_log(year: Year) -> None:
    assert found(year.store) == []
    year.move(State.APPEALS)
    assert found(year.store) == []


BY_HAND = {
    "another weight": (["UPDATE rulebook_versions SET text = replace(text, 'weight = 1', 'weight = 9')"], "rules"),
    "another digest": (["UPDATE rulebook_versions SET digest = repeat_a"], "rules"),
    "a move the log does not know": (["UPDATE moves SET id = 99 WHERE id = 3"], "move"),
    "another release of a move": (["UPDATE moves SET release = '2021-bbbbbbbbbbbb' WHERE id = 1"], "move"),
    "another state": (["UPDATE evaluations SET state = 'published'"], "state"),
    "another release": (["UPDATE evaluations SET release = '2021-bbbbbbbbbbbb'"], "state"),
    "no moves at all": (["DELETE FROM moves"], "state"),
}


@pytest.mark.parametrize(("statements", "expected"), BY_HAND.values(), ids=BY_HAND)
def test_a_table_edited_by_hand_is_found_out_while_the_log_itself_holds(
    year: Year, statements: list[str], expected: str
) -> None:
    edit(year.store, *(one.replace("repeat_a", f"'{'a' * 64}'") for one in statements))
    assert f"table_other_{expected}" in found(year.store)
    with year.store.read() as session:
        assert verify(session).faults == ()


def test_words_and_verdicts_edited_by_hand_are_found_out(town: Town) -> None:
    at = town.decide(town.look(town.answer(town.file())))
    # The town was put to its step by hand.
    assert found(town.store) == ["table_other_state"]
    edit(town.store, "UPDATE request_remarks SET text = 'other' WHERE position = 2")
    assert found(town.store) == ["table_other_state", "table_other_words"]
    edit(town.store, "UPDATE requests SET verdict = 'refused'")
    assert found(town.store)[-1] == "table_other_verdict"
    assert town.request(at).verdict == "refused"


@pytest.mark.parametrize(("language", "said"), [("ko", "승인될 때의 것이 아닙니다"), ("en", "the log says was")])
def test_the_command_that_verifies_the_log_says_so(tmp_path: Path, language: str, said: str) -> None:
    town = Town(tmp_path / "state")
    (tmp_path / "releases").mkdir()
    Year(town.store, tmp_path / "releases", 2021).open()
    done = jipyo("verify", "--audit", JIPYO_STATE=str(tmp_path / "state"))
    assert done.code == 0, done.err
    edit(town.store, "UPDATE rulebook_versions SET text = 'x'")
    done = jipyo("verify", "--audit", language=language, JIPYO_STATE=str(tmp_path / "state"))
    assert (done.code, said in done.err) == (13, True)
