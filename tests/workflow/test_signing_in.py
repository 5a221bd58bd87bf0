"""Signing in, locks, time-outs and signing out, at moments the tests choose."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from dashboard.access import Role
from dashboard.workflow import accounts, signing_in
from dashboard.workflow.accounts import NewAccount, add_account, find_account, password_matches
from dashboard.workflow.audit import Actor
from dashboard.workflow.demonstration import SHOWN, prepare
from dashboard.workflow.sessions import digest_of, look_up
from dashboard.workflow.settings import Settings
from dashboard.workflow.signing_in import (
    ADDRESS_FAILURES,
    ADDRESS_WINDOW,
    FAILURES,
    Attempt,
    DatabaseAway,
    SignInRefused,
    answers,
    change_password,
    find_signed,
    lock_after,
    sign_in,
    sign_out,
    stay,
    why_ended,
)
from dashboard.workflow.store import Store
from dashboard.workflow.tables.accounts import Account
from dashboard.workflow.tables.audit import AuditEntry
from etl.errors import UsageError

PASSWORD = "고양이 세 마리와 강"
NOON = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
TERMINAL = Actor(None, "terminal", "tester")


class Place:
    """A database with one evaluator who has a password."""

    def __init__(self, state: Path) -> None:
        self.settings = Settings(state=state)
        self.store = Store.open(self.settings)
        with self.store.write() as session:
            new = NewAccount("evaluator", "평가 담당자", Role.EVALUATOR, password=PASSWORD)
            add_account(session, TERMINAL, new)

    def enter(
        self,
        password: str = PASSWORD,
        at: datetime = NOON,
        login: str = "evaluator",
        address: str = "10.0.0.1",
        digest: str | None = None,
    ) -> str:
        return sign_in(self.store, self.settings, Attempt(login, password, address, digest), at)

    def fail(self, times: int, at: datetime = NOON, login: str = "evaluator", address: str = "10.0.0.1") -> None:
        for _ in range(times):
            with pytest.raises(SignInRefused):
                self.enter("not the password", at, login, address)

    def stands(self, token: str, at: datetime) -> bool:
        with self.store.read() as session:
            return look_up(session, digest_of(token), self.settings, at) is not None

    def logged(self) -> list[tuple[str, str, str]]:
        with self.store.read() as session:
            found = session.scalars(select(AuditEntry).order_by(AuditEntry.number)).all()
        return [(entry.action, entry.outcome, entry.detail) for entry in found][1:]


@pytest.fixture
def place(tmp_path: Path, cheap_hashes: None) -> Iterator[Place]:
    opened = Place(tmp_path)
    yield opened
    opened.store.close()


def test_who_knows_the_password_is_signed_in_and_the_log_says_so(place: Place) -> None:
    token = place.enter()
    assert place.stands(token, NOON)
    assert place.logged() == [("signed_in", "done", '{"way":"password"}')]


def test_the_token_itself_is_kept_nowhere(place: Place) -> None:
    token = place.enter(at=datetime.now(UTC))
    place.store.close()
    kept = b"".join(file.read_bytes() for file in place.settings.state.iterdir())
    assert token.encode() not in kept
    assert digest_of(token).encode() in kept


@pytest.mark.parametrize("why", ["unknown", "wrong", "closed", "locked"])
def test_whoever_is_refused_hears_the_same_and_costs_one_hash(
    place: Place, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    if why == "locked":
        place.fail(FAILURES)
    if why == "closed":
        with place.store.write() as session:
            account = find_account(session, "evaluator")
            assert account is not None
            account.active = False
    hashed: list[str | None] = []

    def count(password_hash: str | None, password: str) -> bool:
        hashed.append(password_hash)
        return password_matches(password_hash, password)

    monkeypatch.setattr(signing_in, "password_matches", count)
    login, password = ("nobody" if why == "unknown" else "evaluator"), ("wrong" if why == "wrong" else PASSWORD)
    with pytest.raises(SignInRefused) as refused:
        place.enter(password, login=login)
    assert refused.value.why == "wrong"
    assert len(hashed) == 1


def test_nobody_hash_is_as_dear_as_a_real_one() -> None:
    parameters = {text.rsplit("$", 2)[0] for text in (accounts._nobodys(), accounts.hash_password("any"))}
    assert len(parameters) == 1
    assert "argon2id" in parameters.pop()


def test_the_log_holds_no_password_and_no_login_that_is_none(place: Place) -> None:
    typed = "typed into the wrong field"
    place.fail(1, login=typed)
    place.fail(1)
    with place.store.read() as session:
        entries = session.scalars(select(AuditEntry)).all()
        told = " ".join(f"{entry.about} {entry.detail} {entry.person}" for entry in entries)
    assert typed not in told
    assert "not the password" not in told
    assert PASSWORD not in told


def test_five_failures_lock_the_account_even_for_the_right_password(place: Place) -> None:
    place.fail(FAILURES - 1)
    place.enter()
    place.fail(FAILURES)
    with pytest.raises(SignInRefused):
        place.enter(at=NOON + MINUTE - timedelta(seconds=1))
    assert place.stands(place.enter(at=NOON + MINUTE), NOON + MINUTE)
    assert ("account_locked", "done", '{"failures":5,"minutes":1}') in place.logged()


def test_each_failure_after_a_lock_doubles_it(place: Place) -> None:
    place.fail(FAILURES)
    at = NOON
    for minutes in (1, 2, 4):
        with pytest.raises(SignInRefused):
            place.enter(at=at + minutes * MINUTE - timedelta(seconds=1))
        at += minutes * MINUTE
        place.fail(1, at)
    with pytest.raises(SignInRefused):
        place.enter(at=at + 8 * MINUTE - timedelta(seconds=1))
    place.enter(at=at + 8 * MINUTE)


@given(st.integers(FAILURES, 500))
def test_a_lock_grows_and_ends_within_the_hour(failures: int) -> None:
    assert MINUTE <= lock_after(failures) <= lock_after(failures + 1) <= timedelta(hours=1)


def test_what_is_tried_during_a_lock_does_not_lengthen_it(place: Place) -> None:
    place.fail(FAILURES)
    place.fail(3, NOON + MINUTE / 2)
    place.enter(at=NOON + MINUTE)


def test_an_address_that_fails_often_is_heard_no_more_for_a_while(place: Place) -> None:
    place.fail(ADDRESS_FAILURES, login="nobody")
    entries = len(place.logged())
    with pytest.raises(SignInRefused) as refused:
        place.enter()
    assert refused.value.why == "too_many"
    assert len(place.logged()) == entries
    place.enter(address="10.0.0.2")
    place.enter(at=NOON + ADDRESS_WINDOW)


def test_an_address_begins_anew_after_its_window(place: Place) -> None:
    place.fail(ADDRESS_FAILURES - 1, login="nobody")
    place.fail(ADDRESS_FAILURES - 1, NOON + ADDRESS_WINDOW, login="nobody")
    place.enter(at=NOON + ADDRESS_WINDOW)


def test_a_lock_that_comes_while_the_hash_is_computed_counts(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    def lock_meanwhile(password_hash: str | None, password: str) -> bool:
        monkeypatch.setattr(signing_in, "password_matches", password_matches)
        place.fail(FAILURES)
        return password_matches(password_hash, password)

    monkeypatch.setattr(signing_in, "password_matches", lock_meanwhile)
    with pytest.raises(SignInRefused):
        place.enter()


def test_the_session_a_browser_had_ends_when_another_begins(place: Place) -> None:
    first = place.enter()
    second = place.enter(digest=digest_of(first))
    assert first != second
    assert not place.stands(first, NOON)
    assert place.stands(second, NOON)


TIMES = {
    "still there": (timedelta(minutes=10), True),
    "idle": (timedelta(minutes=10, seconds=1), False),
}


@pytest.mark.parametrize(("later", "stands"), TIMES.values(), ids=list(TIMES))
def test_a_session_ends_when_nobody_does_anything(place: Place, later: timedelta, stands: bool) -> None:
    token = place.enter()
    assert place.stands(token, NOON + later) is stands
    if not stands:
        assert why_ended(place.store, place.settings, digest_of(token), NOON + later) == "idle"


def test_a_session_ends_after_its_hours_whatever_is_done(place: Place) -> None:
    token, now = place.enter(), NOON
    while now - NOON <= place.settings.longest:
        with place.store.read() as session:
            signed = look_up(session, digest_of(token), place.settings, now)
        assert signed is not None
        stay(place.store, signed, now)
        now += timedelta(minutes=9)
    assert not place.stands(token, now)
    assert why_ended(place.store, place.settings, digest_of(token), now) == "limit"


def test_being_there_is_written_at_most_every_half_minute(place: Place) -> None:
    digest = digest_of(place.enter())
    for seconds, seen in ((29, NOON), (30, NOON + timedelta(seconds=30))):
        with place.store.read() as session:
            signed = look_up(session, digest, place.settings, NOON)
        assert signed is not None
        stay(place.store, signed, NOON + timedelta(seconds=seconds))
        with place.store.read() as session:
            again = look_up(session, digest, place.settings, NOON)
        assert again is not None
        assert again.seen_at == seen


def test_sessions_that_ran_out_are_taken_away_and_logged_at_the_next_sign_in(place: Place) -> None:
    token = place.enter()
    place.enter(at=NOON + timedelta(minutes=11))
    assert ("signed_out", "done", '{"why":"idle"}') in place.logged()
    assert why_ended(place.store, place.settings, digest_of(token)) == "ended"


@pytest.mark.parametrize("everywhere", [False, True])
def test_signing_out_ends_one_session_or_all(place: Place, everywhere: bool) -> None:
    here, there = place.enter(), place.enter()
    with place.store.read() as session:
        signed = look_up(session, digest_of(here), place.settings, NOON)
    assert signed is not None
    sign_out(place.store, signed, "10.0.0.1", everywhere=everywhere)
    assert not place.stands(here, NOON)
    assert place.stands(there, NOON) is not everywhere
    assert place.logged()[-1] == ("signed_out", "done", f'{{"everywhere":{str(everywhere).lower()}}}')


def signed_in_now(place: Place) -> str:
    return digest_of(place.enter(at=datetime.now(UTC)))


def test_a_changed_password_ends_every_session_and_begins_a_new_one(place: Place) -> None:
    other, digest = place.enter(at=datetime.now(UTC)), signed_in_now(place)
    signed = find_signed(place.store, place.settings, digest)
    assert signed is not None
    token = change_password(place.store, signed, PASSWORD, "다른 문장 하나 더 길게", "10.0.0.1")
    assert find_signed(place.store, place.settings, digest) is None
    assert find_signed(place.store, place.settings, digest_of(other)) is None
    assert find_signed(place.store, place.settings, digest_of(token)) is not None
    assert place.logged()[-1][0] == "password_changed"
    with pytest.raises(SignInRefused):
        place.enter()


REFUSED_PASSWORDS = {
    "too short": (PASSWORD, "short", "password_length"),
    "the login": (PASSWORD, "EVALUATOR ", "password_is_login"),
    "the same": (PASSWORD, PASSWORD, "password_unchanged"),
    "the old one is wrong": ("no, not this one", "다른 문장 하나 더 길게", "password_wrong"),
}


@pytest.mark.parametrize(("old", "new", "code"), REFUSED_PASSWORDS.values(), ids=list(REFUSED_PASSWORDS))
def test_a_password_that_cannot_be_taken_changes_nothing(place: Place, old: str, new: str, code: str) -> None:
    digest = signed_in_now(place)
    signed = find_signed(place.store, place.settings, digest)
    assert signed is not None
    with pytest.raises(UsageError) as refused:
        change_password(place.store, signed, old, new, "10.0.0.1")
    assert code in [fault.code for fault in refused.value.faults]
    assert find_signed(place.store, place.settings, digest) is not None
    place.enter(at=datetime.now(UTC))


def test_guessing_the_old_password_locks_as_signing_in_does(place: Place) -> None:
    signed = find_signed(place.store, place.settings, signed_in_now(place))
    assert signed is not None
    for _ in range(FAILURES):
        with pytest.raises(UsageError):
            change_password(place.store, signed, "not the password", "다른 문장 하나 더 길게", "10.0.0.1")
    with pytest.raises(UsageError):
        change_password(place.store, signed, PASSWORD, "다른 문장 하나 더 길게", "10.0.0.1")


def test_a_database_that_does_not_answer_is_told_from_nobody(tmp_path: Path) -> None:
    away = Store(f"sqlite:///{tmp_path / 'no such folder' / 'jipyo.db'}")
    assert not answers(away)
    with pytest.raises(DatabaseAway):
        find_signed(away, Settings(state=tmp_path), "0" * 64)


# The demonstration ----------------------------------------------------------------------------------------------------


def test_no_account_is_made_where_there_is_no_demonstration(tmp_path: Path) -> None:
    settings = Settings(state=tmp_path)
    store = Store.open(settings)
    assert prepare(store, settings, "127.0.0.1") == ()
    with store.read() as session:
        assert session.scalars(select(Account)).all() == []


@pytest.mark.usefixtures("cheap_hashes")
def test_a_demonstration_has_one_account_a_role_and_makes_each_once(tmp_path: Path) -> None:
    settings = Settings(state=tmp_path, demonstration=True)
    store = Store.open(settings)
    for _ in range(2):
        assert prepare(store, settings, "127.0.0.1") == SHOWN
    with store.read() as session:
        roles = sorted(account.role for account in session.scalars(select(Account)))
    assert roles == sorted(Role)
    for shown in SHOWN:
        sign_in(store, settings, Attempt(shown.login, shown.password, "127.0.0.1"))


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "jipyo.example"])
def test_a_demonstration_refuses_any_other_address(tmp_path: Path, host: str) -> None:
    settings = Settings(state=tmp_path, demonstration=True)
    with pytest.raises(UsageError) as refused:
        prepare(Store.open(settings), settings, host)
    assert refused.value.faults[0].code == "demonstration_in_public"


def test_a_demonstration_refuses_a_database_with_real_accounts(place: Place) -> None:
    settings = Settings(state=place.settings.state, demonstration=True)
    with pytest.raises(UsageError) as refused:
        prepare(place.store, settings)
    assert refused.value.faults[0].code == "demonstration_on_real_accounts"


@pytest.mark.usefixtures("cheap_hashes")
def test_shown_passwords_and_their_sessions_are_of_no_use_outside_the_demonstration(tmp_path: Path) -> None:
    shown, real = Settings(state=tmp_path, demonstration=True), Settings(state=tmp_path)
    store = Store.open(shown)
    prepare(store, shown)
    attempt = Attempt(SHOWN[0].login, SHOWN[0].password, "127.0.0.1")
    token = sign_in(store, shown, attempt)
    assert find_signed(store, shown, digest_of(token)) is not None
    assert find_signed(store, real, digest_of(token)) is None
    with pytest.raises(SignInRefused):
        sign_in(store, real, attempt)
