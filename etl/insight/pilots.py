"""Pilots of a release: aim, departments, what users said, the measured effect, and what was decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final, Literal

from etl.insight.evidence import open_evidence
from etl.insight.reading import Reading
from etl.insight.records import Origin, SealedRecords, open_records
from etl.insight.standing import difference
from etl.scoring.decimals import HUNDRED, kept, precise, rounded, total

FEWEST_SHOWN: Final = 5
"""The fewest respondents of a question whose scores are shown, so that nobody can be told by them."""

SCORES: Final = (1, 2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a pilot's survey, on a 5-point scale.

    Attributes:
        respondents: how many answered; None where they are too few to show.
        mean: of their scores, with all digits; None likewise.
        counts: how many gave 1, 2, 3, 4 and 5; empty likewise.
    """

    number: str
    text: str
    respondents: int | None
    mean: Decimal | None
    counts: tuple[int, ...]

    @property
    def is_hidden(self) -> bool:
        """Whether too few answered."""
        return self.respondents is None


@dataclass(frozen=True, slots=True)
class Effect:
    """What was measured, before the pilot and after it, in `unit`; change_pct is rounded half up at one decimal."""

    what: str
    unit: str
    before: Decimal | None
    after: Decimal | None
    change: Decimal | None
    change_pct: Decimal | None


@dataclass(frozen=True, slots=True)
class PilotStanding:
    """One pilot.

    Attributes:
        unit_id: the lead department.
        units: department that takes part -> its users; None where nobody said.
        users: all of them; None where no department said.
        mean: satisfaction over all shown answers; None without any.
        answers: the number of answers behind it.
        decision: None as long as it is open.
    """

    pilot_id: str
    unit_id: str
    title: str
    aim: str
    starts_on: date
    ends_on: date | None
    units: Mapping[str, int | None]
    users: int | None
    questions: tuple[Question, ...]
    mean: Decimal | None
    answers: int
    effect: Effect | None
    decision: Literal["adopt", "extend", "stop"] | None
    decided_on: date | None
    document_no: str | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class PilotTotals:
    """The pilots of the whole body in the period, as the metrics count them.

    Attributes:
        mean: satisfaction over all answers that may be shown; None without any.
    """

    run: Decimal
    adopted: Decimal
    answers: Decimal
    mean: Decimal | None


_PILOTS: Final = """
SELECT r.pilot_id, r.unit_id, r.title, r.aim, r.starts_on, r.ends_on, r.effect, r.effect_unit, r.effect_before,
    r.effect_after, r.decision, r.decided_on, r.document_no, o.source, o.row_no
FROM read_parquet($records, file_row_number = true) AS r
LEFT JOIN read_parquet($origins, file_row_number = true) AS o ON r.file_row_number = o.file_row_number
WHERE r.starts_on <= $ends_on
ORDER BY r.starts_on DESC, r.pilot_id DESC
"""

_UNITS: Final = """
SELECT r.pilot_id, r.unit_id, r.users, o.source, o.row_no
FROM read_parquet($records, file_row_number = true) AS r
LEFT JOIN read_parquet($origins, file_row_number = true) AS o ON r.file_row_number = o.file_row_number
ORDER BY r.pilot_id, r.unit_id
"""

_ANSWERS: Final = """
SELECT r.pilot_id, r.question_no, r.question, r.score, r.respondents, o.source, o.row_no
FROM read_parquet($records, file_row_number = true) AS r
LEFT JOIN read_parquet($origins, file_row_number = true) AS o ON r.file_row_number = o.file_row_number
ORDER BY r.pilot_id, r.question_no, r.score
"""


def pilots(reading: Reading) -> list[PilotStanding]:
    """The pilots that had begun by the end of the period, the latest first.

    Args:
        reading: a release that has records.
    """
    with open_records(reading) as records:
        rows = records.of("pilots", _PILOTS, ends_on=reading.rulebook.evaluation.period.end)
        users = _users(records)
        questions = _questions(records)
    return [_standing(row, users.get(row[0], {}), questions.get(row[0], ())) for row in rows]


@precise
def pilot_totals(reading: Reading) -> PilotTotals:
    """The whole body's pilots of the period.

    Args:
        reading: a release that has records.
    """
    with open_evidence(reading) as book:
        run, adopted, points, answers = (
            total(amount for _, _, amount, _ in book.everywhere(metric) if amount is not None)
            for metric in ("pilots_run", "pilots_adopted", "pilot_survey_points", "pilot_survey_answers")
        )
    return PilotTotals(run, adopted, answers, kept(points / answers) if answers else None)


def _users(records: SealedRecords) -> dict[str, dict[str, int | None]]:
    found: defaultdict[str, dict[str, int | None]] = defaultdict(dict)
    for pilot_id, unit_id, users, _ in records.of("pilot_units", _UNITS):
        found[pilot_id][unit_id] = users
    return found


def _questions(records: SealedRecords) -> dict[str, tuple[Question, ...]]:
    texts: dict[tuple[str, str], str] = {}
    counts: defaultdict[tuple[str, str], dict[int, int]] = defaultdict(dict)
    for pilot_id, number, text, score, respondents, _ in records.of("pilot_answers", _ANSWERS):
        texts.setdefault((pilot_id, number), text)
        counts[pilot_id, number][score] = respondents
    found: defaultdict[str, tuple[Question, ...]] = defaultdict(tuple)
    for (pilot_id, number), text in texts.items():
        found[pilot_id] += (question(number, text, counts[pilot_id, number]),)
    return found


def question(number: str, text: str, counts: Mapping[int, int]) -> Question:
    """A question from how many gave which score; too few respondents are hidden with all they said."""
    respondents = sum(counts.values())
    if respondents < FEWEST_SHOWN:
        return Question(number, text, None, None, ())
    return Question(number, text, respondents, _mean(counts), tuple(counts.get(score, 0) for score in SCORES))


@precise
def _mean(counts: Mapping[int, int]) -> Decimal:
    return kept(Decimal(sum(score * count for score, count in counts.items())) / sum(counts.values()))


def _standing(row: Sequence[Any], users: Mapping[str, int | None], questions: tuple[Question, ...]) -> PilotStanding:
    pilot_id, unit_id, title, aim, starts_on, ends_on, what, unit, before, after, *decided, origin = row
    decision, decided_on, document_no = decided
    given = {score: sum(one.counts[score - 1] for one in questions if not one.is_hidden) for score in SCORES}
    known = [count for count in users.values() if count is not None]
    return PilotStanding(
        pilot_id=pilot_id,
        unit_id=unit_id,
        title=title,
        aim=aim,
        starts_on=starts_on,
        ends_on=ends_on,
        units=users,
        users=sum(known) if known else None,
        questions=questions,
        mean=_mean(given) if any(given.values()) else None,
        answers=sum(given.values()),
        effect=None if what is None else effect(what, unit or "", before, after),
        decision=decision,
        decided_on=decided_on,
        document_no=document_no,
        origin=origin,
    )


@precise
def effect(what: str, unit: str, before: Decimal | None, after: Decimal | None) -> Effect:
    """What a pilot changed: after - before, and that in percent of before where it is not zero."""
    change = difference(after, before)
    known = change is not None and before is not None and before != 0
    percent = rounded(change * HUNDRED / abs(before), 1) if known and change is not None and before else None
    return Effect(what, unit, before, after, change, percent)
