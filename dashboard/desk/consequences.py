"""What a ruling changes for everybody: tried on a copy of the records, under the rules of the release it is about."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from etl.evaluate import evaluate, read_rulebook
from etl.insight.reading import Reading, open_release
from etl.intake.arrivals import EARLIER
from etl.intake.rulings import Ruling, write_ruling
from etl.release.seal import RULEBOOK


@dataclass(frozen=True, slots=True)
class Stands:
    """Where a department stands in a release; None where it has no score, or is not ranked.

    Attributes:
        score: rounded as the rulebook says.
        rank: among all.
        group_rank: in its peer group.
        grade: id of its grade.
    """

    score: Decimal | None
    rank: int | None
    group_rank: int | None
    grade: str | None


@dataclass(frozen=True, slots=True)
class Moved:
    """A department whose score, rank or grade changes."""

    unit_id: str
    name: str
    before: Stands
    after: Stands


@dataclass(frozen=True, slots=True)
class Consequences:
    """What a ruling changes, release to release.

    Attributes:
        rules: name of the release whose rulebook holds.
        before: name of the release the records give as they are.
        after: name of the release they give with the ruling.
        units: departments evaluated.
        moved: those that change, the requesting one first where it does, then by code.
    """

    rules: str
    before: str
    after: str
    units: int
    moved: tuple[Moved, ...]

    @property
    def is_as_frozen(self) -> bool:
        """Whether the records are still those of the release it is about."""
        return self.rules == self.before


def consequences(records: Path, release: Path, ruling: Ruling, unit_id: str, work: Path) -> Consequences:
    """What a ruling would change; nothing of it is kept.

    Args:
        records: received files; only read.
        release: the release it is about, for its rulebook.
        ruling: what would be ruled.
        unit_id: the department that asks.
        work: an empty folder for what is made on the way.

    Raises:
        JipyoError: the ruling cannot be written down, or does not find what it expects.
    """
    tried = copied(records, work / "records")
    rulebook = release / RULEBOOK
    before = evaluate(tried, rulebook, work / "before").release
    write_ruling(tried, ruling, read_rulebook(rulebook, None)[1])
    after = evaluate(tried, rulebook, work / "after").release
    return compared(release.name, open_release(before), open_release(after), unit_id)


def carry_out(records: Path, release: Path, ruling: Ruling, work: Path) -> tuple[str, str]:
    """Write a ruling down and make the release it leads to; the records change only once that has succeeded.

    Args:
        records: received files.
        release: the release it is about, for its rulebook; the new one is written beside it.
        ruling: what was ruled.
        work: an empty folder for what is made on the way.

    Returns:
        where the ruling stands, and the name of the new release.

    Raises:
        JipyoError: the ruling cannot be written down, or does not find what it expects.
    """
    tried = copied(records, work / "records")
    _, rules = read_rulebook(release / RULEBOOK, None)
    write_ruling(tried, ruling, rules)
    made = evaluate(tried, release / RULEBOOK, release.parent)
    return write_ruling(records, ruling, rules), made.release.name


def copied(records: Path, into: Path) -> Path:
    """A copy of received files, as they are read: earlier versions stay behind.

    Links would not do: what leads out of a folder of records is not read, and another name for a file counts as a
    change of it for whoever reads it at that moment.
    """
    return Path(shutil.copytree(records, into, ignore=shutil.ignore_patterns(EARLIER, ".*")))


def compared(rules: str, before: Reading, after: Reading, unit_id: str) -> Consequences:
    """The departments that stand otherwise in one release than in the other.

    Args:
        rules: name of the release whose rulebook holds.
        before: one release.
        after: the other, of the same departments or not.
        unit_id: the department that is told first.
    """
    moved = sorted(_moved(before, after), key=lambda one: (one.unit_id != unit_id, one.unit_id))
    names = {*before.units, *after.units}
    return Consequences(rules, before.folder.name, after.folder.name, len(names), tuple(moved))


def _moved(before: Reading, after: Reading) -> Iterator[Moved]:
    for unit_id, unit in {**before.units, **after.units}.items():
        was, is_ = stands(before, unit_id), stands(after, unit_id)
        if was != is_:
            yield Moved(unit_id, unit.name, was, is_)


def stands(reading: Reading, unit_id: str) -> Stands:
    """Where a department stands in a release."""
    score, rank = reading.scores.get(unit_id), reading.ranks.get(unit_id)
    return Stands(
        score.score if score else None,
        rank.rank if rank else None,
        rank.group_rank if rank else None,
        rank.grade if rank else None,
    )
