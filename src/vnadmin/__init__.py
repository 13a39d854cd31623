"""Read Vietnamese administrative documents (văn bản hành chính) into a typed model, with evidence for every value."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from vnadmin._version import __version__
from vnadmin.config import Config
from vnadmin.errors import VnadminError

if TYPE_CHECKING:
    from vnadmin.model import AdminDocument, Directive, Evidence, Grade, Issue, PartialDate, Responsible, Row, Table
    from vnadmin.parsing import Parsed, parse, parse_all, parse_many, parse_text, to_rows

__all__ = [
    "AdminDocument", "Config", "Directive", "Evidence", "Grade", "Issue", "Parsed", "PartialDate", "Responsible", "Row",
    "Table", "VnadminError", "__version__", "parse", "parse_all", "parse_many", "parse_text", "to_rows",
]  # fmt: skip
_CALLS = frozenset({"Parsed", "parse", "parse_all", "parse_many", "parse_text", "to_rows"})


def __getattr__(name: str) -> object:
    """A name of `__all__` when it is first asked for: the model takes pydantic, which a command leaves to its worker."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module("vnadmin.parsing" if name in _CALLS else "vnadmin.model"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public API: what is meant to be found by completion."""
    return sorted(__all__)
