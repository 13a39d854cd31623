"""Read Vietnamese administrative documents (văn bản hành chính) into a typed model, with evidence for every value."""

from __future__ import annotations

from vnadmin._version import __version__
from vnadmin.config import Config
from vnadmin.errors import VnadminError
from vnadmin.model import AdminDocument, Directive, Evidence, Grade, Issue, PartialDate, Responsible, Row, Table
from vnadmin.parsing import Parsed, parse, parse_all, parse_many, parse_text, to_rows

__all__ = [
    "AdminDocument", "Config", "Directive", "Evidence", "Grade", "Issue", "Parsed", "PartialDate", "Responsible", "Row",
    "Table", "VnadminError", "__version__", "parse", "parse_all", "parse_many", "parse_text", "to_rows",
]  # fmt: skip
