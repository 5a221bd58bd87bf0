"""A gate in front of an application that answers everything, and says what reached it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from starlette.types import Message, Receive, Scope, Send

from dashboard.access import Role
from dashboard.gate import account, exports, ready, signin
from dashboard.gate.gate import Gate
from dashboard.gate.house import COOKIE, House
from dashboard.workflow.settings import Settings
from tests.dashboard.signing_in import People

HOST = "jipyo.test"
SECRET = "what nobody may see"


@dataclass
class Inner:
    """Streamlit's place: answers whatever reaches it."""

    reached: list[Scope] = field(default_factory=list)
    body: bytes = b""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.reached.append(scope)
        self.body, more = b"", True
        while more:
            message = await receive()
            self.body += message.get("body", b"")
            more = message.get("more_body", False)
        headers = [(b"server", b"inner"), (b"access-control-allow-origin", b"*"), (b"content-type", b"text/plain")]
        start: Message = {"type": "http.response.start", "status": 200, "headers": headers}
        await send(start)
        await send({"type": "http.response.body", "body": SECRET.encode()})

    @property
    def headers(self) -> dict[str, str]:
        """What the last request that reached it said."""
        return {name.decode(): value.decode() for name, value in self.reached[-1]["headers"]}


class Front:
    """A gate over a database of one account a role."""

    def __init__(self, state: Path, people: People | None = None, **settings: Any) -> None:
        self.people = people or People(state)
        self.inner = Inner()
        self.house = House(Settings(state=state, session_idle_minutes=480, **settings))
        self.gate = Gate(
            self.inner,
            self.house,
            [*ready.routes(self.house), *signin.routes(self.house)],
            [*account.routes(self.house), *exports.routes(self.house)],
            upload_megabytes=1,
        )

    def ask(
        self,
        method: str,
        path: str,
        role: Role | None = None,
        *,
        unit_id: str | None = None,
        https: bool = False,
        client: str = "127.0.0.1",
        server: str = HOST,
        **request: Any,
    ) -> httpx.Response:
        """One request; with a role, of somebody who is signed in."""
        headers = {"host": HOST, **request.pop("headers", {})}
        if role is not None:
            name = f"__Host-{COOKIE}" if https else COOKIE
            headers["cookie"] = "; ".join(
                filter(None, [headers.get("cookie"), f"{name}={self.people.token(role, unit_id)}"])
            )
        transport = httpx.ASGITransport(self.gate, raise_app_exceptions=False, client=(client, 50000))
        base = f"{'https' if https else 'http'}://{server}"

        async def send() -> httpx.Response:
            async with httpx.AsyncClient(transport=transport, base_url=base) as browser:
                return await browser.request(method, path, headers=headers, **request)

        return asyncio.run(send())

    def post(self, path: str, role: Role | None = None, **request: Any) -> httpx.Response:
        """A form sent by a page of this host."""
        scheme = "https" if request.get("https") else "http"
        headers = {"origin": f"{scheme}://{HOST}", **request.pop("headers", {})}
        return self.ask("POST", path, role, headers=headers, **request)
