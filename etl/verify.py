"""Whether a release is what it claims to be: every byte, its name, and every number computed again."""

from __future__ import annotations

import csv
import io
import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

from etl.contracts.published import UnitRow
from etl.engine import Engine
from etl.errors import Fault, JipyoError, UsageError, VerificationError
from etl.given import parse_given
from etl.measures import known_metrics, metric_digests
from etl.release.folder import MANIFEST, SUMS, files_of, published, sha256_of
from etl.release.seal import CORRECTIONS, GIVEN, RECORDS, REJECTS, RULEBOOK, Manifest, read_manifest, unplaced_digest
from etl.release.signoff import Signature, TrustedKey, faults_of_signatures, read_signatures
from etl.release.tables import read_table
from etl.results import results_from_given, results_from_records
from etl.scoring.rulebook import Rulebook, parse_rulebook

_LINE: Final = re.compile(r"([0-9a-f]{64})  (.+)\n")


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found to be true of a release.

    Attributes:
        release_id: its id.
        seal: SHA-256 of its list of digests.
        files: how many have their digests.
        tables: how many were computed again, byte for byte.
        signatures: of those who stand for it; none where nobody has signed.
    """

    release_id: str
    seal: str
    files: int
    tables: int
    signatures: tuple[Signature, ...] = ()


def verify(release: Path, trusted: Mapping[str, TrustedKey] | None = None) -> Verified:
    """Check every digest, compute every published table again from the sealed records; check the signatures.

    Args:
        release: its folder.
        trusted: fingerprint -> key somebody vouches for; signatures must be of these. None where nobody was asked.

    Raises:
        VerificationError: with every fault found; the first that differs is named by table, row and column.
    """
    _raise(chain(_faults_of_files(release), _faults_of_seal(release)))
    manifest = _manifest(release)
    _raise(_faults_of_manifest(release, manifest))
    _raise(_faults_of_results(release, manifest))
    signatures = read_signatures(release)
    _raise(faults_of_signatures(release, manifest, signatures, trusted))
    tables = manifest.facts["tables"]
    return Verified(manifest.release_id, sha256_of(release / SUMS), len(files_of(release)), len(tables), signatures)


def _raise(faults: Iterator[Fault]) -> None:
    found = list(faults)
    if found:
        raise VerificationError(found)


def _faults_of_files(release: Path) -> Iterator[Fault]:
    """Files that are not, byte for byte, the ones in the list of digests; the list must be as it is written."""
    try:
        text = (release / SUMS).read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        yield Fault("verify_no_sums", str(release / SUMS))
        return
    said = {file: digest for digest, file in _LINE.findall(text)}
    if "".join(f"{digest}  {file}\n" for file, digest in sorted(said.items())) != text:
        yield Fault("verify_sums_malformed", SUMS)
    there = files_of(release)
    for file in sorted(said.keys() - set(there)):
        yield Fault("verify_file_missing", file)
    for file in there:
        if file not in said:
            yield Fault("verify_file_extra", file)
        elif _digest(release / file) != said[file]:
            yield Fault("verify_file_changed", file)


def _digest(path: Path) -> str | None:
    """The digest of a file of the release; None where it is missing, or a link, or no file."""
    return sha256_of(path) if path.is_file() and not path.is_symlink() else None


def _faults_of_seal(release: Path) -> Iterator[Fault]:
    """Whether the release is the one that was published, where it stands among published ones."""
    try:
        seals = {pointer.release: pointer.seal for pointer in published(release.resolve().parent)}
    except UsageError:
        return
    name = release.resolve().name
    if name in seals and seals[name] != _digest(release / SUMS):
        yield Fault("verify_other_seal", SUMS)


def _manifest(release: Path) -> Manifest:
    try:
        manifest = read_manifest(release)
        if manifest.canonical != (release / MANIFEST).read_bytes():
            raise VerificationError(Fault("verify_manifest_not_canonical", MANIFEST))
    except (OSError, ValueError):
        raise VerificationError(Fault("verify_manifest_unreadable", MANIFEST)) from None
    return manifest


def _faults_of_manifest(release: Path, manifest: Manifest) -> Iterator[Fault]:
    """Whether the release has the name its content gives it, and the manifest's digests are those of the files."""
    facts = manifest.facts
    if release.resolve().name != manifest.name:
        yield Fault("verify_wrong_name", str(release), {"name": manifest.name})
    if facts["rulebook"]["sha256"] != _digest(release / RULEBOOK):
        yield Fault("verify_not_in_manifest", RULEBOOK)
    for folder, part in ((release / RECORDS, "records"), (release, "tables")):
        there = {path.stem: path for path in folder.glob("*.*") if path.suffix in (".csv", ".parquet")}
        there = {stem: path for stem, path in there.items() if path.name != REJECTS}
        for stem in sorted(there.keys() | facts[part].keys()):
            if stem not in there or facts[part].get(stem) != sha256_of(there[stem]):
                yield Fault("verify_not_in_manifest", f"{part}/{stem}")
    if facts.get("corrections") != _digest(release / CORRECTIONS):
        yield Fault("verify_not_in_manifest", CORRECTIONS)
    if facts["rejected"] != _rejected(release):
        yield Fault("verify_not_in_manifest", REJECTS)


def _rejected(release: Path) -> str | None:
    """The digest of the rejects, None where they are not a table of rejects."""
    try:
        return unplaced_digest(release / REJECTS)
    except (OSError, ValueError, LookupError, csv.Error):
        return None


def _faults_of_results(release: Path, manifest: Manifest) -> Iterator[Fault]:
    try:
        rulebook = parse_rulebook((release / RULEBOOK).read_bytes(), RULEBOOK, None)
        yield from _faults_of_definitions(manifest, rulebook)
        again = _computed_again(release, manifest, rulebook)
    except (JipyoError, OSError, ValueError, LookupError, ArithmeticError) as error:
        yield Fault("verify_cannot_recompute", str(release), {"why": str(error)})
        return
    for table in sorted(again.keys() | manifest.facts["tables"].keys()):
        file = release / f"{table}.csv"
        if table not in again:
            yield Fault("verify_file_extra", file.name)
        elif not file.is_file():
            yield Fault("verify_file_missing", file.name)
        elif file.read_bytes() != again[table]:
            yield _first_difference(table, file.read_bytes(), again[table])


def _faults_of_definitions(manifest: Manifest, rulebook: Rulebook) -> Iterator[Fault]:
    """Metrics whose definition is another one here than when the release was made."""
    if manifest.facts["basis"] != "records":
        return
    here = metric_digests(metric for metric in rulebook.metrics if metric in known_metrics())
    for file, digest in sorted(manifest.facts["metrics"].items()):
        if here.get(file) != digest:
            yield Fault("verify_other_definition", f"etl/metrics/{file}", {"version": manifest.facts["jipyo"]})


def _computed_again(release: Path, manifest: Manifest, rulebook: Rulebook) -> Mapping[str, bytes]:
    if manifest.facts["basis"] == "metrics":
        given = parse_given((release / RECORDS / GIVEN).read_text(encoding="utf-8"), GIVEN)
        return results_from_given(rulebook, read_table(release, UnitRow), given)
    with tempfile.TemporaryDirectory(prefix="jipyo-") as folder, Engine(Path(folder)) as engine:
        return results_from_records(rulebook, release / RECORDS, engine)


def _first_difference(table: str, published: bytes, again: bytes) -> Fault:
    """The first cell that differs, by row and column."""
    try:
        before, after = (list(csv.reader(io.StringIO(text.decode("utf-8"), newline=""))) for text in (published, again))
    except (UnicodeDecodeError, csv.Error):
        return Fault("verify_written_otherwise", f"{table}.csv")
    for row, (left, right) in enumerate(zip(before, after, strict=False), start=1):
        for column, old, new in zip(before[0], left, right, strict=False):
            if old != new:
                where = f"{table}.csv, row {row} ({left[0]}), {column}"
                return Fault("verify_number_differs", where, {"published": old, "recomputed": new})
    if len(before) == len(after):
        return Fault("verify_written_otherwise", f"{table}.csv")
    return Fault("verify_rows_differ", f"{table}.csv", {"published": len(before) - 1, "recomputed": len(after) - 1})
