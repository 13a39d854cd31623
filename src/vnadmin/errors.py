"""VnadminError: one class for each way in which an input cannot be read, with a code and advice."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import ClassVar


class VnadminError(Exception):
    """An input that cannot be read. Odd content never raises: it gives Issues.

    `code` is stable and documented in docs/errors.md; `advice` says what the user can do. The message
    never holds text of the document.
    """

    code: ClassVar[str] = "error"
    http_status: ClassVar[int] = 422
    exit_code: ClassVar[int] = 2
    advice: ClassVar[str] = ""

    def __init__(self, detail: str = "", advice: str | None = None) -> None:
        self.detail = detail or (self.__doc__ or "").splitlines()[0]
        self.hint = self.advice if advice is None else advice
        super().__init__(f"{self.detail} {self.hint}".strip())

    def __reduce__(self) -> tuple[type[VnadminError], tuple[str, str]]:
        """Errors travel from worker processes by pickle."""
        return type(self), (self.detail, self.hint)


class InvalidConfig(VnadminError, ValueError):
    """A value of Config is of another type, below its least, or none of the choices."""

    code = "invalid_config"
    http_status = 400
    exit_code = 28
    advice = "The choices and their defaults: docs/reference/python.md, vnadmin.Config."


class SourceNotFound(VnadminError, FileNotFoundError):
    """There is no file at this path, or it cannot be opened."""

    code = "source_not_found"
    http_status = 404
    exit_code = 3
    advice = "Check the path and the permissions of the file."


class EmptyInput(VnadminError):
    """The input is empty."""

    code = "empty_input"
    exit_code = 4
    advice = "Check that the file was copied or uploaded completely."


class UnsupportedFormat(VnadminError):
    """The input is of no format that vnadmin reads."""

    code = "unsupported_format"
    http_status = 415
    exit_code = 5
    advice = (
        "vnadmin reads text, Markdown, HTML, .docx, .doc, .rtf, .odt, PDF, page pictures, and mails (.eml, .msg) and "
        "zip files of these; save other formats as PDF or .docx."
    )


class DamagedInput(VnadminError):
    """The input has the look of a known format, but is damaged or truncated."""

    code = "damaged_input"
    exit_code = 6
    advice = "Open and save the file again with the program that made it, or fetch it again."


class EncryptedInput(VnadminError):
    """The input is protected by a password."""

    code = "encrypted_input"
    exit_code = 7
    advice = "Remove the protection first, for example with: qpdf --decrypt --password=… in.pdf out.pdf"


class LimitExceeded(VnadminError):
    """The input is larger than a limit of Config."""

    code = "limit_exceeded"
    http_status = 413
    exit_code = 8
    advice = "Raise the limit in Config if you trust the file."


class NoTextLayer(VnadminError):
    """The input has pictures of pages and no text that can be read without OCR."""

    code = "no_text_layer"
    exit_code = 9
    advice = "pip install 'vnadmin[ocr]' brings an OCR engine."


class MissingExtra(VnadminError):
    """A package that this format needs is not installed."""

    code = "missing_extra"
    http_status = 501
    exit_code = 10
    advice = "Install the package that is named."


class OcrUnavailable(VnadminError):
    """Reading a scan needs an OCR engine, and it or its Vietnamese data is not installed."""

    code = "ocr_unavailable"
    http_status = 501
    exit_code = 11
    advice = "pip install 'vnadmin[ocr]', and the Vietnamese data: apt install tesseract-ocr-vie"


class OcrFailed(VnadminError):
    """No page of the scan could be read."""

    code = "ocr_failed"
    http_status = 422
    exit_code = 12
    advice = "Scan again at 200 to 300 dpi in colour, or give the page more time."


class ParseTimeout(VnadminError):
    """Reading took longer than the limit, and the worker was stopped."""

    code = "parse_timeout"
    http_status = 503
    exit_code = 13
    advice = (
        "If you trust the file, give it more time: `seconds=` of parse_many, `--seconds` of `vnadmin parse`, a job of "
        "the service (`Prefer: respond-async`); or of a long scan read only the first and the last pages: `pages='metadata'`."
    )


class WorkerLost(VnadminError):
    """The worker process died while reading: out of memory, or a crash of a native library."""

    code = "worker_lost"
    http_status = 500
    exit_code = 14
    advice = "Try the file alone; if it happens again, report it with `vnadmin doctor`."


class ParserFault(VnadminError):
    """vnadmin itself failed on this file: a fault of the program, not of the file."""

    code = "parser_fault"
    http_status = 500
    exit_code = 25
    advice = "The other files are not touched by it. Report the place that the message names, with `vnadmin doctor`."

    @classmethod
    def of(cls, error: BaseException) -> ParserFault:
        """The fault by its class and place: an exception's own message may quote the document."""
        frames = traceback.extract_tb(error.__traceback__)
        place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
        return cls(f"{type(error).__name__}{place}.")
