"""The reader's own account: who is signed in, signing out, changing the password."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from dashboard.gate.gate import signed_of
from dashboard.gate.house import Busy, House, address_of
from dashboard.gate.notices import in_language, other_language, words_of
from dashboard.gate.paths import ACCOUNT, FIRST_PAGE, PASSWORD, SIGN_IN, SIGN_OUT, SIGN_OUT_EVERYWHERE
from dashboard.gate.sheet import field, form, notice, sheet
from dashboard.gate.signin import forget, welcome
from dashboard.markup import Html, join, link, paragraph, safe, tag
from dashboard.words import Words
from dashboard.workflow.accounts import SHORTEST
from dashboard.workflow.sessions import Signed
from dashboard.workflow.signing_in import change_password, sign_out
from etl.errors import Fault, UsageError


def routes(house: House, out: Mapping[str, str] | None = None) -> list[Route]:
    """What somebody who is signed in can do about their own account.

    Args:
        house: the installation.
        out: way of signing in -> where those who came so go once they are signed out; else to the sign-in page.
    """
    ways_out = out or {}
    return [
        Route(ACCOUNT, _account, methods=["GET"]),
        Route(PASSWORD, _ask, methods=["GET"]),
        Route(PASSWORD, partial(_change, house), methods=["POST"]),
        Route(SIGN_OUT, partial(_leave, house, ways_out, False), methods=["POST"]),
        Route(SIGN_OUT_EVERYWHERE, partial(_leave, house, ways_out, True), methods=["POST"]),
    ]


async def _account(request: Request) -> Response:
    words, signed = words_of(request), signed_of(request)
    everywhere = form(in_language(SIGN_OUT_EVERYWHERE, words), Html(""), words("account.out.everywhere"), "quiet")
    actions = [
        form(in_language(SIGN_OUT, words), Html(""), words("account.out"), "quiet"),
        everywhere,
        *([link(words("account.change"), in_language(PASSWORD, words))] if signed.way == "password" else []),
    ]
    body = [
        tag("dl", join(_facts(words, signed))),
        tag("div", join(actions), "actions"),
        paragraph(words("account.out.everywhere.what"), "note"),
        tag("p", link(words("account.back"), in_language(FIRST_PAGE, words))),
    ]
    return sheet(words, words("account.title"), join(body), other_language(ACCOUNT, words))


def _facts(words: Words, signed: Signed) -> list[Html]:
    said = {
        "account.name": signed.person.name,
        "signin.login": signed.login,
        "account.role": words(f"role.{signed.person.role}"),
        "account.unit": signed.person.unit_id or "",
        "account.opened": words.moment(signed.opened_at),
        "account.from": signed.address,
    }
    return [Html(tag("dt", safe(words(key))) + tag("dd", safe(text))) for key, text in said.items() if text]


async def _leave(house: House, ways_out: Mapping[str, str], everywhere: bool, request: Request) -> Response:
    signed = signed_of(request)
    await house.ask(sign_out, house.store, signed, address_of(request.scope), everywhere=everywhere)
    place = ways_out.get(signed.way, SIGN_IN)
    away = RedirectResponse(in_language(place, words_of(request), why="out"), status_code=303)
    # What this browser keeps of the dashboard goes too; the back button finds nothing.
    away.headers["Clear-Site-Data"] = '"cache", "storage"'
    return forget(request, away)


async def _ask(request: Request) -> Response:
    return _password_page(request, ())


async def _change(house: House, request: Request) -> Response:
    given = await request.form()
    old, new, again = (str(given.get(name, "")) for name in ("old", "new", "again"))
    signed, address = signed_of(request), address_of(request.scope)
    try:
        if new != again:
            raise UsageError(Fault("passwords_differ", ""))
        token = await house.hash(change_password, house.store, signed, old, new, address)
    except UsageError as error:
        return _password_page(request, error.faults, status=400)
    except Busy:
        return _password_page(request, (), words_of(request)("signin.busy"), status=503)
    return welcome(request, token, request.query_params.get("next", ""))


def _password_page(request: Request, faults: tuple[Fault, ...], said: str = "", status: int = 200) -> Response:
    words, signed = words_of(request), signed_of(request)
    told = [fault.text(words.language) for fault in faults] + ([said] if said else [])
    if signed.must_change:
        told.append(words("password.must"))
    asked = [
        _for_password_managers(signed.login),
        field(words("password.old"), "old", "password", "current-password", focus=True),
        field(words("password.new"), "new", "password", "new-password", words("password.rule", shortest=SHORTEST)),
        field(words("password.again"), "again", "password", "new-password"),
    ]
    query = {"next": request.query_params["next"]} if "next" in request.query_params else {}
    out = form(in_language(SIGN_OUT, words), Html(""), words("account.out"), "quiet")
    # Whoever must change the password first comes nowhere else.
    ways = () if signed.must_change else (("reader.account", ACCOUNT), ("account.back", FIRST_PAGE))
    body = [
        *(notice(text) for text in told),
        form(in_language(PASSWORD, words, **query), join(asked), words("password.do")),
        paragraph(words("password.everywhere"), "note"),
        tag("div", join([*(link(words(key), in_language(path, words)) for key, path in ways), out]), "actions"),
    ]
    return sheet(words, words("password.title"), join(body), other_language(PASSWORD, words, **query), status)


def _for_password_managers(login: str) -> Html:
    """Whose password it is, for the browser alone."""
    return Html(f'<input type="text" name="login" value="{safe(login)}" autocomplete="username" readonly hidden>')
