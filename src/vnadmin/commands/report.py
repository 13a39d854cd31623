"""How every command tells of an error: one line on stderr, with the error's code."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TextIO

import click

from vnadmin.errors import MissingExtra, ParserFault, VnadminError
from vnadmin.text.printable import printable, printable_lines

if TYPE_CHECKING:
    from rich.progress import Progress, ProgressColumn


def report(file: str, error: VnadminError, language: str = "en") -> None:
    """What is wrong with a file; its name may hold anything."""
    head = f"{printable(file)}: " if file else ""
    words = _in_vietnamese(error) if language == "vi" else str(error)
    print(f"vnadmin: {head}{printable(words)} [{error.code}]", file=sys.stderr)


class Failures(list[VnadminError]):
    """The errors of a command's files: each is told as it comes, in the language that was asked for."""

    def __init__(self, language: str = "en") -> None:
        super().__init__()
        self._language = language

    def tell(self, file: str, error: VnadminError) -> None:
        """Keep an error and report it."""
        self.append(error)
        report(file, error, self._language)


def _in_vietnamese(error: VnadminError) -> str:
    """The words of the error's code, with the detail as it is told; an error of another room has no words of its own here."""
    import tomllib

    from vnadmin.gazetteer import resource

    words = tomllib.loads(resource("error_words.toml")).get(error.code)
    if words is None:
        return str(error)
    general = (type(error).__doc__ or "").splitlines()[0]
    detail = "" if error.detail == general else f" ({error.detail.rstrip('.')})"
    return f"{words['title'].rstrip('.')}{detail}. {words['advice']}"


@contextmanager
def told(file: str = "", needs: str = "index", language: str = "en") -> Iterator[None]:
    """Ends the command with one line where something goes wrong: an error of ours, or a package of the extra `needs` is missing."""
    try:
        yield
    except ImportError as error:
        if (error.name or "").partition(".")[0] == "vnadmin":
            raise
        fail(file, MissingExtra(f"This needs {error.name}.", f"pip install 'vnadmin[{needs}]'"), language)
    except VnadminError as error:
        fail(file, error, language)


def fail(file: str, error: VnadminError, language: str = "en") -> NoReturn:
    """Report, and end with the error's exit status."""
    report(file, error, language)
    raise click.exceptions.Exit(error.exit_code) from error


@contextmanager
def whole_command() -> Iterator[None]:
    """Around a whole command: streams that take every name, and one sentence for what nobody foresaw.

    What stands in an exception's message or in a frame may be of a document: a traceback is never shown.
    """
    _streams()
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except BrokenPipeError:  # whoever listened has gone
        _end(None, 1)
    except OSError as error:
        from vnadmin.export.target import OutputUnwritable

        refused = OutputUnwritable.of(Path(error.filename) if isinstance(error.filename, str) else None, error)
        _end(refused, refused.exit_code)
    except Exception as error:  # noqa: BLE001 - the last boundary
        _end(ParserFault.of(error), ParserFault.exit_code)


def _end(error: VnadminError | None, status: int) -> NoReturn:
    """What could not be written is let go, so that Python does not try again and complain."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if error is not None:
        report("", error)
    raise SystemExit(status)


def _streams() -> None:
    """Names of files may hold bytes that are no text; a stream that is closed is not taken by the next file that is opened."""
    for number, (name, mode) in enumerate((("stdin", os.O_RDONLY), ("stdout", os.O_RDONLY), ("stderr", os.O_WRONLY))):
        if getattr(sys, name) is None:  # stdout on a file that is only read: the result would be lost without a word
            setattr(sys, name, os.fdopen(_at(number, mode), "w" if number else "r", encoding="utf-8"))
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        stream.reconfigure(errors="backslashreplace")
        if stream.isatty():
            setattr(sys, name, _Shown(stream))


class _Shown:
    """A terminal as a stream of text or of bytes: what would act there is written as escapes."""

    def __init__(self, beneath: TextIO) -> None:
        self.beneath, self.buffer = beneath, self

    def write(self, text: str | bytes) -> int:
        self.beneath.write(printable_lines(text if isinstance(text, str) else text.decode(errors="replace")))
        return len(text)

    def __getattr__(self, name: str) -> object:
        return getattr(self.beneath, name)


def _at(number: int, mode: int) -> int:
    """The null device under a number that is free."""
    made = os.open(os.devnull, mode)
    if made != number:
        os.dup2(made, number)
        os.close(made)
    return number


def progress_bar(*columns: ProgressColumn, shown: bool = True) -> Progress:
    """A bar on stderr, where that is a terminal; what is written to stdout meanwhile goes where it was sent."""
    from rich.progress import Progress

    from vnadmin.commands.terminal import console

    errors = console(stderr=True)
    hidden = not (shown and errors.is_terminal)
    return Progress(*columns, console=errors, transient=True, redirect_stdout=False, disable=hidden)
