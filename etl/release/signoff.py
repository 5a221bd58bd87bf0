"""Who stands for a release: Ed25519 signatures of evaluator and approver over its manifest and its seal.

They lie in `signoff.json` beside the files of the release and outside its list of digests, for the bytes of a release
depend on what was received alone. Each signs a statement of its own, as canonical JSON (RFC 8785), so that nobody's
signature can be carried over to another release, role or person.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

import rfc8785
from pydantic import BaseModel, ConfigDict, Field

from etl.disk import sync
from etl.errors import Fault, UsageError, VerificationError
from etl.release.folder import MANIFEST, SIGNOFF, SUMS, locked, sha256_of
from etl.release.seal import Manifest

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

SignRole = Literal["evaluator", "approver"]
_KEY_BYTES: Final = 32
_LARGEST: Final = 1 << 16
_TRUST_LINE: Final = re.compile(r"(\S+)\s+(evaluator|approver)\s+(\S+)(?:\s.*)?")

_Digest = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
_Short = Annotated[str, Field(min_length=1, max_length=130)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Statement(_Strict):
    """What somebody signs.

    Attributes:
        format: of the statement; keeps a signature from being taken for one of anything else.
        release: name of the release.
        release_id: its id.
        manifest: SHA-256 of its `manifest.json`.
        seal: SHA-256 of its `SHA256SUMS`.
        role: in which the person signs.
        login: of the person's account.
        name: of the account.
        key: fingerprint of the public key.
        at: when, in UTC.
        audit: head of the audit log once it had told of the signature, as number and hash.
    """

    format: Literal["jipyo-signoff-1"] = "jipyo-signoff-1"
    release: _Short
    release_id: _Digest
    manifest: _Digest
    seal: _Digest
    role: SignRole
    login: _Short
    name: _Short
    key: _Digest
    at: _Short
    audit: _Short

    @property
    def canonical(self) -> bytes:
        """The bytes that are signed."""
        return rfc8785.dumps(self.model_dump())


class Signature(_Strict):
    """A statement with its signature.

    Attributes:
        statement: what is signed.
        public_key: the raw key in base64.
        signature: 64 bytes in base64.
    """

    statement: Statement
    public_key: Annotated[str, Field(max_length=64)]
    signature: Annotated[str, Field(max_length=128)]


class _Signoff(_Strict):
    signatures: Annotated[list[Signature], Field(min_length=1, max_length=2)]

    @property
    def canonical(self) -> bytes:
        return rfc8785.dumps(self.model_dump())


@dataclass(frozen=True, slots=True)
class TrustedKey:
    """A key that somebody vouches for.

    Attributes:
        public_key: the raw key in base64.
        role: in which it signs.
        login: whose it is.
    """

    public_key: str
    role: str
    login: str

    @property
    def line(self) -> str:
        """As a file of trusted keys holds it."""
        return f"{self.public_key} {self.role} {self.login}"


def fingerprint(public_key: str) -> str:
    """SHA-256 of a raw public key, in hexadecimal.

    Raises:
        UsageError: the text is no Ed25519 key.
    """
    return hashlib.sha256(_raw(public_key)).hexdigest()


def public_key_of(key: Ed25519PrivateKey) -> str:
    """The public half of a key, raw in base64."""
    return base64.b64encode(key.public_key().public_bytes_raw()).decode()


def sign(key: Ed25519PrivateKey, statement: Statement) -> Signature:
    """Sign a statement."""
    signature = base64.b64encode(key.sign(statement.canonical)).decode()
    return Signature(statement=statement, public_key=public_key_of(key), signature=signature)


def add_signature(release: Path, signature: Signature) -> Path:
    """Put a signature beside the others, in one step.

    Raises:
        UsageError: somebody has signed in this role, or the two would be one person or one key.
    """
    with locked(release.parent / f".{SIGNOFF}.lock"):
        signatures = sorted([*read_signatures(release), signature], key=lambda one: one.statement.role)
        faults = list(_faults_of_two(signatures))
        if faults:
            raise UsageError(faults)
        new = release.parent / f".{release.name}.{SIGNOFF}.new"
        new.write_bytes(_Signoff(signatures=signatures).canonical)
        sync(new)
        new.replace(release / SIGNOFF)
        sync(release)
    return release / SIGNOFF


def read_signatures(release: Path) -> tuple[Signature, ...]:
    """The signatures of a release, unchecked; none where nobody has signed.

    Raises:
        VerificationError: the file is not as `sign` writes it.
    """
    path = release / SIGNOFF
    if not path.is_symlink() and not path.exists():
        return ()
    try:
        if path.is_symlink() or not path.is_file() or path.stat().st_size > _LARGEST:
            raise ValueError("no plain file")
        content = path.read_bytes()
        said = _Signoff.model_validate(json.loads(content))
        if said.canonical != content:
            raise ValueError("not canonical")
    except (OSError, ValueError, RecursionError):
        raise VerificationError(Fault("signoff_unreadable", SIGNOFF)) from None
    return tuple(said.signatures)


def faults_of_signatures(
    release: Path, manifest: Manifest, signatures: Sequence[Signature], trusted: Mapping[str, TrustedKey] | None
) -> Iterator[Fault]:
    """Everything that is wrong with the signatures of a release whose own files are as they should be.

    Args:
        release: its folder.
        manifest: of the release.
        signatures: as `read_signatures` gives them.
        trusted: fingerprint -> key somebody vouches for; None where nobody was asked.
    """
    here = {
        "release": manifest.name,
        "release_id": manifest.release_id,
        "manifest": sha256_of(release / MANIFEST),
        "seal": sha256_of(release / SUMS),
    }
    for one in signatures:
        facts = {"role": one.statement.role, "name": one.statement.name}
        if {key: getattr(one.statement, key) for key in here} != here:
            yield Fault("signoff_of_another_release", SIGNOFF, {**facts, "release": one.statement.release})
        elif not _is_valid(one):
            yield Fault("signoff_wrong", SIGNOFF, facts)
        elif trusted is not None and not _is_trusted(one, trusted):
            yield Fault("signoff_key_unknown", SIGNOFF, {**facts, "key": one.statement.key[:16]})
    yield from _faults_of_two(signatures)


def _is_valid(one: Signature) -> bool:
    # Most releases have no signature, and most commands no release.
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        raw = _raw(one.public_key)
        if hashlib.sha256(raw).hexdigest() != one.statement.key:
            return False
        signature = base64.b64decode(one.signature, validate=True)
        Ed25519PublicKey.from_public_bytes(raw).verify(signature, one.statement.canonical)
    except (InvalidSignature, UsageError, ValueError):
        return False
    return True


def _is_trusted(one: Signature, trusted: Mapping[str, TrustedKey]) -> bool:
    known = trusted.get(one.statement.key)
    return known is not None and (known.role, known.login) == (one.statement.role, one.statement.login)


def _faults_of_two(signatures: Sequence[Signature]) -> Iterator[Fault]:
    """Whether two signatures are of two roles, two persons and two keys."""
    for what, code in (("role", "signoff_role_twice"), ("login", "signoff_one_person"), ("key", "signoff_one_key")):
        said = [str(getattr(one.statement, what)) for one in signatures]
        for twice in sorted({text for text in said if said.count(text) > 1}):
            yield Fault(code, SIGNOFF, {"twice": twice[:100]})


def read_trusted(path: Path) -> dict[str, TrustedKey]:
    """A file of trusted keys, as `jipyo account keys` writes it: fingerprint -> key.

    One key a line: the key in base64, its role, the login; the rest of a line, and what follows #, is for people.

    Raises:
        UsageError: a line is none.
        OSError: the file cannot be read.
    """
    faults, keys = [], {}
    text = path.read_bytes().decode("utf-8", errors="replace")
    for number, line in enumerate(text.splitlines(), start=1):
        said = line.partition("#")[0].strip()
        if not said:
            continue
        match = _TRUST_LINE.fullmatch(said)
        try:
            if match is None:
                raise UsageError(Fault("trusted_key_unreadable", f"{path}, {number}"))
            keys[fingerprint(match[1])] = TrustedKey(match[1], match[2], match[3])
        except UsageError:
            faults.append(Fault("trusted_key_unreadable", f"{path}, {number}"))
    if faults:
        raise UsageError(faults)
    return keys


def _raw(public_key: str) -> bytes:
    try:
        raw = base64.b64decode(public_key, validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    if len(raw) != _KEY_BYTES or base64.b64encode(raw).decode() != public_key:
        raise UsageError(Fault("public_key_unreadable", public_key[:100]))
    return raw
