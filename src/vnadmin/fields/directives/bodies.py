"""Bodies in running text: where the name of a body, post or group of persons begins, ends and splits into several."""

from __future__ import annotations

from typing import Final, NamedTuple

from vnadmin.fields.directives.lexicon import lexicon, link_words
from vnadmin.fields.directives.phrases import Hit, word_at
from vnadmin.fields.directives.predicate import starts_action
from vnadmin.genre.capitals import in_capitals
from vnadmin.layout.page import SourceDocument, Span
from vnadmin.text.alternation import alternation
from vnadmin.text.fold import CAPITALS, fold
from vnadmin.text.pattern import pattern
from vnadmin.text.places import find_all

_PERSON: Final = fold("người")
_BASIS: Final = fold("cơ sở")  # "Cơ sở lập:"
_MANKIND: Final = " con "  # "quyền con người"
# "người nộp thuế", "bên cho vay": nouns that are nothing without the clause after them
CLAUSED: Final = frozenset([_PERSON, fold("bên")])


# "Đại diện Thường trực Hội đồng nhân dân", "đại diện của nhóm lao động"
_DELEGATE: Final = "đại"
_STANDS_FOR = pattern(r"đại diện (?:của )?")


class Head(NamedTuple):
    """The head of a body's name: where it begins and ends, its noun, and whether `các`, `những` stands before it."""

    start: int
    end: int
    noun: str
    quantified: bool


def starts_body(
    document: SourceDocument, position: int, end: int, *, as_object: bool = False, loose: bool = False
) -> Head | None:
    """The head of a body's name that opens at `position`: its quantifier and its first noun.

    `as_object`: it follows `giao`, `phối hợp với`, where `cán bộ` in small letters is somebody.
    `loose`: any noun in small letters will do.
    """
    words, folded, text = lexicon(), document.folded, document.text
    word = word_at(folded, position, end)
    stands_for = _STANDS_FOR.match(folded, position, end) if word == _DELEGATE else None
    if stands_for is not None and (as_object or loose or text[position].isupper()):
        whom = starts_body(document, stands_for.end(), end, loose=True)
        return whom and Head(position, whom.end, whom.noun, whom.quantified)
    if word not in words.heads:
        return _formed(document, position, end, word, as_object or loose)
    hit = _quantified(document, position, end, 3, word) if word in words.quantifiers.firsts else None
    quantified = hit is not None
    noun = hit.phrase if hit else words.alone.at(folded, position, end, word)
    if not noun:
        return _formed(document, position, end, word, as_object or loose)
    place = hit.start if hit else position
    close = hit.end if hit else position + len(noun)
    follow = close + 1
    named = _ORGANIZATION.match(folded, position, end) if word == _TO and not quantified else None
    if named is not None and (as_object or loose or text[position].isupper()):
        return Head(position, named.end(), named[0], False)
    if not quantified and not text[place].isupper() and not text[follow : min(follow + 1, end)].isupper():
        # "sở", "thanh tra" in small letters are bodies only after "các" or before a name: "phòng CNTT"
        single = " " not in noun and noun not in CLAUSED
        if single or (not loose and (noun in words.capital or (noun in words.subject and not as_object))):
            return None
    if noun == _PERSON and folded.endswith(_MANKIND, 0, position):
        return None
    barred = words.unless.get(noun)
    if barred:
        following = folded[close : close + 12]
        rest = following.split()
        capital = text[follow : follow + 1].isupper() and not text[place + 1 : place + 2].isupper()
        closed = following.startswith(",") and as_object and text[place].isupper()  # "phối hợp với Thanh tra, Công an"
        if rest and not capital and not closed and rest[0].strip(",.;:()") in barred:
            return None  # "bộ máy", "phòng ngừa"
    return Head(position, close, noun, quantified)


# "Tổ chức được giao quản lý di sản chịu trách nhiệm ..."; "Tổ chức có hiệu quả", "Tổ chức lựa chọn" are tasks
_TO: Final = fold("tổ")
_ORGANIZATION = pattern(
    lambda: (
        rf"tổ chức(?:(?= (?:{alternation(link_words('follows an organization'))}) )"
        r"|, (?:doanh nghiệp|đơn vị|hộ|người)(?!\w)"
        r"|(?= (?!chủ trì)(?:(?! các | những |, (?:có|chịu) )[^.;:]){3,200}? (?:có|chịu) trách nhiệm))"
    )
)
# "nhóm trưởng", "lớp trưởng", "điều dưỡng viên", "cộng tác viên": who leads and who belongs, whatever the noun
_FORMED = pattern(r"(?!(?:kiểm|tăng|sinh|công|động|khuôn|các|mọi|mỗi|từng|những) )[^\W\d_]++ (?:trưởng|viên)(?!\w)")
_WHO_DOES: Final = " viên"
_FORMING: Final = (" trưởng", _WHO_DOES)
_MEMBER = pattern(r" viên(?! chức)(?!\w)")
_VERB_REACH: Final = 48  # characters that hold the verb before `viên`
_NEAR: Final = 2000  # characters from an abbreviation on that say whether all is set in capitals; an item may be a book
# "GVCN", "TTYT", "BCH": an abbreviation in capitals, no code ("QĐ-UBND") and no figure of Roman numerals
_ABBREVIATED = pattern(rf"(?![IVX]+\b)[{CAPITALS}][{CAPITALS}&]{{1,9}}(?:-[{CAPITALS}]{{2,8}})?(?![\w/-])")


# "Lớp 9A", "Khối 6"; "Khối lượng", "Lớp bản đồ" are none
_CLASSES: Final = frozenset(map(fold, ("lớp", "khối")))
_CLASS = pattern(r"\w++ \d{1,2}(?:[a-e]\d?)?(?!\w)")


def _formed(document: SourceDocument, position: int, end: int, word: str, small: bool) -> Head | None:
    """A head that no list knows: an abbreviation, or a noun formed with `trưởng`, `viên`; `word` stands first in it."""
    folded, text = document.folded, document.text
    noun = small or text[position : position + 1].isupper()
    after = position + len(word)
    if noun and word in _CLASSES and (counted := _CLASS.match(folded, position, end)):
        return Head(position, counted.end(), word, False)
    formed = noun and (folded.startswith(_FORMING, after) or folded.find(_WHO_DOES, after, after + _VERB_REACH) >= 0)
    small_pair = text[position : position + 1].islower() or text[position + 1 : position + 2].islower()
    if not formed and small_pair:  # nearly everywhere; an abbreviation is in capitals
        return None
    does = lexicon().stops.at(folded, position, end, word)
    if does:
        whole = forms_person(document, position + len(does))
        return Head(position, whole, _PERSON, False) if noun and whole else None
    found = _FORMED.match(folded, position, end) if formed else None
    if found is not None:
        return Head(position, found.end(), _PERSON, False)
    short = abbreviated(document, position, end)
    return Head(position, short, _PERSON, False) if short else None


def forms_person(document: SourceDocument, position: int) -> int:
    """Where the noun ends that a verb, which ends here, forms with `viên` (`vận động viên`), 0 where it forms none."""
    found = _MEMBER.match(document.folded, position)
    return found.end() if found else 0


def abbreviated(document: SourceDocument, position: int, end: int) -> int:
    """Where an abbreviation of a body or of persons ends (`GVCN`, `TTYT`, `BQL`), 0 where none opens."""
    text = document.text
    if not (text[position : position + 1].isupper() and text[position + 1 : position + 2].isupper()):
        return 0
    found = _ABBREVIATED.match(document.text, position, end)
    if found is None or found[0] in lexicon().no_bodies or in_capitals(text[position : min(end, position + _NEAR)]):
        return 0
    letters = found[0].replace("&", "")
    return found.end() if letters.startswith(lexicon().initials) else 0


def _quantified(document: SourceDocument, position: int, end: int, depth: int, word: str) -> Hit | None:
    """The noun after one to three quantifiers: `các`, `các đồng chí`, `tất cả các`."""
    words, folded = lexicon(), document.folded
    for quantifier in words.quantifiers.all_at(folded, position, end, word):
        place = position + len(quantifier) + 1
        if folded[place - 1 : place] != " ":
            continue
        following = word_at(folded, place, end)
        if noun := words.nouns.at(folded, place, end, following):
            return Hit(place, place + len(noun), noun)
        if depth > 1 and (found := _quantified(document, place, end, depth - 1, following)):
            return found
        if short := abbreviated(document, place, end):
            return Hit(place, short, _PERSON)
    return None


def ends_body(document: SourceDocument, start: int, end: int) -> bool:
    """Whether the words before `end` are a body's noun: a comma after `cán bộ` stands in a list."""
    words = document.folded[max(start, end - 30) : end].split()
    nouns = lexicon().listed
    if " ".join(words[-2:]) in nouns or any(
        (noun := " ".join(words[-count:])) in nouns and noun not in lexicon().anybody for count in (3, 4)
    ):
        return True
    if not words or words[-1] not in nouns:
        return False
    if len(words) < 2 or document.text[end - len(words[-1])].isupper():
        return True
    ahead = words[-2]
    # no noun: "môi trường,", "nhiệm vụ,"
    return ahead.endswith((",", ";")) or ahead in lexicon().plural or ahead in link_words("governs")


def parts_bodies(document: SourceDocument, start: int, name: Span, end: int) -> bool:
    """Whether a body ends at each comma of a name or, in a list with `và`, another begins behind it.

    `Đối với Hội Nông dân huyện, Đài Truyền thanh huyện và Công an huyện` needs the second.
    """
    folded = document.folded
    joined = folded.find(" và ", *name) >= 0
    return all(
        ends_body(document, start, at) or (joined and starts_body(document, at + 2, end) is not None)
        for at in find_all(folded, ", ", *name)
    )


def is_bare(document: SourceDocument, span: Span) -> bool:
    """Whether a slice is nothing but a noun for one body: `đơn vị`, `cơ quan`; it names nobody."""
    folded = document.folded[span.start : span.end].strip(" ,;:.").removeprefix("những ")
    return folded in lexicon().clause or folded in (_PERSON, _BASIS)


def split_bodies(document: SourceDocument, start: int, end: int) -> list[Span]:
    """One slice for each name of a list; names with inner commas (`Bộ Văn hóa, Thể thao và Du lịch`) stay whole."""
    folded, text, posts = document.folded, document.text, lexicon().posts
    spans: list[Span] = []
    first = start
    addressed = _ADDRESSED.match(folded, start, end)
    for match in _SEPARATOR.finditer(folded, addressed.end() if addressed else start, end):
        if match[0][0] == "(":
            if match[0] == "(bà)" or _names_part(document, match.start() + 1, match.end() - 1):
                continue
            if _SHORT_FOR.fullmatch(text, match.start(), match.end()):
                continue
            _add(document, spans, first, match.start())
            first = match.end()
            continue
        following = starts_body(document, match.end(), end)
        if following is None:
            continue
        named = text[match.end()].isupper() or text[following.end + 1 : min(following.end + 2, end)].isupper()
        singled = match[0].endswith(_SINGLES)
        if not (singled or following.quantified or named or following.noun in posts):
            continue  # "các sở, ban, ngành", "cơ quan, tổ chức, cá nhân"
        _add(document, spans, first, match.start())
        first = match.end()
    _add(document, spans, first, end)
    return spans


def _names_part(document: SourceDocument, start: int, end: int) -> bool:
    """Whether a parenthesis says which part of a body is meant: `Văn phòng Ủy ban nhân dân tỉnh (Trung tâm Hành chính công)`."""
    return document.text[start].isupper() and starts_body(document, start, end) is not None


# "cán bộ coi thi (CBCT)", "Phòng Đào tạo & Công tác sinh viên (ĐT&CTSV)"
_SHORT_FOR = pattern(rf"\([{CAPITALS}][{CAPITALS}\d&-]{{1,11}}\)")
# ", ", "; ", " và ", " hoặc ", " cùng "; a parenthesis "(cơ quan thường trực)" is left out
_LINKS = "(?:và |hoặc |cùng |(?:trước hết|nhất|đặc biệt) là )?"
_SEPARATOR = pattern(rf"\([^()]*+\)|, {_LINKS}|; {_LINKS}| (?:và|hoặc|cùng|cùng với|với) ")
_SINGLES: Final = " là "  # "cấp ủy, trước hết là người đứng đầu"
_TRAILING = pattern(
    r",? (?:và|hoặc|cùng|thì|đã|(?<!đính )kèm|đều|cũng|còn|trong|có|(?<!trật )tự|h[ằà]ng (?:ngày|tuần|tháng|quý|năm))$"
)
# "Người có nghĩa vụ kê khai theo quy định tại khoản 1 Điều 44 Luật ..."
_BY_LAW = pattern(r" theo quy định (?:tại|của) | với (?:vai trò|tư cách)(?!\w)|,? trừ (?:các )?trường hợp ")
_WORDS = pattern(r"\w++")
# "Cục Hải quan tỉnh nơi doanh nghiệp đăng ký", "cá nhân trong hoạt động ..."; "chính quyền nơi cư trú", "các đoàn thể
# trong tỉnh" are whole names
_SETTING = pattern(r" (?:nơi|(?P<in>trong)(?! (?:và ngoài|hệ thống|danh sách|điều \d))) ")
_LEADING = pattern(r"(?:và|hoặc) ")  # behind a parenthesis: "đại diện nhóm (nếu có) hoặc người được ủy quyền"
# "Các Ông, Bà Trưởng phòng Tổ chức cán bộ": one name with its address
_ADDRESSED = pattern(r"các ông(?:,? ?\(?bà\)?|/bà| và bà)(?!\w)")
_EDGE: Final = ' \n,;:.-–*_“”"/'


def _without_setting(document: SourceDocument, start: int, end: int) -> int:
    """Where a name ends before what is told of it: where it acts, and in what."""
    where = _SETTING.search(document.folded, start, end)
    if where is None:
        return end
    body = starts_body(document, where.end(), end, loose=True) is not None
    if where["in"]:
        words = _WORDS.findall(document.folded, where.end(), end)[:2]
        known = any(" ".join(words[:count]) in lexicon().known for count in (1, 2))
        return end if body or known else where.start()
    return where.start() if body else end


def _add(document: SourceDocument, spans: list[Span], start: int, end: int) -> None:
    text = document.text
    while start < end and text[start] in _EDGE:
        start += 1
    leading = _LEADING.match(document.folded, start, end)
    start = leading.end() if leading else start
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    if text[end - 1 : end] == ")" and text.find("(", start, end) < 0:
        end -= 1  # "(Phối hợp với đ/c Lan)"
    end = _without_setting(document, start, end)
    law = _BY_LAW.search(document.folded, start, end)
    end = law.start() if law else end
    trailing = _TRAILING.search(document.folded, max(start, end - 12), end)
    if trailing:
        end = trailing.start()
    if start < end:
        spans.append(Span(start, end))


def lists_names(document: SourceDocument, start: int, colon: int, limit: int) -> bool:
    """Whether names in capitals follow the colon of a plural: `Các doanh nghiệp viễn thông: Viettel, VNPT bảo đảm ...`."""
    return document.folded.startswith(_PLURAL, start) and _PROPER_LIST.match(document.text, colon, limit) is not None


def _is_task(document: SourceDocument, position: int, limit: int) -> bool:
    """Whether a task follows a colon, and no list of names that open with a verb: `Xây dựng, Tài chính`."""
    text, verb = document.text, lexicon().stops.at(document.folded, position, limit)
    if not verb or starts_body(document, position, limit) or not starts_action(document.folded[position:limit]):
        return False
    close = position + len(verb)
    second = _SECOND.search(text, close, limit)
    if second is None:
        return True
    named = text[close + 1].isupper() and len(text[close : second.start()].split()) < _NAME_WORDS
    return not named and not text[second.end()].isupper()  # "Quản lý Dược, chữa bệnh" is a name


_NAME_WORDS: Final = 4
_SECOND = pattern(r"(?:[,;]| và) (?=\w)")
_PLURAL: Final = ("các ", "những ")
_PLURALS: Final = frozenset({"các", "những"})
_OF_NOUN: Final = 4  # words from the plural to the colon behind a noun
# "Hải Vân, Hạ Sơn": each word of the first name opens with a capital, and a second name follows
_PLACES = pattern(r"\p{Lu}\p{Ll}++(?: \p{Lu}\p{Ll}++){1,3}+(?:, (?:và )?| và )\p{Lu}\p{Ll}")
_PROPER_LIST = pattern(r" (?:[A-Z]\w*+(?: [A-Z]\w*+)*+(?:, (?:và )?| và )){1,9}[A-Z]\w+ (?=[^\W\d_A-Z])")


def lists_bodies(document: SourceDocument, colon: int, limit: int) -> bool:
    """Whether a colon stands inside a list of names: `Giám đốc các Sở: Tài chính, Nội vụ`, `các hội: Hội Nghề cá`."""
    words = lexicon()
    before = document.folded[max(0, colon - 30) : colon].split()
    if len(before) < 2:
        return False
    noun, pair = before[-1], " ".join(before[-2:])
    after = colon + 1
    while after < limit and document.folded[after] == " ":
        after += 1
    if not document.text[after : after + 1].isupper():
        return False
    if _is_task(document, after, limit):
        return False  # "các khoa, phòng: Xây dựng kế hoạch"; "các Sở: Xây dựng, Tài chính" are names
    if noun in words.posts or pair in words.posts:
        return True
    plural = next((at for at in range(len(before) - 2, -1, -1) if before[at] in _PLURALS), None)
    if plural is None:
        return False
    if len(before) - plural <= _OF_NOUN and (noun in words.known or pair in words.known):
        return True
    kind = before[plural + 1 :]  # "Giám đốc các Trung tâm Y tế: Hải Vân, Hạ Sơn"
    known = kind[0] in words.known or " ".join(kind[:2]) in words.known
    return known and _PLACES.match(document.text, after, limit) is not None
