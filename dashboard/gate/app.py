"""What makes Streamlit's application the gated one: `st.App(**behind_the_gate())`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Route

from dashboard.desk.jobs import sweep_jobs
from dashboard.desk.leftovers import sweep
from dashboard.desk.outgoing import OUTBOX
from dashboard.desk.place import sweep_uploads
from dashboard.desk.uploads import forget_every_upload
from dashboard.gate import account, evidence, exports, identity, ready, signin
from dashboard.gate.document import document
from dashboard.gate.gate import Gate
from dashboard.gate.headers import SESSION
from dashboard.gate.house import House
from dashboard.warming import keep_warm
from dashboard.workflow.demonstration import prepare
from dashboard.workflow.identity import IdentityProvider
from dashboard.workflow.settings import Settings
from etl.errors import Fault, UsageError

SCRIPT: Final = Path(__file__).parent.parent / "app" / "main.py"


def behind_the_gate() -> dict[str, Any]:
    """The arguments of `st.App`: the pages' script, the gate in front of it, and what is done before it opens.

    Raises:
        UsageError: the environment, or where the server was started, leaves no safe way to serve.
    """
    _check_configuration()
    house = House(Settings.from_environment())
    provider = IdentityProvider.from_environment()
    gate = Middleware(
        Gate,
        house=house,
        open_routes=[*ready.routes(house), *_ways_in(house, provider)],
        signed_routes=[
            *account.routes(house, {"oidc": identity.LEAVE} if provider else None),
            *evidence.routes(house),
            *exports.routes(house),
        ],
        upload_megabytes=int(st.get_option("server.maxUploadSize")),
    )

    @asynccontextmanager
    async def lifespan(_app: st.App) -> AsyncIterator[None]:
        # What cannot be done is noticed before the first person comes: the database, the document, the demonstration.
        for language in ("ko", "en"):
            document(language)
        prepare(house.store, house.settings, _address_served())
        _sweep_what_was_left(house.settings.exports)
        warming = asyncio.create_task(keep_warm())
        yield
        warming.cancel()
        forget_every_upload()
        OUTBOX.forget_all()

    return {"script_path": SCRIPT, "middleware": [gate], "lifespan": lifespan}


def _sweep_what_was_left(exports: Path) -> None:
    """Servers that were killed could not clean up: files to fetch, uploads and unfinished work, cells among them."""
    sweep(exports, at_start=True)
    sweep_uploads()
    sweep_jobs()


def _ways_in(house: House, provider: IdentityProvider | None) -> list[Route]:
    """The sign-in page, and the way through the identity provider where there is one."""
    if provider is None:
        return signin.routes(house)
    return [*signin.routes(house, [identity.other_way(provider)]), *identity.routes(house, provider)]


def _check_configuration() -> None:
    """Without the project's `.streamlit/config.toml` no page knows its reader, and faults show their insides."""
    trusted = st.get_option("server.trustedUserHeaders") or {}
    if SESSION.decode() not in {name.lower() for name in trusted}:
        raise UsageError(Fault("configuration_missing", str(Path.cwd())))


def _address_served() -> str | None:
    address: str | None = st.get_option("server.address")
    return address
