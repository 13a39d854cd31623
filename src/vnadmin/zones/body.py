"""Splits what stands between preface and conclusions into preamble (căn cứ, lệnh văn) and body."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from vnadmin.gazetteer import words_where
from vnadmin.genre.line_text import after_emphasis
from vnadmin.genre.marker import Marker, MarkerKind, marker_of
from vnadmin.layout.page import Paragraph, SourceDocument
from vnadmin.text.alternation import alternation
from vnadmin.text.fold import fold
from vnadmin.text.pattern import pattern

# Paragraphs that may stand before the operative word: a decree of 2025 has 40 lines of căn cứ.
_PREAMBLE_REACH = 120
# Characters of a paragraph in which its main clause is looked for.
_CLAUSE_REACH = 2000

# "- Căn cứ Luật ...;", "* Căn cứ", "1. Căn cứ" at the head of a preamble line (Party papers, Markdown, old decrees).
_LEADS = frozenset({MarkerKind.BULLET, MarkerKind.NUMBER})
# "Điều 1.", "Điều thứ nhất", "Khoản thứ nhất:", "Chương I", "I. CĂN CỨ": the body has begun; other markers may lead a căn cứ.
_OF_A_BODY = frozenset({MarkerKind.HEADING, MarkerKind.PROVISION, MarkerKind.ROMAN})
_MARKERS = _LEADS | _OF_A_BODY
_DIGIT = pattern(r"\d")
# "Căn cứ quy định nêu trên, Cục Hải quan thực hiện ...": prose that refers to the lines above
_POINTS_BACK = pattern(r"căn cứ (?:vào )?(?:các |những )?[^,;:.\d]{0,40}?(?:nêu|nói|dẫn|viện dẫn) trên")


def split_body(document: SourceDocument, start: int, end: int) -> tuple[tuple[Paragraph, ...], tuple[Paragraph, ...]]:
    """Preamble and body paragraphs of the lines `start` to `end` (indices in document.lines).

    The preamble is the authority line (thẩm quyền ban hành), the căn cứ, the proposal and the operative word
    (`QUYẾT ĐỊNH:`). A `Căn cứ ..., Sở X đề nghị ...` that goes on to say what is wanted is body prose.
    """
    paragraphs = document.paragraphs
    first = bisect_left(paragraphs, start, key=lambda p: p.lines[0].index)
    last = bisect_left(paragraphs, end, key=lambda p: p.lines[0].index)
    inner = list(paragraphs[first:last])
    if inner:
        inner[-1] = _clip(inner[-1], end)
    if start < end and first > 0 and paragraphs[first - 1].lines[-1].index >= start:
        inner.insert(0, _clip(_clip_head(paragraphs[first - 1], start), end))
    cut = _preamble_length(document, inner)
    return tuple(_whole(document, inner[:cut])), tuple(inner[cut:])


def _whole(document: SourceDocument, preamble: Sequence[Paragraph]) -> list[Paragraph]:
    """The preamble with a ground that its page cut in one: `Xét đề nghị của Giám đốc` / `Sở Y tế tại Tờ trình số 5`."""
    found: list[Paragraph] = []
    for paragraph in preamble:
        if found and _goes_on(document, found[-1], paragraph):
            found[-1] = Paragraph(found[-1].index, found[-1].lines + paragraph.lines)
        else:
            found.append(paragraph)
    return found


def _goes_on(document: SourceDocument, above: Paragraph, paragraph: Paragraph) -> bool:
    """Whether a paragraph is the rest of the ground above it, which ends without a mark."""
    if document.text[above.end - 1] in ".;,:*_" or paragraph.cell is not None or not basis(document, above):
        return False
    return not (basis(document, paragraph) or document.signs(paragraph).capitals)


def operative_word(document: SourceDocument, paragraph: Paragraph) -> bool:
    """`QUYẾT ĐỊNH:`, which ends the preamble."""
    head = _words(document, paragraph)[2]
    return len(head) < 40 and head.rstrip(" .:*_-") in _preamble_words("operative")


def basis(document: SourceDocument, paragraph: Paragraph) -> bool:
    """`Căn cứ Luật ...;`, `Xét đề nghị của ...`."""
    return _words(document, paragraph)[2].startswith(_preamble_words("basis"))


def authority(document: SourceDocument, paragraph: Paragraph) -> bool:
    """`BỘ TRƯỞNG BỘ Y TẾ` over the grounds."""
    return document.signs(paragraph).capitals


def other_grounds(document: SourceDocument, paragraph: Paragraph) -> bool:
    """`Nghị định số 12 ...;` after another ground, `Để đáp ứng yêu cầu ...` before the operative word."""
    return True


PREAMBLE = tuple((rule.__name__.replace("_", "-"), rule) for rule in (operative_word, basis, authority, other_grounds))


def _clip(paragraph: Paragraph, end: int) -> Paragraph:
    """The paragraph without its lines from `end` on."""
    if paragraph.lines[-1].index < end:
        return paragraph
    return Paragraph(paragraph.index, tuple(line for line in paragraph.lines if line.index < end))


def _clip_head(paragraph: Paragraph, start: int) -> Paragraph:
    """The paragraph without its lines before `start` (a preface that ends inside a paragraph)."""
    return Paragraph(paragraph.index, tuple(line for line in paragraph.lines if line.index >= start))


@cache
def _preamble_words(kind: str) -> tuple[str, ...]:
    return tuple(fold(word) for word in words_where("preamble_words", "kind", kind))


# `, Sở Nội vụ đề nghị ...`: a main clause, so it is prose and not a căn cứ line.
_MAIN_CLAUSE = pattern(lambda: rf"[,;:.] (?:nay )?[^,;:.]{{2,80}} (?:{alternation(_preamble_words('main verb'))})\b")


def _words(document: SourceDocument, paragraph: Paragraph) -> tuple[str, Marker | None, str]:
    """The folded words of a paragraph, its marker, and its words after a bullet or number, without emphasis."""
    line = after_emphasis(document.signs(paragraph))
    marker = marker_of(line, _MARKERS)
    leads = marker is not None and marker.kind in _LEADS
    return document.folded_of(paragraph), marker, line.folded[marker.content :] if marker and leads else line.folded


def _preamble_length(document: SourceDocument, paragraphs: list[Paragraph]) -> int:
    """How many leading paragraphs are preamble.

    All that stands between the first căn cứ and the operative word (`QUYẾT ĐỊNH:`) is, whatever its form:
    `Để đáp ứng yêu cầu ...`, `I. NỘI DUNG KHIẾU NẠI`. Without that word it is what `_Grounds` takes before any Roman heading.
    """
    operative, basis = _preamble_words("operative"), _preamble_words("basis")
    grounds, seen_basis, narrates = _Grounds(), False, False
    for index, paragraph in enumerate(paragraphs[:_PREAMBLE_REACH]):
        folded, marker, head = _words(document, paragraph)
        upper = document.signs(paragraph).capitals
        if len(head) < 40 and head.rstrip(" .:*_-") in operative and (seen_basis or upper):
            return index + 1
        seen_basis = seen_basis or head.startswith(basis)
        roman = marker is not None and marker.kind is MarkerKind.ROMAN
        if paragraph.cell is not None or (marker is not None and marker.kind in _OF_A_BODY and not roman):
            break
        narrates = narrates or roman
        if folded[-1:] == ":" and not upper:
            break  # "..., Bộ Tài chính có ý kiến như sau:" / "2. Thực hiện tốt công tác rà soát, ..."
        if not narrates:
            if not grounds.any and marker is not None and _is_item(document.of(paragraph), marker, head):
                break
            grounds.take(index, folded, head, upper=upper)
    return grounds.length


class _Grounds:
    """How far the căn cứ reach from the top, with the authority line over them."""

    def __init__(self) -> None:
        self.length = 0
        self._seen = self._closed = False

    @property
    def any(self) -> bool:
        """Whether a căn cứ was found."""
        return self._seen

    def take(self, index: int, folded: str, head: str, *, upper: bool) -> None:
        """Look at one more paragraph."""
        if self._closed:
            return
        if _is_heading(folded, head):
            self._closed = True
        elif head.startswith(_preamble_words("basis")):
            self._closed = not _is_basis_line(folded, head, self._seen)
            if not self._closed:
                self._seen, self.length = True, index + 1
        elif upper and len(folded) < 160:
            # an authority line counts only when a căn cứ or an operative word follows
            self._closed = self._seen and folded.rstrip().endswith(":")
            self.length = index + 1 if self._closed else self.length
        elif self.length == index and self._seen and folded[-1:] in ";," and not head[:1].isdigit():
            self.length = index + 1  # a căn cứ without its word, after another one
        else:
            self._closed = index - self.length > 3 or folded.endswith(":")


def _is_item(text: str, marker: Marker, head: str) -> bool:
    """Whether a numbered paragraph above any căn cứ is the body's first item, one on grounds without a name, too.

    `1. Rà soát danh sách.`; `2. Căn cứ tình hình thực tế, Phòng Nội vụ lập kế hoạch.`; but `1. Căn cứ Luật Đất đai, ....`
    """
    if marker.kind is not MarkerKind.NUMBER or text.rstrip(" *_")[-1:] != ".":
        return False
    grounds = text.strip(" *_")[marker.content :].lstrip(" *_").partition(",")[0]
    return not head.startswith(_preamble_words("basis")) or (grounds[1:].islower() and not _DIGIT.search(grounds))


def _is_heading(folded: str, head: str) -> bool:
    """Whether a line with a number is the heading of an item: `1. Căn cứ`, `I. Căn cứ pháp lý`."""
    return head != folded and head.startswith("căn cứ") and folded[-1:] not in ".;," and not _DIGIT.search(head)


def _is_basis_line(folded: str, head: str, seen: bool) -> bool:
    """Whether a paragraph that opens like a căn cứ is one, and not prose that starts with its grounds."""
    ending = folded.rstrip(" *_")[-1:]
    if _POINTS_BACK.match(head):
        return False
    if ending == ";":
        return True
    if ending == ":" or (not seen and head.startswith(("thực hiện", "trên cơ sở", "sau khi")) and ending != ","):
        return False
    if seen and ending == ",":
        return True
    return _MAIN_CLAUSE.search(folded, 0, _CLAUSE_REACH) is None
