"""The citations of a text or a document: mentions and pinpoints brought together, resolved and identified."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Final

from vnadmin.citation.cited import Citation, CitedInstrument, CitedText, Kind
from vnadmin.citation.mention.forms.hints import find_hints
from vnadmin.citation.mention.itself import SelfMention, find_self
from vnadmin.citation.mention.main_clause import clause_starts
from vnadmin.citation.mention.mention import Mention
from vnadmin.citation.provision.chains import leads_to
from vnadmin.citation.provision.here import Here
from vnadmin.citation.provision.pinpoint import Chain, Pinpoint, read_pinpoints
from vnadmin.citation.read import MentionReader
from vnadmin.citation.references import read_reference
from vnadmin.citation.resolve import Instrument, gather, number_key
from vnadmin.citation.scope import Place, Segment, body_segments
from vnadmin.citation.segments import attachment_segments, main_segments
from vnadmin.identifiers import Identity, identify
from vnadmin.layout.builder import DocumentBuilder
from vnadmin.layout.page import Line, Paragraph, SourceDocument
from vnadmin.model import PartialDate
from vnadmin.outline import read_outline
from vnadmin.text.compose import nfc
from vnadmin.text.fold import bare, fold, strip_marks
from vnadmin.text.pattern import pattern
from vnadmin.zones.zone import Zones

_KINDS: Final[dict[str, Kind]] = {
    "number": "full", "law": "name", "constitution": "name", "standard": "standard", "dated": "dated",
}  # fmt: skip
# "Sửa đổi khoản 2 Điều 5 như sau:", "Bãi bỏ điểm a khoản 1 Điều 7": a provision of the act that is amended
_CHANGES = pattern(r"(?:sửa\s+đổi|bổ\s+sung|bãi\s+bỏ|thay\s+thế|đính\s+chính)(?:[,\s]+\w+){0,8}\s*$")
_NOT_TYPED: Final = frozenset(("van ban",))  # "văn bản này" is said of a document of any type


@dataclass(frozen=True, slots=True)
class Itself:
    """What the text that cites is, as far as it is known: `Nghị định này` and the act's own number mean it."""

    type: str | None = None
    number: str | None = None
    issued_on: PartialDate | None = None
    issuer: str | None = None
    parent: str | None = None
    identity: Identity = field(default_factory=lambda: Identity(None, ("number",)))


def cite_text(text: str, itself: Itself | None = None) -> CitedText:
    """The citations of any text whose paragraphs are lines. Positions are in `CitedText.text`: the text in NFC."""
    document = _document(nfc(text))
    return _cite(document, ((0, segment) for segment in _line_segments(document)), itself or Itself())


def cite_zones(zones: Zones, itself: Itself) -> CitedText:
    """The citations of a document that was cut into zones, its attachments included."""
    parts = chain([main_segments(zones)], (attachment_segments(zones.document, one) for one in zones.attachments))
    segments = ((number, segment) for number, part in enumerate(parts) for segment in part)
    return _cite(zones.document, segments, itself)


def _document(text: str) -> SourceDocument:
    """The text as it is, a paragraph a line: a caller's own positions must not move, so nothing is cleaned away."""
    built = DocumentBuilder("text/plain").build()
    folded = fold(text)
    lines: list[Line] = []
    start = 0
    for printed in text.split("\n"):
        words = printed.strip()
        if words:
            first = start + printed.index(words)
            lines.append(Line(len(lines), first, first + len(words), 1, len(lines)))
        start += len(printed) + 1
    paragraphs = tuple(Paragraph(line.index, (line,)) for line in lines)
    return SourceDocument(
        text, folded, strip_marks(folded), tuple(lines), paragraphs, (), built.pages, built.media_type
    )


def _line_segments(document: SourceDocument) -> Iterator[Segment]:
    paragraphs = document.paragraphs
    for segment in body_segments(document, paragraphs, read_outline(document, paragraphs)):
        grounds = document.folded.startswith("căn cứ", segment.start)
        grounds = grounds and not clause_starts(document, segment.start, segment.end)
        yield segment._replace(place=Place.PREAMBLE) if grounds else segment


@dataclass(slots=True)
class _Paragraph:
    """What was found in one segment; `attachment` is 0 in the main document."""

    attachment: int
    segment: Segment
    mentions: list[Mention]
    selves: list[SelfMention]
    chains: list[Chain]
    absolute: list[tuple[Pinpoint, ...]]  # beside `chains`


def _cite(document: SourceDocument, segments: Iterable[tuple[int, Segment]], itself: Itself) -> CitedText:
    here = Here(document)
    paragraphs = list(_paragraphs(document, segments, here))
    own_number, own_date = itself.number, itself.issued_on
    gathered = gather(document, [p.mentions for p in paragraphs if p.mentions], own_number, own_date)
    of_mention = {id(m): index for index, one in enumerate(gathered) for m in one.mentions}
    instruments = tuple(_instrument(document, one, itself) for one in gathered)
    reader = _Reader(document, here, instruments, of_mention, itself)
    citations = [c for paragraph in paragraphs for c in reader.read(paragraph)]
    citations.sort(key=lambda c: (c.start, -c.end))
    return CitedText(document.text, tuple(citations), instruments, itself.identity)


def _paragraphs(document: SourceDocument, segments: Iterable[tuple[int, Segment]], here: Here) -> Iterator[_Paragraph]:
    reader = MentionReader(document, find_hints(document))
    for attachment, segment in segments:
        mentions = reader.read(segment)
        heading = here.read(segment.start, segment.end, attachment)
        selves = list(find_self(document, segment.start, segment.end))
        chains = [c for c in read_pinpoints(document, segment.start, segment.end) if c.start >= heading]
        absolute = [
            tuple((here.absolute(p, one.start) or p) if p.is_relative else p for p in one.pinpoints) for one in chains
        ]
        if chains and _is_changed(document, segment, chains[-1]):
            here.amend(absolute[-1][-1])
        if mentions or selves or chains:
            yield _Paragraph(attachment, segment, mentions, selves, chains, absolute)


def _is_changed(document: SourceDocument, segment: Segment, one: Chain) -> bool:
    """Whether the words before a pinpoint change it."""
    return bool(_CHANGES.search(document.folded[max(segment.start, one.start - 90) : one.start]))


def _instrument(document: SourceDocument, instrument: Instrument, itself: Itself) -> CitedInstrument:
    found = read_reference(document, instrument)
    kind, number, date, issuer, title = (
        leaf.value if leaf else None for leaf in (found.type, found.number, found.issued_on, found.issuer, found.title)
    )
    identity = identify(kind, number, date=date, issuer=issuer, title=title, within=itself.parent or itself.issuer)
    return CitedInstrument(identity.uri, identity.missing, kind, number, date, issuer, title, found.relation.value)


class _Reader:
    """Turns what was found into citations, paragraph after paragraph."""

    def __init__(
        self,
        document: SourceDocument,
        here: Here,
        instruments: Sequence[CitedInstrument],
        of_mention: dict[int, int],
        itself: Itself,
    ) -> None:
        self._document = document
        self._here = here
        self._instruments = instruments
        self._of_mention = of_mention
        self._itself = itself
        self._own_type = bare(itself.type) if itself.type else None
        self._amended: int | None = None  # the act that is being amended
        self._last: dict[str, int] = {}  # type -> the instrument of that type named last

    def read(self, paragraph: _Paragraph) -> Iterator[Citation]:
        """The citations of a paragraph, not in order."""
        used: set[int] = set()
        places: list[tuple[int, Mention | SelfMention]] = [
            *((m.sighting.start, m) for m in paragraph.mentions), *((s.start, s) for s in paragraph.selves)
        ]  # fmt: skip
        for start, place in sorted(places, key=lambda pair: pair[0]):
            index = self._chain_before(paragraph, start)
            if index is not None:
                used.add(index)
            pinpoints = paragraph.absolute[index] if index is not None else ()
            opens = paragraph.chains[index].start if index is not None else start
            if isinstance(place, SelfMention):
                yield self._of_self(paragraph.attachment, place, opens, pinpoints)
            else:
                yield self._of_mention_at(place, opens, pinpoints)
        starts = [m.sighting.start for m in paragraph.mentions]
        for index, one in enumerate(paragraph.chains):
            before = bisect_right(starts, one.start) - 1
            inside = before >= 0 and one.start < paragraph.mentions[before].sighting.end
            if index not in used and not inside:
                yield self._alone(paragraph, one, paragraph.absolute[index])

    def _chain_before(self, paragraph: _Paragraph, start: int) -> int | None:
        """The pinpoint that leads to an instrument."""
        index = bisect_right(paragraph.chains, start, key=lambda one: one.end) - 1
        if index < 0:
            return None
        one = paragraph.chains[index]
        whole = not any(p.is_relative for p in one.pinpoints)
        return index if whole and leads_to(self._document, one, start) else None

    def _of_mention_at(self, mention: Mention, opens: int, pinpoints: tuple[Pinpoint, ...]) -> Citation:
        instrument = self._of_mention.get(id(mention))
        kind: Kind
        if mention.sighting.kind == "anaphora":
            kind = "short" if mention.number else "back"
        else:
            kind = _KINDS[mention.sighting.kind]
        own = instrument is None and self._is_own(mention)
        if instrument is not None:
            if mention.relation.name in ("amends", "repeals") and not mention.is_nested:
                self._amended = instrument
            if mention.sighting.type:
                self._last[" ".join(self._document.bare_of(mention.sighting.type).split())] = instrument
        relation = "self" if own else mention.relation.name
        return self._citation(opens, mention.sighting.end, kind, instrument, own, pinpoints, relation)

    def _is_own(self, mention: Mention) -> bool:
        own = self._itself.number
        return bool(own and mention.number and number_key(own) == number_key(mention.number))

    def _of_self(self, attachment: int, place: SelfMention, opens: int, pinpoints: tuple[Pinpoint, ...]) -> Citation:
        """The document itself; in the new words of an amendment the act that is amended; `Quy chế này` what is attached."""
        if self._here.quoted(place.start) is not None and self._amended is not None:
            return self._citation(opens, place.end, "self", self._amended, False, pinpoints, "cites")
        kind = " ".join(self._document.bare_of(place.type).split())
        if self._own_type in (None, kind) or kind in _NOT_TYPED:
            return self._citation(opens, place.end, "self", None, True, pinpoints, "self")
        if attachment and self._here.articles[attachment] > 1:
            return self._citation(opens, place.end, "self", None, True, pinpoints, "self", attachment)
        named = self._last.get(kind)
        if named is not None:
            return self._citation(opens, place.end, "back", named, False, pinpoints, "cites")
        return self._citation(opens, place.end, "self", None, False, pinpoints, "self")

    def _alone(self, paragraph: _Paragraph, one: Chain, pinpoints: tuple[Pinpoint, ...]) -> Citation:
        """A pinpoint with no instrument: of the act amended, or of the document itself where it has such parts."""
        quoted = self._here.quoted(one.start) is not None
        if self._amended is not None and (quoted or _is_changed(self._document, paragraph.segment, one)):
            return self._citation(one.start, one.end, "provision", self._amended, False, pinpoints, "cites")
        attachment = paragraph.attachment if self._here.articles[paragraph.attachment] > 1 else 0
        annex = all(p.parts[0].level in ("appendix", "form") for p in pinpoints)
        relative = any(p.is_relative for p in one.pinpoints)
        has = self._here.annexes if annex else relative or self._here.articles[attachment] > 1
        own = has and not quoted
        relation = "self" if own else "cites"
        part = 0 if annex else attachment
        return self._citation(one.start, one.end, "provision", None, own, pinpoints, relation, part)

    def _citation(
        self,
        start: int,
        end: int,
        kind: Kind,
        instrument: int | None,
        own: bool,
        pinpoints: tuple[Pinpoint, ...],
        relation: str,
        attachment: int = 0,
    ) -> Citation:
        """A citation; provisions of an attached regulation are told from those of the act by `att_N`."""
        uri = (
            self._itself.identity.uri if own else self._instruments[instrument].uri if instrument is not None else None
        )
        head = f"att_{attachment}" if attachment else ""
        if uri is None:
            targets: tuple[str, ...] = ()
        elif not pinpoints:
            targets = (f"{uri}#{head}" if head else uri,)
        else:
            eids = [p.eid for p in pinpoints if not p.is_relative]
            targets = tuple(f"{uri}#{head}__{eid}" if head else f"{uri}#{eid}" for eid in eids)
        return Citation(start, end, kind, instrument, own, pinpoints, relation, targets)
