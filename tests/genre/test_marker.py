"""Every opening of an item through the one recogniser, and which kinds of them each room takes."""

from __future__ import annotations

import pytest

from vnadmin.genre import header_line, marker
from vnadmin.genre.bullet import bullet_end
from vnadmin.genre.marker import MarkerKind, glued_marker, is_label, marker_of_text, read_label, read_markers
from vnadmin.layout.flow import wrapping
from vnadmin.layout.flow.columns import header as header_columns
from vnadmin.layout.placed import paragraphs
from vnadmin.outline import tree
from vnadmin.source.html import body as html_body
from vnadmin.text.fold import fold
from vnadmin.zones import attachments, body
from vnadmin.zones.conclusions import ahead, end

K = MarkerKind
ALL = frozenset(K)

# What a line opens with, the marker as it is quoted, and its kind.
OPENINGS = [
    ("1. Tổ chức", "1", K.NUMBER),
    ("1) Tổ chức", "1", K.NUMBER),
    ("1/ Tổ chức", "1", K.NUMBER),
    ("1/Tổ chức", "1", K.NUMBER),
    ("1- Tổ chức", "1", K.NUMBER),
    ("1 - Tổ chức", "1", K.NUMBER),
    ("1-Tổ chức", "1", K.NUMBER),
    ("1: Tổ chức", "1", K.NUMBER),
    ("(1) Tổ chức", "1", K.NUMBER),
    ("12.", "12", K.NUMBER),
    ("1.1 Tổ chức", "1.1", K.DOTTED),
    ("1.1. Tổ chức", "1.1", K.DOTTED),
    ("1.1.1. Tổ chức", "1.1.1", K.DOTTED),
    ("1.1) Tổ chức", "1.1", K.DOTTED),
    ("a) Tổ chức", "a", K.LETTER),
    ("a. Tổ chức", "a", K.LETTER),
    ("a/ Tổ chức", "a", K.LETTER),
    ("a- Tổ chức", "a", K.LETTER),
    ("đ) Tổ chức", "đ", K.LETTER),
    ("(a) Tổ chức", "a", K.LETTER),
    ("a1) Tổ chức", "a1", K.LETTERED),
    ("a.1) Tổ chức", "a.1", K.LETTERED),
    ("i) Tổ chức", "i", K.LOWER_ROMAN),
    ("iv) Tổ chức", "iv", K.LOWER_ROMAN),
    ("(i) Tổ chức", "i", K.LOWER_ROMAN),
    ("I. Tổ chức", "I", K.ROMAN),
    ("I.Tổ chức", "I", K.ROMAN),
    ("I/ Tổ chức", "I", K.ROMAN),
    ("II - Tổ chức", "II", K.ROMAN),
    ("II-Tổ chức", "II", K.ROMAN),
    ("II) Tổ chức", "II", K.ROMAN),
    ("A. Tổ chức", "A", K.UPPER),
    ("A/ Tổ chức", "A", K.UPPER),
    ("B - Tổ chức", "B", K.UPPER),
    ("- Tổ chức", "-", K.BULLET),
    ("-Tổ chức", "-", K.BULLET),
    ("– Tổ chức", "–", K.BULLET),
    ("+ Tổ chức", "+", K.BULLET),
    ("* Tổ chức", "*", K.BULLET),
    ("• Tổ chức", "•", K.BULLET),
    ("o Tổ chức", "o", K.BULLET),
    ("\uf0b7 Tổ chức", "\uf0b7", K.BULLET),
    ("\uf06e Tổ chức", "\uf06e", K.BULLET),
    ("§ Tổ chức", "§", K.BULLET),
    ("Điều 1. Tổ chức", "Điều 1", K.HEADING),
    ("Điều 1: Tổ chức", "Điều 1", K.HEADING),
    ("ĐIỀU 1", "ĐIỀU 1", K.HEADING),
    ("Điều thứ nhất: Tổ chức", "Điều thứ nhất", K.HEADING),
    ("Chương II", "Chương II", K.HEADING),
    ("CHƯƠNG II TỔ CHỨC", "CHƯƠNG II", K.HEADING),
    ("Mục 2", "Mục 2", K.HEADING),
    ("Tiểu mục 1. Tổ chức", "Tiểu mục 1", K.HEADING),
    ("Phần thứ nhất", "Phần thứ nhất", K.HEADING),
    ("Khoản thứ nhất: Tổ chức", "Khoản thứ nhất", K.HEADING),
    ("Điều 5 Nghị định số 3", "Điều 5", K.PROVISION),
    ("Khoản 2 Điều 3", "Khoản 2", K.PROVISION),
    ("Chương II của Luật", "Chương II", K.PROVISION),
    ("Bước 1: Tổ chức", "Bước 1", K.STEP),
    ("BƯỚC 2. Tổ chức", "BƯỚC 2", K.STEP),
]

NO_OPENINGS = [
    "10/BC-UBND",
    "84/QĐ-UBND ngày 3/2/2020",
    "84/… ngày 3/2/2020",
    "1.5 lần mức lương",
    "1.000 đồng",
    "12,5 tỷ đồng",
    "-5°C",
    "+84 24 3825 1234",
    "24/7 trực điện thoại",
    "1-2 người",
    "30 ngày",
    "2020 - 2025",
    "Đ/c Hà",
    "d/c Hà",
    "P.12 nhà B",
    "B.C.H Đoàn",
    "V-League mùa 2020",
    "C-OHSAS",
    "a/b",
    "-o0o-",
    "- 2 -",
    "-----",
    "* * *",
    "h00) Tập trung",
    "o thiếu",
    "Mục tiêu chung",
    "Bước đầu",
    "Phần lớn các xã",
    "II",
    "",
]


@pytest.mark.parametrize(("line", "marker", "kind"), OPENINGS)
def test_opening(line: str, marker: str, kind: MarkerKind) -> None:
    """The best reading, also where the folds are not at hand."""
    best = read_markers(line, fold(line), 0, len(line))[0]
    assert (line[best.start : best.end], best.kind) == (marker, kind)
    assert marker_of_text(line, ALL) == best


@pytest.mark.parametrize("line", NO_OPENINGS)
def test_no_opening(line: str) -> None:
    """Numbers of documents, decimals, temperatures, telephones, abbreviations, rules and words."""
    assert read_markers(line, fold(line), 0, len(line)) == ()
    assert marker_of_text(line, ALL) is None


# Which kinds a room takes, and why it leaves the others out.
ROOMS = {
    "directives": (
        tree._ACCEPTED,
        ALL - {K.PROVISION, K.STEP},
        "a reference is running text, the steps of a procedure are told within their item",
    ),
    "header": (
        header_line._ACCEPTED,
        ALL - {K.BULLET, K.UPPER},
        "addressees have bullets, and initials stand in names of agencies",
    ),
    "preamble, before Căn cứ": (body._LEADS, {K.BULLET, K.NUMBER}, "Party papers and old decrees count their grounds"),
    "end of the preamble": (
        body._OF_A_BODY,
        {K.HEADING, K.PROVISION, K.ROMAN},
        "bullets and numbers may lead a ground",
    ),
    "signature": (ahead._OF_A_BODY, {K.HEADING, K.PROVISION}, "items were turned away before"),
    "sample inside a manual": (
        end._GOES_ON,
        {K.NUMBER, K.DOTTED, K.LETTER, K.ROMAN, K.HEADING, K.PROVISION},
        "only what counts shows by its number that it goes on",
    ),
    "line broken at a margin": (wrapping._MARKERS, ALL - {K.PROVISION}, "a reference goes on with the line above"),
    "line on a page": (paragraphs._MARKERS, ALL - {K.PROVISION}, "a reference goes on with the line above"),
    "entry of a list in HTML": (
        html_body._MARKERS,
        ALL - {K.PROVISION, K.STEP},
        "a reference and a step are its text, beside which the browser draws a marker",
    ),
    "word without the blank after its marker": (
        marker._GLUED,
        {K.LETTER, K.NUMBER, K.DOTTED, K.BULLET},
        "capitals before a stop are abbreviations, and no heading is set so",
    ),
    "line under a header of text": (
        header_columns._BODY,
        {K.HEADING, K.PROVISION},
        "bullets and numbers may stand in its left column",
    ),
    "title of an attachment": (attachments._MARKERS, ALL, "no title opens with a marker"),
}


@pytest.mark.parametrize("room", ROOMS)
def test_kinds_of_a_room(room: str) -> None:
    """The rooms differ by what they say here, not by patterns of their own."""
    accepted, stated, reason = ROOMS[room]
    assert accepted == stated
    assert reason


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("- Như trên;", "Như trên;"),
        ("-05 phòng thuộc Sở;", "05 phòng thuộc Sở;"),
        ("**- Như trên;**", "Như trên;**"),
        ("o Như trên;", "Như trên;"),
        (". Văn phòng Chính phủ;", "Văn phòng Chính phủ;"),
        ("\\- Như trên;", "Như trên;"),
        ("Như trên;", "Như trên;"),
        ("-", "-"),
    ],
)
def test_bullet_of_a_list(text: str, entry: str) -> None:
    """Under `Kính gửi` and `Nơi nhận` a dash is a bullet whatever follows it."""
    assert text[bullet_end(text) :] == entry


def test_markers_without_a_space() -> None:
    """A list marker ends where the item's text begins; an abbreviation has no marker."""
    assert glued_marker("b)Điểm") == 2
    assert glued_marker("1.Phạm") == 2
    assert glued_marker("-Đối") == 1
    assert glued_marker("“a)Các") == 3
    assert glued_marker("b)Ý") == 2
    assert glued_marker("P.Chủ") == 0
    assert glued_marker("1.500") == 0
    assert glued_marker("1.UBND") == 0


@pytest.mark.parametrize(
    ("label", "kind", "value"),
    [
        ("5", K.NUMBER, (5,)),
        ("1.2", K.DOTTED, (1, 2)),
        ("đ", K.LETTER, (5,)),
        ("c", K.LETTER, (3,)),
        ("IV", K.ROMAN, (4,)),
        ("B", K.UPPER, (2,)),
        ("a1", K.LETTERED, (1, 1)),
        ("Điều 5", K.HEADING, (5,)),
        ("Chương  II", K.HEADING, (2,)),
        ("Điều thứ nhất", K.HEADING, (1,)),
        ("-", K.BULLET, ()),
    ],
)
def test_label(label: str, kind: MarkerKind, value: tuple[int, ...]) -> None:
    """A marker as the model quotes it, without punctuation and text."""
    best = read_label(label)[0]
    assert (best.kind, best.value) == (kind, value)


def test_lone_label() -> None:
    """What a scan may hold apart from its item; a word or a scrap is none."""
    assert is_label("II")
    assert is_label("đ")
    assert not is_label("ii")
    assert not is_label("xA")
    assert not is_label("Đ")
