"""References: the mentions of a document gathered into distinct instruments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from vnadmin.citation.mention.forms.hints import Hints, find_hints
from vnadmin.citation.mention.forms.tokens import find_numbers
from vnadmin.citation.mention.mention import Issuer, Mention
from vnadmin.citation.provision.chains import read_pins
from vnadmin.citation.read import MentionReader
from vnadmin.citation.relation.reader import STRENGTH
from vnadmin.citation.resolve import Instrument, gather
from vnadmin.citation.scope import Segment
from vnadmin.citation.segments import attachment_segments, main_segments
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
    hints = hints or find_hints(zones.document)
    segments = main_segments(zones, hints.places[-1] if hints.places else -1)
    yield from _references(zones.document, hints, segments, number, date)


def read_appendix_references(zones: Zones, hints: Hints | None = None) -> tuple[tuple[FoundReference, ...], ...]:
    """The references of each attachment of `zones.attachments`, in the same order."""
    if not zones.attachments:
        return ()
    number, date = _own(zones)
    hints = hints or find_hints(zones.document)
    return tuple(
        tuple(_references(zones.document, hints, attachment_segments(zones.document, attachment), number, date))
        if attachment.lines and hints.within(attachment.lines[0].start, attachment.lines[-1].end)
        else ()
        for attachment in zones.attachments
    )


def _own(zones: Zones) -> tuple[str | None, PartialDate | None]:
    """The document's own number and date as its header prints them, so that it does not cite itself."""
    document, number, date = zones.document, None, None
    block = zones.preface.block
    for line in zones.preface.number or ([block.number] if block and block.number else []):
        for token in find_numbers(document.text, line.start, line.end):
            number = number or "".join(document.text[token.start : token.end].split())
    dated = zones.preface.place_date or zones.preface.number or ([block.date] if block and block.date else [])
    for line in dated:
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
    reader = MentionReader(document, hints)
    groups = [mentions for segment in segments if (mentions := reader.read(segment))]
    for instrument in gather(document, groups, own_number, own_date):
        yield read_reference(document, instrument)


def read_reference(document: SourceDocument, instrument: Instrument) -> FoundReference:
    """One instrument: each part from the first mention that prints it."""
    mentions = instrument.mentions
    sightings = [mention.sighting for mention in mentions]
    numbered = min((s for s in sightings if s.number), key=lambda s: (s.kind == "anaphora", s.start), default=None)
    dated = max((m for m in mentions if m.date), key=lambda m: (len(m.date or ""), -m.sighting.start), default=None)
    issued = min((m for m in mentions if m.parts.issuer), key=lambda m: _is_far(m.parts.issuer), default=None)
    titled = max(
        (m for m in mentions if m.parts.title),
        key=lambda m: ((m.parts.date is not None) + (m.parts.issuer is not None), -m.sighting.start),
        default=None,
    )
    strongest = min(mentions, key=lambda m: STRENGTH.index(m.relation.name))
    typed = next((s for s in sightings if s.type), None)
    return FoundReference(
        type=quote(document, typed.type, typed.rule, typed.grade) if typed and typed.type else None,
        number=Found(numbered.number.value, (numbered.number.span,), numbered.rule, numbered.grade)
        if numbered and numbered.number
        else None,
        issued_on=Found(date.value, (date.span,), f"{dated.sighting.rule}.date", date.grade)
        if dated and (date := dated.parts.date)
        else None,
        issuer=quote(document, issuer.span, f"{issued.sighting.rule}.issuer", issuer.grade)
        if issued and (issuer := issued.parts.issuer)
        else None,
        title=quote(document, title, f"{titled.sighting.rule}.title", Grade.LIKELY)
        if titled and (title := titled.parts.title)
        else None,
        relation=Found(
            strongest.relation.name,
            (Span(strongest.sighting.start, strongest.sighting.end),),
            strongest.relation.rule,
            Grade.LIKELY,
        ),
        provisions=tuple(_provisions(document, mentions)),
        mentions=tuple(quote(document, Span(s.start, s.end), s.rule, s.grade) for s in sightings),
    )


def _is_far(issuer: Issuer | None) -> tuple[bool, bool]:
    """How an issuer ranks, the best lowest: named right after the number, then with a name that surely ends."""
    return issuer is None or issuer.place != "after", issuer is None or issuer.grade is not Grade.CERTAIN


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
