"""What every export carries: which release it came from, its rules and state, who took it out and when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Final, get_type_hints

from etl.contracts import fields
from etl.contracts.records import RECORDS
from etl.contracts.words import bare_type
from etl.engine import Engine
from etl.errors import Fault, Language, UsageError, VerificationError
from etl.insight.reading import Reading
from etl.release.folder import SUMS, files_of, published, sha256_of
from etl.release.seal import RECORDS as RECORDS_FOLDER
from etl.shown import SEOUL

PROVISIONAL: Final[dict[Language, str]] = {"ko": "잠정", "en": "PROVISIONAL"}
EXAMPLE: Final[dict[Language, str]] = {"ko": "합성 예시", "en": "SYNTHETIC EXAMPLE"}

_LABELS: Final[dict[Language, dict[str, str]]] = {
    "ko": {
        "evaluation": "평가",
        "state": "상태",
        "published": "공표",
        "provisional": "잠정 (이 폴더에서 공표된 공개본이 아님)",
        "example": "자료",
        "synthetic": "합성 예시 (실제 기관의 결과가 아님)",
        "release": "공개본",
        "id": "공개본 식별자",
        "seal": "봉인",
        "rulebook": "규칙",
        "rulebook_digest": "규칙 다이제스트",
        "data_until": "자료 기준일",
        "period": "평가 기간",
        "program": "만든 프로그램",
        "units": "평가 부서 수",
        "taken_by": "내보낸 사람",
        "taken_at": "내보낸 때",
        "reason": "내보낸 사유",
        "log_head": "감사 기록의 머리",
        "untold": "적지 않음 (같은 공개본이면 바이트까지 같은 파일이 되도록)",
    },
    "en": {
        "evaluation": "Evaluation",
        "state": "State",
        "published": "published",
        "provisional": "PROVISIONAL (not the published release of its folder)",
        "example": "Data",
        "synthetic": "synthetic example (no result of a real body)",
        "release": "Release",
        "id": "Id of the release",
        "seal": "Seal",
        "rulebook": "Rulebook",
        "rulebook_digest": "Digest of the rulebook",
        "data_until": "Data as of",
        "period": "Period",
        "program": "Made with",
        "units": "Departments evaluated",
        "taken_by": "Taken out by",
        "taken_at": "Taken out at",
        "reason": "Reason",
        "log_head": "Head of the audit log",
        "untold": "not stated (so that the same release gives the same bytes)",
    },
}


@dataclass(frozen=True, slots=True)
class Taken:
    """Who took a result out, when and why.

    Attributes:
        by: the person, as the system that asks knows them.
        at: with its time zone.
        reason: needed where records about people are in it.
        log_head: number and hash of the newest entry of the audit log, where there is one: whoever holds the export can
            tell later whether the log still has it.
    """

    by: str
    at: datetime
    reason: str = ""
    log_head: str = ""


@dataclass(frozen=True)
class Carried:
    """What an export says of itself.

    Attributes:
        taken: None where the same release must give the same bytes, whoever takes it.
        is_published: whether the release is the published one of its folder.
        seal: SHA-256 of its `SHA256SUMS`.
    """

    reading: Reading
    taken: Taken | None
    is_published: bool
    seal: str

    @cached_property
    def is_example(self) -> bool:
        """Whether the data are synthetic."""
        return bool(self.reading.manifest.facts["example"])

    def marks(self, language: Language) -> tuple[str, ...]:
        """What must be seen at once: 잠정, 합성 예시."""
        provisional = () if self.is_published else (PROVISIONAL[language],)
        return (*provisional, *((EXAMPLE[language],) if self.is_example else ()))

    def title(self, language: Language) -> str:
        """What the evaluation is called."""
        title = self.reading.rulebook.evaluation.title
        return title.ko if language == "ko" else title.en

    def facts(self, language: Language) -> Iterator[tuple[str, str]]:
        """Every fact with its label, in the order in which people ask for them."""
        words, facts, evaluation = _LABELS[language], self.reading.manifest.facts, self.reading.rulebook.evaluation
        yield words["evaluation"], self.title(language)
        yield words["state"], words["published" if self.is_published else "provisional"]
        if self.is_example:
            yield words["example"], words["synthetic"]
        yield words["release"], self.reading.manifest.name
        yield words["id"], self.reading.manifest.release_id
        yield words["seal"], self.seal
        yield words["rulebook"], facts["rulebook"]["id"]
        yield words["rulebook_digest"], facts["rulebook"]["sha256"]
        yield words["data_until"], day_text(evaluation.period.end, language)
        start, end = (day_text(day, language) for day in (evaluation.period.start, evaluation.period.end))
        yield words["period"], f"{start} ~ {end}"
        if self.reading.body is None:
            yield words["units"], f"{len(self.reading.units):,}"
        yield words["program"], f"Jipyo {facts['jipyo']}"
        yield words["taken_by"], self.taken.by if self.taken else words["untold"]
        yield words["taken_at"], time_text(self.taken.at, language) if self.taken else words["untold"]
        if self.taken and self.taken.reason:
            yield words["reason"], self.taken.reason
        if self.taken and self.taken.log_head:
            yield words["log_head"], self.taken.log_head


def carry(reading: Reading, taken: Taken | None) -> Carried:
    """What an export of a release carries.

    Raises:
        VerificationError: a file of the release is not the one that was sealed.
    """
    _refuse_changed(reading)
    seal = sha256_of(reading.folder / SUMS)
    return Carried(reading, taken, _is_published(reading, seal), seal)


def refuse_without_reason(reading: Reading, taken: Taken) -> None:
    """Nothing, unless records about people are taken out without saying why.

    Raises:
        UsageError: the reason is missing.
    """
    if taken.reason.strip():
        return
    kinds = kinds_about_people(reading)
    if kinds:
        raise UsageError(Fault("export_needs_a_reason", reading.manifest.name, {"kinds": ", ".join(kinds)}))


def kinds_about_people(reading: Reading) -> list[str]:
    """The kinds of record of this release in which a person stands, as a pseudonym."""
    if not reading.has_records:
        return []
    kinds = [kind for kind, contract in RECORDS.items() if _has_pseudonym(contract)]
    with Engine() as engine:
        query = "SELECT COUNT(*) FROM read_parquet($path)"
        return [
            kind
            for kind in kinds
            if (path := reading.folder / RECORDS_FOLDER / f"{kind}.parquet").is_file()
            and engine.value(query, {"path": str(path)})
        ]


def _has_pseudonym(contract: type) -> bool:
    hints = get_type_hints(contract, include_extras=True).values()
    return any(bare_type(hint) == fields.Pseudonym for hint in hints)


def _is_published(reading: Reading, seal: str) -> bool:
    folder = reading.folder.resolve()
    try:
        pointers = published(folder.parent)
    except UsageError:
        return False
    return any((pointer.release, pointer.seal) == (folder.name, seal) for pointer in pointers)


def _refuse_changed(reading: Reading) -> None:
    """What is not as it was sealed is not carried out as if it were."""
    try:
        lines = (reading.folder / SUMS).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise VerificationError(Fault("verify_no_sums", str(reading.folder / SUMS))) from None
    said = {file: digest for digest, _, file in (line.partition("  ") for line in lines)}
    there = files_of(reading.folder)
    faults = [Fault("verify_file_missing", file) for file in sorted(said.keys() - set(there))]
    faults += [Fault("verify_file_extra", file) for file in there if file not in said]
    changed = [file for file in there if file in said and sha256_of(reading.folder / file) != said[file]]
    faults += [Fault("verify_file_changed", file) for file in changed]
    if faults:
        raise VerificationError(faults)


def day_text(day: date, language: Language) -> str:
    """2021. 12. 31. in Korean, 2021-12-31 in English."""
    return f"{day.year}. {day.month}. {day.day}." if language == "ko" else day.isoformat()


def time_text(at: datetime, language: Language) -> str:
    """The day and the minute in Korea, and that they are Korea's, whatever zone the machine keeps."""
    local = at.astimezone(SEOUL)
    return f"{day_text(local.date(), language)} {local:%H:%M} ({local:%Z})"
