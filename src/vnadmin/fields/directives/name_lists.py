"""Colons inside the name of several bodies: `Giám đốc các Sở: Tài chính, Nội vụ`."""

from __future__ import annotations

from typing import Final

from vnadmin.fields.directives.bodies import starts_body
from vnadmin.fields.directives.lexicon import lexicon
from vnadmin.fields.directives.predicate import starts_action
from vnadmin.layout.page import SourceDocument
from vnadmin.text.pattern import pattern


def lists_names(document: SourceDocument, start: int, colon: int, limit: int) -> bool:
    """Whether names in capitals follow the colon of a plural: `Các doanh nghiệp viễn thông: Viettel, VNPT bảo đảm ...`."""
    return document.folded.startswith(_PLURAL, start) and _PROPER_LIST.match(document.text, colon, limit) is not None


_PLURAL: Final = ("các ", "những ")
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
    if noun in words.posts or pair in words.posts:
        return True
    if (
        noun not in words.listed
        and starts_body(document, after, limit) is None
        and starts_action(document.folded[after:limit])
    ):
        return False  # "Đề nghị UBND các xã, phường: Tổ chức rà soát ..."
    plural = "các" in before[-4:-1] or "những" in before[-4:-1]
    return plural and (noun in words.known or pair in words.known)
