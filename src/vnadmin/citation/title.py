"""Titles (trích yếu) in citations: where the words that say what an instrument is about begin, and where they end."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

import regex

from vnadmin.citation.issuer import issuer_end
from vnadmin.citation.mention import Mention, Place, Segment
from vnadmin.citation.words import issuers, title_words
from vnadmin.layout.page import SourceDocument, Span

_LONGEST = 900
_ABOUT = regex.compile(r"\s*+[,:]?\s*+(?:(?:với\s+nội\s+dung|có\s+nội\s+dung)\s*:?\s*)?(?:về\s+việc|v/v|về)(?!\w)\s*:?\s*")


@cache
def _opens() -> regex.Pattern[str]:
    return regex.compile(rf"\s*+(?:(?P<speech>{title_words('speech')})|{title_words('title')})(?!\w)")


@cache
def _bare_opening() -> regex.Pattern[str]:
    """A verb and nothing after it: `quy định`, `tiếp tục`."""
    return regex.compile(rf"(?:{title_words('speech')}|{title_words('title')}|{title_words('not_title')})")


@cache
def _clause() -> regex.Pattern[str]:
    """After a semicolon in running text: a verb opens the next clause, a noun goes on with the title."""
    return regex.compile(rf"\s*(?:{title_words('clause')}|{title_words('speech')}|{title_words('title')})(?!\w)")


@cache
def _never() -> regex.Pattern[str]:
    return regex.compile(rf"\s*+(?:{title_words('not_title')})(?!\w)")


def title_start(document: SourceDocument, at: int, end: int, *, after_issuer: bool, letter: bool = False) -> int | None:
    """Where the title opens after the number, date and issuer of a citation; None if none follows."""
    folded, text = document.folded, document.text
    about = _ABOUT.match(folded, at, end)
    if about:
        return about.end() if about.end() < end else None
    quote = at
    while quote < end and folded[quote] in " :":
        quote += 1
    if quote < end and text[quote] in "“\"" and quote > at:
        # “Quy định về ...” right after the issuer; a colon and a quote give the provision's own words
        return quote if ":" not in text[at:quote] else None
    if folded[at : at + 1] != " ":
        return None
    opening = _opens().match(folded, at, end)
    if opening:
        # "Công văn số 12 của Sở Y tế báo cáo ...": the verb tells what the letter did; only `về` gives its title
        return None if letter and opening["speech"] else at + 1
    if _never().match(folded, at, end):
        return None
    if after_issuer and text[at + 1 : at + 2].islower():
        return at + 1
    return None


# Clauses that end a title, whichever mark stands before them.
_ENDS = (
    r"(?:đã\s+)?(?:được|bị)\s+(?:sửa\s+đổi|bổ\s+sung|thay\s+thế|đính\s+chính|bãi\s+bỏ|sửa)|hết\s+hiệu\s+lực|có\s+hiệu\s+lực|vẫn\s+có\s+hiệu\s+lực|"
    r"tiếp\s+tục\s+có\s+hiệu\s+lực|chấm\s+dứt\s+hiệu\s+lực|trái\s+với|nêu\s+trên|nói\s+trên|như\s+sau|thì|mà|bị\s+bãi\s+bỏ|bãi\s+bỏ|"
    r"có\s+ý\s+kiến|cho\s+đến\s+(?:khi|hết)|kể\s+từ|kèm\s+theo|trừ\s+trường\s+hợp|hiện\s+hành|thành\s+mức|không\s+còn"
)
_AFTER_COMMA = (
    r"trong\s+đó|theo\s+đó|trên\s+cơ\s+sở|nhằm|đồng\s+thời|qua\s+đó|do\s+đó|nay|hiện\s+nay|cụ\s+thể|bao\s+gồm|nhưng|tuy\s+nhiên|để|"
    r"đề\s+nghị|yêu\s+cầu|căn\s+cứ|theo|thực\s+hiện|điều\s+\d|khoản\s+\d|điểm\s+\p{L}(?!\w)|việc|các\s+quy\s+định|sau\s+khi|trường\s+hợp|khi|nếu|"
    r"và\s+các\s+(?:văn\s+bản|quy\s+định)|tại|chỉ\s+đạo\s+của"
)
_AFTER_AND = (
    r"(?:các\s+)?(?:văn\s+bản|quy\s+định)\s+(?:khác|hướng\s+dẫn|có\s+liên\s+quan|liên\s+quan|của\s+pháp\s+luật|sửa\s+đổi|thi\s+hành)|các\s+quy\s+định|theo|"
    r"căn\s+cứ|ý\s+kiến|đề\s+nghị|bãi\s+bỏ|thay\s+thế|thực\s+hiện\s+chế\s+độ|nội\s+dung|chỉ\s+đạo\s+của|tại|mức\s+[^.;]{0,40}quy\s+định\s+tại|"
    r"hướng\s+dẫn\s+tại|khoản\s+\d|điều\s+\d|điểm\s+\p{L}(?!\w)|có\s+hiệu\s+lực"
)
_ENDING_PARENTHESIS = regex.compile(
    r"\(\s*(?:sau\s+đây|dưới\s+đây|gọi\s+(?:tắt|chung|là)|viết\s+tắt|được|đã|đính|kèm|có\s|nay\s|bản|gửi|theo|số|thay\s+thế|tại|ban\s+hành|thông\s+báo|"
    r"công\s+văn|văn\s+bản|nghị|quyết\s+định|tờ\s+trình|phụ\s+lục)"
)
_BOUNDARY = regex.compile(
    rf"(?P<mark>[;.:,()\"\[\]])|\s(?P<and>và|hoặc|cùng|với)\s|\s(?P<end>{_ENDS})(?!\w)"
)
_COMMA_STOP = regex.compile(rf"\s*(?:và\s+)?(?:{_AFTER_COMMA}|{_ENDS})(?!\w)")
_AND_STOP = regex.compile(rf"\s*(?:{_AFTER_AND}|{_ENDS})(?!\w)")
_VERB = regex.compile(
    r"(?:\s-\s[^,;.]{3,40})?\s(?:(?:cũng|tiếp\s+tục|hoàn\s+toàn|kính)\s)?(?:có\s+ý\s+kiến|yêu\s+cầu|đề\s+nghị|chỉ\s+thị|ban\s+hành|đã|báo\s+cáo|trình|hướng\s+dẫn|thông\s+báo|giao|xây\s+dựng|quyết\s+định|kính|xin|nhận\s+thấy|"
    r"tổ\s+chức|triển\s+khai|tiếp\s+tục|sẽ|trả\s+lời|thống\s+nhất|chỉ\s+đạo|trân\s+trọng|phúc\s+đáp|công\s+bố|như\s+sau|nhận\s+được|hoan\s+nghênh|cho\s+biết|phải)(?!\w)"
)
_ATTACHED_BY = regex.compile(r"[^,;.]{3,160}?(?:ban\s+hành\s+)?kèm\s+theo\s")
_ABBREVIATION = regex.compile(r"(?r)(?<!\w)(?:tp|tx|tt|q|p|ths|ts|gs|st)")
_LIST_GAP = regex.compile(r"\s*(?:(?:và|hoặc|các|tại|số|của)\s+)*(?:số\s*:?\s*)?")


@cache
def _subject() -> regex.Pattern[str]:
    """The subject of the main clause after a cited title: `..., Bộ Xây dựng có ý kiến như sau`."""
    return regex.compile(rf"\s*(?:(?:{issuers('office')}|{issuers('head')}|{issuers('full')})(?!\w))")


class TitleReader:
    """Finds the ends of titles in one segment, knowing where its mentions stand."""

    def __init__(self, document: SourceDocument, segment: Segment, mentions: Sequence[Mention]) -> None:
        self._document = document
        self._segment = segment
        self._mentions = mentions
        self._starts = [mention.start for mention in mentions]

    def read(self, mention: Mention, limit: int) -> Span | None:
        """The title of one mention."""
        start = mention.title_start
        if start is None:
            return None
        limit = min(limit, start + _LONGEST)
        end = self._end(mention, start, limit)
        text = self._document.text
        while end > start and text[end - 1] in " ,.;:-/\n":
            end -= 1
        if end - start < 3 or _bare_opening().fullmatch(self._document.folded, start, end):
            return None
        return Span(start, end)

    def _end(self, mention: Mention, start: int, limit: int) -> int:
        folded, text = self._document.folded, self._document.text
        at = start
        while match := _BOUNDARY.search(folded, at, limit):
            at = match.end()
            if match["end"]:
                if match.start() <= start + 1:
                    continue
                return match.start()
            if match["and"]:
                if self._stops_at_and(mention, match, start):
                    return match.start()
                at = match.end() - 1  # the blank may open the next boundary
                continue
            mark = match["mark"]
            if mark == "(":
                if _ENDING_PARENTHESIS.match(folded, match.start(), limit):
                    return match.start()
                close = text.find(")", match.end(), limit)
                if close < 0:
                    return match.start()
                at = close + 1
            elif mark in ")]":
                return match.start()
            elif mark == "[":
                continue
            elif mark == '"':
                close = self._closing(match.start(), limit)
                if close is None:
                    return match.start()
                at = close + 1
            elif mark == ".":
                if self._ends_sentence(match.start(), limit):
                    return match.start()
            elif mark == ":":
                if not text[match.end() : match.end() + 1].strip() or match.end() >= limit:
                    return match.start()
            elif self._stops_at_comma(mention, match.start(), limit, start):
                return match.start()
        return limit

    def _closing(self, at: int, limit: int) -> int | None:
        """Where the quotation that opens at `at` closes; None if it opens none."""
        text = self._document.text
        if text[at] in "”»":
            return None
        for pair in ("”", '"'):
            close = text.find(pair, at + 1, limit)
            if close >= 0 and (text[at] != "“" or pair == "”" or text.find("”", at + 1, limit) < 0):
                return close
        return None

    def _ends_sentence(self, at: int, limit: int) -> bool:
        text = self._document.text
        if at + 1 >= limit:
            return True
        after = text[at + 1]
        if not (after.isspace() or after in "/”\")"):
            return False
        return not _ABBREVIATION.match(self._document.folded, max(0, at - 4), at)

    def _stops_at_comma(self, mention: Mention, at: int, limit: int, start: int) -> bool:
        folded, text = self._document.folded, self._document.text
        after = at + 1
        listed = self._listed(after, limit)
        if listed is not None:
            return not self._is_inner(mention, listed, start)
        if folded[at] == ";":
            following = text[after:limit].lstrip()
            if not following or not following[0].islower():
                return True
            if self._segment.place is Place.BODY and _clause().match(folded, after, limit):
                return True
            return bool(_COMMA_STOP.match(folded, after, limit))
        if _COMMA_STOP.match(folded, after, limit):
            return True
        if _ATTACHED_BY.match(folded, after, limit) and self._mention_within(after, after + 220):
            return True
        if self._segment.place is Place.PREAMBLE and not self._last_clause(after, limit):
            return False
        subject = after
        while subject < limit and folded[subject] == " ":
            subject += 1
        if text[subject : subject + 1].isupper() and _subject().match(folded, subject, limit):
            stop = issuer_end(self._document, subject, limit)
            return bool(stop) and bool(_VERB.match(folded, stop, limit))
        return False

    def _last_clause(self, after: int, limit: int) -> bool:
        """Whether the enacting clause may follow in the same paragraph: `..., Bộ trưởng ban hành Thông tư`."""
        return bool(regex.search(r"\s(?:ban\s+hành|như\s+sau|có\s+ý\s+kiến|quyết\s+định\s*:)", self._document.folded[after:limit]))

    def _stops_at_and(self, mention: Mention, match: regex.Match[str], start: int) -> bool:
        if match["and"] in ("cùng", "với"):
            return False
        listed = self._listed(match.end(), self._segment.end)
        if listed is not None:
            return not self._is_inner(mention, listed, start)
        return bool(_AND_STOP.match(self._document.folded, match.end(), self._segment.end))

    def _listed(self, after: int, limit: int) -> Mention | None:
        """The mention that a comma or `và` leads to directly."""
        gap = _LIST_GAP.match(self._document.folded, after, limit)
        edge = gap.end() if gap else after
        index = bisect_left(self._starts, after)
        if index < len(self._mentions):
            candidate = self._mentions[index]
            if candidate.kind == "again":
                return None
            first = min(candidate.start, candidate.pinpoint.start if candidate.pinpoint else candidate.start)
            if first <= edge or candidate.start <= edge:
                return candidate
        return None

    def _mention_within(self, start: int, end: int) -> bool:
        index = bisect_left(self._starts, start)
        return index < len(self._starts) and self._starts[index] < end

    def _is_inner(self, outer: Mention, candidate: Mention, title_start: int) -> bool:
        """Whether a listed instrument goes on the list inside the title rather than the list that the title ends."""
        index = bisect_left(self._starts, title_start)
        inners: list[Mention] = []
        while index < len(self._mentions) and self._mentions[index].start < candidate.start:
            inners.append(self._mentions[index])
            index += 1
        return self._inner_to(outer, inners, candidate)

    def _inner_to(self, outer: Mention, inners: Sequence[Mention], candidate: Mention) -> bool:
        if not inners:
            return False
        if _is_law(candidate):
            return any(map(_is_law, inners)) and not _is_law(outer)
        numbered = [m for m in inners if not _is_law(m)]
        if not numbered:
            return False
        if self._type(candidate) != self._type(outer):
            return True
        if all(self._type(m) != self._type(candidate) for m in numbered):
            return False
        years = [_year(m) for m in (outer, candidate)]
        return years[0] is not None and years[1] is not None and years[1] < years[0]

    def _type(self, mention: Mention) -> str:
        return self._document.bare[mention.type.start : mention.type.end] if mention.type else ""


def _is_law(mention: Mention) -> bool:
    return mention.kind in ("law", "constitution")


_NUMBER_YEAR = regex.compile(r"/((?:19|20)\d\d)/")


def _year(mention: Mention) -> int | None:
    if mention.date:
        return mention.date.year
    match = _NUMBER_YEAR.search(mention.number_value or "")
    return int(match[1]) if match else None
