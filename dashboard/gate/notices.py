"""What the gate says where there is nothing."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from dashboard.address import Address
from dashboard.gate.paths import FIRST_PAGE
from dashboard.gate.sheet import sheet
from dashboard.markup import Html, link, paragraph, safe, tag
from dashboard.words import Words


def words_of(request: Request) -> Words:
    """The texts in the language the address asks for."""
    return Words(Address.of(request.query_params).language)


def in_language(path: str, words: Words, **query: str) -> str:
    """A path in the reader's language."""
    said = {**query, "lang": "en"} if words.language == "en" else query
    return f"{path}?{urlencode(said)}" if said else path


def other_language(path: str, words: Words, **query: str) -> Html:
    """The way to the same page in the other language."""
    other = Words("ko" if words.language == "en" else "en")
    there = in_language(path, other, **query)
    return tag("a", safe(words(f"language.{other.language}")), href=there, lang=other.language, hreflang=other.language)


def not_found(request: Request) -> Response:
    """There is no such page; in words for people only."""
    if "text/html" not in request.headers.get("accept", ""):
        return Response(status_code=404)
    words = words_of(request)
    home = tag("p", link(words("gate.home"), in_language(FIRST_PAGE, words)))
    body = Html(paragraph(words("gate.not_found.what")) + home)
    return sheet(words, words("gate.not_found"), body, status=404)


def database_away(request: Request) -> Response:
    """Nobody can tell now who asks: wait, nothing is lost; in words for people only."""
    later = {"Retry-After": "10"}
    if "text/html" not in request.headers.get("accept", ""):
        return Response(status_code=503, headers=later)
    words = words_of(request)
    said = sheet(words, words("state.database_away"), paragraph(words("state.database_away.what")), status=503)
    said.headers.update(later)
    return said
