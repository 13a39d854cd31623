"""What the reader of .doc keeps of a document, and how it refuses what it cannot read."""

from __future__ import annotations

import random
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from tests.makers.ole_file import ole, word6
from vnadmin.config import Config
from vnadmin.errors import DamagedInput, EncryptedInput, LimitExceeded, UnsupportedFormat, VnadminError
from vnadmin.layout.page import Column, Furniture, SourceDocument
from vnadmin.source.sniff import sniff_doc
from vnadmin.source.word.word97 import read_doc

FIXTURES = Path(__file__).parents[1] / "fixtures" / "word"
CONFIG = Config()


@pytest.fixture(scope="module")
def letter() -> SourceDocument:
    """A letter with numbering, tables, hidden and deleted text, a text box and a note."""
    return read_doc((FIXTURES / "unicode.doc").read_bytes(), CONFIG)


def texts(document: SourceDocument) -> list[str]:
    return [document.of(line) for line in document.lines]


def test_drawn_numbers_are_text(letter: SourceDocument) -> None:
    """Numbers, letters and dashes that Word draws stand before their items."""
    found = texts(letter)
    start = found.index("1. Rà soát biên chế.")
    assert found[start : start + 6] == [
        "1. Rà soát biên chế.",
        "a) Giáo viên;",
        "b) Nhân viên.",
        "2. Báo cáo trước ngày 30/3/2024.",
        "- Gửi bản giấy;",
        "- Gửi bản điện tử.",
    ]


def test_header_table_becomes_columns(letter: SourceDocument) -> None:
    """The left cell of the header comes whole before the right one, and neither keeps a cell."""
    head = letter.lines[:6]
    assert [line.column for line in head] == [Column.LEFT] * 3 + [Column.RIGHT] * 3
    assert letter.of(head[2]) == "Số: 45/NV-TC"
    assert all(line.cell is None for line in head)


def test_data_table_keeps_cells(letter: SourceDocument) -> None:
    """A ruled table keeps rows and columns, though the signature table follows it without a paragraph between."""
    cells = {letter.of(line): line.cell for line in letter.lines if line.cell}
    assert list(cells) == ["STT", "Đơn vị", "Thời hạn", "1", "Trường Tiểu học", "30/3", "2", "Trạm Y tế", "31/3"]
    assert cells["30/3"] is not None
    assert (cells["30/3"].row, cells["30/3"].column) == (1, 2)
    signer = next(line for line in letter.lines if letter.of(line) == "TRƯỞNG PHÒNG")
    assert signer.column is Column.RIGHT


def test_hidden_and_deleted_text_is_left_out(letter: SourceDocument) -> None:
    """What a reviser deleted is no text; what is set hidden is set aside."""
    assert "Phòng Nội vụ đề nghị các đơn vị:" in texts(letter)
    assert not any("ẩn" in text for text in texts(letter))
    assert [letter.of(line) for line in letter.furniture if line.furniture is Furniture.HIDDEN] == ["chữ ẩn"]
    assert "xoá" not in letter.text


def test_text_box_stands_before_its_paragraph(letter: SourceDocument) -> None:
    """A text box is read where it is anchored."""
    found = texts(letter)
    assert found.index("HỘP CHỮ") + 1 == found.index("Bảng TỔNG HỢP:")


def test_page_heads_and_notes_are_furniture(letter: SourceDocument) -> None:
    """Page heads, page numbers and footnotes are set aside."""
    kinds = {letter.of(line): line.furniture for line in letter.furniture}
    assert kinds == {
        "Mẫu in của phòng": Furniture.RUNNING_HEAD,
        "1": Furniture.PAGE_NUMBER,
        "Kể cả đơn vị mới.": Furniture.NOISE,
        "chữ ẩn": Furniture.HIDDEN,
    }


def test_soft_breaks_stay_in_one_paragraph(letter: SourceDocument) -> None:
    """A line break begins a line, not a paragraph."""
    lines = [line for line in letter.lines if letter.of(line).startswith(("Kính gửi", "- Trường", "- Trạm"))]
    assert len(lines) == 3
    assert len({line.paragraph for line in lines}) == 1


def test_style_of_lines(letter: SourceDocument) -> None:
    """Bold, italic, size and centring of a line are told."""
    lines = {letter.of(line): line.style for line in letter.lines}
    motto, date = lines["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"], lines["Lam Sơn, ngày 12 tháng 3 năm 2024"]
    assert (motto.bold, motto.italic, motto.centred, motto.size) == (True, False, True, 14.0)
    assert (date.bold, date.italic) == (False, True)


@pytest.mark.parametrize("name", ["tcvn3", "vni"])
def test_legacy_fonts_are_converted(name: str) -> None:
    """Runs in .VnTime and VNI-Times come as Unicode; the letter ư, a soft hyphen in TCVN3, is not lost."""
    document = read_doc((FIXTURES / f"{name}.doc").read_bytes(), CONFIG)
    assert "Căn cứ Luật Đất đai; xét tờ trình của Trưởng phòng Địa chính," in texts(document)
    assert "Điều 1. Giao hộ ông Nguyễn Thử được sử dụng 120 m đất vườn." in texts(document)


def test_capital_font_gives_capitals() -> None:
    """.VnTimeH draws small letters as capitals."""
    document = read_doc((FIXTURES / "tcvn3.doc").read_bytes(), CONFIG)
    assert texts(document)[0] == "UỶ BAN NHÂN DÂN TỈNH LAM SƠN"


def test_word6_is_read() -> None:
    """A document of Word 6, whose text is one byte a character in no known font, converts by evidence."""
    document = read_doc(
        word6("Uû ban nh©n d©n x· §åi Cä\r\x13PAGE\x1412\x15 QuyÕt ®Þnh vÒ ®Êt\r".encode("latin-1")), CONFIG
    )
    assert texts(document) == ["Uỷ ban nhân dân xã Đồi Cọ", "12 Quyết định về đất"]


def test_other_ole_files_are_named() -> None:
    """A workbook or a message is refused by what it is."""
    for stream, word in (("Workbook", ".xls"), ("PowerPoint Document", ".ppt"), ("__properties_version1.0", ".msg")):
        assert sniff_doc(ole({stream: b"x"}))
        with pytest.raises(UnsupportedFormat, match=word.replace(".", r"\.")):
            read_doc(ole({stream: b"x"}), CONFIG)


def test_word2_is_refused() -> None:
    """Word 2 is older than what is read."""
    with pytest.raises(UnsupportedFormat, match="Word 2"):
        read_doc(word6(b"text\r", magic=0xA59B), CONFIG)


def test_password_is_told() -> None:
    """A .doc with a password, and a .docx with one (an OLE container), are EncryptedInput."""
    with pytest.raises(EncryptedInput):
        read_doc(word6(b"text\r", flags=0x0100), CONFIG)
    with pytest.raises(EncryptedInput):
        read_doc(ole({"EncryptedPackage": b"x", "EncryptionInfo": b"x"}), CONFIG)


def test_cut_short_is_damaged() -> None:
    """A file cut anywhere raises one error class or reads what is left, never anything else."""
    data = (FIXTURES / "unicode.doc").read_bytes()
    for length in (8, 100, 511, 1536, 4000, 8000):
        with pytest.raises(DamagedInput):
            read_doc(data[:length], CONFIG)


def test_stream_longer_than_the_file_is_damaged() -> None:
    """A directory that claims a stream of 2 GB is not believed."""
    data = bytearray(word6(b"text\r"))
    entry = data.index("WordDocument".encode("utf-16-le"))
    struct.pack_into("<Q", data, entry + 120, 0x7FFFFFFF)
    with pytest.raises(DamagedInput):
        read_doc(bytes(data), CONFIG)


def test_loop_of_sectors_ends() -> None:
    """A chain of sectors that runs in a circle is read once at most."""
    data = bytearray(word6(b"text\r"))
    struct.pack_into("<II", data, len(data) - 512, 1, 0)
    try:
        document = read_doc(bytes(data), CONFIG)
    except DamagedInput:
        return
    assert len(document.text) < len(data)


def test_long_text_is_limited() -> None:
    """Config.max_characters holds."""
    with pytest.raises(LimitExceeded):
        read_doc(word6(b"x" * 3000 + b"\r"), Config(max_characters=2000))


def test_missing_package_is_named(tmp_path: Path) -> None:
    """Without olefile the error says what to install; compiled code imports a package once, so a process of its own asks."""
    path = tmp_path / "old.doc"
    path.write_bytes(word6(b"text\r"))
    code = "import sys; sys.modules['olefile'] = None; import vnadmin; vnadmin.parse(sys.argv[1])"
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=False)
    assert "MissingExtra" in done.stderr
    assert "vnadmin[legacy]" in done.stderr


@pytest.mark.parametrize("seed", range(6))
def test_flipped_bytes_never_crash(seed: int) -> None:
    """Corrupt files raise VnadminError or give a document."""
    chance = random.Random(seed)
    files = [(FIXTURES / f"{name}.doc").read_bytes() for name in ("unicode", "tcvn3")] + [word6(b"a\x07b\x07\r")]
    for _ in range(60):
        data = bytearray(chance.choice(files))
        for _ in range(chance.choice((1, 3, 20, 100))):
            data[chance.randrange(len(data))] = chance.choice((0, 0xFF, chance.randrange(256)))
        try:
            document = read_doc(bytes(data), CONFIG)
        except VnadminError:
            continue
        assert all(document.text[line.end] == "\n" for line in document.lines)
