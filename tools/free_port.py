"""Says whether a port of the loopback address is free, before anything longer is begun.

Usage: python tools/free_port.py PORT
"""

from __future__ import annotations

import socket
import sys

LOOPBACK = "127.0.0.1"


def fault_of_port(text: str) -> str | None:
    """What is wrong with `text` as the port to serve on, with what to do about it; None when it is free."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        return f'PORT is "{text}", which is not a number from 1 to 65535. Choose one: make run PORT=8600'
    with socket.socket() as probe:
        # A port that only waits out its last connections is free; one that another program listens on is not.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, int(text)))
        except PermissionError:
            return f"Port {text} belongs to the system. Choose one above 1023: make run PORT=8600"
        except OSError:
            return f"Port {text} is in use. Stop what uses it, or choose another: make run PORT=8600"
    return None


if __name__ == "__main__":
    fault = fault_of_port(sys.argv[1])
    if fault:
        sys.exit(fault)
