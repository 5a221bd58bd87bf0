"""How sure ranks are, told: lines for a person, JSON for a program."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, Final

from etl.errors import Language
from etl.insight.reading import Reading
from etl.insight.reasons import node_names
from etl.insight.robustness import Changed, Robustness, UnitSureness
from etl.insight.standing import group_ids
from etl.scoring.rulebook_terms import EVERYBODY

_WORDS: Final[dict[Language, dict[str, str]]] = {
    "ko": {
        "example": "합성 예시 · ",
        "how": "가중치를 각각 ±{spread} % 안에서 {draws:,}번 바꾸어 순위를 다시 매겼습니다(씨앗 {seed})."
        " 범위에는 그 가운데 90 %가 들어갑니다. 모의 결과이며 점수가 아닙니다.",
        "shift": "한 부서의 순위는 평균 {shift}자리 움직입니다.",
        "everybody": "전체",
        "group": "{group} ({units}개 부서)",
        "unit": "  {rank}위 ({low}~{high}위)  {name}  같은 순위 {share} %{grades}",
        "grades": " · 등급 {grades}",
        "without": "지표를 하나씩 뺐을 때 (크게 달라지는 지표부터)",
        "means": "합치는 방법을 바꾸었을 때",
        "changed": "  {what}: 평가군 안에서 {moved}개 부서의 순위가 바뀌고 평균 {shift}자리 움직임,"
        " 전체 순위의 상관 {spearman}",
        "arithmetic": "산술평균",
        "geometric": "기하평균(한 지표라도 0점이면 0점)",
        "harmonic": "조화평균(한 지표라도 0점이면 0점)",
    },
    "en": {
        "example": "synthetic example · ",
        "how": "Ranked again {draws:,} times with every weight changed by up to ±{spread} % of itself (seed {seed})."
        " A range holds 90 % of the ranks. Simulated; not a score.",
        "shift": "A department's rank moves by {shift} places on average.",
        "everybody": "all departments",
        "group": "{group} ({units} departments)",
        "unit": "  rank {rank} ({low} to {high})  {name}  same rank in {share} %{grades}",
        "grades": " · grade {grades}",
        "without": "with one indicator left out (the largest change first)",
        "means": "with points put together another way",
        "changed": "  {what}: {moved} departments change rank in their group, {shift} places on average;"
        " correlation of all ranks {spearman}",
        "arithmetic": "arithmetic mean",
        "geometric": "geometric mean (nothing at all for whoever has nothing on one indicator)",
        "harmonic": "harmonic mean (nothing at all for whoever has nothing on one indicator)",
    },
}


def robustness_lines(reading: Reading, found: Robustness, language: Language) -> Iterator[str]:
    """The ranges for a person, group after group, and what the ranks hang on."""
    words, evaluation = _WORDS[language], reading.rulebook.evaluation
    label = words["example"] if evaluation.example else ""
    title = evaluation.title.ko if language == "ko" else evaluation.title.en
    yield f"{label}{title} · {reading.manifest.name}"
    yield words["how"].format(draws=found.draws, seed=found.seed, spread=_percent(found.spread))
    yield words["shift"].format(shift=_places(found.mean_shift))
    names = {group.id: group.name.ko if language == "ko" else group.name.en for group in reading.rulebook.peer_groups}
    for group in group_ids(reading):
        members = [unit for unit in found.units.values() if unit.peer_group == group]
        if members:
            yield words["group"].format(group=names.get(group, words["everybody"]), units=len(members))
        for unit in sorted(members, key=lambda unit: (unit.in_group.published, unit.unit_id)):
            yield _unit_line(reading, unit, words)
    nodes = node_names(reading.rulebook, language)
    for heading, changes in (("without", found.without), ("means", found.means)):
        if changes:
            yield words[heading]
        for change in changes:
            yield _changed_line(change, nodes.get(change.what) or words[change.what], words)


def _unit_line(reading: Reading, unit: UnitSureness, words: dict[str, str]) -> str:
    got = ", ".join(f"{grade} {_percent(share)} %" for grade, share in unit.grades.items() if share > 0)
    return words["unit"].format(
        rank=unit.in_group.published,
        low=unit.in_group.low,
        high=unit.in_group.high,
        name=reading.units[unit.unit_id].name,
        share=_percent(unit.in_group.share_at_published),
        grades=words["grades"].format(grades=got) if got else "",
    )


def _changed_line(change: Changed, name: str, words: dict[str, str]) -> str:
    spearman = "-" if change.spearman is None else f"{change.spearman:.3f}"
    return words["changed"].format(what=name, moved=change.moved, shift=_places(change.mean_shift), spearman=spearman)


def _percent(share: float) -> str:
    """In whole percent; what is neither none nor all is never said to be."""
    return "<1" if 0 < share < 0.005 else ">99" if 0.995 <= share < 1 else f"{100 * share:.0f}"


def _places(places: float) -> str:
    return f"{places:.2f}"


def robustness_json(reading: Reading, found: Robustness) -> dict[str, Any]:
    """The same for a program: simulated numbers are floats, shares between 0 and 1."""
    return {
        "release": reading.manifest.name,
        "release_id": reading.manifest.release_id,
        "example": reading.rulebook.evaluation.example,
        "draws": found.draws,
        "seed": found.seed,
        "spread": found.spread,
        "mean_shift": found.mean_shift,
        "units": [_unit_json(reading, unit) for unit in found.units.values()],
        "without": [asdict(change) for change in found.without],
        "means": [asdict(change) for change in found.means],
    }


def _unit_json(reading: Reading, unit: UnitSureness) -> dict[str, Any]:
    return {
        "unit_id": unit.unit_id,
        "name": reading.units[unit.unit_id].name,
        "peer_group": None if unit.peer_group == EVERYBODY else unit.peer_group,
        "in_group": asdict(unit.in_group),
        "overall": asdict(unit.overall),
        "grades": dict(unit.grades),
    }
