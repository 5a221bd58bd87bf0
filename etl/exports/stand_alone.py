"""Checks a package of results: every digest, and every score computed again. Needs Python 3.11 and nothing else.

Run it where it lies: `python3 verify.py`. It ends with 0 where all is as it should be and with 1 where it is not.

What it computes again, from contributions.csv and rulebook.toml: the weights, what becomes of those of absent parts,
every area, the base, the total and the score, and the ranks from them. Where departments are ranked by comparing them
in pairs: the votes, the best orders and the ranks, from indicators.csv. What it takes as given: the values and points
of the indicators, and bonus and penalty (within their caps). `jipyo verify` computes these too, from the sealed
records, and checks the signatures: here it is only said whose there are.
"""

from __future__ import annotations

import csv
import hashlib
import json
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal, Overflow, localcontext
from fractions import Fraction
from itertools import islice
from math import lcm
from pathlib import Path
from typing import Any

SUMS, MANIFEST, RULEBOOK, SIGNOFF = "SHA256SUMS", "manifest.json", "rulebook.toml", "signoff.json"
ZERO, ONE = Decimal(0), Decimal(1)
WORKING = Context(prec=50, rounding=ROUND_HALF_EVEN, Emin=-999999, Emax=999999)
STEADY = Context(prec=30, rounding=ROUND_HALF_EVEN)
CLOSE = Decimal("1e-28")
MOST_COMPARED, MOST_ORDERS = 12, 1000
MODES = {"half_up": ROUND_HALF_UP, "half_even": ROUND_HALF_EVEN, "floor": ROUND_FLOOR, "ceiling": ROUND_CEILING}
SHOWN = 20

Table = list[dict[str, str]]
Rows = dict[str, dict[str, str]]


# Digests -------------------------------------------------------------------------------------------------------------


def digest_faults(folder: Path) -> Iterator[str]:
    """Files of a folder that are not, byte for byte, the ones in its list of digests."""
    lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    said = {file: digest for digest, _, file in (line.partition("  ") for line in lines)}
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
    there -= {SUMS, SIGNOFF} if (folder / MANIFEST).is_file() else {SUMS}
    for file in sorted(said.keys() | there):
        if file not in there:
            yield f"{file}: 없습니다 · is missing"
        elif file not in said:
            yield f"{file}: 목록에 없습니다 · is not listed"
        elif sha256(folder / file) != said[file]:
            yield f"{file}: 바뀌었습니다 · was changed"


def manifest_faults(release: Path) -> Iterator[str]:
    """Whether the release has the name its content gives it, and the digests that its manifest says."""
    facts = json.loads((release / MANIFEST).read_bytes())
    name = f"{facts['year']}-{sha256(release / MANIFEST)[:12]}"
    if release.name != name:
        yield f"{MANIFEST}: 내용에 따른 이름은 {name}입니다 · its content gives the name {name}"
    said = {RULEBOOK: facts["rulebook"]["sha256"]}
    said |= {f"{table}.csv": digest for table, digest in facts["tables"].items()}
    for file, digest in said.items():
        if sha256(release / file) != digest:
            yield f"{file}: 명세와 다릅니다 · is not what the manifest says"


def signed(release: Path) -> Iterator[str]:
    """Who signed a release, unchecked; a line each."""
    if (release / SIGNOFF).is_file():
        for one in json.loads((release / SIGNOFF).read_bytes())["signatures"]:
            said = one["statement"]
            line = " ".join(str(said[key]) for key in ("role", "login", "at"))
            seal = "" if said["seal"] == sha256(release / SUMS) else " ✗ 다른 봉인 · of another seal"
            safe = "".join(sign if sign.isprintable() else "?" for sign in line)
            yield f"서명(jipyo verify로 확인) · signed (to be checked by jipyo verify): {safe}{seal}\n"


def sha256(path: Path) -> str:
    """The digest of a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


# Rules ---------------------------------------------------------------------------------------------------------------


class Rules:
    """What of a rulebook a score depends on once the points of its indicators are known."""

    def __init__(self, path: Path) -> None:
        self.all = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        self.areas: dict[str, dict[str, Any]] = {area["id"]: area for area in self.all.get("areas", [])}
        self.indicators = {indicator["id"]: indicator for indicator in self.all["indicators"]}
        self.score: dict[str, Any] = self.all["score"]
        ranking = self.all.get("ranking", {})
        self.basis, self.best = ranking.get("basis", "rounded"), ranking.get("best", "highest")
        self.ties = [{"node": link} if isinstance(link, str) else link for link in ranking.get("ties", [])]
        self.outranks = "outranking" in (ranking.get("method"), self.score["aggregation"])

    def group(self, peer_group: str) -> str:
        """The peer group a department counts in."""
        return peer_group if self.all.get("peer_groups") else "all"

    def node(self, parent: str | None) -> dict[str, Any]:
        """An area, or the root."""
        return self.score if parent is None else self.areas[parent]

    def parts(self, parent: str | None) -> list[str]:
        """What stands below a node."""
        areas = [name for name, area in self.areas.items() if area.get("parent") == parent]
        return areas + [name for name, one in self.indicators.items() if one.get("area") == parent]

    def weight(self, part: str, group: str) -> Decimal:
        """The weight of a part for a peer group."""
        weight = (self.areas.get(part) or self.indicators[part]).get("weight", 1)
        return Decimal(weight[group] if isinstance(weight, dict) else weight)

    def full(self, part: str, group: str) -> Decimal:
        """The points of a full result where the node above is a sum of points."""
        if part in self.indicators:
            return self.weight(part, group)
        area = self.areas[part]
        if "full" in area:
            return Decimal(area["full"])
        if area["aggregation"] != "sum_of_points":
            return ONE
        below = sum((self.weight(one, group) for one in self.parts(part)), ZERO)
        return Decimal(area.get("scale", 1)) * below + Decimal(area.get("offset", 0))

    def votes(self) -> dict[str, Fraction]:
        """Indicator -> its share of all votes: its share of the weights beside it times those of the areas above it."""
        shares: dict[str, Fraction] = {}
        below: list[tuple[str | None, Fraction]] = [(None, Fraction(1))]
        while below:
            parent, share = below.pop()
            weights = {part: Fraction(self.weight(part, "all")) for part in self.parts(parent)}
            own = {part: share * weight / sum(weights.values()) for part, weight in weights.items()}
            shares |= {part: votes for part, votes in own.items() if part in self.indicators}
            below += [(part, votes) for part, votes in own.items() if part in self.areas]
        return shares

    def blocks(self, indicator: str, state: str, weight: Decimal) -> bool:
        """Whether a missing value keeps its department from being ranked."""
        rule = self.indicators[indicator].get("missing", self.score.get("missing", "not_ranked"))
        stops = rule == "not_ranked" or (isinstance(rule, dict) and "value" in rule)
        return state == "missing" and weight > 0 and stops

    def lower_is_better(self, indicator: str) -> bool:
        """Whether lower values of an indicator are better."""
        points = self.indicators[indicator]["points"]
        descends = points["method"] == "goalposts" and points["worst"] > points["best"]
        return bool(self.indicators[indicator].get("direction", "lower" if descends else "higher") == "lower")


# One department's score ----------------------------------------------------------------------------------------------


@dataclass
class Part:
    """A part of a score, or the score itself."""

    name: str
    weight: Decimal
    full: Decimal
    state: str
    points: Decimal | None
    coverage: Decimal
    blocked: bool
    moved: Decimal = ZERO


class Unit:
    """One department, computed again; what differs is added to `faults`."""

    def __init__(self, rules: Rules, unit_id: str, group: str, rows: Rows, faults: list[str]) -> None:
        self.rules, self.unit_id, self.group, self.rows, self.faults = rules, unit_id, group, rows, faults

    def fold(self, parent: str | None) -> Part:
        """A node from its parts."""
        rules, node = self.rules, self.rules.node(parent)
        parts = [
            self.leaf(name) if name in rules.indicators else self.branch(name) for name in self.rules.parts(parent)
        ]
        move_weights(parts)
        present = [part for part in parts if part.points is not None or part.blocked]
        blocked = any(part.blocked for part in parts)
        points = None
        if present and not blocked and node["aggregation"] != "outranking":
            points = combined(node, present)
            blocked = points is None
        for part in parts:
            self.check(part, node, parts, is_summed=points is not None)
        return Part(parent or "", ONE, ONE, state_of(parts), points, coverage_of(parts), blocked)

    def leaf(self, name: str) -> Part:
        """An indicator: its points are given."""
        row, weight = self.rows[name], self.rules.weight(name, self.group)
        covered = ONE if row["state"] == "measured" else ZERO
        blocked = self.rules.blocks(name, row["state"], weight) and number(row["points"]) is None
        return Part(name, weight, weight, row["state"], number(row["points"]), covered, blocked)

    def branch(self, name: str) -> Part:
        """An area: cut and rounded as the rules say, and absent where too little was measured."""
        area, result = self.rules.areas[name], self.fold(name)
        points = None if result.points is None else rounded(cut(area, result.points), area.get("rounding"))
        state = result.state
        if state != "not_applicable" and result.coverage < Decimal(area.get("minimum_coverage", 0)):
            state, points = "missing", None
        weight, full = self.rules.weight(name, self.group), self.rules.full(name, self.group)
        return Part(name, weight, full, state, points, result.coverage, result.blocked)

    def check(self, part: Part, node: dict[str, Any], parts: list[Part], *, is_summed: bool) -> None:
        """Whether a part's row says what was computed."""
        row = self.rows[part.name]
        added = contribution(node, part, parts) if is_summed else None
        self.compare(f"contributions.csv {self.unit_id} {part.name} weight", row["weight"], part.weight)
        self.compare(f"contributions.csv {self.unit_id} {part.name} points", row["points"], part.points)
        self.compare(
            f"contributions.csv {self.unit_id} {part.name} effective_weight", row["effective_weight"], part.moved
        )
        self.compare(f"contributions.csv {self.unit_id} {part.name} contribution", row["contribution"], added)

    def compare(self, where: str, published: str, computed: Decimal | None, *, exactly: bool = False) -> None:
        """Note a number that differs in the first thirty digits, or in any."""
        self.faults.extend(differing(where, published, computed, exactly=exactly))


def differing(where: str, published: str, computed: Decimal | None, *, exactly: bool = False) -> Iterator[str]:
    """The fault of a number that differs in the first thirty digits, or in any."""
    said = number(published)
    if said is None or computed is None:
        same = said is None and computed is None
    else:
        same = said == computed if exactly else abs(said - computed) <= CLOSE * max(ONE, abs(computed))
    if not same:
        yield f"{where}: 공표 {published or '–'}, 계산 · computed {computed}"


def move_weights(parts: list[Part]) -> None:
    """Give the weights of absent parts to the others, in proportion."""
    stated = sum((part.weight for part in parts), ZERO)
    here = [part for part in parts if part.points is not None or part.blocked]
    left = sum((part.weight for part in here), ZERO)
    for part in here:
        part.moved = part.weight if left == stated else part.weight * stated / left if left else ZERO


def state_of(parts: list[Part]) -> str:
    """Measured where any part is, not applicable where all are."""
    states = {part.state for part in parts}
    return "measured" if "measured" in states else "not_applicable" if states == {"not_applicable"} else "missing"


def coverage_of(parts: list[Part]) -> Decimal:
    """The share of the weight that was measured, what is not applicable left out."""
    applicable = [part for part in parts if part.state != "not_applicable"]
    weight = sum((part.weight for part in applicable), ZERO)
    return sum((part.weight * part.coverage for part in applicable), ZERO) / weight if weight else ZERO


def combined(node: dict[str, Any], present: list[Part]) -> Decimal | None:
    """The parts as one number, scaled, shifted and transformed; None where they have none."""
    try:
        points = aggregated(node["aggregation"], present)
        if points is None:
            return None
        return transformed(Decimal(node.get("scale", 1)) * points + Decimal(node.get("offset", 0)), node)
    except Overflow:
        return None


def aggregated(how: str, present: list[Part]) -> Decimal | None:
    """The parts by one of the ways to aggregate."""
    pairs = [(part.points or ZERO, part.moved) for part in present]
    if how == "ratio":
        return pairs[0][0] / pairs[1][0] if len(pairs) == 2 and pairs[1][0] else None
    counted = [part for part in present if part.moved > 0]
    if not counted:
        return ZERO if how in ("sum_of_points", "weighted_sum") else None
    if how == "sum_of_points":
        return sum((share(part) * part.moved for part in counted), ZERO)
    return WAYS[how]([(part.points or ZERO, part.moved) for part in counted])


def share(part: Part) -> Decimal:
    """A part's points as a share of a full result."""
    return (part.points or ZERO) / part.full if part.full else ZERO


Pairs = list[tuple[Decimal, Decimal]]


def weighted(pairs: Pairs) -> Decimal:
    """The sum of points times weights."""
    return sum((points * weight for points, weight in pairs), ZERO)


def weights(pairs: Pairs) -> Decimal:
    """The sum of the weights."""
    return sum((weight for _, weight in pairs), ZERO)


def mean_of_positive(pairs: Pairs, how: Callable[[Pairs], Decimal]) -> Decimal | None:
    """A mean that is zero where a number is zero, and none where one is negative."""
    lowest = min(points for points, _ in pairs)
    return None if lowest < 0 else ZERO if lowest == 0 else how(pairs)


def geometric(pairs: Pairs) -> Decimal:
    """The weighted geometric mean."""
    return (sum((points.ln() * weight for points, weight in pairs), ZERO) / weights(pairs)).exp()


def harmonic(pairs: Pairs) -> Decimal:
    """The weighted harmonic mean."""
    return weights(pairs) / sum((weight / points for points, weight in pairs), ZERO)


def product(pairs: Pairs) -> Decimal | None:
    """The product of powers; none where a negative number has a weight that is not 1."""
    whole = ONE
    for points, weight in pairs:
        if points < 0 and weight != 1:
            return None
        power = points if weight == 1 or points in (ZERO, ONE) else (weight * points.ln()).exp()
        whole *= power
    return whole


WAYS: dict[str, Callable[[Pairs], Decimal | None]] = {
    "weighted_sum": weighted,
    "arithmetic": lambda pairs: weighted(pairs) / weights(pairs),
    "geometric": lambda pairs: mean_of_positive(pairs, geometric),
    "harmonic": lambda pairs: mean_of_positive(pairs, harmonic),
    "product": product,
    "minimum": lambda pairs: min(points for points, _ in pairs),
    "maximum": lambda pairs: max(points for points, _ in pairs),
}


def transformed(value: Decimal, node: dict[str, Any]) -> Decimal | None:
    """A value after the node's transformation; None where it has none."""
    how = node.get("transform", "none")
    if (how in ("ln", "log10") and value <= 0) or (how == "sqrt" and value < 0) or (how == "exp" and abs(value) > 1000):
        return None
    return {"none": lambda: value, "ln": value.ln, "log10": value.log10, "sqrt": value.sqrt, "exp": value.exp}[how]()


def contribution(node: dict[str, Any], part: Part, parts: list[Part]) -> Decimal | None:
    """What a part adds to the node above it; None where that is no sum of its parts."""
    how = node["aggregation"]
    if node.get("transform", "none") != "none" or how not in ("sum_of_points", "weighted_sum", "arithmetic"):
        return None
    if part.points is None:
        return None
    divisor = sum((one.moved for one in parts), ZERO) if how == "arithmetic" else ONE
    earned = share(part) if how == "sum_of_points" else part.points
    return Decimal(node.get("scale", 1)) * earned * part.moved / (divisor or ONE)


def cut(node: dict[str, Any], points: Decimal) -> Decimal:
    """A result cut to the node's floor and cap."""
    points = max(Decimal(node["floor"]), points) if "floor" in node else points
    return min(Decimal(node["cap"]), points) if "cap" in node else points


def rounded(value: Decimal, rule: dict[str, Any] | None) -> Decimal:
    """A number rounded as a rule says; without one it stays."""
    mode = (rule or {"mode": "none"}).get("mode", "half_up")
    if mode == "none":
        return value
    places = Decimal(1).scaleb(-int((rule or {}).get("places", 0)))
    return STEADY.plus(value).quantize(places, rounding=MODES[mode], context=Context(prec=60))


def number(text: str) -> Decimal | None:
    """A cell as a number."""
    return Decimal(text) if text else None


# Places without a score ----------------------------------------------------------------------------------------------


class Orders:
    """The orders that agree with most votes: every indicator votes for the better of two, and half for equals.

    Found exactly, over all sets of departments that can fill the first places; a set is the bits of a whole number.
    """

    def __init__(self, values: dict[str, list[Decimal]], weights: list[Fraction]) -> None:
        self.units = sorted(values)
        self.scale = 2 * lcm(*(weight.denominator for weight in weights))
        self.votes = [
            [self.won(values[one], values[other], weights) if one != other else 0 for other in self.units]
            for one in self.units
        ]
        self.everybody = (1 << len(self.units)) - 1
        self.behind = [0] * (self.everybody + 1)
        self.before = [0] * (self.everybody + 1)
        for placed in range(self.everybody - 1, -1, -1):
            self.behind[placed] = max(self.following(placed, unit) for unit in self.left(placed))
        for placed in range(1, self.everybody + 1):
            lasts = [(placed ^ 1 << unit, unit) for unit in range(len(self.units)) if placed >> unit & 1]
            self.before[placed] = max(self.before[others] + self.gain(others, last) for others, last in lasts)

    def won(self, one: list[Decimal], other: list[Decimal], weights: list[Fraction]) -> int:
        """The votes for one department against another, in whole numbers."""
        pairs = zip(one, other, weights, strict=True)
        won = sum(weight if mine > theirs else weight / 2 for mine, theirs, weight in pairs if mine >= theirs)
        return int(won * self.scale)

    def share(self, votes: int) -> Decimal:
        """Votes as a share of all that an indicator or all of them have for one pair."""
        return Decimal(votes) / self.scale

    def left(self, placed: int) -> list[int]:
        """Who has no place yet."""
        return [unit for unit in range(len(self.units)) if not placed >> unit & 1]

    def gain(self, placed: int, unit: int) -> int:
        """The votes of the next department against all that come after it."""
        return sum(self.votes[unit][other] for other in self.left(placed | 1 << unit))

    def following(self, placed: int, unit: int) -> int:
        """The most votes that can follow if a department comes next."""
        return self.gain(placed, unit) + self.behind[placed | 1 << unit]

    def place(self, unit: int) -> int:
        """The best place a department has in any best order."""
        return min(
            placed.bit_count() + 1
            for placed in range(self.everybody + 1)
            if not placed >> unit & 1 and self.before[placed] + self.following(placed, unit) == self.behind[0]
        )

    def best(self, placed: int = 0, order: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
        """Every best order, by the names of its departments."""
        if placed == self.everybody:
            yield order
        for unit in self.left(placed):
            if self.following(placed, unit) == self.behind[placed]:
                yield from self.best(placed | 1 << unit, (*order, self.units[unit]))


# All departments -----------------------------------------------------------------------------------------------------


class Release:
    """The tables of a release and what was computed again from them."""

    def __init__(self, folder: Path) -> None:
        self.rules = Rules(folder / RULEBOOK)
        self.units = {row["unit_id"]: row for row in table(folder, "units")}
        self.scores = {row["unit_id"]: row for row in table(folder, "scores")}
        self.ranks = {row["unit_id"]: row for row in table(folder, "ranks")}
        self.nodes: dict[str, Rows] = {unit_id: {} for unit_id in self.units}
        for row in table(folder, "contributions"):
            self.nodes[row["unit_id"]][row["node"]] = row
        self.indicators: dict[str, Rows] = {unit_id: {} for unit_id in self.units}
        for row in table(folder, "indicators"):
            self.indicators[row["unit_id"]][row["indicator"]] = row
        self.folder = folder
        self.places: dict[str, int] = {}
        self.faults: list[str] = []

    def check(self) -> list[str]:
        """Every number that comes out otherwise than published."""
        if self.units.keys() != self.scores.keys():
            self.faults.append("scores.csv: 부서가 다릅니다 · other departments than in units.csv")
            return self.faults
        for unit_id in self.units:
            self.check_indicators(unit_id)
            self.check_score(unit_id)
        if self.rules.outranks:
            self.check_orders()
        self.check_ranks()
        return self.faults

    def check_indicators(self, unit_id: str) -> None:
        """The points of the indicators are the same in both tables that say them."""
        for name, row in self.indicators[unit_id].items():
            for column in ("state", "points", "weight"):
                if row[column] != self.nodes[unit_id][name][column]:
                    where = f"indicators.csv {unit_id} {name} {column}"
                    self.faults.append(f"{where}: contributions.csv와 다릅니다 · is not what contributions.csv says")

    def check_score(self, unit_id: str) -> None:
        """Base, total, score, coverage, and whether the department is ranked."""
        row, rules = self.scores[unit_id], self.rules
        unit = Unit(rules, unit_id, self.group(unit_id), self.nodes[unit_id], self.faults)
        root, where = unit.fold(None), f"scores.csv {unit_id}"
        bonus, penalty = Decimal(row["bonus"]), Decimal(row["penalty"])
        total = None if root.points is None else cut(rules.score, root.points + bonus - penalty)
        unit.compare(f"{where} base", row["base"], root.points)
        unit.compare(f"{where} total", row["total"], total)
        score = None if total is None else rounded(total, rules.score.get("rounding"))
        unit.compare(f"{where} score", row["score"], score, exactly="rounding" in rules.score)
        unit.compare(f"{where} coverage", row["coverage"], root.coverage)
        for name, amount in (("bonus", bonus), ("penalty", penalty)):
            cap = rules.all.get("ledger", {}).get(f"{name}_cap")
            if amount < 0 or (cap is not None and amount > Decimal(cap)):
                self.faults.append(f"{where} {name}: {amount}, 한도 · cap {cap}")
        enough = STEADY.plus(root.coverage) >= Decimal(rules.score.get("minimum_coverage", 0))
        has_place = not root.blocked and self.is_compared(unit_id) if rules.outranks else root.points is not None
        if (row["ranked"] == "true") != (has_place and enough):
            self.faults.append(f"{where} ranked: {row['ranked']}")

    def is_compared(self, unit_id: str) -> bool:
        """Whether a department has a value under every indicator, and can be compared with others in pairs."""
        return all(row["value"] for row in self.indicators[unit_id].values())

    def compared(self) -> dict[str, list[Decimal]]:
        """Department -> its values in the order of the indicators, turned so that more is better."""
        signs = {name: -1 if self.rules.lower_is_better(name) else 1 for name in sorted(self.rules.indicators)}
        return {
            unit_id: [sign * Decimal(self.indicators[unit_id][name]["value"]) for name, sign in signs.items()]
            for unit_id in self.units
            if self.is_compared(unit_id)
        }

    def check_orders(self) -> None:
        """The votes of every pair and the best orders; the places of departments follow from them."""
        values, weights = self.compared(), self.rules.votes()
        if len(values) > MOST_COMPARED:
            self.faults.append(f"indicators.csv: {len(values)} > {MOST_COMPARED}")
            return
        orders = Orders(values, [weights[name] for name in sorted(weights)])
        self.places = {unit_id: orders.place(at) for at, unit_id in enumerate(orders.units)}
        pairs = {(row["unit_id"], row["other"]): row["votes"] for row in table(self.folder, "outranking")}
        votes = {
            (one, other): orders.share(orders.votes[j][k])
            for j, one in enumerate(orders.units)
            for k, other in enumerate(orders.units)
            if one != other
        }
        for one, other in sorted(pairs.keys() | votes.keys()):
            self.faults.extend(
                differing(f"outranking.csv {one} {other} votes", pairs.get((one, other), ""), votes.get((one, other)))
            )
        published = table(self.folder, "orders")
        if [row["units"] for row in published] != [" > ".join(order) for order in islice(orders.best(), MOST_ORDERS)]:
            self.faults.append("orders.csv: 가장 많은 표를 얻는 순서가 다릅니다 · other orders gather most votes")
        for row in published:
            self.faults.extend(
                differing(f"orders.csv {row['number']} votes", row["votes"], orders.share(orders.behind[0]))
            )

    def check_ranks(self) -> None:
        """Every place, overall and in the peer group: equals share it, and the next place counts them all."""
        ranked = {unit_id for unit_id, row in self.scores.items() if row["ranked"] == "true"}
        if ranked != self.ranks.keys():
            self.faults.append("ranks.csv: 순위를 매긴 부서가 다릅니다 · other departments than are ranked")
            return
        keys = {unit_id: self.key(unit_id) for unit_id in ranked}
        for unit_id in sorted(ranked):
            group = [other for other in ranked if self.group(other) == self.group(unit_id)]
            computed = {
                "peer_group": self.group(unit_id),
                "rank": str(1 + sum(keys[other] < keys[unit_id] for other in ranked)),
                "ranked_units": str(len(ranked)),
                "group_rank": str(1 + sum(keys[other] < keys[unit_id] for other in group)),
                "group_units": str(len(group)),
                "tied_with": str(sum(keys[other] == keys[unit_id] for other in ranked) - 1),
            }
            for column, value in computed.items():
                published = self.ranks[unit_id][column]
                if published != value:
                    where = f"ranks.csv {unit_id} {column}"
                    self.faults.append(f"{where}: 공표 {published}, 계산 · computed {value}")

    def key(self, unit_id: str) -> list[tuple[bool, Decimal]]:
        """What a department is sorted by, the best first."""
        rules = self.rules
        values: list[Decimal | None] = [self.worth(unit_id)]
        for link in rules.ties:
            node = link["node"]
            if link.get("by", "points") == "value":
                value, turned = number(self.indicators[unit_id][node]["value"]), rules.lower_is_better(node)
            else:
                value, turned = number(self.nodes[unit_id][node]["points"]), rules.best == "lowest"
            values.append(-value if value is not None and turned else value)
        return [(value is None, ZERO if value is None else -value) for value in values]

    def worth(self, unit_id: str) -> Decimal:
        """What a department is sorted by first, the more the better: its score, or its best place in a best order."""
        row, rules = self.scores[unit_id], self.rules
        if rules.outranks:
            return Decimal(-self.places.get(unit_id, 0))
        worth = number(row["score" if rules.basis == "rounded" else "total"]) or ZERO
        return worth if rules.best == "highest" else -worth

    def group(self, unit_id: str) -> str:
        """The peer group a department counts in."""
        return self.rules.group(self.units[unit_id]["peer_group"])


def table(folder: Path, name: str) -> Table:
    """The rows of a table."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def verify(package: Path) -> tuple[list[str], str]:
    """Every fault of a package, and what was found in one line.

    Args:
        package: the unpacked folder, or a release alone.
    """
    faults = list(digest_faults(package))
    releases = [package] if (package / MANIFEST).is_file() else sorted((package / "release").glob("*/"))
    counted = ""
    for folder in releases:
        faults += digest_faults(folder) if folder != package else []
        if faults:
            break  # what was changed is told before what it comes to
        faults += manifest_faults(folder)
        release = Release(folder)
        with localcontext(WORKING):
            faults += release.check()
        what = "점수 없는 순위를" if release.rules.score["aggregation"] == "outranking" else "점수를"
        counted += f"{folder.name}: {len(release.scores)}개 부서의 {what} 다시 계산 · departments computed again\n"
        counted += "".join(signed(folder))
    if not releases:
        faults.append("release: 없습니다 · is missing")
    return faults, counted


def main(arguments: list[str]) -> int:
    """Check the folder named, or the one this file lies in."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    if {"-h", "--help"} & set(arguments):
        sys.stdout.write(f"{__doc__}\nverify.py [폴더 · folder]\n")
        return 0
    package = Path(arguments[0] if arguments else __file__).resolve()
    package = package if package.is_dir() else package.parent
    try:
        faults, counted = verify(package)
    except (OSError, ValueError, LookupError, ArithmeticError, TypeError) as error:
        faults, counted = [f"읽을 수 없습니다 · cannot be read: {error!r}"], ""
    sys.stdout.write(counted)
    for fault in faults[:SHOWN]:
        sys.stdout.write(f"✗ {fault}\n")
    if len(faults) > SHOWN:
        sys.stdout.write(f"… {len(faults)}\n")
    sys.stdout.write("틀립니다 · NOT AS PUBLISHED\n" if faults else "맞습니다 · verified\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
