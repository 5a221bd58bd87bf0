"""Folders of records for the data page, and an evaluator who waits for its long work."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from html import unescape
from pathlib import Path

from streamlit.testing.v1 import AppTest

PATIENCE = 120.0
OpenData = Callable[..., AppTest]

DEPARTMENTS = (
    "unit_id,name,peer_group,valid_from,valid_to\n"
    "001,스마트도시과,line,2015-01-01,\n"
    "002,일자리경제과,line,2015-01-01,\n"
    "003,문화체육과,line,2015-01-01,\n"
    "009,옛도시과,line,2015-01-01,2019-12-31\n"
)
DATASETS = "목록번호,관리부서,목록명,등록일\n"
SOURCES = """version = 1

[[source]]
file = "departments.csv"
kind = "departments"

[[source]]
file = "데이터셋.csv"
kind = "datasets"
[source.columns]
dataset_id = "목록번호"
unit_id = { column = "관리부서", unit_by = "name" }
title = "목록명"
opened_on = "등록일"
"""


RUNNING = re.compile(r"\d초 지났습니다|\d s so far")
"""What a page says while work is under way, in either language."""


def records(folder: Path, rows: str) -> Path:
    """A folder with three departments and a list of datasets."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "departments.csv").write_text(DEPARTMENTS, encoding="utf-8")
    (folder / "데이터셋.csv").write_text(DATASETS + rows, encoding="cp949")
    (folder / "sources.toml").write_text(SOURCES, encoding="utf-8")
    return folder


def settled(app: AppTest) -> AppTest:
    """The page once no work is under way; nothing on the way may fail. Only who began the work has a button for it."""
    begun = time.monotonic()
    app.run()
    while RUNNING.search(text(app)):
        assert time.monotonic() - begun < PATIENCE, text(app)
        # A look is a run of the whole page, and takes what the work needs.
        time.sleep(0.4)
        app.run()
    assert not app.exception
    return app


def press(app: AppTest, key: str) -> AppTest:
    """Press a button and wait for what comes of it."""
    app.button(key=key).click()
    return settled(app)


def html(app: AppTest) -> str:
    """The HTML of a page, without the style sheet."""
    bodies = [element.proto.body for element in app.get("html")]
    return "\n".join(body for body in bodies if not body.lstrip().startswith("<style"))


def text(app: AppTest) -> str:
    """What stands on a page."""
    return unescape(re.sub(r"<[^>]*>", " ", html(app)))
