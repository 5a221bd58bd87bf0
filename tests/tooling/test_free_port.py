"""A port that cannot be served on is told before anything longer is begun."""

from __future__ import annotations

import socket

import pytest

from tools.free_port import fault_of_port


@pytest.fixture
def listener() -> socket.socket:
    return socket.create_server(("127.0.0.1", 0))


def test_a_port_that_another_program_listens_on_is_in_use(listener: socket.socket) -> None:
    with listener:
        port = listener.getsockname()[1]
        assert fault_of_port(str(port)) == (
            f"Port {port} is in use. Stop what uses it, or choose another: make run PORT=8600"
        )


def test_a_port_is_free_again_as_soon_as_its_server_has_stopped(listener: socket.socket) -> None:
    port = listener.getsockname()[1]
    with listener, socket.create_connection(("127.0.0.1", port)) as client:
        served, _ = listener.accept()
        served.close()  # the server's end closes first, and its port waits out the connection
        assert client.recv(1) == b""
    assert fault_of_port(str(port)) is None


@pytest.mark.parametrize("text", ["", "0", "65536", "-1", "8501 ", "eight", "８５０１"])
def test_what_is_no_port_is_told_so(text: str) -> None:
    fault = fault_of_port(text)
    assert fault is not None
    assert "is not a number from 1 to 65535" in fault
