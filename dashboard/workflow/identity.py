"""The identity provider of the body, as the environment names it, and what its claims make of somebody."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final, Self
from urllib.parse import urlsplit

from pydantic import BeforeValidator, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from dashboard.access import Role
from etl.errors import Fault, UsageError

_LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})
_LONGEST: Final = 100


def _read_json(said: object) -> object:
    return json.loads(said) if isinstance(said, str) else said


class IdentityProvider(BaseSettings):
    """How people sign in through OpenID Connect; in use once `JIPYO_OIDC_ISSUER` is set.

    Attributes:
        issuer: `JIPYO_OIDC_ISSUER`, the provider's address, as its discovery document says it.
        client_id: `JIPYO_OIDC_CLIENT_ID`, what the provider calls this installation.
        client_secret: `JIPYO_OIDC_CLIENT_SECRET`; without one the installation is a public client, with PKCE alone.
        client_secret_file: `JIPYO_OIDC_CLIENT_SECRET_FILE`, a file with the secret, instead.
        address: `JIPYO_OIDC_ADDRESS`, where people open the dashboard; the provider sends them back there.
        name: `JIPYO_OIDC_NAME`, what the sign-in page calls the provider.
        scope: `JIPYO_OIDC_SCOPE`, what is asked for.
        role_claim: `JIPYO_OIDC_ROLE_CLAIM`, which claim says the role; dots lead into objects. None leaves roles to
            the accounts.
        roles: `JIPYO_OIDC_ROLES`, value of that claim -> role, as JSON; the first that somebody has counts.
        unit_claim: `JIPYO_OIDC_UNIT_CLAIM`, which claim holds the department's code. None leaves it to the accounts.
        link: `JIPYO_OIDC_LINK`, whether somebody the provider vouches for and nobody knows gets an account.
        ca_file: `JIPYO_OIDC_CA_FILE`, certificates of the body's own authority (PEM).
    """

    model_config = SettingsConfigDict(env_prefix="JIPYO_OIDC_", frozen=True, extra="ignore")

    issuer: str = ""
    client_id: str = ""
    client_secret: SecretStr | None = None
    client_secret_file: Path | None = None
    address: str = ""
    name: str = ""
    scope: str = "openid profile email"
    role_claim: str | None = None
    roles: Annotated[dict[str, Role], NoDecode, BeforeValidator(_read_json)] = {}
    unit_claim: str | None = None
    link: bool = False
    ca_file: Path | None = None

    @classmethod
    def from_environment(cls) -> Self | None:
        """The provider of the environment; None where none is named.

        Raises:
            UsageError: a variable says what cannot be meant, or one is missing; all of them at once.
        """
        try:
            provider = cls()
        except ValidationError as error:
            raise UsageError(
                Fault("setting_refused", _variable(*fault["loc"][:1]), {"why": fault["msg"]})
                for fault in error.errors()
            ) from None
        if not provider.issuer:
            return None
        faults = list(provider.faults())
        if faults:
            raise UsageError(faults)
        return provider

    def faults(self) -> Iterator[Fault]:
        """Everything that keeps it from being used."""
        is_near = is_loopback(self.issuer)
        for part in ("issuer", "address"):
            said = getattr(self, part)
            if said and not is_safe(said):
                yield Fault("sso_not_https", _variable(part), {"address": said})
        needed = {"client_id": True, "address": not is_near, "role_claim": self.link, "roles": bool(self.role_claim)}
        for part, is_needed in needed.items():
            if is_needed and not getattr(self, part):
                yield Fault("sso_setting_missing", _variable(part))
        if self.client_secret and self.client_secret_file:
            yield Fault("sso_two_secrets", _variable("client_secret"))
        for part in ("client_secret_file", "ca_file"):
            yield from _trouble_with(getattr(self, part), _variable(part))

    @property
    def secret(self) -> str | None:
        """The client's secret, wherever it stands."""
        if self.client_secret_file is not None:
            return self.client_secret_file.read_text(encoding="utf-8").strip()
        return self.client_secret.get_secret_value() if self.client_secret else None

    @property
    def named(self) -> str:
        """What people know it by: its name, or its host."""
        return self.name or urlsplit(self.issuer).hostname or self.issuer


def is_loopback(address: str) -> bool:
    """Whether an address is on this very machine."""
    return urlsplit(address).hostname in _LOOPBACK


def is_safe(address: str) -> bool:
    """Whether what is sent to an address can be read by nobody on the way."""
    parts = urlsplit(address)
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and is_loopback(address)))


def _variable(*names: object) -> str:
    return f"JIPYO_OIDC_{'_'.join(map(str, names)).upper()}"


def _trouble_with(file: Path | None, where: str) -> Iterator[Fault]:
    try:
        if file is not None:
            file.read_bytes()
    except OSError as error:
        yield Fault("sso_file_unusable", where, {"why": error.strerror or str(error)})


@dataclass(frozen=True, slots=True)
class Vouched:
    """What a provider says of somebody, in our words.

    Attributes:
        issuer: who says it.
        subject: the provider's name for them; never given to another.
        login: what an account made for them is called; nothing is found by it, for a provider may give it to another.
        name: what is shown.
        role: the first role of the map that the claim holds; None where it holds none, or no claim is read.
        unit_id: code of the department; None where the claim holds none, or no claim is read.
    """

    issuer: str
    subject: str
    login: str
    name: str
    role: Role | None
    unit_id: str | None


def vouched(provider: IdentityProvider, claims: Mapping[str, Any]) -> Vouched:
    """What verified claims say of somebody."""
    subject = str(claims["sub"])
    names = [text for key in ("preferred_username", "email") for text in _texts(claims.get(key))]
    held = frozenset(_texts(_claim(claims, provider.role_claim)))
    units = _texts(_claim(claims, provider.unit_claim))
    login = next(iter(names), subject)
    return Vouched(
        issuer=provider.issuer,
        subject=subject,
        login=login,
        name=next(iter(_texts(claims.get("name"))), login)[:_LONGEST],
        role=next((role for value, role in provider.roles.items() if value in held), None),
        unit_id=units[0] if len(units) == 1 else None,
    )


def lacks_claims(provider: IdentityProvider, claims: Mapping[str, Any]) -> bool:
    """Whether a claim that the settings read is not among these: the provider may tell it on its userinfo page."""
    return any(name is not None and _claim(claims, name) is None for name in (provider.role_claim, provider.unit_claim))


def _claim(claims: Mapping[str, Any], name: str | None) -> Any:
    """A claim by its name, or by the way to it: `realm_access.roles` is `roles` within `realm_access`."""
    if name is None or name in claims:
        return None if name is None else claims[name]
    found: Any = claims
    for part in name.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def _texts(value: Any) -> Sequence[str]:
    """A text, or the texts of a list; nothing of anything else."""
    several = value if isinstance(value, list) else [value]
    return [text.strip() for text in several if isinstance(text, str) and text.strip()]
