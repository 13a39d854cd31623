"""Makes small PDF files for tests, byte by byte: text with a map to Unicode, rules, pictures, annotations."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field

from tests.makers.pdf_objects import assembled

_NARROW = "iíìỉĩịlIÍÌjtf.,;:!'|()-/ "
_WIDE = "mMWwÔỐỒỔỖỘƠỚỜỞỠỢOÓÒỎÕỌQGĐAÁÀẢÃẠĂẮẰẲẴẶÂẤẦẨẪẬNHUÚÙỦŨỤƯỨỪỬỮỰCD"


def _advance(char: str) -> int:
    """The width of a letter in thousandths of the size, about as Times has it."""
    return 300 if char in _NARROW else 700 if char in _WIDE else 250 if char == " " else 480


def width(text: str, size: float) -> float:
    """The width of a text in points."""
    return sum(_advance(char) for char in text) * size / 1000


@dataclass
class PdfPage:
    """One page; coordinates are points from the top left corner."""

    width: float = 595.0
    height: float = 842.0
    rotate: int = 0
    crop: tuple[float, float, float, float] | None = None
    parts: list[str] = field(default_factory=list)
    picture: tuple[float, float, float, float] | None = None
    annotations: list[str] = field(default_factory=list)
    appearances: list[str] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)  # drawn by "/Fo0 Do"; each may draw those before it

    def text(self, x: float, y: float, text: str, size: float = 13, font: str = "F1", matrix: str = "1 0 0 1") -> float:
        """Text whose baseline begins at x, y; gives where it ends."""
        code = text.encode("utf-16-be").hex()
        self.parts.append(f"BT /{font} {size} Tf {matrix} {x:.2f} {self.height - y:.2f} Tm <{code}> Tj ET")
        return x + width(text, size)

    def centred(self, middle: float, y: float, text: str, size: float = 13, font: str = "F1") -> None:
        """Text around a middle."""
        self.text(middle - width(text, size) / 2, y, text, size, font)

    def paragraph(self, y: float, text: str, *, left: float = 85, right: float = 540, indent: float = 36,
                  size: float = 13, pitch: float = 17, font: str = "F1") -> float:  # fmt: skip
        """A justified paragraph whose first baseline is y; gives the baseline after its last."""
        words, line, x = text.split(), [], left + indent
        start = x
        for word in [*words, None]:
            need = sum(width(w, size) for w in line) + (width(word, size) if word else 0) + len(line) * 3.25
            if word is not None and (not line or start + need <= right):
                line.append(word)
                continue
            free = right - start - sum(width(w, size) for w in line)
            gap = 3.25 if word is None or len(line) < 2 else free / (len(line) - 1)
            x = start
            for item in line:
                x = self.text(x, y, item + " ", size, font) - width(" ", size) + gap
            y += pitch
            start, line = left, [word] if word else []
        return y

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A stroked line."""
        self.parts.append(f"0.5 w {x0} {self.height - y0} m {x1} {self.height - y1} l S")

    def grid(self, xs: list[float], ys: list[float]) -> None:
        """The rules of a table."""
        for x in xs:
            self.rule(x, ys[0], x, ys[-1])
        for y in ys:
            self.rule(xs[0], y, xs[-1], y)

    def image(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A grey picture in this place."""
        self.picture = (x0, y0, x1, y1)
        self.parts.append(f"q {x1 - x0} 0 0 {y1 - y0} {x0} {self.height - y1} cm /Im Do Q")

    def signature(self, x0: float, y0: float, x1: float, y1: float, *lines: str, subtype: str = "Widget") -> None:
        """An annotation whose appearance shows these lines, as e-office systems set a number into a signed PDF."""
        tall = (y1 - y0) / max(len(lines), 1)
        shown = "\n".join(
            f"BT /F1 {min(tall, 13):.1f} Tf 1 0 0 1 1 {y1 - y0 - (i + 0.8) * tall:.1f} Tm "
            f"<{line.encode('utf-16-be').hex()}> Tj ET"
            for i, line in enumerate(lines)
        )
        rect = f"[{x0} {self.height - y1} {x1} {self.height - y0}]"
        kind = "/FT /Sig /T (s)" if subtype == "Widget" else ""
        self.annotations.append(f"/Subtype /{subtype} {kind} /Rect {rect} /F 4")
        self.appearances.append(f"0 0 {x1 - x0} {y1 - y0}|{shown}")


class _Objects(list[bytes]):
    """The objects of a file; each is known by its number, from 1."""

    def add(self, body: str) -> int:
        self.append(body.encode())
        return len(self)

    def stream(self, head: str, data: bytes) -> int:
        packed = zlib.compress(data)
        start = f"<< {head} /Filter /FlateDecode /Length {len(packed)} >>\nstream\n"
        self.append(start.encode() + packed + b"\nendstream")
        return len(self)


def _add_fonts(objects: _Objects) -> str:
    """The three fonts, and the dictionary that names them."""
    # A glyph's number is its code point, and the map to Unicode is the identity.
    cmap = objects.stream(
        "",
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def\n"
        b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        b"1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end",
    )
    used = sorted({ord(char) for char in _NARROW + _WIDE})
    widths = " ".join(f"{code} [{_advance(chr(code))}]" for code in used)
    fonts = {}
    for key, name, flags in (("F1", "Times", 4), ("F2", "Times-Bold", 4), ("F3", "Times-Italic", 68)):
        descriptor = objects.add(
            f"<< /Type /FontDescriptor /FontName /{name} /Flags {flags} /FontBBox [0 -216 1000 891] /ItalicAngle 0 "
            "/Ascent 891 /Descent -216 /CapHeight 662 /StemV 80 >>"
        )
        child = objects.add(
            f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /CIDSystemInfo << /Registry (Adobe) /Ordering "
            f"(Identity) /Supplement 0 >> /FontDescriptor {descriptor} 0 R /DW 480 /W [{widths}] >>"
        )
        fonts[key] = objects.add(
            f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H /DescendantFonts [{child} 0 R] "
            f"/ToUnicode {cmap} 0 R >>"
        )
    return "/Font << " + " ".join(f"/{key} {number} 0 R" for key, number in fonts.items()) + " >>"


def _add_annotations(objects: _Objects, page: PdfPage, fonts: str) -> str:
    """The annotations of a page with their appearances, and the entry that names them."""
    marks = []
    for head, appearance in zip(page.annotations, page.appearances, strict=True):
        box, _, shown = appearance.partition("|")
        form = objects.stream(f"/Type /XObject /Subtype /Form /BBox [{box}] /Resources << {fonts} >>", shown.encode())
        marks.append(objects.add(f"<< /Type /Annot {head} /AP << /N {form} 0 R >> >>"))
    return f"/Annots [{' '.join(f'{mark} 0 R' for mark in marks)}] " if marks else ""


def make_pdf(*pages: PdfPage, encrypted: bool = False) -> bytes:
    """The file of these pages."""
    objects = _Objects()
    catalog, tree = objects.add(""), objects.add("")
    fonts = _add_fonts(objects)
    image = objects.stream(
        "/Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 8", b"\x80" * 4
    )
    layered = any("/OC" in part for page in pages for part in page.parts)
    layer = objects.add("<< /Type /OCG /Name (off) >>") if layered else 0
    states = "/ExtGState << /Clear << /ca 0 /CA 0 >> /Screen << /BM /Screen >> >>" + (
        f" /Properties << /Off {layer} 0 R >>" if layer else ""
    )
    states += (
        " /Pattern << /White << /PatternType 2 /Shading << /ShadingType 2 /ColorSpace /DeviceGray /Coords [0 0 1 0] "
        "/Extend [true true] /Function << /FunctionType 2 /Domain [0 1] /C0 [1] /C1 [1] /N 1 >> >> >> >>"
    )
    kids = []
    for page in pages:
        drawn = f"/XObject << /Im {image} 0 R "
        for number, form in enumerate(page.forms):
            inner = objects.stream(
                f"/Type /XObject /Subtype /Form /BBox [0 0 {page.width} {page.height}] "
                f"/Resources << {fonts} {drawn}>> {states} >>",
                form.encode(),
            )
            drawn += f"/Fo{number} {inner} 0 R "
        content = objects.stream("", "\n".join(page.parts).encode())
        annots = _add_annotations(objects, page, fonts)
        crop = f"/CropBox [{' '.join(map(str, page.crop))}] " if page.crop else ""
        kids.append(
            objects.add(
                f"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 {page.width} {page.height}] {crop}"
                f"/Rotate {page.rotate} /Resources << {fonts} {drawn}>> {states} >> {annots}"
                f"/Contents {content} 0 R >>"
            )
        )
    off = f"/OCProperties << /OCGs [{layer} 0 R] /D << /OFF [{layer} 0 R] >> >> " if layer else ""
    objects[catalog - 1] = f"<< /Type /Catalog {off}/Pages {tree} 0 R >>".encode()
    objects[tree - 1] = f"<< /Type /Pages /Kids [{' '.join(f'{k} 0 R' for k in kids)}] /Count {len(kids)} >>".encode()
    trailer = "/ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>]"
    if encrypted:  # of a password that nobody has
        lock = objects.add(f"<< /Filter /Standard /V 1 /R 2 /P -4 /O <{'a1' * 32}> /U <{'b2' * 32}> >>")
        trailer += f" /Encrypt {lock} 0 R"
    return assembled(objects, root=catalog, trailer=trailer.encode())


def letter_head(page: PdfPage) -> None:
    """The header of an invented letter: agency and number on the left, motto and date on the right."""
    page.centred(160, 70, "UBND TỈNH SƠN HẢI")
    page.centred(160, 86, "SỞ NÔNG LÂM", font="F2")
    page.centred(160, 112, "Số: 245/SNL-KH")
    page.centred(160, 128, "V/v báo cáo kết quả trồng rừng", size=12)
    page.centred(160, 143, "đầu năm trên địa bàn tỉnh", size=12)
    page.centred(410, 70, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=12, font="F2")
    page.centred(410, 86, "Độc lập - Tự do - Hạnh phúc", font="F2")
    page.rule(330, 92, 490, 92)
    page.centred(410, 112, "Sơn Hải, ngày 14 tháng 3 năm 2023", font="F3")
