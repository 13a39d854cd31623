"""One module for each component of Decree 30; FIELDS is the one list to read."""

from vnadmin.fields.registry import FIELDS, Field

__all__ = ["FIELDS", "Field"]
