"""The browser's door: `streamlit run streamlit_app.py` or `jipyo serve`; both serve this, and it has its gate."""

from __future__ import annotations

from dashboard.gate.app import build

app = build()
