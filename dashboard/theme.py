"""Colours of marks in charts, and the stylesheet of what `dashboard.markup` writes.

Hues follow the Korean government's design system (KRDS): one blue for what is meant, amber for what it is compared
with, greys for everything else. Nothing is told by colour alone, and nothing by red against green.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import Final, Literal

from dashboard.adapting import ADAPTING
from dashboard.markup import Html

Theme = Literal["light", "dark"]


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of marks, as `#rrggbb`.

    Attributes:
        primary: what is meant.
        accent: what it is compared with: target, median.
        grey: the others.
        faint: guide lines.
        text: labels inside a chart.
        ground: behind the chart.
        link: a link within text, and what shows where the keyboard is.
        on_primary: words on a ground of `primary`.
    """

    primary: str
    accent: str
    grey: str
    faint: str
    text: str
    ground: str
    link: str
    on_primary: str


PALETTES: Final[dict[Theme, Palette]] = {
    "light": Palette("#0b50d0", "#c78500", "#6d7882", "#b1b8be", "#1e2124", "#ffffff", "#0b50d0", "#ffffff"),
    "dark": Palette("#4c87f6", "#e3a008", "#8a949e", "#58616a", "#f4f5f6", "#131416", "#86aff9", "#131416"),
}


def stylesheet() -> str:
    """The sheet as a style element, in the colours the reader's system asks for, from one moment to the next."""
    light, dark = (_colours(PALETTES[theme]) for theme in ("light", "dark"))
    turned = f"@media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}"
    charts = f"@media screen and (prefers-color-scheme: dark) {{ {_darkened()} }}"
    return f"<style>\n:root {{ {light} }}\n{turned}\n{charts}\n{_SHEET}{ADAPTING}</style>"


def _colours(palette: Palette) -> str:
    return f"--jp-link: {palette.link}; --jp-ground: {palette.ground}; --jp-on-primary: {palette.on_primary};"


def _darkened() -> str:
    """Charts are drawn in the light colours; on a dark screen the sheet turns each into the dark one, at once.

    Plotly writes colours into the style of every mark, in this form and no other.
    """
    pairs = dict(zip(astuple(PALETTES["light"])[:6], astuple(PALETTES["dark"])[:6], strict=True))
    return "\n".join(
        f'.main-svg [style*="{part}: {_as_plotly_writes(light)}"] {{ {part}: {dark} !important; }}'
        for light, dark in pairs.items()
        for part in ("fill", "stroke")
    )


def _as_plotly_writes(colour: str) -> str:
    return f"rgb({', '.join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))})"


def uploader_words(browse: str, drop: str) -> Html:
    """The words of the place where files are dropped, in place of those it cannot be given.

    Args:
        browse: on its button.
        drop: beside it.
    """
    button = '[data-testid="stFileUploaderDropzone"] button p'
    beside = '[data-testid="stFileUploaderDropzoneInstructions"] span'
    rules = [
        f"{button}, {beside} {{ font-size: 0; }}",
        f'{button}::after {{ content: "{browse}"; font-size: 1rem; }}',
        f'{beside}::after {{ content: "{drop}"; font-size: .875rem; }}',
    ]
    return Html(f"<style>{' '.join(rules)}</style>")


# Colours that follow the theme are mixed from the text's own colour, so that one sheet serves light and dark.
_SHEET: Final = """
.stHtml { word-break: keep-all; }
.stHtml a, .stHtml a:visited { color: var(--jp-link); }
[data-testid="stMainBlockContainer"] { padding: 3.5rem clamp(1rem, 4vw, 4rem) 4rem; }
[data-testid="stSidebar"] [data-testid="stPageLink-NavLink"] { padding: .375rem .75rem; }
[data-testid="stButtonGroup"] [role="radiogroup"] { flex-wrap: wrap; }
[data-testid="stButtonGroup"] button { max-width: 100%; }
[data-testid="stSidebar"] [data-testid="stButtonGroup"] button { padding-left: .625rem; padding-right: .625rem; }
.jp-badges { display: flex; flex-wrap: wrap; gap: .375rem .5rem; align-items: center; font-size: .8125rem;
  margin: 0 0 .75rem; }
.jp-badge { border: 1px solid color-mix(in srgb, currentColor 30%, transparent); border-radius: 999px;
  padding: .0625rem .625rem; white-space: nowrap; }
.jp-badge-strong { background: #0b50d0; border-color: #0b50d0; color: #fff; font-weight: 700; }
.jp-badge-draft { background: #ffdf8c; border-color: #c78500; color: #1e2124; font-weight: 700; }
.jp-badge-plain { border: 0; padding: 0; opacity: .8; font-variant-numeric: tabular-nums; overflow-wrap: anywhere;
  white-space: normal; }
.jp-title { font-size: 1.875rem; line-height: 1.3; font-weight: 700; margin: 0; padding: 0; overflow-wrap: anywhere; }
.jp-question { font-size: 1rem; opacity: .8; margin: .25rem 0 0; overflow-wrap: anywhere; }
.jp-heading { font-size: 1.25rem; font-weight: 700; margin: 1.25rem 0 .25rem; padding: 0; overflow-wrap: anywhere; }
.jp-subheading { font-size: 1rem; font-weight: 700; margin: .75rem 0 .125rem; padding: 0; overflow-wrap: anywhere; }
[class*="st-key-still-"] .js-plotly-plot .plotly .nsewdrag { cursor: default !important; }
.jp-arrived { scroll-margin-top: 4.5rem; }
.jp-note { margin: .125rem 0 .5rem; opacity: .85; overflow-wrap: anywhere; max-width: 60rem; }
.jp-caution { border-left: .25rem solid #c78500; padding: .125rem 0 .125rem .75rem; margin: .5rem 0; max-width: 60rem;
  overflow-wrap: anywhere; }
.jp-state { border: 1px solid color-mix(in srgb, currentColor 25%, transparent); border-radius: .5rem;
  padding: 1rem 1.25rem; margin: .5rem 0 1rem; overflow-wrap: anywhere; }
.jp-state h2 { font-size: 1.125rem; margin: 0 0 .375rem; padding: 0; }
.jp-state p { margin: 0 0 .5rem; }
.jp-state code { display: block; padding: .375rem .5rem; margin: .25rem 0; border-radius: .25rem; white-space: pre-wrap;
  background: color-mix(in srgb, currentColor 8%, transparent); color: inherit; overflow-wrap: anywhere; }
.stHtml ul.jp-sentences { margin: .25rem 0 .5rem; padding-left: 1.25rem; max-width: 60rem; }
ul.jp-sentences li { margin: .25rem 0; overflow-wrap: anywhere; }
.jp-links { display: flex; flex-wrap: wrap; gap: .375rem .75rem; margin: .25rem 0; overflow-wrap: anywhere; }
.jp-reader { margin-top: 1rem; font-size: .9375rem; }
.jp-reader form { margin: 0; }
.jp-reader .jp-links { align-items: center; gap: .375rem 1rem; }
.jp-button { font: inherit; padding: .25rem .75rem; border-radius: .375rem; cursor: pointer; background: transparent;
  color: var(--jp-link); border: 1px solid currentColor; }
.jp-help { margin: .75rem 0; font-size: .9375rem; }
.jp-help summary { cursor: pointer; font-weight: 700; }
.jp-help p { margin: .375rem 0; overflow-wrap: anywhere; }
.jp-state ol { margin: .25rem 0 .75rem; padding-left: 1.5rem; }
.jp-term { text-decoration: underline; padding: 0 .25rem; }
.jp-facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: .75rem;
  margin: .5rem 0 .25rem; }
.stHtml .jp-facts + ul.jp-sentences { margin-top: 1rem; }
.jp-fact { border: 1px solid color-mix(in srgb, currentColor 20%, transparent); border-radius: .5rem;
  padding: .75rem 1rem; min-width: 0; }
.jp-fact-name { font-size: .875rem; opacity: .85; margin: 0; overflow-wrap: anywhere; }
.jp-fact-value { font-size: 1.75rem; line-height: 1.3; font-weight: 700; margin: .125rem 0; overflow-wrap: anywhere;
  font-variant-numeric: tabular-nums; }
.jp-fact-value.jp-fact-long { font-size: 1rem; line-height: 1.5; }
.jp-fact-value small { font-size: 1rem; font-weight: 400; margin-left: .25rem; }
.jp-fact p:not(.jp-fact-value) { margin: .0625rem 0; font-size: .875rem; font-variant-numeric: tabular-nums; }
.jp-fact-plain { border: 0; padding: 0; min-height: 10.5rem; }
.jp-fact-mark { font-weight: 700; }
.jp-fact-mark, .jp-exact, .jp-whole, .jp-table .jp-tight { white-space: nowrap; }
.jp-exact { text-decoration: underline dotted; text-underline-offset: .2em; cursor: help; }
.jp-table-frame { overflow-x: auto; margin: .25rem 0 .75rem; }
table.jp-table { border-collapse: collapse; width: 100%; font-size: .9375rem; }
.jp-table caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.jp-table th, .jp-table td { padding: .375rem .625rem; border: 0;
  border-bottom: 1px solid color-mix(in srgb, currentColor 15%, transparent); text-align: left;
  vertical-align: middle; font-weight: 400; overflow-wrap: break-word; }
.jp-table tbody th, .jp-table td.jp-long { overflow-wrap: anywhere; min-width: 7rem; }
.jp-table td.jp-wide { overflow-wrap: anywhere; min-width: 15rem; }
.jp-table tbody th { position: sticky; left: 0; background: var(--jp-ground); z-index: 1; }
.jp-table thead th { font-weight: 700; font-size: .8125rem; white-space: nowrap;
  border-bottom: 2px solid color-mix(in srgb, currentColor 40%, transparent); }
.jp-table th.jp-number, .jp-table td.jp-number { text-align: right; font-variant-numeric: tabular-nums;
  white-space: nowrap; min-width: 0; }
.jp-table .jp-small { display: block; font-size: .8125rem; opacity: .8; white-space: normal; }
.jp-table .jp-tight .jp-small { white-space: nowrap; }
.jp-table tbody tr:hover > * { background: color-mix(in srgb, currentColor 5%, var(--jp-ground)); }
.jp-leads { cursor: pointer; }
.jp-table .jp-area th, .jp-table .jp-area td { font-weight: 700; }
.jp-table .jp-deep th { padding-left: 1.75rem; }
.jp-table .jp-deeper th { padding-left: 2.75rem; }
.jp-table .jp-chosen th, .jp-table .jp-chosen td { font-weight: 700;
  background: color-mix(in srgb, #0b50d0 12%, var(--jp-ground)); }
.jp-working { border-left: .25rem solid var(--jp-link); padding: .125rem 0 .125rem .75rem; margin: .5rem 0;
  max-width: 60rem; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
.jp-said { white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: plaintext; margin: .125rem 0 .75rem;
  max-width: 60rem; }
.jp-narrow { max-width: 30rem; }
.jp-bar { display: inline-block; position: relative; width: 100%; min-width: 6rem; text-align: right; }
.jp-bar-fill { position: absolute; left: 0; top: 15%; bottom: 15%; border-radius: .125rem;
  background: color-mix(in srgb, #0b50d0 22%, transparent); }
.jp-bar-text { position: relative; padding-right: .25rem; }
.jp-stack { display: flex; min-width: 9rem; height: 1.125rem; border-radius: .125rem; overflow: hidden;
  box-shadow: inset 0 0 0 1px color-mix(in srgb, currentColor 25%, transparent); }
.jp-stack > span, .jp-stack-key { box-sizing: border-box; flex: none; overflow: hidden; text-align: center;
  font-size: .6875rem; line-height: 1.125rem; border-right: 1px solid var(--jp-ground); }
.jp-shade-1 { background: #0b50d0; color: #fff; }
.jp-shade-2 { background: #ffdf8c; color: #1e2124; }
.jp-shade-3 { background: #58616a; color: #fff; }
.jp-shade-4 { background: #b1cefb; color: #1e2124; }
.jp-shade-5 { background: #8a5c00; color: #fff; }
.jp-shade-6 { background: #b1b8be; color: #1e2124; }
.stHtml ul.jp-legend { display: flex; flex-wrap: wrap; gap: .25rem .875rem; list-style: none; margin: .25rem 0 .5rem;
  padding: 0; font-size: .875rem; }
.jp-legend li { display: flex; align-items: center; gap: .375rem; margin: 0; overflow-wrap: anywhere; }
.jp-stack-key { display: inline-block; width: 1.25rem; border: 0; border-radius: .125rem; }
.jp-years { display: inline-flex; align-items: flex-end; gap: 2px; height: 1.5rem;
  border-bottom: 1px solid color-mix(in srgb, currentColor 40%, transparent); }
.jp-years > span { width: .4375rem; min-height: 1px; background: #8a949e; }
.jp-years > span:last-child { background: #0b50d0; }
.stHtml dl.jp-says { margin: .5rem 0 .25rem; padding: 0; max-width: 60rem; display: grid; gap: .25rem 1rem;
  grid-template-columns: max-content 1fr; }
dl.jp-says dt { font-weight: 700; margin: 0; padding: 0; }
dl.jp-says dd { margin: 0; padding: 0; overflow-wrap: anywhere; }
.stHtml dl.jp-rules { display: grid; padding: 0; grid-template-columns: minmax(6rem, 9rem) 1fr;
  gap: .375rem 1rem; margin: .5rem 0; max-width: 60rem; }
dl.jp-rules dt { font-weight: 700; margin: 0; padding: 0; }
dl.jp-rules dd { margin: 0; padding: 0; overflow-wrap: anywhere; }
pre.jp-rules-text { overflow: auto; max-height: 30rem; font-size: .875rem; }
.jp-narrow-only { display: none; }
@media (max-width: 640px) {
  .st-key-wide-only { display: none; }
  .jp-narrow-only { display: block; }
  [data-testid="stMainBlockContainer"] { padding-top: 4.5rem; }
  .jp-title { font-size: 1.5rem; }
  .jp-fact-value { font-size: 1.5rem; }
  .jp-table th, .jp-table td { padding: .375rem .375rem; }
  .jp-stacks, .jp-stacks tbody { display: block; }
  .jp-stacks thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .jp-stacks tbody tr { display: grid; grid-template-columns: auto auto 1fr; padding: .375rem 0;
    border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent); }
  .jp-table.jp-stacks tbody tr > * { border: 0; min-width: 0; padding: .125rem .375rem; }
  .jp-stacks tbody tr > :nth-child(n + 4) { grid-column: 1 / -1; }
  .jp-fact-plain { min-height: 0; }
  .jp-bar { min-width: 4.5rem; }
  .jp-stack { min-width: 6rem; }
  .stHtml dl.jp-says { grid-template-columns: 1fr; gap: 0; }
  dl.jp-says dd { margin-bottom: .5rem; }
  .stHtml dl.jp-rules { grid-template-columns: 1fr; gap: .125rem; }
  dl.jp-rules dd { margin-bottom: .5rem; }
}
"""
