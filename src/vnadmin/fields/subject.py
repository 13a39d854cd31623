"""Subject: trích yếu nội dung (ô 5a, 5b)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vnadmin.found import Found, quote
from vnadmin.gazetteer import words_where
from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.document_type import match_type
from vnadmin.genre.header_line import starts_with
from vnadmin.genre.landmarks import subject_label
from vnadmin.layout.page import Line, SourceDocument, Span
from vnadmin.model import Grade
from vnadmin.text.dates import FULL_DATE, find_dates
from vnadmin.text.pattern import pattern
from vnadmin.zones.preface.closing import closing_letter_subject
from vnadmin.zones.zone import Zones

_JUNK = pattern(r"[ :;.,*_#-]*+")
# Between type and title: "CỦA BỘ TÀI CHÍNH SỐ 172/1998/TT/BTC NGÀY 22 THÁNG 12 NĂM 1998 Hướng dẫn ..."
_TITLE_HEAD = pattern(
    rf"[ :*_]*+(?:của .{{2,120}}? )?số ?:? *+[\w./-]++(?: *+[/-] *+[\w./-]++)*,? *+{FULL_DATE}[ :.,]*+"
)
# Words that ran together when the text was saved: "số 43/2025/TT-BYTngày", "chức năng,nhiệm vụ"
_DAMAGE = pattern(r"\p{Lu}{2}\p{Ll}{2}|\p{Ll},\p{Ll}")
_ISSUER = pattern(r"[ :*_]*+(?:của|số)(?!\w)")
# "CỦA ỦY BAN NHÂN DÂN THÀNH PHỐ V/V PHÊ DUYỆT ...": the issuer and the subject in one line
_AFTER_ISSUER = pattern(r"[ :*_]*+của .{4,120}? (?=(?:v ?/ ?v|về ?việc)(?!\w))")


def read_subject(zones: Zones) -> Iterator[Found[str]]:
    """Candidates, best first: the title under the type line, else `V/v ...` under the number."""
    document, preface = zones.document, zones.preface
    spans = [*_type_rest(document, preface.type_line), *(Span(line.start, line.end) for line in preface.title)]
    if preface.title and preface.agencies:
        spans[-1] = _without_issuer(document, spans[-1], preface.agencies[-1])
    found = _joined(document, spans, "subject.title") if preface.type_line else None
    if found is None and preface.letter_subject:
        lines = [Span(line.start, line.end) for line in preface.letter_subject]
        found = _joined(document, lines, "subject.letter")
    if found is None:
        lines = [Span(line.start, line.end) for line in closing_letter_subject(zones)]
        found = _joined(document, lines, "subject.closing-box", Grade.GUESS)
    if found:
        yield found


def _type_rest(document: SourceDocument, lines: Sequence[Line]) -> Iterator[Span]:
    """What stands behind the type's words on their own line, issuer, number and date left out."""
    for line in lines[:1]:
        start = line.start
        while start < line.end and not document.text[start].isalnum():
            start += 1
        match = match_type(document.folded, start, line.end)
        if not match or not match.word.code:
            continue  # all of the line names an unlisted type
        head = _TITLE_HEAD.match(document.folded, match.end, line.end)
        if head:
            yield Span(head.end(), line.end)
        elif not _ISSUER.match(document.folded, match.end, line.end):
            yield Span(match.end, line.end)
        elif named := _AFTER_ISSUER.match(document.folded, match.end, line.end):
            yield Span(named.end(), line.end)
    for line in lines[1:]:
        named = _AFTER_ISSUER.match(document.folded, line.start, line.end)
        if named:
            yield Span(named.end(), line.end)
            continue
        # "NGÀY 4 THÁNG 9 NĂM 1945 VỀ VIỆC LẬP QUỸ ĐÊ ĐIỀU"
        for date in find_dates(document.folded, line.start, line.end):
            yield Span(date.end, line.end)
            break


def _without_issuer(document: SourceDocument, span: Span, agency: Line) -> Span:
    """A title in capitals whose last line ran into the authority line: `... CÓ HIỆU LỰC CHÍNH PHỦ`."""
    if starts_with(document.folded_of(agency), "unit"):
        return span  # "TỈNH BẮC NINH" is half of a name, and a title may end on it
    issuer = document.folded_of(agency).strip(" *_.-")
    text = document.folded[span.start : span.end].rstrip(" *_")
    before = text.removesuffix(issuer)
    if (
        not issuer
        or before == text
        or not before.endswith(" ")
        or not in_capitals(document.text[span.start : span.end])
    ):
        return span
    last = before.split()[-1:]
    if not last or last[0].endswith((",", "(", "-")) or last[0] in words_where("header_words", "kind", "before_name"):
        return span
    return Span(span.start, span.start + len(before))


def _joined(
    document: SourceDocument, spans: Sequence[Span], rule: str, grade: Grade = Grade.CERTAIN
) -> Found[str] | None:
    """The lines of a subject as one value, without marker and final punctuation."""
    pieces: list[Span] = []
    for span in spans:
        start, end = span
        if not pieces:
            label = subject_label(document.folded[start:end])
            junk = None if label else _JUNK.match(document.folded, start, end)
            start = start + label.end if label else junk.end() if junk else start
        while start < end and document.text[start] in " *_#":
            start += 1
        while end > start and document.text[end - 1] in " *_":
            end -= 1
        if start < end:
            pieces.append(Span(start, end))
    if not pieces:
        return None
    start, end = pieces[-1]
    opens = sum(document.text.count("(", *p) for p in pieces)
    closes = sum(document.text.count(")", *p) for p in pieces)
    while end > start and (document.text[end - 1] in " .;:,/-" or (document.text[end - 1] == ")" and closes > opens)):
        closes -= document.text[end - 1] == ")"
        end -= 1
    if end == start:
        return _joined(document, pieces[:-1], rule, grade) if len(pieces) > 1 else None
    pieces[-1] = Span(start, end)
    damaged = any(_DAMAGE.search(document.text, *piece) for piece in pieces)
    return quote(document, pieces, rule, Grade.LIKELY if damaged and grade is Grade.CERTAIN else grade)
