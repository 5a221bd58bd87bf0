"""An evaluation knows the folder of its received files."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the folder; evaluations that are there already learn of it when their records are next evaluated."""
    op.add_column("evaluations", sa.Column("records", sa.Text))
