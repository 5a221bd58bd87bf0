"""How pages adapt: to a keyboard, to a reader who needs more contrast, to paper. Part of the one stylesheet."""

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

CONTRAST: Final = """
@media (prefers-contrast: more) {
  .stHtml :is(.jp-note, .jp-question, .jp-badge-plain, .jp-fact-name, .jp-small) { opacity: 1; }
  .stHtml :is(.jp-fact, .jp-state, .jp-badge), .jp-table :is(th, td) { border-color: currentColor; }
}
@media (forced-colors: active) {
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
  [data-testid="stPopover"], [data-testid="stFileUploader"], .jp-no-print { display: none !important; }
  html, body, #root, [data-testid="stApp"], [data-testid="stAppViewContainer"], [data-testid="stMain"] {
    position: static !important; display: block !important; height: auto !important; overflow: visible !important; }
  [data-testid="stMainBlockContainer"] { padding: 0; max-width: none; }
  .jp-table-frame { overflow: visible; }
  table.jp-table { font-size: 9pt; }
  .jp-table tbody th { position: static; }
  .jp-table thead { display: table-header-group; }
  .jp-table tr, .jp-fact, .jp-state, [data-testid="stPlotlyChart"] { break-inside: avoid; }
  .jp-title, .jp-heading, .jp-subheading { break-after: avoid; }
  .jp-badge-strong, .jp-badge-draft, .jp-bar-fill { print-color-adjust: exact; }
}
"""
"""A page on paper: what is shown, whole, without what one presses. The sheet made for paper is the PDF."""

TOURED: Final = " ".join(f".jp-toured-{role} .jp-tour-{role} {{ display: none; }}" for role in Role)
"""A tour that was closed in this browser; its script marks the document so before anything is drawn."""

ADAPTING: Final = TOURED + KEYBOARD + CHOSEN + CONTRAST + PAPER
"""All of it."""
