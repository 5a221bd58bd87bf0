"""A PostgreSQL of the tests' own: a fresh cluster, reached by a socket in a folder of its own, gone afterwards."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, create_engine, text

_PATIENCE: Final = 120.0
_UNPRIVILEGED: Final = ("postgres", "nobody")
_QUICK: Final = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=40")
"""Nothing of these tests has to survive a power cut."""


def programs() -> Path | None:
    """The folder of PostgreSQL's programs, the newest where there are several; None where it is not installed."""
    found = shutil.which("initdb")
    candidates = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found is not None:
        return Path(found).resolve().parent
    return candidates[-1].parent if candidates else None


class Server:
    """A cluster that runs.

    Args:
        folder: of its socket.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def url(self, database: str) -> str:
        """SQLAlchemy's address of one of its databases."""
        query = {"unix_sock": str(self._folder / ".s.PGSQL.5432")}
        address = URL.create("postgresql+pg8000", "jipyo", "", database=database, query=query)
        return address.render_as_string(hide_password=False)

    def make(self, database: str, template: str = "template0") -> str:
        """A new database like another one, and its address."""
        self._say(f'CREATE DATABASE "{database}" TEMPLATE "{template}"')
        return self.url(database)

    def _say(self, statement: str) -> None:
        engine = create_engine(self.url("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()


@contextlib.contextmanager
def running(bin_folder: Path) -> Iterator[Server]:
    """A fresh cluster, stopped and removed at the end; by an unprivileged user where the tests run as root."""
    folder = Path(tempfile.mkdtemp(prefix="jipyo-pg-"))
    try:
        whose = _unprivileged(folder)
        data = folder / "data"
        made = [
            str(bin_folder / "initdb"),
            "-D",
            str(data),
            "-U",
            "jipyo",
            "--auth=trust",
            "-E",
            "UTF8",
            "--no-locale",
            "-N",
        ]
        subprocess.run(made, check=True, capture_output=True, cwd=folder, **whose)
        settings = [f"unix_socket_directories={folder}", "listen_addresses=", *_QUICK]
        run = [str(bin_folder / "postgres"), "-D", str(data), *(word for one in settings for word in ("-c", one))]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(run, stdout=log, stderr=log, cwd=folder, **whose)
        try:
            _wait(folder, process)
            yield Server(folder)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(_PATIENCE)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root: who runs it instead, as `subprocess` takes it."""
    if os.geteuid() != 0:
        return {}
    known = {one.pw_name: one for one in pwd.getpwall()}
    user = next(known[name] for name in _UNPRIVILEGED if name in known)
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _wait(folder: Path, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _PATIENCE
    while not (folder / ".s.PGSQL.5432").exists() or b"ready to accept" not in (folder / "log").read_bytes():
        if process.poll() is not None or time.monotonic() > until:
            raise RuntimeError((folder / "log").read_text(encoding="utf-8", errors="replace"))
        time.sleep(0.02)
