"""The parts of a rulebook that could be read, so that one unreadable part does not hide the faults of the others."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeVar, cast, get_args

from pydantic import ValidationError

from etl.documents.flaws import Flaw, flaws_of, nearest
from etl.scoring.rulebook_grades import Grades, Ledger, LedgerRule, Ranking, Veto
from etl.scoring.rulebook_parts import Area, Evaluation, Headline, Indicator, PeerGroup, Score
from etl.scoring.rulebook_refusals import Refusal
from etl.scoring.rulebook_terms import Rule

Attribution = Literal["successor", "as_recorded"]
Listed = TypeVar("Listed", bound=Rule)
Single = TypeVar("Single", bound=Rule)

_TABLES: Final = ("evaluation", "score", "ledger", "ranking", "grades")
_ARRAYS: Final = ("peer_groups", "areas", "indicators", "bonus", "penalty", "vetoes", "headlines", "refusals")
_NEEDED: Final = ("evaluation", "score", "indicators")


@dataclass
class Draft:
    """What could be read of a rulebook, part by part.

    Args:
        peer_groups: position in the file -> part; likewise the other arrays.
        ids: array -> (position, id) of every item, also of those that could not be read.
        unread_below: the areas (None is the root) with a part that could not be read, whose weights nobody can add up.
        flaws: what is wrong within the parts.
    """

    evaluation: Evaluation | None = None
    score: Score | None = None
    ledger: Ledger | None = None
    ranking: Ranking | None = None
    grades: Grades | None = None
    reorganisation: Attribution = "as_recorded"
    peer_groups: dict[int, PeerGroup] = field(default_factory=dict)
    areas: dict[int, Area] = field(default_factory=dict)
    indicators: dict[int, Indicator] = field(default_factory=dict)
    bonus: dict[int, LedgerRule] = field(default_factory=dict)
    penalty: dict[int, LedgerRule] = field(default_factory=dict)
    vetoes: dict[int, Veto] = field(default_factory=dict)
    headlines: dict[int, Headline] = field(default_factory=dict)
    refusals: dict[int, Refusal] = field(default_factory=dict)
    ids: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    unread_below: set[str | None] = field(default_factory=set)
    flaws: list[Flaw] = field(default_factory=list)

    def known(self, array: str) -> list[str]:
        """The ids of an array's items."""
        return [name for _, name in self.ids.get(array, [])]


def read_draft(raw: dict[str, Any]) -> Draft:
    """Every part of a TOML document that can be read, and what is wrong with the others.

    Args:
        raw: the document as `tomllib` gives it, numbers with decimals as Decimal.
    """
    draft = Draft()
    _refuse_unknown_tables(raw, draft)
    draft.evaluation = _table(raw, "evaluation", Evaluation, draft)
    draft.score = _table(raw, "score", Score, draft)
    draft.ledger = _table(raw, "ledger", Ledger, draft)
    draft.ranking = _table(raw, "ranking", Ranking, draft)
    draft.grades = _table(raw, "grades", Grades, draft)
    draft.peer_groups = _array(raw, "peer_groups", PeerGroup, draft)
    draft.areas = _array(raw, "areas", Area, draft)
    draft.indicators = _array(raw, "indicators", Indicator, draft)
    draft.bonus = _array(raw, "bonus", LedgerRule, draft)
    draft.penalty = _array(raw, "penalty", LedgerRule, draft)
    draft.vetoes = _array(raw, "vetoes", Veto, draft)
    draft.headlines = _array(raw, "headlines", Headline, draft)
    draft.refusals = _array(raw, "refusals", Refusal, draft)
    return draft


def _refuse_unknown_tables(raw: dict[str, Any], draft: Draft) -> None:
    known = (*_TABLES, *_ARRAYS, "reorganisation")
    for key in raw:
        if key not in known:
            draft.flaws.append(Flaw((key,), "document_unknown_key", {"key": key, "nearest": nearest(key, known)}))
    for key in _NEEDED:
        if key not in raw:
            draft.flaws.append(Flaw((), "document_key_missing", {"key": key}))
    attribution = raw.get("reorganisation", "as_recorded")
    if attribution in get_args(Attribution):
        draft.reorganisation = cast(Attribution, attribution)
    else:
        facts = {"value": attribution, "allowed": ", ".join(get_args(Attribution))}
        draft.flaws.append(Flaw(("reorganisation",), "document_value_not_allowed", facts))


def _table(raw: dict[str, Any], key: str, kind: type[Single], draft: Draft) -> Single | None:
    return _part(raw[key], kind, (key,), draft) if key in raw else None


def _array(raw: dict[str, Any], key: str, kind: type[Listed], draft: Draft) -> dict[int, Listed]:
    items = raw.get(key, [])
    if not isinstance(items, list):
        draft.flaws.append(Flaw((key,), "document_array_needed", {"value": key}))
        return {}
    parts: dict[int, Listed] = {}
    for position, item in enumerate(items):
        _note_id(item, key, position, draft)
        part = _part(item, kind, (key, position), draft)
        if part is not None:
            parts[position] = part
        elif kind in (Area, Indicator):
            parent = item.get("parent" if kind is Area else "area") if isinstance(item, dict) else None
            draft.unread_below.add(parent if isinstance(parent, str) else None)
    return parts


def _note_id(item: object, key: str, position: int, draft: Draft) -> None:
    if isinstance(item, dict) and isinstance(item.get("id"), str):
        draft.ids.setdefault(key, []).append((position, item["id"]))


def _part(raw: object, kind: type[Single], path: tuple[str | int, ...], draft: Draft) -> Single | None:
    try:
        part = kind.model_validate(raw)
    except ValidationError as error:
        draft.flaws += [flaw.under(*path) for flaw in flaws_of(error, kind, raw)]
        return None
    draft.flaws += [flaw.under(*path) for flaw in part.flaws()]
    return part
