"""The body's identity provider over the network: its discovery document, its keys, a code against claims.

OpenID Connect Core 1.0 and Discovery 1.0; PKCE is RFC 7636, the issuer in the answer RFC 9207.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Mapping
from typing import Any, Final

import httpx
from authlib.oauth2.auth import ClientAuth
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri, prepare_token_request
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from dashboard.workflow.identity import IdentityProvider, is_safe, lacks_claims
from dashboard.workflow.identity_signing_in import IdentityRefused, Way

DISCOVERY: Final = "/.well-known/openid-configuration"
_PATIENCE: Final = 10.0
_LEEWAY: Final = 60
"""Seconds by which two clocks may differ."""
_AT_MOST_EVERY: Final = 60.0
"""Seconds between two looks at the provider's keys, so that strange tokens cannot make us its nuisance."""
_GOOD_FOR: Final = 3600.0
"""Seconds after which they are looked at in any case: a key that the provider has withdrawn counts no longer."""
_ALGORITHMS: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
"""Signatures that only the provider can make: no `none`, and none with a secret that we know too."""
_ENDPOINTS: Final = ("authorization_endpoint", "token_endpoint", "jwks_uri")
_METHODS: Final = ("client_secret_basic", "client_secret_post")


class Provider:
    """One identity provider; what it says of itself is kept for an hour, or until a key is unknown.

    Args:
        settings: of the environment.
    """

    def __init__(self, settings: IdentityProvider) -> None:
        self.settings = settings
        self._about: Mapping[str, Any] | None = None
        self._keys = KeySet([])
        self._fetched = 0.0
        self._verify = ssl.create_default_context(cafile=settings.ca_file)

    async def way_there(self, way: Way, redirect_uri: str) -> str:
        """Where to send a browser that sets out.

        Raises:
            IdentityRefused: the provider cannot be reached, or is not what it should be.
        """
        return str(
            prepare_grant_uri(
                (await self._metadata())["authorization_endpoint"],
                self.settings.client_id,
                "code",
                redirect_uri=redirect_uri,
                scope=self.settings.scope,
                state=way.state,
                nonce=way.nonce,
                code_challenge=create_s256_code_challenge(way.verifier),
                code_challenge_method="S256",
            )
        )

    async def way_out(self, redirect_uri: str) -> str | None:
        """Where a browser signs out of the provider; None where it has no such place.

        Raises:
            IdentityRefused: the provider cannot be reached, or is not what it should be.

        Source: OpenID Connect RP-Initiated Logout 1.0. The ID token is not kept, so `client_id` says who asks.
        """
        endpoint = (await self._metadata()).get("end_session_endpoint")
        if not isinstance(endpoint, str) or not is_safe(endpoint):
            return None
        asked = {"client_id": self.settings.client_id, "post_logout_redirect_uri": redirect_uri}
        return str(httpx.URL(endpoint).copy_merge_params(asked))

    async def claims(self, code: str, way: Way, redirect_uri: str) -> Mapping[str, Any]:
        """What the provider says of whoever brings a code: its ID token, and what only its userinfo page tells.

        Raises:
            IdentityRefused: the provider cannot be reached or refuses the code; its ID token is not to be believed, or
                its userinfo page speaks of somebody else.
        """
        told = await self._exchange(code, way, redirect_uri)
        try:
            claims = await self._verified(told["id_token"], way.nonce)
        except (JoseError, ValueError) as error:
            # The kind of fault alone: its words may quote the token.
            raise IdentityRefused("untrue", type(error).__name__) from None
        if not lacks_claims(self.settings, claims):
            return claims
        # What is signed counts before what is not.
        return {**await self._userinfo(told.get("access_token"), claims["sub"]), **claims}

    async def _userinfo(self, access_token: object, subject: str) -> Mapping[str, Any]:
        """What the provider's userinfo page says of somebody; nothing where it has none.

        Source: OpenID Connect Core 1.0, 5.3: its `sub` must be that of the ID token.
        """
        endpoint = (await self._metadata()).get("userinfo_endpoint")
        if not isinstance(endpoint, str) or not is_safe(endpoint) or not isinstance(access_token, str):
            return {}
        try:
            async with self._client() as client:
                said = await _json(client, endpoint, {"Authorization": f"Bearer {access_token}"})
        except (httpx.HTTPError, ValueError, TypeError) as error:
            raise IdentityRefused("away", type(error).__name__) from None
        if said.get("sub") != subject:
            raise IdentityRefused("untrue", "userinfo sub")
        return said

    async def check_answerer(self, said: str | None) -> None:
        """Whether the answer comes from this provider and not from another that was mixed in (RFC 9207).

        Args:
            said: the parameter `iss` of the answer; None where there is none.

        Raises:
            IdentityRefused: it does not.
        """
        must_say = (await self._metadata()).get("authorization_response_iss_parameter_supported") is True
        if said != self.settings.issuer and (said is not None or must_say):
            raise IdentityRefused("untrue", "iss")

    async def _exchange(self, code: str, way: Way, redirect_uri: str) -> Mapping[str, Any]:
        """What the provider gives for a code: an ID token, and mostly an access token."""
        about = await self._metadata()
        form = prepare_token_request(
            "authorization_code", redirect_uri=redirect_uri, code=code, code_verifier=way.verifier
        )
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        url, headers, form = self._sign(about).prepare("POST", about["token_endpoint"], headers, form)
        try:
            async with self._client() as client:
                answer = await client.post(url, content=form, headers=headers)
            told = answer.json()
        except (httpx.HTTPError, ValueError) as error:
            raise IdentityRefused("away", type(error).__name__) from None
        if not answer.is_success:
            raise IdentityRefused("away" if answer.is_server_error else "untrue", f"code {_error_in(told)}")
        if not isinstance(told, dict) or not isinstance(told.get("id_token"), str):
            raise IdentityRefused("untrue", "no ID token")
        return told

    async def _verified(self, token: str, nonce: str) -> Mapping[str, Any]:
        """The claims of an ID token after every check of OpenID Connect Core 1.0, 3.1.3.7."""
        about = await self._metadata()
        offered = about.get("id_token_signing_alg_values_supported", ["RS256"])
        algorithms = [name for name in _ALGORITHMS if name in offered]
        try:
            read = jwt.decode(token, self._keys, algorithms=algorithms)
        except InvalidKeyIdError:
            await self._fetch_again()
            read = jwt.decode(token, self._keys, algorithms=algorithms)
        ours = self.settings.client_id
        jwt.JWTClaimsRegistry(
            leeway=_LEEWAY,
            iss={"essential": True, "value": self.settings.issuer},
            sub={"essential": True},
            aud={"essential": True, "value": ours},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True, "value": nonce},
        ).validate(read.claims)
        party = read.claims.get("azp")
        if party != ours and (party is not None or read.claims["aud"] not in (ours, [ours])):
            raise IdentityRefused("untrue", "azp")
        return read.claims

    # What the provider says of itself ---------------------------------------------------------------------------------

    async def _metadata(self) -> Mapping[str, Any]:
        is_old = time.monotonic() - self._fetched >= _GOOD_FOR
        return await self._fetch() if self._about is None or is_old else self._about

    async def _fetch_again(self) -> None:
        if time.monotonic() - self._fetched >= _AT_MOST_EVERY:
            await self._fetch()

    async def _fetch(self) -> Mapping[str, Any]:
        self._fetched = time.monotonic()
        try:
            async with self._client() as client:
                about = await _json(client, self.settings.issuer.rstrip("/") + DISCOVERY)
                if about.get("issuer") != self.settings.issuer:
                    raise IdentityRefused("away", "another issuer")
                if not all(is_safe(str(about.get(endpoint, ""))) for endpoint in _ENDPOINTS):
                    raise IdentityRefused("away", "endpoints")
                keys = await _json(client, about["jwks_uri"])
            self._keys = KeySet.import_key_set({"keys": keys["keys"]})
        except (httpx.HTTPError, JoseError, ValueError, KeyError, TypeError) as error:
            raise IdentityRefused("away", type(error).__name__) from None
        self._about = about
        return about

    def _client(self) -> httpx.AsyncClient:
        # No proxy of the environment: what is asked of the provider is between it and us.
        return httpx.AsyncClient(verify=self._verify, timeout=_PATIENCE, trust_env=False)

    def _sign(self, about: Mapping[str, Any]) -> ClientAuth:
        """How this installation says who it is when it brings a code."""
        secret = self.settings.secret
        offered = about.get("token_endpoint_auth_methods_supported", _METHODS)
        method = next((name for name in _METHODS if name in offered), _METHODS[0]) if secret else "none"
        return ClientAuth(self.settings.client_id, secret, method)


async def _json(client: httpx.AsyncClient, url: str, headers: Mapping[str, str] | None = None) -> Mapping[str, Any]:
    answer = await client.get(url, headers=headers)
    answer.raise_for_status()
    told = answer.json()
    if not isinstance(told, dict):
        raise TypeError("not an object")
    return told


def _error_in(told: object) -> str:
    """The error's code of RFC 6749, 5.2, for the log: a word or nothing."""
    said = told.get("error") if isinstance(told, dict) else None
    return said if isinstance(said, str) and said.isascii() and said.replace("_", "").isalpha() else ""
