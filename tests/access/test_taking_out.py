"""Every kind of file, for every role, in every state: what the table refuses is in no byte that leaves."""

from __future__ import annotations

import hashlib
import io
import shutil
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest
from pypdf import PdfReader

from dashboard.access import Action, Person, Role, State, Thing, can
from dashboard.desk.exporting import FILE, make_export
from dashboard.desk.jobs import WORK
from dashboard.desk.outgoing import OUTBOX, ask_for
from dashboard.shelf import RELEASES, look
from dashboard.words import WORDS
from dashboard.workflow.audit import Actor, Did
from dashboard.workflow.log import Wanted, detail_of, newest
from dashboard.workflow.sessions import look_up
from dashboard.workflow.steps import Standing
from dashboard.workflow.tables.audit import AuditEntry
from dashboard.workflow.taking import ROLES, Order, Share, share_of
from etl.errors import NotPermitted
from etl.exports.formats import FORMS, Format
from etl.exports.parts import parts_of
from etl.insight.reading import open_release
from tests.access.canaries import CODE, CODE_BESIDE, NAME, NAME_BESIDE, READER, SCORE, SCORE_BESIDE, TITLE
from tests.access.conftest import InState
from tests.dashboard.signing_in import People
from tests.exports.opened import everything_in
from tests.gate.asking import Front

KINDS: tuple[Format, ...] = get_args(Format)
OTHERS = (NAME, CODE, SCORE, NAME_BESIDE, CODE_BESIDE, SCORE_BESIDE, TITLE)
OWN_NAME = {"scored": "민원과", "recorded": "민원과"}
_MADE: dict[str, tuple[Path, Any]] = {}
_READ: dict[bytes, bytes] = {}
"""What was made and read already: equal orders give equal files here."""


def test_documents_say_roles_in_the_words_of_the_dashboard() -> None:
    for role, words in ROLES.items():
        assert words == {language: WORDS[f"role.{role}"][language] for language in words}
    assert ROLES.keys() == set(Role)


class AtOnce:
    """A job that is done as soon as it is begun; equal files are written once."""

    state = "done"
    seconds_since_end = 0.0

    def __init__(self, _task: str, request: Mapping[str, Any], place: Path) -> None:
        self.folder = place / hashlib.sha256(repr(request["taken"]).encode()).hexdigest()[:16]
        self.made = self.folder / WORK
        self.made.mkdir(parents=True, exist_ok=True)
        key = repr((request["release"], sorted(request["order"].items())))
        if key not in _MADE:
            _MADE[key] = (self.made / FILE, make_export(request, self.folder))
            kept = place.parent / f"kept-{len(_MADE)}"
            shutil.copyfile(self.made / FILE, kept)
            _MADE[key] = (kept, _MADE[key][1])
        shutil.copyfile(_MADE[key][0], self.made / FILE)
        self.result = _MADE[key][1]

    def cancel(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


@pytest.fixture
def front(people: People, monkeypatch: pytest.MonkeyPatch) -> Iterator[Front]:
    monkeypatch.setattr("dashboard.desk.outgoing.Job", AtOnce)
    yield Front(people.settings.state, people)
    OUTBOX.forget_all()


def actor_of(people: People, role: Role) -> Actor:
    with people.store.read() as session:
        signed = look_up(session, people.digest(role, READER), people.settings)
    assert signed is not None
    return Actor(signed.person, "127.0.0.1")


def standing(state: State, briefed: bool = False) -> Standing:
    return Standing(state, briefed)


def honest(release: Path, share: Share, kind: Format) -> Order:
    """What the page would ask for, everything the reader may take."""
    parts = parts_of(open_release(release), kind, share.units)
    allowed = share.parts(parts)
    return Order(release.name, kind, "ko", () if allowed == parts else allowed, share.units, "심의")


def forged(order: Order) -> list[Order]:
    """The same, as a message without the page could put it."""
    whole = replace(order, units=(), only=())
    return [whole, replace(order, units=(CODE,), only=()), replace(whole, kind="package"), replace(order, only=())]


def last(people: People) -> AuditEntry:
    with people.store.read() as session:
        return newest(session, Wanted(), 1)[0]


def fetched(front: Front, order: Order, role: Role, actor: Actor, releases: Path, work: Path) -> bytes | None:
    """Everything in the file somebody gets; None where they get none."""
    try:
        waiting = ask_for(front.people.store, actor, order, look(releases), front.people.settings)
    except NotPermitted:
        assert last(front.people).outcome == "refused"
        return None
    answer = front.post(f"/exports/{waiting.key}", role, unit_id=READER)
    assert answer.status_code == 200, answer.text
    told = last(front.people)
    assert (told.action, told.about) == (Did.EXPORTED.value, order.release)
    assert detail_of(told)["digest"] == hashlib.sha256(answer.content).hexdigest()
    assert not waiting.file.exists()
    if answer.content not in _READ:
        path = work / "left"
        path.write_bytes(answer.content)
        _READ[answer.content] = everything_in(path, work) + printed_in(answer.content)
    return _READ[answer.content]


def printed_in(content: bytes) -> bytes:
    """What a reader of a PDF sees: its bytes are compressed."""
    if not content.startswith(b"%PDF"):
        return b""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).encode()


def others_in(content: bytes) -> set[str]:
    """What of other departments is in a file."""
    return {word for word in OTHERS if word.encode() in content}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("kind", KINDS)
def test_a_file_goes_to_whom_the_table_allows_and_holds_nothing_else(
    kind: Format,
    role: Role,
    front: Front,
    releases_of: Callable[[str], Path],
    in_state: InState,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    release = releases_of("recorded" if kind == "evidence" else "scored")
    monkeypatch.setenv(RELEASES, str(release.parent))
    actor, somebody = (
        actor_of(front.people, role),
        Person("somebody", "", role, READER if role is Role.DEPARTMENT else None),
    )
    for state in State:
        with in_state(release, state):
            whole = can(somebody, Action.EXPORT_BODY, Thing(), state)
            own = can(somebody, Action.EXPORT_UNIT, Thing(READER), state) and FORMS[kind].narrows
            share = share_of(actor.person, standing(state))
            order = honest(release, share or Share((READER,), as_received=False), kind)
            content = fetched(front, order, role, actor, release.parent, tmp_path)
            allowed = (whole or own) and (kind != "package" or can(somebody, Action.SEE_RECEIVED))
            assert (content is not None) == allowed, (role, state)
            for other in forged(order):
                got = fetched(front, other, role, actor, release.parent, tmp_path)
                assert got is None or other.units == order.units, (role, state, other)
                assert whole or not others_in(got or b""), (role, state, other)
            if content is not None:
                assert bool(others_in(content)) == whole, (role, state)


def test_records_and_rejects_go_to_whom_the_table_allows(
    front: Front,
    releases_of: Callable[[str], Path],
    in_state: InState,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    release = releases_of("recorded")
    monkeypatch.setenv(RELEASES, str(release.parent))
    with in_state(release, State.PUBLISHED):
        for role in (Role.AUDITOR, Role.APPROVER, Role.EXECUTIVE, Role.DEPARTMENT):
            actor = actor_of(front.people, role)
            share = share_of(actor.person, standing(State.PUBLISHED))
            assert share is not None
            content = fetched(front, honest(release, share, "csv"), role, actor, release.parent, tmp_path)
            assert content is not None
            assert (b"rejects.csv" in content) == can(actor.person, Action.SEE_RECEIVED), role
            assert (TITLE.encode() in content) == (role is not Role.DEPARTMENT), role
            assert OWN_NAME["recorded"].encode() in content


def test_a_file_is_nobody_elses_and_is_fetched_once(
    front: Front, releases_of: Callable[[str], Path], in_state: InState, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = releases_of("scored")
    monkeypatch.setenv(RELEASES, str(release.parent))
    actor = actor_of(front.people, Role.EVALUATOR)
    with in_state(release, State.PROVISIONAL):
        order = honest(release, Share((), as_received=True), "csv")
        waiting = ask_for(front.people.store, actor, order, look(release.parent), front.people.settings)
        path = f"/exports/{waiting.key}"
        for role in (Role.AUDITOR, Role.EXECUTIVE, Role.DEPARTMENT):
            assert front.post(path, role).status_code == 404
        assert front.post(path).status_code == 401
        assert front.ask("GET", path, Role.EVALUATOR).status_code == 405
        assert front.ask("POST", path, Role.EVALUATOR, headers={"origin": "http://evil.test"}).status_code == 403
        assert front.post(f"/exports/{'0' * 32}", Role.EVALUATOR).status_code == 404
        answer = front.post(path, Role.EVALUATOR)
        assert answer.status_code == 200
        assert answer.headers["content-type"] == FORMS["csv"].media_type
        assert "filename*=UTF-8''" in answer.headers["content-disposition"]
        assert f'filename="{release.name} tables-csv.zip"' in answer.headers["content-disposition"]
        assert answer.headers["cache-control"] == "no-store"
        assert front.post(path, Role.EVALUATOR).status_code == 404


def test_a_scorecard_each_leaves_as_one_zip_and_a_departments_holds_its_own_alone(
    front: Front, releases_of: Callable[[str], Path], in_state: InState, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = releases_of("scored")
    monkeypatch.setenv(RELEASES, str(release.parent))
    whole = Order(release.name, "pdf", "ko", ("scorecards",), (), "심의", each=True)
    with in_state(release, State.PUBLISHED):
        for role, order in ((Role.EVALUATOR, whole), (Role.DEPARTMENT, replace(whole, units=(READER,)))):
            actor, codes = actor_of(front.people, role), order.units or tuple(open_release(release).units)
            if role is Role.DEPARTMENT:
                with pytest.raises(NotPermitted):
                    ask_for(front.people.store, actor, whole, look(release.parent), front.people.settings)
            waiting = ask_for(front.people.store, actor, order, look(release.parent), front.people.settings)
            answer = front.post(f"/exports/{waiting.key}", role, unit_id=READER)
            assert answer.headers["content-type"] == "application/zip"
            named = f'filename="{release.name} scorecards by-department.zip"'
            assert named in answer.headers["content-disposition"]
            with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
                files = {name: archive.read(name) for name in archive.namelist()}
            assert all(name.endswith(".pdf") and data.startswith(b"%PDF") for name, data in files.items())
            assert sorted(name.split(" ")[2] for name in files) == sorted(codes)
            assert detail_of(last(front.people))["digest"] == hashlib.sha256(answer.content).hexdigest()
            # Published scores and places may be compared with; the group's line has no names.
            assert not {NAME, NAME_BESIDE} & others_in(b"".join(map(printed_in, files.values()))) or not order.units


def test_a_file_that_is_not_theirs_any_more_does_not_leave(
    front: Front, releases_of: Callable[[str], Path], in_state: InState, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = releases_of("scored")
    monkeypatch.setenv(RELEASES, str(release.parent))
    actor = actor_of(front.people, Role.EXECUTIVE)
    with in_state(release, State.APPEALS, briefed=True):
        share = share_of(actor.person, standing(State.APPEALS, briefed=True))
        assert share is not None
        order = honest(release, share, "xlsx")
        waiting = ask_for(front.people.store, actor, order, look(release.parent), front.people.settings)
    with in_state(release, State.APPEALS):
        assert front.post(f"/exports/{waiting.key}", Role.EXECUTIVE).status_code == 404
    assert last(front.people).outcome == "refused"
    assert not waiting.file.exists()


def test_a_file_is_made_by_a_process_of_its_own_and_gone_with_its_folder_when_fetched(
    people: People, releases_of: Callable[[str], Path], in_state: InState, monkeypatch: pytest.MonkeyPatch
) -> None:
    release, front = releases_of("scored"), Front(people.settings.state, people)
    monkeypatch.setenv(RELEASES, str(release.parent))
    actor = actor_of(people, Role.EVALUATOR)
    with in_state(release, State.PROVISIONAL):
        order = honest(release, Share((), as_received=True), "xlsx")
        waiting = ask_for(people.store, actor, order, look(release.parent), people.settings)
        assert front.post(f"/exports/{waiting.key}", Role.EVALUATOR).status_code == 404
        deadline = time.monotonic() + 120
        while waiting.job.state == "running" and time.monotonic() < deadline:
            time.sleep(0.1)
        assert waiting.job.state == "done", waiting.job.faults
        assert waiting.job.folder.stat().st_mode & 0o077 == 0
        answer = front.post(f"/exports/{waiting.key}", Role.EVALUATOR)
    assert hashlib.sha256(answer.content).hexdigest() == detail_of(last(people))["digest"]
    assert answer.content.startswith(b"PK")
    assert not waiting.job.folder.exists()
