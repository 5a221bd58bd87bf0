"""What is told about results that leave: the file, its digest, and whether they are final."""

from __future__ import annotations

import json
from typing import Any

from etl.exports.export import Exported
from etl.exports.tables import Control
from etl.release.tables import cell_text
from terminal.screen import language, one_line, tell


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
