"""Evidence sheets (증빙목록): the records a metric counts, in the columns the national evaluation asks for.

People stand there under their pseudonyms: names are not in the records, and come back only with the key.
Source: MOIS evaluation manual 2025, indicator 3-2-1 (순번, 부서명, 성명, 직급, 교육기관명, 교육명, 수료일); the
columns of the other sheets are this project's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from etl.insight.evidence import EvidenceBook
from etl.measures import Evidence, known_metrics, record_kinds
from etl.release.tables import cell_text

NUMBER, DEPARTMENT = "순번", "부서명"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The counted records of one metric.

    Attributes:
        headings: 순번, 부서명 and what the kind of record says.
        rows: as many cells each.
        names_people: whether somebody's pseudonym stands in it.
    """

    metric: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    names_people: bool


@dataclass(frozen=True, slots=True)
class _Layout:
    """The columns of one kind of record, and the query that fills them: `record_id` first, then one a column.

    `amount` is the heading of what each record counts, where that is not always 1.
    """

    headings: tuple[str, ...]
    query: str
    amount: str | None = None


_TRAINING: Final = ("성명", "직급", "교육기관명", "교육명", "수료일")
PERSON: Final = "성명"

_LAYOUTS: Final[Mapping[str, _Layout]] = {
    "attendance": _Layout(
        _TRAINING,
        """
        SELECT a.session_id || '/' || a.person, a.person, a.staff_group, s.institution, s.title, a.completed_on
        FROM attendance AS a INNER JOIN training_sessions AS s ON a.session_id = s.session_id
        WHERE a.session_id || '/' || a.person IN (SELECT record_id FROM counted)
        """,
    ),
    "certificates": _Layout(
        _TRAINING,
        """
        SELECT person || '/' || certificate, person, NULL, '자격증', certificate, issued_on
        FROM certificates WHERE person || '/' || certificate IN (SELECT record_id FROM counted)
        """,
    ),
    "diagnosis_answers": _Layout(
        ("성명", "진단명", "진단일", "결과보고서 문서번호"),
        """
        SELECT a.question_id || '/' || a.person, a.person, c.title, a.answered_on, c.document_no
        FROM diagnosis_answers AS a
        INNER JOIN diagnosis_questions AS q ON a.question_id = q.question_id
        INNER JOIN diagnosis_campaigns AS c ON q.campaign_id = c.campaign_id
        WHERE a.question_id || '/' || a.person IN (SELECT record_id FROM counted)
        """,
    ),
    "analyses": _Layout(
        ("과제번호", "과제명", "수행 시작일", "수행 종료일", "결재일", "문서번호", "활용 정책"),
        """
        SELECT
            a.analysis_id, a.analysis_id, a.title, a.started_on, a.completed_on, a.approved_on, a.document_no,
            (
                SELECT STRING_AGG(y.title, ' / ' ORDER BY y.policy_id)
                FROM policy_uses AS u INNER JOIN policies AS y ON u.policy_id = y.policy_id
                WHERE u.source_kind = 'analysis' AND u.source_id = a.analysis_id
            )
        FROM analyses AS a WHERE a.analysis_id IN (SELECT record_id FROM counted)
        """,
        "지분",
    ),
    "planned_openings": _Layout(
        ("계획번호", "목록명", "목록키", "개방일"),
        """
        SELECT n.year || '/' || n.plan_id, n.plan_id, n.title, n.dataset_id, s.opened_on
        FROM planned_openings AS n LEFT JOIN datasets AS s ON n.dataset_id = s.dataset_id
        WHERE n.year || '/' || n.plan_id IN (SELECT record_id FROM counted)
        """,
    ),
    "datasets": _Layout(
        ("목록키", "목록명", "개방일", "구축일"),
        """
        SELECT dataset_id, dataset_id, title, opened_on, collected_on
        FROM datasets WHERE dataset_id IN (SELECT record_id FROM counted)
        """,
    ),
    "figures": _Layout(
        ("수치", "기준일", "구분", "근거"),
        """
        SELECT unit_id || '/' || measure || '/' || as_of || '/' || part, measure, as_of, part, source
        FROM figures WHERE unit_id || '/' || measure || '/' || as_of || '/' || part IN (SELECT record_id FROM counted)
        """,
        "값",
    ),
}
_ANY: Final = _Layout(("기록",), "SELECT record_id, record_id FROM counted", "값")
"""The sheet of any other kind of record: its key."""


def sheet_of(book: EvidenceBook, metric: str, counted: Sequence[Evidence], names: Mapping[str, str]) -> Sheet:
    """The records of a metric that count, by department and record.

    Args:
        book: the evidence of the release.
        metric: its name.
        counted: its records that count.
        names: code of a department -> its name.
    """
    layouts = [_LAYOUTS.get(kind, _ANY) for kind in record_kinds(known_metrics()[metric])]
    amount = layouts[0].amount
    cells = {record_id: told for layout in layouts for record_id, *told in book.details(layout.query, counted)}
    rows = tuple(
        (
            str(number),
            names.get(one.recorded_unit, one.recorded_unit),
            *(cell_text(cell) for cell in cells[one.record_id]),
            *([] if amount is None else [cell_text(one.amount)]),
        )
        for number, one in enumerate(sorted(counted, key=_place), start=1)
    )
    headings = (NUMBER, DEPARTMENT, *layouts[0].headings, *([] if amount is None else [amount]))
    return Sheet(metric, headings, rows, PERSON in headings)


def _place(one: Evidence) -> tuple[str, str]:
    return (one.recorded_unit, one.record_id)
