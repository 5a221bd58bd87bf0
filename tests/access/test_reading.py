"""What surrounds a page: where one comes in, who is signed in, the step in words, drafts, and what the log keeps."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from dashboard.access import Role, State
from dashboard.address import PAGES, PageName
from dashboard.fresh import EVERY_SECONDS
from dashboard.shelf import RELEASES
from dashboard.workflow.steps import Standing
from dashboard.workflow.tables.accounts import SignIn
from dashboard.workflow.tables.audit import AuditEntry
from etl.release.folder import publish
from tests.access.canaries import NAME, READER, sent
from tests.access.conftest import InState
from tests.dashboard.signing_in import People

ReleasesOf = Callable[[str], Path]


def html(app: AppTest) -> str:
    bodies = [element.proto.body for element in app.get("html")]
    return "\n".join(body for body in bodies if not body.lstrip().startswith("<style"))


def text(app: AppTest) -> str:
    return unescape(re.sub(r"<[^>]*>", " ", html(app)))


def labels(app: AppTest) -> list[str]:
    return [one.proto.label for one in app.get("page_link")]


class Opening:
    """Opens the dashboard over the releases of a kind for somebody in a role."""

    def __init__(self, project: Path, people: People, releases_of: ReleasesOf, monkeypatch: pytest.MonkeyPatch) -> None:
        self._project, self._people, self._releases_of, self._monkeypatch = project, people, releases_of, monkeypatch

    def __call__(self, role: Role, kind: str = "scored", page: PageName | None = None, **query: str) -> AppTest:
        self._monkeypatch.setenv(RELEASES, str(self._releases_of(kind).parent))
        app = self._people.open(self._project / "dashboard/app/main.py", role, READER)
        for key, value in query.items():
            app.query_params[key] = value
        app.run()
        if page is not None:
            app.switch_page(f"../pages/{page}.py")
            app.run()
        assert not app.exception
        return app


@pytest.fixture
def opening(project: Path, people: People, releases_of: ReleasesOf, monkeypatch: pytest.MonkeyPatch) -> Opening:
    return Opening(project, people, releases_of, monkeypatch)


# Coming in -----------------------------------------------------------------------------------------------------------


def test_a_member_comes_in_at_the_own_department_and_others_at_the_overview(
    opening: Opening, releases_of: ReleasesOf, in_state: InState
) -> None:
    with in_state(releases_of("scored"), State.PUBLISHED):
        assert '<h1 class="jp-title">민원과</h1>' in html(opening(Role.DEPARTMENT))
        assert '<h1 class="jp-title">한눈에 보는 평가 결과</h1>' in html(opening(Role.EXECUTIVE))


def test_a_member_can_go_on_to_the_overview(opening: Opening, releases_of: ReleasesOf, in_state: InState) -> None:
    with in_state(releases_of("scored"), State.APPEALS):
        app = opening(Role.DEPARTMENT)
        app.switch_page("../pages/overview.py")
        app.run()
        assert "한눈에 보는 평가 결과" in html(app)


def test_another_department_in_the_address_is_not_theirs_before_publication(
    opening: Opening, releases_of: ReleasesOf, in_state: InState
) -> None:
    with in_state(releases_of("scored"), State.REVIEW):
        assert "볼 수 없는 부서입니다" in text(opening(Role.DEPARTMENT, page="department", unit="U11"))
    with in_state(releases_of("scored"), State.PUBLISHED):
        assert '<h1 class="jp-title">나무과</h1>' in html(opening(Role.DEPARTMENT, page="department", unit="U11"))


@pytest.mark.parametrize(
    ("role", "about", "missing"),
    [
        (Role.DEPARTMENT, "부서 담당자 · 민원과", ["자료", "감사", "계정"]),
        (Role.EXECUTIVE, "간부", ["자료", "이의신청·요청", "감사", "계정"]),
        (
            Role.ADMINISTRATOR,
            "시스템 관리자",
            [
                *("자료", "데이터→정책", "시범사업", "디지털 사업", "우수사례·수상", "내보내기"),
                *("이의신청·요청", "정성평가", "감사"),
            ],
        ),
        (Role.AUDITOR, "감사 담당자", ["계정"]),
    ],
)
def test_the_navigation_says_who_is_signed_in_and_offers_what_they_may_open(
    opening: Opening, releases_of: ReleasesOf, in_state: InState, role: Role, about: str, missing: list[str]
) -> None:
    with in_state(releases_of("scored"), State.PUBLISHED):
        app = opening(role)
    said = html(app)
    assert about in text(app)
    assert '<a href="account" target="_self">내 계정</a>' in said
    assert '<form action="signout" method="post">' in said
    everything = [
        "요약",
        "순위",
        "부서",
        "지표",
        "비교",
        "만약에",
        "교육·역량",
        "데이터→정책",
        "시범사업",
        "디지털 사업",
    ]
    everything += ["우수사례·수상", "내보내기", "진행", "자료", "이의신청·요청", "정성평가", "감사", "계정", "용어"]
    assert labels(app) == [label for label in everything if label not in missing]


# The step in words, and drafts ---------------------------------------------------------------------------------------


def badge_of(app: AppTest) -> str:
    (said,) = re.findall(r'class="jp-badge jp-badge-(?:strong|draft)">([^<]*)<', html(app))
    return str(said)


@pytest.mark.parametrize(
    ("state", "badge"),
    [
        (State.COLLECTING, "수집 중 초안"),
        (State.PROVISIONAL, "잠정"),
        (State.APPEALS, "이의신청"),
        (State.REVIEW, "검토"),
        (State.FINAL, "확정"),
        (State.PUBLISHED, "공표본"),
    ],
)
def test_the_badge_says_the_step_of_the_release(
    opening: Opening, releases_of: ReleasesOf, in_state: InState, state: State, badge: str
) -> None:
    with in_state(releases_of("scored"), state):
        assert badge_of(opening(Role.AUDITOR)) == badge


def test_a_release_that_was_published_and_is_no_more_says_that_a_newer_one_took_its_place(
    opening: Opening, releases_of: ReleasesOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.view.standing_of_release", lambda _name, _published: Standing(State.PUBLISHED))
    app = opening(Role.AUDITOR, page="ranking", release=releases_of("scored").name)
    assert badge_of(app) == "새 공표본으로 대체됨"


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.EXECUTIVE, Role.DEPARTMENT])
def test_a_draft_is_not_told_apart_from_what_is_not_there(
    opening: Opening, releases_of: ReleasesOf, people: People, role: Role
) -> None:
    name = releases_of("scored").name
    hidden = opening(role, page="ranking", release=name)
    absent = opening(role, page="ranking", release="2021-000000000000")
    assert text(hidden) == text(absent)
    assert "보여 드릴 결과가 없습니다" in text(hidden)
    assert name not in text(opening(role, page="ranking"))
    assert str(releases_of("scored").parent) not in sent(hidden).decode(errors="replace")


def test_whoever_may_see_drafts_is_offered_them(opening: Opening, releases_of: ReleasesOf) -> None:
    for role in (Role.EVALUATOR, Role.APPROVER, Role.AUDITOR):
        assert releases_of("scored").name in text(opening(role, page="ranking"))


# Records that list people --------------------------------------------------------------------------------------------


def views_kept(people: People) -> list[str]:
    with people.store.read() as session:
        return list(session.scalars(select(AuditEntry.about).where(AuditEntry.action == "records_seen")))


def test_opening_records_of_people_is_kept_once_for_each_sign_in(
    opening: Opening, releases_of: ReleasesOf, in_state: InState, people: People
) -> None:
    release = releases_of("recorded")
    with in_state(release, State.APPEALS):
        before = len(views_kept(people))
        query = {"unit": READER, "indicator": "uptake"}
        app = opening(Role.DEPARTMENT, "recorded", "indicator", **query)
        kept = views_kept(people)[before:]
        assert f"{release.name}/training_people/{READER}" in kept
        app.run()
        opening(Role.DEPARTMENT, "recorded", "indicator", **query)
        assert views_kept(people)[before:] == kept
        opening(Role.DEPARTMENT, "recorded", "indicator", unit=READER, indicator="datasets")
        assert views_kept(people)[before:] == kept


# A page that is open -------------------------------------------------------------------------------------------------


def test_an_open_page_shows_what_was_published_since(
    opening: Opening, releases_of: ReleasesOf, in_state: InState
) -> None:
    release = releases_of("scored")
    with in_state(release, State.FINAL):
        app = opening(Role.DEPARTMENT, page="ranking")
        assert NAME not in text(app)
        publish(release)
        app.run()
        assert NAME in text(app)


def watched(name: str) -> None:
    import streamlit as st

    from dashboard.fresh import state_of_things

    st.text(state_of_things(name))


def test_what_an_open_page_watches_changes_with_what_may_be_seen_and_with_nothing_else(
    people: People, releases_of: ReleasesOf, in_state: InState, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = releases_of("scored")
    monkeypatch.setenv(RELEASES, str(release.parent))
    assert EVERY_SECONDS <= 10
    app = AppTest.from_function(watched, args=(release.name,))

    def seen(role: Role | None, unit_id: str | None = None) -> str:
        app.user = {"session": people.digest(role, unit_id)} if role else {}
        (shown,) = app.run().text
        return str(shown.value)

    with in_state(release, State.APPEALS):
        during = seen(Role.DEPARTMENT, READER)
        assert seen(Role.DEPARTMENT, READER) == during
        assert seen(Role.DEPARTMENT, "U11") != during
        assert seen(Role.AUDITOR) != during
        assert seen(None) == ""
        publish(release)
        assert seen(Role.DEPARTMENT, READER) != during
    with in_state(release, State.REVIEW):
        assert seen(Role.DEPARTMENT, READER) != during


@pytest.mark.parametrize("page", PAGES)
def test_a_pages_file_run_alone_shows_nothing_to_a_stranger(
    project: Path, people: People, releases_of: ReleasesOf, monkeypatch: pytest.MonkeyPatch, page: PageName
) -> None:
    monkeypatch.setenv(RELEASES, str(releases_of("scored").parent))
    app = AppTest.from_file(str(project / f"dashboard/pages/{page}.py"), default_timeout=60).run()
    assert not app.exception
    assert text(app).strip().startswith("로그인이 필요합니다")
    assert not app.get("page_link")
    assert not [word for word in (NAME, releases_of("scored").name) if word.encode() in sent(app)]


def test_a_page_closes_once_its_reader_is_signed_out(
    opening: Opening, releases_of: ReleasesOf, in_state: InState, people: People
) -> None:
    with in_state(releases_of("scored"), State.PUBLISHED):
        app = opening(Role.AUDITOR, page="ranking")
        digest = people.digest(Role.AUDITOR)
        with people.store.write() as session:
            kept = session.get_one(SignIn, digest)
            opened, kept.opened_at = kept.opened_at, kept.opened_at.replace(year=2020)
        try:
            app.run()
            assert "로그인이 필요합니다" in text(app)
            assert NAME not in text(app)
        finally:
            with people.store.write() as session:
                session.get_one(SignIn, digest).opened_at = opened
