"""Plain text: encodings, dirt, furniture, damage of other tools, and what is no text at all."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import vnadmin
from tests.source.plain_text import SAMPLE, read, texts
from vnadmin.config import Config
from vnadmin.errors import LimitExceeded
from vnadmin.layout.page import Furniture
from vnadmin.source.sniff import sniff_text
from vnadmin.source.text import read_text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_encodings_read_alike(encoding: str) -> None:
    """With a byte order mark or, for UTF-16, without one."""
    data = SAMPLE.encode(encoding)
    assert sniff_text(data)
    assert texts(data) == SAMPLE.split("\n")


def test_windows_1258() -> None:
    """Letters with combining marks of the old Windows code page become NFC letters."""
    text = "Kính gửi: Các phòng, ban của huyện; đề nghị tổ chức thực hiện"
    data = b""
    for char in text:
        marks = unicodedata.normalize("NFD", char)
        tone = next((mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323"), "")
        data += (unicodedata.normalize("NFC", marks.replace(tone, "") if tone else marks) + tone).encode("cp1258")
    assert texts(data) == [text]


def test_tcvn3_bytes() -> None:
    """A text file of the nineties: one byte a letter."""
    data = "Uû ban nh©n d©n huyÖn yªu cÇu c¸c phßng ban nghiªm tóc thùc hiÖn".encode("latin-1")
    assert texts(data) == ["Uỷ ban nhân dân huyện yêu cầu các phòng ban nghiêm túc thực hiện"]


def test_tcvn3_as_unicode_letters() -> None:
    """The same letters after somebody saved them as UTF-8."""
    assert texts("Céng hßa x· héi chñ nghÜa ViÖt Nam, §éc lËp - Tù do - H¹nh phóc") == [
        "Cộng hòa xã hội chủ nghĩa Việt Nam, Độc lập - Tự do - Hạnh phúc"
    ]


def test_dirt_is_cleaned() -> None:
    """NBSP, zero width, NUL, decomposed letters and a lone surrogate leave clean NFC text."""
    data = (
        "Số:\u00a012/UBND\u200b-VX".encode()
        + b"\x00\n"
        + unicodedata.normalize("NFD", "Huyện ủy").encode()
        + b"\xed\xa0\x80\n"
    )
    document = read(data)
    assert document.of(document.lines[0]) == "Số: 12/UBND-VX"
    assert document.of(document.lines[1]).startswith("Huyện ủy")
    assert "\x00" not in document.text


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04" + b"\x00" * 60,
        b"\xff\xd8\xff\xe0" + bytes(range(256)),
        b"%PDF-1.4\n",
        b"\x00" * 500,
        bytes(range(256)) * 8,
    ],
    ids=["zip", "jpeg", "pdf", "zeros", "all bytes"],
)
def test_binary_is_no_text(data: bytes) -> None:
    """The text source comes last and must not take what others refused."""
    assert not sniff_text(data)


def test_json_is_text() -> None:
    """A portal's answer saved under another name is read as what it is."""
    assert sniff_text(b'{"so": "12/UBND-VX"}')


def test_limit() -> None:
    """A text beyond the limit is refused before work begins."""
    with pytest.raises(LimitExceeded):
        read_text(b"a" * 2000, Config(max_characters=1000))


def test_form_feed_turns_the_page() -> None:
    """Each form feed begins a page."""
    document = read("Điều 1.\fĐiều 2.\f\fĐiều 3.")
    assert [line.page for line in document.lines] == [1, 2, 4]
    assert len(document.pages) == 4


def test_furniture_stands_at_the_end() -> None:
    """A page number between the halves of a sentence does not part it."""
    document = read("các đơn vị có trách nhiệm\n- 2 -\nbáo cáo kết quả.")
    assert len(document.paragraphs) == 1
    assert [(line.furniture, document.of(line)) for line in document.furniture] == [(Furniture.PAGE_NUMBER, "- 2 -")]


@given(st.text(max_size=300))
def test_any_text_reads(text: str) -> None:
    """Whatever is typed: nothing is raised, and every line is a slice of the text."""
    data = text.encode("utf-8", "surrogatepass")
    document = read(data)
    for line in document.lines:
        assert document.text[line.start : line.end] == document.of(line) != ""


@example(b"\x1f0")  # a page number behind a separator of files, which int() does not take
@given(st.binary(max_size=300))
def test_any_bytes_read(data: bytes) -> None:
    """Decoding never raises either, whatever `sniff_text` says."""
    sniff_text(data)
    read(data)


def test_words_in_capitals_set_apart() -> None:
    """Blanks between words in capitals are for show; blanks in a number line are for the number."""
    assert texts("PHÓ    CHỦ    TỊCH\nSỐ:      /QĐ-UBND") == ["PHÓ CHỦ TỊCH", "SỐ:      /QĐ-UBND"]


def test_a_gap_inside_a_number_closes() -> None:
    """A reader of PDF that keeps the layout writes the gap of a justified line before a hyphen."""
    assert texts("Căn cứ Nghị định số 63/2010/NĐ           -CP ngày 08/6/2010") == [
        "Căn cứ Nghị định số 63/2010/NĐ-CP ngày 08/6/2010"
    ]


def test_words_that_ran_together_all_over() -> None:
    """Those that are two syllables in one way are parted, with an issue; in a text that is whole a long word stays."""
    glued = "Ủy ban xã thôngbáo việcthựchiện kếhoạch năm nay, chuẩnbị tốt cơsở vật chất và báocáo kếtquả đúngthời hạn."
    document = read(glued)
    assert "thông báo" in document.text and "kế hoạch" in document.text and "chuẩn bị" in document.text
    assert "layout_damaged" in {issue.code for issue in document.issues}
    assert texts("Trang Facebook của xã: thôngtinanlạc.") == ["Trang Facebook của xã: thôngtinanlạc."]


def test_soft_hyphens() -> None:
    """No reader shows them inside a line: "NGH\u00adĨA", "thá\u00adng"."""
    assert (
        vnadmin.parse_text(
            "SỞ Y TẾ\nSố: 1/S\u00adYT\nCỘNG HÒA XÃ HỘI CHỦ NGH\u00adĨA VIỆT NAM\nSông Lam, ngày 5 thá\u00adng 3 năm 2024\n"
            "THÔNG BÁO\nVề lịch nghỉ\n"
        ).place
        == "Sông Lam"
    )


def test_letters_that_hung_on_a_drawing() -> None:
    """`T ỈNH`, `Đ ộc lập`: an office suite hung a drawn rule on the first letter; `nhóm C hoặc` has its letter by itself."""
    assert texts("ỦY BAN NHÂN DÂN T ỈNH SÔNG LAM\nĐ ộc lập - Tự do\nDự án nhóm C hoặc nhóm D ở xã") == [
        "ỦY BAN NHÂN DÂN TỈNH SÔNG LAM",
        "Độc lập - Tự do",
        "Dự án nhóm C hoặc nhóm D ở xã",
    ]
    assert texts("PHÒNG, CHỐNG VIÊM GAN B Ở TRẺ EM") == ["PHÒNG, CHỐNG VIÊM GAN B Ở TRẺ EM"]


def test_a_pages_line_ends_are_told() -> None:
    """`Căn` / `cứ Luật ...`: text taken out of a page with the line ends of its source gives nothing as certain."""
    text = (
        "UBND XÃ HẠ SƠN\nCăn\ncứ Luật Đê điều;\nQUYẾT\nĐỊNH:\nĐiều\n\t\t1. Lập tổ công tác.\nGiao\ncác thôn thực hiện."
    )
    document = vnadmin.parse_text(text)
    assert "layout_damaged" in [issue.code for issue in document.issues]
    assert "Căn cứ Luật Đê điều;" in document.text.splitlines()
    kept = vnadmin.parse_text("UBND XÃ HẠ SƠN\nBảng\ngiá đất\nĐiều 1. Lập tổ công tác.")
    assert "layout_damaged" not in [issue.code for issue in kept.issues]


@pytest.mark.parametrize(
    ("over", "below"),
    [("", "--\nTrần Văn Bình\nPhòng Hành chính\nĐT: 0255 3888 999"), ("```", "```\n\nBạn có cần tôi tóm tắt không?")],
)
def test_words_of_a_sender_below_the_document(over: str, below: str) -> None:
    """A mail's own end, and a model's words behind the block in which it gave the document."""
    lines = "UBND XÃ HẠ SƠN\nSố: 1/TB-UBND\nTHÔNG BÁO\nNghỉ Tết\nNghỉ bảy ngày.\nNơi nhận:\n- Các thôn;\n- Lưu: VT, TH"
    document = vnadmin.parse_text(f"{over}\n{lines}\n\n{below}\n")
    assert [recipient.name for recipient in document.recipients] == ["Các thôn", "Lưu: VT, TH"]
    assert not document.signatories
