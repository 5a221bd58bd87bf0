"""The gate: nothing reaches a page, and nothing of a page goes out, but for somebody who is signed in."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Match, Router
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.address import Address
from dashboard.gate.bodies import SMALL, TooMuch, largest_upload, within
from dashboard.gate.document import document
from dashboard.gate.headers import guarded, handed_on, is_same_origin
from dashboard.gate.house import House, digest_in
from dashboard.gate.line import Line, refuse
from dashboard.gate.messages import may_send_files
from dashboard.gate.notices import database_away, not_found
from dashboard.gate.paths import OWN_ACCOUNT, PASSWORD, SIGN_IN, SIGN_OUT, SIGN_OUT_EVERYWHERE, SOCKET, Kind, kind_of
from dashboard.workflow.sessions import Signed
from dashboard.workflow.signing_in import DatabaseAway, stay, why_ended

_LOG: Final = logging.getLogger(__name__)
_READ: Final = frozenset({"GET", "HEAD"})
_UPLOAD: Final = frozenset({"PUT", "DELETE"})
_BEFORE_CHANGE: Final = frozenset({PASSWORD, SIGN_OUT, SIGN_OUT_EVERYWHERE})
"""What is open to somebody who must change the password first."""
SIGNED: Final = "jipyo.signed"
"""Where in a request's scope an own route finds who is signed in."""


class Gate:
    """ASGI middleware around Streamlit's application; refuses what it does not know.

    Args:
        app: what is guarded.
        house: the installation.
        open_routes: answered to everybody; they look after themselves.
        signed_routes: answered to whoever is signed in; `signed_of` tells them who it is.
        upload_megabytes: the largest file that may be sent.
    """

    def __init__(
        self,
        app: ASGIApp,
        house: House,
        open_routes: Sequence[BaseRoute],
        signed_routes: Sequence[BaseRoute],
        upload_megabytes: int,
    ) -> None:
        self._app, self._house = app, house
        self._open = Router(open_routes, redirect_slashes=False)
        self._signed = Router(signed_routes, redirect_slashes=False)
        self._largest_upload = largest_upload(upload_megabytes)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, one websocket, or the life of the server."""
        if scope["type"] == "websocket":
            await self._websocket(scope, receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self._app(scope, receive, send)

    # Requests ---------------------------------------------------------------------------------------------------------

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def send_and_note(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        answer = guarded(scope, send_and_note)
        try:
            await self._answer(scope, receive, answer)
        except TooMuch:
            if not begun:
                await Response(status_code=413)(scope, receive, answer)
        except DatabaseAway:
            _LOG.exception("The database does not answer")
            await database_away(Request(scope))(scope, receive, answer)
        except Exception:
            # The server's log has it all; whoever asked learns nothing.
            if not begun:
                await Response(status_code=500)(scope, receive, answer)
            raise

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_change = scope["method"] not in _READ
        if self._house.turns_away(scope) or (is_change and not is_same_origin(scope)):
            await Response(status_code=403)(scope, receive, send)
            return
        if _has(self._open, scope):
            await self._open(scope, within(scope, receive, SMALL), send)
            return
        if kind_of(scope["path"]) is Kind.ASSET and not is_change:
            await self._app(handed_on(scope, None), receive, send)
            return
        signed = await self._house.who(digest_in(scope))
        if signed is None:
            await (await self._stranger(scope))(scope, receive, send)
        elif signed.must_change and scope["path"] not in _BEFORE_CHANGE:
            await _to_change(scope)(scope, receive, send)
        else:
            await self._serve(signed, scope, receive, send)

    async def _stranger(self, scope: Scope) -> Response:
        """Pages lead to the sign-in page; everything else says nothing at all."""
        if not _is_read_as_page(scope):
            return Response(status_code=401)
        query = {"next": _place(scope)}
        digest = digest_in(scope)
        if digest is not None:
            query["why"] = await self._house.ask(why_ended, self._house.store, self._house.settings, digest)
        if Address.of(Request(scope).query_params).lang == "en":
            query["lang"] = "en"
        return RedirectResponse(f"{SIGN_IN}?{urlencode(query)}", status_code=303)

    async def _serve(self, signed: Signed, scope: Scope, receive: Receive, send: Send) -> None:
        kind = kind_of(scope["path"])
        if _has(self._signed, scope):
            await self._person_is_there(signed)
            await self._signed({**scope, SIGNED: signed}, within(scope, receive, SMALL), send)
        elif kind is Kind.UPLOADING:
            await self._upload(signed, scope, receive, send)
        elif scope["method"] not in _READ:
            await Response(status_code=405)(scope, receive, send)
        elif kind is Kind.PAGE:
            await self._person_is_there(signed)
            await _page(scope)(scope, receive, send)
        elif kind is Kind.STREAMLIT or (kind is Kind.MEDIA and self._house.told.includes(signed.digest, scope["path"])):
            await self._app(handed_on(scope, signed.digest), receive, send)
        else:
            await not_found(Request(scope))(scope, receive, send)

    async def _upload(self, signed: Signed, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] not in _UPLOAD or not may_send_files(signed.person):
            await Response(status_code=403)(scope, receive, send)
            return
        limited = within(scope, receive, self._largest_upload)
        await self._app(handed_on(scope, signed.digest), limited, send)

    async def _person_is_there(self, signed: Signed) -> None:
        await self._house.ask(stay, self._house.store, signed)

    # Websockets -------------------------------------------------------------------------------------------------------

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        signed = await self._whose_socket(scope)
        if signed is None:
            await refuse(receive, send)
            return
        await Line(self._house, signed, receive, send).run(self._app, handed_on(scope, signed.digest))

    async def _whose_socket(self, scope: Scope) -> Signed | None:
        if scope["path"] != SOCKET or self._house.turns_away(scope) or not is_same_origin(scope):
            return None
        try:
            signed = await self._house.who(digest_in(scope))
        except DatabaseAway:
            _LOG.exception("The database does not answer")
            return None
        return None if signed is None or signed.must_change else signed


def signed_of(request: Request) -> Signed:
    """Who is signed in, to a route behind the gate."""
    signed: Signed = request.scope[SIGNED]
    return signed


def _has(router: Router, scope: Scope) -> bool:
    return any(route.matches(scope)[0] is not Match.NONE for route in router.routes)


def _is_read_as_page(scope: Scope) -> bool:
    """Whether somebody waits for a page: by its path, or because the browser says so."""
    if scope["method"] not in _READ:
        return False
    goes_there = any(name == b"sec-fetch-dest" and value == b"document" for name, value in scope["headers"])
    return kind_of(scope["path"]) is Kind.PAGE or scope["path"] in OWN_ACCOUNT or goes_there


def _place(scope: Scope) -> str:
    query = scope["query_string"].decode("latin-1")
    return f"{scope['path']}?{query}" if query else str(scope["path"])


def _to_change(scope: Scope) -> Response:
    if not _is_read_as_page(scope):
        return Response(status_code=403)
    return RedirectResponse(f"{PASSWORD}?{urlencode({'next': _place(scope)})}", status_code=303)


def _page(scope: Scope) -> Response:
    told = document(Address.of(Request(scope).query_params).language)
    return HTMLResponse(told.body, headers={"Content-Security-Policy": told.policy})
