"""Evidence sheets (증빙목록): the records a metric counts, in the columns the national evaluation asks for.

People stand there under their pseudonyms: names are not in the records, and come back only with the key.
Source: MOIS evaluation manual 2025, indicator 3-2-1 (순번, 부서명, 성명, 직급, 교육기관명, 교육명, 수료일); the
columns of the other sheets are this project's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from etl.contracts.words import choice_in_korean
from etl.insight.evidence import NOTHING_KEPT_BACK, EvidenceBook, KeptBack
from etl.measures import Evidence, known_metrics, record_kinds
from etl.release.tables import cell_text
from etl.scoring.decimals import ONE, total

NUMBER, DEPARTMENT = "순번", "부서명"
Cell = str | int | Decimal | date | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """The counted records of one metric.

    Attributes:
        headings: 순번, 부서명 and what the kind of record says.
        rows: as many cells each; numbers and days are numbers and days.
        names_people: whether somebody's pseudonym stands in it.
        amount: the last heading, where what each record counts stands under it; None where every record counts 1.
    """

    metric: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    names_people: bool
    amount: str | None = None

    @property
    def texts(self) -> list[list[str]]:
        """The rows as canonical text, for files that know no types."""
        return [[cell_text(cell) for cell in row] for row in self.rows]

    @property
    def total(self) -> Decimal | None:
        """What the records come to; None where each counts 1."""
        if self.amount is None:
            return None
        return total(row[-1] for row in self.rows if isinstance(row[-1], Decimal))


@dataclass(frozen=True, slots=True)
class _Layout:
    """The columns of one kind of record, and the query that fills them: `record_id` first, then one a column.

    Attributes:
        headings: of the columns.
        query: fills them.
        amount: the heading of what each record counts; where it is None, that has a column of its own only in a sheet
            in which not every record counts 1.
        coded: the headings under which words of the contract stand, told in Korean as all of the sheet is.
        if_any: the headings that are left out of a sheet in which no record says anything under them.
    """

    headings: tuple[str, ...]
    query: str
    amount: str | None = None
    coded: frozenset[str] = frozenset()
    if_any: frozenset[str] = frozenset()


_TRAINING: Final = ("성명", "직급", "교육기관명", "교육명", "수료일")
PERSON: Final = "성명"
_AMOUNT: Final = "값"

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
                SELECT
                    STRING_AGG(
                        DISTINCT COALESCE(k.told, y.policy_id || ' ' || y.title), ' / '
                        ORDER BY COALESCE(k.told, y.policy_id || ' ' || y.title)
                    )
                FROM policy_uses AS u INNER JOIN policies AS y ON u.policy_id = y.policy_id
                LEFT JOIN kept_back AS k ON k.kind = 'policy' AND y.policy_id = k.id
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
        # What is collected is not always opened, and the register of the portal does not say when it was collected.
        if_any=frozenset({"개방일", "구축일"}),
    ),
    "policies": _Layout(
        ("정책번호", "정책명", "활용단계", "활용일", "문서번호", "활용한 분석·데이터"),
        """
        SELECT
            y.policy_id, y.policy_id, y.title, y.stage, y.used_on, y.document_no,
            (
                SELECT STRING_AGG(DISTINCT COALESCE(k.told, u.source_id), ' / ' ORDER BY COALESCE(k.told, u.source_id))
                FROM policy_uses AS u LEFT JOIN kept_back AS k ON u.source_kind = k.kind AND u.source_id = k.id
                WHERE u.policy_id = y.policy_id
            )
        FROM policies AS y WHERE y.policy_id IN (SELECT record_id FROM counted)
        """,
        coded=frozenset({"활용단계"}),
    ),
    "awards": _Layout(
        ("수상번호", "상 이름", "수여기관", "수상일", "대상구분", "대상번호", "문서번호"),
        """
        SELECT w.award_id, w.award_id, w.title, w.awarded_by, w.awarded_on, w.record_kind, w.record_id, w.document_no
        FROM awards AS w WHERE w.award_id IN (SELECT c.record_id FROM counted AS c)
        """,
        coded=frozenset({"대상구분"}),
        if_any=frozenset({"대상구분", "대상번호"}),
    ),
    "practices": _Layout(
        ("사례번호", "사례명", "등록일", "문서번호"),
        """
        SELECT practice_id, practice_id, title, registered_on, document_no
        FROM practices WHERE practice_id IN (SELECT record_id FROM counted)
        """,
    ),
    "practice_reuses": _Layout(
        ("사례번호", "사례명", "활용기관", "활용일", "내용"),
        """
        SELECT
            r.practice_id || '/' || r.reused_by, r.practice_id, c.title, COALESCE(k.told, r.reused_by), r.reused_on,
            CASE WHEN k.told IS NULL THEN r.note END
        FROM practice_reuses AS r INNER JOIN practices AS c ON r.practice_id = c.practice_id
        LEFT JOIN kept_back AS k ON k.kind = 'unit' AND r.unit_id = k.id
        WHERE r.practice_id || '/' || r.reused_by IN (SELECT record_id FROM counted)
        """,
    ),
    "pilots": _Layout(
        ("시범번호", "시범사업명", "시작일", "종료일", "결정", "결정일", "문서번호"),
        """
        SELECT pilot_id, pilot_id, title, starts_on, ends_on, decision, decided_on, document_no
        FROM pilots WHERE pilot_id IN (SELECT record_id FROM counted)
        """,
        coded=frozenset({"결정"}),
    ),
    "initiatives": _Layout(
        ("사업번호", "사업명", "시작일", "종료일", "문서번호"),
        """
        SELECT initiative_id, initiative_id, title, started_on, ended_on, document_no
        FROM initiatives WHERE initiative_id IN (SELECT record_id FROM counted)
        """,
    ),
    "training_sessions": _Layout(
        ("교육번호", "교육명", "교육기관명", "시작일", "종료일"),
        """
        SELECT session_id, session_id, title, institution, starts_on, ends_on
        FROM training_sessions WHERE session_id IN (SELECT record_id FROM counted)
        """,
    ),
    "figures": _Layout(
        ("수치", "기준일", "구분", "근거"),
        """
        SELECT unit_id || '/' || measure || '/' || as_of || '/' || part, measure, as_of, part, source
        FROM figures WHERE unit_id || '/' || measure || '/' || as_of || '/' || part IN (SELECT record_id FROM counted)
        """,
        _AMOUNT,
    ),
}
_ANY: Final = _Layout(("기록",), "SELECT record_id, record_id FROM counted", _AMOUNT)
"""The sheet of any other kind of record: its key."""


def sheet_of(
    book: EvidenceBook,
    metric: str,
    counted: Sequence[Evidence],
    names: Mapping[str, str],
    kept_back: KeptBack = NOTHING_KEPT_BACK,
) -> Sheet:
    """The records of a metric that count, by department and record.

    Args:
        book: the evidence of the release.
        metric: its name.
        counted: its records that count.
        names: code of a department -> its name.
        kept_back: what stands beside the records and is not to be named.
    """
    layouts = [_LAYOUTS.get(kind, _ANY) for kind in record_kinds(known_metrics()[metric])]
    told = {
        record_id: cells for layout in layouts for record_id, *cells in book.details(layout.query, counted, kept_back)
    }
    shown = _shown(layouts[0], list(told.values()))
    amount = layouts[0].amount or (None if all(one.amount == ONE for one in counted) else _AMOUNT)
    rows = tuple(
        (
            number,
            names.get(one.recorded_unit, one.recorded_unit),
            *(_cell(layouts[0], at, told[one.record_id][at]) for at in shown),
            *([] if amount is None else [one.amount]),
        )
        for number, one in enumerate(sorted(counted, key=_place), start=1)
    )
    headings = (NUMBER, DEPARTMENT, *(layouts[0].headings[at] for at in shown), *([] if amount is None else [amount]))
    return Sheet(metric, headings, rows, PERSON in headings, amount)


def _shown(layout: _Layout, told: Sequence[Sequence[Any]]) -> list[int]:
    """The columns of a sheet, by their places in the layout."""
    return [
        at
        for at, heading in enumerate(layout.headings)
        if heading not in layout.if_any or any(cells[at] is not None for cells in told)
    ]


def _cell(layout: _Layout, at: int, cell: Cell) -> Cell:
    """A cell as people read it."""
    return choice_in_korean(str(cell)) if cell is not None and layout.headings[at] in layout.coded else cell


def _place(one: Evidence) -> tuple[str, str]:
    return (one.recorded_unit, one.record_id)
