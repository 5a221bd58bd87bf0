"""Achievements that might earn twice, in words: which records, why they are taken for one, and what to decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.frames.department import origin_text
from dashboard.frames.source import Source
from etl.insight.double_credit import Claim, DoubleCredit
from etl.insight.reasons import record_reason
from etl.shown import NOTHING


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One record of an achievement as text."""

    record: str
    document: str
    use: str
    origin: str


@dataclass(frozen=True, slots=True)
class DoubleFrame:
    """One achievement.

    Attributes:
        name: whether it earns twice, and the department.
        sentences: why the records are taken for one, and what to decide.
    """

    name: str
    sentences: tuple[str, ...]
    rows: tuple[ClaimRow, ...]


def double_frames(source: Source, found: Sequence[DoubleCredit], names: Mapping[str, str]) -> list[DoubleFrame]:
    """The findings of which the reader may see every department's records.

    Args:
        source: the release.
        found: every finding.
        names: code -> name of every department, former ones included.
    """
    return [_frame(source, one, names) for one in _in_scope(source, found)]


def double_sentence(source: Source, found: Sequence[DoubleCredit]) -> str:
    """How many there are, and how many wait for a decision."""
    seen = _in_scope(source, found)
    if not seen:
        return source.words("double.none")
    return source.words("double.summary", total=len(seen), open=sum(one.is_open for one in seen))


def _in_scope(source: Source, found: Sequence[DoubleCredit]) -> list[DoubleCredit]:
    return [one for one in found if all(source.scope.may_see_records(claim.unit_id) for claim in one.claims)]


def _frame(source: Source, found: DoubleCredit, names: Mapping[str, str]) -> DoubleFrame:
    words = source.words
    state = words("double.open" if found.is_open else "double.settled")
    units = dict.fromkeys(names.get(claim.unit_id, claim.unit_id) for claim in found.claims)
    reasons = ", ".join(words(f"double.because.{link}") for link in found.links)
    decide = words("double.decide.open")
    if not found.is_open:
        decide = words("double.decide.settled", kept=_record(source, found.claims[0]))
    return DoubleFrame(
        name=words("double.name", state=state, unit=", ".join(units)),
        sentences=(words("double.because", reasons=reasons), decide),
        rows=tuple(
            ClaimRow(
                record=_record(source, claim),
                document=claim.document_no or NOTHING,
                use=_use(source, claim),
                origin=origin_text(source, claim.origin.file, claim.origin.row),
            )
            for claim in found.claims
        ),
    )


def _record(source: Source, claim: Claim) -> str:
    return source.words(f"awards.kind.{claim.kind}", title=f"{claim.title} ({claim.record_id})")


def _use(source: Source, claim: Claim) -> str:
    words = source.words
    if claim.held_back is not None:
        return words("double.held_back", reason=record_reason(claim.held_back, words.language))
    rules = {rule.id: words.of(rule.name) for rule in source.reading.rulebook.bonus}
    under = ", ".join(rules.get(one, source.nodes.get(one, one)) for one in claim.under)
    return words(f"double.earns.{claim.earns}", under=under) if under else words("double.earns.nothing")
