"""Help, and what is wrong with a command line, in the reader's language.

The English text stands where a command is written, and is the message id; `words/ko.po` has the Korean, also of what
the library itself says. The catalogue is read where something of it is shown in Korean: no other command waits for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from string import Formatter
from typing import Any, Final

import typer
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from etl.errors import Fault, UsageError
from terminal.screen import language, tell

CATALOGUE: Final = Path(__file__).parent / "words" / "ko.po"
PROGRAM: Final = "jipyo"
"""What help calls the program, however it was started."""

LIBRARY_TEXTS: Final = (
    "ARGUMENTS_PANEL_TITLE",
    "OPTIONS_PANEL_TITLE",
    "COMMANDS_PANEL_TITLE",
    "ERRORS_PANEL_TITLE",
    "DEFAULT_STRING",
    "ENVVAR_STRING",
    "REQUIRED_LONG_STRING",
    "RICH_HELP",
    "ABORTED_TEXT",
)
"""What the library prints around the texts of a command, as it names them in `typer.rich_utils`."""

_USAGE: Final = "Usage: "
_SENTENCE_OF_ITS_OWN: Final = "why"
"""The fact of a text that is a text of the catalogue itself; all others are what somebody typed."""
_NOT_ONE_OF: Final = re.compile(r"(?:Value error, )?(['\"])(.*)\1 is not one of (.*)\.")
"""How the library says that a word is none of an option's."""


# The catalogue --------------------------------------------------------------------------------------------------------


@cache
def korean_texts() -> Mapping[str, str]:
    """English text -> Korean, of everything that help and the library say; `{facts}` are the same in both."""
    from babel.messages.pofile import read_po

    with CATALOGUE.open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file, abort_invalid=True) if message.id}


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """The texts with facts, those that say most first, so that none is taken for one it merely begins like."""
    with_facts = [text for text in korean_texts() if any(name for _, name, _, _ in Formatter().parse(text))]
    with_facts.sort(key=lambda text: -len(re.sub(r"\{[^}]*\}", "", text)))
    return tuple((_pattern(text), korean_texts()[text]) for text in with_facts)


def _pattern(text: str) -> re.Pattern[str]:
    parts = Formatter().parse(text)
    return re.compile(
        "".join(re.escape(said) + (f"(?P<{name}>.*)" if name else "") for said, name, _, _ in parts), re.DOTALL
    )


def in_korean(text: str) -> str:
    """A text of help or of the library in Korean; as it is where the catalogue does not know it.

    Args:
        text: in English, its facts filled in.
    """
    if text in korean_texts():
        return korean_texts()[text]
    for pattern, korean in _patterns():
        if found := pattern.fullmatch(text):
            facts = {
                name: in_korean(said) if name == _SENTENCE_OF_ITS_OWN else said
                for name, said in found.groupdict().items()
            }
            return korean.format(**facts)
    return text


# What is shown --------------------------------------------------------------------------------------------------------


@contextmanager
def _library_in_korean() -> Iterator[None]:
    """Have the library's own words Korean, meanwhile."""
    from typer import rich_utils

    class Folding(rich_utils.OptionHighlighter):
        """Highlights, and lets a line end where Hangul needs it: else a cell loses the last sign of its lines."""

        def __call__(self, text: Any) -> Any:
            shown = super().__call__(text)
            shown.overflow = "fold"
            return shown

    korean = {name: in_korean(getattr(rich_utils, name)) for name in LIBRARY_TEXTS}
    with _attributes(rich_utils, {**korean, "highlighter": Folding()}):
        yield


@contextmanager
def _attributes(of: Any, new: Mapping[str, Any]) -> Iterator[None]:
    before = {name: getattr(of, name) for name in new}
    try:
        for name, value in new.items():
            setattr(of, name, value)
        yield
    finally:
        for name, value in before.items():
            setattr(of, name, value)


def _translate(command: Any, ctx: Any) -> None:
    """Put Korean in the place of the texts of a command and its parts: it was made for this one call."""
    for name in ("help", "epilog", "options_metavar", "subcommand_metavar"):
        _replace(command, name)
    for parameter in command.get_params(ctx):
        for name in ("help", "metavar"):
            _replace(parameter, name)
        parameter.display_type = partial(_type_in_korean, parameter.display_type)
    for within in getattr(command, "commands", {}).values():
        _replace(within, "help")


def _replace(shown: Any, name: str) -> None:
    if text := getattr(shown, name, None):
        setattr(shown, name, in_korean(text))


def _type_in_korean(english: Callable[[Any], str], ctx: Any) -> str:
    return in_korean(english(ctx))


def _show_help(show: Callable[[], None], command: Any, ctx: Any) -> None:
    if language() == "en":
        show()
        return
    _translate(command, ctx)
    with _library_in_korean():
        show()


def _write_usage(command: Any, ctx: Any, formatter: Any) -> None:
    prefix = _USAGE if language() == "en" else in_korean(_USAGE)
    formatter.write_usage(ctx.command_path, " ".join(command.collect_usage_pieces(ctx)), prefix)


# What is wrong --------------------------------------------------------------------------------------------------------


class _Complaint(typer.BadParameter):
    """What is wrong with a command line, said in full."""

    def format_message(self) -> str:
        return self.message


@contextmanager
def _complaints_in_readers_language() -> Iterator[None]:
    """Have what the library finds wrong with a command line told in the reader's language."""
    try:
        yield
    except TyperException as error:
        if language() == "en" or not error.format_message():
            # A command that helps when nothing stands after it has done so, and says nothing more.
            raise
        _complain_in_korean(error)
        raise typer.Exit(error.exit_code) from None
    except typer.Abort:
        if language() == "en":
            raise
        from typer.rich_utils import rich_abort_error

        with _library_in_korean():
            rich_abort_error()
        raise typer.Exit(1) from None


def _complain_in_korean(error: TyperException) -> None:
    from typer.rich_utils import rich_format_error

    ctx = getattr(error, "ctx", None)
    if ctx is not None:
        _translate(ctx.command, ctx)
    with _library_in_korean():
        rich_format_error(_Complaint(in_korean(error.format_message()), ctx))


# The commands ---------------------------------------------------------------------------------------------------------


class Command(TyperCommand):
    """A command whose help, and what is wrong with its arguments, is told in the reader's language."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Show the help."""
        _show_help(partial(super().format_help, ctx, formatter), self, ctx)

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the line that shows what may be typed."""
        _write_usage(self, ctx, formatter)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the arguments; a word that an option does not know is answered with those it knows."""
        try:
            return super().parse_args(ctx, args)
        except typer.BadParameter as error:
            said = _NOT_ONE_OF.fullmatch(error.message)
            if said is None or error.param is None:
                raise
            facts = {"said": said[2], "known": said[3].replace("'", "")}
            tell(Fault("option_not_one_of", error.param.opts[0], facts).text(language()))
            raise typer.Exit(UsageError.exit_code) from None


class Family(TyperGroup):
    """Commands under one word, the program's own or that of a family; told in the reader's language."""

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run the program, under its name."""
        return super().main(*args, **{**extra, "prog_name": PROGRAM})

    def make_context(self, *args: Any, **extra: Any) -> Any:
        """Read what stands before the command."""
        with _complaints_in_readers_language():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: Any) -> Any:
        """Run the command that is meant."""
        with _complaints_in_readers_language():
            return super().invoke(ctx)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Show the help."""
        _show_help(partial(super().format_help, ctx, formatter), self, ctx)

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the line that shows what may be typed."""
        _write_usage(self, ctx, formatter)
