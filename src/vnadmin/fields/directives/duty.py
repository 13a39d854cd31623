"""Whether the word behind a subject lays a duty on it: `A rà soát`, not `A được hưởng` nor the issuer's own promise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from vnadmin.fields.directives.bodies import starts_body
from vnadmin.fields.directives.lexicon import lexicon, link_words
from vnadmin.fields.directives.orders import ASKS, STAFFS, is_somebody
from vnadmin.fields.directives.predicate import Stop, Subject, starts_action
from vnadmin.genre.person_name import CALLED
from vnadmin.layout.page import SourceDocument, Span
from vnadmin.text.alternation import alternation
from vnadmin.text.pattern import pattern

# "..., nhưng phải báo cáo", "và có trách nhiệm", "còn phải thực hiện"
_AND_MUST = pattern(
    r"(?:[,;]| và| nhưng| còn)(?: (?:còn|cũng|đồng thời))? (?:(?:phải|có trách nhiệm|có nghĩa vụ|có nhiệm vụ|chịu trách nhiệm)(?!\w)"
    r"|thực hiện chức năng )"
)
# "Cục Thuế trả lời để Công ty biết": the letter's own closing
_TO_KNOW = pattern(r"(?:trả lời|thông báo|thông tin|có ý kiến) [^.;]{0,100}để [^.;]{0,80}biết")
# "Bộ Tài chính hướng dẫn một số nội dung như sau:": the issuer's own words over what follows
_INTRODUCES = pattern(
    lambda: rf"(?:{alternation(link_words('introduces'))})(?!\w)[^;.]{{0,300}}(?<!\w)(?:sau(?: đây)?:?|gồm:)$"
)
_TELLS_ON: Final = "thông báo "
_GIVES = pattern(lambda: rf"(?:{alternation(link_words('gives'))}) ")
# "Tập thể có thành tích từ 3 năm trở lên", "Hộ kinh doanh vi phạm bị xử phạt", "Học viên nghỉ quá 20% số tiết sẽ không
# được dự thi": who is rewarded or punished
_CRITERION = pattern(
    r"[^;:.]{0,240}(?:trở lên|(?<!\w)bị (?:xử|phạt|thu hồi|đình chỉ|truy cứu))(?!\w)"
    r"|(?:có|đạt|lập)(?: được)?(?: nhiều)? thành tích(?!\w)"
    r"|[^;:.,]{0,160}(?<!\w)sẽ (?:không được|bị)(?!\w)"
)
_GIVEN = pattern(r"được giao (?!(?:trước|sau|từ|trong|theo|vào|tại) )")
# "Xí nghiệp được giao quản lý 12 trạm bơm" tells what it has
_HOLDS = pattern(r"được (?:giao|phân cấp) (?:trực tiếp )?(?:(?:quản lý|sử dụng|khai thác|vận hành)(?:, | và )?)+(?!\w)")
_WILL: Final = "sẽ "
# "Học sinh nghỉ hè từ ngày ...", "Cán bộ được nghỉ Tết"; "Nhà trường khuyến khích sinh viên nộp sớm" of its own letter
_RESTS = pattern(r"(?:được )?nghỉ (?:hè|tết|lễ|bù|phép)")
_SPEECH = pattern(
    r"(?:lên )?phát biểu(?= (?:khai mạc|bế mạc|chỉ đạo|chúc mừng|cảm nghĩ|cảm ơn|đáp từ)|,? ?[.;,])"
)  # a line of a programme
_ENCOURAGES: Final = "khuyến khích"
_TIMED = pattern(r"\d|(?<!\w)(?:ngay|trước|trong (?:tháng|quý|năm|tuần))(?!\w)")
# "Đơn vị có số lượng bài tham gia đông nhất": who wins; not "Đơn vị có liên quan báo cáo chậm nhất", "thống nhất"
_BEST = pattern(
    r" có (?:nhiều|thành tích|kết quả|sản phẩm|bài|(?:tổng )?(?:số|điểm)|tỷ lệ)(?!\w)[^,;:.]{0,80}?"
    r" (?:cao|đông|lớn|nhiều|tốt|hay|đẹp|sớm|nhanh|xuất sắc) nhất(?!\w)"
)
_BEST_REACH: Final = 80
# "đồng chí A, Bí thư Đảng ủy kết luận, chỉ đạo như sau"; "Tổ chức, cá nhân đều có thể tham gia", "sẽ được cộng điểm"
_WILL_BE_SAID = pattern(r"kết luận(?!\w)|(?:đều|cũng|vẫn|sẽ) (?:có thể|được(?! giao)|có quyền)(?!\w)")
_PERSON = pattern(rf"{CALLED} ")
_TO_BE_MET = pattern(r"(?<!\w)(?:trước|xong|chậm nhất|muộn nhất|trong (?:vòng|ngày|tuần|tháng|quý)) ")
_SAYS = pattern(lambda: rf"(?:{alternation(link_words('says'))})(?!\w)")
_SHORT_NAMES = pattern(r"(?<!\w)(?:ubnd|hđnd|ubtvqh)(?!\w)")
_FULL_NAME: Final = "ủy ban hội đồng nhân dân"


@dataclass(frozen=True, slots=True)
class Duty:
    """Judges the subjects of one document."""

    document: SourceDocument
    proposes: bool  # a tờ trình: what its writer does is no duty
    issuer: str = ""  # the header's agencies, folded
    minutes: bool = False  # a biên bản: who speaks in it was there

    def obliges(self, subject: Subject, end: int) -> bool:
        """Whether the word after a subject makes a duty of it; the subject of an order (`A giao B`) only gives it."""
        folded, stop = self.document.folded, subject.stop
        if self.promises(subject, end):
            return False
        if _INTRODUCES.match(folded, stop.start, end) and self._is_issuer(subject.span):
            return False
        if "modal" not in stop.kinds and self._is_anybody(subject.span):
            best = _BEST.search(folded, subject.span.start, min(end, stop.end + _BEST_REACH))
            if _CRITERION.match(folded, stop.start, end) or (best is not None and best.end() > stop.start):
                return False
        if self.minutes and not _TO_BE_MET.search(folded, stop.start, end) and self._speaks(subject):
            return False
        if _RESTS.match(folded, stop.start, end) or _SPEECH.match(folded, stop.start, end):
            return False
        if folded.startswith(_ENCOURAGES, stop.start) and self._is_issuer(subject.span):
            return False
        if _WILL_BE_SAID.match(folded, stop.start, end):  # but "sẽ được hỗ trợ và phải bàn giao"
            return folded.startswith(_WILL, stop.start) and _AND_MUST.search(folded, stop.end, end) is not None
        if _TO_KNOW.match(folded, stop.start, end) and not (
            folded.startswith(_TELLS_ON, stop.start) and self.issuer and not self._is_issuer(subject.span)
        ):
            return False  # but "Trưởng thôn thông báo để nhân dân biết"
        given = _GIVEN.match(folded, stop.start, end) is not None and not self._is_anybody(subject.span)
        if _HOLDS.match(folded, stop.start, end):
            return _AND_MUST.search(folded, stop.end, end) is not None
        if given and starts_action(folded[stop.end + 1 : end]):
            return True  # "Phòng Văn hóa được giao tham mưu kế hoạch"
        if "never" in stop.kinds:  # "được hưởng quyền lợi và phải chịu nghĩa vụ"
            return _AND_MUST.search(folded, stop.end, end) is not None
        if folded[stop.start : stop.end] in STAFFS and self.issuer and not self._is_issuer(subject.span):
            return True  # "Thủ trưởng đơn vị phân công giáo viên hướng dẫn"
        if (_GIVES.match(folded, stop.start) or self._asks(stop, end)) and self._is_third(subject.span):
            return True  # "UBND tỉnh giao cơ quan công tác dân tộc ..." of a ministry: giver and taker are told to act
        if not stop.kinds & {"modal", "verb", "adverbial"} or (self.proposes and "statement" in stop.kinds):
            return False
        if "order" not in stop.kinds:
            return True
        after = stop.end
        while after < end and folded[after] in " :":
            after += 1
        head = starts_body(self.document, after, end, as_object=True)
        return head is None or not is_somebody(self.document, head)

    def _speaks(self, subject: Subject) -> bool:
        """Whether a person says something: `Ông Kỳ báo cáo kết quả`, `Bà Tư phát biểu`."""
        folded = self.document.folded
        return bool(_PERSON.match(folded, subject.span.start) and _SAYS.match(folded, subject.stop.start))

    def _is_issuer(self, span: Span) -> bool:
        """Whether a name is the issuer's own, its post left out: `Chủ tịch UBND tỉnh` of a letter of that office."""
        noun = lexicon().alone.at(self.document.folded, span.start, span.end)
        start = span.start + len(noun) if noun in lexicon().posts else span.start
        names = set(_SHORT_NAMES.sub(_FULL_NAME, self.document.folded[start : span.end]).split())
        return bool(names) and names <= set(self.issuer.replace("trường", "nhà trường").split())

    def _is_anybody(self, span: Span) -> bool:
        """Whether a name is in small letters, or opens with a generic noun: `Người nào vi phạm Quyết định này`."""
        if self.document.text[span.start + 1 : span.end].islower():
            return True
        return lexicon().alone.at(self.document.folded, span.start, span.end) in lexicon().anybody

    def _is_third(self, span: Span) -> bool:
        """Whether a giver of tasks is neither the issuer nor a post or a body of the issuer's own kind, which speaks for it."""
        all_of = lexicon().quantifiers.at(self.document.folded, span.start, span.end)  # "Các trường phân công ..."
        noun = lexicon().alone.at(self.document.folded, span.start + len(all_of) + bool(all_of), span.end)
        if not noun or not self.issuer or noun in lexicon().posts or self._is_issuer(span):
            return False
        return _SHORT_NAMES.sub("ủy ban nhân dân", noun) not in self.issuer

    def promises(self, subject: Subject, end: int) -> bool:
        """Whether the issuer says what it will do itself, without a time: `Bộ Y tế sẽ phối hợp với ... kiểm tra`."""
        folded, stop = self.document.folded, subject.stop
        will = folded.startswith(_WILL, stop.start) and not _TIMED.search(folded, stop.end, end)
        return will and self._is_issuer(subject.span)

    def _asks(self, stop: Stop, end: int) -> bool:
        """Whether a subject asks somebody: `Chủ đầu tư đề nghị tổ chức đánh giá ...`."""
        asked = self.document.folded[stop.start : stop.end] in ASKS
        return asked and starts_body(self.document, stop.end + 1, end, as_object=True) is not None
