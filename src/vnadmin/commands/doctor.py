"""What is installed, what is missing, and how to get it."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec

from vnadmin._version import __version__
from vnadmin.errors import OcrUnavailable


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the report. `remedy` is empty where nothing needs to be done."""

    name: str
    found: str
    purpose: str
    remedy: str = ""

    @property
    def ok(self) -> bool:
        return not self.remedy


# (distribution, module, what it is for, extra: "" is the base install)
_PACKAGES = (
    ("pydantic", "pydantic", "model", ""),
    ("regex", "regex", "patterns", ""),
    ("lxml", "lxml", "HTML, .docx", ""),
    ("pypdfium2", "pypdfium2", "PDF text and page pictures", ""),
    ("olefile", "olefile", ".doc", "legacy"),
    ("tesserocr", "tesserocr", "scans", "ocr"),
    ("opencv-python-headless", "cv2", "scans", "ocr"),
    ("pikepdf", "pikepdf", "searchable PDF", "ocr"),
    ("onnxruntime", "onnxruntime", "scans, the better engine", "ocr-hybrid"),
    ("asterocr", "asterocr", "scans, the better engine", "ocr-hybrid"),
    ("sqlalchemy", "sqlalchemy", "archive index", "index"),
    ("xlsxwriter", "xlsxwriter", "Excel exports", "excel"),
    ("pyarrow", "pyarrow", "Parquet exports", "parquet"),
    ("fastapi", "fastapi", "service", "service"),
    ("httpx", "httpx", "client of the service", "client"),
    ("mcp", "mcp", "server for assistants", "mcp"),
    ("langchain-core", "langchain_core", "loader for LangChain", "langchain"),
)


def examine() -> list[Check]:
    """Look at this installation without importing the heavy packages."""
    checks = [
        Check("vnadmin", __version__, "this library"),
        Check("build", "compiled by mypyc" if is_compiled() else "pure Python", "speed; the answers are the same"),
        Check("Python", platform.python_version(), "3.11 or later"),
    ]
    for distribution, module, purpose, extra in _PACKAGES:
        if find_spec(module) is None:
            target = f"vnadmin[{extra}]" if extra else "vnadmin"
            checks.append(Check(distribution, "missing", purpose, f"pip install '{target}'"))
        else:
            checks.append(Check(distribution, _version(distribution), purpose))
    if find_spec("tesserocr") is not None:
        checks.append(_vietnamese_data())
    return [*checks, _office()]


def _version(distribution: str) -> str:
    """That of the package; the same module may come in one of another name, as cv2 does from a system's packages."""
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return "ok, version unknown"


def is_compiled() -> bool:
    """Whether this installation came from a wheel of `make wheel-compiled`: its modules stand as extensions beside their sources."""
    module = find_spec("vnadmin.text.fold")
    return module is not None and module.origin is not None and not module.origin.endswith(".py")


def _vietnamese_data() -> Check:
    """Tesseract's data, which no Python package brings."""
    from vnadmin.ocr.tesseract import find_tessdata

    try:
        return Check("vie.traineddata", find_tessdata(), "scans")
    except OcrUnavailable as error:
        return Check("vie.traineddata", "missing", "scans", error.hint or str(error))


def _office() -> Check:
    """LibreOffice, which no Python package brings."""
    from vnadmin.process.office import find_office

    found, purpose = find_office(), "page pictures of Word documents"
    if found is None:
        return Check("LibreOffice", "missing", purpose, "apt-get install libreoffice-writer-nogui")
    return Check("LibreOffice", str(found.parent), purpose)
