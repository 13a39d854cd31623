"""Mutations that know a format of text: lines of a letter, XML trees, parts of a zip, heads of a mail."""

from __future__ import annotations

import io
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import lru_cache

from lxml import etree, html

Bytes = Callable[[bytes, int], bytes]  # the fuzzer's own mutation of bytes: data, longest result
Mutation = Callable[[bytes, int, random.Random, Bytes], bytes]

NUMBERS = (
    "0", "1", "-1", "2", "9", "10", "99", "255", "256", "1000", "32767", "65535", "65536", "2147483647", "4294967295",
    "-2147483648", "99999999999999999999", "1e9", "0.5", "NaN", "", "abc", "٣", "²", "true", "off",
)  # fmt: skip
RAW = 0.04  # share of mutations by bytes alone: several follow each other, and the first that breaks a file ends it
_MAIL = (
    b"Content-Type: multipart/mixed; boundary=x", b"Content-Type: message/rfc822", b"Content-Transfer-Encoding: base64",
    b"Content-Transfer-Encoding: x-uuencode", b"Content-Type: text/plain; charset=utf-7", b"Content-Type: text/plain; charset=none",
    b"Content-Disposition: attachment; filename*=utf-8''%00%ff", b"Content-Disposition: attachment; filename=../../x.txt",
    b"Content-Type: application/octet-stream; name==?utf-8?b?////?=", b"--x", b"--x--", b"Subject: =?iso-8859-1?q?=80=?=", b"", b"====",
)  # fmt: skip
# What a letter is made of, and what does not belong in one.
TOKENS = (
    "Số: ", "Số: 12/2023/NĐ-CP", "/UBND-VX", "V/v ", "Kính gửi: ", "Nơi nhận:", "- Như trên;", "- Lưu: VT, TH (5b).", "TM. ",
    "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Q. GIÁM ĐỐC", "TUQ. ", "TL. ", "(Đã ký)", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc", "ĐẢNG CỘNG SẢN VIỆT NAM", "*", "QUYẾT ĐỊNH", "QUYẾT ĐỊNH:", "CHỈ THỊ", "Điều 1.", "Điều 2. ",
    "Chương II", "Mục 1", "Phần thứ nhất", "1. ", "1.1. ", "a) ", "I. ", "- ", "+ ", "* ", "khoản 2 Điều 3 ", "điểm a, b khoản 1 ",
    "Luật Đất đai số 45/2013/QH13 ", "Nghị định này", "nêu trên", "Căn cứ ", "Theo đề nghị của ", "ngày 01 tháng 02 năm 2023",
    "ngày   tháng   năm ", "30/4/2023", "31/02/2023", "Quý II/2024", "trước ngày ", "PHỤ LỤC", "Phụ lục I", "(Kèm theo ",
    "HỎA TỐC", "MẬT", "Lưu hành nội bộ", "STT", "Đơn vị chủ trì", "| a | b |", "|---|---|", "\n\n", "\f", "\t", "….", "______", ";",
    "./.", "\u200b", "\u202e", "\u2066", "\u0301", "\u00a0", "\ufeff", "А", "Ɖ", "𝐒", "\U0010ffff", "１２", "đ", "\x00", "\x1b", "\\", "**",
    "~~", "`", "<b>", "&amp;", "#", "> ", "[x](y)", "<br>", "   ", "\r", "\u2028", "\x85", "ﬁ", "ﷺ",
)  # fmt: skip
_TAGS = (
    "p", "r", "t", "tbl", "tr", "tc", "pPr", "rPr", "tblPr", "tcPr", "gridSpan", "vMerge", "numPr", "ilvl", "numId", "tab", "br",
    "sdt", "sdtContent", "ins", "del", "delText", "fldChar", "instrText", "fldSimple", "hyperlink", "txbxContent", "pict",
    "altChunk", "sectPr", "cols", "headerReference", "footerReference", "footnoteReference", "sym", "vanish", "caps", "jc",
    "ind", "framePr", "lastRenderedPageBreak", "moveFrom", "moveTo", "style", "basedOn", "lvl", "lvlText", "numFmt", "start",
    "abstractNum", "num", "lvlOverride", "startOverride", "noBreakHyphen", "object", "drawing", "body",
)  # fmt: skip
_ODF_TAGS = (
    "p", "h", "span", "s", "tab", "line-break", "list", "list-item", "list-header", "table", "table-row", "table-cell", "table-column",
    "covered-table-cell", "frame", "text-box", "note", "note-body", "tracked-changes", "change-start", "change-end", "deletion", "style",
    "text-properties", "paragraph-properties", "list-style", "list-level-style-number", "list-level-style-bullet", "section", "body", "text",
)  # fmt: skip
_HTML_TAGS = (
    "p", "div", "table", "tr", "td", "th", "thead", "ol", "ul", "li", "br", "pre", "span", "b", "i", "center", "font", "nav", "h1",
    "script", "style", "sup", "a", "img", "title", "textarea", "noscript", "svg", "math", "select", "option", "form", "hr", "dl",
)  # fmt: skip


def lines(data: bytes, most: int, chance: random.Random, plain: Bytes) -> bytes:
    """Text by lines and words; sometimes by bytes."""
    if chance.random() < RAW:
        return plain(data, most)
    text = data.decode("utf-8", "surrogateescape")
    for _ in range(chance.choice((1, 1, 2, 4))):
        text = _one_of_text(text, chance)
    return text.encode("utf-8", "surrogateescape")[:most]


def _one_of_text(text: str, chance: random.Random) -> str:
    kind = chance.randrange(9)
    if kind <= 1:  # a token somewhere
        place = chance.randrange(len(text) + 1)
        return text[:place] + chance.choice(TOKENS) + text[place:]
    if kind == 2:  # a slice repeated, sometimes very often
        start = chance.randrange(len(text) + 1)
        piece = text[start : start + chance.choice((1, 2, 5, 20, 80))]
        return text[:start] + piece * chance.choice((2, 3, 10, 300)) + text[start:]
    if kind == 3:  # a slice lost
        start = chance.randrange(len(text) + 1)
        return text[:start] + text[start + chance.choice((1, 3, 10, 60)) :]
    if kind == 4 and text:  # a number for another
        found = list(re.finditer(r"\d+", text))
        if found:
            number = chance.choice(found)
            return text[: number.start()] + chance.choice(NUMBERS) + text[number.end() :]
    rows = text.split("\n")
    first, second = chance.randrange(len(rows)), chance.randrange(len(rows))
    if kind == 5:
        rows[first], rows[second] = rows[second], rows[first]
    elif kind == 6:
        rows.insert(first, rows[second])
    elif kind == 7:
        rows.insert(first, "".join(chance.choice(TOKENS) for _ in range(chance.randrange(1, 6))))
    else:  # two lines side by side, as two columns are printed
        rows[first] += " " * chance.choice((1, 4, 20)) + rows[second]
    return "\n".join(rows)


def _shake(root: etree._Element, tags: tuple[str, ...], chance: random.Random) -> None:
    """One change to a tree."""
    found = [element for element in root.iter() if isinstance(element.tag, str)]
    one, other = chance.choice(found), chance.choice(found)
    parent = one.getparent()
    kind = chance.randrange(10)
    if kind == 0 and parent is not None:
        parent.remove(one)
    elif kind == 1 and parent is not None and len(found) < 3000:
        for _ in range(chance.choice((1, 1, 2, 50))):
            parent.insert(parent.index(one), _copy(one))
    elif kind == 2 and other is not root:
        one.append(_copy(other))
    elif kind == 3:
        one.tag = _named(one, chance.choice(tags))
    elif kind == 4 and one.attrib:
        name = chance.choice(list(one.attrib))
        one.set(
            name,
            chance.choice(NUMBERS) if chance.random() < 0.7 else chance.choice(list(other.attrib.values()) or [""]),
        )
    elif kind == 5:
        one.text = chance.choice(TOKENS).translate(dict.fromkeys(range(32))) + (one.text or "")
    elif kind == 6:
        one.text, other.text = other.text, one.text
    elif kind == 7 and parent is not None:  # wrapped, deeply at times
        for _ in range(chance.choice((1, 3, 70))):
            wrap = etree.Element(_named(one, chance.choice(tags)))
            parent.replace(one, wrap)
            wrap.append(one)
            parent = wrap
    elif kind == 8:
        child = etree.SubElement(one, _named(one, chance.choice(tags)))
        child.set(_named(one, "val"), chance.choice(NUMBERS))
    elif other.attrib:
        name, value = chance.choice(list(other.attrib.items()))
        one.set(name, value)


def _copy(element: etree._Element) -> etree._Element:
    return etree.fromstring(etree.tostring(element, with_tail=False), _lenient())


def _lenient() -> etree.XMLParser:
    return etree.XMLParser(recover=True, resolve_entities=False, huge_tree=True)


def _named(element: etree._Element, name: str) -> str:
    space = etree.QName(element).namespace
    return f"{{{space}}}{name}" if space else name


def xml_part(data: bytes, most: int, chance: random.Random, plain: Bytes, tags: tuple[str, ...] = _TAGS) -> bytes:
    """An XML file by its tree; sometimes by bytes."""
    if chance.random() < RAW:
        return plain(data, most)
    try:
        root = etree.fromstring(data, _lenient())
        if root is None:
            return plain(data, most)
        for _ in range(chance.choice((1, 1, 2, 5))):
            _shake(root, tags, chance)
        made = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    except (etree.LxmlError, ValueError, TypeError, AssertionError):
        return plain(data, most)
    return made if len(made) <= most else data


def page(data: bytes, most: int, chance: random.Random, plain: Bytes) -> bytes:
    """HTML by its tree, by its lines or by bytes."""
    kind = chance.random()
    if kind < 0.4:
        return lines(data, most, chance, plain)
    try:
        root = html.document_fromstring(data)
        for _ in range(chance.choice((1, 1, 2, 5))):
            _shake(root, _HTML_TAGS, chance)
        made = html.tostring(root, encoding="utf-8")
    except (etree.LxmlError, ValueError, TypeError, AssertionError):
        return plain(data, most)
    return made if len(made) <= most else data


@lru_cache(maxsize=256)
def _parts(data: bytes) -> tuple[tuple[str, bytes], ...] | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return tuple((info.filename, archive.read(info)) for info in archive.infolist() if info.file_size < 1 << 20)
    except (
        zipfile.BadZipFile,
        zlib.error,
        ValueError,
        OSError,
        EOFError,
        NotImplementedError,
        RuntimeError,
        struct.error,
    ):
        return None


def docx(data: bytes, most: int, chance: random.Random, plain: Bytes) -> bytes:
    """A .docx by one of its parts, which is zipped again; seldom by the bytes of the zip."""
    parts = _parts(data)
    if not parts or chance.random() < RAW:
        return plain(data, most)
    changed = dict(parts)
    name = chance.choice(
        [n for n in changed for _ in range(8 if n.endswith("document.xml") else 2 if "word/" in n else 1)]
    )
    kind = chance.random()
    if kind < 0.02:
        del changed[name]
    elif kind < 0.04:
        changed[name] = chance.choice(list(changed.values()))
    else:
        changed[name] = xml_part(changed[name], most, chance, plain)
    made = _zipped(changed)
    return made if len(made) <= most else data


def odf(data: bytes, most: int, chance: random.Random, plain: Bytes) -> bytes:
    """OpenDocument, flat or by one of the parts of its zip."""
    parts = _parts(data)
    if not parts:
        return xml_part(data, most, chance, plain, _ODF_TAGS)
    if chance.random() < RAW:
        return plain(data, most)
    changed = dict(parts)
    name = chance.choice([name for name in changed for _ in range(8 if name == "content.xml" else 1)])
    changed[name] = xml_part(changed[name], most, chance, plain, _ODF_TAGS)
    made = _zipped(changed)
    return made if len(made) <= most else data


def mail(data: bytes, most: int, chance: random.Random, plain: Bytes) -> bytes:
    """A mail by its lines, or by the lines of its heads and boundaries; a zip by its bytes."""
    if data.startswith(b"PK") or chance.random() < RAW:
        return plain(data, most)
    found = data.split(b"\n")
    for _ in range(chance.choice((1, 1, 2, 4))):
        marks = [at for at, line in enumerate(found) if b":" in line or line.startswith(b"--")] or [0]
        at = chance.choice(marks)
        kind = chance.random()
        if kind < 0.2:
            del found[at]
        elif kind < 0.4:
            found.insert(at, found[chance.choice(marks)])
        elif kind < 0.7:
            found[at] = chance.choice(_MAIL)
        else:
            found[at] = plain(found[at], 400)
        found = found or [b""]
    return b"\n".join(found)[:most]


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for key, content in parts.items():
            archive.writestr(zipfile.ZipInfo(key), content)
    return buffer.getvalue()
