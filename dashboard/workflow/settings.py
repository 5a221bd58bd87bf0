"""What the environment says of this installation: `JIPYO_…` variables, checked once."""

from __future__ import annotations

import os
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Final

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from etl.errors import Fault, UsageError

_PREFIX: Final = "JIPYO_"


class Settings(BaseSettings):
    """How this installation keeps accounts and sessions.

    Attributes:
        state: the folder of the database, the evidence and what else is kept beside releases.
        database_url: SQLAlchemy's address of the database; None is SQLite in `state`.
        session_idle_minutes: a session ends after this long without a message.
        session_hours: and after this long in any case.
        audit_days: how long entries of the audit log are kept at least.
        proxy: addresses, with commas between, of the proxies that are believed about who speaks to them, and how.
        evidence_megabytes: the largest file of evidence.
        evidence_files: how many files one request may have.
        exports_at_once: how many files are made at the same time for people to take out.
        demonstration: whether the accounts of the demonstration are made and shown; on loopback only.
    """

    model_config = SettingsConfigDict(env_prefix=_PREFIX, frozen=True, extra="ignore")

    state: Path = Path("var/state")
    database_url: str | None = None
    session_idle_minutes: Annotated[int, Field(ge=1, le=480)] = 10
    session_hours: Annotated[int, Field(ge=1, le=24)] = 8
    audit_days: Annotated[int, Field(ge=1)] = 730
    proxy: str | None = None
    evidence_megabytes: Annotated[int, Field(ge=1, le=200)] = 20
    evidence_files: Annotated[int, Field(ge=1, le=100)] = 10
    exports_at_once: Annotated[int, Field(ge=1, le=16)] = 2
    demonstration: bool = False

    @staticmethod
    def from_environment() -> Settings:
        """The settings of the environment, checked anew whenever it says something else.

        Raises:
            UsageError: a variable says what cannot be meant.
        """
        said = ((name, value) for name, value in os.environ.items() if name.upper().startswith(_PREFIX))
        return _checked(tuple(sorted(said)))

    @property
    def url(self) -> str:
        """The database's address."""
        return self.database_url or f"sqlite:///{self.file}"

    @property
    def file(self) -> Path:
        """The database's file, where it is one of its own."""
        return self.state.absolute() / "jipyo.db"

    @property
    def has_database(self) -> bool:
        """Whether there is one to open: one is named, or the file is there."""
        return self.database_url is not None or self.file.is_file()

    @property
    def evidence(self) -> Path:
        """The folder of attached evidence: beside the database, never where a web server looks."""
        return self.state / "evidence"

    @property
    def exports(self) -> Path:
        """The folder in which files that leave are made, and wait to be fetched."""
        return self.state.absolute() / "exports"

    @property
    def may_have_database(self) -> bool:
        """Whether there is the database's file, or a server that would know; looking makes none."""
        scheme, _, file = self.url.partition(":///")
        return not scheme.startswith("sqlite") or Path(file).is_file()

    @property
    def idle(self) -> timedelta:
        """How long a session may be silent."""
        return timedelta(minutes=self.session_idle_minutes)

    @property
    def longest(self) -> timedelta:
        """How long a session may last."""
        return timedelta(hours=self.session_hours)


@lru_cache(maxsize=8)
def _checked(_said: tuple[tuple[str, str], ...]) -> Settings:
    """The settings, which every run of a page asks for many times, by what the environment says of them."""
    try:
        return Settings()
    except ValidationError as error:
        raise UsageError(
            Fault("setting_refused", f"{_PREFIX}{'_'.join(map(str, fault['loc'])).upper()}", {"why": fault["msg"]})
            for fault in error.errors()
        ) from None
