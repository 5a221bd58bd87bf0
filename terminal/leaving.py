"""Results that leave through the terminal: whoever may take them, the log that tells of it, and what is told back.

Where there are accounts on this machine, the same table is asked as in the dashboard, of whoever signs in. Where there
are none, a release's folder is all there is, and whoever has it has everything in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from etl.errors import Fault, JipyoError, NotPermitted
from etl.exports.carried import Taken
from etl.exports.export import Exported
from etl.exports.formats import Format, Wanted
from etl.exports.tables import Control
from etl.insight.reading import Reading
from etl.intake.loads import who
from etl.release.folder import published
from etl.release.tables import cell_text
from etl.shown import SEOUL
from terminal.account_telling import ask_password
from terminal.database import database_if_there, whoever
from terminal.screen import language, one_line, tell

if TYPE_CHECKING:
    from dashboard.workflow.audit import Actor
    from dashboard.workflow.steps import Standing
    from dashboard.workflow.store import Store
    from dashboard.workflow.taking import Order


@dataclass(frozen=True, slots=True)
class Leaving:
    """Somebody at the terminal who takes something out.

    Attributes:
        store: of this installation; None where it has none.
        actor: who is signed in, or the terminal's user where there are no accounts; None without a store.
    """

    store: Store | None
    actor: Actor | None

    def limited(self, reading: Reading, kind: Format, wanted: Wanted) -> Wanted:
        """What is wanted, within what the person may take: a department takes its own unless it says so itself.

        Args:
            reading: the release.
            kind: of file.
            wanted: as said on the command line.

        Raises:
            UsageError: there is no such department.
        """
        units = tuple(reading.unit(said).unit_id for said in wanted.units)
        if self.store is None or self.actor is None or self.actor.person is None:
            return replace(wanted, units=units)
        from dashboard.workflow.taking import share_of
        from etl.exports.parts import parts_of

        share = share_of(self.actor.person, _standing(self.store, reading))
        if share is None:
            return replace(wanted, units=units)
        units = units or share.units
        parts = parts_of(reading, kind, units)
        allowed = share.parts(parts)
        return replace(wanted, only=wanted.only or (() if allowed == parts else allowed), units=units)

    def begin(self, reading: Reading, kind: Format, wanted: Wanted, reason: str) -> Taken:
        """What is printed into the file, with the table's leave.

        Raises:
            NotPermitted: it is not theirs to take; the log tells that they tried.
        """
        if self.store is None or self.actor is None:
            return Taken(who(), datetime.now(SEOUL), reason)
        from dashboard.workflow.acting import do
        from dashboard.workflow.audit import head
        from dashboard.workflow.taking import begin

        if self.actor.person is None:
            with self.store.read() as session:
                return Taken(self.actor.user, datetime.now(SEOUL), reason, head(session).text)
        actor, store = self.actor, self.store
        order = _order(reading, kind, wanted, reason)
        return do(store, actor, order.release, lambda session: begin(session, actor, order, _standing(store, reading)))

    def may_see_names(self) -> bool:
        """Whether names of people may stand in what is taken."""
        if self.actor is None or self.actor.person is None:
            return True
        from dashboard.access import Action, can

        return can(self.actor.person, Action.SEE_PEOPLE)

    def log(self, reading: Reading, kind: Format, wanted: Wanted, reason: str, exported: Exported) -> None:
        """Have the audit log tell of an export. What it cannot tell of does not leave: the file goes."""
        if self.store is None or self.actor is None:
            return
        from dashboard.workflow.taking import log_exported

        try:
            with self.store.write() as session:
                log_exported(session, self.actor, _order(reading, kind, wanted, reason), exported)
        except BaseException:
            exported.path.unlink()
            raise


def _order(reading: Reading, kind: Format, wanted: Wanted, reason: str) -> Order:
    from dashboard.workflow.taking import Order

    return Order(
        reading.manifest.name, kind, wanted.language, tuple(wanted.only), tuple(wanted.units), reason, wanted.each
    )


def _standing(store: Store, reading: Reading) -> Standing:
    """How far a release has come."""
    from dashboard.workflow.steps import standing_of

    try:
        names = {pointer.release for pointer in published(reading.folder.resolve().parent)}
    except JipyoError:
        names = set()
    with store.read() as session:
        return standing_of(session, reading.manifest.name, reading.manifest.name in names)


@contextmanager
def leaving(login: str | None, password_file: Path | None) -> Iterator[Leaving]:
    """Somebody who takes something out, signed in where there are accounts, and signed out again afterwards.

    Args:
        login: of their account.
        password_file: with its password; asked for unless given.

    Raises:
        NotPermitted: there are accounts and nobody says which, or the password is not theirs.
        UsageError: there are none to sign in to.
    """
    store = database_if_there()
    if store is None or (login is None and not _has_accounts(store)):
        if login is not None:
            raise NotPermitted(Fault("export_no_accounts", "--login"))
        tell(_NOBODY[language()] if store is None else _NO_ACCOUNTS[language()])
        yield Leaving(store, None if store is None else whoever())
        return
    if login is None:
        raise NotPermitted(Fault("export_login_needed", "--login"))
    from dashboard.workflow.passing import signed_in_here

    with signed_in_here(store, login, ask_password(password_file, once=True)) as actor:
        yield Leaving(store, actor)


_NOBODY = {
    "ko": "이 컴퓨터에는 계정이 없어 누구로도 로그인하지 않았고, 감사 기록에도 남지 않습니다.",
    "en": "there are no accounts on this machine: nobody is signed in, and no log tells of this.",
}
_NO_ACCOUNTS = {
    "ko": "아직 계정이 없어 로그인하지 않았습니다. 터미널을 쓰는 사람의 이름으로 감사 기록에 남습니다.",
    "en": "there are no accounts yet: nobody is signed in. The log names the terminal's user.",
}


def _has_accounts(store: Store) -> bool:
    from dashboard.workflow.account_changes import list_accounts

    with store.read() as session:
        return bool(list_accounts(session))


# What is told back ---------------------------------------------------------------------------------------------------


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
