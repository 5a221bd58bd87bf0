"""No person of the records is in the workflow's database or its log, whatever is done to files that list people."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from dashboard.access import Role
from dashboard.desk.place import RECORDS, UPLOADS
from dashboard.shelf import RELEASES
from dashboard.workflow.audit import Actor
from dashboard.workflow.log import Wanted
from dashboard.workflow.sealing import Taken, take_as_bytes
from dashboard.workflow.sessions import look_up
from dashboard.workflow.tables.audit import AuditEntry
from etl.evaluate import evaluate
from tests.commands.terminal import jipyo
from tests.dashboard.desk import press, settled, text
from tests.dashboard.signing_in import People
from tests.intake.people import DEPARTMENTS, HEADER, NAMES, NUMBERS, PEOPLE, SESSIONS, SOURCES, canaries_in, write_key

BY_NAME = SOURCES.replace('unit_id = "부서"', 'unit_id = { column = "부서", unit_by = "name" }')
"""A person's name may have been written where the department's belongs; somebody then decides what it means."""
NEWER = PEOPLE.replace(",A1,", ",기획과,") + f"S1,{NUMBERS[1]},{NAMES[1]},직급,{NAMES[0]},2021-05-01,3\n"
RULES = """[evaluation]
id = "people"
title = "사람"
year = 2021
[score]
aggregation = "weighted_sum"
weights = "as_given"
[[indicators]]
id = "training"
name = "교육"
numerator = "training_people"
weight = 1
points = { method = "raw" }
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = tmp_path / "records"
    made.mkdir()
    files = {"departments.csv": DEPARTMENTS, "training_sessions.csv": SESSIONS, "명단.csv": HEADER}
    for name, content in {**files, "sources.toml": f"version = 1\n{BY_NAME}"}.items():
        (made / name).write_text(content, encoding="utf-8")
    (tmp_path / "rules.toml").write_text(RULES, encoding="utf-8")
    monkeypatch.setenv("JIPYO_KEY_FILE", str(write_key(tmp_path / "key")))
    monkeypatch.setenv(RECORDS, str(made))
    monkeypatch.setenv(UPLOADS, str(tmp_path))
    monkeypatch.setenv(RELEASES, str(tmp_path / "releases"))
    return made


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> People:
    people = People(tmp_path / "state")
    people.use(monkeypatch)
    return people


def test_names_of_people_are_in_no_byte_of_the_database_and_its_log(
    project: Path, own: People, folder: Path, tmp_path: Path
) -> None:
    app = own.open(project / "dashboard/app/main.py")
    app.query_params["part"] = "upload"
    app.run()
    app.switch_page("../pages/data.py")
    settled(app)
    app.file_uploader[0].set_value(("명단.csv", NEWER.encode(), "text/csv"))
    settled(app)
    press(press(app, "upload-check"), "upload-load")
    assert NAMES[0] in (folder / "명단.csv").read_text(encoding="utf-8")

    app.query_params["part"] = "names"
    settled(app)
    choices = [one for one in app.selectbox if one.key and one.key.startswith("decide-")]
    assert any(NAMES[0] in f"{one.key}" for one in choices), text(app)
    for one in choices:
        one.set_value("A1")
    app.text_input(key="decide-why").set_value("이름이 부서 칸에 있음")
    press(app, "confirm-names")

    again = tmp_path / "명단.csv"
    again.write_text(NEWER, encoding="utf-8")
    jipyo("load", again, "--into", folder, "--yes", JIPYO_STATE=str(own.settings.state))
    release = evaluate(folder, tmp_path / "rules.toml", tmp_path / "releases").release
    look = own.open(project / "dashboard/app/main.py")
    for key, value in {"release": release.name, "indicator": "training", "unit": "A1"}.items():
        look.query_params[key] = value
    look.run()
    look.switch_page("../pages/indicator.py")
    settled(look)

    auditor = own.digest(Role.AUDITOR)
    with own.store.read() as session:
        done = {entry.action for entry in session.scalars(select(AuditEntry))}
        signed = look_up(session, auditor, own.settings)
    assert {"records_loaded", "name_decided", "records_seen"} <= done
    assert signed is not None
    taken = take_as_bytes(own.store, Actor(signed.person, signed.address), Wanted())
    assert isinstance(taken, Taken)
    assert not canaries_in(taken.content)
    files = [path for path in own.settings.state.rglob("*") if path.is_file()]
    assert any(path.name == "jipyo.db" for path in files)
    assert {path.name: found for path in files if (found := canaries_in(path.read_bytes()))} == {}
