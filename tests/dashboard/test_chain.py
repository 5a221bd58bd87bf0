"""From data to policy and digital initiatives on the screen: what is said, drawn, linked and kept from others."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.address import PageName
from dashboard.frames.chain import (
    chain_facts,
    flow_frame,
    gap_sentences,
    group_list,
    key_of,
    ladder_rows,
    record_list,
    walk_frame,
    walk_sentence,
    walkable,
)
from dashboard.frames.initiatives import in_scope, initiative_facts, initiative_rows
from dashboard.frames.source import Source
from etl.insight.chain import Chain, Graph, Key, gaps, read_graph
from etl.insight.decisions import department_names
from etl.insight.initiatives import Initiative, InitiativeYear, initiatives
from etl.release.folder import publish
from tests.dashboard.conftest import ScoreUnits, figures_of
from tests.dashboard.scopes import only
from tests.dashboard.signing_in import People
from tests.dashboard.test_pages import OpenPage, html
from tests.golden.evaluation import RECORDS, evaluate_golden

LEADER = "0010030"
HOSTILE = '<img src=x onerror="alert(1)"> & <b>굵게</b>'


@pytest.fixture(scope="module")
def whole(korean: Source) -> Graph:
    return read_graph(korean.reading)


@pytest.fixture(scope="module")
def names(korean: Source) -> dict[str, str]:
    return department_names(korean.reading)


@pytest.fixture(scope="module")
def of_the_year(korean: Source, whole: Graph) -> Chain:
    period = korean.reading.rulebook.evaluation.period
    return whole.within(period.start, period.end)


@pytest.fixture(scope="module")
def department(korean: Source) -> Source:
    """The same release as one department sees it."""
    return replace(korean, scope=only(LEADER))


def through_others(whole: Graph) -> Key:
    """An analysis of the department that used data of another one."""
    return next(
        key
        for key, record in whole.records.items()
        if record.kind == "analysis"
        and LEADER in record.units
        and any(LEADER not in used.units for used in whole.rests_on(key))
    )


# Frames --------------------------------------------------------------------------------------------------------------


def test_the_figures_of_the_year_are_those_of_the_release(korean: Source, of_the_year: Chain) -> None:
    datasets, used, analyses, policies = chain_facts(korean, of_the_year)
    assert (datasets.value, analyses.value) == ("699", "22")
    assert datasets.beside == "열지 않고 모은 것 99건"
    assert int(used.value) == len(of_the_year.used("dataset"))
    assert policies.beside == f"정책 {len(of_the_year.records('policy'))}건 가운데"
    others = len(of_the_year.used("dataset") - of_the_year.own)
    assert used.beside == f"인정된 분석·정책으로 이어진 것, 다른 해의 것 {others}건 포함"
    assert analyses.beside == "증빙된 정책에 쓰인 것 3건, 어느 정책에도 쓰이지 않은 것 18건"


def test_what_is_said_of_gaps_adds_up_to_the_figures_above(korean: Source, whole: Graph, of_the_year: Chain) -> None:
    for chain in (of_the_year, whole.over_all_years(), of_the_year.of_unit(LEADER)):
        facts, ends = chain_facts(korean, chain), gaps(chain)
        by_kind = zip(("모으거나 연 데이터셋", "인정된 분석", "정책"), gap_sentences(korean, chain), strict=True)
        for kind, said in by_kind:
            assert said.startswith(kind)
            whole_of_it, came_on, ended, *rest = (int(one.replace(",", "")) for one in re.findall(r"([\d,]+)건", said))
            if kind == "정책":
                assert whole_of_it == came_on + ended
                assert ended == len(ends.unproven_policies)
                assert facts[3].value == str(came_on)
            else:
                assert whole_of_it == came_on + ended + sum(rest)
                assert ended == len(ends.unused_datasets if kind.endswith("셋") else ends.unfollowed_analyses)
    assert gap_sentences(korean, Chain(whole, frozenset(), ())) == []


def test_names_of_groups_count_records_and_add_up_to_the_figures_above(korean: Source, of_the_year: Chain) -> None:
    frame = flow_frame(korean, of_the_year)
    _, used, _, policies = chain_facts(korean, of_the_year)
    counts = [[_counted(node.label) for node in frame.nodes if node.column == column] for column in range(3)]
    assert str(sum(counts[0])) == used.value
    unstated = len(of_the_year.of_group("policy", "unstated"))
    assert unstated
    assert sum(counts[2]) == int(policies.value) + unstated
    assert f"그림의 정책 {sum(counts[2])}건 가운데 {unstated}건은 활용 단계를 적지 않아" in frame.summary
    others = {kind: len(of_the_year.used(kind) - of_the_year.own) for kind in ("dataset", "analysis")}
    assert (
        f"데이터셋 가운데 {others['dataset']}건, 쓰인 분석 가운데 {others['analysis']}건은 다른 해의 것"
        in frame.summary
    )
    assert "다른 해나 다른 부서의 것" in flow_frame(korean, of_the_year.of_unit(LEADER)).summary


def test_a_group_of_the_picture_lists_as_many_records_as_its_name_says(korean: Source, of_the_year: Chain) -> None:
    for node in flow_frame(korean, of_the_year).nodes:
        assert group_list(korean, of_the_year, node.code, {}).total == _counted(node.label)
        assert f"{_counted(node.label)}건" in node.said


def _counted(label: str) -> int:
    """The number of records a label of the picture says."""
    return int(label.rsplit(maxsplit=1)[-1].removesuffix("건").replace(",", ""))


def test_the_flow_adds_up_to_the_uses_and_its_words_say_the_same(korean: Source, of_the_year: Chain) -> None:
    frame = flow_frame(korean, of_the_year)
    assert sum(link.uses for link in frame.links) == len(of_the_year.drawn)
    assert [node.column for node in frame.nodes] == sorted(node.column for node in frame.nodes)
    for at, node in enumerate(frame.nodes):
        given_away = sum(link.uses for link in frame.links if link.source == at)
        taken = sum(link.uses for link in frame.links if link.target == at)
        assert node.uses == max(given_away, taken) > 0
    into_policies = sum(used[0] == "dataset" and user[0] == "policy" for used, user in of_the_year.drawn)
    assert f"정책에 바로 {into_policies}번" in frame.summary


def test_the_records_of_a_group_are_those_at_the_ends_of_its_uses(korean: Source, of_the_year: Chain) -> None:
    frame = flow_frame(korean, of_the_year)
    told = [line.address for node in frame.nodes for line in group_list(korean, of_the_year, node.code, {}).lines]
    assert sorted(told) == sorted({":".join(key) for use in of_the_year.drawn for key in use})


def test_without_a_use_nothing_is_drawn_and_that_is_said(korean: Source, whole: Graph) -> None:
    nothing = Chain(whole, frozenset(), ())
    frame = flow_frame(korean, nothing)
    assert (frame.nodes, frame.links) == ((), ())
    assert "그리지 않았습니다" in frame.summary
    assert ladder_rows(korean, nothing) == []


def test_the_first_rung_is_the_whole_and_the_others_are_parts_of_it(korean: Source, of_the_year: Chain) -> None:
    rows = ladder_rows(korean, of_the_year)
    assert [row.name for row in rows] == ["보고", "계획", "예산·제도", "효과"]
    assert rows[0].share_pct == 100
    assert [row.share_pct for row in rows] == sorted((row.share_pct for row in rows), reverse=True)
    assert sum(int(row.here) for row in rows) == int(rows[0].reached)


def test_a_policy_without_evidence_says_what_it_lacks(
    korean: Source, of_the_year: Chain, names: dict[str, str]
) -> None:
    listed = record_list(korean, gaps(of_the_year).unproven_policies, names)
    assert not listed.hidden
    said = {line.standing for line in listed.lines}
    assert {"불인정", "인정된 분석·데이터를 근거로 들지 않음", "활용 단계를 알 수 없음"} <= said
    assert "인정" not in said
    assert all(re.fullmatch(r"정책활용\.csv \d+행", line.origin) for line in listed.lines)


def test_a_walk_tells_everything_on_both_ways_and_counts_each_record_once(
    korean: Source, whole: Graph, names: dict[str, str]
) -> None:
    key = through_others(whole)
    frame = walk_frame(korean, whole, key, names)
    assert {line.address for line in frame.rests_on.lines} == {
        f"{one.kind}:{one.record_id}" for one in whole.rests_on(key)
    }
    below = len({line.address for line in frame.rests_on.lines})
    assert f"근거로 삼은 기록은 {below}건" in walk_sentence(korean, frame)
    assert dict(frame.facts)["받은 파일과 행"].startswith("분석과제.csv ")


def test_records_of_other_departments_are_counted_and_not_named(
    korean: Source, department: Source, whole: Graph, names: dict[str, str]
) -> None:
    key = through_others(whole)
    open_frame, frame = (walk_frame(source, whole, key, names) for source in (korean, department))
    assert frame.rests_on.hidden > 0
    assert len({line.address for line in frame.rests_on.lines}) + frame.rests_on.hidden == len(
        {line.address for line in open_frame.rests_on.lines}
    )
    assert walk_sentence(department, frame) == walk_sentence(korean, open_frame)
    others = {one.title for one in whole.rests_on(key) if LEADER not in one.units}
    assert not others & {line.title for line in frame.rests_on.lines}
    mine = {names[unit] for unit in (LEADER,)}
    assert {line.unit for line in (*frame.rests_on.lines, *frame.led_to.lines)} <= mine


def test_only_records_in_scope_can_be_chosen_or_listed(
    department: Source, whole: Graph, of_the_year: Chain, names: dict[str, str]
) -> None:
    listed = record_list(department, gaps(of_the_year).unused_datasets, names)
    assert listed.hidden > 0
    assert {line.unit for line in listed.lines} == {names[LEADER]}
    offered = walkable(department, whole, "analysis", None)
    assert offered
    for address in offered:
        key = key_of(address, whole)
        assert key is not None
        assert LEADER in whole.records[key].units


@pytest.mark.parametrize(
    "said", [None, "", "policy", "policy:", "policy:없음", "unit:0010030", "dataset:정책-2021-001"]
)
def test_an_address_that_names_no_record_leads_to_none(whole: Graph, said: str | None) -> None:
    assert key_of(said, whole) is None


# Initiatives ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def run(korean: Source) -> list[Initiative]:
    return initiatives(korean.reading)


def test_initiatives_are_told_with_their_growth(korean: Source, run: list[Initiative], names: dict[str, str]) -> None:
    rows = {row.service: row for row in initiative_rows(korean, run, names)}
    assert rows["스마트경로당"].sites.summary == "스마트경로당 조성 개소 수: 2019년 5에서 2021년 65."
    assert rows["스마트워크센터"].latest.sites == "5"
    assert rows["스마트워크센터"].standing == "운영 중"
    assert rows["비대면 대출"].standing == "운영이 끝남"
    assert rows["비대면 대출"].span == "2020. 4. 6. ~ 2021. 6. 30."
    assert rows["스마트워크센터"].span == "2019. 3. 4. ~"
    assert rows["공공와이파이"].years[0].users == "–"


def test_a_single_year_is_told_once(korean: Source, run: list[Initiative], names: dict[str, str]) -> None:
    for one in (replace(run[0], years=(InitiativeYear(2020, 2, None),)), replace(run[0], years=())):
        (row,) = initiative_rows(korean, [one], names)
        said = f"{one.title} 개소 수: " + ("2020년 2." if one.years else "보고된 수가 없습니다.")
        assert row.sites.summary == said


def test_users_that_were_not_reported_are_said_to_be_missing(korean: Source, run: list[Initiative]) -> None:
    *_, users = initiative_facts(korean, run)
    assert users.beside == "2021년, 사업마다 센 수의 합"
    silent = [replace(run[0], years=(InitiativeYear(2021, 3, None),))]
    running, sites, users = initiative_facts(korean, silent)
    assert (running.value, sites.value, users.value) == ("1", "3", "–")
    assert users.beside == "이용자를 보고하지 않은 사업 1개는 빠짐"
    assert [fact.value for fact in initiative_facts(korean, [])] == ["0", "–", "–"]


def test_a_department_sees_its_own_initiatives(department: Source, run: list[Initiative]) -> None:
    assert {one.unit_id for one in in_scope(department, run, None)} == {LEADER}
    assert in_scope(department, run, "0060020") == []


# The pages -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def open_page(project: Path, people: People, monkeypatch: pytest.MonkeyPatch) -> OpenPage:
    return OpenPage(project, people, monkeypatch)


def queries(app: AppTest) -> list[dict[str, list[str]]]:
    """What the links to the page say."""
    return [parse_qs(urlsplit(unescape(href)).query) for href in re.findall(r'<a href="(chain[?][^"]*)"', html(app))]


def test_one_can_follow_a_policy_to_its_data_and_back(open_page: OpenPage, releases: Path, whole: Graph) -> None:
    policy, analysis = next(
        (one, used)
        for one in whole.records.values()
        if one.kind == "policy"
        for used in whole.rests_on(one.key)
        if used.kind == "analysis" and whole.rests_on(used.key)
    )
    app = open_page(releases, "chain", record=f"policy:{policy.record_id}", year="2021")
    said = unescape(html(app))
    assert policy.title in said
    assert f"정책활용.csv {policy.origin.row}행" in said
    assert {"year": ["2021"], "record": [f"analysis:{analysis.record_id}"]} in queries(app)
    back = open_page(releases, "chain", record=f"analysis:{analysis.record_id}")
    assert {"record": [f"policy:{policy.record_id}"]} in queries(back)
    assert app.selectbox(key="choose-record").value == f"policy:{policy.record_id}"


def test_choosing_a_record_and_a_span_changes_the_url(open_page: OpenPage, releases: Path) -> None:
    app = open_page(releases, "chain")
    app.segmented_control(key="choose-span").set_value("all").run()
    assert app.query_params["span"] == "all"
    app.segmented_control(key="choose-kind").set_value("dataset").run()
    first = app.selectbox(key="choose-record").options[0]
    app.selectbox(key="choose-record").select(first).run()
    assert app.query_params["record"].startswith("dataset:")
    assert "무엇으로 이어졌나" in html(app)


@pytest.mark.parametrize("record", ["policy:없음", "<img src=x>", "dataset:"])
def test_a_record_that_is_not_there_is_said_and_the_whole_picture_stays(
    open_page: OpenPage, releases: Path, record: str
) -> None:
    said = html(open_page(releases, "chain", record=record))
    assert "그 기록이 없습니다" in said
    assert "활용 단계" in said
    assert "<img" not in said


@pytest.mark.parametrize(
    ("page", "words"), [("chain", "데이터셋·분석·정책 기록이 없습니다"), ("initiatives", "기록이 없습니다")]
)
def test_a_release_of_a_table_of_figures_says_that_there_are_no_records(
    open_page: OpenPage, tmp_path: Path, score_units: ScoreUnits, page: PageName, words: str
) -> None:
    publish(score_units(tmp_path, [("1", "기획과", "line")], {"1": figures_of()}))
    assert words in html(open_page(tmp_path, page))


def test_titles_of_records_are_text(open_page: OpenPage, tmp_path: Path) -> None:
    records = Path(shutil.copytree(RECORDS, tmp_path / "records"))
    quoted = '"' + HOSTILE.replace('"', '""') + '"'
    for file, title in (("policies", "정류장 이전"), ("initiatives", "스마트워크센터,")):
        path = records / f"{file}.csv"
        written = path.read_text(encoding="utf-8")
        assert title in written
        path.write_text(written.replace(title, quoted + title[len(title.rstrip(",")) :], 1), encoding="utf-8")
    folder = tmp_path / "releases"
    publish(evaluate_golden(folder, records).release)
    shown: tuple[tuple[PageName, dict[str, str]], ...] = (("chain", {"record": "policy:Q-01"}), ("initiatives", {}))
    for page, query in shown:
        said = html(open_page(folder, page, **query))
        assert HOSTILE in unescape(said)
        assert "<img" not in said


def test_a_release_without_such_records_says_so(open_page: OpenPage, tmp_path: Path) -> None:
    records = Path(shutil.copytree(RECORDS, tmp_path / "records"))
    for kind in ("policies", "policy_uses", "analyses", "analysis_shares", "analysis_sources", "datasets"):
        (records / f"{kind}.csv").unlink()
    for kind in ("dataset_usage", "initiatives", "initiative_figures", "recognition"):
        (records / f"{kind}.csv").unlink()
    publish(evaluate_golden(tmp_path / "releases", records).release)
    said: tuple[tuple[PageName, str], ...] = (
        ("chain", "여기에 해당하는"),
        ("initiatives", "디지털 사업의 기록이 없습니다"),
    )
    for page, words in said:
        assert words in html(open_page(tmp_path / "releases", page))
