"""Evidence over HTTP: an attachment, never shown in the page, for whoever may see the request it proves."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from dashboard.workflow.acting import do
from dashboard.workflow.audit import Actor
from dashboard.workflow.evidence import hand_out
from dashboard.workflow.sessions import Signed
from dashboard.workflow.settings import Settings
from dashboard.workflow.store import store_of
from etl.errors import JipyoError

_HARMLESS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
}
_ABSENT: Final = "404\n"


def routes() -> list[Route]:
    """The routes of evidence, for the gate: it has put a `Signed` into `request.state.signed`, or None."""
    return [Route("/evidence/{evidence_id}", evidence, methods=["GET"])]


def evidence(request: Request) -> Response:
    """One file; whoever may not see it learns no more than that nothing is here."""
    signed: Signed | None = getattr(request.state, "signed", None)
    if signed is None:
        return PlainTextResponse(_ABSENT, 404, headers=_HARMLESS)
    settings, evidence_id = Settings.from_environment(), request.path_params["evidence_id"]
    address = request.client.host if request.client else signed.address
    actor = Actor(signed.person, address)
    try:
        handed = do(store_of(settings), actor, evidence_id, lambda s: hand_out(s, actor, evidence_id, settings))
    except JipyoError:
        return PlainTextResponse(_ABSENT, 404, headers=_HARMLESS)
    headers = {**_HARMLESS, "Content-Disposition": disposition(handed.name)}
    return Response(handed.content, media_type=handed.media_type, headers=headers)


def disposition(name: str) -> str:
    """The header that makes a file an attachment under its name (RFC 6266, RFC 5987).

    Args:
        name: as kept; any text.
    """
    plain = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "-_. ") else "_" for sign in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
