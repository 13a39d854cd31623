"""Makes the XML of a part small before libxml2 sees it: what nothing reads is cut out, what recurs is taken out once."""

from __future__ import annotations

import re
from collections.abc import Iterable

_CONDITIONAL, _STYLE, _STYLE_END, _TABLE = b"<w:tblStylePr", b"<w:style ", b"</w:style>", b'w:type="table"'
_STYLE_ID = re.compile(rb'w:styleId="([^"]*)"')
_NAMED = re.compile(rb'<w:(?:tblStyle|basedOn) w:val="([^"]*)"')
_LATENT, _LATENT_END = b"<w:latentStyles", b"</w:latentStyles>"

_DEFINITION, _DEFINITION_END = b"<w:abstractNum ", b"</w:abstractNum>"
_DEFINITION_ID = re.compile(rb'w:abstractNumId="([^"]*)"')
_LIST = b"<w:num "
# Within one tag and without a second try: else a part of open tags takes the square of its length.
_LIST_OF = re.compile(
    rb'<w:num (?>[^<>]*?w:numId=")([^"<>]*+)"[^<>]*+>\s*+<w:abstractNumId w:val="([^"]*)"',
)
_NAMED_LIST = re.compile(rb'<w:numId w:val="([^"]*)"')

NUMBER = "alike"  # the attribute that stands for properties which were taken out
_CLAIMED = NUMBER.encode()
_ROOT = re.compile(rb"<w:document\b[^>]*>")
# What is read where it stands: the end of a section, a mark that a reviewer deleted or moved.
_KEPT = re.compile(rb"<w:(?:sectPr|del|moveFrom)\b")


def without_latent(styles: bytes) -> bytes:
    """A styles part without its list of styles that the document does not use, which is two thirds of it."""
    start = styles.find(_LATENT)
    end = styles.find(_LATENT_END, start) if start >= 0 else -1
    return styles[:start] + styles[end + len(_LATENT_END) :] if end >= 0 else styles


def without_conditional(styles: bytes) -> bytes:
    """A styles part without what its table styles say of first rows, last columns and so on, which nothing reads.

    Styles of a template can hold 300 kB of it, and libxml2 takes 5 ms for that. It is the last that a style says
    (ECMA-376, 17.7.4.17: `tblStylePr` ends the sequence).
    """
    start = styles.find(_CONDITIONAL)
    if start < 0:
        return styles
    kept: list[bytes] = []
    done = 0
    while start >= 0:
        end = styles.find(_STYLE_END, start)
        if end < 0:
            break
        kept.append(styles[done:start])
        done = end
        start = styles.find(_CONDITIONAL, end)
    kept.append(styles[done:])
    return b"".join(kept)


def without_table_styles(styles: bytes, named: bytes) -> bytes:
    """A styles part without the table styles that none of its own styles is based on and `named` does not mention.

    Args:
        styles: the styles part.
        named: the parts that may name a table style. The template of python-docx has a hundred, a document uses one.
    """
    kept: list[bytes] = []
    used = {*_NAMED.findall(styles), *_NAMED.findall(named)}
    start, done = styles.find(_STYLE), 0
    while start >= 0:
        opened = styles.find(b">", start) + 1
        end = opened if styles[opened - 2 : opened] == b"/>" else styles.find(_STYLE_END, opened) + len(_STYLE_END)
        if not opened or end < opened:
            break
        if _TABLE in styles[start:opened]:
            name = _STYLE_ID.search(styles, start, opened)
            if name and name[1] not in used:
                kept.append(styles[done:start])
                done = end
        start = styles.find(_STYLE, end)
    if not kept:
        return styles
    kept.append(styles[done:])
    return b"".join(kept)


def without_unused_lists(numbering: bytes, naming: Iterable[bytes]) -> bytes:
    """A numbering part without the definitions of lists that nothing names: Word keeps those of every list that was ever pasted.

    Args:
        numbering: the numbering part.
        naming: the parts that may name a list: the body, the styles. Where they name lists in an unusual way, all stay.
    """
    used: set[bytes] = set()
    for part in naming:
        count = part.count(b"numId")  # whatever its prefix
        found = _NAMED_LIST.findall(part) if count else []
        if len(found) != count or b"\0" in part:  # UTF-16 hides the names
            return numbering
        used.update(found)
    lists = _LIST_OF.findall(numbering)
    if len(lists) != numbering.count(_LIST):
        return numbering
    needed = {definition for name, definition in lists if name in used}
    kept: list[bytes] = []
    start, done = numbering.find(_DEFINITION), 0
    while start >= 0:
        opened = numbering.find(b">", start) + 1
        empty = numbering[opened - 2 : opened] == b"/>"
        end = opened if empty else numbering.find(_DEFINITION_END, start) + len(_DEFINITION_END)
        name = _DEFINITION_ID.search(numbering, start, end)
        if not opened or end < opened or name is None:
            break
        if name[1] not in needed:
            kept.append(numbering[done:start])
            done = end
        start = numbering.find(_DEFINITION, end)
    kept.append(numbering[done:])
    return b"".join(kept)


def without_recurring(body: bytes) -> tuple[bytes, bytes]:
    """A main part in which `w:pPr` and `w:rPr` are numbers, `<w:rPr alike="3"/>`, and a part with what they stand for.

    A document says a dozen things of its paragraphs and runs, and says them hundreds of times: two thirds of its XML.
    Where a comment or a character section stands in the part (Word writes none), or the number itself (nobody writes
    it, but a file that wants to show one reader what others hide), it stays as it is.
    """
    root = _ROOT.search(body)
    if root is None or _CLAIMED in body or _has(body, b"!", root.end()) or _has(body, b"?", root.end()):
        return body, b""
    taken: list[bytes] = []
    for name in (b"pPr", b"rPr"):
        body = _taken_out(body, name, taken)
    return body, b"%s%s</w:document>" % (body[: root.end()], b"".join(taken))


def _has(body: bytes, sign: bytes, start: int) -> bool:
    """Whether a tag begins with this sign. The sign alone is rare and found in a tenth of the time."""
    return body.find(sign, start) >= 0 and body.find(b"<" + sign, start) >= 0


def _taken_out(body: bytes, name: bytes, taken: list[bytes]) -> bytes:
    """The part with a number for each element of this name; elements that are new are put down in `taken`."""
    opening, closing = b"<w:%s>" % name, b"</w:%s>" % name
    first, *pieces = body.split(opening)
    kept = [first]
    numbers: dict[bytes, bytes] = {}
    for piece in pieces:
        inner, end, after = piece.partition(closing)
        if not end:  # an older version of the properties is nested in it
            kept += opening, piece
            continue
        number = numbers.get(inner)
        if number is None:
            whole = opening + inner + closing
            if _KEPT.search(inner):
                number = whole
            else:
                number = b'<w:%s %s="%d"/>' % (name, NUMBER.encode(), len(taken))
                taken.append(whole)
            numbers[inner] = number
        kept += number, after
    return b"".join(kept)
