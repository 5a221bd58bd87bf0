"""What is told about results that leave: the file, its digest, whether they are final; and the log that is told too."""

from __future__ import annotations

import json
from typing import Any

from etl.exports.carried import Taken
from etl.exports.export import Exported
from etl.exports.formats import Format
from etl.exports.tables import Control
from etl.release.tables import cell_text
from terminal.database import database_if_there
from terminal.screen import language, one_line, tell


def head_of_log() -> str:
    """Number and hash of the newest entry of this installation's audit log; empty where it has no database."""
    store = database_if_there()
    if store is None:
        return ""
    from dashboard.workflow.audit import head

    with store.read() as session:
        return head(session).text


def log_exported(release: str, kind: Format, taken: Taken, exported: Exported) -> None:
    """Have the audit log tell of an export, where there is one. What it cannot tell of does not leave: the file goes.

    Args:
        release: name of the release.
        kind: of file.
        taken: who takes it out, when and why.
        exported: what was written.
    """
    store = database_if_there()
    if store is None:
        return
    from dashboard.workflow.audit import Actor, Did, Event, append

    rows = sum(control.rows for control in exported.controls.values())
    said = {
        "format": kind,
        "reason": taken.reason[:500],
        "parts": ", ".join(exported.controls)[:500],
        "rows": rows,
        "digest": exported.sha256,
        "published": exported.is_published,
    }
    try:
        with store.write() as session:
            append(session, Actor(None, "terminal", taken.by), Event(Did.EXPORTED, release, said))
    except BaseException:
        exported.path.unlink()
        raise


def tell_exported(exported: Exported, as_json_: bool) -> None:
    """The file that was written, on stdout; its digest, for the minutes, on stderr."""
    if as_json_:
        facts = {
            "path": str(exported.path),
            "sha256": exported.sha256,
            "bytes": exported.size,
            "published": exported.is_published,
            "parts": {part: _control_json(control) for part, control in exported.controls.items()},
        }
        print(json.dumps(facts, ensure_ascii=False))
        return
    print(one_line(str(exported.path)))
    tell(f"sha256 {exported.sha256}")
    if not exported.is_published:
        tell(
            "잠정 결과입니다. 이 폴더에서 공표된 공개본이 아닙니다."
            if language() == "ko"
            else "this is provisional: it is not the published release of its folder."
        )


def _control_json(control: Control) -> dict[str, Any]:
    total = None if control.total is None else cell_text(control.total)
    return {"rows": control.rows, "column": control.column, "total": total}
