"""Facts about lines, columns and paragraphs made from word boxes, without any format; OCR boxes are rough ones."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.growth import is_linear
from vnadmin.layout.page import Box, Column
from vnadmin.layout.placed import signers
from vnadmin.layout.placed.columns import arrange, extent_of
from vnadmin.layout.placed.compose import compose
from vnadmin.layout.placed.geometry import (
    Grid,
    GridCell,
    LaidLine,
    PlacedPage,
    PlacedWord,
    rows,
    segment_of,
    segments,
)
from vnadmin.layout.placed.paragraphs import mark_paragraphs

BODY = [
    "Thực hiện Kế hoạch trồng rừng năm nay, Sở đề nghị các huyện báo cáo kết quả",
    "đã đạt được, nêu rõ khó khăn, vướng mắc và kiến nghị để Sở tổng hợp trình Ủy",
    "ban nhân dân tỉnh xem xét.",
]


def line(
    text: str, x: float, y: float, *, height: float = 13.0, pitch: float = 5.5, gap: float = 3.5
) -> list[PlacedWord]:
    """Words of one printed line that begins at x and stands on y."""
    words = []
    for token in text.split():
        wide = len(token) * pitch
        words.append(PlacedWord(token, x, y - height, x + wide, y))
        x += wide + gap
    return words


def justified(text: str, x: float, right: float, y: float) -> list[PlacedWord]:
    """A line stretched to the right edge."""
    words = line(text, x, y)
    free = (right - words[-1].x1) / (len(words) - 1)
    return [word._replace(x0=word.x0 + i * free, x1=word.x1 + i * free) for i, word in enumerate(words)]


def body(y: float, *, indent: float = 30, left: float = 80, right: float = 540) -> list[PlacedWord]:
    """The paragraph of BODY, its first baseline at y."""
    first = justified(BODY[0], left + indent, right, y)
    return [*first, *justified(BODY[1], left, right, y + 16), *line(BODY[2], left, y + 32)]


def header() -> list[PlacedWord]:
    left = [("UBND TỈNH SƠN HẢI", 70), ("SỞ NÔNG LÂM", 86), ("Số: 12/SNL-KH", 110)]
    right = [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 70),
        ("Độc lập - Tự do - Hạnh phúc", 85),
        ("Sơn Hải, ngày 3 tháng 2 năm 2023", 111),
    ]
    words: list[PlacedWord] = []
    for side, middle in ((left, 160), (right, 410)):
        for text, y in side:
            made = line(text, 0, y, pitch=5.0)
            shift = middle - made[-1].x1 / 2
            words += [word._replace(x0=word.x0 + shift, x1=word.x1 + shift) for word in made]
    return words


def end(y: float) -> list[PlacedWord]:
    words: list[PlacedWord] = []
    for i, text in enumerate(
        ["Nơi nhận:", "- Như trên;", "- Chủ tịch, các Phó Chủ tịch", "Ủy ban nhân dân tỉnh;", "- Lưu: VT, KH."]
    ):
        words += line(text, 80, y + 12 * i, height=11, pitch=4.8)
    for text, at in (("KT. GIÁM ĐỐC", y + 2), ("PHÓ GIÁM ĐỐC", y + 18), ("Trần Văn Thử", y + 90)):
        words += line(text, 390, at)
    return words


def page(words: Iterable[PlacedWord], number: int = 1) -> PlacedPage:
    return PlacedPage(number, 595, 842, list(words))


def read(*pages: PlacedPage) -> list[LaidLine]:
    return compose(pages).lines


def texts(lines: Iterable[LaidLine], column: Column | None = None) -> list[str]:
    return [item.text for item in lines if column in (None, item.column)]


def paragraphs(lines: Iterable[LaidLine]) -> list[str]:
    found: list[str] = []
    for item in lines:
        if item.starts_paragraph or not found:
            found.append(item.text)
        else:
            found[-1] += " " + item.text
    return found


def test_words_of_a_line_in_any_order() -> None:
    """Words need not come in reading order, as in some PDFs."""
    words = line(BODY[0], 80, 100)
    random.Random(1).shuffle(words)
    assert [item.text for item in segments(words)] == [BODY[0]]


def test_wide_gap_parts() -> None:
    """A gap that no sentence has parts a line."""
    words = line("BỘ TƯ PHÁP", 80, 100) + line("CỘNG HÒA", 320, 100)
    assert [item.text for item in segments(words)] == ["BỘ TƯ PHÁP", "CỘNG HÒA"]


def test_skewed_line_is_one_row() -> None:
    """A row that sinks by a whole line's height from left to right is still one row."""
    parts = [
        segment_of([PlacedWord(f"w{i}", 80 + i * 60, 88 + i * 1.6, 110 + i * 60, 100 + i * 1.6)]) for i in range(8)
    ]
    assert len(rows(parts)) == 1


def test_segment_reaches_around_all_of_its_words() -> None:
    """Whichever word stands furthest out, on each side."""
    words = [PlacedWord("giữa", 50, 50, 60, 60), PlacedWord("trên", 40, 45, 55, 58), PlacedWord("dưới", 52, 52, 70, 66)]
    found = segment_of(words)
    assert (found.x0, found.y0, found.x1, found.y1) == (40, 45, 70, 66)


def test_columns_of_unlike_pitch_do_not_run_together() -> None:
    """Lines of two columns that overlap by half each are not chained to one row."""
    left = [segment_of(line("trái", 80, 100 + 12 * i, height=12)) for i in range(5)]
    right = [segment_of(line("phải", 400, 106 + 12 * i, height=12)) for i in range(5)]
    for row in rows([*left, *right]):
        assert sum(1 for item in row if item.x0 < 300) <= 1
        assert sum(1 for item in row if item.x0 > 300) <= 1


def test_figure_in_a_blank_of_a_line() -> None:
    """A number that was drawn later stands in its blank."""
    words = [*line("Số:", 100, 100), *line("/UBND-VX", 150, 100), *line("125", 123, 101)]
    joined = read(page([*words, *body(200)]))
    assert joined[0].text == "Số: 125 /UBND-VX"


def test_whole_letter() -> None:
    """Header, body and end come in the order in which a person reads them."""
    lines = read(page([*header(), *body(200), *end(300)]))
    assert texts(lines) == [
        "UBND TỈNH SƠN HẢI",
        "SỞ NÔNG LÂM",
        "Số: 12/SNL-KH",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Sơn Hải, ngày 3 tháng 2 năm 2023",
        *BODY,
        "Nơi nhận:",
        "- Như trên;",
        "- Chủ tịch, các Phó Chủ tịch",
        "Ủy ban nhân dân tỉnh;",
        "- Lưu: VT, KH.",
        "KT. GIÁM ĐỐC",
        "PHÓ GIÁM ĐỐC",
        "Trần Văn Thử",
    ]
    assert "- Chủ tịch, các Phó Chủ tịch Ủy ban nhân dân tỉnh;" in paragraphs(lines)
    assert " ".join(BODY) in paragraphs(lines)


@given(seed=st.integers(0, 10_000))
@settings(max_examples=25)
def test_rough_boxes_read_the_same(seed: int) -> None:
    """Boxes that are off by a point each way, as an OCR engine gives them, change nothing."""
    chance = random.Random(seed)
    words = [*header(), *body(200), *end(300)]
    rough = [
        word._replace(
            x0=word.x0 + chance.uniform(-0.7, 0.7),
            x1=word.x1 + chance.uniform(-0.7, 0.7),
            y0=word.y0 + chance.uniform(-1.2, 1.2),
            y1=word.y1 + chance.uniform(-1.2, 1.2),
        )
        for word in words
    ]
    plain = read(page(words))
    assert texts(read(page(rough))) == texts(plain)
    assert paragraphs(read(page(rough))) == paragraphs(plain)


@given(
    st.lists(
        st.tuples(
            st.text(min_size=1, max_size=8).filter(lambda text: not text.isspace()),
            st.floats(0, 600),
            st.floats(0, 850),
            st.floats(0, 200),
            st.floats(0, 40),
        ),
        max_size=40,
    )
)
@settings(max_examples=60)
def test_no_word_is_lost(items: list[tuple[str, float, float, float, float]]) -> None:
    """Whatever stands where, each word comes out once: in a line or as furniture."""
    words = [PlacedWord(text, x, y, x + wide, y + tall, key) for key, (text, x, y, wide, tall) in enumerate(items)]
    made = compose([page(words)])
    letters = sorted("".join("".join(item.text.split()) for item in [*made.lines, *made.furniture]))
    assert letters == sorted("".join("".join(text.split()) for text, *_ in items))


def test_motto_that_nearly_touches_the_agency() -> None:
    """Header cells with a space's width between them are two columns, number and date too."""
    words = [
        *line("NGÂN HÀNG NHÀ NƯỚC", 60, 70, pitch=7),
        *line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 196, 70, pitch=7),
        *line("VIỆT NAM", 100, 86, pitch=7),
        *line("Độc lập - Tự do - Hạnh phúc", 250, 86, pitch=7),
        *line("Số: 67/2025/TT-NHNN", 60, 112, pitch=6.5),
        *line("Hà Nội, ngày 31 tháng 12 năm 2025", 206, 112, pitch=6.5),
        *body(200),
    ]
    lines = read(page(words))
    assert texts(lines, Column.LEFT) == ["NGÂN HÀNG NHÀ NƯỚC", "VIỆT NAM", "Số: 67/2025/TT-NHNN"]
    assert texts(lines, Column.RIGHT)[-1] == "Hà Nội, ngày 31 tháng 12 năm 2025"


def test_motto_in_running_text_cuts_nothing() -> None:
    """The name of the state within a sentence is no header."""
    sentence = "Nghị quyết này được Quốc hội nước Cộng hòa xã hội chủ nghĩa Việt Nam thông qua."
    lines = read(page([*line(sentence, 110, 80, pitch=4.8), *body(120)]))
    assert lines[0].text == sentence
    assert lines[0].column is Column.FULL


def test_list_under_the_address_is_full_width() -> None:
    """The bodies under `Kính gửi:` stand far right and are no column."""
    words = [
        *header(),
        *line("Kính gửi:", 200, 150),
        *line("- Sở Tài chính;", 270, 170),
        *line("- Sở Nội vụ.", 270, 186),
        *body(230),
    ]
    lines = read(page(words))
    assert [item.column for item in lines if item.text.startswith("- Sở")] == [Column.FULL, Column.FULL]


def test_two_signers_side_by_side() -> None:
    """Of two signature blocks the left one comes whole before the right one, names included."""
    words = [*body(100)]
    left, right = ["KT. BỘ TRƯỞNG", "THỨ TRƯỞNG", "Lê Văn Mẫu"], ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Trần Thị Mẫu"]
    for x, items in ((100, left), (380, right)):
        for text, y in zip(items, (180, 196, 270), strict=True):
            words += line(text, x, y)
    assert texts(read(page(words)))[3:] == [*left, *right]


def middle(text: str, x: float, y: float) -> list[PlacedWord]:
    """A line about the axis x."""
    made = line(text, 0, y, pitch=5.0)
    return [word._replace(x0=word.x0 + x - made[-1].x1 / 2, x1=word.x1 + x - made[-1].x1 / 2) for word in made]


SIGNERS = {
    150: ["KT. BỘ TRƯỞNG", "BỘ LÂM SẢN", "THỨ TRƯỞNG", "Lê Văn Mẫu"],
    310: ["KT. VIỆN TRƯỞNG", "VIỆN KIỂM LÂM TRUNG ƯƠNG", "PHÓ VIỆN TRƯỞNG", "Trần Thị Mẫu"],
    460: ["KT. CHÁNH ÁN", "TÒA LÂM NGHIỆP TRUNG ƯƠNG", "PHÓ CHÁNH ÁN", "Ngô Văn Thử"],
}


@pytest.mark.parametrize("joined", [False, True])
@pytest.mark.parametrize("count", [2, 3])
def test_signers_whose_lines_nearly_touch(count: int, *, joined: bool) -> None:
    """Each block comes whole, though lines of two of them nearly touch; the list stands below, running text above."""
    words = [*body(100), *line("Nơi nhận:", 80, 340), *line("- Như trên;", 80, 353), *line("- Lưu: VT.", 80, 366)]
    signers = list(SIGNERS.items())[-count:]
    for x, items in signers:
        for text, y in zip(items, (180, 196, 212, 290), strict=True):
            words += middle(text, x, y)
    if joined:  # a reader's one line, a stroke between the two names
        words = sorted([*words, *line("_", 386, 196)], key=lambda word: (word.y1, word.x0))
    found = texts(read(page(words)))
    assert [text.removesuffix(" _") for text in found[3:-3]] == [text for _, items in signers for text in items]
    assert found[-3:] == ["Nơi nhận:", "- Như trên;", "- Lưu: VT."]


def test_three_posts_without_names_are_no_signers() -> None:
    """The head of a table whose rules were not drawn is read across."""
    words = [*body(100)]
    for x, text in ((150, "CHỦ TỊCH"), (310, "PHÓ CHỦ TỊCH"), (460, "THƯ KÝ")):
        words += [*middle(text, x, 180), *middle("12", x, 196), *middle("7", x, 212)]
    assert "CHỦ TỊCH PHÓ CHỦ TỊCH THƯ KÝ" in texts(read(page(words)))


def test_signers_printed_twice_come_out_twice_and_no_more() -> None:
    """Bold that is drawn as every word twice: what the columns took does not come again below them."""
    words = [*body(100)]
    for x, items in SIGNERS.items():
        for text, y in zip(items, (180, 196, 212, 290), strict=True):
            words += 2 * middle(text, x, y)
    assert " ".join(texts(read(page(words)))).count("Trần Thị Mẫu") == 2
    assert len(" ".join(texts(read(page(words)))).split()) == len(words)


def test_many_posts_in_a_row_are_a_table() -> None:
    """Over one long line: each post was cut off in a step of its own, too many of them for Python."""
    posts = [word for at in range(1100) for word in line("CHỦ TỊCH", 100 + 120 * at, 100)]
    made = read(PlacedPage(1, 140_000, 842, [*posts, *line("chữ " * 6000, 100, 120)]))
    assert sum(len(item.text.split()) for item in made) == 8200


def test_rows_of_posts_are_looked_at_once() -> None:
    """A list of members without names: each of its rows was read again to the end."""

    def work(rows: int) -> Callable[[], object]:
        words = [
            word
            for row in range(rows)
            for x, text in ((150, "CHỦ TỊCH"), (310, "PHÓ CHỦ TỊCH"), (460, "THƯ KÝ"))
            for word in middle(text, x, 100 + 16 * row)
        ]
        found = segments(words)
        assert signers.signer_columns(found, 13.0) == ([], [])
        return lambda: signers.signer_columns(found, 13.0)

    assert is_linear(work, 50)


def test_recipients_overleaf() -> None:
    """Recipients and the signer's name that fall on the next page stay in their columns."""
    first = [*body(100), *line("Nơi nhận:", 80, 780), *line("- Như trên;", 80, 793), *line("TM. CHÍNH PHỦ", 390, 780)]
    second = [*line("- Văn phòng Chính phủ;", 80, 70), *line("Trần Văn Thử", 390, 72), *line("- Lưu: VT.", 80, 84)]
    lines = read(page(first), page(second, 2))
    assert [item.column for item in lines if item.page == 2] == [Column.LEFT, Column.LEFT, Column.RIGHT]


def test_short_title_belongs_to_no_column() -> None:
    """A type line in the middle of the page ends the header."""
    words = [*header(), *line("THÔNG BÁO", 283, 150), *body(200)]
    lines = read(page(words))
    title = next(item for item in lines if item.text == "THÔNG BÁO")
    assert title.column is Column.FULL
    assert title.centred


def test_a_watermark_beside_a_title_makes_it_no_column() -> None:
    """What is read of a name set aslant across the page stands beside the type line, which stays the page's."""
    words = [*header(), *line("THÔNG BÁO", 283, 150), *line("24", 150, 155), *line("18:1", 205, 148), *body(200)]
    title = next(item for item in read(page(words)) if "THÔNG BÁO" in item.text)
    assert (title.text, title.column) == ("THÔNG BÁO", Column.FULL)


def test_extent_is_that_of_the_wide_lines() -> None:
    """A stray mark beside the text does not shift the margins."""
    parts = segments([*body(100), *body(160), *line("x", 5, 300)])
    extent = extent_of(parts)
    assert (round(extent.left), round(extent.right)) == (80, 540)


def test_arrange_nothing() -> None:
    """A part without segments has no rows."""
    assert arrange([], extent_of(segments(body(100))), page_top=True).rows == []


def laid(*items: tuple[str, float, float], page: int = 1, right: float | None = None) -> list[LaidLine]:
    """Full lines given as text, left edge and baseline; stretched to `right` where they come within reach of it."""
    made = []
    for text, x, y in items:
        words = line(text, x, y)
        if right and right - words[-1].x1 < 60:
            words = justified(text, x, right, y)
        part = segment_of(words)
        made.append(LaidLine(words, part.x0, part.y0, part.x1, part.y1, page))
    return made


def test_indent_begins_a_paragraph_after_a_full_line() -> None:
    """A full line may be a paragraph's last: then the indent of the next one tells."""
    words = [*body(100), *justified(BODY[1], 80, 540, 150), *body(166)]
    lines = read(page(words))
    starts = [item.starts_paragraph for item in lines]
    assert starts == [True, False, False, True, True, False, False]


def test_marker_in_running_text() -> None:
    """A figure that begins a printed line within an indented paragraph is no item."""
    words = [
        *justified("(Kèm theo văn bản này gồm có các tài liệu sau đây: 1. Bộ thông số kỹ thuật;", 110, 540, 100),
        *line("2. Danh mục quy chuẩn kỹ thuật).", 80, 116),
        *body(140),
        *body(200),
    ]
    assert not read(page(words))[1].starts_paragraph


def test_article_cited_at_the_start_of_a_line() -> None:
    """ "Điều 5 Nghị định ..." that begins a line goes on; "Điều 6. Hiệu lực" begins."""
    words = [
        *justified("1. Cơ quan chủ trì lập báo cáo theo mẫu và gửi trước thời hạn quy định ở tại", 80, 540, 100),
        *justified("Điều 5 Nghị định số 12/2020/NĐ-CP của Chính phủ về công tác văn thư và lưu trữ", 80, 540, 116),
        *line("nhà nước.", 80, 132),
        *line("Điều 6. Hiệu lực", 80, 148),
        *body(170, indent=0),
        *body(230, indent=0),
    ]
    assert [item.starts_paragraph for item in read(page(words))[:4]] == [True, False, False, True]


def test_paragraphs_told_by_the_gap_alone() -> None:
    """Where nothing is indented and the last line is full, a wider gap begins a paragraph."""
    words = [
        *body(100, indent=0),
        *justified(BODY[1], 80, 540, 160),
        *justified("Ủy ban nhân dân các huyện, thành phố chịu trách nhiệm về kết quả thực hiện ở địa", 80, 540, 182),
        *justified(BODY[1], 80, 540, 198),
        *justified(BODY[1], 80, 540, 214),
    ]
    lines = read(page(words))
    assert [item.starts_paragraph for item in lines[3:]] == [True, True, False, False]


def test_centred_title_over_two_lines() -> None:
    """Lines of one title are joined, the type line and the title are not."""
    lines = laid(
        ("QUYẾT ĐỊNH", 283, 100),
        ("Về việc phê duyệt quy hoạch trồng rừng và đất", 184, 116),
        ("rừng trên địa bàn tỉnh", 245, 132),
        *((text, x, 170 + 16 * i) for i, (text, x) in enumerate([(BODY[0], 110), (BODY[1], 80), (BODY[1], 80)])),
        right=540,
    )  # fmt: skip
    mark_paragraphs(lines)
    assert [item.starts_paragraph for item in lines[:4]] == [True, True, False, True]


@pytest.mark.parametrize("centred", [True, False])
def test_title_that_begins_where_paragraphs_do(centred: bool) -> None:
    """A line in the middle, under a centred one of the same middle, is centred though paragraphs begin near its edge."""
    above, title = "Về việc trồng rừng", "Về việc phê duyệt quy hoạch trồng rừng và đất"
    indent, other = (310 - (line(text, 0, 0)[-1].x1) / 2 for text in (title, above))
    lines = laid(
        (above, other, 100),
        (title, indent if centred else 110, 116),
        *((BODY[0], indent - 4, 170 + 16 * i) for i in range(4)),
        *((BODY[1], 80, 240 + 16 * i) for i in range(2)),
        right=540,
    )
    mark_paragraphs(lines)
    assert [item.centred for item in lines[:2]] == [True, centred]


def test_cells_of_a_grid() -> None:
    """Words go into the cell in whose field they stand; lines of a cell stay together."""
    cells = tuple(
        GridCell(r, c, Box(80 + 200 * c, 100 + 40 * r, 280 + 200 * c, 140 + 40 * r)) for r in range(2) for c in range(2)
    )
    grid = Grid(Box(80, 100, 480, 180), (80, 280, 480), cells)
    words = [
        *line("Nhiệm vụ", 90, 120),
        *line("Thời hạn", 290, 120),
        *line("Rà soát diện tích đất", 90, 155),
        *line("trống", 90, 170),
        *line("30/6", 290, 160),
    ]
    sheet = page([*words, *body(250)])
    sheet.grids.append(grid)
    lines = read(sheet)
    assert [(item.cell[:3], item.text) for item in lines if item.cell] == [
        ((0, 0, 0), "Nhiệm vụ"),
        ((0, 0, 1), "Thời hạn"),
        ((0, 1, 0), "Rà soát diện tích đất"),
        ((0, 1, 0), "trống"),
        ((0, 1, 1), "30/6"),
    ]
