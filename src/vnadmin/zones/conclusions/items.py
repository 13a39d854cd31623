"""Splits the lines of Nơi nhận into its items: wrapped lines joined, several items on one line set apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from vnadmin.genre.bullet import bullet_end, bullets_within
from vnadmin.genre.closing_line import is_filing, is_list_heading
from vnadmin.genre.document_type import is_numbered_instrument
from vnadmin.layout.page import Line, SourceDocument, Span
from vnadmin.text.fold import bare
from vnadmin.text.pattern import pattern

_SEPARATOR = pattern(r"; *+")
_HEADING_BEHIND = pattern(r"; *+(?P<words>[^;:]{3,30}+:) *+$")  # "- Các sở; Đồng kính gửi: - Ban Tuyên giáo"
_PURPOSE = pattern(r"\(để [^()]{2,60}\)[;.]?")  # "(để đưa tin)" on a line of its own, under the `;` of its item
# "MT21/VP7/2025/CBTTHC -GD", "TCT (HC, NV3)" under "Lưu: VT, VP7": units and drafters, some with figures
_CODES = pattern(r"(?=[^\n\d]*+\d)(?:(?:[A-ZĐ][^\s\d]*+\d\S*+|[A-ZĐ\d/.,;:&()-]++) *+)++")
# "Đính kèm:" below the filing entry, over a list of its own
_ENCLOSED = pattern(r"[*_ ]*+(?:(?:tai lieu|van ban|ho so) )?(?:dinh kem|gui kem|kem theo)\b[^;:]{0,30}+:[*_ ]*+")
_REMARK = pattern(r"\(\p{L}++ \p{L}++ [^()]*+\)")  # "(Biểu mẫu đính kèm ở dưới)" below the filing entry
_LETTER = pattern(r"[^\W\d_]|[()]")  # "07:00" of a signature stamp is no item, "(02)" goes on with one


class Item(NamedTuple):
    """One item of the list: its slices without bullet, and whether anything about it was doubtful."""

    spans: tuple[Span, ...]
    labelled: bool
    is_plain: bool = True  # one line, or lines joined in a list whose items all have bullets
    is_run: bool = True  # its lines follow each other in the text
    is_filing: bool = False


@dataclass(slots=True)
class _Open:
    spans: list[Span]
    bulleted: bool
    filing: bool
    doubtful: bool = False
    is_run: bool = True


def list_items(document: SourceDocument, lines: Sequence[Line]) -> tuple[Item, ...]:
    """Items in order; `lines` are those of the conclusions' list, label included."""
    labelled = False
    pieces: list[tuple[int, int, bool]] = []  # start, end, opens with a bullet
    for line in lines:
        start = line.start
        after = -1 if labelled else document.signs(line).label_end
        if after >= 0:
            labelled = True
            start += after
            if start >= line.end:
                continue
        elif is_list_heading(document.bare_of(line)):
            continue
        pieces.extend(_pieces(document, start, line.end, inline=start != line.start))
    return _join(document, pieces, labelled)


def _pieces(document: SourceDocument, start: int, end: int, *, inline: bool) -> list[tuple[int, int, bool]]:
    """The items that begin on one line."""
    found: list[tuple[int, int, bool]] = []
    begin = start
    # items that share a line: "- Như trên; - Sở Nội vụ; - Lưu: VT."
    for stop, following in (*bullets_within(document.text, start, end), (end, end)):
        width = bullet_end(document.text[begin:stop])
        if width and document.text.startswith(("- ", "– ", "+ ", "• "), begin + width):
            # "- - Như trên;": a reader's before the printed one
            width += bullet_end(document.text[begin + width : stop])
        heading = _HEADING_BEHIND.search(document.bare, begin, stop)
        close = heading.start() + 1 if heading and is_list_heading(heading["words"]) else stop
        found.append((begin + width, close, bool(width) or begin > start))
        begin = following
    if inline and len(found) == 1 and not found[0][2]:
        # "Nơi nhận: Như trên; Sở Nội vụ; Lưu: VT."
        begin, stop, _ = found[0]
        cuts = [begin, *(m.end() for m in _SEPARATOR.finditer(document.text, begin, stop))]
        return [
            (a, b, True) for a, b in zip(cuts, [*cuts[1:], stop], strict=True) if _LETTER.search(document.text, a, b)
        ]
    return [p for p in found if _LETTER.search(document.text, p[0], p[1])]


def _join(document: SourceDocument, pieces: Sequence[tuple[int, int, bool]], labelled: bool) -> tuple[Item, ...]:
    bullets = sum(1 for p in pieces if p[2])
    with_bullets = bullets * 2 > len(pieces) or bullets > 1
    separated = sum(1 for a, b, _ in pieces if document.text[a:b].rstrip().endswith((";", "."))) * 2 >= len(pieces)
    items: list[_Open] = []
    filed = False  # a list of another paper may stand below the filing entry
    for start, end, bulleted in pieces:
        last = items[-1] if items else None
        if filed and last is not None and _heads_enclosures(document.text[last.spans[-1].end : end]):
            break
        filing = is_filing(document.bare[start:end])
        if last is None or bulleted or filing or _opens_item(document, last, start, with_bullets, separated):
            doubtful = not bulleted and with_bullets and last is not None and not filing
            if doubtful and last is not None:
                last.doubtful = True  # it may go on here
            items.append(_Open([Span(start, end)], bulleted, filing, doubtful or filed))
            filed = filed or filing
        else:
            gap = document.text[last.spans[-1].end : start]
            if gap.strip() and _is_ended(document, last):
                last.doubtful = True  # the title of what follows may stand under the signer
            last.is_run = last.is_run and not gap.strip()
            last.spans.append(Span(start, end))
            last.doubtful = last.doubtful or not with_bullets or _may_be_closed(document, last, start)
    if with_bullets and items and _is_stroke(document, items[0]):
        del items[0]
    return tuple(
        Item(tuple(item.spans), labelled, not item.doubtful, item.is_run, item.filing)
        for at, item in enumerate(items)
        if not _is_heading(document, at, items)
    )


def _heads_enclosures(between: str) -> bool:
    """Whether `Đính kèm:` stands on a line between the filing entry and what looks like a further one."""
    return "kèm" in between.lower() and any(_ENCLOSED.fullmatch(bare(line)) for line in between.split("\n"))


def _is_ended(document: SourceDocument, item: _Open) -> bool:
    """Whether an item closes the list: `Nhà khách tỉnh (phục vụ).`"""
    return document.text[item.spans[-1].start : item.spans[-1].end].rstrip(" *_").endswith(".")


def _may_be_closed(document: SourceDocument, item: _Open, start: int) -> bool:
    """Whether a filing entry may have ended above: `Lưu: VT, TH.Châu` / `Phòng Hành chính` of a mail's end."""
    above = document.text[item.spans[-2].start : item.spans[-2].end].rstrip()
    if not item.filing or above.endswith((",", "(", "-", "&")):
        return False
    if document.text[start] == "(":
        return _REMARK.match(document.text, start, item.spans[-1].end) is not None
    if not document.text[start].isupper():
        return False
    return _CODES.fullmatch(document.text, start, item.spans[-1].end) is None


def _is_stroke(document: SourceDocument, item: _Open) -> bool:
    """What a pen left between the label and the first bullet of a scan: "n", "2% -"."""
    text = document.text[item.spans[0].start : item.spans[-1].end]
    if text.rstrip().endswith((";", ".")):  # "HĐ;": somebody wrote an item
        return False
    return not item.filing and sum(map(str.isalpha, text)) <= (1 if item.bulleted else 2)


def _opens_item(document: SourceDocument, last: _Open, start: int, with_bullets: bool, separated: bool) -> bool:
    """Whether a line without bullet begins an item of its own."""
    before = document.text[last.spans[-1].start : last.spans[-1].end].rstrip(" *_")
    closed = before.endswith((";", "."))
    if document.text[start : start + 1].islower() or before.count("(") > before.count(")"):
        return False  # "Văn phòng Chính phủ (Phòng Công báo;" goes on
    if _PURPOSE.match(document.folded, start):
        return False
    if with_bullets:
        return before.endswith((";", "):")) and not last.filing  # a bullet that the source lost
    return closed or not separated


def _is_heading(document: SourceDocument, at: int, items: Sequence[_Open]) -> bool:
    """An item without bullet that only announces the next ones: "Gửi bản giấy:".

    "BGH (để báo cáo):" over "Các khoa:" are items whose `;` a reader took for `:`.
    """
    item = items[at]
    if item.bulleted or item.filing or item is items[-1]:
        return False
    text = _shown(document, item)
    if len(text) >= 50 or not text.endswith(":"):
        return False
    beside = [*items[max(0, at - 1) : at], items[at + 1]]
    return not text.endswith("):") and not any(_shown(document, other).endswith(":") for other in beside)


def _shown(document: SourceDocument, item: _Open) -> str:
    return document.text[item.spans[0].start : item.spans[-1].end].rstrip(" *_")


def lists_an_instrument(document: SourceDocument, line: Line) -> bool:
    """`- 1 Công văn 5384/BHXH-BC về ...`: a site's list of other documents, below a signature."""
    start = line.start + bullet_end(document.of(line))
    return is_numbered_instrument(document.folded, start, line.end)
