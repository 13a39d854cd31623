"""What a person takes away: the document as read, corrected, as a table row, as gold labels, and the patch alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple
from urllib.parse import quote

from vnadmin import AdminDocument
from vnadmin.text.fold import bare
from vnadmin_service.review import corrections
from vnadmin_service.review.desk import Sheet
from vnadmin_service.review.gold import gold_style
from vnadmin_service.work import View, write


class Download(NamedTuple):
    """One form of the result; `ending` follows the stem of the document's name."""

    media_type: str
    ending: str
    write: Callable[[Sheet], bytes]


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _corrected(sheet: Sheet) -> AdminDocument:
    return corrections.corrected(sheet.document, sheet.state)


def _machine(sheet: Sheet) -> bytes:
    return (sheet.document.model_dump_json(indent=2) + "\n").encode("utf-8")


def _corrected_json(sheet: Sheet) -> bytes:
    return (_corrected(sheet).model_dump_json(indent=2) + "\n").encode("utf-8")


def _csv(sheet: Sheet) -> bytes:
    # the mark at the front has Excel read it as UTF-8
    return b"\xef\xbb\xbf" + write(_corrected(sheet), View("text/csv"), sheet.name).body


def _gold(sheet: Sheet) -> bytes:
    return _json(gold_style(_corrected(sheet), sheet.name))


def _patch(sheet: Sheet) -> bytes:
    return _json(corrections.patch(sheet.document, sheet.steps))


DOWNLOADS: Mapping[str, Download] = {
    "machine.json": Download("application/json", "machine.json", _machine),
    "corrected.json": Download("application/json", "corrected.json", _corrected_json),
    "corrected.csv": Download("text/csv; charset=utf-8", "corrected.csv", _csv),
    "gold.json": Download("application/json", "gold.json", _gold),
    "corrections.json": Download("application/json-patch+json", "corrections.json", _patch),
}


def attachment(name: str, ending: str) -> Mapping[str, str]:
    """The header that names the file (RFC 6266): in full, and for old programs in ASCII."""
    stem = name.rpartition(".")[0] or name
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "-_ ") else "_" for c in bare(stem)) or "document"
    full = quote(f"{stem}.{ending}", safe="")
    return {"content-disposition": f"attachment; filename=\"{plain}.{ending}\"; filename*=UTF-8''{full}"}
