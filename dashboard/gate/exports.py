"""Files that leave, over HTTP: fetched once, by whoever asked for them, and in the log before a byte goes.

A file is fetched by a form, not by a link: the gate takes forms of its own pages alone, and nothing that merely looks
ahead fetches it.
"""

from __future__ import annotations

from functools import partial
from typing import Final

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from dashboard.desk.outgoing import OUTBOX, Outgoing
from dashboard.gate.evidence import HARMLESS, disposition
from dashboard.gate.gate import signed_of
from dashboard.gate.house import House, address_of
from dashboard.gate.notices import in_language, words_of
from dashboard.gate.sheet import sheet
from dashboard.markup import Html, link, paragraph, tag
from dashboard.shelf import NoRelease, folder_of_releases, look
from dashboard.workflow.acting import do
from dashboard.workflow.audit import Actor
from dashboard.workflow.steps import standing_of
from dashboard.workflow.taking import hand_over
from etl.errors import JipyoError
from etl.exports.formats import file_name, media_type

_WHOLE: Final = {**HARMLESS, "Accept-Ranges": "none"}


def routes(house: House) -> list[Route]:
    """The route of files that leave, for whoever is signed in.

    Args:
        house: the installation.
    """
    return [Route("/exports/{key}", partial(_fetch, house), methods=["POST"])]


async def _fetch(house: House, request: Request) -> Response:
    """One file; whoever it is not for learns no more than that nothing is here."""
    actor = Actor(signed_of(request).person, address_of(request.scope))
    found = await house.ask(_hand_over, house, actor, request.path_params["key"])
    if found is None:
        return _nothing(request)
    order = found.order
    name = disposition(found.name, file_name(order.release, order.kind, "en", order.only, each=order.each))
    return FileResponse(
        found.file,
        media_type=media_type(order.kind, each=order.each),
        headers={**_WHOLE, "Content-Disposition": name},
        background=BackgroundTask(OUTBOX.forget, found),
    )


def _hand_over(house: House, actor: Actor, key: str) -> Outgoing | None:
    """What is ready for somebody, in the log by now; None where there is nothing for them, or nothing any more."""
    found = OUTBOX.find(actor.person.account_id if actor.person else "", key)
    if found is None:
        return None
    order = found.order
    try:
        published = look(folder_of_releases()).is_published(order.release)
        do(
            house.store,
            actor,
            order.release,
            lambda session: hand_over(
                session, actor, order, standing_of(session, order.release, published), found.made
            ),
        )
    except (JipyoError, NoRelease):
        OUTBOX.forget(found)
        return None
    return found


def _nothing(request: Request) -> Response:
    words = words_of(request)
    back = tag("p", link(words("exports.gone.back"), in_language("/exports", words)))
    return sheet(words, words("exports.gone"), Html(paragraph(words("exports.gone.what")) + back), status=404)
