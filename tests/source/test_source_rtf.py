"""What the reader of .rtf keeps of a document: letters by their code page, structure, and limits."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from vnadmin.config import Config
from vnadmin.errors import DamagedInput, LimitExceeded, VnadminError
from vnadmin.layout.page import Column, Furniture, SourceDocument
from vnadmin.source.sniff import sniff_rtf
from vnadmin.source.word.rtf import read_rtf

FIXTURES = Path(__file__).parents[1] / "fixtures" / "word"
CONFIG = Config()
FONTS = (
    rb"{\fonttbl{\f0\froman\fcharset0 Times New Roman;}{\f1\fcharset0 .VnTime;}{\f2 .VnTimeH;}{\f3 VNI-Times;}"
    rb"{\f4\fcharset163{\*\panose 0202}Arial (Vietnamese){\*\falt Arial};}{\f5\fcharset2 Symbol;}}"
)

LONG_TCVN3 = b"".join(b"\\'%02x" % byte for byte in "QuyÕt ®Þnh cña Uû ban nh©n d©n tØnh vÒ ®Êt ®ai".encode("latin-1"))


def read(body: bytes, head: bytes = rb"\rtf1\ansi\ansicpg1252\deff0") -> SourceDocument:
    return read_rtf(b"{" + head + FONTS + body + b"}", CONFIG)


def texts(document: SourceDocument) -> list[str]:
    return [document.of(line) for line in document.lines]


def test_unicode_characters_and_their_substitutes() -> None:
    r"""\uN stands for itself; as many characters as \uc says follow for old readers and are dropped."""
    assert texts(read(rb"Quy\u7871\'3ft \u273?\u7883?nh\par")) == ["Quyết định"]
    assert texts(read(rb"\uc0 Quy\u7871t\uc2 \u273 ab\u7883\'61\'62nh\par")) == ["Quyếtđịnh"]
    assert texts(read(rb"T\u-3913?\par")) == ["T•"]


def test_a_word_ends_what_is_to_be_skipped() -> None:
    r"""Also one that means nothing here: the character after it is the document's own."""
    assert texts(read(rb"Quy\u7871\lang1066 t \u273\foo9 ?\par")) == ["Quyết đ?"]


def test_bytes_that_mean_nothing() -> None:
    r"""One that Windows 1252 leaves undefined spoils only those that stand with it."""
    assert texts(read(rb"\'d4ng \'96 B\'e0 \'95\'81\par")) == ["Ông – Bà"]


def test_code_page_of_the_document() -> None:
    """Bytes of a document in code page 1258 are letters and marks, not ð, ã, õ, ý."""
    letters = (
        "Văn phòng Ủy ban quy định như sau: đất ở".replace("ị", "i\u0323")
        .replace("Ủ", "U\u0309")
        .replace("ấ", "â\u0301")
    )
    letters = letters.replace("ò", "o\u0300").replace("ở", "ơ\u0309")
    raw = b"".join(b"\\'%02x" % byte if byte > 127 else bytes((byte,)) for byte in letters.encode("cp1258"))
    document = read(raw + rb"\par", rb"\rtf1\ansi\ansicpg1258")
    assert texts(document) == ["Văn phòng Ủy ban quy định như sau: đất ở"]


def test_second_byte_as_a_character() -> None:
    r"""In a code page of two bytes a letter's second one may be written as such: `\'83A` is one letter."""
    document = read_rtf(rb"{\rtf1\ansi\ansicpg932{\fonttbl{\f0\fcharset128 MS;}}\f0 \'83A\'83\'42\par}", CONFIG)
    assert texts(document) == ["アィ"]


def test_code_page_of_a_font() -> None:
    r"""\fcharset163 is Vietnamese, whatever the document's code page; \falt and \panose do not matter."""
    assert texts(read(rb"\f4 Th\'f4ng t\'fd \'f0\'e3ng k\'fd\par")) == ["Thông tư đăng kư"]


def test_legacy_fonts() -> None:
    """TCVN3 and VNI by font; the optional hyphen is ư in TCVN3; .VnTimeH gives capitals."""
    assert texts(read(rb"\f1 Th\'abng t\- Quy\'d5t \'ae\'denh\par")) == ["Thông tư Quyết định"]
    assert texts(read(rb"\f2 qu\'e8c h\'e9i\par")) == ["QUỐC HỘI"]
    assert texts(read(rb"\f3 Vie\'e4t Nam, ngh\'f2 \'f1\'f2nh\par")) == ["Việt Nam, nghị định"]


def test_fonts_that_lost_their_names() -> None:
    """TCVN3 in a font that does not tell: the whole document shows what a short line does not."""
    document = read(rb"S\'e8: 12/Q\'a7-UB\par " + LONG_TCVN3 + rb"\par")
    assert texts(document) == ["Số: 12/QĐ-UB", "Quyết định của Uỷ ban nhân dân tỉnh về đất đai"]


def test_numbered_empty_cells() -> None:
    """A column of drawn numbers is text; an empty item outside a table is none."""
    row = (
        rb"\trowd\clbrdrt\brdrs\cellx1000\clbrdrt\brdrs\cellx3000\pard\intbl{\listtext 1.\tab}\cell Vi\u7879?c\cell\row"
    )
    assert texts(read(row + rb"\pard{\listtext 2.\tab}\par Sau\par")) == ["1.", "Việc", "Sau"]


def test_hyphens_and_blanks() -> None:
    """Optional hyphens vanish in Unicode fonts, hard hyphens and no-break spaces stay readable."""
    assert texts(read(rb"a\-b c\_d e\~f\tab g\par")) == ["ab c-d e f g"]


def test_drawn_markers_are_text() -> None:
    """Both ways of storing the number that was drawn are kept; a list definition is not."""
    body = rb"{\listtext\pard\plain 1.\tab}M\u7897?t\par{\pntext\f5\'b7\tab}Hai\par{\*\pn\pnlvlblt{\pntxtb x}}Ba\par"
    assert texts(read(body)) == ["1. Một", "• Hai", "Ba"]


def test_line_page_and_section_breaks() -> None:
    """A line break stays in the paragraph; a page break ends it."""
    document = read(rb"Tr\'ean\line d\'ba\par trang m\page hai\sect ba")
    assert texts(document) == ["Trên", "dº", "trang m", "hai", "ba"]
    assert [line.paragraph for line in document.lines][:2] == [0, 0]


def test_hidden_deleted_and_skipped() -> None:
    """Hidden and deleted text, pictures, unknown destinations and field codes are no text."""
    body = (
        rb"A{\v an}{\deleted xoa}{\*\unknown {\b bo}}{\pict\wmetafile8 0102030405}{\object{\*\objdata 00}}"
        rb'{\field{\*\fldinst HYPERLINK "http://x"}{\fldrslt B}}{\info{\title T}{\upr{\author ?}{\*\ud{\author C}}}}'
        rb"\bin4 }}{{D{\upr{?}{\*\ud{\u272?}}}\par"
    )
    assert texts(read(body)) == ["ABDĐ"]


def test_style_of_lines() -> None:
    r"""\b, \i, \fs and \qc make the style; \pard and \plain end it."""
    document = read(rb"\pard\qc\b\fs28 Mot\par\pard\plain\i Hai\par")
    first, second = (line.style for line in document.lines)
    assert (first.bold, first.italic, first.size, first.centred) == (True, False, 14.0, True)
    assert (second.bold, second.italic, second.centred) == (False, True, False)


def test_ruled_table_keeps_cells() -> None:
    """Cells, merged cells and nested tables."""
    row = rb"\trowd\clbrdrt\brdrs\cellx1000\clbrdrt\brdrs\cellx3000\cellx5000 "
    body = (
        row
        + rb"\intbl STT\cell Vi\u7879?c\cell H\u7841?n\cell\row "
        + row
        + rb"1\cell L\u224?m\cell 30/6\cell\row \pard Sau\par"
    )
    document = read(body)
    cells = {document.of(line): line.cell and line.cell[1:3] for line in document.lines}
    assert cells == {
        "STT": (0, 0),
        "Việc": (0, 1),
        "Hạn": (0, 2),
        "1": (1, 0),
        "Làm": (1, 1),
        "30/6": (1, 2),
        "Sau": None,
    }


def test_merged_cells_say_what_they_cover() -> None:
    """A cell merged with the one above belongs to it; one merged with its left neighbour widens that."""
    body = (
        rb"\trowd\clbrdrt\brdrs\cellx1000\clmrg\cellx3000\clvmgf\cellx5000 \intbl a\cell\cell b\cell\row "
        rb"\trowd\clbrdrt\brdrs\cellx1000\cellx3000\clvmrg\cellx5000 \intbl c\cell d\cell\cell\row \pard"
    )
    document = read(body)
    cells = {document.of(line): line.cell and line.cell[1:] for line in document.lines}
    assert cells == {"a": (0, 0, 1, 2), "b": (0, 2, 2, 1), "c": (1, 0, 1, 1), "d": (1, 1, 1, 1)}


def test_nested_table_stays_in_its_cell() -> None:
    r"""\nestcell and \nestrow close the inner table within the outer cell."""
    body = (
        rb"\trowd\clbrdrt\brdrs\cellx1000\clbrdrt\brdrs\cellx2000\pard\intbl\itap2 x\nestcell y\nestcell"
        rb"{\*\nesttableprops\trowd\cellx400\cellx800\nestrow}\pard\intbl\itap1 z\cell w\cell\row"
    )
    document = read(body)
    columns = {document.of(line): line.cell.column for line in document.lines if line.cell}
    assert columns == {"x": 0, "y": 0, "z": 0, "w": 1}


def test_page_heads_notes_and_boxes() -> None:
    """Page heads and notes are furniture, a text box is text before its paragraph."""
    body = (
        rb"{\header Mau 1\par}{\footer{\chpgn}- 2 -\par}Tr\u432?\u7899?c{\footnote Ghi chu} sau"
        rb"{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt HOP\par}}}\par"
    )
    document = read(body)
    assert texts(document) == ["HOP", "Trước sau"]
    kinds = {document.of(line): line.furniture for line in document.furniture}
    assert kinds == {"Mau 1": Furniture.RUNNING_HEAD, "- 2 -": Furniture.PAGE_NUMBER, "Ghi chu": Furniture.NOISE}


@pytest.mark.parametrize("name", ["unicode", "tcvn3", "vni"])
def test_same_as_doc(name: str) -> None:
    """LibreOffice's .rtf of a document reads as its .doc."""
    from vnadmin.source.word.word97 import read_doc

    rtf = read_rtf((FIXTURES / f"{name}.rtf").read_bytes(), CONFIG)
    doc = read_doc((FIXTURES / f"{name}.doc").read_bytes(), CONFIG)
    assert rtf.text == doc.text
    assert [(line.column, line.cell) for line in rtf.lines] == [(line.column, line.cell) for line in doc.lines]
    assert any(line.column is Column.LEFT for line in rtf.lines) == (name == "unicode")


def test_sniffing() -> None:
    """RTF is known by its first bytes, also after a byte order mark."""
    assert sniff_rtf(b"{\\rtf1 x}")
    assert sniff_rtf(b"\xef\xbb\xbf\r\n{\\rtf1 x}")
    assert not sniff_rtf(b"rtf {\\b x}")


def test_groups_nested_too_deep() -> None:
    """A thousand groups are read, more are refused; neither needs recursion."""
    assert texts(read(b"{" * 900 + b"x" + b"}" * 900)) == ["x"]
    with pytest.raises(LimitExceeded):
        read(b"{" * 5000 + b"x" + b"}" * 5000)


def test_cut_short() -> None:
    """A file that ends before its text is damaged; one that ends within it gives what is there."""
    with pytest.raises(DamagedInput):
        read_rtf(b"{\\rtf1\\ansi{\\fonttbl{\\f0 Times", CONFIG)
    assert texts(read_rtf(b"{\\rtf1 Mot hai", CONFIG)) == ["Mot hai"]


def test_long_text_is_limited() -> None:
    """Config.max_characters holds."""
    with pytest.raises(LimitExceeded):
        read_rtf(b"{\\rtf1 " + b"x " * 2000 + b"}", Config(max_characters=1000))


@pytest.mark.parametrize("seed", range(4))
def test_flipped_bytes_never_crash(seed: int) -> None:
    """Corrupt files raise VnadminError or give a document."""
    chance = random.Random(seed)
    good = (FIXTURES / "unicode.rtf").read_bytes()
    for _ in range(40):
        data = bytearray(good)
        for _ in range(chance.choice((1, 5, 50))):
            data[chance.randrange(len(data))] = chance.choice(b"{}\\\x00\xff" + bytes((chance.randrange(256),)))
        try:
            document = read_rtf(bytes(data), CONFIG)
        except VnadminError:
            continue
        assert all(document.text[line.end] == "\n" for line in document.lines)
