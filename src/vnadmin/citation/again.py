"""Short and anaphoric forms: `Nghị định 15`, `Quyết định số 1200 nói trên`, `Công văn nêu trên`, and declared aliases.

`Nghị định này` is the document itself and no reference.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache

import regex

from vnadmin.citation.dates import read_date
from vnadmin.citation.mention import Mention
from vnadmin.citation.words import types_folded
from vnadmin.layout.page import SourceDocument, Span
from vnadmin.model import Grade

# "(sau đây gọi tắt là Nghị định 15)", "(gọi là Luật Đất đai)", "(viết tắt là Đề án 06)"
_ALIAS = regex.compile(
    r"\s*\(\s*(?:sau\s+đây|dưới\s+đây)?\s*(?:được\s+)?(?:gọi|viết)\s*(?:tắt\s+|chung\s+|gọn\s+)?là\s*:?\s*\"?(?P<alias>[^()\"]{3,60}?)\"?\s*\)"
)
_NORMATIVE = frozenset(("nghị định", "thông tư", "luật", "bộ luật", "pháp lệnh", "nghị quyết", "nđ", "tt", "nq", "thông tư liên tịch"))


@cache
def _short() -> regex.Pattern[str]:
    types = types_folded("act", "letter", "law", "paper", "short")
    return regex.compile(
        rf"(?<!\w)(?P<type>{types})(?:"
        # "Nghị định 15", "Quyết định số 1200", "Nghị định 30/2020"; never the head of a full number
        r"\s+(?:số\s+)?(?P<number>\d{1,5}\p{L}?(?:/(?:19|20)\d\d)?)(?!\s?[/-]\s?[\p{L}\d])(?![.,]?\d)(?!\w)(?!\s*%)|"
        # "Công văn nêu trên", "Quyết định nói trên", "Nghị định đó"
        r"\s+(?P<back>nêu\s+trên|nói\s+trên|trên\s+đây|dẫn\s+trên|đã\s+dẫn|đã\s+nêu|trên(?=\s*[,;.)]|\s+(?:đã|được|có|thì|và|là|quy|để)\s))(?!\w)"
        r")"
    )


def find_again(document: SourceDocument, start: int, end: int, taken: Collection[int]) -> Iterator[Mention]:
    """Short and anaphoric forms of a stretch of text; `taken` are the places where full mentions open."""
    folded, text = document.folded, document.text
    for match in _short().finditer(folded, start, end):
        if match.start() in taken:
            continue
        kind = " ".join(match["type"].split())
        if len(kind) <= 3 and not text[match.start()].isupper():
            continue
        mention = Mention(match.start(), match.end(), "again", "reference.again", Grade.LIKELY)
        mention.type = Span(*match.span("type"))
        if match["number"]:
            mention.number = Span(*match.span("number"))
            mention.number_value = text[mention.number.start : mention.number.end]
            mention.rule = "reference.short"
            date = read_date(folded, match.end(), end)
            if date and len(date.value) == 10:
                mention.date, mention.date_span, mention.core_end = date.value, date.span, date.end
            mention.stands_alone = "/" in mention.number_value and kind in _NORMATIVE
            if mention.date is not None and text[match.start()].isupper() and "số" in folded[match.start() : match.start("number")]:
                mention.stands_alone = True
        yield mention


def read_alias(document: SourceDocument, at: int, end: int) -> str | None:
    """The alias that brackets after a citation declare, folded."""
    match = _ALIAS.match(document.folded, at, end)
    return " ".join(match["alias"].split()) if match else None
