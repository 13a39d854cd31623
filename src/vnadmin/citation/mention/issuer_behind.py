"""The issuer that stands behind a title: `Thông tư số 22/2021/TT-BGDĐT về đánh giá học sinh của Bộ trưởng Bộ Giáo dục và Đào tạo`.

Any body may close a title (`về nhiệm vụ của Bộ Y tế`): it is the issuer where the letters of the number stand for it.
"""

from __future__ import annotations

from typing import Final

from vnadmin.citation.mention.issuer import after_office, is_office, issuer_end
from vnadmin.citation.mention.mention import Issuer
from vnadmin.citation.mention.words import words_before
from vnadmin.genre.initials import codes_of, find_initials
from vnadmin.layout.page import SourceDocument, Span
from vnadmin.model import Grade
from vnadmin.text.pattern import pattern

_OF = pattern(r"(?<=[\w)”\"])\s+của\s+(?=\w)")
# "Quy chế làm việc của Chính phủ"; "giáo viên, cán bộ quản lý" are persons
_OWN_AFFAIR = pattern(lambda: rf"(?r)(?<!\w)(?<!cán\sbộ\s)(?:{words_before('own_affair')})")
# "sửa đổi Nghị định số 1/2022/NĐ-CP ngày 30/11/2022 [của Chính phủ]": of the instrument that the title names
_OF_NESTED = pattern(
    r"(?r)(?<!\w)(?:\d{1,6}/\S{0,20}\p{L}\S{0,20}|ngày\s+\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}|ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4})"
)
# "ban hành Quy định về khảo thí [của Trường Đại học Hải Minh]": whose rules they are; a head of it issues them
_OWN_RULES = pattern(
    r"ban\s+hành\s+(?:kèm\s+theo\s+)?(?:(?:bộ\s+)?quy\s+(?:chế|định|trình|tắc)|nội\s+quy|điều\s+lệ)(?!\w)"
)
_ASIDE = pattern(r"\s*\([^()]{2,30}\)$")  # "(GDĐT)"
_SHORT: Final = {"ttg": "ttcp"}  # the Prime Minister's letters are no initials
_PRICE: Final = 2  # letters passed over: "Bộ trưởng" before "Bộ Giáo dục và Đào tạo"
_OPENING: Final = 4  # a post and a kind of three words may stand before the name whose letters a number has
_SHORTEST: Final = 8  # characters of a title


def issuer_behind(document: SourceDocument, title: Span, number: str) -> tuple[Span, Issuer] | None:
    """The title without the issuer at its end, and the issuer; None where none stands there."""
    folded = document.folded
    aside = _ASIDE.search(folded, title.start, title.end)
    close = aside.start() if aside else title.end
    *_, last = [None, *_OF.finditer(folded, title.start, close)]
    if last is None or last.start() - title.start < _SHORTEST or not document.text[last.end()].isupper():
        return None
    if _OWN_AFFAIR.match(folded, title.start, last.start()) or _OF_NESTED.match(folded, title.start, last.start()):
        return None  # "Quy chế làm việc của Chính phủ"
    if _OWN_RULES.match(folded, title.start, last.start()) and not is_office(document, last.end(), close):
        return None
    if issuer_end(document, last.end(), close) != close:
        return None
    # "12/UBND-NV" of the Chủ tịch Ủy ban nhân dân huyện: the letters are those of the body
    body = after_office(document, last.end(), close)
    names = {document.text[at:close] for at in (last.end(), body)}
    if not any(_stands_for(_SHORT.get(code, code), name) for code in codes_of(number) for name in names):
        return None
    return Span(title.start, last.start()), Issuer(Span(last.end(), close), "after", Grade.LIKELY)


def _stands_for(code: str, name: str) -> bool:
    words = name.split()
    found = find_initials(code, [" ".join(words)])
    if found and found.length > 2 and found.price <= _PRICE:
        return True
    # "12/KH-ĐD" of the Phòng Điều dưỡng, "15/QĐ-BVHV" of the Giám đốc Bệnh viện Hải Vân, "15/QĐ-THSL" of the Hiệu trưởng Trường
    # Tiểu học Sơn Lộc: all letters but those of the unit or the post
    return any(_spells(code, words[at:]) for at in range(min(_OPENING, len(words) - 1)))


def _spells(code: str, words: list[str]) -> bool:
    """Whether a code is the first letters of all these words, and of no others."""
    found = find_initials(code, [" ".join(words)])
    return found is not None and not found.price and found.length >= sum(word[0].isalpha() for word in words)
