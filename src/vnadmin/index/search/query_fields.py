"""The names that can stand before a colon in a search; the table is `data/query_fields.tsv`."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from functools import cache

from vnadmin.gazetteer import rows
from vnadmin.text.fold import bare


def field_named(name: str) -> str | None:
    """The field that a person means by a name: `so`, `Số`, `co_quan`, `CoQuan`, `issuer`; None where it is none."""
    return _names().get(_plain(name))


def nearest(name: str) -> str | None:
    """The name that a person may have meant by one that is none; None where nothing is near."""
    near = difflib.get_close_matches(_plain(name), _names(), n=1, cutoff=0.8)
    return _shown()[_names()[near[0]]] if near else None


def _plain(name: str) -> str:
    return bare(name).replace("-", "").replace("_", "")


@cache
def _names() -> Mapping[str, str]:
    return {
        _plain(name): row["field"]
        for row in rows("query_fields")
        for name in (row["name"], row["field"], *row["aliases"].split(", "))
    }


@cache
def _shown() -> Mapping[str, str]:
    return {row["field"]: row["name"] for row in rows("query_fields")}
