"""A rule that SQL cannot check is an error when the program starts, never a rule that is silently not checked."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, ClassVar, Literal, Self

import pytest
from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    field_validator,
    model_validator,
)

from etl.contracts.fields import Code, Count, Day, Grammar, Integer, Line, Refers
from etl.contracts.rows import AddsUpToOne, InOrder, NeededWhen, Record, RowRule
from etl.intake.checks import ContractError, compile_contract


def contract(annotation: Any, **default: object) -> type[Record]:
    """A contract with a code and one more column of this annotation."""
    body = {
        "__annotations__": {"code": Code, "cell": annotation},
        "__module__": __name__,
        "kind": "departments",
        "key": ("code",),
        **default,
    }
    return type("Odd", (Record,), body)


def pattern(written: str) -> Any:
    """Text that must match a pattern."""
    return Annotated[str, StringConstraints(pattern=written)]


TEXTS = [
    pytest.param(pattern(written), id=f"pattern {written}")
    for written in (
        *(r"^\d+$", r"^[\d]+$", r"^\w+$", r"^\s*$", r"^a\b$", r"^\pL+$", "^.*$", "^a.c$", "abc", "^abc", "abc$"),
        *("^a|b$", "^(a)|(b)$", "^a$b$", "^a^b$", "^(?:a)$", "^a*?$", "^a+?$", "^a??$", "^a{2}?$", "^a++$"),
        *("^[[:alpha:]]$", "^[a-z&&b]$", "^(?i)a$"),
    )
]
MARKS = [
    pytest.param(Annotated[str, StringConstraints(strip_whitespace=True)], id="blanks cut off"),
    pytest.param(Annotated[str, StringConstraints(to_lower=True)], id="lower case"),
    pytest.param(Annotated[str, StringConstraints(strict=True)], id="strict"),
    pytest.param(Annotated[str, Field(max_length=3)], id="a length said another way"),
    pytest.param(Annotated[str, AfterValidator(str.upper)], id="a validator after"),
    pytest.param(Annotated[str, BeforeValidator(str)], id="a validator before, on text"),
    pytest.param(Annotated[Integer, AfterValidator(abs)], id="a validator after, on a number"),
    pytest.param(Annotated[Integer, Field(multiple_of=5)], id="a multiple"),
    pytest.param(Annotated[Code, Refers("ministries")], id="a reference to no kind of record"),
    pytest.param(Annotated[str, Field(alias="other")], id="an alias"),
    pytest.param(Annotated[str, Grammar("^[0-9]+", "not_a_number")], id="a grammar without an end"),
]
TYPES = [
    pytest.param(float, id="float"),
    pytest.param(bool, id="bool"),
    pytest.param(list[str], id="list"),
    pytest.param(Any, id="anything"),
    pytest.param(Code | Integer, id="text or number"),
    pytest.param(Literal[1, 2], id="choices that are numbers"),
    pytest.param(int, id="a number without a grammar"),
    pytest.param(date, id="a day without a grammar"),
    pytest.param(int | None, id="a number without a grammar or nothing"),
]


@pytest.mark.parametrize("annotation", [*TEXTS, *MARKS, *TYPES])
def test_a_column_that_sql_cannot_check_is_refused(annotation: Any) -> None:
    odd = contract(annotation)
    with pytest.raises(ContractError, match=r"Odd\.cell"):
        compile_contract(odd)


@pytest.mark.parametrize("default", ["", "x", "2021-01-01"])
def test_a_default_other_than_none_is_refused(default: str) -> None:
    with pytest.raises(ContractError, match="default"):
        compile_contract(contract(Code, cell=default))


def test_a_default_that_is_made_is_refused() -> None:
    with pytest.raises(ContractError, match="default"):
        compile_contract(contract(Code, cell=Field(default_factory=str)))


RULES: list[Any] = [
    pytest.param((InOrder("cell", "end"),), (), ("code",), id="an order with a column that is not there"),
    pytest.param((NeededWhen("cell", "status", ("x",)),), (), ("code",), id="a need with a column that is not there"),
    pytest.param((NeededWhen("code", "cell", ("1",)),), (), ("code",), id="a need that compares a number with text"),
    pytest.param((), (AddsUpToOne("share", "code"),), ("code",), id="a sum of a column that is not there"),
    pytest.param((), (), ("code", "day"), id="a key with a column that is not there"),
    pytest.param((), (), ("cell",), id="a key that may be absent"),
]


@pytest.mark.parametrize(("rules", "sums", "key"), RULES)
def test_a_rule_that_cannot_be_meant_is_refused(
    rules: tuple[RowRule, ...], sums: tuple[AddsUpToOne, ...], key: tuple[str, ...]
) -> None:
    with pytest.raises(ContractError):
        compile_contract(contract(Count | None, cell=None, rules=rules, sums=sums, key=key))


def test_a_rule_of_an_unknown_kind_is_refused() -> None:
    class Even:
        fault = "odd"
        columns = ("cell",)

    with pytest.raises(ContractError, match="no SQL"):
        compile_contract(contract(Count, rules=(Even(),)))


class _WithFieldValidator(Record):
    kind = "departments"
    key = ("code",)
    code: Code

    @field_validator("code")
    @classmethod
    def _is_short(cls, code: str) -> str:
        return code


class _WithModelValidator(Record):
    kind = "departments"
    key = ("code",)
    code: Code

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        return self


class _WithSettings(Record):
    kind = "departments"
    key = ("code",)
    model_config: ClassVar[ConfigDict] = ConfigDict(str_strip_whitespace=True)
    code: Code


@pytest.mark.parametrize("odd", [_WithFieldValidator, _WithModelValidator, _WithSettings])
def test_what_only_python_sees_is_refused(odd: type[Record]) -> None:
    with pytest.raises(ContractError, match=odd.__name__):
        compile_contract(odd)


def test_the_same_contract_without_oddities_is_compiled() -> None:
    class Plain(Record):
        kind = "departments"
        key = ("code",)
        rules = (InOrder("first", "last"), NeededWhen("last", "state", ("closed",)))
        code: Code
        state: Literal["open", "closed"]
        first: Day
        last: Day | None = None
        count: Count | None = None
        note: Annotated[Line, Refers("departments")] | None = None

    check = compile_contract(Plain)
    assert [column.column for column in check.columns] == list(Plain.model_fields)
    assert [column.required for column in check.columns] == [True, True, True, False, False, False]
    assert check.column("note").refers == "departments"
