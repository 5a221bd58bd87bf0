"""Requests with their remarks and evidence; panels with their assessors and marks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables."""
    _requests()
    _panels()


def _requests() -> None:
    op.create_table(
        "requests",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("year", sa.Integer, nullable=False, index=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("unit_id", sa.String(200), nullable=False, index=True),
        sa.Column("release", sa.String(40), nullable=False),
        sa.Column("indicator", sa.String(200)),
        sa.Column("record_kind", sa.String(40)),
        sa.Column("record_id", sa.String(200)),
        sa.Column("rule", sa.String(200)),
        sa.Column("author_id", sa.String(32), sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("filed_at", sa.String(32), nullable=False),
        sa.Column("verdict", sa.String(10)),
        sa.Column("answered_by", sa.String(32), sa.ForeignKey("accounts.id")),
        sa.Column("change", sa.Text),
        sa.Column("consequences", sa.Text),
        sa.Column("met_on", sa.Date),
        sa.Column("ruled_in", sa.String(700)),
        sa.Column("led_to", sa.String(40)),
        sa.Column("version", sa.Integer, nullable=False),
        sa.UniqueConstraint("year", "number"),
    )
    op.create_table(
        "request_remarks",
        sa.Column("request_id", sa.String(32), sa.ForeignKey("requests.id"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("account_id", sa.String(32), sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("did", sa.String(20), nullable=False),
        sa.Column("verdict", sa.String(10)),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_table(
        "evidence_files",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("request_id", sa.String(32), sa.ForeignKey("requests.id"), nullable=False, index=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("media_type", sa.String(100), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("added_by", sa.String(32), sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("added_at", sa.String(32), nullable=False),
    )


def _panels() -> None:
    op.create_table(
        "panels",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("indicator", sa.String(200), nullable=False),
        sa.Column("release", sa.String(40), nullable=False),
        sa.Column("opened_by", sa.String(32), sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("opened_at", sa.String(32), nullable=False),
        sa.Column("closed_by", sa.String(32), sa.ForeignKey("accounts.id")),
        sa.Column("closed_at", sa.String(32)),
        sa.Column("written_at", sa.String(32)),
        sa.Column("version", sa.Integer, nullable=False),
        sa.UniqueConstraint("year", "indicator"),
    )
    op.create_table(
        "panel_assessors",
        sa.Column("panel_id", sa.String(32), sa.ForeignKey("panels.id"), primary_key=True),
        sa.Column("account_id", sa.String(32), sa.ForeignKey("accounts.id"), primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("named_at", sa.String(32), nullable=False),
    )
    op.create_table(
        "panel_marks",
        sa.Column("panel_id", sa.String(32), sa.ForeignKey("panels.id"), primary_key=True),
        sa.Column("account_id", sa.String(32), sa.ForeignKey("accounts.id"), primary_key=True),
        sa.Column("unit_id", sa.String(200), primary_key=True),
        sa.Column("mark", sa.String(20)),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("given_at", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
