"""Files that prove a request: taken only if they are what they say, kept outside the web, handed out as attachments."""

from __future__ import annotations

import hashlib
import io
import os
import re
import secrets
import unicodedata
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.access import Action, Person, Thing, can, may_ever
from dashboard.workflow import audit
from dashboard.workflow.audit import Actor, Did, Event
from dashboard.workflow.requests import Seen, may_be_edited, reference, step_of
from dashboard.workflow.settings import Settings
from dashboard.workflow.store import Changed
from dashboard.workflow.tables.requests import EvidenceFile, Request
from etl.archives import DAMAGED
from etl.errors import Fault, NotPermitted, UsageError, VerificationError
from etl.exports.evidence import Attached
from etl.shown import SEOUL

_LONGEST_NAME: Final = 120
_UNSEEN: Final = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_ZIP: Final = b"PK\x03\x04"
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MACROS: Final = "vbaproject.bin"


@dataclass(frozen=True, slots=True)
class Form:
    """A form of file that is taken.

    Attributes:
        media_type: what it is served as.
        is_one: whether bytes are of it.
    """

    media_type: str
    is_one: Callable[[bytes], bool]


def _begins(*signs: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(signs)


def _is_hwp(content: bytes) -> bool:
    """HWP 5: a compound file whose header stream says so (한글 문서 파일 형식 5.0, 3.2.1)."""
    return content.startswith(_COMPOUND) and b"HWP Document File" in content


def _is_text(content: bytes) -> bool:
    """UTF-8, CP949, or UTF-16 with its mark, and no sign a text does not have."""
    encodings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp949")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return bool(text.strip()) and re.search("[\x00-\x08\x0e-\x1f]", text) is None
    return False


def _archive(inside: str) -> Callable[[bytes], bool]:
    """An archive with a part of this name, whole as far as its list says, and without macros."""

    def is_one(content: bytes) -> bool:
        if not content.startswith(_ZIP):
            return False
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                names = [name.casefold() for name in archive.namelist()]
        except (*DAMAGED, OSError):
            return False
        has_macros = any(PurePosixPath(name).name == _MACROS for name in names)
        return not has_macros and any(name.startswith(inside) for name in names)

    return is_one


_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
FORMS: Final[Mapping[str, Form]] = {
    ".pdf": Form("application/pdf", _begins(b"%PDF-")),
    ".png": Form("image/png", _begins(b"\x89PNG\r\n\x1a\n")),
    ".jpg": Form("image/jpeg", _begins(b"\xff\xd8\xff")),
    ".jpeg": Form("image/jpeg", _begins(b"\xff\xd8\xff")),
    ".xlsx": Form(f"{_OFFICE}.spreadsheetml.sheet", _archive("xl/workbook.")),
    ".docx": Form(f"{_OFFICE}.wordprocessingml.document", _archive("word/document.")),
    ".hwp": Form("application/x-hwp", _is_hwp),
    ".hwpx": Form("application/hwp+zip", _archive("contents/")),
    ".csv": Form("text/csv", _is_text),
    ".txt": Form("text/plain", _is_text),
    ".zip": Form("application/zip", _archive("")),
}
"""What is taken: the ending of the name, and what the contents must then be."""


@dataclass(frozen=True, slots=True)
class Handed:
    """A file of evidence for whoever may see it."""

    name: str
    media_type: str
    content: bytes


def faults_of_file(name: str, content: bytes, settings: Settings) -> list[Fault]:
    """Why a file is not taken: its name, its size, its form.

    Args:
        name: as received.
        content: its bytes.
        settings: say how large it may be.
    """
    shown = kept_name(name)
    if not shown:
        return [Fault("evidence_name", "")]
    if not content:
        return [Fault("evidence_empty", shown)]
    if len(content) > settings.evidence_megabytes << 20:
        return [Fault("evidence_too_large", shown, {"megabytes": settings.evidence_megabytes})]
    form = FORMS.get(_ending(shown))
    if form is None:
        return [Fault("evidence_form", shown, {"endings": ", ".join(ending[1:] for ending in FORMS)})]
    return [] if form.is_one(content) else [Fault("evidence_is_other", shown, {"ending": _ending(shown)[1:]})]


def kept_name(received: str) -> str:
    """The name a file is known by: without a path, unseen signs and what leads elsewhere; empty where nothing is left.

    Args:
        received: what the browser says; anybody may have written it.
    """
    composed = unicodedata.normalize("NFC", received).replace("\\", "/")
    name = _UNSEEN.sub("", PurePosixPath(composed).name).strip(" .")
    stem, ending = name.removesuffix(_ending(name)), _ending(name)
    while len(f"{stem}{ending}".encode()) > _LONGEST_NAME and stem:
        stem = stem[:-1]
    return f"{stem}{ending}" if stem.strip() else ""


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix.casefold()


def add_evidence(
    session: Session,
    actor: Actor,
    seen: Seen,
    received: tuple[str, bytes],
    settings: Settings,
    now: datetime | None = None,
) -> EvidenceFile:
    """Take a file for a request.

    Args:
        session: of `Store.write`.
        actor: the request's author.
        seen: the request.
        received: name and bytes.
        settings: say where, how large and how many.
        now: when, for tests.

    Raises:
        NotPermitted: the person is not its author, it is answered, or the days for it are over.
        UsageError: the file is not taken.
        Changed: the request is another by now.
    """
    moment = now or datetime.now(UTC)
    request = session.get(Request, seen.id)
    if request is None or not may_be_edited(session, actor.person, request, moment):
        raise NotPermitted(Fault("request_not_editable", reference(request) if request else ""))
    if request.version != seen.version:
        raise Changed
    name, content = received
    faults = faults_of_file(name, content, settings)
    if len(request.evidence) >= settings.evidence_files:
        faults.append(Fault("evidence_too_many", reference(request), {"most": settings.evidence_files}))
    sha256 = hashlib.sha256(content).hexdigest()
    faults += _faults_of_copy(name, sha256, request)
    if faults:
        raise UsageError(faults)
    shown = kept_name(name)
    file = EvidenceFile(
        id=secrets.token_hex(16),
        name=shown,
        media_type=FORMS[_ending(shown)].media_type,
        size=len(content),
        sha256=sha256,
        added_by=request.author_id,
        added_at=moment,
    )
    _keep(settings, file.id, content)
    request.evidence.append(file)
    session.flush()
    told = {"request": request.id, "file": file.id, "bytes": file.size, "sha256": file.sha256}
    audit.append(session, actor, Event(Did.EVIDENCE_ADDED, reference(request), told))
    return file


def _faults_of_copy(name: str, sha256: str, request: Request) -> list[Fault]:
    """A file whose bytes the request has already is not taken again, whatever its name is now."""
    return [
        Fault("evidence_again", kept_name(name), {"attached": file.name})
        for file in request.evidence
        if file.sha256 == sha256
    ]


def hand_out(session: Session, actor: Actor, evidence_id: str, settings: Settings) -> Handed:
    """A file of evidence, whose bytes are those that were taken; that it was seen is logged.

    Args:
        session: of `Store.write`.
        actor: who asks.
        evidence_id: of the file.
        settings: say where it is.

    Raises:
        NotPermitted: there is no such file, or it is not theirs to see; which of the two is not told.
        VerificationError: its bytes are others or gone.
    """
    file = session.get(EvidenceFile, evidence_id)
    request = session.get(Request, file.request_id) if file else None
    if file is None or request is None or not _may_see(session, actor, request):
        raise NotPermitted(Fault("evidence_unknown", ""))
    try:
        content = (settings.evidence / file.id).read_bytes()
    except OSError:
        content = b""
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise VerificationError(Fault("evidence_changed", file.id))
    told = {"request": request.id, "file": file.id}
    audit.append(session, actor, Event(Did.EVIDENCE_SEEN, reference(request), told))
    return Handed(file.name, file.media_type, content)


def attached_to(session: Session, person: Person | None, year: int) -> list[Attached] | None:
    """The files of a year's requests that somebody may see, by request; None where requests are not theirs to see.

    Args:
        session: of the store.
        person: who asks.
        year: evaluated.
    """
    step = step_of(session, year)
    if person is None or not may_ever(person, Action.SEE_REQUEST):
        return None
    found = session.execute(
        select(Request, EvidenceFile)
        .join(EvidenceFile, EvidenceFile.request_id == Request.id)
        .where(Request.year == year)
        .order_by(Request.number, EvidenceFile.added_at, EvidenceFile.id)
    )
    return [
        Attached(
            reference(request),
            request.unit_id,
            file.name,
            file.size,
            file.sha256,
            file.added_at.astimezone(SEOUL).date(),
        )
        for request, file in found
        if can(person, Action.SEE_REQUEST, Thing(request.unit_id), step)
    ]


def _may_see(session: Session, actor: Actor, request: Request) -> bool:
    return can(actor.person, Action.SEE_REQUEST, Thing(request.unit_id), step_of(session, request.year))


def _keep(settings: Settings, name: str, content: bytes) -> None:
    """Write the bytes under a generated name that only the server's own account may read."""
    folder = settings.evidence
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
