"""Serving begins nothing and names no address where nothing could be served."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from tests.commands.terminal import jipyo


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ko", "이 주소로 열 수 없습니다(다른 프로그램이 이미 쓰고 있음)."),
        ("en", "cannot listen here (Address already in use)."),
    ],
)
def test_a_port_in_use_is_told_before_anything_is_made(tmp_path: Path, language: str, said: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = jipyo("serve", "--demonstration", "--state", tmp_path / "state", "--port", port, language=language)
    assert done.code == 2
    assert f"127.0.0.1:{port}" in done.err
    assert said in done.err
    assert "http://" not in done.err
    assert not (tmp_path / "state").exists()


def test_an_address_that_is_not_of_this_machine_is_told(tmp_path: Path) -> None:
    done = jipyo("serve", "--state", tmp_path / "state", "--host", "192.0.2.1", language="ko")
    assert done.code == 2
    assert "이 기계에 없는 주소임" in done.err
