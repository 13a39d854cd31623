"""Read Vietnamese administrative documents (văn bản hành chính) into a typed model, with evidence for every value."""

from vnadmin._version import __version__
from vnadmin.config import Config
from vnadmin.errors import VnadminError
from vnadmin.model import AdminDocument
from vnadmin.pipeline import parse

__all__ = ["AdminDocument", "Config", "VnadminError", "__version__", "parse"]
