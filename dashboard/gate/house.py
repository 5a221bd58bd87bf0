"""What every part of the gate asks: the settings, the database off the event loop, and who somebody is."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cached_property
from typing import Final, ParamSpec, TypeVar

from anyio import CapacityLimiter, to_thread
from starlette.requests import HTTPConnection, cookie_parser
from starlette.types import Scope

from dashboard.gate.leaving import Leaving
from dashboard.gate.media import Told
from dashboard.workflow.demonstration import LOOPBACK
from dashboard.workflow.sessions import Signed, digest_of
from dashboard.workflow.settings import Settings
from dashboard.workflow.signing_in import find_signed
from dashboard.workflow.store import Store, store_of

P = ParamSpec("P")
T = TypeVar("T")

COOKIE: Final = "jipyo"
_HASHING: Final = 2
"""Passwords hashed at once: each takes 64 MB and a whole core for tens of milliseconds."""
_HASHES_WAITING: Final = 20
_LOOKING: Final = 8
_BELIEVED: Final = (b"x-forwarded-for", b"x-forwarded-proto")
"""What uvicorn takes for the truth about who speaks, where it believes whoever sends it."""
_FORWARDED: Final = (b"forwarded", b"x-forwarded-for", b"x-forwarded-host", b"x-forwarded-proto", b"x-real-ip", b"via")


class Busy(Exception):
    """More people want to sign in at once than can be served."""


class House:
    """One installation, as the gate sees it.

    Args:
        settings: of the environment.

    Attributes:
        settings: the same.
        told: the files each session was told of.
        leaving: the pages that are being left.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.told = Told()
        self.leaving = Leaving()

    @cached_property
    def store(self) -> Store:
        """The workflow's database."""
        return store_of(self.settings)

    @cached_property
    def _looking(self) -> CapacityLimiter:
        return CapacityLimiter(_LOOKING)

    @cached_property
    def _hashing(self) -> CapacityLimiter:
        return CapacityLimiter(_HASHING)

    async def ask(self, what: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Have something done that waits for the database, in a thread."""
        return await to_thread.run_sync(lambda: what(*args, **kwargs), limiter=self._looking)

    async def hash(self, what: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Have something done that computes a hash of a password, few at a time.

        Raises:
            Busy: too many are waiting already.
        """
        if self._hashing.statistics().tasks_waiting >= _HASHES_WAITING:
            raise Busy
        return await to_thread.run_sync(lambda: what(*args, **kwargs), limiter=self._hashing)

    async def who(self, digest: str | None) -> Signed | None:
        """Whose session a digest names.

        Raises:
            DatabaseAway: nobody can tell now.
        """
        return None if digest is None else await self.ask(find_signed, self.store, self.settings, digest)

    def turns_away(self, scope: Scope) -> bool:
        """Whether a request is refused whoever sends it.

        Where no proxy is named, that is one that claims to have come through one: the server may have taken the
        claimed address for the true one already (`streamlit run` believes this machine), and the log and the limit on
        failures of an address would believe it too. A demonstration besides answers to this machine alone.
        """
        if self.settings.proxy is None and _has(_BELIEVED, scope):
            return True
        return self.settings.demonstration and self._is_far(scope)

    def _is_far(self, scope: Scope) -> bool:
        """Whether a request is not from this machine, not to it, or handed on by a proxy."""
        ends = (scope.get("client"), scope.get("server"))
        is_near = all(end is not None and end[0] in LOOPBACK for end in ends)
        return not is_near or _has(_FORWARDED, scope) or _host_name(scope) not in LOOPBACK


def _has(names: Collection[bytes], scope: Scope) -> bool:
    return any(name in names for name, _ in scope["headers"])


def _host_name(scope: Scope) -> str:
    """The name the browser believes it speaks to; another one is a page elsewhere whose name was pointed here."""
    return HTTPConnection(scope).url.hostname or ""


def is_https(scope: Scope) -> bool:
    """Whether the browser speaks TLS, to this server or to a proxy that is believed."""
    return scope["scheme"] in {"https", "wss"}


def cookie_name(scope: Scope) -> str:
    """With TLS a name that browsers take from this very host alone."""
    return f"__Host-{COOKIE}" if is_https(scope) else COOKIE


def digest_in(scope: Scope) -> str | None:
    """Digest of the session's token in the request's cookie."""
    lines = [value.decode("latin-1") for name, value in scope["headers"] if name == b"cookie"]
    token = cookie_parser("; ".join(lines)).get(cookie_name(scope))
    return digest_of(token) if token else None


def address_of(scope: Scope) -> str:
    """Where a request came from."""
    client = scope.get("client")
    return str(client[0]) if client else ""
