"""Relations: what the document does with each instrument that it names, read from the words around the mention."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import regex

from vnadmin.citation.mention import Mention, Place, Segment
from vnadmin.citation.segments import after_marker
from vnadmin.citation.words import issuers
from vnadmin.layout.page import SourceDocument

STRENGTH = ("amends", "repeals", "proposal", "basis", "replies_to", "implements", "issued_with", "cites")
"""The order of GUIDE: the relation of an instrument is the strongest of its mentions."""

_HOLE = "§"  # stands for an earlier mention in the words before a mention
_SENTENCE = regex.compile(r"[.]\s+(?=\S)")
_LIST = rf"(?:[\s,;]|và|hoặc|các|tại|của|{_HOLE})*"

# "được sửa đổi, bổ sung bởi Nghị định số", "đã được thay thế tại Thông tư số", "(sửa đổi, bổ sung theo Nghị quyết số"
_HISTORY = regex.compile(
    r"(?:được|đã|bị|\()\s*(?:được\s+)?(?:sửa\s+đổi|bổ\s+sung|thay\s+thế|đính\s+chính|hợp\s+nhất|bãi\s+bỏ)[^.;§]{0,80}?\s(?:bởi|tại|theo|bằng)\s"
    + _LIST
    + r"$"
)
_AMEND = r"(?:sửa\s+đổi|bổ\s+sung|đính\s+chính|thay\s+(?:thế\s+)?(?:một\s+số\s+)?cụm\s+từ|bỏ\s+cụm\s+từ|bãi\s+bỏ\s+cụm\s+từ)"
_REPEAL = r"(?:thay\s+thế(?!\s+(?:một\s+số\s+)?cụm\s+từ)|bãi\s+bỏ(?!\s+cụm\s+từ)|huỷ\s+bỏ|thu\s+hồi|chấm\s+dứt\s+hiệu\s+lực|hết\s+hiệu\s+lực|không\s+còn\s+hiệu\s+lực)"
_AMENDS_FIRST = regex.compile(rf"^(?:hướng\s+dẫn\s+)?(?:việc\s+)?{_AMEND}(?!\w)")
_AMENDS_TITLE = regex.compile(rf"(?:^|\s)(?:hướng\s+dẫn\s+)?{_AMEND}(?!\w)[^.;]*$")
# "Bộ trưởng Bộ Tài chính ban hành Thông tư sửa đổi, bổ sung một số điều của [Thông tư]"
_ENACTS_AMENDING = regex.compile(
    rf"(?:ban\s+hành|quyết\s+định|hướng\s+dẫn)\s*:?\s*(?:nghị\s+định|thông\s+tư(?:\s+liên\s+tịch)?|quyết\s+định|nghị\s+quyết|pháp\s+lệnh|luật)?\s*{_AMEND}(?!\w)[^.;§]*$"
)
_ENACTS_REPEALING = regex.compile(
    rf"ban\s+hành\s+(?:nghị\s+định|thông\s+tư(?:\s+liên\s+tịch)?|quyết\s+định|nghị\s+quyết)\s+{_REPEAL}(?!\w)[^.;§]*$"
)
_NOT_OWN = regex.compile(
    r"(?:góp\s+ý|dự\s+thảo|đề\s+nghị|kiến\s+nghị|đề\s+xuất|lấy\s+ý\s+kiến|thẩm\s+định|xin\s+ý\s+kiến|tham\s+gia\s+ý\s+kiến|hồ\s+sơ|xây\s+dựng|trình\s)"
)
_REPEALS_LEFT = regex.compile(rf"(?<!\w)(?<!được\s)(?<!bị\s)(?<!dự\s+kiến\s){_REPEAL}(?!\w)(?P<tail>[^\n]*)$")
_SELF = regex.compile(
    r"(?:nghị\s+định|quyết\s+định|thông\s+tư|thông\s+tư\s+liên\s+tịch|chỉ\s+thị|nghị\s+quyết|quy\s+định|hướng\s+dẫn|quy\s+chế|điều\s+lệ|nội\s+quy|công\s+văn|kết\s+luận|thông\s+báo|kế\s+hoạch|luật|pháp\s+lệnh|văn\s+bản)\s+này(?!\w)"
)
_REPEALED_RIGHT = regex.compile(
    rf"^[^.§]*?(?:{_HOLE}[^.§]*?)*?\s(?:hết\s+hiệu\s+lực|bị\s+bãi\s+bỏ|bị\s+thay\s+thế|chấm\s+dứt\s+hiệu\s+lực|không\s+còn\s+hiệu\s+lực|(?:đều|được)\s+bãi\s+bỏ|"
    r"được\s+thay\s+thế\s+(?:bởi|bằng)\s+\S+\s+\S+\s+này)(?!\w)"
)
_UNTIL = regex.compile(r"(?:ngày|khi|trước|sau|đến|thời\s+điểm)\s+$")
_PROPOSAL = regex.compile(
    r"(?:đề\s+nghị|kiến\s+nghị|đề\s+xuất)(?:\s+\w+){0,4}?\s+của\s[^.;]*?\s(?:tại|theo)\s" + rf"(?:[^.;]*?)$"
)
_PROPOSAL_AT = regex.compile(r"(?:theo|xét)\s+đề\s+nghị\s+(?:tại|nêu\s+tại)\s" + _LIST + "$")
_BASIS = regex.compile(r"(?:^|[\s,;])(?:căn\s+cứ|chiểu|chiếu\s+theo)(?!\w)(?:(?!,\s(?:thực\s+hiện|triển\s+khai)\s)[^\n])*$")
_BASIS_FIRST = regex.compile(r"^(?:-\s*)?(?:căn\s+c[ứư]|theo|xét|trên\s+cơ\s+sở|sau\s+khi\s+xem\s+xét|chiếu|chiểu)(?!\w)")
_REPLY = regex.compile(r"(?:trả\s+lời|phúc\s+đáp|nhận\s+được|hồi\s+đáp)(?!\w)(?P<tail>[^\n]*)$")
_DO = regex.compile(
    r"(?<!\w)(?<!hiệu\slực\s)(?<!tình\shình\s)(?:thực\s+hiện|triển\s+khai|quán\s+triệt|thi\s+hành|quy\s+định\s+chi\s+tiết|chấp\s+hành|tiếp\s+theo|cụ\s+thể\s+hoá|áp\s+dụng\s+tiêu\s+chuẩn|thực\s+thi)(?!\w)(?!\s*:)(?P<tail>[^\n]*)$"
)
_ISSUED_WITH = regex.compile(r"(?:ban\s+hành\s+kèm\s+theo|\(\s*(?:được\s+)?(?:ban\s+hành|kèm)\s+theo|ban\s+hành\s+kèm)(?:\s+các)?\s*$")
_LETTERS = regex.compile(r"(?:cong\s+van|cong\s+dien|chi\s+thi|ke\s+hoach|thong\s+bao|ket\s+luan|van\s+ban)")
# "thực hiện theo quy định tại Nghị định" follows a rule, "thực hiện Nghị định" carries it out; "kèm theo" is neither
_ACCORDING = regex.compile(
    r"tuyên\s+truyền|(?<!\w)(?<!kèm\s)theo(?!\w)|quy\s+định\s+(?:tại|của|trong)|hướng\s+dẫn\s+tại|qui\s+định\s+(?:tại|của|trong)"
)
# "đã triển khai thực hiện và xây dựng [Kế hoạch]": another verb has the instrument
_OTHER_VERB = regex.compile(r"(?<!\w)(?:ban\s+hành|xây\s+dựng|tham\s+mưu|có|ký|căn\s+cứ|thay\s+thế|bãi\s+bỏ|trình|nghiên\s+cứu|rà\s+soát|xem\s+xét|kiểm\s+tra)\s+(?:các\s+)?$")
_GUIDES_FIRST = regex.compile(r"(?:hướng\s+dẫn|quy\s+định\s+chi\s+tiết)\s+(?:thi\s+hành|thực\s+hiện)(?!\w)")
# "..., Sở Nội vụ đề nghị các đơn vị ...": the main clause begins, what governed the clause before it ends
_MAIN_VERBS = (
    r"đề\s+nghị(?!\s+của)|yêu\s+cầu|có\s+ý\s+kiến|thông\s+báo|hướng\s+dẫn|báo\s+cáo|giao|trả\s+lời|chỉ\s+đạo(?!\s+của)|thống\s+nhất|đã\s+ban\s+hành|ban\s+hành|"
    r"sẽ|chỉ\s+thị|trình"
)


@cache
def _main_clause() -> regex.Pattern[str]:
    heads = rf"{issuers('head')}|{issuers('office')}|{issuers('full')}"
    return regex.compile(rf",\s(?:{heads})(?!\w)(?:(?!,\s(?:{heads})(?!\w))[^;§]){{0,90}}?\s(?:{_MAIN_VERBS})\s")


_OPINION_AT = regex.compile(r"ý\s+kiến(?:\s+(?:đề\s+xuất|tham\s+mưu|thẩm\s+định))?\s+của\s[^.;§]{3,90}\s(?:tại|theo)\s$")
_AS_FOLLOWS = regex.compile(r"như\s+sau\s*:")


class RelationReader:
    """Reads the segments of a document in order; an introduction `... sau đây:` holds for the items under it."""

    def __init__(self, document: SourceDocument) -> None:
        self._document = document
        self._intro = ""

    def read(self, segment: Segment, mentions: Sequence[Mention]) -> None:
        """Set `relation` and `relation_rule` of each mention of the segment."""
        document = self._document
        words_start = after_marker(document, segment)
        if not segment.is_item or document.folded.startswith("điều", segment.start):
            self._intro = ""
        for index, mention in enumerate(mentions):
            left = self._left(segment, mentions, index, words_start)
            right = self._right(segment, mentions, index)
            mention.historic = bool(_HISTORY.search(left))
            mention.relation, mention.relation_rule = self._relation(segment, mention, left, right, words_start)
        tail = document.folded[max(segment.start, segment.end - 1) : segment.end]
        if tail == ":" and segment.end - segment.start < 500:
            self._intro = self._words(segment.start, segment.end, mentions)

    def _words(self, start: int, end: int, mentions: Sequence[Mention]) -> str:
        """Folded words of a stretch with a hole for each mention in it."""
        parts: list[str] = []
        at = start
        for mention in mentions:
            if mention.start >= end:
                break
            if mention.end <= at or mention.start < at:
                continue
            parts.append(self._document.folded[at : mention.start])
            parts.append(_HOLE)
            at = min(mention.end, end)
        parts.append(self._document.folded[at:end])
        return "".join(parts)

    def _left(self, segment: Segment, mentions: Sequence[Mention], index: int, words_start: int) -> str:
        """The sentence before a mention, without its pinpoint; earlier mentions are holes."""
        mention = mentions[index]
        start = min(max(words_start, mention.start - 900), mention.start)
        outside = [m for m in mentions[:index] if m.end <= mention.start]
        stop = mention.start
        if mention.pinpoint:
            stop = max(start, mention.pinpoint.start)
            issued = _ISSUED_WITH.search(self._document.folded, mention.pinpoint.end, mention.start)
        left = self._words(start, stop, outside)
        if mention.pinpoint and issued:
            left += " " + issued[0]
        for match in list(_SENTENCE.finditer(left))[-1:]:
            left = left[match.end() :]
        left = " ".join(left.split())
        return left + " " if left else left

    def _right(self, segment: Segment, mentions: Sequence[Mention], index: int) -> str:
        """The rest of the sentence after a mention, later mentions as holes."""
        mention = mentions[index]
        end = min(segment.end, mention.end + 700)
        right = self._words(mention.end, end, [m for m in mentions[index + 1 :] if m.start >= mention.end])
        match = _SENTENCE.search(right)
        return right[: match.start()] if match else right

    def _relation(
        self, segment: Segment, mention: Mention, left: str, right: str, words_start: int
    ) -> tuple[str, str]:
        document = self._document
        first = document.folded[words_start : segment.end]
        is_basis = bool(_BASIS_FIRST.match(first)) and (segment.place is Place.PREAMBLE or segment.is_opening)
        if mention.nested or mention.historic:
            is_preamble_basis = segment.place is Place.PREAMBLE and not regex.match(r"(?:thực\s+hiện|triển\s+khai)", first)
            enacting = bool(regex.search(r"ban\s+hành\s+(?:nghị|thông|quyết|pháp)", document.folded[words_start : mention.start]))
            if (is_basis and "đề nghị" not in left) or (is_preamble_basis and not enacting and "đề nghị" not in left):
                return "basis", "relation.in-basis-title"
            return "cites", "relation.in-title"
        main = list(_main_clause().finditer(left))
        own_clause = left[main[-1].start() :] if main else left
        after = list(_AS_FOLLOWS.finditer(left))
        if after and segment.place is Place.BODY:
            left = left[after[-1].end() :]
            left = left.lstrip()
            return self._body(segment, mention, left, left, right, inside=True)
        if segment.place is Place.TITLE:
            return self._title(left)
        if segment.place is Place.PREAMBLE:
            return self._preamble(document.bare[mention.type.start : mention.type.end] if mention.type else "", left, first)
        return self._body(segment, mention, left, own_clause, right, inside=False)

    def _title(self, left: str) -> tuple[str, str]:
        own = not _NOT_OWN.search(left)
        if own and _AMENDS_TITLE.search(left):
            return "amends", "relation.title.amends"
        if own and regex.search(_REPEAL, left):
            return "repeals", "relation.title.repeals"
        if _REPLY.search(left):
            return "replies_to", "relation.title.replies"
        if own and regex.search(r"thực\s+hiện|triển\s+khai|thi\s+hành|hướng\s+dẫn|quy\s+định\s+chi\s+tiết|quán\s+triệt", left):
            return "implements", "relation.title.implements"
        return "cites", "relation.title.cites"

    def _preamble(self, document_type: str, left: str, first: str) -> tuple[str, str]:
        if _ENACTS_AMENDING.search(left):
            return "amends", "relation.enacting.amends"
        if _ENACTS_REPEALING.search(left):
            return "repeals", "relation.enacting.repeals"
        checked = document_type.startswith("bao cao tham")  # "Báo cáo thẩm tra số": a check, not a proposal
        if not checked and (_PROPOSAL.search(left) or _PROPOSAL_AT.search(left)):
            return "proposal", "relation.preamble.proposal"
        if regex.match(r"(?:thực\s+hiện|triển\s+khai)(?!\w)", first):
            return "implements", "relation.preamble.implements"
        return "basis", "relation.preamble.basis"

    def _body(
        self, segment: Segment, mention: Mention, left: str, own_clause: str, right: str, *, inside: bool
    ) -> tuple[str, str]:
        """A mention in the body. `own_clause` leaves out what governs only an earlier clause of the sentence."""
        document = self._document
        words_start = after_marker(document, segment)
        stands_first = not inside and not left.replace(_HOLE, "").strip(" ,;-\"“")
        folded_type = document.bare[mention.type.start : mention.type.end] if mention.type else ""
        own = not _NOT_OWN.search(left)
        if not inside and own and (_AMENDS_FIRST.match(left) or _ENACTS_AMENDING.search(left)):
            return "amends", "relation.body.amends"
        if not inside and self._repeals(left, right, own):
            return "repeals", "relation.body.repeals"
        if stands_first and self._intro and regex.search(_REPEAL, self._intro) and not _NOT_OWN.search(self._intro):
            return "repeals", "relation.list.repeals"
        if _PROPOSAL.search(left) or _PROPOSAL_AT.search(left):
            return "proposal", "relation.body.proposal"
        if folded_type.startswith("to trinh") and _OPINION_AT.search(left):
            return "proposal", "relation.body.opinion"
        if segment.is_opening and not inside and _BASIS.search(own_clause):
            return "basis", "relation.opening.basis"
        reply = _REPLY.search(own_clause)
        if reply and len(reply["tail"].replace(_HOLE, "")) < 60 and (segment.is_opening or own_clause.startswith(("trả lời", "phúc đáp"))):
            return "replies_to", "relation.body.replies"
        if self._implements(own_clause, folded_type):
            return "implements", "relation.body.implements"
        if stands_first and mention.start <= words_start + 4 and self._intro and self._implements(self._intro, folded_type):
            return "implements", "relation.list.implements"
        if _ISSUED_WITH.search(left):
            return "issued_with", "relation.body.issued-with"
        return "cites", "relation.body.cites"

    def _repeals(self, clause: str, right: str, own: bool) -> bool:
        match = _REPEALS_LEFT.search(clause)
        if match and own:
            tail = match["tail"].replace("quy định tại", "").replace("qui định tại", "")
            by_itself = bool(_SELF.search(clause[: match.start()])) or not clause[: match.start()].strip(" -\"“")
            if by_itself and not regex.search(r"\s(?:theo|trừ)\s", tail):
                return True
        return bool(_REPEALED_RIGHT.search(right)) and not _UNTIL.search(clause)

    def _implements(self, clause: str, folded_type: str) -> bool:
        match = None
        for match in _DO.finditer(clause):
            pass
        if match is None:
            return bool(_GUIDES_FIRST.match(clause))
        tail = match["tail"]
        if _OTHER_VERB.search(tail) or tail.lstrip().startswith(("tại ", "bởi ")):
            return False
        if _ACCORDING.search(tail):
            return bool(_LETTERS.match(folded_type)) and len(tail) < 110
        return True
