"""Posts and names that a seal covers are read again; dashes of a list of recipients are mended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from tests.makers.ocr_fakes import Fake, line
from tests.makers.scan_maker import encoded
from vnadmin.config import Config
from vnadmin.layout.page import Box
from vnadmin.ocr.image.prepare import PagePicture
from vnadmin.ocr.image.rings import without_seal
from vnadmin.ocr.reading import PageReading, RawWord, ReadLine
from vnadmin.source.scan.beneath import read_beneath
from vnadmin.source.scan.mending.listed import mend_list
from vnadmin.source.scan.mending.phrases import deputy_under_a_seal
from vnadmin.source.scan.pages import Pages

if TYPE_CHECKING:
    from vnadmin.ocr.image.pixels import Pixels

DPI = 144.0
PAGE = PagePicture(np.full((1684, 1190), 255, np.uint8), DPI)
SEAL = Box(300, 260, 396, 356)


class Strips:
    """Reads every strip as the texts that it was given, each filling the strip."""

    def __init__(self, *texts: str) -> None:
        super().__init__()
        self.texts = texts

    def readings(self, grey: Pixels) -> Iterator[list[RawWord]]:
        """See `StripReader`."""
        height, width = grey.shape
        for text in self.texts:
            words, step, x = text.split(), width / len(text), 0.0
            out = []
            for word in words:
                out.append(RawWord(word, x, 0, x + step * len(word), height, 0.4))
                x += step * (len(word) + 1)
            yield out


def read(reader: Strips, *lines: ReadLine) -> list[str]:
    """The texts of a page with a seal after what it covers was read again."""
    reading = PageReading(595, 842, 0, 0.0, DPI, "fake", lines, (SEAL,))
    return [each.text for each in read_beneath(PAGE, reading, reader).lines]


POST = line("GIÁM ĐỐC", 360, 240)


@pytest.mark.parametrize("again", ["QNgyyễn Thanh Bình", "3›: Nguyễn Thanh Bình"])
def test_name_whose_first_letters_a_seal_covers(again: str) -> None:
    """It is read again as wide as it must be to stand under the middle of its post."""
    assert read(Strips(again), POST, line("nh Bình", 400, 345)) == ["GIÁM ĐỐC", "Nguyễn Thanh Bình"]


@pytest.mark.parametrize(
    "again",
    ["ke TY ẨNA", "Kx Thanh Bình", "An Vi Znh Bình", "Ngghiễu Bình", "Điệm Thanh Bình", ": ấn Bình", "Lêz Văn Bình"],
)
def test_what_is_no_better_the_second_time_stays(again: str) -> None:
    """No name, no family that the letters can be, a rare one that they hardly are, no syllables, a word lost before it."""
    assert read(Strips(again), POST, line("nh Bình", 400, 345)) == ["GIÁM ĐỐC", "nh Bình"]


def test_name_that_stands_about_the_middle_is_not_read_again() -> None:
    """A whole name needs no second reading."""
    assert read(Strips("Lê Văn Tám"), POST, line("Trần Văn Bảo", 350, 345)) == ["GIÁM ĐỐC", "Trần Văn Bảo"]


def test_name_beside_its_middle_has_lost_a_word() -> None:
    """Văn is a family name too; but the name stands to the right of its post, where the seal ends."""
    assert read(Strips("Nguễn Văn Bình"), POST, line("Văn Bình", 400, 345))[1] == "Nguyễn Văn Bình"


@pytest.mark.parametrize(
    ("again", "name"),
    [("Đàiưởng Trần Văn Bảo", "Đại tướng Trần Văn Bảo"), ("sẽ Trần Văn Bảo", "Trần Văn Bảo")],
)
def test_rank_before_a_name(again: str, name: str) -> None:
    """It is part of the name where it stands on its line, whatever the seal's edge makes of it."""
    assert read(Strips(again), POST, line("ưởng, Xrần Văn Bảo", 382, 345))[1] == name


@pytest.mark.parametrize(
    ("again", "whole"),
    [
        ("BỘ TRƯỞNG, CHỦ NHIỆM", "BỘ TRƯỞNG, CHỦ NHIỆM"),
        ("xz CHỦ NHIỆM", "CHỦ NHIỆM"),
    ],
)
def test_post_whose_first_words_a_seal_covers(again: str, whole: str) -> None:
    """A post that stands to the right of the name under it is read again as wide as it must be."""
    lines = line("CHỦ NHIỆM", 390, 264), line("Trần Văn Bảo", 330, 350)
    assert read(Strips(again), *lines) == [whole, "Trần Văn Bảo"]


@pytest.mark.parametrize(
    ("above", "post"),
    [("KT. VIỆN TRƯỞNG", "PHÓ VIỆN TRƯỞNG"), ("VIỆN TRƯỞNG", "ỞNG"), ("KT. TỔNG GIÁM ĐỐC", "ỞNG")],
)
def test_deputy_of_whose_post_a_seal_left_some_letters(above: str, post: str) -> None:
    """Who signs for a chief is the deputy; without the sign, and of another chief, the letters say too little."""
    lines = line(above, 330, 240), line("ỞNG", 402, 264), line("Trần Văn Bảo", 340, 350)
    assert read(Strips("HHÓ ỆỆNVRƯỞNG"), *lines)[1] == post


@pytest.mark.parametrize("read", ["HHÓGIÁMĐỐC", "HÓGIÁMĐỐC", "8HÓGIÁMĐÓC", "PHÓGIÁMĐỐC", "PHỎGIÁMĐỐC", "HHÓGIMĐỐC"])
def test_deputy_of_whose_post_a_seal_left_all_but_a_letter(read: str) -> None:
    """All the chief's letters, and before them `PHÓ` but for one."""
    assert deputy_under_a_seal(read, "KT. GIÁM ĐỐC") == "PHÓ GIÁM ĐỐC"


@pytest.mark.parametrize("read", ["GIÁMĐỐC", "Q.GIÁMĐỐC", "TỔNGGIÁMĐỐC", "GIÁMĐÓC", "OGIÁMĐỐC", "P.GIÁMĐỐC"])
def test_chief_whose_letters_are_all_there_is_no_deputy(read: str) -> None:
    """No letter is lost that could have been the deputy's."""
    assert deputy_under_a_seal(read, "KT. GIÁM ĐỐC") is None


def test_no_deputy_of_a_chief_that_was_not_read() -> None:
    """The sign alone, and a minister's letters, whose deputy has another word."""
    assert deputy_under_a_seal("PHÓGIÁMĐỐC", "KT.") is None
    assert deputy_under_a_seal("", "KT.") is None
    assert deputy_under_a_seal("HÓBỘTRƯỞNG", "KT. BỘ TRƯỞNG") is None
    assert deputy_under_a_seal("", "KT. GIÁM ĐỐC") is None


def test_agency_under_the_sign_of_its_head() -> None:
    """`BỘ TƯ PHÁP` goes on with KT. BỘ TRƯỞNG; with no sign above it is a seal's."""
    reader, scrap = Strips("BOTU PHÁP"), line("›8ô-LƯ PHÁP", 345, 254, confidence=0.1)
    assert read(reader, line("KT. BỘ TRƯỞNG", 340, 240), scrap)[1] == "BOTU PHÁP"
    assert read(reader, line("Trân trọng cảm ơn./.", 340, 240), scrap)[1] == scrap.text


def test_capitals_that_are_no_words() -> None:
    """The engine is sure of letters that a ring joined."""
    assert read(Strips("PHÓ GIÁM ĐỐC"), line("PHỘ:GIÁM ĐỐC", 340, 240))[0] == "PHÓ GIÁM ĐỐC"


def test_post_that_says_nothing() -> None:
    """A post under the upper edge of a seal, and two posts that were taken for one line."""
    assert read(Strips("HẾU TRƯỞNG"), line("ẤM1ÊÙ*RƯỞNG", 350, 262, confidence=0.1)) == ["HẾU TRƯỞNG"]
    others = (line("- Như trên;", 85, 250), line("- Lưu: VT.", 85, 270), line("Trân trọng cảm ơn./.", 85, 200))
    tall = line("F6GM88E", 330, 225, 40, confidence=0.1)
    assert read(Strips("PHÓ GIÁM ĐỐC"), *others, tall)[3:] == ["PHÓ GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]


class Blocks(Strips):
    """Reads a block as lines, each at a height of its picture."""

    def __init__(self, **lines: str) -> None:
        super().__init__()
        self.lines = lines

    def block(self, grey: Pixels, dpi: float) -> list[list[RawWord]]:
        """See `BlockReader`: keys are the points from the block's top, as `at40`."""
        found = []
        for place, text in self.lines.items():
            y, x = float(place.removeprefix("at")) * dpi / 72, 100 * dpi / 72
            words = []
            for word in text.split():
                words.append(RawWord(word, x, y, x + 30 * dpi / 72, y + 10 * dpi / 72, 0.9))
                x += 34 * dpi / 72
            found.append(words)
        return found


@pytest.mark.parametrize("name", ["Hà Văn Phúc", "Suuế “Hã Văn Phúc", "Zê Văn Phúc", "xNguyên Văn Phúc"])
def test_block_of_a_signature_that_the_layout_lost(name: str) -> None:
    """Post and name are read with the block about the seal; what is neither, and what was surely read, stays out."""
    reader = Blocks(at20="thi hành Quyết định này.", at40="„ PHÓ GIÁM ĐỐC", at120=name)
    body = line("thi hành Quyết định này.", 300, 222)
    texts = read(reader, body, line("zr/u", 380, 244, confidence=0.1))
    assert texts[0] == body.text and texts[-2] == "„ PHÓ GIÁM ĐỐC" and texts[-1].endswith("Văn Phúc")
    assert "zr/u" not in texts


def test_block_that_is_signed_is_not_read_again() -> None:
    """A post and a name under it are there: what the block says is not asked."""
    reader = Blocks(at40="CHỦ TỊCH", at120="Lê Văn Tám")
    assert read(reader, POST, line("Trần Văn Bảo", 350, 345)) == ["GIÁM ĐỐC", "Trần Văn Bảo"]


def test_seal_goes_and_a_stamped_name_stays() -> None:
    """Red ink within the seal goes pale, red ink outside it stays dark; a ring in plain ink goes."""
    colour = np.full((200, 200, 3), 255, np.uint8)
    colour[95:105, 95:105] = colour[180:190, 95:105] = (220, 40, 50)
    plain = without_seal(colour, (50.0, 50.0, 150.0, 150.0), 2, plainer=True)
    assert plain[100, 100] == 255 and plain[185, 100] < 120
    grey = np.full((200, 200), 255, np.uint8)
    grey[98:103] = 0
    plain = without_seal(grey, (50.0, 50.0, 150.0, 150.0), 2, plainer=False)
    assert plain[100, 50] == plain[100, 150] == 255 and plain[100, 100] == plain[100, 20] == 0
    assert without_seal(grey, (50.0, 50.0, 150.0, 150.0), 2, plainer=True)[100, 100] == 255


def listed(*texts: tuple[str, float]) -> list[str]:
    """A list under its label after mending: texts with the places of their left edges."""
    lines = [line("Nơi nhận:", 85, 250)]
    lines += [line(text, x, 266 + 14 * index, 11) for index, (text, x) in enumerate(texts)]
    changed = mend_list(lines)
    return [changed.get(index, each).text for index, each in enumerate(lines)][1:]


def test_dashes_that_were_misread_or_lost() -> None:
    """What stands where the others have their dash was one; an item that stands where their text begins lost it."""
    assert listed(
        ("- Như trên;", 85), ('" Sở Nội vụ;', 85), ("/>Cổng TTĐT;", 85), ("Báo Hà Thanh;", 93.2), ("- Lưu: VT.", 85)
    ) == ["- Như trên;", "- Sở Nội vụ;", "- Cổng TTĐT;", "- Báo Hà Thanh;", "- Lưu: VT."]


def test_lines_that_go_on_keep_their_place() -> None:
    """A wrapped line under the text of an item that is not closed, one at the edge, and what follows the filing entry."""
    texts = ("- Các phòng, ban thuộc", 85), ("Sở Nội vụ;", 93.2), ("- Lưu: VT;", 85), ("* 12 bản", 85)
    assert listed(*texts) == [text for text, _ in texts]
    assert listed(("Như trên;", 85), ("* Sở Nội vụ;", 85)) == ["Như trên;", "* Sở Nội vụ;"]


def test_label_of_the_filing_entry() -> None:
    """Its marks are those of the word; a desk or a name behind it stays as it was read."""
    assert listed(("- Như trên;", 85), ("- Lựu: VP, Lựu.", 85)) == ["- Như trên;", "- Lưu: VP, Lựu."]


@pytest.mark.parametrize(
    ("read", "kept"),
    [
        ("- Lưu: VT, KTN (3b). 35", "- Lưu: VT, KTN (3b)."),
        ("- Lưu: VT, KTN (3b).An 8", "- Lưu: VT, KTN (3b).An"),
        ("- Lưu: VT, KTN. ¿8", "- Lưu: VT, KTN."),
        ("- Lưu: VT, hồ sơ 12", "- Lưu: VT, hồ sơ 12"),
        ("- Lưu: VT, Phòng 3", "- Lưu: VT, Phòng 3"),
        ("- Lưu: VT (2), P. 3.", "- Lưu: VT (2), P. 3."),
        ("- Lưu: VT. 35", "- Lưu: VT."),
        ("- Lưu: VT, P. 5", "- Lưu: VT, P. 5"),
        ("- Lưu: VT,Tr. 3", "- Lưu: VT,Tr. 3"),
        ("- Lưu: VT, Đ. 8", "- Lưu: VT, Đ. 8"),
    ],
)
def test_copies_counted_by_hand_after_the_filing_entry(read: str, kept: str) -> None:
    """A figure after the entry's stop is a pen's; that of a unit's name has none before it, or that of a short form."""
    assert listed(("- Như trên;", 85), ("- Sở Xây dựng;", 85), (read, 85))[-1] == kept


def test_strokes_after_the_filing_entry() -> None:
    """What nobody was sure of behind its stop goes; a drafter's mark that was surely read stays."""
    strokes = line("- Lưu: VT(5b). JG ox", 85, 294, 11)
    faint = replace(strokes, words=(*strokes.words[:2], *(w._replace(confidence=0.3) for w in strokes.words[2:])))
    above = line("Nơi nhận:", 85, 250), line("- Như trên;", 85, 266, 11), line("- Sở Xây dựng;", 85, 280, 11)
    assert mend_list([*above, faint])[3].text == "- Lưu: VT(5b)."
    assert 3 not in mend_list([*above, strokes])


@pytest.mark.parametrize(("strokes", "least"), [("ruzm,", 0.6), ("JG", 0.96)])
def test_strokes_as_long_as_a_drafters_mark(strokes: str, least: float) -> None:
    """Print as small as that is read as badly as a pen: the entry without it is likely at best."""
    *words, last = line(f"- Lưu: VT, NN. {strokes}", 85, 294, 11).words
    faint = replace(line("- Như trên;", 85, 266, 11), words=(*words, last._replace(confidence=0.3)))
    above = line("Nơi nhận:", 85, 250), line("- Như trên;", 85, 266, 11), line("- Sở Xây dựng;", 85, 280, 11)
    found = mend_list([*above, faint])[3]
    assert (found.text, found.words[-1].confidence) == ("- Lưu: VT, NN.", least)


def test_word_before_a_purpose() -> None:
    """`(đề b/c)` can only be `(để b/c)`; `(đề án)` is none."""
    texts = ("- Bộ trưởng (đề b/c);", 85), ("- Thứ trưởng tể biết);", 85), ("- Ban (đề án 06);", 85), ("- Lưu: VT.", 85)
    assert listed(*texts) == ["- Bộ trưởng (để b/c);", "- Thứ trưởng (để biết);", "- Ban (đề án 06);", "- Lưu: VT."]


def test_seal_on_a_page_without_a_line() -> None:
    """There is nothing to read again."""

    class Blind(Fake, Strips):
        def read(self, picture: PagePicture, seconds: float | None = None) -> PageReading:
            return PageReading(595, 842, 0, 0.0, DPI, "fake", (), (SEAL,))

    page = encoded(Image.new("L", (1190, 1684), 255), "PNG")
    with Pages(page, Config(), 1, lambda config: Blind()) as pages:
        (result,) = pages.read([1])
    assert result.code is None and result.reading is not None and not result.reading.lines
