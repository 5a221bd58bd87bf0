"""An installation that signs people in at a provider, and a browser in front of it."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
from sqlalchemy import select

from dashboard.access import Role
from dashboard.gate.house import COOKIE
from dashboard.workflow.accounts import NewAccount, add_account
from dashboard.workflow.audit import Actor
from dashboard.workflow.identity import IdentityProvider
from dashboard.workflow.sessions import Signed, digest_of, look_up
from dashboard.workflow.settings import Settings
from dashboard.workflow.store import Store
from dashboard.workflow.tables.audit import AuditEntry

TERMINAL = Actor(None, "terminal", "operator")
ROLES = {"jipyo-admin": Role.ADMINISTRATOR, "jipyo-eval": Role.EVALUATOR, "staff": Role.DEPARTMENT}


class Browser:
    """A browser in front of an application in this process; it follows nothing by itself."""

    def __init__(self, app: Any) -> None:
        self._loop = asyncio.new_event_loop()
        self.client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1:8501")
        self.cookies = self.client.cookies

    def get(self, url: str, params: Mapping[str, str] | None = None) -> httpx.Response:
        return self._loop.run_until_complete(self.client.get(url, params=params))

    def post(self, url: str) -> httpx.Response:
        return self._loop.run_until_complete(self.client.post(url))

    def close(self) -> None:
        self._loop.run_until_complete(self.client.aclose())
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._loop.close()


@dataclass
class Body:
    """An installation of a body, and a browser in front of it."""

    store: Store
    settings: Settings
    provider: IdentityProvider
    browser: Browser

    def set_out(self, next_page: str = "/ranking?year=2021") -> dict[str, str]:
        """Begin; what the provider is told."""
        answer = self.browser.get("/oidc/login", params={"next": next_page})
        assert answer.status_code == 303, answer.text
        self.there = answer.headers["location"]
        return {key: values[0] for key, values in parse_qs(urlsplit(self.there).query).items()}

    def agree(self, subject: str, there: str | None = None) -> str:
        """Sign in at the real provider; where it sends the browser back to."""
        answer = httpx.post(there or self.there, data={"sub": subject}, trust_env=False)
        assert answer.status_code == 302, answer.text
        return answer.headers["location"]

    def sign_in(self, subject: str, next_page: str = "/ranking?year=2021") -> httpx.Response:
        """There and back at the real provider."""
        self.set_out(next_page)
        return self.browser.get(self.agree(subject))

    def come_back(self, **changed: str | None) -> httpx.Response:
        """Straight back from one that lies; its code is the nonce it is to repeat."""
        asked = self.set_out()
        query = {"state": asked["state"], "code": asked["nonce"], **changed}
        return self.browser.get("/oidc/callback", params={key: value for key, value in query.items() if value})

    def signed(self) -> Signed | None:
        """Who is signed in in the browser."""
        token = self.browser.cookies.get(COOKIE)
        with self.store.read() as session:
            return look_up(session, digest_of(token), self.settings) if token else None

    def add(self, new: NewAccount) -> None:
        with self.store.write() as session:
            add_account(session, TERMINAL, new)

    def log(self) -> list[AuditEntry]:
        with self.store.read() as session:
            return list(session.scalars(select(AuditEntry).order_by(AuditEntry.number)))


def mapped(**said: Any) -> dict[str, Any]:
    """Settings that take role and department from claims."""
    roles = json.dumps({value: role.value for value, role in ROLES.items()})
    return {"role_claim": "groups", "roles": roles, "unit_claim": "dept", "link": True, **said}


def said(answer: httpx.Response) -> str:
    """What a page says."""
    return " ".join(unescape(re.sub(r"(?s)<style>.*?</style>|<[^>]*>", " ", answer.text)).split())
