"""What people hold: a path, bytes, an open file, or a document of another library; here it becomes bytes."""

from __future__ import annotations

import inspect
import io
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Protocol, TypeAlias, TypeGuard

from vnadmin.config import Config
from vnadmin.errors import EmptyInput, LimitExceeded, SourceNotFound


class OpenFile(Protocol):
    """A file that was opened in binary mode: of the disk, of a zip, a `BytesIO`, the `.file` of an upload."""

    def read(self, size: int = ..., /) -> bytes: ...


class Mail(Protocol):
    """An `EmailMessage` of Python's own email package."""

    def as_bytes(self) -> bytes: ...


class WordDocument(Protocol):
    """A `Document` of python-docx, which is not imported to be named."""

    def save(self, path_or_stream: Any, /) -> None: ...


class PdfDocument(Protocol):
    """A `PDF` of pdfplumber."""

    @property
    def stream(self) -> Any: ...


class PdfPage(Protocol):
    """A `Page` of pdfplumber."""

    @property
    def pdf(self) -> Any: ...


Source: TypeAlias = (
    str | os.PathLike[str] | bytes | bytearray | memoryview | OpenFile | Mail | WordDocument | PdfDocument | PdfPage
)

_TEXT_NOT_PATH = "parse() takes a path, bytes or an open file; for a text call vnadmin.parse_text(text)."
_IS_A_TEXT = "If this is a document's text, call vnadmin.parse_text(text)."
_FETCH_FIRST = "vnadmin opens no address: fetch the file first, and give its bytes or its path."
_LIST_ITS_FILES = "Give its files: sorted(path for path in Path(folder).rglob('*') if path.is_file())."
_LONGEST_NAME = 255  # bytes of a file's name; a text is longer, or has lines


def read_bytes(source: Source, config: Config) -> bytes:
    """The input as bytes, never more than the limit.

    An open file that can seek is read from its beginning, wherever it stands: one that was just written stands at its end.

    Raises:
        TypeError: it is nothing that holds a document; the message says what to do.
        SourceNotFound, EmptyInput, LimitExceeded: it cannot be opened, is empty, or is larger than the limit.
    """
    data = _bytes(source, config)
    if not data:
        raise EmptyInput
    if len(data) > config.max_bytes:
        raise LimitExceeded(f"The input is larger than {config.max_bytes} bytes (Config.max_bytes).")
    return data


def files_in(folder: Path) -> Iterator[Path]:
    """The files of a folder and of those in it, sorted; hidden ones are left out, and what `odd_in` gives."""
    for path in _seen(folder):
        if path.is_file() and not path.is_symlink():
            yield path


def odd_in(folder: Path) -> Iterator[Path]:
    """What of a folder is not read: links, which may lead out of it, pipes, devices."""
    for path in _seen(folder):
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            yield path


def _seen(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if not any(part.startswith(".") for part in path.relative_to(folder).parts):
            yield path


def is_pdf_page(source: object) -> TypeGuard[Any]:
    """Whether it is a page of pdfplumber, whole, cropped or filtered."""
    return _of("pdfplumber", source) and hasattr(source, "extract_words")


def _bytes(source: Source, config: Config) -> bytes:
    if isinstance(source, bytes | bytearray | memoryview):
        return bytes(source)
    if isinstance(source, str):
        longest = max((len(name.encode("utf-8", "replace")) for name in Path(source).parts), default=0)
        if longest > _LONGEST_NAME or ("\n" in source and not Path(source).exists()):
            raise TypeError(_TEXT_NOT_PATH)
        return _file(source, config)
    if isinstance(source, os.PathLike):
        return _file(source, config)
    if _of("email", source) and hasattr(source, "as_bytes"):
        return source.as_bytes()
    if _of("docx", source) and hasattr(source, "save"):
        out = io.BytesIO()
        source.save(out)
        return out.getvalue()
    if _of("pdfplumber", source) and hasattr(source, "stream"):
        return _open_file(source.stream, config)
    if hasattr(source, "read"):
        return _open_file(source, config)
    several = isinstance(source, Iterable)
    told = "for several files call vnadmin.parse_many()" if several else "give it one, as in parse('cong-van.pdf')"
    raise TypeError(f"parse() takes a path, bytes or an open binary file, not {type(source).__name__}; {told}.")


def _of(library: str, source: object) -> bool:
    return type(source).__module__.partition(".")[0] == library


def _file(path: str | os.PathLike[str], config: Config) -> bytes:
    if not os.fspath(path):
        raise SourceNotFound("The path is empty.")
    try:
        with Path(path).open("rb") as file:
            # Python lays out as many bytes as it is asked for: those of the file, not of the limit.
            size = min(os.fstat(file.fileno()).st_size, config.max_bytes)
            data = file.read(size + 1)
            if len(data) > size:  # a pipe, which tells no size, or a file that grows
                data += file.read(config.max_bytes - size)
            return data
    except (OSError, ValueError) as error:
        named = os.fspath(path)
        if isinstance(error, IsADirectoryError):
            raise SourceNotFound(f"This is a folder: {named!r}.", _LIST_ITS_FILES) from error
        reason = getattr(error, "strerror", None) or "bad path"
        if named.startswith(("http://", "https://")):
            raise SourceNotFound("This is an address of the web, no path.", _FETCH_FIRST) from error
        if " " in named and not Path(named).suffix:  # it may be a document's text: an error never quotes that
            raise SourceNotFound(f"Cannot open the file: {reason}.", _IS_A_TEXT) from error
        raise SourceNotFound(f"Cannot open {named!r}: {reason}.") from error


def _open_file(file: Any, config: Config) -> bytes:
    if inspect.iscoroutinefunction(file.read):
        raise TypeError("parse() cannot wait for an asynchronous file: give it `await file.read()`, or its `.file`.")
    if hasattr(file, "seek") and getattr(file, "seekable", lambda: True)():
        file.seek(0)
    data = file.read(config.max_bytes + 1)
    if isinstance(data, str):
        raise TypeError("parse() needs a file that was opened in binary mode ('rb'); for a text call parse_text().")
    if not isinstance(data, bytes | bytearray | memoryview):
        raise TypeError(f"The file's read() gave {type(data).__name__}, not bytes.")
    return bytes(data)
