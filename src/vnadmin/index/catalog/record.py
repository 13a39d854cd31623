"""A document as one column of the catalogue: its text, its values and its evidence, packed together and compressed.

The three are parted by NUL, which neither a stored text nor JSON holds. They are compressed as one: values and pointers
say again what the text says. JSON, for MessagePack comes out no smaller once compressed (docs/decisions/0040).
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeVar

from pydantic import BaseModel

from vnadmin.model import AdminDocument

Part = TypeVar("Part", bound=BaseModel)
_PARTS: Final = "\x00"
_LEVEL: Final = 4  # a tenth larger than level 6, in a fifth less time
_NO_VALUES: Final = {"text", "evidence"}


def pack(document: AdminDocument) -> bytes:
    """The record of a document; boxes are rounded to a tenth of a point."""
    evidence = {
        pointer: [
            [e.start, e.end, e.page, e.rule, e.grade, e.confidence, [[round(x, 1) for x in box] for box in e.boxes]]
            for e in entries
        ]
        for pointer, entries in document.evidence.items()
    }
    return joined(storable(document.text), document.model_dump_json(exclude=_NO_VALUES), evidence)


def joined(text: str, values: str, evidence: Mapping[str, Sequence[Sequence[Any]]]) -> bytes:
    """The record of its parts.

    Args:
        values: JSON of the AdminDocument without text and evidence.
        evidence: by pointer start, end, page, rule, grade, confidence and boxes of each place.
    """
    dumped = json.dumps(evidence, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(_PARTS.join((text, values, dumped)).encode(), _LEVEL)


def text_of(record: bytes) -> str:
    """The text alone."""
    return zlib.decompress(record).partition(_PARTS.encode())[0].decode()


def values_and_grades(record: bytes) -> tuple[dict[str, Any], dict[str, str]]:
    """The values as JSON and the grade of each leaf by its pointer, in a third of the time of a whole document."""
    _, values, places = zlib.decompress(record).decode().split(_PARTS)
    return json.loads(values), {pointer: entries[0][4] for pointer, entries in json.loads(places).items() if entries}


def part_of(record: bytes, part: type[Part]) -> Part:
    """Some of its values, as the parser read them, for a tenth of the time that the whole takes; `part` ignores the others."""
    _, values, _ = zlib.decompress(record).decode().split(_PARTS)
    return part.model_validate_json(values)


def unpack(record: bytes, *, evidence: bool = True) -> AdminDocument:
    """The document that was packed; without `evidence` in half the time."""
    text, values, places = zlib.decompress(record).decode().split(_PARTS)
    found = _evidence(text, json.loads(places)) if evidence else {}
    return AdminDocument.model_validate({**json.loads(values), "text": text, "evidence": found})


def _evidence(text: str, places: Mapping[str, Sequence[Sequence[Any]]]) -> dict[str, list[dict[str, Any]]]:
    names = ("start", "end", "page", "rule", "grade", "confidence", "boxes")
    return {
        pointer: [{**dict(zip(names, entry, strict=True)), "quote": text[entry[0] : entry[1]]} for entry in entries]
        for pointer, entries in places.items()
    }


def storable(text: str) -> str:
    """Text that both databases take: PostgreSQL has no NUL; the length stays, so offsets stay."""
    return text.replace("\x00", "\ufffd") if "\x00" in text else text
