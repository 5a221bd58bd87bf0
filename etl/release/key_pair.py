"""Pairs of Ed25519 keys in files: the private half under a passphrase, the public half for everybody."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Final

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)

from etl.errors import Fault, UsageError
from etl.release.signoff import public_key_of

SHORTEST: Final = 12
"""Characters of a passphrase at least: whoever has the file can try as often as they like."""


def public_file(path: Path) -> Path:
    """Where the public half of a pair lies whose private half is to be in `path`.

    Raises:
        UsageError: a file of one of the names is there; keys are never replaced.
    """
    public = path.with_name(f"{path.name}.pub")
    faults = [Fault("key_file_is_there", str(one)) for one in (path, public) if one.exists()]
    if faults:
        raise UsageError(faults)
    return public


def refuse_open_to_others(path: Path) -> None:
    """Nothing, unless others may read a private key.

    Raises:
        UsageError: they may.
        OSError: there is none.
    """
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise UsageError(Fault("key_file_open_to_others", str(path)))


def make_pair(path: Path, passphrase: str) -> Path:
    """Make a pair; returns the file of the public half, which lies beside the private one as `….pub`.

    The private half is PKCS #8 in PEM, encrypted, for its owner alone. Nothing is replaced.

    Raises:
        UsageError: the passphrase is too short, or a file of one of the names is there.
    """
    public = public_file(path)
    if len(passphrase) < SHORTEST:
        raise UsageError(Fault("passphrase_short", "", {"shortest": SHORTEST}))
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(passphrase.encode()))
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        stream.write(pem)
        stream.flush()
        os.fsync(stream.fileno())
    public.write_text(f"{public_key_of(key)}\n", encoding="ascii")
    return public


def open_private(path: Path, passphrase: str) -> Ed25519PrivateKey:
    """The private half of a pair.

    Raises:
        UsageError: others may read the file, the passphrase is wrong, or it is no such key.
        OSError: it cannot be read.
    """
    refuse_open_to_others(path)
    pem = path.read_bytes()
    try:
        key = load_pem_private_key(pem, passphrase.encode())
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise UsageError(Fault("key_file_stays_closed", str(path))) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise UsageError(Fault("key_file_stays_closed", str(path)))
    return key
