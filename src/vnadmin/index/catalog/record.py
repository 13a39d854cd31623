"""An AdminDocument out of the catalogue: of its record, its text and its rows in `fields`, which hold the evidence."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from typing import Any, Final

from vnadmin.index.catalog.doubts import GRADES
from vnadmin.index.catalog.insert import Values, columns_of
from vnadmin.model import AdminDocument

FIELD_COLUMNS: Final = columns_of("fields")[1:]  # of the rows that make the evidence, in order
_NAMES: Final = {number: name for name, number in GRADES.items()}
_ORDER: Final = {name: i for i, name in enumerate(AdminDocument.model_fields)}


def unpack_record(record: bytes, text: str, fields: Iterable[Values]) -> AdminDocument:
    """The AdminDocument that rows were made of; boxes are rounded to a tenth of a point.

    Args:
        fields: for each piece of evidence `FIELD_COLUMNS`, in any order.
    """
    document: dict[str, Any] = json.loads(zlib.decompress(record))
    if "evidence" not in document:  # up to version 0.1 the record held it too
        document["evidence"] = _evidence(text, fields)
    return AdminDocument.model_validate({**document, "text": text})


def _evidence(text: str, fields: Iterable[Values]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in sorted(fields, key=lambda row: (_place(row[0]), row[1])):
        pointer, _, _, grade, confidence, rule, page, start, end, boxes = row
        found.setdefault(pointer, []).append(
            {
                "start": start,
                "end": end,
                "quote": text[start:end],
                "page": page,
                "boxes": json.loads(boxes) if isinstance(boxes, str) else boxes or [],
                "rule": rule,
                "grade": _NAMES[grade],
                "confidence": confidence,
            }
        )
    return found


def _place(pointer: str) -> tuple[int, list[int | str]]:
    """Where a pointer stands in the order of the document."""
    first, *rest = pointer.split("/")[1:]
    return _ORDER.get(first, len(_ORDER)), [int(part) if part.isdigit() else part for part in rest]
