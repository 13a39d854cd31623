"""TCVN3, VNI and misread code page 1258 become Unicode; Unicode and other languages stay as they are."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnadmin.gazetteer import rows
from vnadmin.text.legacy import Encoding, convert, font_encoding, is_capital_font, looks_legacy
from vnadmin.text.syllable import is_syllable

DOMAIN = Path(__file__).parents[3] / "shared" / "domain"
PROSE = (
    "Căn cứ Luật Tổ chức chính quyền địa phương; xét đề nghị của Giám đốc Sở Nông nghiệp, Ủy ban nhân dân tỉnh quyết"
    " định phê duyệt kế hoạch trồng rừng vụ thu, giữ vững diện tích đã có, xử lý nghiêm vi phạm ở các huyện miền núi."
)


def encoder(encoding: Encoding) -> dict[str, str]:
    table: dict[str, str] = {}
    for row in rows("legacy_letters"):
        if row["encoding"] == encoding.value:
            table.setdefault(row["letter"], bytes.fromhex(row["hex"]).decode("latin-1"))
    return table


def encode(text: str, encoding: Encoding) -> str:
    table = encoder(encoding)
    return "".join(table.get(char, char) for char in text)


@pytest.mark.parametrize("encoding", [Encoding.TCVN3, Encoding.VNI])
def test_prose_comes_back(encoding: Encoding) -> None:
    """Without any font, evidence in the text is enough."""
    text = PROSE.replace("Ủy", "Uỷ") if encoding is Encoding.TCVN3 else PROSE
    old = encode(text, encoding)
    assert looks_legacy(old) is encoding
    assert convert(old) == text


@pytest.mark.parametrize(("encoding", "name"), [(Encoding.TCVN3, "tcvn3.tsv"), (Encoding.VNI, "vni.tsv")])
def test_table_agrees_with_the_domain_tables(encoding: Encoding, name: str) -> None:
    """Every letter of the tables that were gathered from four converters is in ours, and means the same."""
    path = DOMAIN / name
    if not path.is_file():
        pytest.skip("../shared/domain is only on the project's own machines")
    ours = {row["hex"]: row["letter"] for row in rows("legacy_letters") if row["encoding"] == encoding.value}
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if encoding is Encoding.TCVN3:
                if row["set"].startswith("VN3"):
                    assert ours[row["byte_hex"][2:]] == row["unicode_char"]
            else:
                assert ours[row["seq_hex"]] == row["unicode_char"]


def test_every_letter_of_the_table_converts() -> None:
    """Each row, in a run whose font names the encoding, gives its letter."""
    for row in rows("legacy_letters"):
        old = bytes.fromhex(row["hex"]).decode("latin-1")
        font = {"tcvn3": ".VnTime", "vni": "VNI-Times"}.get(row["encoding"])
        if font:
            assert convert(f"b{old}n", font) == f"b{row['letter']}n"


def test_fonts() -> None:
    """Names of fonts, also with a PDF's subset tag; only .Vn...H fonts are capital fonts."""
    assert font_encoding("ABCDEF+.VnArial Narrow") is Encoding.TCVN3
    assert font_encoding("VNI-Helve-Condense") is Encoding.VNI
    assert font_encoding("Times New Roman") is None
    assert font_encoding("UVNTime") is None
    assert is_capital_font(".VnTimeH")
    assert not is_capital_font(".VnTime")
    assert not is_capital_font("ArialH")


def test_soft_hyphen_is_a_letter() -> None:
    """U+00AD is ư, and a capital font makes it Ư."""
    assert convert("Bé tr\u00adëng", ".VnTime") == "Bộ trưởng"
    assert convert("thñ t\u00adíng", ".VnTimeH") == "THỦ TƯỚNG"


def test_capital_font_with_ascii_only() -> None:
    """Plain letters in a capital font are capitals too."""
    assert convert("ban quan ly", ".VnTimeH") == "BAN QUAN LY"


def test_stand_ins_of_pdf_text() -> None:
    """Minus and bullet signs beside letters are letters, between digits they are signs."""
    assert convert("Thñ t−íng yªu cÇu nhµ n−íc ®∙ gi¶m 5−3 = 2") == "Thủ tướng yêu cầu nhà nước đã giảm 5−3 = 2"


def test_half_capitals_are_mended() -> None:
    """TCVN3 has no capital letters with tones; a word that is otherwise in capitals gets them."""
    assert convert("TOµN QUèC, KÕ HO¹CH Vµ KÕ ho¹ch", ".VnTime") == "TOÀN QUỐC, KẾ HOẠCH VÀ Kế hoạch"
    assert convert("Sè: 12/Q§-UB, Vô C§KT, Tæ TH", ".VnTime") == "Số: 12/QĐ-UB, Vụ CĐKT, Tổ TH"


def test_unicode_in_an_old_font_stays() -> None:
    """A run that was typed in Unicode while an old font was set."""
    assert convert("Quyết định của Ủy ban", ".VnTime") == "Quyết định của Ủy ban"
    assert convert("Quyết định của Ủy ban", "VNI-Times") == "Quyết định của Ủy ban"


def test_misread_code_page_1258() -> None:
    """ð, ã, õ, ý for đ, ă, ơ, ư; a real ã stays."""
    assert convert("Vãn phòng ðề nghị nhý sau: quy ðịnh ðã có") == "Văn phòng đề nghị như sau: quy định đã có"


def test_two_encodings_line_by_line() -> None:
    """A document that is partly TCVN3 and partly Unicode."""
    old = encode("căn cứ quyết định của uỷ ban nhân dân tỉnh", Encoding.TCVN3)
    assert convert(f"{old}\nNgười ký: Trần Thử\n{old}").split("\n")[1] == "Người ký: Trần Thử"
    assert convert(f"{old}\nNgười ký: Trần Thử\n{old}").split("\n")[2] == "căn cứ quyết định của uỷ ban nhân dân tỉnh"


@pytest.mark.parametrize(
    "text",
    [
        PROSE,
        "Ðiều 1. Ủy ban nhân dân đã quyết định",  # Icelandic eth in otherwise good Unicode: folded elsewhere
        "El señor Núñez pidió una reunión mañana; el año próximo habrá niños y pingüinos",
        "Die Größe der Bäume: für schöne Mädchen, über müde Füße",
        "Où est le garçon déjà né à Noël ? Là-bas, près du château « Fête »",
        "Điều 5 § 2: 25°C ± 0,5; ½ ngày; © 2020 ® ™ · µg",
        "",
        "plain ASCII text",
    ],
)
def test_what_is_no_legacy_text_stays(text: str) -> None:
    """Unicode Vietnamese, other languages, signs."""
    assert looks_legacy(text) is None
    assert convert(text) == text


@given(st.text(max_size=60), st.sampled_from([None, ".VnTime", ".VnTimeH", "VNI-Times", "Arial"]))
def test_never_raises_and_keeps_lines(text: str, font: str | None) -> None:
    """Whatever the text: no error, and line ends stay."""
    assert convert(text, font).count("\n") == text.count("\n")


def test_syllables() -> None:
    """Spelling tells a decoded word from a misread one."""
    for word in (
        "Nghiêm",
        "quyết",
        "giếng",
        "gì",
        "uỷ",
        "ủy",
        "thuỷ",
        "khuyến",
        "NGƯỜI",
        "yêu",
        "ý",
        "quý",
        "đ".upper() + "ộc",
    ):
        assert is_syllable(word), word
    for word in ("QuyÕt", "nhý", "vãnt", "Ðịnh", "đă", "straße", "señor", "ngạcc", "q"):
        assert not is_syllable(word), word
