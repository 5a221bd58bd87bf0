"""The tables of the workflow's database, a file a family; importing this package makes all of them known."""

from __future__ import annotations

from dashboard.workflow.tables import accounts, audit, drafts, keys, panel, requests, steps
from dashboard.workflow.tables.base import Base

__all__ = ["Base", "accounts", "audit", "drafts", "keys", "panel", "requests", "steps"]
