"""Titles (trích yếu) in citations: where the words that say what an instrument is about end."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

import regex

from vnadmin.citation.mention.age import is_law, is_older, year_of
from vnadmin.citation.mention.issuer import issuer_end
from vnadmin.citation.mention.left import kind_of
from vnadmin.citation.mention.main_clause import opens_clause
from vnadmin.citation.mention.mention import Sighting
from vnadmin.citation.mention.title_tail import trimmed
from vnadmin.citation.mention.words import title_words, triggers, types_folded, words_before
from vnadmin.citation.scope import Place, Segment
from vnadmin.layout.page import SourceDocument, Span
from vnadmin.text.pattern import pattern

_LONGEST = 900


# "hồ sơ, trình tự, thủ tục", "kiểm tra, theo dõi": no "trình [Chính phủ]", no "theo [quy định]"
@cache
def _no_word_more() -> str:
    return rf"(?!\w)(?!\s+(?:{title_words('word_more')})(?!\w))"


# After a semicolon in running text: a verb opens the next clause, a noun goes on with the title.
_CLAUSE = pattern(
    lambda: rf"\s*(?:{title_words('clause')}|{title_words('speech')}|{title_words('title')}){_no_word_more()}"
)


@cache
def _changed() -> str:
    """`được sửa đổi, bổ sung bởi ...`: the history of the instrument, not its title.

    `thủ tục hành chính được sửa đổi, bổ sung trong lĩnh vực ...` goes on with what the title is about.
    """
    verbs = rf"(?:{triggers('amend')}|{triggers('repeal')}|sửa)"
    return rf"(?:đã\s+)?(?:được|bị)\s+{verbs}(?!(?:(?:,|\s+và|\s+hoặc)?\s+(?:(?:được|bị)\s+)?{verbs}){{0,4}}+\s+(?:{title_words('its_field')})(?!\w))"


# "Phổ biến [Chỉ thị] về kỷ luật, kỷ cương [đến toàn thể] cán bộ": who is told
@cache
def _to_all() -> str:
    return rf"(?<!liên\squan\s)(?<!ảnh\shưởng\s)(?P<to>(?:đến|tới)\s+(?:{title_words('told_all')})(?!\w))"


# What is carried out is brought to people too: "Triển khai [Kế hoạch] về đưa nước sạch đến từng hộ", "thông báo số 5"
_TELLS = pattern(lambda: rf"(?<!\w)(?:{title_words('tells_all')})(?!\w)(?!\s+(?:về|số|kèm|kết\s+luận)(?!\w))")
_DONE = r"(?:(?:đã|sẽ)\s+)?"
_BOUNDARY = pattern(
    lambda: (
        rf"(?P<mark>[;.:,()\"\[\]])|\s(?:(?P<and>và|hoặc)(?=\s)|(?P<sent>gửi)(?=\s)(?!\s+về\s)|(?<!việc\s)(?<!và\s)(?P<gives>giao)(?=\s)"
        rf"|{_to_all()}|(?P<use>(?:{title_words('for_whom')})(?=\s*(?:[.;:]|$)))|(?P<end>(?:thành|bằng)(?=(?:\s+cụm\s+từ)?\s*[“\"])|{_changed()}|{_DONE}(?:{title_words('end')}))(?!\w))"
    )
)


_PROVISION = r"điều\s+\d|khoản\s+\d|điểm\s+[^\W\d_](?!\w)|mức\s+[^.;]{0,40}quy\s+định\s+tại"


_NUMBERED = r"(?:điều|khoản|mục|chương|phụ\s+lục)\s+[\divxlc]+\p{L}?|điểm\s+\p{L}(?:\.\d+)?"
_A_PROVISION = pattern(rf"\s*(?:{_NUMBERED})(?!\w)")
_PROVISION_BEFORE = pattern(rf"(?r)(?<!\w)(?:{_NUMBERED})\s*")


_COMMA_STOP = pattern(lambda: rf"\s*(?:và\s+)?{_next('after_comma')}")
# "...; và các góp ý của Sở Nội vụ tại [văn bản]"
_NEXT_GROUND = pattern(lambda: rf"\s*(?:và\s+)?(?:{title_words('after_semicolon')})(?!\w)")
# "quy định đối tượng, trường hợp được miễn học phí", "lập, thực hiện và quyết toán ngân sách": a noun or a verb of a list
_COMMA_CLAUSE = pattern(
    lambda: (
        rf"\s*(?:và\s+)?(?:(?P<order>đề\s+nghị|yêu\s+cầu)|{title_words('comma_clause')}){_no_word_more()}(?!,|\s+(?:và|hoặc)\s)"
    )
)
# "tiêu chuẩn, yêu cầu kỹ thuật", "xét khen thưởng, đề nghị tặng Huân chương": the title goes on; else somebody is asked
_NO_ORDER = pattern(lambda: rf"\s+(?:{title_words('no_order')})(?!\w)")


_CHANGES = pattern(lambda: rf"(?<!\w)(?:{triggers('amend')}|{triggers('repeal')})(?!\w)")

# "... dịp Tết và thực hiện chế độ báo cáo theo [công văn]"; "hướng dẫn xếp hạng và thực hiện chế độ phụ cấp" goes on
_CARRIES_OUT = pattern(r"\s*thực\s+hiện\s[^.;,()]{0,120}?\stheo\s")
_AND_STOP = pattern(lambda: rf"\s*{_next('after_and')}")


def _next(words: str) -> str:
    """What ends a title after a comma or `và`: words that end any title, those of one list, a provision."""
    return rf"(?:(?:{_changed()}|{title_words('end')}|{title_words(words)}){_no_word_more()}|{_PROVISION})"


_ASIDE = pattern(lambda: rf"\(\s*(?:{title_words('aside')})(?!\w)")


# `về giá đất và bãi bỏ [Quyết định]`: what the document does besides.
_UNDOES = pattern(lambda: rf"\s*(?:{triggers('undoes')})(?!\w)")


# what is announced may be changed or abolished: "công bố thủ tục hành chính được sửa đổi, bổ sung; bị bãi bỏ"
_ANNOUNCES = pattern(r"(?<!\w)công\s+bố(?!\w)")
_ANNOUNCED = pattern(lambda: rf"\s*{_DONE}(?:{title_words('announced')})")
# "hết hiệu lực", "bị bãi bỏ kể từ ngày Quyết định này có hiệu lực"
_FORCE = pattern(
    rf"\s*{_DONE}(?:(?P<force>(?:hết|không\s+còn|tiếp\s+tục\s+có|vẫn\s+có)\s+hiệu\s+lực)|bị\s+bãi\s+bỏ)"
    r"(?:\s+thi\s+hành)?(?P<since>,?\s+(?:kể\s+)?từ\s+ngày(?!\w))?"
)
# "Căn cứ Quyết định số 5/QĐ-HM về việc bổ nhiệm Bà Lê Thị Mai giữ chức Kế toán trưởng kể từ ngày 01/09/2023;"
_FROM_DAY = pattern(r"\s*kể\s+từ\s+ngày\s+\d[^;:()]{2,24}\d{4}[\s;.,]*")
# "được sửa đổi, bổ sung một số điều bởi các [Nghị định]"
_CHANGED_BY = pattern(r"\s*(?:đã\s+)?(?:được|bị)\s[^.;()\d]{3,60}?\s(?:bởi|tại|theo|bằng)\s+(?:các\s+)?")
_INSTRUMENTS = pattern(lambda: rf"(?<!\w)(?:văn\s+bản|{types_folded('act', 'law', 'paper')})(?!\w)")
_SO = pattern(lambda: rf"(?r)(?:{words_before('so')})\s*")


# Words before a colon inside a title: `với chủ đề: “...”`, `gói thầu số 01: ...`, `giai đoạn I: ...`.
_NAMES_ON = pattern(lambda: rf"(?r)(?<!\w)(?:{words_before('colon')}|số\s+\d+|giai\s+đoạn\s+\w+|phần\s+\w+)\s*")


_ATTACHED_BY = pattern(r"[^,;.]{3,160}?(?:ban\s+hành\s+)?kèm\s+theo\s")
_ABBREVIATION = pattern(r"(?r)(?<!\w)(?:tp|tx|tt|q|p|ths|ts|gs|st)")
_ENACTS = pattern(r"\s(?:ban\s+hành|như\s+sau|có\s+ý\s+kiến|quyết\s+định\s*:)")
_GUIDES = ("thong tu", "nghi dinh")  # the first is issued to guide the second
# "... trên địa bàn tỉnh và có Báo cáo số 316": what was written besides
_LIST_GAP = pattern(r"\s*(?:(?:và|hoặc|các|tại|số|của|(?:đã\s+)?có)\s+)*(?:số\s*:?\s*)?")


class TitleReader:
    """Finds the ends of titles in one segment, knowing where its mentions stand."""

    def __init__(
        self,
        document: SourceDocument,
        segment: Segment,
        sightings: Sequence[Sighting],
        pinpoints: Sequence[Span | None],
    ) -> None:
        self._document = document
        self._segment = segment
        self._sightings = sightings
        self._pinpoints = pinpoints
        self._starts = [sighting.start for sighting in sightings]
        self._opens = [
            min(sighting.start, pinpoint.start) if pinpoint else sighting.start
            for sighting, pinpoint in zip(sightings, pinpoints, strict=True)
        ]

    def read(self, sighting: Sighting, start: int, limit: int) -> Span | None:
        """The title that opens at `start`."""
        limit = min(limit, start + _LONGEST)
        return trimmed(self._document, start, self._end(sighting, start, limit))

    def _end(self, sighting: Sighting, start: int, limit: int) -> int:
        """Where the title that opens at `start` ends: at the first mark or word that is no part of it."""
        folded = self._document.folded
        at = start
        while match := _BOUNDARY.search(folded, at, limit):
            opens, at = int(match.start()), int(match.end())
            if match["mark"] in ("(", '"'):
                close = self._closing(opens, limit)
                if close is None:
                    return opens
                at = close + 1
            elif self._stops(sighting, match, start, limit):
                return opens
        return limit

    def _stops(self, sighting: Sighting, match: regex.Match[str], start: int, limit: int) -> bool:
        """Whether a word or a mark ends a title that opens at `start`."""
        opens, at, mark = int(match.start()), int(match.end()), match["mark"]
        if match["end"]:
            if self._is_announced(sighting, start, opens) or self._changes_too(start, opens, at) or opens <= start + 1:
                return False
            since = self._segment.place is Place.PREAMBLE and _FROM_DAY.fullmatch(self._document.folded, opens, limit)
            if since or self._is_older_history(sighting, start, opens):
                return False
            # "sửa đổi Quy chế ban hành kèm theo Quyết định số": the amended act belongs to the title
            return not (match["end"].startswith("kèm") and self._listed(at, limit))
        if match["gives"]:  # "Nghị định số 6 về giảm phát thải [giao] Bộ Tài chính chủ trì ..."
            given = self._document.text[opens + 1].islower() and self._document.text[at + 1 : at + 2].isupper()
            return given and issuer_end(self._document, at + 1, limit) is not None
        if match["sent"]:
            return self._is_sent(sighting, at + 1, limit)
        if match["to"]:
            told = _TELLS.search(self._document.folded, max(self._segment.words, sighting.start - 80), sighting.start)
            within = self._document.folded[start:opens]  # "đào tạo từ xã đến cán bộ thôn"
            return told is not None and " từ " not in within and _TELLS.search(within) is None
        if match["and"]:
            return self._stops_at_and(sighting, match, start)
        if match["use"]:  # "căn cứ [Công văn] về giá nước sạch để thực hiện."
            return not self._is_line(sighting)
        if mark == ".":
            return self._ends_sentence(opens, limit)
        if mark == ":":
            return self._stops_at_colon(sighting, opens, limit)
        return mark in ")]" or (mark != "[" and self._stops_at_comma(sighting, opens, limit, start))

    def _closing(self, at: int, limit: int) -> int | None:
        """Where the bracket or quotation that opens at `at` closes; None if it closes nowhere or belongs to no title."""
        text = self._document.text
        if text[at] == "(":
            close = text.find(")", at + 1, limit)
            return None if close < 0 or _ASIDE.match(self._document.folded, at, limit) else close
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
        if not (after.isspace() or after in '/”")') or text[at + 1 : at + 3].strip().islower():
            return False  # "3.5", "Biển Đông"... và"
        return not _ABBREVIATION.match(self._document.folded, max(0, at - 4), at)

    def _changes_too(self, start: int, opens: int, at: int) -> bool:
        """Whether a verb of repeal goes on with what the title changes: `sửa đổi [A] và bãi bỏ [B]`."""
        folded = self._document.folded
        ends = _UNDOES.match(folded, opens, at)
        return ends is not None and _CHANGES.search(folded, start, opens) is not None

    def _is_announced(self, sighting: Sighting, start: int, at: int) -> bool:
        """Whether words of change tell what is announced: `thủ tục hành chính mới ban hành và bị bãi bỏ`.

        Only instruments are in force; and from what day they are not is no matter of a title.
        """
        folded = self._document.folded
        if not (_ANNOUNCED.match(folded, at) and _ANNOUNCES.search(folded, start, at)):
            return False
        ends = _FORCE.match(folded, at)
        if ends and (ends["since"] or (ends["force"] and not _INSTRUMENTS.search(folded, start, at))):
            return False
        by = _CHANGED_BY.match(folded, at)
        changed_by = self._mention_at(by.end()) if by else None
        return changed_by is None or not is_older(sighting, changed_by)

    def _is_older_history(self, sighting: Sighting, start: int, opens: int) -> bool:
        """Whether what changed the act that a title names is older than the title's own act: `sửa đổi [A] được sửa đổi bởi [B]`."""
        by = _CHANGED_BY.match(self._document.folded, opens) if self._mention_within(start, opens) else None
        changed_by = self._mention_at(by.end()) if by else None
        return changed_by is not None and is_older(changed_by, sighting)

    def _mention_at(self, at: int) -> Sighting | None:
        index = bisect_left(self._opens, at)
        return self._sightings[index] if index < len(self._opens) and self._opens[index] == at else None

    def _is_sent(self, sighting: Sighting, at: int, limit: int) -> bool:
        """Whether a body follows to whom the letter went: `Công văn số 8 về việc miễn thuế [gửi] Sở Y tế`."""
        document = self._document
        letter = sighting.type is not None and kind_of(document, sighting.type) == "letter"
        return letter and document.text[at].isupper() and issuer_end(document, at, limit) is not None

    def _stops_at_colon(self, sighting: Sighting, at: int, limit: int) -> bool:
        folded, text = self._document.folded, self._document.text
        if at + 1 < limit and text[at + 1].strip():
            return False  # "7:30"
        following = text[at + 1 : limit].lstrip()
        if not following or _SO.match(folded, max(0, at - 20), at):
            return True
        return not (_NAMES_ON.match(folded, max(0, at - 30), at) or self._is_line(sighting))

    def _is_line(self, sighting: Sighting) -> bool:
        """Whether the whole paragraph is one citation: a line of the preamble, an item of a list of instruments."""
        if self._segment.place is not Place.BODY:
            return True
        before = self._document.text[self._segment.words : sighting.start]
        return self._segment.is_item and not any(map(str.isalnum, before))

    def _lists_provisions(self, start: int, at: int, after: int, limit: int) -> bool:
        """Whether a mark stands in a list of provisions: `sửa đổi khoản 1 Điều 2[,] khoản 2 Điều 4 của Quy chế`."""
        if any(pinpoint and pinpoint.start < at < pinpoint.end for pinpoint in self._pinpoints):
            return True
        folded = self._document.folded
        further = _A_PROVISION.match(folded, after, limit)
        return further is not None and _PROVISION_BEFORE.match(folded, start, at) is not None

    def _stops_at_comma(self, sighting: Sighting, at: int, limit: int, start: int) -> bool:
        folded, text = self._document.folded, self._document.text
        after = at + 1
        if folded[at] == "," and self._lists_provisions(start, at, after, limit):
            return False
        listed = self._listed(after, limit)
        if listed is not None:
            return folded[at] == ";" or not self._is_inner(sighting, listed, start)
        if folded[at] == ";":
            following = text[after:limit].lstrip()
            if not following or not following[0].islower() or opens_clause(self._document, after + 1, limit):
                return True
            if not self._is_line(sighting) and _CLAUSE.match(folded, after, limit):
                return True
            return any(words.match(folded, after, limit) for words in (_COMMA_STOP, _COMMA_CLAUSE, _NEXT_GROUND))
        stop = _COMMA_STOP.match(folded, after, limit)
        if stop:
            return not (self._is_announced(sighting, start, after) or self._changes_too(start, after, stop.end()))
        if self._opens_clause_word(sighting, after, limit):
            return True
        capital = text[after:limit].lstrip()[:1].isupper()
        if capital and _ATTACHED_BY.match(folded, after, limit) and self._mention_within(after, after + 220):
            return True  # "..., Quy chế ... ban hành kèm theo Nghị định số": the next member of a list
        if self._is_line(sighting) and not self._last_clause(after, limit):
            return False
        return opens_clause(self._document, after, limit)

    def _opens_clause_word(self, sighting: Sighting, after: int, limit: int) -> bool:
        """Whether a word after a comma opens a clause; in a line that is one citation only where it leads to a mention."""
        folded = self._document.folded
        word = _COMMA_CLAUSE.match(folded, after, limit)
        if word is None or self._listed(word.end(), limit):
            return word is not None
        if self._is_line(sighting):
            return False
        return not word["order"] or _NO_ORDER.match(folded, word.end()) is None

    def _last_clause(self, after: int, limit: int) -> bool:
        """Whether the enacting clause may follow in the same paragraph: `..., Bộ trưởng ban hành Thông tư`."""
        return _ENACTS.search(self._document.folded, after, limit) is not None

    def _stops_at_and(self, sighting: Sighting, match: regex.Match[str], start: int) -> bool:
        if self._lists_provisions(start, match.start(), match.end(), self._segment.end):
            return False
        listed = self._listed(match.end(), self._segment.end)
        if listed is not None:
            return not self._is_inner(sighting, listed, start)
        if opens_clause(self._document, match.end(), min(self._segment.end, match.end() + 200)):
            return True
        end = min(self._segment.end, match.end() + 80)
        ends = _UNDOES.match(self._document.folded, match.end(), end)
        if ends:  # "về giá đất và bãi bỏ [Quyết định]", never "thủ tục hành chính mới và bãi bỏ trong lĩnh vực ..."
            return self._mention_within(ends.end(), ends.end() + 40) and not self._changes_too(
                start, match.end(), ends.end()
            )
        other = _CARRIES_OUT.match(self._document.folded, match.end(), self._segment.end)
        if other and self._mention_within(other.end(), other.end() + 8):
            return True
        stops = _AND_STOP.match(self._document.folded, match.end(), end)
        return stops is not None and not self._is_announced(sighting, start, match.end())

    def _listed(self, after: int, limit: int) -> Sighting | None:
        """The mention that a comma or `và` leads to directly."""
        gap = _LIST_GAP.match(self._document.folded, after, limit)
        edge = gap.end() if gap else after
        index = bisect_left(self._starts, after)
        if index < len(self._sightings):
            candidate = self._sightings[index]
            if candidate.kind == "anaphora" and not candidate.stands_alone:
                return None
            if self._opens[index] <= edge:
                return candidate
        return None

    def _mention_within(self, start: int, end: int) -> bool:
        index = bisect_left(self._starts, start)
        return index < len(self._starts) and self._starts[index] < end

    def _is_inner(self, outer: Sighting, candidate: Sighting, title_start: int) -> bool:
        """Whether a listed instrument goes on the list inside the title rather than the list that the title ends."""
        index = bisect_left(self._starts, title_start)
        inners: list[Sighting] = []
        while index < len(self._sightings) and self._sightings[index].start < candidate.start:
            inners.append(self._sightings[index])
            index += 1
        return self._inner_to(outer, inners, candidate)

    def _inner_to(self, outer: Sighting, inners: Sequence[Sighting], candidate: Sighting) -> bool:
        if not inners or is_older(outer, candidate):
            return False  # no title names a later act
        if is_law(candidate):
            return any(map(is_law, inners)) and not is_law(outer)
        numbered = [m for m in inners if not is_law(m)]
        if not numbered:  # a circular guides "một số điều của Luật Giá và Nghị định số 85/2024/NĐ-CP"
            guides = (self._type(outer), self._type(candidate)) == _GUIDES
            return guides and 0 < (year_of(candidate) or 0) <= (year_of(outer) or 0)
        if self._type(candidate) != self._type(outer):
            return True
        if all(self._type(m) != self._type(candidate) for m in numbered):
            return False
        return is_older(candidate, outer)

    def _type(self, sighting: Sighting) -> str:
        return self._document.bare_of(sighting.type) if sighting.type else ""
