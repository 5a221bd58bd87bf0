"""The identity provider as the environment names it, and what its claims make of somebody."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from dashboard.access import Role
from dashboard.workflow import identity_signing_in
from dashboard.workflow.identity import IdentityProvider, vouched
from dashboard.workflow.identity_signing_in import LONGEST_WAY, IdentityRefused, come_back, set_out
from dashboard.workflow.store import Store
from dashboard.workflow.tables.accounts import OidcFlow
from etl.errors import UsageError

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
WHOLE = {
    "ISSUER": "https://login.example.go.kr/realms/staff",
    "CLIENT_ID": "jipyo",
    "ADDRESS": "https://jipyo.example.go.kr",
}


def read(monkeypatch: pytest.MonkeyPatch, **said: str) -> IdentityProvider | None:
    for name, value in said.items():
        monkeypatch.setenv(f"JIPYO_OIDC_{name}", value)
    return IdentityProvider.from_environment()


# The environment ------------------------------------------------------------------------------------------------------


def test_without_an_issuer_there_is_no_single_sign_on(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(monkeypatch, CLIENT_ID="jipyo", ROLES="{}") is None


def test_the_environment_says_everything(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("from the file\n")
    found = read(
        monkeypatch,
        **WHOLE,
        CLIENT_SECRET_FILE=str(secret),
        NAME="행정통합인증",
        ROLE_CLAIM="groups",
        ROLES='{"b": "auditor", "a": "evaluator"}',
        UNIT_CLAIM="dept",
        LINK="true",
    )
    assert found is not None
    assert (found.secret, found.named, found.link) == ("from the file", "행정통합인증", True)
    assert list(found.roles.items()) == [("b", Role.AUDITOR), ("a", Role.EVALUATOR)]


def test_the_secret_is_not_shown_with_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    found = read(monkeypatch, **WHOLE, CLIENT_SECRET="kept-to-itself")
    assert found is not None
    assert found.secret == "kept-to-itself"
    assert "kept-to-itself" not in f"{found!r} {found}"
    assert found.named == "login.example.go.kr"


UNUSABLE = [
    ({**WHOLE, "ISSUER": "http://login.example.go.kr"}, ["sso_not_https"]),
    ({**WHOLE, "ISSUER": "login.example.go.kr"}, ["sso_not_https"]),
    ({**WHOLE, "ISSUER": "http://127.0.0.1.example.go.kr"}, ["sso_not_https"]),
    ({**WHOLE, "ADDRESS": "http://jipyo.example.go.kr"}, ["sso_not_https"]),
    ({"ISSUER": WHOLE["ISSUER"]}, ["sso_setting_missing", "sso_setting_missing"]),
    ({"ISSUER": "http://127.0.0.1:9400"}, ["sso_setting_missing"]),
    ({**WHOLE, "LINK": "true"}, ["sso_setting_missing"]),
    ({**WHOLE, "ROLE_CLAIM": "groups"}, ["sso_setting_missing"]),
    ({**WHOLE, "CLIENT_SECRET": "a", "CLIENT_SECRET_FILE": "/nowhere"}, ["sso_two_secrets", "sso_file_unusable"]),
    ({**WHOLE, "CA_FILE": "/nowhere"}, ["sso_file_unusable"]),
    ({**WHOLE, "ROLES": "{"}, ["setting_refused"]),
    ({**WHOLE, "ROLES": '{"a": "king"}'}, ["setting_refused"]),
    ({**WHOLE, "LINK": "perhaps"}, ["setting_refused"]),
]


@pytest.mark.parametrize(("said", "codes"), UNUSABLE)
def test_what_cannot_be_meant_is_told_with_the_variables_name(
    monkeypatch: pytest.MonkeyPatch, said: dict[str, str], codes: list[str]
) -> None:
    with pytest.raises(UsageError) as error:
        read(monkeypatch, **said)
    assert [fault.code for fault in error.value.faults] == codes
    assert all(fault.where.startswith("JIPYO_OIDC_") for fault in error.value.faults)


@pytest.mark.parametrize("address", ["http://127.0.0.1:9400", "http://localhost:9400", "http://[::1]:9400"])
def test_on_this_machine_a_provider_may_do_without_tls(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    assert read(monkeypatch, ISSUER=address, CLIENT_ID="jipyo") is not None


# Claims ---------------------------------------------------------------------------------------------------------------

ROLES = {"admins": "administrator", "evaluators": "evaluator", "staff": "department"}


def provider(**said: Any) -> IdentityProvider:
    roles = json.dumps(ROLES)
    return IdentityProvider(
        **{"issuer": "https://id.example", "client_id": "jipyo", "role_claim": "groups", "roles": roles, **said}
    )


ROLES_FOUND: list[tuple[str, dict[str, Any], Role | None]] = [
    ("groups", {"groups": "staff"}, Role.DEPARTMENT),
    ("groups", {"groups": ["x", "staff"]}, Role.DEPARTMENT),
    ("groups", {"groups": ["staff", "evaluators"]}, Role.EVALUATOR),
    ("groups", {"groups": ["Staff"]}, None),
    ("groups", {"groups": ["staff "]}, Role.DEPARTMENT),
    ("groups", {"groups": {"staff": True}}, None),
    ("groups", {"groups": None}, None),
    ("groups", {}, None),
    ("realm_access.roles", {"realm_access": {"roles": ["admins"]}}, Role.ADMINISTRATOR),
    ("realm_access.roles", {"realm_access": ["admins"]}, None),
    ("https://example/roles", {"https://example/roles": ["staff"]}, Role.DEPARTMENT),
    ("a.b", {"a.b": "staff", "a": {"b": "admins"}}, Role.DEPARTMENT),
]


@pytest.mark.parametrize(("claim", "claims", "role"), ROLES_FOUND)
def test_the_first_role_of_the_map_that_somebody_has_counts(
    claim: str, claims: dict[str, Any], role: Role | None
) -> None:
    assert vouched(provider(role_claim=claim), {"sub": "1", **claims}).role is role


UNITS: list[tuple[Any, str | None]] = [("A1", "A1"), (["A1"], "A1"), (" A1 ", "A1"), (["A1", "B2"], None), (7, None)]


@pytest.mark.parametrize(("value", "unit"), UNITS)
def test_a_department_is_one_or_none(value: Any, unit: str | None) -> None:
    assert vouched(provider(unit_claim="dept"), {"sub": "1", "dept": value}).unit_id == unit


def test_a_department_the_settings_do_not_ask_for_is_not_read() -> None:
    assert vouched(provider(), {"sub": "1", "dept": "A1", "unit": "A1"}).unit_id is None


WITH_UNITS = provider(unit_claim="dept")


@given(
    st.dictionaries(
        st.sampled_from(["groups", "dept", "name", "email", "preferred_username"]),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=2),
            max_leaves=4,
        ),
    )
)
def test_whatever_the_claims_hold_nobody_has_a_role_that_none_of_them_names(claims: dict[str, Any]) -> None:
    found = vouched(WITH_UNITS, {"sub": "1", **claims})
    assert found.login
    assert found.name
    assert found.role is None or any(value in json.dumps(claims) for value in ROLES)


# There and back -------------------------------------------------------------------------------------------------------


def why(store: Store, state: str, browser: str, now: datetime) -> str:
    with pytest.raises(IdentityRefused) as refused:
        come_back(store, state, browser, "127.0.0.1", now)
    return refused.value.why


def test_a_way_ends_once_within_ten_minutes(store: Store) -> None:
    way = set_out(store, "/ranking", "127.0.0.1", NOW)
    assert come_back(store, way.state, way.browser, "127.0.0.1", NOW + LONGEST_WAY) == way
    assert why(store, way.state, way.browser, NOW) == "expired"


@pytest.mark.parametrize("late", [LONGEST_WAY + timedelta(seconds=1), timedelta(days=1)])
def test_a_way_that_took_too_long_leads_nowhere(store: Store, late: timedelta) -> None:
    way = set_out(store, "/", "127.0.0.1", NOW)
    assert why(store, way.state, way.browser, NOW + late) == "expired"


def test_a_way_of_another_browser_leads_nowhere_and_is_over(store: Store) -> None:
    way = set_out(store, "/", "127.0.0.1", NOW)
    assert why(store, way.state, "another", NOW) == "expired"
    assert why(store, way.state, way.browser, NOW) == "expired"


def test_neither_state_nor_the_browsers_secret_is_kept_as_it_is(store: Store) -> None:
    way = set_out(store, "/", "127.0.0.1", NOW)
    with store.read() as session:
        (kept,) = session.scalars(select(OidcFlow))
    assert not {way.state, way.browser} & {str(value) for value in vars(kept).values()}


def test_those_who_never_came_back_are_forgotten(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def kept() -> int:
        with store.read() as session:
            return session.scalar(select(func.count()).select_from(OidcFlow)) or 0

    monkeypatch.setattr(identity_signing_in, "_MOST_ON_THEIR_WAY", 3)
    for minute in range(5):
        set_out(store, "/", "127.0.0.1", NOW + timedelta(seconds=minute))
    assert kept() <= 4
    newest = set_out(store, "/", "127.0.0.1", NOW + timedelta(hours=1))
    assert kept() == 1
    assert come_back(store, newest.state, newest.browser, "127.0.0.1", NOW + timedelta(hours=1)) == newest
