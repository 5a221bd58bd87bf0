"""Drafts: whose they are, how long they stay, and that a form sent leaves none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.access import Role
from dashboard.workflow.accounts import NewAccount, add_account
from dashboard.workflow.drafts import KEPT_FOR, LONGEST, Kept, draft_of, drop_draft, keep_draft
from dashboard.workflow.settings import Settings
from dashboard.workflow.store import Store
from tests.workflow.asking import TERMINAL

NOW = datetime(2022, 2, 7, 3, tzinfo=UTC)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return Store.open(Settings(state=tmp_path_factory.mktemp("state")))


def account(store: Store, login: str) -> str:
    with store.write() as session:
        return add_account(session, TERMINAL, NewAccount(login, login, Role.EVALUATOR, None)).id


def test_a_draft_is_read_by_its_writer_alone_until_it_is_dropped(store: Store) -> None:
    one, other = account(store, "one"), account(store, "other")
    with store.write() as session:
        keep_draft(session, one, "file 2021", {"text": "쓰던 글", "recused": True}, NOW)
    with store.read() as session:
        assert draft_of(session, one, "file 2021") == Kept({"text": "쓰던 글", "recused": True}, NOW)
        assert draft_of(session, other, "file 2021") == draft_of(session, one, "file 2020") == Kept()
    with store.write() as session:
        drop_draft(session, one, "file 2021")
        assert draft_of(session, one, "file 2021") == Kept()


def test_nothing_in_a_form_is_no_draft_and_too_much_is_not_kept(store: Store) -> None:
    one = account(store, "empties")
    with store.write() as session:
        keep_draft(session, one, "a", {"text": "글"}, NOW)
        keep_draft(session, one, "a", {"text": "길" * LONGEST}, NOW)
        assert draft_of(session, one, "a").fields == {"text": "글"}
        keep_draft(session, one, "a", {}, NOW)
        assert draft_of(session, one, "a") == Kept()


def test_a_draft_nobody_touched_for_long_goes_with_the_next_one_kept(store: Store) -> None:
    one = account(store, "forgetful")
    with store.write() as session:
        keep_draft(session, one, "old", {"text": "옛 글"}, NOW - KEPT_FOR - timedelta(seconds=1))
        keep_draft(session, one, "still", {"text": "글"}, NOW - KEPT_FOR)
        keep_draft(session, one, "new", {"text": "새 글"}, NOW)
        session.expire_all()
        assert [draft_of(session, one, place).at is None for place in ("old", "still", "new")] == [True, False, False]


@pytest.fixture(scope="module")
def writer(store: Store) -> str:
    return account(store, "writer")


@given(st.dictionaries(st.text(min_size=1, max_size=20), st.text(max_size=200) | st.booleans(), min_size=1, max_size=5))
def test_what_was_typed_comes_back_to_the_letter(store: Store, writer: str, fields: dict[str, str | bool]) -> None:
    with store.write() as session:
        keep_draft(session, writer, "any", fields, NOW)
    with store.read() as session:
        assert draft_of(session, writer, "any").fields == fields
