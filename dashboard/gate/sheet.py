"""Pages the gate writes itself: HTML without a script, in the dashboard's colours, light and dark."""

from __future__ import annotations

from typing import Final

from starlette.responses import HTMLResponse

from dashboard.gate.document import source_hash
from dashboard.markup import Html, safe, tag
from dashboard.theme import PALETTES
from dashboard.words import Words

_LIGHT: Final = PALETTES["light"]
_DARK: Final = PALETTES["dark"]
_STYLE: Final = f"""
@font-face {{ font-family: "Pretendard GOV"; src: url("/app/static/PretendardGOV-Regular.woff2"); font-weight: 400; }}
@font-face {{ font-family: "Pretendard GOV"; src: url("/app/static/PretendardGOV-Bold.woff2"); font-weight: 700; }}
:root {{ color-scheme: light dark; --ground: {_LIGHT.ground}; --text: {_LIGHT.text}; --link: {_LIGHT.link};
  --edge: {_LIGHT.grey}; --button: {_LIGHT.primary}; --caution: {_LIGHT.accent}; }}
@media (prefers-color-scheme: dark) {{ :root {{ --ground: {_DARK.ground}; --text: {_DARK.text}; --link: {_DARK.link};
  --edge: {_DARK.grey}; --caution: {_DARK.accent}; }} }}
* {{ box-sizing: border-box; }}
body {{ margin: 0; background: var(--ground); color: var(--text); word-break: keep-all; overflow-wrap: anywhere;
  font: 1rem/1.6 "Pretendard GOV", "Noto Sans KR", NanumGothic, sans-serif; }}
header {{ display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: baseline; justify-content: space-between;
  padding: 1rem clamp(1rem, 4vw, 4rem); border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent); }}
header p {{ margin: 0; }}
header strong {{ font-size: 1.25rem; margin-right: .5rem; }}
main {{ max-width: 32rem; margin: 0 auto; padding: 2rem 1rem 4rem; }}
h1 {{ font-size: 1.75rem; line-height: 1.3; margin: 0 0 1rem; }}
h2 {{ font-size: 1.25rem; margin: 2.5rem 0 .25rem; }}
a {{ color: var(--link); }}
label {{ display: block; font-weight: 700; margin: 1rem 0 .25rem; }}
input {{ width: 100%; font: inherit; padding: .5rem .75rem; min-height: 2.75rem; color: inherit;
  background: var(--ground); border: 1px solid var(--edge); border-radius: .375rem; }}
button {{ font: inherit; font-weight: 700; padding: .5rem 1.25rem; min-height: 2.75rem; border-radius: .375rem;
  border: 1px solid var(--button); background: var(--button); color: #fff; cursor: pointer; }}
form > button {{ margin-top: 1.5rem; }}
button.quiet {{ background: var(--ground); color: var(--link); border-color: var(--link); }}
:focus-visible {{ outline: 3px solid var(--link); outline-offset: 2px; }}
.notice {{ border-left: .25rem solid var(--caution); padding: .25rem 0 .25rem .75rem; margin: 0 0 1rem; }}
.note {{ margin: .25rem 0; opacity: .85; }}
dl {{ display: grid; grid-template-columns: minmax(6rem, auto) 1fr; gap: .25rem 1rem; margin: 0 0 1.5rem; }}
dt {{ font-weight: 700; }} dd {{ margin: 0; }}
.actions {{ display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; margin: 1rem 0; }}
.actions form > button, td button {{ margin: 0; }}
table {{ border-collapse: collapse; width: 100%; }}
th, td {{ text-align: left; font-weight: 400; padding: .5rem .5rem .5rem 0; vertical-align: middle;
  border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent); }}
thead th {{ font-weight: 700; font-size: .875rem; }}
td code {{ font-size: .875rem; overflow-wrap: normal; }}
form + .note {{ margin-top: 1rem; }}
td button {{ padding: .25rem .75rem; min-height: 2.5rem; white-space: nowrap; }}
"""
_POLICY: Final = "; ".join(
    [
        "default-src 'none'",
        f"style-src {source_hash(_STYLE)}",
        "font-src 'self'",
        "img-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)


def sheet(words: Words, title: str, body: Html, aside: Html | None = None, status: int = 200) -> HTMLResponse:
    """A page.

    Args:
        words: in the reader's language.
        title: its heading.
        body: what stands below.
        aside: at the end of the line at the top.
        status: of the answer.
    """
    product = tag("p", Html(tag("strong", safe(words("product"))) + safe(words("product.subtitle"))))
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        '<link rel="icon" href="/app/static/jipyo.svg">'
        f"<title>{safe(title)} · {safe(words('product'))}</title><style>{_STYLE}</style>"
    )
    main = tag("main", Html(tag("h1", safe(title)) + body))
    html = (
        f'<!DOCTYPE html><html lang="{words.language}"><head>{head}</head>'
        f"<body>{tag('header', Html(product + (aside or '')))}{main}</body></html>"
    )
    return HTMLResponse(html, status, headers={"Content-Security-Policy": _POLICY})


def field(label: str, name: str, kind: str, autocomplete: str, note: str = "", focus: bool = False) -> Html:
    """A labelled line to type into.

    Args:
        label: what is asked for.
        name: of the value.
        kind: `text` or `password`.
        autocomplete: what a password manager knows it by (HTML, autofill detail tokens).
        note: said below the label, and read out with the field.
        focus: whether typing begins here.
    """
    said = tag("p", safe(note), "note", id=f"{name}-note") if note else Html("")
    described = f' aria-describedby="{name}-note"' if note else ""
    more = ' autocapitalize="none" spellcheck="false"' if kind == "text" else ""
    more += " autofocus" if focus else ""
    typed = f'<input id="{name}" name="{name}" type="{kind}" autocomplete="{autocomplete}" required{described}{more}>'
    return Html(tag("label", safe(label), for_=name) + said + typed)


def hidden(**values: str) -> Html:
    """Values a form carries unseen."""
    return Html(
        "".join(f'<input type="hidden" name="{safe(key)}" value="{safe(text)}">' for key, text in values.items())
    )


def form(action: str, content: Html, button: str, css: str = "", **about: str) -> Html:
    """A form with its button."""
    return tag(
        "form", Html(content + tag("button", safe(button), css, type="submit", **about)), action=action, method="post"
    )


def notice(text: str) -> Html:
    """What a reader must notice; read out at once."""
    return tag("p", safe(text), "notice", role="alert")
