"""Citations of a text: what each place cites, self-references, provisions, and the words of amendments."""

from __future__ import annotations

import html
from pathlib import Path

import pytest

import vnadmin
from vnadmin.citation import CitedText, Identity, Itself, annotate, cite_text, html_links
from vnadmin.citing import cite
from vnadmin.samples import samples

OWN = Itself("Nghị định", "99/2024/NĐ-CP", vnadmin.model.PartialDate("2024-05-01"), "Chính phủ", None, Identity("/own"))

AMENDING = """Căn cứ Luật Đất đai ngày 29 tháng 11 năm 2013;
Điều 1. Sửa đổi, bổ sung một số điều của Nghị định số 43/2014/NĐ-CP ngày 15 tháng 5 năm 2014 như sau:
1. Sửa đổi khoản 2 Điều 5 như sau:
“2. Hồ sơ theo khoản 1 Điều này và Điều 7 Nghị định này.”
2. Bãi bỏ điểm a khoản 1 Điều 7.
Điều 2. Hiệu lực
1. Nghị định này có hiệu lực từ ngày ký.
2. Các khoản 1 và 3 Điều này không áp dụng với điểm b khoản này, theo Điều 1 Nghị định này."""


def told(cited: CitedText) -> list[tuple[str, str, tuple[str, ...]]]:
    """(words, kind, targets) of each citation."""
    return [(cited.text[c.start : c.end], c.kind, c.targets) for c in cited.citations]


def test_an_amending_decree_is_told_from_the_decree_that_it_amends() -> None:
    """`Nghị định này` and bare provisions mean the amended act in its new words, and the act itself outside them."""
    decree = "/vn/nghi-dinh/2014/43-nd-cp"
    assert told(cite_text(AMENDING, OWN)) == [
        ("Luật Đất đai ngày 29 tháng 11 năm 2013", "name", ("/vn/luat/2013/dat-dai",)),
        ("Nghị định số 43/2014/NĐ-CP ngày 15 tháng 5 năm 2014", "full", (decree,)),
        ("khoản 2 Điều 5", "provision", (f"{decree}#art_5__para_2",)),
        ("khoản 1 Điều này", "provision", (f"{decree}#art_5__para_1",)),
        ("Điều 7 Nghị định này", "self", (f"{decree}#art_7",)),
        ("điểm a khoản 1 Điều 7", "provision", (f"{decree}#art_7__para_1__point_a",)),
        ("Nghị định này", "self", ("/own",)),
        ("Các khoản 1 và 3 Điều này", "provision", ("/own#art_2__para_1", "/own#art_2__para_3")),
        ("điểm b khoản này", "provision", ("/own#art_2__para_2__point_b",)),
        ("Điều 1 Nghị định này", "self", ("/own#art_1",)),
    ]


SHORT = """Thực hiện Công văn số 12/VPCP-KTTH ngày 05/6/2013 và Nghị định số 15/2012/NĐ-CP (sau đây gọi là Nghị định 15):
1. Các nội dung tại Công văn nêu trên và khoản 2 Điều 3 Nghị định 15."""


def test_short_and_backward_forms_find_their_instrument() -> None:
    """`Công văn nêu trên` and a declared short form have the identifier of the full citation."""
    assert told(cite_text(SHORT))[2:] == [
        ("Công văn nêu trên", "back", ("/vn/cong-van/2013/12-vpcp-ktth",)),
        ("khoản 2 Điều 3 Nghị định 15", "short", ("/vn/nghi-dinh/2012/15-nd-cp#art_3__para_2",)),
    ]


@pytest.mark.parametrize(
    ("text", "words", "target"),
    [
        (
            "Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam năm 2013. Theo khoản 2 Điều 14 của Hiến pháp.",
            "khoản 2 Điều 14 của Hiến pháp", "/vn/hien-phap/2013#art_14__para_2",
        ),
        (
            "Nhận được Công văn số 12/BYT-DP ngày 03/4/2024. Thực hiện văn bản nêu trên, Sở báo cáo.",
            "văn bản nêu trên", "/vn/cong-van/2024/12-byt-dp",
        ),
        (
            "UBND tỉnh Nghệ An ban hành Quyết định số 15/QĐ-UBND ngày 05/3/2024. Theo Quyết định số 15 nói trên.",
            "Quyết định số 15", "/vn/quyet-dinh/uy-ban-nhan-dan-tinh-nghe-an/2024/15-qd-ubnd",
        ),
        ("Nghị định 30/2020/NĐ-CP; theo Điều 9 NĐ 30.", "Điều 9 NĐ 30", "/vn/nghi-dinh/2020/30-nd-cp#art_9"),
        ("Luật Đấu thầu số 22/2023/QH15. Theo Luật Đấu thầu.", "Luật Đấu thầu", "/vn/luat/2023/22-qh15"),
    ],
)  # fmt: skip
def test_what_stands_for_a_full_citation_has_its_identifier(text: str, words: str, target: str) -> None:
    """The last citation of each text: the Constitution without its year, any document `nêu trên`, a number alone, a name."""
    assert told(cite_text(text))[-1][::2] == (words, (target,))


def test_two_documents_above_leave_it_open_which_is_meant() -> None:
    """`Văn bản nêu trên` after two of different types has no target."""
    text = "Công văn số 12/BYT-DP ngày 03/4/2024 và Tờ trình số 3/TTr-BYT ngày 04/4/2024. Văn bản nêu trên."
    assert told(cite_text(text))[2:] in ([], [("Văn bản nêu trên", "back", ())])


def test_a_document_that_cites_its_own_number_cites_itself() -> None:
    """The own number, printed in full in an annex, is no other instrument."""
    cited = cite_text("Ban hành kèm theo Nghị định số 99/2024/NĐ-CP ngày 01 tháng 5 năm 2024.", OWN)
    assert [(c.of_itself, c.targets) for c in cited.citations] == [(True, ("/own",))]
    assert cited.instruments == ()


def test_a_letter_that_speaks_of_this_decree_means_the_decree_it_named() -> None:
    """`Nghị định này` in a letter is the last decree named, not the letter."""
    letter = Itself("Công văn", "12/UBND-VX", None, "UBND tỉnh Hải Minh")
    cited = cite_text("Theo Nghị định số 15/2012/NĐ-CP, hồ sơ quy định tại Điều 3 Nghị định này.", letter)
    assert told(cited)[1] == ("Điều 3 Nghị định này", "back", ("/vn/nghi-dinh/2012/15-nd-cp#art_3",))


@pytest.mark.parametrize(
    "text",
    [
        "Các điểm bán hàng và chương trình này sẽ được công bố.",
        "Điều này cho thấy các khoản vay đã giảm.",
        "Số điện thoại: 024.3826.1234; số tài khoản 1200/12.",
        "",
    ],
)
def test_text_that_cites_nothing_gives_nothing(text: str) -> None:
    """No citation is seen in plain prose."""
    cited = cite_text(text)
    assert (cited.citations, cited.instruments) == ((), ())


def test_the_main_clause_after_grounds_is_no_title() -> None:
    """A line that opens with `Căn cứ` may be a whole sentence."""
    cited = cite_text(
        "Căn cứ Nghị định số 30/2020/NĐ-CP của Chính phủ về công tác văn thư, Sở Nội vụ đề nghị các đơn vị báo cáo."
    )
    assert [(one.title, one.relation) for one in cited.instruments] == [("công tác văn thư", "basis")]


def test_a_provision_of_nothing_known_has_no_target() -> None:
    """`Điều 5` in a letter that has no articles: of which act is not told, so no identifier is made up."""
    (citation,) = cite_text("Đề nghị thực hiện đúng khoản 2 Điều 5.").citations
    assert (citation.instrument, citation.of_itself, citation.targets) == (None, False, ())


def test_positions_are_the_callers_own() -> None:
    """Blanks and indentation of a text that is in NFC do not move."""
    text = "\t  Theo\u00a0 Nghị  định số 15/2012/NĐ-CP ,\n\n  Luật Đất đai năm 2013"
    cited = cite_text(text)
    assert cited.text == text
    assert [text[c.start : c.end] for c in cited.citations] == ["Nghị  định số 15/2012/NĐ-CP", "Luật Đất đai năm 2013"]


def test_any_markup_can_be_put_around_citations() -> None:
    """The caller's markup stands around each citation; None leaves one plain; the text itself is kept."""
    cited = cite_text(SHORT)
    marked = annotate(cited, lambda c: (f"<{c.kind}>", "</>") if c.kind != "full" else None)
    assert marked.endswith("tại <back>Công văn nêu trên</> và <short>khoản 2 Điều 3 Nghị định 15</>.")
    assert annotate(cited, lambda c: ("", "")) == cited.text


def test_html_links_are_safe_in_a_page() -> None:
    """The words of the text are escaped, the markup is not, and a citation without target stays plain."""
    cited = cite_text('A < B & "C" theo Nghị định số 15/2012/NĐ-CP; khoản 9 Điều 9 <script>')
    marked = annotate(cited, html_links("https://portal.example"), escape=html.escape)
    assert marked == (
        "A &lt; B &amp; &quot;C&quot; theo "
        '<a href="https://portal.example/vn/nghi-dinh/2012/15-nd-cp" data-kind="full">Nghị định số 15/2012/NĐ-CP</a>'
        "; khoản 9 Điều 9 &lt;script&gt;"
    )


def test_a_law_inside_the_name_of_a_law_is_marked_once() -> None:
    """Links never overlap."""
    cited = cite_text("Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Đất đai năm 2018;")
    assert annotate(cited, lambda c: ("[", "]")).count("[") == 1


@pytest.mark.parametrize("sample", [s for s in samples() if not s.name.endswith(".png")], ids=lambda s: s.name)
def test_every_citation_of_a_sample_is_a_slice_that_names_it(sample: Path) -> None:
    """Positions lie in the text, in order; every mention of the parser's references is among the citations."""
    data = sample.read_bytes()
    cited, document = cite(data), vnadmin.parse(data)
    assert cited.text == document.text
    starts = [c.start for c in cited.citations]
    assert starts == sorted(starts)
    words = [" ".join(cited.text[c.start : c.end].split()) for c in cited.citations]
    for reference in document.legal_references:
        for mention in reference.mentions:
            assert any(mention in shown for shown in words), mention
