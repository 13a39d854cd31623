"""Cuts RTF into groups, control words and text; knows which code page a font's bytes are in."""

from __future__ import annotations

import codecs
import re
from collections.abc import Container, Iterator
from typing import NamedTuple

from vnadmin.text.legacy import font_encoding

# One token: a control word with its number, a control sign, a brace, characters as such or as \'hh.
_TOKEN = re.compile(r"\\([A-Za-z]{1,32})(-?\d{1,10})? ?|\\([^A-Za-z'])|([{}])|((?:[^\\{}\r\n]++|\\'[0-9A-Fa-f]{2})++)")

# Windows character sets (\fcharset) and the code pages of their bytes; 163 is Vietnamese.
_CODE_PAGES = {
    0: 1252, 128: 932, 129: 949, 130: 1361, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258, 177: 1255, 178: 1256,
    186: 1257, 204: 1251, 222: 874, 238: 1250, 254: 437, 255: 850,
}  # fmt: skip
SYMBOLS = "symbols"


class Token(NamedTuple):
    """`kind` is `word`, `sign`, `{`, `}` or `text`; `value` its name or characters, `number` its number.

    A `word` that the reader does not know is of the kind `unknown`.
    """

    kind: str
    value: str
    number: int | None = None


_OPEN, _CLOSE = Token("{", ""), Token("}", "")
_BYTES = {f"{code:02x}": chr(code) for code in range(256)}
# What matters in a group that is skipped: its braces, escaped braces, raw bytes of pictures.
_BRACE = re.compile(r"[{}]|\\(?:bin(\d{1,10}) ?|[{}\\])")


class Tokens:
    """The tokens of RTF given as Latin-1, one after another; `\\bin` and the bytes it announces are left out.

    Words outside `known`, most of a file, are passed over but for those that may say what a group is, which stand at
    its start, and for those that come while `report_unknown` is set.
    """

    def __init__(self, text: str, known: Container[str]) -> None:
        self.report_unknown = False
        self._text = text
        self._known = known
        self._at = 0
        self._jump = False

    def __iter__(self) -> Iterator[Token]:
        text, end = self._text, len(self._text)
        words: dict[str, Token] = {}  # few distinct words make up a file
        opening = False  # a group was opened, and since then there came nothing or `\\*`
        while self._at < end:
            for match in _TOKEN.finditer(text, self._at):
                group = match.lastindex
                if group == 5:
                    opening = False
                    yield Token("text", _plain(match[5]))
                elif group == 4:
                    opening = match[4] == "{"
                    yield _OPEN if opening else _CLOSE
                elif group == 3:
                    opening = opening and match[3] == "*"
                    yield Token("sign", match[3])
                else:
                    token = words.get(match[0])
                    if token is None:
                        if match[1] == "bin":
                            self._at = match.end() + max(int(match[2] or 0), 0)
                            break
                        kind = "word" if match[1] in self._known else "unknown"
                        token = words[match[0]] = Token(kind, match[1], int(match[2]) if match[2] else None)
                    if token.kind == "word" or opening or self.report_unknown:
                        opening = False
                        self._at = match.end()
                        yield token
                if self._jump:
                    self._jump = False
                    break
            else:
                return

    def skip_group(self) -> None:
        """Go on at the brace that closes the group that is open now: nothing within it is looked at."""
        depth = 0
        self._jump = True
        start = self._at
        while True:
            for match in _BRACE.finditer(self._text, start):
                sign = match[0]
                if sign == "{":
                    depth += 1
                elif sign == "}":
                    if not depth:
                        self._at = match.start()
                        return
                    depth -= 1
                elif match[1]:
                    start = match.end() + int(match[1])
                    break
            else:
                self._at = len(self._text)
                return


def _plain(text: str) -> str:
    """Characters with each `\\'hh` as the Latin-1 character of that code."""
    if "\\" not in text:
        return text
    first, *others = text.split("\\'")
    return first + "".join([_BYTES[other[:2].lower()] + other[2:] for other in others])


class RtfFont(NamedTuple):
    """A font of the font table and the codec of its bytes; None: that of the document."""

    name: str
    codec: str | None
    is_legacy: bool = False  # its bytes are letters of TCVN3 or VNI


def font(name: str, charset: int | None, page: int | None) -> RtfFont:
    """A font by its name, character set and code page. Legacy fonts keep their bytes as they are."""
    if font_encoding(name):
        return RtfFont(name, "cp1252", is_legacy=True)
    if charset == 2:
        return RtfFont(name, SYMBOLS)
    if page is None and charset is not None:
        page = _CODE_PAGES.get(charset)
    return RtfFont(name, codec(page))


class FontTable:
    """The fonts of a document by their numbers, read from the group \\fonttbl."""

    def __init__(self) -> None:
        self.default: int | None = None
        self._fonts: dict[int, RtfFont] = {}
        self._number: int | None = None
        self._charset: int | None = None
        self._page: int | None = None
        self._name = bytearray()
        self._depth = 0

    def get(self, number: int | None) -> RtfFont | None:
        """A font; that of the document where a run names none."""
        number = number if number is not None else self.default
        return self._fonts.get(number) if number is not None else None

    def begin(self, number: int, depth: int) -> None:
        """\\f in the table: the next entry, in a group of this depth."""
        self.end(0)
        self._number, self._depth = number, depth

    def name(self, raw: bytes) -> None:
        """Characters of the entry's name."""
        if self._number is not None:
            self._name += raw

    def charset(self, number: int | None) -> None:
        """\\fcharset."""
        self._charset = number

    def page(self, number: int | None) -> None:
        """\\cpg."""
        self._page = number

    def end(self, depth: int) -> None:
        """A group of this depth was closed: the entry is over if it is its own."""
        if self._number is None or depth > self._depth:
            return
        name = bytes(self._name).split(b";")[0].decode("cp1252", "replace").strip()
        self._fonts.setdefault(self._number, font(name, self._charset, self._page))
        self._number = self._charset = self._page = None
        self._name.clear()


def codec(page: int | None) -> str | None:
    """Python's name of a Windows code page; None where it has none."""
    name = f"cp{page}" if page else None
    try:
        return codecs.lookup(name).name if name else None
    except LookupError:
        return None


def decode(raw: bytes, name: str) -> str:
    """Bytes of one font. Those of a symbol font become private-use characters, as in Word's binary files."""
    if name == SYMBOLS:
        return "".join(chr(0xF000 + byte) if byte >= 0x20 else chr(byte) for byte in raw)
    text = raw.decode(name, "replace")
    if "\ufffd" not in text:
        return text
    if name == "cp1252":  # bytes that stand together and mean nothing there are kept as they are
        return "".join(_whole(piece) for piece in _PIECE.findall(raw))
    return text.replace("\ufffd", "")


_PIECE = re.compile(rb"[\x80-\xff]++|[\x00-\x7f]++")


def _whole(piece: bytes) -> str:
    text = piece.decode("cp1252", "replace")
    return piece.decode("latin-1") if "\ufffd" in text else text
