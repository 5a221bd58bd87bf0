"""Accounts, sessions, keys and the audit log, which refuses to be changed."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_NEXT: Final = """COALESCE(
    (SELECT MAX(number) FROM audit_entries), (SELECT MAX(number) FROM audit_anchors), 0
) + 1"""
_TWICE: Final = "EXISTS (SELECT 1 FROM audit_entries WHERE audit_entries.hash = NEW.hash)"
_COVERED: Final = "EXISTS (SELECT 1 FROM audit_anchors WHERE audit_anchors.number >= OLD.number)"
_GROWS: Final = "NEW.number > COALESCE((SELECT MAX(number) FROM audit_anchors), 0)"

# INSERT OR REPLACE takes rows away without asking a trigger about DELETE: so INSERT is asked as well.
_SQLITE: Final = [
    f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} WHEN {when}"
    " BEGIN SELECT RAISE(ABORT, 'the audit log is append only'); END"
    for table, verb, when in (
        ("audit_entries", "INSERT", f"NEW.number IS NOT {_NEXT} OR {_TWICE}"),
        ("audit_entries", "UPDATE", "TRUE"),
        ("audit_entries", "DELETE", f"NOT {_COVERED}"),
        ("audit_anchors", "INSERT", f"NOT {_GROWS}"),
        ("audit_anchors", "UPDATE", "TRUE"),
        ("audit_anchors", "DELETE", "TRUE"),
    )
]
_POSTGRESQL: Final = [
    f"""
CREATE FUNCTION audit_entries_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.number = {_NEXT} THEN RETURN NEW; END IF;
    ELSIF TG_OP = 'DELETE' THEN
        IF {_COVERED} THEN RETURN OLD; END IF;
    END IF;
    RAISE EXCEPTION 'the audit log is append only';
END $$
""",
    f"""
CREATE FUNCTION audit_anchors_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF {_GROWS} THEN RETURN NEW; END IF;
    END IF;
    RAISE EXCEPTION 'the audit log is append only';
END $$
""",
    *(
        f"CREATE TRIGGER {table}_{name} BEFORE {verbs} ON {table} FOR EACH {each} EXECUTE FUNCTION {table}_guard()"
        for table in ("audit_entries", "audit_anchors")
        for name, verbs, each in (
            ("no_change", "INSERT OR UPDATE OR DELETE", "ROW"),
            ("no_truncate", "TRUNCATE", "STATEMENT"),
        )
    ),
]


def upgrade() -> None:
    """Make the tables and the triggers."""
    op.create_table(
        "accounts",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("login", sa.String(100), nullable=False, unique=True),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("unit_id", sa.String(100)),
        sa.Column("password_hash", sa.String(200)),
        sa.Column("issuer", sa.String(200)),
        sa.Column("subject", sa.String(200)),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("locked_until", sa.String(32)),
        sa.Column("must_change", sa.Boolean, nullable=False),
        sa.Column("created_at", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.UniqueConstraint("issuer", "subject"),
    )
    op.create_table(
        "sign_ins",
        sa.Column("token_digest", sa.String(64), primary_key=True),
        sa.Column("account_id", sa.String(32), sa.ForeignKey("accounts.id"), nullable=False, index=True),
        sa.Column("opened_at", sa.String(32), nullable=False),
        sa.Column("seen_at", sa.String(32), nullable=False),
        sa.Column("address", sa.String(64), nullable=False),
        sa.Column("way", sa.String(10), nullable=False),
    )
    op.create_table(
        "address_failures",
        sa.Column("address", sa.String(64), primary_key=True),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("since", sa.String(32), nullable=False),
    )
    op.create_table(
        "oidc_flows",
        sa.Column("state_digest", sa.String(64), primary_key=True),
        sa.Column("browser_digest", sa.String(64), nullable=False),
        sa.Column("nonce", sa.String(64), nullable=False),
        sa.Column("verifier", sa.String(128), nullable=False),
        sa.Column("next_page", sa.String(2000), nullable=False),
        sa.Column("begun_at", sa.String(32), nullable=False, index=True),
    )
    op.create_table(
        "audit_entries",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(32), nullable=False, index=True),
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("person", sa.String(130), nullable=False),
        sa.Column("address", sa.String(64), nullable=False),
        sa.Column("action", sa.String(40), nullable=False, index=True),
        sa.Column("about", sa.String(300), nullable=False),
        sa.Column("outcome", sa.String(10), nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False, unique=True),
    )
    op.create_table(
        "audit_anchors",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("file_digest", sa.String(64), nullable=False),
    )
    op.create_table(
        "signing_keys",
        sa.Column("fingerprint", sa.String(64), primary_key=True),
        sa.Column("public_key", sa.String(64), nullable=False),
        sa.Column("account_id", sa.String(32), sa.ForeignKey("accounts.id"), nullable=False, index=True),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("added_at", sa.String(32), nullable=False),
        sa.Column("retired_at", sa.String(32)),
    )
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(statement)
