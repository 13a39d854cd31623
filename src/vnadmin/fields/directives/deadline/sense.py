"""Which printed limits bind somebody, and how strongly: dates of effect, conditions, lives of papers and events bind none.

Three questions are asked of every limit: does its sentence suppose or tell rather than order; does the time belong to
an event, a right or a sum rather than to an act; and does somebody have to act in its clause?
"""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import Final

from vnadmin.fields.directives.deadline.forms import Limit, limit_words, listed
from vnadmin.fields.directives.deadline.place import TELLS, Place
from vnadmin.fields.directives.predicate import starts_action
from vnadmin.gazetteer import words_where
from vnadmin.layout.page import SourceDocument
from vnadmin.text.alternation import alternation
from vnadmin.text.fold import CAPITALS, fold
from vnadmin.text.pattern import pattern

_BACK: Final = 240
_AHEAD: Final = 160


class Bond(IntEnum):
    """How a limit binds the main action of its item; of several in one item the first of the strongest stands."""

    NONE = 0
    ASIDE = 1  # a span or an event beside another limit
    FIRM = 2


# "Nếu chấm dứt hoạt động trong thời hạn 6 tháng ...", "Quá thời hạn 10 ngày": a condition, when no comma or "thì" ends it
_CONDITION = pattern(
    r"(?<!\w)(?:nếu|trường hợp|hễ|quá(?! trình)|hết(?! sức)|(?<!trước )(?<!sau )khi|mà|nào) (?:(?! thì )[^,;:.])*+$"
)  # "vướng mắc trong quá trình kết nối" is none
# "Không gửi báo cáo trong thời hạn 6 tháng kể từ ...": a breach, one of a list
_BREACH = pattern(r"(?:không|chưa|chậm|vi phạm|việc không) ")
# "trong vòng 3 ngày vừa qua", "trước ngày 01/5 thì giải quyết theo quy định cũ"
_DESCRIBES = pattern(
    r",? (?:vừa )?qua(?!\w)| gần đây| trước đó| liền kề| trở (?:đi|lên|về)"
    r"| (?:thì|vẫn|mà|nhưng|được|phải được|coi như|xem như|tiếp tục|là ngày|quy định tại|\(sau đây) |[^,;:.]{0,40} có hiệu lực"
)
# "không được để nghiên cứu sinh chuyển hồ sơ trước khi ...", "không nộp trong thời hạn 10 ngày"
_BAN = pattern(r"(?<!\w)(?:không (?:được|để|nên)|chưa được|cấm) [^,;:.]*+$")
# "Trong tháng 5/2023, Sở đã tiếp nhận 120 hồ sơ", after a limit that opens its sentence; "Trước ngày 5/3, thí sinh đã
# nộp hồ sơ đến nhận thẻ" tells somebody to act
_WAS = pattern(r",(?:(?! phải )[^;:.]){1,80} đã (?!được giao|đăng ký|nộp|[^;:.]*+ phải )")
_WAS_DONE = pattern(r",(?:(?! phải )[^;:.]){1,80} đã (?![^;:.]*+ phải )")
# "các hoạt động được chụp trong thời gian không quá 06 tháng": it describes the noun; "phải được nộp" is a duty
_ATTRIBUTE = pattern(r"(?<!phải )(?<!cần )được [^\W\d_]++(?: [^\W\d_]++)? $")
_NAME = pattern(rf"(?<=[^\W_] )[{CAPITALS}]\w*|(?<=, )[{CAPITALS}]\w*")
_BRACKETS = pattern(r"\([^()]*+\)")
_ASIDE_OPEN = pattern(r"\([^()]{12,}+$")
# "05 năm liên tục trước thời điểm đề nghị", "tháng tiếp theo ngay sau chu kỳ"
_SPANS = pattern(lambda: rf"(?<!\w)(?:{listed('span')}|\d năm|cuối tháng \w++ \w++) $")
# "gửi Công văn số 12 ngày ..." dates another thing
_NUMBERED = pattern(r"số \S*\d\S* $")
_REST = pattern(
    r"(?<!\w)nghỉ (?:x++|hè|lễ|bù|\d++ ngày)(?: [^,;:.]{0,40})?$"
)  # names in capitals are masked: "nghỉ Tết"
_OFF = pattern(lambda: rf"(?<!\w)(?:{listed('off')})(?!\w)[^,;:.]*+$")
_SENDS = pattern(r"(?<!\w)(?:gửi|nộp) (?:báo cáo )?kết quả $")  # "gửi báo cáo kết quả" + "đến hết ngày 30/9"
# "báo cáo nhiệm vụ trong tháng tới", "dự báo trong 3 tháng tới": what is to come, no limit
_TO_COME = pattern(lambda: rf"(?<!\w)(?:{listed('to come')})(?!\w)[^,;:.]{{0,30}}$")
_SHORTER = pattern(r"ngày|tháng|quý|/")
_BARE_DAYS = pattern(r"trong (?:\d{1,3}|\w{2,4}) ?(?:\([^()]*+\) ?)?(?:ngày|tuần|giờ|phút)$")
# "Thời gian thực hiện gói thầu: 120 ngày" tells how long it takes, "Thời hạn giải quyết: 05 ngày" by when
_TAKES = pattern(r"thời gian [^;.]*$")
_SPAN_ALONE = pattern(r"\w{1,3}(?: ?\([^()]*+\))? (?:ngày|tuần|tháng)$")
_DATED = pattern(r"(?:ngày|tháng|quý|năm) \w{0,3}\d|quý i|\d{4}|từ nay ")
# "15/11", "Ngày 15/11/2025", no "tháng 11", no "7h00 ngày 15/11"
_DAY_ALONE = pattern(r"(?:ngày )?\d{1,2}(?:[/.-]\d{1,2}(?:[/.-]\d{4})?| tháng \d{1,2}(?:,? năm \d{4})?)$")
_OFTEN = pattern(r"(?:(?:h[ằà]ng|mỗi) ngày|\d lần/ngày) $")
# "Nhà trường khuyến khích sinh viên nộp sớm trước ngày ...": who does not want to need not
_ENCOURAGES = pattern(r"(?<!\w)khuyến khích (?:(?! phải )[^;:.])*+$")
_MAY = pattern(r"(?<!\w)(?:có thể|có quyền|được phép) (?:(?! phải | nhưng )[^,;:.])*+$")
# "Nghị quyết này được thực hiện đến hết ngày ...": how long the document itself holds
_OF_ACT = pattern(lambda: rf"(?:{alternation(map(fold, words_where('document_types', 'speaks', 'yes', 'name')))}) này ")
# "ít nhất 05 ngày", "sau 15 ngày kể từ ...": no upper bound
_AT_LEAST = pattern(lambda: rf"(?:(?:{listed('no upper bound')})(?: là)?|sau(?: thời hạn)?|định kỳ) $")


# "Cuộc thi diễn ra trong 04 tuần, từ ngày ...", "Hội nghị khai mạc vào lúc ..."
_TAKES_PLACE = pattern(lambda: rf"(?<!\w)(?:{listed('takes place')}) $")
# Kinds of limit, even of an event: "Các trường tổ chức khai giảng trước ngày 05/9"
TO_BE_MET: Final = ("by", "bycount", "before")


def bond(document: SourceDocument, limit: Limit, start: int, end: int, obliges: bool) -> Bond:
    """What binds a limit has, given the slice of its paragraph; `obliges`: its item tells somebody to act."""
    folded = document.folded
    place = Place(
        limit.kind,
        folded[limit.start : limit.end],
        _sentence_before(document, max(start, limit.start - _BACK), limit.start),
        folded[limit.end : min(end, limit.end + _AHEAD)],
        obliges,
    )
    before, after = place.before, place.after
    dated = limit.kind not in TO_BE_MET and _TAKES_PLACE.search(before) is not None
    if place.expected or dated or _ENCOURAGES.search(before) or _is_quoted(document.text[start : limit.start]):
        return Bond.NONE
    if limit.kind in ("bycount", "by"):
        acts = limit_words("deliver").search(before) is not None
        held = place.text.startswith("không quá") and place.lives  # "được áp dụng thuế suất ... không quá ngày 01/3"
        # "có thể nộp đơn chậm nhất 03 ngày sau ...": the day binds whoever wants it; "có thể kéo dài chậm nhất đến ..." binds nobody
        return _if(not held and (acts or not _MAY.search(before)), Bond.FIRM)
    if limit.kind == "label":
        none = place.lives or place.dates_event or _DESCRIBES.match(after) or _AT_LEAST.search(before)
        takes = _TAKES.search(before) and _SPAN_ALONE.match(place.text)
        return _if(not (none or takes), Bond.FIRM)
    if (
        limit_words("effect").search(before[max(before.rfind(" thì "), before.rfind(" phải ")) + 1 :])
        or _BREACH.match(before)
        or (_DESCRIBES.match(after) and not place.earns)
    ):
        return Bond.NONE
    if any(says.search(before) for says in (_CONDITION, _BAN)) or place.is_past:
        return Bond.NONE
    if place.opens and limit.kind in TELLS and (_WAS if obliges else _WAS_DONE).match(after):
        return Bond.NONE
    return _KINDS[limit.kind](place)


def _is_quoted(text: str) -> bool:
    """Whether quotation marks are open at the end of a text."""
    return text.rfind("“") > text.rfind("”") or text.count('"') % 2 == 1


def _sentence_before(document: SourceDocument, start: int, end: int) -> str:
    """The words of the sentence before a limit."""
    text = _NAME.sub(lambda found: "x" * len(found[0]), document.text[start:end])
    text = str(_BRACKETS.sub(" ", fold(text))).replace(":\n", ": ")
    cut = max(text.rfind(". "), text.rfind("; "), text.rfind("\n"))
    return text[cut + 1 :].lstrip() if cut >= 0 else text.lstrip()


def _if(binds: bool, bond: Bond = Bond.ASIDE) -> Bond:
    return bond if binds else Bond.NONE


def _counted(place: Place) -> Bond:
    """`trong thời hạn 05 ngày`, `không quá 15 ngày kể từ ...`, `báo trước 30 ngày`, `sau 10 ngày kể từ ngày họp`."""
    before = place.before
    if place.lives:
        return Bond.NONE
    named = place.named
    # Somebody does something in it; a picture "chụp không quá 06 tháng trước ngày đăng ký" is only so old
    told = place.obliges or place.opens or before.endswith((": ", ", ")) or place.says("act", "deliver", "duty")
    from_event = any(word in place.text for word in (" từ ", " sau ", " trước ", " tiếp theo"))
    if place.kind == "count":
        return Bond.NONE if _AT_LEAST.search(before) else Bond.FIRM if named else Bond.ASIDE
    if place.kind == "most":  # a limit of a time that is named, or counted from an event
        # "Hoàn thành không quá 15 ngày làm việc", but "nghỉ không quá 05 ngày làm việc"
        worked = (
            "làm việc" in place.text and (place.obliges or place.says("act", "deliver")) and not _OFF.search(before)
        )
        return _if(named or worked or (told and from_event), Bond.FIRM)
    if place.kind == "after":
        if place.supposes or " mà " in place.text:
            return Bond.NONE
        return Bond.FIRM if place.opens and place.after.startswith(",") else Bond.ASIDE
    if _MAY.search(before) and not (place.kind == "ahead" and place.says("deliver")):
        return Bond.NONE  # "có thể nộp đơn xin hoãn trước 05 ngày": whoever wants it must be done by then
    idle = not (named or told or from_event) or _ATTRIBUTE.search(before)
    if idle and not any(word in place.text for word in ("làm việc", " từ ")):
        return Bond.NONE  # but "Biên bản được lập trong thời hạn 03 ngày làm việc"
    if _BARE_DAYS.match(place.text):
        often = before.endswith("lần ")  # "kê đơn hai lần trong 10 ngày"; but "thẩm định trong 03 ngày."
        told = place.says("act", "deliver") and (place.obliges or not place.text.endswith(("giờ", "phút")))
        return _if(not often and told)  # no "mở cửa trong 24 giờ"
    return Bond.FIRM


def _period(place: Place) -> Bond:
    """A period binds where something must be done in it, not where it dates an event or a sum."""
    if not _DATED.search(place.text) and not place.opens:
        return Bond.NONE  # "có độ dài bằng từ 1/3 đến 1/2", "Từ ngày ký đến khi hoàn thành nhiệm vụ"
    if place.before.endswith("(") and not place.after.startswith("):"):
        return Bond.NONE  # "trong mùa cao điểm (từ tháng 5 đến tháng 8)"
    if place.lives or place.dates_event or limit_words("event").search(place.after[:30]) or _REST.search(place.before):
        return Bond.NONE
    if place.says("dated") and not place.says("collects"):  # "nộp học phí từ ngày ..." must be done in it
        return Bond.NONE  # "chi trả tiền thuê từ ngày 01/01 đến ngày 30/6"
    apart = place.opens or place.before.endswith((": ", "(", ", "))
    return _if(apart or place.obliges or place.says("act", "deliver"), Bond.FIRM)


def _on(place: Place) -> Bond:
    """`nộp bài tại phòng Đội ngày 15/3/2024`; `gửi Công văn số 12 ngày ...`, `tài liệu họp ngày ...` date another thing."""
    labelled = place.before.endswith(": ") and place.says("act")
    handed = labelled or place.says("deliver", "presence") or not place.text.startswith("ngày")
    return _if(place.obliges and handed and not place.dates_event and not _NUMBERED.search(place.before))


def _before(place: Place) -> Bond:
    tail = place.before[-30:]
    occurs = [match.end() for match in limit_words("occurs").finditer(tail)]
    if occurs and len(tail) - occurs[-1] <= 1:
        return Bond.NONE
    return Bond.NONE if place.before.endswith(("đã ", "được ")) else Bond.FIRM


def _event(place: Place) -> Bond:
    before = place.before
    if (
        ("hiệu lực" in place.text and not place.text.startswith("ngay sau khi"))
        or limit_words("state").search(place.text)
        or any(says.search(before) for says in (_SPANS, _ASIDE_OPEN))
        or before.endswith(("những ", "các ", "như ", "thời điểm "))
        or (place.text.startswith("trước ") and before.endswith("và "))
    ):
        return Bond.NONE
    if place.opens:  # "Trước khi họp, ... phải báo trước 03 ngày": the days bind
        return Bond.ASIDE if place.text.startswith("trước ") else Bond.FIRM
    passive = place.of_thing or (_ATTRIBUTE.search(before) and not place.obliges)
    if place.text.startswith("trước ") and passive:
        return Bond.NONE  # "Công trình phải được nghiệm thu trước khi đưa vào vận hành"
    if not place.text.startswith(("trước ", "ngay sau khi ", "ngay khi ")):
        return _if(place.obliges)  # "dấu ngoặc đơn ngay sau từ đó" is a place
    # "Phiếu khám sức khỏe trước khi bố trí làm việc": no one is told to act
    told = limit_words("duty", "deliver", "presence").search(before) or place.says("act")
    binds = place.obliges or before.endswith(": ") or told
    return _if(bool(binds))


def _until(place: Place) -> Bond:
    """`đến ngày ...` is a limit after gia hạn, thời hạn, hoàn thành; by itself it tells a story."""
    if (
        place.dates_event
        or place.supposes
        or " từ " in place.clause.replace("(", " ")
        or place.before.endswith("tính ")
    ):
        return Bond.NONE
    dated = limit_words("dated").search(place.before[-60:]) is not None and not _SENDS.search(place.before)
    if place.says("life") or _OF_ACT.match(place.before) or dated:
        return Bond.NONE  # "kết quả thanh tra, kiểm tra đến hết ngày 31/3"
    if place.opens:  # "Đến năm 2015, hoàn thành chương trình"
        return _if((place.orders and place.after.startswith(",")) or not place.after.strip(" ."), Bond.FIRM)
    if "năm" in place.text and not _SHORTER.search(place.text):  # "Chiến lược phát triển đến năm 2020"
        return _if(place.says("extends"), Bond.FIRM)
    extends = limit_words("extends").search(place.before) is not None
    return _if(extends or place.says("act", "deliver") or " hết " in place.text, Bond.FIRM)


def _in(place: Place) -> Bond:
    if place.before.endswith(("đã ", "được ", "giờ ", "lần ")) or _ATTRIBUTE.search(place.before):
        return Bond.NONE  # "phục vụ 24 giờ trong ngày"
    if place.text.endswith(" tới") and _TO_COME.search(place.before):
        return Bond.NONE
    if place.text.startswith("vào"):  # "được tổ chức vào tháng 9" dates an event
        return _if(place.obliges and not place.dates_event)
    if place.text.startswith("trong năm"):  # "trong năm 2025;" at the end of its clause, or at its head
        ends = not place.after.strip() or place.after.startswith((";", ".", ",", ")", " đối với "))
        told = limit_words("duty").search(place.before) is not None or (place.obliges and place.says("deliver", "act"))
        told = told or place.named or (place.obliges and place.opens)
        if place.after.startswith(")"):  # "(hoàn thành trong năm 2024)", but "chi phí (phát sinh trong năm 2022)"
            aside = place.before[place.before.rfind("(") + 1 :]
            told = limit_words("duty", "deliver", "act").match(aside) is not None
        return _if(place.orders or (ends and told))
    if place.opens and place.after.startswith(",") and not (place.obliges or place.orders):
        return Bond.NONE  # "Trong tháng 9, tình hình an ninh giữ vững"
    return Bond.FIRM if place.says("duty") else Bond.ASIDE


def _point(place: Place) -> Bond:
    """`dọn vệ sinh vào lúc 7h00 ngày 22/4`; "kết thúc lúc 17h45" tells when something ends."""
    if _OFTEN.search(place.before) and not _DATED.search(place.text):
        return Bond.NONE  # "kiểm tra quân số hằng ngày vào 6h00 và 21h30"
    told = place.dates_event or place.before.endswith(("kết thúc ", "bắt đầu ", "kết thúc vào ", "bắt đầu vào "))
    return _if(not told and (place.obliges or place.says("act", "deliver", "presence", "duty")))


def _scheduled(place: Place) -> Bond:
    """`Tháng 11/2025: Ban Biên tập tổng hợp`; `Ngày 15/5/2024: khai mạc hội thi` dates an event.

    A day that names nobody is a line of a programme (`15/11: Phát động cuộc thi`), unless something is due on it.
    """
    if place.after.lstrip().startswith(","):  # "Tháng 12 hằng năm, Văn phòng tổng hợp báo cáo"
        return _if(place.orders and not place.dates_event)
    step = place.after.lstrip(" :")
    if _DAY_ALONE.match(place.text) and not place.obliges and limit_words("deliver", "collects").search(step) is None:
        return Bond.NONE
    event = limit_words("event").search(step[:60])
    return _if(event is None or (event.start() > 0 and starts_action(step)), Bond.FIRM)


_KINDS: Final[dict[str, Callable[[Place], Bond]]] = {
    **dict.fromkeys(("within", "ahead", "count", "most", "after"), _counted),
    "period": _period,
    "before": _before,
    "event": _event,
    "until": _until,
    "in": _in,
    "point": _point,
    "scheduled": _scheduled,
    "on": _on,
    # "Cuối tháng giáo viên chủ nhiệm nộp sổ" opens its sentence, "nộp kèm báo cáo cuối buổi thi." ends it
    "opening": lambda place: _if(place.opens or (place.says("deliver") and place.after[:1] in ("", ".", ";"))),
    "session": lambda place: _if(limit_words("deliver", "act").search(place.before) is not None and not place.moved),
    # "gửi báo cáo vào ngày 15 hằng tháng"; "tiếp công dân vào ngày 15 hằng tháng" is how often
    "recurs": lambda place: _if(
        (place.says("deliver") or (place.obliges and place.before == "định kỳ ")) and not place.dates_event
    ),
    # Months to come bind those who are told to act; the first months of a year are mostly past
    "months": lambda place: _if(
        place.named or (place.obliges and ("tháng đầu" not in place.text or place.opens or place.says("deliver")))
    ),
}
