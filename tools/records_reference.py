"""Writes `docs/records-reference.md` from the record contracts, so that the page cannot fall behind.

Usage: python -m tools.records_reference

Columns, keys and rules come from the contracts, and the kinds of cell from `etl/contracts/fields.py`. Headings in
Korean and English, and what a choice means, stand in `etl/contracts/words.toml`; a test holds that none is missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, get_type_hints

from etl.contracts.fields import Refers
from etl.contracts.records import RECORDS
from etl.contracts.rows import Record
from etl.contracts.words import bare_type, choices_of, kinds_of_cell, record_words, rule_in_words
from tools.reference_pages import summary_of, table, write_page

PAGE: Final = "records-reference.md"


def _cell(annotation: Any, words: Mapping[str, Any]) -> str:
    """What a cell may hold: a kind of cell, a record of another kind, or one of some values."""
    bare = bare_type(annotation)
    choices = choices_of(bare)
    if choices:
        return ", ".join(f"`{choice}` {words['choices'][choice]}" for choice in choices)
    refers = next((mark for mark in getattr(bare, "__metadata__", ()) if isinstance(mark, Refers)), None)
    if refers is not None:
        return f"Code → [{refers.kind}](#{refers.kind})"
    return next(name for name, (kind, _) in kinds_of_cell().items() if kind == bare)


def _rules(contract: type[Record], headings: Mapping[str, list[str]]) -> Iterator[str]:
    for rule in contract.rules:
        korean, english = rule_in_words(rule, headings)
        yield f"- {korean} {english}"
    for together in contract.sums:
        part, whole = headings[together.part], headings[together.whole]
        yield (
            f"- 같은 {whole[0]}(`{together.whole}`)의 {part[0]}(`{together.part}`)을 모두 더하면 1이어야 합니다. "
            f"Over all rows of one `{together.whole}`, `{together.part}` adds up to exactly 1; "
            "otherwise all are rejected."
        )


def _rows(contract: type[Record], words: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    headings = words[contract.kind]
    hints = get_type_hints(contract, include_extras=True)
    for column, field in contract.model_fields.items():
        korean, english = headings[column]
        role = "키 · key" if column in contract.key else ("필수 · required" if field.is_required() else "–")
        yield f"`{column}`", korean, english, role, _cell(hints[column], words)


def _section_lines(contract: type[Record], words: Mapping[str, Any]) -> Iterator[str]:
    korean, english = words[contract.kind]["heading"]
    yield f'<a id="{contract.kind}"></a>'
    yield ""
    yield f"## {korean} · {english}"
    yield ""
    yield f'`kind = "{contract.kind}"`'
    yield ""
    yield words[contract.kind]["about"]
    yield ""
    yield summary_of(contract)
    yield ""
    yield from table(("column", "열 이름", "heading", "", "cell"), _rows(contract, words))
    yield ""
    rules = list(_rules(contract, words[contract.kind]))
    yield from [*rules, ""] if rules else []


def page() -> str:
    """The whole page."""
    words = record_words()
    lines = [words["page"]["start"].strip(), "", "## 차례 · Contents", ""]
    lines += [f"- [{kind}](#{kind}) {' · '.join(words[kind]['heading'])}" for kind in RECORDS]
    lines += ["", "## 칸의 종류 · Kinds of cell", ""]
    cells = kinds_of_cell()
    lines += table(("cell", "뜻", "meaning"), ((name, words["cells"][name], told) for name, (_, told) in cells.items()))
    lines += [
        "",
        "`→`는 그 종류에 있는 기록이어야 한다는 뜻입니다. An arrow: there must be such a record of that kind.",
        "",
    ]
    lines += ["## 같은 키 · One key twice", "", words["page"]["same_key"].strip(), ""]
    for contract in RECORDS.values():
        lines += _section_lines(contract, words)
    return "\n".join(lines).rstrip("\n") + "\n"


if __name__ == "__main__":
    write_page(PAGE, page())
