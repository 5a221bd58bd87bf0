"""How pages adapt: to a keyboard, a narrow window, a need of more contrast, to paper. Part of the one stylesheet."""

from __future__ import annotations

from typing import Final

from dashboard.access import Role

KEYBOARD: Final = """
[data-testid="stApp"] :focus-visible { outline: .1875rem solid var(--jp-link) !important; outline-offset: .125rem; }
[data-testid="stApp"] :is(input, textarea):focus-visible { outline-offset: .25rem; }
[data-testid="stApp"] :is(.jp-table-frame, main):focus-visible { outline-offset: -.1875rem; }
.jp-table tbody th:focus-within { z-index: 2; }
"""
"""Whoever moves by keyboard sees where they are: Streamlit marks a link of the navigation by nothing but a shade."""

CHOSEN: Final = """
[data-testid="stApp"] button[data-selected="true"] p { color: var(--jp-link); }
[data-testid="stApp"] [data-testid^="stBaseButton-primary"]:not(:disabled) p { color: var(--jp-on-primary); }
"""
"""What is chosen and what is pressed, 4.5 : 1 against their ground in both themes: Streamlit writes white on any
primary colour, and the primary colour on its own tint."""

SIDEWAYS: Final = """
.jp-table-frame { --jp-shade: color-mix(in srgb, currentColor 45%, transparent);
  --jp-left: linear-gradient(to right, var(--jp-shade) .125rem, color-mix(in srgb, currentColor 16%, transparent) 0,
    transparent);
  --jp-right: linear-gradient(to left, var(--jp-shade) .125rem, color-mix(in srgb, currentColor 16%, transparent) 0,
    transparent);
  background: linear-gradient(var(--jp-ground)) 0 0 / 1.5rem 100% local,
    linear-gradient(var(--jp-ground)) 100% 0 / 1.5rem 100% local,
    var(--jp-left) 0 0 / 1.25rem 100% scroll, var(--jp-right) 100% 0 / 1.25rem 100% scroll;
  background-repeat: no-repeat; scroll-timeline: --jp-sideways inline; }
@supports (animation-timeline: --jp-sideways) {
  .jp-table tbody th::after { content: ""; position: absolute; inset: 0 0 0 auto; width: .125rem; opacity: 0;
    background: var(--jp-shade); animation: jp-over linear both; animation-timeline: --jp-sideways; }
}
@keyframes jp-over { 1%, 100% { opacity: 1; } }
"""
"""A table wider than its place has a shadow at the side that has more of it: the frame's own stays where it is, and
the covers over it lie at both ends of the table and move with it. The column that stays in view has an edge instead,
once something has gone under it, where the browser can tell."""

FIGURES: Final = """
@media screen and (min-width: 641px) and (max-width: 1200px) {
  [data-testid="stHorizontalBlock"]:has(.jp-fact-plain, [data-testid="stPlotlyChart"]),
  [data-testid="stHorizontalBlock"]:has(> [data-testid="stColumn"] [data-testid="stButtonGroup"]) { flex-wrap: wrap; }
  [data-testid="stColumn"]:has(.jp-fact-plain, [data-testid="stPlotlyChart"]) { flex: 1 1 40% !important;
    min-width: 40% !important; }
  [data-testid="stHorizontalBlock"]:has(.jp-table) > [data-testid="stColumn"]:is(:has(.jp-table),
    :has([data-testid="stPlotlyChart"])) { flex: 1 1 100% !important; min-width: 100% !important; }
  [data-testid="stColumn"]:has([data-testid="stButtonGroup"]) { flex: 1 1 max-content !important;
    min-width: 0 !important; max-width: 100%; }
}
"""
"""Where there is less room: figures with a trend stand two and two, as Streamlit draws no chart narrower than 150
pixels and cuts what is wider than its place; a chart stands above its table; choices take the room their words need."""

CONTRAST: Final = """
@media (prefers-contrast: more) {
  .stHtml :is(.jp-note, .jp-question, .jp-badge-plain, .jp-fact-name, .jp-small) { opacity: 1; }
  .stHtml :is(.jp-fact, .jp-state, .jp-badge), .jp-table :is(th, td) { border-color: currentColor; }
}
@media (forced-colors: active) {
  .jp-table-frame { forced-color-adjust: none; color: CanvasText; --jp-ground: Canvas; --jp-shade: CanvasText; }
  table.jp-table { forced-color-adjust: auto; }
  .jp-stack, .jp-stack-key, .jp-years > span { forced-color-adjust: none; }
  .jp-bar-fill { background: Highlight; opacity: .5; forced-color-adjust: none; }
  .jp-badge-strong, .jp-badge-draft { border: 2px solid ButtonText; }
  .jp-table .jp-chosen :is(th, td) { outline: 1px solid Highlight; }
  [data-testid="stPlotlyChart"] { forced-color-adjust: none; background: var(--jp-ground); }
}
"""
"""The same sheet for those whose system asks for more contrast, or sets every colour itself."""

PAPER: Final = """
@media print {
  @page { margin: 15mm 12mm; }
  [data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stToolbar"], [data-testid="stSkipToContent"],
  [data-testid="stButton"], [data-testid="stButtonGroup"], [data-testid="stSelectbox"], [data-testid="stTextInput"],
  [data-testid="stPopover"], [data-testid="stFileUploader"], .jp-tour, .jp-term, .jp-hint,
  [data-testid="stExpander"]:has(details:not([open])) { display: none !important; }
  html, body, #root, [data-testid="stApp"], [data-testid="stAppViewContainer"], [data-testid="stMain"] {
    position: static !important; display: block !important; height: auto !important; overflow: visible !important; }
  :root { --jp-link: #0b50d0; --jp-ground: #fff; }
  html, body, #root, [data-testid="stApp"], [data-testid="stMain"] { background: #fff !important; }
  [data-testid="stApp"], .stHtml, .stHtml :is(th, td, .jp-fact, .jp-stack) { color: #1e2124 !important; }
  [data-testid="stMainBlockContainer"] { padding: 0; max-width: none; }
  [data-testid="stHorizontalBlock"]:has(.jp-fact-plain) { display: flex !important; flex-wrap: wrap; }
  [data-testid="stColumn"]:has(.jp-fact-plain) { flex: 1 1 45% !important; min-width: 45% !important; }
  [data-testid="stElementContainer"]:has([data-testid="stPlotlyChart"]) {
    flex: none !important; height: auto !important; }
  [data-testid="stFullScreenFrame"], [data-testid="stPlotlyChart"], [data-testid="stPlotlyChart"] div {
    width: 100% !important; height: auto !important; }
  [data-testid="stPlotlyChart"] .main-svg { width: 100% !important; height: auto !important; }
  [data-testid="stPlotlyChart"] .main-svg:first-child { position: static !important; }
  [data-testid="stPlotlyChart"] .main-svg { background: transparent !important; }
  [data-testid="stPlotlyChart"] .main-svg .bg { fill: #fff !important; }
  .jp-table-frame { overflow: visible; background: none; }
  .jp-table tbody th::after { display: none; }
  table.jp-table { font-size: 9pt; }
  .jp-table th, .jp-table td { padding: .25rem; }
  .jp-table thead th { white-space: normal; font-size: 8pt; }
  .jp-table .jp-stack, .jp-table .jp-bar { min-width: 5.5rem; }
  .jp-table tbody th { position: static; }
  .jp-table thead { display: table-header-group; }
  .jp-table tr, .jp-fact, .jp-state, [data-testid="stPlotlyChart"] { break-inside: avoid; }
  .jp-title, .jp-heading, .jp-subheading { break-after: avoid; }
  .jp-badge-strong, .jp-badge-draft, .jp-bar-fill { print-color-adjust: exact; }
}
"""
"""A page on paper: what is shown, whole and dark on white, without what one presses. The script in the browser lets
charts shrink to the sheet. The sheet made for paper is the PDF."""

TOURED: Final = " ".join(f".jp-toured-{role} .jp-tour-{role} {{ display: none; }}" for role in Role)
"""A tour that was closed in this browser; its script marks the document so before anything is drawn."""

ADAPTING: Final = TOURED + KEYBOARD + CHOSEN + SIDEWAYS + FIGURES + CONTRAST + PAPER
"""All of it."""
