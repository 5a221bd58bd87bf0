"""The whole trip on one page: a folder of records and a rulebook in, a sealed release out."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from etl.engine import Engine
from etl.errors import Fault, RulebookError
from etl.intake.beside import read_beside
from etl.intake.mapping import SOURCES, read_sources
from etl.intake.stage import Loaded, Staged, stage
from etl.measures import known_metrics, metric_digests
from etl.recognition import Unlisted, unlisted_reasons
from etl.release.folder import finish, sha256_of, unfinished_release
from etl.release.seal import (
    CORRECTIONS,
    ORIGINS,
    PROVENANCE,
    RECORDS,
    REJECTS,
    RULEBOOK,
    ManifestFacts,
    build_manifest,
    seal,
)
from etl.results import results_from_records
from etl.scoring.rulebook import Rulebook, parse_rulebook


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an evaluation made.

    Attributes:
        release: the folder of the release.
        release_id: its full id.
        loaded: what became of each received file; empty for a table of metrics.
        unknown_names: (file, name, rows) of department names nobody has decided on.
        unlisted: decisions with a reason that is not in the rulebook's list.
        notices: what somebody has to know of mended files.
    """

    release: Path
    release_id: str
    loaded: tuple[Loaded, ...] = ()
    unknown_names: tuple[tuple[str, str, int], ...] = ()
    unlisted: tuple[Unlisted, ...] = ()
    notices: tuple[Fault, ...] = ()

    @property
    def rejected_rows(self) -> int:
        """Rows with a fault; they count in no metric."""
        return sum(loaded.rejected for loaded in self.loaded)

    @property
    def held_rows(self) -> int:
        """Rows whose department nobody has decided on; until then they count in no metric."""
        return sum(loaded.held for loaded in self.loaded)


def evaluate(folder: Path, rulebook_file: Path, releases: Path) -> Outcome:
    """Evaluate a folder of records under a rulebook.

    Args:
        folder: received files with their `sources.toml`; only read.
        rulebook_file: the rulebook.
        releases: where the release is written.

    Raises:
        RulebookError: the rulebook cannot be used, or does not fit the records.
        UnreadableInput: a file cannot be understood.
    """
    written, rulebook = read_rulebook(rulebook_file, known_metrics())
    sources = read_sources(folder)
    beside = read_beside(folder, sources, (releases,))
    with unfinished_release(releases) as job, Engine(job) as engine:
        work, built = job / "work", job / "release"
        work.mkdir()
        built.mkdir()
        staged = stage(folder, sources, work, engine, beside)
        staged.records.rename(built / RECORDS)
        (built / RULEBOOK).write_bytes(written)
        if beside.corrections.written is not None:
            (built / CORRECTIONS).write_bytes(beside.corrections.written)
        tables = results_from_records(rulebook, built / RECORDS, engine)
        unlisted = unlisted_reasons(rulebook, built / RECORDS, engine)
        _keep_origins(staged, built)
        facts = ManifestFacts("records", metric_digests(rulebook.metrics), _counts(staged.loaded))
        release, release_id = write_release(built, releases, rulebook, tables, facts, _provenance(folder, staged))
    return Outcome(release, release_id, staged.loaded, staged.unknown_names, unlisted, staged.notices)


def check(folder: Path, rulebook_file: Path | None, work: Path) -> Staged:
    """Read and check a folder of records without evaluating it.

    Args:
        folder: received files with their `sources.toml`; only read.
        rulebook_file: a rulebook to check too.
        work: an empty folder for what is made on the way.

    Raises:
        RulebookError: the rulebook cannot be used.
        UnreadableInput: a file cannot be understood.
    """
    if rulebook_file is not None:
        read_rulebook(rulebook_file, known_metrics())
    sources = read_sources(folder)
    with Engine(work) as engine:
        return stage(folder, sources, work, engine)


def read_rulebook(path: Path, metrics: Collection[str] | None) -> tuple[bytes, Rulebook]:
    """A rulebook's bytes and what they say; without `metrics` it may name any.

    Raises:
        RulebookError: it is missing or cannot be used.
    """
    try:
        written = path.read_bytes()
    except OSError as error:
        raise RulebookError(Fault("rulebook_not_readable", str(path), {"why": error.strerror or "?"})) from None
    return written, parse_rulebook(written, path.name, metrics)


def write_release(
    built: Path,
    releases: Path,
    rulebook: Rulebook,
    tables: Mapping[str, bytes],
    manifest_facts: ManifestFacts,
    provenance: Mapping[str, object],
) -> tuple[Path, str]:
    """Put tables and provenance beside the records, seal all of it and give it its name."""
    for table, text in tables.items():
        (built / f"{table}.csv").write_bytes(text)
    (built / PROVENANCE).write_text(json.dumps(provenance, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    manifest = build_manifest(built, rulebook, manifest_facts)
    seal(built, manifest)
    return finish(built, releases, manifest.name), manifest.release_id


def _keep_origins(staged: Staged, built: Path) -> None:
    """Where each record stood in the received files: beside the result, not part of its identity."""
    staged.origins.rename(built / ORIGINS)
    staged.rejects.rename(built / REJECTS)


def _counts(loaded: Sequence[Loaded]) -> list[dict[str, object]]:
    """What became of each file, in an order that does not depend on that of `sources.toml`."""
    named = ("file", "kind", "received", "staged", "rejected", "held", "set_aside")
    counts = [
        {**{field: getattr(one, field) for field in named}, **({"mended": one.mended} if one.mended else {})}
        for one in loaded
    ]
    return sorted(counts, key=lambda count: (str(count["kind"]), str(count["file"])))


def _provenance(folder: Path, staged: Staged) -> dict[str, object]:
    """The received files as they were: digest and encoding, numbered as in the origins."""
    described = folder / SOURCES
    corrected = [
        {
            "correction": made.placed.number + 1,
            "source": made.placed.source,
            "row": made.row,
            "kind": made.placed.correction.kind,
            "column": made.placed.correction.column,
        }
        for made in staged.made
    ]
    mended = [
        {"source": one.source, "file": one.file, "kind": one.kind, "rows": list(one.rows)} for one in staged.mended
    ]
    return {
        "sources_toml": sha256_of(described) if described.is_file() else None,
        "files": [
            {"source": number, "file": one.file, "kind": one.kind, "encoding": one.encoding, "sha256": one.sha256}
            for number, one in enumerate(staged.loaded)
        ],
        "unknown_names": [list(unknown) for unknown in staged.unknown_names],
        **({"pseudonym_key": staged.fingerprint} if staged.fingerprint is not None else {}),
        **({"corrections": corrected} if corrected else {}),
        **({"mended": mended} if mended else {}),
    }
