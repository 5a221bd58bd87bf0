"""The browser's door: `streamlit run streamlit_app.py`. The releases are those of the folder JIPYO_RELEASES names."""

from __future__ import annotations

from dashboard.shell import run

run()
