"""The document every page begins with: Streamlit's own, in its language, and the policy it is shown under."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Final, Self

from streamlit.file_util import get_static_dir

from dashboard.gate.in_browser import script
from dashboard.words import Words
from etl.errors import Language

_INLINE: Final = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL)
_REPLACED: Final = (
    (re.compile(r"<!--.*?-->", re.DOTALL), ""),
    (re.compile(r'<link rel="service-desc"[^>]*/>'), ""),
    (re.compile(r'<link\s+rel="preload"[^>]*as="font"[^>]*/>', re.DOTALL), ""),
    (re.compile(r'<link rel="shortcut icon"[^>]*/>'), '<link rel="icon" href="./app/static/jipyo.svg" />'),
)
_LANGUAGE: Final = re.compile(r'<html lang="[^"]*">')
_TITLE: Final = re.compile(r"<title>.*?</title>", re.DOTALL)
_NO_SCRIPT: Final = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
_HEAD_ENDS: Final = "</head>"
_CHARTS: Final = "static/js/PlotlyChart.*.js"


@dataclass(frozen=True, slots=True)
class Document:
    """A page's document.

    Attributes:
        body: HTML.
        policy: its Content-Security-Policy.
    """

    body: bytes
    policy: str

    @classmethod
    def of(cls, index: str, language: Language, charts: str) -> Self:
        """Streamlit's document, told in a language.

        Args:
            index: as Streamlit brings it.
            language: of the reader.
            charts: path of the module that draws charts.

        Raises:
            ValueError: a part that must be replaced is not there, as after an upgrade that moved it.
        """
        words = Words(language)
        html = index
        for pattern, instead in _REPLACED:
            html = pattern.sub(instead, html)
        html = _once(_LANGUAGE, f'<html lang="{language}">', html)
        html = _once(_TITLE, f"<title>{escape(words('product'))}</title>", html)
        html = _once(_NO_SCRIPT, f"<noscript><p>{escape(words('gate.no_script'))}</p></noscript>", html)
        html = _once(re.compile(_HEAD_ENDS), f"<script>{script(charts)}</script>{_HEAD_ENDS}", html)
        return cls(html.encode(), policy_of(_INLINE.findall(html)))


def _once(pattern: re.Pattern[str], instead: str, html: str) -> str:
    changed, times = pattern.subn(lambda _: instead, html)
    if times != 1:
        raise ValueError(f"{pattern.pattern} stands {times} times in Streamlit's index.html")
    return changed


def source_hash(text: str) -> str:
    """A text as a policy names it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def policy_of(scripts: Iterable[str]) -> str:
    """The policy of Streamlit's pages: nothing from elsewhere, no script but the bundle and those that are named.

    Styles stand in elements and attributes that Streamlit and Plotly write, and change with every page: they cannot
    be named, and can run nothing.

    Args:
        scripts: the inline scripts, which are allowed by their digests.
    """
    named = " ".join(["'self'", *(source_hash(script) for script in scripts)])
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {named}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "media-src 'self' blob:",
            "connect-src 'self'",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "object-src 'none'",
        ]
    )


@cache
def document(language: Language) -> Document:
    """The document of this installation's Streamlit."""
    static = Path(get_static_dir())
    (charts,) = static.glob(_CHARTS)
    index = (static / "index.html").read_text(encoding="utf-8")
    return Document.of(index, language, charts.relative_to(static).as_posix())
