"""Who may see what. Every read of the dashboard takes a `Scope`; this is the one place that makes one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """What one reader may see.

    Attributes:
        role: what the reader is to the evaluation (executive, evaluator, department, auditor; anyone without sign-in).
        unit_ids: the departments whose figures and records the reader may see; None is every department.
            Figures of the whole body and of a peer group as a whole (totals, medians) are not narrowed.
    """

    role: str
    unit_ids: frozenset[str] | None

    @classmethod
    def everything(cls) -> Scope:
        """Every department, as long as nobody signs in."""
        return cls("anyone", None)

    def may_see(self, unit_id: str) -> bool:
        """Whether the department's figures and records may be shown."""
        return self.unit_ids is None or unit_id in self.unit_ids

    @property
    def key(self) -> str:
        """Names the scope in a cache: equal for equal scopes, different for different ones."""
        return f"{self.role}:{'*' if self.unit_ids is None else ' '.join(sorted(self.unit_ids))}"


def scope_of_reader() -> Scope:
    """What whoever is reading may see; until there is sign-in, everything."""
    return Scope.everything()


def may_manage_records(scope: Scope) -> bool:
    """Whether the reader may see the received files, load new ones and decide what names mean.

    The evaluator may. As long as nobody signs in, whoever reaches the dashboard is taken for the evaluator: it answers
    on the machine itself (loopback) only.
    """
    return scope.role in ("evaluator", "anyone") and scope.unit_ids is None
