"""The command that serves the dashboard."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from etl.errors import Fault, UsageError
from terminal.door import command
from terminal.screen import language, tell, working

if TYPE_CHECKING:
    from dashboard.workflow.demonstration import Shown
    from dashboard.workflow.settings import Settings

# The database is imported by what uses it: an evaluation does not wait for it.

_TOP: Final = Path(__file__).parent.parent
_LARGEST_MESSAGE: Final = 1_048_576
"""Bytes of a websocket message, as the gate takes them."""
_SECONDS_TO_LEAVE: Final = 3


@command("serve", "--releases var/releases --records var/demo --port 8501")
def serve(
    releases: Annotated[Path, typer.Option(metavar="RELEASES", help="Folder of releases.")] = Path("var/releases"),
    records: Annotated[
        Path | None,
        typer.Option(metavar="DIR", envvar="JIPYO_RECORDS", help="Folder of received files, for the data page."),
    ] = None,
    state: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Folder of accounts and the audit log; JIPYO_STATE unless said.")
    ] = None,
    host: Annotated[str, typer.Option(help="Address to listen on; anything wider belongs behind TLS.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8501,
    demonstration: Annotated[
        bool, typer.Option("--demonstration", help="Make one account a role and show their passwords; loopback only.")
    ] = False,
) -> None:
    """Serve the dashboard to those who sign in."""
    from dashboard.workflow.demonstration import prepare
    from dashboard.workflow.settings import Settings
    from dashboard.workflow.store import store_of

    _must_be_free(host, port)
    _say_in_environment(releases, records, state, demonstration)
    settings = Settings.from_environment()
    shown = prepare(store_of(settings), settings, host)
    if shown and records is not None:
        _begin_the_year(settings, records, releases)
    _tell_where(host, port)
    _tell_accounts(shown)
    _run(host, port, settings)


def _must_be_free(host: str, port: int) -> None:
    """Nothing is begun, and no address told, where nothing could be served.

    Raises:
        UsageError: the port is in use or not to be had, or the address is none of this machine.
    """
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        # A port that only waits out its last connections is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise UsageError(
                Fault("address_unusable", f"{host}:{port}", {"why": error.strerror or str(error)})
            ) from None


def _say_in_environment(releases: Path, records: Path | None, state: Path | None, demonstration: bool) -> None:
    """The server's process, and those it begins, read the environment alone."""
    from dashboard.workflow.settings import Settings

    os.environ["JIPYO_RELEASES"] = str(releases.resolve())
    if records is not None:
        os.environ["JIPYO_RECORDS"] = str(records.resolve())
    os.environ["JIPYO_STATE"] = str((state or Settings.from_environment().state).resolve())
    if demonstration:
        os.environ["JIPYO_DEMONSTRATION"] = "1"


def _begin_the_year(settings: Settings, records: Path, releases: Path) -> None:
    """Have the demonstration an evaluation under way, the first time it is served."""
    from dashboard.workflow.demonstration_year import evaluation_under_way
    from dashboard.workflow.store import store_of

    with working("beginning"):
        evaluation_under_way(store_of(settings), records, releases)


def _tell_where(host: str, port: int) -> None:
    shown = f"[{host}]" if ":" in host else host
    stops = "Ctrl+C로 멈춥니다" if language() == "ko" else "Ctrl+C stops it"
    tell(f"Jipyo: http://{shown}:{port}  ({stops})")


def _tell_accounts(shown: tuple[Shown, ...]) -> None:
    if shown:
        tell("합성 예시 계정:" if language() == "ko" else "Accounts of the synthetic example (합성 예시):")
    for account in shown:
        tell(f"  {account.role:<14} {account.login:<14} {account.password}")


def _run(host: str, port: int, settings: Settings) -> None:
    import uvicorn

    # Streamlit reads its settings below the folder it is started in.
    os.chdir(_TOP)
    uvicorn.run(
        "streamlit_app:app",
        app_dir=str(_TOP),
        host=host,
        port=port,
        ws="websockets-sansio",
        ws_max_size=_LARGEST_MESSAGE,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=settings.proxy is not None,
        forwarded_allow_ips=settings.proxy or "",
        timeout_graceful_shutdown=_SECONDS_TO_LEAVE,
    )
