"""Relations: what the document does with an instrument, and the traps of direction."""

from __future__ import annotations

import pytest

from vnadmin.citation.mention.forms.hints import find_hints
from vnadmin.citation.read import MentionReader
from vnadmin.citation.relation.reader import STRENGTH
from vnadmin.citation.scope import Place, body_segments
from vnadmin.layout.builder import DocumentBuilder
from vnadmin.model import LegalReference
from vnadmin.outline import read_outline

A, B = "Nghị định số 1/2010/NĐ-CP", "Nghị định số 2/2020/NĐ-CP"
LETTER, LETTER2 = "Công văn số 12/UBND-VX", "Công văn số 13/UBND-VX"


def relations(*lines: str, place: Place = Place.BODY, opening: bool = False) -> list[str]:
    """The relation of each mention, in order."""
    builder = DocumentBuilder("text/plain")
    for line in lines:
        builder.line(line)
    document = builder.build()
    reader, found = MentionReader(document, find_hints(document)), []
    for segment in body_segments(document, document.paragraphs, read_outline(document, document.paragraphs)):
        segment = segment._replace(place=place, is_opening=opening and not segment.is_item)
        found += [mention.relation.name for mention in reader.read(segment)]
    return found


PREAMBLE = [
    (f"Căn cứ {A} ngày 01/01/2010 của Chính phủ;", ["basis"]),
    (f"Căn cứ {A} được sửa đổi, bổ sung bởi {B};", ["basis", "basis"]),
    (f"Căn cứ {B} ngày 05/5/2020 của Chính phủ sửa đổi, bổ sung một số điều của {A};", ["basis", "basis"]),
    ("Theo đề nghị của Giám đốc Sở Y tế tại Tờ trình số 5/TTr-SYT;", ["proposal"]),
    ("Xét đề nghị của Sở Y tế tại Tờ trình số 5/TTr-SYT, Báo cáo thẩm định số 6/BC-STP;", ["proposal", "basis"]),
    (
        "Xét đề nghị Sở Y tế tại các Công văn số 5/SYT-VP ngày 02/3/2020 và số 6/SYT-VP ngày 05/3/2020;",
        ["proposal", "proposal"],
    ),
    (
        "Xét đề nghị của Sở Y tế tại cuộc họp, biên bản đã gửi và đề nghị của Sở Nội vụ tại Tờ trình số 6/TTr-SNV;",
        ["proposal"],
    ),
    (
        "Theo đề nghị của Sở Y tế tại Tờ trình số 5/TTr-SYT; tiếp theo Công văn số 12/UBND-VX và Công văn số 13/UBND-VX;",
        ["proposal", "cites", "cites"],
    ),
    ("Xét Tờ trình số 5/TTr-UBND ngày 02/3/2020 của Ủy ban nhân dân tỉnh;", ["basis"]),
    (f"Thực hiện {LETTER} ngày 02/3/2020 của Ủy ban nhân dân tỉnh;", ["implements"]),
    (f"Bộ trưởng Bộ Y tế ban hành Thông tư sửa đổi, bổ sung một số điều của {A}.", ["amends"]),
    (f"Chính phủ ban hành Nghị định bãi bỏ {A}.", ["repeals"]),
]


@pytest.mark.parametrize(("line", "expected"), PREAMBLE, ids=[line[:40] for line, _ in PREAMBLE])
def test_preamble(line: str, expected: list[str]) -> None:
    """A line of the preamble gives grounds, proposes or enacts."""
    assert relations(line, place=Place.PREAMBLE, opening=True) == expected


TITLE = [
    (f"Sửa đổi, bổ sung một số điều của {A}", ["amends"]),
    (f"Bãi bỏ {A}", ["repeals"]),
    (f"Hướng dẫn thi hành {A}", ["implements"]),
    ("Quy định chi tiết một số điều của Luật Giá", ["implements"]),
    (f"V/v trả lời {LETTER}", ["replies_to"]),
    (f"V/v góp ý dự thảo Nghị định sửa đổi {A}", ["cites"]),
    (f"V/v đánh giá tình hình thực hiện {A}", ["cites"]),
]


@pytest.mark.parametrize(("line", "expected"), TITLE, ids=[line[:40] for line, _ in TITLE])
def test_title(line: str, expected: list[str]) -> None:
    """A title says what the document does; a letter about an act that another makes only cites it."""
    assert relations(line, place=Place.TITLE) == expected


OPENING = [
    (f"Căn cứ {A}, Sở Y tế hướng dẫn các đơn vị như sau:", ["basis"]),
    (f"Căn cứ {A}, thực hiện {LETTER}, Sở Y tế báo cáo như sau:", ["basis", "implements"]),
    (f"Trả lời {LETTER} về việc xin kinh phí, Sở Y tế có ý kiến như sau:", ["replies_to"]),
    (f"Sở Y tế nhận được {LETTER} ngày 02/3/2020 của Công ty Hòa Bình.", ["replies_to"]),
    (f"Thực hiện {LETTER} và {LETTER2}, Sở Y tế báo cáo:", ["implements", "implements"]),
    (f"Đề nghị Công ty căn cứ quy định tại Điều 6 {A} và Điều 8 {B} để thực hiện.", ["cites", "cites"]),
    (f"Căn cứ {A}, đề nghị các đơn vị báo cáo theo {B}.", ["basis", "basis"]),
    (f"Cắn cứ {A} ngày 01/01/2010 của Chính phủ, Sở Y tế phát động cuộc thi.", ["basis"]),
    (f"Trên cơ sở kết quả thẩm định (tiếp theo {LETTER}), Văn phòng bổ sung danh mục.", ["cites"]),
    (f"Theo đề nghị của Sở Y tế tại {LETTER}, Ủy ban nhân dân tỉnh có ý kiến:", ["proposal"]),
    (
        f"Xét đề nghị của Sở Y tế ({LETTER}), Sở Nội vụ ({LETTER2}), Ủy ban nhân dân tỉnh có ý kiến:",
        ["proposal", "proposal"],
    ),
    (
        f"Xét đề nghị của Sở Y tế ({LETTER}), thực hiện {LETTER2}, Ủy ban nhân dân tỉnh có ý kiến:",
        ["proposal", "implements"],
    ),
    (f"Sở đã triển khai thực hiện tại {LETTER} và xây dựng Kế hoạch số 5/KH-SYT.", ["cites", "cites"]),
]


@pytest.mark.parametrize(("line", "expected"), OPENING, ids=[line[:40] for line, _ in OPENING])
def test_opening_of_a_letter(line: str, expected: list[str]) -> None:
    """The opening sentence of a letter gives grounds, answers or carries out."""
    assert relations(line, opening=True) == expected


BODY = [
    (f"Quyết định này thay thế {A} và bãi bỏ Điều 5 {B}.", ["repeals", "repeals"]),
    (f"Quyết định có hiệu lực từ ngày ký và thay thế {A}.", ["repeals"]),
    (f"Điều 1. Điều chỉnh khoản 2 Điều 1 {A} như sau:", ["amends"]),
    (f"{A} hết hiệu lực kể từ ngày Nghị định này có hiệu lực.", ["repeals"]),
    (f"Quy định tại {A} trái với Thông tư này bị bãi bỏ.", ["repeals"]),
    (f"Quy định này áp dụng đến ngày {A} hết hiệu lực.", ["cites"]),
    (f"{B} có hiệu lực từ 01/7/2020, thay thế {A}.", ["cites", "cites"]),
    (f"điều trị bằng thuốc thay thế theo {A}", ["cites"]),
    (f"Điều 1. Sửa đổi khoản 2 Điều 5 {A} như sau:", ["amends"]),
    (f"1. Sửa đổi khoản 2 như sau: “2. Thực hiện theo {B}”.", ["cites"]),
    (f"trình Chính phủ ban hành Nghị định sửa đổi {A}", ["cites"]),
    (f"theo {A} được sửa đổi, bổ sung bởi {B}", ["cites", "cites"]),
    (f"2. Thực hiện nghiêm {A}.", ["implements"]),
    (f"2. Thực hiện đánh giá tác động 02 thủ tục tại {A}.", ["cites"]),
    (f"2. Thực hiện đánh giá cán bộ và {A}.", ["implements"]),
    (f"2. Bố trí kinh phí thực hiện Kế hoạch từ nguồn đã giao tại {A}.", ["cites"]),
    (f"- Dự thảo Kế hoạch triển khai thực hiện {A}.", ["cites"]),
    (f"Bãi bỏ các nội dung liên quan đến thủ tục: Phúc khảo bài thi theo {A}.", ["repeals"]),
    (f"Bãi bỏ phí đăng ký cư trú theo {A}.", ["cites"]),
    (f"2. Thực hiện theo quy định tại khoản 3 Điều 5 {A}.", ["cites"]),
    (f"2. Các trường thực hiện nghiêm các quy định tại {A}.", ["implements"]),
    (f"2. Các trường thực hiện đúng quy định tại Điều 5 {A}.", ["implements"]),
    (f"2. Các trường thực hiện theo đúng quy định tại {A}.", ["cites"]),
    (f"Mẫu số 01 ban hành kèm theo {A}", ["issued_with"]),
    (f"Bộ quy tắc ứng xử (ban hành theo {A})", ["issued_with"]),
    (f"Bộ chỉ số rủi ro ban hành tại {A}", ["issued_with"]),
    (f"Hồ sơ kèm theo {LETTER} là hợp lệ.", ["cites"]),
    (f"3. Kinh phí thực hiện: lấy tại {A}.", ["cites"]),
]


@pytest.mark.parametrize(("line", "expected"), BODY, ids=[line[:40] for line, _ in BODY])
def test_body(line: str, expected: list[str]) -> None:
    """Only what the document itself does to an instrument is `amends`, `repeals` or `implements`."""
    assert relations(line) == expected


def test_proposers_of_a_list() -> None:
    """Letters under `đề nghị của các đơn vị:` are proposals where each item says who wrote; what else an item says cites."""
    items = (f"- Công ty An Bình tại {LETTER};", f"- Trường Đại học Hải Minh ({LETTER2}).")
    assert relations("Sau khi xem xét đề nghị của các đơn vị:", *items) == ["proposal", "proposal"]
    assert relations("Sau khi xem xét hồ sơ của các đơn vị:", *items) == ["cites", "cites"]
    assert relations("Xét đề nghị của các đơn vị:", f"- Công ty An Bình, theo mẫu của {LETTER}.") == ["cites"]


def test_a_bullet_of_grounds_opens_the_body() -> None:
    """The last of the grounds may hold the main clause too; a bullet further down only cites."""
    first = f"- Căn cứ {LETTER}, Sở Y tế thông báo như sau:"
    assert _items(first, f"- Căn cứ {A} để lập danh sách.") == ["basis", "cites"]
    assert _items("Sở Y tế thông báo:", first) == ["cites"]


def _items(*lines: str) -> list[str]:
    builder = DocumentBuilder("text/plain")
    for line in lines:
        builder.line(line)
    document = builder.build()
    reader = MentionReader(document, find_hints(document))
    segments = body_segments(document, document.paragraphs, read_outline(document, document.paragraphs))
    return [mention.relation.name for segment in segments for mention in reader.read(segment)]


def test_introduction_holds_for_the_list() -> None:
    """`Bãi bỏ các văn bản sau đây:` repeals each item, until the next article."""
    lines = ("Điều 1. Bãi bỏ các văn bản sau đây:", f"1. {A};", f"2. {B}.", f"Điều 2. {LETTER} là căn cứ.")
    assert relations(*lines) == ["repeals", "repeals", "cites"]


def test_passive_introduction() -> None:
    """`Các văn bản sau đây hết hiệu lực:` repeals each item."""
    assert relations("Các văn bản sau đây hết hiệu lực thi hành:", f"a) {A};", f"b) {B}.") == ["repeals", "repeals"]


def test_strength_names_every_relation() -> None:
    """The order of strength is over the relations of the public model, each once."""
    public = LegalReference.model_json_schema()["properties"]["relation"]["enum"]
    assert sorted(STRENGTH) == sorted(public)
