"""Evidence over HTTP: an attachment, never shown in the page, for whoever may see the request it proves."""

from __future__ import annotations

from functools import partial
from typing import Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from dashboard.gate.gate import signed_of
from dashboard.gate.house import House, address_of
from dashboard.workflow.acting import do
from dashboard.workflow.audit import Actor
from dashboard.workflow.evidence import hand_out
from etl.errors import JipyoError

HARMLESS: Final = {"Content-Security-Policy": "sandbox; default-src 'none'"}
"""For what somebody else made, on top of what every answer carries."""
_ABSENT: Final = "404\n"


def routes(house: House) -> list[Route]:
    """The route of evidence, for whoever is signed in.

    Args:
        house: the installation.
    """
    return [Route("/evidence/{evidence_id}", partial(_evidence, house), methods=["GET"])]


async def _evidence(house: House, request: Request) -> Response:
    """One file; whoever may not see it learns no more than that nothing is here."""
    evidence_id, actor = request.path_params["evidence_id"], Actor(signed_of(request).person, address_of(request.scope))
    try:
        handed = await house.ask(
            do, house.store, actor, evidence_id, lambda session: hand_out(session, actor, evidence_id, house.settings)
        )
    except JipyoError:
        return PlainTextResponse(_ABSENT, 404, headers=HARMLESS)
    headers = {**HARMLESS, "Content-Disposition": disposition(handed.name)}
    return Response(handed.content, media_type=handed.media_type, headers=headers)


def disposition(name: str, otherwise: str = "") -> str:
    """The header that makes a file an attachment under its name (RFC 6266, RFC 5987).

    Args:
        name: as kept; any text.
        otherwise: the name for those who read no other than ASCII; made of the name unless said.
    """
    said = otherwise or name
    plain = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "-_. ") else "_" for sign in said)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
