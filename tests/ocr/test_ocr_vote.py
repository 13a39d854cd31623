"""Two readings become one: doubtful words change, surely read ones and punctuation do not."""

from __future__ import annotations

import pytest

from vnadmin.ocr.asternet import Letter
from vnadmin.ocr.ctc import figures_along
from vnadmin.ocr.reading import RawWord
from vnadmin.ocr.tesseract import printed
from vnadmin.ocr.vote import doubtful, is_motto, misspelt, second_words, stretches, vote


def first(*words: tuple[str, float]) -> list[RawWord]:
    """Words of the first reading, ten pixels a letter."""
    out, x = [], 0.0
    for text, confidence in words:
        out.append(RawWord(text, x, 0, x + 10 * len(text), 20, confidence))
        x += 10 * len(text) + 5
    return out


def second(text: str, chance: float = 0.99) -> list[Letter]:
    """Letters of the second reading."""
    return [Letter(char, 10 * i, 10 * i + 10, 1.0 if char == " " else chance) for i, char in enumerate(text)]


def merged(words: list[RawWord], letters: list[Letter]) -> str:
    """The words after the vote."""
    doubts = [doubtful(word) for word in words]
    return " ".join(word.text for word in vote(words, doubts, second_words(letters)))


def test_misspelt_word_gives_way() -> None:
    """A word that is no syllable is replaced by one that is."""
    assert merged(first(("của", 0.97), ("Quôc", 0.96), ("hội", 0.97)), second("của Quốc hội", 0.6)) == "của Quốc hội"


def test_second_reading_that_is_no_syllable_is_not_taken() -> None:
    """However sure the second reader is."""
    assert merged(first(("quyết", 0.7), ("định", 0.97)), second("quyêt định")) == "quyết định"


def test_sure_words_stay() -> None:
    """A word far from any doubt is not touched, whatever the second reader says."""
    words = first(("Ban", 0.97), ("hành", 0.97), ("kèm", 0.97), ("theo", 0.5))
    assert merged(words, second("Bàn hành kèm thêo")).startswith("Ban")


def test_likelier_reading_of_a_doubtful_word_wins() -> None:
    """Both are syllables: the surer reader is believed."""
    assert merged(first(("thành", 0.97), ("phó", 0.8)), second("thành phố", 0.95)) == "thành phố"
    assert merged(first(("thành", 0.97), ("phố", 0.8)), second("thành phó", 0.6)) == "thành phố"


def test_words_that_tesseract_prefers_are_always_doubted() -> None:
    """chi tiết reads as chỉ tiết with full confidence."""
    assert merged(first(("quy", 0.97), ("định", 0.97), ("chỉ", 0.97), ("tiết", 0.97)), second("quy định chi tiết")) == (
        "quy định chi tiết"
    )


@pytest.mark.parametrize(
    ("word", "confidence", "again"),
    [
        ("phú", 0.85, True),  # phủ: the hook lies flat
        ("quyên", 0.85, True),
        ("biểu", 0.85, False),
        ("biểu", 0.75, True),
        ("sinh", 0.85, False),
        ("sinh", 0.75, True),
        ("ĐỎNG", 0.85, True),  # ĐỒNG
        ("CỘNG", 0.85, False),
        ("UBND", 0.85, False),
        ("17/KH-SVH", 0.85, True),
        ("XI", 0.85, True),  # XII
        ("—", 0.85, True),
    ],
)
def test_in_running_text_sure_letters_are_doubted_for_their_marks_alone(
    word: str, confidence: float, again: bool
) -> None:
    """In a header, a list or a signature they are read again all the same, with their neighbours."""
    read = RawWord(word, 0, 0, 50, 20, confidence)
    assert doubtful(read, in_text=True) is again
    assert doubtful(read)


@pytest.mark.parametrize(("word", "again"), [("GIÁM", False), ("XIII.", False), ("HII.", True)])  # III.
def test_of_words_in_capitals_that_are_sure_only_numerals_are_judged(word: str, again: bool) -> None:
    """What lost a circumflex is mended by lists of posts, agencies and types."""
    assert doubtful(RawWord(word, 0, 0, 50, 20, 0.95)) is again


@pytest.mark.parametrize(
    ("line", "known"),
    [
        ("CÔNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", True),
        ("Độc lập - Tự do - Hạnh phúc", True),
        ("Độc lập - Tự do - Hạnh phúc Hà Nam, ngày 5", False),
        ("SỞ Y TẾ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", False),
    ],
)
def test_the_motto_is_known_however_it_was_read(line: str, known: bool) -> None:
    """A line that says more is read again for what else it says."""
    assert is_motto(first(*((word, 0.6) for word in line.split()))) is known


def test_punctuation_that_the_second_reader_drops_stays() -> None:
    """AsterNet loses the point at the end of a line."""
    assert merged(first(("thực", 0.97), ("hiện./.", 0.7)), second("thực hiện")) == "thực hiện./."


def test_spaces_of_the_first_reader_stay() -> None:
    """AsterNet joins narrow words."""
    words = first(("SỞ", 0.93), ("Y", 0.7), ("TẾ", 0.9))
    assert merged(words, second("SỞYTẾ")) == "SỞ Y TẾ"


def test_word_that_the_first_reader_missed_is_added() -> None:
    """A word beside a doubtful one that only the second reading has."""
    assert merged(first(("Số:", 0.5), ("/CT-UBND", 0.9)), second("Số: 07 /CT-UBND")) == "Số: 07 /CT-UBND"


def test_agreement_raises_confidence() -> None:
    """Two readers that agree are surer than one."""
    words = first(("Nguyễn", 0.6))
    (word,) = vote(words, [True], second_words(second("Nguyễn", 0.98)))
    assert word.confidence == pytest.approx(0.98)


def test_stretches_take_neighbours_and_join() -> None:
    """A doubtful word is read again with the neighbours to which it is joined."""
    doubts, joined = [False] * 12, [False] * 12
    doubts[1] = doubts[2] = doubts[9] = True
    assert [tuple(stretch) for stretch in stretches(doubts, joined)] == [(1, 3), (9, 10)]
    joined[9] = joined[3] = True
    assert [tuple(stretch) for stretch in stretches(doubts, joined)] == [(1, 4), (8, 10)]
    assert stretches([False] * 4, [False] * 4) == []


@pytest.mark.parametrize("word", ["quôc", "Cuôc", "thnh", "đếợ", "hiêp."])
def test_misspelt(word: str) -> None:
    """Letters that make no Vietnamese syllable; a stop without a tone is none."""
    assert misspelt(word)


@pytest.mark.parametrize("word", ["quốc", "NĐ-CP", "07/CT-UBND", "UBND", "Website", "2019-2020", "ỦY", "Điều", "(b/c)"])
def test_not_misspelt(word: str) -> None:
    """Syllables, codes, numbers and foreign words."""
    assert not misspelt(word)


def test_figures_are_searched_by_their_whole_probability() -> None:
    """The prefix search adds up the ways to one reading: "11" needs a blank between its figures."""
    sure, blank = -0.05, -0.1
    one = [-4.0, -9.9, sure, *[-9.9] * 8]
    gap = [blank, -9.9, -4.0, *[-9.9] * 8]
    assert figures_along([one, gap, one])[0][0] == "11"
    assert figures_along([one, one, one])[0][0] == "1"
    assert figures_along([gap])[0][0] == ""


@pytest.mark.parametrize(
    ("read", "meant"),
    [("1539/QÐĐ-HV", "1539/QĐ-HV"), ("29/QĐÐ-KCN", "29/QĐ-KCN"), ("Ðiều", "Điều"), ("nguŸên", "nguyên"), ("Trun§", "Trung"), ("¬", "-"), ("HĐND", "HĐND")],
)  # fmt: skip
def test_signs_of_no_vietnamese_print(read: str, meant: str) -> None:
    """Tesseract's data has letters of other languages, and reads a Đ as two."""
    assert printed(read) == meant
