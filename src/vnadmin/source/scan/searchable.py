"""Makes a searchable PDF of a scan: the pages as they are, with the text that was read laid over them, invisible."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from importlib import resources
from statistics import median
from typing import TYPE_CHECKING

from vnadmin.config import DEFAULT, Config
from vnadmin.errors import MissingExtra, OcrFailed
from vnadmin.ocr.reading import PageReading, ReadWord
from vnadmin.source.scan.pages import MakeEngine, PageResult, Pages, chosen_engine
from vnadmin.source.scan.pictures import open_scan
from vnadmin.source.scan.reader import Progress

if TYPE_CHECKING:
    import pikepdf

_FONT = "VnAdminGlyphless"
# A character's width in the font, in thousandths of its size; each word is stretched to its box.
_WIDTH = 500
_LEAST_GAP = 0.25  # of a line's size, between words: pdftotext joins what stands closer than 0.15
_WIDEST_GAP = 0.6  # of the same, between words of one line: pdftotext takes more than 0.7 for a column's edge
_COLUMN_GAP = 2.0  # from here on it may be one: engines join what stands side by side to one line
_NARROWEST = 0.1  # of a line's size, a letter
_TO_UNICODE = b"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
1 beginbfrange
<0000> <FFFF> <0000>
endbfrange
endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


def make_searchable(
    data: bytes,
    config: Config = DEFAULT,
    *,
    progress: Progress | None = None,
    make_engine: MakeEngine = chosen_engine,
) -> bytes:
    """The scan as a PDF whose text can be searched and copied.

    A PDF keeps its pages untouched, signatures excepted: they no longer cover the changed file. Pages that could not
    be read stay as they are. A picture file becomes a PDF that holds it without loss.

    Args:
        data: a PDF or a picture file.
        config: engine and limits; all pages are read.
        progress: told of each page as it is done.
        make_engine: makes the engine.

    Raises:
        MissingExtra: pikepdf or img2pdf is not installed.
        OcrFailed: no page could be read.
        VnadminError: the file cannot be opened, or the engine is missing.
    """
    try:
        import pikepdf
    except ImportError as error:
        raise MissingExtra("Searchable PDFs need pikepdf.", "pip install 'vnadmin[ocr]'") from error
    with open_scan(data, config) as scan:
        count = len(scan)
    results: dict[int, PageResult] = {}
    with Pages(data, config, count, make_engine) as pages:
        for result in pages.read(range(1, count + 1)):
            results[result.number] = result
            if progress is not None:
                progress(result)
    if not any(result.reading is not None for result in results.values()):
        raise OcrFailed
    with pikepdf.open(io.BytesIO(data if data[:1029].find(b"%PDF-") >= 0 else _as_pdf(data))) as pdf:
        font = pdf.make_indirect(_font(pdf))
        for number, page in enumerate(pdf.pages, 1):
            reading = results[number].reading if number in results else None
            if reading is not None and reading.lines:
                _lay_over(pdf, page, reading, font)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _as_pdf(data: bytes) -> bytes:
    """A picture file as a PDF, its pixels kept as they are."""
    try:
        import img2pdf  # type: ignore[import-untyped, unused-ignore]
    except ImportError as error:
        raise MissingExtra("Searchable PDFs of pictures need img2pdf.", "pip install 'vnadmin[ocr]'") from error
    return bytes(img2pdf.convert(data, rotation=img2pdf.Rotation.ifvalid, nodate=True))


def _font(pdf: pikepdf.Pdf) -> pikepdf.Dictionary:
    """A font without glyphs whose character codes are UTF-16, so that any text can be laid over."""
    from pikepdf import Array, Dictionary, Name

    program = pdf.make_stream(resources.files("vnadmin").joinpath("data", "glyphless.ttf").read_bytes())
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name("/" + _FONT),
        Flags=5,  # fixed pitch, symbolic
        FontBBox=Array([0, 0, _WIDTH, 1000]),
        ItalicAngle=0,
        Ascent=1000,
        Descent=-1,
        CapHeight=1000,
        StemV=80,
        FontFile2=program,
    )
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=Name("/" + _FONT),
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        FontDescriptor=pdf.make_indirect(descriptor),
        DW=_WIDTH,
        CIDToGIDMap=pdf.make_stream(b"\x00\x01" * 65536),  # every character is the one empty glyph
    )
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=Name("/" + _FONT),
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(descendant)]),
        ToUnicode=pdf.make_stream(_TO_UNICODE),
    )


def _lay_over(pdf: pikepdf.Pdf, page: pikepdf.Page, reading: PageReading, font: pikepdf.Object) -> None:
    import pikepdf

    name = page.add_resource(font, pikepdf.Name.Font)
    shown = page.cropbox if "/CropBox" in page.obj else page.mediabox
    x0, y0, x1, y1 = (float(value) for value in shown)
    rotate = int(page.obj.get("/Rotate", 0)) % 360
    # What the page draws may leave its own scale behind ("603 0 0 844 0 0 cm /Im0 Do"): ours begins from none.
    page.contents_add(pdf.make_stream(b"q\n"), prepend=True)
    commands = (
        b"\n"
        + b"Q " * (_open_states(page) or 1)
        + b"q "
        + _to_page((x0, y0, x1, y1), rotate, reading.turned, reading)
        + b"BT 3 Tr\n"
    )
    for line in reading.lines:
        commands += b"".join(_words(line.words, str(name).encode(), reading.height))
    commands += b"ET Q\n"
    page.contents_add(pdf.make_stream(commands), prepend=False)


def _open_states(page: pikepdf.Page) -> int:
    """How many states the page saves and never restores, ours at its beginning among them."""
    import pikepdf

    try:
        signs = [str(instruction.operator) for instruction in pikepdf.parse_content_stream(page)]
    except pikepdf.PdfError:  # it is drawn as far as it goes
        return 1
    return signs.count("q") - signs.count("Q")


def _to_page(box: tuple[float, float, float, float], rotate: int, turned: int, reading: PageReading) -> bytes:
    """The matrix from points of the upright reading, from its lower left, to the page's own space."""
    x0, y0, _, _ = box
    width, height = reading.width, reading.height
    angle = (turned + rotate) % 360  # how far the reading stands clockwise from the page's own space
    a, b, c, d, e, f = {
        0: (1.0, 0.0, 0.0, 1.0, x0, y0),
        90: (0.0, 1.0, -1.0, 0.0, x0 + height, y0),
        180: (-1.0, 0.0, 0.0, -1.0, x0 + width, y0 + height),
        270: (0.0, -1.0, 1.0, 0.0, x0, y0 + width),
    }[angle]
    return b"%.4f %.4f %.4f %.4f %.3f %.3f cm\n" % (a, b, c, d, e, f)


def _words(words: Sequence[ReadWord], font: bytes, height: float) -> Iterator[bytes]:
    """Each word of a line at its place, stretched to its box across, and a space that fills the gap to the next.

    All have the size and baseline of the line: readers that rebuild lines (pdftotext) break one whose words stand
    higher and lower, as boxes of words with and without marks above and tails below do. They join words that stand
    closer than a share of their size, whatever space is between, so such words give way; and they take for two columns
    what stands further apart ("-" before an item, justified words), so a word before such a gap reaches into it.
    """
    if not words:
        return
    size = median(word.box.y1 - word.box.y0 for word in words)
    if size <= 0:
        return
    level = height - median(word.box.y1 for word in words) + 0.2 * size
    least, widest, column = _LEAST_GAP * size, _WIDEST_GAP * size, _COLUMN_GAP * size
    x0 = words[0].box.x0
    for index, word in enumerate(words):
        code = word.text.encode("utf-16-be", "ignore")
        if not code:
            continue
        last = index + 1 == len(words)
        x1 = word.box.x1
        if not last:
            gap = words[index + 1].box.x0 - x1
            x1 += gap - least if gap < least else max(0.0, gap - widest) if gap < column else 0.0
        x1 = max(x1, x0 + _NARROWEST * size * len(code) / 2)
        yield _stretched(code, font, size, x0, level, x1 - x0)
        if not last:
            following = max(words[index + 1].box.x0, x1 + least)
            yield _stretched(b"\x00 ", font, size, x1, level, following - x1)
            x0 = following


def _stretched(code: bytes, font: bytes, size: float, x: float, y: float, wide: float) -> bytes:
    """The letters as wide as this, from a point of the baseline."""
    stretch = 100 * wide / (len(code) / 2 * _WIDTH / 1000 * size)
    return b"%s %.2f Tf %.2f Tz 1 0 0 1 %.2f %.2f Tm <%s> Tj\n" % (font, size, stretch, x, y, code.hex().encode())
