"""Which path is what. A path that is not named here does not exist, whatever Streamlit would answer to it."""

from __future__ import annotations

from enum import Enum, auto
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from dashboard.address import PAGES
from dashboard.gate.media import MEDIA

SIGN_IN: Final = "/signin"
SIGN_OUT: Final = "/signout"
SIGN_OUT_EVERYWHERE: Final = "/signout-everywhere"
ACCOUNT: Final = "/account"
PASSWORD: Final = "/password"
SOCKET: Final = "/_stcore/stream"
UPLOAD: Final = "/_stcore/upload_file/"
BUNDLE: Final = "/static/"
"""Streamlit's own scripts and styles, their content in their names."""
OWN: Final = "/app/static/"
FIRST_PAGE: Final = "/"

_STATIC: Final = Path(__file__).parent.parent / "app" / "static"
PAGE_PATHS: Final = frozenset({FIRST_PAGE, *(f"/{page}" for page in PAGES[1:])})
OWN_ACCOUNT: Final = frozenset({ACCOUNT, PASSWORD})
"""Pages the gate writes itself for those who are signed in."""
ASSETS: Final = frozenset(f"{OWN}{file.name}" for file in _STATIC.iterdir() if file.suffix in {".woff2", ".svg"})
"""Fonts and the icon: shipped with the program, the same for everybody, needed by the sign-in page."""
_ASKED_BY_PAGES: Final = frozenset({"/_stcore/health", "/_stcore/host-config", "/favicon.png", "/manifest.json"})


class Kind(Enum):
    """What may be done with a path."""

    PAGE = auto()
    """A page of the dashboard: its document."""
    ASSET = auto()
    """Open to everybody, to read."""
    STREAMLIT = auto()
    """Streamlit's own, to read, for those who are signed in."""
    MEDIA = auto()
    """A file kept for a page, to read, for the session whose page was told of it."""
    UPLOADING = auto()
    """Where files are put, by those who may send some."""
    NOTHING = auto()
    """Closed to everybody."""


def kind_of(path: str) -> Kind:
    """What a path is."""
    if path in PAGE_PATHS:
        return Kind.PAGE
    if path in ASSETS:
        return Kind.ASSET
    if path.startswith(MEDIA):
        return Kind.MEDIA
    if path.startswith(UPLOAD):
        return Kind.UPLOADING
    if path in _ASKED_BY_PAGES or path.startswith(BUNDLE):
        return Kind.STREAMLIT
    return Kind.NOTHING


def safe_next(said: str | None) -> str:
    """Where to go after signing in: a page of this dashboard or of the reader's account, with its query, or the first.

    The path is compared whole with those there are, so that nothing leads to another host, out of the session again
    or to where something is done.
    """
    try:
        parts = urlsplit(said or "")
    except ValueError:
        return FIRST_PAGE
    if parts.path not in PAGE_PATHS | OWN_ACCOUNT or parts.scheme or parts.netloc or not (said or "").isprintable():
        return FIRST_PAGE
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
