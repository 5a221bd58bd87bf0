"""The steps of an evaluation, its moves and its rulebooks."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "evaluations",
        sa.Column("year", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("release", sa.String(40), unique=True),
        sa.Column("rulebook", sa.String(64)),
        sa.Column("briefed_at", sa.String(32)),
        sa.Column("evaluated_at", sa.String(32)),
        sa.Column("waiting", sa.Integer),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_table(
        "planned_dates",
        sa.Column("year", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("state", sa.String(20), primary_key=True),
        sa.Column("begins_on", sa.Date, nullable=False),
        sa.Column("ends_on", sa.Date, nullable=False),
    )
    op.create_table(
        "moves",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("year", sa.Integer, nullable=False, index=True),
        sa.Column("from_state", sa.String(20), nullable=False),
        sa.Column("to_state", sa.String(20), nullable=False),
        sa.Column("release", sa.String(40), index=True),
        sa.Column("rulebook", sa.String(64)),
        sa.Column("replaces", sa.String(40)),
        *_proposal(),
    )
    op.create_table(
        "rulebook_versions",
        sa.Column("year", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("changes", sa.Text),
        *_proposal(),
    )


def _proposal() -> list[sa.Column[Any]]:
    """The columns of what is proposed and decided."""
    return [
        sa.Column("proposed_by", sa.String(32), nullable=False),
        sa.Column("proposed_name", sa.String(100), nullable=False),
        sa.Column("proposed_at", sa.String(32), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("decided_by", sa.String(32)),
        sa.Column("decided_name", sa.String(100)),
        sa.Column("decided_at", sa.String(32)),
        sa.Column("outcome", sa.String(10), nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    ]
