"""A file that leaves the system, written in the child process; the server only hands it over."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter

from dashboard.charts.files import export_charts
from dashboard.desk.jobs import WORK
from dashboard.workflow.taking import Order
from etl.exports.carried import Taken
from etl.exports.evidence import Attached, Beside, export_evidence
from etl.exports.export import Exported, export
from etl.insight.reading import open_release

FILE: Final = "export"
"""What the file is called until it arrives."""


def make_export(request: Mapping[str, Any], folder: Path) -> Any:
    """Write what somebody wants to take out.

    Args:
        request: `release`, its folder; `order`, `taken` and `attached`, as JSON.
        folder: of the job.

    Returns:
        What was written, as JSON.
    """
    order = TypeAdapter(Order).validate_python(request["order"])
    taken = TypeAdapter(Taken).validate_python(request["taken"])
    reading = open_release(Path(request["release"]))
    target = folder / WORK / FILE
    if order.kind == "charts":
        made = export_charts(reading, target, taken, order.wanted)
    elif order.kind == "evidence":
        attached = TypeAdapter(list[Attached] | None).validate_python(request["attached"])
        made = export_evidence(reading, target, taken, order.wanted, Beside(attached=attached))
    else:
        made = export(reading, order.kind, target, taken, order.wanted)
    return TypeAdapter(Exported).dump_python(made, mode="json")


def asked(order: Order, taken: Taken, release: Path, attached: list[Attached] | None = None) -> dict[str, Any]:
    """The request for the child.

    Args:
        order: what somebody wants.
        taken: who takes it out, when and why.
        release: its folder.
        attached: files sent as evidence, where evidence is what they want.
    """
    return {
        "attached": TypeAdapter(list[Attached] | None).dump_python(attached, mode="json"),
        "release": str(release.absolute()),
        "order": TypeAdapter(Order).dump_python(order, mode="json"),
        "taken": TypeAdapter(Taken).dump_python(taken, mode="json"),
    }


def answered(result: Any) -> Exported:
    """What the child wrote."""
    return TypeAdapter(Exported).validate_python(result)
