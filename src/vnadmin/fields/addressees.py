"""Addressees: the bodies under Kính gửi (ô 9a)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from vnadmin.found import Found, quote, trimmed
from vnadmin.gazetteer import words
from vnadmin.genre.bullet import bullet_end, bullets, entries_within
from vnadmin.genre.header_line import is_labelled, starts_with
from vnadmin.genre.landmarks import address_label_end
from vnadmin.genre.marker import MarkerKind
from vnadmin.layout.page import Line, SourceDocument, Span
from vnadmin.model import Grade
from vnadmin.text.alternation import alternation
from vnadmin.text.fold import fold
from vnadmin.text.pattern import pattern
from vnadmin.text.syllable import is_spelled
from vnadmin.zones.preface.phrase import is_sentence_like, must_go_on
from vnadmin.zones.zone import Zones

# "1. Phòng Tham mưu;"; other markers stand in no list of bodies, and a bullet is told more freely
_NUMBERED = frozenset({MarkerKind.NUMBER})
_LONGEST = 240  # characters of a body's name
# "(Số 95, Lý Nam Đế)", "(để báo cáo)"; not "(Việt Nam)"
_ADDRESS_SIGN = pattern(r"[\d,;:]|(?<!\w)(?:để|qua|kèm)(?!\w)")
# "Công ty Sao Mai. (Lai Cách, tỉnh Hải Dương)"; not "Các trường mầm non. (trừ trường ngoài công lập)"
_ABODE_BEHIND = pattern(r"(?<=\w)\. *+\((?=[^()]*[\d,])(?!(?:trừ|theo|để|qua|kèm)(?!\w))[^();]{8,160}\)[ .;]*+$")
_LABEL_AGAIN = pattern(r"[.;] *+đồng kính gửi *+:? *+$")  # "- Bộ Y tế. Đồng kính gửi:" on the line of the last item
# "- Bộ Y tế. Đồng kính gửi: - Ban Tuyên giáo" on one line
_DASH = pattern(r" ++[-–] ++(?=\p{Lu})")
_NEXT_LABEL = pattern(r"[.;] *+(?P<label>đồng kính gửi *+:[ -]*+)(?=\w)")
_COMMA = pattern(r", *+(?=\p{Lu})")
_WHOLE_NAME = 2  # blanks in what may be a body's whole name; "Hiệu trưởng" has one
_PHONE = pattern(r"\d{6}")  # "Điện thoại liên hệ/ Tel.: (84) (28) 35142255"
_GLUED = pattern(r"(?=[A-Za-z]{0,20}+[^\W\d_A-Za-z])\p{L}{9,}")  # "Cácsởgiáodục": no syllable is so long
_FEWEST = 2  # letters and figures of a name ("T06"); a single one is a stroke that OCR took for text ("Kính gửi: N")


# "HỎA TỐC - Bộ Công Thương": a stamp beside the list, read on one line with its first item (scans)
_STAMPED = pattern(lambda: rf" *+(?:{alternation(map(fold, words('marks', 'mark')))}) *+")


def read_addressees(zones: Zones) -> Iterator[Found[str]]:
    """One value for each body, in order."""
    document, grade = zones.document, zones.preface.grade_of("address")
    pieces: list[Span] = []
    above: Line | None = None
    bracket = False  # "(Địa chỉ: 33 Trần Phú, Phường Lê Lợi;" / "Số ĐT: 0900)": opened, not closed yet
    for line in zones.preface.address:
        label = address_label_end(document.folded_of(line))
        start = line.start + label
        stamped = _STAMPED.match(document.folded, start, line.end)
        if stamped and bullet_end(document.text[stamped.end() : line.end]):
            start = stamped.end()
        width = bullet_end(document.text[start : line.end])
        if numbered := document.signs(Span(start, line.end)).marker(_NUMBERED):
            width = numbered.content
        above_piece = document.folded[slice(*pieces[-1])] if pieces else ""
        if width and must_go_on(above_piece) and above_piece[-1].isalpha():
            start, width = start + width, 0  # "- Chủ tịch UBND các tỉnh, thành phố trực thuộc" / "- Trung ương;"
        begun = width > 0 or (above is not None and _is_another(document, above, line))
        above = line
        start += width
        if start >= line.end:
            yield from _items(document, pieces, grade)
            pieces = []
            continue
        if pieces and (label or begun or _ended(document, pieces[-1])):
            yield from _items(document, pieces, grade)
            pieces = []
        if document.text[start] == "(" and not label and not pieces:
            continue  # "(Số 95, Lý Nam Đế, ...)": where the addressee lives
        if bracket or (document.text[start] == "(" and _opens_abode(document, start, line.end)):
            bracket = ")" not in document.text[start : line.end]
            continue
        bracketed = document.text[start] == "(" and not label and document.text[line.end - 1] == ")"
        if bracketed and (_ADDRESS_SIGN.search(document.folded, start, line.end) or len(pieces) != 1):
            continue
        if not label and is_labelled(document.folded[start : line.end], "contact"):
            continue  # "Địa chỉ: thôn 2, xã Bình An", "Mã số thuế: 0100000000"
        pieces.append(Span(start, line.end))
    # "Kính gửi: - Thủ trưởng các đơn vị - Tổ trưởng các tổ": the bullet of a list that came as one line
    lines = zones.preface.address
    label = address_label_end(document.folded_of(lines[0])) if lines else 0
    dashed = len(lines) == 1 and bullet_end(document.text[lines[0].start + label : lines[0].end]) > 0
    yield from _items(document, pieces, grade, dashed=dashed)


def _is_another(document: SourceDocument, above: Line, line: Line) -> bool:
    """`Kính gửi: UBND huyện` / `Phòng Công Thương huyện`: a paragraph of its own, set in the middle like the one above.

    The label moves the first one off the middle where the second stands under its name. Where nothing tells the setting, the word that opens it must name a body or an office.
    """
    under_label = bool(line.style.centred) and address_label_end(document.folded_of(above)) > 0
    if line.paragraph == above.paragraph or (above.style.centred is not line.style.centred and not under_label):
        return False
    folded, shown = document.folded_of(line), document.of(above).rstrip(" *_")
    opens = starts_with(folded, "head") or (line.style.centred is None and starts_with(folded, "post"))
    return opens and document.of(line)[0].isupper() and not must_go_on(fold(shown))


def _opens_abode(document: SourceDocument, start: int, end: int) -> bool:
    """`(Địa chỉ: 33 Trần Phú, Phường Lê Lợi;`: a bracket that a line below closes."""
    return ")" not in document.text[start:end] and is_labelled(document.folded[start:end], "contact")


def _ended(document: SourceDocument, span: Span) -> bool:
    return document.text[span.start : span.end].rstrip().endswith((";", ".", "; và"))


def _items(document: SourceDocument, pieces: list[Span], grade: Grade, *, dashed: bool = False) -> Iterator[Found[str]]:
    """One item over its wrapped lines; several on one line are set apart by `;`."""
    if not pieces:
        return
    runs: list[list[Span]] = [[]]
    first = pieces[0].start
    for piece in pieces:
        start = piece.start
        for stop, following in entries_within(document.text, piece.start, piece.end):
            bulleted = any(sign in bullets() for sign in document.text[stop:following])
            if not bulleted and document.text[following - 1] in "; " and ":" in document.text[first:stop]:
                continue  # "- Các đồng chí bí thư: huyện ủy, thành ủy; ban cán sự đảng"
            runs[-1].append(Span(start, stop))
            runs.append([])
            start = following
        if dashed and ";" not in document.text[first : piece.end]:
            for dash in _DASH.finditer(document.text, start, piece.end):
                if starts_with(document.folded[dash.end() : piece.end], "head"):
                    runs[-1].append(Span(start, dash.start()))
                    runs.append([])
                    start = dash.end()
        if again := _NEXT_LABEL.search(document.folded, start, piece.end):
            runs[-1].append(Span(start, again.start()))
            runs.append([])
            start = again.end()
        runs[-1].append(Span(start, piece.end))
    trimmed_runs = ([trimmed(document, s.start, s.end, "*_") for s in run] for run in runs)
    entries = [spans for run in trimmed_runs if (spans := [span for span in run if span.end > span.start])]
    # "- Các trường đại học; các học viện": one entry, or two
    in_bullet = document.text[max(0, first - 4) : first].rstrip(" ")[-1:] in bullets()
    for spans in entries:
        spans[-1] = _trim(document, spans[-1])
        found = quote(document, spans, "addressees.address-block", grade)
        whole = is_spelled(found.value) and len(found.value) <= _LONGEST and not _GLUED.search(found.value)
        whole = whole and not _PHONE.search(found.value) and "*" not in found.value
        if (
            not whole
            or (dashed and len(runs) > 1)
            or (in_bullet and len(entries) > 1)
            or is_sentence_like(fold(found.value))
            or _may_be_two(document, spans)
            or _lists(document, spans)
        ):
            found = found._replace(grade=Grade.LIKELY)  # the body's first sentence may have run into it
        if sum(map(str.isalnum, found.value)) >= _FEWEST:
            yield found


def _may_be_two(document: SourceDocument, spans: Sequence[Span]) -> bool:
    """A line that goes on with what could open a body, whose bullet may be lost, or with figures alone.

    `UBND Quận` / `3`, or the page's number. `Cơ quan thuộc` / `Chính phủ` is one: its first line cannot end there.
    """
    return any(
        (
            starts_with(document.folded[span.start : span.end], "head")
            and document.text[span.start].isupper()
            and not must_go_on(document.folded[above.start : above.end].rstrip())
        )
        or document.text[span.start : span.end].isdigit()
        for above, span in pairwise(spans)
    )


def _lists(document: SourceDocument, spans: Sequence[Span]) -> bool:
    """`Công an tỉnh, Sở Y tế` on one line: one entry to some, two to others; not `Hiệu trưởng, Giám đốc các trường`, `Các Bộ: Y tế, Công an`."""
    folded = document.folded
    return any(
        folded.count(" ", span.start, comma.start()) >= _WHOLE_NAME
        and ":" not in folded[span.start : comma.start()]
        and (starts_with(rest, "head") or starts_with(rest, "post"))
        for span in spans
        for comma in _COMMA.finditer(document.text, span.start, span.end)
        if (rest := folded[comma.end() : span.end])
    )


def _trim(document: SourceDocument, span: Span) -> Span:
    start, end = span
    if again := _LABEL_AGAIN.search(document.folded, start, end):
        end = again.start()
    if abode := _ABODE_BEHIND.search(document.folded, start, end):
        end = abode.start()
    return trimmed(document, start, end, ".;:,*_")
