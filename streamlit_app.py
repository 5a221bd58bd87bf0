"""The browser's door: `streamlit run streamlit_app.py` or `jipyo serve`; both serve this, and it has its gate."""

from __future__ import annotations

import streamlit as st

from dashboard.gate.app import behind_the_gate

app = st.App(**behind_the_gate())
