"""What a server tells a page as a run of its script begins and ends."""

from __future__ import annotations

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg


def begins() -> bytes:
    """A run begins."""
    made = ForwardMsg()
    made.new_session.name = "a run"
    return bytes(made.SerializeToString())


def ends(how: ForwardMsg.ScriptFinishedStatus.ValueType = ForwardMsg.FINISHED_SUCCESSFULLY) -> bytes:
    """A run ends."""
    made = ForwardMsg()
    made.script_finished = how
    return bytes(made.SerializeToString())
