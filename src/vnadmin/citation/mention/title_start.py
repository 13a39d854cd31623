"""Titles (trích yếu) in citations: where the words that say what an instrument is about begin."""

from __future__ import annotations

from vnadmin.citation.mention.issuer import issuer_end
from vnadmin.citation.mention.words import title_words
from vnadmin.layout.page import SourceDocument
from vnadmin.text.pattern import pattern

_ABOUT = pattern(
    r"\s*+[,:]?\s*+(?:(?:với\s+nội\s+dung|có\s+nội\s+dung)\s*:?\s*)?(?:(?:về\s*việc|v/v)(?!\w)\s*:?\s*(?:(?:về\s+việc|v/v)(?!\w)\s*)?|(?:hỏi\s+)?v[ềê](?!\w)\s*:?\s*)"
)
# "Công văn số 8 của Sở Y tế gửi Bộ Y tế về việc ...", "... kèm theo hồ sơ dự án về việc ..."
_ABOUT_LATER = pattern(r"\s[^,;:.\"]{3,160}?\s(?:về\s+việc|v/v)(?!\w)\s*:?\s*")
_SENT = pattern(r"\s+(?:gửi|kèm|kèm\s+theo|trình|chuyển)\s")
# "Báo cáo số 8 ngày 5/3/2024 gửi Hội đồng nhân dân huyện về kết quả ..."
_SENT_ABOUT = pattern(r"\s+về(?!\w)\s*:?\s*")
# "Chương trình phối hợp số 8 giữa Sở Y tế và Hội Nông dân tỉnh về chăm sóc ..."
_BETWEEN = pattern(r"\s+giữa\s[^;:.\"]{3,160}?\s(?:về\s+việc|về|v/v)(?!\w)\s*:?\s*")
# "Công văn số 8 của Công ty An Bình (sau đây gọi tắt là Công ty) hỏi về ...", "(Công ty), vướng mắc về ..."
_CALLED = pattern(
    r"\s*\((?:(?:sau|dưới)\s+đây\s+)?(?:gọi|viết)\s+(?:tắt|chung|là)[^()]{2,60}\)|\s*\((?:công\s+ty|chi\s+nhánh|đơn\s+vị|trường|bệnh\s+viện)\)"
)
_ASKED = pattern(r",?\s+(?=vướng\s+mắc\s)")
# "Công văn số 8 của Sở Y tế đề nghị các đơn vị ...": an order tells others what to do, not what the letter is about
_ORDERS = pattern(lambda: rf"\s+(?:{title_words('orders')})(?!\w)\s*")
_ALL = pattern(r"(?:các|những|quý|toàn|thủ\s+trưởng)\s")


# "Thông tư 7/2014/TT-BYT, ngày 25 tháng 02 năm 2014, quy định về ..."
_TOLD = pattern(r",\s+(?=(?:quy|qui)\s+định\s+(?:về|chi\s+tiết|một\s+số)(?!\w))")
_OPENS = pattern(lambda: rf"\s*+(?:{title_words('speech')}|{title_words('title')})(?!\w)")


# what ends a title opens none: "Thông tư số 5/2013/TT-BTC của Bộ Tài chính kể từ ngày Thông tư này có hiệu lực"
_NEVER = pattern(lambda: rf"\s*+(?:{title_words('not_title')}|{title_words('end')})(?!\w)")


def title_start(document: SourceDocument, at: int, end: int, *, after_issuer: bool, letter: bool = False) -> int | None:
    """Where the title opens after the number, date and issuer of a citation; None if none follows.

    Args:
        document: the document.
        at: after number, date and issuer.
        end: the end of the paragraph.
        after_issuer: whether an issuer stands right before, so that any word in lower case may open the title.
        letter: whether the instrument is a letter, which may order others to act.
    """
    folded = document.folded
    called = _CALLED.match(folded, at, end) if after_issuer else None
    if called:
        at = called.end()
        asked = _ASKED.match(folded, at, end)
        if asked:
            return asked.end()
    about = _ABOUT.match(folded, at, min(end, at + 80)) or _BETWEEN.match(folded, at, min(end, at + 200))
    sent = _SENT.match(folded, at, end) if about is None else None
    if sent:
        about = _ABOUT_LATER.match(folded, at, min(end, at + 200))
        to = issuer_end(document, sent.end(), end) if about is None else None
        about = _SENT_ABOUT.match(folded, to, end) if to else about
    if about:
        return about.end() if about.end() < end and not _goes_to(document, about.end(), end) else None
    opening = _opening(document, at, min(end, at + 80), after_issuer=after_issuer, letter=letter)
    if opening is None and after_issuer and not _NEVER.match(folded, at, end):
        about = _ABOUT_LATER.match(folded, at, min(end, at + 80))
    return about.end() if about and about.end() < end else opening


# "báo cáo kết quả thực hiện [Chỉ thị] về Sở Nội vụ trước ngày 10/6/2025"
_TO_WHOM = pattern(r"\s+(?:trước|chậm\s+nhất|để|qua)(?!\w)|\s*\((?:qua|để)\s")


def _goes_to(document: SourceDocument, at: int, end: int) -> bool:
    """Whether `về` leads to the body that gets a report, not to what an instrument is about."""
    if not document.text[at].isupper():
        return False
    stop = issuer_end(document, at, end)
    return stop is not None and _TO_WHOM.match(document.folded, stop, end) is not None


def _opening(document: SourceDocument, at: int, end: int, *, after_issuer: bool, letter: bool) -> int | None:
    """Where a title without `về` opens."""
    folded, text = document.folded, document.text
    quote = at
    while quote < end and folded[quote] in " :":
        quote += 1
    colon = ":" in text[at:quote]
    if quote < end and text[quote] in '“"' and quote > at:
        # “Quy định về ...” right after the issuer; a colon and a quote give the provision's own words
        inside = None if colon else _ABOUT.match(folded, quote + 1, end)
        if inside and inside.end() < end:
            return int(inside.end())  # "Về việc phê duyệt ...": the words before the title stand inside its quotes
        return None if colon else quote
    if colon and quote < end and text[quote].isupper():
        # "Nghị định số 145/2020/NĐ-CP của Chính phủ: Quy định chi tiết ..."
        return quote if _OPENS.match(folded, quote, end) else None
    told = _TOLD.match(folded, at, end)
    if told:
        return told.end()
    if folded[at : at + 1] != " ":
        return None
    order = _ORDERS.match(folded, at, end) if letter else None
    if order and (_ALL.match(folded, order.end(), end) or issuer_end(document, order.end(), end)):
        return None
    opens, never = _OPENS.match(folded, at, end), _NEVER.match(folded, at, end)
    if opens and not (never and never.end() > opens.end()):
        return at + 1  # "nêu yêu cầu ..." opens one, "nêu trên" does not
    if never:
        return None
    return at + 1 if after_issuer and text[at + 1 : at + 2].islower() else None
