"""Which printed limits bind somebody, and how strongly: dates of effect, conditions, lives of papers and events bind none."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import Final

import regex

from vnadmin.fields.directives.limits import Limit
from vnadmin.gazetteer import words_where
from vnadmin.layout.page import SourceDocument
from vnadmin.text.alternation import alternation
from vnadmin.text.fold import CAPITALS, fold
from vnadmin.text.pattern import pattern

_BACK: Final = 240
_AHEAD: Final = 60


class Bond(IntEnum):
    """How a limit binds the main action of its item; of several in one item the first of the strongest stands."""

    NONE = 0
    ASIDE = 1  # a span or an event beside another limit
    FIRM = 2


def _listed(kind: str) -> str:
    return alternation(map(fold, words_where("limit_words", "kind", kind)))


@cache
def _words(kind: str) -> regex.Pattern[str]:
    return pattern(rf"(?<!\w)(?:{_listed(kind)})(?!\w)")


# "Nếu chấm dứt hoạt động trong thời hạn 6 tháng ...", "Quá thời hạn 10 ngày": a condition, when no comma or "thì" ends it
_CONDITION = pattern(
    r"(?<!\w)(?:nếu|trường hợp|hễ|quá(?! trình)|hết(?! sức)|(?<!trước )(?<!sau )khi|mà|nào) (?:(?! thì )[^,;:.])*+$"
)  # "vướng mắc trong quá trình kết nối" is none
# "Trường hợp hồ sơ được giao, phê duyệt trước ngày 01/7/2025 mà chưa xong thì được chi tiếp": what stands before "thì"
_SUPPOSES = pattern(r"(?<!\w)(?:nếu|trường hợp|hễ) (?:(?! thì | phải )[^;.])*+$")
_THEN = pattern(r"(?:(?! phải | nếu | thì )[^;.])*+ thì ")
_SUPPOSED: Final = frozenset({"before", "until", "event", "period", "in", "point"})
# "Không gửi báo cáo trong thời hạn 6 tháng kể từ ...": a breach, one of a list
# "nơi cán bộ công tác trước khi nghỉ hưu", "đơn vị công tác của cán bộ trước khi nghỉ hưu"
_STATE = pattern(
    r"(?<!\w)(?:nơi|đơn vị|cơ quan) (?:\w++ ){0,4}(?:công tác|làm việc|cư trú|sinh sống|thường trú) (?:của (?:\w++ ){1,3})?$"
)
_BREACH = pattern(r"(?:không|chưa|chậm|vi phạm|việc không) ")
# "trong vòng 3 ngày vừa qua", "trước ngày 01/5 thì giải quyết theo quy định cũ"
_DESCRIBES = pattern(
    r",? (?:vừa )?qua(?!\w)| gần đây| trước đó| liền kề| trở (?:đi|lên|về)| (?:thì|vẫn|mà|nhưng|được|phải được|so với|coi như|xem như|là ngày|quy định tại|\(sau đây) |[^,;:.]{0,40} có hiệu lực"
)
# "cơ quan đã ra kết luận phải công khai trong thời hạn 5 ngày" tells of a duty
_DONE = pattern(
    r"(?<!\w)(?:(?:đã|vừa|từng) (?:(?! phải | thì | (?:nộp|gửi) về )[^,;:.]){0,60}|mới (?:(?! phải | thì )[^,;:.]){3,60})$"
)  # but "mô hình tổ chức mới" + "trước ngày 30/6/2026"
# "có Văn bản số 16/CGC.BT ngày 19/8/2024 kiến nghị kéo dài thời gian đến quý I/2025": what another asked for
_TOLD = pattern(r"(?<!\w)có (?:\w++ ){1,3}số \d")
# "không được để nghiên cứu sinh chuyển hồ sơ trước khi ...", "không nộp trong thời hạn 10 ngày"
_BAN = pattern(r"(?<!\w)(?:không (?:được|để|nên)|chưa được|cấm) [^,;:.]*+$")
# "phải được đặt trong dấu ngoặc đơn ngay sau từ đó": a place, not a time
_PLACED = pattern(r"phải được [^,;:.]*+$")
# "các hoạt động được chụp trong thời gian không quá 06 tháng": it describes the noun; "phải được nộp" is a duty
_ATTRIBUTE = pattern(r"(?<!phải )(?<!cần )được [^\W\d_]++(?: [^\W\d_]++)? $")
_NAME = pattern(rf"(?<=[^\W_] )[{CAPITALS}]\w*|(?<=, )[{CAPITALS}]\w*")
_BRACKETS = pattern(r"\([^()]*+\)")
_QUOTED = pattern(r"\"[^\"]*+$")
_ASIDE_OPEN = pattern(r"\([^()]{12,}+$")
# "gia hạn thời gian tổ chức đại hội đến ngày 31/12/2024", "Thời hạn nộp: đến ngày 30/9"
_EXTENDS = pattern(lambda: _listed("extends"))
_FROM = pattern(r"(?<!\w)từ [^,;.]*+$")
_COUNTS_FOR = pattern(r"(?:thời hạn|thời gian|(?<!gia )hạn) [^;.]*+$")
# "05 năm liên tục trước thời điểm đề nghị", "trong giai đoạn trước khi hoàn thành", "tháng tiếp theo ngay sau chu kỳ": a span
_SPANS = pattern(
    r"(?<!\w)(?:liên tục|liền kề|gần nhất|tiếp theo|giai đoạn|thời kỳ|thời gian|\d năm|cuối tháng \w++ \w++) $"
)
# "Thời gian nhận tác phẩm dự thi: từ ngày ...", "Thời gian thực hiện:"
# "Thời gian tổ chức hội thi: từ ngày ...", "Thời gian thi: ngày ..."
_HELD = pattern(
    r"thời gian (?:tổ chức (?:hội|lễ|thi|kỳ|cuộc|đại hội|lớp|vòng)|diễn ra|thi|khai mạc|nghỉ|học)(?!\w)[^;.:]{0,60}: ?$"
)
_FOR = pattern(r"thời gian (?:thực hiện|nộp|nhận|tiếp nhận|đăng ký|gửi|thu|chấm)[^;.:]{0,60}: ?$")
_DUTY = pattern(lambda: rf"(?<!\w)(?:{_listed('duty')}) ")
# "học phí", "tiền lương", "phụ cấp" right before the period; "nộp học phí từ ngày ..." must be done in it
_OF_MONEY = pattern(
    r"(?<!\w)(?:lương|phụ cấp|trợ cấp|học phí|bảo hiểm|lãi suất|lãi|chi phí|đơn giá|tiền|mức (?:thu|phí|giá|lương|hưởng)|truy lĩnh|truy thu|hưởng)"
    r"(?: [^\W\d_]++){0,4} (?:tính )?$"
)
# "nhận tác phẩm từ ngày ...", "được thực hiện từ ngày ..."
_GOES_ON = pattern(
    r"(?<!\w)(?:nộp|gửi|nhận|đăng ký|thu|đóng|thực hiện|tiến hành|triển khai|tổ chức|hoàn thành|phát động|niêm yết) (?:[^,;:.]{0,60} )?$"
)
_REST = pattern(r"(?<!\w)nghỉ (?:tết|lễ|hè|phép|x++)(?: [^,;:.]{0,40})?$")  # names in capitals are masked: "nghỉ Tết"
_PAYS = pattern(r"(?<!\w)(?:nộp|đóng|thu|đăng ký|hoàn thành) [^,;:.]{0,40}$")
_PAYS_BACK = pattern(r"(?<!\w)(?:trả|thanh toán) [^,;:.]{0,40}$")
_RIGHT = pattern(
    r"(?<!phải )(?<!\w)được (?:xét|tặng|hưởng|cấp|công nhận|miễn|giảm|tính|nhận|khen thưởng) [^,;:.]{0,60}$"
)
_WAS = pattern(r",[^,;:.]{1,48} đã (?!được giao|đăng ký|nộp)")
_BARE_DAYS = pattern(r"trong (?:\d{1,3}|\w{2,4}) ?(?:\([^()]*+\) ?)?ngày$")
_ANSWERS = pattern(
    r"(?<!\w)(?:trả lời|thẩm định|thông báo|báo cáo|giải quyết|xử lý|gửi|nộp|hoàn thành|hoàn tất|xong) (?:[^,;:.]{0,60} )?$"
)
# "nộp hồ sơ trước thời điểm kiểm tra", "được thực hiện vào dịp cuối năm hoặc trước khi hết nhiệm kỳ"
_DELIVERS = pattern(r"(?<!\w)(?:gửi|nộp|trình|báo cáo|đăng ký|hoàn thành|hoàn tất|thực hiện) (?:[^,;:.]{0,60} )?$")
_HANDS = pattern(r"(?<!\w)(?:nộp|gửi|hoàn thành|hoàn tất|trình|nhận|có mặt|tập trung) [^,;:.]{0,80}$")
_OF_ANOTHER = pattern(r"số \S*\d|(?<!\w)(?:họp|(?<!dự )thi|lễ|làm việc) (?:\S++ ){0,4}$")
_DATED = pattern(r"(?:ngày|tháng|quý|năm) \w{0,3}\d|quý i|\d{4}|từ nay ")
_SHORTER = pattern(r"ngày|tháng|quý|/")
_DIGIT = pattern(r"\d")
_MAY = pattern(r"(?<!\w)(?:có thể|có quyền|được phép) [^,;:.]*+$")
# "ít nhất 05 ngày", "sau 15 ngày kể từ ...": no upper bound
_AT_LEAST = pattern(lambda: rf"(?:{_listed('no upper bound')})(?: là)? $")
# "thời hạn này có thể kéo dài, nhưng không quá 20 ngày": a second limit, after the one that binds
_LONGER = pattern(r"có thể (?:được )?(?:kéo dài|gia hạn)[^;.]{0,40}$")
_PRESENT = pattern(lambda: rf"(?:{_listed('presence')}) (?:[^,;.]{{0,80}} )?$")
_BROUGHT = pattern(r"(?:trình|báo cáo) [^;.]{0,120}$")


@dataclass(frozen=True, slots=True)
class _Place:
    """A limit and the words of its sentence around it; names in capitals are masked, for they tell nothing of time."""

    text: str
    before: str
    after: str
    obliges: bool

    @property
    def opens(self) -> bool:
        """Whether the limit opens its sentence."""
        return not self.before.strip(" -*_")


def bond(document: SourceDocument, limit: Limit, start: int, end: int, obliges: bool) -> Bond:
    """What binds a limit has, given the slice of its paragraph; `obliges`: its item tells somebody to act."""
    folded = document.folded
    place = _Place(
        folded[limit.start : limit.end],
        _sentence_before(document, max(start, limit.start - _BACK), limit.start),
        folded[limit.end : min(end, limit.end + _AHEAD)],
        obliges,
    )
    before, after = place.before, place.after
    if _words("expected").search(before[-40:]) or _QUOTED.search(before):
        return Bond.NONE
    if limit.kind in ("bycount", "by"):
        return Bond.NONE if _MAY.search(before) else Bond.FIRM
    if limit.kind == "label":
        return Bond.NONE if _words("life").search(before) or _DESCRIBES.match(after) else Bond.FIRM
    if _words("effect").search(before[before.rfind(" thì ") + 1 :]) or _BREACH.match(before) or _DESCRIBES.match(after):
        return Bond.NONE
    if any(says.search(before) for says in (_CONDITION, _DONE, _BAN, _TOLD)):
        return Bond.NONE
    if limit.kind in _SUPPOSED and _SUPPOSES.search(before) and _THEN.match(folded, limit.end, end):
        return Bond.NONE
    if place.opens and _WAS.match(after):
        return Bond.NONE  # "Trong tháng 5/2023, Sở đã tiếp nhận 120 hồ sơ"
    return _KINDS[limit.kind](place)


def _sentence_before(document: SourceDocument, start: int, end: int) -> str:
    """The words of the sentence before a limit."""
    text = _NAME.sub(lambda found: "x" * len(found[0]), document.text[start:end])
    text = str(_BRACKETS.sub(" ", fold(text)))
    cut = max(text.rfind(". "), text.rfind("; "), text.rfind("\n"))
    return text[cut + 1 :].lstrip() if cut >= 0 else text.lstrip()


def _lives(before: str) -> bool:
    return _words("life").search(before) is not None


def _within(place: _Place) -> Bond:
    if _lives(place.before) or _ATTRIBUTE.search(place.before) or _MAY.search(place.before):
        return Bond.NONE
    if _BARE_DAYS.match(place.text):  # "thẩm định trong 03 ngày." binds, "nghỉ trong 03 ngày." does not
        return Bond.ASIDE if _ANSWERS.search(place.before) else Bond.NONE
    return Bond.FIRM


def _count(place: _Place) -> Bond:
    if _lives(place.before) or _AT_LEAST.search(place.before) or place.before.endswith(("sau ", "định kỳ ")):
        return Bond.NONE
    return Bond.FIRM if _COUNTS_FOR.search(place.before) else Bond.ASIDE


def _most(place: _Place) -> Bond:
    """`không quá 15 ngày` is a limit of a time that is named, or counted from an event."""
    if _lives(place.before) or _LONGER.search(place.before):
        return Bond.NONE
    anchored = any(word in place.text for word in (" từ ", " sau ", " trước "))
    return Bond.FIRM if anchored or _COUNTS_FOR.search(place.before) else Bond.NONE


def _after(place: _Place) -> Bond:
    """`Sau 10 ngày kể từ ngày họp, các Tổ gửi báo cáo`, `báo cáo kết quả sau 30 ngày kể từ ngày công bố`."""
    if _lives(place.before):
        return Bond.NONE
    return Bond.FIRM if place.opens and place.after.startswith(",") else Bond.ASIDE


def _recurs(place: _Place) -> Bond:
    if (
        _words("event").search(place.before)
        or place.opens
        or not any(says.search(place.before) for says in (_DELIVERS, _PAYS, _PAYS_BACK))
    ):
        return Bond.NONE  # "tiếp công dân vào ngày 15 hằng tháng" is how often
    return Bond.ASIDE


def _period(place: _Place) -> Bond:
    """A period binds where something must be done in it, not where it dates an event."""
    if _FOR.search(place.before):
        return Bond.FIRM
    if _HELD.search(place.before):
        return Bond.NONE
    if not _DATED.search(place.text) and not (place.opens and _DIGIT.search(place.text)):
        return Bond.NONE  # "có độ dài bằng từ 1/3 đến 1/2", "Từ ngày ký đến khi hoàn thành nhiệm vụ"
    if place.before.endswith("(") and not place.after.startswith("):"):
        return Bond.NONE  # "trong mùa cao điểm (từ tháng 5 đến tháng 8)"
    if _REST.search(place.before):
        return Bond.NONE  # "nghỉ Tết từ ngày 05/02 đến hết ngày 18/02"
    if _OF_MONEY.search(place.before) and not _PAYS.search(place.before):
        return Bond.NONE  # "tiền thuê từ ngày 01/01 đến ngày 30/6": what the money is for
    apart = place.opens or place.before.endswith((": ", "(", ", "))
    if not (apart or place.obliges or any(says.search(place.before) for says in (_GOES_ON, _COUNTS_FOR))):
        return Bond.NONE  # "Giá bán lẻ từ ngày 25/02 đến ngày 24/3/2024 như sau"
    around = place.before[-80:] + " | " + place.after[:30]
    if _words("event").search(around) or _lives(place.before):
        return Bond.NONE
    return Bond.FIRM


def _months(place: _Place) -> Bond:
    """Months to come bind those who are told to act; the first months of a year are mostly past."""
    done = "tháng đầu" not in place.text or _DELIVERS.search(place.before)
    return Bond.ASIDE if place.obliges and done else Bond.NONE


def _on(place: _Place) -> Bond:
    """`nộp bài tại phòng Đội ngày 15/3/2024`; `gửi Công văn số 12 ngày ...`, `tài liệu họp ngày ...` date another thing."""
    handed = _HANDS.search(place.before)
    if handed is None or not place.obliges or _OF_ANOTHER.search(handed[0]) or _words("event").search(handed[0]):
        return Bond.NONE
    return Bond.ASIDE


def _before(place: _Place) -> Bond:
    tail = place.before[-30:]
    occurs = [match.end() for match in _words("occurs").finditer(tail)]
    if occurs and len(tail) - occurs[-1] <= 1:
        return Bond.NONE
    return Bond.NONE if place.before.endswith(("đã ", "được ")) else Bond.FIRM


def _event(place: _Place) -> Bond:
    if (
        ("hiệu lực" in place.text and not place.text.startswith("ngay sau khi"))
        or _SPANS.search(place.before)
        or _ASIDE_OPEN.search(place.before)
        or place.before.endswith(("và ", "những ", "các ", "như "))
    ):
        return Bond.NONE
    if place.text.startswith("trước ") and (_RIGHT.search(place.before) or _STATE.search(place.before)):
        return Bond.NONE  # "được xét tặng trước thời điểm nghỉ hưu", "nơi cán bộ công tác trước khi nghỉ hưu"
    if not place.opens and not (
        place.obliges
        or place.before.endswith(": ")
        or any(says.search(place.before) for says in (_DUTY, _DELIVERS, _COUNTS_FOR, _PRESENT))
    ):
        return Bond.NONE  # "Phiếu khám sức khỏe trước khi bố trí làm việc": no one is told to act
    if place.opens:  # "Trước khi họp, ... phải báo trước 03 ngày": the days bind
        return Bond.ASIDE if place.text.startswith("trước ") else Bond.FIRM
    beside = place.text.startswith("ngay sau ") and _PLACED.search(place.before)
    return Bond.NONE if beside else Bond.ASIDE


def _until(place: _Place) -> Bond:
    """`đến ngày ...` is a limit after gia hạn, thời hạn, hoàn thành; by itself it tells a story."""
    if (
        _words("event").search(place.before[-80:])
        or place.before.endswith("tính ")
        or _FROM.search(place.before)
        or _lives(place.before[place.before.rfind(",") + 1 :][-60:])
    ):
        return Bond.NONE
    if "năm" in place.text and not _SHORTER.search(place.text):
        return Bond.NONE
    if " hết " in place.text:
        return Bond.FIRM
    return Bond.FIRM if _EXTENDS.search(place.before[-160:]) else Bond.NONE


def _in(place: _Place) -> Bond:
    if place.before.endswith(("đã ", "được ")) or _ATTRIBUTE.search(place.before):
        return Bond.NONE
    if place.text.startswith("trong năm"):  # "trong năm 2025;" at the end of its clause
        ends = not place.after.strip() or place.after[0] in ";.,"
        return Bond.ASIDE if ends and _DUTY.search(place.before) else Bond.NONE
    return Bond.ASIDE


def _point(place: _Place) -> Bond:
    if place.text.startswith(("đầu", "giữa", "cuối")):
        return Bond.NONE if _words("event").search(place.before) else Bond.ASIDE
    return Bond.ASIDE if _PRESENT.search(place.before) else Bond.NONE


def _opening(place: _Place) -> Bond:
    """`Cuối tháng giáo viên chủ nhiệm nộp sổ`: only where it opens its sentence."""
    return Bond.ASIDE if place.opens else Bond.NONE


def _scheduled(place: _Place) -> Bond:
    """`Tháng 11/2025: Ban Biên tập tổng hợp`; `Ngày 15/5/2024: khai mạc hội thi` dates an event."""
    return Bond.NONE if _words("event").search(place.after) else Bond.FIRM


def _session(place: _Place) -> Bond:
    return Bond.ASIDE if _BROUGHT.search(place.before) else Bond.NONE


_KINDS: Final = {
    "within": _within,
    "ahead": _within,
    "count": _count,
    "most": _most,
    "after": _after,
    "period": _period,
    "before": _before,
    "event": _event,
    "until": _until,
    "in": _in,
    "point": _point,
    "opening": _opening,
    "session": _session,
    "recurs": _recurs,
    "scheduled": _scheduled,
    "months": _months,
    "on": _on,
}
