"""What OCR damages in print that can only be one thing is mended, likely at best; the rest stays as it was read."""

from __future__ import annotations

import pytest

from tests.makers.ocr_fakes import line
from vnadmin.layout.page import Box
from vnadmin.ocr.reading import ReadLine
from vnadmin.source.scan.mending.phrases import mend_agency, mend_label, mend_post
from vnadmin.source.scan.mending.signature import MENDED, MendedPage, mend_page


def post(text: str, above: str = "", *, strict: bool = False) -> str | None:
    """A line after mending; None where it names no post."""
    found = mend_post(text.split(), strict=strict, above=above)
    return None if found is None else " ".join(word for word in found.words if word is not None)


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("GIÁM ĐÓC", "GIÁM ĐỐC"),
        ("BỘ TRƯỜNG", "BỘ TRƯỞNG"),
        ("Z55GIÁM ĐÓC", "GIÁM ĐỐC"),
        ("HIỆU TRƯỞNG&", "HIỆU TRƯỞNG"),
        ("HIỆU TRƯỞNGZ", "HIỆU TRƯỞNG"),
        ("CHỦTICH", "CHỦ TỊCH"),
        ("PHÓTHỦ TƯỚNG", "PHÓ THỦ TƯỚNG"),
        ("ẾT: GIÁM ĐÓC", "KT. GIÁM ĐỐC"),
        ("4T: GIÁM ĐỐC", "KT. GIÁM ĐỐC"),
        ("KT, CHỦ TICH", "KT. CHỦ TỊCH"),
        ("..KT THỦ TƯỚNG", "KT. THỦ TƯỚNG"),
        ("&T. THỦ TƯỚNG", "KT. THỦ TƯỚNG"),
        ("TE:HIỆU TRƯỞNG", "TL.HIỆU TRƯỞNG"),
        ("KT BỘ TRƯỞNG, CHỦ NHIỆM", "KT. BỘ TRƯỞNG, CHỦ NHIỆM"),
        ("PHỔ CHỦ TICH", "PHÓ CHỦ TỊCH"),
        ("THÓ GIÁM ĐÓC", "PHÓ GIÁM ĐỐC"),
        ("PHÓ CHỦ TỊCH ZLauL", "PHÓ CHỦ TỊCH"),
        ("KT. CHÁNH VĂN PHÒNG", "KT. CHÁNH VĂN PHÒNG"),
        ("GIÁM ĐỐC SỞ Y TẾ", "GIÁM ĐỐC SỞ Y TẾ"),
        ("BỘ TRƯỜNG BỘ Y TẾ điện:", "BỘ TRƯỞNG BỘ Y TẾ điện:"),
    ],
)
def test_posts(read: str, printed: str) -> None:
    """Marks, one letter, specks that touch the print, strokes after it."""
    assert post(read) == printed


def test_deputy_below_an_authority() -> None:
    """Who signs for another is a deputy: the seal's ring took the first letters."""
    assert post("LÓ CHỦ NHIỆM", above="KT. CHỦ NHIỆM") == "PHÓ CHỦ NHIỆM"
    assert post("TỨ TRƯỞNG", above="KT. BỘ TRƯỞNG") == "THỨ TRƯỞNG"
    assert post("TRƯỞNG", above="KT. BỘ TRƯỞNG") == "THỨ TRƯỞNG"
    assert post("GIÁM ĐỐC", above="KT. GIÁM ĐỐC") == "PHÓ GIÁM ĐỐC"
    assert post("CHỦ NHIỆM", above="KT. BỘ TRƯỞNG, CHỦ NHIỆM") == "PHÓ CHỦ NHIỆM"
    assert post("RHÔ HIỆU TRƯỞNG", above="KT. HIỆU TRƯỞNG") == "PHÓ HIỆU TRƯỞNG"
    assert post("“PHỚ GIÁM ĐÓC", above="KT. GIÁM ĐỐC") == "PHÓ GIÁM ĐỐC"
    assert post("C: THỜ TRƯỞNG", above="KT. BỘ TRƯỞNG") == "THỨ TRƯỞNG"
    assert post("RHÔ HIỆU TRƯỞNG", above="KT. GIÁM ĐỐC") is None
    assert post("RHÔ HIỆU TRƯỞNG") is None


@pytest.mark.parametrize("read", ["TRƯỜNG KHOA HỌC", "QUYẾT ĐỊNH", "TỨ TRƯỞNG", "Giám đóc", "TM. ỦY BAN NHÂN DÂN"])
def test_what_could_be_several_or_none_stays(read: str) -> None:
    """A school, a type, a post that two of the list are as near to, running text, a committee."""
    assert post(read) is None


def test_headers_mend_marks_only() -> None:
    """In a header another letter may be another name."""
    assert post("HIỆU TRƯỞNGZ", strict=True) is None
    assert post("GIÁM ĐÓC", strict=True) == "GIÁM ĐỐC"


@pytest.mark.parametrize(("read", "printed"), [("SỞ Y TÉ", "SỞ Y TẾ"), ("QUYÉT ĐỊN H", "QUYẾT ĐỊNH"), ("SỞ Y FẾ", "SỞ Y TẾ"), ("HỎA TỐC J", "HỎA TỐC")])  # fmt: skip
def test_agencies_types_and_marks(read: str, printed: str) -> None:
    """Whole stretches of a header that are one entry of a list but for their marks."""
    found = mend_agency(read.split())
    assert found is not None
    assert " ".join(word for word in found.words if word is not None) == printed


def test_agency_of_no_list_stays() -> None:
    """A name that no list has is left as it was read."""
    assert mend_agency(["CÔNG", "TY", "MÍA", "ĐUỜNG"]) is None


@pytest.mark.parametrize(("read", "printed"), [("Sá:", "Số:"), ("Sắ:", "Số:"), ("S6", "Số"), ("V⁄»", "V/v"), ("VW", "V/v"), ("VÀ", "VÀ"), ("Sở", "Sở"), ("SỞ", "SỞ"), ("Về", "Về")])  # fmt: skip
def test_labels(read: str, printed: str) -> None:
    """Labels of number and subject; an agency's head in capitals is none."""
    assert mend_label(read) == printed


def test_specks_before_a_label() -> None:
    """The end of a dotted line stands before the subject's label."""
    first = line("..V/v bàn giao tài sản", 92, 128)
    mended = mend_page([first], 842, first=True, untouched=frozenset())
    assert mended.lines[0].text == "V/v bàn giao tài sản"


@pytest.mark.parametrize(
    ("above", "read", "printed"),
    [
        ("QUYẾT ĐỊNH", "và việc ban hành quy chế", "Về việc ban hành quy chế"),
        ("QUYẾT ĐỊNH", "Vẻ việc ban hành quy chế", "Về việc ban hành quy chế"),
        ("QUYẾT ĐỊNH", "về vườn trồng rau sạch", "về vườn trồng rau sạch"),
        ("Về việc giao đất", "và việc ban hành quy chế", "và việc ban hành quy chế"),
    ],
)
def test_label_of_a_subject_under_its_headline(above: str, read: str, printed: str) -> None:
    """Under a type's name a subject begins; under another line it may go on."""
    lines = [line(above, 250, 140), line(read, 200, 158)]
    assert mend_page(lines, 842, first=True, untouched=frozenset()).lines[1].text == printed


def test_pen_beside_the_label_of_the_list() -> None:
    """A short word that the engine doubts is the drafter's mark; a longer one, or one that it is sure of, is print."""
    label = ReadLine((*line("Nơi nhận:", 85, 656).words, *line("Ly", 160, 656, confidence=0.5).words))
    sure = ReadLine((*line("Nơi nhận:", 85, 656).words, *line("Ly", 160, 656, confidence=0.9).words))
    assert [page(each).lines[0].text for each in (label, sure)] == ["Nơi nhận:", "Nơi nhận: Ly"]


def test_item_under_a_pen_is_no_noise() -> None:
    """Its words are syllables, however little the engine is sure of them."""
    label, item = line("Nơi nhận:", 85, 656), line("- Như trên?", 85, 670, confidence=0.1)
    assert page(label, item).kept == {1}
    assert not page(label, line("- Nhz trxn?", 85, 670, confidence=0.1)).kept


def page(*lines: ReadLine) -> MendedPage:
    """A second page after mending."""
    return mend_page(lines, 842, first=False, untouched=frozenset())


@pytest.mark.parametrize(
    ("read", "confidence", "kept"),
    [
        ("GIÁM ĐÓC", 0.95, 0.95),  # the letters are sure and no other post has them
        ("GIÁM ĐÓC", 0.85, MENDED),  # a letter may be another too
        ("GIÁM ĐỐCZ", 0.95, MENDED),  # more than marks was put right
    ],
)
def test_confidence_of_a_mended_post(read: str, confidence: float, kept: float) -> None:
    found = page(line(read, 380, 250, confidence=confidence), line("Lê Văn Tuấn", 375, 330))
    assert found.lines[0].text == "GIÁM ĐỐC"
    assert found.lines[0].words[1].confidence == pytest.approx(kept)


def test_name_below_a_post() -> None:
    """A family name that lost one mark is respelt and not sure; scraps between post and name are set aside."""
    found = page(line("GIÁM ĐÓC", 380, 250), line("zmnh.", 400, 290), line("Lế Văn Tuấn", 375, 330))
    assert found.lines[0].text == "GIÁM ĐỐC"
    assert found.scraps == {1}
    assert found.lines[2].text == "Lê Văn Tuấn"
    assert found.lines[2].words[0].confidence == MENDED


def test_stroke_that_is_read_as_a_dash_before_a_name() -> None:
    """A dash that the engine was sure of opens an item of a list whose column stands near."""
    stroke, *name = line("- Lê Văn Tuấn", 375, 330).words
    below = ReadLine((stroke._replace(confidence=0.63), *name))
    assert page(line("GIÁM ĐỐC", 380, 250), below).lines[1].text == "Lê Văn Tuấn"
    assert page(line("GIÁM ĐỐC", 380, 250), ReadLine((stroke, *name))).lines[1].text == "- Lê Văn Tuấn"


def test_name_with_a_rank_below_a_post() -> None:
    """What stands between the post and `Đại tá Trần Văn An` is scraps, as above a name without a rank."""
    mended = page(line("GIÁM ĐỐC", 330, 300), line("ÈauJ", 350, 330), line("Đại tá Trán Văn An", 310, 360))
    assert mended.scraps == {1} and mended.lines[2].text == "Đại tá Trần Văn An"


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("KT. VỤ TRƯỞNG VỤ TỎ CHỨC-CÁN BỘ", "KT. VỤ TRƯỞNG VỤ TỔ CHỨC-CÁN BỘ"),
        ("TRƯỞNG BAN TỎ CHỨC HUYỆN ỦY", "TRƯỞNG BAN TỔ CHỨC HUYỆN ỦY"),
        ("TRƯỞNG PHÒNG TỎ HÒ", "TRƯỞNG PHÒNG TỎ HÒ"),
        ("II. TỎ CHỨC THỰC HIỆN", "II. TỎ CHỨC THỰC HIỆN"),
    ],
)
def test_mark_in_the_name_of_a_unit_that_signs(read: str, printed: str) -> None:
    """The word beside it and the names of agencies tell which; other lines in capitals are none of theirs."""
    found = page(line(read, 300, 300, confidence=0.8)).lines[0]
    assert found.text == printed and all(word.confidence <= 0.8 for word in found.words)
    assert page(line(read, 300, 300, confidence=0.97)).lines[0].text == read


def test_syllable_that_the_engine_was_fairly_sure_of_stays() -> None:
    """ĐÔNG Y is no ĐỒNG, though HỘI ĐỒNG stands in names of agencies; what is no syllable was misread."""
    read = "CHỦ TỊCH HỘI ĐÔNG Y TỈNH"
    assert page(line(read, 300, 300, confidence=0.93)).lines[0].text == read
    assert page(line("TRƯỞNG BAN TỔ CHỬC", 300, 300, confidence=0.93)).lines[0].text == "TRƯỞNG BAN TỔ CHỨC"


def test_agency_between_a_sign_and_a_deputy() -> None:
    """It is spelt as the list of agencies has it, where the sign of its head stands right above."""
    lines = line("KT. BỘ TRƯỞNG", 330, 300), line("BOTU PHÁP", 340, 313), line("THỨ TRƯỞNG", 335, 326)
    assert [each.text for each in page(*lines).lines] == ["KT. BỘ TRƯỞNG", "BỘ TƯ PHÁP", "THỨ TRƯỞNG"]
    assert page(line("BOTU PHÁP", 340, 313)).lines[0].text == "BOTU PHÁP"


def test_family_name_that_may_be_several_stays() -> None:
    """What is near to no one family name is left as it was read."""
    assert page(line("GIÁM ĐỐC", 380, 250), line("Grzn Văn Tuấn", 375, 330)).lines[1].text == "Grzn Văn Tuấn"


def test_nothing_is_set_aside_without_a_name() -> None:
    """Below a post no name was read: what stands there may be all that is left of it."""
    assert not page(line("GIÁM ĐỐC", 380, 250), line("zmnh.", 400, 290)).scraps


def wide(*parts: tuple[str, float]) -> ReadLine:
    """A line that an engine without a detector read over both columns: parts with their places."""
    return ReadLine(tuple(word for text, x in parts for word in line(text, x, 330).words))


def test_name_on_one_line_with_a_recipient() -> None:
    """The two columns come apart, so that the name stands below its post."""
    found = page(line("GIÁM ĐÓC", 380, 250), wide(("- Lưu: VT.", 85), ("Lế Văn Tuấn", 375)))
    assert [each.text for each in found.lines] == ["GIÁM ĐỐC", "- Lưu: VT.", "Lê Văn Tuấn"]


def test_line_of_a_detector_is_not_parted() -> None:
    """A detector of lines holds the columns apart itself."""
    one = wide(("- Lưu: VT.", 85), ("Lế Văn Tuấn", 375))
    assert len(page(ReadLine(one.words, "both", (300.0, 335.0), 13.0)).lines) == 1


@pytest.mark.parametrize("read", ["“Lê Văn Tuấn", ">Lê Văn Tuấn", "/. Lê Văn Tuấn"])
def test_scraps_before_a_name(read: str) -> None:
    """Strokes of a pen and edges of a seal that touch the name are none of it."""
    assert page(line("GIÁM ĐỐC", 380, 250), line(read, 375, 330)).lines[1].text == "Lê Văn Tuấn"


def test_word_that_nobody_was_sure_of_before_a_name() -> None:
    """The same of a word that is no word."""
    name = line("xxx Lê Văn Tuấn", 375, 330)
    name = ReadLine((name.words[0]._replace(confidence=0.1), *name.words[1:]))
    assert page(line("GIÁM ĐỐC", 380, 250), name).lines[1].text == "Lê Văn Tuấn"


@pytest.mark.parametrize("read", ["Nới nhận:", "ơi nhận:", "Nơi nhân", "Nơi nhận: 7”"])
def test_label_of_the_recipients(read: str) -> None:
    """Bold italics cost the label a letter or a mark."""
    found = page(line(read, 85, 300)).lines[0]
    assert found.text == "Nơi nhận:"
    assert found.words[0].confidence == MENDED


@pytest.mark.parametrize("read", ["Nơi nhận:", "Nơi nhận báo cáo", "Người nhận:"])
def test_other_lines_are_no_damaged_label(read: str) -> None:
    """The label itself is as sure as it was read; a longer line and another word are none."""
    found = page(line(read, 85, 300)).lines[0]
    assert found.text == read
    assert found.words[0].confidence == pytest.approx(0.96)


@pytest.mark.parametrize(
    ("read", "printed"),
    [("KC.BỘ TRƯỞNG", "KT.BỘ TRƯỞNG"), ("“=T==BQ TRƯỞNG", "BỘ TRƯỞNG"), ("—.. CHỦ TỊCH", "CHỦ TỊCH")],
)
def test_damage_before_a_post(read: str, printed: str) -> None:
    """A sign that touches the post and lost a letter; what a seal's ring looks like."""
    assert post(read) == printed


SEAL = Box(300, 260, 396, 356)


def sealed(*lines: ReadLine) -> list[str]:
    """What is left of a page with a seal."""
    found = mend_page(lines, 842, first=False, untouched=frozenset(), seals=[SEAL])
    return [each.text for index, each in enumerate(found.lines) if index not in found.scraps]


def test_text_of_a_seal_is_none_of_the_document() -> None:
    """The agency's name in its middle, scraps of what runs along the ring; without the seal they would be posts or names."""
    post, name = line("PHÓ GIÁM ĐỐC", 360, 245), line("Lê Văn Tuấn", 360, 350)
    assert sealed(post, line("SỞ", 338, 290), line("CÔNG THƯƠNG", 314, 308, 11), line("XIỄN", 330, 340, 9), name) == [
        "PHÓ GIÁM ĐỐC",
        "Lê Văn Tuấn",
    ]


def test_post_and_name_across_a_seal_stay() -> None:
    """What stands out of the seal is printed across it, and a post within it is no seal's."""
    lines = line("GIÁM ĐỐC", 330, 300), line("Trần Thị Hồng Loan", 330, 330)
    assert sealed(*lines) == ["GIÁM ĐỐC", "Trần Thị Hồng Loan"]


@pytest.mark.parametrize("read", ["V: GIÁM ĐÓC", "Lj: GIÁM ĐỐC", "GIÁM ĐỐC"])
def test_sign_above_the_deputy_of_the_same_post(read: str) -> None:
    """What stood before a post right above its deputy can only have been "KT.", also where a pen left nothing of it."""
    found = page(line(read, 370, 250), line("PHÓ GIÁM ĐỐC", 360, 264), line("Lê Văn Tuấn", 365, 330))
    assert found.lines[0].text == "KT. GIÁM ĐỐC"
    assert found.lines[0].words[0].confidence == MENDED
    assert found.lines[0].box.x0 == 370  # what nobody read covers no paper


def test_rest_of_a_deputy_under_its_chief() -> None:
    """A seal left "U TRƯỞNG" under a head's post: no VỤ TRƯỞNG signs there. Under another line it is what it is nearest to."""
    found = page(line("HỚ HIỆU TRƯỞNG", 370, 250), line("U TRƯỞNG", 440, 262), line("Lê Văn Tuấn", 375, 330))
    assert [each.text for each in found.lines] == ["KT. HIỆU TRƯỞNG", "PHÓ HIỆU TRƯỞNG", "Lê Văn Tuấn"]
    other = page(line("KT. GIÁM ĐỐC", 370, 250), line("PHÓ GIÁM ĐỐC", 375, 264), line("Lê Văn Tuấn", 375, 330))
    assert [each.text for each in other.lines] == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Lê Văn Tuấn"]


def test_minister_over_a_deputy_minister() -> None:
    """THỨ TRƯỞNG is a minister's deputy."""
    found = page(line("BỘ TRƯỞNG", 370, 250), line("THỨ TRƯỞNG", 372, 264), line("Lê Văn Tuấn", 365, 330))
    assert found.lines[0].text == "KT. BỘ TRƯỞNG"


@pytest.mark.parametrize(("read", "below"), [("TL. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), ("TM. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), ("V: GIÁM ĐỐC", "PHÓ CHỦ TỊCH"), ("GIÁM ĐỐC", "PHÓ CHỦ TỊCH")])  # fmt: skip
def test_no_sign_is_made_up(read: str, below: str) -> None:
    """Another sign that was read, and another post below."""
    found = page(line(read, 370, 250), line(below, 360, 264), line("Lê Văn Tuấn", 365, 330))
    assert found.lines[0].text == read
