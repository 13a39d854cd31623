"""The documents inside a file: attachments of a mail, members of a zip, files of a PDF portfolio."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from vnadmin.config import Config
from vnadmin.errors import LimitExceeded, UnsupportedFormat, VnadminError
from vnadmin.source.container.archive import sniff_zip, zip_files
from vnadmin.source.container.mail import OWN_TEXT, Files, mail_files, sniff_mail
from vnadmin.source.container.outlook import outlook_files, sniff_outlook
from vnadmin.source.container.portfolio import portfolio_files, sniff_portfolio
from vnadmin.source.registry import SOURCES

_DEEPEST = 3  # containers within containers
_MOST = 2000  # files in all
_ADVICE = "Take the document out and give it by itself."
_KINDS = (
    (sniff_zip, zip_files),
    (sniff_outlook, outlook_files),
    (sniff_mail, mail_files),
    (sniff_portfolio, portfolio_files),
)


class Contained(NamedTuple):
    """A document inside a file, by its name there: `ho-so.zip!/quyet-dinh.pdf` is `quyet-dinh.pdf`.

    `error` says why it could not be taken out; it stops none of the others.
    """

    name: str
    data: bytes = b""
    error: VnadminError | None = None


def contained(data: bytes, config: Config) -> tuple[Contained, ...] | None:
    """The documents inside a file, in its order; None where the file is itself a document.

    Raises:
        UnsupportedFormat: it holds no file of a format that is read.
        LimitExceeded: more files, or more bytes in all, than are taken out.
        DamagedInput, EncryptedInput: it cannot be opened.
    """
    files = _files_of(data)
    if files is None:
        return None
    found = tuple(_walk(files(data, config), _Budget(config), "", 1))
    if found:
        return found
    if sniff_portfolio(data):
        return None  # what it carries is no document: it is one itself
    raise UnsupportedFormat("The file holds no document of a format that vnadmin reads.", _ADVICE)


def documents_in(data: bytes, config: Config) -> tuple[Contained, ...]:
    """`contained`, where a document stands for itself, under an empty name."""
    return contained(data, config) or (Contained("", data),)


def own_bytes(data: bytes, sha256: str, config: Config) -> bytes:
    """The bytes of one document: those of the file, or of the document in it that has this SHA-256."""
    if hashlib.sha256(data).hexdigest() == sha256:
        return data
    return next(
        (one.data for one in documents_in(data, config) if hashlib.sha256(one.data).hexdigest() == sha256), data
    )


@dataclass(slots=True)
class _Budget:
    """What may be taken out of one file, containers in it and their files together."""

    config: Config
    size: int = 0  # bytes
    count: int = 0

    def spend(self, content: bytes) -> None:
        """Count one file.

        Raises:
            _Spent: there is too much.
        """
        self.size += len(content)
        self.count += 1
        if self.size > self.config.max_unpacked_bytes:
            most = self.config.max_unpacked_bytes
            raise _Spent(f"The file unpacks to more than {most} bytes in all (Config.max_unpacked_bytes).", _ADVICE)
        if self.count > _MOST:
            raise _Spent(f"The file holds more than {_MOST} files.", _ADVICE)


class _Spent(LimitExceeded):
    """A limit of the whole file, which no container within it answers for."""


def _files_of(data: bytes) -> Callable[[bytes, Config], Files] | None:
    return next((files for sniff, files in _KINDS if sniff(data)), None)


def _walk(files: Files, budget: _Budget, within: str, depth: int) -> Iterator[Contained]:
    """The documents among the files of one container, and of containers in it. A mail's own text counts where nothing
    else is a document."""
    empty = True
    for inner, content in files:
        name = f"{within}!/{inner}" if within else inner
        if inner == OWN_TEXT and not empty:
            return
        for one in _taken(name, content, budget, depth):
            empty = False
            yield one


def _taken(name: str, content: bytes | VnadminError, budget: _Budget, depth: int) -> Iterator[Contained]:
    if isinstance(content, VnadminError):
        yield Contained(name, error=content)
        return
    budget.spend(content)
    files = _files_of(content)
    if files is None:
        if any(source.sniff(content) for source in SOURCES):
            yield Contained(name, content)
    elif depth == _DEEPEST:
        yield Contained(name, error=LimitExceeded(f"Containers are nested deeper than {_DEEPEST}.", _ADVICE))
    else:
        try:
            yield from _walk(files(content, budget.config), budget, name, depth + 1)
        except _Spent:
            raise
        except VnadminError as error:
            yield Contained(name, error=error)
