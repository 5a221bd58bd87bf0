"""A release proves itself: any change is found and named, and every number is computed again."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

import etl.measures
from etl.errors import VerificationError
from etl.evaluate import Outcome
from etl.given import score_table
from etl.release.folder import MANIFEST, SUMS, files_of, publish, sha256_of, sums_text
from etl.verify import verify


def faults(release: Path) -> list[tuple[str, str]]:
    """Code and place of everything that is wrong with a release."""
    with pytest.raises(VerificationError) as refusal:
        verify(release)
    return [(fault.code, fault.where) for fault in refusal.value.faults]


def test_a_release_is_what_it_claims_to_be(outcome: Outcome) -> None:
    verified = verify(outcome.release)
    assert verified.release_id == outcome.release_id
    assert verified.seal == sha256_of(outcome.release / SUMS)
    assert verified.files == len(files_of(outcome.release))
    assert verified.tables == 8


def test_a_copy_in_another_folder_that_nobody_may_write_to_verifies(release: Path) -> None:
    for path in [release, *release.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    assert verify(release).tables == 8


def test_a_release_leaves_verification_as_it_was(release: Path) -> None:
    before = {path: path.read_bytes() for path in release.rglob("*") if path.is_file()}
    verify(release)
    assert {path: path.read_bytes() for path in release.rglob("*") if path.is_file()} == before


def test_the_list_of_digests_is_one_that_sha256sum_accepts(release: Path) -> None:
    checked = subprocess.run(
        ["sha256sum", "--check", "--strict", SUMS], cwd=release, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stderr
    assert len(checked.stdout.splitlines()) == len(files_of(release))


# Changes without new digests ----------------------------------------------------------------------------------------


def flip(path: Path, position: int, bit: int) -> None:
    """Change one bit of a file."""
    content = bytearray(path.read_bytes())
    content[position] ^= 1 << bit
    path.write_bytes(content)


@settings(max_examples=60)
@given(data=st.data())
def test_one_bit_changed_anywhere_is_found_and_its_file_named(
    outcome: Outcome, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    files = [file for file in files_of(outcome.release) if (outcome.release / file).stat().st_size] + [SUMS]
    file = data.draw(st.sampled_from(files))
    size = (outcome.release / file).stat().st_size
    position, bit = data.draw(st.integers(0, size - 1)), data.draw(st.integers(0, 7))
    release = Path(shutil.copytree(outcome.release, tmp_path_factory.mktemp("flip") / outcome.release.name))
    flip(release / file, position, bit)
    found = faults(release)
    if file == SUMS:
        assert found[0][0] in ("verify_sums_malformed", "verify_no_sums", "verify_file_changed", "verify_file_missing")
    else:
        assert found == [("verify_file_changed", file)]
    shutil.rmtree(release.parent)


def test_the_first_the_middle_and_the_last_byte_of_every_file_are_watched(release: Path) -> None:
    for file in files_of(release):
        content = (release / file).read_bytes()
        for position in {0, len(content) // 2, len(content) - 1}:
            flip(release / file, position, 0)
            assert faults(release) == [("verify_file_changed", file)]
            (release / file).write_bytes(content)
    verify(release)


def replace_by_link(release: Path) -> None:
    shutil.copy(release / "scores.csv", release.parent)
    (release / "scores.csv").unlink()
    (release / "scores.csv").symlink_to(release.parent / "scores.csv")


def replace_by_pipe(release: Path) -> None:
    (release / "scores.csv").unlink()
    os.mkfifo(release / "scores.csv")


def replace_by_folder(release: Path) -> None:
    (release / "scores.csv").unlink()
    (release / "scores.csv").mkdir()


def replace_folder_by_link(release: Path) -> None:
    (release / "origins").rename(release.parent / "origins")
    (release / "origins").symlink_to(release.parent / "origins")


TAMPERED = [
    pytest.param(lambda r: (r / "note.txt").write_text("x"), ("verify_file_extra", "note.txt"), id="a file added"),
    pytest.param(lambda r: (r / "a" / "b").mkdir(parents=True) or (r / "a/b/c").write_text(""),
                 ("verify_file_extra", "a/b/c"), id="an empty file added in a folder"),
    pytest.param(lambda r: (r / "out").symlink_to("/"), ("verify_file_extra", "out"), id="a link to a folder added"),
    pytest.param(lambda r: (r / "out").symlink_to("gone"), ("verify_file_extra", "out"), id="a link to nothing added"),
    pytest.param(lambda r: (r / "scores.csv").unlink(), ("verify_file_missing", "scores.csv"), id="a file removed"),
    pytest.param(lambda r: (r / MANIFEST).unlink(), ("verify_file_missing", MANIFEST), id="the manifest removed"),
    pytest.param(lambda r: (r / "scores.csv").rename(r / "Scores.csv"),
                 ("verify_file_extra", "Scores.csv"), id="a file renamed"),
    pytest.param(lambda r: (r / "scores.csv").write_bytes(b""), ("verify_file_changed", "scores.csv"), id="emptied"),
    pytest.param(replace_by_link, ("verify_file_changed", "scores.csv"), id="a link to the same bytes in its place"),
    pytest.param(replace_by_pipe, ("verify_file_changed", "scores.csv"), id="a pipe in its place"),
    pytest.param(replace_by_folder, ("verify_file_missing", "scores.csv"), id="a folder in its place"),
    pytest.param(replace_folder_by_link, ("verify_file_extra", "origins"), id="a link in place of a folder"),
    pytest.param(lambda r: (r / SUMS).unlink(), ("verify_no_sums", SUMS), id="the digests removed"),
    pytest.param(lambda r: (r / SUMS).write_bytes(b"\xff"), ("verify_no_sums", SUMS), id="the digests no text"),
    pytest.param(lambda r: (r / SUMS).write_bytes((r / SUMS).read_bytes() + b"\n"),
                 ("verify_sums_malformed", SUMS), id="a blank line in the digests"),
    pytest.param(lambda r: (r / SUMS).write_bytes((r / SUMS).read_bytes().upper()),
                 ("verify_sums_malformed", SUMS), id="the digests in capitals"),
]  # fmt: skip


@pytest.mark.parametrize(("tamper", "fault"), TAMPERED)
def test_a_change_of_files_is_found(release: Path, tamper: Callable[[Path], object], fault: tuple[str, str]) -> None:
    tamper(release)
    code, where = fault
    assert any(found == code and place.endswith(where) for found, place in faults(release))


def test_every_change_is_told_at_once(release: Path) -> None:
    flip(release / "scores.csv", 30, 1)
    flip(release / "ranks.csv", 30, 1)
    (release / "units.csv").unlink()
    assert {where for _, where in faults(release)} == {"scores.csv", "ranks.csv", "units.csv"}


# Changes with new digests: a forger who knows the format ------------------------------------------------------------


def reseal(release: Path) -> None:
    """New digests for whatever stands in the folder."""
    (release / SUMS).write_bytes(sums_text(release))


def forge(release: Path, *, rename: bool = True) -> Path:
    """A manifest, digests and a name that fit whatever stands in the folder."""
    manifest = json.loads((release / MANIFEST).read_bytes())
    manifest["rulebook"]["sha256"] = sha256_of(release / "rulebook.toml")
    for part, folder in (("tables", release), ("records", release / "records")):
        there = {path.stem: sha256_of(path) for path in folder.iterdir() if path.suffix in (".csv", ".parquet")}
        manifest[part] = {stem: digest for stem, digest in there.items() if stem != "rejects"}
    content = rfc8785.dumps(manifest)
    (release / MANIFEST).write_bytes(content)
    reseal(release)
    return release.rename(release.with_name(f"2021-{hashlib.sha256(content).hexdigest()[:12]}")) if rename else release


def change_score(release: Path, before: str = "84.09,84.09", after: str = "84.09,94.09") -> None:
    text = (release / "scores.csv").read_text(encoding="utf-8")
    assert text.count(before) == 1
    (release / "scores.csv").write_text(text.replace(before, after), encoding="utf-8")


def test_a_changed_score_with_new_digests_is_not_what_the_manifest_says(release: Path) -> None:
    change_score(release)
    reseal(release)
    assert faults(release) == [("verify_not_in_manifest", "tables/scores")]


def test_a_changed_score_with_a_new_manifest_has_another_name(release: Path) -> None:
    change_score(release)
    assert faults(forge(release, rename=False)) == [("verify_wrong_name", str(release))]


def test_a_changed_score_with_everything_forged_is_computed_again_and_named(release: Path) -> None:
    change_score(release)
    with pytest.raises(VerificationError) as refusal:
        verify(forge(release))
    (fault,) = refusal.value.faults
    assert (fault.code, fault.where) == ("verify_number_differs", "scores.csv, row 3 (U02), score")
    assert fault.facts == {"published": "94.09", "recomputed": "84.09"}
    assert "84.09" in refusal.value.text("ko")
    assert "94.09" in refusal.value.text("ko")


def rewrite(file: str, change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    def apply(release: Path) -> None:
        content = (release / file).read_bytes()
        assert change(content) != content
        (release / file).write_bytes(change(content))

    return apply


def swap_parquet(release: Path) -> None:
    shutil.copy(release / "records" / "datasets.parquet", release / "records" / "analyses.parquet")


FORGED = [
    pytest.param(rewrite("scores.csv", lambda b: b.rsplit(b"\n", 2)[0] + b"\n"), "verify_rows_differ", id="a row gone"),
    pytest.param(rewrite("scores.csv", lambda b: b.replace(b"\n", b"\r\n")), "verify_written_otherwise", id="CRLF"),
    pytest.param(rewrite("units.csv", lambda b: b.decode().encode("cp949")), "verify_written_otherwise", id="encoding"),
    pytest.param(rewrite("ranks.csv", lambda b: b.replace(b",S,S", b",A,S")), "verify_number_differs", id="a grade"),
    pytest.param(rewrite("rulebook.toml", lambda b: b.replace(b"target = 10\nratio", b"target = 5\nratio")),
                 "verify_number_differs", id="a target of the rulebook"),
    pytest.param(rewrite("rulebook.toml", lambda b: b"x = 1\n" + b), "verify_cannot_recompute", id="a bad rulebook"),
    pytest.param(rewrite("rulebook.toml", lambda b: b.replace(b"training_attendances", b"nothing_known")),
                 "verify_cannot_recompute", id="a metric nobody knows"),
    pytest.param(rewrite("records/ledger.parquet", lambda b: b[:40]), "verify_cannot_recompute", id="cut off"),
    pytest.param(swap_parquet, "verify_cannot_recompute", id="records of another kind"),
    pytest.param(lambda r: (r / "records" / "ledger.parquet").unlink(), "verify_cannot_recompute", id="records gone"),
    pytest.param(lambda r: (r / "scores.csv").unlink(), "verify_file_missing", id="a table gone"),
    pytest.param(lambda r: (r / "extra.csv").write_text("a\n1\n"), "verify_file_extra", id="a table too many"),
    pytest.param(rewrite("rejects.csv", lambda b: b.splitlines(keepends=True)[0]), "verify_not_in_manifest", id="few"),
    pytest.param(rewrite("rejects.csv", lambda b: b.replace(b"reason", b"because")), "verify_not_in_manifest",
                 id="rejects of another shape"),
    pytest.param(lambda r: (r / "rejects.csv").unlink(), "verify_not_in_manifest", id="rejects gone"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "code"), FORGED)
def test_a_consistent_forgery_is_computed_again(release: Path, change: Callable[[Path], object], code: str) -> None:
    change(release)
    assert code in [found for found, _ in faults(forge(release))]


MANIFESTS = [
    pytest.param(b"", id="empty"),
    pytest.param(b"not json", id="no JSON"),
    pytest.param(b"[]", id="a list"),
    pytest.param(b"{}", id="nothing in it"),
    pytest.param(b"\xff\xfe", id="no text"),
    pytest.param(b"[" * 100_000, id="nested without end"),
    pytest.param(b'{"year": 2021, "format": 2}', id="another format"),
]


@pytest.mark.parametrize("content", MANIFESTS)
def test_a_manifest_that_is_none_is_told_so(release: Path, content: bytes) -> None:
    (release / MANIFEST).write_bytes(content)
    reseal(release)
    assert faults(release) == [("verify_manifest_unreadable", MANIFEST)]


def test_a_manifest_written_otherwise_is_found(release: Path) -> None:
    facts = json.loads((release / MANIFEST).read_bytes())
    (release / MANIFEST).write_text(json.dumps(facts, indent=1, ensure_ascii=False), encoding="utf-8")
    reseal(release)
    assert faults(release) == [("verify_manifest_not_canonical", MANIFEST)]


@pytest.mark.parametrize("file", ["provenance.json", "origins/analyses.parquet"])
def test_what_does_not_name_the_release_is_held_by_the_seal_of_the_published_one(release: Path, file: str) -> None:
    publish(release)
    verify(release)
    flip(release / file, 60, 0)
    reseal(release)
    assert faults(release) == [("verify_other_seal", SUMS)]


def test_another_definition_of_a_metric_is_told_with_the_version_to_use(
    release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    metrics = Path(shutil.copytree(etl.measures.METRICS, tmp_path / "metrics"))
    changed = metrics / "datasets_opened.sql"
    changed.write_text(changed.read_text(encoding="utf-8").replace("THEN 'withdrawn'", "THEN NULL"), encoding="utf-8")
    monkeypatch.setattr(etl.measures, "METRICS", metrics)
    found = faults(release)
    assert ("verify_other_definition", "etl/metrics/datasets_opened.sql") in found
    assert any(code == "verify_number_differs" for code, _ in found)


def test_a_release_of_given_metrics_is_computed_again_too(tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_text("unit_id,metric,value\nA,m,1\nB,m,2\n", encoding="utf-8")
    rules = '[evaluation]\nid = "x"\ntitle = "X"\nyear = 2021\n[score]\naggregation = "arithmetic"\n'
    rules += '[[indicators]]\nid = "m"\nname = "M"\nnumerator = "m"\nweight = 1\npoints = { method = "raw" }\n'
    (tmp_path / "r.toml").write_text(rules, encoding="utf-8")
    release = score_table(tmp_path / "m.csv", tmp_path / "r.toml", tmp_path / "releases").release
    assert verify(release).tables == 8
    rewrite("records/given.csv", lambda b: b.replace(b"B,m,2", b"B,m,3"))(release)
    assert {code for code, _ in faults(forge(release))} == {"verify_number_differs"}
