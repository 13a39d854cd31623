"""References: the mentions of a document gathered into distinct instruments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from vnadmin.found import Found
from vnadmin.model import PartialDate
from vnadmin.zones.zone import Zones


@dataclass(frozen=True, slots=True)
class FoundProvision:
    """Leaves of model.Provision."""

    text: Found[str]
    point: Found[str] | None = None
    clause: Found[str] | None = None
    article: Found[str] | None = None
    section: Found[str] | None = None
    chapter: Found[str] | None = None
    part: Found[str] | None = None
    appendix: Found[str] | None = None


@dataclass(frozen=True, slots=True)
class FoundReference:
    """Leaves of model.LegalReference."""

    type: Found[str] | None
    number: Found[str] | None
    issued_on: Found[PartialDate] | None
    issuer: Found[str] | None
    title: Found[str] | None
    relation: Found[str]
    provisions: tuple[FoundProvision, ...]
    mentions: tuple[Found[str], ...]


def read_references(zones: Zones) -> Iterator[FoundReference]:
    """Each distinct instrument of the main document once, in order of first mention."""
    yield from ()


def read_appendix_references(zones: Zones) -> tuple[tuple[FoundReference, ...], ...]:
    """The references of each attachment of `zones.attachments`, in the same order."""
    return tuple(() for _ in zones.attachments)
