"""Verbs that belong to a name: clauses on its noun (`người nộp thuế`), and what the rest of the document says of it."""

from __future__ import annotations

from functools import cache
from typing import Final

from vnadmin.fields.directives.bodies import CLAUSED
from vnadmin.fields.directives.lexicon import MARKS, lexicon, link_words
from vnadmin.fields.directives.phrases import Hit
from vnadmin.fields.directives.predicate import GIVEN, Stop
from vnadmin.layout.page import SourceDocument
from vnadmin.text.alternation import alternation
from vnadmin.text.fold import fold
from vnadmin.text.pattern import pattern

ALWAYS: Final = frozenset({"modal", "never", "tail", "adverbial"})  # no preposition makes these part of a name
AROUND: Final = frozenset({"tail", "adverbial"})
NAMING: Final = frozenset({"naming"})
RELATIVE: Final = frozenset({"relative"})
JOINED: Final = (", ", " và ", " hoặc ")
_NOWHERE: Final[frozenset[str]] = frozenset()
_COMPETENT: Final = fold("thẩm quyền").split()
_ENTRUSTED: Final = fold("được giao")
_LINKED: Final = ("và", "hoặc")
_BELONGS: Final = ("của", "thuộc")
_ORGANIZATION: Final = fold("tổ chức")
_PERSON: Final = fold("người")
_HEAD: Final = fold("người đứng đầu")
_TELLS_WHICH: Final = frozenset({"relative", "naming"})
_GENERIC_WORDS: Final = 4


def on_noun(before: list[str], verb: str, kinds: frozenset[str]) -> str:
    """Whether a verb may open a clause on the noun before it; "one" where only a strong word can then be the predicate.

    `người nộp thuế`, `đơn vị tư vấn` speak of one such; `các đơn vị rà soát` is a sentence. After `có thẩm quyền`
    a verb is of the clause where another follows: `người có thẩm quyền ra quyết định xác minh xem xét ...`.
    """
    words = lexicon()
    if before[-2:] == _COMPETENT and not kinds & ALWAYS:
        return "competent"
    if not before or (kinds & {"modal", "never", "adverbial"} and before[-1] not in CLAUSED):
        return ""
    if before[-1] in CLAUSED:
        return "one"
    noun = " ".join(before[-2:])
    if noun not in words.clause or (noun in words.persons and verb in words.serial):
        return ""
    ahead = before[-3] if len(before) > 2 else ""
    belongs = ahead in _BELONGS and "relative" not in kinds  # "Bộ phận tuyển chọn của đơn vị" + "tổng hợp"
    of_body = (owner := " ".join(before[-4:-2])) in words.known and owner not in words.posts
    if belongs or ahead in words.committees or of_body:
        return ""  # "Ban tổ chức nhận bài", "Văn thư cơ quan đóng dấu": the noun belongs to another
    if not kinds & _TELLS_WHICH and " ".join(before[:-2]).endswith(_leaders()):
        return ""  # "Thủ trưởng đơn vị" + "rà soát"; "Thủ trưởng cơ quan quản lý" tells which office
    if not ahead.endswith(",") and ahead not in words.plural:
        return "one"
    return "many" if "relative" in kinds else ""


@cache
def _leaders() -> tuple[str, ...]:
    return (*lexicon().posts, _HEAD)


def bears_clause(document: SourceDocument, start: int, hit: Hit, kinds: frozenset[str], before: list[str]) -> bool:
    """Whether a verb that tells a function follows a generic noun: `Doanh nghiệp quản lý`, `Tổ chức, cá nhân thực hiện`."""
    words = lexicon()
    count = next((n for n in (3, 2, 1) if " ".join(before[-n:]) in words.anybody), 0)
    name = document.folded[start : hit.start].split()
    if not count or name[0] in words.plural or not is_anybody(document, start, hit.start):
        return False
    if len(name) > count and not (name[-count - 1].endswith(",") or name[-count - 1] in _LINKED):
        return False
    if "never" in kinds:
        return hit.phrase == _ENTRUSTED or hit.phrase in link_words("wishes")
    person = " ".join(before[-count:]) in words.persons
    return "relative" in kinds or ("naming" in kinds and not person and hit.phrase != _ORGANIZATION)


def behind_clause(document: SourceDocument, clause: Hit, limit: int) -> Stop | None:
    """The predicate behind a clause on a generic noun: `Doanh nghiệp quản lý, vận hành đường sắt` + `lập hồ sơ`."""
    words, folded, last = lexicon(), document.folded, clause.end
    asks = "order" in words.kinds[clause.phrase] or clause.phrase in link_words("wishes")
    for hit in words.stops.find(folded, clause.end, limit):
        kinds = words.kinds.get(hit.phrase, _NOWHERE)
        if hit.phrase == ":" or kinds & AROUND:
            return None
        if hit.phrase == "(":
            last = folded.find(")", hit.end, limit)
        if last < 0:
            return None
        in_name = "inner" in kinds or document.text[hit.start].isupper() or kinds in (RELATIVE, NAMING)
        if hit.start < last or in_name or hit.phrase in MARKS:
            continue
        joined = folded.endswith(JOINED, last, hit.start)
        if words.strong.at(folded, hit.start, limit) and (joined or GIVEN.search(folded, last, hit.start)):
            return None
        taken = (
            joined
            or not folded[last : hit.start].strip()
            or folded.endswith(spaced("takes a verb"), last - 1, hit.start)
        )
        if "verb" in kinds and taken and not names_doer(words.kinds[clause.phrase], hit.phrase):
            last = hit.end
        elif hit.phrase in words.serial and not asks:
            return None
        elif "short" not in kinds:
            return Stop(hit.start, hit.end, kinds)
    return None


def names_doer(clause: frozenset[str], verb: str) -> bool:
    """Whether a verb carries out what the name before it is called by: `Cơ quan giám sát` + `tiến hành`."""
    return clause >= NAMING and not clause >= RELATIVE and verb in link_words("carries out")


def objects(gap: str, phrase: str) -> bool:
    """Whether the words between two verbs are the bare object of the first: `cơ quan tiếp nhận hồ sơ kiểm tra ...`."""
    if phrase in lexicon().serial or "," in gap or not gap.strip():
        return False
    return NEW_OBJECT.search(gap) is None


NEW_OBJECT = pattern(lambda: rf"(?<!\w)(?:{alternation(link_words('opens an object'))})(?!\w)")


def generic(folded: str, start: int, end: int) -> bool:
    """Whether a name is but a generic noun, of which a clause may tell more: `học sinh`, `các trường`."""
    return len(folded[start:end].split()) <= _GENERIC_WORDS


def is_anybody(document: SourceDocument, start: int, end: int) -> bool:
    """Whether a name opens with a generic noun, or with a quantifier and holds no capital."""
    noun = lexicon().alone.at(document.folded, start, end)
    if not noun or document.folded.startswith(_ORGANIZATION, start):
        return bool(noun) or document.text[start + 1 : end].islower()
    return noun in lexicon().anybody


@cache
def spaced(kind: str) -> tuple[str, ...]:
    return tuple(f" {word} " for word in link_words(kind))


_NAME_WINDOW: Final = 20_000  # characters around a name in which it is looked for again


def _is_repeated(document: SourceDocument, start: int, end: int) -> bool:
    """Whether the words of a name stand near by too with another word after them, and so are a whole name."""
    folded = document.folded
    name, verb = folded[start:end], folded[end : end + 12].split(" ")[0]
    at, limit = folded.find(name, max(0, start - _NAME_WINDOW), start), start + _NAME_WINDOW
    if at < 0:
        at = folded.find(name, end, limit)
    return at >= 0 and not folded.startswith(verb, at + len(name))


def named_elsewhere(document: SourceDocument, hit: Hit, before: list[str]) -> bool:
    """Whether the document has a noun and the verb after it as a name elsewhere: `của Hội đồng xét tặng cấp Bộ`.

    A committee is written with a capital there; of others only `với` tells: `với doanh nghiệp quản lý tài sản`, for
    `của Chính phủ quy định` stands before each title.
    """
    words, folded = lexicon(), document.folded
    pair = " ".join(before[-2:])
    noun = pair if pair in words.committees or pair in words.known else before[-1] if before else ""
    if noun not in words.committees and noun not in words.known:
        return False
    start = hit.start - 1 - len(noun)
    following = _NEXT_WORD.match(folded, hit.end)
    if following is None or (noun in words.committees and not document.text[start].isupper()):
        return False
    low, high = max(0, start - _NAME_WINDOW), start + _NAME_WINDOW
    name = folded[start : following.end()]
    if folded.find(name, low, start) < 0 and folded.find(name, start + 1, high) < 0:
        return False
    for word in link_words("before a committee" if noun in words.committees else "before a partner"):
        at = folded.find(f" {word} {name}", low, high)
        if at >= 0 and at + len(word) + 2 == start:
            at = folded.find(f" {word} {name}", start, high)
        if at >= 0:
            return True
    return False


_NEXT_WORD = pattern(r" \w++")


def names_committee(document: SourceDocument, start: int, end: int, before: list[str]) -> bool:
    """Whether a verb names the body before it: `Ban quản lý`, `Hội đồng thẩm định`; `các Tổ xây dựng ...` is a sentence."""
    words = lexicon()
    if " ".join(before[-2:]) in words.committees:
        return True
    if not before or before[-1] not in words.committees or (before[-2:-1] and before[-2] in words.plural):
        return False
    place = end - 1 - len(before[-1])
    return place == start or document.text[place].isupper()


def is_whole_before_short(document: SourceDocument, start: int, end: int) -> bool:
    """Whether a name may be complete before a verb of one syllable: after `Y tế`, a figure, or when it is short."""
    words = document.text[start:end].split()
    if not words or words[0].lower() == _PERSON:
        return False
    if (
        words[-1] in _POINTS_OUT
        or words[-1][0].isupper()
        or words[-1].isdigit()
        or (len(words) > 2 and words[-2][0].isupper())
    ):
        return True
    if len(words) > 2 and words[0][0].isupper() and words[-1] in link_words("is a level"):
        return True  # "Đài Truyền thanh huyện" + "mở"
    if len(words) > 1 and words[-1] in _FORMING:
        return True  # "Bà con xã viên" + "góp", "Điều dưỡng trưởng"
    if len(words) > _SHORT_NAME or any(word[0].isupper() for word in words[1:]):
        return len(words) > 2 and _is_repeated(document, start, end)
    if words[0].lower() in lexicon().committees or fold(" ".join(words[:2])) in lexicon().committees:
        return True
    known = lexicon().known
    return any(fold(" ".join(words[-count:])) in known for count in range(1, len(words) + 1))


_FORMING: Final = ("viên", "trưởng")
_POINTS_OUT: Final = frozenset({"này", "đó", "trên"})  # "cơ quan quy định tại Điều 12 của Nghị định này" + "cấp"
_SHORT_NAME: Final = 4
