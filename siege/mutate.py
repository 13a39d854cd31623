"""Mutations that know a format: XML trees, parts of a zip, streams of an OLE file, objects of a PDF, lines of a letter."""

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

_NUMBERS = (
    "0", "1", "-1", "2", "9", "10", "99", "255", "256", "1000", "32767", "65535", "65536", "2147483647", "4294967295",
    "-2147483648", "99999999999999999999", "1e9", "0.5", "NaN", "", "abc", "٣", "²", "true", "off",
)  # fmt: skip
_RAW = 0.04  # share of mutations by bytes alone: several follow each other, and the first that breaks a file ends it
_MAIL = (
    b"Content-Type: multipart/mixed; boundary=x", b"Content-Type: message/rfc822", b"Content-Transfer-Encoding: base64",
    b"Content-Transfer-Encoding: x-uuencode", b"Content-Type: text/plain; charset=utf-7", b"Content-Type: text/plain; charset=none",
    b"Content-Disposition: attachment; filename*=utf-8''%00%ff", b"Content-Disposition: attachment; filename=../../x.txt",
    b"Content-Type: application/octet-stream; name==?utf-8?b?////?=", b"--x", b"--x--", b"Subject: =?iso-8859-1?q?=80=?=", b"", b"====",
)  # fmt: skip
_INTEGERS = (0, 1, 2, 0x7F, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF, 512, 4096)
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
    if chance.random() < _RAW:
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
            return text[: number.start()] + chance.choice(_NUMBERS) + text[number.end() :]
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
            chance.choice(_NUMBERS) if chance.random() < 0.7 else chance.choice(list(other.attrib.values()) or [""]),
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
        child.set(_named(one, "val"), chance.choice(_NUMBERS))
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
    if chance.random() < _RAW:
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
    if not parts or chance.random() < _RAW:
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
    if chance.random() < _RAW:
        return plain(data, most)
    changed = dict(parts)
    name = chance.choice([name for name in changed for _ in range(8 if name == "content.xml" else 1)])
    changed[name] = xml_part(changed[name], most, chance, plain, _ODF_TAGS)
    made = _zipped(changed)
    return made if len(made) <= most else data


def mail(data: bytes, most: int, chance: random.Random, plain: Bytes) -> bytes:
    """A mail by its lines, or by the lines of its heads and boundaries; a zip by its bytes."""
    if data.startswith(b"PK") or chance.random() < _RAW:
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


def _integers(data: bytearray, chance: random.Random, first: int, last: int) -> None:
    """Some whole numbers of 1, 2 or 4 bytes set to telling values, between two places."""
    for _ in range(chance.choice((1, 1, 2, 4))):
        size, code = chance.choice(((1, "<B"), (2, "<H"), (4, "<I")))
        if last - first <= size:
            return
        place = chance.randrange(first, last - size)
        place -= place % size if chance.random() < 0.8 else 0
        (old,) = struct.unpack_from(code, data, place)
        new = chance.choice(_INTEGERS) if chance.random() < 0.6 else old + chance.choice((-1, 1, 16, -256, 1000))
        struct.pack_into(code, data, place, new % (1 << 8 * size))


@lru_cache(maxsize=64)
def _streams(data: bytes) -> tuple[tuple[str, bytes], ...] | None:
    import olefile

    try:
        container = olefile.OleFileIO(io.BytesIO(data))
        names = ["/".join(path) for path in container.listdir()]
        wanted = [name for name in names if name.casefold() in ("worddocument", "0table", "1table", "data")]
        if any(container.get_size(name) > len(data) for name in wanted):
            return None
        return tuple((name, container.openstream(name).read()) for name in wanted)
    except Exception:  # noqa: BLE001 - whatever a damaged container makes olefile raise, it is mutated by bytes
        return None


def doc(data: bytes, most: int, chance: random.Random, plain: Bytes) -> bytes:
    """A .doc by one of its streams, in place: the numbers of its tables, its text; seldom by bytes."""
    streams = _streams(data)
    if not streams or chance.random() < _RAW:
        return plain(data, most)
    changed = bytearray(data)
    name, stream = chance.choice(streams)
    start = data.find(stream[:256]) if len(stream) >= 256 else -1
    if start < 0:
        return plain(data, most)
    end = min(start + len(stream), len(data))
    kind = chance.random()
    if kind < 0.35 and name.casefold() == "worddocument":  # its head: offsets and lengths of everything
        _integers(changed, chance, start, min(start + 0x5A0, end))
    elif kind < 0.75:
        _integers(changed, chance, start, end)
    elif kind < 0.85:  # a piece copied over another
        size = chance.choice((2, 8, 40, 512))
        source, target = (
            chance.randrange(start, max(end - size, start + 1)),
            chance.randrange(start, max(end - size, start + 1)),
        )
        changed[target : target + size] = changed[source : source + size]
    else:
        size = min(end - start, chance.choice((64, 512, 2048)))
        place = chance.randrange(start, end - size + 1)
        piece = plain(bytes(changed[place : place + size]), size)
        changed[place : place + len(piece)] = piece
    return bytes(changed[:most])


_PDF_NUMBER = re.compile(rb"(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])")
_PDF_NAME = re.compile(rb"/[A-Za-z0-9]+")
_PDF_OBJECT = re.compile(rb"\d+ 0 obj.*?endobj", re.DOTALL)
_PDF_LINE = re.compile(rb"(?:BT .*? ET|q .*? Q|[^\n]*? S)\n?", re.DOTALL)


def pdf(data: bytes, most: int, chance: random.Random, plain: Bytes) -> bytes:
    """A PDF by its numbers, names, references, objects and drawing lines; pdfium mends the table of places itself."""
    if chance.random() < _RAW:
        return plain(data, most)
    for _ in range(chance.choice((1, 1, 2, 4))):
        data = _one_of_pdf(data, chance, plain)
    return data[:most]


def _one_of_pdf(data: bytes, chance: random.Random, plain: Bytes) -> bytes:
    kind = chance.randrange(7)
    form = (_PDF_NUMBER, _PDF_NUMBER, _PDF_NAME, _PDF_OBJECT, _PDF_LINE, _PDF_LINE, _PDF_OBJECT)[kind]
    found = list(form.finditer(data))
    if not found:
        return data
    one, other = chance.choice(found), chance.choice(found)
    start, end = one.span()
    if kind <= 1:
        new = chance.choice(_NUMBERS).encode() if chance.random() < 0.5 else other.group()
    elif kind == 2:
        new = other.group()
    elif kind in (3, 4):
        new = one.group() + b"\n" + other.group() if chance.random() < 0.5 else b""
    elif kind == 5:
        new = other.group() * chance.choice((1, 2, 30))
    else:
        new = plain(one.group(), len(one.group()) + 40)
    return data[:start] + new + data[end:]


_RTF_PIECE = re.compile(rb"\\[a-z]+-?\d* ?|\\'..|[{}]|[^\\{}]+")
_RTF_WORDS = (
    rb"\par ", rb"\cell ", rb"\row ", rb"\trowd", rb"\intbl ", rb"\itap2 ", rb"\nestcell ", rb"{\nestrow}", rb"\cellx", rb"\u7889?",
    rb"\u-1", rb"\uc9 ", rb"\bin99999 ", rb"\bin3 abc", rb"{\*\foo ", rb"{\listtext ", rb"{\header ", rb"{\fonttbl", rb"\f1 ", rb"\fcharset163 ",
    rb"\v ", rb"\deleted ", rb"\sect ", rb"\page ", rb"\pard ", rb"\plain ", rb"\'e1", rb"\'", rb"\ansicpg1258 ", rb"\upr{", rb"\clvmrg ",
    rb"{\pict ", rb"{\field{\*\fldinst ", rb"{\fldrslt ", rb"\tab ", rb"\line ", rb"{", rb"}", rb"\~", rb"\_", rb"\*",
)  # fmt: skip


def rtf(data: bytes, most: int, chance: random.Random, plain: Bytes) -> bytes:
    """RTF by its control words and groups; sometimes by bytes."""
    if chance.random() < _RAW:
        return plain(data, most)
    pieces = _RTF_PIECE.findall(data)
    for _ in range(chance.choice((1, 1, 2, 5)) if pieces else 0):
        place, other = chance.randrange(len(pieces)), chance.randrange(len(pieces))
        kind = chance.randrange(6)
        if kind == 0:
            pieces[place : place + chance.choice((1, 2, 10))] = []
        elif kind == 1:
            pieces.insert(place, chance.choice(_RTF_WORDS))
        elif kind == 2:
            pieces[place], pieces[other] = pieces[other], pieces[place]
        elif kind == 3:
            pieces[place:place] = pieces[other : other + chance.choice((1, 3, 30))] * chance.choice((1, 1, 20))
        elif kind == 4:
            pieces[place] = re.sub(rb"-?\d+|$", chance.choice(_NUMBERS[:17]).encode(), pieces[place], count=1)
        else:
            pieces[place] = plain(pieces[place], len(pieces[place]) + 20)
        if not pieces:
            return data
    return b"".join(pieces)[:most]


def picture(data: bytes, most: int, chance: random.Random, plain: Bytes) -> bytes:
    """A picture file by bytes, mostly in its head; the checksums of a PNG are made right again."""
    if data.startswith(b"%PDF"):
        return pdf(data, most, chance, plain)
    changed = bytearray(data)
    if chance.random() < 0.6:
        _integers(changed, chance, 0, min(len(changed), chance.choice((64, 256, len(changed)))))
        made = bytes(changed)
    else:
        made = plain(data, most)
    return _png(made) if made.startswith(b"\x89PNG") and chance.random() < 0.9 else made


def _png(data: bytes) -> bytes:
    out = [data[:8]]
    place = 8
    while place + 12 <= len(data):
        (size,) = struct.unpack_from(">I", data, place)
        size = min(size, len(data) - place - 12)
        kind, content = data[place + 4 : place + 8], data[place + 8 : place + 8 + size]
        out.append(struct.pack(">I", size) + kind + content + struct.pack(">I", zlib.crc32(kind + content)))
        place += 12 + size
    return b"".join(out)
