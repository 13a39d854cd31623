"""The documents inside a file: attachments of a mail, members of a zip, files of a PDF portfolio."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from vnadmin.config import Config
from vnadmin.errors import LimitExceeded, UnsupportedFormat
from vnadmin.source.container.archive import sniff_zip, zip_files
from vnadmin.source.container.mail import mail_files, sniff_mail
from vnadmin.source.container.outlook import outlook_files, sniff_outlook
from vnadmin.source.container.portfolio import portfolio_files, sniff_portfolio
from vnadmin.source.registry import SOURCES

_DEEPEST = 3  # containers within containers
_MOST = 1000  # files of one container, those of containers in it among them
_ADVICE = "Take the document out and give it by itself."
_KINDS = (
    (sniff_zip, zip_files),
    (sniff_outlook, outlook_files),
    (sniff_mail, mail_files),
    (sniff_portfolio, portfolio_files),
)


class Contained(NamedTuple):
    """A document inside a file, by its name there: `ho-so.zip!/quyet-dinh.pdf` is `quyet-dinh.pdf`."""

    name: str
    data: bytes


def contained(data: bytes, config: Config) -> tuple[Contained, ...] | None:
    """The documents inside a file, in its order; None where the file is itself a document.

    Raises:
        UnsupportedFormat: it holds no file of a format that is read.
        LimitExceeded: more files, or containers nested deeper, than are opened.
        DamagedInput, EncryptedInput: it cannot be opened.
    """
    found = tuple(_walk(data, config, "", 0)) if any(sniff(data) for sniff, _ in _KINDS) else None
    if found == () and sniff_portfolio(data):
        return None  # what it carries is no document: it is one itself
    if found == ():
        raise UnsupportedFormat("The file holds no document of a format that vnadmin reads.", _ADVICE)
    return found


def documents_in(data: bytes, config: Config) -> tuple[Contained, ...]:
    """`contained`, where a document stands for itself, under an empty name."""
    return contained(data, config) or (Contained("", data),)


def _walk(data: bytes, config: Config, name: str, depth: int) -> Iterator[Contained]:
    files = next((files for sniff, files in _KINDS if sniff(data)), None)
    if files is None:
        if name and any(source.sniff(data) for source in SOURCES):
            yield Contained(name, data)
        return
    if depth == _DEEPEST:
        raise LimitExceeded(f"Containers are nested deeper than {_DEEPEST}.", _ADVICE)
    left = _MOST
    for inner, content in files(data, config):
        for one in _walk(content, config, f"{name}!/{inner}" if name else inner, depth + 1):
            left -= 1
            if left < 0:
                raise LimitExceeded(f"The file holds more than {_MOST} documents.", _ADVICE)
            yield one
