"""A word between two others has the marks that it has wherever else the document prints the three."""

from __future__ import annotations

import math

from tests.makers.ocr_fakes import line
from vnadmin.source.scan.mending.listed import MENDED
from vnadmin.source.scan.mending.repeated import mend_repeated

OFTEN = ("Luật sửa đổi, bổ sung một số điều", "được sửa đổi, bổ sung năm 2020", "(sửa đổi, bổ sung Quy chế)")


def mended(*texts: str, confidence: float = 0.96) -> list[str]:
    """The lines after mending, one a page, all words read with one confidence."""
    pages = {number: [line(text, 85, 300, confidence=confidence)] for number, text in enumerate(texts, 1)}
    return [found.text for lines in mend_repeated(pages).values() for found in lines]


def test_phrase_of_the_documents_own() -> None:
    """The marks come from the other pages, capitals stay, and what was respelt is never certain."""
    assert mended("ĐIỀU LỆ (SỬA ĐỐI, BỔ SUNG)", *OFTEN)[0] == "ĐIỀU LỆ (SỬA ĐỔI, BỔ SUNG)"
    respelt = mend_repeated({1: [line(text, 85, 300) for text in ("sửa đối, bổ", *OFTEN)]})[1][0].words
    assert [word.confidence <= MENDED for word in respelt] == [False, True, False]


def test_phrase_that_goes_on_in_the_next_line() -> None:
    """Words are asked in their order on the page, whatever line they stand in."""
    rows = [line(text, 85, 20.0 * at) for at, text in enumerate(["về sửa", "đối, bổ sung", *OFTEN])]
    assert mend_repeated({1: rows})[1][1].text == "đổi, bổ sung"


def test_two_right_words_stay() -> None:
    """`công` and `cộng`, two people of one family: the words beside them are others."""
    texts = ("tuyển cộng tác viên", "tuyển công tác phí", "làm công tác Đảng", "việc công tác xa", "đi công tác về")
    assert mended(*texts)[0] == texts[0]
    people = ("ông Trần Văn Đông trình bày", *["ông Trần Văn Đồng phát biểu"] * 3)
    assert mended(*people)[0] == people[0]
    alike = ("Ông Nguyễn Văn Hùng là", *["Ông Nguyễn Văn Hưng là"] * 3)
    assert mended(*alike)[0] == alike[0]


def test_what_is_read_surely_needs_more_to_be_mended() -> None:
    """Two phrases outvote a doubted word, three a sure one; a text layer without confidences counts as doubted."""
    assert mended("lệ sửa đối, bổ sung", *OFTEN[:2])[0] == "lệ sửa đối, bổ sung"
    assert mended("lệ sửa đối, bổ sung", *OFTEN)[0] == "lệ sửa đổi, bổ sung"
    for doubted in (0.8, math.nan):
        assert mended("lệ sửa đối, bổ sung", *OFTEN[:2], confidence=doubted)[0] == "lệ sửa đổi, bổ sung"


def test_spellings_as_frequent_as_each_other_stay() -> None:
    """The document itself writes it in two ways."""
    texts = ("xã Tân Hoá cũ", *["xã Tân Hóa cũ"] * 3, *["tổ dân phố mới"] * 2, "tổ dân phổ mới")
    assert mended(*texts) == list(texts)


def test_one_neighbour_is_enough_where_the_other_is_new() -> None:
    """Two words that the document writes six times another way; not where the word is at home beside its other neighbour."""
    often = [f"Sở Giáo dục {other}" for other in ("Hải Lĩnh", "và", "đã", "có", "cho", "tại")]
    assert mended("Luật Giáo đục ngày 14", *often)[0] == "Luật Giáo dục ngày 14"
    assert mended("Luật Giáo đục. Ngày 14", "cây đục. Ngày", *often)[0] == "Luật Giáo dục. Ngày 14"
    assert mended("ông Giáo đục tượng", "thợ đục tượng", *often)[0] == "ông Giáo đục tượng"
    assert mended("Luật Giáo đục ngày 14", *often[1:])[0] == "Luật Giáo đục ngày 14"


def test_a_stop_parts_phrases() -> None:
    """`Tòa án. Nhận` is no `Tòa án nhân dân`."""
    often = [f"Tòa án nhân {other}" for other in ("dân", "văn", "đạo", "từ", "sự", "danh", "ái")]
    assert mended("gửi Tòa án. Nhận được", *often)[0] == "gửi Tòa án. Nhận được"


def test_a_letter_of_what_is_no_word() -> None:
    """`quv` between the words that have `quy` between them; a word that may be right stays."""
    often = ["việc quy định mức"] * 3
    assert mended("việc quv định mức", *often)[0] == "việc quy định mức"
    assert mended("việc quy định mức", *["việc quỳ xuống đất"] * 3)[0] == "việc quy định mức"
    assert mended("việc chỉ định thầu", *often)[0] == "việc chỉ định thầu"
    assert mended("tỉnh Lạng Nai cũ", *["tỉnh Đồng Nai"] * 3)[0] == "tỉnh Lạng Nai cũ"


def test_word_of_a_listed_phrase_stays() -> None:
    """An engine misreads one word again and again: `bổ sung` is what the tables have."""
    assert mended("sửa đổi, bổ sung Điều 2", *["sửa đổi, bỗ sung Điều"] * 3)[0] == "sửa đổi, bổ sung Điều 2"


def test_pages_without_words() -> None:
    """Nothing to ask, nothing to mend."""
    assert mend_repeated({1: [], 2: []}) == {1: [], 2: []}
