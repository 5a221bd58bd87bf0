"""From datasets through analyses to policies: what each record rests on, what it led to, and where the chain ends.

A record is one node, however many departments share it. A record counts as evidence where its metric would count it:
a dataset that was not refused, a recognised analysis, a policy with all its evidence (`policies_evidenced`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final, Literal

from etl.insight.reading import Reading
from etl.insight.records import Origin, SealedRecords, open_records

RecordKind = Literal["dataset", "analysis", "policy"]
Key = tuple[RecordKind, str]
Use = tuple[Key, Key]
"""What is used, and what uses it."""

STAGES: Final = ("report", "plan", "budget", "effect")
"""The rungs of the ladder of use, the lowest first (보고, 계획, 예산·제도, 효과)."""

UNSTATED: Final = "unstated"
"""The group of a record that does not say how it was done or how far it came."""


@dataclass(frozen=True, slots=True)
class ChainRecord:
    """One dataset, analysis or policy.

    Attributes:
        unit_id: in whose name it was recorded.
        units: every department it belongs to: those that share it, and whoever took it over after a reorganisation.
        group: of a dataset `opened` or `collected`, of an analysis its method, of a policy its stage.
        days: when it came to be; a dataset may have been collected on one day and opened on another.
        lacks: why it is no evidence, as a code of `etl.insight.reasons`; None where it is.
    """

    kind: RecordKind
    record_id: str
    title: str
    unit_id: str
    units: frozenset[str]
    group: str
    days: tuple[date, ...]
    lacks: str | None
    document_no: str | None
    origin: Origin

    @property
    def key(self) -> Key:
        """What tells it from all others."""
        return self.kind, self.record_id

    def lies_within(self, starts_on: date, ends_on: date) -> bool:
        """Whether it came to be in these days."""
        return any(starts_on <= day <= ends_on for day in self.days)


@dataclass(frozen=True)
class Graph:
    """Every dataset, analysis and policy of a release, and which used which."""

    records: Mapping[Key, ChainRecord]
    uses: tuple[Use, ...]

    @cached_property
    def _sources(self) -> Mapping[Key, tuple[Key, ...]]:
        return _grouped((user, used) for used, user in self.uses)

    @cached_property
    def _users(self) -> Mapping[Key, tuple[Key, ...]]:
        return _grouped(self.uses)

    def rests_on(self, key: Key) -> tuple[ChainRecord, ...]:
        """What the record itself used, by kind and number."""
        return tuple(self.records[used] for used in self._sources.get(key, ()))

    def led_to(self, key: Key) -> tuple[ChainRecord, ...]:
        """What used the record itself, by kind and number."""
        return tuple(self.records[user] for user in self._users.get(key, ()))

    def over_all_years(self) -> Chain:
        """The chain of every record there is."""
        return self._chain(frozenset(self.records))

    def within(self, starts_on: date, ends_on: date) -> Chain:
        """The chain of the records of these days, with everything those rest on, of whatever year."""
        return self._chain(
            frozenset(key for key, record in self.records.items() if record.lies_within(starts_on, ends_on))
        )

    def _chain(self, own: frozenset[Key]) -> Chain:
        evidence = {key for key, record in self.records.items() if record.lacks is None}
        sources = {user: [used for used in known if used in evidence] for user, known in self._sources.items()}
        reached = _reached(own & evidence, sources)
        drawn = tuple((used, user) for used, user in self.uses if user in reached and used in evidence)
        return Chain(self, own, drawn)


@dataclass(frozen=True)
class Chain:
    """A part of the graph to be told about.

    Attributes:
        own: the records it is about.
        drawn: the uses in it of which both ends are evidence.
        unit_id: whose part it is; None where it is everybody's.
    """

    graph: Graph
    own: frozenset[Key]
    drawn: tuple[Use, ...]
    unit_id: str | None = None

    def of_unit(self, unit_id: str) -> Chain:
        """The part that is a department's: its own records, and every use on a way through one of them."""
        theirs = {key for key, record in self.graph.records.items() if unit_id in record.units}
        above = _reached(theirs, _grouped((user, used) for used, user in self.drawn))
        below = _reached(theirs, _grouped(self.drawn))
        return Chain(
            self.graph,
            self.own & theirs,
            tuple((used, user) for used, user in self.drawn if user in above or used in below),
            unit_id,
        )

    def records(self, kind: RecordKind) -> list[ChainRecord]:
        """The records it is about, of one kind, the latest first."""
        return _latest_first(record for key in self.own if (record := self.graph.records[key]).kind == kind)

    def of_group(self, kind: RecordKind, group: str) -> list[ChainRecord]:
        """The records of a group at either end of a use that is drawn, the latest first."""
        drawn = (self.graph.records[key] for key in {key for use in self.drawn for key in use})
        return _latest_first(record for record in drawn if (record.kind, record.group) == (kind, group))

    def used(self, kind: RecordKind) -> frozenset[Key]:
        """The records of one kind at the beginning of a use that is drawn."""
        return frozenset(used for used, _ in self.drawn if used[0] == kind)


def _latest_first(records: Iterable[ChainRecord]) -> list[ChainRecord]:
    return sorted(records, key=lambda record: (_last(record), record.record_id), reverse=True)


@dataclass(frozen=True, slots=True)
class Rung:
    """One stage of use: the evidenced policies that stand on it, and those that came at least as far."""

    stage: str
    here: int
    reached: int


def ladder(chain: Chain) -> list[Rung]:
    """The evidenced policies by stage, the lowest stage first. `reached` is what the metric of the stage counts."""
    here = Counter(policy.group for policy in chain.records("policy") if policy.lacks is None)
    return [
        Rung(stage, here[stage], sum(here[other] for other in STAGES[position:]))
        for position, stage in enumerate(STAGES)
    ]


@dataclass(frozen=True, slots=True)
class Gaps:
    """Where the chain ends.

    Attributes:
        unused_datasets: datasets that no analysis and no policy ever used, those refused left out.
        unfollowed_analyses: recognised and completed analyses that no policy ever used.
        unproven_policies: policies that lack evidence, each with what it lacks, or that do not say their stage.
    """

    unused_datasets: tuple[ChainRecord, ...]
    unfollowed_analyses: tuple[ChainRecord, ...]
    unproven_policies: tuple[ChainRecord, ...]


def gaps(chain: Chain) -> Gaps:
    """The records the chain is about that lead nowhere or rest on nothing, the latest first."""

    def ends(kind: RecordKind) -> tuple[ChainRecord, ...]:
        return tuple(
            record
            for record in chain.records(kind)
            if record.lacks is None and record.days and not chain.graph.led_to(record.key)
        )

    unproven = tuple(policy for policy in chain.records("policy") if policy.lacks or policy.group == UNSTATED)
    return Gaps(ends("dataset"), ends("analysis"), unproven)


@dataclass(frozen=True, slots=True)
class Flow:
    """How often records of one group used records of another.

    Attributes:
        source: kind and group of what is used.
        target: kind and group of what uses it.
        uses: pairs of records; each pair once.
    """

    source: tuple[RecordKind, str]
    target: tuple[RecordKind, str]
    uses: int


def flows(chain: Chain) -> list[Flow]:
    """The uses drawn, by groups."""

    def group(key: Key) -> tuple[RecordKind, str]:
        return key[0], _group(chain, key)

    counted = Counter((group(used), group(user)) for used, user in chain.drawn)
    return [Flow(source, target, uses) for (source, target), uses in sorted(counted.items())]


@dataclass(frozen=True, slots=True)
class ChainFigures:
    """How much of what was built is used.

    Attributes:
        datasets: datasets the chain is about that were not refused; `collected` of them are not open,
            `datasets_used_here` led to something recognised here, `datasets_unused` were never used.
        datasets_used: datasets, of whatever year, that led to something recognised here.
        analyses: recognised analyses; `analyses_used` of them led to a policy with evidence here,
            `analyses_unfollowed` are used by no policy at all.
        policies: policies; `policies_evidenced` of them with a stage and all their evidence, `policies_unstated` with
            all their evidence and no stage, so that they count on no rung.
    """

    datasets: int
    collected: int
    datasets_used: int
    datasets_used_here: int
    datasets_unused: int
    analyses: int
    analyses_used: int
    analyses_unfollowed: int
    policies: int
    policies_evidenced: int
    policies_unstated: int


def chain_figures(chain: Chain) -> ChainFigures:
    """The figures of a chain; every record counts once."""
    datasets = [record for record in chain.records("dataset") if record.lacks is None]
    analyses = [record for record in chain.records("analysis") if record.lacks is None]
    policies, ends, used_datasets = chain.records("policy"), gaps(chain), chain.used("dataset")
    groups = Counter(policy.group for policy in policies if policy.lacks is None)
    followed = {used for used, user in chain.drawn if user[0] == "policy" and _group(chain, user) != UNSTATED}
    return ChainFigures(
        datasets=len(datasets),
        collected=sum(record.group == "collected" for record in datasets),
        datasets_used=len(used_datasets),
        datasets_used_here=sum(record.key in used_datasets for record in datasets),
        datasets_unused=len(ends.unused_datasets),
        analyses=len(analyses),
        analyses_used=sum(record.key in followed for record in analyses),
        analyses_unfollowed=len(ends.unfollowed_analyses),
        policies=len(policies),
        policies_evidenced=groups.total() - groups[UNSTATED],
        policies_unstated=groups[UNSTATED],
    )


def _group(chain: Chain, key: Key) -> str:
    return chain.graph.records[key].group


def _grouped(pairs: Iterable[tuple[Key, Key]]) -> dict[Key, tuple[Key, ...]]:
    found: defaultdict[Key, list[Key]] = defaultdict(list)
    for first, second in pairs:
        found[first].append(second)
    return {first: tuple(sorted(seconds)) for first, seconds in found.items()}


def _reached(start: Iterable[Key], ways: Mapping[Key, Sequence[Key]]) -> set[Key]:
    """Everything one comes to, the start included. Uses have no circles, but nothing here relies on it."""
    found, waiting = set(start), list(start)
    while waiting:
        more = [key for key in ways.get(waiting.pop(), ()) if key not in found]
        found.update(more)
        waiting.extend(more)
    return found


def _last(record: ChainRecord) -> date:
    return max(record.days, default=date.min)


# Reading -------------------------------------------------------------------------------------------------------------

_DATASETS: Final = """
SELECT r.dataset_id, r.title, r.unit_id, CASE WHEN r.opened_on IS NULL THEN 'collected' ELSE 'opened' END,
    [r.collected_on, r.opened_on], CASE WHEN d.decision = 'refused' THEN 'refused' END, NULL, o.source, o.row_no
FROM read_parquet($records, file_row_number = true) AS r
LEFT JOIN read_parquet($origins, file_row_number = true) AS o ON r.file_row_number = o.file_row_number
LEFT JOIN latest_decisions AS d ON d.record_kind = 'datasets' AND d.record_id = r.dataset_id
ORDER BY r.dataset_id
"""

_ANALYSES: Final = """
SELECT r.analysis_id, r.title, r.unit_id, r.method, [r.completed_on],
    CASE
        WHEN r.work <> 'analysis' THEN 'not_an_analysis'
        WHEN d.decision IS NULL THEN 'not_yet_recognised'
        WHEN d.decision <> 'recognised' THEN d.decision
    END,
    r.document_no, o.source, o.row_no
FROM read_parquet($records, file_row_number = true) AS r
LEFT JOIN read_parquet($origins, file_row_number = true) AS o ON r.file_row_number = o.file_row_number
LEFT JOIN latest_decisions AS d ON d.record_kind = 'analyses' AND d.record_id = r.analysis_id
ORDER BY r.analysis_id
"""

_POLICIES: Final = """
SELECT r.policy_id, r.title, r.unit_id, r.stage, [r.used_on], e.lacks, r.document_no, o.source, o.row_no
FROM read_parquet($records, file_row_number = true) AS r
LEFT JOIN read_parquet($origins, file_row_number = true) AS o ON r.file_row_number = o.file_row_number
LEFT JOIN policy_evidence AS e ON e.policy_id = r.policy_id
ORDER BY r.policy_id
"""

_QUERIES: Final[tuple[tuple[RecordKind, str, str], ...]] = (
    ("dataset", "datasets", _DATASETS),
    ("analysis", "analyses", _ANALYSES),
    ("policy", "policies", _POLICIES),
)

_USES: Final = """
SELECT 'dataset', dataset_id, 'analysis', analysis_id FROM analysis_sources
UNION ALL
SELECT source_kind, source_id, 'policy', policy_id FROM policy_uses
ORDER BY ALL
"""


def read_graph(reading: Reading) -> Graph:
    """Every dataset, analysis and policy of a release that has records. A use of something unknown is left out."""
    with open_records(reading) as sealed:
        belongs = _belonging(sealed)
        shared = _grouped_units(sealed.rows("SELECT analysis_id, unit_id FROM analysis_shares"))
        records: dict[Key, ChainRecord] = {}
        for kind, table, query in _QUERIES:
            for record_id, title, unit_id, group, days, lacks, document_no, origin in sealed.of(table, query):
                partners = shared.get(record_id, frozenset()) if kind == "analysis" else frozenset()
                units = frozenset().union(*(belongs.get(unit, {unit}) for unit in (unit_id, *partners)))
                known = tuple(day for day in days if day is not None)
                records[kind, record_id] = ChainRecord(
                    kind, record_id, title, unit_id, units, group or UNSTATED, known, lacks, document_no, origin
                )
        uses = [((source, used), (target, user)) for source, used, target, user in sealed.rows(_USES)]
    return Graph(records, tuple((used, user) for used, user in uses if used in records and user in records))


def _belonging(sealed: SealedRecords) -> dict[str, frozenset[str]]:
    """Department -> itself and whoever took its records over."""
    taken_over = _grouped_units(sealed.rows("SELECT recorded_unit, unit_id FROM attribution"))
    return {unit_id: heirs | {unit_id} for unit_id, heirs in taken_over.items()}


def _grouped_units(rows: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for key, unit_id in rows:
        found[key].add(unit_id)
    return {key: frozenset(units) for key, units in found.items()}
