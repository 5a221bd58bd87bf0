"""Entries of the audit log as they are shown: in words, in Korean time."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from dashboard.access import Role
from dashboard.frames.accounts import unit_name
from dashboard.words import WORDS, Words
from dashboard.workflow.log import detail_of
from dashboard.workflow.passing import TERMINAL
from dashboard.workflow.sessions import DEMONSTRATION
from dashboard.workflow.tables.audit import AuditEntry
from etl.messages import MESSAGES
from etl.scoring.rulebook_terms import Text
from etl.shown import SEOUL, day_typed

_CODES: Final[Mapping[str, Callable[[str], str]]] = {
    "role": lambda code: f"role.{code}",
    "way": lambda code: f"accounts.way.{code}",
    "kind": lambda code: f"requests.kind.{code}",
    "verdict": lambda code: f"requests.verdict.{code}",
    "from": lambda code: f"steps.state.{code}",
    "to": lambda code: f"steps.state.{code}",
    "step": lambda code: f"steps.state.{code}",
    "action": lambda code: f"audit.did.{code}",
    "outcome": lambda code: f"audit.outcome.{code}",
    "wanted": lambda code: f"audit.wanted.{code}",
    "what": lambda code: f"audit.value.{code}",
    "why": lambda code: f"audit.why.{code}",
}
"""What of a detail is a code of ours, and the key of its words."""
_DIGEST: Final = re.compile("[0-9a-f]{24,64}")
_SHOWN: Final = 12
_PERSON: Final = re.compile(r"(.*) \(([a-z]+)\)", re.DOTALL)
_PANEL: Final = "panel "
_THINGS: Final = {"audit log": "audit.title", "database": "audit.database"}
"""What the log keeps things of ours under, and the key of their words."""
_DAYS: Final = frozenset({"days", "before", "since", "until"})
_MOMENTS: Final = frozenset({"made_at"})
_UNITS: Final = frozenset({"unit", "unit_id"})


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry in words.

    Attributes:
        number: of the entry.
        day: when, in Seoul.
        time: of that day, to the second.
        person: who, with their role.
        address: where from.
        did: what was done.
        refused: that it was not allowed; empty where it was.
        about: to what.
        detail: the rest, one after the other.
    """

    number: int
    day: str
    time: str
    person: str
    address: str
    did: str
    refused: str
    about: str
    detail: str


@dataclass(frozen=True, slots=True)
class Names:
    """What codes of an entry are called; a code that is not there stays as it is.

    Attributes:
        units: code -> name of departments.
        indicators: id -> name of indicators.
    """

    units: Mapping[str, str] = field(default_factory=dict)
    indicators: Mapping[str, Text] = field(default_factory=dict)


NO_NAMES: Final = Names()


def shown(entry: AuditEntry, words: Words, names: Names = NO_NAMES) -> Shown:
    """An entry as it is shown."""
    at = entry.at.astimezone(SEOUL)
    did = f"audit.did.{entry.action}"
    return Shown(
        entry.number,
        words.day(at.date()),
        f"{at:%H:%M:%S}",
        _whom(entry.person, words) or words("audit.nobody"),
        words("audit.terminal") if entry.address == TERMINAL else entry.address,
        words(did) if did in WORDS else entry.action,
        words("audit.outcome.refused") if entry.outcome == "refused" else "",
        _thing(entry.about, words, names),
        " · ".join(
            f"{_named(name, words)} {_said(name, value, words, names)}"
            for name, value in detail_of(entry).items()
            if value != ""
        ),
    )


def _named(name: str, words: Words) -> str:
    key = f"audit.detail.{name}"
    return words(key) if key in WORDS else name


def _said(name: str, value: object, words: Words, names: Names) -> str:
    """A value in words where it is a code of ours; a digest by its beginning, whole in the file that is taken out."""
    if isinstance(value, bool):
        return words("audit.yes" if value else "audit.no")
    text = str(value)
    if name in _DAYS:
        return _days(text, words)
    if name in _MOMENTS:
        return _moment(text, words)
    if name in _UNITS:
        return ", ".join(unit_name(unit, names.units) for unit in text.split(", "))
    if name == "codes":
        return " ".join(_refusal(code, words) for code in text.split())
    if name in _CODES and _CODES[name](text) in WORDS:
        return words(_CODES[name](text))
    if name == "why":
        return _refusal(text, words)
    return f"{text[:_SHOWN]}…" if _DIGEST.fullmatch(text) else text


def _days(text: str, words: Words) -> str:
    """A day, or the first and the last with a stroke between, as the log keeps them."""
    days = [day_typed(one) for one in text.split("/")]
    if not all(days):
        return text
    first, *last = (words.day(one) for one in days)
    return words("audit.days", first=first, last=last[0]) if last else first


def _moment(text: str, words: Words) -> str:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return text
    return words.moment(at) if at.tzinfo else text


def _refusal(code: str, words: Words) -> str:
    """Why something was refused: the first sentence of what the person was told, where it holds nothing of the case."""
    told = MESSAGES.get(code, {}).get(words.language, "")
    return re.split(r"(?<=[.:])\s", told)[0] if told and "{" not in told else code


def _whom(person: str, words: Words) -> str:
    """A person of the log with their role in words; the terminal's user as they are; nobody made the demonstration."""
    if person == DEMONSTRATION:
        return words("audit.demonstration")
    found = _PERSON.fullmatch(person)
    if found is None or found[2] not in set(Role):
        return person
    return f"{found[1]} ({words(f'role.{found[2]}')})"


def _thing(about: str, words: Words, names: Names) -> str:
    """What something was done to; what is no name of a record, in words."""
    if about in _THINGS:
        return words(_THINGS[about])
    if about.startswith(_PANEL):
        year, _, indicator = about.removeprefix(_PANEL).partition(" ")
        named = words.of(names.indicators[indicator]) if indicator in names.indicators else indicator
        return f"{words('audit.detail.panel')} {year} {named}"
    wanted = f"audit.wanted.{about}"
    return words(wanted) if wanted in WORDS else about
