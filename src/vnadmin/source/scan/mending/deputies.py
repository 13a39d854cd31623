"""Who signs for whom on a scan: `KT.` and `PHÓ` imply each other, so that what a seal left of one is told by the other.

`KT.` (ký thay) stands before the head's post where a deputy signs (Decree 30/2020, annex I, part II, 7a).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from vnadmin.layout.page import Box
from vnadmin.ocr.reading import ReadLine
from vnadmin.source.scan.mending.applied import applied, split
from vnadmin.source.scan.mending.listed import MENDED
from vnadmin.source.scan.mending.phrases import mend_post
from vnadmin.text.fold import bare
from vnadmin.text.pattern import pattern

_AUTHORITY = pattern(r"(?:[kK][tT]|ẾT|KI)[./:, ]")
# "V:", "1,", "KỊ": a hand wrote or crossed "KT."
_LOST_SIGN = pattern(r"\W*(?!(?i:kt|tm|tl|tuq|q)\b)[^\W_]{1,2}[.:,;/]?")


@dataclass(frozen=True)
class Post:
    """A post of a signature: the index of its line, and the words as they were read."""

    index: int
    read: ReadLine

    @property
    def box(self) -> Box:
        """Where it stands."""
        return self.read.box


def authority_above(lines: Sequence[ReadLine], posts: Sequence[Post], box: Box) -> str:
    """The post of the line right above a place, where it opens with "KT."."""
    for post in reversed(posts):
        above = post.box
        near = above.y0 < box.y0 and box.y0 - above.y1 < 1.5 * (above.y1 - above.y0)
        if near and above.x0 < box.x1 and box.x0 < above.x1:
            text = lines[post.index].text
            return text if _AUTHORITY.search(text) else ""
    return ""


def sign_above(lines: list[ReadLine], post: Post, untouched: frozenset[int]) -> set[int]:
    """Put "KT." before the post right above its own deputy, where it is lost or only scraps of it were read: "V: GIÁM ĐỐC".

    A seal may leave less of the deputy: what stands right under a post, is none itself and ends in its last word ("U TRƯỞNG" under
    "ì, HIỆU TRƯỞNG") is the deputy of that post, whatever other post it is near to (VỤ TRƯỞNG).

    Returns:
        The index of the line that got its sign.
    """
    for index, line in enumerate(lines):
        if index in untouched or not _is_right_above(line.box, post.box):
            continue
        own = line.words
        mended = mend_post([word.text for word in own], strict=False)
        if mended is None and len(own) > 1 and _LOST_SIGN.fullmatch(own[0].text):
            own = own[1:]
            mended = mend_post([word.text for word in own], strict=False)
        if mended is None:
            continue
        words, _ = applied(own, mended)
        chief = ReadLine(tuple(words)).text
        if "." in chief:
            continue  # its sign was read
        deputies = (f"PHÓ {chief}", "THỨ TRƯỞNG") if chief == "BỘ TRƯỞNG" else (f"PHÓ {chief}",)
        here = lines[post.index]
        if here.text not in deputies:
            if not _is_rest(post.read.text, here.text, chief):
                continue
            lines[post.index] = replace(
                here, words=tuple(split(here.words[0]._replace(box=here.box), deputies[-1].split(), MENDED))
            )
        first = line.words[0].box
        if own is line.words:
            first = first._replace(x1=first.x0)  # nobody read it: it has no width of its own
        sign = line.words[0]._replace(text="KT.", box=first, confidence=MENDED)
        lines[index] = replace(line, words=(sign, *words))
        return {index}
    return set()


def _is_right_above(above: Box, box: Box) -> bool:
    near = above.y0 < box.y0 and box.y0 - above.y1 < above.y1 - above.y0
    return near and above.x0 < box.x1 and box.x0 < above.x1


def _is_rest(read: str, mended: str, chief: str) -> bool:
    """Whether a line is what a seal left of a deputy: letters were put in to make a post of it, and it ends as its chief's."""
    invented = bare(read).replace(" ", "") != bare(mended).replace(" ", "")
    return invented and mended.endswith(chief.rpartition(" ")[2]) and len(mended) < len(chief)


def post_between(posts: Sequence[Post], post: Post) -> bool:
    """Whether another post stands right below this one: the name is that one's."""
    box = post.box
    return any(
        0 < other.box.y0 - box.y0 < 30 and other.box.x0 < box.x1 and box.x0 < other.box.x1
        for other in posts
        if other is not post
    )
