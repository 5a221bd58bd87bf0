"""Which department a name that nobody has decided on may mean: suggestions to a person, never applied by themselves.

Structure comes first: a name that is a department's own but for its parent, institution, ending or team, or that was
cut off. Names that no structure explains are compared letter by letter, Hangul by its jamo, so that one slip is small.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from etl.errors import Language
from etl.intake.names import normalised
from etl.intake.spellings import Form, Heads, trunks, word_ends, words_of
from etl.intake.stage import Staged
from etl.messages_rows import SUGGESTED
from etl.particles import filled
from etl.shown import day
from etl.units import UnitVersion

NO_FACTS: Final[Mapping[str, object]] = {}
MOST: Final = 5
"""Suggestions for one name."""

_SAME_NAME, _SAME_BUT, _CUT_OFF = 99, 98, 96
_LEAST, _MOST_SIMILAR, _NEAR = 60, 94, 20
_SHORTEST_CUT: Final = 20
_LITTLE_WORDS: Final = re.compile(r"\b(the|of|and|for|us|u\.s\.)\b|&")


class Suggestion(NamedTuple):
    """One department a name may mean.

    Attributes:
        unit_id: its code.
        name: the name it bears or bore.
        valid_from: first day of that name.
        valid_to: last day of that name; None while it lasts.
        score: 0 to 100; only a place among the suggestions for one name.
        because: key of the sentence that says why, in `etl.messages_rows.SUGGESTED`.
        facts: what the sentence names.
    """

    unit_id: str
    name: str
    valid_from: date
    valid_to: date | None
    score: int
    because: str
    facts: Mapping[str, object] = NO_FACTS

    def why(self, language: Language) -> str:
        """Why it is suggested, as part of a sentence."""
        reason = filled(SUGGESTED[self.because][language], **self.facts)
        if self.valid_to is None:
            return reason
        return f"{reason}; {SUGGESTED['until'][language].format(until=day(self.valid_to, language))}"


@dataclass(frozen=True, slots=True)
class Undecided:
    """A name nobody has decided on.

    Attributes:
        name: as received; of spellings that count as equal, the most frequent.
        rows: rows that bear it.
        files: the received files it stands in.
        suggestions: best first; may be empty.
    """

    name: str
    rows: int
    files: tuple[str, ...]
    suggestions: tuple[Suggestion, ...]

    def facts(self, language: Language) -> dict[str, object]:
        """The name and its suggestions for a program."""
        found = [
            {
                "unit_id": one.unit_id,
                "name": one.name,
                "valid_from": one.valid_from.isoformat(),
                "valid_to": one.valid_to.isoformat() if one.valid_to else None,
                "score": one.score,
                "why": one.why(language),
            }
            for one in self.suggestions
        ]
        return {"name": self.name, "rows": self.rows, "files": list(self.files), "suggestions": found}


def undecided(staged: Staged) -> list[Undecided]:
    """Every name of a staged folder that waits for a decision, most rows first, with suggestions."""
    rows: defaultdict[str, Counter[str]] = defaultdict(Counter)
    files: defaultdict[str, set[str]] = defaultdict(set)
    for file, name, count in staged.unknown_names:
        rows[normalised(name)][name] += count
        files[normalised(name)].add(file)
    shown = {key: min(spelt, key=lambda name: (-spelt[name], name)) for key, spelt in rows.items()}
    suggested = suggest(shown.values(), staged.versions)
    waiting = [
        Undecided(shown[key], spelt.total(), tuple(sorted(files[key])), suggested[shown[key]])
        for key, spelt in rows.items()
    ]
    return sorted(waiting, key=lambda one: (-one.rows, one.name))


def suggest(
    names: Collection[str], versions: Iterable[UnitVersion], most: int = MOST
) -> dict[str, tuple[Suggestion, ...]]:
    """The departments that each name may mean.

    Args:
        names: as received.
        versions: every department under every name it had.
        most: how many suggestions a name gets.

    Returns:
        name -> suggestions, best first, a department once.
    """
    known = list(versions)
    if not known:
        return dict.fromkeys(names, ())
    heads = Heads.of(known, names)
    structure = _Structure(known, heads)
    found = {name: _best(structure.explain(name), most) for name in names}
    unexplained = [name for name in found if not found[name]]
    return found | _similar(unexplained, known, heads, most)


class _Own(NamedTuple):
    """A department's own name with something taken off; the smaller the cost, the less.

    Attributes:
        parent: normalised, as it stands in the name or else in the register; may be empty.
    """

    version: UnitVersion
    head: str
    ending: str
    cost: int
    parent: str


class _Structure:
    """The departments by what their names come to when they are taken apart."""

    def __init__(self, versions: Sequence[UnitVersion], heads: Heads) -> None:
        self.heads = heads
        self.own: defaultdict[str, list[_Own]] = defaultdict(list)
        for version in versions:
            self._add(version)
        self.names = sorted((normalised(version.name), position) for position, version in enumerate(versions))
        self.versions = versions

    def _add(self, version: UnitVersion) -> None:
        parent = normalised(version.parent or "")
        for form in trunks(words_of(version.name)):
            if form.tail and not form.ending:
                continue
            head = self.heads.longest(form.text)
            ending = form.tail
            self.own[form.text].append(_Own(version, "", ending, len(ending) > 0, parent))
            if head:
                self.own[form.text.removeprefix(head)].append(_Own(version, head, ending, len(ending) > 0, head))

    def explain(self, name: str) -> Iterator[Suggestion]:
        """Departments whose name this is, but for what a suggestion says."""
        words = words_of(name)
        for trunk in trunks(words):
            text, own = trunk.text, self.own
            for at in [at for at in range(max(1, len(text) - 1)) if text[at:] in own]:
                yield from self._without_beginning(name, trunk, at, at in word_ends(words))
        yield from self._cut_off(name)

    def _without_beginning(self, name: str, trunk: Form, at: int, is_whole_words: bool) -> Iterator[Suggestion]:
        """Departments whose own name is what is left of a name after so many signs, if these can be taken off."""
        head, left = trunk.text[:at], trunk.text[at:]
        distance = self.heads.distance(head, is_whole_words) if head else 0
        if distance is not None:
            form = trunk._replace(text=left, head=head, head_distance=distance)
            yield from (_explained(name, form, own) for own in self.own[left])

    def _cut_off(self, name: str) -> Iterator[Suggestion]:
        key = normalised(name)
        if len(key) < _SHORTEST_CUT:
            return
        for whole, position in self.names[bisect_left(self.names, (key, 0)) :]:
            if not whole.startswith(key):
                return
            yield _suggestion(self.versions[position], _CUT_OFF, "cut_off", {"length": len(name.strip())})


def _explained(name: str, form: Form, own: _Own) -> Suggestion:
    """A suggestion for a name one form of which is one form of a department's own name."""
    if not (form.head or form.tail or own.head or own.ending):
        return _suggestion(own.version, _SAME_NAME, "same_name")
    # A head that names the department's own parent speaks for it; a parent that does not appear says nothing.
    strangeness = 0 if own.parent and own.parent in form.head else form.head_distance + 1 if form.head else 0
    strangeness += 2 if own.head and own.head not in form.head else 0
    endings = own.cost + form.ending if own.ending != form.tail else 0
    score = _SAME_BUT - strangeness - endings - (1 if form.tail and not form.ending else 0)
    removed = _as_received(name, len(form.head))
    if removed and not form.tail:
        return _suggestion(own.version, score, "without_head", {"removed": removed})
    different = [part for part in (removed or own.head, form.tail if own.ending != form.tail else own.ending) if part]
    different += [own.ending] if own.ending and own.ending != form.tail else []
    return _suggestion(own.version, score, "same_but_for", {"different": ", ".join(dict.fromkeys(different))})


def _as_received(name: str, signs: int) -> str:
    """The beginning of a name that so many signs of the normalised name stand for, as it was written."""
    taken = ""
    if not signs:
        return taken
    for sign in unicodedata.normalize("NFC", name):
        if len(normalised(taken)) >= signs:
            break
        taken += sign
    return taken.strip()


def _similar(
    names: Sequence[str], versions: Sequence[UnitVersion], heads: Heads, most: int
) -> dict[str, tuple[Suggestion, ...]]:
    """Departments whose names are written nearly so, with what stands before them or without."""
    # Only here: what compares letters takes longer to load than most commands take to run.
    from etl.intake.likeness import Letters

    written = [(one, version) for version in versions for one in _compared(version.name, heads)]
    asked = [(one, name) for name in names for one in _compared(name, heads)]
    nearest = Letters([one for one, _ in written]).nearest([one for one, _ in asked], _LEAST)
    shown = [min(score, _MOST_SIMILAR) for score in range(101)]
    facts: list[Mapping[str, object]] = [{"score": score} for score in shown]
    found: defaultdict[str, list[Suggestion]] = defaultdict(list)
    for (_, name), near in zip(asked, nearest, strict=True):
        # Most of what is near is not near enough beside the best: it is left out before it is put into words.
        least = max((shown[score] for _, score in near), default=0) - _NEAR
        found[name] += [
            _suggestion(written[position][1], shown[score], "similar", facts[score])
            for position, score in near
            if shown[score] >= least
        ]
    return {name: _best(found[name], most) for name in names}


def _compared(name: str, heads: Heads) -> tuple[str, ...]:
    """What is compared of a name: all but little words, and that without a known head where it has one."""
    key = normalised(_LITTLE_WORDS.sub(" ", name.casefold())) if name.isascii() else normalised(name)
    head = heads.longest(key)
    return (key, key.removeprefix(head)) if head else (key,)


def _suggestion(version: UnitVersion, score: int, because: str, facts: Mapping[str, object] = NO_FACTS) -> Suggestion:
    return Suggestion(version.unit_id, version.name, version.valid_from, version.valid_to, score, because, facts)


def _best(found: Iterable[Suggestion], most: int) -> tuple[Suggestion, ...]:
    """The best of every department, best first; a name that lasts before one that ended."""
    order = sorted(found, key=lambda one: (-one.score, one.valid_to is not None, one.unit_id))
    if len(order) < 2:
        return tuple(order)
    once: dict[str, Suggestion] = {}
    for one in order:
        if len(once) == most or one.score < order[0].score - _NEAR:
            break
        once.setdefault(one.unit_id, one)
    return tuple(once.values())
