"""Somebody who signs in for one command: with a password, as in the browser, and out again when it is done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from dashboard.workflow.audit import Actor
from dashboard.workflow.sessions import Signed, digest_of, look_up
from dashboard.workflow.settings import Settings
from dashboard.workflow.signing_in import Attempt, SignInRefused, sign_in, sign_out
from dashboard.workflow.store import Store
from etl.errors import Fault, NotPermitted

TERMINAL: Final = "terminal"


@contextmanager
def signed_in_here(store: Store, login: str, password: str) -> Iterator[Actor]:
    """Whoever knows the password, for as long as the block lasts.

    Args:
        store: of the installation.
        login: as typed.
        password: as typed.

    Raises:
        NotPermitted: unknown, wrong, locked and closed alike; or the password must be changed first.
    """
    settings = Settings.from_environment()
    try:
        token = sign_in(store, settings, Attempt(login, password, TERMINAL, None))
    except SignInRefused as refusal:
        code = "terminal_too_many" if refusal.why == "too_many" else "terminal_sign_in_wrong"
        raise NotPermitted(Fault(code, login)) from None
    signed = _signed(store, settings, token)
    try:
        if signed.must_change:
            raise NotPermitted(Fault("terminal_password_to_change", login))
        yield Actor(signed.person, TERMINAL)
    finally:
        sign_out(store, signed, TERMINAL)


def _signed(store: Store, settings: Settings, token: str) -> Signed:
    with store.read() as session:
        signed = look_up(session, digest_of(token), settings)
    if signed is None:
        raise NotPermitted(Fault("terminal_sign_in_wrong", ""))
    return signed
