"""References: the mentions of a document gathered into distinct instruments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from vnadmin.citation.mention.find import find_mentions
from vnadmin.citation.mention.forms import find_numbers
from vnadmin.citation.mention.hints import Hints, find_hints
from vnadmin.citation.mention.lists import ListIssuers
from vnadmin.citation.mention.mention import Mention, Segment
from vnadmin.citation.mention.segments import attachment_segments, main_segments
from vnadmin.citation.provision.chains import read_pins
from vnadmin.citation.relation import STRENGTH, RelationReader
from vnadmin.citation.resolve import Instrument, gather
from vnadmin.found import Found, quote
from vnadmin.layout.page import SourceDocument, Span
from vnadmin.model import Grade, PartialDate
from vnadmin.text.dates import find_dates
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


_MOST_PROVISIONS = 500
"""Provisions kept for one instrument; a document with more of them is no citation any more."""


def read_references(zones: Zones, hints: Hints | None = None) -> Iterator[FoundReference]:
    """Each distinct instrument of the main document once, in order of first mention.

    `hints` are those of the document, where they are known already.
    """
    number, date = _own(zones)
    yield from _references(zones.document, hints or find_hints(zones.document), main_segments(zones), number, date)


def read_appendix_references(zones: Zones, hints: Hints | None = None) -> tuple[tuple[FoundReference, ...], ...]:
    """The references of each attachment of `zones.attachments`, in the same order."""
    if not zones.attachments:
        return ()
    number, date = _own(zones)
    hints = hints or find_hints(zones.document)
    return tuple(
        tuple(_references(zones.document, hints, attachment_segments(zones.document, attachment), number, date))
        for attachment in zones.attachments
    )


def _own(zones: Zones) -> tuple[str | None, PartialDate | None]:
    """The document's own number and date as its header prints them, so that it does not cite itself."""
    document, number, date = zones.document, None, None
    for line in zones.preface.number:
        for token in find_numbers(document.text, line.start, line.end):
            number = number or "".join(document.text[token.start : token.end].split())
    for line in zones.preface.place_date or zones.preface.number:
        for found in find_dates(document.folded, line.start, line.end):
            date = date or found.value
    return number, date


def _references(
    document: SourceDocument,
    hints: Hints,
    segments: Iterable[Segment],
    own_number: str | None,
    own_date: PartialDate | None,
) -> Iterator[FoundReference]:
    relations, issuers = RelationReader(document), ListIssuers(document)
    groups: list[list[Mention]] = []
    for segment in segments:
        mentions = find_mentions(document, segment, hints)
        relations.read(segment, mentions)
        issuers.read(segment, mentions)
        if mentions:
            groups.append(mentions)
    for instrument in gather(document, groups, own_number, own_date):
        yield read_reference(document, instrument)


def read_reference(document: SourceDocument, instrument: Instrument) -> FoundReference:
    """One instrument: each part from the first mention that prints it."""
    mentions = instrument.mentions
    numbered = min((m for m in mentions if m.number), key=lambda m: (m.kind == "again", m.start), default=None)
    dated = max((m for m in mentions if m.date), key=lambda m: (len(m.date or ""), -m.start), default=None)
    issued = next((m for m in mentions if m.issuer and not m.issuer_before), None) or next(
        (m for m in mentions if m.issuer), None
    )
    titled = max(
        (m for m in mentions if m.title),
        key=lambda m: ((m.date is not None) + (m.issuer is not None), -m.start),
        default=None,
    )
    strongest = min(mentions, key=lambda m: STRENGTH.index(m.relation))
    typed = next((m for m in mentions if m.type), None)
    return FoundReference(
        type=quote(document, typed.type, typed.rule, typed.grade) if typed and typed.type else None,
        number=Found(numbered.number_value or "", (numbered.number,), numbered.rule, numbered.grade)
        if numbered and numbered.number
        else None,
        issued_on=Found(dated.date, (dated.date_span,), f"{dated.rule}.date", dated.date_grade)
        if dated and dated.date and dated.date_span
        else None,
        issuer=quote(
            document, issued.issuer, f"{issued.rule}.issuer", Grade.LIKELY if issued.issuer_before else Grade.CERTAIN
        )
        if issued and issued.issuer
        else None,
        title=quote(document, titled.title, f"{titled.rule}.title", Grade.LIKELY) if titled and titled.title else None,
        relation=Found(
            strongest.relation, (Span(strongest.start, strongest.core_end),), strongest.relation_rule, Grade.LIKELY
        ),
        provisions=tuple(_provisions(document, mentions)),
        mentions=tuple(quote(document, Span(m.start, m.core_end), m.rule, m.grade) for m in mentions),
    )


def _provisions(document: SourceDocument, mentions: Iterable[Mention]) -> Iterator[FoundProvision]:
    """The places inside the instrument that its mentions point to, each once."""
    seen: set[tuple[tuple[str, str], ...]] = set()
    for mention in mentions:
        if mention.pinpoint is None:
            continue
        for pin in read_pins(document, mention.pinpoint):
            key = tuple((level, number.casefold()) for level, number, _ in pin.numbers)
            if key in seen or len(seen) >= _MOST_PROVISIONS:
                continue
            seen.add(key)
            leaves = {
                level: Found(number, (span,), f"provision.{level}", Grade.LIKELY) for level, number, span in pin.numbers
            }
            yield FoundProvision(
                text=quote(document, pin.spans, "provision.text", Grade.LIKELY),
                point=leaves.get("point"),
                clause=leaves.get("clause"),
                article=leaves.get("article"),
                section=leaves.get("section") or leaves.get("subsection"),
                chapter=leaves.get("chapter"),
                part=leaves.get("part"),
                appendix=leaves.get("appendix") or leaves.get("form"),
            )
