"""Document type: the type line (ô 5a), or the notation where there is none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from vnadmin.found import Found, quote
from vnadmin.genre.document_type import DocumentTypeWord, code_of_notation, match_type, misread_type
from vnadmin.genre.initials import find_initials
from vnadmin.genre.landmarks import number_label
from vnadmin.layout.page import Line, SourceDocument, Span
from vnadmin.model import Grade
from vnadmin.text.fold import bare, fold
from vnadmin.text.pattern import pattern
from vnadmin.zones.preface.closing import closing_letter_subject
from vnadmin.zones.preface.headline import headline
from vnadmin.zones.zone import BlockHead, Zones

_GROUP = regex.compile(r"[/-] *+(?P<group>[^\W\d]+)(?= *+[/-])")  # `re` finds no matches that overlap
# "Số: 18-BYT/TT", "808-BYT/QĐ" (to the 1990s): the issuer, then the type
_OLD_GROUP = pattern(r"\d *+- *+[^\W\d]++ *+/ *+(?P<group>[^\W\d]++)\W*+$")


@dataclass(frozen=True, slots=True)
class FoundType:
    """Leaves of model.DocumentType."""

    name: Found[str]
    code: Found[str] | None


def read_document_type(zones: Zones) -> Iterator[FoundType]:
    """Candidates, best first: type line, label of the number, letter, notation."""
    document, preface = zones.document, zones.preface
    merged = _consolidated(document, preface.number)
    if merged:
        yield merged
        return
    if preface.block:
        yield _from_block(document, preface.block)
        return
    for line in preface.number:
        label = number_label(document.folded_of(line))  # "Luật số: 18/2003/QH11"
        if label and (match := match_type(document.folded, line.start + label.type_start, line.start + label.type_end)):
            span = Span(line.start + label.type_start, line.start + label.type_end)
            yield _known(match.word, span, "document_type.number-label", Grade.LIKELY)
            return
    yield from _letter(zones)


def _consolidated(document: SourceDocument, lines: tuple[Line, ...]) -> FoundType | None:
    """A consolidated text prints the type of what it consolidates; its number says what it is (`07/VBHN-BXD`)."""
    for line in lines:
        place = document.folded.find("/vbhn", line.start, line.end)
        word = code_of_notation("VBHN")
        if place >= 0 and word:
            return _known(word, Span(place + 1, place + 5), "document_type.consolidated", Grade.LIKELY)
    return None


def _from_block(document: SourceDocument, block: BlockHead) -> FoundType:
    match = match_type(document.folded, *block.kind)
    if match and match.word.code and match.end == block.kind.end:
        return _known(match.word, block.kind, "document_type.type-line")
    misread = None if match else misread_type(document.text[block.kind.start : block.kind.end])
    if misread is not None:
        return _known(misread, block.kind, "document_type.type-line", Grade.LIKELY)
    # A type outside the table keeps its printed line: "PHIẾU TRÌNH GIẢI QUYẾT CÔNG VIỆC".
    return FoundType(quote(document, block.kind, "document_type.unlisted", Grade.LIKELY), None)


def _known(word: DocumentTypeWord, span: Span, rule: str, grade: Grade = Grade.CERTAIN) -> FoundType:
    code = Found(word.code, (span,), rule, grade) if word.code else None
    return FoundType(Found(word.name, (span,), rule, grade), code)


def _letter(zones: Zones) -> Iterator[FoundType]:
    """No type line: `V/v` under the number or `Kính gửi` makes it a letter; else the notation tells the type.

    What is addressed to nobody and has the number of another type (`272/QĐ-UBND`) is one whose type line was lost.
    """
    preface = zones.preface
    letter = code_of_notation("CV")
    if letter is None:
        return
    notation = next(_notation(zones), None)
    if notation is not None and not preface.address:
        yield notation
        return
    if preface.letter_subject and (preface.number or preface.motto or preface.address):
        line = preface.letter_subject[0]
        grade = Grade.LIKELY if _names_another(zones, notation, letter) else Grade.CERTAIN
        yield _known(letter, Span(line.start, line.end), "document_type.letter-subject", grade)
        return
    if preface.address and (preface.number or preface.motto):
        line = preface.address[0]
        yield _known(letter, Span(line.start, line.end), "document_type.address", Grade.LIKELY)
        return
    closing = closing_letter_subject(zones)
    if closing and not preface.number:
        yield _known(letter, Span(closing[0].start, closing[0].end), "document_type.closing-box", Grade.GUESS)
        return
    if printed := headline(zones):
        span = Span(printed[0].start, printed[1].end)
        yield _known(printed[1].word, span, "document_type.headline", Grade.GUESS)
        return
    if preface.address and not preface.number:
        line = preface.address[0]  # a letter of which a site gives the text without its header
        yield _known(letter, Span(line.start, line.end), "document_type.address-alone", Grade.GUESS)


def _names_another(zones: Zones, notation: FoundType | None, letter: DocumentTypeWord) -> bool:
    """Whether a letter's notation names another type: `Số: 215/KH-CĐGD`; the `CT` of a Cục Thuế is no Chỉ thị."""
    if notation is None or notation.code is None or notation.name.value == letter.name:
        return False
    agencies = [zones.document.of(line) for line in zones.preface.agencies]
    return find_initials(bare(fold(notation.code.value)), agencies) is None


def _notation(zones: Zones) -> Iterator[FoundType]:
    """The type that a group of the number's notation names."""
    document = zones.document
    for line in zones.preface.number:
        for match in _GROUP.finditer(document.folded, line.start, line.end, overlapped=True):
            word = code_of_notation(match["group"])
            if word:
                yield _known(word, Span(*match.span("group")), "document_type.notation", Grade.LIKELY)
        old = _OLD_GROUP.search(document.folded, line.start, line.end)
        word = code_of_notation(old["group"]) if old else None
        if old and word:
            yield _known(word, Span(*old.span("group")), "document_type.notation", Grade.LIKELY)
