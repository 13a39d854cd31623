"""What OCR may claim: nothing is certain by the engine's word alone, and what a hand filled in is a guess."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from vnadmin.assemble.evidence import Entry, EvidenceWriter, lower
from vnadmin.assemble.second_mention import abbreviations_of, codes_of_bodies, known_abbreviations
from vnadmin.gazetteer import words
from vnadmin.genre.document_type import code_of_notation
from vnadmin.genre.initials import codes_of, find_initials
from vnadmin.genre.person_name import NameLikeness, name_likeness, without_rank
from vnadmin.issues import issue
from vnadmin.layout.page import Box, SourceDocument, Span, Word
from vnadmin.model import Grade, Issue
from vnadmin.text.fold import bare, fold
from vnadmin.text.pattern import pattern
from vnadmin.text.syllable import is_syllable
from vnadmin.zones.zone import Zones

# Values of closed lists or of a grammar of their own: a word that OCR damaged would not have matched. Free text
# (names, subjects, agencies) is certain only where the engine measured every word of it as sure.
_CHECKED = ("/document_type", "/urgency", "/secrecy", "/circulation")
# That no title was read makes a letter of what is addressed: the title may have been lost, where the number does not say so too.
_BY_ABSENCE = ("document_type.address", "document_type.closing-box", "document_type.letter-subject")
# Free text whose words are compared with the rest of the document.
_SPELT = ("/subject", "/addressees", "/recipients", "/issuing_agency", "/parent_agency")
_WORDS = pattern(r"[\p{L}\p{M}]++")
_SURE = 0.90  # mean of the words of a slice
_DOUBTED = 0.75  # of one word: it was mended, or a second reader did not agree
_HANDWRITTEN = {"/number": "number_handwritten", "/issued_on": "day_handwritten"}
_DEPUTY = frozenset({"kt.", "phó", "thứ"})
# Each word of a name under a seal: of 60 such names 39 were read so, and what was read of all 39 is right; of the others
# nine are wrong in a letter or more.
_SEEN_THROUGH = 0.93
_WHOLE_NAME = 3  # words: of two, the first may be a middle name whose family name the seal took
# What is printed before the blank of each: "Số:", "ngày", "tháng" (bare text).
_BLANKS = {"/number": pattern(r"\bs[o0a6] ?[:;.]? ?$"), "/issued_on": pattern(r"(?:ngay|thang) ?$")}


def regrade_readings(values: Mapping[str, Any], zones: Zones, evidence: EvidenceWriter) -> Iterator[Issue]:
    """Lower the grades of values read by OCR, on pages or in pictures; issues for what was filled in by hand or sealed."""
    document = zones.document
    read = {page.number for page in document.pages if page.method == "ocr"}
    if not read and not document.is_read:
        return
    by_hand = [Span(mark.start, mark.end) for mark in document.handwriting]
    doubtful = [
        word.start
        for line in document.lines
        for word in line.words
        if word.confidence is not None and word.confidence < _DOUBTED
    ]
    if document.measured:
        doubtful += [word.start for word in document.measured if word.confidence < _DOUBTED]
        doubtful.sort()
    _narrow_notation(values, document, evidence)
    if not _is_signed_by_its_issuer(values):
        for pointer in ("/number/text", "/number/notation"):
            lower(evidence.entries.get(pointer, []), Grade.LIKELY)
    told = frozenset(_told_by_each_other(values, document, evidence))
    for pointer, entries in evidence.entries.items():
        if not any(entry["page"] in read or entry["confidence"] is not None for entry in entries):
            continue
        if (
            pointer not in told
            and not _is_checked(pointer, entries)
            and not all(_is_sure(entry, doubtful) for entry in entries)
        ):
            lower(entries, Grade.LIKELY)
    if not _has_the_notation_of_a_letter(values, evidence):
        for entries in evidence.entries.values():
            if any(entry["rule"] in _BY_ABSENCE for entry in entries):
                lower(entries, Grade.LIKELY)
    for pointer, entries in evidence.entries.items():
        if pointer.startswith("/arrival") and any(entry["page"] in read for entry in entries):
            lower(entries, Grade.GUESS)  # written by hand into a stamp
    _regrade_spelt_otherwise(document, evidence)
    for pointer, code in _HANDWRITTEN.items():
        if values[pointer[1:]] is None:
            # What stands there could not be read at all: worth a look all the more.
            if any(_BLANKS[pointer].search(document.bare, max(0, m.start - 9), m.start) for m in document.handwriting):
                yield issue(code, pointer)
            continue
        touched = [name for name in evidence.entries if name == pointer or name.startswith(f"{pointer}/")]
        hit = [name for name in touched if _touches(document.text, evidence.entries[name], by_hand)]
        if hit:
            for name in hit:
                lower(evidence.entries[name], Grade.GUESS)
            yield issue(code, pointer)
    yield from _sealed(values, zones, evidence)


def _told_by_each_other(values: Mapping[str, Any], document: SourceDocument, evidence: EvidenceWriter) -> Iterator[str]:
    """The posts of `KT. GIÁM ĐỐC` over `PHÓ GIÁM ĐỐC` whose common words were read surely: they tell `KT.` and `PHÓ`."""
    for index, signatory in enumerate(values["signatories"]):
        position, authority = signatory["position"], signatory["authority"]
        if not position or not authority:
            continue
        chief = fold(authority[-1]).replace(".", ". ", 1).removeprefix("kt. ").strip()
        deputies = ("thứ trưởng", "phó bộ trưởng") if chief == "bộ trưởng" else (f"phó {chief.rpartition(', ')[2]}",)
        if not fold(authority[-1]).startswith("kt.") or fold(position) not in deputies:
            continue
        pair = f"/signatories/{index}/position", f"/signatories/{index}/authority/{len(authority) - 1}"
        entries = [entry for pointer in pair for entry in evidence.entries.get(pointer, ())]
        if all(_is_read(entry, document) for entry in entries):
            yield from pair


def _is_read(entry: Entry, document: SourceDocument) -> bool:
    """Whether each word of a post was read surely, but for the signs of a deputy."""
    return all(
        word.confidence is None or word.confidence >= _SURE or fold(document.text[word.start : word.end]) in _DEPUTY
        for word in _words_of(entry, document)
    )


def _is_checked(pointer: str, entries: Sequence[Entry]) -> bool:
    """Whether a value is one of a closed list, or a purpose that the list has word for word: `để b/c`."""
    if pointer.startswith(_CHECKED):
        return True
    return pointer.endswith("/purpose") and all(fold(entry["quote"]) in _purposes() for entry in entries)


@cache
def _purposes() -> frozenset[str]:
    """The listed purposes, with and without `để`."""
    listed = [fold(word) for word in words("purposes")]
    return frozenset((*listed, *(f"để {word}" for word in listed)))


def _has_the_notation_of_a_letter(values: Mapping[str, Any], evidence: EvidenceWriter) -> bool:
    """Whether the number has a notation that was read surely and names a body and no type: `UBND-VX` (NĐ 30/2020, Phụ lục I, mục II.3)."""
    number, entries = values["number"], evidence.entries.get("/number/notation", [])
    if not number or not entries or any(entry["grade"] is not Grade.CERTAIN for entry in entries):
        return False
    return bool(codes_of_bodies(number["notation"])) and not any(map(code_of_notation, codes_of(number["notation"])))


def _regrade_spelt_otherwise(document: SourceDocument, evidence: EvidenceWriter) -> None:
    """Text of which two words stand elsewhere in the document with other marks, and no less often, is likely at best.

    `đối chiều` is spelt right and means nothing; where the body has `đối chiếu`, one of the two was misread.
    """
    wanted = [entries for pointer, entries in evidence.entries.items() if pointer.startswith(_SPELT)]
    if not any(entry["grade"] is Grade.CERTAIN for entries in wanted for entry in entries):
        return
    forms: dict[str, Counter[str]] = {}
    for pair in _pairs(document.folded):
        forms.setdefault(bare(pair), Counter())[pair] += 1
    for entries in wanted:
        for entry in entries:
            own = Counter(_pairs(document.folded[entry["start"] : entry["end"]]))
            if any(_is_outdone(pair, count, forms.get(bare(pair), Counter())) for pair, count in own.items()):
                lower(entries, Grade.LIKELY)
                break


def _pairs(folded: str) -> Iterator[str]:
    """Each two words that nothing but a blank or a line end parts, both syllables; `đúng, đủ` is no other spelling of `dụng dữ`."""
    before, end = "", 0
    for match in _WORDS.finditer(folded):
        word = match[0] if is_syllable(match[0]) else ""
        if before and word and folded[end : match.start()].isspace():
            yield f"{before} {word}"
        before, end = word, match.end()


def _is_outdone(pair: str, count: int, forms: Counter[str]) -> bool:
    """Whether a pair stands with other marks as often as with these outside the slice in which it stands so often."""
    return any(number >= max(forms[pair] - count, 1) for form, number in forms.items() if form != pair)


def _is_signed_by_its_issuer(values: Mapping[str, Any]) -> bool:
    """Whether the letters of the number stand for a body of the header, or for one that everybody knows.

    Under VĂN PHÒNG CHÍNH PHỦ `PCP` is `VPCP` of which a letter was lost, however sure the engine is of what it read.
    """
    number, names = values["number"], [values["parent_agency"], values["issuing_agency"]]
    codes = codes_of_bodies(number["notation"]) if number and number["notation"] else []
    if not codes:
        return True
    printed = [name for name in names if name]
    if codes[0] in known_abbreviations() or any(codes[0] in abbreviations_of(name) for name in printed):
        return True
    # A school's letters leave out that it is one: ĐHKTCN of TRƯỜNG ĐẠI HỌC KỸ THUẬT - CÔNG NGHỆ.
    spelt = printed, [fold(name).removeprefix("trường ") for name in printed]
    return any((found := find_initials(codes[0], names)) is not None and not found.price for names in spelt)


def _narrow_notation(values: Mapping[str, Any], document: SourceDocument, evidence: EvidenceWriter) -> None:
    """The printed symbol of a number stands on a slice of its own, so that figures by hand do not speak against it."""
    number = values["number"]
    for entry in evidence.entries.get("/number/notation", []) if number else []:
        start, end = entry["end"], entry["end"]
        wanted = [char for char in number["notation"] if not char.isspace()]
        while wanted and start > entry["start"]:
            start -= 1
            if not document.text[start].isspace() and document.text[start] != wanted.pop():
                return  # spelt otherwise than printed
        words = list(_words_of({**entry, "start": start}, document))
        if wanted or not words:
            return
        entry["start"] = start
        entry["quote"] = document.text[start:end]
        entry["boxes"] = [Box.around([word.box for word in words])]
        sure = [word.confidence for word in words if word.confidence is not None]
        entry["confidence"] = min(sure, default=None)


def _sealed(values: Mapping[str, Any], zones: Zones, evidence: EvidenceWriter) -> Iterator[Issue]:
    """A seal over a signer's name: what was read there deserves a look."""
    for index, _ in enumerate(values["signatories"]):
        entries = evidence.entries.get(f"/signatories/{index}/name", [])
        if entries and _is_seen_through(entries, zones.document):
            continue
        for entry in entries:
            boxes = [seal.box for seal in zones.document.seals if seal.page == entry["page"]]
            if any(_is_under(box, seal) for box in entry["boxes"] for seal in boxes):
                lower(entries, Grade.LIKELY)
                yield issue("seal_over_name", f"/signatories/{index}/name")
                break


def _is_seen_through(entries: Sequence[Entry], document: SourceDocument) -> bool:
    """Whether a whole name, its family name first, was read as surely as print that no seal lies on."""
    text = " ".join(entry["quote"] for entry in entries)
    name = text[without_rank(text) :]
    if len(name.split()) < _WHOLE_NAME or name_likeness(name) is not NameLikeness.FULL:
        return False
    return all(
        word.confidence is not None and word.confidence >= _SEEN_THROUGH
        for entry in entries
        for word in _words_of(entry, document)
    )


def _words_of(entry: Entry, document: SourceDocument) -> Iterator[Word]:
    """The words of a slice that have boxes."""
    for line in document.lines:
        if line.start < entry["end"] and line.end > entry["start"]:
            for word in line.words:
                if word.start < entry["end"] and word.end > entry["start"]:
                    yield word


def _is_sure(entry: Entry, doubtful: Sequence[int]) -> bool:
    """Whether the engine was sure of a slice as a whole, and of each of its words."""
    if entry["confidence"] is None:
        return True
    at = bisect_left(doubtful, entry["start"])
    return entry["confidence"] >= _SURE and (at == len(doubtful) or doubtful[at] >= entry["end"])


def _touches(text: str, entries: Sequence[Entry], marks: Sequence[Span]) -> bool:
    """Whether a filled-in slice lies in a value, or at its edge (an empty slice is a blank that was not read)."""
    return any(
        mark.start <= entry["end"] and mark.end >= entry["start"] - text[mark.end : mark.end + 1].count(" ")
        for entry in entries
        for mark in marks
    )


def _is_under(box: Box, seal: Box) -> bool:
    """Whether a round seal lies on a box; the corners of the seal's own box hold no ink."""
    middle_x, middle_y = (seal[0] + seal[2]) / 2, (seal[1] + seal[3]) / 2
    away_x = max(box[0] - middle_x, 0.0, middle_x - box[2]) / (middle_x - seal[0])
    away_y = max(box[1] - middle_y, 0.0, middle_y - box[3]) / (middle_y - seal[1])
    return away_x**2 + away_y**2 < 1
