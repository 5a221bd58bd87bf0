"""An identity provider that says whatever a test has it say: what a real one never would."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from joserfc import jwt
from joserfc.jwk import Key, KeySet, RSAKey


@dataclass
class Liar:
    """What it says.

    Attributes:
        issuer: its address.
        key: that it signs with.
        published: the keys it shows.
        about: what of its discovery document differs.
        claims: what of the ID token's claims differs; None leaves one out.
        header: of the ID token.
        token: the ID token itself, instead of one it makes.
        status: of its answer to a code.
        asked: the forms its token endpoint was sent.
        userinfo: what its userinfo page says, beside whom it is about.
        bearers: what its userinfo page was asked with.
        looked: how often its keys were looked at.
    """

    issuer: str = ""
    key: Key = field(default_factory=lambda: RSAKey.generate_key(2048, parameters={"kid": "one"}))
    published: list[Key] | None = None
    about: dict[str, Any] = field(default_factory=dict)
    claims: dict[str, Any] = field(default_factory=dict)
    header: dict[str, Any] = field(default_factory=lambda: {"alg": "RS256", "kid": "one"})
    token: str | None = None
    status: int = 200
    asked: list[dict[str, list[str]]] = field(default_factory=list)
    userinfo: dict[str, Any] | None = None
    bearers: list[str] = field(default_factory=list)
    looked: int = 0

    def discovery(self) -> Mapping[str, Any]:
        """Its discovery document."""
        ends = {
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "end_session_endpoint": f"{self.issuer}/leave?theme=dark",
            **({} if self.userinfo is None else {"userinfo_endpoint": f"{self.issuer}/userinfo"}),
        }
        return {"issuer": self.issuer, **ends, **self.about}

    def keys(self) -> Mapping[str, Any]:
        """The keys it shows."""
        self.looked += 1
        return dict(KeySet(self.published or [self.key]).as_dict())

    def answer(self, nonce: str) -> Mapping[str, Any]:
        """What it gives for a code."""
        now = int(time.time())
        told = {"iss": self.issuer, "sub": "42", "aud": "jipyo", "exp": now + 300, "iat": now, "nonce": nonce}
        claims = {name: value for name, value in {**told, **self.claims}.items() if value is not None}
        made = self.token or jwt.encode(self.header, claims, self.key, algorithms=[self.header["alg"]])
        return {"access_token": "a", "token_type": "Bearer", "id_token": made}


@contextmanager
def lying() -> Iterator[Liar]:
    """A liar on a free port of this machine. The nonce it is to repeat is the code."""
    liar = Liar()

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/userinfo":
                liar.bearers.append(self.headers.get("Authorization", ""))
                self._say({"sub": "42", **(liar.userinfo or {})}, liar.status)
            else:
                self._say(liar.keys() if self.path == "/jwks" else liar.discovery())

        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            liar.asked.append({**form, "authorization": [self.headers.get("Authorization", "")]})
            self._say(liar.answer(form["code"][0]), liar.status)

        def _say(self, told: Mapping[str, Any], status: int = 200) -> None:
            body = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002, the name is the library's
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    liar.issuer = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield liar
    finally:
        server.shutdown()
        server.server_close()
