"""The way to the body's identity provider and back, and out of it again."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Final
from urllib.parse import parse_qs, urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from dashboard.gate.house import House, address_of, digest_in, is_https
from dashboard.gate.notices import in_language, words_of
from dashboard.gate.paths import SIGN_IN, safe_next
from dashboard.gate.provider import Provider
from dashboard.gate.sheet import notice, sheet
from dashboard.gate.signin import OtherWay, welcome
from dashboard.markup import Html, link, paragraph, tag
from dashboard.words import Words
from dashboard.workflow.identity import IdentityProvider
from dashboard.workflow.identity_signing_in import (
    LONGEST_WAY,
    Arrival,
    IdentityRefused,
    Way,
    come_back,
    note_failure,
    set_out,
    sign_in,
)

LOGIN: Final = "/oidc/login"
CALLBACK: Final = "/oidc/callback"
LEAVE: Final = "/oidc/leave"
_COOKIE: Final = "jipyo-oidc"
_STATUS: Final = {"expired": 400, "too_many": 429, "away": 503}
"""Of an answer; whoever is known and not let in gets 403."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What the routes share.

    Attributes:
        house: the installation.
        provider: of identities.
    """

    house: House
    provider: Provider

    def own_address(self, request: Request) -> str:
        """Where people open the dashboard; what a request says of itself counts on this machine alone."""
        return self.provider.settings.address.rstrip("/") or str(request.base_url).rstrip("/")

    def callback(self, request: Request) -> str:
        """Where the provider sends people back to; it must know this address."""
        return self.own_address(request) + CALLBACK


def routes(house: House, settings: IdentityProvider) -> list[Route]:
    """The three routes, open to everybody: they look after themselves."""
    desk = Desk(house, Provider(settings))
    return [
        Route(LOGIN, partial(_go, desk), methods=["GET"]),
        Route(CALLBACK, partial(_arrive, desk), methods=["GET"]),
        Route(LEAVE, partial(_leave, desk), methods=["GET"]),
    ]


def other_way(settings: IdentityProvider) -> OtherWay:
    """What the sign-in page offers. A link, not a form: a form may lead to no other host."""
    return OtherWay("signin.sso", LOGIN, settings.named)


async def _go(desk: Desk, request: Request) -> Response:
    place = safe_next(request.query_params.get("next"))
    if "lang" in request.query_params:
        place = f"{place}{'&' if '?' in place else '?'}lang={words_of(request).language}"
    try:
        way = await desk.house.ask(set_out, desk.house.store, place, address_of(request.scope))
        there = await desk.provider.way_there(way, desk.callback(request))
    except IdentityRefused as refused:
        return await _refused(desk, request, refused, _words_of_place(place))
    answer = RedirectResponse(there, status_code=303)
    _set_cookie(request, answer, way)
    return answer


async def _arrive(desk: Desk, request: Request) -> Response:
    query, words = request.query_params, Words("ko")
    house, address = desk.house, address_of(request.scope)
    browser = request.cookies.get(_cookie_name(request), "")
    try:
        way = await house.ask(come_back, house.store, query.get("state", ""), browser, address)
        words = _words_of_place(way.next_page)
        await desk.provider.check_answerer(query.get("iss"))
        if "error" in query:
            raise IdentityRefused("denied" if query["error"] == "access_denied" else "untrue", "error")
        claims = await desk.provider.claims(query.get("code", ""), way, desk.callback(request))
        arrival = Arrival(claims, address, digest_in(request.scope))
        token = await house.ask(sign_in, house.store, house.settings, desk.provider.settings, arrival)
    except IdentityRefused as refused:
        answer = await _refused(desk, request, refused, words)
    else:
        answer = welcome(request, token, way.next_page)
    answer.delete_cookie(_cookie_name(request), path="/", httponly=True, samesite="lax", secure=is_https(request.scope))
    return answer


async def _leave(desk: Desk, request: Request) -> Response:
    """Lead on to the provider's own sign-out, by a page: the form that signed out here may lead to no other host."""
    words = words_of(request)
    home = in_language(SIGN_IN, words, why="out")
    try:
        out = await desk.provider.way_out(desk.own_address(request) + SIGN_IN)
    except IdentityRefused:
        out = None
    if out is None:
        return RedirectResponse(home, status_code=303)
    name = desk.provider.settings.named
    body = paragraph(words("sso.leaving", name=name)) + tag("p", link(words("sso.leave", name=name), out))
    answer = sheet(words, words("sso.left"), Html(body))
    answer.headers["Refresh"] = f"0; url={out}"
    return answer


# Refusals -------------------------------------------------------------------------------------------------------------


async def _refused(desk: Desk, request: Request, refused: IdentityRefused, words: Words) -> Response:
    """Say what is wrong and what to do."""
    if not refused.is_logged:
        await desk.house.ask(note_failure, desk.house.store, address_of(request.scope), refused)
    said = words(f"sso.{refused.why}", name=desk.provider.settings.named)
    back = tag("p", link(words("sso.back"), in_language(SIGN_IN, words)))
    return sheet(words, words("sso.title"), Html(notice(said) + back), status=_STATUS.get(refused.why, 403))


# The browser ----------------------------------------------------------------------------------------------------------


def _words_of_place(place: str) -> Words:
    return Words("en" if parse_qs(urlsplit(place).query).get("lang", [""])[-1] == "en" else "ko")


def _cookie_name(request: Request) -> str:
    """With TLS a name that browsers take from this very host alone."""
    return f"__Host-{_COOKIE}" if is_https(request.scope) else _COOKIE


def _set_cookie(request: Request, answer: Response, way: Way) -> None:
    """Bind the way to this browser. Lax: it comes back from elsewhere, by a link."""
    seconds = int(LONGEST_WAY.total_seconds())
    secure = is_https(request.scope)
    answer.set_cookie(
        _cookie_name(request), way.browser, seconds, path="/", httponly=True, samesite="lax", secure=secure
    )
