"""Where the main clause of a sentence opens: `Căn cứ [Nghị định] về ..., Sở Y tế đề nghị các đơn vị ...`."""

from __future__ import annotations

from vnadmin.citation.mention.issuer import issuer_end, opening_end
from vnadmin.citation.mention.words import title_words
from vnadmin.layout.page import SourceDocument
from vnadmin.text.dates import match_date
from vnadmin.text.pattern import pattern

_MARK = pattern(r"[,;:]\s")
_NOW = pattern(r"\s*(?:(?:nay|nay,|thì|hôm\s+nay,?)\s+)?")
_FURTHER = pattern(r",\s(?=\p{Lu}\p{Ll})")
_AFTER_DATE = pattern(r"\s*,?\s*")
# "Sở Giáo dục và Đào tạo (GDĐT) hướng dẫn", "Chủ tịch UBND phường - Nguyễn Văn An có ý kiến", "đồng chí Lê Thị Bình chỉ đạo"
_ASIDE = pattern(r"(?:\s\([^()]{1,40}\))?(?:\s[-–]\s[^,;.]{3,40}?(?=\s\p{Ll})|(?:\s\p{Lu}[\p{L}]*){2,4})?(?=\s\p{Ll})")
# "..., nhà trường thông báo": who writes, without a name
_ITSELF = pattern(lambda: rf"(?:{title_words('itself')})(?!\w)")
# "ban chỉ đạo" is a body; "đề nghị của" is a noun
_VERB = pattern(
    lambda: rf"(?<!(?<!\w)ban)\s(?:(?:{title_words('adverb')})\s)*(?:{title_words('verb')})(?!\w)(?!\s+của(?!\w))"
)


def opens_clause(document: SourceDocument, at: int, limit: int) -> bool:
    """Whether a body and its verb stand here, a date perhaps before them."""
    folded, text = document.folded, document.text
    now = _NOW.match(folded, at, limit)
    at = now.end() if now else at
    date = match_date(folded, at, limit) if folded.startswith(("ngày", "tháng"), at) else None
    if date is not None:
        gap = _AFTER_DATE.match(folded, date.end, limit)
        at = gap.end() if gap else date.end
    capital = text[at : at + 1].isupper()
    if not capital and (itself := _ITSELF.match(folded, at, limit)):
        return _is_verb(document, itself.end(), limit)
    head = opening_end(document, at, limit) if capital else None
    if head is None:
        return False
    stop = issuer_end(document, at, limit)
    if any(end is not None and _is_verb(document, end, limit) for end in (stop, head)):
        return True  # "Sở Y tế yêu cầu", "Sở yêu cầu"
    further = _FURTHER.match(text, stop, limit) if stop is not None else None
    stop = issuer_end(document, further.end(), limit) if further else None
    return stop is not None and _is_verb(document, stop, limit)  # "Phòng Văn hóa, Thông tin hướng dẫn"


def _is_verb(document: SourceDocument, at: int, limit: int) -> bool:
    aside = _ASIDE.match(document.text, at, limit)
    at = aside.end() if aside else at
    verb = _VERB.match(document.folded, at, limit)
    return bool(verb) and document.text[at + 1 : at + 2].islower()


def clause_starts(document: SourceDocument, start: int, end: int) -> list[int]:
    """Where a main clause opens in a stretch of text."""
    marks = (match.end() for match in _MARK.finditer(document.folded, start, end))
    return [at for at in marks if opens_clause(document, at, end)]
