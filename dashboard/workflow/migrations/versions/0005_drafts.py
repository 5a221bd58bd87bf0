"""What people have begun to write and have not sent yet."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "drafts",
        sa.Column("account_id", sa.String(32), sa.ForeignKey("accounts.id"), primary_key=True),
        sa.Column("place", sa.String(300), primary_key=True),
        sa.Column("fields", sa.Text, nullable=False),
        sa.Column("kept_at", sa.String(32), nullable=False, index=True),
    )
