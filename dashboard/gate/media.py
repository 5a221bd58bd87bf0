"""Which files Streamlit keeps for a page were told to which session: nobody else is handed them."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterator
from typing import Final

MEDIA: Final = "/media/"
"""Where Streamlit hands out what a page offers for download; it asks nobody who they are."""
_PLACE: Final = re.compile(rb"(?s)(.)/media/")
_NAME: Final = re.compile(rb"[0-9A-Za-z._-]{1,100}")
_MOST_SESSIONS: Final = 1_000
_MOST_FILES: Final = 500
"""Remembered for each session: what a person could open at once many times over. The oldest are forgotten first."""


class Told:
    """The files each session was told of by its own pages.

    Kept by this process: the websocket that tells of a file and the request for it come to the same one.
    """

    def __init__(self) -> None:
        self._files: OrderedDict[str, OrderedDict[str, None]] = OrderedDict()

    def note(self, digest: str, said: bytes) -> None:
        """Keep what a page is told.

        Args:
            digest: of the session whose page it is.
            said: a message of the server's on the websocket; addresses stand in it as they are.
        """
        found = list(_names(said))
        if not found:
            return
        known = self._files.setdefault(digest, OrderedDict())
        self._files.move_to_end(digest)
        for name in found:
            known[name] = None
            known.move_to_end(name)
        while len(known) > _MOST_FILES:
            known.popitem(last=False)
        while len(self._files) > _MOST_SESSIONS:
            self._files.popitem(last=False)

    def includes(self, digest: str, path: str) -> bool:
        """Whether a session was told of the file at a path."""
        return path.removeprefix(MEDIA) in self._files.get(digest, ())


def _names(said: bytes) -> Iterator[str]:
    """The files named in a message: protobuf writes the length of a text right before it, in one byte below 128."""
    for place in _PLACE.finditer(said):
        begins = place.start() + 1
        name = said[begins + len(MEDIA) : begins + place[1][0]]
        if _NAME.fullmatch(name):
            yield name.decode("ascii")
