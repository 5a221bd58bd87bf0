"""The sign-in page, and what happens when somebody signs in there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from dashboard.gate.house import Busy, House, address_of, cookie_name, digest_in, is_https
from dashboard.gate.notices import in_language, other_language, words_of
from dashboard.gate.paths import SIGN_IN, safe_next
from dashboard.gate.sheet import field, form, hidden, notice, sheet
from dashboard.markup import Html, join, link, paragraph, safe, tag
from dashboard.words import Words
from dashboard.workflow.demonstration import SHOWN, Shown
from dashboard.workflow.signing_in import Attempt, SignInRefused, sign_in

_REASONS: Final = frozenset({"idle", "limit", "ended", "out"})
_STATUS: Final = {"wrong": 401, "too_many": 429, "busy": 503}


@dataclass(frozen=True, slots=True)
class OtherWay:
    """Another way to sign in, offered below the form.

    Attributes:
        key: of its words.
        path: where it begins; it is given `next` and `lang`.
        name: of who vouches, for the words.
    """

    key: str
    path: str
    name: str = ""


def routes(house: House, other_ways: Sequence[OtherWay] = ()) -> list[Route]:
    """The sign-in page.

    Args:
        house: the installation.
        other_ways: besides the password.
    """
    return [
        Route(SIGN_IN, partial(_show, house, tuple(other_ways)), methods=["GET", "HEAD"]),
        Route(SIGN_IN, partial(_try, house, tuple(other_ways)), methods=["POST"]),
    ]


def welcome(request: Request, token: str, next_page: str) -> Response:
    """Let somebody in whose session has begun: gives the browser its cookie and leads to the page asked for.

    Args:
        request: of the browser.
        token: of the session.
        next_page: where to; anything but a page of the dashboard leads to the first one.
    """
    answer = RedirectResponse(safe_next(next_page), status_code=303)
    secure, name = is_https(request.scope), cookie_name(request.scope)
    answer.set_cookie(name, token, path="/", httponly=True, samesite="lax", secure=secure)
    return answer


def forget(request: Request, answer: Response) -> Response:
    """Take the session's cookie away."""
    secure, name = is_https(request.scope), cookie_name(request.scope)
    answer.delete_cookie(name, path="/", httponly=True, samesite="lax", secure=secure)
    return answer


async def _show(house: House, other_ways: Sequence[OtherWay], request: Request) -> Response:
    words, why = words_of(request), request.query_params.get("why")
    said = _reason(house, words, why) if why in _REASONS else ""
    return _page(house, other_ways, request, said)


async def _try(house: House, other_ways: Sequence[OtherWay], request: Request) -> Response:
    given = await request.form()
    scope = request.scope
    attempt = Attempt(str(given.get("login", "")), str(given.get("password", "")), address_of(scope), digest_in(scope))
    try:
        token = await house.hash(sign_in, house.store, house.settings, attempt)
    except SignInRefused as refused:
        return _again(house, other_ways, request, refused.why)
    except Busy:
        return _again(house, other_ways, request, "busy")
    return welcome(request, token, request.query_params.get("next", ""))


def _again(house: House, other_ways: Sequence[OtherWay], request: Request, why: str) -> Response:
    return _page(house, other_ways, request, words_of(request)(f"signin.{why}"), _STATUS[why])


def _reason(house: House, words: Words, why: str | None) -> str:
    settings = house.settings
    return words(f"signin.{why}", minutes=settings.session_idle_minutes, hours=settings.session_hours)


# The page -------------------------------------------------------------------------------------------------------------


def _page(house: House, other_ways: Sequence[OtherWay], request: Request, said: str, status: int = 200) -> Response:
    words, place = words_of(request), safe_next(request.query_params.get("next"))
    action = in_language(SIGN_IN, words, next=place)
    asked = join(
        [
            field(words("signin.login"), "login", "text", "username", focus=True),
            field(words("signin.password"), "password", "password", "current-password"),
        ]
    )
    body = [
        notice(said) if said else Html(""),
        form(action, asked, words("signin.do")),
        *(
            tag("p", link(words(way.key, name=way.name), in_language(way.path, words, next=place)))
            for way in other_ways
        ),
        _shown(words, action) if house.settings.demonstration else Html(""),
    ]
    return sheet(words, words("signin.title"), join(body), other_language(SIGN_IN, words, next=place), status)


def _shown(words: Words, action: str) -> Html:
    """The accounts of the demonstration, each with a button of its own."""
    heads = [words(key) for key in ("signin.shown.role", "signin.login", "signin.password")]
    head = tag("tr", join([*(tag("th", safe(text), scope="col") for text in heads), tag("td", Html(""))]))
    rows = join(tag("tr", _shown_cells(words, action, shown)) for shown in SHOWN)
    return Html(
        tag("h2", safe(words("signin.shown")))
        + paragraph(words("signin.shown.what"), "note")
        + tag("table", Html(tag("thead", head) + tag("tbody", rows)))
    )


def _shown_cells(words: Words, action: str, shown: Shown) -> Html:
    role = words(f"role.{shown.role}")
    button = form(
        action,
        hidden(login=shown.login, password=shown.password),
        words("signin.do"),
        "quiet",
        **{"aria-label": words("signin.shown.use", name=role)},
    )
    codes = (tag("td", tag("code", safe(text))) for text in (shown.login, shown.password))
    return join([tag("th", safe(role), scope="row"), *codes, tag("td", button)])
