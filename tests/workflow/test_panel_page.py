"""The page of panels: opened by an evaluator, marked by assessors who see only their own, closed and written down."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.access import Role, State
from dashboard.desk.place import RECORDS as RECORDS_VARIABLE
from dashboard.shelf import RELEASES
from dashboard.workflow.tables.steps import Evaluation
from etl.evaluate import read_rulebook
from etl.given import score_table
from tests.dashboard.desk import html, press, settled, text
from tests.dashboard.signing_in import People
from tests.golden.evaluation import RECORDS, RULEBOOK

UNITS = "unit_id,name,peer_group\nU01,기획과,support\nU02,데이터과,line\n"
MARKED = ("U01", "U02")


@pytest.fixture
def people(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> People:
    made = People(tmp_path / "state")
    made.use(monkeypatch)
    return made


@pytest.fixture
def records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Records without any mark yet, and a release of two departments under the same rules."""
    folder = Path(shutil.copytree(RECORDS, tmp_path / "records"))
    (folder / "panel_marks.csv").unlink()
    (tmp_path / "units.csv").write_text(UNITS, encoding="utf-8")
    _, rules = read_rulebook(RULEBOOK, None)
    figures = "".join(f"{unit},{metric},1\n" for unit in MARKED for metric in rules.metrics)
    (tmp_path / "metrics.csv").write_text(f"unit_id,metric,value\n{figures}", encoding="utf-8")
    score_table(tmp_path / "metrics.csv", RULEBOOK, tmp_path / "releases", tmp_path / "units.csv")
    monkeypatch.setenv(RELEASES, str(tmp_path / "releases"))
    monkeypatch.setenv(RECORDS_VARIABLE, str(folder))
    return folder


def open_page(project: Path, people: People, role: Role, unit_id: str | None = None) -> AppTest:
    app = people.open(project / "dashboard/app/main.py", role, unit_id)
    app.run()
    app.switch_page("../pages/panel.py")
    return settled(app)


def give(app: AppTest, unit_id: str, mark: str | None, note: str) -> AppTest:
    next(one for one in app.selectbox if f"{one.key}".startswith("mark-unit-")).set_value(unit_id)
    app.run()
    if mark is None:
        app.checkbox[0].check()
        app.run()
    else:
        next(one for one in app.text_input if f"{one.key}".startswith(f"mark-{unit_id}")).set_value(mark)
    app.text_area[0].set_value(note)
    return press(app, "mark-save")


def test_a_panel_from_its_opening_to_the_records(project: Path, people: People, records: Path) -> None:
    people.digest(Role.DEPARTMENT, "U02")
    people.digest(Role.EXECUTIVE)
    people.digest(Role.APPROVER)
    app = open_page(project, people, Role.EVALUATOR)
    chooser = app.multiselect(key="panel-assessors")
    named = [one for one in chooser.options if "(부서 담당자" in one or "(간부" in one]
    assert len(named) == 2
    chooser.set_value(named)
    press(app, "panel-open")
    assert "심사를 열었습니다" in text(app)

    member = open_page(project, people, Role.DEPARTMENT, "U02")
    assert "제척(자기 부서)" in text(member)
    units = next(one for one in member.selectbox if f"{one.key}".startswith("mark-unit-"))
    assert units.options == ["기획과 (U01)"]
    units.set_value("U01").run()
    member.text_area[0].set_value("쓰다 만 메모").run()
    member = open_page(project, people, Role.DEPARTMENT, "U02")
    next(one for one in member.selectbox if f"{one.key}".startswith("mark-unit-")).set_value("U01").run()
    assert member.text_area[0].value == "쓰다 만 메모"
    give(member, "U01", "81.5", "<b>좋음</b> =1+1")
    assert "쓰던 내용" not in text(member)
    assert "81.5" in text(member)
    assert "<b>" not in html(member)

    app = open_page(project, people, Role.EVALUATOR)
    more = next(one for one in app.multiselect if f"{one.key}".startswith("panel-more-"))
    assert not [one for one in more.options if "U02" in one], "who marks already is not offered"
    more.set_value([one for one in more.options if "(결재자" in one])
    app.run()
    press(app, "panel-add")
    assert "평가위원을 더했습니다" in text(app)
    assert "위원-3" in text(app)

    executive = open_page(project, people, Role.EXECUTIVE)
    assert "81.5" not in text(executive)
    give(executive, "U01", "140", "")
    assert "0부터 100까지" in text(executive)
    give(executive, "U02", "64", "보통")
    give(executive, "U01", None, "친족이 근무함")
    assert "회피" in text(executive)

    app = open_page(project, people, Role.EVALUATOR)
    assert "81.5" not in text(app)
    assert "64" not in text(app)
    press(app, "panel-close")
    press(app, "panel-close-yes")
    assert "마감했습니다" in text(app)
    assert "81.5" in text(app)
    press(app, "panel-write")
    assert "점수를 기록에 적었습니다" in text(app)
    written = (records / "panel_marks.csv").read_text(encoding="utf-8").splitlines()
    assert [line.split(",")[:3] for line in written[1:]] == [["2021", "leadership", unit] for unit in MARKED]
    assert "department" not in "".join(written)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.APPROVER, Role.AUDITOR, Role.EXECUTIVE])
def test_whoever_has_no_panel_is_told_so(project: Path, people: People, records: Path, role: Role) -> None:
    shown = text(open_page(project, people, role))
    assert ("볼 수 없는 화면입니다" if role is Role.ADMINISTRATOR else "맡은 심사가 없습니다") in shown
    assert "기획과" not in shown


def test_no_panel_is_opened_once_the_evaluation_is_final(project: Path, people: People, records: Path) -> None:
    with people.store.write() as session:
        session.add(Evaluation(year=2021, state=State.FINAL.value))
    assert "맡은 심사가 없습니다" in text(open_page(project, people, Role.EVALUATOR))


def test_an_assessor_is_told_when_marks_are_not_given(project: Path, people: People, records: Path) -> None:
    people.digest(Role.EXECUTIVE)
    app = open_page(project, people, Role.EVALUATOR)
    chooser = app.multiselect(key="panel-assessors")
    chooser.set_value([one for one in chooser.options if "(간부" in one])
    press(app, "panel-open")
    assert "점수를 매기는 단계가 아닙니다" not in text(open_page(project, people, Role.EXECUTIVE))
    with people.store.write() as session:
        session.add(Evaluation(year=2021, state=State.APPEALS.value))
    told = open_page(project, people, Role.EXECUTIVE)
    assert "점수를 매기는 단계가 아닙니다" in text(told)
    assert not [one for one in told.selectbox if f"{one.key}".startswith("mark-unit-")]
