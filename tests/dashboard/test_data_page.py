"""The data page in its states: no folder, empty, whole, rejects, names that wait; in both languages."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from dashboard.desk.place import RECORDS
from dashboard.pages.data_names import suggestions
from dashboard.words import Words
from etl.intake.suggestions import Suggestion, Undecided
from tests.dashboard.desk import OpenData, html, records, settled, text

pytestmark = pytest.mark.slow

HANGUL = re.compile("[가-힣]")


# Nothing to show -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "said"), [("ko", "자료 폴더가 정해지지 않았습니다"), ("en", "No folder of records is named")]
)
def test_without_a_folder_it_says_how_to_name_one(open_data: OpenData, lang: str, said: str) -> None:
    shown = text(open_data(None, lang=lang))
    assert said in shown
    assert "jipyo serve --releases releases --records records" in shown
    assert RECORDS in shown


def test_a_folder_that_is_not_there_is_named(open_data: OpenData, tmp_path: Path) -> None:
    assert str(tmp_path / "nowhere") in text(open_data(tmp_path / "nowhere"))


@pytest.mark.parametrize("part", ["state", "upload", "rejects", "names", "loads"])
def test_an_empty_folder_shows_every_part_without_a_fault(open_data: OpenData, tmp_path: Path, part: str) -> None:
    folder = tmp_path / "records"
    folder.mkdir()
    shown = text(open_data(folder, part=part))
    assert "자료 폴더" in shown
    if part == "state":
        assert "아직 받은 파일이 없습니다" in shown


def test_a_folder_that_cannot_be_read_says_why(open_data: OpenData, tmp_path: Path) -> None:
    folder = records(tmp_path / "records", "")
    (folder / "데이터셋.csv").unlink()
    shown = text(open_data(folder))
    assert "작업을 마치지 못했습니다" in shown
    assert "데이터셋.csv: 파일이 없습니다." in shown


# How things stand ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def demonstration(project: Path) -> Path:
    return project / "data/demo"


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_the_demonstration_is_shown_file_by_file_and_department_by_department(
    open_data: OpenData, demonstration: Path, lang: str
) -> None:
    app = open_data(demonstration, lang=lang)
    shown = text(app)
    assert "교육이수.csv" in shown
    assert ("받은 행을 모두 읽었습니다" if lang == "ko" else "everything that arrived could be read") in shown
    assert "b8bcc47c46b9" in shown
    assert not app.markdown


def test_the_departments_who_sent_nothing_come_first_and_can_be_listed_alone(
    open_data: OpenData, tmp_path: Path
) -> None:
    folder = records(
        tmp_path / "records",
        "1,스마트도시과,주차장,2021-03-02\n2,스마트도시과,도서관,2020-03-02\n3,문화체육과,공연,2020-05-02\n",
    )
    app = open_data(folder, about="2021")
    assert text(app).index("문화체육과") < text(app).index("스마트도시과")
    assert "옛도시과" not in text(app)
    assert "아무것도 내지 않은 부서가 2개입니다(2021)" in text(app)
    app.segmented_control(key="choose-sent").set_value("nothing")
    settled(app)
    assert app.query_params["sent"] == "nothing"
    assert "스마트도시과" not in text(app)


def test_a_file_that_no_source_mentions_is_named(open_data: OpenData, tmp_path: Path) -> None:
    folder = records(tmp_path / "records", "1,스마트도시과,주차장,2021-03-02\n")
    (folder / "새파일<b>.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    app = open_data(folder)
    assert "새파일<b>.csv" in text(app)
    assert "<b>" not in html(app)


# Rows not counted ----------------------------------------------------------------------------------------------------

BAD_ROWS = (
    "1,스마트도시과,주차장,2021-03-02\n"
    "2,스마트도시과,도서관,2021-13-02\n"
    "3,경제환경국 일자리경제과,<img src=x onerror=alert(1)>,2021-02-30\n"
    "4,경제환경국 일자리경제과,=1+1,2021-03-04\n"
)


def test_rejected_and_held_rows_are_told_apart_with_their_reasons(open_data: OpenData, tmp_path: Path) -> None:
    folder = records(tmp_path / "records", BAD_ROWS)
    app = open_data(folder, part="rejects")
    shown = text(app)
    assert "'2021-13-02'는 날짜" in shown
    assert "등록일" in shown
    assert "보류" in shown
    assert "<img" not in html(app)
    app = open_data(folder, part="rejects", reason="not_a_date", find="02-30")
    assert "2021-02-30" in text(app)
    assert "2021-13-02" not in text(app)


def test_the_rows_to_mend_come_as_received_with_reasons_and_no_live_formula(
    open_data: OpenData, tmp_path: Path
) -> None:
    folder = records(tmp_path / "records", BAD_ROWS)
    app = open_data(folder, part="rejects")
    app.button(key="make-mending").click()
    settled(app)
    (button,) = app.get("download_button")
    assert "3" in button.proto.label
    job = next(iter(app.session_state["mending"].values()))
    written = (job.made / "mend.csv").read_bytes()
    assert written.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(written.decode("utf-8-sig"))))
    digest = hashlib.sha256((folder / "데이터셋.csv").read_bytes()).hexdigest()
    in_front = [f"지표: 행 (데이터셋.csv, sha256 {digest})", "지표: 사유"]
    assert rows[0] == [*in_front, "목록번호", "관리부서", "목록명", "등록일"]
    assert [row[2] for row in rows[1:]] == ["2", "3", "4"]
    assert rows[3][4] == "'=1+1"
    assert "정해지지 않았습니다" in rows[3][1]


# Names ---------------------------------------------------------------------------------------------------------------


def test_a_name_is_decided_with_a_reason_and_its_rows_count_from_then_on(open_data: OpenData, tmp_path: Path) -> None:
    folder = records(
        tmp_path / "records", "1,스마트도시과,주차장,2021-03-02\n2,경제환경국 일자리경제과,시장,2021-03-03\n"
    )
    app = open_data(folder, part="names")
    assert "경제환경국 일자리경제과" in text(app)
    (choice,) = [box for box in app.selectbox if box.key and box.key.startswith("decide-")]
    assert choice.value is None
    app.button(key="confirm-names").click()
    settled(app)
    assert "사유를 적어야 확인할 수 있습니다" in text(app)
    assert not (folder / "aliases.csv").exists()
    (choice,) = [box for box in app.selectbox if box.key and box.key.startswith("decide-")]
    choice.set_value("002")
    app.text_input(key="decide-why").set_value("상위 국의 이름을 함께 적음")
    app.button(key="confirm-names").click()
    settled(app)
    assert "정해야 할 이름이 없습니다" in text(settled(app))
    stored = (folder / "aliases.csv").read_text(encoding="utf-8")
    assert "경제환경국 일자리경제과,002,상위 국의 이름을 함께 적음" in stored
    assert stored.rstrip().endswith(",evaluator")
    app = open_data(folder)
    assert "받은 행을 모두 읽었습니다" in text(app)


def test_the_page_never_touches_what_was_received(open_data: OpenData, tmp_path: Path, demonstration: Path) -> None:
    folder = Path(shutil.copytree(demonstration, tmp_path / "records"))
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    for part in ("state", "rejects", "names", "loads", "upload"):
        open_data(folder, part=part)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_departments_of_one_name_are_told_apart_where_they_are_suggested() -> None:
    found = [
        Suggestion(unit_id, name, date(2020, 1, 1), None, 92, "similar", {"score": 92})
        for unit_id, name in (("001", "총무과"), ("002", "총무과"), ("003", "세무과"))
    ]
    shown = suggestions(Undecided("총뭇과", 1, ("list.csv",), tuple(found)), Words("ko"))
    assert re.findall(">([^<>]+) \\(92점", shown) == ["총무과 001", "총무과 002", "세무과"]
