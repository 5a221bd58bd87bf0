"""The package: its verifier, run as a stranger runs it, passes what is published and nothing that was changed."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import rfc8785
from pypdf import PdfReader

from etl.exports import package, stand_alone
from etl.exports.carried import carry
from etl.exports.hwpx import write_hwpx
from etl.exports.package import write_package
from etl.exports.pdf.documents import write_pdf
from etl.insight.reading import Reading
from etl.release.folder import SUMS, sums_text
from etl.scoring.decimals import total
from etl.shown import grouped
from tests.exports.given import AGGREGATIONS, ROUNDINGS, TAKEN, scored
from tests.insight.outranked import WITH_SCORES, WITHOUT_SCORES, outranked


@pytest.fixture(scope="module")
def packed(golden: Reading, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("package") / "golden.zip"
    write_package(carry(golden, TAKEN), path)
    return path


@pytest.fixture
def unpacked(packed: Path, tmp_path: Path) -> Path:
    """The package as a receiver has it, to be changed at will."""
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(tmp_path / "received")
    return next((tmp_path / "received").iterdir())


def verdict(package: Path) -> tuple[int, str]:
    """How the verifier of a package ends, run without anything of ours on its path."""
    run = subprocess.run(
        [sys.executable, "-I", str(package / "verify.py")], capture_output=True, check=False, cwd=package.parent
    )
    assert run.stderr == b""
    return run.returncode, run.stdout.decode()


def release_of(package: Path) -> Path:
    return next((package / "release").iterdir())


def reseal(package: Path) -> None:
    """Make every digest fit again, as somebody would who wants a changed result to pass."""
    release = release_of(package)
    facts = json.loads((release / "manifest.json").read_bytes())
    facts["rulebook"]["sha256"] = digest(release / "rulebook.toml")
    facts["tables"] = {table: digest(release / f"{table}.csv") for table in facts["tables"]}
    (release / "manifest.json").write_bytes(rfc8785.dumps(facts))
    (release / SUMS).write_bytes(sums_text(release))
    release.rename(release.parent / f"{facts['year']}-{digest(release / 'manifest.json')[:12]}")
    (package / SUMS).write_bytes(sums_text(package))


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_verifier_passes_what_is_published(unpacked: Path, golden: Reading) -> None:
    code, said = verdict(unpacked)
    assert (code, "맞습니다 · verified" in said) == (0, True), said
    assert f"{len(golden.scores)}개 부서" in said


def test_the_verifier_tells_how_to_use_it_and_checks_nothing_then() -> None:
    asked = [sys.executable, "-I", stand_alone.__file__, "--help"]
    run = subprocess.run(asked, capture_output=True, check=False, text=True)
    assert run.returncode == 0
    assert "python3 verify.py" in run.stdout
    assert "맞습니다" not in run.stdout


def test_the_package_holds_the_release_its_tables_and_how_to_check_them(unpacked: Path, golden: Reading) -> None:
    release = release_of(unpacked)
    there = sorted(path.relative_to(release) for path in release.rglob("*") if path.is_file())
    assert there == sorted(path.relative_to(golden.folder) for path in golden.folder.rglob("*") if path.is_file())
    assert all((release / path).read_bytes() == (golden.folder / path).read_bytes() for path in there)
    name = golden.manifest.name
    ends = (".xlsx", "-csv.zip", "-parquet.zip", "-report.pdf", "-report.hwpx", "-scorecards.pdf")
    assert {path.name for path in (unpacked / "exports").iterdir()} == {f"{name}{end}" for end in ends}
    page = (unpacked / "README.txt").read_text(encoding="utf-8-sig")
    for said in (golden.manifest.release_id, "verify.py", "잠정", "PROVISIONAL", digest(golden.folder / SUMS)):
        assert said in page
    facts = golden.manifest.facts["rulebook"]
    for said in (facts["id"], facts["sha256"], "자료 기준일: 2021. 12. 31.", f"평가 부서 수: {len(golden.units)}"):
        assert said in page
    added = total(row.score for row in golden.scores.values() if row.score is not None)
    assert f"scores (종합점수): {len(golden.scores)}행, 종합점수 합계 {grouped(added)}" in page
    assert (unpacked / SUMS).read_bytes() == sums_text(unpacked)


def test_documents_in_the_package_are_those_that_are_taken_by_themselves_without_who_took_them(
    unpacked: Path, golden: Reading, tmp_path: Path
) -> None:
    untold, taken = carry(golden, None), unpacked / "exports"
    for end, write, only in (("report.pdf", write_pdf, "report"), ("report.hwpx", write_hwpx, "report")):
        write(untold, tmp_path / end, "ko", [only])
        assert (taken / f"{golden.manifest.name}-{end}").read_bytes() == (tmp_path / end).read_bytes()
    pages = PdfReader(taken / f"{golden.manifest.name}-scorecards.pdf").pages
    assert len(pages) >= len(golden.units)


def test_documents_of_very_many_departments_are_left_out_and_that_is_said(
    golden: Reading, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package, "MOST_WITH_DOCUMENTS", 1)
    controls = write_package(carry(golden, TAKEN), target)
    with zipfile.ZipFile(target) as archive:
        assert not [name for name in archive.namelist() if name.endswith((".pdf", ".hwpx"))]
        page = archive.read(next(name for name in archive.namelist() if name.endswith("README.txt"))).decode()
    assert "보고서와 성적표는 부서가 많아 따로" in page
    assert "scorecards.pdf" not in controls


def test_whoever_takes_it_and_whenever_the_package_has_the_same_bytes(
    packed: Path, golden: Reading, target: Path
) -> None:
    later = replace(TAKEN, by="somebody else", at=TAKEN.at + timedelta(days=400), reason="another")
    write_package(carry(golden, later), target)
    assert target.read_bytes() == packed.read_bytes()


def test_a_changed_byte_of_any_file_is_noticed(unpacked: Path) -> None:
    files = sorted(path for path in unpacked.rglob("*") if path.is_file())
    assert len(files) > 40
    for path in files:
        before = path.read_bytes()
        if not before:
            continue
        at = len(before) // 2
        path.write_bytes(before[:at] + bytes([before[at] ^ 1]) + before[at + 1 :])
        faults = list(stand_alone.digest_faults(unpacked))
        assert faults, path
        if path.name != SUMS:
            assert str(path.relative_to(unpacked)) in faults[0]
        path.write_bytes(before)
    assert not list(stand_alone.digest_faults(unpacked))


def test_a_file_more_or_less_is_noticed(unpacked: Path) -> None:
    (unpacked / "more.txt").write_text("more")
    assert "more.txt" in verdict(unpacked)[1]
    (unpacked / "more.txt").unlink()
    (release_of(unpacked) / "history.csv").unlink()
    code, said = verdict(unpacked)
    assert code == 1
    assert "history.csv" in said


def cell(table: str, key: str, column: str, change: Callable[[str], str]) -> Callable[[Path], None]:
    """A change of one cell of a table, in the first row that begins with the key."""

    def make(release: Path) -> None:
        path = release / f"{table}.csv"
        head, *rows = path.read_text(encoding="utf-8").split("\n")
        at = head.split(",").index(column)
        number = next(n for n, row in enumerate(rows) if row.startswith(f"{key},"))
        cells = rows[number].split(",")
        cells[at] = change(cells[at])
        rows[number] = ",".join(cells)
        path.write_text("\n".join([head, *rows]), encoding="utf-8")

    return make


def both(*changes: Callable[[Path], None]) -> Callable[[Path], None]:
    def make(release: Path) -> None:
        for change in changes:
            change(release)

    return make


def rules(before: str, after: str) -> Callable[[Path], None]:
    """A change of the rulebook's text."""

    def make(release: Path) -> None:
        path = release / "rulebook.toml"
        text = path.read_text(encoding="utf-8")
        assert before in text
        path.write_text(text.replace(before, after, 1), encoding="utf-8")

    return make


def more(text: str) -> str:
    """A number a tenth higher."""
    return str(round(float(text) + 0.1, 2))


NODE = "U02,analyses"
CHANGES = [
    pytest.param(cell("scores", "U02", "score", more), "U02 score", id="a score"),
    pytest.param(cell("scores", "U02", "total", more), "U02 total", id="a total"),
    pytest.param(
        both(
            cell("scores", "U02", "base", more),
            cell("scores", "U02", "total", more),
            cell("scores", "U02", "score", more),
        ),
        "U02 base",
        id="base, total and score together",
    ),
    pytest.param(cell("scores", "U02", "ranked", lambda _: "false"), "U02 ranked", id="who is ranked"),
    pytest.param(cell("scores", "U02", "coverage", lambda _: "0.5"), "U02 coverage", id="the coverage"),
    pytest.param(cell("contributions", NODE, "weight", more), "weight", id="a weight"),
    pytest.param(cell("contributions", NODE, "effective_weight", more), "effective_weight", id="a weight that moved"),
    pytest.param(cell("contributions", NODE, "contribution", more), "contribution", id="a contribution"),
    pytest.param(cell("contributions", NODE, "points", more), "U02 analyses", id="points in one table"),
    pytest.param(
        both(cell("contributions", NODE, "points", more), cell("indicators", NODE, "points", more)),
        "U02",
        id="points in both tables",
    ),
    pytest.param(cell("ranks", "U02", "rank", lambda _: "7"), "U02 rank", id="a rank"),
    pytest.param(cell("ranks", "U02", "group_rank", lambda _: "7"), "U02 group_rank", id="a place in the group"),
]


@pytest.mark.parametrize(("change", "told"), CHANGES)
def test_a_number_changed_with_all_digests_made_to_fit_is_noticed(
    unpacked: Path, change: Callable[[Path], None], told: str
) -> None:
    change(release_of(unpacked))
    reseal(unpacked)
    assert not list(stand_alone.digest_faults(unpacked))
    code, said = verdict(unpacked)
    assert code == 1
    assert told in said


def test_a_weight_changed_in_the_rules_alone_is_noticed(unpacked: Path) -> None:
    text = (release_of(unpacked) / "rulebook.toml").read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("weight = "))
    rules(f"{line}\n", "weight = 99\n")(release_of(unpacked))
    reseal(unpacked)
    code, said = verdict(unpacked)
    assert code == 1
    assert "weight" in said


@pytest.mark.parametrize("aggregation", AGGREGATIONS)
@pytest.mark.parametrize("mode", ROUNDINGS)
def test_the_verifier_computes_what_the_release_says_under_any_rules(
    tmp_path: Path, aggregation: str, mode: str
) -> None:
    reading = scored(tmp_path, {f"U{number:02}": f"{number}과" for number in range(30)}, aggregation, mode)
    faults, counted = stand_alone.verify(reading.folder)
    assert not faults
    assert "30개 부서" in counted


THREE_OF_A_KIND = {
    "a": {"awards_received": "9", "analyses_completed": "1"},
    "b": {"awards_received": "1", "analyses_completed": "9"},
    "c": {"awards_received": "0", "analyses_completed": "0"},
    "d": {"awards_received": "0", "analyses_completed": "0"},
    "e": {"awards_received": "3"},
}
"""The first two share the first place, the next two the third, and the last cannot be compared."""


@pytest.mark.parametrize("rules", [WITHOUT_SCORES, WITH_SCORES])
def test_the_verifier_compares_all_pairs_again_where_places_come_from_them(tmp_path: Path, rules: str) -> None:
    reading = outranked(tmp_path, rules, figures=THREE_OF_A_KIND)
    assert sorted(row.rank for row in reading.ranks.values()) == [1, 1, 3, 3]
    faults, counted = stand_alone.verify(reading.folder)
    assert not faults
    assert "5개 부서" in counted


@pytest.mark.parametrize(
    ("table", "key", "column", "value", "told"),
    [
        ("ranks", "c", "rank", "1", "ranks.csv c rank: 공표 1, 계산 · computed 3"),
        ("ranks", "b", "group_rank", "2", "ranks.csv b group_rank"),
        ("scores", "e", "ranked", "true", "scores.csv e ranked"),
        ("outranking", "a,b", "votes", "1", "outranking.csv a b votes"),
        ("orders", "1", "units", "b > a > c > d", "orders.csv: 가장 많은 표를 얻는 순서가 다릅니다"),
        ("orders", "1", "votes", "9", "orders.csv 1 votes"),
        ("indicators", "c,awards_received", "value", "99", "ranks.csv c rank"),
    ],
)
@pytest.mark.parametrize("rules", [WITHOUT_SCORES, WITH_SCORES])
def test_a_forged_place_of_pairs_is_noticed_with_all_digests_made_to_fit(
    tmp_path: Path, rules: str, table: str, key: str, column: str, value: str, told: str
) -> None:
    reading = outranked(tmp_path, rules, figures=THREE_OF_A_KIND)
    received = tmp_path / "received"
    shutil.copytree(reading.folder, received / "release" / reading.folder.name)
    cell(table, key, column, lambda _: value)(release_of(received))
    reseal(received)
    faults, _ = stand_alone.verify(received)
    assert told in "\n".join(faults)


def test_a_package_without_its_tables_is_said_to_be_unreadable(unpacked: Path) -> None:
    (release_of(unpacked) / "scores.csv").write_bytes(b"")
    code, said = verdict(unpacked)
    assert code == 1
    assert "NOT AS PUBLISHED" in said
