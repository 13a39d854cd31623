"""What a document is told apart by, as one line beside its place in the index: counted without a look at its row.

A line is the document's SHA-256 and `␟y2022␞2022␟tqd␞Quyết định␟…`: for each facet its letter, a key and a name for people. Values that are written
differently (`SỞ Y TẾ`, `Sở Y tế`) have one key; bodies of one name under different ones above (`VĂN PHÒNG`) have several (`body_key`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from vnadmin.agencies import body_key, whole_name
from vnadmin.index.catalog.schema import key

BEFORE, BETWEEN = "\x1f", "\x1e"  # no document's value holds them: `_plain`
LETTERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "year": "y",
        "type": "t",
        "issuer": "i",
        "signer": "s",
        "place": "p",
        "urgency": "u",
        "secrecy": "m",
        "folder": "f",
    }
)
SHA256: Final = 64  # characters of a SHA-256
_NAMES: Final = {letter: facet for facet, letter in LETTERS.items()}
_LONGEST: Final = 300  # characters of a name


class Value(NamedTuple):
    """One value of a facet, and how many documents have it."""

    value: str
    label: str
    number: int


def line_of(document: Mapping[str, Any], sha256: str, folder: str) -> str:
    """The line of a document, of its row in `documents`, its content and the folder of its file."""
    issuer, parent = document["issuing_agency"], document["parent_agency"]
    pairs = {
        "year": (document["year"], document["year"]),
        "type": (document["type_code"] or key(document["type_name"]), document["type_name"] or document["type_code"]),
        "issuer": (document["issuer_key"], whole_name(issuer, parent)) if issuer else (None, None),
        "signer": (key(document["signer"]), document["signer"]),
        "place": (body_key(document["place"] or ""), document["place"]),
        "urgency": (key(document["urgency"]), document["urgency"]),
        "secrecy": (key(document["secrecy"]), document["secrecy"]),
        "folder": (folder, folder),
    }
    parts = "".join(_part(LETTERS[facet], *pair) for facet, pair in pairs.items() if pair[0])
    return f"{sha256:<{SHA256}}{parts}{BEFORE}"


def part_of(facet: str, value: str) -> str:
    """What the line of a document has that has this value."""
    return f"{BEFORE}{LETTERS[facet]}{_plain(value)}{BETWEEN}"


def counted(lines: str) -> dict[str, list[Value]]:
    """The values of each facet, the most frequent first; years the newest first.

    Args:
        lines: of documents, one behind the other, each without its SHA-256.
    """
    numbers = Counter(lines.split(BEFORE))
    sums: defaultdict[tuple[str, str], int] = defaultdict(int)
    labels: dict[tuple[str, str], str] = {}
    for part, number in numbers.most_common():
        if part:
            value, _, label = part[1:].partition(BETWEEN)
            one = (_NAMES[part[0]], value)
            sums[one] += number
            labels.setdefault(one, label)
    found: defaultdict[str, list[Value]] = defaultdict(list)
    for (facet, value), number in sums.items():
        found[facet].append(Value(value, labels[facet, value], number))
    for facet, values in found.items():
        values.sort(key=lambda one: one.value, reverse=facet == "year")
        if facet != "year":
            values.sort(key=lambda one: -one.number)
    return dict(found)


def folder_of(path: str) -> str:
    """The folder of a file; of what is in an archive or a mail the folder in it, or that."""
    return path.rpartition("/")[0].removesuffix("!")


def _part(letter: str, value: object, label: object) -> str:
    return f"{BEFORE}{letter}{_plain(str(value))}{BETWEEN}{_plain(str(label))[:_LONGEST]}"


def _plain(text: str) -> str:
    return " ".join(text.replace(BEFORE, " ").replace(BETWEEN, " ").split())
