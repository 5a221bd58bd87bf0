"""The releases that evaluations have frozen, by year."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.workflow.tables.steps import Evaluation


def frozen_releases(session: Session) -> dict[int, str]:
    """Year -> name of the release its evaluation has frozen; years without one are left out."""
    found = session.execute(select(Evaluation.year, Evaluation.release).where(Evaluation.release.is_not(None)))
    return {year: release for year, release in found if release is not None}
