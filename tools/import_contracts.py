"""A contract of import-linter that waits for its modules.

The design names modules before they are written. The shipped "forbidden" contract stops the whole run when one of
its modules is missing; this one leaves the missing out, so a rule holds from the day its module appears.
"""

from __future__ import annotations

from typing import Any, cast

from grimp import ImportGraph
from importlinter import ContractCheck
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.domain.imports import ModuleExpression


class ForbiddenWhenPresent(ForbiddenContract):
    """`forbidden`, for the modules of it that exist."""

    type_name = "forbidden_when_present"

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """The check of `forbidden` after leaving out modules of ours that do not exist."""
        contract = cast(Any, self)  # import-linter fills its field declarations with sets of module expressions
        for field in ("source_modules", "forbidden_modules"):
            named: set[ModuleExpression] = getattr(contract, field)
            setattr(contract, field, {module for module in named if self._may_be_checked(module, graph)})
        return super().check(graph, verbose)

    def _may_be_checked(self, module: ModuleExpression, graph: ImportGraph) -> bool:
        root_packages: list[str] = self.session_options["root_packages"]
        is_ours = module.expression.partition(".")[0] in root_packages
        return not is_ours or module.has_wildcard_expression() or module.expression in graph.modules
