"""The process that reads and evaluates received files for the pages: `python -m dashboard.desk.child TASK FOLDER`.

It reads its request from the folder and leaves its answer there. Nothing of a received file reaches its output: the
server's log holds no cell.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import threading
import traceback
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter

from dashboard.desk.arriving import Change, as_json, change_of, look_at
from dashboard.desk.consequences import Consequences, carry_out, consequences
from dashboard.desk.evaluating import compare_rules, evaluate_year
from dashboard.desk.exporting import make_export
from dashboard.desk.jobs import ANSWER, FAILURE, FILES, MENDED, REQUEST, TAKEN_BACK, WORK
from dashboard.frames.data import reason_text
from dashboard.words import Words
from etl.errors import Fault, JipyoError
from etl.intake.arrivals import compare, receive
from etl.intake.decisions import Decision, decide_all
from etl.intake.mapping import Source, parse_sources
from etl.intake.marks import write_marks
from etl.intake.proposals import sources_of
from etl.intake.returned import TakenBack, is_about_people, is_returned, take_back, write_returned
from etl.intake.rulings import Ruling
from etl.intake.survey import Reject, Survey, sources_for, survey

Answer = Callable[[Mapping[str, Any], Path], Any]


def main(task: str, folder: Path) -> None:
    """Do one task and leave its answer."""
    _end_with_the_server()
    # What a process that dies would leave behind could hold cells.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if task in SECONDS:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS[task], SECONDS[task]))
    request = json.loads((folder / REQUEST).read_text(encoding="utf-8"))
    try:
        answer = {"result": TASKS[task](request, folder)}
    except JipyoError as error:
        answer = {"faults": [_as_json(fault) for fault in error.faults]}
    except OSError as error:
        answer = {"faults": [_as_json(Fault("disk_says_no", "", {"why": error.strerror or "?"}))]}
    except Exception as error:
        (folder / FAILURE).write_text(_place_of(error), encoding="utf-8")
        raise
    unfinished = folder / f"{ANSWER}.unfinished"
    unfinished.write_text(json.dumps(answer, ensure_ascii=False), encoding="utf-8")
    unfinished.replace(folder / ANSWER)


def _end_with_the_server() -> None:
    def watch() -> None:
        while os.read(0, 1):
            pass
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _place_of(error: Exception) -> str:
    """What failed and where in the code; not its message, which may quote a cell."""
    steps = [
        f"{step.name} ({Path(step.filename).name}:{step.lineno})" for step in traceback.extract_tb(error.__traceback__)
    ]
    return f"{type(error).__name__} in {' > '.join(steps)}"


def _as_json(fault: Fault) -> dict[str, Any]:
    return {
        "code": fault.code,
        "where": fault.where,
        "facts": TypeAdapter(dict[str, Any]).dump_python(dict(fault.facts), mode="json"),
    }


def _survey(request: Mapping[str, Any], folder: Path) -> Any:
    records = Path(request["records"])
    files = [source.file for source in sources_of(records)] if records.is_dir() else []
    (folder / FILES).write_text(json.dumps(files, ensure_ascii=False), encoding="utf-8")
    return TypeAdapter(Survey).dump_python(survey(records, folder / WORK), mode="json")


def _decide(request: Mapping[str, Any], _folder: Path) -> Any:
    on = date.fromisoformat(request["on"])
    decisions = [
        Decision(name, unit_id, request["why"], request["by"], on) for name, unit_id in request["decisions"].items()
    ]
    decide_all(Path(request["records"]), decisions)
    return len(decisions)


def _mend(request: Mapping[str, Any], folder: Path) -> Any:
    records, words = Path(request["records"]), Words(request["language"])
    sources = sources_for(sources_of(records), request["file"])
    if not sources or is_about_people(sources):
        return {"people": bool(sources), "rows": 0, "cut": False}
    reasons: defaultdict[int, list[str]] = defaultdict(list)
    for row, kind, column, reason, text in request["rows"]:
        reasons[row].append(reason_text(Reject(request["file"], row, kind, column, reason, text), words))
    work = folder / WORK / "copy"
    work.mkdir()
    received, target = records / sources[0].file, folder / WORK / MENDED
    written = write_returned(received, sources[0], reasons, target, work, words.language, sha256=request["sha256"])
    return {"people": False, "rows": written.rows, "cut": written.cut}


def _propose(request: Mapping[str, Any], folder: Path) -> Any:
    draft, file = Path(request["draft"]), request["file"]
    path = draft / file
    if is_returned(path):
        plain, work = folder / WORK / "plain.csv", folder / WORK / "copy"
        work.mkdir()
        taken = take_back(path, plain, work)
        plain.replace(path)
        (draft.parent / TAKEN_BACK).write_bytes(TypeAdapter(TakenBack).dump_json(taken))
    return as_json(look_at(Path(request["records"]), draft, file, request["kinds"], _taken_back(request)))


def _taken_back(request: Mapping[str, Any]) -> TakenBack | None:
    """What an uploaded file said of the rows it came from before that was taken off; None of any other file."""
    said = Path(request["draft"]).parent / TAKEN_BACK
    return TypeAdapter(TakenBack).validate_json(said.read_bytes()) if said.is_file() else None


def _compare(request: Mapping[str, Any], folder: Path) -> Any:
    records, file = Path(request["records"]), request["file"]
    found = compare(records, file, Path(request["draft"]) / file, folder / WORK, _entries(request))
    return TypeAdapter(Change).dump_python(change_of(found), mode="json")


def _keep(request: Mapping[str, Any], folder: Path) -> Any:
    records, file = Path(request["records"]), request["file"]
    found = receive(
        records, file, Path(request["draft"]) / file, folder / WORK, request["by"], entries=_entries(request)
    )
    return TypeAdapter(Change).dump_python(change_of(found), mode="json")


def _entries(request: Mapping[str, Any]) -> Sequence[Source]:
    """What `sources.toml` is to say of the file; nothing where it says so already."""
    if not request["entries"]:
        return _mending_anew(request)
    return parse_sources(f"version = 1\n{request['entries']}".encode(), request["file"])


def _mending_anew(request: Mapping[str, Any]) -> list[Source]:
    """The entries of a mended file that is there already, with the rows its newer version takes the place of."""
    taken = _taken_back(request)
    if taken is None or taken.mends is None:
        return []
    known = sources_for(sources_of(Path(request["records"])), request["file"])
    return [source.model_copy(update={"mends": taken.mends}) for source in known]


def _try(request: Mapping[str, Any], folder: Path) -> Any:
    ruling = Ruling(request["kind"], request["cells"])
    found = consequences(Path(request["records"]), Path(request["release"]), ruling, request["unit"], folder / WORK)
    return TypeAdapter(Consequences).dump_python(found, mode="json")


def _carry_out(request: Mapping[str, Any], folder: Path) -> Any:
    ruling = Ruling(request["kind"], request["cells"])
    return carry_out(Path(request["records"]), Path(request["release"]), ruling, folder / WORK)


def _write_marks(request: Mapping[str, Any], _folder: Path) -> Any:
    return write_marks(Path(request["records"]), request["rows"])


TASKS: Final[Mapping[str, Answer]] = {
    "survey": _survey,
    "decide": _decide,
    "mend": _mend,
    "propose": _propose,
    "compare": _compare,
    "keep": _keep,
    "evaluate": evaluate_year,
    "compare_rules": compare_rules,
    "try": _try,
    "carry_out": _carry_out,
    "write_marks": _write_marks,
    "export": make_export,
}
SECONDS: Final[Mapping[str, int]] = {"propose": 120}
"""Time of the processor a task may take, where it is known to be short."""


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
