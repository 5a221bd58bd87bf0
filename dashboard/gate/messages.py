"""What a browser may say on the websocket, and what it is told when its session is over."""

from __future__ import annotations

from enum import Enum, auto
from typing import Final, cast

from google.protobuf.message import DecodeError
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dashboard.access import Action, Person, State, Thing, can

LARGEST: Final = 1_048_576
"""Bytes of a message: a page's widgets, with everything typed into them."""
_PASSED: Final = frozenset({"rerun_script", "stop_script", "app_heartbeat"})
_FILES: Final = "file_urls_request"


class Said(Enum):
    """What a message is to the gate."""

    BY_A_PERSON = auto()
    """Somebody did something: the session lives on."""
    BY_THE_PAGE = auto()
    """The page did it by itself: passed on, and no sign that anybody is there."""
    NOTHING = auto()
    """Not passed on."""
    NONSENSE = auto()
    """No message at all; the socket is closed."""


def judge(data: bytes, person: Person) -> tuple[Said, BackMsg]:
    """What a message is.

    Args:
        data: as it came.
        person: who sends it.
    """
    message = BackMsg()
    try:
        message.ParseFromString(data)
    except DecodeError:
        return Said.NONSENSE, message
    kind = cast("str | None", message.WhichOneof("type"))
    if kind == _FILES:
        return (Said.BY_A_PERSON if may_send_files(person) else Said.NOTHING), message
    if kind not in _PASSED:
        return Said.NOTHING, message
    by_a_person = kind == "rerun_script" and not message.rerun_script.is_auto_rerun
    return (Said.BY_A_PERSON if by_a_person else Said.BY_THE_PAGE), message


def may_send_files(person: Person) -> bool:
    """Whether there is any step at which somebody may send files: records, or evidence beside a request.

    Which step it is depends on what the file is for; the page that takes it asks that again.
    """
    own = Thing(unit_id=person.unit_id)
    return any(
        can(person, action, own, state) for action in (Action.MANAGE_RECORDS, Action.FILE_REQUEST) for state in State
    )


def go_to(address: str) -> bytes:
    """The message that makes a page leave for another address of this host."""
    message = ForwardMsg()
    message.auth_redirect.url = address
    return bytes(message.SerializeToString())
