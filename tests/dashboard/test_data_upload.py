"""A file arrives on the data page: understood, compared, loaded or refused; nothing is kept before it is confirmed."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import stat
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from dashboard.frames.audit import shown as audit_line
from dashboard.words import Words
from dashboard.workflow.audit import Did
from dashboard.workflow.tables.audit import AuditEntry
from etl.intake.decisions import Decision, decide_all
from etl.intake.key import create_key
from tests.dashboard.desk import DATASETS, OpenData, html, press, records, settled, text
from tests.dashboard.signing_in import People

pytestmark = pytest.mark.slow

ROW = "1,스마트도시과,주차장,2021-03-02\n"


def send(app: AppTest, name: str, content: bytes) -> AppTest:
    """Upload a file and wait until it is understood."""
    app.file_uploader[0].set_value((name, content, "application/octet-stream"))
    return settled(app)


def uploads_in(tmp_path: Path) -> list[Path]:
    return [path for path in tmp_path.glob("jipyo-desk-*") if any(path.rglob("*"))]


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_newer_version_shows_what_differs_before_it_is_loaded(open_data: OpenData, tmp_path: Path) -> None:
    folder = records(tmp_path / "records", ROW + "2,문화체육과,공연,2021-05-02\n")
    before = files_of(folder)
    app = open_data(folder, part="upload")
    newer = (DATASETS + "1,스마트도시과,주차장 현황,2021-03-02\n3,일자리경제과,시장,2021-06-01\n").encode("cp949")
    send(app, "데이터셋.csv", newer)
    assert "이미 대응이 정해진 파일입니다" in text(app)
    (private,) = uploads_in(tmp_path)
    assert stat.S_IMODE(private.stat().st_mode) == 0o700
    press(app, "upload-check")
    assert "기록이 1건 늘고, 1건 바뀌고, 1건 없어집니다." in text(app)
    assert "주차장 → 주차장 현황" in text(app)
    assert files_of(folder) == before
    press(app, "upload-load")
    assert "'데이터셋.csv'을(를) 불러왔습니다" in text(app)
    assert (folder / "데이터셋.csv").read_bytes() == newer
    assert [path.read_bytes() for path in (folder / "earlier").iterdir()] == [before["데이터셋.csv"]]
    press(app, "upload-another")
    send(app, "데이터셋.csv", newer)
    press(app, "upload-check")
    assert "한 바이트도 다르지 않습니다" in text(app)
    press(app, "upload-cancel")
    assert not uploads_in(tmp_path)
    shown = text(open_data(folder, part="loads"))
    assert "evaluator" in shown
    assert "+1 · 변경 1 · −1" in shown


def test_a_new_file_is_proposed_and_described_once_it_is_loaded(open_data: OpenData, tmp_path: Path) -> None:
    folder = records(tmp_path / "records", ROW)
    described = (folder / "sources.toml").read_text(encoding="utf-8")
    app = open_data(folder, part="upload")
    send(app, "개방목록2.csv", "목록키,관리부서,목록명,등록일\n9,문화체육과,공연,2021. 3. 2.\n".encode("cp949"))
    assert "cp949" in text(app)
    assert "정해야 할 것" not in text(app)
    press(app, "upload-check")
    assert "기록이 1건 늘고" in text(app)
    assert (folder / "sources.toml").read_text(encoding="utf-8") == described
    press(app, "upload-load")
    said = (folder / "sources.toml").read_text(encoding="utf-8")
    assert said.startswith(described)
    assert 'file = "개방목록2.csv"' in said
    assert "받은 행을 모두 읽었습니다" in text(open_data(folder))


def test_the_page_speaks_of_its_own_fields_and_not_of_the_terminal(open_data: OpenData, tmp_path: Path) -> None:
    app = open_data(records(tmp_path / "records", ROW + BAD), part="upload")
    send(app, "모르는것.csv", "가,나\n1,2\n3,4\n".encode())
    shown = text(app)
    assert "'이 파일에 든 기록의 종류'에서 고르세요" in shown
    shown += text(open_data(tmp_path / "records", part="rejects"))
    assert "'부서 이름'에서 정하거나" in shown
    assert not [option for option in ("--kind", "jipyo alias", "jipyo propose") if option in shown]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("빈파일.csv", b"", "파일이 비어 있습니다"),
        ("그림.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "upload-cancel"),
        ("깨진.xlsx", b"PK\x03\x04 no zip after all", "upload-cancel"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(
    open_data: OpenData, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    folder = records(tmp_path / "records", ROW)
    before = files_of(folder)
    app = open_data(folder, part="upload")
    send(app, name, content)
    shown = text(app)
    assert said in shown or any(button.key == said for button in app.button)
    assert "작업을 마치지 못했습니다" in shown
    assert "Traceback" not in shown
    press(app, "upload-cancel")
    assert app.file_uploader
    assert not uploads_in(tmp_path)
    assert files_of(folder) == before


@pytest.mark.parametrize(
    "name", ["../밖.csv", ".숨김.csv", "sources.toml", "a" * 300 + ".csv", "경로\\밖.csv", "줄\n바꿈.csv"]
)
def test_a_name_that_leads_elsewhere_is_refused(open_data: OpenData, tmp_path: Path, name: str) -> None:
    folder = records(tmp_path / "records", ROW)
    app = open_data(folder, part="upload")
    send(app, name, b"a,b\n1,2\n")
    assert "이 이름의 파일은 받을 수 없습니다" in text(app)
    assert not uploads_in(tmp_path)


PEOPLE = ("홍보람별", "A-77120391")


def test_no_name_or_number_of_a_person_is_shown_kept_or_logged(
    open_data: OpenData, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("JIPYO_KEY_FILE", str(tmp_path / "keys" / "pseudonym.key"))
    create_key(tmp_path / "keys" / "pseudonym.key")
    folder = records(tmp_path / "records", ROW)
    app = open_data(folder, part="upload")
    name, number = PEOPLE
    content = f"교육번호,사번,성명,부서,이수일,이수시간,이수여부\nE1,{number},{name},스마트도시과,2021-03-02,8,이수\n"
    send(app, "이수자.csv", content.encode("cp949"))
    shown = html(app) + repr(app.session_state) + " ".join(option for box in app.selectbox for option in box.options)
    assert "가림(개인정보)" in shown
    assert "사람을 알아볼 수 있는 열로 보아 칸을 가렸습니다" in shown
    assert not [one for one in PEOPLE if one in shown]
    if not app.button(key="upload-check").disabled:
        press(app, "upload-check")
        assert not [one for one in PEOPLE if one in html(app)]
    press(app, "upload-cancel")
    left = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert not [one for one in PEOPLE if one.encode() in left or one.encode("cp949") in left]
    assert not [one for one in PEOPLE if one in "".join(capfd.readouterr())]


BAD = "2,스마트도시과,=도서관,2021-13-02\n3,경제환경국 일자리경제과,시장,2021-03-03\n"


def handed_out(open_data: OpenData, folder: Path) -> list[list[str]]:
    """The rows of the list that wait, as the page hands them out."""
    app = open_data(folder, part="rejects")
    press(app, "make-mending")
    job = next(iter(app.session_state["mending"].values()))
    return list(csv.reader(io.StringIO((job.made / "mend.csv").read_text(encoding="utf-8-sig"))))


def saved(rows: list[list[str]]) -> bytes:
    """Rows as a spreadsheet saves them."""
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    return written.getvalue().encode("utf-8-sig")


def test_mended_rows_take_the_place_of_those_they_came_from(
    open_data: OpenData, people: People, tmp_path: Path
) -> None:
    folder = records(tmp_path / "records", ROW + BAD)
    header, rejected, held = handed_out(open_data, folder)
    rejected[-1], held[-3] = "2021-12-02", "일자리경제과"
    app = open_data(folder, part="upload")
    send(app, "데이터셋-mend.csv", saved([header, rejected, held]))
    shown = text(app)
    assert "고쳐서 되돌아온 파일입니다" in shown
    assert "행 2개는 '데이터셋.csv'에서 내려받은 반려·보류한 행을 대신합니다" in shown
    assert not [box for box in app.selectbox if box.key == "upload-version-of"]
    press(app, "upload-check")
    shown = text(app)
    assert "기록이 2건 늘고, 0건 바뀌고, 0건 없어집니다." in shown
    assert "'데이터셋.csv'의 행 2개를 대신합니다" in shown
    press(app, "upload-load")
    with people.store.read() as session:
        loads = select(AuditEntry).where(AuditEntry.action == Did.RECORDS_LOADED)
        logged = session.scalars(loads.order_by(AuditEntry.number.desc())).first()
    assert logged is not None
    assert "고친 행의 원래 파일 데이터셋.csv · 대신하는 행 2" in audit_line(logged, Words("ko")).detail
    kept = (folder / "데이터셋-mend.csv").read_text(encoding="utf-8")
    assert kept == DATASETS + "2,스마트도시과,=도서관,2021-12-02\n3,일자리경제과,시장,2021-03-03\n"
    digest = hashlib.sha256((folder / "데이터셋.csv").read_bytes()).hexdigest()
    described = (folder / "sources.toml").read_text(encoding="utf-8")
    assert f'mends = {{ file = "데이터셋.csv", sha256 = "{digest}", rows = [3, 4] }}' in described
    assert "고친 행 2 (데이터셋-mend.csv)" in text(open_data(folder))
    for part in ("rejects", "names"):
        assert "경제환경국" not in text(open_data(folder, part=part))
    decision = Decision("경제환경국 일자리경제과", "002", "상위 국을 함께 적음", "평가담당", date(2022, 1, 3))
    decide_all(folder, [decision])
    shown = text(open_data(folder))
    assert "받은 행을 모두 읽었습니다" in shown
    assert "'데이터셋.csv'의 4행은 이제 그대로도 적재할 수 있지만" in shown


def test_mended_rows_of_a_file_that_was_replaced_take_no_place_and_that_is_said(
    open_data: OpenData, tmp_path: Path
) -> None:
    folder = records(tmp_path / "records", ROW + BAD)
    header, rejected, held = handed_out(open_data, folder)
    records(folder, BAD + ROW)
    app = open_data(folder, part="upload")
    send(app, "데이터셋-mend.csv", saved([header, rejected, held]))
    assert "다른 판으로 바뀌었습니다" in text(app)
    press(app, "upload-check")
    assert "다른 판에서 내려받아 고친 파일입니다" in text(app)
    press(app, "upload-load")
    assert "다른 판에서 내려받아 고친 파일입니다" in text(open_data(folder))


def test_a_mended_file_never_takes_the_place_of_the_file_it_is_named_after(open_data: OpenData, tmp_path: Path) -> None:
    folder = records(tmp_path / "records", ROW + BAD)
    header, rejected, _ = handed_out(open_data, folder)
    rejected[-1] = "2021-12-02"
    app = open_data(folder, part="upload")
    send(app, "데이터셋.csv", saved([header, rejected, ["", "", "9", "스마트도시과", "더한 것", "2021-03-02"]]))
    shown = text(settled(app))
    assert "데이터셋-mend.csv" in shown
    assert "행 번호가 없는 행 1개는" in shown
    press(app, "upload-check")
    press(app, "upload-load")
    assert (folder / "데이터셋.csv").read_text(encoding="cp949") == DATASETS + ROW + BAD
    assert "rows = [3]" in (folder / "sources.toml").read_text(encoding="utf-8")


def test_a_mended_file_that_is_mended_further_is_a_newer_version_of_itself(open_data: OpenData, tmp_path: Path) -> None:
    folder = records(tmp_path / "records", ROW + BAD)
    header, rejected, held = handed_out(open_data, folder)
    rejected[-1] = "2021-12-02"
    for rows, said in (([rejected], "[3]"), ([rejected, [*held[:3], "일자리경제과", *held[4:]]], "[3, 4]")):
        app = open_data(folder, part="upload")
        send(app, "데이터셋-mend.csv", saved([header, *rows]))
        press(app, "upload-check")
        press(app, "upload-load")
        described = (folder / "sources.toml").read_text(encoding="utf-8")
        assert f"rows = {said}" in described
        assert described.count("mends = ") == 1
    assert "받은 행을 모두 읽었습니다" in text(open_data(folder))


def test_rows_handed_out_in_earlier_times_load_as_they_did(open_data: OpenData, tmp_path: Path) -> None:
    folder = records(tmp_path / "records", ROW + BAD)
    header, rejected, _ = handed_out(open_data, folder)
    rejected[-1] = "2021-12-02"
    app = open_data(folder, part="upload")
    send(app, "데이터셋-mend.csv", saved([["jipyo: row", "jipyo: reasons", *header[2:]], rejected]))
    assert "고쳐서 되돌아온 파일입니다" in text(app)
    press(app, "upload-check")
    press(app, "upload-load")
    assert "mends" not in (folder / "sources.toml").read_text(encoding="utf-8")


def test_choosing_the_file_it_is_a_version_of_takes_its_mapping(open_data: OpenData, tmp_path: Path) -> None:
    folder = records(tmp_path / "records", ROW)
    app = open_data(folder, part="upload")
    send(app, "데이터셋(최종).csv", (DATASETS + ROW + "4,문화체육과,공연,2021-09-02\n").encode("cp949"))
    app.selectbox(key="upload-version-of").set_value("데이터셋.csv")
    settled(app)
    assert "이미 대응이 정해진 파일입니다" in text(app)
    press(app, "upload-check")
    press(app, "upload-load")
    assert "4,문화체육과" in (folder / "데이터셋.csv").read_bytes().decode("cp949")
    loads = [json.loads(line) for line in (folder / "loads.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(load["file"], load["added"]) for load in loads] == [("데이터셋.csv", 1)]
