"""What a department sees of a release before it is published: itself, and nobody else by name."""

from __future__ import annotations

from dashboard.access import Role, Scope


def only(*unit_ids: str) -> Scope:
    """The scope of somebody who sees figures and records of these departments alone."""
    return Scope(Role.DEPARTMENT, frozenset(unit_ids), frozenset(unit_ids))
