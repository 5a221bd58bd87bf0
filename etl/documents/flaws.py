"""What is wrong with a document a person wrote, told by the path of the key as they find it in the file."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from types import UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from etl.documents.lines import KeyPath

_KINDS: Final[dict[str, str]] = {
    "not_a_number_here": "number",
    "int_type": "integer",
    "int_from_float": "integer",
    "bool_type": "boolean",
    "string_type": "string",
    "date_type": "date",
    "tuple_type": "array",
    "dict_type": "table",
    "model_type": "table",
    "model_attributes_type": "table",
}
_LIMITS: Final[dict[str, tuple[str, str]]] = {
    "greater_than": (">", "gt"),
    "greater_than_equal": (">=", "ge"),
    "less_than": ("<", "lt"),
    "less_than_equal": ("<=", "le"),
}
_LONGEST_SHOWN: Final = 60
_NAMES_LISTED: Final = 12


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing wrong in a document, before it is known in which file and on which line.

    Args:
        path: the key, from the part of the document that reports it.
        code: of the sentence in `etl.messages`.
        facts: what the sentence names.
    """

    path: KeyPath
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def under(self, *prefix: str | int) -> Flaw:
        """The same flaw, its path seen from further out."""
        return Flaw((*prefix, *self.path), self.code, self.facts)


def nearest(name: str, known: Collection[str]) -> str:
    """The known name most likely meant, or else what there is and how many more; nothing where there is nothing."""
    close = get_close_matches(name, known, n=1, cutoff=0.6)
    if close:
        return close[0]
    listed = ", ".join(sorted(known)[:_NAMES_LISTED])
    return f"{listed} … (+{len(known) - _NAMES_LISTED})" if len(known) > _NAMES_LISTED else listed


def flaws_of(error: ValidationError, model: type[BaseModel], raw: object) -> Iterator[Flaw]:
    """Every error of a part of a document.

    Args:
        error: what pydantic found.
        model: the part's declaration, for the keys it knows.
        raw: the part as TOML gave it, for the path as it is written.
    """
    for detail in error.errors(include_url=False):
        yield _flaw_of(detail, model, raw)


def _flaw_of(detail: ErrorDetails, model: type[BaseModel], raw: object) -> Flaw:
    path = written_path(raw, detail["loc"])
    kind, context = detail["type"], detail.get("ctx", {})
    key = str(path[-1]) if path else ""
    if kind == "extra_forbidden":
        known = sorted(_keys_known_at(model, detail["loc"][:-1]))
        return Flaw(path, "document_unknown_key", {"key": key, "nearest": nearest(key, known)})
    if kind == "missing":
        return Flaw(path[:-1], "document_key_missing", {"key": key})
    if kind == "union_tag_not_found":
        return Flaw(path, "document_key_missing", {"key": str(context["discriminator"]).strip("'")})
    if kind == "union_tag_invalid":
        tag, expected = str(context["tag"]), str(context["expected_tags"])
        where = (*path, str(context["discriminator"]).strip("'"))
        return Flaw(where, "document_value_not_allowed", {"value": tag, "allowed": expected.replace("'", "")})
    if kind == "literal_error":
        allowed = str(context["expected"]).replace(" or ", ", ").replace("'", "")
        return Flaw(path, "document_value_not_allowed", {"value": _shown(detail["input"]), "allowed": allowed})
    limit = _limit(kind, context)
    if limit is not None:
        return Flaw(path, "document_value_out_of_range", {"value": _shown(detail["input"]), "limit": limit})
    if kind in _KINDS:
        return Flaw(path, f"document_{_KINDS[kind]}_needed", {"value": _shown(detail["input"])})
    return Flaw(path, "document_value_refused", {"value": _shown(detail["input"])})


def _limit(kind: str, context: Mapping[str, object]) -> str | None:
    """The limit a number broke, as a person writes it; None for any other kind of error."""
    if kind == "number_too_large_here":
        return "< 1e30"
    if kind not in _LIMITS:
        return None
    sign, name = _LIMITS[kind]
    return f"{sign} {context[name]}"


def _shown(value: object) -> str:
    text = str(value)
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"


def written_path(raw: object, location: Iterable[str | int]) -> KeyPath:
    """Pydantic's location without the names it adds for the members of a union, which nobody wrote in the file."""
    steps = list(location)
    path: list[str | int] = []
    here: Any = raw
    for position, step in enumerate(steps):
        named = isinstance(here, dict) and (step in here or position == len(steps) - 1)
        counted = isinstance(here, list) and isinstance(step, int) and step < len(here)
        if named or counted:
            path.append(step)
            here = here.get(step) if isinstance(here, dict) else here[step]
    return tuple(path)


def _keys_known_at(model: type[BaseModel], location: tuple[str | int, ...]) -> set[str]:
    here: list[Any] = [model]
    for step in location:
        here = _inside(here, step) or here
    return {key for kind in here if _is_model(kind) for key in _fields(kind)}


def _is_model(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _fields(model: type[BaseModel]) -> dict[str, Any]:
    return {field.alias or name: field.annotation for name, field in model.model_fields.items()}


def _inside(kinds: list[Any], step: str | int) -> list[Any]:
    """The kinds of value one step further in: a key's, an item's, or those a union's tag stands for."""
    found: list[Any] = []
    for kind in kinds:
        if _is_model(kind) and step in _fields(kind):
            found += _members(_fields(kind)[str(step)])
        elif _is_model(kind) and "method" in kind.model_fields and step in get_args(_fields(kind)["method"]):
            found.append(kind)
        elif get_origin(kind) is tuple and isinstance(step, int):
            found += _members(get_args(kind)[0])
    return found


def _members(annotation: Any) -> list[Any]:
    """The kinds of value an annotation stands for, unions and metadata taken apart."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _members(get_args(annotation)[0])
    if origin in (Union, UnionType):
        return [member for part in get_args(annotation) for member in _members(part)]
    if origin is Literal:
        return []
    return [annotation]
