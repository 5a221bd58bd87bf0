"""Single sign-on against a provider that lies, fails or is not there: nobody is let in by it."""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc.jwk import RSAKey

from dashboard.access import Role
from dashboard.workflow.accounts import NewAccount
from tests.gate.lying import Liar, lying
from tests.gate.single_sign_on import Body, mapped, said


@pytest.fixture
def liar() -> Iterator[Liar]:
    with lying() as told:
        yield told


@pytest.fixture
def town(body: Callable[..., Body], liar: Liar) -> Body:
    """An installation that trusts the liar, with an account for the one it speaks of."""
    made = body(liar.issuer)
    made.add(NewAccount("eval01", "평가", Role.EVALUATOR, identity=(liar.issuer, "42")))
    return made


def test_the_liar_is_believed_while_it_tells_the_truth(town: Body, liar: Liar) -> None:
    assert town.come_back().status_code == 303
    (asked,) = liar.asked
    assert base64.b64decode(asked["authorization"][0].removeprefix("Basic ")) == b"jipyo:s3cret"
    assert asked["redirect_uri"] == ["http://127.0.0.1:8501/oidc/callback"]
    assert len(asked["code_verifier"][0]) >= 43


LIES: list[tuple[str, dict[str, Any]]] = [
    ("of another issuer", {"iss": "https://elsewhere.example"}),
    ("for another audience", {"aud": "another"}),
    ("for others besides, without saying who asked", {"aud": ["jipyo", "another"]}),
    ("asked for by another", {"aud": ["jipyo", "another"], "azp": "another"}),
    ("asked for by another alone", {"azp": "another"}),
    ("without an audience", {"aud": None}),
    ("expired", {"exp": 1}),
    ("without an end", {"exp": None}),
    ("of an end that is no number", {"exp": "9999999999"}),
    ("of the future", {"iat": 99999999999}),
    ("not valid yet", {"nbf": 99999999999}),
    ("without a nonce", {"nonce": None}),
    ("of another nonce", {"nonce": "another"}),
    ("of nobody", {"sub": None}),
    ("of an empty name", {"sub": ""}),
    ("of a name that is no text", {"sub": 42}),
]


@pytest.mark.parametrize("claims", [claims for _, claims in LIES], ids=[about for about, _ in LIES])
def test_an_id_token_that_says_what_it_must_not_lets_nobody_in(town: Body, liar: Liar, claims: dict[str, Any]) -> None:
    liar.claims = claims
    answer = town.come_back()
    assert (answer.status_code, town.signed()) == (403, None)
    assert "확인할 수 없어" in said(answer)
    assert json.loads(town.log()[-1].detail)["why"] == "untrue"


def test_who_asked_may_be_named_beside_several_audiences(town: Body, liar: Liar) -> None:
    liar.claims = {"aud": ["jipyo", "another"], "azp": "jipyo"}
    assert town.come_back().status_code == 303


def test_a_signature_of_another_key_under_the_same_name_is_noticed(town: Body, liar: Liar) -> None:
    liar.published, liar.key = [liar.key], RSAKey.generate_key(2048, parameters={"kid": "one"})
    assert (town.come_back().status_code, town.signed()) == (403, None)


def coded(told: bytes) -> str:
    return base64.urlsafe_b64encode(told).rstrip(b"=").decode()


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_a_token_is_signed_by_the_provider_and_not_by_nobody_or_with_what_everybody_knows(
    town: Body, liar: Liar, algorithm: str
) -> None:
    """With HS256 the public key would be the shared secret: the oldest trick against such tokens (RFC 8725, 2.1)."""
    asked = town.set_out()
    claims = {"iss": liar.issuer, "sub": "42", "aud": "jipyo", "exp": 99999999999, "iat": 1, "nonce": asked["nonce"]}
    header = {"alg": algorithm, "kid": "one"}
    told = f"{coded(json.dumps(header).encode())}.{coded(json.dumps(claims).encode())}"
    assert isinstance(liar.key, RSAKey)
    secret = liar.key.as_pem(private=False)
    signature = hmac.digest(secret, told.encode(), "sha256") if algorithm == "HS256" else b""
    liar.token = f"{told}.{coded(signature)}"
    liar.about = {"id_token_signing_alg_values_supported": ["HS256", "RS256", "none"]}
    answer = town.browser.get("/oidc/callback", params={"state": asked["state"], "code": "x"})
    assert (answer.status_code, town.signed()) == (403, None)
    assert json.loads(town.log()[-1].detail)["detail"] == "UnsupportedAlgorithmError"


def test_a_new_key_is_looked_up_but_not_more_than_once_a_minute(
    town: Body, liar: Liar, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert town.come_back().status_code == 303
    assert liar.looked == 1
    liar.key, liar.header = RSAKey.generate_key(2048, parameters={"kid": "two"}), {"alg": "RS256", "kid": "two"}
    assert town.come_back().status_code == 403
    assert liar.looked == 1, "looked at within the minute"
    monkeypatch.setattr("dashboard.gate.provider._AT_MOST_EVERY", 0.0)
    town.browser.cookies.clear()
    assert town.come_back().status_code == 303
    assert liar.looked == 2


def test_a_key_that_was_withdrawn_counts_no_longer_after_an_hour(
    town: Body, liar: Liar, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert town.come_back().status_code == 303
    liar.published = [RSAKey.generate_key(2048, parameters={"kid": "two"})]
    monkeypatch.setattr("dashboard.gate.provider._GOOD_FOR", 0.0)
    assert town.come_back().status_code == 403


ANSWERERS = [
    (False, None, 303),
    (False, "https://elsewhere.example", 403),
    (True, None, 403),
    (True, "https://elsewhere.example", 403),
]


@pytest.mark.parametrize(("must_say", "said_iss", "status"), ANSWERERS)
def test_an_answer_of_another_provider_that_was_mixed_in_is_noticed(
    town: Body, liar: Liar, must_say: bool, said_iss: str | None, status: int
) -> None:
    liar.about = {"authorization_response_iss_parameter_supported": must_say}
    assert town.come_back(iss=said_iss).status_code == status
    assert town.come_back(iss=liar.issuer).status_code == 303


AWAY: list[tuple[str, dict[str, Any]]] = [
    ("it says it is another", {"issuer": "https://elsewhere.example"}),
    ("codes would be sent in the clear", {"token_endpoint": "http://elsewhere.example/token"}),
    ("keys would come in the clear", {"jwks_uri": "http://elsewhere.example/jwks"}),
    ("people would be sent to a script", {"authorization_endpoint": "javascript:alert(1)"}),
    ("there is nowhere to go", {"authorization_endpoint": None}),
]


@pytest.mark.parametrize("about", [about for _, about in AWAY], ids=[name for name, _ in AWAY])
def test_a_provider_that_is_not_what_it_should_be_is_not_used(town: Body, liar: Liar, about: dict[str, Any]) -> None:
    liar.about = about
    answer = town.browser.get("/oidc/login")
    assert answer.status_code == 503
    assert "연결할 수 없습니다" in said(answer)
    assert liar.asked == []


def test_a_provider_that_fails_at_the_last_step_is_told_and_lets_nobody_in(town: Body, liar: Liar) -> None:
    liar.status = 500
    assert (town.come_back().status_code, town.signed()) == (503, None)
    liar.status, liar.token = 200, "not.a.token"
    assert (town.come_back().status_code, town.signed()) == (403, None)


def test_a_provider_that_is_not_there_is_told(body: Callable[..., Body]) -> None:
    with lying() as gone:
        issuer = gone.issuer
    town = body(issuer)
    assert town.browser.get("/oidc/login").status_code == 503
    assert town.browser.get("/oidc/leave").headers["location"].startswith("/signin")


def test_neither_token_nor_code_nor_secret_is_in_the_log_or_on_a_page(town: Body, liar: Liar) -> None:
    liar.claims = {"aud": "another", "secret_of_the_token": "kept-to-itself"}
    pages = [town.come_back().text, town.come_back(code="the-code-itself").text]
    liar.claims = {}
    assert town.come_back().status_code == 303
    kept = "".join(entry.detail + entry.about + entry.person for entry in town.log()) + "".join(pages)
    for hidden in ("kept-to-itself", "the-code-itself", "s3cret", "eyJ"):
        assert hidden not in kept


@pytest.mark.parametrize(
    ("offered", "sent"),
    [
        (["client_secret_post"], {"client_secret": ["s3cret"]}),
        (["private_key_jwt", "client_secret_basic"], {}),
    ],
)
def test_the_secret_is_sent_as_the_provider_takes_it(
    town: Body, liar: Liar, offered: list[str], sent: dict[str, list[str]]
) -> None:
    liar.about = {"token_endpoint_auth_methods_supported": offered}
    assert town.come_back().status_code == 303
    assert {key: value for key, value in liar.asked[0].items() if key == "client_secret"} == sent
    assert bool(liar.asked[0]["authorization"][0]) == (not sent)


def test_without_a_secret_the_code_is_bound_by_pkce_alone(body: Callable[..., Body], liar: Liar) -> None:
    town = body(liar.issuer, client_secret=None)
    town.come_back()
    assert liar.asked[0]["client_id"] == ["jipyo"]
    assert "code_verifier" in liar.asked[0]
    assert "client_secret" not in liar.asked[0]


def test_behind_tls_the_cookie_is_bound_to_this_host_and_the_address_is_the_one_that_is_set(
    body: Callable[..., Body], liar: Liar
) -> None:
    town = body(liar.issuer, address="https://jipyo.example.go.kr/")
    town.browser.client.base_url = httpx.URL("https://forged.example")
    answer = town.browser.get("/oidc/login")
    assert parse_qs(urlsplit(answer.headers["location"]).query)["redirect_uri"] == [
        "https://jipyo.example.go.kr/oidc/callback"
    ]
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-jipyo-oidc=")
    for word in ("HttpOnly", "Secure", "SameSite=lax", "Path=/", "Max-Age=600"):
        assert word in cookie
    assert "Domain" not in cookie


# What only the userinfo page tells -----------------------------------------------------------------------------------


@pytest.fixture
def mapping_town(body: Callable[..., Body], liar: Liar) -> Body:
    """An installation that takes role and department from claims, with an account for the one the liar speaks of."""
    made = body(liar.issuer, **mapped())
    made.add(NewAccount("eval01", "평가", Role.EVALUATOR, identity=(liar.issuer, "42")))
    return made


def test_a_role_the_id_token_lacks_is_read_from_userinfo(mapping_town: Body, liar: Liar) -> None:
    liar.userinfo = {"groups": ["staff"], "dept": "A1"}
    assert mapping_town.come_back().status_code == 303
    signed = mapping_town.signed()
    assert signed is not None
    assert (signed.person.role, signed.person.unit_id) == (Role.DEPARTMENT, "A1")
    assert liar.bearers == ["Bearer a"]


def test_what_is_signed_counts_before_what_userinfo_says(mapping_town: Body, liar: Liar) -> None:
    liar.claims, liar.userinfo = {"groups": ["staff"]}, {"groups": ["jipyo-admin"], "dept": "A1", "nonce": "x"}
    assert mapping_town.come_back().status_code == 303
    signed = mapping_town.signed()
    assert signed is not None
    assert (signed.person.role, signed.person.unit_id) == (Role.DEPARTMENT, "A1")


def test_userinfo_is_not_asked_where_the_id_token_says_everything(mapping_town: Body, liar: Liar) -> None:
    liar.claims, liar.userinfo = {"groups": ["jipyo-eval"], "dept": "A1"}, {"groups": ["jipyo-admin"]}
    assert mapping_town.come_back().status_code == 303
    assert liar.bearers == []


@pytest.mark.parametrize("sub", ["43", "", None, 42])
def test_userinfo_of_somebody_else_lets_nobody_in(mapping_town: Body, liar: Liar, sub: object) -> None:
    liar.userinfo = {"sub": sub, "groups": ["jipyo-admin"], "dept": "A1"}
    assert (mapping_town.come_back().status_code, mapping_town.signed()) == (403, None)
    assert json.loads(mapping_town.log()[-1].detail)["detail"] == "userinfo sub"


def test_a_userinfo_page_in_the_clear_is_not_asked(mapping_town: Body, liar: Liar) -> None:
    liar.userinfo = {"groups": ["jipyo-admin"], "dept": "A1"}
    liar.about = {"userinfo_endpoint": "http://elsewhere.example/userinfo"}
    assert (mapping_town.come_back().status_code, mapping_town.signed()) == (403, None)
    assert json.loads(mapping_town.log()[-1].detail)["why"] == "no_role"
