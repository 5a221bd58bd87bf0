"""What the first reader of a release would wait for, made ready before anybody asks.

Opening a release of 5,000 departments, drawing its weights a thousand times and moving each of them through its slider
takes seconds, and so does reading what records say of everybody's training. The server does it as soon as it stands,
and whenever another release is published or made.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from pathlib import Path
from typing import Final

from anyio import to_thread

from dashboard.access import Scope
from dashboard.once import (
    diagnoses_in,
    ledgers_in,
    moved_places_in,
    names_in,
    participation_in,
    programme_of,
    reasons_in,
    sureness_of,
    waivers_in,
    years_of_programmes,
)
from dashboard.shelf import NoRelease, Shelf, folder_of_releases, look
from dashboard.view import earlier_of, open_reading, source_once
from dashboard.words import Words
from etl.errors import JipyoError
from etl.insight.reading import Reading

_LOG: Final = logging.getLogger(__name__)
SECONDS: Final = 5.0
"""Between two looks at the folder of releases."""


async def keep_warm() -> None:
    """Look again and again, until cancelled."""
    while True:
        try:
            await to_thread.run_sync(warm, folder_of_releases(), abandon_on_cancel=True)
        except (JipyoError, OSError, ValueError, KeyError):
            # A draft removed meanwhile, a disk that is full: readers are told by their pages; the next look may do.
            _LOG.exception("Results could not be made ready")
        await asyncio.sleep(SECONDS)


def warm(folder: Path) -> None:
    """Make the newest results of a folder of releases ready; what is ready already costs a look.

    What cannot be opened is left alone: its pages say why.
    """
    with suppress(NoRelease):
        shelf = look(folder)
        # What pages open with where no year is said, and what somebody has just made and will look at.
        for name in (next(iter(shelf.published.values()), None), shelf.made_last()):
            with suppress(NoRelease):
                _make_ready(shelf, name)


def _make_ready(shelf: Shelf, name: str | None) -> None:
    if name is None:
        return
    reading = open_reading(shelf, name)
    earlier = earlier_of(reading, shelf, lambda _name: True)
    everything = source_once(reading, earlier, Scope.everything(), Words("ko"))
    _ = (everything.medians, everything.changes)
    sureness_of(reading)
    if not reading.rulebook.outranks:
        moved_places_in(reading)
    if reading.has_records:
        _read_records(reading)


def _read_records(reading: Reading) -> None:
    """What every department's page says of its records and its people."""
    names_in(reading)
    reasons_in(reading)
    ledgers_in(reading)
    waivers_in(reading)
    year = reading.rulebook.evaluation.records_year
    if year in years_of_programmes(reading):
        programme_of(reading, year)
    for latest in diagnoses_in(reading)[-1:]:
        participation_in(reading, latest)
