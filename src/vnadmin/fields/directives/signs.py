"""What tells of orders, partners and time limits in a body: found in one pass, then asked for by the sentence."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from vnadmin.fields.directives.deadline.forms import LIMIT_WORDS, limit_openers
from vnadmin.fields.directives.lexicon import lexicon
from vnadmin.fields.directives.phrases import Hits, scanner
from vnadmin.layout.page import SourceDocument


class Signs(NamedTuple):
    """The phrases of three short lists in a body."""

    orders: Hits  # giao, yêu cầu
    partners: Hits  # phối hợp với
    limits: Hits  # trước ngày, trong thời hạn


def read_signs(document: SourceDocument, start: int, end: int) -> Signs:
    """The signs in a stretch of a document."""
    lists, folded = lexicon(), document.folded
    words = list(scanner(_tellers() | LIMIT_WORDS).finditer(folded, start, end))
    tellers = [word for word in words if word[0] in _tellers()]
    return Signs(
        Hits(lists.orders.among(tellers, folded, end)),
        Hits(lists.partners.among(tellers, folded, end)),
        Hits(limit_openers(words, folded)),
    )


@cache
def _tellers() -> frozenset[str]:
    return lexicon().orders.firsts | lexicon().partners.firsts
