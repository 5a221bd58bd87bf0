"""Headers: those a client may not send, and those every answer carries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import Message, Scope, Send

from dashboard.gate.house import is_https
from dashboard.gate.paths import ASSETS, BUNDLE

SESSION: Final = b"x-jipyo-session"
"""Carries the session's digest to the pages; `.streamlit/config.toml` maps it to `st.user`."""
_OURS: Final = b"x-jipyo-"
_XSRF: Final = b"_streamlit_xsrf"
"""The one cookie Streamlit needs; the session's own goes no further than the gate."""

ALWAYS: Final = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    # Not no-referrer: with it browsers send `Origin: null` with a form, and the gate could not tell whose form it is.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": ", ".join(
        f"{feature}=()"
        for feature in (
            "accelerometer",
            "camera",
            "display-capture",
            "geolocation",
            "gyroscope",
            "hid",
            "magnetometer",
            "microphone",
            "midi",
            "payment",
            "screen-wake-lock",
            "serial",
            "usb",
        )
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex",
}
NOTHING_ALLOWED: Final = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""The policy of what is no document."""
_TAKEN_AWAY: Final = (
    "server",
    "access-control-allow-origin",
    "access-control-allow-credentials",
    "access-control-allow-headers",
    "access-control-allow-methods",
    "access-control-expose-headers",
)
_A_YEAR: Final = 31536000


def handed_on(scope: Scope, digest: str | None) -> Scope:
    """The request as Streamlit gets it: no identity but the one the gate has found.

    Args:
        scope: as it came.
        digest: of the session; None for what is open to everybody.
    """
    kept = [(name, value) for name, value in scope["headers"] if not _is_ours(name) and name.lower() != b"cookie"]
    kept += [(b"cookie", value) for value in _xsrf_cookies(scope)]
    if digest is not None:
        kept.append((SESSION, digest.encode()))
    return {**scope, "headers": kept}


def _is_ours(name: bytes) -> bool:
    """Whether a header would be taken for one of ours, in any spelling a server on the way may fold into it."""
    return name.lower().replace(b"_", b"-").strip().startswith(_OURS)


def _xsrf_cookies(scope: Scope) -> Iterable[bytes]:
    for name, value in scope["headers"]:
        if name.lower() == b"cookie":
            yield from (part.strip() for part in value.split(b";") if part.strip().partition(b"=")[0] == _XSRF)


def is_same_origin(scope: Scope) -> bool:
    """Whether a request that changes something, or a websocket, was begun by a page of this very host."""
    headers = Headers(scope=scope)
    origin, host = headers.get("origin"), headers.get("host")
    if origin is None:
        return headers.get("sec-fetch-site") == "same-origin"
    try:
        said = urlsplit(origin)
    except ValueError:
        return False
    # A proxy that is not believed hides TLS from us: then an https page may speak to what looks like http.
    is_as_safe = said.scheme == "https" or (said.scheme == "http" and not is_https(scope))
    return is_as_safe and bool(host) and said.netloc == host


def guarded(scope: Scope, send: Send) -> Send:
    """A `send` that puts onto every answer what it must carry."""

    async def send_guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name in _TAKEN_AWAY:
                del headers[name]
            headers.update(ALWAYS)
            headers.setdefault("Content-Security-Policy", NOTHING_ALLOWED)
            headers["Cache-Control"] = _cache_control(scope["path"], message["status"], headers)
            if is_https(scope):
                headers["Strict-Transport-Security"] = f"max-age={_A_YEAR}"
        await send(message)

    return send_guarded


def _cache_control(path: str, status: int, headers: Headers) -> str:
    """Nothing is kept but what holds nothing of anybody: Streamlit's bundle, the fonts and the icon."""
    is_kept = status in {200, 206, 304} and not headers.get("content-type", "").startswith("text/html")
    if is_kept and path.startswith(BUNDLE):
        return f"private, max-age={_A_YEAR}, immutable"
    if is_kept and path in ASSETS:
        return "private, max-age=86400"
    return "no-store"
