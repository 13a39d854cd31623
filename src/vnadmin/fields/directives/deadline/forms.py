"""Time limits as printed: the forms in which one is written in folded text, each with its kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final, NamedTuple

import regex

from vnadmin.fields.directives.phrases import Hit, Hits
from vnadmin.gazetteer import words_where
from vnadmin.layout.page import SourceDocument
from vnadmin.text.alternation import alternation
from vnadmin.text.dates import FULL_DATE, HOUR, MONTH, NO_MORE
from vnadmin.text.fold import fold
from vnadmin.text.pattern import pattern

# "14h00", "17 giờ 00", "10 giờ", "7h30 phút sáng", "16:30"
CLOCK: Final = rf"(?<![\dh:]){HOUR}(?: (?:sáng|chiều|trưa|tối))?"
# "chiều thứ bảy", "thứ tư,", "sáng chủ nhật", "thứ Sáu"
_WEEKDAY = r"(?:(?:sáng |chiều )?(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)(?: hàng tuần| hằng tuần| tuần (?:này|sau|tới))?,? ?)"
# "đầu giờ sáng", "cuối giờ chiều", "hết giờ làm việc", "cuối"
_PART = r"(?:(?:đầu|cuối|hết) (?:giờ (?:làm việc |sáng |chiều )?)?(?:buổi (?:sáng |chiều ))?(?:của )?)?"
EVERY: Final = r"(?:h[ằà]ng|mỗi) (?:năm|tháng|quý|tuần|ngày|kỳ)"
# "ngày 20 của tháng cuối quý", "ngày 10 tháng sau", "ngày 05 tháng liền kề", "ngày 30 tháng 6 năm sau liền kề"
WHICH: Final = r"(?:tháng|quý|năm) (?:cuối|đầu|sau|kế tiếp|tiếp theo|liền kề|cùng)(?: (?:của )?(?:quý|năm|kỳ)(?: sau)?)?(?: liền kề)?"
# "ngày làm việc tiếp theo", "ngày hôm sau", "sáng mai", "chiều nay", "ngày cuối quý", "ngày làm việc cuối cùng của tháng"
_DAY_OF = (
    r"(?:cùng ngày|(?:ngày )?hôm sau|(?:ngày|sáng|chiều) mai|(?:sáng|trưa|chiều|tối|đêm) nay|(?:ngày )?hôm nay|ngày (?:làm việc )?(?:tiếp theo|kế tiếp|liền sau|liền kề|hôm sau"
    r"|cuối (?:cùng )?(?:của )?(?:quý|tháng|năm|tuần)(?: báo cáo| đó| sau)?))"
)
# "ngày    /    /2024", "ngày .../.../20...": left blank, to be filled in
_BLANK = r"(?:[._ ]|(?>…))"  # `…` alone, as in text/dates
_BLANK_DAY = rf"(?:ngày )?{_BLANK}{{0,10}}/{_BLANK}{{0,10}}/ ?(?:(?:19|20)\d\d|20(?:[._]|(?>…)){{1,6}})"
# "mùng 5", "ngày mùng 10 Tết", "ngày 15 tháng Giêng", "25 tháng Chạp"
_LUNAR = r"(?:ngày )?m[ùồ]ng \d{1,2}(?: (?:âm lịch|tết))?(?: tháng (?:giêng|chạp|\d{1,2}(?!\d)))?|(?:ngày )?\d{1,2} tháng (?:giêng|chạp)(?!\w)(?: âm lịch)?"
# "ngày 30/6/2022", "ngày 15/4", "ngày 30 tháng 12", "ngày 05 hàng tháng", "ngày 26, 27/12/2011"
DAY: Final = (
    rf"(?:{FULL_DATE}|{_LUNAR}|ngày (?:thứ )?(?:\d{{1,2}}(?:,| và|-(?=\d{{1,2}} ?/)) ?){{0,3}}\d{{1,2}}"
    rf"(?:(?: ?[/.-] ?\d{{1,2}}(?:/\d{{4}})?{NO_MORE})|(?: tháng \d{{1,2}}(?!\d)))?"
    rf"|\d{{1,2}}(?:/| tháng )\d{{1,2}}{NO_MORE}|{_BLANK_DAY}|{_DAY_OF})(?: âm lịch)?(?: ?,? ?{EVERY})?(?: (?:của )?{WHICH})?"
)
_MONTHS = rf"(?:(?:đầu |cuối |giữa |nửa đầu |nửa cuối )?(?:{MONTH}|tháng \d{{1,2}}{NO_MORE}|tháng{_BLANK}{{1,10}}/ ?20\d\d))(?: {EVERY})?"
_QUARTER = r"(?:(?:đầu |cuối )?quý (?:[1-4]|i{1,3}|iv)(?: ?/ ?\d{4}|,? năm \d{4})?(?!\w))" + rf"(?: {EVERY})?"
# "cuối tuần này", "tháng sau"; "trong năm nay"
_NEXT = r"(?:(?:tuần|tháng|quý) (?:này|sau|tới)|năm (?:nay|sau|tới))"
_YEAR = r"năm (?:19|20)\d\d(?![\d-])"
# By what a time begins: nearly every clause is refused at its first word
STARTS_TIME: Final = r"(?=[\d._ /]|…|cùng|chiều|chủ|cuối|giữa|h[ằà]ng|hết|hôm|lúc|m[ùồ]ng|mỗi|ngày|nửa|quý|sáng|tháng|thứ|trưa|tuần|tối|vào|đêm|đầu|đúng)"
# "hai năm 2014 và 2015"
_YEARS_OF = r"(?:các|hai|ba|\d{1,2}) năm (?:19|20)\d\d(?: ?(?:,|và|-) ?(?:19|20)\d\d){1,3}(?!\d)"
_TIME = rf"(?:{DAY}|{_MONTHS}|{_QUARTER})"
# "tháng 4 và tháng 5/2023", "quý III - quý IV năm 2023"
_TIMES = rf"{_TIME}(?: ?(?:-|,|và) ?{_TIME}){{0,2}}"
_CLOCK_OF = rf"(?:{CLOCK}(?:,| của)? ?)"
# "bảy", "mười lăm", "sáu mươi", "một trăm hai mươi"
_NUMERAL = r"(?:một|hai|ba|bốn|tư|năm|lăm|sáu|bảy|bẩy|tám|chín|mười|mươi|mốt|trăm|linh|nửa)"
_NUMBER = rf"(?:\d{{1,3}}(?:[/,.]\d)?|{_NUMERAL}(?: {_NUMERAL}){{0,4}})"
# "05 ngày làm việc", "02 (hai) ngày", "tám (8) giờ làm việc", "sáu mươi ngày (60 ngày)", "1/2 ngày"
_UNIT = r"(?:học kỳ|năm học|ngày làm việc|ngày đêm|ngày|tháng|giờ làm việc|giờ|tiếng|(?<=\d)h|phút|tuần lễ|tuần)"
COUNT: Final = rf"{_NUMBER}(?: ?\([^()]{{1,20}}\))? ?{_UNIT}(?!\w)(?: ?\([^()]{{1,20}}\))?"
# "trả lời trong 01 ngày làm việc đối với ...": working days are counted for nothing but a limit
_WORKING = rf"{_NUMBER}(?: ?\([^()]{{1,20}}\))? ?(?:ngày|giờ) làm việc(?!\w)"
_YEARS = rf"{_NUMBER}(?: ?\([^()]{{1,20}}\))? năm(?! \d)"
# A comma inside what a limit hangs on: "nhận được đề nghị của tổ chức, cá nhân", "... của bộ, ngành"
_LISTED = (
    r"(?:(?<=cơ quan)|(?<=đơn vị)|(?<=tổ chức)|(?<=cá nhân)|(?<=tập thể)|(?<=bộ)), "
    r"(?=(?:đơn vị|tổ chức|cá nhân|tập thể|hộ gia đình|ngành)(?! (?:phải|có trách nhiệm|được|bị|nộp|gửi)))"
)
# What a limit hangs on, up to the end of its clause
_CLAUSE = (
    rf"(?:{_LISTED}|(?! thì | để | nhằm | đồng thời | trước (?:ngày|\d)| chậm nhất | muộn nhất | có trách nhiệm | đối với (?:các |những )?(?:trường hợp|loại) "
    r"| và (?:hoàn thành|gửi|báo cáo|trình|nộp|phải|chịu) )[^,;:.()]){2,220}"
)
# ", kể từ ngày nhận được hồ sơ hợp lệ", "sau khi các hoạt động đó diễn ra", "sau phiên họp", "trước ngày họp"
_ANCHOR = rf"(?: (?:tiếp theo|liên tiếp|kế tiếp)(?= ?[.;,)]|$)|,? ?\(?(?:kể |tính |bắt đầu )?(?:kể )?từ (?:khi|ngày|lúc|sau|thời điểm) {_CLAUSE}|,? (?:sau|trước) {_CLAUSE})"
_BY = (
    r"(?:chậm nhất|muộn nhất|trễ nhất|hạn chót|hạn cuối cùng|hạn cuối|không muộn hơn|không chậm hơn|không quá(?= ngày| \d{1,2}/\d{1,2}/\d{4})|không để quá)"
    r"(?: ?:| là| vào| trước| đến| hết| trong| sau| không quá| cho đến| ngay| lúc){0,4}"
)
_BY_WORDS: Final = ("chậm nhất", "muộn nhất", "trễ nhất", "hạn chót", "hạn cuối", "không muộn", "không chậm")
# The first day of a period: "16", "10/10", "15/01/2026", "ngày 08", "tháng 3", "ngày ra Thông báo", "khi Kế hoạch được ban hành"
_FIRST = (
    rf"(?:{CLOCK}(?!\d),? ?)?{_WEEKDAY}?(?:{FULL_DATE}|{_BLANK_DAY}|(?:ngày )?\d{{1,2}}(?:(?: ?[/.] ?| tháng )\d{{1,2}}(?!\d)|-\d{{1,2}}(?= đến| tới))?"
    rf"(?:/\d{{4}})?(?!\d)|{_MONTHS}|{_QUARTER}|(?:ngày|khi|nay) ?(?:(?! đến )[^,;:.()\d]){{0,60}})"
)
# "từ nay đến Tết Nguyên đán Bính Ngọ 2026"
_NEW_YEAR = r"tết(?: (?:nguyên đán|cổ truyền|âm lịch))?(?: (?:giáp|ất|bính|đinh|mậu|kỷ|canh|tân|nhâm|quý) [^\W\d_]{2,5})?(?: (?:19|20)\d\d)?(?!\w)"
_LAST = (
    rf"(?:{CLOCK},? ?)?{_WEEKDAY}?(?P<last>{DAY}|\d{{1,2}} ?[/.-] ?\d{{1,2}}(?: ?[/.-] ?\d{{4}})?{NO_MORE}|\d{{1,2}} {EVERY}"
    rf"|\d{{1,2}} tháng \d{{1,2}}(?!\d)|{_MONTHS}|{_QUARTER}|(?<=hết ){_YEAR}|(?<=hết )mùa [^\W\d_]++|cuối năm(?: \d{{4}})?|{_NEW_YEAR}|khi {_CLAUSE})"
)
# "Kỳ họp thứ 10 (tháng 10/2025)", "kỳ họp thường lệ giữa năm 2024 của HĐND tỉnh khóa XIII", "Phiên họp tháng 9/2025"
_SESSION = (
    r"(?:kỳ|phiên) họp (?:(?:thường lệ |thường kỳ |chuyên đề |bất thường )?(?:(?:đầu tiên|gần nhất|tiếp theo|kế tiếp)(?: của năm(?: sau)?)?"
    r"|(?:đầu|giữa|cuối) năm(?: (?:19|20)\d\d)?|tháng \d{1,2}(?:/\d{4})?)"
    r"|thứ (?:\d{1,3}(?!\d)|\w{1,5}(?: \w{1,5})?(?= ?[,;.()]|$| theo | đối | quốc hội| hội đồng| hđnd)))"
    r"(?:,? (?:của )?(?:quốc hội|hội đồng nhân dân|hđnd)(?: (?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường))? khoá [ivx\d]{1,6}"
    r"(?:,? nhiệm kỳ \d{4} ?- ?\d{4})?)?(?: \([^()]{1,20}\))?"
)
# What a label says a time is for: "Thời hạn nộp hồ sơ:", "Thời gian kết thúc nhận bài dự thi", "Hạn đăng ký"
_LABEL = (
    r"(?<!tại )(?<!vào )(?<!trong )(?<!đến )(?<!theo )(?<!đúng )(?:thời hạn|hạn|thời gian|thời điểm|tiến độ)"
    r"(?P<of>(?: (?!đến |tới |trước |từ |trong )[^\W\d_]++){0,9}?)"
)
_SAID = r" ?(?::|,)?(?: (?:là|vào)){0,2} ?"


def listed(*kinds: str) -> str:
    """The words of `data/limit_words.tsv` of these kinds as one alternative."""
    return alternation({fold(word) for kind in kinds for word in words_where("limit_words", "kind", kind)})


@cache
def limit_words(*kinds: str) -> regex.Pattern[str]:
    """Any whole word of these kinds."""
    return pattern(rf"(?<!\w)(?:{listed(*kinds)})(?!\w)")


def _before_task() -> str:
    timed, bare = listed("before a task, with a figure"), listed("before a task")
    return rf"(?:(?:{timed})(?= [^,;:.]{{0,60}}\d)|(?:{bare})(?!\w))"


# "Trong thời hạn 05 ngày, ...", "Căn cứ kế hoạch, ..."; behind what else opens a clause: "Trường hợp ..., sau 30 ngày"
_OPENS_TASK, _BEHIND_OPENING = pattern(_before_task), pattern(lambda: rf"(?<=, ){_before_task()}")


def opens_task(document: SourceDocument, start: int, end: int) -> bool:
    """Whether a time limit or a basis stands at the head of a clause: what follows tells somebody to act."""
    folded = document.folded
    return bool(_OPENS_TASK.match(folded, start, end) or _BEHIND_OPENING.search(folded, start, end))


class Limit(NamedTuple):
    """A time limit where it stands."""

    start: int
    end: int
    kind: str
    last: tuple[int, int] | None = None  # of a period: where its last day stands
    counted: bool = False  # days from an event, which no calendar settles


class _Form(NamedTuple):
    """One form: its kind, the words that open it, and its pattern, matched where one of them stands."""

    kind: str
    openers: tuple[str, ...]
    matches: regex.Pattern[str]


def _form(kind: str, openers: tuple[str, ...], source: str) -> _Form:
    return _Form(kind, openers, pattern(source))


# "Tháng 11/2025: Ban Biên tập tổng hợp bản thảo", "Từ ngày 01/4 đến ngày 15/4: các lớp nộp bài": a step of a plan under its time
_SCHEDULED = (
    rf"{STARTS_TIME}{_PART}{_CLOCK_OF}?{_WEEKDAY}?(?:(?:sáng|chiều) )?(?!ngày \d++ ?:)(?:tuần (?:thứ )?\d (?:của )?)?{_TIME}"
    r"(?: ?\([^()]{1,20}\))?(?= ?[:,])"
)
# "a) 10 ngày làm việc đối với trường hợp cấp mới;" under "... giải quyết trong thời hạn sau:"
_DAYS_FIRST = rf"(?:tối đa )?(?:không quá )?{_WORKING}(?= đối với |[;.])"
_STEP = pattern(rf"(?P<scheduled>{_SCHEDULED})|(?P<within>{_DAYS_FIRST})")
# In this order: of two that open at one word, the earlier stands.
_FORMS: Final = (
    # "chậm nhất là 05 ngày, kể từ ngày ký", "muộn nhất 02 ngày sau phiên họp"
    _form("bycount", _BY_WORDS, rf"{_BY} {COUNT}(?!,? (?:\d|ngày|thứ|sáng|chiều|trưa)){_ANCHOR}?"),
    # "chậm nhất là ngày 15 tháng 8", "Hạn chót: 11h00 ngày 15/7/2022", "chậm nhất thứ Tư, 09/10/2024", "không quá ngày 30/4",
    # "chậm nhất là tại phiên họp tháng 5/2024", "chậm nhất đến ngày hẹn trả kết quả", "không để quá 31/10", "chậm nhất cuối tháng này"
    _form(
        "by",
        (*_BY_WORDS, "không quá ", "không để quá "),
        rf"{_BY} {_PART}(?:{_CLOCK_OF}?{_WEEKDAY}?(?:{_TIME}|{_YEAR})|{_NEXT}|{_CLOCK_OF}(?:{EVERY}|{_WEEKDAY})?|{_WEEKDAY}|tại {_SESSION}"
        rf"|(?:ngày|khi|thời điểm) {_CLAUSE})",
    ),
    # "trong thời hạn 05 ngày làm việc kể từ ngày nhận đủ hồ sơ", "Trong vòng 24 giờ sau khi ...", "trong 07 ngày kể từ ..."
    _form(
        "within",
        ("trong ",),
        rf"trong (?:thời hạn|vòng|thời gian|khoảng thời gian)(?: là| tối đa| không quá| chậm nhất| tối thiểu){{0,2}}"
        rf" (?:{COUNT}{_ANCHOR}?|{_YEARS}{_ANCHOR})|trong (?:{COUNT}{_ANCHOR}|{_WORKING}|{_NUMBER}(?: ?\([^()]{{1,20}}\))? ?(?:ngày|tuần|giờ|phút)(?= ?[.;]| ?$))",
    ),
    # "không quá 15 ngày làm việc", "tối đa 30 ngày kể từ ngày ..."
    _form("most", ("không quá ", "tối đa "), rf"(?:tối đa )?(?:không quá )?(?:là )?{COUNT}{_ANCHOR}?"),
    # "Sau 10 ngày làm việc kể từ ngày kết thúc giám sát, các Tổ xây dựng ..."
    _form("after", ("sau ",), rf"sau {COUNT},? (?:kể |tính )?từ (?:khi|ngày|lúc|thời điểm) {_CLAUSE}"),
    # "từ ngày 15/01/2026 đến hết ngày 15/02/2026", "Từ 26/11 đến 20/12/2022", "từ ngày 25 đến 30 hàng tháng"
    _form("period", ("từ ",), rf"(?<!kể )(?<!tính )từ {_FIRST} ?(?:(?:- ?)?(?:cho )?(?:đến|tới)|-)(?: hết)? ?{_LAST}"),
    # "nhận đơn kể từ ngày ra thông báo đến hết ngày 02/7/2023"
    _form("period", ("kể từ ", "tính từ "), rf"(?:kể|tính) từ {_FIRST} (?:cho )?(?:đến|tới)(?: hết)? ?{_LAST}"),
    # "xong trước ngày 05/5", "trước 16 giờ 30 ngày 07/10/2023", "trước 31-12-1995", "trước 15h00 thứ Sáu hằng tuần"
    _form(
        "before",
        ("xong trước ", "trước "),
        rf"(?:xong )?trước (?:khi hết )?{_PART}(?:{_CLOCK_OF}?{_WEEKDAY}?(?:{_TIME}|{_YEAR})|{_NEXT}|{_CLOCK_OF}{EVERY}|{_CLOCK_OF}?{_WEEKDAY}|(?:{CLOCK}|\d{{1,2}}\.[03]0)(?= ?[,;.)]|$))",
    ),
    # "thông báo trước 03 ngày làm việc", "trước ít nhất 30 ngày"
    _form("ahead", ("trước ",), rf"trước (?:ít nhất |tối thiểu )?(?:là )?{COUNT}(?! (?:\d|năm|đó|nay))"),
    # "báo trước cho Bên cho thuê ít nhất 30 ngày"
    _form(
        "ahead", ("trước cho ",), rf"trước cho (?:(?! và )[^\d,;:.()]){{2,60}} (?:ít nhất |tối thiểu )(?:là )?{COUNT}"
    ),
    # "trước ngày họp ít nhất 03 ngày", "trước ngày hết hạn 30 ngày", "trước ngày thi từ 1 đến 2 ngày"
    _form(
        "ahead",
        ("trước ngày ",),
        rf"trước ngày (?:(?! trong | hoặc | và | sau )[^\d,;:.()]){{2,60}} (?:ít nhất |tối thiểu |(?:từ )?\d{{1,2}} ?(?:đến|-) ?)?(?:là )?{COUNT}",
    ),
    # "tối thiểu 03 ngày trước thời gian đi nghỉ", "ít nhất 15 ngày trước ngày khai mạc", "tối thiểu 10 phút trước giờ thi"
    _form(
        "ahead",
        ("tối thiểu ", "ít nhất "),
        rf"(?:tối thiểu|ít nhất)(?: là)? {COUNT} trước (?:khi|ngày|giờ|lúc|thời gian|thời điểm|hội nghị|đại hội|cuộc họp|phòng|buổi|ca|kỳ|phiên|đợt|lễ) {_CLAUSE}",
    ),
    # "trước khai giảng 01 ngày", "trước ngày khai mạc"
    _form(
        "event",
        ("trước ngày ", "trước "),
        rf"trước (?:ngày )?(?:khai giảng|bế giảng|khai mạc|bế mạc|tựu trường|khởi công)(?!\w)(?: (?:ít nhất |tối thiểu )?{COUNT})?",
    ),
    # "trước khi khởi công", "trước thời điểm tập huấn", "trước giờ thi 15 phút", "trước mỗi ca trực", "trước mùa mưa lũ"
    _form(
        "event",
        ("trước ",),
        rf"trước (?:khi|thời điểm|giờ|mỗi|mùa|lúc|buổi|kỳ|đợt|phiên|ca|tết|hội nghị|đại hội|cuộc họp|năm học|vụ|lễ) {_CLAUSE}",
    ),
    # "ngay sau khi nhận được văn bản", "ngay khi nhận hồ sơ", "ngay sau mỗi đợt tập huấn"
    _form("event", ("ngay sau", "ngay khi"), rf"ngay (?:sau khi|sau|khi) {_CLAUSE}"),
    # "đến hết ngày 30/9/2022", "kéo dài đến ngày 31/12/2024"
    _form(
        "until",
        ("đến ", "tới "),
        rf"(?:đến|tới) {_PART}(?:{_CLOCK_OF}?{_WEEKDAY}?(?:{_TIME}|{_YEAR}))",
    ),
    # "nộp hồ sơ hết ngày 15/6/2022"
    _form("until", ("hết ngày ", "hết tháng ", "hết quý "), rf"(?<=[^\W\d_] )hết {_TIME}"),
    # "trong quý IV/2022", "trong tháng 9", "trong ngày 22/4/2026", "trong năm 2025", "trong ngày làm việc tiếp theo", "trong 5 ngày đầu tháng"
    _form(
        "in",
        ("trong ",),
        rf"trong (?:(?:các|hai|ba|\d{{1,2}}) (?=ngày|tháng))?(?:(?:sáng|chiều|tối|đêm) )?{_PART}(?:{_WEEKDAY}?{_TIMES}|{_YEAR}|{_YEARS_OF}|{_NEXT}"
        rf"|{_NUMBER} ngày (?:làm việc )?(?:đầu|cuối) (?:của )?(?:mỗi )?(?:tháng|quý|tuần)(?: h[ằà]ng tháng)?"
        rf"|ngày làm việc(?=,? kể từ)|ngày(?= ?[,;.)]|$)|(?<=ngay trong )ngày(?! \d)(?: làm việc)?"
        rf"|(?:{COUNT}|tháng|quý) tới(?![^\W\d_]*\w)(?! (?:đây|khi|hết|ngày))|tuần (?:(?:thứ )?(?:\d|nhất|hai|ba|tư|đầu|cuối) (?:của )?{_MONTHS}))",
    ),
    # "sơ kết vào tháng 7/2023", "tổ chức vào quý III"
    _form("in", ("vào ",), rf"vào (?!đầu|giữa|cuối)(?:{_MONTHS}|{_QUARTER})"),
    # "hoàn thành trong 6 tháng đầu năm 2024", "bình ổn giá trong những tháng cuối năm"
    _form(
        "months",
        ("trong ",),
        r"trong (?:\d{1,2}|những|các) tháng (?:đầu|cuối|còn lại)(?: của)? năm(?: (?:19|20)\d\d)?(?: và đầu năm (?:19|20)\d\d)?",
    ),
    # "quán triệt trong sinh hoạt chi bộ định kỳ tháng 6/2026"
    _form(
        "in",
        ("trong ",),
        rf"trong (?:kỳ|đợt|buổi|phiên|cuộc|sinh hoạt)(?: (?!và |các |những |từ )[^\W\d_]++){{1,7}}? {_TIME}",
    ),
    # "có mặt tại sân trường lúc 6h45 ngày 20/5/2024"
    _form(
        "point",
        ("lúc ", "đúng ", "vào "),
        rf"(?:vào (?:lúc )?|lúc |đúng ){CLOCK}(?:,? ?(?:sáng |chiều )?(?:{_WEEKDAY}?{DAY}|{_WEEKDAY}))?",
    ),
    # "nộp sản phẩm dự thi tại phòng Đội vào ngày 15/3/2024.", "ra quân tổng vệ sinh sáng ngày 22/4/2023."
    _form(
        "on",
        ("vào ngày ", "vào sáng ", "vào chiều ", "sáng ", "chiều ", "ngày "),
        rf"(?<!từ )(?:vào )?(?:(?:sáng|chiều) )?{_WEEKDAY}?(?:{FULL_DATE}|ngày \d{{1,2}} ?/ ?\d{{1,2}}{NO_MORE})(?= ?[.;(]| ?$)",
    ),
    # "trả tiền thuê vào ngày 05 hằng tháng", "gửi báo cáo vào thứ Sáu hằng tuần", "vào sáng thứ Hai đầu tháng", "định kỳ ngày 25 hằng tháng"
    _form(
        "recurs",
        ("vào ", "ngày "),
        rf"(?:vào |(?<=định kỳ ))(?:(?:sáng|chiều) )?(?:ngày \d{{1,2}} (?:và (?:ngày )?\d{{1,2}} )?(?:của )?|thứ \w{{1,3}} )"
        rf"(?:{EVERY}|(?:đầu|cuối) (?:mỗi )?(?:tháng|quý|tuần))",
    ),
    # "khóa sổ ở thời điểm cuối ngày 31-12-1995", "sơ kết vào cuối quý III", "trình vào đầu tháng 5/2024"
    _form("point", ("cuối ", "đầu ", "giữa "), rf"(?:(?<=vào )|(?<=điểm ))(?:đầu|giữa|cuối) (?:{_TIME}|{_YEAR})"),
    # "Cuối tháng, các lớp nộp sổ", "Cuối học kỳ giáo viên chủ nhiệm xếp loại ...", "Cuối đợt giám sát, mỗi thành viên gửi ..."
    _form(
        "opening",
        ("cuối ",),
        r"cuối (?:mỗi )?(?:(?:tháng|quý|tuần|học kỳ|năm học)(?!\w)(?: này| sau)?|(?:buổi|đợt|ca|khoá|phiên) [^\W\d_]++(?: [^\W\d_]++)?(?= ?[.,;(]| ?$))",
    ),
    # "trình Quốc hội tại Kỳ họp thứ 10", "chuyển từ Kỳ họp thứ 9 sang Kỳ họp thứ 10"
    _form(
        "session",
        ("tại kỳ họp", "tại phiên họp", "vào kỳ họp", "vào phiên họp", "kỳ họp"),
        rf"(?:tại |vào |(?<=sang )){_SESSION}",
    ),
    # "Thời hạn nộp: 15/6/2025", "Thời gian thực hiện: Ngày 26, 27/12/2011"
    _form(
        "label",
        ("hạn ", "thời gian", "thời điểm", "tiến độ"),
        rf"{_LABEL}{_SAID}(?:(?=kỳ|phiên)|{STARTS_TIME})(?P<time>{_PART}{_CLOCK_OF}?{_WEEKDAY}?{_TIMES}|{_CLOCK_OF}?{_WEEKDAY}|{_SESSION})",
    ),
    # "Thời gian thực hiện: Năm 2025."
    _form("label", ("thời hạn", "thời gian", "tiến độ"), rf"{_LABEL} ?: ?(?P<time>{_YEAR}(?= ?[.;,(]| ?$))"),
    # "Thời hạn giải quyết là mười lăm (15) ngày"
    _form(
        "label",
        ("thời hạn", "thời gian"),
        rf"{_LABEL}(?=(?: ?:| là| trong| không quá| tối đa) )(?: ?:| là| trong){{0,3}} (?P<time>(?:không quá |tối đa ){{0,2}}(?P<count>{COUNT}){_ANCHOR}?)",
    ),
)
_OF_OPENER: Final = {
    opener: tuple(f for f in _FORMS if opener in f.openers) for form in _FORMS for opener in form.openers
}
# "... là chín (9) tháng kể từ ngày ...": only what follows says that the count is a limit
_COUNTED = pattern(rf"(?<!\w){COUNT},? ?\(?(?:bắt đầu )?$")
# ... but "Báo cáo 6 tháng từ ngày 15 tháng 12 đến ngày 14 tháng 6" is a span of data
_FROM_EVENT = pattern(rf"(?:(?:kể|tính|bắt đầu) từ|từ(?! ngày \d)) (?:khi|ngày|lúc|sau|thời điểm) {_CLAUSE}")
_COUNT_REACH: Final = 48
_FROM_WORDS: Final = ("kể từ ", "tính từ ", "từ ngày ", "từ khi ")
_BY_FIRST: dict[str, list[str]] = {}  # by the first word of each, those of two words or more last
for _opener in sorted({*_OF_OPENER, *_FROM_WORDS}):
    _BY_FIRST.setdefault(_opener.split()[0], []).append(_opener)
LIMIT_WORDS: Final = frozenset(_BY_FIRST)


# "thứ Hai (15/5/2023)", "sáng mai (ngày 21/4)", "ngày hôm nay 10/6/2026", "sáng mai, ngày 11/6"
_TOLD_AGAIN = pattern(rf" ?\((?:tức )?(?:là )?{DAY}\)|(?<=nay|mai),? {DAY}")


def limit_openers(words: Iterable[regex.Match[str]], folded: str) -> Iterator[Hit]:
    """What may open a limit, where one of these words begins it: `trước`, and `trước ngày` behind it."""
    for word in words:
        at = word.start()
        for opener in _BY_FIRST.get(word[0], ()):
            if folded.startswith(opener, at) and not (at and folded[at - 1].isalnum()):
                yield Hit(at, at + len(opener), opener)


def read_limits(document: SourceDocument, start: int, end: int, openers: Hits) -> Iterator[Limit]:
    """The limits printed in one paragraph, in order; they do not overlap. `openers` are those of the document."""
    folded, free = document.folded, start
    if step := _STEP.match(folded, start, end):
        free = step.end()
        yield Limit(start, free, step.lastgroup or "")
    for at, _, opener in openers.within(start, end):
        if at < free:
            continue
        limit = _counted(folded, at, free, end) if opener in _FROM_WORDS else None
        limit = limit or _limit(folded, at, opener, end)
        if limit is not None:
            free = limit.end
            yield limit


def _limit(folded: str, at: int, opener: str, end: int) -> Limit | None:
    for form in _OF_OPENER.get(opener, ()):
        match = form.matches.match(folded, at, end)
        if match is None:
            continue
        first, last, counted = at, match.end(), False
        if form.kind == "label":
            if not limit_words("act", "deliver").search(match["of"]):
                continue
            first, last, counted = match.start("time"), match.end("time"), "count" in match.groupdict()
        told = _TOLD_AGAIN.match(folded, last, end)
        period = match.span("last") if form.kind == "period" else None
        return Limit(first, told.end() if told else last, form.kind, period, counted)
    return None


def _counted(folded: str, at: int, free: int, end: int) -> Limit | None:
    """`mười lăm (15) ngày, kể từ ngày ...`: the count stands before the word that opens it."""
    count = _COUNTED.search(folded, max(free, at - _COUNT_REACH), at)
    if count is None:
        return None
    anchor = _FROM_EVENT.match(folded, at, end)
    return Limit(count.start(), anchor.end(), "count") if anchor else None
