"""Names of people for evidence sheets: a register read with the key, for whoever may see names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from etl.errors import Fault, NotPermitted, UsageError
from etl.exports.formats import Format

if TYPE_CHECKING:
    from terminal.leaving import Leaving

RegisterFile = Annotated[
    Path | None,
    typer.Option(
        "--register", metavar="CSV", help="People with numbers and names, for evidence sheets; needs the key."
    ),
]
PersonColumns = Annotated[
    list[str] | None,
    typer.Option("--person", metavar="COLUMN", help="The register's column that identifies people; may be repeated."),
]
NameColumn = Annotated[str | None, typer.Option("--name", metavar="COLUMN", help="The register's column of names.")]


@dataclass(frozen=True, slots=True)
class Register:
    """A register of people as the command line says it.

    Attributes:
        file: CSV; None where none is given.
        numbers: the columns that together identify a person.
        name: the column of names.
    """

    file: Path | None
    numbers: Sequence[str]
    name: str | None


def names_for(somebody: Leaving, kind: Format, register: Register) -> Mapping[str, str] | None:
    """Pseudonym -> name; None where no register is given.

    Args:
        somebody: who takes it out.
        kind: of file.
        register: of people.

    Raises:
        NotPermitted: names are not theirs to see.
        UnreadableInput: the register or the key cannot be read.
        UsageError: the file is no evidence, or the register's columns are not said.
    """
    if register.file is None:
        return None
    if kind != "evidence":
        raise UsageError(Fault("export_names_for_evidence", "--register"))
    if not register.numbers or register.name is None:
        raise UsageError(Fault("export_register_columns", "--register"))
    if not somebody.may_see_names():
        raise NotPermitted(Fault("export_names_not_allowed", "--register"))
    from etl.intake.key import key_path, read_key
    from etl.intake.register import names_of

    return names_of(register.file, register.numbers, register.name, read_key(key_path()))
