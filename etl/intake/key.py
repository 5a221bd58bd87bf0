"""The key of the pseudonyms: a file of random bytes kept apart from the data, and the pseudonym it gives a person.

A pseudonym is HMAC-SHA-256 of the person's number or name under the key. Without the key nobody can go from one to the
other, not even by trying every number there is; with it, the same person has the same pseudonym in every file and year.
"""

from __future__ import annotations

import base64
import binascii
import errno
import hmac
import os
import re
import secrets
import stat
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from etl.errors import Fault, UnreadableInput, UsageError

KEY_BYTES: Final = 32
_LONGEST_FILE: Final = 4096
_FEWEST_DIFFERENT_BYTES: Final = 8
_FINGERPRINT_OF: Final = b"jipyo key fingerprint"
_JOINT: Final = "\x1f"
_GIT: Final = ".git"
_BLANKS: Final = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")


@dataclass(frozen=True, slots=True)
class Key:
    """The secret of the pseudonyms; never shown, not even when an error prints it."""

    secret: bytes = field(repr=False)

    @property
    def fingerprint(self) -> str:
        """16 hexadecimal digits that tell one key from another and nothing about either."""
        return hmac.digest(self.secret, _FINGERPRINT_OF, "sha256").hex()[:16]

    def pseudonym(self, cells: Sequence[str]) -> str:
        """The pseudonym of the person these cells name together: p and 32 hexadecimal digits.

        Empty where any of the cells is: half a name is nobody's.
        """
        parts = [canonical(cell) for cell in cells]
        if not all(parts):
            return ""
        named = _JOINT.join(parts).encode("utf-8", "surrogatepass")
        return f"p{hmac.digest(self.secret, named, 'sha256').hex()[:32]}"


def canonical(cell: str) -> str:
    """What of a cell tells people apart: one width, one composition, capitals, single blanks, no invisible signs.

    So an employee number typed a1234, A1234 or full-width is one person; leading zeros and hyphens do tell apart.
    """
    if cell.isascii() and cell.isalnum():
        return cell.upper()
    seen = unicodedata.normalize("NFKC", _without_invisible(cell))
    capitals = unicodedata.normalize("NFKC", _without_invisible(seen.upper()))
    return _BLANKS.sub(" ", capitals).strip()


def _without_invisible(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(sign for sign in text if unicodedata.category(sign) != "Cf")


def key_path() -> Path:
    """Where the key is: `JIPYO_KEY_FILE`, otherwise `jipyo/pseudonym.key` among the person's own settings."""
    told = os.environ.get("JIPYO_KEY_FILE")
    if told:
        return Path(told).expanduser()
    settings = os.environ.get("XDG_CONFIG_HOME")
    return (Path(settings) if settings else Path.home() / ".config") / "jipyo" / "pseudonym.key"


def create_key(path: Path) -> Key:
    """Make a new key that its owner alone can read (mode 0600, its folder 0700).

    Raises:
        UsageError: a key is there already, or the place is no place for one.
    """
    if path.exists() or path.is_symlink():
        raise UsageError(Fault("key_there_already", str(path)))
    misplaced = list(_faults_of_place(path, ()))
    if misplaced:
        raise UsageError(misplaced)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    secret = secrets.token_bytes(KEY_BYTES)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        stream.write(f"{secret.hex()}\n")
        stream.flush()
        os.fsync(stream.fileno())
    return Key(secret)


def read_key(path: Path, away_from: Iterable[Path] = ()) -> Key:
    """The key, if it is kept as a key must be.

    Args:
        path: its file.
        away_from: folders it must not be in: whoever is given the data must not get the key with them.

    Raises:
        UnreadableInput: it is missing, open to others, beside the data, or no key; with every fault found.
    """
    try:
        faults = [*_faults_of_access(path), *_faults_of_place(path, away_from)]
        secret = _secret_in(_bytes_of(path))
    except FileNotFoundError:
        raise UnreadableInput(Fault("key_missing", str(path))) from None
    except OSError as error:
        raise UnreadableInput(Fault("key_not_readable", str(path), {"why": error.strerror or "?"})) from None
    if secret is None:
        faults.append(Fault("key_malformed", str(path), {"bytes": KEY_BYTES}))
    if faults or secret is None:
        raise UnreadableInput(faults)
    return Key(secret)


def _faults_of_access(path: Path) -> Iterator[Fault]:
    """Nobody else may read the key, or put another one in its place."""
    mode = path.stat().st_mode
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        yield Fault("key_open_to_others", str(path), {"mode": f"{stat.S_IMODE(mode):04o}"})
    folder = path.resolve().parent
    if folder.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        yield Fault("key_folder_open_to_others", str(folder))


def _faults_of_place(path: Path, away_from: Iterable[Path]) -> Iterator[Fault]:
    place = path.expanduser().resolve()
    for folder in away_from:
        if place.is_relative_to(folder.resolve()):
            yield Fault("key_beside_the_data", str(path), {"folder": str(folder)})
    tracked = next((folder for folder in place.parents if (folder / _GIT).exists()), None)
    if tracked is not None:
        yield Fault("key_under_version_control", str(path), {"folder": str(tracked)})


def _bytes_of(path: Path) -> bytes:
    if not path.is_file():
        raise OSError(errno.EINVAL, "not a file")  # a pipe would wait for a writer for ever
    with path.open("rb") as stream:
        return stream.read(_LONGEST_FILE + 1)


def _secret_in(written: bytes) -> bytes | None:
    """The secret of a key file, in hexadecimal digits or base64; None where that is no random key long enough."""
    if len(written) > _LONGEST_FILE:
        return None
    digits = b"".join(written.split())
    try:
        is_hex = re.fullmatch(rb"(?:[0-9A-Fa-f]{2})+", digits)
        secret = bytes.fromhex(digits.decode("ascii")) if is_hex else base64.b64decode(digits, validate=True)
    except (binascii.Error, ValueError):
        return None
    long_enough = len(secret) >= KEY_BYTES and len(set(secret)) >= _FEWEST_DIFFERENT_BYTES
    return secret if long_enough else None
