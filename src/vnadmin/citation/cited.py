"""What a search for citations gives: each place that cites, what it cites, and the identifiers of both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from vnadmin.citation.provision.pinpoint import Pinpoint
from vnadmin.identifiers import Identity

Kind = Literal["full", "name", "standard", "dated", "short", "back", "self", "provision"]
"""How an instrument is cited:

full        Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020
name        Luật Đất đai năm 2013, Hiến pháp năm 2013
standard    TCVN 6909:2001
dated       quyết nghị của Hội đồng Chính phủ ngày 3 tháng 9 năm 1945
short       Nghị định 15, an alias that the text declares
back        Công văn nêu trên
self        Nghị định này
provision   khoản 2 Điều 5 with no instrument named
"""


@dataclass(frozen=True, slots=True)
class CitedInstrument:
    """One instrument, with all that its citations together say of it."""

    uri: str | None
    missing: tuple[str, ...]
    type: str | None
    number: str | None
    issued_on: str | None
    issuer: str | None
    title: str | None
    relation: str


@dataclass(frozen=True, slots=True)
class Citation:
    """One place that cites. `start` and `end` frame the pinpoint and the instrument's type, number and date."""

    start: int
    end: int
    kind: Kind
    instrument: int | None  # index in `CitedText.instruments`; None for the document itself and what is not resolved
    of_itself: bool  # speaks of the document itself
    pinpoints: tuple[Pinpoint, ...]  # as far as can be told, absolute
    relation: str
    targets: tuple[str, ...]  # identifiers of what is cited: one for each provision, or one for the instrument


@dataclass(frozen=True, slots=True)
class CitedText:
    """A text, what it cites, and where. Each citation is `text[start:end]`."""

    text: str
    citations: tuple[Citation, ...]
    instruments: tuple[CitedInstrument, ...]
    itself: Identity
