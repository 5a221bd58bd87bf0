"""The page from data to policy: figures, flows, the ladder of use, where the chain ends, and the walk along it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from dashboard.frames.department import origin_text
from dashboard.frames.source import Source
from dashboard.markup import Fact
from etl.insight.chain import (
    STAGES,
    UNSTATED,
    Chain,
    ChainFigures,
    ChainRecord,
    Graph,
    Key,
    RecordKind,
    chain_figures,
    flows,
    ladder,
)
from etl.insight.reasons import record_reason
from etl.scoring.decimals import rounded
from etl.shown import NOTHING, number

KINDS: Final[tuple[RecordKind, ...]] = ("policy", "analysis", "dataset")
"""In the order they are offered."""

_COLUMNS: Final[dict[RecordKind, int]] = {"dataset": 0, "analysis": 1, "policy": 2}
_ORDER: Final = ("collected", "opened", "own", "commissioned", "standard_model", *STAGES, UNSTATED)


def key_of(said: str | None, graph: Graph) -> Key | None:
    """The record an address names; None where there is no such record."""
    kind, _, record_id = (said or "").partition(":")
    found = [known for known in KINDS if known == kind and (known, record_id) in graph.records]
    return (found[0], record_id) if found else None


def address_of(record: ChainRecord) -> str:
    """How an address names a record."""
    return f"{record.kind}:{record.record_id}"


def may_see(source: Source, record: ChainRecord) -> bool:
    """Whether the reader may see the record itself: it belongs to a department whose records are in scope."""
    return any(map(source.scope.may_see_records, record.units))


def group_text(source: Source, kind: RecordKind, group: str) -> str:
    """What a group of records is called: how a dataset is held, an analysis was done, a policy's stage."""
    return source.words(f"chain.group.{kind}.{group}")


# Figures -------------------------------------------------------------------------------------------------------------


def chain_facts(source: Source, chain: Chain) -> list[Fact]:
    """The figures at the head of the page."""
    words, found = source.words, chain_figures(chain)
    return [
        Fact(
            words("chain.datasets"),
            number(found.datasets),
            words("chain.datasets.beside", collected=number(found.collected)),
            "datasets",
        ),
        Fact(
            words("chain.datasets_used"),
            number(found.datasets_used),
            _datasets_used_beside(source, chain, found),
            "datasets_used",
        ),
        Fact(
            words("chain.analyses"),
            number(found.analyses),
            words(
                "chain.analyses.beside",
                used=number(found.analyses_used),
                unfollowed=number(found.analyses_unfollowed),
            ),
            "recognised",
        ),
        Fact(
            words("chain.policies"),
            number(found.policies_evidenced),
            words("chain.policies.beside", policies=number(found.policies)),
            "policies_evidenced",
        ),
    ]


def _datasets_used_beside(source: Source, chain: Chain, found: ChainFigures) -> str:
    said = source.words("chain.datasets_used.beside")
    others = found.datasets_used - found.datasets_used_here
    if not others:
        return said
    return (
        f"{said}, {source.words('chain.datasets_used.others', others=others_text(source, chain), count=number(others))}"
    )


def others_text(source: Source, chain: Chain) -> str:
    """What records are that a chain draws and is not about: of other years, or of other departments too."""
    return source.words(f"chain.others.{'body' if chain.unit_id is None else 'unit'}")


def gap_sentences(source: Source, chain: Chain) -> list[str]:
    """How many datasets, analyses and policies came on and how many did not, each adding up to the figures above."""
    found = chain_figures(chain)
    elsewhere = found.datasets - found.datasets_used_here - found.datasets_unused
    otherwise = found.analyses - found.analyses_used - found.analyses_unfollowed
    said = {
        "datasets": (found.datasets, found.datasets_used_here, found.datasets_unused, elsewhere),
        "analyses": (found.analyses, found.analyses_used, found.analyses_unfollowed, otherwise),
        "policies": (
            found.policies,
            found.policies_evidenced,
            found.policies - found.policies_evidenced,
            found.policies_unstated,
        ),
    }
    return [_adding_up(source, kind, *counts) for kind, counts in said.items() if counts[0]]


def _adding_up(source: Source, kind: str, whole: int, used: int, ended: int, rest: int) -> str:
    facts = {"whole": number(whole), "used": number(used), "ended": number(ended)}
    said = source.words(f"chain.adds_up.{kind}", **facts)
    return f"{said} {source.words(f'chain.adds_up.{kind}.rest', rest=number(rest))}" if rest else said


# Flows ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FlowNode:
    """A group of records.

    Attributes:
        code: how an address names it.
        name: with the kind of record; `label` is the group alone, with how many records it is.
        column: 0 datasets, 1 analyses, 2 policies.
        uses: those it gives or those it takes, whichever are more.
        said: how many records it is and how often they used or were used, in words.
    """

    code: str
    name: str
    label: str
    column: int
    uses: int
    said: str


@dataclass(frozen=True, slots=True)
class FlowLink:
    """Uses between two groups, by their places among the nodes."""

    source: int
    target: int
    uses: int


@dataclass(frozen=True, slots=True)
class FlowFrame:
    """What the picture of the flow shows, column by column; `columns` are their names."""

    columns: tuple[str, ...]
    nodes: tuple[FlowNode, ...]
    links: tuple[FlowLink, ...]
    summary: str


def flow_frame(source: Source, chain: Chain) -> FlowFrame:
    """The uses between records that count, by groups; groups without any are left out."""
    found = flows(chain)
    groups = {end for flow in found for end in (flow.source, flow.target)}
    ordered = sorted(groups, key=lambda group: (_COLUMNS[group[0]], _ORDER.index(group[1])))
    at = {group: position for position, group in enumerate(ordered)}
    given = {group: sum(flow.uses for flow in found if flow.source == group) for group in ordered}
    taken = {group: sum(flow.uses for flow in found if flow.target == group) for group in ordered}
    nodes = (_node(source, chain, kind, group, given[kind, group], taken[kind, group]) for kind, group in ordered)
    columns = tuple(source.words(f"chain.column.{kind}") for kind in _COLUMNS)
    links = sorted((at[flow.source], at[flow.target], flow.uses) for flow in found)
    return FlowFrame(columns, tuple(nodes), tuple(FlowLink(*link) for link in links), _flow_summary(source, chain))


def _node(source: Source, chain: Chain, kind: RecordKind, group: str, given: int, taken: int) -> FlowNode:
    words, called = source.words, group_text(source, kind, group)
    name = words("chain.node", kind=words(f"chain.kind.{kind}"), group=called)
    records = number(len(chain.of_group(kind, group)))
    return FlowNode(
        code=f"{kind}:{group}",
        name=name,
        label=words("chain.flow.label", group=called, records=records),
        column=_COLUMNS[kind],
        uses=max(given, taken),
        said=words(f"chain.flow.said.{kind}", group=name, records=records, given=number(given), taken=number(taken)),
    )


def _flow_summary(source: Source, chain: Chain) -> str:
    if not chain.drawn:
        return source.words("chain.flow.none")
    return " ".join(_flow_sentences(source, chain))


def _flow_sentences(source: Source, chain: Chain) -> Iterator[str]:
    """Uses by way, then what in the picture is not counted in the figures above it."""
    words, ways = source.words, [(used[0], user[0]) for used, user in chain.drawn]
    datasets, analyses = chain.used("dataset"), chain.used("analysis")
    yield words(
        "chain.flow.summary",
        datasets=number(len(datasets)),
        into_analyses=number(ways.count(("dataset", "analysis"))),
        into_policies=number(ways.count(("dataset", "policy"))),
        analyses=number(len(analyses)),
        from_analyses=number(ways.count(("analysis", "policy"))),
    )
    if not datasets | analyses <= chain.own:
        yield words(
            "chain.flow.others",
            datasets=number(len(datasets - chain.own)),
            analyses=number(len(analyses - chain.own)),
            others=others_text(source, chain),
        )
    policies = {user for _, user in chain.drawn if user[0] == "policy"}
    unstated = len(chain.of_group("policy", UNSTATED))
    if unstated:
        yield words("chain.flow.unstated", policies=number(len(policies)), unstated=number(unstated))


# The ladder ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LadderRow:
    """One stage of use; `share_pct` is the part of the evidenced policies that came at least this far."""

    name: str
    here: str
    reached: str
    share_pct: Decimal


def ladder_rows(source: Source, chain: Chain) -> list[LadderRow]:
    """The rungs, the lowest first; none where no policy has evidence."""
    rungs = ladder(chain)
    every = rungs[0].reached
    return [
        LadderRow(
            group_text(source, "policy", rung.stage),
            number(rung.here),
            number(rung.reached),
            rounded(Decimal(100 * rung.reached) / every, 1),
        )
        for rung in rungs
        if every
    ]


# Records -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One record as text.

    Attributes:
        address: how an address names it.
        depth: how many steps it is away, from 0.
        standing: that it is evidence, or why it is not.
    """

    address: str
    kind: str
    record_id: str
    title: str
    unit: str
    day: str
    standing: str
    origin: str
    depth: int = 0


def record_line(source: Source, record: ChainRecord, names: Mapping[str, str], depth: int = 0) -> RecordLine:
    """A record in words.

    Args:
        source: the release.
        record: one the reader may see.
        names: code -> name of every department, former ones included.
        depth: how many steps it is away.
    """
    words = source.words
    return RecordLine(
        address=address_of(record),
        kind=words(f"chain.kind.{record.kind}"),
        record_id=record.record_id,
        title=record.title,
        unit=_unit_text(source, record, names),
        day=words.day(max(record.days)) if record.days else NOTHING,
        standing=standing_text(source, record),
        origin=origin_text(source, record.origin.file if _is_theirs(source, record) else None, record.origin.row),
        depth=depth,
    )


def _is_theirs(source: Source, record: ChainRecord) -> bool:
    """Whether the papers of a record may be shown: those of shared work stay with whoever recorded it.

    What a former department recorded belongs to its successors, and is seen with the record.
    """
    recorded_by = record.unit_id
    return source.scope.may_see_records(recorded_by) or recorded_by not in source.reading.units


def _unit_text(source: Source, record: ChainRecord, names: Mapping[str, str]) -> str:
    """The department it is recorded for; the name of another one only where the reader may see it."""
    unit_id = record.unit_id
    if not source.scope.may_see(unit_id):
        unit_id = min(filter(source.scope.may_see_records, record.units))
    return names.get(unit_id, unit_id)


def standing_text(source: Source, record: ChainRecord) -> str:
    """Whether it is evidence, and if not, why."""
    if record.lacks is not None:
        return record_reason(record.lacks, source.words.language)
    if record.kind == "policy" and record.group == UNSTATED:
        return record_reason("stage_unknown", source.words.language)
    return source.words("chain.counts")


@dataclass(frozen=True, slots=True)
class RecordList:
    """Records the reader may see, and how many others there are."""

    lines: tuple[RecordLine, ...]
    hidden: int

    @property
    def total(self) -> int:
        """All of them."""
        return len(self.lines) + self.hidden


def record_list(source: Source, records: Sequence[ChainRecord], names: Mapping[str, str]) -> RecordList:
    """Records in the given order: named where the reader may see them, counted otherwise."""
    seen = tuple(record_line(source, record, names) for record in records if may_see(source, record))
    return RecordList(seen, len(records) - len(seen))


def group_list(source: Source, chain: Chain, code: str, names: Mapping[str, str]) -> RecordList:
    """The records of a group of the flow, told by the code of its node."""
    kind, _, group = code.partition(":")
    (of_kind,) = (known for known in KINDS if known == kind)
    return record_list(source, chain.of_group(of_kind, group), names)


# The walk ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class WalkFrame:
    """One record, what it rests on and what it led to.

    Attributes:
        facts: (what, as text).
        rests_on: everything below it, each under what used it.
        led_to: everything above it, each under what it came of.
    """

    title: str
    facts: tuple[tuple[str, str], ...]
    rests_on: RecordList
    led_to: RecordList


def walk_frame(source: Source, graph: Graph, key: Key, names: Mapping[str, str]) -> WalkFrame:
    """A record the reader may see, with both ways from it to the end."""
    words, record = source.words, graph.records[key]
    line = record_line(source, record, names)
    facts = (
        (words("chain.kind"), words("chain.kind.with_id", kind=line.kind, record_id=record.record_id)),
        (words("chain.unit"), line.unit),
        (words(f"chain.day.{record.kind}"), ", ".join(map(words.day, sorted(record.days))) or NOTHING),
        (words(f"chain.group.{record.kind}"), group_text(source, record.kind, record.group)),
        (words("chain.document"), (record.document_no if _is_theirs(source, record) else None) or NOTHING),
        (words("chain.standing"), line.standing),
        (words("chain.origin"), line.origin),
    )
    shown = tuple(fact for fact in facts if record.kind != "dataset" or fact[0] != words("chain.document"))
    return WalkFrame(
        record.title, shown, _walk(source, graph, key, names, "down"), _walk(source, graph, key, names, "up")
    )


def _walk(source: Source, graph: Graph, key: Key, names: Mapping[str, str], way: str) -> RecordList:
    """Everything on one way, depth first. A record on two ways stands on both, and counts as hidden once."""
    step = graph.rests_on if way == "down" else graph.led_to
    lines: list[RecordLine] = []
    hidden: set[Key] = set()

    def follow(here: Key, depth: int) -> None:
        for record in step(here):
            if may_see(source, record):
                lines.append(record_line(source, record, names, depth))
            else:
                hidden.add(record.key)
            follow(record.key, depth + 1)

    follow(key, 0)
    return RecordList(tuple(lines), len(hidden))


def walk_sentence(source: Source, frame: WalkFrame) -> str:
    """How many records lie on either way, each once."""
    below, above = ({line.address for line in part.lines} for part in (frame.rests_on, frame.led_to))
    return source.words(
        "chain.walk.summary",
        below=number(len(below) + frame.rests_on.hidden),
        above=number(len(above) + frame.led_to.hidden),
    )


def walkable(source: Source, graph: Graph, kind: RecordKind, unit_id: str | None) -> dict[str, str]:
    """The records one can walk from, of one kind, of a department or of all: address -> title."""
    found = [
        record
        for key, record in graph.records.items()
        if record.kind == kind
        and (unit_id is None or unit_id in record.units)
        and may_see(source, record)
        and (graph.rests_on(key) or graph.led_to(key))
    ]
    ordered = sorted(found, key=lambda record: (record.title, record.record_id))
    return {address_of(record): f"{record.title} ({record.record_id})" for record in ordered}
