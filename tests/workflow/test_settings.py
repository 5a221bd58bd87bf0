"""The settings say what the environment says, also when it says something else than before."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.workflow.settings import Settings
from etl.errors import UsageError


def test_settings_follow_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for minutes in (7, 9, 7):
        monkeypatch.setenv("JIPYO_SESSION_IDLE_MINUTES", str(minutes))
        assert Settings.from_environment().session_idle_minutes == minutes
    monkeypatch.setenv("jipyo_state", str(tmp_path))
    monkeypatch.delenv("JIPYO_STATE", raising=False)
    assert Settings.from_environment().state == tmp_path
    assert Settings.from_environment() is Settings.from_environment()


def test_what_cannot_be_meant_is_refused_every_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIPYO_SESSION_IDLE_MINUTES", "never")
    for _ in range(2):
        with pytest.raises(UsageError):
            Settings.from_environment()
