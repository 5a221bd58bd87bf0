"""The script of the browser's pages; the gate in front of it says who is reading, and without it nothing shows."""

from __future__ import annotations

from dashboard.shell import run

run()
