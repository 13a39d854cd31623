"""Laws, codes, ordinances and the Constitution cited by name, with the laws that an amending law names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

import regex

from vnadmin.citation.mention.words import law_names, title_words, words_before
from vnadmin.gazetteer import words_where
from vnadmin.layout.page import SourceDocument, Span
from vnadmin.model import Grade
from vnadmin.text.fold import fold
from vnadmin.text.pattern import pattern
from vnadmin.text.places import find_all


class LawName(NamedTuple):
    """A law named in the text; `inner` are the laws that the name of an amending law names."""

    type: Span
    name: Span | None  # None: "Hiến pháp năm 2013"
    rule: str
    grade: Grade
    inner: tuple[LawName, ...] = ()

    @property
    def end(self) -> int:
        return self.name.end if self.name else self.type.end


_WORD = pattern(r"(?<!\w)(?:bộ\s+luật|luật|pháp\s+lệnh|hiến\s+pháp)(?!\w)")
_STATE = pattern(r"\s+nước\s+cộng\s+hoà(?:\s+xã\s+hội\s+chủ\s+nghĩa\s+việt\s+nam|\s+dân\s+chủ)?")
_DRAFT = pattern(r"\s*\(sửa\s+đổi\)")
_AMENDING = pattern(
    r"\s+(?:sửa\s+đổi|bổ\s+sung)(?:\s*,?\s*(?:và\s+)?(?:bổ\s+sung|sửa\s+đổi))?(?:\s+(?:một\s+số|các|\d+)\s+điều|\s+điều\s+\d+\p{L}?)?"
    # "một số điều và Phụ lục Danh mục chỉ tiêu thống kê quốc gia của Luật Thống kê"
    r"(?:\s+và\s+(?:phụ\s+lục|danh\s+mục|biểu)[^,;:.()\d]{0,90}?(?=\s+của\s+(?:bộ\s+luật|luật|pháp\s+lệnh)\s))?(?:\s+của)?(?:\s+(?:các|\d{1,2}))?(?!\w)"
)
_SEVERAL = pattern(r"\s+luật\s+có(?=\s+liên\s+quan\s)")  # "một số điều của 37 Luật có liên quan đến quy hoạch năm 2018"
_LEAD = pattern(r"\s+(?=(?:bộ\s+luật|luật|pháp\s+lệnh)\s)")
_YEAR_AFTER = pattern(r"\s+(?:năm\s+)?(?:19|20)\d\d")
_JOIN = pattern(r"\s*(?:,\s*và|,|và|;)\s+(?=(?:bộ\s+luật|luật|pháp\s+lệnh)\s+\p{L})")
_NEXT_ACT = r"(?:bộ\s+luật|luật|pháp\s+lệnh|nghị|thông\s+tư|quyết|được|đã|điều|ngày|số|\p{Lu})"
_PROOF = pattern(r"\s*,?\s*(?:\(sửa\s+đổi\)\s*)?(?:số\s*:?\s*\d|ngày\s|năm\s+\d|(?:19|20)\d\d|được\s+quốc\s+hội)")
_PINPOINT_BEFORE = pattern(
    r"(?r)(?:(?:điều|khoản)\s+\d+\p{L}?\s*,?\s*(?:của\s+)?|căn\s+cứ\s+(?:vào\s+)?|thi\s+hành\s+(?:một\s+số\s+điều\s+(?:của\s+)?)?|một\s+số\s+điều\s+của\s+)"
)
# "Luật Ban hành văn bản quy phạm pháp luật của Hội đồng nhân dân và ...": a name that goes on after a known one
_GOES_ON = pattern(r"\s+của\s+[^;:.()\"\d]{3,80}?(?=\s+(?:ngày|số|năm)\s)")
_ENACTS = pattern(r"(?r)(?<!\w)(?<!đã\s)ban\s+hành\s+")
_LONGEST_NAME = 160
_DEEPEST = 3  # a law that amends a law that amends a law
_MOST_INNER = 40


# `pháp luật`, `kỷ luật`, `Đại học Luật Hà Nội`, `Hội Luật gia`: no law is named.
_NOT_AFTER = pattern(lambda: rf"(?r)(?<!\w)(?:{words_before('not_law')})\s+")


# `đúng luật`, `phạm luật` name no law; `đúng Luật Xây dựng` does.
_NOT_AFTER_SMALL = pattern(lambda: rf"(?r)(?<!\w)(?:{words_before('not_law_small')})\s+")


# Where the name of a law that no list holds ends.
_UNKNOWN_END = pattern(
    lambda: rf"[;:.()\"\[\]]|,(?=\s*{_NEXT_ACT})|\s(?:{title_words('law_end')}|số(?=\s*:?\s*\d)|(?:19|20)\d\d)(?!\w)"
)


_NAME_OPENS = pattern(r"\p{Lu}|\p{Ll}++ \p{Lu}\p{Ll}")  # "Luật Hải Vân", "Pháp lệnh thuế Tài nguyên"
# "BHYT", "PCCC và CNCH": letters that stand for a name, with small letters after them
_SHORT_NAME = pattern(r"\p{Lu}{2,}+(?:(?: và |, ?)\p{Lu}{2,}+(?!\p{Ll}))*+(?= \p{Ll})")


@cache
def _known(kind: str) -> regex.Pattern[str]:
    return pattern(rf"\s+(?:{law_names(kind)})(?!\w)")


@cache
def _no_law_after() -> frozenset[str]:
    return frozenset(fold(word) for word in words_where("citation_words", "list", "not_law"))


@cache
def _before_code() -> tuple[str, ...]:
    """`triển khai đồng bộ Luật Đất đai`, `toàn bộ Luật`: no `bộ luật` is named."""
    return tuple(f"{fold(word)} bộ " for word in words_where("citation_words", "list", "before_code"))


def law_places(document: SourceDocument) -> list[int]:
    """Where `luật`, `bộ luật`, `pháp lệnh` and `hiến pháp` may stand."""
    folded, text, end = document.folded, document.text, len(document.folded)
    barred = _no_law_after()
    found = find_all(folded, "hiến", 0, end)
    for word, lead in (("luật", "bộ "), ("lệnh", "pháp ")):
        for at in find_all(folded, word, 0, end):
            if folded.endswith(lead, 0, at):
                found.append(at if folded.endswith(_before_code(), max(0, at - 12), at) else at - len(lead))
            elif text[at - 1] != " " or folded[max(0, at - 10) : at - 1].rpartition(" ")[2] not in barred:
                found.append(at)
    return sorted(found)


def find_laws(document: SourceDocument, start: int, end: int, places: Iterable[int]) -> Iterator[LawName]:
    """Laws by name in a stretch of text, in order; the laws inside an amending law's name come with it.

    `places` are those of `law_places` that lie in the stretch or, cut by its start, right before it.
    """
    at = start
    folded = document.folded
    for place in places:
        where = max(place, start)
        match = _WORD.match(folded, where, end) if where >= at else None
        if match is None or _names_none(document, max(start, match.start() - 12), match.start()):
            continue
        law = _law_at(document, match.start(), match.end(), end, start)
        if law is None:
            continue
        enacted = _ENACTS.match(folded, max(start, match.start() - 12), match.start())
        if enacted and (law.inner or not _PROOF.match(folded, law.end, min(end, law.end + 40))):
            continue  # "Quốc hội ban hành Luật sửa đổi, bổ sung ...": the document itself; the laws it names come next
        yield law
        at = law.end


def _names_none(document: SourceDocument, low: int, at: int) -> bool:
    if document.folded.endswith(_before_code(), low, at):
        return False
    small = document.text[at].islower() and _NOT_AFTER_SMALL.match(document.folded, low, at)
    return bool(small or _NOT_AFTER.match(document.folded, low, at))


def _law_at(document: SourceDocument, start: int, type_end: int, end: int, low: int, depth: int = 0) -> LawName | None:
    folded, text = document.folded, document.text
    kind = " ".join(folded[start:type_end].split())
    printed = Span(start, type_end)
    capital = text[start].isupper()
    # patterns are given the least that they may need: a required word is looked for up to the end that is given
    near = min(end, type_end + _LONGEST_NAME + 20)
    if kind == "hiến pháp":
        state = _STATE.match(folded, type_end, near)
        if state:
            name = Span(state.start() + 1, state.end())
            return LawName(printed, name, "reference.constitution", Grade.CERTAIN)
        if _YEAR_AFTER.match(folded, type_end, near):
            return LawName(printed, None, "reference.constitution", Grade.CERTAIN)
        # "Điều 4 của Hiến pháp", "phù hợp với Hiến pháp"; "HIẾN PHÁP" in a heading and "môn hiến pháp" name none
        bare = capital and text[start + 1].islower()
        return LawName(printed, None, "reference.constitution.bare", Grade.LIKELY) if bare else None
    amending = _AMENDING.match(folded, type_end, near)
    if amending:
        return _amending_law(document, printed, amending, end, depth) if depth < _DEEPEST else None
    known = _known(kind).match(folded, type_end, near)
    if known:
        short = " " not in known[0].strip()
        if not capital and short:
            return None  # "luật giá", "luật công ty" in running text name no law
        stop = known.end()
        more = _GOES_ON.match(folded, stop, min(end, stop + 90))
        if more and _PROOF.match(folded, more.end(), min(end, more.end() + 40)):
            return LawName(printed, _name(folded, type_end, more.end()), "reference.law.longer", Grade.LIKELY)
        draft = _DRAFT.match(folded, stop, min(end, stop + 20))
        return LawName(
            printed, _name(folded, type_end, draft.end() if draft else stop), "reference.law.known", Grade.CERTAIN
        )
    return _unknown_law(document, printed, end, low) if capital else None


def _unknown_law(document: SourceDocument, printed: Span, end: int, low: int) -> LawName | None:
    """A law that no list holds: only where a date, a number, a pinpoint or `Căn cứ` stands beside it."""
    folded, text = document.folded, document.text
    at = printed.end + 1
    if (
        at >= end
        or not text[at].isalpha()
        or folded.startswith(
            ("này", "năm ", "số ", "số:", "định", "sư ", "gia ", "pháp", "về ", "có ", "liên quan", "và ", "hoặc "), at
        )
    ):
        return None
    limit = min(end, at + _LONGEST_NAME)
    stop_match = _UNKNOWN_END.search(folded, at, limit)
    if stop_match is None and limit != end:
        return None
    stop = stop_match.start() if stop_match else limit
    if short := _SHORT_NAME.match(text, at, stop):
        stop = short.end()  # "Luật BHYT đối với các chi phí", "Luật BHYT và tại các bệnh viện"
    draft = _DRAFT.match(folded, stop, min(end, stop + 20))
    proof_at = draft.end() if draft else stop
    proven = _PROOF.match(folded, proof_at, min(end, proof_at + 40))
    one_line = text[printed.end] == " "  # "theo Điều 40 của Luật" ends a heading, and a sentence opens below it
    if not proven and not (
        one_line
        and _NAME_OPENS.match(text, at, stop)
        and _PINPOINT_BEFORE.match(folded, max(low, printed.start - 60), printed.start)
    ):
        return None
    if not proven and "," in folded[at:stop]:
        stop = at + folded[at:stop].index(",")
    name = _name(folded, printed.end, draft.end() if draft and proven else stop)
    if name.end - name.start < 3:
        return None
    return LawName(printed, name, "reference.law.unknown", Grade.LIKELY)


def _amending_law(
    document: SourceDocument, printed: Span, amending: regex.Match[str], end: int, depth: int
) -> LawName | None:
    """`Luật sửa đổi, bổ sung một số điều của Luật A và Luật B`."""
    folded = document.folded
    inner: list[LawName] = []
    at = amending.end()
    lead = _LEAD.match(folded, at, min(end, at + 20))
    while lead and len(inner) < _MOST_INNER:
        word = _WORD.match(folded, lead.end(), end)
        if word is None:
            break
        law = _law_at(document, word.start(), word.end(), end, printed.start, depth + 1)
        if law is None:
            break
        if inner and law.inner:
            break  # "Luật PCCC và Luật sửa đổi ... Luật PCCC": the second amending law stands on its own
        inner.append(law)
        number = _NUMBER_AFTER.match(document.text, law.end, min(end, law.end + 40))
        at = law.end
        lead = _JOIN.match(folded, number.end() if number else at, min(end, (number.end() if number else at) + 40))
    if inner:
        numbered = [n for law in inner if (n := _NUMBER_AFTER.match(document.text, law.end, min(end, law.end + 40)))]
        stop = inner[-1].end
        if len(inner) > 1 and len(numbered) == len(inner):
            stop = numbered[-1].end()  # each amended law has its own number; only what follows is the amending law's
        name = _name(folded, printed.end, stop)
        return LawName(printed, name, "reference.law.amending", Grade.CERTAIN, tuple(inner))
    limit = min(end, amending.end() + _LONGEST_NAME)
    several = _SEVERAL.match(folded, amending.end(), limit)
    stop_match = _UNKNOWN_END.search(folded, several.end() if several else amending.end(), limit)
    stop = stop_match.start() if stop_match else limit
    proven = _PROOF.match(folded, stop, min(end, stop + 40))
    if not proven or stop_match is None:
        return None
    return LawName(printed, _name(folded, printed.end, stop), "reference.law.amending", Grade.LIKELY)


# "Luật Đất đai số 31/2024/QH15" inside the name of the law that amends it
_NUMBER_AFTER = pattern(r"\s+số\s*:?\s*\d{1,3}/\d{4}/QH\d{1,2}")


def _name(folded: str, type_end: int, stop: int) -> Span:
    start = type_end
    while start < stop and folded[start] == " ":
        start += 1
    while stop > start and folded[stop - 1] in " ,":
        stop -= 1
    return Span(start, stop)
