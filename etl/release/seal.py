"""What a release says of itself: the manifest that gives it its name, and the digests of all its files."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Literal

import rfc8785
from pydantic import BaseModel, ConfigDict

from etl.release.folder import MANIFEST, SUMS, sha256_of, sums_text
from etl.scoring.rulebook import Rulebook
from etl.version import VERSION

FORMAT: Final = 1
RULEBOOK: Final = "rulebook.toml"
PROVENANCE: Final = "provenance.json"
REJECTS: Final = "rejects.csv"
CORRECTIONS: Final = "corrections.toml"
RECORDS: Final = "records"
ORIGINS: Final = "origins"
GIVEN: Final = "given.csv"
_UNPLACED: Final = ("file", "kind", "column", "reason", "text")


class _Facts(BaseModel):
    """What a manifest must hold; anything else is not one of ours."""

    model_config = ConfigDict(extra="forbid", strict=True)

    format: Literal[1]
    jipyo: str
    basis: Literal["records", "metrics"]
    year: int
    example: bool
    rulebook: dict[Literal["id", "sha256"], str]
    metrics: dict[str, str]
    sources: list[dict[str, Any]]
    records: dict[str, str]
    tables: dict[str, str]
    rejected: str
    corrections: str = ""


@dataclass(frozen=True)
class Manifest:
    """The manifest of a release.

    Attributes:
        facts: what `manifest.json` holds.
        release_id: SHA-256 of its canonical bytes (RFC 8785).
    """

    facts: Mapping[str, Any]

    @cached_property
    def canonical(self) -> bytes:
        """The bytes of `manifest.json`."""
        return rfc8785.dumps(dict(self.facts))

    @cached_property
    def release_id(self) -> str:
        """The digest that names the release."""
        return hashlib.sha256(self.canonical).hexdigest()

    @property
    def name(self) -> str:
        """The release's folder: year and the first twelve digits of its id."""
        return f"{self.facts['year']}-{self.release_id[:12]}"


@dataclass(frozen=True, slots=True)
class ManifestFacts:
    """What the manifest says besides the digests of the release's own files.

    Attributes:
        basis: `records`, or `metrics` for a table somebody brought.
        metrics: digests of the metrics' SQL.
        sources: what became of each received file, in counts of rows.
    """

    basis: str
    metrics: Mapping[str, str]
    sources: Sequence[Mapping[str, object]]


def read_manifest(release: Path) -> Manifest:
    """The manifest of a release.

    Raises:
        ValueError: it is not JSON, or not what a manifest holds.
        OSError: it cannot be read.
    """
    try:
        facts = json.loads((release / MANIFEST).read_bytes())
    except RecursionError:
        raise ValueError("nested too deeply") from None
    _Facts.model_validate(facts)
    return Manifest(facts)


def build_manifest(built: Path, rulebook: Rulebook, facts: ManifestFacts) -> Manifest:
    """The manifest of a release whose other files are written.

    It depends on what was received, not on where in a file it stood: shuffled rows give the same records, the same
    results and the same id. Row numbers, and the digests of received files, stand in `provenance.json`. Only where
    records were corrected does it say so.
    """
    corrected = {"corrections": sha256_of(built / CORRECTIONS)} if (built / CORRECTIONS).is_file() else {}
    return Manifest(
        {
            "format": FORMAT,
            "jipyo": VERSION,
            "basis": facts.basis,
            "year": rulebook.evaluation.year,
            "example": rulebook.evaluation.example,
            "rulebook": {"id": rulebook.evaluation.id, "sha256": sha256_of(built / RULEBOOK)},
            "metrics": dict(facts.metrics),
            "sources": [dict(source) for source in facts.sources],
            "records": {path.stem: sha256_of(path) for path in sorted((built / RECORDS).glob("*"))},
            "tables": {path.stem: sha256_of(path) for path in sorted(built.glob("*.csv")) if path.name != REJECTS},
            "rejected": unplaced_digest(built / REJECTS),
            **corrected,
        }
    )


def unplaced_digest(rejects: Path) -> str:
    """SHA-256 of the rejects without their row numbers, sorted: what was rejected and why, wherever it stood."""
    with rejects.open(encoding="utf-8", newline="") as stream:
        rows = csv.reader(stream)
        header = next(rows)
        places = [header.index(column) for column in _UNPLACED]
        quoted = json.encoder.encode_basestring_ascii
        lines = sorted(f"[{', '.join([quoted(row[place]) for place in places])}]" for row in rows)
    digest = hashlib.sha256()
    for line in lines:
        digest.update(line.encode("ascii") + b"\n")
    return digest.hexdigest()


def seal(built: Path, manifest: Manifest) -> None:
    """Write the manifest and then the digests of every file."""
    (built / MANIFEST).write_bytes(manifest.canonical)
    (built / SUMS).write_bytes(sums_text(built))
