"""What a person takes away: the document as read, corrected, as a table row, as gold labels, and the patch alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple
from urllib.parse import quote

from vnadmin import AdminDocument
from vnadmin.text.fold import bare
from vnadmin.text.printable import file_name
from vnadmin_service.review import corrections
from vnadmin_service.review.gold import gold_style
from vnadmin_service.review.open_documents import OpenDocument
from vnadmin_service.work import View, write


class Download(NamedTuple):
    """One form of the result; `ending` follows the stem of the document's name."""

    media_type: str
    ending: str
    write: Callable[[OpenDocument], bytes]


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _corrected(opened: OpenDocument) -> AdminDocument:
    return corrections.corrected(opened.document, opened.state)


def _machine(opened: OpenDocument) -> bytes:
    return (opened.document.model_dump_json(indent=2) + "\n").encode("utf-8")


def _corrected_json(opened: OpenDocument) -> bytes:
    return (_corrected(opened).model_dump_json(indent=2) + "\n").encode("utf-8")


def _csv(opened: OpenDocument) -> bytes:
    # the mark at the front has Excel read it as UTF-8
    return b"\xef\xbb\xbf" + write(_corrected(opened), View("text/csv"), opened.name).body


def _gold(opened: OpenDocument) -> bytes:
    return _json(gold_style(_corrected(opened), opened.name))


def _patch(opened: OpenDocument) -> bytes:
    return _json(corrections.patch(opened.document, opened.steps))


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
    full = quote(f"{file_name(stem) or 'document'}.{ending}", safe="")
    return {"content-disposition": f"attachment; filename=\"{plain}.{ending}\"; filename*=UTF-8''{full}"}
