"""Finds where the lines of a text ended that came as one: ` ` for every line end, as texts are handed to a model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from vnadmin.gazetteer import words, words_where
from vnadmin.genre.agency_name import names_within
from vnadmin.genre.attachment_line import attachment_label
from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.closing_line import label_end
from vnadmin.genre.document_type import match_type
from vnadmin.genre.header_line import holds, squeeze, starts_with
from vnadmin.genre.landmarks import address_label_end
from vnadmin.genre.line_text import LineText
from vnadmin.genre.marker import Marker, MarkerKind, heading_words, marker_of_text
from vnadmin.genre.opening import opens_sentence
from vnadmin.genre.post_and_authority import authority_end
from vnadmin.genre.signs import line_signs
from vnadmin.text.alternation import alternation
from vnadmin.text.fold import CAPITALS, DASHES, SMALL, bare, fold
from vnadmin.text.pattern import pattern

_REACH = 160  # characters after a place that tell whether a line begins there
_WORD = pattern(r"\S++")
_NEXT_WORD = pattern(r"(?<=\s)\S")
# Behind the first letter of words in capitals: "QUYẾT", "TM. BAN", "Q U Y Ế T", "SắC LệNH"
_LOUD = rf"(?!\w)|\w*[{CAPITALS}]|\w+[./]? ?[{CAPITALS}]{{2}}"
# A label, a ground, an authority, a type or an attachment's heading: `_opens_part` decides
_MAY_BE_PART = pattern(lambda: rf"[{CAPITALS}](?:{_LOUD}|{_tails(_part_words())}(?!\w))")
# Where a line may begin: `_opens` decides. Most words are none that does: in small letters and no marker, or with a capital
# behind one in small letters (`của Chính phủ`)
_MAY_OPEN = pattern(
    lambda: (
        rf" (?=[{CAPITALS}](?:(?<![{SMALL}] .)|{_LOUD}|{_tails(heading_words())}|{_tails((*_sentence_words(), *_part_words()))}(?!\w))"
        rf"|[a-zđ](?:[.)/-]|\d|\.\d|[ivx][ivx]{{0,3}}[.)]|{_tails(heading_words())})"
        rf"|\d{{1,3}}(?:\.|[):/](?!\d)| ?[-{DASHES}](?!\d))|\([\da-zđ]|[-–+•])"
    )
)
_TITLE_REACH = 600  # characters of a title and the first sentence under it
_SHORTEST_NAME = 8  # letters of an issuer's name that tell it
_TITLE_WORDS = 3  # of a line in capitals at least
_TAIL = 8  # characters at the end of a line that ends in capitals
_ENDS = (".", ";", ":", "!", "?", "…")
_CLOSING = '*_)”"’'
# "... năm 2025 Căn cứ Luật Tổ chức ...", "V/v góp ý dự thảo Kính gửi: Sở Y tế"
# (not "V/v Căn cứ xác định giá đất": the whole subject)
# "... đối với trẻ em THỦ TƯỚNG CHÍNH PHỦ điện:" of a telegram
_INNER_OPENING = pattern(
    r"(?<=[^\W_] )(?<![Vv]/v |việc )(?=(?P<ground>Căn cứ )|Kính )|(?<=\p{Ll} )(?=(?P<wires>(?:\p{Lu}{2,}+ ){2,8}+điện ?:))"
)
# "DANH MỤC CÁC MẶT HÀNG (Ban hành kèm theo Thông tư số 12/2010/TT-BTC) Mã hàng ..."
_ISSUED = pattern(r"\((?:[Bb]an hành )?[Kk]èm theo [^()]{5,200}\)\s*+")
_BULLETS = frozenset("-–+•")
_MARKERS = frozenset(MarkerKind) - {MarkerKind.PROVISION, MarkerKind.BULLET, MarkerKind.LOWER_ROMAN}


def _part_words() -> tuple[str, ...]:
    """With what a label, a ground or an attachment's heading begins in small letters."""
    attached = words("attachment_labels")
    return (
        "kính",
        "đồng",
        "nơi",
        "noi",
        "gửi",
        "gởi",
        *words_where("header_words", "kind", "preamble"),
        *attached,
        *map(bare, attached),
    )


def _sentence_words() -> tuple[str, ...]:
    return ("ngày", *words_where("link_words", "kind", "opens a sentence"))


def _tails(openings: Iterable[str]) -> str:
    """The first words without their first letters."""
    return f"(?:{alternation(opening.split()[0][1:] for opening in openings)})"


def holds_opening(text: str) -> bool:
    """Whether grounds or the label of addressees stand inside a line with no end before them, as no sentence has them."""
    if " Căn cứ " not in text and " Kính " not in text and " điện" not in text:
        return False
    return any(
        at["ground"] is not None or at["wires"] is not None or _is_labelled(text[at.start() :])
        for at in _INNER_OPENING.finditer(text)
    )


def _is_labelled(rest: str) -> bool:
    folded = fold(rest[:_REACH])
    return ":" in folded[: address_label_end(folded)]


def paragraphs(text: str) -> list[str]:
    """The lines that a joined text was, as far as their openings tell; the text alone where none does."""
    starts = [0, *_starts(text), len(text)]
    pieces = [text[start:end].strip() for start, end in pairwise(starts)]
    return [part for piece in pieces for part in _around_issue(piece)]


def _around_issue(text: str) -> list[str]:
    """A joined attachment's title, the brackets that tell with what it was issued, and what stands below them."""
    issued = _ISSUED.search(text) if "èm theo " in text else None
    if issued is None or not in_capitals(text[: issued.start()]):
        return [text]
    return [part for part in (text[: issued.start()].rstrip(), issued[0].rstrip(), text[issued.end() :]) if part]


def may_end_title(text: str) -> bool:
    """Whether a line may end with an issuer's name in capitals: nearly none does."""
    tail = text[-_TAIL:]
    return tail != tail.lower() and not tail[-3:].islower()


def opens_grounds(text: str) -> bool:
    """Whether a line opens the grounds under a title: `Căn cứ ...`."""
    return starts_with(fold(text[:_REACH]), "preamble")


def issuer_start(title: str) -> int:
    """Where the issuer begins in capitals at the end of a title that grounds follow (`opens_grounds`).

    `Điều chỉnh chương trình lập pháp năm 2025 ỦY BAN THƯỜNG VỤ QUỐC HỘI`; 0 where none does.
    """
    start = _capitals_start(title) if in_capitals(title[-_TAIL:]) else 0
    if not start:
        return 0
    issuer = fold(title[start:])
    # no words of a title: "... 2025 TRÊN ĐỊA BÀN TỈNH"
    names = starts_with(issuer, "head") or starts_with(issuer, "post")
    return start if names and len(issuer.split()) >= _TITLE_WORDS else 0


def named_start(text: str) -> int:
    """Where a name in capitals begins that ends a text of other words: `... do Bộ Y tế ban hành. BỘ Y TẾ`; 0 where none does."""
    start = _capitals_start(text)
    title = text[:start].rstrip()
    ended = title.endswith(".") or sum(map(str.islower, title.split())) >= _TITLE_WORDS
    if not start or not ended or len(text) - start > _REACH:
        return 0  # "Số: 67 /TTr - UBND"
    return start if starts_with(fold(text[start:]), "head") else 0


def _capitals_start(text: str) -> int:
    """Where the words in capitals begin with which a text ends."""
    if text.isupper() and not any(map(str.isdigit, text)):  # nearly every line that ends so
        return len(text) - len(text.lstrip())
    other = next((at for at in range(len(text) - 1, -1, -1) if text[at].islower() or text[at].isdigit()), -1)
    word = _WORD.search(text) if other < 0 else _NEXT_WORD.search(text, other + 1)
    return word.start() if word else 0


def issuers_sentence(text: str, header: str) -> int:
    """Where the body begins in a title, with the issuer's name of the header above it; 0 where it does not.

    `THÔNG BÁO Về tổ chức thi đợt 1 năm 2019 Trường Đại học Sao Biển thông báo kế hoạch ...` under `... TRƯỜNG ĐẠI HỌC SAO BIỂN`.
    """
    folded, names = fold(text[:_TITLE_REACH]), squeeze(header)
    for head in names_within(folded):
        named, at = squeeze(folded[head : head + _REACH]), len(names) - _SHORTEST_NAME
        while at >= 0 and not named.startswith(names[at:]):
            at -= 1
        if (
            at < 0
            or not text[head].isupper()
            or folded[:head].split()[-1] in words_where("header_words", "kind", "before_name")
        ):
            continue
        if holds(" ".join(_after(folded[head:].split(), len(names) - at)[:2]), "sentence"):
            return head
    return 0


def _after(parts: list[str], letters: int) -> list[str]:
    """The words after a name of so many letters."""
    while parts and letters > 0:
        letters -= len(squeeze(parts[0]))
        parts = parts[1:]
    return parts


def _starts(text: str) -> Iterator[int]:
    """Where a line begins inside the text."""
    series: dict[str, tuple[int, ...]] = {}
    line: LineText | None = None
    begun, done, capitals = 0, 0, True  # so far in the line
    for match in _MAY_OPEN.finditer(text.replace("\t", " ")):
        start = match.end()
        before = text[done:start].split()
        capitals = capitals and not any(map(str.islower, text[done:start]))
        done = start
        small = text[start].isupper() and text[start + 1 : start + 2].islower()  # what is not in capitals follows them
        opens = _opens(text[start : start + _REACH], before[-1], series) if before else False
        if opens is None:
            line = line or line_signs(text)
            part = line.part(start, start + _REACH)
            opens = _opens_part(part, _has_ended(before[-1]), in_capitals(before[-1]) and len(before[-1]) > 1)
        if opens or (before and small and capitals and _ends_capitals(text[begun:start])):
            begun, capitals = start, True
            yield begun


def _ends_capitals(line: str) -> bool:
    """A title or heading in capitals, before the first word of what follows: `CHỈ THỊ VỀ VIỆC ĐÓN TẾT CANH DẦN` / `Tết ...`"""
    if len(line.split(maxsplit=_TITLE_WORDS)) < _TITLE_WORDS:
        return False
    return match_type(fold(line), 0, len(line)) is not None or marker_of_text(line, _MARKERS) is not None


def _opens(rest: str, before: str, series: dict[str, tuple[int, ...]]) -> bool | None:
    """Whether a line begins after the word `before`; None where it does if it opens a part of a document.

    `series` are the last numbers of those that did.
    """
    if rest[0] in _BULLETS:
        return _has_ended(before) and rest[1:].lstrip()[:1].isalpha()
    marker = marker_of_text(rest, _MARKERS)
    # "... như sau: Điều 1." at the end of a line: sentences were set on lines of their own
    if marker is not None and (
        marker.content < len(rest) or (marker.kind is MarkerKind.HEADING and _has_ended(before))
    ):
        return before.lower() not in words_where("link_words", "kind", "stands before a number") and _goes_on(
            marker, _has_ended(before) or (in_capitals(before) and len(before) > 1), series
        )
    if not rest[0].isupper():  # nearly every word
        return False
    if opens_sentence(rest) and not _has_ended(before):
        return not before.endswith(",")
    return None if _MAY_BE_PART.match(rest) else False


def _has_ended(word: str) -> bool:
    return word.rstrip(_CLOSING).endswith(_ENDS)


def _goes_on(marker: Marker, ended: bool, series: dict[str, tuple[int, ...]]) -> bool:
    """Whether a marker is the first of its series or the next one: any other number belongs to the sentence around it."""
    last = series.get(marker.series, ())
    first = marker.value[-1:] == (1,) and (len(marker.value) == 1 or ended)
    following = bool(last and marker.value) and last == (*marker.value[:-1], marker.value[-1] - 1)
    if not (first or following or (ended and marker.kind is MarkerKind.HEADING)):
        return False
    if marker.naked and not ended:
        return False
    series[marker.series] = marker.value
    return True


def _opens_part(line: LineText, ended: bool, capitals: bool) -> bool:
    """Whether a label, a ground, an authority, a type or an attachment's heading stands here as a line prints it."""
    rest = line.text
    label = address_label_end(line.folded)
    if label and line.folded[:label].rstrip(" :*_").endswith(" điện"):
        return not capitals and in_capitals(rest.split(" điện", 1)[0])
    if label or label_end(line) >= 0 or starts_with(line.folded, "preamble"):
        return True
    if authority_end(line.text, line.bare) and in_capitals(rest[:12]):
        return True
    found = match_type(line.folded, 0, len(rest))
    if found and in_capitals(rest[: found.end]):
        return not capitals or rest[found.end :].lstrip().startswith(":")
    attached = attachment_label(line)
    return attached is not None and (ended or (not capitals and in_capitals(rest[: attached.end])))
