"""The application that is served: Streamlit's, behind the gate."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import streamlit as st

SCRIPT: Final = Path(__file__).parent.parent / "main.py"


def build() -> st.App:
    """The application with everything that guards it."""
    return st.App(SCRIPT)
