"""Requests in words: what each is about, how far it has come, what was said, what it changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from dashboard.desk.consequences import Consequences, Stands
from dashboard.frames.data import column_name, kind_name
from dashboard.words import Words
from dashboard.workflow.request_kinds import Change, ToCorrection, ToLedger, ToNotApplicable, ToRecognition
from dashboard.workflow.tables.requests import Request
from dashboard.workflow.windows import Window
from etl.contracts.records import RECORDS
from etl.insight.own_records import OwnRecord
from etl.insight.reasons import record_reason
from etl.scoring.rulebook import Rulebook
from etl.shown import NOTHING, SEOUL, number

_PSEUDONYM_SHOWN: Final = 9


def window_sentence(step: str, days: Window | None, now: datetime, words: Words) -> str:
    """The step the evaluation is at, and until when what belongs to it is taken."""
    name = words(f"requests.step.{step}")
    if days is None:
        return words("requests.step.now", step=name)
    facts = {"step": name, "begins": words.day(days.begins_on), "ends": words.due(days.ends_on)}
    if days.is_over(now):
        return words("requests.step.over", **facts)
    if not days.is_open(now):
        return words("requests.step.ahead", **facts)
    left = (days.ends_on - now.astimezone(SEOUL).date()).days
    return words("requests.step.last_day", **facts) if left == 0 else words("requests.step.open", **facts, left=left)


def subject_text(request: Request, rulebook: Rulebook, words: Words) -> str:
    """What a request is about: an indicator, a rule, a record."""
    said = []
    if request.indicator:
        names = {one.id: words.of(one.name) for one in rulebook.indicators}
        said.append(names.get(request.indicator, request.indicator))
    if request.rule:
        rules = {one.id: words.of(one.name) for one in (*rulebook.bonus, *rulebook.penalty)}
        said.append(rules.get(request.rule, request.rule))
    if request.record_kind:
        said.append(record_named(request.record_kind, request.record_id or "", words))
    return " · ".join(said) or NOTHING


def record_named(kind: str, number_: str, words: Words) -> str:
    """A record by its kind and number; by the number alone where that begins with the kind, as 수상-2021-06."""
    name = kind_name(kind, words)
    return number_ if number_.startswith(name) else words("requests.record.named", kind=name, record=number_)


def record_label(record: OwnRecord, words: Words) -> str:
    """A record in a list to choose from: what it is called, its day, its kind and number, and why it does not count."""
    named = [record.title] if record.title else []
    named += [words.day(record.day)] if record.day else []
    named.append(record_named(record.kind, _short(record), words))
    if record.reason is not None:
        named.append(words("requests.record.why", reason=record_reason(record.reason, words.language)))
    return " · ".join(named)


def _short(record: OwnRecord) -> str:
    """The number of a record; of a pseudonym in it as much as tells people apart."""
    parts = zip(RECORDS[record.kind].key, record.record_id.split("/"), strict=False)
    return "/".join(part[:_PSEUDONYM_SHOWN] if column == "person" else part for column, part in parts)


def progress_text(request: Request, words: Words) -> str:
    """How far a request has come, and what was said to it last."""
    state = words(f"requests.state.{request.state}")
    return f"{state}({words(f'requests.verdict.{request.verdict}')})" if request.verdict else state


def change_sentences(change: Change, rulebook: Rulebook, words: Words) -> list[str]:
    """What a request would change."""
    said = [_sentence(change, rulebook, words), words("requests.change.reason", reason=change.reason)]
    return [one for one in said if one]


def _sentence(change: Change, rulebook: Rulebook, words: Words) -> str:
    match change:
        case ToCorrection(drop=True):
            kind = kind_name(change.record_kind, words)
            return words("requests.change.dropped", kind=kind, record=_record(change, words))
        case ToCorrection():
            return words(
                "requests.change.corrected",
                kind=kind_name(change.record_kind, words),
                record=_record(change, words),
                column=column_name(change.record_kind, change.column or "", words),
                before=change.before or NOTHING,
                after=change.after or NOTHING,
            )
        case ToRecognition():
            decision = words(f"requests.recognition.{change.decision}")
            kind = kind_name(change.record_kind, words)
            return words("requests.change.recognised", kind=kind, record=change.record_id, decision=decision)
        case ToNotApplicable():
            names = {one.id: words.of(one.name) for one in rulebook.indicators}
            return words("requests.change.waived", indicator=names.get(change.indicator, change.indicator))
        case ToLedger():
            rules = {one.id: words.of(one.name) for one in (*rulebook.bonus, *rulebook.penalty)}
            return words(
                f"requests.change.{change.entry_kind}",
                rule=rules.get(change.rule, change.rule),
                points=change.points,
                day=words.day(change.occurred_on),
            )


def _record(change: ToCorrection, words: Words) -> str:
    """The record a correction is about: by its key, or by file and row."""
    if change.key is None:
        return words("requests.change.row", file=change.file or NOTHING, row=number(change.row or 0))
    return " / ".join(change.key.values())


def consequence_sentences(found: Consequences, words: Words) -> list[str]:
    """What a change does, and what the comparison rests on."""
    said = [words("requests.consequences.none", units=number(found.units))]
    if found.moved:
        said = [words("requests.consequences.some", moved=number(len(found.moved)), units=number(found.units))]
    said.append(words("requests.consequences.rules", release=found.rules))
    if not found.is_as_frozen:
        said.append(words("requests.consequences.moved_on", before=found.before))
    return said


def consequence_rows(found: Consequences, words: Words) -> list[Sequence[str]]:
    """Department, score, rank, rank in its group and grade, each before and after."""
    return [
        (
            f"{one.name} ({one.unit_id})",
            _pair(_score(one.before), _score(one.after)),
            _pair(*(_place(stands.rank, words) for stands in (one.before, one.after))),
            _pair(*(_place(stands.group_rank, words) for stands in (one.before, one.after))),
            _pair(one.before.grade or NOTHING, one.after.grade or NOTHING),
        )
        for one in found.moved
    ]


def _pair(before: str, after: str) -> str:
    return before if before == after else f"{before} → {after}"


def _score(stands: Stands) -> str:
    return number(stands.score)


def _place(rank: int | None, words: Words) -> str:
    return NOTHING if rank is None else words("ranking.place", rank=number(rank))
