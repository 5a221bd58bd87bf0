"""A contract compiled to SQL: for every row of text cells, whether it keeps the contract, and if not, every reason.

The pydantic class is the only place where a rule is written. This module reads its annotations and writes the same
rules as expressions over text columns, so that DuckDB checks millions of rows in one scan. A rule that has no SQL here
is a `ContractError` when the module is imported, never a rule that is silently not checked.
"""

from __future__ import annotations

import re
import types
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Final, Literal, Union, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt
from pydantic import BeforeValidator, StringConstraints
from pydantic.fields import FieldInfo

from etl.contracts.fields import DAY, Grammar, Personal, Refers
from etl.contracts.records import RECORDS
from etl.contracts.rows import InOrder, NeededWhen, OneGiven, Record, RowRule
from etl.engine import name, text

MISSING: Final = "missing"
TOO_SHORT: Final = "too_short"
TOO_LONG: Final = "too_long"
FORBIDDEN_CHARACTERS: Final = "forbidden_characters"
NOT_ONE_OF: Final = "not_one_of"
OUT_OF_RANGE: Final = "out_of_range"
UNKNOWN_REFERENCE: Final = "unknown_reference"
UNKNOWN_NAME: Final = "unknown_name"

_FIRST_DAY, _LAST_DAY = "DATE '0001-01-01'", "DATE '9999-12-31'"

SHOWN_CHARACTERS: Final = 500
"""How much of a bad cell a reject repeats."""

_BOUNDS: Final[dict[type, tuple[str, str]]] = {Ge: ("<", "ge"), Gt: ("<=", "gt"), Le: (">", "le"), Lt: (">=", "lt")}
_SQL_TYPES: Final[dict[type, str]] = {str: "VARCHAR", int: "BIGINT", Decimal: "DECIMAL(18, 6)", date: "DATE"}
_UNSAFE_PATTERN: Final = re.compile(r"\\[a-zA-Z](?<!\\x)|\(\?|\\[0-9]|[*+?}][?+]|\[:|&&")


class ContractError(TypeError):
    """A contract uses a rule that cannot be checked in SQL. A fault of the program, found when it starts."""


@dataclass(frozen=True, slots=True)
class Step:
    """One way a cell can be wrong: `broken` is SQL, true for a bad cell; later steps may rely on earlier ones."""

    reason: str
    broken: str


@dataclass(frozen=True, slots=True)
class ColumnCheck:
    """One column of a contract, compiled.

    Attributes:
        column: its name; the SQL below reads a text column of this name, and its value as `ContractCheck.read` has it.
        kind: SQL type of the staged value.
        value: SQL of the staged value (NULL when absent or bad).
        required: whether an absent cell is a fault.
        steps: what a present cell must not be, in order.
        refers: kind of record the value must name.
        personal: whether the text may be repeated to anybody.
    """

    column: str
    kind: str
    value: str
    required: bool
    steps: tuple[Step, ...]
    refers: str | None
    personal: bool

    @property
    def fine(self) -> str:
        """SQL: true for a good cell, otherwise false or NULL."""
        # Whatever names a staged record has the grammar of its key, which is this column's own: one look is enough.
        decisive = self.steps[-1:] if self.is_looked_up else self.steps
        present = " AND ".join([f"{name(self.column)} <> ''", *(f"NOT ({step.broken})" for step in decisive)])
        return f"({present})" if self.required else f"({_absent(self.column)} OR ({present}))"

    @property
    def is_looked_up(self) -> bool:
        """Whether the last step asks if the record that the cell names is there."""
        return bool(self.steps) and self.steps[-1].broken == name(unknown(self.column))

    @property
    def reason(self) -> str:
        """SQL: the first reason why the cell is bad, or NULL."""
        first = f"WHEN {_absent(self.column)} THEN {text(MISSING) if self.required else 'NULL'}"
        others = " ".join(f"WHEN {step.broken} THEN {text(step.reason)}" for step in self.steps)
        return f"CASE {first} {others} END"


@dataclass(frozen=True, slots=True)
class ContractCheck:
    """A whole contract, compiled."""

    contract: type[Record]
    columns: tuple[ColumnCheck, ...]
    rules: tuple[tuple[str, Step], ...]

    @property
    def fine(self) -> str:
        """SQL over the text columns: TRUE when the row keeps every rule of the contract, otherwise FALSE."""
        parts = [check.fine for check in self.columns] + [f"NOT ({step.broken})" for _, step in self.rules]
        return f"COALESCE({' AND '.join(parts)}, FALSE)"

    @property
    def reasons(self) -> str:
        """SQL: a list of {column, reason, text}, one for each column or rule that is broken."""
        found = [
            f"{{'column': {text(check.column)}, 'reason': {check.reason}, 'text': {self._shown(check)}}}"
            for check in self.columns
        ]
        found += [
            f"{{'column': {text(column)}, 'reason': CASE WHEN {self._readable(rule)} AND {step.broken}"
            f" THEN {text(step.reason)} END, 'text': {self._shown(self.column(column))}}}"
            for rule, (column, step) in zip(self.contract.rules, self.rules, strict=True)
        ]
        return f"list_filter([{', '.join(found)}], lambda r: r.reason IS NOT NULL)"

    def read(self, rows: str) -> str:
        """SQL: rows of the text columns, each with its values beside it; what `fine`, `reasons`, `staged` select from.

        Every text is converted once, however many rules look at its value.
        """
        values = [
            f", TRY_CAST({name(check.column)} AS {check.kind}) AS {name(_converted(check.column))}"
            for check in self.columns
            if check.kind != "VARCHAR"
        ]
        return f"(SELECT *{''.join(values)} FROM {rows})"

    @property
    def staged(self) -> str:
        """SQL: the staged value of every column, under the column's name."""
        return ", ".join(f"{check.value} AS {name(check.column)}" for check in self.columns)

    def column(self, column: str) -> ColumnCheck:
        """The compiled column of this name."""
        return next(check for check in self.columns if check.column == column)

    def _readable(self, rule: RowRule) -> str:
        """SQL: true where the rule's own columns are good; on others it has nothing to say."""
        return " AND ".join(self.column(column).fine for column in rule.columns)

    def _shown(self, check: ColumnCheck) -> str:
        """SQL: the beginning of a cell's text, as a reject repeats it.

        A cell about a person is never repeated. Where it is bad, the columns may have been swapped, and nothing of the
        row is repeated.
        """
        if check.personal:
            return "CAST(NULL AS VARCHAR)"
        beginning = f"left({name(check.column)}, {SHOWN_CHARACTERS})"
        personal = " AND ".join(other.fine for other in self.columns if other.personal)
        return f"CASE WHEN {personal} THEN {beginning} END" if personal else beginning

    def with_references(self, named_units: Collection[str]) -> ContractCheck:
        """The same contract, where a column that names another record must also find it.

        Args:
            named_units: columns whose cells are department names already looked up: a cell left over is a name that
                nobody has decided on, and need not look like a code.

        The SQL reads a boolean column `unknown(column)` beside each such column.
        """
        return replace(self, columns=tuple(_with_reference(check, named_units) for check in self.columns))


def unknown(column: str) -> str:
    """Name of the boolean column that says whether the record a cell names is unknown."""
    return f"_{column}_is_unknown"


def _with_reference(check: ColumnCheck, named_units: Collection[str]) -> ColumnCheck:
    if check.refers is None:
        return check
    if check.column in named_units:
        return replace(check, steps=(Step(UNKNOWN_NAME, name(unknown(check.column))),))
    return replace(check, steps=(*check.steps, Step(UNKNOWN_REFERENCE, name(unknown(check.column)))))


def compile_contract(contract: type[Record]) -> ContractCheck:
    """The contract as SQL.

    Raises:
        ContractError: it has a rule that SQL here cannot express.
    """
    _refuse_what_only_python_sees(contract)
    columns = tuple(_compile_column(contract, column, field) for column, field in contract.model_fields.items())
    by_name = {check.column: check for check in columns}
    _check_named_columns(contract, by_name)
    return ContractCheck(contract, columns, tuple(_compile_rule(rule, by_name) for rule in contract.rules))


def _refuse_what_only_python_sees(contract: type[Record]) -> None:
    """Validators in methods, aliases and settings of a class change pydantic's verdict and have no SQL."""
    own, common = contract.__pydantic_decorators__, Record.__pydantic_decorators__
    if (
        own.field_validators
        or own.validators
        or own.root_validators
        or own.model_validators.keys() - (common.model_validators.keys())
    ):
        raise ContractError(f"{contract.__name__}: a validator in a method has no SQL")
    if contract.model_config != Record.model_config:
        raise ContractError(f"{contract.__name__}: settings of its own have no SQL")


def _check_named_columns(contract: type[Record], columns: Mapping[str, ColumnCheck]) -> None:
    """What a key, a rule or a sum names must be there; a key is never absent; choices are compared as text."""
    named = [*contract.key]
    for rule in contract.rules:
        named += rule.columns
    for together in contract.sums:
        named += (together.part, together.whole)
    for column in named:
        if column not in columns:
            raise ContractError(f"{contract.__name__}: there is no column {column!r}")
    for column in contract.key:
        if not columns[column].required:
            raise ContractError(f"{contract.__name__}.{column}: a column of the key must be required")
    for rule in contract.rules:
        if isinstance(rule, NeededWhen) and columns[rule.other].kind != "VARCHAR":
            raise ContractError(f"{contract.__name__}.{rule.other}: only texts are compared with given values")


def _compile_column(contract: type[Record], column: str, field: FieldInfo) -> ColumnCheck:
    base, marks = _unwrapped(field)
    where = f"{contract.__name__}.{column}"
    if not field.is_required() and field.default is not None:
        raise ContractError(f"{where}: only None can be the default of an optional column")
    choices = get_args(base) if get_origin(base) is Literal else None
    python_type = type(choices[0]) if choices else base
    if python_type not in _SQL_TYPES:
        raise ContractError(f"{where}: no SQL type for {python_type}")
    if field.alias or field.validation_alias:
        raise ContractError(f"{where}: an alias has no SQL")
    kind = _SQL_TYPES[python_type]
    typed = name(column) if kind == "VARCHAR" else name(_converted(column))
    if kind != "VARCHAR" and not any(isinstance(mark, Grammar) for mark in marks):
        raise ContractError(
            f"{where}: without a grammar, a text that is no {python_type.__name__} would pass as absent"
        )
    steps = [_choice_step(column, choices)] if choices else []
    for mark in marks:
        steps.extend(_compile_mark(where, column, kind, typed, mark))
    return ColumnCheck(
        column=column,
        kind=kind,
        value=typed if kind != "VARCHAR" or field.is_required() else f"NULLIF({typed}, '')",
        required=field.is_required(),
        steps=tuple(steps),
        refers=next((mark.kind for mark in marks if isinstance(mark, Refers)), None),
        personal=any(isinstance(mark, Personal) for mark in marks),
    )


def _unwrapped(field: FieldInfo) -> tuple[Any, list[Any]]:
    """The bare type of a field and every mark on it, from `T`, `Annotated[T, …]` or `Annotated[T, …] | None`."""
    base: Any = field.annotation
    marks = list(field.metadata)
    if get_origin(base) in (Union, types.UnionType):
        options = [option for option in get_args(base) if option is not type(None)]
        base = options[0] if len(options) == 1 else base
    while hasattr(base, "__metadata__"):
        marks = [*base.__metadata__, *marks]
        base = base.__origin__
    return base, [part for mark in marks for part in (mark.metadata if isinstance(mark, FieldInfo) else [mark])]


def _compile_mark(where: str, column: str, kind: str, typed: str, mark: Any) -> Iterator[Step]:
    match mark:
        case Grammar():
            yield Step(
                mark.fault, _not_matching(where, column, mark.pattern) if kind != "DATE" else _no_day(column, mark)
            )
        case StringConstraints():
            yield from _string_steps(where, column, mark)
        case Ge() | Gt() | Le() | Lt():
            comparison, attribute = _BOUNDS[type(mark)]
            yield Step(OUT_OF_RANGE, f"{typed} {comparison} {getattr(mark, attribute)}")
        case Refers() if mark.kind not in RECORDS:
            raise ContractError(f"{where}: there is no kind of record {mark.kind!r}")
        case Refers() | Personal() | BeforeValidator():
            pass
        case _:
            raise ContractError(f"{where}: the rule {mark!r} has no SQL")
    if isinstance(mark, BeforeValidator) and kind == "VARCHAR":
        raise ContractError(f"{where}: a validator on text has no SQL")


def _string_steps(where: str, column: str, mark: StringConstraints) -> Iterator[Step]:
    known = {"min_length", "max_length", "pattern"}
    unknown = [attribute for attribute, value in vars(mark).items() if value is not None and attribute not in known]
    if unknown:
        raise ContractError(f"{where}: the text rules {unknown} have no SQL")
    if mark.min_length is not None and mark.min_length > 1:
        yield Step(TOO_SHORT, f"length({name(column)}) < {mark.min_length}")
    if mark.max_length is not None:
        yield Step(TOO_LONG, f"length({name(column)}) > {mark.max_length}")
    if mark.pattern is not None:
        yield Step(FORBIDDEN_CHARACTERS, _not_matching(where, column, str(mark.pattern)))


def _not_matching(where: str, column: str, pattern: str) -> str:
    """SQL: the cell does not match; only patterns that mean the same to Rust, RE2 and Python are let through."""
    body = pattern.removeprefix("^").removesuffix("$")
    outside_classes = re.sub(r"\[[^\]]*\]", "", body)
    if (
        not (pattern.startswith("^") and pattern.endswith("$"))
        or set(".^$|") & set(outside_classes)
        or _UNSAFE_PATTERN.search(body)
    ):
        raise ContractError(f"{where}: the pattern {pattern!r} may mean something else in SQL")
    return f"NOT regexp_full_match({name(column)}, {text(body)})"


def _no_day(column: str, grammar: Grammar) -> str:
    """SQL: the cell is no day from 0001-01-01 to 9999-12-31, Python's calendar, written as the grammar asks.

    DuckDB takes other forms too and writes a day in this one alone: a text that comes back unchanged had it. That
    costs half of what the pattern does.
    """
    if grammar.pattern != DAY:
        raise ContractError(f"{column}: the form {grammar.pattern!r} of a day has no SQL")
    day = name(_converted(column))
    return f"CAST({day} AS VARCHAR) IS DISTINCT FROM {name(column)} OR {day} NOT BETWEEN {_FIRST_DAY} AND {_LAST_DAY}"


def _converted(column: str) -> str:
    """Name of the column that holds a cell's value, NULL where the text has none."""
    return f"value of {column}"


def _choice_step(column: str, choices: Iterable[str]) -> Step:
    return Step(NOT_ONE_OF, f"{name(column)} NOT IN ({', '.join(text(choice) for choice in choices)})")


def _compile_rule(rule: RowRule, columns: dict[str, ColumnCheck]) -> tuple[str, Step]:
    """A rule between columns, of which each is good for itself."""
    match rule:
        case InOrder():
            first, second = columns[rule.first], columns[rule.second]
            broken = f"COALESCE({first.value} > {second.value}, FALSE)"
        case NeededWhen():
            listed = ", ".join(text(value) for value in rule.values)
            broken = f"COALESCE({name(rule.other)} IN ({listed}), FALSE) AND {_absent(rule.column)}"
        case OneGiven():
            broken = f"{_absent(rule.first)} AND {_absent(rule.second)}"
        case _:
            raise ContractError(f"the rule {rule!r} has no SQL")
    return rule.columns[-1], Step(rule.fault, broken)


def _absent(column: str) -> str:
    return f"({name(column)} IS NULL OR {name(column)} = '')"


CHECKS: Final[dict[str, ContractCheck]] = {kind: compile_contract(contract) for kind, contract in RECORDS.items()}
"""Every contract, compiled when the program starts."""
