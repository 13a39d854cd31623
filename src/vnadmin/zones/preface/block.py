"""The title block of a gazette print: `THÔNG TƯ / LIÊN TỊCH CỦA BỘ A - BỘ B SỐ 8/2001/TTLT NGÀY ... / HƯỚNG DẪN ...`.

Issuer, number and date stand between the type and the title, wherever the lines break; they are read over line ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from vnadmin.gazetteer import words
from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.document_type import code_of_notation, match_type
from vnadmin.genre.header_line import HeaderKind
from vnadmin.genre.initials import codes_of
from vnadmin.layout.page import SourceDocument, Span
from vnadmin.text.dates import FULL_DATE
from vnadmin.text.fold import fold
from vnadmin.text.pattern import pattern
from vnadmin.zones.preface.header import Header, Part
from vnadmin.zones.zone import BlockHead

_REACH = 6  # lines that type, issuer, number and date fill
_AND = pattern(r" *+(?:và|&) *+")
_JOINT = pattern(r"[ :*_]*+liên (?:tịch|bộ)(?!\w)")
_CODE = r"[a-zđư&]{2,12}(?= ?[/-]| *,? *ngày(?!\w)| *$)"
# "SỐ 12/2008/TT-BTC", "SỐ 45 TC/TCT", "SỐ 45TC/TCT" (before 1998)
_NUMBER = pattern(
    rf"[ ,.:*_(]*+số(?!\w) ?:?+ *+(?P<number>\d{{1,6}}(?:\.\d{{1,3}})?(?:[a-zđ]?(?!\w)(?: *+{_CODE})?|{_CODE})"
    r"(?: ?[/-] ?[a-zđư0-9][\wđư&@+.]*+)*+)"
)
_DATE = pattern(rf"[ ,.:*_(]*+(?P<date>{FULL_DATE})[ ,.:*_)]*+")
_ISSUER_LABEL = pattern(r"[ :*_(]*+của(?!\w) *+")
_ISSUER_END = pattern(r"(?<!\w)(?:số(?!\w) *+:? *+\d|ngày(?!\w) *+\d|v ?/ ?v(?!\w)|về ?việc(?!\w))")
_SUBJECT_MARK = pattern(r"(?<!\w)(?:v ?/ ?v(?!\w)|về ?việc(?!\w))")
# "... TẠI CUỘC HỌP", "của Thường trực UBND huyện (từ ngày ...)", "của Ban Chấp hành năm 2022"; not "QUẬN 3"
_OF_A_TITLE = pattern(r" tại |\(|\d/|\d{4}")
_LONGEST_ISSUER = 160
# A name that a line end cuts: "BỘ TÀI CHÍNH - CÔNG NGHIỆP -" / "TỔNG CỤC HẢI QUAN"
_OPEN_NAME = pattern(r"(?:[-,&]|(?<!\w)(?:và|của|các|dân|chủ))$")


def read_block_head(header: Header, at: int) -> BlockHead:
    """Type, issuer, number and date of the block that begins with the type line at `at`.

    A type outside the table, or one without a code, is the whole line. Where the header has its number on a line of its own, a number in the block is another document's.
    """
    document = header.document
    lines = header.lines[at : at + _REACH]
    start = lines[0].start
    while start < lines[0].end and not document.text[start].isalnum():
        start += 1
    match = match_type(document.folded, start, lines[0].end)
    close = start + len(document.text[start : lines[0].end].rstrip(" *_#.:"))
    whole = BlockHead(lines[0].end, Span(start, close))
    if match is None or _names_another(document, match.end, close):
        return whole
    if not match.word.code and (header.has(Part.NUMBER) or header.has(Part.AGENCIES)):
        return whole  # "LỊCH CÔNG TÁC" / "của Thường trực Ủy ban nhân dân huyện"
    last = lines[0]
    for offset, line in enumerate(lines[1:], at + 1):
        if line.cell is not None or line.column is not last.column or line.index != last.index + 1:
            break
        if header.kind(offset) in (HeaderKind.ADDRESS, HeaderKind.PREAMBLE, HeaderKind.BODY, HeaderKind.RULE):
            break
        last = line
    end, breaks = last.end, [line.end for line in lines if line.end <= last.end]
    found = _Reader(document, end, breaks, header.has(Part.NUMBER), match.end, match.end).read(start)
    says_more = found.issuer or found.number or found.date
    return found if match.word.code or says_more else whole


def names_its_type(document: SourceDocument, block: BlockHead) -> bool:
    """Whether the number of a title block has the code of the block's own type: `THÔNG TƯ ... SỐ 03/2010/TT-BTC`."""
    if block.number is None:
        return False
    kind = match_type(document.folded, *block.kind)
    return kind is not None and any(
        code_of_notation(group) is kind.word for group in codes_of(document.text[slice(*block.number)])
    )


def _names_another(document: SourceDocument, at: int, end: int) -> bool:
    """`QUY ĐỊNH VÀ HƯỚNG DẪN`: two types on the line and nothing else are a type outside the table."""
    joint = _AND.match(document.folded, at, end)
    other = match_type(document.folded, joint.end(), end) if joint else None
    return other is not None and other.end == end


@dataclass(slots=True)
class _Reader:
    """Walks from the type's words to the title."""

    document: SourceDocument
    limit: int
    breaks: list[int]  # where lines end
    numbered: bool  # the header has its number elsewhere
    type_end: int
    at: int
    issuer: Span | None = None
    number: Span | None = None
    date: Span | None = None

    def read(self, start: int) -> BlockHead:
        folded = self.document.folded
        joint = _JOINT.match(folded, self.at, self.limit)
        if joint:
            self.type_end = self.at = joint.end()
        self._read_issuer(named=joint is None)
        for _ in range(2):
            self._read_number()
            self._read_date()
        if self.number and self.issuer is None:
            self._read_issuer(named=True)  # "NGHỊ QUYẾT SỐ 297 NQ/UBTVQH9 NGÀY 24-02-1996" / "CỦA ỦY BAN ..."
        return BlockHead(self.at, Span(start, self.type_end), self.issuer, self.number, self.date)

    def _read_issuer(self, *, named: bool) -> None:
        """`CỦA BỘ X`, or after `LIÊN TỊCH` the names alone; to the number, the date, `VỀ VIỆC` or the line's end."""
        folded = self.document.folded
        label = _ISSUER_LABEL.match(folded, self.at, self.limit)
        begin = label.end() if label else self.at
        if label is None and (named or self.numbered):
            return
        while begin < self.limit and folded[begin] in " :*_":
            begin += 1
        reach = min(self.limit, begin + _LONGEST_ISSUER)
        found = (_SUBJECT_MARK if self.numbered else _ISSUER_END).search(folded, begin, reach)
        close = found.start() if found else reach
        line_end = self._line_end(begin)
        if found is None or _cites(folded[begin:close]) or (self.numbered and close > line_end):
            close = line_end
        if self.numbered and _OF_A_TITLE.search(folded, begin, close):
            return  # "KẾT LUẬN CỦA CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH TẠI CUỘC HỌP ..." is a title
        text = folded[begin:close].rstrip(" ,.:*_\n")
        if len(text) < 4 or ("\n" in text and not in_capitals(self.document.text[begin:close])):
            return
        self.issuer = Span(begin, begin + len(text))
        self.at = close

    def _line_end(self, begin: int) -> int:
        """The end of the line, or of the last of those that a name runs over."""
        close = begin
        for close in (end for end in self.breaks if end > begin):
            if not _OPEN_NAME.search(self.document.folded[begin:close].rstrip()):
                break
        return close

    def _read_number(self) -> None:
        if self.number or self.numbered:
            return
        match = _NUMBER.match(self.document.folded, self.at, self.limit)
        if match:
            self.number, self.at = Span(*match.span("number")), match.end()

    def _read_date(self) -> None:
        if self.date or (self.numbered and not self.number):
            return
        match = _DATE.match(self.document.folded, self.at, self.limit)
        if match:
            self.date, self.at = Span(*match.span("date")), match.end()


def _cites(issuer: str) -> bool:
    """The words before `số` name another instrument: `... CỦA LUẬT THUẾ XUẤT KHẨU SỐ 04`, `... NGHỊ ĐỊNH SỐ 24`."""
    padded = f" {issuer} "
    return any(name in padded for name in _padded_types())


@cache
def _padded_types() -> tuple[str, ...]:
    return tuple(f" {fold(name)} " for name in words("document_types", "name"))
